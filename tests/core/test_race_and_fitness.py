"""Race and fitness: what holds for all runners. Examples and thresholds: tests/cases/race, tests/cases/fitness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niggle.core.fitness import CrossTraining, fitness_kept, weeks_to_regain
from niggle.core.outcomes import Light
from niggle.core.plan import Race
from niggle.core.race import RaceFacts, RaceVerdict, advise, next_race
from niggle.knowledge import load

KNOWN = load()
ON = date(2026, 11, 22)
V = RaceVerdict


def facts(km: float, longest_km: float | None, **changes: object) -> RaceFacts:
    race = Race("r", ON + timedelta(days=int(changes.pop("days", 70))), km * 1000, prepared=True)  # type: ignore[call-overload]
    if "prepared" in changes:
        race = replace(race, prepared=changes.pop("prepared"))
    if "importance" in changes:
        race = replace(race, importance=changes.pop("importance"))
    found = RaceFacts(race, ON, Light.GREEN, injured=True, healed_percent=95.0,
                      pain_free_m=None if longest_km is None else longest_km * 1000)  # fmt: skip
    return replace(found, **changes)  # type: ignore[arg-type]


def test_a_race_that_is_over_is_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match="over"):
        advise(facts(10, 9, days=-1), KNOWN)


ORDER = [V.GO, V.CONDITIONS, V.BORDERLINE, V.CANNOT_SAY, V.NOT_NOW, V.NO]


@given(
    longest=st.floats(0.1, 50),
    shorter=st.floats(0.0, 1.0),
    light=st.sampled_from([Light.GREEN, Light.YELLOW, Light.RED]),
    healed=st.floats(0, 100),
    days=st.integers(0, 100),
)
def test_less_never_opens_more(longest: float, shorter: float, light: Light, healed: float, days: int) -> None:
    """A shorter run, a darker light or less healing never makes the answer friendlier."""
    base = facts(10, longest, light=light, healed_percent=healed, days=days)
    at = ORDER.index(advise(base, KNOWN).verdict)
    assert ORDER.index(advise(replace(base, pain_free_m=longest * 1000 * shorter), KNOWN).verdict) >= at
    assert ORDER.index(advise(replace(base, healed_percent=healed * shorter), KNOWN).verdict) >= at
    red = advise(replace(base, light=Light.RED), KNOWN).verdict
    assert ORDER.index(red) >= at
    assert red is V.NO if days <= 7 else red in (V.NOT_NOW, V.NO)


def test_the_nearest_race_that_still_stands() -> None:
    near, far = Race("a", ON, 5000), Race("b", ON + timedelta(days=3), 10_000)
    assert next_race([far, near], ON) == near
    assert next_race([far, replace(near, dropped=True)], ON) == far
    assert next_race([near], ON + timedelta(days=1)) is None


def test_a_negative_break_is_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        weeks_to_regain(-1, CrossTraining.NONE, KNOWN)
    with pytest.raises(ValueError, match="negative"):
        fitness_kept(-1, KNOWN)


@given(days=st.integers(0, 400), more=st.integers(0, 60))
def test_a_longer_break_never_keeps_more(days: int, more: int) -> None:
    """Nor is less lost without cross-training than with it, nor is the careful bound below the range."""
    one, then = fitness_kept(days, KNOWN), fitness_kept(days + more, KNOWN)
    assert then.without <= one.without <= one.with_cross_training
    assert then.with_cross_training <= one.with_cross_training
    for kind in CrossTraining:
        back = weeks_to_regain(days / 7, kind, KNOWN)
        assert back.low_weeks <= back.high_weeks <= back.upper_weeks
