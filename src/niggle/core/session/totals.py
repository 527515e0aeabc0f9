"""Totals as stated and as recorded: which of the two is believed, and why."""

from __future__ import annotations

from dataclasses import dataclass

from niggle.core.session.clean import is_per_leg
from niggle.core.session.limits import MAX_ELAPSED_S, MAX_TIMER_S, VALUE_BOUNDS, top_speed_mps
from niggle.core.session.moving import recorded_s
from niggle.core.session.types import Floats, Note, Sport


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals as the device or service states them; None where it does not. They win over computed values.

    One exception: `moving_s` is used only where no distance along the time is known, because devices mean different
    things by it (several store the timer time there).
    """

    distance_m: float | None = None
    timer_s: float | None = None
    elapsed_s: float | None = None
    moving_s: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    avg_heart_rate_bpm: float | None = None
    max_heart_rate_bpm: float | None = None
    avg_cadence_spm: float | None = None


def plausible_totals(sport: Sport, totals: Totals, notes: list[Note]) -> Totals:
    """Stated totals without those that cannot be: negative, not finite, a heart rate of 0, longer than a session."""

    def within(value: float | None, low: float, high: float) -> float | None:
        return float(value) if value is not None and low <= value <= high else None

    heart_low, heart_high = VALUE_BOUNDS["heart_rate_bpm"]
    cadence = within(totals.avg_cadence_spm, 1.0, VALUE_BOUNDS["cadence_spm"][1])
    elapsed = within(totals.elapsed_s, 0.0, MAX_ELAPSED_S)
    timer = within(totals.timer_s, 0.0, MAX_ELAPSED_S)
    distance = within(totals.distance_m, 0.0, top_speed_mps(sport) * MAX_TIMER_S)
    if totals.elapsed_s is not None and elapsed is None:
        notes.append(Note("elapsed_implausible", "the stated elapsed time cannot be true and was left out"))
    if totals.distance_m is not None and distance is None:
        notes.append(Note("distance_implausible", "the stated distance cannot be true and was left out"))
    return Totals(
        distance_m=distance,
        timer_s=timer if timer != 0.0 else None,
        elapsed_s=elapsed if elapsed != 0.0 else None,
        moving_s=within(totals.moving_s, 0.0, MAX_ELAPSED_S),
        ascent_m=within(totals.ascent_m, 0.0, 30_000.0),
        descent_m=within(totals.descent_m, 0.0, 30_000.0),
        avg_heart_rate_bpm=within(totals.avg_heart_rate_bpm, heart_low, heart_high),
        max_heart_rate_bpm=within(totals.max_heart_rate_bpm, heart_low, heart_high),
        avg_cadence_spm=cadence * 2.0 if cadence is not None and is_per_leg(sport, cadence) else cadence,
    )


def durations(
    time_s: Floats,
    distance: Floats | None,
    intervals: list[tuple[float, float]] | None,
    stated: Totals,
    notes: list[Note],
) -> tuple[float | None, float | None]:
    """(timer, elapsed) seconds. Stated ones stand unless they contradict each other or the longest a session lasts."""
    span = float(time_s[-1] - time_s[0])
    timer, elapsed = stated.timer_s, stated.elapsed_s
    contradict = timer is not None and elapsed is not None and timer > elapsed + 1.0
    if timer is not None and elapsed is not None and not contradict and timer <= MAX_TIMER_S:
        return timer, elapsed
    recorded = recorded_s(time_s, distance, intervals)
    if contradict and timer is not None and elapsed is not None:
        dense = recorded_s(time_s, None, None)
        if abs(timer - span) <= 0.05 * span and abs(elapsed - dense) <= 0.25 * dense and dense < 0.75 * span:
            notes.append(Note("timer_swapped", "timer time and elapsed time were stored the wrong way round"))
            return elapsed, timer
        notes.append(Note("timer_inconsistent", "timer time exceeds elapsed time; both were taken from the records"))
        return recorded, max(span, recorded)
    if timer is None or timer > MAX_TIMER_S:
        if timer is not None:
            notes.append(
                Note("timer_implausible", "the stated timer time cannot be true; it was taken from the records")
            )
        timer = recorded if recorded > 0.0 or span > 0.0 else elapsed
        if timer is not None and elapsed is not None:
            timer = min(timer, elapsed)
    if elapsed is None:
        elapsed = max(span, timer or 0.0)
    return timer, elapsed


def total_distance_m(
    sport: Sport, distance: Floats | None, elapsed: float | None, stated: Totals, notes: list[Note]
) -> float | None:
    """The stated distance, unless it is missing, 0 against the records, impossible in the time, or was doubled."""
    along = float(distance[-1]) if distance is not None else None
    total = stated.distance_m
    if total is None or along is None:
        return total if total else along
    if total == 0.0 and along > 0.0:
        notes.append(Note("distance_from_records", "the stated distance is 0; it was taken from the records"))
        return along
    if any(note.code == "distance_doubled" for note in notes):
        return total / 2.0 if total > 1.5 * along else total
    if elapsed is not None and total > top_speed_mps(sport) * elapsed + 1_000.0:
        notes.append(Note("distance_implausible", "the stated distance cannot be true; it was taken from the records"))
        return along
    return total
