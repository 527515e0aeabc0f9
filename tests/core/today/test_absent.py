"""Ill or away: headline, what is allowed, tasks and next steps say the same, and pain keeps the first word."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, K, Tale

from niggle.core.outcomes import Light
from niggle.core.plan import Absence, Away, ItemKind, PlanFacts
from niggle.core.today import Activity, Headline, NextStep, decide

RUNS = {Activity.EASY_RUN, Activity.LONG_RUN, Activity.SPEED, Activity.HILLS, Activity.DOWNHILL}


def continuing(days: int = 12) -> Tale:
    tale = Tale("plantar-fasciitis", before_week_m=30000.0)
    for n in range(-28, days):
        if n % 3:
            tale.calm([n])
        else:
            tale.run(n, 40, 6.5)
    tale.strong(0)
    tale.strong(7)
    return tale


def absence(kind: Away, **more) -> Absence:
    return Absence("a", DAY + timedelta(days=11), DAY + timedelta(days=13), kind, **more)


def day(tale: Tale, away: Absence | None, plan: bool = True):
    case = tale.case(11)
    facts = case.plan if plan else PlanFacts()
    return decide(replace(case, plan=replace(facts, absences=() if away is None else (away,))), K)


@pytest.mark.parametrize("plan", [True, False])
def test_ill_she_gets_well_first(plan):
    well, ill = day(continuing(), None, plan), day(continuing(), absence(Away.ILLNESS), plan)
    assert well.may_run
    assert ill.headline is Headline.ILL
    assert set(ill.allowed) <= {Activity.WALKING}
    assert set(ill.leave_out) >= set(well.allowed) - {Activity.WALKING}
    assert ill.next_steps[-1] is NextStep.SAY_BACK
    assert not {NextStep.CARRY_ON, NextStep.CHECK_IN_AFTER_RUN} & set(ill.next_steps)
    assert [r.rule for r in ill.reasons if r.decided] == ["PLAN-R06"], "a quiet place is no reason to train today"
    assert ill.reasons[0].rule == "PLAN-R06"
    assert not [t for t in ill.tasks if t.allowed]
    assert ill.light is well.light, "the light speaks of pain"


def test_no_running_while_away_is_said_as_the_reason():
    away = day(continuing(), absence(Away.TRAVEL, no_running=True))
    assert away.headline is Headline.AWAY
    assert not RUNS & set(away.allowed)
    assert Activity.STRENGTH in away.allowed
    assert NextStep.SAY_BACK in away.next_steps
    runs = [t for t in away.tasks if t.kind in (ItemKind.RUN_EASY, ItemKind.RUN_LONG, ItemKind.RUN_MEDIUM)]
    assert all(not t.allowed and t.because[0].rule == "PLAN-R07" for t in runs)


def test_travel_with_running_changes_nothing_of_the_day():
    plain, away = day(continuing(), None), day(continuing(), absence(Away.TRAVEL))
    assert (away.headline, away.allowed, away.next_steps) == (plain.headline, plain.allowed, plain.next_steps)


@pytest.mark.parametrize(
    ("things", "rides"), [(None, True), ((), False), (("band", "stairs"), False), (("band", "bike"), True)]
)
def test_on_a_journey_a_ride_is_offered_with_something_to_ride(things, rides):
    away = day(continuing(), absence(Away.TRAVEL, equipment=things))
    assert (Activity.CROSS_TRAINING in away.allowed) is rides
    assert Activity.CROSS_TRAINING not in away.leave_out, "it would do no harm"
    assert away.headline is day(continuing(), None).headline


@pytest.mark.parametrize("kind", list(Away))
def test_red_keeps_its_headline(kind):
    tale = continuing()
    tale.entries = [e for e in tale.entries if e.on != DAY + timedelta(days=11)]
    tale.say(11, pain_evening=8.0)
    red = day(tale, absence(kind, no_running=True))
    assert red.light is Light.RED
    assert red.headline is Headline.NO_RUNNING
    assert not RUNS & set(red.allowed)


def test_a_plan_that_has_closed_running_keeps_its_headline():
    tale = Tale("patellofemoral-pain-syndrome", running=False, before_week_m=30000.0).calm(range(-2, 12))
    assert day(tale, None).headline is Headline.NO_RUN_TODAY
    assert day(tale, absence(Away.TRAVEL, no_running=True)).headline is Headline.NO_RUN_TODAY
    assert day(tale, absence(Away.ILLNESS)).headline is Headline.ILL


def test_an_illness_is_over_when_it_is_over():
    """Two days of it leave nothing behind; what longer ones ask for is in tests/core/rehab/test_after_illness.py."""
    ill = Absence("a", DAY + timedelta(days=9), DAY + timedelta(days=10), Away.ILLNESS)
    assert day(continuing(), ill).headline is day(continuing(), None).headline
    back = replace(absence(Away.ILLNESS), taken_back=True)
    assert day(continuing(), back).headline is day(continuing(), None).headline
