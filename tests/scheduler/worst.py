"""The worst runner that could be made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.core.week.sample import MON, QUIET, A, B, K, at, item

from niggle.core.plan import Availability, DayWindow, WeekItem, Wish, WishKind
from niggle.core.week import Spacing, Surroundings


def window(weekday: int, hour: float, minutes: int, gym: bool = False) -> DayWindow:
    return DayWindow(weekday, round(hour * 60), minutes, gym)


def worst_runner() -> tuple[tuple[WeekItem, ...], Availability, Surroundings]:
    """Seven days, two injuries, a race on Sunday, and wishes that clash."""
    sunday = MON + timedelta(days=6)
    items = (
        replace(A, minutes=55),
        replace(B, minutes=45, heavy=True),
        item(K.RUN_EASY, 40, "easy-1"), item(K.RUN_EASY, 40, "easy-2"), item(K.RUN_EASY, 30, "easy-3"),
        item(K.RUN_MEDIUM, 60, steady_block=True), item(K.RUN_LONG, 95),
        item(K.HILLS, 50, new_stressor="uphill"), item(K.SPEED, 50), item(K.STRIDES, 10, optional=True),
        item(K.PLYOMETRICS, 20), item(K.CROSS_TRAINING, 60, "bike"), item(K.CROSS_TRAINING, 45, "swim"),
        item(K.TEST, 20), item(K.RACE, 110, on=sunday),
        item(K.MOBILITY, 15, "loose-1"), item(K.MOBILITY, 15, "loose-2"),
        *(item(K.HOME_SET, 15, f"set-{n}") for n in range(7)),
    )  # fmt: skip
    availability = Availability(
        windows=tuple(
            window(day, hour, minutes, gym)
            for day in range(7)
            for hour, minutes, gym in ((6.0, 75, False), (17.0, 150, day % 2 == 0))
        ),
        gym_visits=2,
        wishes=(
            Wish(WishKind.LONG_RUN_ON, 5, text="long run on Saturday"),
            Wish(WishKind.REST_ON, 5, text="Saturday off"),
            Wish(WishKind.STRENGTH_ON, 6, text="gym on Sunday"),
            Wish(WishKind.RUN_ON, 0, text="Monday group"),
            Wish(WishKind.NOTHING_BEFORE, None, 17 * 60, text="nothing in the morning"),
            Wish(WishKind.RUNS_PER_WEEK, None, 6, text="six runs"),
        ),
    )
    yesterday = MON - timedelta(days=1)
    around = replace(
        QUIET,
        before=(at(item(K.RUN_LONG, 100, "log-1"), yesterday, 10, True), at(item(K.STRENGTH_A, 50, "log-2", heavy=True,
                heavy_calf=True), yesterday - timedelta(days=1), 19, True)),
        quiet=None, pain=3.0, careful_sessions=1, spacing=Spacing.WARN,
    )  # fmt: skip
    return items, availability, around
