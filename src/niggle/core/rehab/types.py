"""Where a plan stands, how it came there, and what it asks for today. Computed from facts, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Final

from niggle.core.body import Side
from niggle.core.checkin import CheckIn
from niggle.core.exercise import DoseToday
from niggle.core.gates import GateResult
from niggle.core.history import History
from niggle.core.ladder import Opened
from niggle.core.plan import PlanFacts, PlanStart, RunStatus
from niggle.core.profile import Profile
from niggle.core.protocol import Group, Phase
from niggle.core.reasons import Reason
from niggle.core.traffic_light import SessionDay
from niggle.core.values import value
from niggle.core.when import Truth
from niggle.core.words import often

SHARP_BONE: Final = "sharp_bone"  # locks that only a newer word of a clinician opens
HOP_HURT: Final = "hop_hurt"
NO_GATE: Final = GateResult(())  # nothing to pass: never open
WEIGHT_ONLY: Final = "weight_only"  # a clinician has cleared weight and training, so there is no running yet


@value(frozen=True, slots=True)
class Life:
    """What is known of a runner on a day, as plans need it. Nothing later than `on` is looked at.

    checkins: folded until `on`. history: until `on`, with its found tags. sessions: its days of running.
    """

    on: date
    checkins: tuple[CheckIn, ...]
    history: History
    sessions: tuple[SessionDay, ...]
    profile: Profile
    facts: PlanFacts
    week_start: int = 0


@often
class MoveKind(StrEnum):
    START = "start"
    PHASE_FORWARD = "phase_forward"
    PHASE_BACK = "phase_back"
    PAUSE = "pause"  # running stops
    RESUME = "resume"  # running goes on inside the window
    LADDER_START = "ladder_start"
    STEP_FORWARD = "step_forward"
    STEP_REPEAT = "step_repeat"
    STEP_BACK = "step_back"
    STEP_UNCOUNTED = "step_uncounted"
    LADDER_DONE = "ladder_done"
    ELEMENT_BACK = "element_back"
    ELEMENT_OUT = "element_out"
    LOCK = "lock"
    UNLOCK = "unlock"
    DOSE_UP = "dose_up"
    DOSE_DOWN = "dose_down"
    DOSE_LEAST = "dose_least"  # a step down is due, and it is the smallest dose already
    DOSE_BACK = "dose_back"  # days were missed
    STOP = "stop"  # a stop rule of the condition
    FULL = "full"  # full training


@value(frozen=True, slots=True)
class Move:
    """One change of the plan and why. `was` and `now` name phases ("2"), steps ("3"), elements or item ids."""

    on: date
    kind: MoveKind
    was: str | None
    now: str | None
    reason: Reason


@value(frozen=True, slots=True)
class ItemState:
    """Where one exercise stands. level: see dosing. since: first day at this level."""

    level: int
    since: date
    start_level: int  # at the start of the phase
    week_before: int  # before the last change upwards, to go back to


@value(frozen=True, slots=True)
class Due:
    """A professional is due.

    missing: what would have to be known (`what_to_do`), where nothing that is known speaks for it; empty where it does.
    """

    deadline: str
    since: date
    see: tuple[str, ...]
    reason: Reason
    missing: tuple[str, ...] = ()


@value(frozen=True, slots=False)
class PlanState:
    """A plan on the evening of `on`, from everything known.

    step: index into the ladder's steps (0 the first), the number of steps once it is done. successes: sessions of this
    step that counted. trial: items of the next phase may be tried at their first dose, only time is lacking.
    locked: why there is no running whatever the phase says ("clearance", "imaging", "red_flag", "sharp_bone",
    "hop_hurt", "bone_weeks", "restriction", "no_plan"); None: not locked.
    gate: what opens the next phase. readiness: what opens the first run; None once running is back.
    reasons: why it stands where it stands today. moves: newest last.
    """

    plan: PlanStart
    on: date
    phase: Phase
    phase_since: date
    status: RunStatus
    status_since: date
    ladder: str | None = None
    step: int = 0
    successes: int = 0
    step_yellows: int = 0  # yellow sessions in a row
    step_since: date | None = None
    reduced_left: int = 0  # reduced sessions still to do after a yellow
    wait_until: date | None = None  # no run before this day
    ladder_done: date | None = None
    half_since: date | None = None  # running came back by half a week on that day (RTR-R15)
    half_week_m: float | None = None  # the most of its first seven days
    first_run_done: bool = False
    opened: tuple[Opened, ...] = ()
    items: Mapping[str, ItemState] = field(default_factory=dict)
    last_done: date | None = None
    missed_steps: int = 0  # levels already taken back for the present gap
    ill_days: int = 0  # in a row, up to now
    dose_down_on: date | None = None
    regressed_on: date | None = None
    red: bool = False  # the place is in red
    red_on: date | None = None  # the last day that it was; tests of that day and before it are done again
    stopped: bool = False  # a stop rule of the condition holds
    locked: str | None = None
    locked_since: date | None = None
    weight_only: bool = False  # a clinician has cleared weight and training here, running not yet
    trial: bool = False
    planned_week: float = 0.0  # sessions of exercises that a week of this phase asks for
    conditional: Mapping[str, Truth] = field(default_factory=dict)  # item id -> whether its `only_if` holds
    gate: GateResult = NO_GATE
    readiness: GateResult | None = None
    deadlines: tuple[Due, ...] = ()
    stops: tuple[Reason, ...] = ()  # stop rules of the condition that hold: stop, and see somebody
    reasons: tuple[Reason, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def condition(self) -> str:
        return self.plan.condition

    @property
    def side(self) -> Side | None:
        return self.plan.side

    @property
    def planned_14d(self) -> float:
        """Exercise sessions that the last fourteen days of the plan asked for."""
        return self.planned_week / 7 * min(14, max(0, (self.on - self.plan.on).days))

    @property
    def days_in_phase(self) -> int:
        return (self.on - self.phase_since).days

    @property
    def newest_move(self) -> Move | None:
        return self.moves[-1] if self.moves else None


@value(frozen=True, slots=True)
class Prescribed:
    """One exercise of today or of this phase. exercise: after substitution; instead_of: the one it stands for.

    stand_in: words for a household stand-in of missing equipment. pain_max: the most pain it may cause (0-10).
    """

    plan: str
    item: str
    exercise: str
    group: Group
    dose: DoseToday
    why: str
    per_week_low: int
    per_week_high: int
    side: Side | None
    pain_max: float
    essential: bool = False
    trial: bool = False
    maintenance: bool = False
    instead_of: str | None = None
    stand_in: str | None = None
    heavy: bool = False  # counts as heavy strength
    heavy_calf: bool = False  # starts the clock of RP-C01
    impact: bool = False


@often
class OutBecause(StrEnum):
    CONTRAINDICATED = "contraindicated"
    ONLY_IF = "only_if"  # its own condition is not known to hold
    EQUIPMENT = "equipment"
    LIGHT = "light"  # the day's light
    AWAY = "away"  # ill


@value(frozen=True, slots=True)
class LeftOutItem:
    """An exercise of the phase that is not prescribed now. what: condition id, equipment, or fact names."""

    plan: str
    item: str
    exercise: str
    because: OutBecause
    what: str
    reason: Reason


@value(frozen=True, slots=True)
class Prescription:
    items: tuple[Prescribed, ...]
    left_out: tuple[LeftOutItem, ...]

    def of_group(self, *groups: Group) -> tuple[Prescribed, ...]:
        return tuple(i for i in self.items if i.group in groups)
