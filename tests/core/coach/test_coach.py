"""The coach: expectations, progress, routines. Form, fuel, sleep and mood on both sides: tests/cases/coach."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from niggle.core.checkin import Entry, fold
from niggle.core.checkin.types import Answers
from niggle.core.coach import (
    MoodState,
    Sign,
    expectation,
    mood,
    progress,
    routine_of,
)
from niggle.core.outcomes import Light
from niggle.core.plan import PlanStart
from niggle.core.protocol import Phase
from niggle.core.rehab import Complaint
from niggle.core.traffic_light import DayMark
from niggle.core.traffic_light.types import State
from niggle.knowledge import load

KNOWN = load()
ON = date(2026, 11, 22)
ACHILLES, KNEE = "achilles-tendinopathy-midportion", "patellofemoral-pain-syndrome"


def test_a_word_in_a_check_in_brings_help_too() -> None:
    entry = Entry("a", ON, datetime(2026, 11, 22, 8, tzinfo=UTC), answers=Answers(findings=(("self_harm", True),)))
    assert mood((), fold([entry], until=ON), ON, KNOWN).state is MoodState.CRISIS


def test_expectation_is_a_range_from_the_first_day_it_hurt() -> None:
    plan = PlanStart("p", ACHILLES, ON - timedelta(days=5), "achilles", hurts_since=ON - timedelta(days=21))
    found = expectation(plan, ON, KNOWN)
    recovery = KNOWN.conditions[ACHILLES].recovery
    assert recovery is not None
    assert (found.low_days, found.high_days, found.days_in) == (recovery.low_days, recovery.high_days, 21)
    graded = expectation(PlanStart("p", "hamstring-strain", ON, "thigh_back", grade="grade_1"), ON, KNOWN)
    third = expectation(PlanStart("p", "hamstring-strain", ON, "thigh_back", grade="grade_2"), ON, KNOWN)
    assert graded.high_days is not None
    assert third.high_days is not None
    assert graded.high_days < third.high_days


def mark(days_ago: int, morning: float | None = None, session: bool = False, worse: bool | None = None) -> DayMark:
    return DayMark(ON - timedelta(days=days_ago), Light.GREEN, True, session, State.GREEN, morning=morning,
                   next_day_worse=worse)  # fmt: skip


@pytest.mark.parametrize(
    ("marks", "truth"),
    [
        ([mark(n, 3) for n in (12, 10)] + [mark(n, 2) for n in (3, 1)], True),
        ([mark(n, 3) for n in (12, 10, 3, 1)], False),
        ([mark(3, 0), mark(1, 0)], True),
        ([mark(1, 1)], None),
        ([], None),
    ],
)
def test_mornings(marks: list[DayMark], truth: bool | None) -> None:
    assert dict(progress("p", marks, False, False, ON, KNOWN).signs)[Sign.MORNINGS] is truth


def test_easy_runs_and_strength() -> None:
    good = [mark(4, session=True, worse=False), mark(2, session=True, worse=False)]
    assert dict(progress("p", good, True, False, ON, KNOWN).signs)[Sign.EASY_RUNS] is True
    assert dict(progress("p", good[:1], True, False, ON, KNOWN).signs)[Sign.EASY_RUNS] is None
    bad = [*good, mark(1, session=True, worse=True)]
    assert dict(progress("p", bad, True, False, ON, KNOWN).signs)[Sign.EASY_RUNS] is False
    for up, down, truth in ((True, False, True), (True, True, False), (False, False, None)):
        assert dict(progress("p", (), up, down, ON, KNOWN).signs)[Sign.STRENGTH] is truth


@pytest.mark.parametrize("name", sorted(KNOWN.routines))
def test_nothing_that_a_complaint_forbids_is_in_a_routine(name: str) -> None:
    whole = routine_of(name, (), KNOWN, plan_open=False)
    assert whole.items == KNOWN.routines[name].items
    for condition in KNOWN.conditions:
        complaint = Complaint(condition, KNOWN.conditions[condition].tissue_class, Phase.SETTLE, None)
        found = routine_of(name, (complaint,), KNOWN, plan_open=True)
        kept = {i.dose.exercise for i in found.items}
        assert not kept & {e for e, _ in found.left_out}
        assert len(found.items) + len(found.left_out) == len(whole.items)


def test_routines_forbid_something_at_all() -> None:
    bone = KNOWN.conditions["tibial-stress-fracture"].tissue_class
    ten = Complaint("tibial-stress-fracture", bone, Phase.SETTLE, None)
    assert routine_of("warm-up", (ten,), KNOWN, plan_open=True).left_out


def test_no_run_no_stretch_after_it() -> None:
    quiet = routine_of("daily-prevention", (), KNOWN, plan_open=False, may_run=False)
    assert {i.slot.value for i in quiet.items} == {"daily", "evening"}
