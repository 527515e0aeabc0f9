"""The coach: both sides of every threshold, and three-valued answers that never turn into advice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from niggle.core.checkin import CheckIn, Entry, fold
from niggle.core.checkin.types import Answers
from niggle.core.coach import (
    CueState,
    Dial,
    DialState,
    FormFacts,
    FuelFacts,
    FuelLevel,
    MoodState,
    OwnCadence,
    Sign,
    SleepState,
    cadence_cue,
    expectation,
    foot_dial,
    fuel,
    mood,
    progress,
    routine_of,
    sleep,
)
from niggle.core.outcomes import Light
from niggle.core.plan import PlanAnswer, PlanStart
from niggle.core.protocol import Phase
from niggle.core.reasons import Weight
from niggle.core.rehab import Complaint
from niggle.core.traffic_light import DayMark
from niggle.core.traffic_light.types import State
from niggle.knowledge import load

KNOWN = load()
ON = date(2026, 11, 22)
ACHILLES, KNEE = "achilles-tendinopathy-midportion", "patellofemoral-pain-syndrome"


def form(spm: float | None = 160, **more: object) -> FormFacts:
    own = None if spm is None else OwnCadence(spm, 2.8, 9, ON)
    base = FormFacts(ON, Light.GREEN, True, cadence=own, overstride=True, heel_strike=True)
    return replace(base, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (form(164.9), CueState.PROPOSE),
        (form(165), CueState.NOT_NEEDED),  # exactly the floor, and nothing hurts where it would help
        (form(180, sites=("knee_front",)), CueState.PROPOSE),
        (form(180, sites=("low_back",)), CueState.PROPOSE),
        (form(180, sites=("shin_inner",)), CueState.PROPOSE),
        (form(180, sites=("achilles",)), CueState.NOT_NEEDED),
        (form(150, overstride=False, sites=("knee_front",)), CueState.NOT_NEEDED),
        (form(150, heel_strike=False), CueState.NOT_NEEDED),
        (form(150, overstride=None), CueState.CANNOT_SAY),
        (form(150, heel_strike=None), CueState.CANNOT_SAY),
        (form(None), CueState.CANNOT_SAY),
        (form(None, sites=("knee_front",)), CueState.CANNOT_SAY),  # a target needs her own number
        (form(180, overstride=None, sites=("knee_front",)), CueState.CANNOT_SAY),
        (form(160, new_stressor=True), CueState.NOT_NOW),
        (form(160, dial_since=ON), CueState.NOT_NOW),
        (form(160, may_run=False), CueState.NOT_NOW),
        (form(160, light=Light.CANNOT_SAY), CueState.NOT_NOW),
    ],
)
def test_a_cue_only_with_complaint_and_pattern(facts: FormFacts, state: CueState) -> None:
    cue = cadence_cue(facts, KNOWN)
    assert cue.state is state
    assert bool(cue.missing) == (state is CueState.CANNOT_SAY)
    assert (cue.target_low_spm is not None) == (state is CueState.PROPOSE)


def test_targets_are_five_seven_and_never_above_ten_per_cent() -> None:
    cue = cadence_cue(form(160), KNOWN)
    assert (cue.target_low_spm, cue.target_high_spm, cue.most_spm) == (168, 171, 176)
    assert cue.weeks == (2, 4)


@pytest.mark.parametrize(
    ("days", "spm", "state"),
    [
        (0, 160, CueState.COUNTING), (13, 175, CueState.COUNTING), (14, 160, CueState.AUDIT),
        (14, 167.9, CueState.AUDIT),
        (14, 168, CueState.DONE), (28, 160, CueState.AUDIT), (29, 160, CueState.DONE),
    ],
)  # fmt: skip
def test_a_cue_ends(days: int, spm: float, state: CueState) -> None:
    since = ON - timedelta(days=days)
    cue = cadence_cue(form(spm, cue_since=since, start_spm=160), KNOWN)
    assert cue.state is state
    assert cue.audit_on == since + timedelta(days=14)
    assert cue.most_spm == 176  # counted from where she began, not from where she is


@pytest.mark.parametrize(
    ("facts", "state", "dial"),
    [
        (form(conditions=(ACHILLES,), forefoot_strike=True, drop_mm=4), DialState.TURN, Dial.FURTHER_BACK),
        (form(conditions=(ACHILLES,), forefoot_strike=True, drop_mm=4.5), DialState.LEAVE, None),
        (form(conditions=(ACHILLES,), forefoot_strike=False, drop_mm=0), DialState.LEAVE, None),
        (form(conditions=(ACHILLES,), forefoot_strike=True), DialState.CANNOT_SAY, Dial.FURTHER_BACK),
        (form(conditions=(KNEE,)), DialState.TURN, Dial.SHORTER_STRIDE),
        (form(conditions=(KNEE,), heel_strike=False), DialState.LEAVE, None),
        (form(conditions=(KNEE,), new_stressor=True), DialState.NOT_NOW, Dial.SHORTER_STRIDE),
        (form(conditions=(KNEE,), cue_since=ON), DialState.NOT_NOW, Dial.SHORTER_STRIDE),
        (form(healed=(KNEE,), dial_since=ON - timedelta(days=30)), DialState.BACK, Dial.SHORTER_STRIDE),
        (form(), DialState.LEAVE, None),
    ],
)
def test_the_landing_is_a_dial(facts: FormFacts, state: DialState, dial: Dial | None) -> None:
    found = foot_dial(facts, KNOWN)
    assert (found.state, found.dial) == (state, dial)


ASKED = FuelFacts(True, 0, None, False, False, False, False)


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        (ASKED, FuelLevel.FINE),
        (replace(ASKED, weight_drop=None), FuelLevel.ASK),
        (replace(ASKED, periods_missed=1), FuelLevel.PROMPT),
        (replace(ASKED, periods_missed=2), FuelLevel.PROMPT),
        (replace(ASKED, periods_missed=3), FuelLevel.STRONG),
        (replace(ASKED, periods_missed=None, missed=True), FuelLevel.PROMPT),
        (replace(ASKED, low_bmi=True), FuelLevel.PROMPT),
        (replace(ASKED, low_bmi=True, under_eating=True), FuelLevel.STRONG),
        (replace(ASKED, asks_periods=False, periods_missed=None), FuelLevel.FINE),
        (replace(ASKED, earlier_bone=True), FuelLevel.FINE),
        (replace(ASKED, earlier_bone=True, bone_plan=True), FuelLevel.PROMPT),
        (replace(ASKED, energy_condition=True), FuelLevel.STRONG),
    ],
)
def test_fuel(facts: FuelFacts, level: FuelLevel) -> None:
    found = fuel(facts, KNOWN)
    assert found.level is level
    assert found.calcium_mg == ((1000, 1300) if facts.bone_plan else None)
    assert ("NSM-R04" in {r.rule for r in found.reasons}) == facts.bone_plan
    assert found.dxa == (facts.low_bmi is True or facts.earlier_bone is True)


def nights(*hours: float) -> list[CheckIn]:
    return [CheckIn(ON - timedelta(days=n), None, None, Answers(sleep_h=h), (f"e{n}",)) for n, h in enumerate(hours)]


@pytest.mark.parametrize(
    ("told", "usual", "state", "by_usual"),
    [
        (nights(7, 7, 7), None, SleepState.ENOUGH, False),
        (nights(7, 7, 6.9), 9.0, SleepState.SHORT, False),
        (nights(5, 5), 8.0, SleepState.ENOUGH, True),  # two nights are too few to say
        (nights(5, 5), None, SleepState.UNKNOWN, False),
        (nights(8, 8, 8, 8, 8, 8, 8, 1, 1), None, SleepState.ENOUGH, False),  # older than a week
        ([], 6.5, SleepState.SHORT, True),
    ],
)
def test_sleep(told: list[CheckIn], usual: float | None, state: SleepState, by_usual: bool) -> None:
    found = sleep(told, usual, ON, KNOWN)
    assert (found.state, found.usual) == (state, by_usual)


def said(key: str, days_ago: int, value: bool) -> PlanAnswer:
    return PlanAnswer(key, ON - timedelta(days=days_ago), value)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ([], MoodState.UNKNOWN),
        ([said("mood_low", 0, False)], MoodState.FINE),
        ([said("mood_low", 0, True)], MoodState.WATCH),
        ([said("mood_low", 7, True), said("mood_low", 0, True)], MoodState.LOW),
        ([said("mood_low", 6, True), said("mood_low", 0, True)], MoodState.WATCH),  # the same week twice
        ([said("mood_low", 14, True), said("mood_low", 0, True)], MoodState.WATCH),  # a week between
        ([said("mood_low", 7, True), said("mood_low", 0, False)], MoodState.FINE),
        ([said("identity_worry", 3, True)], MoodState.LOW),
        ([said("self_harm", 30, True)], MoodState.CRISIS),
        ([said("self_harm", 31, True)], MoodState.UNKNOWN),
        ([said("self_harm", 3, True), said("self_harm", 1, False)], MoodState.UNKNOWN),
        ([said("mood_low", 0, False), said("self_harm", 0, True)], MoodState.CRISIS),
    ],
)
def test_mood(answers: list[PlanAnswer], state: MoodState) -> None:
    found = mood(answers, (), ON, KNOWN)
    assert found.state is state
    assert (found.reason.weight is Weight.STOP) == (state is MoodState.CRISIS)


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
        complaint = Complaint(condition, KNOWN.conditions[condition].tissue_class, Phase.SETTLE, False)
        found = routine_of(name, (complaint,), KNOWN, plan_open=True)
        kept = {i.dose.exercise for i in found.items}
        assert not kept & {e for e, _ in found.left_out}
        assert len(found.items) + len(found.left_out) == len(whole.items)


def test_routines_forbid_something_at_all() -> None:
    ten = Complaint(
        "tibial-stress-fracture", KNOWN.conditions["tibial-stress-fracture"].tissue_class, Phase.SETTLE, False
    )
    assert routine_of("warm-up", (ten,), KNOWN, plan_open=True).left_out


def test_no_run_no_stretch_after_it() -> None:
    quiet = routine_of("daily-prevention", (), KNOWN, plan_open=False, may_run=False)
    assert {i.slot.value for i in quiet.items} == {"daily", "evening"}
