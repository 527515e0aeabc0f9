"""From slots to hours: what shares a window follows each other, and waits as long as what came before asks for."""

from __future__ import annotations

from collections.abc import Sequence

from niggle.core.plan import WishKind
from niggle.core.values import value
from niggle.core.week.rules import BLOCK, Near, Numbers, Stance, Traits, between
from niggle.scheduler.request import DAY, STEP_MIN, Cut, Request, Slot, Spot


@value(frozen=True, slots=True)
class Timed:
    """A kind at a time: minutes after the week's first midnight."""

    kind: int
    slot: int
    begins: int
    ends: int


def time(request: Request, taken: frozenset[Spot], slots: Sequence[Slot]) -> tuple[Timed, ...]:
    """Hours for what stands in each slot, in order of time."""
    found: list[Timed] = []
    for s in sorted({s for _, s in taken}, key=lambda s: (slots[s].begins, slots[s].ends)):
        slot = slots[s]
        here = sorted((k for k, at in taken if at == s), key=lambda k: (request.kinds[k].order, k))
        left = sum(request.kinds[k].minutes for k in here)
        cursor = _from(request, slot, left)
        for k in here:
            minutes = request.kinds[k].minutes
            latest = slot.ends - left
            begins = _wait(request, k, cursor, latest, found)
            found.append(Timed(k, s, begins, begins + minutes))
            cursor = begins + minutes
            left -= minutes
    return tuple(sorted(found, key=lambda t: (t.begins, t.ends)))


def _from(request: Request, slot: Slot, minutes: int) -> int:
    """The window's beginning, or the hour before which she wants nothing, if all still fits after it."""
    begins = slot.begins
    for want in request.wants:
        if want.kind is WishKind.NOTHING_BEFORE and slot.own is None and want.day in (None, slot.day):
            hour = slot.day * DAY + (want.value or 0)
            if begins < hour <= slot.ends - minutes:
                begins = hour
    return begins


def _wait(request: Request, kind: int, cursor: int, latest: int, found: Sequence[Timed]) -> int:
    """The earliest time from `cursor` on that keeps every distance in hours, warnings too if there is room."""
    traits, numbers, stance = request.kinds[kind].traits, request.numbers, request.stance
    must = wish = cursor
    for first in request.stands:
        if first.begins <= cursor:
            must, wish = _after(first.traits, first.begins, first.ends, traits, numbers, stance, must, wish)
    for timed in found:
        other = request.kinds[timed.kind].traits
        must, wish = _after(other, timed.begins, timed.ends, traits, numbers, stance, must, wish)
    if wish <= latest:
        return wish
    return max(cursor, min(must, latest))


def _after(
    first: Traits, begins: int, ends: int, then: Traits, numbers: Numbers, stance: Stance, must: int, wish: int
) -> tuple[int, int]:
    for r in between(first, then, numbers, stance):
        if r.near is Near.DAYS:
            continue
        clear = (ends if r.near is Near.GAP else begins) + round(r.limit)
        clear = -(-clear // STEP_MIN) * STEP_MIN
        if r.severity is BLOCK:
            must = max(must, clear)
        wish = max(wish, clear)
    return must, wish


def broken(request: Request, timed: Sequence[Timed], *, narrow: bool = False) -> Cut | None:
    """What cannot stand together because the hours do not work out; None if every distance is kept.

    narrow: only the two concerned, although with less beside them their hours might work out.
    """
    for n, then in enumerate(timed):
        traits = request.kinds[then.kind].traits
        for stands in request.stands:
            if stands.begins <= then.begins:
                rule = _too_close(request, stands.traits, stands.begins, stands.ends, traits, then.begins)
            else:
                rule = _too_close(request, traits, then.begins, then.ends, stands.traits, stands.begins)
            if rule is not None:
                return _company(rule, timed, (then,), narrow)
        for first in timed[:n]:
            other = request.kinds[first.kind].traits
            rule = _too_close(request, other, first.begins, first.ends, traits, then.begins)
            if rule is not None:
                return _company(rule, timed, (first, then), narrow)
    return None


def _too_close(request: Request, first: Traits, begins: int, ends: int, then: Traits, at: int) -> str | None:
    for r in between(first, then, request.numbers, request.stance):
        if r.near is Near.DAYS or r.severity is not BLOCK:
            continue
        if at - (ends if r.near is Near.GAP else begins) < r.limit:
            return r.rule
    return None


def _company(rule: str, timed: Sequence[Timed], concerned: tuple[Timed, ...], narrow: bool) -> Cut:
    """Those concerned, and everything in their windows: with less in them the hours may work out."""
    slots = {t.slot for t in concerned}
    return Cut(rule, frozenset((t.kind, t.slot) for t in timed if t in concerned or (t.slot in slots and not narrow)))
