"""One open plan: phase, lists with what to do about each line, exercises, moves, and what only she can say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from niggle.actions.plans.shown import PlanShown, PlansShown
from niggle.core.gates import GateResult
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import PlanAnswer, RunStatus
from niggle.core.protocol import Criterion, GradePlan, Phase
from niggle.core.rehab import LeftOutItem, Move, Prescribed
from niggle.core.today import Decision
from niggle.web.dress.words import capital, day_text, short_day
from niggle.wording import doses, gates, tasks, today
from niggle.wording import plans as words
from niggle.wording.reasons import sentence
from niggle.wording.units import Units, days

SHOWN_MOVES: Final = 3
# what her plan may ask at any time, beside what its lists miss
ALWAYS_ASKED: Final = ("says_healed_percent", "says_tender", "says_careful_voice", "says_professional_seen")
Link = Callable[[str], tuple[str, str]]  # a name of GateItem.missing -> address and label


@dataclass(frozen=True, slots=True)
class Do:
    say: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a list. icon: yes, no, ask."""

    icon: str
    state: str
    text: str
    seen: str
    do: tuple[Do, ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    id: str
    title: str
    dose: str
    often: str


@dataclass(frozen=True, slots=True)
class MoveLine:
    on: str
    say: str


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    ask: str
    kind: str  # yes_no, percent, weeks
    value: str
    on: str


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four phases in the bar: past, now, to come."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Overview:
    id: str
    name: str
    condition: str
    phase: str
    since: str
    usual: str
    purpose: str
    running: str
    running_rule: str
    care: tuple[str, ...]
    stages: tuple[Stage, ...]
    gate_title: str
    gate: tuple[Check, ...]
    gate_say: str
    ready: tuple[Check, ...]
    exercises: tuple[Exercise, ...]
    left_out: tuple[str, ...]
    off_menu: tuple[str, ...]
    cross: tuple[str, ...]
    relief: tuple[tuple[str, str], ...]
    stop: tuple[str, ...]
    moves: tuple[MoveLine, ...]
    more_moves: bool
    expect: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]


def overview(plan: PlanShown, known: Knowledge, units: Units, link: Link) -> Overview:
    state, phase = plan.state, plan.phase
    at_end = state.phase is Phase.DONE
    moves = tuple(reversed(state.moves))
    return Overview(
        id=plan.id,
        name=plan_name(plan, known),
        condition=state.condition,
        phase=words.phase_line(state.phase),
        since=f"{capital(days(state.days_in_phase))} so far" if state.days_in_phase else "Begun today",
        usual=_usual(plan),
        purpose=plan.protocol.maintenance_say if at_end else phase.purpose,
        running=words.running_line(state, known, step=plan.step),
        # how to run in this phase says nothing to somebody whose running is paused
        running_rule="" if at_end or state.locked or state.status is RunStatus.PAUSED else phase.running.say,
        care=(
            *(words.due_line(due, state.condition, known) for due in state.deadlines),
            *(sentence(reason, units) for reason in state.stops),
        ),
        stages=tuple(_stage(p, state.phase) for p in Phase if p is not Phase.DONE),
        gate_title=_gate_title(state.phase),
        gate=checks(state.gate, plan.gate, known, link),
        gate_say="" if at_end else phase.opens_next,
        ready=() if state.readiness is None else checks(state.readiness, plan.readiness(known), known, link),
        exercises=tuple(exercise(item, known) for item in plan.prescription.items),
        left_out=left_out(plan.prescription.left_out, known),
        off_menu=() if at_end else tuple(capital(w) for w in words.off_menu(phase.off_menu)),
        cross=() if at_end else tuple(_cross(plan, known, units)),
        relief=() if at_end else tuple((r.text, r.caveat or "") for r in phase.relief),
        stop=plan.protocol.session_stop,
        moves=tuple(move_line(m, plan, known, units) for m in moves[:SHOWN_MOVES]),
        more_moves=len(moves) > SHOWN_MOVES,
        expect=_expect(plan),
        choices=tuple((capital(c.chosen), c.why) for c in plan.protocol.choices),
    )


def before_the_plan(decision: Decision, plan: PlanShown) -> str:
    """What the day says of running where the plan would allow it; empty where the two agree."""
    if decision.may_run or plan.state.locked or plan.state.status is RunStatus.PAUSED:
        return ""
    return today.headline(decision)


def plan_name(plan: PlanShown, known: Knowledge) -> str:
    return words.plan_name(plan.state.condition, plan.start.site, plan.state.side, known)


def tabs(shown: PlansShown, current: str, known: Knowledge, url: Callable[[str], str]) -> tuple[Tab, ...]:
    """The open plans by name, where there is more than one."""
    if len(shown.plans) < 2:
        return ()
    return tuple(Tab(plan_name(p, known), url(p.id), p.id == current) for p in shown.plans)


def history(plan: PlanShown, known: Knowledge, units: Units) -> tuple[MoveLine, ...]:
    """Every change of the plan, the newest first, down to its first day."""
    began = MoveLine(day_text(plan.start.on), f"The plan began in {words.phase_line(Phase.SETTLE).lower()}.")
    return (*(move_line(m, plan, known, units) for m in reversed(plan.state.moves)), began)


def move_line(move: Move, plan: PlanShown, known: Knowledge, units: Units) -> MoveLine:
    return MoveLine(day_text(move.on), words.move_line(move, plan.state.condition, known, units))


def _usual(plan: PlanShown) -> str:
    low, high = plan.phase.days_low, plan.phase.days_high
    if plan.state.phase is Phase.DONE or low is None or high is None:
        return ""
    return f"usually {low} to {high} days" if low != high else f"usually {days(low)}"


def _stage(phase: Phase, now: Phase) -> Stage:
    return Stage(words.PHASES[phase], "past" if phase < now else "now" if phase == now else "ahead")


def _gate_title(phase: Phase) -> str:
    if phase is Phase.DONE:
        return ""
    after = Phase(phase + 1)
    return "What opens full training" if after is Phase.DONE else f"What opens phase {int(after)}"


_ICONS: Final = {"met": "yes", "not_met": "no", "unknown": "ask"}


def checks(result: GateResult, criteria: tuple[Criterion, ...], known: Knowledge, link: Link) -> tuple[Check, ...]:
    return tuple(
        Check(
            _ICONS[line.state], gates.STATES[line.state], line.text, "" if line.state == "met" else line.seen,
            () if line.state == "met" else _dos(line.needs, known, link),
        )
        for line in gates.checklist(result, criteria, known)
    )  # fmt: skip


def _dos(needs: Iterable[str], known: Knowledge, link: Link) -> tuple[Do, ...]:
    found: dict[str, Do] = {}
    for need in needs:
        say = gates.do_this(need, known)
        found.setdefault(say, Do(say, *link(need)))
    return tuple(found.values())


def exercise(item: Prescribed, known: Knowledge) -> Exercise:
    name, _, dose = tasks.exercise_line(item, known).partition(": ")
    often = doses.times_line(item.per_week_low, item.per_week_high, item.dose.per_day)
    return Exercise(item.exercise, name, dose, often)


def left_out(items: tuple[LeftOutItem, ...], known: Knowledge) -> tuple[str, ...]:
    return tuple(words.left_out_line(item, known) for item in items)


def _cross(plan: PlanShown, known: Knowledge, units: Units) -> Iterable[str]:
    for c in plan.phase.cross_training:
        name = known.exercises[c.exercise].name if c.exercise in known.exercises else c.exercise
        low, high = units.duration(c.minutes_low * 60), units.duration(c.minutes_high * 60)
        time = low if low == high else f"{low} to {high}"
        yield f"{name}, {time}" + (f". {c.note}" if c.note else "")


def _expect(plan: PlanShown) -> tuple[str, ...]:
    """What to reckon with: how long it takes."""
    grade = plan.protocol.grades.get(plan.start.grade or "")
    return (plan.protocol.summary,) if grade is None else (plan.protocol.summary, f"{grade.name}: {grade.note}")


def questions(plan: PlanShown, shown: PlansShown) -> tuple[Question, ...]:
    """What the lists wait for first, then what may always be said."""
    results = [r for r in (plan.state.gate, plan.state.readiness) if r is not None]
    asked = [m.removeprefix("answer:") for r in results for m in r.missing if m.startswith("answer:")]
    found = []
    for key in dict.fromkeys((*asked, *ALWAYS_ASKED)):
        ask, kind = gates.QUESTIONS.get(key, (gates.question(key), "yes_no"))
        last = shown.facts.answer(key, shown.on)
        found.append(Question(key, ask, kind, *_answered(last)))
    return tuple(found)


def _answered(answer: PlanAnswer | None) -> tuple[str, str]:
    """The value as the form holds it, and the day of it."""
    if answer is None:
        return "", ""
    value = answer.value
    text = ("yes" if value else "no") if isinstance(value, bool) else f"{value:g}" if not isinstance(value, str) else ""
    return text, short_day(answer.on)


@dataclass(frozen=True, slots=True)
class Known:
    """What the plan was told at its start, for the form that puts it right.

    reckons: by field, what the plan takes where it was not told.
    """

    grade: str
    grades: tuple[tuple[str, str], ...]
    usual_week: str
    hurts_since: str
    last_run_on: str
    imaged: str
    diagnosed: bool
    half_start: bool
    reckons: Mapping[str, str]


def known_of(plan: PlanShown, per_unit_m: float, units: Units) -> Known:
    start = plan.start
    week = start.before_week_m
    reckons: dict[str, str] = {}
    if week is None:
        reckons["usual_week"] = words.reckons_week(plan.usual_week_m, units)
    if start.hurts_since is None:
        reckons["hurts_since"] = words.reckons_since(day_text(start.on))
    if start.last_run_on is None:
        reckons["last_run_on"] = words.reckons_last(None if plan.last_run_on is None else day_text(plan.last_run_on))
    return Known(
        start.grade or "",
        grades_of(plan.protocol.grades),
        "" if week is None else f"{week / per_unit_m:.1f}".removesuffix(".0"),
        _iso(start.hurts_since),
        _iso(start.last_run_on),
        "" if start.imaged is None else "yes" if start.imaged else "no",
        start.diagnosed,
        start.half_start,
        reckons,
    )


def grades_of(grades: Mapping[str, GradePlan]) -> tuple[tuple[str, str], ...]:
    return tuple((name, grade.name) for name, grade in grades.items())


def _iso(on: date | None) -> str:
    return "" if on is None else on.isoformat()
