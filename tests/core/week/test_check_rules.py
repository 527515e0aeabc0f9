"""What a broken rule says and what mends it. The rules themselves, on both sides: tests/cases/week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.core.week.sample import (
    EASY,
    FRI,
    MON,
    QUIET,
    TUE,
    WED,
    WEEK,
    WITH_STRIDES,
    A,
    K,
    at,
    changed,
    item,
)
from tests.healthy.build import knowledge

from niggle.core.plan import Availability, DayWindow, Placed
from niggle.core.week import Severity, Shift, Violation, blocks, check, reason_of

WARN = Severity.WARN
HILLS = item(K.HILLS, 50)
PLAIN_A = replace(A, plyometric=False)


def heavy_ends(on: date, hour: float) -> Placed:
    return at(replace(PLAIN_A, minutes=60), on, hour - 1)


def test_a_warning_names_its_items_its_source_and_what_mends_it() -> None:
    (only,) = check(WITH_STRIDES, QUIET, knowledge())
    assert (only.rule, only.severity, only.items) == ("RP-C01", WARN, ("strength_a", "strides"))
    assert only.suggestion == Shift("strides", WED)  # the later session, by one day
    assert reason_of(only, knowledge()).sources == ("S3",)


def test_blocks_are_those_that_may_not_stand() -> None:
    planned = heavy_ends(MON, 19), at(HILLS, TUE, 18)
    assert blocks(check(planned, QUIET, knowledge())) != ()
    assert blocks(check(planned, replace(QUIET, today=WED), knowledge())) == ()


def test_a_suggestion_mends_and_breaks_nothing() -> None:
    wrong = changed(WEEK, "strength_b", FRI, 19)  # the day before the long run
    before = check(wrong, QUIET, knowledge())
    assert {v.rule for v in before} == {"RP-C04"}
    move = before[0].suggestion
    assert move is not None
    assert check(changed(wrong, move.item, move.on), QUIET, knowledge()) == ()


def test_a_suggestion_keeps_to_her_times() -> None:
    hers = Availability(windows=tuple(DayWindow(d, 7 * 60, 120) for d in (0, 1, 4)))
    week = at(PLAIN_A, MON, 7), at(HILLS, TUE, 7)
    (worst, *_) = check([replace(p, item=replace(p.item, gym=False)) for p in week], QUIET, knowledge(), hers)
    assert worst.rule in ("RP-C01", "RP-C03")
    assert worst.suggestion == Shift("hills", FRI)


def test_facts_name_both_sides_and_the_gap() -> None:
    violation = next(
        v for v in check([heavy_ends(MON, 19), at(HILLS, WED, 6)], QUIET, knowledge()) if v.rule == "RP-C01"
    )
    facts = {f.name: f.value for f in violation.facts}
    assert facts == {"earlier": "strength_a", "later": "hills", "gap_h": 11 + 24.0, "limit_h": 36.0}


def test_the_same_id_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="same id"):
        check([at(EASY, MON), at(EASY, WED)], QUIET, knowledge())


def test_every_rule_that_can_speak_is_in_the_knowledge() -> None:
    rules = knowledge().rules
    for n in range(1, 17):
        assert f"RP-C{n:02}" in rules
    for rule in ("RP-R07", "RP-X06", "LOAD-R01", *(f"PLAN-W0{n}" for n in range(1, 8))):
        assert rule in rules
    assert reason_of(Violation("PLAN-W01", WARN, ("a", "b")), knowledge()).rule == "PLAN-W01"
