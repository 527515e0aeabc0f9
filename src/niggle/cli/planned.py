"""Plans on the terminal: today's tasks, checklists, and the same as JSON. Shared by today, plan, week and done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from niggle.cli.keeping import plain
from niggle.cli.say import line, styled, wrapped
from niggle.core.today import Decision, PlanToday, Task
from niggle.wording import gates, plans, tasks

if TYPE_CHECKING:
    from niggle.core.knowledge_types import Knowledge
    from niggle.wording.gates import CheckLine
    from niggle.wording.units import Units

MARKS: Final = {"met": "✓", "not_met": "✗", "unknown": "?"}


def show_tasks(decision: Decision, known: Knowledge, units: Units) -> None:
    """What the plans ask for today: one line a task, what is in it below; or why there is nothing."""
    line()
    line(styled("What to do today", "bold"))
    for task in decision.tasks:
        show_task(task, known, units)
    if decision.no_task is not None and not (decision.tasks and decision.no_task == "rest"):
        wrapped(plans.nothing_line(decision.no_task), "   ", "   ")
    elif not decision.tasks:
        wrapped(plans.nothing_line("rest"), "   ", "   ")
    for plan in decision.plan:
        name = plans.plan_name(plan.condition, plan.site, plan.side, known)
        wrapped(styled(f"{name}: {plans.phase_line(plan.phase).lower()}", "dim"), "   ", "   ")
        for sentence in care_lines(plan, known):
            wrapped(sentence, "   ", " → ")


def show_task(task: Task, known: Knowledge, units: Units) -> None:
    mark = "✓" if task.done else "–" if not task.allowed else "○"
    wrapped(tasks.short_line(task, known, units), "     ", f" {mark} ")
    if task.allowed and not task.done:
        for text in (*tasks.change_lines(task), *tasks.task_lines(task, known, units)):
            wrapped(text, "       ", "     ")
    elif not task.allowed:
        for text in tasks.because_lines(task, units)[:1]:
            wrapped(text, "       ", "     ")


def care_lines(plan: PlanToday, known: Knowledge) -> tuple[str, ...]:
    """Whom to see, and what holds the plan."""
    lines = [plans.see_line(plan.see)] if plan.see else []
    if plan.locked is not None:
        lines.append(plans.lock_line(plan.locked))
    return tuple(lines)


def show_checklist(title: str, found: Sequence[CheckLine]) -> None:
    line()
    line(styled(title, "bold"))
    for item in found:
        seen = f" ({item.seen})" if item.seen and item.state != "met" else ""
        wrapped(f"{item.text}{seen}", "     ", f" {MARKS[item.state]} ")
        for text in item.do:
            wrapped(text, "       ", "     → ")


def task_plain(task: Task, known: Knowledge, units: Units) -> dict[str, Any]:
    """A task as JSON, its words first."""
    words = {
        "text": tasks.short_line(task, known, units),
        "lines": [*tasks.change_lines(task), *tasks.task_lines(task, known, units)],
        "because_texts": list(tasks.because_lines(task, units)),
    }
    return {**plain(task), **words}


def checklist_plain(found: Sequence[CheckLine]) -> list[dict[str, Any]]:
    return [
        {"criterion": c.criterion, "state": c.state, "text": c.text, "seen": c.seen, "do": list(c.do),
         "needs": list(c.needs)}
        for c in found
    ]  # fmt: skip


def today_plain(decision: Decision, known: Knowledge, units: Units) -> dict[str, Any]:
    """The plans' part of a decision as JSON: texts beside every value."""
    return {
        "task_texts": [tasks.short_line(t, known, units) for t in decision.tasks],
        "no_task_text": None if decision.no_task is None else plans.nothing_line(decision.no_task),
        "plan_texts": [
            {
                "plan": p.plan,
                "name": plans.plan_name(p.condition, p.site, p.side, known),
                "phase": plans.phase_line(p.phase),
                "running": plans.running_line(p, known, step=p.step),
                "to_do": [gates.do_this(m, known) for m in dict.fromkeys((*p.gate_missing, *p.ready_missing))],
            }
            for p in decision.plan
        ],
    }
