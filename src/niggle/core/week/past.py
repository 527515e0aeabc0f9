"""The days of a calendar that are over: which sessions were done, and what was done beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from niggle.core.plan import RUN_KINDS, ItemKind, Measured, Placed

_STRENGTH: Final = frozenset({ItemKind.STRENGTH, ItemKind.STRENGTH_A, ItemKind.STRENGTH_B})
LOGGED: Final = "log-"  # how the items are named that come from the log (core.rehab.surroundings)


def with_done(
    placed: Sequence[Placed], before: Sequence[Placed], tests: Iterable[Measured], today: date
) -> tuple[Placed, ...]:
    """The sessions of past days and of today, marked where they were done. before: what was done, as the log and the
    ticks tell it. One with exercises counts with the first of them once its day is over, and today with all."""
    measured = {(t.on, t.test) for t in tests}
    ticked = {(p.on, pair) for p in before if p.done for pair in p.item.exercises}
    left = {day: _runs_and_kinds(before, day) for day in {p.on for p in placed if p.on <= today}}
    found = []
    for p in placed:
        if p.done or p.on > today:
            found.append(p)
            continue
        item = p.item
        if item.tests:
            done = all((p.on, test) in measured for test in item.tests)
        elif item.exercises:
            hit = [(p.on, pair) in ticked for pair in item.exercises]
            done = any(hit) if p.on < today else all(hit)
        elif item.kind is ItemKind.STRIDES:
            done = any(b.item.kind is ItemKind.STRIDES and b.on == p.on for b in before)
        else:
            key = ItemKind.RUN_EASY if item.kind in RUN_KINDS else item.kind
            done = key in left[p.on]
            if done:
                left[p.on].remove(key)
        found.append(replace(p, done=True) if done else p)
    return tuple(found)


def beside(placed: Sequence[Placed], before: Sequence[Placed], first: date, today: date) -> tuple[Placed, ...]:
    """What the log holds from `first` to today beyond the sessions that stand there as done (`with_done`)."""
    stands = [p for p in placed if p.done]
    found = []
    for p in sorted(before, key=lambda p: (p.on, p.start_min)):
        if not (first <= p.on <= today) or not p.item.id.startswith(LOGGED):
            continue
        own = next((s for s in stands if s.on == p.on and _same(s.item.kind, p.item.kind)), None)
        if own is None:
            found.append(p)
        else:
            stands.remove(own)
    return tuple(found)


def _same(planned: ItemKind, logged: ItemKind) -> bool:
    return planned == logged or any(planned in kinds and logged in kinds for kinds in (RUN_KINDS, _STRENGTH))


def _runs_and_kinds(before: Sequence[Placed], day: date) -> list[ItemKind]:
    """The sessions of a day without exercises; every run stands for one run, whatever its kind."""
    here = [p.item.kind for p in before if p.on == day and p.done and not p.item.exercises]
    return [ItemKind.RUN_EASY if kind in RUN_KINDS else kind for kind in here]
