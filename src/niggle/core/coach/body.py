"""Body and mind around the plan: fuel and bone, sleep, mood, what to expect and what progress is (NSM-R01 to R05)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from niggle.core.checkin import CheckIn
from niggle.core.coach.types import (
    Expectation,
    Fuel,
    FuelFacts,
    FuelLevel,
    Mood,
    MoodState,
    Progress,
    Sign,
    Sleep,
    SleepState,
)
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import PlanAnswer, PlanStart
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.traffic_light import DayMark

_WEEK: Final = 7
_EPS: Final = 1e-9


def fuel(facts: FuelFacts, knowledge: Knowledge) -> Fuel:
    """Is there enough energy for the training (NSM-R01), and the reminder while a bone heals (NSM-R04).

    It asks and refers; it never diagnoses, names no dose beyond calcium in food, and never suggests eating less.
    """
    first, strong = knowledge.numbers("periods_missed")
    periods = facts.periods_missed
    if not facts.asks_periods:
        missed: bool | None = False
    elif periods is not None:
        missed = periods >= first - _EPS
    else:
        missed = facts.missed
    repeated = facts.bone_plan and facts.earlier_bone is True
    named: tuple[tuple[str, bool | None], ...] = (
        ("missed_periods", missed), ("weight_drop", facts.weight_drop), ("low_bmi", facts.low_bmi),
        ("under_eating", facts.under_eating), ("repeated_bone_injury", repeated),
        ("energy_condition", facts.energy_condition),
    )  # fmt: skip
    signs = tuple(name for name, truth in named if truth is True)
    missing = tuple(name for name, truth in named if truth is None)
    if missed is True and periods is None:
        missing = ("periods_missed", *missing)
    very = facts.asks_periods and periods is not None and periods >= strong - _EPS
    if very or facts.energy_condition or len(signs) > 1:
        level = FuelLevel.STRONG
    elif signs:
        level = FuelLevel.PROMPT
    else:
        level = FuelLevel.ASK if missing else FuelLevel.FINE
    weight = Weight.CAUTION if signs else Weight.INFO
    said = [_reason("NSM-R01", weight, knowledge, Fact("signs", " ".join(signs) or None),
                    Fact("periods_missed", periods, "count"))]  # fmt: skip
    calcium: tuple[float, float] | None = None
    if facts.bone_plan:
        low, high = knowledge.numbers("calcium_mg_day")
        calcium = (low, high)
        said.append(_reason("NSM-R04", Weight.INFO, knowledge, Fact("low", low, "mg"), Fact("high", high, "mg")))
    dxa = facts.low_bmi is True or facts.earlier_bone is True
    return Fuel(level, signs, dxa, facts.bone_plan, calcium, missing, tuple(said))


def sleep(checkins: Iterable[CheckIn], usual_h: float | None, on: date, knowledge: Knowledge) -> Sleep:
    """The mean of the nights told of in the last seven days; with fewer than three, her usual night (NSM-R02)."""
    by_day: dict[date, float] = {}
    for c in checkins:
        hours = c.answers.sleep_h
        if hours is not None and on - timedelta(days=_WEEK) < c.on <= on:
            by_day[c.on] = min(hours, by_day.get(c.on, hours))
    enough = len(by_day) >= knowledge.number("sleep_nights_min")
    mean = sum(by_day.values()) / len(by_day) if enough else usual_h
    least = knowledge.numbers("sleep_range_h")[0]
    state = SleepState.UNKNOWN if mean is None else SleepState.SHORT if mean < least - _EPS else SleepState.ENOUGH
    weight = Weight.CAUTION if state is SleepState.SHORT else Weight.INFO
    seen = (Fact("sleep_h", mean, "h"), Fact("nights", len(by_day), "count"), Fact("limit", least, "h"))
    return Sleep(
        state, mean, len(by_day), not enough and mean is not None, _reason("NSM-R02", weight, knowledge, *seen)
    )


def mood(answers: Sequence[PlanAnswer], checkins: Iterable[CheckIn], on: date, knowledge: Knowledge) -> Mood:
    """Low in each of the last two weeks, or worried who she is without running: somebody to talk to (NSM-R03).

    A word about harming herself puts help first, until a later word takes it back or a month is over.
    """
    known = sorted((a for a in answers if a.on <= on), key=lambda a: a.on)
    newest_harm = next((a for a in reversed(known) if a.key == "self_harm"), None)
    told = [c.on for c in checkins if c.on <= on and ("self_harm", True) in c.answers.findings]
    harm_on = max([*told, *([newest_harm.on] if newest_harm is not None and newest_harm.value is True else [])],
                  default=None)  # fmt: skip
    taken_back = (
        newest_harm is not None and newest_harm.value is False and harm_on is not None and newest_harm.on >= harm_on
    )
    lows = [a for a in known if a.key == "mood_low"]
    weeks = _weeks_low(lows, on)
    identity = next((a.value is True for a in reversed(known) if a.key == "identity_worry"), False)
    recent_harm = harm_on is not None and (on - harm_on).days <= knowledge.number("self_harm_days")
    if recent_harm and not taken_back:
        state = MoodState.CRISIS
    elif weeks >= knowledge.number("mood_low_weeks") or identity:
        state = MoodState.LOW
    elif weeks:
        state = MoodState.WATCH
    elif lows and (on - lows[-1].on).days < 2 * _WEEK:
        state = MoodState.FINE
    else:
        state = MoodState.UNKNOWN
    weight = Weight.STOP if state is MoodState.CRISIS else Weight.CAUTION if state is MoodState.LOW else Weight.INFO
    seen = (Fact("state", state.value), Fact("weeks", weeks, "weeks"), Fact("identity", identity))
    return Mood(state, weeks, identity, _reason("NSM-R03", weight, knowledge, *seen))


def _weeks_low(lows: Sequence[PlanAnswer], on: date) -> int:
    """Weeks in a row, counted back from today, whose last word was low; a better word today ends it."""
    count = 0
    while True:
        last, first = on - timedelta(days=_WEEK * count), on - timedelta(days=_WEEK * (count + 1))
        said = [a for a in lows if first < a.on <= last]
        if not said or said[-1].value is not True:
            return count
        count += 1


def expectation(plan: PlanStart, on: date, knowledge: Knowledge) -> Expectation:
    """The usual range for the condition, or for its grade where one was given (COA-R01)."""
    condition = knowledge.conditions.get(plan.condition)
    protocol = knowledge.protocols.get(plan.condition)
    grade_id = plan.grade or (None if protocol is None else protocol.default_grade)
    grade = None if protocol is None or grade_id is None else protocol.grades.get(grade_id)
    low: int | None = None
    high: int | None = None
    note: str | None = None
    if plan.grade is not None and grade is not None and grade.return_low_days is not None:
        low, high, note = grade.return_low_days, grade.return_high_days, grade.note
    elif condition is not None and condition.recovery is not None:
        low, high, note = condition.recovery.low_days, condition.recovery.high_days, condition.recovery.note
    since = min(d for d in (plan.hurts_since, plan.on) if d is not None)
    days = max(0, (on - since).days)
    return Expectation(
        plan.id, plan.condition, days, low, high, plan.grade, note,
        _reason("COA-R01", Weight.INFO, knowledge, Fact("days_in", days, "days"), Fact("low_days", low, "days"),
                Fact("high_days", high, "days")),
    )  # fmt: skip


def progress(
    plan: str, marks: Sequence[DayMark], doses_up: bool, doses_down: bool, on: date, knowledge: Knowledge
) -> Progress:
    """The three good signs over the last two weeks. doses_up, doses_down: an exercise of the plan grew, or shrank."""
    signs = (
        (Sign.MORNINGS, _mornings(marks, on)),
        (Sign.EASY_RUNS, _easy_runs(marks, on)),
        (Sign.STRENGTH, False if doses_down else True if doses_up else None),
    )
    facts = [Fact(sign.value, truth) for sign, truth in signs]
    return Progress(plan, signs, _reason("COA-R02", Weight.INFO, knowledge, *facts))


def _mornings(marks: Sequence[DayMark], on: date) -> bool | None:
    """Less in the last seven mornings than in the seven before, or nothing at all; pain first, stiffness without it."""
    last = [m for m in marks if on - timedelta(days=14) < m.on <= on]
    pain = sum(m.morning is not None for m in last) >= 2
    told = [(m.on, m.morning if pain else m.stiff) for m in last]
    week = on - timedelta(days=7)
    now = [v for day, v in told if v is not None and day > week]
    before = [v for day, v in told if v is not None and day <= week]
    if len(now) < 2:
        return None
    if max(now) <= 0:
        return True
    if len(before) < 2:
        return None
    return sum(now) / len(now) < sum(before) / len(before) - _EPS


def _easy_runs(marks: Sequence[DayMark], on: date) -> bool | None:
    after = [m.next_day_worse for m in marks if m.session and on - timedelta(days=14) < m.on <= on]
    told = [worse for worse in after if worse is not None]
    if any(told):
        return False
    return True if len(told) >= 2 else None


def _reason(rule: str, weight: Weight, knowledge: Knowledge, *facts: Fact) -> Reason:
    known = knowledge.rules[rule]
    return Reason(rule, weight, facts, known.sources, known.grade)


def hide_comparisons(plan_open: bool) -> bool:
    """While a plan is open nothing on any page compares her with others or with herself before (NSM-R05)."""
    return plan_open
