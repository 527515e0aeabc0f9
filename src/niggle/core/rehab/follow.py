"""A plan from its first day to today: a pure fold over its days. What was entered late corrects the past by itself.

A Follower keeps the days and states of the last call; when asked again, only what changed since is worked out anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from niggle.core.gates import Days
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import PlanStart
from niggle.core.rehab.account import account
from niggle.core.rehab.advance import begin, day_of
from niggle.core.rehab.book import Book
from niggle.core.rehab.days import Ledger, days_of
from niggle.core.rehab.draft import Draft
from niggle.core.rehab.types import Life, PlanState
from niggle.core.traffic_light import Memory


@dataclass(slots=True)
class Kept:
    """What was worked out of one plan: its days, and the state at the end of each from its first day on."""

    book: Book
    days: Days
    states: list[PlanState]
    ledger: Ledger


@dataclass(slots=True)
class Follower:
    """A memo of one runner's plans for callers that ask day after day. Never needed, only quicker."""

    kept: dict[str, Kept] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)


def follow(plan: PlanStart, life: Life, knowledge: Knowledge, memo: Follower | None = None) -> PlanState:
    """Where the plan stands at the end of `life.on`. The plan has begun by then, and its condition has a protocol."""
    before = None if memo is None else memo.kept.get(plan.id)
    if before is not None and (before.book.knowledge is not knowledge or before.days.plan != plan):
        before = None
    book = Book.of(plan, knowledge) if before is None else before.book
    ledger = Ledger() if before is None else before.ledger
    days = days_of(plan, life, book, None if memo is None else memo.memory, ledger)
    start = days.index(plan.on)
    states = [] if before is None else _still_true(before, days, max(0, ledger.same - start))
    state = states[-1] if states else begin(plan, days, book)
    draft = None
    for index in range(start + len(states), len(days.rows)):
        draft = day_of(state, days, index, book)
        state = draft.freeze()
        states.append(state)
    if memo is not None:
        memo.kept[plan.id] = Kept(book, days, states, ledger)
    return account(draft or Draft(state, days, len(days.rows) - 1, book))


def _still_true(before: Kept, days: Days, same: int) -> list[PlanState]:
    """The states of the first `same` days of the plan, those up to which nothing changed."""
    old = before.days
    known = (old.usual_week_m, old.age_years) == (days.usual_week_m, days.age_years)
    return before.states[:same] if known else []
