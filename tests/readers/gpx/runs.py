"""Made-up runs for the XML readers' tests: a winding run that starts on Null Island, with every stream filled."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from niggle.core.session import Session, Sport, Streams

START = datetime(2025, 3, 2, 7, 30, tzinfo=UTC)


def made_up_run(
    seconds: int = 600, *, start: datetime = START, sport: Sport = Sport.RUN, title: str | None = "Round the pond"
) -> Session:
    """1 Hz, about 3 m/s with a wobble, 40 m hills, heart rate 120-160, 168 steps per minute."""
    time_s = np.arange(seconds, dtype=np.float64)
    speed = 3.0 + 0.3 * np.sin(time_s / 23.0)
    distance = np.concatenate([[0.0], np.cumsum(speed[:-1])])
    per_degree = 6371008.8 * np.pi / 180
    streams = {
        "time_s": time_s,
        "distance_m": distance,
        "speed_mps": speed,
        "altitude_m": np.round(100.0 + 20.0 * np.sin(distance / 200.0), 1),
        "cadence_spm": np.full(seconds, 168.0),
        "heart_rate_bpm": np.round(140.0 + 20.0 * np.sin(time_s / 60.0)),
        "power_w": np.full(seconds, 250.0),
        "latitude_deg": distance / per_degree,
        "longitude_deg": np.full(seconds, 1.0),
    }
    return Session(
        sport=sport,
        start_utc=start,
        distance_m=float(distance[-1]),
        timer_s=float(seconds - 1),
        elapsed_s=float(seconds - 1),
        streams=Streams(streams),
        title=title,
        device="Test watch",
    )
