"""Why a wish is not met, or an item found no place: a smallest set of wishes and rules that cannot all hold.

By deletion: whatever can be taken away and the rest is still impossible does not belong to the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from niggle.core.plan import WishKind
from niggle.scheduler.model import Asking
from niggle.scheduler.request import Cut, Request, Spot
from niggle.scheduler.search import Question

NO_SUCH_SESSION: Final = "PLAN-W07"
_MOST_ITEMS: Final = 3  # items that had room by themselves, and are explained by what stands there


class Asker:
    """The reasons for one answer; the model with all its switches is built once, when it is needed."""

    def __init__(self, request: Request, taken: frozenset[Spot], cuts: tuple[Cut, ...], strict: bool) -> None:
        placed = [k for k, _ in taken]
        self._request, self._cuts, self._strict = request, cuts, strict
        self._demand = demand_of(request, taken)
        self.missing = [k for k, kind in enumerate(request.kinds) if placed.count(k) < kind.many and not kind.optional]
        self._question: Question | None = None

    @property
    def question(self) -> Question:
        if self._question is None:
            more = tuple(self.missing)
            asking = Asking(demand=self._demand, more=more, cuts=self._cuts, strict=self._strict, switches=True)
            self._question = Question(self._request, asking)
        return self._question

    def clashes(self, unmet: Iterable[int]) -> tuple[tuple[tuple[int, ...], tuple[str, ...]], ...]:
        """(places of wishes, rules) of each smallest clash, until every unmet wish is explained."""
        request = self._request
        left = [w.place for w in request.wants]
        missing = set(unmet)
        found: list[tuple[tuple[int, ...], tuple[str, ...]]] = []
        for want in request.wants:
            few = want.kind is WishKind.RUNS_PER_WEEK and _too_few_runs(request, want.value or 0)
            if want.place in missing and few:
                found.append(((want.place,), (NO_SUCH_SESSION,)))
                left.remove(want.place)
                missing.discard(want.place)
        while missing:
            core = _smallest(self.question, left, missing)
            if core is None:
                break
            gone = next((w for w in core[1] if w in missing), None)
            if gone is not None:
                found.append((tuple(core[1]), tuple(core[0])))
                missing.discard(gone)
            elif core[1]:  # a wish that does not apply, as of the number of runs in a week without any
                gone = core[1][0]
            else:
                break
            left.remove(gone)
        return tuple(found)

    def without_place(self) -> dict[int, tuple[str, ...]]:
        """For kinds of which one has no place: the rules that together leave none. The most important come first."""
        found: dict[int, tuple[str, ...]] = {}
        searched = 0
        for k in sorted(self.missing, key=lambda k: (-self._request.kinds[k].importance, k)):
            kind = self._request.kinds[k]
            if kind.barred:
                found[k] = kind.barred
                continue
            alone = Question(self._request._replace(kinds=(kind,)), Asking(demand={0: 1}, switches=True))
            core = _smallest(alone, (), ())
            if core is None and searched < _MOST_ITEMS:  # not by itself: then because of what stands there
                core = _smallest(self.question, (), (), k)
                searched += 1
            if core is not None:
                found[k] = tuple(core[0])
        return found


def demand_of(request: Request, taken: frozenset[Spot]) -> dict[int, int]:
    """How many of each required kind stand in the answer; optional ones are not asked for."""
    counts: dict[int, int] = {}
    for k, _ in taken:
        if not request.kinds[k].optional:
            counts[k] = counts.get(k, 0) + 1
    return counts


def _smallest(
    question: Question, wishes: Sequence[int], missing: Collection[int], more: int | None = None
) -> tuple[list[str], list[int]] | None:
    """A smallest set of rules and wishes under which the demand is impossible; None if all of them can hold.

    Of wishes those that are unmet anyway (`missing`) are kept where another would do as well.
    """
    core = question.against(question.rules, wishes, more)
    if core is None:
        return None
    for wish in sorted(core[1], key=lambda w: (w in missing, w)):
        if wish in core[1] and (len(core[1]) > 1 or more is not None):  # without any wish the demand stands
            core = question.against(core[0], [w for w in core[1] if w != wish], more) or core
    for rule in list(core[0]):
        if rule in core[0]:
            core = question.against([r for r in core[0] if r != rule], core[1], more) or core
    return core


def _too_few_runs(request: Request, wanted: int) -> bool:
    return sum(k.many for k in request.kinds if k.run) + request.runs_done < wanted
