"""Whether the first run may come (RTR-R01, X10): the ladder's list, the condition's own, and the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from niggle.core.gates import GateResult, evaluate, is_open
from niggle.core.gates.evaluate import Facts
from niggle.core.knowledge_types import Knowledge
from niggle.core.protocol import Criterion, Ladder, Need, Protocol
from niggle.core.reasons import Grade
from niggle.core.when import AtLeast, Is, When

DEFAULT: Final = "default"  # readiness where a condition has no ladder of its own


def readiness_list(protocol: Protocol, grade: str | None, knowledge: Knowledge) -> tuple[Criterion, ...]:
    """Every criterion before the first run, each thing once; the record's own first, where no list has it already."""
    ladder = ladder_of(protocol, knowledge) or knowledge.ladders.get(DEFAULT)
    listed = (*(ladder.readiness if ladder is not None else ()), *protocol.readiness)
    said = {when for criterion in listed for when in _each(criterion.when)}
    own = [c for c in _record(need_of(protocol, grade)) if c.when not in said]
    seen: dict[str, Criterion] = {}
    for criterion in (*own, *listed):
        seen.setdefault(criterion.id, criterion)
    return tuple(seen.values())


def _record(need: Need) -> Iterator[Criterion]:
    """What has to be on record before a run. A plan may begin on a clearance for weight alone; a run may not."""
    if need in (Need.CLEARANCE, Need.IMAGING_AND_CLEARANCE):
        yield _criterion("cleared", Is("cleared_to_run"), "a clinician has cleared running")
    if need is Need.IMAGING_AND_CLEARANCE:
        yield _criterion("imaged", Is("imaged"), "it has been imaged")


def _each(when: When) -> Iterator[When]:
    """The condition, and what has to be true for it to be true."""
    yield when
    if isinstance(when, AtLeast) and when.count == len(when.terms):
        for term in when.terms:
            yield from _each(term)


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


def _criterion(id_: str, when: When, say: str) -> Criterion:
    return Criterion(id_, when, say, ("S0", "niggle"), Grade.PROPOSAL)


def ready(criteria: tuple[Criterion, ...], facts: Facts) -> GateResult:
    """The list with what is missing."""
    return evaluate(criteria, facts)


def is_ready(criteria: tuple[Criterion, ...], facts: Facts) -> bool:
    return is_open(criteria, facts)
