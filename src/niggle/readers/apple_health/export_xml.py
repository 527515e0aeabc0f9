"""Streams Apple's `export.xml` through expat: measurements to the spill, workouts to a list; constant memory.

Apple writes its document type into the file, in some releases with mistakes that stop a parser. It is cut out before
parsing, after a look for entities and outside references, which are refused; any document type later on is, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from xml.parsers import expat

from niggle.core.session import Refusal
from niggle.readers.apple_health.spill import Spill
from niggle.readers.apple_health.values import KINDS, factor, factors, number, unix_s

_DOCTYPE_BYTES: Final = 256 * 1024
_TOKEN_BYTES: Final = 8 * 2**20  # one element with all its attributes; expat holds it whole
_DEPTH: Final = 64
_WORKOUTS: Final = 200_000
_PARTS: Final = 20_000  # routes, events or statistics of one workout
_SOURCES: Final = 65_000
_ROOT_START: Final = re.compile(rb"<HealthData[\s>/]")
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_DOCTYPE_END: Final = re.compile(rb"\]\s*>")
_FORBIDDEN: Final = re.compile(rb"<!ENTITY|<!DOCTYPE\s+\S+\s+(?:SYSTEM|PUBLIC)\b|<!NOTATION", re.IGNORECASE)

Attributes = dict[str, str]


@dataclass(slots=True)
class Workout:
    """A `Workout` element as it stands: its attributes, metadata, statistics by type, events and route paths."""

    attributes: Attributes
    place: str
    source: int
    metadata: Attributes = field(default_factory=dict)
    statistics: dict[str, Attributes] = field(default_factory=dict)
    events: list[tuple[str, str]] = field(default_factory=list)  # (type, date)
    routes: list[str] = field(default_factory=list)


class ForbiddenError(Exception):
    """Raised inside a parser callback to stop at a document type; never leaves this module."""


def without_doctype(parts: Iterable[bytes]) -> Iterator[bytes | Refusal]:
    """The same bytes with Apple's document type blanked (line breaks stay, so that places are right)."""
    source = iter(parts)
    head = b""
    while _ROOT_START.search(head) is None and len(head) < _DOCTYPE_BYTES:
        part = next(source, None)
        if part is None:
            break
        head += part
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    root = _ROOT_START.search(head)
    prolog = head[: root.start()] if root is not None else head
    opening = _DOCTYPE.search(prolog)
    if opening is not None:
        if _FORBIDDEN.search(prolog) is not None:
            yield _forbidden("entities or a reference to outside")
            return
        closings = list(_DOCTYPE_END.finditer(prolog))
        end = closings[-1].end() if closings else prolog.find(b">", opening.start()) + 1
        blank = b"\n" * prolog[opening.start() : end].count(b"\n")
        head = head[: opening.start()] + blank + head[end:]
    yield head
    yield from source


def _forbidden(what: str) -> Refusal:
    return Refusal(
        "forbidden_xml",
        f"it holds {what}, which no export of Apple's does",
        place="before the first element",
        suggestion="export again from the Health app",
    )


class ExportReader:
    """Reads an export's bytes once. Afterwards `workouts` is filled and the spill holds the measurements."""

    def __init__(self, spill: Spill) -> None:
        self.workouts: list[Workout] = []
        self.sources: dict[str, int] = {}
        self.unread_units: dict[str, int] = {}  # "kind in unit" -> how often it was left out
        self._spill = spill
        self._factors = factors()
        self._workout: Workout | None = None
        self._activity_depth = 0
        self._depth = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def read(self, parts: Iterable[bytes]) -> Refusal | None:
        """None when all was read; else why reading stopped, with what stood before it kept."""
        fed = 0
        try:
            for part in without_doctype(parts):
                if isinstance(part, Refusal):
                    return part
                fed += len(part)
                self._parser.Parse(part, False)
                if fed - max(self._parser.CurrentByteIndex, 0) > _TOKEN_BYTES + len(part):
                    return self._stopped("one element is larger than any export's")
                if self._spill.is_full or len(self.workouts) > _WORKOUTS:
                    return Refusal("too_large", "more measurements or workouts than a life holds", self._place())
            self._parser.Parse(b"", True)
        except ForbiddenError as stop:
            return replace(_forbidden(str(stop)), place=self._place())
        except expat.ExpatError as fault:
            return self._stopped(expat.ErrorString(fault.code))
        return None

    def _place(self) -> str:
        return f"line {self._parser.CurrentLineNumber}"

    def _stopped(self, what: str) -> Refusal:
        return Refusal(
            "damaged",
            f"the export breaks off here ({what}); {len(self.workouts)} workouts stand before it",
            self._place(),
            "export again from the Health app; the download may have been cut off",
        )

    def _doctype(self, *_: object) -> None:
        raise ForbiddenError("a second document type")

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            raise ForbiddenError("elements nested deeper than any export's")
        if name == "Record":
            kind = KINDS.get(attributes.get("type", ""))
            if kind is not None:
                self._record(kind, attributes)
            return
        workout = self._workout
        if workout is None:
            if name == "Workout":
                source = self._source(attributes.get("sourceName", ""))
                self._workout = Workout(attributes, self._place(), source)
            return
        if name == "WorkoutActivity":
            self._activity_depth += 1
        elif name == "FileReference":
            if len(workout.routes) < _PARTS:
                workout.routes.append(attributes.get("path", ""))
        elif self._activity_depth:
            return  # an interval's own numbers; the workout's are the ones that count
        elif name == "MetadataEntry":
            if len(workout.metadata) < _PARTS:
                # The route inside a workout has metadata of its own: the first of a key is the workout's.
                workout.metadata.setdefault(attributes.get("key", ""), attributes.get("value", ""))
        elif name == "WorkoutStatistics":
            if len(workout.statistics) < _PARTS:
                workout.statistics[attributes.get("type", "")] = attributes
        elif name == "WorkoutEvent" and len(workout.events) < _PARTS:
            kind_name = attributes.get("type", "")
            if not kind_name.endswith("Segment"):
                workout.events.append((kind_name, attributes.get("date", "")))

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == "WorkoutActivity":
            self._activity_depth = max(self._activity_depth - 1, 0)
        elif name == "Workout" and self._workout is not None:
            self.workouts.append(self._workout)
            self._workout, self._activity_depth = None, 0

    def _record(self, kind: int, attributes: Attributes) -> None:
        value = number(attributes.get("value"))
        start = unix_s(attributes.get("startDate", ""))
        if value is None or start is None:
            return
        unit = attributes.get("unit", "")
        times = factor(self._factors, kind, unit)
        if times is None:
            key = f"{attributes.get('type', '')} in “{unit[:20]}”"
            if key in self.unread_units or len(self.unread_units) < 100:
                self.unread_units[key] = self.unread_units.get(key, 0) + 1
            return
        ended = attributes.get("endDate", "")
        end = start if ended == attributes.get("startDate") else unix_s(ended)
        self._spill.add(start, start if end is None else end, value * times, kind,
                        self._source(attributes.get("sourceName", "")))  # fmt: skip

    def _source(self, name: str) -> int:
        known = self.sources.get(name)
        if known is None:
            known = len(self.sources)
            if known >= _SOURCES:
                return _SOURCES
            self.sources[name] = known
        return known
