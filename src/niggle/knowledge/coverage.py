"""Which doses, gates and returns of a sheet its plan carries: `python -m niggle.knowledge.coverage [CONDITION ...]`.

A plan cites a fact by its id where it acts on it. What is left over is either forgotten or not for a plan.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator

from niggle.core.condition import Section, SheetFact
from niggle.core.exercise import GrowingDose, Quantity
from niggle.core.knowledge_types import Knowledge
from niggle.core.protocol import Criterion, Item, Protocol

SECTIONS = frozenset(
    {Section.GRADES, Section.MANAGEMENT, Section.GATES, Section.RETURN, Section.RECOVERY, Section.PREVENTION}
)
ALWAYS = frozenset({Section.GATES, Section.RETURN})
_NUMBER = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|twice)\b", re.IGNORECASE
)


def due(facts: Iterable[SheetFact]) -> tuple[SheetFact, ...]:
    """The facts a plan has to carry: every gate and return, and what has a dose or a number in the other SECTIONS."""
    return tuple(
        f for f in facts if f.section in ALWAYS or (f.section in SECTIONS and (f.doses or _NUMBER.search(f.text)))
    )


def uncited(knowledge: Knowledge, condition: str) -> tuple[SheetFact, ...]:
    """The facts due that a condition's protocol does not cite. KeyError without such a condition or plan."""
    places = cited(knowledge.protocols[condition])
    return tuple(f for f in due(knowledge.conditions[condition].facts) if f.id not in places)


def cited(protocol: Protocol) -> dict[str, tuple[str, ...]]:
    """Fact id -> the places of the plan that stand on it, in words, in the plan's order."""
    places: dict[str, list[str]] = {}
    for place, facts in _places(protocol):
        for fact in facts:
            known = places.setdefault(fact, [])
            if place not in known:
                known.append(place)
    return {fact: tuple(known) for fact, known in places.items()}


def _places(p: Protocol) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "summary", p.facts
    yield from _criteria("readiness", p.readiness)
    for plan in p.phases:
        phase = f"phase {int(plan.phase)}"
        yield from _items(phase, plan.items)
        yield f"{phase}: running", plan.running.facts
        for relief in plan.relief:
            yield f"{phase}: relief", relief.facts
        yield from _criteria(f"{phase}: gate", plan.gate)
    for name, criteria in (("hold", p.hold), ("step back", p.regress), ("stop", p.stop)):
        yield from _criteria(name, criteria)
    for deadline in p.deadlines:
        yield f"deadline after {deadline.after_days} days", deadline.facts
    for grade in p.grades.values():
        yield f"grade {grade.name}", grade.facts
    for choice in p.choices:
        yield f"choice: {choice.about}", choice.facts
    yield from _items("maintenance", p.maintenance)


def _items(where: str, items: Iterable[Item]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for item in items:
        yield f"{where}: {item.exercise} {dose_words(item.dose)}", item.facts


def dose_words(dose: GrowingDose) -> str:
    """A dose with its start and target, short: "3 x 10 to 15", "5 x 10 to 45 s", "2 x 8, 5 s", "20 min"."""
    parts = [_span(dose.reps), _span(dose.hold_s, " s"), _span(dose.minutes, " min")]
    what = ", ".join(part for part in parts if part)
    return what if (dose.sets.start, dose.sets.target) == (1, 1) else f"{_span(dose.sets)} x {what}"


def _span(quantity: Quantity | None, unit: str = "") -> str:
    if quantity is None:
        return ""
    low, high = f"{quantity.start:g}", f"{quantity.target:g}"
    return (low if low == high else f"{low} to {high}") + unit


def _criteria(where: str, criteria: Iterable[Criterion]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for criterion in criteria:
        yield f"{where} ({criterion.id})", criterion.facts


def main(names: list[str]) -> int:
    from niggle.knowledge.loader import KnowledgeError, load
    from niggle.knowledge.workbench import around

    missing = 0
    try:
        known = around(names) if names else load()
    except KnowledgeError as error:
        print(error)
        return 1
    for name in [n.rpartition("/")[2].partition(".")[0] for n in names] or known.protocols:
        if name not in known.protocols:
            print(f"{name}: no plan yet")
            missing += 1
            continue
        left = uncited(known, name)
        total = len(due(known.conditions[name].facts))
        print(f"{name}: {total - len(left)} of {total} facts due are cited")
        for fact in left:
            print(f"  {fact.id} [{fact.section}] {fact.text}")
        missing += len(left)
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
