"""What a week is checked against, and what the checker says. Times are local minutes after midnight.

A clock that changes in the week (summer time) is not looked at: an hour in 36 is inside the rule's own vagueness.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS, ItemKind, Placed, Wish, WishKind
from niggle.core.protocol import Phase
from niggle.core.reasons import Fact

_NOT_GENTLE: Final = frozenset(
    {ItemKind.RUN_LONG, ItemKind.HILLS, ItemKind.SPEED, ItemKind.STRIDES, ItemKind.PLYOMETRICS, ItemKind.RACE}
)


class Severity(StrEnum):
    """A block may not stand in a week that niggle makes; a warning may, and is said."""

    BLOCK = "block"
    WARN = "warn"


class Spacing(StrEnum):
    """Whether runs on following days are open, warned of or blocked (RP-C13; by the class of the ladder RTR-R06)."""

    FREE = "free"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Shift:
    """Moving one item to another day of the week mends the violation without making another one."""

    item: str
    on: date


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a week breaks. items: ids of the placed items concerned, in order of time."""

    rule: str
    severity: Severity
    items: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    suggestion: Shift | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that a week's rules need to know beyond the week itself. None means not known; unknown opens nothing.

    before: what was done in the last seven days before `start`, and since then where `placed` does not hold it.
    today: days before it are past. quiet: a symptom-quiet day (final green, no stiffness above the usual, RP-C09).
    pain: the worst of the last three days, 0-10. careful_sessions: how many of the coming runs are still reduced
    after a yellow (None: two if the light is yellow). runs_from: with running closed or a red light, the first day on
    which a run may stand again; None: not this week.
    """

    start: date
    today: date | None = None
    before: tuple[Placed, ...] = ()
    light: Light = Light.CANNOT_SAY
    quiet: bool | None = None
    pain: float | None = None
    careful_sessions: int | None = None
    running: bool = True
    runs_from: date | None = None
    plan_open: bool = True  # with a plan open two new stressors block, without one they warn (LOAD-R03)
    phase: Phase | None = None  # the most careful of the open plans' phases
    spacing: Spacing = Spacing.FREE
    avoid_descents: bool = False  # a calf, iliotibial band or knee plan is open (RP-C06)
    cutback_due: bool = False
    peak_run_m: float | None = None  # the highest week since the last cutback
    peak_run_min: float | None = None
    most_run_m: float | None = None  # the most that growth caps leave for this week
    most_run_min: float | None = None
    strength_before_min: float | None = None  # minutes of strength work in a week of phase 3 (RP-C15)
    heavy_before: int | None = None  # heavy sessions of that week
    not_on: frozenset[date] = frozenset()  # days on which she is away or ill
    no_run_on: frozenset[date] = frozenset()  # days away on which she cannot run; the rest stands
    no_cross_on: frozenset[date] = frozenset()  # days away on which nothing to ride, row or swim in is at hand
    gentle_on: frozenset[date] = frozenset()  # the first days after an illness: nothing long, fast, hilly or springy

    def shut(self, kind: ItemKind) -> frozenset[date]:
        """Days away, or just after an illness, on which that kind of session is not possible."""
        hard = self.gentle_on if kind in _NOT_GENTLE else frozenset()
        if kind in RUN_KINDS:
            return self.not_on | self.no_run_on | hard
        if kind is ItemKind.PLYOMETRICS:
            return self.not_on | hard
        return self.not_on | self.no_cross_on if kind is ItemKind.CROSS_TRAINING else self.not_on

    after: tuple[Placed, ...] = ()  # races in the days after the week, to which its end has to look
    no_race: frozenset[date] = frozenset()  # days of races that the race rule refuses as things stand

    @property
    def first_free(self) -> date:
        """The first day on which something may still be put."""
        return self.start if self.today is None else max(self.start, self.today)

    @property
    def last(self) -> date:
        return self.start + timedelta(days=6)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.start + timedelta(days=n) for n in range(7))


@dataclass(frozen=True, slots=True)
class WishBroken:
    """A wish that a week does not meet, and the items in its way (none for a wish that something be there)."""

    wish: Wish
    items: tuple[str, ...] = ()

    @property
    def kind(self) -> WishKind:
        return self.wish.kind


@dataclass(frozen=True, slots=True)
class Visit:
    """Items of one day that follow each other without a break: one time of getting changed."""

    on: date
    start_min: int
    end_min: int
    items: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Distance:
    """How far two calendars are apart: items on another day, at another hour of the same day, gone, and new."""

    days: int
    hours: int
    gone: int
    new: int

    @property
    def changes(self) -> int:
        return self.days + self.hours + self.gone + self.new
