"""What is left of a week once a part of it is over."""

from datetime import date, timedelta

from niggle.core.plan import ItemKind, Placed, WeekItem
from niggle.core.today.ahead import remaining

K = ItemKind
MON = date(2026, 6, 1)
WEEK = (
    WeekItem("medium", K.RUN_MEDIUM, 30.0), WeekItem("long", K.RUN_LONG, 40.0), WeekItem("easy", K.RUN_EASY, 20.0),
    WeekItem("strides", K.STRIDES, 15.0, optional=True),
)  # fmt: skip


def left(day: int, *done: WeekItem) -> list[str]:
    before = [Placed(item, MON, 420, done=True) for item in done]
    return [i.id for i in remaining(WEEK, before, MON, MON + timedelta(days=day))]


def test_as_many_runs_as_days_are_left_and_the_shortest_goes_first():
    assert left(4) == ["medium", "long", "easy", "strides"]
    assert left(5) == ["medium", "long", "strides"]
    assert left(6) == ["long", "strides"]


def test_a_run_that_was_done_stands_for_the_least_important_one():
    assert left(1, WeekItem("log", K.RUN_EASY, 30.0)) == ["medium", "long", "easy"]
