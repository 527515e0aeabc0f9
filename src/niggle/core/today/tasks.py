"""What a plan asks for today: shapes of tasks and of a plan's line in the decision."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from niggle.core.body import Side
from niggle.core.ladder import RunStep
from niggle.core.plan import ItemKind, RunStatus
from niggle.core.protocol import Phase
from niggle.core.reasons import Reason
from niggle.core.rehab import Prescribed
from niggle.core.values import value
from niggle.core.words import often


@often
class Change(StrEnum):
    """What the day's light or load took out of a task, or did to it."""

    VOLUME_CUT = "volume_cut"
    STRIDES_OUT = "strides_out"
    POGO_OUT = "pogo_out"
    STEADY_OUT = "steady_out"
    DESCENT_OUT = "descent_out"
    RUN_TO_CROSS_TRAINING = "run_to_cross_training"
    RUN_TO_WALK = "run_to_walk"
    CAPPED = "capped"
    AS_TRAINING = "as_training"  # a race: slower, and off the course at a red sign


def race_item_id(race: str) -> str:
    """The calendar's name for a race, and the day's."""
    return f"race-{race}"


@value(frozen=True, slots=True)
class Task:
    """One thing to do today. Not allowed: `because` says why, and it is not to be done.

    id: the week item's, or one made of the day. start_min: minutes after midnight, where a calendar says so.
    minutes, metres: at most. steps: of a run-walk session or strides. mode: exercise id of cross-training.
    ticked: how many times of the day each of the exercises was done or left out, in their order.
    """

    id: str
    kind: ItemKind
    allowed: bool = True
    minutes: float | None = None
    metres: float | None = None
    start_min: int | None = None
    steps: tuple[RunStep, ...] = ()
    exercises: tuple[Prescribed, ...] = ()
    tests: tuple[str, ...] = ()
    mode: str | None = None
    plans: tuple[str, ...] = ()
    optional: bool = False
    done: bool = False
    changes: tuple[Change, ...] = ()
    because: tuple[Reason, ...] = ()
    ticked: tuple[int, ...] = ()

    def times_ticked(self, number: int) -> int:
        """Of the exercise at that place of the list."""
        return self.ticked[number] if number < len(self.ticked) else 0


@value(frozen=True, slots=True)
class PlanToday:
    """One open plan in the decision. gate_missing: see GateItem.missing. step: 1 is the first; None off the ladder.

    tasks: ids of today's tasks that belong to it.
    """

    plan: str
    condition: str
    side: Side | None
    site: str
    phase: Phase
    phase_since: date
    status: RunStatus
    ladder: str | None
    step: int | None
    steps: int | None
    locked: str | None
    gate_open: bool
    gate_met: tuple[str, ...]
    gate_unmet: tuple[str, ...]
    gate_unknown: tuple[str, ...]
    gate_missing: tuple[str, ...]
    ready_missing: tuple[str, ...]
    see: tuple[str, ...]  # professionals that are due
    tasks: tuple[str, ...]
    tests_due: tuple[str, ...]
    nothing: str | None = None  # why there is nothing to do today; None when there is
