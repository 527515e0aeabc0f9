"""A protocol with everything that is worked out from it once: its ladder, its readiness list, its limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from niggle.core.body import SITES, TissueClass
from niggle.core.exercise import Exercise, ExerciseKind, Weight
from niggle.core.gates import test_of
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder import ladder_of, need_of, readiness_list, strictest
from niggle.core.plan import PlanStart
from niggle.core.protocol import Criterion, GradePlan, Item, Ladder, Need, Phase, PhasePlan, Protocol
from niggle.core.scoreboard import CALF_TESTS

if TYPE_CHECKING:
    from niggle.core.rehab.types import Prescribed


@dataclass(frozen=True)
class Book:
    """What one plan goes by. The grade is hers, or the most careful one that needs no clearance.

    need: what has to be on record. gate_tests: the tests that each phase's gate waits for. given: exercises at doses
    that were written out before; only time depends on it.
    """

    protocol: Protocol
    knowledge: Knowledge
    ladder: Ladder | None
    readiness: tuple[Criterion, ...]
    need: Need
    grade: GradePlan | None
    sites: frozenset[str]
    heavy_calf: frozenset[str]  # exercises of the plan that load the calf heavily in any of its phases
    gate_tests: Mapping[Phase, frozenset[str]]
    given: dict[tuple[Any, ...], Prescribed] = field(default_factory=dict, compare=False, repr=False)

    @staticmethod
    def of(plan: PlanStart, knowledge: Knowledge) -> Book:
        """KeyError for a condition without a protocol: may_start answers that in words."""
        key = (knowledge.digest, plan.condition, plan.site, plan.grade)
        known = _BOOKS.get(key)
        if known is not None and known.knowledge is knowledge:
            return known
        if len(_BOOKS) >= _MOST_BOOKS:
            _BOOKS.clear()
        _BOOKS[key] = Book._made(plan, knowledge)
        return _BOOKS[key]

    @staticmethod
    def _made(plan: PlanStart, knowledge: Knowledge) -> Book:
        protocol = knowledge.protocols[plan.condition]
        condition = knowledge.conditions[plan.condition]
        return Book(
            protocol,
            knowledge,
            ladder_of(protocol, knowledge),
            readiness_list(protocol, plan.grade, knowledge),
            needed(protocol, plan),
            protocol.grades.get(plan.grade or protocol.default_grade or ""),
            frozenset((plan.site, *condition.sites)),
            frozenset(i.id for i in _every_item(protocol) if _is_heavy_calf(i, knowledge)),
            {p.phase: _tests_of(p.gate) for p in protocol.phases},
        )

    def phase(self, phase: Phase) -> PhasePlan:
        return self.protocol.phase(phase)

    def items(self, phase: Phase) -> tuple[Item, ...]:
        """The exercises of a phase; after the last one those that keep it well."""
        return self.protocol.maintenance if phase is Phase.DONE else self.phase(phase).items

    def number(self, name: str) -> float:
        return self.knowledge.number(name)


def _every_item(protocol: Protocol) -> tuple[Item, ...]:
    return (*(i for p in protocol.phases for i in p.items), *protocol.maintenance)


def _tests_of(gate: Sequence[Criterion]) -> frozenset[str]:
    names = {name for criterion in gate for name in criterion.when.names}
    found = {test[0] for test in map(test_of, names) if test is not None}
    return frozenset(found.union(CALF_TESTS if "calf_gate" in names else ()))


def _is_heavy_calf(item: Item, knowledge: Knowledge) -> bool:
    effort = item.dose.weight in (Weight.EFFORT, Weight.MODERATE)
    return effort and knowledge.exercises[item.exercise].heavy_calf


def needed(protocol: Protocol, plan: PlanStart) -> Need:
    """What a plan needs on record: of the condition and its grade, and of the place, the strictest.

    A bone of high risk wants its image, whatever its condition is called.
    """
    place = SITES.get(plan.site)
    at_risk = place is not None and place.bone_risk and protocol.ladder == "bone"
    return strictest((need_of(protocol, plan.grade), Need.IMAGING_AND_CLEARANCE if at_risk else Need.NOTHING))


_BOOKS: Final[dict[tuple[str, str, str, str | None], Book]] = {}  # worked out once; the knowledge is frozen
_MOST_BOOKS: Final = 256


def pain_max(book: Book, phase: Phase, exercise: Exercise | None) -> float:
    """The most pain that an exercise may give: by the tissue, and at most 3 where it springs."""
    number = book.number
    tissue = book.protocol.tissue_class
    if tissue is TissueClass.BONE:
        limit = number("exercise_pain_max_bone")
    elif tissue is TissueClass.JOINT:
        limit = number("exercise_pain_max_joint")
    elif tissue is TissueClass.TENDON:
        limit = number("exercise_pain_max_tendon_heavy_slow")
    elif tissue is TissueClass.MUSCLE and phase is Phase.SETTLE:
        limit = number("exercise_pain_max_muscle_early")
    else:
        limit = number("green_max")
    springs = exercise is not None and (exercise.impact or ExerciseKind.PLYOMETRIC in exercise.kinds)
    return min(limit, number("exercise_pain_max_plyometric")) if springs else limit
