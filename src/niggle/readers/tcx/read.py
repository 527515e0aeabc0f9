"""TCX bytes -> Sessions, one per Activity (so one per leg of a MultiSportSession). Courses are no activities."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.session import Floats, Labels, Note, ReadItem, Refusal, Session, Sport, Totals, assemble
from niggle.readers.sportwords import sport_from_words
from niggle.readers.xmlscan import Document, Layout, Points, parse_time, root_name, take_apart

LAP_SEAM_S: Final = 15.0  # recorders leave some seconds between the tracks of two laps; a longer hole is a pause
_DISAGREE: Final = 0.1  # share by which stated and recorded distance may differ before it is worth a note
_SERIAL: Final = re.compile(r"\([^()]*\d{6,}\)")  # Training Center writes the unit's serial number behind its name
_MAX_TITLE: Final = 80  # Notes that are longer are a diary, not a title

LAYOUT: Final = Layout(
    point=b"Trackpoint",
    time=b"Time",
    fields={
        b"LatitudeDegrees": "latitude_deg", b"LongitudeDegrees": "longitude_deg",
        b"AltitudeMeters": "altitude_m",
        b"DistanceMeters": "distance_m",
        b"Value": "heart_rate_bpm", b"HeartRateBpm": "heart_rate_bpm",
        b"RunCadence": "cadence_spm", b"Cadence": "cadence_spm",  # Polar uses the bicycle's element for runs
        b"Speed": "speed_mps",
        b"Watts": "power_w",
    },
    within={b"Value": b"HeartRateBpm"},
    position_attributes=False,
)  # fmt: skip


@dataclass(slots=True)
class _Lap:
    start: datetime | None = None
    timer_s: float | None = None
    distance_m: float | None = None
    avg_heart_rate_bpm: float | None = None
    max_heart_rate_bpm: float | None = None
    tracks: list[list[tuple[int, int]]] = field(default_factory=list)  # runs of points, per track


@dataclass(slots=True)
class _Activity:
    sport: str | None = None
    id: str | None = None
    notes: str | None = None
    device: str | None = None
    laps: list[_Lap] = field(default_factory=list)

    def lap(self) -> _Lap:
        if not self.laps:  # points without a lap: a document with a hole
            self.laps.append(_Lap())
        return self.laps[-1]


class _Outline:
    """Collects activities and laps from the document's outline; points of courses are passed over."""

    def __init__(self) -> None:
        self.activities: list[_Activity] = []
        self.plans = 0  # courses and workouts
        self._path: list[str] = []
        self._open = dict.fromkeys(("Activity", "Course", "Workouts"), 0)  # how many of these we are inside of

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        if name in self._open:
            self._open[name] += 1
        if name == "Activity":
            self.activities.append(_Activity(attributes.get("Sport")))
        elif name == "Course" or (name == "Workout" and self._open["Workouts"]):
            self.plans += 1
        elif name == "Lap" and self._in_activity():
            self._activity().laps.append(_Lap(parse_time(attributes.get("StartTime", ""))))
        elif name == "Track" and self._in_activity():
            self._activity().lap().tracks.append([])

    def end(self, name: str, text: str) -> None:
        self._path.pop()
        inside = self._in_activity()
        if name in self._open:
            self._open[name] -= 1
        if not inside:
            return
        parent = self._path[-1] if self._path else ""
        if parent == "Activity":
            if name == "Id":
                self._activity().id = text or None
            elif name == "Notes":
                self._activity().notes = text or None
        elif parent == "Creator" and name == "Name":
            self._activity().device = _SERIAL.sub("", text).strip() or None
        elif parent == "Lap" and self._activity().laps:
            lap = self._activity().laps[-1]
            if name == "TotalTimeSeconds":
                lap.timer_s = _number(text)
            elif name == "DistanceMeters":
                lap.distance_m = _number(text)
        elif name == "Value" and self._activity().laps:
            lap = self._activity().laps[-1]
            if parent == "AverageHeartRateBpm":
                lap.avg_heart_rate_bpm = _number(text)
            elif parent == "MaximumHeartRateBpm":
                lap.max_heart_rate_bpm = _number(text)

    def points(self, first: int, last: int) -> None:
        if self._open["Course"]:
            return
        lap = self._activity().lap()
        if not lap.tracks:
            lap.tracks.append([])
        lap.tracks[-1].append((first, last))

    def _in_activity(self) -> bool:
        return self._open["Activity"] > 0

    def _activity(self) -> _Activity:
        if not self.activities:  # a document so broken that its activity never began
            self.activities.append(_Activity())
        return self.activities[-1]


def sniff(head: bytes, name: str) -> bool:
    """Is the first element <TrainingCenterDatabase>? The name does not matter."""
    return root_name(head) == b"TrainingCenterDatabase"


def read(data: bytes, name: str) -> list[ReadItem]:
    """Every activity of the file, and a Refusal for what is none. Nothing in the bytes makes it raise."""
    apart = take_apart(data, b"TrainingCenterDatabase", "TCX", LAYOUT, _Outline)
    if isinstance(apart, Refusal):
        return [replace(apart, name=name)]
    document, points, outline = apart
    if not outline.activities:
        return [replace(_refuse(document, outline), name=name)]
    notes = _notes(document, points)
    # Garmin's Training Center wrote the newest activity first; legs are counted in the order they were done.
    items = [_session(points, activity, leg, notes) for leg, activity in enumerate(_in_order(points, outline))]
    return [replace(item, name=name) if isinstance(item, Refusal) else item for item in items]


def _in_order(points: Points, outline: _Outline) -> list[_Activity]:
    def begins(activity: _Activity) -> float:
        indices = _indices(activity)
        known = points.unix_s[indices][~np.isnan(points.unix_s[indices])]
        if len(known):
            return float(known[0])
        start = _stated_start(activity)
        return start.timestamp() if start else float("inf")

    held = [activity for activity in outline.activities if activity.laps]
    return sorted(held or outline.activities[:1], key=begins)  # empty shells beside others are nothing to report


def _refuse(document: Document, outline: _Outline) -> Refusal:
    if outline.plans:
        return Refusal(
            "not_an_activity", "A course or workout to follow, not a recorded activity.",
            suggestion="Export the activity itself.",
        )  # fmt: skip
    if document.fault:
        return Refusal(
            "damaged", f"The file breaks before its first activity ({document.fault.reason}).",
            document.fault.place, "Export or download it again.",
        )  # fmt: skip
    return Refusal("no_records", "The file holds no activity.", suggestion="Export the activity again.")


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
    return notes


def _indices(activity: _Activity) -> NDArray[np.int64]:
    runs = [np.arange(first, last) for lap in activity.laps for track in lap.tracks for first, last in track]
    return np.concatenate(runs) if runs else np.empty(0, dtype=np.int64)


def _stated_start(activity: _Activity) -> datetime | None:
    stated = [lap.start for lap in activity.laps[:1]] + [parse_time(activity.id or "")]
    return next((moment.astimezone(UTC) for moment in stated if moment is not None), None)


def _session(points: Points, activity: _Activity, leg: int, notes: list[Note]) -> Session | Refusal:
    indices = _indices(activity)
    untimed = np.isnan(points.unix_s[indices])
    own = list(notes)
    if untimed.any():
        left_out = f"{int(untimed.sum())} of {len(indices)} points have no time and were left out."
        own.append(Note("points_without_time", left_out))
    indices = indices[~untimed]
    unix_s = points.unix_s[indices]
    columns = {name: values[indices] for name, values in points.columns.items()}
    columns = {name: values for name, values in columns.items() if not np.isnan(values).all()}
    totals = _totals(activity, columns)
    own += _disagreement(totals, unix_s, columns)
    sport, guess = _sport(activity)
    return assemble(
        sport,
        unix_s,
        columns,
        start_utc=None if len(unix_s) else _stated_start(activity),
        utc_offset_s=_offset(points.offset_s[indices]),
        totals=totals,
        running=_running(points, activity) or None,
        labels=Labels(title=_title(activity), device=activity.device, leg=leg),
        notes=[*own, *guess],
    )


def _sport(activity: _Activity) -> tuple[Sport, list[Note]]:
    """Garmin knows only Running, Biking and Other; others write words of their own, in any case."""
    if not activity.sport:
        return Sport.OTHER, [Note("sport_guessed", "Taken as other: the file states no sport.")]
    sport = sport_from_words(activity.sport)
    if sport is None:
        return Sport.OTHER, [Note("sport_guessed", f"Taken as other: the sport “{activity.sport[:40]}” is not known.")]
    return sport, []


def _title(activity: _Activity) -> str | None:
    text = activity.notes
    return text if text and len(text) <= _MAX_TITLE and "\n" not in text else None


def _totals(activity: _Activity, columns: dict[str, Floats]) -> Totals:
    """Sums over the laps where each lap states them. Heart rates of laps only where no point has one."""
    laps = activity.laps
    has_heart_rate = "heart_rate_bpm" in columns
    weighed = [(lap.avg_heart_rate_bpm, lap.timer_s) for lap in laps if lap.avg_heart_rate_bpm and lap.timer_s]
    beats = sum(rate * timer for rate, timer in weighed if rate and timer)
    weight = sum(timer for _, timer in weighed if timer)
    peaks = [lap.max_heart_rate_bpm for lap in laps if lap.max_heart_rate_bpm]
    return Totals(
        distance_m=_sum([lap.distance_m for lap in laps]),
        timer_s=_sum([lap.timer_s for lap in laps]),
        avg_heart_rate_bpm=beats / weight if weight and not has_heart_rate else None,
        max_heart_rate_bpm=max(peaks) if peaks and not has_heart_rate else None,
    )


def _sum(values: list[float | None]) -> float | None:
    """None if any lap is silent, or if all say 0: then the laps know nothing and the points decide."""
    known = [value for value in values if value is not None]
    return (sum(known) or None) if len(known) == len(values) else None


def _disagreement(totals: Totals, unix_s: Floats, columns: dict[str, Floats]) -> list[Note]:
    """A note where the laps claim far more time than the points cover: the points were thinned out or cut off."""
    if totals.timer_s is None or len(unix_s) < 2:
        return []
    span_s = float(unix_s.max() - unix_s.min())
    if span_s >= totals.timer_s * (1 - _DISAGREE):
        return []
    return [
        Note(
            "points_cover_part",
            f"The laps state {totals.timer_s / 60:.0f} min, the points cover {span_s / 60:.0f} min; "
            "the totals are those of the laps.",
        )
    ]


def _running(points: Points, activity: _Activity) -> list[tuple[float, float]]:
    """When the timer ran: the tracks, of which a new one within a lap is a pause, a new lap is none."""
    intervals: list[tuple[float, float]] = []
    for lap in activity.laps:
        seam = True
        for track in lap.tracks:
            times = np.concatenate([points.unix_s[first:last] for first, last in track]) if track else np.empty(0)
            times = times[~np.isnan(times)]
            if not len(times):
                continue
            first_s, last_s = float(times.min()), float(times.max())
            if intervals and seam and 0 <= first_s - intervals[-1][1] <= LAP_SEAM_S:
                intervals[-1] = (intervals[-1][0], last_s)
            else:
                intervals.append((first_s, last_s))
            seam = False
    return intervals


def _offset(offset_s: Floats) -> int | None:
    stated = offset_s[~np.isnan(offset_s)]
    if not len(stated):
        return None
    values, counts = np.unique(stated, return_counts=True)
    return int(values[counts.argmax()]) or None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None
