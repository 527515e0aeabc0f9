"""Apple's dates, quantities and words in our units. Units are read where they stand, never assumed."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from niggle.core.session import Sport
from niggle.core.units import UnknownUnit, duration_s, length_m, speed_mps

_EARLIEST_UNIX_S: Final = 631_152_000.0  # 1990
_LATEST_UNIX_S: Final = 4_102_444_800.0  # 2100

# Measurements that become streams, by the identifier's end; the number is their code in the spill.
KINDS: Final = {
    "HKQuantityTypeIdentifierHeartRate": 0,
    "HKQuantityTypeIdentifierRunningSpeed": 1,
    "HKQuantityTypeIdentifierRunningPower": 2,
    "HKQuantityTypeIdentifierRunningGroundContactTime": 3,
    "HKQuantityTypeIdentifierRunningVerticalOscillation": 4,
    "HKQuantityTypeIdentifierStepCount": 5,
    "HKQuantityTypeIdentifierDistanceWalkingRunning": 6,
}
HEART_RATE, SPEED, POWER, CONTACT, OSCILLATION, STEPS, DISTANCE = range(7)
COLUMN_OF: Final = {
    HEART_RATE: "heart_rate_bpm",
    SPEED: "speed_mps",
    POWER: "power_w",
    CONTACT: "ground_contact_ms",
    OSCILLATION: "vertical_oscillation_mm",
    STEPS: "cadence_spm",
    DISTANCE: "distance_m",
}

_SPORTS: Final = {
    "Running": Sport.RUN, "Walking": Sport.WALK, "Hiking": Sport.HIKE, "Cycling": Sport.RIDE, "HandCycling": Sport.RIDE,
    "Swimming": Sport.SWIM, "Rowing": Sport.ROW, "Elliptical": Sport.ELLIPTICAL, "TrackAndField": Sport.RUN,
    "TraditionalStrengthTraining": Sport.STRENGTH, "FunctionalStrengthTraining": Sport.STRENGTH,
    "CoreTraining": Sport.STRENGTH, "CrossTraining": Sport.STRENGTH,
}  # fmt: skip

_hours: dict[str, float] = {}
_HOURS_MAX: Final = 200_000  # more than ten years of hours; the cache is emptied beyond it


def unix_s(text: str) -> float | None:
    """Seconds since 1970 of "2025-09-16 16:14:50 +0100"; None for what is no date between 1990 and 2100.

    Millions are read, so the day, hour and zone are looked up and only minute and second are computed.
    """
    key = text[:13] + text[19:]
    hour = _hours.get(key)
    try:
        if hour is None:
            moment = datetime.strptime(text[:13] + text[19:], "%Y-%m-%d %H %z")
            hour = moment.timestamp()
            if len(_hours) > _HOURS_MAX:
                _hours.clear()
            _hours[key] = hour
        seconds = hour + 60 * int(text[14:16]) + int(text[17:19])
    except (ValueError, OverflowError):
        return None
    return seconds if _EARLIEST_UNIX_S <= seconds < _LATEST_UNIX_S else None


def number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def quantity(value: float, unit: str, kind: int) -> float | None:
    """A measurement in its stream's unit; None for a unit that is not known (never guessed)."""
    unit = unit.strip()
    try:
        if kind == HEART_RATE:
            return value if unit == "count/min" else value * 60 if unit in ("count/s", "Hz") else None
        if kind == SPEED:
            return speed_mps(value, unit)
        if kind == POWER:
            return value if unit == "W" else value * 1000 if unit == "kW" else None
        if kind == CONTACT:
            return duration_s(value, unit) * 1000
        if kind == OSCILLATION:
            return length_m(value, unit) * 1000
        if kind == STEPS:
            return value if unit == "count" else None
        return length_m(value, unit)
    except UnknownUnit:
        return None


def factors() -> dict[tuple[int, str], float | None]:
    """A cache for `factor`."""
    return {}


def factor(cache: dict[tuple[int, str], float | None], kind: int, unit: str) -> float | None:
    """What a kind's value in this unit is multiplied with: every conversion here is a plain factor."""
    key = (kind, unit)
    if key not in cache:
        if len(cache) > 1000:
            cache.clear()
        cache[key] = quantity(1.0, unit, kind)
    return cache[key]


def length_of(text: str | None) -> float | None:
    """Metres of "6575 cm"; None where there is no number or no known unit."""
    parts = (text or "").split()
    value = number(parts[0]) if len(parts) == 2 else None
    if value is None:
        return None
    try:
        return length_m(value, parts[1])
    except UnknownUnit:
        return None


def minutes_s(value: str | None, unit: str | None) -> float | None:
    amount = number(value)
    if amount is None:
        return None
    try:
        return duration_s(amount, unit or "min")
    except UnknownUnit:
        return None


def sport_of(kind: str, indoor: bool) -> Sport:
    sport = _SPORTS.get(kind.removeprefix("HKWorkoutActivityType"), Sport.OTHER)
    return Sport.TREADMILL if indoor and sport is Sport.RUN else sport


def offset_s(moment_unix_s: float, zone: str | None) -> int | None:
    """Local wall time minus UTC at this moment in a zone such as Europe/Paris; None for an unknown zone."""
    if not zone:
        return None
    try:
        shift = datetime.fromtimestamp(moment_unix_s, UTC).astimezone(ZoneInfo(zone)).utcoffset()
    except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError
        return None
    return round(shift.total_seconds()) if shift is not None else None


def stated_offset_s(text: str) -> int | None:
    """The offset written behind a date: that of the phone at export, not at the run."""
    zone = text[20:25]
    if len(zone) != 5 or zone[0] not in "+-" or not zone[1:].isdigit():
        return None
    seconds = int(zone[1:3]) * 3600 + int(zone[3:5]) * 60
    return -seconds if zone[0] == "-" else seconds
