"""State of each tissue on a day: load not yet recovered from, what it is used to, and the week against that.

Two pools (structure after Banister, all constants heuristic, in tissues.yaml):
    U(day) = U(day-1) * exp(-1/fatigue_days) + D(day)
    K(day) = K(day-1) * exp(-1/capacity_days) + g * min(D(day), D_sat(day)),   g = 1 - exp(-1/capacity_days)
so that K is the daily load a tissue has grown used to. D_sat is `capacity_saturation` times the mean of the load days
before: one monstrous day does not build a tissue. Days end at midnight; a session counts in full on its own day.
A bookkeeping of load, not a measure of tissue; the ratio is context and never a gate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from niggle.core.body import LOAD_TISSUES, LoadTissue
from niggle.core.history import History, Ints
from niggle.core.knowledge_types import Knowledge
from niggle.core.session.types import Floats

_POOL_LENGTHS = 5  # after so many time constants less than one per cent is left
_SATURATION_DAYS = 42


class LoadWord(StrEnum):
    """The week against what the tissue is used to, in words. Steps are `state_words` (heuristic)."""

    NOT_KNOWN = "not_known"  # the log is too short or the tissue had no load
    BELOW = "below"
    USUAL = "usual"
    ABOVE = "above"
    WELL_ABOVE = "well_above"
    FAR_ABOVE = "far_above"


@dataclass(frozen=True, slots=True)
class TissueState:
    """Loads in easy kilometres. ratio = week_load / usual_week_load; None where nothing is usual yet."""

    tissue: LoadTissue
    unrecovered: float
    capacity: float  # per day
    week_load: float
    usual_week_load: float | None
    ratio: float | None
    word: LoadWord


@dataclass(frozen=True, slots=True)
class TissueSeries:
    """Daily arrays for charts: days (n ordinals); the others n x len(LOAD_TISSUES); ratio is NaN where not known."""

    days: tuple[date, ...]
    dose: Floats
    unrecovered: Floats
    capacity: Floats
    ratio: Floats


def daily_doses(history: History, first: int, last: int) -> Floats:
    """Doses summed per day, (last - first + 1) x tissues; days are ordinals; unknown doses count nothing."""
    lo, hi = np.searchsorted(history.day, [first, last + 1])
    grid = np.zeros((last - first + 1, len(LOAD_TISSUES)))
    np.add.at(grid, history.day[lo:hi] - first, np.nan_to_num(history.doses[lo:hi]))
    return grid


def states(history: History, on: date, knowledge: Knowledge) -> Mapping[LoadTissue, TissueState]:
    """State of every tissue at the end of `on`; sessions after that day are not looked at."""
    fatigue, capacity = _clocks(knowledge)
    today = on.toordinal()
    usual_days, acute_days = int(knowledge.number("usual_days")), int(knowledge.number("acute_days"))
    back = max(int(_POOL_LENGTHS * capacity.max()), usual_days + acute_days)
    grid = daily_doses(history, today - back - _SATURATION_DAYS, today)
    useful = _saturated(grid, knowledge.number("capacity_saturation"))[_SATURATION_DAYS:]
    grid = grid[_SATURATION_DAYS:]
    ages = np.arange(len(grid) - 1, -1, -1.0)[:, None]
    unrecovered = (grid * np.exp(-ages / fatigue)).sum(axis=0)
    used_to = (useful * np.exp(-ages / capacity)).sum(axis=0) * -np.expm1(-1 / capacity)
    week = grid[-acute_days:].sum(axis=0)
    usual = _usual(grid, history, today, knowledge)
    words = knowledge.numbers("state_words")
    result = {}
    for i, tissue in enumerate(LOAD_TISSUES):
        base = float(usual[i])
        ratio = float(week[i]) / base if base > 0 else None
        result[tissue] = TissueState(
            tissue, float(unrecovered[i]), float(used_to[i]), float(week[i]), base if base > 0 else None, ratio,
            word_of(ratio, words),
        )  # fmt: skip
    return result


def word_of(ratio: float | None, steps: tuple[float, ...]) -> LoadWord:
    """Below the first step, up to and including each further one."""
    if ratio is None or math.isnan(ratio):
        return LoadWord.NOT_KNOWN
    if ratio < steps[0]:
        return LoadWord.BELOW
    for word, top in zip((LoadWord.USUAL, LoadWord.ABOVE, LoadWord.WELL_ABOVE), steps[1:], strict=True):
        if ratio <= top * (1 + 1e-9):  # a ratio of exactly 1.1 stays usual whatever the floats say
            return word
    return LoadWord.FAR_ABOVE


def series(history: History, first: date, last: date, knowledge: Knowledge) -> TissueSeries:
    """The same states day by day from `first` to `last`. Raises ValueError when last is before first."""
    if last < first:
        raise ValueError("last is before first")
    fatigue, capacity = _clocks(knowledge)
    start, end = first.toordinal(), last.toordinal()
    usual_days, acute_days = int(knowledge.number("usual_days")), int(knowledge.number("acute_days"))
    lead = max(int(_POOL_LENGTHS * capacity.max()), usual_days + acute_days)
    grid = daily_doses(history, start - lead - _SATURATION_DAYS, end)
    useful = _saturated(grid, knowledge.number("capacity_saturation"))[_SATURATION_DAYS:]
    grid = grid[_SATURATION_DAYS:]
    unrecovered, used_to = _decay(grid, fatigue), _decay(useful, capacity) * -np.expm1(-1 / capacity)
    total = np.concatenate((np.zeros((1, grid.shape[1])), np.cumsum(grid, axis=0)))
    ends = np.arange(lead, len(grid)) + 1
    week = total[ends] - total[ends - acute_days]
    base_days = np.minimum(usual_days, _logged_before(history, ends + start - lead - 1, acute_days))[:, None]
    before = total[ends - acute_days] - total[ends - acute_days - usual_days]
    enough = (base_days >= knowledge.number("usual_min_days")) & (before > 1e-9)
    usual = np.divide(before * acute_days, base_days, out=np.full_like(before, np.nan), where=enough)
    ratio = np.divide(week, usual, out=np.full_like(week, np.nan), where=enough)
    days = tuple(date.fromordinal(d) for d in range(start, end + 1))
    return TissueSeries(days, grid[lead:], unrecovered[lead:], used_to[lead:], ratio)


def _clocks(knowledge: Knowledge) -> tuple[Floats, Floats]:
    tissues = [knowledge.tissues[t] for t in LOAD_TISSUES]
    return np.array([t.fatigue_days for t in tissues]), np.array([t.capacity_days for t in tissues])


def _decay(grid: Floats, days: Floats) -> Floats:
    """Running sum in which each day keeps exp(-1/days) of the day before."""
    keep = np.exp(-1 / days)
    out = np.empty_like(grid)
    pool = np.zeros(grid.shape[1])
    for i, row in enumerate(grid):
        pool = pool * keep + row
        out[i] = pool
    return out


def _saturated(grid: Floats, times: float) -> Floats:
    """Each day's dose, at most `times` the mean of the load days in the six weeks before it (if there were any)."""
    nothing: Floats = np.zeros((1, grid.shape[1]))
    loaded: Floats = np.concatenate((nothing, np.cumsum(grid > 0, axis=0, dtype=np.float64)))
    total: Floats = np.concatenate((nothing, np.cumsum(grid, axis=0)))
    at = np.arange(len(grid))
    first = np.maximum(at - _SATURATION_DAYS, 0)
    count, load = loaded[at] - loaded[first], total[at] - total[first]
    top = np.divide(load * times, count, out=np.full_like(grid, np.inf), where=count > 0)
    return np.minimum(grid, top)


def _logged_before(history: History, day: Ints, acute_days: int) -> Ints:
    """Days of log before the last `acute_days`, per day."""
    if not len(history):
        return np.zeros(len(day), np.int64)
    return np.maximum(day - acute_days - int(history.day[0]) + 1, 0)


def _usual(grid: Floats, history: History, today: int, knowledge: Knowledge) -> Floats:
    """Mean load of seven days in the `usual_days` before the last seven; zeros where the log is too short."""
    acute_days = int(knowledge.number("acute_days"))
    usual_days = int(knowledge.number("usual_days"))
    days = min(usual_days, float(_logged_before(history, np.array([today]), acute_days)[0]))
    if days < knowledge.number("usual_min_days"):
        return np.zeros(grid.shape[1])
    return np.asarray(grid[-acute_days - usual_days : -acute_days].sum(axis=0) * acute_days / days)
