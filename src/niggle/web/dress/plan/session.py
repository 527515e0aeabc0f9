"""A session: its exercises one by one with dose, player and sets, or its run as steps with a timer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from niggle.actions.library import Exercise as Figure
from niggle.actions.plans.shown import PlansShown
from niggle.core.exercise import DoseToday, Sides
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder import RunStep, session_steps
from niggle.core.plan import DoneItem, ItemKind, Placed, occasions
from niggle.core.rehab import Prescribed
from niggle.core.today import Task
from niggle.web.dress.exercises import player
from niggle.web.dress.plan.tempo import set_tempo
from niggle.web.dress.words import capital
from niggle.wording import doses, tasks
from niggle.wording.units import Units, pain

REST_S: Final = 30.0  # between sets where the plan says nothing; she may change it


@dataclass(frozen=True, slots=True)
class Found:
    """A session: of today, or a planned one of another day (on), which is only looked at."""

    task: Task
    on: date
    today: bool


def find(shown: PlansShown, task_id: str, known: Knowledge, on: date | None = None) -> Found | None:
    """Today's task of that id, else the session of that id in a calendar (on: its day, where several have it)."""
    task = next((t for t in shown.decision.tasks if t.id == task_id), None)
    if task is not None and (on is None or on == shown.on):
        return Found(task, shown.on, True)
    placed = [p for w in shown.facts.weeks for p in w.placed if p.item.id == task_id and p.on >= shown.on]
    placed = [p for p in placed if on is None or p.on == on]
    return None if not placed else Found(_planned(placed[0], shown, known), placed[0].on, False)


def _planned(placed: Placed, shown: PlansShown, known: Knowledge) -> Task:
    item = placed.item
    prescribed = {(i.plan, i.item): i for p in shown.plans for i in p.prescription.items}
    steps: tuple[RunStep, ...] = ()
    if item.step is not None and item.step[0] in known.ladders:
        step = next((s for s in known.ladders[item.step[0]].steps if s.id == item.step[1]), None)
        steps = () if step is None else session_steps(step, known)
    return Task(
        item.id, item.kind, minutes=item.minutes, metres=item.metres, start_min=placed.start_min, steps=steps,
        exercises=tuple(prescribed[pair] for pair in item.exercises if pair in prescribed),
        tests=item.tests, mode=item.mode, plans=item.plans, optional=item.optional, done=placed.done,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One exercise of the session's list. icon: yes (done), no (left out), next."""

    number: int
    title: str
    dose: str
    state: str
    icon: str
    figure: str
    digest: str


def rows(found: Found, done: Sequence[DoneItem], known: Knowledge, figures: dict[str, Figure]) -> tuple[Row, ...]:
    out = []
    for number, item in enumerate(found.task.exercises, 1):
        name, _, dose = tasks.exercise_line(item, known).partition(": ")
        row, times = done_of(item, done), _times(item, done)
        figure = figure_of(item.exercise, known, figures, item.dose.sides)
        open_ = row is None or row.half or times < item.dose.per_day
        icon = "next" if open_ else "no" if row is not None and row.skipped else "yes"
        state = state_of(row, item)
        if row is not None and item.dose.per_day > 1:
            state = f"{state}; {times} of {item.dose.per_day} times today"
        out.append(
            Row(number, name, dose, state, icon,
                "" if figure is None else figure.id, "" if figure is None else figure.digest)
        )  # fmt: skip
    return tuple(out)


def done_of(item: Prescribed, done: Sequence[DoneItem], occasion: int | None = None) -> DoneItem | None:
    """Today's row of that exercise: of that time of the day, else of the last one that something is said of."""
    rows = occasions(done, item.plan, item.item)
    return rows.get(occasion if occasion is not None else max(rows, default=1))


def occasion_now(item: Prescribed, done: Sequence[DoneItem]) -> int:
    """The time of the day that she is at: one with sets still to do, else the first that nothing is said of."""
    rows = occasions(done, item.plan, item.item)
    half = next((n for n, row in sorted(rows.items()) if row.half), None)
    return half or next((n for n in range(1, item.dose.per_day + 1) if n not in rows), max(1, item.dose.per_day))


def _times(item: Prescribed, done: Sequence[DoneItem]) -> int:
    return len(occasions(done, item.plan, item.item))


def state_of(row: DoneItem | None, item: Prescribed) -> str:
    """done, 2 of 3 sets, pain 2 of 10; empty for not yet."""
    if row is None:
        return ""
    if row.skipped:
        return "left out today"
    parts = ["done"]
    if row.sets is not None and row.sets_planned is not None and row.sets != row.sets_planned:
        parts = [f"{row.sets} of {row.sets_planned} sets"]
    if row.pain is not None:
        parts.append(f"pain {pain(row.pain)}")
        if row.pain > item.pain_max:
            parts.append("too much: stop earlier; the dose takes a step down")
    return ", ".join(parts)


def next_open(found: Found, done: Sequence[DoneItem], after: int = 0, *, begun: bool = False) -> int | None:
    """The number of the first exercise behind `after` that nothing is said of; None when there is none left.

    begun: one with sets still to do counts, too; and once there is none of these, one that is due again today.
    """
    for number, item in enumerate(found.task.exercises, 1):
        row = done_of(item, done)
        if number > after and (row is None or (begun and row.half)):
            return number
    return again(found, done) if begun else None


def again(found: Found, done: Sequence[DoneItem]) -> int | None:
    """The number of the first exercise that is due another time today; None without one."""
    due = (n for n, item in enumerate(found.task.exercises, 1) if _times(item, done) < item.dose.per_day)
    return next(due, None)


def figure_of(exercise: str, known: Knowledge, figures: dict[str, Figure], sides: Sides | None = None) -> Figure | None:
    """The drawing that shows the exercise: its own where there is one; one on both legs for a dose of both together."""
    entry = known.exercises.get(exercise)
    names = (exercise, *(() if entry is None else entry.figures))
    drawn = [figures[n] for n in names if n in figures]
    if sides is Sides.TOGETHER:
        drawn.sort(key=lambda f: len(f.movement.work) == 1)
    return drawn[0] if drawn else None


@dataclass(frozen=True, slots=True)
class Work:
    """One exercise to do now. timer: stretches of a dose by minutes, for which nothing is counted."""

    name: str
    dose: str
    why: str
    notes: tuple[str, ...]
    cues: tuple[str, ...]
    limit_line: str
    limit: float
    too_much: str
    sets: tuple[int, ...]
    ticked: int
    chosen: tuple[int, ...]  # pain that was said
    easy: str
    ask_easy: str  # the question; empty where there is none
    key: str
    planned: int
    plan: str
    item: str
    timer: tuple[dict[str, Any], ...] = ()
    occasion: int = 1
    times: tuple[int, ...] = ()  # of the day; empty for what is done once


def work(item: Prescribed, row: DoneItem | None, key: str, known: Knowledge, occasion: int = 1) -> Work:
    name, _, dose = tasks.exercise_line(item, known).partition(": ")
    entry = known.exercises.get(item.exercise)
    sets = max(1, item.dose.sets)
    most = "it must not hurt at all here" if item.pain_max <= 0 else f"{pain(item.pain_max)} is the most here"
    return Work(
        name=name,
        dose=dose,
        why=item.why,
        notes=doses.dose_notes(item.dose),
        cues=() if entry is None else entry.cues,
        limit_line=doses.pain_line(item.pain_max),
        limit=item.pain_max,
        too_much=f"Stop this one for today: {most}. The dose takes a step down.",
        sets=tuple(range(1, sets + 1)),
        ticked=0 if row is None or row.sets is None else row.sets,
        chosen=() if row is None or row.pain is None else (round(row.pain),),
        easy="" if row is None or row.easy is None else "yes" if row.easy else "no",
        ask_easy=doses.easy_question(item.dose, () if entry is None else entry.kinds),
        key=key if row is None else row.id,
        planned=sets,
        plan=item.plan,
        item=item.item,
        timer=_timer(item.dose),
        occasion=occasion,
        times=tuple(range(1, item.dose.per_day + 1)) if item.dose.per_day > 1 else (),
    )


def _timer(dose: DoseToday) -> tuple[dict[str, Any], ...]:
    """A dose by minutes as stretches to be timed; each side by itself."""
    if dose.minutes is None:
        return ()
    stretches = []
    for number in range(max(1, dose.sets)):
        for side in ("One side", "The other side") if dose.sides is Sides.EACH else ("",):
            of = f", {number + 1} of {dose.sets}" if dose.sets > 1 else ""
            stretches.append({"say": f"{side or 'Go'}{of}", "seconds": dose.minutes * 60})
    return tuple(stretches)


def planned_player(figure: Figure, dose: DoseToday) -> dict[str, Any]:
    """What the player needs, with her plan's numbers in it: sets, repetitions, rest, hold and tempo."""
    given: dict[str, Any] = dict(player(figure))
    phases = [dict(p) for p in given["phases"]]
    held = dose.reps is None and dose.hold_s is not None
    if held:
        longest = max((p for p in phases if not p["cut"]), key=lambda p: p["seconds"], default=None)
        if longest is not None:
            longest["seconds"] = dose.hold_s
    elif dose.tempo is not None:
        set_tempo(phases, dose.tempo)
    return given | {
        "phases": phases,
        "sided": given["sided"] and dose.sides is Sides.EACH,
        "sets": max(1, dose.sets),
        "reps": 1 if dose.reps is None else dose.reps,
        "rest": round(REST_S if dose.rest_s is None else dose.rest_s),
        "planned": True,
        "watch": dose.minutes is not None,
    }


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the day: its stretches in words, and one by one for the timer."""

    lines: tuple[str, ...]
    timer: tuple[dict[str, Any], ...]


def run_how(task: Task, shown: PlansShown) -> tuple[str, ...]:
    """How to run it: what the phases of its plans say about running, and how easy easy is."""
    said = [p.phase.running.say for p in shown.plans if p.id in task.plans and not p.state.locked]
    easy = (tasks.EASY_RUN,) if task.kind in (ItemKind.RUN_EASY, ItemKind.RUN_WALK) else ()
    return (*dict.fromkeys(s for s in said if s), *easy)


def run(task: Task, units: Units) -> Run:
    stretches = [
        {"say": capital(tasks.step_line(step, units)), "seconds": step.seconds, "kind": step.kind.value}
        for step in unrolled(task.steps)
    ]
    return Run(tasks.steps_lines(task.steps, units), tuple(stretches))


def unrolled(steps: Sequence[RunStep]) -> list[RunStep]:
    """Every stretch in the order in which it is run: blocks as often as they are repeated."""
    out: list[RunStep] = []
    at = 0
    while at < len(steps):
        end = at + 1
        while end < len(steps) and steps[at].block and steps[end].block == steps[at].block:
            end += 1
        out += list(steps[at:end]) * max(1, steps[at].repeat)
        at = end
    return out
