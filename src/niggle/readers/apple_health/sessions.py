"""From Apple's workouts to Sessions: which of several copies counts, its route, its measurements second by second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.session import Floats, Labels, Note, ReadItem, Refusal, Session, Sport, Totals, assemble, is_run
from niggle.readers.apple_health.export_xml import Attributes, Workout
from niggle.readers.apple_health.values import (
    COLUMN_OF,
    DISTANCE,
    HEART_RATE,
    KINDS,
    STEPS,
    length_of,
    minutes_s,
    number,
    offset_s,
    quantity,
    sport_of,
    stated_offset_s,
    unix_s,
)

_OVERLAP_SHARE: Final = 0.5  # of the shorter of two: beyond it they are one run written by two apps (heuristic)
_HOLD_S: Final = 10.0  # a measurement stands for the seconds until the next, this long at most
_HEART_HOLD_S: Final = 15.0  # the watch writes the pulse every 5 s, in the cold a little slower
_DISTANCE: Final = "HKQuantityTypeIdentifierDistanceWalkingRunning"
_OTHER_DISTANCES: Final = ("HKQuantityTypeIdentifierDistanceCycling", "HKQuantityTypeIdentifierDistanceSwimming")
_HEART: Final = "HKQuantityTypeIdentifierHeartRate"

Records = NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Timed:
    """A workout with its span in unix seconds."""

    workout: Workout
    start_s: float
    end_s: float
    sport: Sport

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """The watch before the phone and other apps; then the one with a route, then the one with more numbers."""
        w = self.workout
        words = (w.attributes.get("device", "") + w.attributes.get("sourceName", "")).casefold()
        return ("watch" in words, bool(w.routes), len(w.statistics))


def timed(workout: Workout) -> Timed | Refusal:
    start = unix_s(workout.attributes.get("startDate", ""))
    end = unix_s(workout.attributes.get("endDate", ""))
    if start is None or end is None:
        said = workout.attributes.get("startDate", "")[:40] or "nothing"
        return Refusal("no_date", f"the start “{said}” is no date", workout.place, "leave this workout out")
    if end < start:
        return Refusal("no_distance_no_time", "ends before it starts", workout.place, "delete it in the Health app")
    indoor = workout.metadata.get("HKIndoorWorkout") == "1"
    return Timed(workout, start, end, sport_of(workout.attributes.get("workoutActivityType", ""), indoor))


def _family(sport: Sport) -> str:
    return "foot" if is_run(sport) or sport in (Sport.WALK, Sport.HIKE) else sport.value


def without_copies(workouts: Sequence[Timed]) -> list[tuple[Timed, tuple[Note, ...]]]:
    """One of each run that several apps wrote, in order of time; the kept one notes what was left out."""
    kept: list[tuple[Timed, list[Note]]] = []
    for one in sorted(workouts, key=lambda t: (t.start_s, t.end_s)):
        twin = next((i for i in range(len(kept) - 1, max(len(kept) - 20, 0) - 1, -1) if _same(kept[i][0], one)), None)
        if twin is None:
            kept.append((one, []))
            continue
        other, notes = kept[twin]
        better, worse = (one, other) if one.rank > other.rank else (other, one)
        app = worse.workout.attributes.get("sourceName", "another app")
        notes.append(Note("copy_left_out", f"the same activity was also written by “{app}”", worse.workout.place))
        kept[twin] = (better, notes)
    return [(one, tuple(notes)) for one, notes in kept]


def _same(a: Timed, b: Timed) -> bool:
    shorter = min(a.end_s - a.start_s, b.end_s - b.start_s)
    overlap = min(a.end_s, b.end_s) - max(a.start_s, b.start_s)
    return _family(a.sport) == _family(b.sport) and overlap > 0 and overlap > _OVERLAP_SHARE * shorter


def session_of(
    one: Timed,
    notes: tuple[Note, ...],
    records: Records,
    route_of: Callable[[str], list[ReadItem]],
) -> ReadItem:
    """A Session of a workout. records: all measured during it (dtype spill.RECORD); route_of: reads a path's GPX."""
    w = one.workout
    more: list[Note] = list(notes)
    route = _route(w, route_of, more)
    own = _choose_sources(records, w.source)
    unix, columns = _columns(one, route, own)
    zone = w.metadata.get("HKTimeZone")
    offset = offset_s(one.start_s, zone)
    if offset is None:
        offset = stated_offset_s(w.attributes.get("startDate", ""))
        more.append(Note("zone_guessed", "the workout names no time zone; the phone's at export was taken", w.place))
    built = assemble(
        one.sport,
        unix,
        columns,
        start_utc=datetime.fromtimestamp(one.start_s, UTC),
        utc_offset_s=offset,
        totals=_totals(one),
        running=_running(one),
        labels=Labels(device=_device(w)),
        notes=more,
    )
    if isinstance(built, Refusal) and built.code == "no_records":
        return _bare(one, offset, more)
    return built if isinstance(built, Session) else replace(built, place=built.place or w.place)


def _bare(one: Timed, offset: int | None, notes: Sequence[Note]) -> ReadItem:
    """A workout of which only totals are known."""
    totals = _totals(one)
    if not totals.timer_s and not totals.distance_m:
        return Refusal(
            "no_distance_no_time", "neither distance nor duration", one.workout.place, "delete it in the app"
        )
    return Session(
        sport=one.sport,
        start_utc=datetime.fromtimestamp(one.start_s, UTC),
        utc_offset_s=offset,
        distance_m=totals.distance_m,
        timer_s=totals.timer_s,
        elapsed_s=totals.elapsed_s,
        ascent_m=totals.ascent_m,
        descent_m=totals.descent_m,
        avg_heart_rate_bpm=totals.avg_heart_rate_bpm,
        max_heart_rate_bpm=totals.max_heart_rate_bpm,
        device=_device(one.workout),
        notes=tuple(notes),
    )


def _device(w: Workout) -> str | None:
    """The device's model; a source's name often holds its owner's, so it is the last choice."""
    parts = dict(p.strip().split(":", 1) for p in w.attributes.get("device", "").strip("<>").split(",") if ":" in p)
    return parts.get("name") or parts.get("model") or w.attributes.get("sourceName") or None


def _statistic(one: Timed, kind: str, which: str) -> float | None:
    found: Attributes | None = one.workout.statistics.get(kind)
    value = number(found.get(which)) if found is not None else None
    if found is None or value is None:
        return None
    return quantity(value, found.get("unit", ""), KINDS.get(kind, DISTANCE))


def _totals(one: Timed) -> Totals:
    a = one.workout.attributes
    distance = _statistic(one, _DISTANCE, "sum")
    for kind in _OTHER_DISTANCES:
        distance = _statistic(one, kind, "sum") if distance is None else distance
    if distance is None:  # before iOS 16
        distance = length_of(f"{a.get('totalDistance', '')} {a.get('totalDistanceUnit', '')}")
    return Totals(
        distance_m=distance,
        timer_s=minutes_s(a.get("duration"), a.get("durationUnit")),
        elapsed_s=one.end_s - one.start_s,
        ascent_m=length_of(one.workout.metadata.get("HKElevationAscended")),
        descent_m=length_of(one.workout.metadata.get("HKElevationDescended")),
        avg_heart_rate_bpm=_statistic(one, _HEART, "average"),
        max_heart_rate_bpm=_statistic(one, _HEART, "maximum"),
    )


def _running(one: Timed) -> list[tuple[float, float]] | None:
    """When the timer ran: between the runner's own pauses. The watch's automatic ones belong to the moving time."""
    spans: list[tuple[float, float]] = []
    since: float | None = one.start_s
    for kind, date in sorted(one.workout.events, key=lambda e: unix_s(e[1]) or 0.0):
        at = unix_s(date)
        if at is None:
            continue
        if kind == "HKWorkoutEventTypePause" and since is not None:
            spans.append((since, max(at, since)))
            since = None
        elif kind == "HKWorkoutEventTypeResume" and since is None:
            since = at
    if since is not None:
        spans.append((since, max(one.end_s, since)))
    return spans if len(spans) > 1 else None


def _route(w: Workout, route_of: Callable[[str], list[ReadItem]], notes: list[Note]) -> list[Session]:
    parts: list[Session] = []
    for path in w.routes:
        for item in route_of(path):
            if isinstance(item, Session) and item.streams is not None:
                parts.append(item)
            elif isinstance(item, Refusal):
                notes.append(Note("route_unread", f"the route {path[:200]} was not read: {item.message}", item.place))
    return sorted(parts, key=lambda s: s.start_utc)


def _choose_sources(records: Records, own: int) -> dict[int, Records]:
    """Each kind's records from one source: the workout's own, else that with most (phone and watch both count)."""
    chosen: dict[int, Records] = {}
    for kind in np.unique(records["kind"]):
        of_kind = records[records["kind"] == kind]
        counts = Counter(of_kind["source"].tolist())
        source = own if own in counts else counts.most_common(1)[0][0]
        chosen[int(kind)] = of_kind[of_kind["source"] == source]
    return chosen


def _columns(one: Timed, route: Sequence[Session], records: dict[int, Records]) -> tuple[Floats, dict[str, Floats]]:
    columns: dict[str, Floats] = {}
    if route:
        unix = np.concatenate([_unix(part) for part in route])
        order = np.argsort(unix, kind="stable")
        unix = unix[order]
        for name in ("latitude_deg", "longitude_deg", "altitude_m", "speed_mps"):
            stacked = np.concatenate([_stream(part, name) for part in route])[order]
            if np.isfinite(stacked).any():
                columns[name] = stacked
    else:
        times = [r["start"] for r in records.values()]
        if DISTANCE in records:
            times.append(records[DISTANCE]["end"])
        unix = np.unique(np.concatenate(times)) if times else np.empty(0)
        unix = unix[(unix >= one.start_s) & (unix <= one.end_s)]
    if not len(unix):
        return unix, columns
    for kind, found in records.items():
        name = COLUMN_OF[kind]
        if kind == DISTANCE:
            along = _distance(unix, found, one)
            if along is not None:
                columns[name] = along
        elif not (name == "speed_mps" and name in columns and np.isfinite(columns[name]).mean() > 0.9):
            columns[name] = _held(unix, found, kind)
    return unix, columns


def _unix(part: Session) -> Floats:
    assert part.streams is not None
    return part.streams.columns["time_s"] + part.start_utc.timestamp()


def _stream(part: Session, name: str) -> Floats:
    assert part.streams is not None
    column = part.streams.get(name)
    return column if column is not None else np.full(len(part.streams), np.nan)


def _held(unix: Floats, found: Records, kind: int) -> Floats:
    """Each moment's latest measurement, while it lasts and a little longer; counts of steps as steps per minute."""
    value = found["value"].astype(float)
    if kind == STEPS:
        span = found["end"] - found["start"]
        value = np.where(span > 0, value * 60.0 / np.where(span > 0, span, 1.0), np.nan)
    latest = np.searchsorted(found["start"], unix, side="right") - 1
    held = np.full(len(unix), np.nan)
    has = latest >= 0
    at = latest[has]
    hold = _HEART_HOLD_S if kind == HEART_RATE else _HOLD_S
    fresh = unix[has] <= found["end"][at] + hold
    held[np.flatnonzero(has)[fresh]] = value[at[fresh]]
    return held


def _distance(unix: Floats, found: Records, one: Timed) -> Floats | None:
    """Cumulative metres: each record's length spread over its time. None where records only brush the workout."""
    inside = found[(found["start"] >= one.start_s - 1) & (found["end"] <= one.end_s + 1)]
    if len(inside) < 2:
        return None
    ends = np.maximum.accumulate(inside["end"])
    knots = np.concatenate([[inside["start"][0]], ends])
    metres = np.concatenate([[0.0], np.cumsum(inside["value"])])
    total = _totals(one).distance_m
    if total is not None and total > 0 and not 0.8 <= metres[-1] / total <= 1.25:
        return None  # another device's share, or gaps: the route or the total tells more
    along: Floats = np.interp(unix, knots, metres)
    return along
