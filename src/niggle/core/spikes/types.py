"""Shapes of the spike engine: what was found, what it means for a day, what a plan would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from niggle.core.body import LoadTissue
from niggle.core.history import Surface, Tag
from niggle.core.outcomes import Light
from niggle.core.reasons import Reason, Weight
from niggle.core.session.types import Sport
from niggle.core.tissue import TissueState
from niggle.core.values import value
from niggle.core.words import often


@often
class GateState(StrEnum):
    """Distance against the longest run of the 30 days before. Steps and rates: Frandsen 2025 (measured)."""

    NOT_CALCULABLE = "not_calculable"  # no run in 30 days, or no distance: not a spike, but not known either
    REFERENCE = "reference"
    SMALL = "small"
    MODERATE = "moderate"
    LARGE = "large"


@value(frozen=True, slots=True)
class Gate:
    state: GateState
    ratio: float | None
    distance_m: float | None
    longest_m: float | None
    reason: Reason


@value(frozen=True, slots=True)
class Spike:
    """One load spike. `type` is a LOAD-Snn id; `reason.rule` the rule that found it, which may be a LOAD-Rnn."""

    type: str
    code: str
    on: date
    session_id: str | None
    reason: Reason
    stressor: bool  # counts for "one new stressor a week"


@often
class Exposure(StrEnum):
    """What can be left out of a day."""

    RUN = "run"
    LONG = "long"
    SPEED = "speed"
    HILLS = "hills"
    DOWNHILL = "downhill"
    TRACK = "track"
    PLYOMETRIC = "plyometric"
    NEW_STRESSOR = "new_stressor"  # anything that counts as new this week


@value(frozen=True, slots=True)
class LeaveOut:
    """`until` is the first day on which it is open again; `until_s` the moment (unix seconds) where one is known."""

    exposure: Exposure
    rule: str
    until: date | None = None
    until_s: float | None = None


@value(frozen=True, slots=True)
class Limit:
    value: float
    rule: str


@value(frozen=True, slots=True)
class Caps:
    """The most that load alone allows on a normal day; None = load sets no limit there (the reasons say why).

    week_left_km is what is left of week_total_km after this week's running; today_km the smaller of that and the
    longest session.
    """

    longest_session_km: Limit | None
    longest_session_min: Limit | None
    week_total_km: Limit | None
    week_left_km: Limit | None
    longest_descent_m: Limit | None
    leave_out: tuple[LeaveOut, ...]
    reasons: tuple[Reason, ...]

    @property
    def today_km(self) -> Limit | None:
        limits = [x for x in (self.longest_session_km, self.week_left_km) if x is not None]
        return min(limits, key=lambda x: x.value, default=None)


@dataclass(frozen=True, slots=True)
class Planned:
    """A session that has not happened. start_s only matters for spacing after heavy calf work."""

    distance_m: float | None = None
    duration_s: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    sport: Sport = Sport.RUN
    tags: frozenset[Tag] = frozenset()
    surface: Surface | None = None
    shoe: str | None = None
    start_s: float | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a planned session would do. `before` and `after` are the tissues at the end of the day without and with."""

    gate: Gate
    week_m: float  # this week's running with it
    before: Mapping[LoadTissue, TissueState]
    after: Mapping[LoadTissue, TissueState]
    spikes: tuple[Spike, ...]
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> Weight:
        """The heaviest of the reasons; INFO where nothing speaks against it."""
        order = (Weight.STOP, Weight.CAUTION)
        return next((w for w in order if any(r.weight is w for r in self.reasons)), Weight.INFO)


@often
class WeekVerdict(StrEnum):
    OK = "ok"
    GROWTH = "growth"  # above the growth cap: a caution
    GROWTH_CAP = "growth_cap"  # above the most a comeback may grow: not to be planned
    DOUBLING = "doubling"
    NOT_APPLICABLE = "not_applicable"  # tiny volumes, ladders, no week to compare with


@value(frozen=True, slots=True)
class Week:
    """One week of running. Amounts are metres, or seconds where some run has no distance (`by_time`)."""

    start: date
    distance_m: float
    time_s: float
    runs: int
    longest_m: float
    by_time: bool
    cutback: bool
    partial: bool  # not over yet on the day asked for
    reference: float | None  # the last week before it that was no cutback, same unit as the amount
    after_cutback: bool
    verdict: WeekVerdict

    @property
    def amount(self) -> float:
        return self.time_s if self.by_time else self.distance_m


@dataclass(frozen=True, slots=True)
class Told:
    """Something no log shows, as the runner says it: a spike's code (landing_change, day_load, carried_weight, ...)."""

    code: str
    on: date


class Said(Protocol):
    """The answers of a check-in that load rules look at (a part of core.checkin.Answers)."""

    @property
    def sleep_h(self) -> float | None: ...
    @property
    def heavy_legs(self) -> bool | None: ...
    @property
    def standing_h(self) -> float | None: ...
    @property
    def pain_start(self) -> float | None: ...
    @property
    def pain_max(self) -> float | None: ...


class DayReport(Protocol):
    """A day's check-in as the load rules see it; core.checkin.CheckIn fits."""

    @property
    def on(self) -> date: ...
    @property
    def site(self) -> str | None: ...
    @property
    def acute(self) -> bool: ...
    @property
    def answers(self) -> Said: ...


# A yellow light turns a caution about stacking into a stop; the light itself comes from pain.
def is_guarded(light: Light | None, plan_active: bool) -> bool:
    return plan_active or light in (Light.YELLOW, Light.RED)
