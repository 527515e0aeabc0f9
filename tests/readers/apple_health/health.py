"""Builds Apple Health exports: Apple's document type in short, workouts of both layouts, measurements, routes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from xml.sax.saxutils import quoteattr

DOCTYPE = """<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 13 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT Record ((MetadataEntry)*)>
]>
"""
START = datetime(2025, 9, 16, 15, 14, 50, tzinfo=UTC)
WATCH = "&lt;&lt;HKDevice: 0x1&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch&gt;"
PREFIX = "HKQuantityTypeIdentifier"


def stamp(moment: datetime, hours: int = 1) -> str:
    return moment.astimezone(timezone(timedelta(hours=hours))).strftime("%Y-%m-%d %H:%M:%S %z")


def record(kind: str, value: float, unit: str, start: datetime, seconds: float = 0, source: str = "Watch") -> str:
    end = start + timedelta(seconds=seconds)
    return (
        f'<Record type="{PREFIX}{kind}" sourceName={quoteattr(source)} sourceVersion="11.6" unit="{unit}"'
        f' creationDate="{stamp(end)}" startDate="{stamp(start)}" endDate="{stamp(end)}" value="{value}"/>\n'
    )


def statistics(kind: str, unit: str, **numbers: float) -> str:
    return (
        f'<WorkoutStatistics type="{PREFIX}{kind}" unit="{unit}" '
        + " ".join(f'{k}="{v}"' for k, v in numbers.items())
        + "/>\n"
    )


def workout(
    *inside: str,
    kind: str = "Running",
    start: datetime = START,
    seconds: float = 600,
    source: str = "Watch",
    device: str = WATCH,
    zone: str | None = "Europe/Paris",
    more: str = "",
) -> str:
    end = start + timedelta(seconds=seconds)
    metadata = f'<MetadataEntry key="HKTimeZone" value="{zone}"/>' if zone else ""
    return (
        f'<Workout workoutActivityType="HKWorkoutActivityType{kind}" duration="{seconds / 60}" durationUnit="min"'
        f' sourceName={quoteattr(source)} device="{device}" startDate="{stamp(start)}" endDate="{stamp(end)}" {more}>\n'
        f"{metadata}{''.join(inside)}</Workout>\n"
    )


def route(*paths: str) -> str:
    return "".join(
        f'<WorkoutRoute sourceName="Watch"><FileReference path="{path}"/></WorkoutRoute>\n' for path in paths
    )


def export(parts: Iterable[str], doctype: str = DOCTYPE) -> bytes:
    body = "".join(parts)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}<HealthData locale="en_GB">\n{body}</HealthData>\n'.encode()
    )


def measured(start: datetime = START, seconds: int = 600) -> list[str]:
    """A treadmill-like run: pulse every 5 s, the rest every second or three, by the watch; steps by the phone too."""
    parts = [record("HeartRate", 140 + s % 7, "count/min", start + timedelta(seconds=s)) for s in range(0, seconds, 5)]
    for s in range(seconds):
        at = start + timedelta(seconds=s)
        parts.append(record("RunningSpeed", 10.8, "km/hr", at, 1))
        parts.append(record("RunningPower", 250, "W", at, 1))
    for s in range(0, seconds, 3):
        at = start + timedelta(seconds=s)
        parts.append(record("RunningGroundContactTime", 260, "ms", at, 3))
        parts.append(record("RunningVerticalOscillation", 8.5, "cm", at, 3))
        parts.append(record("StepCount", 8.4, "count", at, 3))
        parts.append(record("DistanceWalkingRunning", 0.009, "km", at, 3))
        parts.append(record("StepCount", 4, "count", at, 3, source="Phone"))
        parts.append(record("DistanceWalkingRunning", 0.003, "km", at, 3, source="Phone"))
    return parts
