"""What the columns of a table mean: names in English and German, units in the header, layouts of known services."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

NEEDED: Final = "a date, and a distance or a duration"

# field -> the names people and services give it (lower case, without unit, separators as single blanks)
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "date": "date|datum|day|tag|start|started|start date|start date local|startdatum|activity date|aktivitätsdatum|"
                "date time|datetime|timestamp|beginn|begin|start time local|startzeitpunkt|zeitpunkt|when|workout date",
        "clock": "start time|startzeit|uhrzeit|time of day|begin time|starttime",
        "time": "time|zeit",  # a duration, unless another column is one: then the time of day
        "timer": "duration|dauer|timer|timer time|laufzeit|trainingszeit|run time|length of time",
        "moving": "moving time|bewegungszeit|in bewegung|zeit in bewegung|time moving",
        "elapsed": "elapsed time|elapsed|verstrichene zeit|total time|gesamtzeit|elapsed duration",
        "pace": "pace|avg pace|average pace|tempo|ø tempo|durchschnittstempo|mean pace|durchschnittliche pace",
        "distance": "distance|dist|distanz|strecke|entfernung|streckenlänge|total distance|length",
        "ascent": "ascent|total ascent|elevation gain|elev gain|total elevation gain|elevation|climb|anstieg|aufstieg|"
                  "höhenmeter|positive höhenmeter|höhengewinn|gain|positiver höhenunterschied|hm|höhenmeter aufwärts",
        "descent": "descent|total descent|elevation loss|elev loss|abstieg|höhenverlust|negative höhenmeter|loss|"
                   "negativer höhenunterschied|gefälle|höhenmeter abwärts|total elevation loss",
        "heart": "heart rate|avg hr|average hr|hr|avg heart rate|average heart rate|average heartrate|heartrate|puls|"
                 "herzfrequenz|ø herzfrequenz|durchschnittliche herzfrequenz|avg heartrate|mean hr|hf|ø hf|ø puls|"
                 "durchschnittspuls",
        "heart max": "max hr|max heart rate|max heartrate|maximum heart rate|maximale herzfrequenz|max puls|max hf|"
                     "maximaler puls|maximum hr|max herzfrequenz",
        "cadence": "cadence|avg cadence|average cadence|avg run cadence|average run cadence|kadenz|schrittfrequenz|"
                   "ø schrittfrequenz|durchschnittliche schrittfrequenz|avg cadence spm",
        "type": "type|activity type|activity|sport|art|sportart|aktivität|aktivitätstyp|aktivitätsart|sport type|"
                "workout type|trainingsart|discipline|kind",
        "title": "title|titel|name|activity name|route name|bezeichnung|name der aktivität|workout name|label|run",
        "shoe": "shoe|shoes|gear|schuh|schuhe|laufschuh|laufschuhe|equipment|ausrüstung|activity gear|gear name",
        "id": "id|activity id|aktivitäts id|external id|run id",
        "file": "gpx file|filename|file|datei|dateiname|fit file",
        "race": "race|wettkampf|competition|rennen",
        "commute": "commute|arbeitsweg|pendelfahrt",
    }
)  # fmt: skip
_FIELD: Final = MappingProxyType({name: key for key, names in _NAMES.items() for name in names.split("|")})
# Names that are a unit at the same time.
_UNIT_NAMES: Final = MappingProxyType(
    {
        "km": ("distance", "km"), "kilometer": ("distance", "km"), "kilometers": ("distance", "km"),
        "kilometres": ("distance", "km"), "miles": ("distance", "mi"), "mi": ("distance", "mi"),
        "meilen": ("distance", "mi"), "meters": ("distance", "m"), "metres": ("distance", "m"),
        "minutes": ("timer", "min"), "minuten": ("timer", "min"), "seconds": ("timer", "s"), "sekunden": ("timer", "s"),
        "min": ("timer", "min"), "hours": ("timer", "h"), "stunden": ("timer", "h"), "bpm": ("heart", "bpm"),
    }
)  # fmt: skip
_UNITS: Final = MappingProxyType(
    {
        "km": "km", "kilometer": "km", "kilometers": "km", "kilometre": "km", "kilometres": "km", "mi": "mi",
        "mile": "mi", "miles": "mi", "meile": "mi", "meilen": "mi", "m": "m", "meter": "m", "meters": "m", "metre": "m",
        "metres": "m", "ft": "ft", "feet": "ft", "foot": "ft", "fuß": "ft", "fuss": "ft", "yd": "yd", "yards": "yd",
        "s": "s", "sec": "s", "secs": "s", "seconds": "s", "second": "s", "sekunden": "s", "sek": "s", "min": "min",
        "mins": "min", "minutes": "min", "minute": "min", "minuten": "min", "h": "h", "hr": "h", "hrs": "h",
        "hours": "h", "hour": "h", "stunden": "h", "std": "h", "ms": "ms",
        "h:mm:ss": "h:mm:ss", "hh:mm:ss": "h:mm:ss", "h:m:s": "h:mm:ss", "mm:ss": "m:ss", "m:ss": "m:ss",
        "min:s": "m:ss", "min:sek": "m:ss", "min:sec": "m:ss", "h:mm": "h:mm", "hh:mm": "h:mm", "h:min": "h:mm",
        "min/km": "min/km", "/km": "min/km", "min/mi": "min/mi", "/mi": "min/mi", "min/mile": "min/mi",
    }
)  # fmt: skip
LENGTHS: Final = frozenset({"km", "mi", "m", "ft", "yd"})
DURATIONS: Final = frozenset({"s", "min", "h", "ms", "h:mm:ss", "m:ss", "h:mm"})
_KINDS: Final = MappingProxyType(
    {
        "distance": LENGTHS, "ascent": LENGTHS, "descent": LENGTHS, "timer": DURATIONS, "moving": DURATIONS,
        "elapsed": DURATIONS, "time": DURATIONS, "pace": frozenset({"min/km", "min/mi", "m:ss"}),
    }
)  # fmt: skip
_MAX_NAME: Final = 100  # characters of a header cell that are looked at
_BRACKETS: Final = re.compile(r"[(\[]([^)\]]*)[)\]]")
_SEPARATORS: Final = re.compile(r"[\s_.\-/:*#]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands (its last place, see LAST), its unit where the header tells, and what was not known."""

    places: Mapping[str, int]
    units: Mapping[str, str]
    names: tuple[str, ...]
    unknown_units: tuple[str, ...] = ()
    layout: str | None = None
    width: int = field(default=0)

    @property
    def usable(self) -> bool:
        return "date" in self.places and bool({"distance", "timer", "moving", "elapsed"} & set(self.places))


def unit_of(text: str) -> str | None:
    """The unit a word stands for; None if it is none."""
    return _UNITS.get(text.strip().lower().rstrip("."))


def understand(header: Sequence[str]) -> Columns:
    """The meaning of a header row. Nothing is guessed from positions."""
    names = tuple(unicodedata.normalize("NFC", cell[:_MAX_NAME]).strip().strip("\ufeff\"'").strip() for cell in header)
    layout = _layout(names)
    places: dict[str, int] = {}
    units: dict[str, str] = {}
    unknown: list[str] = []
    for place, name in enumerate(names):
        key, unit = _meaning(name)
        if key is None:
            continue
        if unit is not None and key in _KINDS and unit not in _KINDS[key]:
            unknown.append(f"{name} ({unit})" if f"({unit})" not in name else name)
            continue
        if key in places and layout != "strava":  # Strava writes base units in the second of two equal names
            continue
        places[key] = place
        units.pop(key, None)
        if unit is not None:
            units[key] = unit
    _settle_time(places, units)
    if layout is not None:
        for key, default in (("distance", "m"), ("moving", "s"), ("elapsed", "s"), ("timer", "s")):
            if key in places:
                units.setdefault(key, default)
    return Columns(places, units, names, tuple(unknown), layout, len(names))


def _settle_time(places: dict[str, int], units: dict[str, str]) -> None:
    """“Time” alone is how long it took; beside a duration it is when it began."""
    if "time" not in places:
        return
    place, unit = places.pop("time"), units.pop("time", None)
    if not {"timer", "moving", "elapsed"} & set(places):
        places["timer"] = place
        if unit:
            units["timer"] = unit
    elif "clock" not in places:
        places["clock"] = place
    if "date" not in places and "clock" in places:
        places["date"] = places.pop("clock")


def _meaning(name: str) -> tuple[str | None, str | None]:
    """(field, unit) of one header cell; an unknown unit comes back as it is written."""
    bracketed = _BRACKETS.search(name)
    bare = _plain(_BRACKETS.sub(" ", name))
    unit: str | None = None
    if bracketed and bracketed[1].strip():
        inner = bracketed[1].strip()
        unit = _UNITS.get(inner.lower().rstrip("."), inner.lower())
    if bare in _FIELD:
        key = _FIELD[bare]
        return key, unit if key in _KINDS else None
    if bare in _UNIT_NAMES:
        return _UNIT_NAMES[bare]
    head, _, last = bare.rpartition(" ")  # distance_km, "Dauer min", "avg heart rate bpm"
    if head in _FIELD and (last in _UNITS or last in {"bpm", "spm", "local", "utc", "lokal"}):
        key = _FIELD[head]
        return key, _UNITS.get(last) if key in _KINDS else None
    return None, None


def _plain(name: str) -> str:
    split = re.sub(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])", " ", name)
    return _SEPARATORS.sub(" ", split).strip().lower()


def _layout(names: tuple[str, ...]) -> str | None:
    """Tables whose plain numbers are metres and seconds without saying so."""
    have = {name.lower() for name in names}
    if {"start_date_local", "moving_time", "distance"} <= have:
        return "intervals.icu"
    if {"activity id", "activity date", "elapsed time", "distance"} <= have or {
        "aktivitäts-id", "aktivitätsdatum", "verstrichene zeit", "distanz",
    } <= have:  # fmt: skip
        return "strava"
    return None
