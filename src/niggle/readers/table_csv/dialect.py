"""What a table leaves open, settled once from its first rows: decimal commas, missing units, the order of dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from niggle.core.session import Note
from niggle.core.units import M_PER_KM, M_PER_MILE
from niggle.readers.table_csv.cells import SLASHED, BadCell, duration_s, is_absent, length_m, number
from niggle.readers.table_csv.columns import Columns

# A comma that cannot part thousands, a dot that cannot either.
_SURE_COMMA: Final = re.compile(r"[-+]?\d+,(?:\d{1,2}|\d{4,})\b.*")
_SURE_DOT: Final = re.compile(r"[-+]?\d+\.(?:\d{1,2}|\d{4,})\b.*")
_NUMERIC: Final = ("distance", "ascent", "descent", "heart", "timer", "moving", "elapsed", "cadence")
_DURATIONS: Final = ("timer", "moving", "elapsed")

MANY_KM: Final = 400.0  # a median above this is metres: no table of runs averages 400 km
# Seconds per metre between which somebody on foot or on a bicycle moves: 1.2 to 40 min/km. Tells minutes from seconds
# and h:mm from m:ss where the header does not.
_PACE_S_PER_M: Final = (0.072, 2.4)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How this table is to be read. `notes` go to every row's Session: they say what was assumed."""

    comma_decimal: bool
    distance_unit: str
    duration_units: Mapping[str, str]
    pace_unit: float  # metres that one pace is for
    month_first: bool
    order_assumed: bool
    times_are_utc: bool
    notes: tuple[Note, ...]


def settle(columns: Columns, delimiter: str, rows: list[list[str]]) -> Dialect:
    """Decides from the header and a sample of rows. Never raises: what it cannot tell it assumes, and says so."""

    def cells(key: str) -> list[str]:
        place = columns.places.get(key)
        if place is None:
            return []
        return [row[place].strip() for row in rows if place < len(row) and not is_absent(row[place])]

    comma_decimal = _comma_decimal(delimiter, [cell for key in _NUMERIC for cell in cells(key)])
    notes: list[Note] = []
    distance_unit = columns.units.get("distance")
    if distance_unit is None:
        distance_unit = _distance_unit(cells("distance"), comma_decimal, notes)
    durations = {}
    for key in _DURATIONS:
        if key in columns.places and key not in columns.units:
            pairs = _pairs(columns, rows, key)
            durations[key] = _duration_unit(pairs, distance_unit, comma_decimal, notes)
    month_first, order_assumed = _order(cells("date"), distance_unit)
    pace = columns.units.get("pace")
    pace_in_miles = pace == "min/mi" or (pace != "min/km" and distance_unit == "mi")
    return Dialect(
        comma_decimal,
        distance_unit,
        durations,
        M_PER_MILE if pace_in_miles else M_PER_KM,
        month_first,
        order_assumed,
        columns.layout == "strava",  # its "Activity Date" is UTC, as its export says nowhere
        tuple(notes),
    )


def _comma_decimal(delimiter: str, cells: list[str]) -> bool:
    comma = any(_SURE_COMMA.fullmatch(cell) for cell in cells)
    dot = any(_SURE_DOT.fullmatch(cell) for cell in cells)
    if comma != dot:
        return comma
    return delimiter == ";" and not dot


def _distance_unit(cells: list[str], comma_decimal: bool, notes: list[Note]) -> str:
    """km or m by size. Miles are never guessed."""
    values, bare = [], False
    for cell in cells:
        try:
            value, behind = number(cell, comma_decimal)
        except BadCell:
            continue
        if behind is None:
            bare = True
            values.append(value)
    unit = "m" if values and median(values) > MANY_KM else "km"
    if bare:
        notes.append(Note("unit_assumed", f"The distance has no unit in the header; it was taken as {unit}."))
    return unit


def _pairs(columns: Columns, rows: list[list[str]], key: str) -> list[tuple[str, str]]:
    at, way = columns.places[key], columns.places.get("distance")
    pairs = []
    for row in rows:
        if at < len(row) and not is_absent(row[at]):
            distance = row[way].strip() if way is not None and way < len(row) else ""
            pairs.append((row[at].strip(), distance))
    return pairs


def _duration_unit(pairs: list[tuple[str, str]], distance_unit: str, comma_decimal: bool, notes: list[Note]) -> str:
    """Minutes, unless the paces are only human in seconds; for 0:45, minutes and seconds unless only h:mm is human."""

    def human(unit: str, text: str, distance: str) -> bool | None:
        try:
            way_m = length_m(distance, distance_unit, comma_decimal)
            took_s = duration_s(text, unit, comma_decimal)
        except BadCell:
            return None
        return _PACE_S_PER_M[0] <= took_s / way_m <= _PACE_S_PER_M[1] if way_m > 0 else None

    def share(unit: str, only_clock: bool) -> float | None:
        seen = [human(unit, text, way) for text, way in pairs if (text.count(":") == 1) is only_clock]
        known = [one for one in seen if one is not None]
        return sum(known) / len(known) if known else None

    if any(text.count(":") == 1 for text, _ in pairs):
        plain, hours = share("m:ss", True), share("h:mm", True)
        if plain is not None and hours is not None and plain < 0.5 < hours:
            notes.append(Note("unit_assumed", "Durations like 0:45 were taken as hours and minutes, by the paces."))
            return "h:mm"
        return "min"
    if any(text.replace(",", "").replace(".", "").isdecimal() for text, _ in pairs):
        minutes, seconds = share("min", False), share("s", False)
        unit = "s" if seconds is not None and minutes is not None and minutes < 0.5 < seconds else "min"
        word = "seconds" if unit == "s" else "minutes"
        notes.append(Note("unit_assumed", f"The duration has no unit in the header; it was taken as {word}."))
        return unit
    return "min"


def _order(dates: list[str], distance_unit: str) -> tuple[bool, bool]:
    """(month first?, assumed?) for dates like 03/04/2025: by any date with one reading only, else by miles."""
    first = second = False
    for text in dates:
        if found := SLASHED.match(text):
            first |= int(found[1]) > 12
            second |= int(found[2]) > 12
    if first != second:
        return second, False
    return distance_unit == "mi", True
