"""Plan facts as rows: nothing lost on the way, the last word holds, what was recorded later stays unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django_scopes import ScopeError

from niggle.actions import athletes
from niggle.core.body import Side
from niggle.core.plan import (
    Absence,
    Availability,
    Away,
    DayWindow,
    DoneItem,
    ItemKind,
    Measured,
    Placed,
    PlanAnswer,
    PlanEnd,
    PlanFacts,
    PlanStart,
    Race,
    WeekItem,
    WeekPlan,
    Wish,
    WishKind,
)
from niggle.store.models import AppendOnly, PlanFact
from niggle.store.plans import keep, load_plan_facts
from niggle.store.scopes import athlete_scope

pytestmark = pytest.mark.django_db
ON = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
START = PlanStart("p1", "achilles-tendinopathy-midportion", ON - timedelta(days=20), "achilles", Side.LEFT)
TEST = Measured("t1", "calf_raise", ON - timedelta(days=3), left=18, right=30, pain=2)
DONE = DoneItem("d1", "p1", "hold", ON - timedelta(days=1), sets=5, sets_planned=5, pain=1.5, easy=False)
RACE = Race("r1", ON + timedelta(days=56), 21_097.5)
AWAY = Absence("a1", ON + timedelta(days=2), ON + timedelta(days=5), Away.TRAVEL, equipment=("band", "stairs"))
ANSWER = PlanAnswer("says_healed_percent", ON, 80)
TIMES = Availability((DayWindow(5, 480, 120, gym=True),), ("step",), 2, (Wish(WishKind.LONG_RUN_ON, 5, text="long"),))
WEEK = WeekPlan(ON, ON, (Placed(WeekItem("w1", ItemKind.RUN_EASY, 30.0, plans=("p1",)), ON, 420),))


@pytest.fixture
def athlete() -> int:
    return athletes.local_athlete()


def load(athlete: int, on: date = ON, until: datetime | None = None) -> PlanFacts:
    with athlete_scope(athlete):
        return load_plan_facts(on, on - timedelta(days=400), until)


def kept(athlete: int, *facts: object, now: datetime = NOW) -> None:
    with athlete_scope(athlete):
        keep(athlete, facts, now, ON)  # type: ignore[arg-type]


def test_everything_comes_back_as_it_was(athlete: int) -> None:
    kept(athlete, START, TEST, DONE, RACE, AWAY, ANSWER, TIMES, WEEK)
    assert load(athlete) == PlanFacts(
        starts=(START,), tests=(TEST,), done=(DONE,), races=(RACE,), absences=(AWAY,), answers=(ANSWER,),
        availability=TIMES, weeks=(WEEK,),
    )  # fmt: skip


def test_the_last_word_holds_and_the_first_stays_a_row(athlete: int) -> None:
    kept(athlete, DONE)
    kept(athlete, replace(DONE, sets=3), now=NOW + timedelta(hours=1))
    assert [d.sets for d in load(athlete).done] == [3]
    assert [d.sets for d in load(athlete, until=NOW).done] == [5], "what was recorded later is not known yet"
    with athlete_scope(athlete):
        assert PlanFact.objects.count() == 2
        with pytest.raises(AppendOnly):
            PlanFact.objects.update(key="other")


def test_an_open_plan_keeps_all_its_facts_a_closed_one_those_of_the_window(athlete: int) -> None:
    old = replace(START, on=ON - timedelta(days=500))
    test = replace(TEST, on=ON - timedelta(days=450))
    kept(athlete, old, test)
    assert load(athlete).tests == (test,)
    kept(athlete, PlanEnd("p1", ON))
    assert load(athlete).tests == ()


def test_weeks_of_other_months_are_not_read(athlete: int) -> None:
    kept(athlete, WEEK, replace(WEEK, start=ON - timedelta(days=14)), replace(WEEK, start=ON + timedelta(days=7)))
    assert [w.start for w in load(athlete).weeks] == [ON, ON + timedelta(days=7)]


def test_another_runner_sees_nothing(athlete: int) -> None:
    kept(athlete, START)
    assert load(athletes.new_demo_athlete()) == PlanFacts()
    with pytest.raises(ScopeError):
        load_plan_facts(ON, ON)
