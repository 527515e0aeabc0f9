"""The tutorial's runner, day by day through the actions: from a heel that hurts in the morning to a continuous run.

She does what the day says, answers evenings and mornings, and tests when asked. The clock is the test's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest

from niggle.actions import athletes
from niggle.actions.checkins import record_checkin
from niggle.actions.model import knowledge
from niggle.actions.plans.starting import start_plan
from niggle.actions.plans.telling import record_done
from niggle.actions.plans.testing import record_test
from niggle.actions.plans.weeks import WeekShown, plan_week
from niggle.actions.sessions import Listed, add_manual
from niggle.actions.today import decide_today, gather
from niggle.core.checkin import Entry
from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS, DoneItem, Measured, PlanStart, RunStatus
from niggle.core.protocol import Better
from niggle.core.rehab import PlanState
from niggle.core.today import Decision, NextStep, Task, plans_of

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 2)  # a Monday
HEEL = {"site": "heel_under", "side": "left"}
STRONG = {"calf_raise": 26, "calf_hold": 50, "hop_distance": 4.4, "dorsiflexion": 11, "squat_control": 1}


@dataclass
class Story:
    athlete: int
    runs: list[tuple[date, Task]] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def pain(self, day: date) -> float:
        """What hurts fades over three weeks."""
        return max(0.0, 5.0 - 0.25 * (day - FIRST).days)

    def live(self, day: date) -> Decision:
        """One day: yesterday's morning answered, what today says is done, the evening's word."""
        morning = datetime.combine(day, time(7), UTC)
        if day > FIRST:
            self._morning_after(day - timedelta(days=1), morning)
        before = decide_today(self.athlete, day, keep=False).decision
        if day.weekday() == 0 or NextStep.MAKE_WEEK in before.next_steps:
            assert isinstance(plan_week(self.athlete, morning), WeekShown)
        decision = decide_today(self.athlete, day, morning).decision
        self.decisions.append(decision)
        for task in decision.tasks:
            if task.allowed and not task.done:
                self._do(task, day)
        evening = self._say({"on": day.isoformat(), "moment": "evening", "pain_evening": round(self.pain(day)),
                             "night_pain": False, "limp": False, "swelling": False},
                            datetime.combine(day, time(20), UTC), day)  # fmt: skip
        assert isinstance(evening, Entry)
        return decision

    def _say(self, plain: dict[str, object], now: datetime, day: date) -> object:
        return record_checkin(self.athlete, {**HEEL, **plain}, now, day)

    def _morning_after(self, day: date, now: datetime) -> None:
        said = self._say(
            {"on": day.isoformat(), "moment": "next_morning", "pain_morning": round(self.pain(day)),
             "stiffness": "same", "baseline_by_24h": True, "limp_first_steps": False}, now, now.date(),
        )  # fmt: skip
        assert isinstance(said, Entry), said

    def _do(self, task: Task, day: date) -> None:
        now = datetime.combine(day, time(18), UTC)
        for test in task.tests:
            known = knowledge().tests[test]
            value = STRONG.get(test, round(self.pain(day)))
            sides = {"left": value, "right": value} if known.sided else {"value": value}
            hurt = {} if known.better is Better.PAIN_FREE else {"pain": 0}
            result = record_test(self.athlete, {"test": test, "on": day.isoformat(), **hurt, **sides}, now)
            assert isinstance(result, Measured), result
        for exercise in task.exercises:
            done = record_done(
                self.athlete,
                {"plan": exercise.plan, "item": exercise.item, "sets": exercise.dose.sets, "pain": 0,
                 "sets_planned": exercise.dose.sets, "easy": True}, now,
            )  # fmt: skip
            assert isinstance(done, DoneItem), done
        if task.kind in RUN_KINDS:
            self.runs.append((day, task))
            added = add_manual(
                self.athlete,
                {"start": now.isoformat(), "duration_s": (task.minutes or 20) * 60,
                 "distance_m": task.metres or (task.minutes or 20) * 140}, now,
            )  # fmt: skip
            assert isinstance(added, Listed), added
            said = self._say({"on": day.isoformat(), "moment": "during", "pain_start": 0, "pain_max": 0, "pain_end": 0,
                              "limp": False}, now, day)  # fmt: skip
            assert isinstance(said, Entry), said


@pytest.fixture
def story() -> Story:
    athlete = athletes.local_athlete()
    started = start_plan(
        athlete,
        {"condition": "plantar fasciitis", "side": "left", "running": False, "before_week_km": 30,
         "last_run_on": "2026-02-28", "hurts_since": "2026-02-20"}, datetime.combine(FIRST, time(6), UTC),
    )  # fmt: skip
    assert isinstance(started, PlanStart), started
    return Story(athlete)


def state_of(story: Story, day: date) -> PlanState:
    return plans_of(gather(story.athlete, day), knowledge())[0]


def test_from_the_first_morning_to_a_continuous_run(story: Story) -> None:
    continuous = None
    for n in range(70):
        day = FIRST + timedelta(days=n)
        decision = story.live(day)
        ran = [t for d, t in story.runs if d == day]
        assert not ran or decision.light in (Light.GREEN, Light.YELLOW)
        if any(s.kind == "run" and s.repeat == 1 and (s.seconds or 0) >= 20 * 60 for t in ran for s in t.steps):
            continuous = day
            break
    assert continuous is not None, "in ten weeks of calm she never came to a continuous run"
    assert (continuous - FIRST).days > 21, "not before the pain was gone for days"
    weeks = [(day - FIRST).days // 7 + 1 for day in (story.runs[0][0], continuous)]
    assert weeks == [5, 6], "the tutorial tells: the first run in the fifth week, the continuous one in the sixth"
    steps = [t.steps for _, t in story.runs]
    assert len(steps) >= 4, "every step of the ladder once"
    opened = next(m.on for m in state_of(story, continuous).moves if m.kind == "ladder_start")
    assert (story.runs[0][0] - opened).days <= 3, "a calendar made before the ladder opened is made again"
    state = state_of(story, continuous + timedelta(days=1))
    assert state.status in (RunStatus.LADDER, RunStatus.BUILDING)


def test_without_her_mornings_nothing_moves(story: Story) -> None:
    """The same runner, who never answers a morning: no step of the ladder is counted."""
    story._morning_after = lambda *_: None  # type: ignore[method-assign]
    for n in range(45):
        story.live(FIRST + timedelta(days=n))
    state = state_of(story, FIRST + timedelta(days=45))
    assert state.step == 0
    assert state.ladder_done is None
