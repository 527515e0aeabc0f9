"""Shapes of the ladder: a run-walk session as steps, how a session went, what was added back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niggle.core.protocol import Element
from niggle.core.reasons import Reason
from niggle.core.words import often


class StepKind(StrEnum):
    WARM_UP = "warm_up"  # walking
    RUN = "run"
    WALK = "walk"
    STRIDE = "stride"
    COOL_DOWN = "cool_down"  # walking


@dataclass(frozen=True, slots=True)
class RunStep:
    """One stretch of a session, by time or by distance; a watch can follow it. repeat: of the block it opens.

    `block`: steps with the same number are repeated together `repeat` times; 0 stands alone.
    percent: of top speed, low and high.
    """

    kind: StepKind
    seconds: float | None = None
    metres: float | None = None
    percent: tuple[int, int] | None = None
    repeat: int = 1
    block: int = 0


@often
class Verdict(StrEnum):
    """How a session on the ladder went."""

    DONE = "done"  # final green: it counts
    QUIET_ACHE = "quiet_ache"  # a slight ache that was gone by morning: stay on course, the step is repeated
    REPEAT = "repeat"  # yellow: the same step again
    BACK = "back"  # second yellow in a row, or red: one step back
    WAIT = "wait"  # discomfort after the very first run: until gone and 48 hours
    LOCKED = "locked"  # sharp pain in bone, or a warning sign: until cleared
    NOT_FINAL = "not_final"  # the morning after was not answered: it does not count
    TOO_SHORT = "too_short"  # much less than the step
    TOO_SOON = "too_soon"  # on a day on which it should not have been
    TOO_MUCH = "too_much"  # far beyond the step: it does not count as the step done


@dataclass(frozen=True, slots=True)
class Judged:
    verdict: Verdict
    reason: Reason


@dataclass(frozen=True, slots=True)
class Opened:
    """An element that may be in runs again since `on`; used_on: the first day it was, in final green."""

    element: Element
    on: date
    used_on: date | None = None


@dataclass(frozen=True, slots=True)
class ElementGate:
    """The next element in order: whether it may open today, and what stands against it."""

    element: Element
    open: bool
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()
