"""Small archives for the tests of imports: generated runs, written by niggle's own writers."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from niggle.core.session import Session, Sport, Streams
from niggle.readers.fit.write import write_sessions as write_fit
from niggle.readers.gpx.write import write_sessions as write_gpx
from niggle.readers.tcx.write import write_sessions as write_tcx

FIRST = datetime(2025, 3, 3, 6, 30, tzinfo=UTC)
ASKED_AT = datetime(2026, 1, 1, 12, tzinfo=UTC)


def session(day: int = 0, minutes: float = 10.0, sport: Sport = Sport.RUN, start: datetime | None = None) -> Session:
    """A run `day` days after FIRST, one record a second."""
    count = int(minutes * 60)
    rng = np.random.default_rng([day, count])
    time_s = np.arange(count, dtype=float)
    speed = 2.8 + 0.3 * np.sin(time_s / 90) + rng.normal(0, 0.05, count)
    distance = np.cumsum(speed) - speed[0]
    return Session(
        sport=sport,
        start_utc=start or FIRST + timedelta(days=day),
        utc_offset_s=3600,
        distance_m=round(float(distance[-1]), 2),
        timer_s=float(count),
        moving_s=float(count),
        elapsed_s=float(count),
        ascent_m=20.0,
        descent_m=20.0,
        avg_heart_rate_bpm=150.0,
        streams=Streams(
            {
                "time_s": time_s,
                "distance_m": np.round(distance, 2),
                "speed_mps": np.round(speed, 3),
                "altitude_m": np.round(300 + 10 * np.sin(distance / 200), 1),
                "heart_rate_bpm": np.round(140 + 10 * np.sin(time_s / 200)),
                "latitude_deg": 48.0 + distance / 111_320,
                "longitude_deg": np.full(count, 11.0),
            }
        ),
    )


def fit(*sessions: Session) -> bytes:
    return write_fit(list(sessions))


def gpx(*sessions: Session) -> bytes:
    return write_gpx(list(sessions))


def tcx(*sessions: Session) -> bytes:
    return write_tcx(list(sessions))


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def runs_zip(path: Path, days: range, minutes: float = 3.0) -> Path:
    """A plain zip of runs on these days: FIT, every third one gzipped, every fifth one GPX."""
    files = {}
    for day in days:
        one = session(day, minutes)
        if day % 5 == 4:
            files[f"{day:03}.gpx"] = gpx(one)
        elif day % 3 == 2:
            files[f"{day:03}.fit.gz"] = gzip.compress(fit(one), mtime=0)
        else:
            files[f"{day:03}.fit"] = fit(one)
    return zipped(path, files)
