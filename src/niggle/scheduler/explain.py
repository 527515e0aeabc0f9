"""Why a wish is not met, or an item found no place: a smallest set of wishes and rules that cannot all hold.

By deletion: whatever can be taken away and the rest is still impossible does not belong to the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from niggle.core.plan import WishKind
from niggle.scheduler.model import Asking, Model
from niggle.scheduler.request import Request, Spot
from niggle.scheduler.search import possible

NO_SUCH_SESSION: Final = "PLAN-W07"
_MOST_ITEMS: Final = 3  # items without a place that are explained; the others share the reasons


def clashes(
    request: Request, taken: frozenset[Spot], unmet: Iterable[int]
) -> tuple[tuple[tuple[int, ...], tuple[str, ...]], ...]:
    """(places of wishes, rules) of each smallest clash, until every unmet wish is explained."""
    demand = demand_of(request, taken)
    left = [w.place for w in request.wants]
    missing = set(unmet)
    found: list[tuple[tuple[int, ...], tuple[str, ...]]] = []
    for want in request.wants:
        if want.place in missing and want.kind is WishKind.RUNS_PER_WEEK and _too_few_runs(request, want.value or 0):
            found.append(((want.place,), (NO_SUCH_SESSION,)))
            left.remove(want.place)
            missing.discard(want.place)
    while missing and not possible(request, Asking(demand=demand, wanted=frozenset(left))):
        core = list(left)
        for w in sorted(left, key=lambda w: (w in missing, w)):  # the unmet ones are kept where either would do
            without = [c for c in core if c != w]
            if not possible(request, Asking(demand=demand, wanted=frozenset(without))):
                core = without
        found.append((tuple(sorted(core)), _rules(request, demand, frozenset(core))))
        gone = next((w for w in core if w in missing), None)
        if gone is None:  # impossible without any wish: nothing to choose between
            break
        left.remove(gone)
        missing.discard(gone)
    return tuple(found)


def without_place(request: Request, taken: frozenset[Spot], kinds: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """For kinds of which one has no place: the rules that together leave none."""
    demand = demand_of(request, taken)
    found: dict[int, tuple[str, ...]] = {}
    for k in kinds[:_MOST_ITEMS]:
        if request.kinds[k].barred:
            found[k] = request.kinds[k].barred
            continue
        more = {**demand, k: demand.get(k, 0) + 1}
        alone = {k: 1}
        found[k] = _rules(request, alone if not possible(request, Asking(demand=alone)) else more, None)
    return found


def demand_of(request: Request, taken: frozenset[Spot]) -> dict[int, int]:
    """How many of each required kind stand in the answer; optional ones are not asked for."""
    counts: dict[int, int] = {}
    for k, _ in taken:
        if not request.kinds[k].optional:
            counts[k] = counts.get(k, 0) + 1
    return counts


def _rules(request: Request, demand: Mapping[int, int], wanted: frozenset[int] | None) -> tuple[str, ...]:
    """A smallest set of rules under which the demand with these wishes is impossible; () if it is impossible anyway."""
    used = sorted(Model(request, Asking(demand=demand, wanted=wanted)).used | _outer(request))
    if possible(request, Asking(rules=frozenset(used), demand=demand, wanted=wanted)):
        return ()
    core = list(used)
    for rule in used:
        without = frozenset(core) - {rule}
        if not possible(request, Asking(rules=without, demand=demand, wanted=wanted)):
            core.remove(rule)
    return tuple(core)


def _outer(request: Request) -> set[str]:
    """Rules that take slots away before the model sees them."""
    return {"PLAN-W02", *(("PLAN-W04",) if request.shut_slots else ())}


def _too_few_runs(request: Request, wanted: int) -> bool:
    return sum(k.many for k in request.kinds if k.run) + request.runs_done < wanted
