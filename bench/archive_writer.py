"""Makes an archive like Strava's bulk export: ten years of runs at one record a second, gzipped, with activities.csv.

Nobody ran them. Routes, hills, pace, heart rate and receiver noise come from a generator with a seed: the same
arguments give the same bytes. About 82 % are FIT, 12 % GPX, the rest TCX, written by niggle's own writers.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from niggle.core.session import Session, Sport, Streams
from niggle.readers.fit.write import write_sessions as write_fit
from niggle.readers.gpx.write import write_sessions as write_gpx
from niggle.readers.tcx.write import write_sessions as write_tcx

LAST_DAY = datetime(2026, 6, 28, tzinfo=UTC)
YEARS = 10
SHARES = {"fit": 0.82, "gpx": 0.12, "tcx": 0.06}
_COLUMNS = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,"
    "Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,"
    "Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,Max Speed,Average Speed,"
    "Elevation Gain,Elevation Loss,Elevation Low,Elevation High"
)
HEADER = _COLUMNS.split(",")


@dataclass(frozen=True, slots=True)
class Written:
    """What an archive holds: the sums an import is checked against."""

    runs: int
    files: dict[str, int]
    records: int
    distance_m: float
    bytes: int


@dataclass(frozen=True, slots=True)
class _File:
    row: list[str]
    name: str
    data: bytes
    format: str
    records: int
    distance_m: float


def build(path: Path, runs: int, seed: int = 1, processes: int = 2) -> Written:
    """Write the archive. Deterministic in runs and seed, whatever the number of processes."""
    files: dict[str, int] = dict.fromkeys(SHARES, 0)
    records, distance_m = 0, 0.0
    table = io.StringIO(newline="")
    rows = csv.writer(table)
    rows.writerow(HEADER)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for made in _made(runs, seed, processes):
            archive.writestr(zipfile.ZipInfo(made.name, (2026, 6, 29, 0, 0, 0)), made.data)
            rows.writerow(made.row)
            files[made.format] += 1
            records += made.records
            distance_m += made.distance_m
        archive.writestr(zipfile.ZipInfo("activities.csv", (2026, 6, 29, 0, 0, 0)), table.getvalue())
    return Written(runs, files, records, distance_m, path.stat().st_size)


def _made(runs: int, seed: int, processes: int) -> Iterator[_File]:
    wanted = [(number, runs, seed) for number in range(runs)]
    if processes < 2:
        yield from map(_file, wanted)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_file, wanted, chunksize=16)


def _file(wanted: tuple[int, int, int]) -> _File:
    number, runs, seed = wanted
    rng = np.random.default_rng([seed, number])
    session = run(number, runs, rng)
    kind = str(rng.choice(list(SHARES), p=list(SHARES.values())))
    name = f"activities/{4_000_000_000 + number * 977}.{kind}.gz"
    if kind == "fit":
        data = write_fit([session])
    elif kind == "gpx":
        data = write_gpx([session])
    else:
        data = write_tcx([session], leading_blanks=True, lap_m=1000.0)
    packed = gzip.compress(data, 6, mtime=0)
    return _File(_row(session, number, name), name, packed, kind, session.records, session.distance_m or 0.0)


def _row(session: Session, number: int, name: str) -> list[str]:
    elapsed, distance_m = session.elapsed_s or 0.0, session.distance_m or 0.0
    row = dict.fromkeys(range(len(HEADER)), "")
    row |= {
        0: str(9_000_000_000 + number),
        1: f"{session.start_utc:%b} {session.start_utc.day}, {session.start_utc:%Y, %I:%M:%S %p}",
        2: session.title or "",
        3: "Run",
        5: f"{elapsed:.0f}",
        6: f"{distance_m / 1000:.2f}",
        9: "false",
        11: session.gear or "",
        12: name,
        15: f"{elapsed:.1f}",
        16: f"{session.moving_s:.1f}",
        17: f"{distance_m:.1f}",
        20: f"{session.ascent_m:.1f}",
        21: f"{session.descent_m:.1f}",
    }
    return list(row.values())


def run(number: int, runs: int, rng: np.random.Generator) -> Session:
    """One run: 20 to 150 minutes, 40 in the mean, with pace, hills, heart and satellite noise of a real one."""
    minutes = float(np.clip(rng.lognormal(np.log(36.5), 0.42), 20, 150))
    seconds = int(minutes * 60)
    time_s = np.arange(seconds, dtype=np.float64)
    base = float(rng.normal(2.9, 0.2))
    slow = np.cumsum(rng.normal(0, 0.01, seconds))
    speed = np.clip(base + slow - np.linspace(0, slow[-1], seconds) + rng.normal(0, 0.08, seconds), 1.2, 6.0)
    distance = np.cumsum(speed) - speed[0]
    relief = float(rng.uniform(2, 30))
    altitude = 180 + relief * np.sin(distance / rng.uniform(400, 1500)) + np.cumsum(rng.normal(0, 0.03, seconds))
    effort = (speed - base) * 12 + np.gradient(altitude) * 15
    heart_rate = 142 + 14 * (1 - np.exp(-time_s / 200)) - 12 + np.convolve(effort, np.ones(40) / 40, "same")
    cadence = 168 + (speed - 2.9) * 9 + rng.normal(0, 1.2, seconds)
    heading = np.cumsum(rng.normal(0, 0.02, seconds)) + 2 * np.pi * time_s / seconds
    north = np.cumsum(speed * np.cos(heading)) + np.cumsum(rng.normal(0, 0.05, seconds))
    east = np.cumsum(speed * np.sin(heading)) + np.cumsum(rng.normal(0, 0.05, seconds))
    start = LAST_DAY - timedelta(days=(runs - 1 - number) * (365.25 * YEARS) / max(runs, 1))
    start = start.replace(hour=int(rng.integers(5, 19)), minute=int(rng.integers(0, 60)), second=0, microsecond=0)
    steps = np.diff(np.round(altitude, 1))
    return Session(
        sport=Sport.RUN,
        start_utc=start,
        utc_offset_s=3600,
        distance_m=round(float(distance[-1]), 2),
        timer_s=float(seconds),
        moving_s=float(seconds),
        elapsed_s=float(seconds),
        ascent_m=round(float(steps[steps > 0].sum()) * 0.6),
        descent_m=round(float(-steps[steps < 0].sum()) * 0.6),
        avg_heart_rate_bpm=round(float(heart_rate.mean())),
        avg_cadence_spm=round(float(cadence.mean())),
        title=f"Run {number + 1}",
        gear=f"Shoe {number // 150 + 1}",
        streams=Streams(
            {
                "time_s": time_s,
                "distance_m": np.round(distance, 2),
                "speed_mps": np.round(speed, 3),
                "altitude_m": np.round(altitude * 5) / 5,
                "cadence_spm": np.round(cadence),
                "heart_rate_bpm": np.round(heart_rate),
                "latitude_deg": np.round(48.1 + north / 111_320, 7),
                "longitude_deg": np.round(11.6 + east / 74_300, 7),
            }
        ),
    )
