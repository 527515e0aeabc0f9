"""Builders of training logs for tests: sessions from a few words, deterministic, without streams unless asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import numpy as np

import niggle.knowledge
from niggle.core.history import FEATURES, SPORTS, History, Shoe, Surface, Tag, empty_history
from niggle.core.knowledge_types import Knowledge
from niggle.core.load import session_doses
from niggle.core.session.types import Floats, Session, Sport, Streams


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return niggle.knowledge.load()


@dataclass(frozen=True)
class Row:
    """One session in the words of a test. Times are derived from an easy pace where they are not given."""

    on: date
    km: float | None = None
    sport: Sport = Sport.RUN
    minutes: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    tags: frozenset[Tag] = frozenset()
    surface: Surface | None = None
    low_side: str | None = None
    shoe: str | None = None
    at_hour: float = 7.0
    features: dict[str, float] = field(default_factory=dict)

    @property
    def time_s(self) -> float | None:
        if self.minutes is not None:
            return self.minutes * 60
        return None if self.km is None else self.km * 360

    def session(self) -> Session:
        start = datetime(self.on.year, self.on.month, self.on.day, tzinfo=UTC) + timedelta(hours=self.at_hour)
        return Session(
            self.sport, start, 0, None if self.km is None else self.km * 1000, self.time_s, self.time_s, self.time_s,
            self.ascent_m, self.descent_m,
        )  # fmt: skip


def _nan(value: float | None) -> float:
    return float("nan") if value is None else value


def log(rows: Iterable[Row], shoes: Iterable[Shoe] = ()) -> History:
    """A History from rows in any order; doses by the engine's summary model."""
    rows = sorted(rows, key=lambda r: (r.on, r.at_hour))
    if not rows:
        return empty_history(tuple(shoes))
    known = knowledge()
    sessions = [r.session() for r in rows]
    features = np.full((len(rows), len(FEATURES)), np.nan)
    for i, row in enumerate(rows):
        for name, value in row.features.items():
            features[i, FEATURES.index(name)] = value

    def column(values: Iterable[float | None]) -> Floats:
        return np.array([_nan(v) for v in values], dtype=float)

    return History(
        ids=tuple(f"s{i}-{r.on.isoformat()}" for i, r in enumerate(rows)),
        start_s=column(s.start_utc.timestamp() for s in sessions),
        day=np.array([r.on.toordinal() for r in rows], np.int64),
        sport=np.array([SPORTS.index(r.sport) for r in rows], np.int64),
        distance_m=column(s.distance_m for s in sessions),
        timer_s=column(s.timer_s for s in sessions),
        moving_s=column(s.moving_s for s in sessions),
        ascent_m=column(r.ascent_m for r in rows),
        descent_m=column(r.descent_m for r in rows),
        doses=np.stack([session_doses(s, known.tissues, known.parameters) for s in sessions]),
        features=features,
        tags=tuple(r.tags for r in rows),
        surface=tuple(r.surface for r in rows),
        low_side=tuple(r.low_side for r in rows),
        shoe=tuple(r.shoe for r in rows),
        shoes=tuple(shoes),
    )


def weekly(first: date, *weeks: Iterable[tuple[int, float]]) -> list[Row]:
    """Runs from (weekday 0-6, km) pairs, one iterable a week, weeks on end from the Monday `first`."""
    assert first.weekday() == 0
    return [Row(first + timedelta(days=7 * w + d), km) for w, week in enumerate(weeks) for d, km in week]


def even_week(total_km: float, days: tuple[int, ...] = (1, 3, 5)) -> list[tuple[int, float]]:
    """One week's total in equal runs."""
    return [(d, total_km / len(days)) for d in days]


def constant_run(
    speed_mps: float = 2.78,
    seconds: int = 3600,
    slope: float = 0.0,
    cadence_spm: float | None = None,
    sport: Sport = Sport.RUN,
) -> Session:
    """A 1 Hz recording at one speed and slope, with totals that fit it."""
    time_s = np.arange(seconds + 1, dtype=float)
    distance = speed_mps * time_s
    columns = {"time_s": time_s, "distance_m": distance, "speed_mps": np.full(len(time_s), speed_mps)}
    columns["altitude_m"] = 500 + slope * distance
    if cadence_spm is not None:
        columns["cadence_spm"] = np.full(len(time_s), cadence_spm)
    rise = slope * distance[-1]
    return Session(
        sport, datetime(2026, 3, 2, 7, tzinfo=UTC), 0, float(distance[-1]), float(seconds), float(seconds),
        float(seconds), max(rise, 0.0), max(-rise, 0.0), avg_cadence_spm=cadence_spm, streams=Streams(columns),
    )  # fmt: skip
