"""What the coach looks at and what it says, as values. Sentences are made in wording.coach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niggle.core.outcomes import Light
from niggle.core.reasons import Reason
from niggle.core.routine import Routine, RoutineItem


@dataclass(frozen=True, slots=True)
class OwnCadence:
    """Her usual steps a minute (both feet) on easy runs. speed_mps: at this pace. told: counted, not from the watch."""

    spm: float
    speed_mps: float | None = None
    runs: int = 0
    newest: date | None = None
    told: bool = False


class CueState(StrEnum):
    PROPOSE = "propose"
    COUNTING = "counting"  # she is at it
    AUDIT = "audit"  # two weeks are over: off with the beat, look again
    DONE = "done"  # it has risen: stop counting
    NOT_NEEDED = "not_needed"
    NOT_NOW = "not_now"  # something else is new this week, or running is not open
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class CadenceCue:
    """One small cue. Targets in steps a minute from `start_spm`: five per cent, at most seven; never above most_spm.

    missing: what she has to say first. because: why not now ("new_stressor", "not_running", "other_cue").
    """

    state: CueState
    own: OwnCadence | None = None
    start_spm: float | None = None
    target_low_spm: int | None = None
    target_high_spm: int | None = None
    most_spm: int | None = None
    weeks: tuple[int, int] = (2, 4)
    since: date | None = None
    audit_on: date | None = None
    because: str | None = None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    often_spm: tuple[int, int] | None = None  # what runners often show: information, never a target


class Dial(StrEnum):
    FURTHER_BACK = "further_back"  # land a little further back, in a shoe with more drop, for some weeks
    SHORTER_STRIDE = "shorter_stride"  # a shorter stride and a softer heel


class DialState(StrEnum):
    TURN = "turn"
    BACK = "back"  # healed: turn it back, slowly
    LEAVE = "leave"  # no reason to change the landing
    NOT_NOW = "not_now"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class FootDial:
    state: DialState
    dial: Dial | None = None
    condition: str | None = None
    because: str | None = None  # as in CadenceCue
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


class FuelLevel(StrEnum):
    FINE = "fine"  # asked, and nothing speaks for too little
    ASK = "ask"  # not everything was answered
    PROMPT = "prompt"  # a sign: worth talking about
    STRONG = "strong"  # see somebody


@dataclass(frozen=True, slots=True)
class Fuel:
    """signs: names of what was answered yes. dxa: ask about a bone density scan. calcium_mg: with a bone plan open."""

    level: FuelLevel
    signs: tuple[str, ...] = ()
    dxa: bool = False
    bone_plan: bool = False
    calcium_mg: tuple[float, float] | None = None
    missing: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


class SleepState(StrEnum):
    ENOUGH = "enough"
    SHORT = "short"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sleep:
    """mean_h: of the last seven nights that were told; usual: her profile's word instead."""

    state: SleepState
    mean_h: float | None
    nights: int
    usual: bool
    reason: Reason


class MoodState(StrEnum):
    FINE = "fine"
    LOW = "low"  # low for weeks: somebody to talk to
    WATCH = "watch"  # low this week
    CRISIS = "crisis"  # help now
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mood:
    state: MoodState
    weeks_low: int
    identity: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Expectation:
    """How long it usually takes, for one plan; days from the start of the complaint. A range, never a promise."""

    plan: str
    condition: str
    days_in: int
    low_days: int | None
    high_days: int | None
    grade: str | None
    note: str | None
    reason: Reason


class Sign(StrEnum):
    """The three good signs."""

    MORNINGS = "mornings"  # noticed less on waking
    EASY_RUNS = "easy_runs"  # easy running is not felt the day after
    STRENGTH = "strength"  # strength goes up while soreness behaves


@dataclass(frozen=True, slots=True)
class Progress:
    """signs: there, not there, or None: not known."""

    plan: str
    signs: tuple[tuple[Sign, bool | None], ...]
    reason: Reason

    @property
    def good(self) -> int:
        return sum(truth is True for _, truth in self.signs)


@dataclass(frozen=True, slots=True)
class RoutineOf:
    """A routine as it fits her now. left_out: (exercise, condition that forbids it)."""

    routine: Routine
    items: tuple[RoutineItem, ...]
    left_out: tuple[tuple[str, str], ...]
    reason: Reason
    plan_first: bool = False  # the plan's own exercises replace it
    may_run: bool = True  # without a run today what belongs before and after one is not in it


@dataclass(frozen=True, slots=True)
class CrossMode:
    exercise: str
    minutes_low: float
    minutes_high: float
    note: str | None


@dataclass(frozen=True, slots=True)
class CrossMenu:
    """Cross-training that every open plan lists now. locked: bone waits for its clearance, so there is none."""

    modes: tuple[CrossMode, ...]
    locked: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the form coach looks at; None = not known.

    sites: places that hurt or have a plan. conditions: of open plans; healed: of plans that reached full training.
    new_stressor: something counts as new this week. may_run: running is open today. cue_since: she began a cadence cue.
    drop_mm: of the shoe she runs in most.
    """

    on: date
    light: Light
    may_run: bool
    sites: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    healed: tuple[str, ...] = ()
    cadence: OwnCadence | None = None
    start_spm: float | None = None  # before the cue
    cue_since: date | None = None
    overstride: bool | None = None
    heel_strike: bool | None = None
    forefoot_strike: bool | None = None
    drop_mm: float | None = None
    new_stressor: bool = False
    dial_since: date | None = None


@dataclass(frozen=True, slots=True)
class FuelFacts:
    """All optional. periods_missed: in a row; asks_periods: whether the question fits her at all."""

    asks_periods: bool
    periods_missed: float | None = None
    missed: bool | None = None  # without a number
    weight_drop: bool | None = None
    low_bmi: bool | None = None
    under_eating: bool | None = None
    earlier_bone: bool | None = None
    bone_plan: bool = False
    energy_condition: bool = False  # a condition of too little energy is named
