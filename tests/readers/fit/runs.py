"""Runs made up for the tests: the same every time, shaped like what a watch records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from niggle.core.session import ReadItem, Session, Sport, Streams
from niggle.readers.fit import MANIFEST

START = datetime(2024, 5, 4, 6, 30, tzinfo=UTC)


def made_up(seconds: int = 600, sport: Sport = Sport.RUN, start: datetime = START, seed: int = 1) -> Session:
    """A record a second at about 3 m/s with every stream, a hill, and totals that agree with the streams."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(seconds + 1, dtype=np.float64)
    speed = np.round(3.0 + 0.3 * np.sin(time_s / 40.0), 3)
    along = np.round(np.concatenate(([0.0], np.cumsum(speed[1:]))), 2)
    columns = {
        "time_s": time_s,
        "distance_m": along,
        "speed_mps": speed,
        "altitude_m": np.round((200.0 + 15.0 * np.sin(time_s / 90.0)) * 5.0) / 5.0,
        "cadence_spm": np.round(170.0 + rng.normal(0.0, 2.0, seconds + 1)),
        "heart_rate_bpm": np.round(np.minimum(150.0, 100.0 + time_s / 4.0)),
        "power_w": np.round(250.0 + 20.0 * np.sin(time_s / 30.0)),
        "ground_contact_ms": np.round(240.0 + rng.normal(0.0, 4.0, seconds + 1), 1),
        "vertical_oscillation_mm": np.round(80.0 + rng.normal(0.0, 2.0, seconds + 1), 1),
        "balance_left_pct": np.round(49.5 + rng.normal(0.0, 0.3, seconds + 1), 2),
        "latitude_deg": 48.0 + along / 111_195.0,
        "longitude_deg": np.full(seconds + 1, 7.85),
    }
    return Session(
        sport=sport,
        start_utc=start,
        utc_offset_s=7200,
        distance_m=float(along[-1]),
        timer_s=float(seconds),
        elapsed_s=float(seconds),
        ascent_m=30.0,
        descent_m=28.0,
        avg_heart_rate_bpm=142.0,
        max_heart_rate_bpm=150.0,
        avg_cadence_spm=170.0,
        streams=Streams(columns),
    )


def with_pause(seconds: int = 600, pause_s: int = 120) -> Session:
    """The made-up run with the timer stopped in the middle, and no records meanwhile."""
    run = made_up(seconds)
    assert run.streams is not None
    time_s = run.streams.columns["time_s"].copy()
    time_s[seconds // 2 :] += pause_s
    return replace(run, elapsed_s=seconds + float(pause_s), streams=Streams({**run.streams.columns, "time_s": time_s}))


def triathlon() -> list[Session]:
    """Swim, ride and run, three minutes of transition between them."""
    legs = []
    start = START
    for seconds, sport in ((300, Sport.SWIM), (600, Sport.RIDE), (400, Sport.RUN)):
        legs.append(made_up(seconds, sport, start))
        start += timedelta(seconds=seconds + 180)
    return legs


def read(data: bytes) -> list[ReadItem]:
    return MANIFEST.read(data, "made-up.fit")


def read_one(data: bytes) -> Session:
    items = read(data)
    assert len(items) == 1, items
    assert isinstance(items[0], Session), items
    return items[0]


def codes(session: Session) -> list[str]:
    return [note.code for note in session.notes]


def sessions_of(items: Sequence[ReadItem]) -> list[Session]:
    return [item for item in items if isinstance(item, Session)]
