"""From the raw columns of any format to one normalised Session.

Readers call `assemble`; what devices do differently is mended here, once, and noted. The steps are in files of their
own: `clean` (clock, values, cadence), `distance`, `moving` (timer and moving time), `climb`; bounds are in `limits`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from niggle.core.session.clean import (
    Clock,
    believe,
    join_halves,
    mend_clock,
    steps_per_minute,
    without_spikes,
)
from niggle.core.session.climb import ascent_descent_m, smooth_altitude
from niggle.core.session.distance import cumulative_m, speed_from_distance, without_position_spikes
from niggle.core.session.limits import (
    EARLIEST_UNIX_S,
    LATEST_UNIX_S,
    MAX_TIMER_S,
    UTC_OFFSET_RANGE_S,
    top_speed_mps,
)
from niggle.core.session.moving import MAX_GAP_S, moving_s, tidy
from niggle.core.session.totals import Totals, durations, plausible_totals, total_distance_m
from niggle.core.session.types import STREAM_NAMES, Floats, Note, Refusal, Session, Sport, Streams, is_run
from niggle.core.units import S_PER_DAY

NO_DISTANCE_M: Final = 1.0  # less than a step
VERY_LONG_S: Final = 3 * S_PER_DAY  # the longest races are over by then

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Labels:
    """What a session is called and came from."""

    title: str | None = None
    gear: str | None = None
    device: str | None = None
    external_id: str | None = None
    leg: int = 0
    tags: frozenset[str] = frozenset()


def assemble(
    sport: Sport,
    unix_s: Floats,
    columns: Mapping[str, Floats],
    *,
    start_utc: datetime | None = None,
    utc_offset_s: int | None = None,
    totals: Totals = Totals(),
    running: Sequence[tuple[float, float]] | None = None,
    labels: Labels = Labels(),
    notes: Sequence[Note] = (),
) -> Session | Refusal:
    """One Session from raw columns, or the named reason why there is none.

    unix_s: seconds since 1970 UTC per record, may jump, repeat or step back (mended and noted).
    columns: any of STREAM_NAMES but time_s; cadence may be per leg or per step (a running median below 120 is per
    leg). Arrays of another length than unix_s or unknown names raise ValueError: a reader's mistake.
    running: intervals (unix seconds) in which the timer ran; None = unknown. Segment borders of GPX/TCX are given so.
    start_utc: the stated start; else the first plausible record.

    The Session's altitude stream is smoothed (see `climb.smooth_altitude`); ascent and descent are the device's, else
    counted with 3 m of hysteresis before smoothing. Refusals: no_records, no_time, no_date, implausible_date,
    too_long, no_distance_no_time. A date in the future is left to the caller, who has a clock.
    """
    _check_shapes(unix_s, columns)
    found = list(notes)
    stated = plausible_totals(sport, totals, found)
    columns, unix_s = _without_empty_records(columns, unix_s, found)
    unix_s, columns = join_halves(unix_s, columns, found)
    clock = mend_clock(unix_s, "distance_m" in columns)
    found.extend(clock.notes)
    if not len(clock.unix_s) and (refused := _refuse_without_records(unix_s, start_utc, stated)) is not None:
        return refused
    start = _start_s(start_utc, clock.unix_s, found)
    if isinstance(start, Refusal):
        return start
    base = Session(
        sport=sport,
        start_utc=_EPOCH + timedelta(seconds=start),
        utc_offset_s=_plausible_offset(utc_offset_s),
        title=labels.title,
        gear=labels.gear,
        device=labels.device,
        external_id=labels.external_id,
        leg=labels.leg,
        tags=labels.tags,
    )
    if len(clock.unix_s):
        session = _with_records(base, start, clock, columns, stated, running, found)
    else:
        found.append(Note("no_streams", "only totals, no recording"))
        session = _with_totals(base, stated)
    return _refuse_without_substance(session) or replace(session, notes=(*found, *_doubts(session)))


def _check_shapes(unix_s: Floats, columns: Mapping[str, Floats]) -> None:
    for name, values in columns.items():
        if name not in STREAM_NAMES or name == "time_s":
            raise ValueError(f"no stream is called {name!r}")
        if len(values) != len(unix_s):
            raise ValueError(f"{name} has {len(values)} values for {len(unix_s)} times")


def _without_empty_records(
    columns: Mapping[str, Floats], unix_s: Floats, notes: list[Note]
) -> tuple[Mapping[str, Floats], Floats]:
    """Leave out records that hold a time and nothing else at the end; in between they mark that time went on."""
    if not columns or not len(unix_s):
        return columns, unix_s
    if not all(np.isnan(values[-1]) for values in columns.values()):
        return columns, unix_s
    filled = np.zeros(len(unix_s), bool)
    for values in columns.values():
        filled |= ~np.isnan(values)
    end = int(np.flatnonzero(filled)[-1]) + 1 if filled.any() else len(unix_s)
    if end == len(unix_s):
        return columns, unix_s
    notes.append(Note("empty_records", f"{len(unix_s) - end} records without any value at the end were left out"))
    return {name: values[:end] for name, values in columns.items()}, unix_s[:end]


def _refuse_without_records(unix_s: Floats, start_utc: datetime | None, stated: Totals) -> Refusal | None:
    """Why no record has a date, where totals with a start cannot stand in for them."""
    if start_utc is not None and (stated.distance_m is not None or stated.timer_s is not None):
        return None
    if start_utc is not None and stated.elapsed_s is not None:
        return None
    if not len(unix_s):
        return Refusal("no_records", "no recorded points and no totals", None, "Export the activity again.")
    if np.isnan(unix_s).all():
        return Refusal(
            "no_time",
            f"{len(unix_s)} points, none with a time: a route, not an activity",
            None,
            "Export the activity as FIT or TCX, which keep the times.",
        )
    return Refusal(
        "implausible_date",
        "no recorded point is dated between 1990 and 2100",
        None,
        "Enter the run by hand with its date.",
    )


def _start_s(start_utc: datetime | None, unix_s: Floats, notes: list[Note]) -> float | Refusal:
    """Unix seconds of the start: as stated where the records agree, else the first record."""
    first = float(unix_s[0]) if len(unix_s) else None
    if start_utc is not None:
        stated = (start_utc - _EPOCH).total_seconds()
        if first is None:
            if EARLIEST_UNIX_S <= stated <= LATEST_UNIX_S:
                return stated
            return Refusal(
                "implausible_date",
                f"starts on {start_utc.date().isoformat()}",
                None,
                "Correct the date in the service it comes from, or enter the run by hand.",
            )
        if stated <= first <= stated + S_PER_DAY:
            return stated
        if abs(stated - first) > MAX_GAP_S:
            notes.append(
                Note("start_from_records", "the stated start does not fit the records; the first record was taken")
            )
        return first
    if first is None:
        return Refusal("no_date", "no start and no dated record", None, "Enter the run by hand with its date.")
    return first


def _plausible_offset(utc_offset_s: int | None) -> int | None:
    low, high = UTC_OFFSET_RANGE_S
    return utc_offset_s if utc_offset_s is not None and low <= utc_offset_s <= high else None


def _with_totals(base: Session, stated: Totals) -> Session:
    timer, elapsed = stated.timer_s, stated.elapsed_s
    if timer is not None and elapsed is not None and timer > elapsed + 1.0:
        elapsed = timer
    return replace(
        base,
        distance_m=stated.distance_m,
        timer_s=timer if timer is not None else elapsed,
        elapsed_s=elapsed if elapsed is not None else timer,
        moving_s=stated.moving_s,
        ascent_m=stated.ascent_m,
        descent_m=stated.descent_m,
        avg_heart_rate_bpm=stated.avg_heart_rate_bpm,
        max_heart_rate_bpm=stated.max_heart_rate_bpm,
        avg_cadence_spm=stated.avg_cadence_spm,
    )


def _with_records(
    base: Session,
    start: float,
    clock: Clock,
    columns: Mapping[str, Floats],
    stated: Totals,
    running: Sequence[tuple[float, float]] | None,
    notes: list[Note],
) -> Session:
    """The base with streams and totals: stated ones where they stand, computed ones elsewhere."""
    sport = base.sport
    time_s = clock.unix_s - start
    if not isinstance(clock.keep, slice):
        columns = {name: values[clock.keep] for name, values in columns.items()}
    if "cadence_spm" in columns:
        columns = {**columns, "cadence_spm": steps_per_minute(sport, columns["cadence_spm"])}
    streams = believe(sport, columns)
    intervals = _intervals(running, clock, start)
    if "latitude_deg" in streams:
        streams["latitude_deg"], streams["longitude_deg"] = without_position_spikes(
            sport, time_s, streams["latitude_deg"], streams["longitude_deg"]
        )
    distance = cumulative_m(sport, time_s, streams, notes)
    streams.pop("distance_m", None)
    if distance is not None:
        streams["distance_m"] = distance
        if "speed_mps" not in streams:
            speed = speed_from_distance(time_s, distance)
            streams["speed_mps"] = np.where(speed <= top_speed_mps(sport), speed, np.nan)
    climbed = None
    altitude = streams.get("altitude_m")
    if altitude is not None:
        altitude = without_spikes(time_s, altitude)
        if stated.ascent_m is None or stated.descent_m is None:
            climbed = ascent_descent_m(altitude)
        streams["altitude_m"] = smooth_altitude(time_s, altitude)
    timer, elapsed = durations(time_s, distance, intervals, stated, notes)
    moving = stated.moving_s
    if distance is not None:
        # A stated moving time is often the timer time under another name, so the records go first.
        moving = moving_s(time_s, distance, intervals)
        moving = moving if timer is None else min(moving, timer)
    heart = streams.get("heart_rate_bpm")
    return replace(
        base,
        distance_m=total_distance_m(sport, distance, elapsed, stated, notes),
        timer_s=timer,
        elapsed_s=elapsed,
        moving_s=moving,
        ascent_m=stated.ascent_m if stated.ascent_m is not None or climbed is None else climbed[0],
        descent_m=stated.descent_m if stated.descent_m is not None or climbed is None else climbed[1],
        avg_heart_rate_bpm=_first(stated.avg_heart_rate_bpm, _mean(time_s, heart)),
        max_heart_rate_bpm=_first(stated.max_heart_rate_bpm, None if heart is None else float(np.fmax.reduce(heart))),
        avg_cadence_spm=_first(stated.avg_cadence_spm, _mean(time_s, streams.get("cadence_spm"), above_zero=True)),
        streams=Streams({"time_s": time_s, **{name: streams[name] for name in STREAM_NAMES if name in streams}}),
    )


def _intervals(
    running: Sequence[tuple[float, float]] | None, clock: Clock, start: float
) -> list[tuple[float, float]] | None:
    """Timer intervals in seconds from the start, on the mended clock; None where they are unknown or cannot be carried.

    Intervals that hold none of the records tell nothing and count as unknown.
    """
    if running is None or clock.raw_s is None:
        return None
    kept = [(a, b) for a, b in tidy(running) if b >= clock.raw_s[0] and a <= clock.raw_s[-1]]
    if not kept:
        return None
    if clock.raw_s is clock.unix_s:
        return [(a - start, b - start) for a, b in kept]
    ends = np.interp(np.asarray(kept), clock.raw_s, clock.unix_s) - start
    return [(float(a), float(b)) for a, b in ends]


def _first(stated: float | None, computed: float | None) -> float | None:
    return stated if stated is not None else computed


def _mean(time_s: Floats, values: Floats | None, above_zero: bool = False) -> float | None:
    """Mean by time: each value weighs until the next record, a gap no more than MAX_GAP_S."""
    if values is None:
        return None
    there = values > 0.0 if above_zero else ~np.isnan(values)
    if not there.any():
        return None
    weights = np.minimum(np.diff(time_s, append=time_s[-1] + 1.0), MAX_GAP_S)[there]
    kept = values[there]
    total = float(weights.sum())
    return float((kept * weights).sum() / total) if total > 0.0 else float(kept.mean())


def _doubts(session: Session) -> tuple[Note, ...]:
    """What is kept as it stands but deserves a look by the runner."""
    doubts: list[Note] = []
    if is_run(session.sport) and session.distance_m is not None and session.distance_m < NO_DISTANCE_M:
        doubts.append(Note("no_distance", "no distance was covered; undo its import if it is no run"))
    if session.timer_s is not None and session.timer_s > VERY_LONG_S:
        days = session.timer_s / S_PER_DAY
        doubts.append(Note("very_long", f"lasts {days:.0f} days by its times; undo its import if that cannot be"))
    return tuple(doubts)


def _refuse_without_substance(session: Session) -> Refusal | None:
    """Neither a distance nor a duration, or longer than a session can be."""
    timer = session.timer_s or 0.0
    if not session.distance_m and timer <= 0.0 and not session.elapsed_s:
        return Refusal(
            "no_distance_no_time", "neither distance nor duration", None, "Enter the run by hand if it was one."
        )
    if timer > MAX_TIMER_S:
        return Refusal(
            "too_long",
            f"the timer ran for {timer / S_PER_DAY:.1f} days",
            None,
            "Split the activity where it was recorded, or enter the run by hand.",
        )
    return None
