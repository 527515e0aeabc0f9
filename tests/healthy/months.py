"""Twelve ordinary runners: half a year of log each, and the month of it in which nothing should be made of nothing.

Deterministic and invented from schedules, not from anybody's recordings. `month()` are the days on which the engines
are asked; the weeks before are what they compare with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from tests.healthy.build import Row, log

from niggle.core.history import History, Shoe, Surface, Tag
from niggle.core.profile import Mode, Profile
from niggle.core.session.types import Sport

FIRST: Final = date(2026, 1, 5)  # a Monday
WEEKS: Final = 24


@dataclass(frozen=True)
class Month:
    story: str
    history: History
    first: date
    last: date
    profile: Profile

    def days(self) -> list[date]:
        return [self.first + timedelta(days=i) for i in range((self.last - self.first).days + 1)]


# What differs from week to week in anybody's training, as shares; they even out over the months.
_WOBBLE: Final = (0.0, 0.03, -0.02, 0.04, -0.04, 0.02, -0.03, 0.0)
_WEEK_WOBBLE: Final = (0.0, 0.04, -0.03, 0.02, -0.04)


def _day(week: int, weekday: int) -> date:
    return FIRST + timedelta(days=7 * week + weekday)


def _tags(*names: str) -> frozenset[Tag]:
    return frozenset(Tag(n) for n in names)


def _month(story: str, rows: list[Row], profile: Profile = Profile(), shoes: tuple[Shoe, ...] = ()) -> Month:
    last = _day(WEEKS - 1, 6)
    return Month(story, log(rows, shoes), last - timedelta(days=27), last, profile)


def _schedule(
    weekly_km: Callable[[int], float], shares: dict[int, float], build: Callable[[Row], Row] = lambda r: r
) -> list[Row]:
    """Each week's total dealt out by weekday; shares and total wobble a little."""
    rows = []
    for week in range(WEEKS):
        parts = {d: share * (1 + _WOBBLE[(week + d) % 8]) for d, share in shares.items()}
        total = sum(parts.values())
        rows += [build(Row(_day(week, d), round(weekly_km(week) * p / total, 2))) for d, p in parts.items()]
    return rows


def three_up_one_down(start_km: float, growth: float = 0.05, top_km: float = 1e9) -> Callable[[int], float]:
    """Three weeks of small steps, one at three quarters, then on from where she was."""

    def km(week: int) -> float:
        block, step = divmod(week, 4)
        level = min(top_km, start_km * (1 + growth) ** (2 * block + min(step, 2)))
        return 0.74 * level if step == 3 else level

    return km


def beginner() -> Month:
    rows = []
    for week in range(WEEKS):
        minutes = 20 + 0.5 * week
        rows += [
            Row(_day(week, d), round(minutes / 7.5, 2), minutes=minutes, tags=_tags("run_walk")) for d in (0, 2, 5)
        ]
    return _month("a beginner on a run-walk ladder", rows, Profile(mode=Mode.LADDER))


def three_a_week() -> Month:
    return _month(
        "three runs a week, level, with easy weeks", _schedule(three_up_one_down(24, 0.0), {1: 1, 3: 1, 6: 1.4})
    )


def parent_with_little_time() -> Month:
    return _month("two short runs and a parkrun", _schedule(lambda w: 15.0, {1: 5, 3: 5, 5: 5}))


def six_a_week() -> Month:
    shares = {0: 8, 1: 12, 2: 8, 3: 12, 5: 9, 6: 18}

    def build(row: Row) -> Row:
        return Row(row.on, row.km, tags=_tags("speed") if row.on.weekday() == 1 else frozenset())

    return _month("six runs a week with Tuesday intervals", _schedule(three_up_one_down(64, 0.02, 70), shares, build))


def marathon_build() -> Month:
    shares = {1: 10, 2: 8, 3: 12, 5: 8, 6: 18}

    def build(row: Row) -> Row:
        return Row(row.on, row.km, tags=_tags("speed") if row.on.weekday() == 3 else frozenset())

    return _month("a marathon build with cutbacks", _schedule(three_up_one_down(40, 0.04), shares, build))


def trail() -> Month:
    def build(row: Row) -> Row:
        assert row.km is not None
        climb = row.km * (32 if row.on.weekday() == 6 else 26)
        return Row(row.on, row.km, Sport.TRAIL, row.km * 7.5, climb, climb, surface=Surface.TRAIL)

    return _month("trails with a hilly Sunday", _schedule(three_up_one_down(36, 0.02, 42), {2: 9, 4: 9, 6: 18}, build))


def treadmill() -> Month:
    def build(row: Row) -> Row:
        return Row(row.on, row.km, Sport.TREADMILL)

    return _month("a winter on the treadmill", _schedule(three_up_one_down(22, 0.02, 26), {0: 6, 2: 6, 4: 8}, build))


def after_a_holiday() -> Month:
    """Ten days without a run at the start of the month, a first week with two thirds, then the old week."""

    def km(week: int) -> float:
        return 20.0 if week == WEEKS - 2 else 30.0

    off = (_day(WEEKS - 4, 4), _day(WEEKS - 3, 6))
    rows = [r for r in _schedule(km, {1: 8, 3: 9, 6: 13}) if not off[0] <= r.on <= off[1]]
    return _month("back from a holiday by steps", rows)


def runner_and_cyclist() -> Month:
    rows = _schedule(three_up_one_down(20, 0.0), {1: 9, 5: 11})
    rows += [Row(_day(w, d), 40, Sport.RIDE, 90) for w in range(WEEKS) for d in (2, 6)]
    rows += [Row(_day(w, 4), None, Sport.SWIM, 45) for w in range(WEEKS)]
    return _month("two runs, two rides and a swim", rows)


def runner_who_lifts() -> Month:
    rows = _schedule(three_up_one_down(32, 0.02, 36), {1: 8, 3: 9, 6: 15})
    rows += [
        Row(_day(w, 4), None, Sport.STRENGTH, 45, at_hour=17, tags=_tags("heavy_calf", "heavy_strength"))
        for w in range(WEEKS)
    ]
    rows += [Row(_day(w, 3), 1.0, minutes=8, at_hour=8.5, tags=_tags("strides")) for w in range(WEEKS)]
    return _month("three runs, strides and a heavy Friday", rows)


def club_runner() -> Month:
    """Track on Tuesday, hills on Thursday, a 5 km race every fourth Saturday, two pairs of shoes."""
    shoes = (
        Shoe("first", "Trainer", drop_mm=8, retired_on=_day(12, 0)),
        Shoe("second", "Trainer again", drop_mm=8),
        Shoe("light", "Light", drop_mm=6),
    )
    kinds = {1: "speed", 3: "hills"}

    def build(row: Row) -> Row:
        weekday = row.on.weekday()
        week = (row.on - FIRST).days // 7
        tags = _tags(kinds[weekday]) if weekday in kinds else frozenset()
        if weekday == 5 and week % 4 == 2:
            tags = _tags("race")
        climb = 120.0 if weekday == 3 else 30.0
        shoe = "light" if weekday == 1 else "first" if week < 12 else "second"
        return Row(row.on, row.km, Sport.RUN, None, climb, climb, tags, shoe=shoe)

    shares = {0: 7, 1: 10, 3: 10, 5: 5, 6: 16}
    return _month("a club runner", _schedule(three_up_one_down(48, 0.02, 52), shares, build), shoes=shoes)


def taper_and_race() -> Month:
    """A half marathon at the end of the third week of the month, after a two-week taper, then an easy week."""

    def km(week: int) -> float:
        if week == WEEKS - 4:
            return 46.0
        if week == WEEKS - 3:
            return 34.0
        if week == WEEKS - 2:
            return 33.0  # with the race
        if week == WEEKS - 1:
            return 20.0
        return 46.0 if week % 4 != 3 else 34.0

    rows = _schedule(km, {1: 8, 3: 9, 4: 6, 6: 17})
    race_day = _day(WEEKS - 2, 6)
    rows = [r for r in rows if r.on != race_day and _day(WEEKS - 4, 6) != r.on]
    rows += [Row(_day(WEEKS - 4, 6), 19.0), Row(race_day, 21.1, minutes=105, tags=_tags("race"))]
    return _month("taper, half marathon, easy week", rows)


MONTHS: Final[dict[str, Callable[[], Month]]] = {
    f.__name__: lru_cache(maxsize=1)(f)
    for f in (
        beginner, three_a_week, parent_with_little_time, six_a_week, marathon_build, trail, treadmill, after_a_holiday,
        runner_and_cyclist, runner_who_lifts, club_runner, taper_and_race,
    )
}  # fmt: skip
