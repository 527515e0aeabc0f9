"""CP-SAT, asked: one worker, a fixed seed, a limit in deterministic time: equal questions get equal answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ortools.sat.python import cp_model

from niggle.scheduler.model import Asking, Model
from niggle.scheduler.request import Request, Spot

_LIMIT: Final = 2.0  # deterministic seconds; a week needs hundredths


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    p = solver.parameters
    p.num_workers = 1
    p.random_seed = 7
    p.max_deterministic_time = _LIMIT
    p.cp_model_presolve = False  # a model of this size is solved sooner than it is simplified
    p.symmetry_level = 0
    p.cp_model_probing_level = 0
    p.cut_level = 0
    p.add_lp_constraints_lazily = False
    return solver


def best(request: Request, asking: Asking) -> tuple[frozenset[Spot], Model, bool]:
    """(spots taken, the model, whether that is proved to be the best). Placing nothing is always possible."""
    model = Model(request, asking)
    solver = _solver()
    status = solver.solve(model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return frozenset(), model, False
    taken = frozenset(spot for spot, v in model.x.items() if solver.boolean_value(v))
    return taken, model, status == cp_model.OPTIMAL


class Question:
    """One demand, asked again and again under other rules and wishes."""

    def __init__(self, request: Request, asking: Asking) -> None:
        self._model = Model(request, asking)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that say anything about this demand."""
        return tuple(sorted(self._model.switch))

    def against(self, rules: Collection[str], wishes: Collection[int]) -> tuple[list[str], list[int]] | None:
        """None if the demand can be met while these rules and wishes hold; else those of them that prevent it."""
        model = self._model
        if not model.possible:
            return [], []
        on = {model.switch[r].index: r for r in rules if r in model.switch}
        met = {(~model.unmet[w]).index: w for w in wishes}
        model.cp.clear_assumptions()
        model.cp.add_assumptions([*(model.switch[r] for r in on.values()), *(~model.unmet[w] for w in wishes)])
        solver = _solver()
        if solver.solve(model.cp) != cp_model.INFEASIBLE:
            return None
        core = list(solver.sufficient_assumptions_for_infeasibility())
        return sorted(on[i] for i in core if i in on), sorted(met[i] for i in core if i in met)
