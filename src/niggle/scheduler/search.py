"""CP-SAT, asked: one worker, a fixed seed, a limit in deterministic time: equal questions get equal answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ortools.sat.python import cp_model

from niggle.scheduler.model import Asking, Model, weighted
from niggle.scheduler.request import Request, Spot

# deterministic seconds, about as long as real ones
_SHORT: Final = 0.03  # nearly every week is solved and proved in a tenth of it
_LONG: Final = 0.3
_ASKED: Final = 0.05
_MANY: Final = 90  # spots from which on what matters is searched before what is only nicer
_FOUND: Final = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _solver(limit: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    p = solver.parameters
    p.catch_sigint_signal = False  # it would take Ctrl-C from the process for good
    p.num_workers = 1
    p.random_seed = 7
    p.max_deterministic_time = limit
    p.cp_model_presolve = False  # a model of this size is solved sooner than it is simplified
    p.symmetry_level = 0
    p.cp_model_probing_level = 0
    p.cut_level = 0
    p.add_lp_constraints_lazily = False
    return solver


class Search:
    """The best week of a model. `proved`: no other has more items and wishes, fewer warnings and changes.

    Placing nothing is always possible. A small week is searched in one go; a large one, or one that takes long, by
    tiers: first what matters, then, with that held, what is only nicer.
    """

    def __init__(self, request: Request, asking: Asking) -> None:
        self.model = Model(request, asking)
        self.proved = False
        self._nicest = False
        self.taken: frozenset[Spot] = frozenset()
        self._last: cp_model.CpSolver | None = None  # the last that found anything
        if len(self.model.x) < _MANY:
            self._search(_SHORT)
            self._nicest = self.proved
        if not self.proved:
            self._from_there()
            self.model.aim(self.model.cost)
            self._search(_LONG)

    def _search(self, limit: float) -> None:
        solver = _solver(limit)
        status = solver.solve(self.model.cp)
        if status in _FOUND:
            self.proved = status == cp_model.OPTIMAL
            self.taken = _taken(self.model, solver)
            self._last = solver

    def _from_there(self) -> None:
        """The next search begins with what the last one found."""
        if self._last is None:
            return
        model = self.model
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        for v in model.x.values():
            model.cp.add_hint(v, self._last.boolean_value(v))

    def nicer(self) -> frozenset[Spot]:
        """Another week as good in all that matters, and nicer; the same one where there is none."""
        model, last = self.model, self._last
        if self._nicest or last is None or not self.taken:
            return self.taken
        self._from_there()
        reached = sum(c * int(last.value(v)) for v, c in model.cost)
        model.cp.add(weighted([v for v, _ in model.cost], [c for _, c in model.cost]) <= reached)
        model.aim(model.likings)
        solver = _solver(_SHORT)
        return _taken(model, solver) if solver.solve(model.cp) in _FOUND else self.taken


def _taken(model: Model, solver: cp_model.CpSolver) -> frozenset[Spot]:
    return frozenset(spot for spot, v in model.x.items() if solver.boolean_value(v))


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
