"""From items, times and surroundings to a week: ask, search, set the hours, check again, explain what did not fit."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil
from time import perf_counter
from typing import Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Availability, Placed, WeekItem, WeekPlan
from niggle.core.week import Surroundings, Violation, blocks, check, distance, wishes_broken
from niggle.core.week.rules import Numbers
from niggle.scheduler.floating import lay_out
from niggle.scheduler.request import DAY, STEP_MIN, Asked, Cut, Request, ask
from niggle.scheduler.timing import Timed, broken, time
from niggle.scheduler.types import Clash, LeftOut, Solved

SPARE: Final = "PLAN-W08"
_WIDE_CUTS: Final = 1  # tries that rule out no more than what did not work out
_MOST_CUTS: Final = 3  # tries before gaps are taken as narrow as windows allow


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a Request, without names: what stands when."""

    taken: frozenset[tuple[int, int]]
    timed: tuple[Timed, ...]
    optimal: bool
    cuts: tuple[Cut, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Why:
    """Why not all of it: clashes as (wishes by index, rules), kinds without a place as (index, rules)."""

    clashes: tuple[tuple[tuple[int, ...], tuple[str, ...]], ...] = ()
    without_place: tuple[tuple[int, tuple[str, ...]], ...] = ()


class Memo:
    """Answers kept by request, the last `size` of them; for callers that ask often."""

    def __init__(self, size: int = 50_000) -> None:
        self._found: dict[Request, Found] = {}
        self._why: dict[Request, Why] = {}
        self._size = size
        self.asked = self.hits = 0

    def __len__(self) -> int:
        return len(self._found)

    def found(self, request: Request) -> Found:
        self.asked += 1
        kept = self._found.get(request)
        if kept is not None:
            self.hits += 1
            return kept
        if len(self._found) >= self._size:
            oldest = next(iter(self._found))
            del self._found[oldest]
            self._why.pop(oldest, None)
        found = self._found[request] = _search(request)
        return found

    def why(self, request: Request, found: Found, unmet: frozenset[int]) -> Why:
        kept = self._why.get(request)
        if kept is None:
            kept = self._why[request] = _why(request, found, unmet)
        return kept


@dataclass(frozen=True, slots=True)
class _Put:
    """What a question was about, handed on as one."""

    items: Sequence[WeekItem]
    availability: Availability
    surroundings: Surroundings
    knowledge: Knowledge
    previous: WeekPlan | None
    fixed: Sequence[Placed]


def solve(
    items: Sequence[WeekItem],
    availability: Availability,
    surroundings: Surroundings,
    knowledge: Knowledge,
    *,
    previous: WeekPlan | None = None,
    fixed: Sequence[Placed] = (),
    explain: bool = True,
    memo: Memo | None = None,
) -> Solved:
    """The nearest week that holds: no block of core.week; then items, wishes, no warnings, old days, in this order.

    previous: the calendar as it was (this week's, or an earlier one's: weekdays are compared). fixed: what stays where
    it is, counted by every rule. Past days and days in surroundings.not_on stay empty. explain: say which wishes clash
    and which rules leave an item no place. ValueError if ids are not unique.
    """
    begun = perf_counter()
    put = _Put(items, availability, surroundings, knowledge, previous, fixed)
    memo = Memo(4) if memo is None else memo
    asked, found, solved = _answer(put, memo, STEP_MIN)
    short = any(not i.item.optional for i in solved.left_out)
    if short and _rounding_matters(asked, found):
        exact = _answer(put, memo, 1)
        if _lacking(exact[2]) < _lacking(solved):
            asked, found, solved = exact
    if explain and (short or solved.unmet):
        solved = _explained(solved, asked, found, memo, availability)
    return replace(solved, seconds=perf_counter() - begun)


def request_key(
    items: Sequence[WeekItem],
    availability: Availability,
    surroundings: Surroundings,
    knowledge: Knowledge,
    *,
    previous: WeekPlan | None = None,
    fixed: Sequence[Placed] = (),
) -> Hashable:
    """Equal for requests that have the same answer up to names and dates."""
    return ask(items, availability, surroundings, Numbers.of(knowledge), previous, fixed).request


def _rounding_matters(asked: Asked, found: Found) -> bool:
    """What has no place would fit into a window beside what stands there, if lengths were not rounded up."""
    request, members = asked.request, asked.members
    placed = [k for k, _ in found.taken]
    missing = [k for k, kind in enumerate(request.kinds) if placed.count(k) < kind.many]
    for s, slot in enumerate(request.slots):
        room = slot.ends - slot.begins
        here = [k for k, at in found.taken if at == s]
        exact = sum(ceil(members[k][0].minutes) for k in here)
        rounded = sum(request.kinds[k].minutes for k in here)
        if any(exact + ceil(members[k][0].minutes) <= room < rounded + request.kinds[k].minutes for k in missing):
            return True
    return False


def _lacking(solved: Solved) -> tuple[int, int]:
    return sum(not i.item.optional for i in solved.left_out), len(solved.unmet)


def _answer(put: _Put, memo: Memo, step_min: int) -> tuple[Asked, Found, Solved]:
    numbers = Numbers.of(put.knowledge)
    asked = ask(put.items, put.availability, put.surroundings, numbers, put.previous, put.fixed, step_min)
    found = memo.found(asked.request)
    return asked, found, _named(asked, found, put)


def _search(request: Request) -> Found:
    if not request.kinds or not request.slots:
        return Found(frozenset(), (), True)
    from niggle.scheduler.model import Asking
    from niggle.scheduler.search import Search

    cuts: tuple[Cut, ...] = ()
    while True:
        strict = len(cuts) >= _MOST_CUTS
        search = Search(request, Asking(cuts=cuts, strict=strict))
        narrow = len(cuts) >= _WIDE_CUTS
        timed = time(request, search.taken, search.model.slots)
        cut = broken(request, timed, narrow=narrow)
        if cut is not None and not strict:
            cuts = (*cuts, cut)
            continue
        nicer = search.nicer()
        hours = time(request, nicer, search.model.slots)
        if broken(request, hours) is None:
            return Found(nicer, hours, search.proved and not narrow, cuts, strict)
        return Found(search.taken, timed, search.proved and not narrow, cuts, strict)


def _why(request: Request, found: Found, unmet: frozenset[int]) -> Why:
    if not request.kinds or not request.slots:
        rules = ("PLAN-W04",) if request.shut_slots else ("PLAN-W02",)
        return Why((), tuple((k, rules) for k in range(len(request.kinds))))
    from niggle.scheduler.explain import Asker

    asker = Asker(request, found.taken, found.cuts, found.strict)
    return Why(asker.clashes(unmet), tuple(asker.without_place().items()))


def _explained(solved: Solved, asked: Asked, found: Found, memo: Memo, availability: Availability) -> Solved:
    broken = [b.wish for b in solved.unmet]
    unmet = frozenset(w.place for w in asked.request.wants if availability.wishes[w.place] in broken)
    why = memo.why(asked.request, found, unmet)
    kinds = {item.id: k for k, group in enumerate(asked.members) for item in group}
    rules = dict(why.without_place)
    rules |= {k: (SPARE,) for k, kind in enumerate(asked.request.kinds) if kind.spare}
    return replace(
        solved,
        clashes=tuple(Clash(tuple(availability.wishes[w] for w in wishes), because) for wishes, because in why.clashes),
        left_out=tuple(
            out if out.item.optional or out.because else LeftOut(out.item, rules.get(kinds.get(out.item.id, -1), ()))
            for out in solved.left_out
        ),
    )


def _named(asked: Asked, found: Found, put: _Put) -> Solved:
    """The answer with her items, her dates, and the checker's last word."""
    around = put.surroundings
    placed, out = list(put.fixed), []
    for k, group in enumerate(asked.members):
        times = [t for t in found.timed if t.kind == k]
        habits = _habits_of(group, put.previous)
        stand, rest = _deal(group, times, habits)
        placed += [_place(item, t, around) for item, t in stand]
        out += rest
    floats, not_laid = lay_out(asked.floating, placed, around, put.previous)
    placed += floats
    out += not_laid
    placed.sort(key=lambda p: (p.on, p.start_min, p.item.id))
    placed, violations, dropped = _checked(placed, put)
    order = {item.id: n for n, item in enumerate(put.items)}
    left_out = tuple(sorted([*(LeftOut(i) for i in out), *dropped], key=lambda o: order[o.item.id]))
    week = WeekPlan(around.start, around.first_free, tuple(placed), tuple(o.item.id for o in left_out))
    return Solved(
        week,
        left_out,
        unmet=wishes_broken(placed, around, put.availability),
        violations=violations,
        changes=None if put.previous is None else distance(put.previous, week),
        optimal=found.optimal,
        named=_name(asked, put),
    )


def _checked(placed: list[Placed], put: _Put) -> tuple[list[Placed], tuple[Violation, ...], list[LeftOut]]:
    """core.week has the last word: what it still blocks is taken out. The search leaves nothing to take out."""
    dropped: list[LeftOut] = []
    while True:
        violations = check(placed, put.surroundings, put.knowledge, put.availability, suggest=False)
        own = {p.item.id for p in placed} - {p.item.id for p in put.fixed}
        wrong = next(((v, i) for v in blocks(violations) for i in reversed(v.items) if i in own), None)
        if wrong is None:
            return placed, violations, dropped
        dropped += _drop(wrong[0], next(p.item for p in placed if p.item.id == wrong[1]))
        placed = [p for p in placed if p.item.id != wrong[1]]


def _drop(violation: Violation, item: WeekItem) -> list[LeftOut]:
    return [LeftOut(item, (violation.rule,))]


def _name(asked: Asked, put: _Put) -> str | None:
    if not put.items:
        return "nothing_to_place"
    return "no_day" if asked.request.kinds and not asked.request.slots else None


def _habits_of(group: Sequence[WeekItem], previous: WeekPlan | None) -> dict[str, int]:
    if previous is None or len(group) < 2:
        return {}
    ids = {i.id for i in group}
    return {p.item.id: (p.on - previous.start).days % 7 for p in previous.placed if p.item.id in ids}


def _deal(
    group: Sequence[WeekItem], times: Sequence[Timed], habits: dict[str, int]
) -> tuple[list[tuple[WeekItem, Timed]], list[WeekItem]]:
    """Items alike get their times: each its old day if it is among them, the others in their order."""
    free, rest, found = list(times), [], []
    for item in group:
        mine = next((t for t in free if t.begins // DAY == habits.get(item.id, -1)), None)
        if mine is None:
            rest.append(item)
        else:
            free.remove(mine)
            found.append((item, mine))
    found += list(zip(rest, free, strict=False))
    return found, rest[len(free) :]


def _place(item: WeekItem, t: Timed, surroundings: Surroundings) -> Placed:
    return Placed(item, surroundings.start + timedelta(days=t.begins // DAY), t.begins % DAY)
