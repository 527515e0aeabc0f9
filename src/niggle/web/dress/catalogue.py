"""An exercise as the catalogue knows it, and what the runner's plans ask of it: dose, phase, for whom it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from niggle.actions.plans.shown import ItemMeant, PlansShown
from niggle.core.exercise import Exercise
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import PlanStart
from niggle.core.protocol import Phase
from niggle.web.dress.exercises import Filter, Option
from niggle.web.dress.words import capital
from niggle.wording import doses, exercises
from niggle.wording.plans import plan_name

Url = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class About:
    id: str
    name: str
    also: str
    how: str
    cues: tuple[str, ...]
    faults: tuple[str, ...]
    kinds: str
    needs: str
    works: str
    easier: tuple[tuple[str, str], ...]
    harder: tuple[tuple[str, str], ...]
    loads: tuple[str, ...]
    not_for: tuple[str, ...]
    note: str


def about(entry: Exercise, known: Knowledge, url: Url) -> About:
    def linked(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple((known.exercises[n].name, url(n)) for n in names if n in known.exercises)

    loads = sorted(entry.load.items(), key=lambda pair: -pair[1].tier)
    return About(
        id=entry.id,
        name=entry.name,
        also=", ".join(entry.also),
        how=entry.how,
        cues=tuple(capital(c) for c in entry.cues),
        faults=tuple(capital(f) for f in entry.faults),
        kinds=exercises.kinds_line(entry),
        needs=capital(exercises.equipment_line(entry, known)),
        works=capital(", ".join(entry.targets)),
        easier=linked(entry.easier),
        harder=linked(entry.harder),
        loads=tuple(exercises.demand_line(tissue.value, demand) for tissue, demand in loads),
        not_for=tuple(exercises.contraindication_line(c, known) for c in entry.contraindications),
        note=entry.note or "",
    )


@dataclass(frozen=True, slots=True)
class InPlan:
    """What one of her plans asks of it now."""

    plan: str
    url: str
    dose: str
    often: str
    notes: tuple[str, ...]
    limit: str
    why: str


def in_plans(meant: Iterable[ItemMeant], known: Knowledge, url: Url) -> tuple[InPlan, ...]:
    return tuple(
        InPlan(
            plan_name(m.plan.state.condition, m.plan.start.site, m.plan.state.side, known),
            url(m.plan.id),
            doses.dose_line(m.item.dose, m.item.side),
            doses.times_line(m.item.per_week_low, m.item.per_week_high, m.item.dose.per_day),
            doses.dose_notes(m.item.dose),
            doses.pain_line(m.item.pain_max),
            m.item.why,
        )
        for m in meant
    )


def meant_of(names: Sequence[str], shown: PlansShown) -> tuple[ItemMeant, ...]:
    """Where her plans ask for any of these exercises now."""
    return tuple(ItemMeant(p, i) for p in shown.plans for i in p.prescription.items if i.exercise in names)


def phases_of(starts: Sequence[PlanStart], known: Knowledge) -> Mapping[str, frozenset[str]]:
    """Figure -> the phases of her open plans that hold an exercise it shows; "5" is for good."""
    found: dict[str, set[str]] = {}
    for start in starts:
        protocol = known.protocols.get(start.condition)
        if protocol is None:
            continue
        held = [(str(int(p.phase)), i) for p in protocol.phases for i in p.items]
        held += [(str(int(Phase.DONE)), i) for i in protocol.maintenance]
        for phase, item in held:
            entry = known.exercises.get(item.exercise)
            for figure in {item.exercise, *(() if entry is None else entry.figures)}:
                found.setdefault(figure, set()).add(phase)
    return {name: frozenset(phases) for name, phases in found.items()}


def phase_filter(phases: Mapping[str, frozenset[str]], shown: Iterable[str], chosen: str) -> Filter:
    """The filter by phase of her plan."""
    have = [p for name in shown for p in phases.get(name, ())]
    options = (
        Option(str(int(p)), capital(exercises.phase_word(p)), have.count(str(int(p))), chosen == str(int(p)))
        for p in Phase
    )
    return Filter("phase", "In your plan", tuple(o for o in options if o.many or o.chosen))
