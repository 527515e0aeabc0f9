"""The reference page of plans: where in its plan each dose, gate and return of a condition stands; ladders; tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from niggle.core.knowledge_types import Knowledge
from niggle.core.protocol import Need, RunWalk

Table = Callable[[Sequence[str], Sequence[Sequence[str]]], str]


def plans(known: Knowledge, table: Table) -> str:
    """Every fact that a plan has to carry, with the places that do, by condition; then ladders and tests."""
    from niggle.knowledge.coverage import cited, due

    text = [
        "# Plans\n",
        "Where each dose, gate and return of a condition stands in the plan that niggle makes for it. The left column "
        "is the fact's number, as `niggle condition NAME` shows it; the right one names phase, exercise with its "
        "dose (start to target), gate, deadline or choice, from `src/niggle/knowledge/protocols/`.\n",
    ]
    for slug, plan in sorted(known.protocols.items()):
        condition = known.conditions[slug]
        places = cited(plan)
        text += [
            f"## {condition.lay}\n",
            f"`{slug}`. {_need(plan.need)} Ladder: {plan.ladder or 'none'}. "
            f"Tests: {', '.join(f'`{t}`' for t in plan.tests) or 'none'}.\n",
        ]
        rows = [
            (f"`{f.id}`", f.section.value, f.text, "; ".join(places.get(f.id, ("-",)))) for f in due(condition.facts)
        ]
        if rows:
            text.append(table(("fact", "about", "says", "stands in"), rows))
    return "\n".join([*text, _ladders(known, table), _tests(known, table)])


def _need(need: Need) -> str:
    return {
        Need.NOTHING: "Starts at once.",
        Need.CLEARANCE: "Starts after a clinician's clearance.",
        Need.IMAGING_AND_CLEARANCE: "Starts after an image and a clinician's clearance.",
        Need.NO_PLAN: "No plan: care leads.",
    }[need]


def _ladders(known: Knowledge, table: Table) -> str:
    text = ["## Ladders back to running\n"]
    for ladder in known.ladders.values():
        rule = "A day between runs. " if ladder.every_other_day else ""
        times = f"Each step {ladder.times_each} times. " if ladder.times_each > 1 else ""
        rows = [(f"`{s.id}`", s.say, _amount(s), s.grade.value, ", ".join(s.sources)) for s in ladder.steps]
        ready = "; ".join(c.say for c in ladder.readiness)
        text += [
            f"### {ladder.name}\n",
            f"`{ladder.id}`. {rule}{times}{ladder.note or ''}\n\nBefore the first run: {ready}.\n",
            table(("step", "what", "running", "grade", "sources"), rows),
        ]
    return "\n".join(text)


def _amount(step: RunWalk) -> str:
    if step.metres is not None:
        return f"{step.metres:g} m"
    low, high = step.run_minutes(), step.run_minutes(step.reps_high)
    return f"{low:g} min" if low == high else f"{low:g} to {high:g} min"


def _tests(known: Knowledge, table: Table) -> str:
    rows = [
        (f"`{t.id}`", t.name, t.unit, "each side" if t.sided else "", f"{t.minimum:g} to {t.maximum:g}", t.say_target,
         f"{t.stale_days} days", t.grade.value, ", ".join(t.sources))
        for t in known.tests.values()
    ]  # fmt: skip
    heads = ("test", "name", "unit", "sides", "believed", "target", "holds for", "grade", "sources")
    return "## Tests\n\n" + table(heads, rows)
