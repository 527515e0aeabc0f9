"""CP-SAT, asked: one worker, a fixed seed, a limit in deterministic time: equal questions get equal answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ortools.sat.python import cp_model

from niggle.scheduler.model import Asking, Model, weighted
from niggle.scheduler.request import Request, Spot

# deterministic seconds, about as long as real ones
_SHORT: Final = 0.03  # nearly every week is solved and proved in a tenth of it
_LONG: Final = 0.06
_ASKED: Final = 0.05
_FOUND: Final = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _solver(limit: float, presolve: bool = False) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    p = solver.parameters
    p.num_workers = 1
    p.random_seed = 7
    p.max_deterministic_time = limit
    p.cp_model_presolve = presolve  # most models of this size are solved sooner than they are simplified
    p.symmetry_level = 0
    p.cp_model_probing_level = 0
    p.cut_level = 0
    p.add_lp_constraints_lazily = False
    return solver


def best(request: Request, asking: Asking) -> tuple[frozenset[Spot], Model, bool]:
    """(spots taken, the model, whether no other week has more items, wishes and fewer warnings and changes).

    Placing nothing is always possible. A week that takes long is searched by tiers: first what matters, then, with
    that held, what is only nicer.
    """
    model = Model(request, asking)
    solver = _solver(_SHORT)
    status = solver.solve(model.cp)
    if status == cp_model.OPTIMAL:
        return _taken(model, solver), model, True
    _hint(model, solver, status)
    model.aim(model.cost)
    tiers = _solver(_LONG, presolve=True)
    status = tiers.solve(model.cp)
    if status not in _FOUND:
        return frozenset(), model, False
    proved = status == cp_model.OPTIMAL
    taken = _taken(model, tiers)
    _hint(model, tiers, status)
    reached = sum(c * int(tiers.value(v)) for v, c in model.cost)
    model.cp.add(weighted([v for v, _ in model.cost], [c for _, c in model.cost]) <= reached)
    model.aim(model.likings)
    nicer = _solver(_SHORT, presolve=True)
    if nicer.solve(model.cp) in _FOUND:
        taken = _taken(model, nicer)
    return taken, model, proved


def _taken(model: Model, solver: cp_model.CpSolver) -> frozenset[Spot]:
    return frozenset(spot for spot, v in model.x.items() if solver.boolean_value(v))


def _hint(model: Model, solver: cp_model.CpSolver, status: cp_model.CpSolverStatus) -> None:
    """Begin the next search where this one came to."""
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    if status in _FOUND:
        for v in model.x.values():
            model.cp.add_hint(v, solver.boolean_value(v))


class Question:
    """One demand, asked again and again under other rules and wishes."""

    def __init__(self, request: Request, asking: Asking) -> None:
        self._model = Model(request, asking)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that say anything about this demand."""
        return tuple(sorted(self._model.switch))

    def against(
        self, rules: Collection[str], wishes: Collection[int], more: int | None = None
    ) -> tuple[list[str], list[int]] | None:
        """None if the demand (with one `more` of a kind) can be met while these rules and wishes hold; else those of
        them that prevent it."""
        model = self._model
        if not model.possible:
            return [], []
        on = {model.switch[r].index: r for r in rules if r in model.switch}
        met = {(~model.unmet[w]).index: w for w in wishes}
        model.cp.clear_assumptions()
        model.cp.add_assumptions(
            [
                *(model.switch[r] for r in on.values()),
                *(~model.unmet[w] for w in wishes),
                *(v if k == more else ~v for k, v in model.more.items()),
            ]
        )
        solver = _solver(_ASKED)
        if solver.solve(model.cp) != cp_model.INFEASIBLE:
            return None
        core = list(solver.sufficient_assumptions_for_infeasibility())
        return sorted(on[i] for i in core if i in on), sorted(met[i] for i in core if i in met)
