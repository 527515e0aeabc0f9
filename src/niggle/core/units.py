"""Units: every conversion in one place. Names end in the unit they hold; miles and feet exist only at the edge."""

from __future__ import annotations

from typing import Final

M_PER_KM: Final = 1000.0
MARATHON_M: Final = 42_195.0
M_PER_MILE: Final = 1609.344
M_PER_FOOT: Final = 0.3048
S_PER_MIN: Final = 60.0
S_PER_H: Final = 3600.0
S_PER_DAY: Final = 86400.0
KMH_PER_MPS: Final = 3.6


_NAMED_M: Final = {
    "half": MARATHON_M / 2, "half marathon": MARATHON_M / 2, "halfmarathon": MARATHON_M / 2, "marathon": MARATHON_M,
    "full marathon": MARATHON_M,
}  # fmt: skip


def named_m(text: str) -> float | None:
    """Metres of a distance that has a name: half, half marathon, marathon. None for anything else."""
    return _NAMED_M.get(" ".join(text.casefold().replace("-", " ").split()))


class UnknownUnit(ValueError):
    """A unit that niggle does not know; never guessed, never skipped."""


_LENGTH_M: Final = {
    "mm": 0.001, "cm": 0.01, "m": 1.0, "km": M_PER_KM, "mi": M_PER_MILE, "mile": M_PER_MILE, "miles": M_PER_MILE,
    "ft": M_PER_FOOT, "yd": 0.9144, "in": 0.0254,
}  # fmt: skip
_TIME_S: Final = {"ms": 0.001, "s": 1.0, "sec": 1.0, "min": S_PER_MIN, "h": S_PER_H, "hr": S_PER_H, "d": S_PER_DAY}
_SPEED_MPS: Final = {"m/s": 1.0, "km/h": 1 / KMH_PER_MPS, "km/hr": 1 / KMH_PER_MPS, "mi/h": M_PER_MILE / S_PER_H,
                     "mi/hr": M_PER_MILE / S_PER_H, "mph": M_PER_MILE / S_PER_H}  # fmt: skip


def _factor(table: dict[str, float], unit: str) -> float:
    try:
        return table[unit.strip().lower()]
    except KeyError:
        known = ", ".join(sorted(table))
        raise UnknownUnit(f"unknown unit {unit!r}; known: {known}") from None


def length_m(value: float, unit: str) -> float:
    """Length in metres. Raises UnknownUnit for a unit that is not in the table."""
    return value * _factor(_LENGTH_M, unit)


def duration_s(value: float, unit: str) -> float:
    """Duration in seconds. Raises UnknownUnit."""
    return value * _factor(_TIME_S, unit)


def speed_mps(value: float, unit: str) -> float:
    """Speed in metres per second. Raises UnknownUnit."""
    return value * _factor(_SPEED_MPS, unit)


def km_from_m(distance_m: float) -> float:
    return distance_m / M_PER_KM


def miles_from_m(distance_m: float) -> float:
    return distance_m / M_PER_MILE


def m_from_miles(distance_miles: float) -> float:
    return distance_miles * M_PER_MILE


def feet_from_m(height_m: float) -> float:
    return height_m / M_PER_FOOT
