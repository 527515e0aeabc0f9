"""One exercise alone is no session: a daily set of one joins the day's strength session, in the day and in the week.

Both stay items of their own in the calendar: they count apart, and a day without strength keeps its set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from niggle.core.plan import ItemKind, Placed, WeekItem
from niggle.core.today.tasks import Task

_STRENGTH: Final = (ItemKind.STRENGTH_A, ItemKind.STRENGTH_B, ItemKind.STRENGTH)


def joined_tasks(of_day: Sequence[tuple[WeekItem, Task]]) -> tuple[Task, ...]:
    """The day's tasks, each with its item. A set joins a session that is open today, as long as ticks can show both."""
    tasks = [task for _, task in of_day]
    alone = next((t for item, t in of_day if item.joins and t.allowed), None)
    session = next((t for t in tasks if t.kind in _STRENGTH and t.allowed and not _untickable(t)), None)
    if alone is None or session is None:
        return tuple(tasks)
    pairs = {(e.plan, e.item) for e in session.exercises}
    more = [n for n, e in enumerate(alone.exercises) if (e.plan, e.item) not in pairs]
    whole = replace(
        session,
        minutes=_sum(session.minutes, alone.minutes if more else None),
        exercises=(*session.exercises, *(alone.exercises[n] for n in more)),
        ticked=(*session.ticked, *(alone.times_ticked(n) for n in more)),
        plans=tuple(dict.fromkeys((*session.plans, *alone.plans))),
        changes=tuple(dict.fromkeys((*session.changes, *alone.changes))),
        done=session.done and alone.done,
    )
    return tuple(whole if t is session else t for t in tasks if t is not alone)


def _untickable(session: Task) -> bool:
    """Done by the log, without its ticks: what joined it now would stand there alone."""
    ticked = all(session.times_ticked(n) >= e.dose.per_day for n, e in enumerate(session.exercises))
    return session.done and not ticked


def joined_week(placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """A calendar's sessions as they are shown: what is done does not join what is not."""
    found = list(placed)
    for alone in [p for p in placed if p.item.joins]:
        session = next(
            (p for p in found if p.on == alone.on and p.item.kind in _STRENGTH and p.done is alone.done), None
        )
        if session is None:
            continue
        found.remove(alone)
        found[found.index(session)] = replace(session, item=_with(session.item, alone.item))
    return tuple(found)


def _with(session: WeekItem, alone: WeekItem) -> WeekItem:
    more = tuple(pair for pair in alone.exercises if pair not in session.exercises)
    return replace(
        session,
        minutes=session.minutes + (alone.minutes if more else 0.0),
        exercises=(*session.exercises, *more),
        plans=tuple(dict.fromkeys((*session.plans, *alone.plans))),
    )


def _sum(one: float | None, other: float | None) -> float | None:
    return one if other is None else other if one is None else one + other
