"""The sheet's sample week of a calf block, as items and as a calendar (RP-29 to RP-34)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from niggle.core.outcomes import Light
from niggle.core.plan import ItemKind, Placed, WeekItem
from niggle.core.protocol import Phase
from niggle.core.week import Surroundings

MONDAY = date(2026, 11, 2)
MON, TUE, WED, THU, FRI, SAT, SUN = (MONDAY + timedelta(days=n) for n in range(7))
K = ItemKind

QUIET = Surroundings(
    start=MON,
    light=Light.GREEN,
    quiet=True,
    pain=2.0,
    careful_sessions=0,
    phase=Phase.BUILD,
    avoid_descents=True,
)


def item(kind: ItemKind, minutes: float = 45, name: str | None = None, **more: object) -> WeekItem:
    return WeekItem(name or kind.value, kind, minutes, **more)  # type: ignore[arg-type]


def at(what: WeekItem, on: date, hour: float = 18.0, done: bool = False) -> Placed:
    return Placed(what, on, round(hour * 60), done)


EASY = item(K.RUN_EASY, 45)
A = item(K.STRENGTH_A, 50, heavy=True, heavy_calf=True, plyometric=True, gym=True)
BIKE = item(K.CROSS_TRAINING, 60)
STRIDES = item(K.STRIDES, 10, optional=True)
MEDIUM = item(K.RUN_MEDIUM, 60, steady_block=True)
B = item(K.STRENGTH_B, 45, gym=True)  # moderate: does not count as heavy (RP-C03)
WALK = item(K.WALK, 20)
SHORT = item(K.RUN_EASY, 30, "run_easy_friday", optional=True)
LONG = item(K.RUN_LONG, 90)
SWIM = item(K.CROSS_TRAINING, 30, "cross_training_sunday", optional=True)
LOOSE = item(K.MOBILITY, 10)
BALANCE = item(K.HOME_SET, 10)

WEEK = (
    at(EASY, MON, 17.5),
    at(A, MON, 18.25),
    at(BIKE, TUE, 18),
    at(LOOSE, TUE, 20),
    at(MEDIUM, WED, 18),
    at(B, THU, 18),
    at(WALK, THU, 19),
    at(SHORT, FRI, 18),
    at(LONG, SAT, 9),
    at(SWIM, SUN, 10),
    at(BALANCE, SUN, 20),
)
WITH_STRIDES = (*WEEK, at(STRIDES, TUE, 19.25))


def changed(
    week: tuple[Placed, ...], name: str, on: date, hour: float | None = None, **more: object
) -> tuple[Placed, ...]:
    """The week with one item elsewhere, or otherwise."""
    return tuple(
        replace(
            p,
            on=on,
            start_min=p.start_min if hour is None else round(hour * 60),
            item=replace(p.item, **more),  # type: ignore[arg-type]
        )
        if p.item.id == name
        else p
        for p in week
    )
