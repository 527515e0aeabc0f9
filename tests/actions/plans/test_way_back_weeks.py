"""After weeks without a run, without any plan: the day and the calendar hold the same sessions, until they are over."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from tests.actions.plans.heel_runner import MONDAY, at

from niggle.actions import athletes
from niggle.actions.checkins import record_checkin
from niggle.actions.plans.weeks import WeekShown, make_again, plan_week, show_week
from niggle.actions.sessions import add_manual
from niggle.actions.today import decide_today
from niggle.core.plan import ItemKind
from niggle.core.today import Headline

pytestmark = pytest.mark.django_db


def ran(athlete: int, day: date, metres: float = 8000, seconds: float = 2700) -> None:
    told = {"start": at(day, 5).isoformat(), "distance_m": metres, "duration_s": seconds}
    add_manual(athlete, told, at(day, 21))


def fine(athlete: int, day: date) -> None:
    """Nothing hurts."""
    said = {"on": day.isoformat(), "pain_evening": 0, "pain_morning": 0, "limp": False}
    record_checkin(athlete, said, at(day, 21), day)


@pytest.fixture
def athlete() -> int:
    athlete = athletes.local_athlete()
    for n in range(1, 40, 2):
        ran(athlete, MONDAY - timedelta(days=49 + n))
    fine(athlete, MONDAY)
    return athlete


def sessions(shown: WeekShown | None) -> list[tuple[date, ItemKind]]:
    assert shown is not None
    return [(p.on, p.item.kind) for p in shown.week.placed]


def test_day_and_calendar_say_the_same(athlete: int) -> None:
    made = plan_week(athlete, at(MONDAY))
    assert isinstance(made, WeekShown), made
    found = sessions(made)
    assert len(found) == 3
    assert {kind for _, kind in found} == {ItemKind.RUN_WALK}
    days = [day for day, _ in found]
    assert all((b - a).days >= 2 for a, b in itertools.pairwise(days))
    assert not made.violations
    first = days[0]
    fine(athlete, first)
    decision = decide_today(athlete, first, at(first, 22)).decision
    assert decision.headline is Headline.WALK_AND_RUN
    assert [(t.kind, t.allowed) for t in decision.tasks] == [(ItemKind.RUN_WALK, True)]
    assert decision.tasks[0].steps


def test_three_weeks_after_the_first_session_the_calendar_is_made_again(athlete: int) -> None:
    next_week = MONDAY + timedelta(days=21)
    for n in (0, 3, 7, 10, 14, 17):
        ran(athlete, MONDAY + timedelta(days=n), 3000, 1200)
    fine(athlete, next_week)
    last = MONDAY + timedelta(days=20)
    fine(athlete, last)
    made = plan_week(athlete, at(last), next_week)
    assert isinstance(made, WeekShown)
    assert sessions(made)
    assert make_again(athlete, at(last)) is None, "it still holds"
    new = make_again(athlete, at(next_week))
    assert new is not None
    assert new.because == ("break_over",)
    assert not sessions(show_week(athlete, next_week))


def test_an_empty_calendar_of_before_the_break_was_long_is_none(athlete: int) -> None:
    early = MONDAY - timedelta(days=35)
    made = plan_week(athlete, at(early))
    assert isinstance(made, WeekShown)
    assert not made.week.placed
    assert show_week(athlete, early) is not None
    empty = plan_week(athlete, at(MONDAY - timedelta(days=28)), MONDAY - timedelta(days=21))
    assert isinstance(empty, WeekShown)
    assert not empty.week.placed
    assert show_week(athlete, MONDAY - timedelta(days=18)) is None
