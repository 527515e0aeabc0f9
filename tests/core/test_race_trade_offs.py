"""What a plan says of a race: only of such a race. Both sides of every range that is written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from niggle.core.outcomes import Light
from niggle.core.plan import Race
from niggle.core.race import RaceFacts, advise
from niggle.knowledge import load
from niggle.knowledge.protocol_schema import TradeOffIn

KNOWN = load()
ON = date(2026, 11, 22)
MIDPORTION, INSERTIONAL = "achilles-tendinopathy-midportion", "achilles-tendinopathy-insertional"
CALF, HAMSTRING, TIBIA = "calf-strain", "proximal-hamstring-tendinopathy", "tibial-stress-fracture"


def said(condition: str, days: int, km: float) -> tuple[str, ...]:
    race = Race("r", ON + timedelta(days=days), km * 1000.0, prepared=True)
    facts = RaceFacts(race, ON, Light.GREEN, injured=True, healed_percent=95.0, condition=condition)
    return advise(facts, KNOWN).trade_offs


@pytest.mark.parametrize(
    ("condition", "start", "fits", "not_so"),
    [
        (MIDPORTION, "About ten weeks", [(56, 21.1), (90, 21.1), (70, 20), (70, 22)],
         [(55, 21.1), (91, 21.1), (70, 19.9), (70, 22.1), (5, 10)]),
        (INSERTIONAL, "About ten weeks", [(56, 21.1), (90, 21.1), (70, 20), (70, 22)],
         [(55, 21.1), (91, 21.1), (70, 19.9), (70, 22.1), (5, 10)]),
        (MIDPORTION, "Four months", [(112, 10), (200, 42.2)], [(111, 10), (5, 10)]),
        (CALF, "Half marathon in about six", [(35, 21.1), (55, 21.1), (42, 20), (42, 22)],
         [(34, 21.1), (56, 21.1), (42, 19.9), (42, 22.1)]),
        (HAMSTRING, "With eight to ten weeks", [(56, 5), (76, 42.2)], [(55, 5), (77, 42.2)]),
        (TIBIA, "Eight weeks or less before a marathon", [(62, 42.2), (0, 42), (62, 100)], [(63, 42.2), (62, 41.9)]),
    ],
)  # fmt: skip
def test_a_trade_off_speaks_of_its_race_only(
    condition: str, start: str, fits: list[tuple[int, float]], not_so: list[tuple[int, float]]
) -> None:
    for days, km in fits:
        assert [s for s in said(condition, days, km) if s.startswith(start)], (days, km)
    for days, km in not_so:
        assert not [s for s in said(condition, days, km) if s.startswith(start)], (days, km)


def test_what_names_no_weeks_is_always_said() -> None:
    assert said(MIDPORTION, 5, 10.0) == (KNOWN.protocols[MIDPORTION].races[-1].say,)
    assert said("plantar-fasciitis", 0, 10.0) == tuple(t.say for t in KNOWN.protocols["plantar-fasciitis"].races)


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({}, "a sentence of its own"),
        ({"weeks_min": 9, "weeks_max": 8}, "not larger"),
        ({"km_min": 22, "km_max": 20}, "not larger"),
    ],
)
def test_a_range_that_says_nothing_is_refused(limits: dict[str, int], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        TradeOffIn(say="A race.", sources=["niggle"], **limits)  # type: ignore[arg-type]
    assert TradeOffIn(say="A race.", sources=["niggle"], weeks_min=8, weeks_max=8).graded().value == "proposal"
