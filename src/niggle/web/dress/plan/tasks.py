"""Today's tasks as rows: what, when, and the way to do it. For Today and the plan's pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import RUN_KINDS
from niggle.core.today import Decision, Task
from niggle.wording import plans as say
from niggle.wording import tasks as words
from niggle.wording.lists import lowered
from niggle.wording.units import Units

MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class TaskRow:
    """icon: yes (done), no (not today), next. at: the hour, where a calendar says one. url: where it is done."""

    icon: str
    title: str
    at: str
    lines: tuple[str, ...]
    url: str
    word: str


def hour(start_min: int | None, clock: str) -> str:
    """18:05, or 6:05 pm; empty for none."""
    if start_min is None:
        return ""
    hours, minutes = divmod(start_min, 60)
    if clock == "12":
        return f"{hours % 12 or 12}:{minutes:02d} {'am' if hours < 12 else 'pm'}"
    return f"{hours}:{minutes:02d}"


def task_rows(
    tasks: Sequence[Task], known: Knowledge, units: Units, clock: str, url: Callable[[Task], str]
) -> tuple[TaskRow, ...]:
    """What keeps several of them from today is said with the first."""
    told: set[tuple[str, ...]] = set()

    def lines(task: Task) -> tuple[str, ...]:
        found = _lines(task, known, units)
        again = not task.allowed and found in told
        told.add(found)
        return () if again else found

    return tuple(
        TaskRow(
            icon="yes" if task.done else "next" if task.allowed else "no",
            title=words.task_title(task, known, units),
            at=hour(task.start_min, clock) if task.allowed and not task.done else "",
            lines=lines(task),
            url=url(task) if task.allowed else "",
            word=words.state_word(task),
        )
        for task in tasks
    )


def _lines(task: Task, known: Knowledge, units: Units) -> tuple[str, ...]:
    if not task.allowed:
        return words.because_lines(task, units)[:1]
    if task.done:
        return ()
    return (*words.change_lines(task), *_short(task, known, units))


def _short(task: Task, known: Knowledge, units: Units) -> tuple[str, ...]:
    """What is in it in one line, and what of it is due more than once."""
    often = () if any(task.ticked) else words.from_morning(task.exercises, known)
    if words.is_small(task):
        return often  # they are its title
    if task.steps:
        return ("; ".join(words.steps_lines(task.steps, units)),)
    left = words.open_exercises(task) if any(task.ticked) else task.exercises
    names = [known.exercises[e.exercise].name if e.exercise in known.exercises else e.exercise for e in left]
    names = names or [known.tests[t].name for t in task.tests if t in known.tests and len(task.tests) > 1]
    lead = "Still to do: " if len(left) < len(task.exercises) else ""
    names = [name if n == 0 and not lead else lowered(name) for n, name in enumerate(names)]
    more = len(names) - MOST_NAMED
    if more > 1:
        return (f"{lead}{', '.join(names[:MOST_NAMED])} and {more} more", *often)
    return (f"{lead}{', '.join(names)}", *often) if names else ()


def nothing(decision: Decision) -> str:
    """Why there is nothing (more) to do; empty where there is."""
    if decision.no_task is not None and not (decision.tasks and decision.no_task == "rest"):
        return say.nothing_line(decision.no_task)
    return "" if decision.tasks else say.nothing_line("rest")


@dataclass(frozen=True, slots=True)
class PlanLine:
    id: str
    name: str
    phase: str
    see: str


def plan_lines(decision: Decision, known: Knowledge) -> tuple[PlanLine, ...]:
    """The open plans by name and phase, with whom to see where that is due."""
    return tuple(
        PlanLine(
            p.plan, say.plan_name(p.condition, p.site, p.side, known), lowered(say.phase_line(p.phase)),
            say.see_line(p.see) if p.see else "",
        )
        for p in decision.plan
    )  # fmt: skip


def is_run(task: Task) -> bool:
    return task.kind in RUN_KINDS
