"""The calendar through the actions: made, made again in the middle of a week, ahead, and moved by hand."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import timedelta

import pytest
from tests.actions.plans.heel_runner import MONDAY, at, calm_heel_runner, made

from niggle.actions.plans.telling import set_availability
from niggle.actions.plans.weeks import WeekShown, move_item, plan_week, show_week
from niggle.core.plan import RUN_KINDS
from niggle.core.week import Severity

pytestmark = pytest.mark.django_db


@pytest.fixture
def athlete(db: None) -> int:
    return calm_heel_runner()


def test_a_week_is_kept_as_it_was_made_and_blocks_nothing(athlete: int) -> None:
    week = made(athlete, MONDAY)
    assert any(p.item.kind in RUN_KINDS for p in week.week.placed)
    shown = show_week(athlete, MONDAY)
    assert shown is not None
    assert shown.week == week.week
    assert not [v for v in shown.violations if v.severity is Severity.BLOCK]


def test_made_again_in_the_middle_the_past_stays_and_no_item_stands_twice(athlete: int) -> None:
    first = made(athlete, MONDAY).week
    thursday = MONDAY + timedelta(days=3)
    again = made(athlete, thursday).week
    gone = [p for p in first.placed if p.on < thursday]
    kept = [p for p in again.placed if p.on < thursday]
    assert [(p.on, p.start_min, p.item.kind) for p in kept] == [(p.on, p.start_min, p.item.kind) for p in gone]
    assert max(Counter(p.item.id for p in again.placed).values()) == 1


def test_the_coming_week_knows_the_end_of_this_one(athlete: int) -> None:
    saturday = MONDAY + timedelta(days=5)
    this = made(athlete, saturday).week
    coming = made(athlete, saturday, MONDAY + timedelta(days=7)).week
    runs = sorted(p.on for p in (*this.placed, *coming.placed) if p.item.kind in RUN_KINDS and p.on >= saturday)
    assert all((b - a).days >= 2 for a, b in itertools.pairwise(runs)), runs  # alternate days in phase 1


@pytest.mark.parametrize(("days", "says"), [(-7, "over"), (14, "too far")])
def test_other_weeks_are_refused_by_name(athlete: int, days: int, says: str) -> None:
    found = plan_week(athlete, at(MONDAY), MONDAY + timedelta(days=days))
    assert isinstance(found, tuple)
    assert says in found[0].message
    assert show_week(athlete, MONDAY) is None


def test_a_move_by_hand_is_kept_or_refused_with_the_calendar_untouched(athlete: int) -> None:
    week = made(athlete, MONDAY).week
    runs = [p for p in week.placed if p.item.kind in RUN_KINDS]
    assert len(runs) >= 2
    beside = runs[1].on - timedelta(days=1)
    refused = move_item(athlete, runs[0].item.id, beside, at(MONDAY))
    assert isinstance(refused, tuple), "two days running are blocked in phase 1"
    assert refused[0].suggestion
    shown = show_week(athlete, MONDAY)
    assert shown is not None
    assert shown.week == week
    later = move_item(athlete, runs[0].item.id, runs[0].on, at(MONDAY), start_min=runs[0].start_min + 30)
    assert isinstance(later, WeekShown)
    assert later.week.by_hand
    unknown = move_item(athlete, "nothing", MONDAY, at(MONDAY))
    assert isinstance(unknown, tuple)


def test_without_a_free_day_the_answer_has_a_name_and_nothing_is_lost(athlete: int) -> None:
    windows = [{"weekday": 0, "start": "06:00", "minutes": 5}]
    set_availability(athlete, {"windows": windows}, at(MONDAY))
    tuesday = MONDAY + timedelta(days=1)
    found = made(athlete, tuesday)
    assert found.week.named is not None or found.week.no_place
    assert not any(p.item.kind in RUN_KINDS for p in found.week.placed)
