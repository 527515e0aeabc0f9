"""GPX bytes -> Sessions. Track segments are the intervals in which the timer ran; long gaps part activities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.session import Floats, Labels, Note, ReadItem, Refusal, Session, Sport, assemble
from niggle.core.session.distance import haversine_steps_m
from niggle.readers.gpx.clues import clock_is_computed, sport_by_speed, sport_of_type
from niggle.readers.sportwords import sport_from_words
from niggle.readers.xmlscan import Document, Layout, Points, root_name, take_apart

NEW_ACTIVITY_GAP_S: Final = 4 * 3600.0  # a longer break is no pause: two activities in one file
_MAX_TITLE: Final = 200

LAYOUT: Final = Layout(
    point=b"trkpt",
    time=b"time",
    # Garmin's, Cluetrust's, Amazfit's and Apple's names for the same things, whatever their prefix.
    fields={
        b"ele": "altitude_m",
        b"hr": "heart_rate_bpm", b"heartrate": "heart_rate_bpm", b"heartRate": "heart_rate_bpm",
        b"cad": "cadence_spm", b"cadence": "cadence_spm", b"RunCadence": "cadence_spm",
        b"power": "power_w", b"Watts": "power_w", b"PowerInWatts": "power_w",
        b"speed": "speed_mps",
        b"distance": "distance_m",
    },
    within={},
    position_attributes=True,
)  # fmt: skip


@dataclass(slots=True)
class _Track:
    name: str | None = None
    type: str | None = None
    segments: list[list[tuple[int, int]]] = field(default_factory=list)  # runs of points, per segment


class _Outline:
    """Collects tracks and segments from the document's outline."""

    def __init__(self) -> None:
        self.creator: str | None = None
        self.title: str | None = None
        self.tracks: list[_Track] = []
        self.route_points = 0
        self._path: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        if name == "gpx":
            self.creator = attributes.get("creator") or None
        elif name == "trk":
            self.tracks.append(_Track())
        elif name == "trkseg":
            self._track().segments.append([])
        elif name in {"rtept", "wpt"}:
            self.route_points += 1

    def end(self, name: str, text: str) -> None:
        self._path.pop()
        parent = self._path[-1] if self._path else ""
        if parent == "trk" and name == "name":
            self._track().name = text[:_MAX_TITLE] or None
        elif parent == "trk" and name == "type":
            self._track().type = text[:_MAX_TITLE] or None
        elif parent == "metadata" and name == "name":
            self.title = text[:_MAX_TITLE] or None

    def points(self, first: int, last: int) -> None:
        segments = self._track().segments
        if not segments:
            segments.append([])
        segments[-1].append((first, last))

    def _track(self) -> _Track:
        if not self.tracks:  # a document so broken that its track never began
            self.tracks.append(_Track())
        return self.tracks[-1]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Points of one segment, all with times, with no gap that would part activities."""

    track: int
    indices: NDArray[np.int64]  # into Points
    first_s: float
    last_s: float


def sniff(head: bytes, name: str) -> bool:
    """Is the first element <gpx>? The name does not matter."""
    return root_name(head) == b"gpx"


def read(data: bytes, name: str) -> list[ReadItem]:
    """Every activity of the file, and a Refusal for what is none. Nothing in the bytes makes it raise."""
    apart = take_apart(data, b"gpx", "GPX", LAYOUT, _Outline)
    if isinstance(apart, Refusal):
        return [replace(apart, name=name)]
    document, points, outline = apart
    notes = _notes(document, points)
    if refusal := _refuse_all(document, points, outline):
        return [replace(refusal, name=name)]
    items: list[ReadItem] = []
    for leg, stretches in enumerate(_activities(points, outline)):
        item = _session(points, outline, stretches, leg, notes)
        items.append(replace(item, name=name) if isinstance(item, Refusal) else item)
    return items


def _refuse_all(document: Document, points: Points, outline: _Outline) -> Refusal | None:
    if document.fault and not len(points):
        return Refusal(
            "damaged", f"The file breaks before its first complete point ({document.fault.reason}).",
            document.fault.place, "Export or download it again.",
        )  # fmt: skip
    if not len(points):
        if outline.route_points:
            return Refusal(
                "no_time", f"A route or a list of {outline.route_points} places, not a recorded track.",
                suggestion="Export the activity itself, not the route it followed.",
            )  # fmt: skip
        return Refusal("no_records", "The file has no track points.", suggestion="Export the activity again.")
    if np.isnan(points.unix_s).all():
        return Refusal(
            "no_time", f"None of the {len(points)} points has a time: a route, not an activity.",
            suggestion="Export the activity itself, not the route it followed.",
        )  # fmt: skip
    return None


def _notes(document: Document, points: Points) -> list[Note]:
    notes = []
    if fault := document.fault:
        if fault.early:
            message = "The file ends too early; everything before that was read."
        else:
            message = f"The XML is damaged ({fault.reason}); the points before and after the damage were read."
        notes.append(Note("damaged_xml", message, fault.place))
    if points.broken:
        notes.append(Note("points_broken", f"{points.broken} incomplete points were left out."))
    untimed = int(np.isnan(points.unix_s).sum())
    if untimed:
        notes.append(Note("points_without_time", f"{untimed} of {len(points)} points have no time and were left out."))
    if points.without_zone:
        notes.append(Note("time_without_zone", "Times state no zone and were taken as UTC."))
    return notes


def _activities(points: Points, outline: _Outline) -> list[list[_Stretch]]:
    """Stretches in order of time, parted where a long gap lies or where a track of another stated sport begins."""
    stretches = [
        stretch
        for number, track in enumerate(outline.tracks)
        for segment in track.segments
        for stretch in _stretches(points, number, segment)
    ]
    stretches.sort(key=lambda stretch: stretch.first_s)
    activities: list[list[_Stretch]] = []
    for stretch in stretches:
        before = activities[-1][-1] if activities else None
        if (
            before is not None
            and stretch.first_s - before.last_s <= NEW_ACTIVITY_GAP_S
            and not _other_sport(outline, before.track, stretch.track)
        ):
            activities[-1].append(stretch)
        else:
            activities.append([stretch])
    return activities


def _other_sport(outline: _Outline, one: int, other: int) -> bool:
    sports = [sport_of_type(outline.tracks[number].type) for number in (one, other)]
    return None not in sports and sports[0] is not sports[1]


def _stretches(points: Points, track: int, segment: list[tuple[int, int]]) -> Iterator[_Stretch]:
    if not segment:
        return
    indices = np.concatenate([np.arange(first, last) for first, last in segment])
    indices = indices[~np.isnan(points.unix_s[indices])]
    if not len(indices):
        return
    unix_s = points.unix_s[indices]
    # A gap parts activities only if no later time lies before its end again: one wrong time stamp is no new activity.
    earliest_left = np.minimum.accumulate(unix_s[::-1])[::-1]
    latest_so_far = np.maximum.accumulate(unix_s)
    cuts = np.flatnonzero(earliest_left[1:] - latest_so_far[:-1] > NEW_ACTIVITY_GAP_S) + 1
    for part in np.split(indices, cuts):
        own = points.unix_s[part]
        yield _Stretch(track, part, float(own.min()), float(own.max()))


def _session(
    points: Points, outline: _Outline, stretches: list[_Stretch], leg: int, notes: list[Note]
) -> Session | Refusal:
    indices = np.concatenate([stretch.indices for stretch in stretches])
    unix_s = points.unix_s[indices]
    columns = {name: values[indices] for name, values in points.columns.items()}
    columns = {name: values for name, values in columns.items() if not np.isnan(values).all()}
    if clock_is_computed(unix_s, columns):
        return Refusal(
            "no_time", f"The times of these {len(unix_s)} points were computed from an even speed: a planned route.",
            suggestion="Export the activity itself, not the route it followed.",
        )  # fmt: skip
    tracks = [outline.tracks[number] for number in dict.fromkeys(stretch.track for stretch in stretches)]
    title = next((track.name for track in tracks if track.name), outline.title)
    sport, guess = _sport(tracks, title, unix_s, columns)
    if len(stretches) > 1 and "distance_m" not in columns:
        along = _distance_within(points, stretches)
        if along is not None:
            columns["distance_m"] = along
            guess.append(
                Note("distance_from_positions", "The distance was measured along the positions, pauses left out.")
            )
    return assemble(
        sport,
        unix_s,
        columns,
        utc_offset_s=_offset(points.offset_s[indices]),
        running=[(stretch.first_s, stretch.last_s) for stretch in stretches],
        labels=Labels(title=title, device=outline.creator, leg=leg),
        notes=[*notes, *guess],
    )


def _distance_within(points: Points, stretches: list[_Stretch]) -> Floats | None:
    """Metres along the positions of each stretch; the way from one to the next (a lift, a car) is not counted.

    NaN where a point has no position. Steps that nobody can run are left to `assemble`, as a device's would be.
    """
    parts, total = [], 0.0
    for stretch in stretches:
        latitude, longitude = (points.columns[name][stretch.indices] for name in ("latitude_deg", "longitude_deg"))
        placed = ~(np.isnan(latitude) | np.isnan(longitude))
        along = np.full(len(placed), np.nan)
        if placed.any():
            steps = haversine_steps_m(latitude[placed], longitude[placed])
            along[placed] = total + np.concatenate(([0.0], np.cumsum(steps)))
            total = float(along[placed][-1])
        parts.append(along)
    return np.concatenate(parts) if total > 0 else None


def _sport(
    tracks: list[_Track], title: str | None, unix_s: Floats, columns: dict[str, Floats]
) -> tuple[Sport, list[Note]]:
    """By the stated type, else by a word of the title, else by speed; guesses are noted as such."""
    types = [track.type for track in tracks if track.type]
    for stated in types:
        if (sport := sport_of_type(stated)) is not None:
            return sport, []
    unknown = f"the type “{types[0]}” is not known" if types else "no type is stated"
    if title and (sport := sport_from_words(title)) is not None:
        return sport, [Note("sport_guessed", f"Taken as {sport} by its title: {unknown}.")]
    sport = sport_by_speed(unix_s, columns)
    return sport, [Note("sport_guessed", f"Taken as {sport} by its speed: {unknown}.")]


def _offset(offset_s: Floats) -> int | None:
    """The zone that most times state. +00:00 says as little as Z: many programs write UTC so, wherever they are."""
    stated = offset_s[~np.isnan(offset_s)]
    if not len(stated):
        return None
    values, counts = np.unique(stated, return_counts=True)
    return int(values[counts.argmax()]) or None
