"""Garmin's `summarizedActivities` JSON, read object by object, and the gear that goes with it.

Units of this export (its live service uses others under the same names): distance and height in cm, durations in ms,
times in ms since 1970, the local start shifted to wall time.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from niggle.core.session import Sport
from niggle.core.units import duration_s, length_m
from niggle.readers.contract import Hints
from niggle.readers.sportwords import sport_from_words

_LIST_KEY: Final = '"summarizedActivitiesExport"'
_OBJECT_CHARS: Final = 4 * 2**20  # one activity's summary is some 5 kB
_STEP_CHARS: Final = 1 << 16
_OFFSET_MAX_S: Final = 15 * 3600
_RACE_EVENT: Final = 1
_DECODER: Final = json.JSONDecoder()

# Types whose words mislead, or that no list of words can know.
_SPORTS: Final = {
    "multi_sport": Sport.OTHER, "indoor_running": Sport.TREADMILL, "virtual_run": Sport.TREADMILL,
    "obstacle_run": Sport.TRAIL, "ultra_run": Sport.TRAIL, "street_running": Sport.RUN, "track_running": Sport.RUN,
    "casual_walking": Sport.WALK, "speed_walking": Sport.WALK, "stair_climbing": Sport.OTHER,
    "lap_swimming": Sport.SWIM, "open_water_swimming": Sport.SWIM, "indoor_rowing": Sport.ROW, "rowing": Sport.ROW,
    "fitness_equipment": Sport.OTHER, "indoor_cardio": Sport.OTHER, "strength_training": Sport.STRENGTH,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Summary:
    """One activity as Garmin keeps it. start_s: seconds since 1970; parent: the id of the multisport it is a leg of."""

    start_s: int
    hints: Hints
    parent: str | None
    is_multisport: bool
    place: str


def objects(chunks: Iterable[str]) -> Iterator[dict[str, Any] | str]:
    """Each object of the export's list, one at a time, in constant memory; a str says what broke, and ends it.

    Understood are `[{"summarizedActivitiesExport": [{…}, …]}]`, the same without the outer list, and a bare `[{…}, …]`.
    """
    source = iter(chunks)
    text, at, inside, done = "", 0, False, False
    wanted = _STEP_CHARS
    while True:
        while not done and len(text) - at < wanted:
            more = next(source, None)
            if more is None:
                done = True
            else:
                text, at = text[at:] + more, 0
        if not inside:
            key = text.find(_LIST_KEY, at)
            opening = text.find("[", key if key >= 0 else at)
            if key < 0 and not text[at:].lstrip().startswith("["):
                opening = -1
            if opening < 0:
                if done or len(text) - at > _OBJECT_CHARS:
                    return
                wanted = len(text) - at + _STEP_CHARS
                continue
            at, inside, wanted = opening + 1, True, _STEP_CHARS
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if at >= len(text):
            if done:
                yield "ends in the middle"
                return
            continue
        if text[at] == "]":
            at, inside = at + 1, False
            continue
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as fault:
            if done or len(text) - at > _OBJECT_CHARS:
                yield "ends in the middle" if done else str(fault)[:120]
                return
            wanted = 2 * (len(text) - at) + _STEP_CHARS  # doubling keeps the repeated attempts cheap
            continue
        wanted = _STEP_CHARS
        if isinstance(value, dict):
            yield value


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _scaled(record: dict[str, Any], key: str, unit: str) -> float | None:
    value = _number(record.get(key))
    if value is None:
        return None
    return duration_s(value, unit) if unit == "ms" else length_m(value, unit)


def _text(value: object) -> str | None:
    return value.strip()[:500] or None if isinstance(value, str) else None


def _id(value: object) -> str | None:
    number = _number(value)
    return str(int(number)) if number is not None else _text(value)


def sport_of(kind: str) -> Sport | None:
    known = _SPORTS.get(kind.casefold())
    return known if known is not None else sport_from_words(kind)


def summary_of(record: dict[str, Any], gear: dict[str, str], place: str) -> Summary | None:
    """One object in our units; None where it has no start that can be used."""
    start_ms = _number(record.get("beginTimestamp"))
    if start_ms is None:
        start_ms = _number(record.get("startTimeGmt"))
    if start_ms is None:
        return None
    try:
        start = datetime.fromtimestamp(int(start_ms) // 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    local_ms = _number(record.get("startTimeLocal"))
    offset_s = round((local_ms - start_ms) / 1000) if local_ms is not None else None
    if offset_s is not None and abs(offset_s) > _OFFSET_MAX_S:
        offset_s = None
    kind_value = record.get("activityType")
    kind = _text(kind_value.get("typeKey") if isinstance(kind_value, dict) else kind_value) or ""
    identity = _id(record.get("activityId"))
    race = _number(record.get("eventTypeId")) == _RACE_EVENT
    duration = _scaled(record, "duration", "ms")
    hints = Hints(
        title=_text(record.get("name")),
        gear=gear.get(identity or ""),
        external_id=identity,
        sport=sport_of(kind),
        start_utc=start,
        distance_m=_scaled(record, "distance", "cm"),
        moving_s=_scaled(record, "movingDuration", "ms") or duration,
        elapsed_s=_scaled(record, "elapsedDuration", "ms") or duration,
        ascent_m=_scaled(record, "elevationGain", "cm"),
        descent_m=_scaled(record, "elevationLoss", "cm"),
        utc_offset_s=offset_s,
        tags=frozenset({"race"}) if race else frozenset(),
    )
    parent = _id(record.get("parentId"))
    return Summary(int(start_ms) // 1000, hints, parent, kind.casefold() == "multi_sport", place)


def gear_names(value: object) -> dict[str, str]:
    """Activity id -> name of the shoe, from a `gear.json` as far as its layout is the known one."""
    names: dict[str, str] = {}
    links: list[tuple[str, str]] = []
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(node)
        elif isinstance(node, dict):
            key = _id(node.get("gearPk"))
            activity = _id(node.get("activityId"))
            name = _text(node.get("displayName")) or _text(node.get("customMakeModel"))
            if key and activity:
                links.append((activity, key))
            elif key and name:
                names[key] = name
            stack.extend(v for v in node.values() if isinstance(v, list | dict))
    return {activity: names[key] for activity, key in links if key in names}
