"""The facts of a plan on one day, worked out only where a criterion asks. What is not known is None.

Windows end on the day itself: "7d" is that day and the six before it. Weeks in a row end the day before, because a run
of today has had no morning after yet. What she said and how she ran: said.py, runs.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from niggle.core.body import SITES
from niggle.core.gates.names import FACTS, test_of
from niggle.core.gates.runs import RUNS
from niggle.core.gates.said import SAID
from niggle.core.gates.seen import WEEK, Seen, most
from niggle.core.gates.types import Days, Standing
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import RunStatus
from niggle.core.protocol import Protocol
from niggle.core.reasons import FactValue
from niggle.core.scoreboard import CALF_TESTS, calf_gate


class PlanFactsOfDay(Seen, Mapping[str, FactValue]):
    """Every fact of one day by name; unknown names are KeyErrors with [] and None with get."""

    __slots__ = ("_known",)

    def __init__(self, days: Days, index: int, standing: Standing, protocol: Protocol, knowledge: Knowledge) -> None:
        super().__init__(days, index, standing, protocol, knowledge)
        self._known: dict[str, FactValue] = {}

    def moved(self) -> None:
        super().moved()
        self._known = {key: value for key, value in self._known.items() if key in _OF_DAYS}

    def get(self, key: str, default: FactValue = None) -> FactValue:  # type: ignore[override]
        known = self._known
        if key in known:
            return known[key]
        work_out = _WORKED_OUT.get(key)
        value: FactValue
        if work_out is not None:
            value = work_out(self)
        elif key.startswith("says_"):
            value = self.said(key)
        else:
            value = self._of_test(key)
        known[key] = value
        return value

    def __getitem__(self, key: str) -> FactValue:
        if key not in FACTS and test_of(key) is None:
            raise KeyError(key)
        return self.get(key)

    def __iter__(self) -> Iterator[str]:
        yield from FACTS

    def __len__(self) -> int:
        return len(FACTS)

    def _of_test(self, name: str) -> FactValue:
        found = test_of(name)
        if found is None or found[0] not in self.knowledge.tests:
            return None
        state = self.test(found[0])
        if state is None:
            return None
        if found[1] == "_pain":
            return state.pain
        if state.void:
            return None
        return {"_min": state.worse, "_gap": state.gap, "_lsi": state.lsi, "_sore": state.sore}[found[1]]


def gate_facts(days: Days, index: int, standing: Standing, protocol: Protocol, knowledge: Knowledge) -> PlanFactsOfDay:
    """The facts of the plan on the day `index` of `days`; later days are not looked at."""
    return PlanFactsOfDay(days, index, standing, protocol, knowledge)


def _min_days(f: Seen) -> FactValue:
    grade = f.protocol.grades.get(str(_grade(f)))
    if grade is not None:
        return grade.min_days[min(int(f.standing.phase), 4) - 1]
    return f.protocol.phase(f.standing.phase).days_low or 0


def _days_in_phase(f: Seen) -> int:
    return (f.row.on - f.standing.phase_since).days


def _grade(f: Seen) -> FactValue:
    return f.days.plan.grade or f.protocol.default_grade


def _imaged(f: Seen) -> FactValue:
    said = f.said("imaged")
    return bool(said) if said is not None else f.days.plan.imaged


def _done_share(f: Seen) -> FactValue:
    planned = f.standing.planned_14d
    if planned <= 0:
        return None
    done = len({(d.item, r.on) for r in f.window(2 * WEEK) for d in r.done if not d.skipped})
    return min(1.0, done / planned)


def _last_easy(f: Seen) -> FactValue:
    for row in reversed(f.window(2 * WEEK)):
        said = [d.easy for d in row.done if d.easy is not None and not d.skipped]
        if said:
            return all(said)
    return None


def _calf_gate(f: Seen) -> FactValue:
    """ASB-R02, as scoreboard.calf_gate has it."""
    newest = {t: r for t in CALF_TESTS if (r := f.newest(t)) is not None}
    if not newest:
        return None
    return calf_gate(newest, f.row.on, f.knowledge)


_WORKED_OUT: Final[Mapping[str, Callable[[Seen], FactValue]]] = {
    **SAID,
    **RUNS,
    "days_in_phase": _days_in_phase,
    "days_in_plan": lambda f: (f.row.on - f.days.plan.on).days,
    "min_days": _min_days,
    "enough_days": lambda f: _days_in_phase(f) >= float(_min_days(f) or 0),
    "hurts_days": lambda f: (f.row.on - (f.days.plan.hurts_since or f.days.plan.on)).days,
    "cleared": lambda f: f.row.cleared,
    "cleared_to_run": lambda f: f.row.cleared_to_run,
    "imaged": _imaged,
    "bone_risk": lambda f: SITES[f.days.plan.site].bone_risk if f.days.plan.site in SITES else None,
    "grade": _grade,
    "site": lambda f: f.days.plan.site,
    "age": lambda f: f.days.age_years,
    "done_share_14d": _done_share,
    "exercise_days_14d": lambda f: sum(1 for r in f.window(2 * WEEK) if any(not d.skipped for d in r.done)),
    "exercise_pain_worst_7d": lambda f: most([d.pain for r in f.window(WEEK) for d in r.done if not d.skipped]),
    "exercise_last_easy": _last_easy,
    "ladder_done": lambda f: f.standing.ladder_done is not None,
    "ladder_step": lambda f: f.standing.step + 1 if f.standing.status is RunStatus.LADDER else 0,
    "calf_gate": _calf_gate,
}

# what depends on where the plan stands, beside all that a test tells: results are void from before the last red
OF_STANDING: Final = frozenset(
    {"days_in_phase", "min_days", "enough_days", "done_share_14d", "ladder_done", "ladder_step", "calf_gate"}
)
_OF_DAYS: Final = frozenset(FACTS) - OF_STANDING
