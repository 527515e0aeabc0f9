"""What a week left out and why is kept with it; ill or away on all its days it says so; moves find the right week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.actions.plans.heel_runner import MONDAY, at, calm_heel_runner, made

from niggle.actions.model import knowledge
from niggle.actions.plans.telling import record_absence, set_availability
from niggle.actions.plans.weeks import move_item, show_week
from niggle.core.outcomes import Problem
from niggle.wording.units import METRIC
from niggle.wording.week import empty_line, no_place_lines

pytestmark = pytest.mark.django_db
SUNDAY = MONDAY + timedelta(days=6)


@pytest.fixture
def athlete(db: None) -> int:
    return calm_heel_runner()


def test_what_found_no_place_is_kept_with_the_week(athlete: int) -> None:
    windows = [{"weekday": 1, "start": "18:00", "minutes": 40}]
    set_availability(athlete, {"windows": windows}, at(MONDAY))
    week = made(athlete, MONDAY).week
    assert week.no_place
    again = show_week(athlete, MONDAY + timedelta(days=1))
    assert again is not None
    assert again.week.no_place == week.no_place
    lines = no_place_lines(again.week, knowledge(), METRIC)
    assert lines
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize(("kind", "says"), [("illness", "ill"), ("life", "away")])
def test_a_week_with_no_day_left_says_that_she_is_ill_or_away(athlete: int, kind: str, says: str) -> None:
    thursday = MONDAY + timedelta(days=3)
    made(athlete, MONDAY)
    told = record_absence(
        athlete, {"first": thursday.isoformat(), "last": SUNDAY.isoformat(), "kind": kind}, at(thursday)
    )
    assert not isinstance(told, tuple), told
    shown = made(athlete, thursday)
    assert shown.week.named == says
    assert not [p for p in shown.week.placed if p.on >= thursday]
    (line,) = no_place_lines(shown.week, knowledge(), METRIC)
    assert f"You are {says} for the rest of this week" in line
    assert "time left" not in line


def test_one_open_day_is_not_a_week_of_illness(athlete: int) -> None:
    thursday, saturday = MONDAY + timedelta(days=3), MONDAY + timedelta(days=5)
    told = {"first": thursday.isoformat(), "last": saturday.isoformat(), "kind": "illness"}
    assert not isinstance(record_absence(athlete, told, at(thursday)), tuple)
    shown = made(athlete, thursday)
    assert shown.week.named is None
    assert {p.on for p in shown.week.placed} == {SUNDAY}


def test_a_week_of_no_free_minute_is_still_called_that(athlete: int) -> None:
    set_availability(athlete, {"windows": [{"weekday": 0, "start": "06:00", "minutes": 5}]}, at(MONDAY))
    shown = made(athlete, MONDAY + timedelta(days=1))
    assert shown.week.named == "no_day"
    assert "no day with time left" in empty_line(shown.week)


def test_an_item_of_both_weeks_is_moved_in_the_week_that_holds_the_day(athlete: int) -> None:
    this = made(athlete, MONDAY).week
    coming = made(athlete, MONDAY, MONDAY + timedelta(days=7)).week
    both = {p.item.id for p in this.placed if p.on > MONDAY} & {p.item.id for p in coming.placed}
    name = next(p.item.id for p in coming.placed if p.item.id in both and not p.item.id.startswith("home"))
    old = next(p for p in coming.placed if p.item.id == name)
    moved = move_item(athlete, name, old.on, at(MONDAY), start_min=old.start_min + 15)
    if isinstance(moved, tuple):  # the hour may be taken; never refused for being of another week
        assert "belongs to" not in moved[0].message
    else:
        assert moved.week.start == coming.start
    before = show_week(athlete, MONDAY)
    assert before is not None
    assert before.week == this


def test_a_day_of_another_week_is_named_with_the_days_that_are_open(athlete: int) -> None:
    this = made(athlete, MONDAY).week
    name = next(p.item.id for p in this.placed if p.on > MONDAY)
    found = move_item(athlete, name, MONDAY + timedelta(days=9), at(MONDAY))
    assert found == (
        Problem("on", "it belongs to this week, and 2026-03-11 is not a day of it",
                "a day of its own week: Monday to Sunday"),
    )  # fmt: skip
