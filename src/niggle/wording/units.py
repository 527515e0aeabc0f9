"""How numbers are said: kilometres or miles, pace or speed. The only place where a unit becomes text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from niggle.core.units import KMH_PER_MPS, M_PER_KM, M_PER_MILE, S_PER_H, S_PER_MIN, feet_from_m

_NBSP: Final = "\u00a0"  # a number and its unit stay on one line


@dataclass(frozen=True, slots=True)
class Units:
    """The runner's choice. All methods take SI values and give text; None gives an en dash."""

    distance_unit: Literal["km", "mi"] = "km"
    speed_as: Literal["pace", "speed"] = "pace"

    def distance(self, distance_m: float | None, digits: int | None = None) -> str:
        """12.4 km, 7.7 mi; under one unit 400 m, 0.25 mi."""
        if distance_m is None:
            return "–"
        if self.distance_unit == "km":
            if abs(distance_m) < M_PER_KM and digits is None:
                return f"{distance_m:.0f}{_NBSP}m"
            return f"{_number(distance_m / M_PER_KM, 1 if digits is None else digits)}{_NBSP}km"
        miles = distance_m / M_PER_MILE
        default = 2 if abs(miles) < 1 else 1
        return f"{_number(miles, default if digits is None else digits)}{_NBSP}mi"

    def height(self, height_m: float | None) -> str:
        """340 m, 1,120 ft."""
        if height_m is None:
            return "–"
        if self.distance_unit == "km":
            return f"{height_m:,.0f}{_NBSP}m"
        return f"{feet_from_m(height_m):,.0f}{_NBSP}ft"

    def pace(self, speed_mps: float | None) -> str:
        """5:30 /km, 8:51 /mi, or 10.9 km/h, 6.8 mph."""
        if speed_mps is None or speed_mps <= 0:
            return "–"
        per = M_PER_KM if self.distance_unit == "km" else M_PER_MILE
        if self.speed_as == "speed":
            if self.distance_unit == "km":
                return f"{speed_mps * KMH_PER_MPS:.1f}{_NBSP}km/h"
            return f"{speed_mps * S_PER_H / M_PER_MILE:.1f}{_NBSP}mph"
        seconds = round(per / speed_mps)
        return f"{seconds // 60}:{seconds % 60:02d}{_NBSP}/{self.distance_unit}"

    def duration(self, duration_s: float | None) -> str:
        """45 min, 2 h, 1 h 05 min."""
        if duration_s is None:
            return "–"
        minutes = round(duration_s / S_PER_MIN)
        hours, rest = divmod(minutes, 60)
        if not hours:
            return f"{minutes}{_NBSP}min"
        return f"{hours}{_NBSP}h" if not rest else f"{hours}{_NBSP}h{_NBSP}{rest:02d}{_NBSP}min"

    def clock(self, duration_s: float | None) -> str:
        """0:45:10: a stopwatch reading, for tables."""
        if duration_s is None:
            return "–"
        whole = round(duration_s)
        return f"{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


METRIC: Final = Units()
IMPERIAL: Final = Units("mi")


def _number(value: float, digits: int) -> str:
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(ratio: float, *, signed: bool = False) -> str:
    """0.12 -> 12 %, with a sign where it is a change."""
    return f"{ratio * 100:+.0f}{_NBSP}%" if signed else f"{ratio * 100:.0f}{_NBSP}%"


def pain(value: float) -> str:
    """4 of 10, 3.5 of 10."""
    return f"{_number(value, 1)} of 10"


def counted(number: int, word: str) -> str:
    """1 session, 2 sessions, 3,000 files: for words that only take an s."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def days(count: float) -> str:
    return counted(round(count), "day")
