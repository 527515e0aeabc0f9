"""What a plan is made of: protocols per condition, ladders back to running, tests. Values only; read from knowledge/.

Criteria of gates are `when:` forms over gate facts (core.gates.FACTS lists every name). A criterion whose truth is
unknown never opens a gate.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from niggle.core.body import TissueClass
from niggle.core.exercise import GrowingDose
from niggle.core.reasons import Grade
from niggle.core.when import When
from niggle.core.words import often


@often
class Phase(IntEnum):
    SETTLE = 1  # settle and assess
    BUILD = 2  # build capacity
    INTEGRATE = 3  # elastic work and speed
    SHARPEN = 4  # sharpen and maintain
    DONE = 5  # full training; maintenance goes on


@often
class Group(StrEnum):
    """Where in a week an item belongs."""

    DAILY = "daily"  # low load, at home, any day
    A = "a"  # strength session A
    B = "b"  # strength session B
    SPRING = "spring"  # plyometrics: end of A, or a session of its own
    MOBILITY = "mobility"  # stretching, rolling
    BALANCE = "balance"


@often
class Running(StrEnum):
    """What a phase allows of running; the day's light, the ladder and the load caps may only take away from it."""

    NONE = "none"
    WINDOW = "window"  # goes on as long as it stays inside the safe window (light green or yellow); else the ladder
    LADDER = "ladder"  # by the steps of the ladder only
    EASY = "easy"  # easy and steady
    BUILD = "build"  # strides, hills and speed come back one by one
    FULL = "full"


@often
class Element(StrEnum):
    """What is added back after the ladder, one new one a week at most."""

    DISTANCE = "distance"
    STRIDES = "strides"
    UPHILL = "uphill"
    DOWNHILL = "downhill"
    SPEED = "speed"
    PLYOMETRICS = "plyometrics"
    TRAIL = "trail"
    LONG = "long"


@often
class Need(StrEnum):
    """What has to be on record before a plan may start."""

    NOTHING = "nothing"
    CLEARANCE = "clearance"
    IMAGING_AND_CLEARANCE = "imaging_and_clearance"
    NO_PLAN = "no_plan"  # care leads; niggle makes no plan


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of a gate, a readiness list or a stop rule. `say`: what is true once it is fulfilled."""

    id: str
    when: When
    say: str
    sources: tuple[str, ...]
    grade: Grade
    time_only: bool = False  # only days or weeks are lacking: the next phase may be tried at trial dose (RP-R04)
    facts: tuple[str, ...] = ()  # ids of the sheet's facts it stands on


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of a phase with its dose."""

    id: str  # unique in the protocol; the same id in a later phase goes on with its level
    exercise: str  # exercise id
    group: Group
    dose: GrowingDose
    why: str
    essential: bool = False  # stays when only one gym visit is possible
    only_if: When | None = None  # over gate facts; not unless known and true
    facts: tuple[str, ...] = ()  # sheet facts that the dose comes from
    sources: tuple[str, ...] = ("niggle",)
    grade: Grade = Grade.PROPOSAL
    trial: bool = False  # may start at its first dose when the gate before lacks only time


@dataclass(frozen=True, slots=True)
class Relief:
    text: str
    caveat: str | None
    sources: tuple[str, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CrossTraining:
    exercise: str  # exercise id of a cardio exercise
    minutes_low: float
    minutes_high: float
    note: str | None = None
    only_if: When | None = None

    def within(self, minutes: float) -> float:
        """So many minutes, or the nearest that it may last."""
        return min(self.minutes_high, max(self.minutes_low, minutes))


@dataclass(frozen=True, slots=True)
class RunningRule:
    mode: Running
    say: str  # one sentence: which runs fit
    minutes_low: float | None = None
    minutes_high: float | None = None
    surface: str | None = None
    alternate_days: bool = False
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhasePlan:
    phase: Phase
    purpose: str
    opens_next: str  # one sentence for the runner
    items: tuple[Item, ...]
    running: RunningRule
    cross_training: tuple[CrossTraining, ...]
    off_menu: tuple[str, ...]  # names of core.today.Activity, or words
    relief: tuple[Relief, ...]
    gate: tuple[Criterion, ...]  # to leave it
    days_low: int | None = None  # how long it usually takes
    days_high: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A professional is due after so many days (of the plan, or of a phase) unless `unless` is known and true."""

    id: str
    after_days: int
    see: tuple[str, ...]
    because: str
    phase: Phase | None = None
    unless: When | None = None
    sources: tuple[str, ...] = ("niggle",)
    grade: Grade = Grade.PROPOSAL
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GradePlan:
    """What a grade of severity changes. min_days: least days per phase 1 to 4 (fact min_days of the current phase)."""

    id: str
    name: str
    min_days: tuple[int, int, int, int]
    need: Need
    return_low_days: int | None
    return_high_days: int | None
    note: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Where the texts give several doses: what niggle takes, and why."""

    about: str
    chosen: str
    why: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TradeOff:
    """What a plan says of a race. A limit that is None does not ask; both ends of a range count."""

    say: str
    weeks_min: int | None = None  # whole weeks to the race
    weeks_max: int | None = None
    km_min: float | None = None
    km_max: float | None = None
    sources: tuple[str, ...] = ("niggle",)
    grade: Grade = Grade.PROPOSAL

    def fits(self, weeks: int, km: float) -> bool:
        """Whether it speaks of a race of so many kilometres, in so many whole weeks."""
        return (
            (self.weeks_min is None or weeks >= self.weeks_min)
            and (self.weeks_max is None or weeks <= self.weeks_max)
            and (self.km_min is None or km >= self.km_min)
            and (self.km_max is None or km <= self.km_max)
        )


@dataclass(frozen=True, slots=True)
class Protocol:
    condition: str
    tissue_class: TissueClass
    site: str  # where it usually hurts, if she does not say
    need: Need
    need_say: str | None  # what is to be recorded first, in words
    ladder: str | None  # ladder id; None: no run-walk ladder, running goes on or comes back with the phases
    summary: str
    phases: tuple[PhasePlan, PhasePlan, PhasePlan, PhasePlan]
    readiness: tuple[Criterion, ...]  # beyond the ladder's own, before the first run
    hold: tuple[Criterion, ...]  # known and true: stay (beyond RP-R02)
    regress: tuple[Criterion, ...]  # known and true: a phase back
    stop: tuple[Criterion, ...]  # known and true: stop, and see somebody
    session_stop: tuple[str, ...]  # what ends a run or a set at once, in words
    deadlines: tuple[Deadline, ...]
    grades: Mapping[str, GradePlan]
    default_grade: str | None
    choices: tuple[Choice, ...]
    maintenance: tuple[Item, ...]
    maintenance_say: str
    tests: tuple[str, ...]  # test ids of its scoreboard, most telling first
    add_back: tuple[Element, ...]  # order after the ladder
    races: tuple[TradeOff, ...]  # in words, by time to race and distance where they name them
    sources: tuple[str, ...]
    grade: Grade
    facts: tuple[str, ...] = ()

    def phase(self, phase: Phase) -> PhasePlan:
        return self.phases[min(phase, Phase.SHARPEN) - 1]

    def items_named(self, item: str) -> tuple[Item, ...]:
        """The item of that id in every phase that has it, and in the maintenance."""
        found = [i for p in self.phases for i in p.items if i.id == item]
        return (*found, *(i for i in self.maintenance if i.id == item))


@dataclass(frozen=True, slots=True)
class RunWalk:
    """One step of a ladder. Either blocks of run and walk minutes, or a continuous run by minutes or metres.

    reps_low to reps_high: a session starts with the lower count. percent: of top speed, for a step of strides.
    """

    id: str
    run_min: float | None = None
    walk_min: float | None = None
    reps_low: int | None = None
    reps_high: int | None = None
    minutes: float | None = None
    metres: float | None = None
    add: Element | None = None
    percent_low: int | None = None
    percent_high: int | None = None
    walk_only: bool = False
    say: str = ""
    sources: tuple[str, ...] = ("niggle",)
    grade: Grade = Grade.PROPOSAL

    def run_minutes(self, reps: int | None = None, minutes_per_km: float = 7.0) -> float:
        """Minutes of running in the step; a distance is turned into time at the given pace (heuristic)."""
        if self.run_min is not None and self.reps_low is not None:
            return self.run_min * (self.reps_low if reps is None else reps)
        if self.minutes is not None:
            return 0.0 if self.walk_only else self.minutes
        return 0.0 if self.metres is None else self.metres / 1000 * minutes_per_km


@dataclass(frozen=True, slots=True)
class Ladder:
    id: str
    name: str
    readiness: tuple[Criterion, ...]
    steps: tuple[RunWalk, ...]
    every_other_day: bool  # blocks, not only warns (RTR-R06)
    times_each: int  # sessions with a final green before the next step (bone 2, others 1)
    ache_allowed: float  # pain in a run that still lets the step count as done once it is gone by morning
    repeat_on_ache: bool  # with such an ache the step is repeated
    surface: str | None
    sources: tuple[str, ...]
    grade: Grade
    note: str | None = None


@often
class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    PASSED = "passed"  # yes or no
    PAIN_FREE = "pain_free"  # pain 0


@dataclass(frozen=True, slots=True)
class CapacityTest:
    """One test of the scoreboard. Values are numbers in `unit`; yes or no is 1 or 0."""

    id: str
    catalogue: str | None  # ASB-Tnn
    name: str
    unit: str  # count, s, cm, m, spm, yes_no, 0-10, score
    better: Better
    sided: bool
    how: tuple[str, ...]
    equipment: tuple[str, ...]
    minimum: float
    maximum: float  # beyond it a value is refused as a slip
    target: float | None
    attention_gap: float | None  # share of the better side
    block_gap: float | None
    pain_void_above: float | None  # pain in the test that makes it void
    impact: bool  # never with a suspected bone stress injury
    exercise: str | None  # exercise id, for its figure
    say_target: str
    sources: tuple[str, ...]
    grade: Grade
    stale_days: int = 14
    minutes: float = 3.0  # it takes, with getting ready (heuristic)


BONE = "bone"  # the ladder of bones

# The names that a plan's `when:` may look at; core.gates computes them. What a test tells ends in _min (the worse side,
# or the value itself), _gap, _lsi, _pain or _sore after the test's id; her own answers begin with says_.
GATE_FACTS: frozenset[str] = frozenset(
    {
        # light and pain
        "settled_days", "green_days", "yellow_7d", "red_7d", "pain_worst_3d", "pain_worst_7d", "pain_daily_3d",
        "pain_free_days", "night_pain_7d", "limp_7d", "swelling_7d", "stiffness_worst_7d", "stiffness_rising",
        "stiffness_rising_2w",
        "flags_open", "run_pain_worst_7d", "run_pain_last", "next_day_worse_7d",
        # time and record
        "days_in_phase", "days_in_plan", "min_days", "enough_days", "weeks_off_running", "hurts_days", "cleared",
        "cleared_to_run", "imaged", "bone_risk", "grade", "site", "age",
        # doing
        "done_share_14d", "exercise_days_14d", "exercise_pain_worst_7d", "exercise_last_easy",
        # running
        "ladder_done", "ladder_step", "continuous_min", "volume_ratio", "volume_weeks_green", "quality_weeks_green",
        "full_weeks_green",
        # tests together
        "calf_gate",
        # what only she can say
        "says_tender", "says_medium_long_normal", "says_careful_voice", "says_healed_percent", "says_confident",
        "says_daily_life_pain_free", "says_full_training", "says_goal_load_weeks", "says_swollen",
        "says_walks_normally", "says_giving_way", "says_locking", "says_numb", "says_brace",
    }
)  # fmt: skip
TEST_FACT_ENDINGS = ("_min", "_gap", "_lsi", "_pain", "_sore")


def is_gate_fact(name: str, tests: Container[str]) -> bool:
    """Whether a criterion may look at that name, given the ids of the tests."""
    return name in GATE_FACTS or any(
        name.endswith(ending) and name.removesuffix(ending) in tests for ending in TEST_FACT_ENDINGS
    )
