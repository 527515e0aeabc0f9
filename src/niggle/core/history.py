"""The training log as columns: one row a session, oldest first. Everything about load is computed from this."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.body import LOAD_TISSUES
from niggle.core.session.types import RUN_SPORTS, Floats, Sport
from niggle.core.values import value
from niggle.core.words import often

Ints = NDArray[np.int64]

_NUMBERS: Final = ("start_s", "day", "sport", "distance_m", "timer_s", "moving_s", "ascent_m", "descent_m", "doses",
                   "features")  # fmt: skip
_WORDS: Final = ("ids", "tags", "surface", "low_side", "shoe")

SPORTS: Final = tuple(Sport)
_IS_RUN: Final = np.array([s in RUN_SPORTS for s in SPORTS])


@often
class Tag(StrEnum):
    """What a session was, beyond its sport: from the source, from the runner, or found in the streams."""

    EASY = "easy"
    LONG = "long"
    SPEED = "speed"
    HILLS = "hills"
    SPRINT = "sprint"
    STRIDES = "strides"
    RACE = "race"
    PLYOMETRIC = "plyometric"
    HEAVY_CALF = "heavy_calf"  # heavy calf raises or split squats
    HEAVY_STRENGTH = "heavy_strength"
    BACKPACK = "backpack"
    RUN_WALK = "run_walk"
    TRACK = "track"
    COMMUTE = "commute"


class Surface(StrEnum):
    ROAD = "road"
    CONCRETE = "concrete"
    TRAIL = "trail"
    GRASS = "grass"
    TRACK = "track"
    TREADMILL = "treadmill"
    SAND = "sand"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Shoe:
    """A pair of shoes. Distances and days are counted from the sessions it is assigned to, plus `start_km`."""

    id: str
    name: str
    start_km: float = 0.0
    drop_mm: float | None = None
    stack_mm: float | None = None
    category: str | None = None  # neutral, stability, minimal, trail, ...
    plated: bool = False
    worn_flag: bool = False  # "feels dead": overrides the ladder upward
    first_used: date | None = None
    retired_on: date | None = None


# Summary features of a session that later rules need and that only its streams can tell; NaN where unknown.
FEATURES: Final = (
    "best_20s_mps",  # fastest 20 s
    "best_60s_mps",
    "best_400s_mps",
    "steep_up_m",  # ascent on grades of 4 % and more
    "steep_down_m",
    "walk_s",  # time at walking speed
    "run_s",
)


@value(frozen=True, slots=True)
class History:
    """Columns of equal length n, ordered by start. NaN = not known. doses: n x len(LOAD_TISSUES), easy kilometres."""

    ids: tuple[str, ...]
    start_s: Floats  # unix seconds UTC
    day: Ints  # local date as ordinal (date.toordinal)
    sport: Ints  # index into SPORTS
    distance_m: Floats
    timer_s: Floats
    moving_s: Floats
    ascent_m: Floats
    descent_m: Floats
    doses: Floats
    features: Floats  # n x len(FEATURES)
    tags: tuple[frozenset[Tag], ...]
    surface: tuple[Surface | None, ...]
    low_side: tuple[str | None, ...]  # "left"/"right" on cambered road
    shoe: tuple[str | None, ...]  # Shoe.id
    shoes: tuple[Shoe, ...] = field(default=())

    def __post_init__(self) -> None:
        n = len(self.ids)
        for name in (*_NUMBERS, *_WORDS):
            if len(getattr(self, name)) != n:
                raise ValueError(f"history column {name} has {len(getattr(self, name))} rows, not {n}")
        if self.doses.shape != (n, len(LOAD_TISSUES)) or self.features.shape != (n, len(FEATURES)):
            raise ValueError("doses or features have the wrong shape")

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def is_run(self) -> NDArray[np.bool_]:
        return _IS_RUN[self.sport]

    def until(self, on: date) -> History:
        """Only what had started by the end of that day: tomorrow's data never changes today."""
        last = on.toordinal()
        if not len(self) or self.day[-1] <= last:
            return self
        return self.rows(slice(0, int(np.searchsorted(self.day, last, side="right"))))

    def since(self, first: date) -> History:
        start = int(np.searchsorted(self.day, first.toordinal(), side="left"))
        return self if start == 0 else self.rows(slice(start, len(self)))

    def shared_rows(self, other: History) -> int:
        """How many rows, from the oldest on, are the same in both by every column. Shoes are not looked at."""
        n = min(len(self), len(other))
        for name in _WORDS:
            ours, theirs = getattr(self, name)[:n], getattr(other, name)[:n]
            if ours != theirs:
                n = next(i for i in range(n) if ours[i] != theirs[i])
        for name in _NUMBERS:
            ours, theirs = getattr(self, name)[:n], getattr(other, name)[:n]
            if ours.tobytes() != theirs.tobytes():  # as bytes, what is not known equals what is not known
                differs = (ours != theirs) & ~(np.isnan(ours) & np.isnan(theirs))
                rows = np.flatnonzero(differs.reshape(n, -1).any(axis=1))
                n = int(rows[0]) if len(rows) else n
        return n

    def rows(self, part: slice) -> History:
        return History(
            self.ids[part], self.start_s[part], self.day[part], self.sport[part], self.distance_m[part],
            self.timer_s[part], self.moving_s[part], self.ascent_m[part], self.descent_m[part], self.doses[part],
            self.features[part], self.tags[part], self.surface[part], self.low_side[part], self.shoe[part], self.shoes,
        )  # fmt: skip


def empty_history(shoes: tuple[Shoe, ...] = ()) -> History:
    none: Floats = np.empty(0)
    whole = np.empty(0, np.int64)
    return History((), none, whole, whole, none, none, none, none, none, np.empty((0, len(LOAD_TISSUES))),
                   np.empty((0, len(FEATURES))), (), (), (), (), shoes)  # fmt: skip
