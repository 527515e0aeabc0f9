"""What a plan adds to the next steps: a week without a calendar is named; who rests is not sent on easier runs."""

from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, K, Tale

from niggle.core.outcomes import Light
from niggle.core.plan import Absence, Availability, Away, DayWindow, ItemKind, Placed, WeekItem, WeekPlan
from niggle.core.today import NextStep

FASCIA = "plantar-fasciitis"
HOURS = Availability((DayWindow(1, 18 * 60, 60),))


def resting(*, running=False, days=10):
    return Tale(FASCIA, running=running, before_week_m=30000.0).calm(range(-2, days))


def calendar(start, *tests, at=0):
    item = WeekItem("tests", ItemKind.TEST, 30.0, tests=tests or ("dorsiflexion",), plans=("p1",))
    return WeekPlan(start, start, (Placed(item, start + timedelta(days=at), 540),))


@pytest.mark.parametrize(("first", "missing"), [(8, False), (2, False), (1, True), (-6, True)])
def test_the_week_after_the_last_calendar_has_none_and_the_day_says_so(first, missing):
    """Day 8: a calendar of seven days holds it when it began on day 2, no more when it began on day 1."""
    tale = resting()
    tale.weeks.append(calendar(DAY + timedelta(days=first)))
    assert (NextStep.NEW_WEEK in tale.today(8).next_steps) is missing


def test_hours_ask_for_a_calendar_and_nothing_told_asks_for_none():
    tale = resting()
    assert NextStep.NEW_WEEK not in tale.today(8).next_steps
    tale.availability = HOURS
    assert NextStep.NEW_WEEK in tale.today(8).next_steps


def test_who_is_ill_is_not_asked_for_a_calendar():
    tale = resting()
    tale.availability = HOURS
    tale.absences.append(Absence("a1", DAY + timedelta(days=7), DAY + timedelta(days=12), Away.ILLNESS))
    steps = tale.today(8).next_steps
    assert NextStep.SAY_BACK in steps
    assert NextStep.NEW_WEEK not in steps


@pytest.mark.parametrize("running", [True, False])
def test_on_yellow_easier_runs_are_named_only_to_who_may_run(running):
    tale = resting(running=running, days=8)
    tale.say(8, pain_evening=4.0)
    decision = tale.today(8)
    assert decision.light is Light.YELLOW
    assert (NextStep.TWO_REDUCED_SESSIONS in decision.next_steps) is running
    assert (NextStep.YELLOW_UNTIL_RUNNING in decision.next_steps) is not running


@pytest.mark.parametrize("pain", [0.0, 6.0])
def test_a_test_that_waits_takes_no_time(pain):
    """Hops wait while it hurts; the others take as long as they did."""
    tale = resting(days=8).say(8, pain_evening=pain, night_pain=False)
    tale.weeks.append(calendar(DAY + timedelta(days=8), "dorsiflexion", "hop_in_place"))
    (task,) = (t for t in tale.today(8).tasks if t.tests)
    assert ("hop_in_place" in task.tests) is (pain == 0)
    assert task.minutes == 30.0 - (K.tests["hop_in_place"].minutes if pain else 0)
