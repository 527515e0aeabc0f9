"""Whether the first run may come (RTR-R01, X06, X10): the ladder's list, the condition's own, and the record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from niggle.core.gates import GateResult, evaluate, is_open
from niggle.core.gates.evaluate import Facts
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder.judge import BONE
from niggle.core.protocol import Criterion, Ladder, Need, Protocol
from niggle.core.reasons import Grade
from niggle.core.when import AtLeast, Compare, Is, When

DEFAULT: Final = "default"  # readiness where a condition has no ladder of its own


def readiness_list(protocol: Protocol, grade: str | None, knowledge: Knowledge) -> tuple[Criterion, ...]:
    """Every criterion before the first run, each once; the record's own first."""
    ladder = ladder_of(protocol, knowledge) or knowledge.ladders.get(DEFAULT)
    need = need_of(protocol, grade)
    own: list[Criterion] = []
    if need in (Need.CLEARANCE, Need.IMAGING_AND_CLEARANCE):
        own.append(_criterion("plan-cleared", Is("cleared"), "a clinician has cleared it"))
    if need is Need.IMAGING_AND_CLEARANCE:
        own.append(_criterion("plan-imaged", Is("imaged"), "it has been imaged"))
    if ladder is not None and ladder.id == BONE:
        own.append(_criterion("plan-bone-weeks", _bone_weeks(knowledge), "the bone had its weeks"))
    listed = (*own, *(ladder.readiness if ladder is not None else ()), *protocol.readiness)
    seen: dict[str, Criterion] = {}
    for criterion in listed:
        seen.setdefault(criterion.id, criterion)
    return tuple(seen.values())


def ladder_of(protocol: Protocol, knowledge: Knowledge) -> Ladder | None:
    return None if protocol.ladder is None else knowledge.ladders[protocol.ladder]


def need_of(protocol: Protocol, grade: str | None) -> Need:
    """What has to be on record: the stricter of the condition's and the grade's."""
    needs = [protocol.need]
    known = protocol.grades.get(grade or protocol.default_grade or "")
    if known is not None:
        needs.append(known.need)
    return strictest(needs)


def strictest(needs: Iterable[Need]) -> Need:
    """The one that asks for most."""
    return max(needs, key=_STRICT.index)


_STRICT: Final = (Need.NOTHING, Need.CLEARANCE, Need.IMAGING_AND_CLEARANCE, Need.NO_PLAN)


def _bone_weeks(knowledge: Knowledge) -> When:
    """Never before four weeks; before six only if a clinician's clearance says so (RTR-X06)."""
    six = Compare("weeks_off_running", ">=", knowledge.number("bone_min_weeks_without_clearance"))
    four = Compare("weeks_off_running", ">=", knowledge.number("bone_min_weeks_absolute"))
    return AtLeast(1, (six, AtLeast(2, (Is("cleared"), four))))


def _criterion(id_: str, when: When, say: str) -> Criterion:
    return Criterion(id_, when, say, ("S0", "niggle"), Grade.PROPOSAL)


def ready(criteria: tuple[Criterion, ...], facts: Facts) -> GateResult:
    """The list with what is missing."""
    return evaluate(criteria, facts)


def is_ready(criteria: tuple[Criterion, ...], facts: Facts) -> bool:
    return is_open(criteria, facts)
