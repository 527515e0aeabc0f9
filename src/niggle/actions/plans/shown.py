"""Plans as faces show them: where each stands, its lists, its exercises, and what she meant by a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from niggle.actions.model import knowledge
from niggle.actions.today import gather
from niggle.core.case import Case
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder import readiness_list
from niggle.core.outcomes import Problem
from niggle.core.plan import DoneItem, PlanFacts, PlanStart, RunStatus
from niggle.core.protocol import Criterion, Phase, PhasePlan, Protocol
from niggle.core.rehab import PlanState, Prescribed, Prescription, usual_week_m
from niggle.core.scoreboard import Scoreboard
from niggle.core.today import Decision, Memo, PlanToday, Task, board_of, decide, plans_of, prescriptions
from niggle.store.plans import load_plan_facts
from niggle.store.scopes import athlete_scope


@dataclass(frozen=True, slots=True)
class PlanShown:
    """One open plan: its state with everything that faces print beside it. today: its part of the day's decision.

    usual_week_m, last_run_on: what it reckons with where its start was not told, None where the log does not say.
    """

    state: PlanState
    protocol: Protocol
    prescription: Prescription
    today: PlanToday | None
    tasks: tuple[Task, ...]
    done_today: tuple[DoneItem, ...]
    usual_week_m: float | None = None
    last_run_on: date | None = None

    @property
    def start(self) -> PlanStart:
        return self.state.plan

    @property
    def id(self) -> str:
        return self.state.plan.id

    @property
    def phase(self) -> PhasePlan:
        return self.protocol.phase(self.state.phase)

    @property
    def gate(self) -> tuple[Criterion, ...]:
        """The criteria that lead on from this phase; none after the last one."""
        return () if self.state.phase is Phase.DONE else self.phase.gate

    @property
    def step(self) -> int | None:
        """Of the ladder, 1 the first; None off it."""
        return self.state.step + 1 if self.state.status is RunStatus.LADDER else None

    def readiness(self, known: Knowledge) -> tuple[Criterion, ...]:
        """The criteria before the first run."""
        return readiness_list(self.protocol, self.state.plan.grade, known)


@dataclass(frozen=True, slots=True)
class PlansShown:
    """The open plans of a day with the decision that carries them. ended: closed plans, the newest first."""

    on: date
    decision: Decision
    plans: tuple[PlanShown, ...]
    board: Scoreboard | None
    facts: PlanFacts
    ended: tuple[PlanStart, ...]

    def plan(self, plan_id: str) -> PlanShown | None:
        return next((p for p in self.plans if p.id == plan_id), None)


def show_plans(athlete_id: int, today: date) -> PlansShown:
    """Everything about her plans on that day."""
    return shown_of(gather(athlete_id, today), knowledge())


def open_plans(athlete_id: int, today: date) -> tuple[PlanStart, ...]:
    """Her open plans as they were begun, without following them: cheap."""
    with athlete_scope(athlete_id):
        return load_plan_facts(today, today).open_plans(today)


def shown_of(case: Case, known: Knowledge, memo: Memo | None = None) -> PlansShown:
    """As `show_plans`, from a case that is at hand."""
    memo = memo or Memo()
    decision = decide(case, known, memo)
    states = plans_of(case, known, memo)
    doses = prescriptions(case, known, memo)
    by_plan = {p.plan: p for p in decision.plan}
    done = tuple(d for d in case.plan.done if d.on == case.on)
    plans = tuple(
        PlanShown(
            state,
            known.protocols[state.condition],
            dose,
            by_plan.get(state.plan.id),
            tuple(t for t in decision.tasks if state.plan.id in t.plans),
            tuple(d for d in done if d.plan == state.plan.id),
            usual_week_m(state.plan, case.history),
            _last_run(case),
        )
        for state, dose in zip(states, doses, strict=True)
    )
    open_ids = {p.id for p in plans}
    ended = tuple(s for s in reversed(case.plan.starts) if s.id not in open_ids and s.on <= case.on)
    board = board_of(case, known, memo, decision.light) if plans else None
    return PlansShown(case.on, decision, plans, board, case.plan, ended)


def _last_run(case: Case) -> date | None:
    days = case.history.day[case.history.is_run]
    days = days[days <= case.on.toordinal()]
    return date.fromordinal(int(days.max())) if days.size else None


def plan_named(name: str | None, shown: PlansShown, known: Knowledge) -> PlanShown | tuple[Problem, ...]:
    """The open plan of that id, condition or part of its name; the only one where none is named."""
    if not shown.plans:
        return (Problem("plan", "no plan is open", "niggle plan start --condition ..."),)
    choices = ", ".join(f"{p.id} ({known.conditions[p.state.condition].lay})" for p in shown.plans)
    if name is None:
        if len(shown.plans) == 1:
            return shown.plans[0]
        return (Problem("plan", "there is more than one open plan", f"one of {choices}"),)
    word = name.strip().casefold()
    found = [p for p in shown.plans if p.id == name or p.state.condition == word]
    found = found or [p for p in shown.plans if word in known.conditions[p.state.condition].lay.casefold()]
    found = found or [p for p in shown.plans if p.state.side is not None and p.state.side.value == word]
    if len(found) == 1:
        return found[0]
    return (Problem("plan", f"there is no open plan {name!r}", f"one of {choices}"),)


@dataclass(frozen=True, slots=True)
class ItemMeant:
    """The exercise of a plan that she named, with its dose of today."""

    plan: PlanShown
    item: Prescribed


def item_named(name: str, shown: PlansShown, known: Knowledge) -> ItemMeant | tuple[Problem, ...]:
    """An exercise of an open plan by its item id, slug, EX number or name; one that is prescribed now."""
    pairs = [ItemMeant(p, i) for p in shown.plans for i in p.prescription.items]
    if not pairs:
        return (Problem("item", "no plan asks for an exercise today", "niggle plan shows what is open"),)
    word = name.strip().casefold()
    exercise = known.exercise(name)
    found = [m for m in pairs if f"{m.plan.id}/{m.item.item}" == name]
    found = found or [m for m in pairs if m.item.item.casefold() == word]
    if exercise is not None:
        found = found or [m for m in pairs if exercise.id in (m.item.exercise, m.item.instead_of)]
    found = found or [m for m in pairs if word and word in known.exercises[m.item.exercise].name.casefold()]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        hint = " or ".join(f"{m.plan.id}/{m.item.item}" for m in found)
        return (Problem("item", f"{name!r} may be several exercises", hint),)
    return (Problem("item", f"no open plan has an exercise {name!r}", _near(word, pairs, known)),)


def _near(word: str, pairs: Iterable[ItemMeant], known: Knowledge) -> str:
    names = {known.exercises[m.item.exercise].name.casefold(): m.item.item for m in pairs}
    names |= {m.item.item: m.item.item for m in pairs}
    near = get_close_matches(word, list(names), n=1, cutoff=0.5)
    return f"did you mean {names[near[0]]!r}?" if near else f"one of {', '.join(dict.fromkeys(names.values()))}"


def doses_of(exercise: str, shown: PlansShown) -> tuple[ItemMeant, ...]:
    """Where her plans ask for an exercise now, with its dose."""
    return tuple(
        ItemMeant(p, i) for p in shown.plans for i in p.prescription.items if exercise in (i.exercise, i.instead_of)
    )
