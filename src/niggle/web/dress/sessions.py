"""Sessions as a list by months, and one of them with its curves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, Protocol

import numpy as np

from niggle.core.history import Surface, Tag
from niggle.core.session.types import RUN_SPORTS, Floats, Sport, Streams
from niggle.core.units import KMH_PER_MPS, M_PER_FOOT, S_PER_MIN
from niggle.figures.charts import Chart, session_stream
from niggle.figures.charts.streams import thin
from niggle.web.dress.load import per_unit
from niggle.web.dress.today import Figure
from niggle.web.dress.words import DAYS, capital, month_text, plain_word, short_day
from niggle.wording.units import Units

SPORT_NAMES: Final[Mapping[Sport, str]] = {
    Sport.RUN: "Run", Sport.TRAIL: "Trail run", Sport.TREADMILL: "Treadmill run", Sport.WALK: "Walk",
    Sport.HIKE: "Hike", Sport.RIDE: "Ride", Sport.SWIM: "Swim", Sport.ROW: "Row", Sport.ELLIPTICAL: "Elliptical",
    Sport.STRENGTH: "Strength", Sport.OTHER: "Other",
}  # fmt: skip
TAG_NAMES: Final[Mapping[Tag, str]] = {tag: capital(plain_word(tag.value)) for tag in Tag} | {
    Tag.PLYOMETRIC: "Jumps",
    Tag.HEAVY_CALF: "Heavy calf work",
    Tag.HEAVY_STRENGTH: "Heavy lifting",
    Tag.RUN_WALK: "Run and walk",
}
SURFACE_NAMES: Final[Mapping[Surface, str]] = {s: capital(s.value) for s in Surface}


class Listed(Protocol):
    """A row of actions.sessions.list_sessions."""

    @property
    def id(self) -> str: ...
    @property
    def sport(self) -> Sport: ...
    @property
    def start_utc(self) -> datetime: ...
    @property
    def on(self) -> date: ...
    @property
    def utc_offset_s(self) -> int | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def distance_m(self) -> float | None: ...
    @property
    def duration_s(self) -> float | None: ...
    @property
    def moving_s(self) -> float | None: ...
    @property
    def ascent_m(self) -> float | None: ...
    @property
    def descent_m(self) -> float | None: ...
    @property
    def avg_heart_rate_bpm(self) -> float | None: ...
    @property
    def tags(self) -> frozenset[Tag]: ...


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    when: str
    distance: str
    time: str
    url: str


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    total: str
    rows: tuple[Row, ...]


def name_of(row: Listed) -> str:
    return row.title or SPORT_NAMES[row.sport]


def local_start(row: Listed) -> datetime:
    """The start on the watch's own clock; UTC where the file does not tell its offset."""
    return row.start_utc + timedelta(seconds=row.utc_offset_s or 0)


def time_text(at: datetime, clock: str) -> str:
    if clock == "12":
        return f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"
    return f"{at:%H:%M}"


def months(rows: Iterable[Listed], units: Units, clock: str, url: Mapping[str, str]) -> tuple[Month, ...]:
    """Rows newest first, grouped by month; totals are of running. `url`: id -> address."""
    grouped = []
    for first, group in groupby(rows, key=lambda r: r.on.replace(day=1)):
        members = list(group)
        ran = sum(r.distance_m or 0.0 for r in members if r.sport in RUN_SPORTS)
        count = sum(r.sport in RUN_SPORTS for r in members)
        total = f"{units.distance(ran, 0)} in {count} run{'' if count == 1 else 's'}" if count else ""
        grouped.append(Month(month_text(first), total, tuple(_row(r, units, clock, url[r.id]) for r in members)))
    return tuple(grouped)


def _row(row: Listed, units: Units, clock: str, url: str) -> Row:
    details = [f"{DAYS[row.on.weekday()][:3]} {short_day(row.on)}", time_text(local_start(row), clock)]
    if row.title and row.sport is not Sport.RUN:
        details.append(SPORT_NAMES[row.sport].lower())
    details += [TAG_NAMES[t].lower() for t in sorted(row.tags)]
    return Row(name_of(row), " · ".join(details), units.distance(row.distance_m), units.duration(row.duration_s), url)


def totals(row: Listed, cadence: float | None, units: Units) -> tuple[Figure, ...]:
    """The totals that are known."""
    found = [
        ("Distance", units.distance(row.distance_m) if row.distance_m is not None else None),
        ("Time", units.clock(row.duration_s) if row.duration_s is not None else None),
        ("Moving", units.clock(row.moving_s) if row.moving_s is not None else None),
        (_speed_name(row.sport, units), _speed(row, units)),
        ("Ascent", units.height(row.ascent_m) if row.ascent_m is not None else None),
        ("Descent", units.height(row.descent_m) if row.descent_m is not None else None),
        ("Heart rate", f"{row.avg_heart_rate_bpm:.0f}\u00a0bpm" if row.avg_heart_rate_bpm is not None else None),
        ("Cadence", f"{cadence:.0f}\u00a0spm" if cadence is not None else None),
    ]
    return tuple(Figure(name, value) for name, value in found if value is not None)


def _speed_name(sport: Sport, units: Units) -> str:
    return "Pace" if units.speed_as == "pace" and sport in RUN_SPORTS else "Speed"


def _speed(row: Listed, units: Units) -> str | None:
    seconds = row.moving_s or row.duration_s
    if not row.distance_m or not seconds:
        return None
    shown = units if row.sport in RUN_SPORTS else Units(units.distance_unit, "speed")
    return shown.pace(row.distance_m / seconds)


def stream_charts(streams: Streams, sport: Sport, units: Units) -> tuple[Chart, ...]:
    """Small curves over distance (over minutes where there is none): speed, altitude, heart rate, cadence, power."""
    distance = streams.get("distance_m")
    far = distance is not None and len(distance) > 1 and float(np.nanmax(distance, initial=0.0)) > 0
    along_unit: str
    if far:
        assert distance is not None
        along, along_unit = thin(distance / per_unit(units)), units.distance_unit
    else:
        along, along_unit = thin(streams.columns["time_s"] / S_PER_MIN), "minutes"
    steps = np.where(np.isfinite(along), along, 0.0).tolist()
    found = []
    for name in ("speed_mps", "altitude_m", "heart_rate_bpm", "cadence_spm", "power_w", "ground_contact_ms"):
        values = streams.get(name)
        if values is None or np.isfinite(values).sum() < 2:
            continue
        found.append(_stream_chart(name, thin(values), steps, along_unit, sport, units))
    return tuple(found)


_PLAIN: Final[Mapping[str, tuple[str, str]]] = {
    "heart_rate_bpm": ("Heart rate", "bpm"),
    "cadence_spm": ("Cadence", "steps a minute"),
    "power_w": ("Power", "W"),
    "ground_contact_ms": ("Ground contact", "ms"),
}
SLOWEST_MPS: Final = 0.7  # slower than this is standing: a pace there would dwarf the rest of the curve


def _stream_chart(
    name: str, values: Floats, along: Sequence[float], along_unit: str, sport: Sport, units: Units
) -> Chart:
    if name == "speed_mps":
        if units.speed_as == "pace" and sport in RUN_SPORTS:
            pace = np.where(values > SLOWEST_MPS, per_unit(units) / np.where(values > 0, values, np.nan), np.nan)
            return session_stream(
                name, _title("Pace", units.pace(_median(values))), along, _listed(pace), along_unit=along_unit,
                unit=f"min per {units.distance_unit}", reverse=True, as_clock=True,
            )  # fmt: skip
        per_hour = values * (KMH_PER_MPS if units.distance_unit == "km" else 3600 / per_unit(units))
        unit = "km/h" if units.distance_unit == "km" else "mph"
        speed = Units(units.distance_unit, "speed")
        return session_stream(name, _title("Speed", speed.pace(_median(values))), along, _listed(per_hour),
                              along_unit=along_unit, unit=unit)  # fmt: skip
    if name == "altitude_m":
        metric = units.distance_unit == "km"
        heights = values if metric else values / M_PER_FOOT
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        title = f"Altitude: from {units.height(low)} to {units.height(high)}"
        return session_stream(name, title, along, _listed(heights), along_unit=along_unit, unit="m" if metric else "ft")
    label, unit = _PLAIN[name]
    short = {"steps a minute": "spm"}.get(unit, unit)
    return session_stream(
        name, _title(label, f"{_median(values):.0f}\u00a0{short}"), along, _listed(values),
        along_unit=along_unit, unit=unit,
    )  # fmt: skip


def _median(values: Floats) -> float:
    return float(np.nanmedian(values))


def _title(name: str, usual: str) -> str:
    return f"{name}: mostly around {usual}"


def _listed(values: Floats) -> list[float | None]:
    return [float(v) if np.isfinite(v) else None for v in values]
