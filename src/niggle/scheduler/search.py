"""CP-SAT, asked: one worker, a fixed seed, a limit in deterministic time: equal questions get equal answers."""

from __future__ import annotations

from typing import Final

from ortools.sat.python import cp_model

from niggle.scheduler.model import Asking, Model
from niggle.scheduler.request import Request, Spot

_LIMIT: Final = 2.0  # deterministic seconds; a week needs thousandths


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


def possible(request: Request, asking: Asking) -> bool:
    """Whether the demand can be met at all. A search that hits its limit counts as no."""
    model = Model(request, asking)
    return model.possible and _solver().solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
