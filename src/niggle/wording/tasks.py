"""Today's tasks in words: what, how long, how, what the light changed, and why something is not to be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder import RunStep, StepKind
from niggle.core.plan import ItemKind
from niggle.core.rehab import Prescribed
from niggle.core.today.tasks import Change, Task
from niggle.core.units import S_PER_MIN
from niggle.wording.doses import dose_line, stopped, times_word
from niggle.wording.lists import listed, lowered, raised
from niggle.wording.reasons import sentence
from niggle.wording.units import Units
from niggle.wording.week_rules import KINDS

_NBSP: Final = "\u00a0"
_SMALL_MIN: Final = 3.0
_SMALL_MOST: Final = 2  # names that one line holds
_FROM_MORNING: Final = "{} a day, from the morning on"
EASY_RUN: Final = "Easy means that you can talk in whole sentences; walk when you cannot."
CHANGES: Final = {
    Change.VOLUME_CUT: "Shorter than planned, because of the light.",
    Change.STRIDES_OUT: "Without strides today.",
    Change.POGO_OUT: "Without hops at the end today.",
    Change.STEADY_OUT: "Without the steady ten minutes today.",
    Change.DESCENT_OUT: "Without long descents today.",
    Change.RUN_TO_CROSS_TRAINING: "In place of the run, because of the light.",
    Change.RUN_TO_WALK: "A walk in place of the run, because of the light.",
    Change.CAPPED: "No longer than today's limit.",
    Change.AS_TRAINING: "As training: slower than planned, and off the course at strong or sharp pain or a limp.",
}
_STEPS: Final = {
    StepKind.WARM_UP: "walk to warm up",
    StepKind.RUN: "run",
    StepKind.WALK: "walk",
    StepKind.STRIDE: "stride",
    StepKind.COOL_DOWN: "walk to cool down",
}


def is_small(task: Task) -> bool:
    """A daily set of a minute or three: its exercises are its name, and no list of them is needed below."""
    small = task.minutes is not None and task.minutes <= _SMALL_MIN and len(task.exercises) <= _SMALL_MOST
    return task.kind in (ItemKind.HOME_SET, ItemKind.MOBILITY) and small and bool(task.exercises)


def task_title(task: Task, known: Knowledge, units: Units) -> str:
    """Run and walk, 30 min; Strength A, about 40 min; Cross-training: cycling, 45 min; Sole stretch, 1 min."""
    if is_small(task) and task.minutes is not None:
        names = dict.fromkeys(_name(e, known) for e in task.exercises)
        named = [name if n == 0 else lowered(name) for n, name in enumerate(names)]
        return f"{listed(named, 'and')}, {units.duration(max(1.0, task.minutes) * S_PER_MIN)}"
    return title(task.kind, task.minutes, task.metres, task.mode, task.tests, known, units)


def title(
    kind: ItemKind,
    minutes: float | None,
    metres: float | None,
    mode: str | None,
    tests: Sequence[str],
    known: Knowledge,
    units: Units,
) -> str:
    """What a session is called, with how long or how far it goes."""
    name = KINDS[kind]
    exercise = known.exercises.get(mode) if mode is not None else None
    if exercise is not None:
        name = f"{name}: {lowered(exercise.name)}"
    if kind is ItemKind.TEST and tests:
        name = f"Test: {lowered(known.tests[tests[0]].name)}" if len(tests) == 1 else f"{len(tests)} tests"
    if metres is not None:
        return f"{name}, {units.distance(metres)}"
    if minutes is None:
        return name
    return f"{name}, {units.duration(minutes * S_PER_MIN)}"


def task_lines(task: Task, known: Knowledge, units: Units) -> tuple[str, ...]:
    """What is in it: the stretches of a run, the exercises with their doses, the tests."""
    return (
        *steps_lines(task.steps, units),
        *(f"{exercise_line(item, known)}{_times_word(task, n)}" for n, item in enumerate(task.exercises)),
        *tests_lines(task.tests, known),
    )


def _times_word(task: Task, number: int) -> str:
    """(done), (1 of 2 times done), (twice a day, from the morning on); nothing for once that is still to do."""
    often, done = task.exercises[number].dose.per_day, task.times_ticked(number)
    if done >= often:
        return " (done)"
    if done:
        return f" ({done} of {often} times done)"
    return f" ({_FROM_MORNING.format(times_word(often))})" if often > 1 else ""


def from_morning(exercises: Iterable[Prescribed], known: Knowledge) -> tuple[str, ...]:
    """Twice a day, from the morning on: plantar fascia stretch and calf stretch. A calendar's one hour does not say
    so."""
    often: dict[int, list[str]] = {}
    for item in exercises:
        if item.dose.per_day > 1:
            often.setdefault(item.dose.per_day, []).append(lowered(_name(item, known)))
    return tuple(
        f"{raised(_FROM_MORNING.format(times_word(n)))}: {listed(tuple(dict.fromkeys(names)), 'and')}"
        for n, names in often.items()
    )


def open_exercises(task: Task) -> tuple[Prescribed, ...]:
    """Those of its exercises that are still due today."""
    return tuple(e for n, e in enumerate(task.exercises) if task.times_ticked(n) < e.dose.per_day)


def tests_lines(tests: Sequence[str], known: Knowledge) -> tuple[str, ...]:
    """The names of several tests in one line; nothing for one alone, which stands in the title."""
    names = [known.tests[t].name for t in tests if t in known.tests]
    return ("; ".join(names),) if len(names) > 1 else ()


def exercise_line(item: Prescribed, known: Knowledge) -> str:
    """Calf raise hold: 5 x 10 s, left side only."""
    marks = [
        m
        for m in (
            _instead(item, known),
            "to try out: the rest of the list is there, only time is missing" if item.trial else "",
        )
        if m
    ]
    more = f" ({'; '.join(marks)})" if marks else ""
    return f"{_name(item, known)}: {dose_line(item.dose, item.side)}{more}"


def _name(item: Prescribed, known: Knowledge) -> str:
    exercise = known.exercises.get(item.exercise)
    return item.exercise.replace("-", " ").capitalize() if exercise is None else exercise.name


def _instead(item: Prescribed, known: Knowledge) -> str:
    if item.stand_in:
        return item.stand_in
    replaced = known.exercises.get(item.instead_of or "")
    return f"in place of {lowered(replaced.name)}" if replaced is not None else ""


def steps_lines(steps: Sequence[RunStep], units: Units) -> tuple[str, ...]:
    """5 times: 1 min run, 4 min walk."""
    lines: list[str] = []
    for block in _blocks(steps):
        said = ", ".join(step_line(s, units) for s in block)
        repeat = block[0].repeat
        lines.append(f"{repeat} times: {said}" if repeat > 1 else said[:1].upper() + said[1:])
    return tuple(lines)


def _blocks(steps: Sequence[RunStep]) -> Iterable[list[RunStep]]:
    """Steps that are repeated together; those that stand alone each by itself."""
    block: list[RunStep] = []
    for step in steps:
        if block and (step.block == 0 or step.block != block[0].block):
            yield block
            block = []
        block.append(step)
    if block:
        yield block


def step_line(step: RunStep, units: Units) -> str:
    """1 min run; 20 s stride at 50 to 60 % of top speed; 1.6 km run."""
    word = _STEPS[step.kind]
    if step.metres is not None:
        text = f"{units.distance(step.metres)} {word}"
    elif step.seconds is not None:
        text = f"{_seconds(step.seconds)} {word}"
    else:
        text = word
    if step.percent is not None:
        low, high = step.percent
        text += f" at {low}{f' to {high}' if high != low else ''}{_NBSP}% of top speed"
    return text


def _seconds(seconds: float) -> str:
    if seconds < 60 or (seconds < 120 and seconds % 60):
        return f"{seconds:.0f}{_NBSP}s"
    minutes = f"{seconds / 60:.1f}".removesuffix(".0")
    return f"{minutes}{_NBSP}min"


def change_lines(task: Task) -> tuple[str, ...]:
    """What the day's light or load took out of it."""
    return tuple(CHANGES[c] for c in task.changes)


def because_lines(task: Task, units: Units) -> tuple[str, ...]:
    """Why it is not to be done today, or what it waits for."""
    return tuple(dict.fromkeys(sentence(r, units) for r in task.because))


def state_word(task: Task) -> str:
    """done, 2 of 4 done, not today, if you like; empty for what is simply to be done."""
    if task.done:
        return "done"
    if not task.allowed:
        return "not today"
    if any(task.ticked):
        left = len(open_exercises(task))
        if not all(task.ticked):
            return f"{sum(map(bool, task.ticked))} of {len(task.exercises)} done"
        return "done, again later today" if left == len(task.exercises) else f"done, {left} of it again later today"
    return "if you like" if task.optional else ""


def short_line(task: Task, known: Knowledge, units: Units) -> str:
    """One task on one line: its title, and its state in brackets."""
    state = state_word(task)
    return f"{task_title(task, known, units)}{f' ({state})' if state else ''}"


def first_line(task: Task, known: Knowledge, units: Units) -> str:
    """The task as a sentence."""
    return stopped(task_title(task, known, units))
