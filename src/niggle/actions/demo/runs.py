"""The demo runner's training: fourteen months that look like a log somebody kept, the same for every day they end on.

She runs four times a week, three weeks up and one down, a race in spring; three weeks before the end she adds hill
repeats. Every number comes from a generator seeded with the day, so that a page looks the same each time it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np

from niggle.core.session.types import Floats, Session, Sport, Streams

DAYS: Final = 426
STREAM_DAYS: Final = 56  # with streams; before, totals only, as an old log has them
HILLS_FROM_DAYS_AGO: Final = 23
OLD_SHOE: Final = "Blue daily trainer"
NEW_SHOE: Final = "White daily trainer"
TRAIL_SHOE: Final = "Green trail shoe"
NEW_SHOE_FROM_DAYS_AGO: Final = 120


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one day asks for."""

    kind: str
    share: float  # of the week's distance
    pace_s_per_km: float
    climb_m_per_km: float
    hour: int
    title: str


# by days before the end, modulo 7: the last days are always the same ones, whatever weekday she is looked at
_WEEK: Final = {
    6: _Plan("easy", 0.18, 362, 9, 9, "Easy loop"),
    5: _Plan("long", 0.40, 364, 11, 9, "Long run"),
    3: _Plan("workout", 0.22, 318, 7, 18, "Tempo in the park"),
    1: _Plan("easy", 0.20, 358, 6, 18, "Easy run after work"),
}
_HILLS: Final = _Plan("hills", 0.22, 342, 24, 18, "Hill repeats")
_TAGS: Final = {"long": frozenset({"long_run"}), "workout": frozenset({"workout"})}  # as a log names its sessions
_THIS_WEEK: Final = 0.80  # a lighter one, so that something is left of it under a yellow light
_RHYTHM: Final = (0.96, 0.92, 0.70, 1.0)  # last week and the weeks before: up, up after the cutback, the top week


def runs(today: date) -> tuple[Session, ...]:
    """The demo runner's sessions of the DAYS before `today`, oldest first; none on `today` itself."""
    return tuple(_runs(today))


def _runs(today: date) -> Iterator[Session]:
    for ago in range(DAYS, 0, -1):
        on = today - timedelta(days=ago)
        plan = _plan(ago)
        if plan is None:
            continue
        rng = np.random.default_rng([on.toordinal(), 41])
        if rng.random() < 0.06 and ago > 70:
            continue  # life gets in the way
        distance_m = round(_week_km(on, today) * plan.share * rng.normal(1.0, 0.04), 2) * 1000
        yield _session(on, ago, plan, distance_m, rng)


def _plan(ago: int) -> _Plan | None:
    plan = _WEEK.get(ago % 7)
    if plan is not None and plan.kind == "workout":
        if ago <= HILLS_FROM_DAYS_AGO:
            return _HILLS
        if ago > 330:
            return None  # the first months: three easy runs a week
    return plan


def _week_km(on: date, today: date) -> float:
    """Three weeks up, one down (to three quarters), growing slowly to a level and kept there. Weeks begin on Monday."""
    weeks_ago = (today.toordinal() - 1) // 7 - (on.toordinal() - 1) // 7
    level = min(44.0, 26 + 0.42 * (DAYS / 7 - weeks_ago))
    return level * (_RHYTHM[(weeks_ago - 1) % len(_RHYTHM)] if weeks_ago else _THIS_WEEK)


def _session(on: date, ago: int, plan: _Plan, distance_m: float, rng: np.random.Generator) -> Session:
    local = datetime(on.year, on.month, on.day, plan.hour, int(rng.integers(0, 50)), tzinfo=UTC)
    offset_s = 3600
    fitter = 1.0 - 0.05 * (DAYS - ago) / DAYS  # a little faster over the year
    speed = 1000 / (plan.pace_s_per_km * fitter * rng.normal(1.0, 0.012))
    trail = ago % 7 == 6 and ago % 21 == 6
    shoe = TRAIL_SHOE if trail else NEW_SHOE if ago <= NEW_SHOE_FROM_DAYS_AGO else OLD_SHOE
    streams = _streams(plan, distance_m, speed, rng) if ago <= STREAM_DAYS else None
    if streams is not None:
        timer_s = float(streams.columns["time_s"][-1])
        ascent = distance_m / 1000 * plan.climb_m_per_km
        heart_rate = float(np.mean(streams.columns["heart_rate_bpm"]))
        cadence = float(np.mean(streams.columns["cadence_spm"]))
    else:
        timer_s = round(distance_m / speed)
        ascent = distance_m / 1000 * plan.climb_m_per_km * rng.normal(1.0, 0.1)
        heart_rate = _heart_rate(plan, 0.5)
        cadence = 166 + (speed - 2.8) * 12
    return Session(
        sport=Sport.TRAIL if trail else Sport.RUN,
        start_utc=local - timedelta(seconds=offset_s),
        utc_offset_s=offset_s,
        distance_m=round(distance_m, 1),
        timer_s=timer_s,
        moving_s=timer_s,
        elapsed_s=timer_s,
        ascent_m=round(ascent),
        descent_m=round(ascent),
        avg_heart_rate_bpm=round(heart_rate),
        avg_cadence_spm=round(cadence),
        streams=streams,
        title="Trail loop" if trail else plan.title,
        gear=shoe,
        tags=_TAGS.get(plan.kind, frozenset()),
    )


def _heart_rate(plan: _Plan, progress: float) -> float:
    return {"easy": 141.0, "long": 143.0, "workout": 158.0, "hills": 155.0}[plan.kind] + 6 * progress


def _streams(plan: _Plan, distance_m: float, speed: float, rng: np.random.Generator) -> Streams:
    """One value a second: speed with slow waves and noise, repeats where the session has them, a hilly course."""
    seconds = int(distance_m / speed)
    time_s: Floats = np.arange(seconds, dtype=np.float64)
    wave = 0.04 * np.sin(time_s / 190 + rng.uniform(0, 6)) + 0.02 * np.sin(time_s / 37)
    pace = speed * (1 + wave + rng.normal(0, 0.015, seconds))
    effort = np.zeros(seconds)
    if plan.kind in ("workout", "hills"):
        effort = _repeats(time_s, 480 if plan.kind == "workout" else 45, 120 if plan.kind == "workout" else 105)
        pace = pace * np.where(effort > 0, 1.16 if plan.kind == "workout" else 1.10, 0.92)
    pace *= distance_m / pace.sum()  # arrives where the total says
    distance: Floats = np.cumsum(pace) - pace[0]
    hills = max(round(distance_m / 1000 * plan.climb_m_per_km / 14), 1)
    altitude: Floats = (
        212 + 7 * (1 - np.cos(2 * np.pi * hills * distance / distance[-1])) + rng.normal(0, 0.12, seconds)
    )
    warm = 1 - np.exp(-time_s / 150)
    heart_rate: Floats = 92 + (_heart_rate(plan, 0.0) - 92) * warm + 8 * time_s / seconds + 9 * _lagged(effort)
    cadence: Floats = 166 + (pace - 2.8) * 12 + rng.normal(0, 1.2, seconds)
    return Streams(
        {
            "time_s": time_s,
            "distance_m": np.round(distance, 2),
            "speed_mps": np.round(pace, 3),
            "altitude_m": np.round(altitude, 1),
            "cadence_spm": np.round(cadence),
            "heart_rate_bpm": np.round(heart_rate),
        }
    )


def _repeats(time_s: Floats, hard_s: int, rest_s: int) -> Floats:
    """1 during the hard parts, which lie between a warm-up of 12 minutes and the last 8."""
    inside = (time_s > 720) & (time_s < time_s[-1] - 480)
    return np.where(inside & ((time_s - 720) % (hard_s + rest_s) < hard_s), 1.0, 0.0)


def _lagged(effort: Floats, lag_s: int = 40) -> Floats:
    kernel = np.exp(-np.arange(4 * lag_s) / lag_s)
    lagged: Floats = np.convolve(effort, kernel / kernel.sum())[: len(effort)]
    return lagged
