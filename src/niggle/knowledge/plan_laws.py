"""Laws of exercises and protocols across all files, beyond what one file can break."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from niggle.core.body import SITES, TissueClass
from niggle.core.condition import Condition, ConditionClass, Scope
from niggle.core.exercise import Exercise, ExerciseKind, Sides, Weight
from niggle.core.knowledge_types import Knowledge
from niggle.core.protocol import Criterion, Element, Group, Item, Need, Phase, Protocol
from niggle.core.rehab.dosing import dose_at, minutes_of_dose
from niggle.knowledge.coverage import uncited
from niggle.knowledge.healed import stays_shut
from niggle.knowledge.loader import FOLDER, Complaint
from niggle.knowledge.yaml_lines import Lines, Path_, line_of, read

CATALOGUE_SIZE = 124
INSERTIONAL = "achilles-tendinopathy-insertional"
_FLAT = re.compile(r"\b(flat|floor|level|ground)\b", re.IGNORECASE)
_CALF = re.compile(r"calf|soleus|gastrocnemius|achilles", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
_NEEDS = {
    Scope.AFTER_CLEARANCE: (Need.CLEARANCE, Need.IMAGING_AND_CLEARANCE, Need.NO_PLAN),
    Scope.REFER: (Need.IMAGING_AND_CLEARANCE, Need.NO_PLAN),
    Scope.EMERGENCY: (Need.NO_PLAN,),
}
_QUIET_DAYS = frozenset({"settled_days", "green_days", "pain_free_days"})
_LAST = {  # what comes back last of uphill, downhill and speed (RTR-X04)
    "patellofemoral-pain-syndrome": Element.DOWNHILL, "iliotibial-band-syndrome": Element.DOWNHILL,
    "quadriceps-strain": Element.DOWNHILL, "patellar-tendinopathy": Element.DOWNHILL,
    "achilles-tendinopathy-midportion": Element.UPHILL, INSERTIONAL: Element.UPHILL, "calf-strain": Element.UPHILL,
    "plantar-fasciitis": Element.UPHILL, "hamstring-strain": Element.SPEED,
    "proximal-hamstring-tendinopathy": Element.SPEED,
}  # fmt: skip
_FAST = (Element.UPHILL, Element.DOWNHILL, Element.SPEED)
_MINUTES = {
    Group.A: "strength_session_max_min", Group.B: "strength_session_max_min", Group.DAILY: "home_set_max_min",
}  # fmt: skip
_TARGET = 999  # a level at which every quantity has reached its target
_PLANNED = (Scope.SELF_MANAGED, Scope.AFTER_CLEARANCE)
_UNPLANNED = (ConditionClass.SKIN, ConditionClass.MIND)  # looked after, but not by exercises
_NO_EARLY_STRAIN = frozenset({ExerciseKind.ECCENTRIC, ExerciseKind.PLYOMETRIC, ExerciseKind.DRILL})


class PlanLaws:
    def __init__(self, known: Knowledge, folder: Path = FOLDER, figures: Path = FOLDER / "figures") -> None:
        self.known, self.folder = known, folder
        self.figures = {path.stem for path in figures.glob("*.yaml")}
        self.still = _not_movements(figures / "not-movements.yaml")
        self.facts = {fact.id for condition in known.conditions.values() for fact in condition.facts}
        self._lines: dict[str, Lines] = {}

    def broken(self) -> Iterator[Complaint]:
        for exercise in self.known.exercises.values():
            yield from self.exercise(exercise)
        for protocol in self.known.protocols.values():
            yield from self.protocol(protocol)
        if self.known.exercises:  # a folder may also hold conditions only
            yield from self.neighbours_go_one_way()
            yield from self.tests_show_exercises()
            yield from self.routines_hold_exercises()
            yield from self.the_catalogue_is_complete()
        if self.known.protocols:
            yield from self.every_condition_has_its_plan()
            yield from self.every_dose_is_carried()

    def complaint(self, file: str, path: Path_, message: str) -> Complaint:
        if file not in self._lines:
            self._lines[file] = read(self.folder / file)[1]
        return Complaint(file, line_of(self._lines[file], path), message)

    # ---- exercises

    def exercise(self, x: Exercise) -> Iterator[Complaint]:
        def say(path: Path_, message: str) -> Complaint:
            return self.complaint(f"exercises/{x.id}.yaml", path, message)

        for part, others in (("easier", x.easier), ("harder", x.harder)):
            for other in others:
                if other not in self.known.exercises:
                    yield say((part,), f"{other!r} is no exercise")
        for missing, words in x.instead.items():
            if _SLUG.fullmatch(words) and words not in self.known.exercises:
                yield say(("instead", missing), f"{words!r} is no exercise; a stand-in from the household is words")
        for figure in x.figures:
            if figure not in self.figures:
                yield say(("figures",), f"there is no figure {figure!r}")
        if not x.figures and x.catalogue not in self.still:
            yield say((), f"no figure, and figures/not-movements.yaml does not name {x.catalogue}")
        for index, c in enumerate(x.contraindications):
            if c.condition is not None and c.condition not in self.known.roster:
                yield say(("contraindications", index), f"{c.condition!r} is no condition of roster.yaml")
        if x.kind is ExerciseKind.PLYOMETRIC and not x.impact:
            yield say(("impact",), "a plyometric exercise has impact")

    def neighbours_go_one_way(self) -> Iterator[Complaint]:
        """Walking on along `harder` never comes back to where it began."""
        harder: dict[str, set[str]] = {slug: set(x.harder) for slug, x in self.known.exercises.items()}
        for slug, x in self.known.exercises.items():
            for other in x.easier:
                harder.setdefault(other, set()).add(slug)
        for slug in self.known.exercises:
            if slug in _reached(slug, harder):
                yield self.complaint(
                    f"exercises/{slug}.yaml", ("harder",), f"{slug} is harder than itself, by a circle"
                )

    def tests_show_exercises(self) -> Iterator[Complaint]:
        for name, test in self.known.tests.items():
            if test.exercise is not None and test.exercise not in self.known.exercises:
                yield self.complaint("scoreboard.yaml", ("tests", name), f"{test.exercise!r} is no exercise")

    def routines_hold_exercises(self) -> Iterator[Complaint]:
        for name, routine in self.known.routines.items():
            for item in routine.items:
                if item.dose.exercise not in self.known.exercises:
                    yield self.complaint("routines.yaml", ("routines", name), f"{item.dose.exercise!r} is no exercise")

    def the_catalogue_is_complete(self) -> Iterator[Complaint]:
        there = {x.catalogue for x in self.known.exercises.values()}
        wanted = {f"EX-{n:03d}" for n in range(1, CATALOGUE_SIZE + 1)}
        for number in sorted(wanted - there):
            yield Complaint("exercises", 1, f"{number} has no file")
        for number in sorted(there - wanted):
            yield Complaint("exercises", 1, f"{number} is beyond the catalogue; raise CATALOGUE_SIZE with it")

    # ---- protocols

    def protocol(self, p: Protocol) -> Iterator[Complaint]:
        file = f"protocols/{p.condition}.yaml"
        condition = self.known.conditions[p.condition]
        for path, message in (
            *self._fits_the_condition(p, condition), *self._cites(p), *self._asks(p), *self._adds_back(p),
            *self._prescribes(p),
        ):  # fmt: skip
            yield self.complaint(file, path, message)

    def _fits_the_condition(self, p: Protocol, c: Condition) -> Iterator[tuple[Path_, str]]:
        if c.sites and p.site not in c.sites:
            yield ("site",), f"{p.site} is no site of {c.id}"
        if p.need not in _NEEDS.get(c.scope, tuple(Need)):
            yield ("need",), f"{c.id} is {c.scope}: {p.need} is too little"
        if c.scope is Scope.EMERGENCY and p.need is not Need.NO_PLAN:
            yield ("need",), "an emergency gets no plan"
        if p.ladder is not None and p.ladder not in self.known.ladders:
            yield ("ladder",), f"{p.ladder!r} is no ladder"
        elif c.ladder is not None and p.ladder != c.ladder:
            yield ("ladder",), f"the condition's file names the ladder {c.ladder}"
        for grade in c.grades:
            if grade.id not in p.grades and p.need is not Need.NO_PLAN:
                yield ("grades",), f"{grade.id} ({grade.name}) of the condition's file is missing"
        images = Need.IMAGING_AND_CLEARANCE in (p.need, *(grade.need for grade in p.grades.values()))
        risky = sorted(site for site in c.sites if SITES[site].bone_risk)
        if p.ladder == "bone" and risky and not images and p.need is not Need.NO_PLAN:
            yield ("grades",), f"{', '.join(risky)}: bone of high risk, and no grade waits for imaging and clearance"
        if p.grades and p.default_grade is None and p.need is Need.NOTHING:
            yield ("default_grade",), "which grade holds if she does not know?"
        if not p.deadlines:
            yield ("deadlines",), "no deadline: when is a professional due?"

    def _cites(self, p: Protocol) -> Iterator[tuple[Path_, str]]:
        for path, facts in _cited(p):
            for fact in facts:
                if fact not in self.facts:
                    yield path, f"{fact} is no fact of any condition"

    def _asks(self, p: Protocol) -> Iterator[tuple[Path_, str]]:
        for test in p.tests:
            if test not in self.known.tests:
                yield ("tests",), f"{test!r} is no test of scoreboard.yaml"
        for plan in p.phases[:3]:
            at: Path_ = ("phases", plan.phase - 1, "gate")
            looks_at = {name for criterion in plan.gate for name in criterion.when.names}
            if not plan.gate:
                yield at, f"phase {int(plan.phase)} has no gate"
            elif "flags_open" not in looks_at:
                yield at, f"the gate of phase {int(plan.phase)} does not ask whether a red flag is open (flags_open)"
            elif plan.phase is Phase.SETTLE and not looks_at & _QUIET_DAYS:
                yield at, f"the first gate counts no quiet days: one of {', '.join(sorted(_QUIET_DAYS))}"
        for index, criterion in enumerate(p.readiness):
            if "cleared" in criterion.when.names:
                yield ("readiness", index), f"{criterion.id}: a clearance for weight opens no run; say cleared_to_run"
        for name, phase, criterion in stays_shut(p, self.known.tests):
            path: Path_ = (name,) if phase is None else ("phases", phase - 1, name)
            index = next(i for i, c in enumerate(_listed(p, name, phase)) if c is criterion)
            if name in ("gate", "readiness"):
                yield (*path, index), f"{criterion.id} stays shut for a healed runner who did the plan's tests"
            else:
                yield (*path, index), f"{criterion.id} holds back a runner in whom everything is well"

    def _adds_back(self, p: Protocol) -> Iterator[tuple[Path_, str]]:
        if p.add_back and p.add_back[0] is not Element.DISTANCE:
            yield ("add_back",), "distance comes back first"
        last = [element for element in p.add_back if element in _FAST][-1:]
        if (wanted := _LAST.get(p.condition)) is not None and last != [wanted]:
            yield ("add_back",), f"of uphill, downhill and speed {wanted} comes back last here"

    def _prescribes(self, p: Protocol) -> Iterator[tuple[Path_, str]]:
        for plan in p.phases:
            at: Path_ = ("phases", plan.phase - 1)
            for index, item in enumerate(plan.items):
                for message in self._item(p, plan.phase, item):
                    yield (*at, "items", index), message
            for group, limit in _MINUTES.items():
                took = sum(map(_largest, (i for i in plan.items if i.group is group)))
                if took > self.known.number(limit):
                    yield (*at, "items"), f"the items of group {group} take {took:.0f} min at their largest dose"
            for index, cross in enumerate(plan.cross_training):
                for message in self._may(p, plan.phase, cross.exercise):
                    yield (*at, "cross_training", index), message
        for index, item in enumerate(p.maintenance):
            for message in self._item(p, Phase.SHARPEN, item):
                yield ("maintenance", index), message

    def _item(self, p: Protocol, phase: Phase, item: Item) -> Iterator[str]:
        yield from self._may(p, phase, item.exercise)
        x = self.known.exercises.get(item.exercise)
        if x is None:
            return
        if item.group is Group.DAILY and x.heavy and item.dose.weight is Weight.EFFORT:
            yield f"{x.id} with effort is heavy strength: it belongs in session a or b, not in the daily set"
        if p.tissue_class is TissueClass.BONE and phase < Phase.INTEGRATE and x.kind is ExerciseKind.PLYOMETRIC:
            yield f"{x.id} is plyometric: not before phase 3 in bone"
        if phase is Phase.SETTLE and self._is_strain(p) and x.kind in _NO_EARLY_STRAIN:
            yield f"{x.id} is {x.kind}: not in the first days of a strain"
        over_the_edge = "step" in x.equipment and any(_CALF.search(target) for target in x.targets)
        if p.condition == INSERTIONAL and over_the_edge and not _FLAT.search(item.dose.note or ""):
            yield f"{x.id} uses a step: the dose's note has to say that the heel stays level"

    def _may(self, p: Protocol, phase: Phase, exercise: str) -> Iterator[str]:
        x = self.known.exercises.get(exercise)
        if x is None:
            yield f"{exercise!r} is no exercise"
            return
        for c in x.contraindications:
            meant = c.condition == p.condition if c.condition is not None else c.tissue_class is p.tissue_class
            lifted = c.until_cleared and p.need in (Need.CLEARANCE, Need.IMAGING_AND_CLEARANCE)
            if meant and not lifted and (not c.phases or phase in c.phases):
                yield f"{exercise} is contraindicated here: {c.because}"

    def _is_strain(self, p: Protocol) -> bool:
        return p.tissue_class is TissueClass.MUSCLE and self.known.conditions[p.condition].kind is ConditionClass.ACUTE

    def every_condition_has_its_plan(self) -> Iterator[Complaint]:
        for slug, c in self.known.conditions.items():
            if c.scope in _PLANNED and c.kind not in _UNPLANNED and slug not in self.known.protocols:
                yield self.complaint(f"conditions/{slug}.yaml", ("scope",), f"{slug} is {c.scope} and has no plan")

    def every_dose_is_carried(self) -> Iterator[Complaint]:
        for slug, p in self.known.protocols.items():
            if p.need is Need.NO_PLAN:
                continue
            for fact in uncited(self.known, slug):
                at: Path_ = ("facts", fact.section.value, fact.id)
                yield self.complaint(
                    f"conditions/{slug}.yaml", at, f"{fact.id} is a dose, gate or return that no part of the plan cites"
                )


def _largest(item: Item) -> float:
    """Minutes of an item at its target."""
    return minutes_of_dose(dose_at(item.dose, _TARGET), item.dose.sides is Sides.EACH)


def _listed(p: Protocol, name: str, phase: int | None) -> tuple[Criterion, ...]:
    listed: tuple[Criterion, ...] = getattr(p, name) if phase is None else p.phases[phase - 1].gate
    return listed


def _not_movements(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _reached(start: str, harder: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    todo = list(harder.get(start, ()))
    while todo:
        slug = todo.pop()
        if slug not in seen:
            seen.add(slug)
            todo += harder.get(slug, ())
    return seen


def _cited(p: Protocol) -> Iterator[tuple[Path_, tuple[str, ...]]]:
    """Every list of fact ids with its path in the file."""
    yield ("facts",), p.facts
    for plan in p.phases:
        at: Path_ = ("phases", plan.phase - 1)
        yield from _each((*at, "items"), plan.items)
        yield (*at, "running"), plan.running.facts
        yield from (((*at, "relief", i), r.facts) for i, r in enumerate(plan.relief))
        yield from _each((*at, "gate"), plan.gate)
    for name in ("readiness", "hold", "regress", "stop", "maintenance"):
        yield from _each((name,), getattr(p, name))
    yield from ((("deadlines", i), d.facts) for i, d in enumerate(p.deadlines))
    yield from ((("grades", k), g.facts) for k, g in p.grades.items())
    yield from ((("choices", i), c.facts) for i, c in enumerate(p.choices))


def _each(at: Path_, things: Iterable[Item | Criterion]) -> Iterator[tuple[Path_, tuple[str, ...]]]:
    yield from (((*at, index), thing.facts) for index, thing in enumerate(things))
