"""A fever told in a check-in makes its day one of illness: no run on it, none the day after, then a gentle one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, K, Tale
from tests.core.rehab.test_after_illness import day, ill, runner

from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS, Absence, Away, PlanFacts
from niggle.core.rehab import with_fevers
from niggle.core.today import Activity, Decision, Headline, NextStep, decide, surroundings_of
from niggle.wording.reasons import sentence
from niggle.wording.units import METRIC


def seen(tale: Tale, n: int, plan: bool = True) -> Decision:
    case = tale.case(n)
    return tale.today(n) if plan else decide(replace(case, plan=PlanFacts()), K)


@pytest.mark.parametrize("plan", [True, False])
def test_a_fever_told_today_is_a_day_of_illness(plan):
    told = seen(runner(fever=(11,)), 11, plan)
    assert not told.may_run
    assert told.headline is Headline.ILL
    assert set(told.allowed) <= {Activity.WALKING}
    assert not [t for t in told.tasks if t.allowed]
    (why,) = (r for r in told.reasons if r.decided)
    assert (why.rule, why.fact("fever")) == ("PLAN-R06", True)
    assert told.next_steps[-1] is NextStep.FEVER_GONE
    assert not {NextStep.CARRY_ON, NextStep.SAY_BACK, NextStep.CHECK_IN_AFTER_RUN} & set(told.next_steps)


@pytest.mark.parametrize("plan", [True, False])
def test_the_day_after_has_no_run_the_next_is_gentle_and_then_it_is_over(plan):
    tale, well = runner(fever=(11,)), runner()
    assert [seen(tale, n, plan).may_run for n in (11, 12, 13)] == [False, False, True]
    assert [seen(tale, n, plan).headline for n in (12, 13)] == [Headline.EASY_AFTER_ILLNESS] * 2
    assert seen(tale, 14, plan).headline is seen(well, 14, plan).headline
    assert seen(tale, 14, plan).allowed == seen(well, 14, plan).allowed
    assert seen(tale, 10, plan) == seen(well, 10, plan), "nothing was told yet"


def test_without_a_fever_nothing_is_different():
    tale = runner()
    tale.say(11, None, findings=(("fever", False),))
    assert seen(tale, 11).headline is seen(runner(), 11).headline
    facts = tale.case(11).plan
    assert with_fevers(facts, tale.life(11).checkins, day(11)) is facts


def test_pain_keeps_the_first_word():
    tale = runner()
    tale.entries = [e for e in tale.entries if e.on != day(11)]
    tale.say(11, pain_evening=4.0, findings=(("fever", True),))
    assert seen(tale, 11).headline is Headline.EMERGENCY
    assert seen(tale, 11).light is Light.RED


def test_an_illness_of_her_own_counts_once_and_a_journey_gives_way():
    own = runner(ill(10, 12), fever=(11,))
    assert own.life(11).facts.absences == tuple(own.absences)
    assert seen(own, 11).next_steps[-1] is NextStep.SAY_BACK
    trip = runner(Absence("t", day(10), day(12), Away.TRAVEL), fever=(11,))
    assert seen(trip, 11).headline is Headline.ILL


def test_the_week_keeps_runs_off_the_fever_and_the_day_after():
    tale = runner(fever=(11,))
    around = surroundings_of(tale.case(11), K, day(11), Light.GREEN)
    shut = around.shut(next(iter(RUN_KINDS)))
    assert {day(11), day(12)} <= shut
    assert DAY + timedelta(days=14) not in shut


def test_the_reason_names_the_fever():
    (why,) = (r for r in seen(runner(fever=(11,)), 11).reasons if r.decided)
    assert sentence(why, METRIC).startswith("No run with a fever")
