"""What a runner tells of her plan: started, tested, done, races, days she has, days she is away. Append-only facts.

Everything else of a plan (phase, step, dose) is computed from these, from her check-ins and from her runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from niggle.core.body import Side
from niggle.core.values import value
from niggle.core.words import often


@often
class RunStatus(StrEnum):
    """Whether running goes on, is paused, or comes back by the ladder (RTR-X09)."""

    CONTINUING = "continuing"
    PAUSED = "paused"
    LADDER = "ladder"
    BUILDING = "building"  # the ladder is done, elements come back
    FULL = "full"


@dataclass(frozen=True, slots=True)
class PlanStart:
    """`running`: whether she was still running when it began. before_week_m: a usual week before it hurt.

    half_start: she would rather come back by half of that week than by the ladder (RTR-R15); only light cases may.
    """

    id: str
    condition: str
    on: date
    site: str
    side: Side | None = None
    grade: str | None = None
    running: bool = True
    before_week_m: float | None = None
    hurts_since: date | None = None
    last_run_on: date | None = None
    imaged: bool | None = None
    diagnosed: bool = False  # named by a professional, not only suspected
    half_start: bool = False


@dataclass(frozen=True, slots=True)
class PlanEnd:
    plan: str
    on: date
    why: str = "ended"  # healed, ended, replaced


@dataclass(frozen=True, slots=True)
class Measured:
    """A sided test has left and right; another has `value`. A yes/no is 1 or 0, a pain test its pain in `value`."""

    id: str
    test: str
    on: date
    left: float | None = None
    right: float | None = None
    value: float | None = None
    pain: float | None = None  # 0-10 while doing it


@dataclass(frozen=True, slots=True)
class DoneItem:
    """An exercise of a plan, done. easy: the last three repetitions were easy. sets: how many of those prescribed.

    occasion: which time of the day it was, for what is done more than once (1: the first, or the only one).
    """

    id: str
    plan: str
    item: str  # Item.id of the protocol
    on: date
    sets: int | None = None
    sets_planned: int | None = None
    pain: float | None = None  # worst during
    easy: bool | None = None
    note: str | None = None
    skipped: bool = False
    occasion: int = 1

    @property
    def half(self) -> bool:
        """Begun, with sets still to do."""
        return not self.skipped and self.sets is not None and self.sets < (self.sets_planned or 0)


class Importance(StrEnum):
    ORDINARY = "ordinary"
    HIGH = "high"
    ONCE_IN_LIFE = "once_in_life"


@dataclass(frozen=True, slots=True)
class Race:
    id: str
    on: date
    distance_m: float
    name: str | None = None
    importance: Importance = Importance.ORDINARY
    prepared: bool | None = None  # training toward this distance before it hurt
    dropped: bool = False  # not going to


@often
class Away(StrEnum):
    ILLNESS = "illness"
    TRAVEL = "travel"
    LIFE = "life"


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which the usual week does not hold. equipment: what is at hand while travelling (None: as at home)."""

    id: str
    first: date
    last: date
    kind: Away
    equipment: tuple[str, ...] | None = None
    no_running: bool = False
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """An answer that only she can give: healed_percent, careful_voice, tenderness, mood_low, ... The last one holds."""

    key: str
    on: date
    value: float | bool | str


@dataclass(frozen=True, slots=True)
class DayWindow:
    """When she has time on a weekday (0 = Monday), minutes after midnight, and whether a gym is there."""

    weekday: int
    start_min: int
    minutes: int
    gym: bool = False


class WishKind(StrEnum):
    LONG_RUN_ON = "long_run_on"
    STRENGTH_ON = "strength_on"
    REST_ON = "rest_on"
    RUN_ON = "run_on"
    CROSS_TRAINING_ON = "cross_training_on"
    NOTHING_BEFORE = "nothing_before"  # minutes after midnight
    RUNS_PER_WEEK = "runs_per_week"


@dataclass(frozen=True, slots=True)
class Wish:
    kind: WishKind
    weekday: int | None = None
    value: int | None = None
    text: str | None = None  # in her words


@dataclass(frozen=True, slots=True)
class Availability:
    """The week she has. Without windows: core.week.default_availability."""

    windows: tuple[DayWindow, ...] = ()
    equipment: tuple[str, ...] = ()
    gym_visits: int | None = None
    wishes: tuple[Wish, ...] = ()


@often
class ItemKind(StrEnum):
    """What stands in a week's calendar."""

    RUN_EASY = "run_easy"
    RUN_MEDIUM = "run_medium"
    RUN_LONG = "run_long"
    RUN_WALK = "run_walk"  # a session of a ladder
    STRIDES = "strides"
    HILLS = "hills"
    SPEED = "speed"
    RACE = "race"
    STRENGTH_A = "strength_a"
    STRENGTH_B = "strength_b"
    STRENGTH = "strength"  # A and B in one, or bands at home
    PLYOMETRICS = "plyometrics"  # a session of its own
    HOME_SET = "home_set"  # the daily low-load set
    CROSS_TRAINING = "cross_training"
    MOBILITY = "mobility"
    TEST = "test"
    WALK = "walk"


RUN_KINDS = frozenset(
    {ItemKind.RUN_EASY, ItemKind.RUN_MEDIUM, ItemKind.RUN_LONG, ItemKind.RUN_WALK, ItemKind.STRIDES, ItemKind.HILLS,
     ItemKind.SPEED, ItemKind.RACE}
)  # fmt: skip
FAST_KINDS = frozenset({ItemKind.HILLS, ItemKind.SPEED, ItemKind.RACE})


@value(frozen=True, slots=True)
class WeekItem:
    """One session to be placed, or placed: what it is and what the rules of a week need to know of it.

    minutes: how long it takes. work_min: of strength, its exercises without setting up and finisher (None: all of it).
    finisher_min: of light pogo hops at its end. heavy: stresses a system (heavy strength). heavy_calf: starts RP-C01's
    clock.
    exercises: (plan id, item id) of what is done in it. step: (ladder id, step id) of a run-walk session.
    new_stressor: the Element that it brings back for the first time. optional: left out first.
    joins: one exercise alone, shown with the strength session of a day that has one.
    """

    id: str
    kind: ItemKind
    minutes: float
    metres: float | None = None
    heavy: bool = False
    heavy_calf: bool = False
    plyometric: bool = False  # light pogo finisher inside a strength session
    descent: bool = False  # extended descents
    steady_block: bool = False  # the ten minutes of marathon effort
    gym: bool = False
    optional: bool = False
    plans: tuple[str, ...] = ()
    exercises: tuple[tuple[str, str], ...] = ()
    step: tuple[str, str] | None = None
    new_stressor: str | None = None
    mode: str | None = None  # cross-training: exercise id
    tests: tuple[str, ...] = ()
    on: date | None = None  # fixed day (a race; something she fixed)
    work_min: float | None = None
    finisher_min: float | None = None
    joins: bool = False


@value(frozen=True, slots=True)
class Placed:
    """An item on a day; start_min: minutes after midnight."""

    item: WeekItem
    on: date
    start_min: int
    done: bool = False


@dataclass(frozen=True, slots=True)
class WeekChange:
    """What became of one session when a calendar was made again. was, now: its day (None: not in it).

    became: what stands there now in its place. start_min: the new hour of one that kept its day.
    """

    item: str
    kind: ItemKind
    was: date | None
    now: date | None
    became: ItemKind | None = None
    start_min: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item without a place. because: ids of the rules that together leave none; empty for an optional one that
    would only have cost more than it gives."""

    item: WeekItem
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """Wishes that cannot be met together (or one that cannot be met at all), and the rules that stand between them.

    Minimal: without any one of the wishes, or any one of the rules, the rest could be met.
    """

    wishes: tuple[Wish, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """The calendar of seven days from `start`, as it was last made.

    stand: what it was made for (light, phases, races, days away), to see when that is no longer so. because: why it was
    made again by itself, and what that changed on the day it was made. no_place, clashes: what found no place when it
    was made, and which wishes clashed. named: why there is nothing of the plan in it (see Solved.named).
    """

    start: date
    made_on: date
    placed: tuple[Placed, ...]
    left_out: tuple[str, ...] = ()  # reasons' names for what found no place
    by_hand: bool = False
    stand: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    changes: tuple[WeekChange, ...] = ()
    no_place: tuple[LeftOut, ...] = ()
    clashes: tuple[Clash, ...] = ()
    named: str | None = None

    def of_day(self, on: date) -> tuple[Placed, ...]:
        return tuple(p for p in self.placed if p.on == on)

    @property
    def last(self) -> date:
        return self.start + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """All of it, oldest first. Nothing later than the decision's day is looked at."""

    starts: tuple[PlanStart, ...] = ()
    ends: tuple[PlanEnd, ...] = ()
    tests: tuple[Measured, ...] = ()
    done: tuple[DoneItem, ...] = ()
    races: tuple[Race, ...] = ()
    absences: tuple[Absence, ...] = ()
    answers: tuple[PlanAnswer, ...] = ()
    availability: Availability = Availability()
    weeks: tuple[WeekPlan, ...] = ()  # this week's and the coming one's

    def open_plans(self, on: date) -> tuple[PlanStart, ...]:
        ended = {e.plan for e in self.ends if e.on <= on}
        return tuple(s for s in self.starts if s.on <= on and s.id not in ended)

    def answer(self, key: str, on: date) -> PlanAnswer | None:
        """The newest answer of that key up to the day."""
        return next((a for a in reversed(self.answers) if a.key == key and a.on <= on), None)

    def away(self, on: date) -> Absence | None:
        for a in self.absences:
            if a.first <= on <= a.last and not a.taken_back:
                return a
        return None


def occasions(done: Iterable[DoneItem], plan: str, item: str) -> Mapping[int, DoneItem]:
    """The newest row of each time of one day at which an exercise was done or left out; `done`: of that day."""
    return {d.occasion: d for d in done if (d.plan, d.item) == (plan, item)}


def latest(results: tuple[Measured, ...], on: date) -> Mapping[str, Measured]:
    """The newest result of each test up to the day."""
    return {r.test: r for r in results if r.on <= on}
