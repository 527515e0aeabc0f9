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


def clashes(
    request: Request, taken: frozenset[Spot], cuts: tuple[Cut, ...], unmet: Iterable[int]
) -> tuple[tuple[tuple[int, ...], tuple[str, ...]], ...]:
    """(places of wishes, rules) of each smallest clash, until every unmet wish is explained."""
    left = [w.place for w in request.wants]
    missing = set(unmet)
    found: list[tuple[tuple[int, ...], tuple[str, ...]]] = []
    for want in request.wants:
        if want.place in missing and want.kind is WishKind.RUNS_PER_WEEK and _too_few_runs(request, want.value or 0):
            found.append(((want.place,), (NO_SUCH_SESSION,)))
            left.remove(want.place)
            missing.discard(want.place)
    if not missing:
        return tuple(found)
    question = Question(request, Asking(demand=demand_of(request, taken), cuts=cuts, switches=True))
    rules = question.rules
    while missing:
        core = _smallest(question, rules, left, missing)
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


def without_place(
    request: Request, taken: frozenset[Spot], cuts: tuple[Cut, ...], kinds: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """For kinds of which one has no place: the rules that together leave none."""
    demand = demand_of(request, taken)
    found: dict[int, tuple[str, ...]] = {}
    for k in kinds:
        if request.kinds[k].barred:
            found[k] = request.kinds[k].barred
            continue
        for wanted in ({k: 1}, {**demand, k: demand.get(k, 0) + 1}):  # by itself, else beside all the others
            question = Question(request, Asking(demand=wanted, cuts=cuts, switches=True))
            core = _smallest(question, question.rules, (), ())
            if core is not None:
                found[k] = tuple(core[0])
                break
    return found


def demand_of(request: Request, taken: frozenset[Spot]) -> dict[int, int]:
    """How many of each required kind stand in the answer; optional ones are not asked for."""
    counts: dict[int, int] = {}
    for k, _ in taken:
        if not request.kinds[k].optional:
            counts[k] = counts.get(k, 0) + 1
    return counts


def _smallest(
    question: Question, rules: Sequence[str], wishes: Sequence[int], missing: Collection[int]
) -> tuple[list[str], list[int]] | None:
    """A smallest set of rules and wishes under which the demand is impossible; None if all of them can hold.

    Of wishes those that are unmet anyway (`missing`) are kept where another would do as well.
    """
    core = question.against(rules, wishes)
    if core is None:
        return None
    for wish in sorted(core[1], key=lambda w: (w in missing, w)):
        if wish in core[1]:
            core = question.against(core[0], [w for w in core[1] if w != wish]) or core
    for rule in list(core[0]):
        if rule in core[0]:
            core = question.against([r for r in core[0] if r != rule], core[1]) or core
    return core


def _too_few_runs(request: Request, wanted: int) -> bool:
    return sum(k.many for k in request.kinds if k.run) + request.runs_done < wanted
