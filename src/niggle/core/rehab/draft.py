"""A plan's state while a day is worked out: the same fields, changeable, with the day's facts at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from operator import attrgetter
from typing import Any, Final
from weakref import proxy

from niggle.core.gates import DayFacts, Days, PlanFactsOfDay, gate_facts
from niggle.core.ladder import Opened
from niggle.core.plan import PlanStart, RunStatus
from niggle.core.protocol import Phase
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.rehab.book import Book
from niggle.core.rehab.types import ItemState, Move, MoveKind, PlanState
from niggle.core.scoreboard import reason

_VALUES: Final[Callable[[object], tuple[Any, ...]]] = attrgetter(*(f.name for f in fields(PlanState)))


class Draft:
    """`freeze` gives the PlanState of the day. Facts look at the draft, so they are fresh after a change of phase."""

    plan: PlanStart
    on: date
    phase: Phase
    phase_since: date
    status: RunStatus
    status_since: date
    ladder: str | None
    step: int
    successes: int
    step_yellows: int
    step_since: date | None
    reduced_left: int
    wait_until: date | None
    ladder_done: date | None
    half_since: date | None
    half_week_m: float | None
    first_run_done: bool
    opened: tuple[Opened, ...]
    items: Mapping[str, ItemState]
    last_done: date | None
    missed_steps: int
    ill_days: int
    dose_down_on: date | None
    regressed_on: date | None
    red: bool
    red_on: date | None
    stopped: bool
    locked: str | None
    locked_since: date | None
    weight_only: bool
    trial: bool
    planned_week: float
    moves: tuple[Move, ...]

    def __init__(self, state: PlanState, days: Days, index: int, book: Book) -> None:
        vars(self).update(vars(state))
        self.days, self.index, self.book = days, index, book
        self.row: DayFacts = days.rows[index]
        self.on = self.row.on
        # not a circle: both are gone as soon as the day is worked out, without a search for what nobody needs
        self.facts = gate_facts(days, index, proxy(self), book.protocol, book.knowledge)

    @property
    def planned_14d(self) -> float:
        return self.planned_week / 7 * min(14, max(0, (self.on - self.plan.on).days))

    @property
    def morning(self) -> PlanFactsOfDay:
        """The facts of the day before its run: what a run of today tells cannot undo that it was open this morning."""
        if not self.row.session:
            return self.facts
        rest = replace(self.row, run=None, mark=None)
        days = replace(self.days, rows=(*self.days.rows[: self.index], rest))
        return gate_facts(days, self.index, self, self.book.protocol, self.book.knowledge)

    def number(self, name: str) -> float:
        return self.book.knowledge.number(name)

    def reason(self, rule: str, weight: Weight, *facts: Fact) -> Reason:
        return reason(self.book.knowledge, rule, weight, *facts)

    def move(self, kind: MoveKind, was: str | None, now: str | None, why: Reason) -> None:
        self.moves = (*self.moves, Move(self.on, kind, was, now, why))
        self.facts.moved()

    def set_status(self, status: RunStatus, kind: MoveKind, why: Reason) -> None:
        if status is self.status:
            return
        was = self.status
        self.status, self.status_since = status, self.on
        self.move(kind, was.value, status.value, why)

    def set_phase(self, phase: Phase, kind: MoveKind, why: Reason) -> None:
        was = self.phase
        self.phase, self.phase_since = phase, self.on
        self.move(kind, str(int(was)), str(int(phase)), why)

    def freeze(self, **more: Any) -> PlanState:
        vars(self).update(more)
        return PlanState(*_VALUES(self))
