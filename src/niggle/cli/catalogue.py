"""`niggle exercise`, `niggle exercises`: the catalogue, and the dose in her plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from niggle.cli.say import DONE, json_out, line, stop, styled, wrapped

if TYPE_CHECKING:
    from niggle.actions.plans.shown import ItemMeant
    from niggle.core.exercise import Exercise
    from niggle.core.knowledge_types import Knowledge

app = typer.Typer()
_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]


@app.command()
def exercise(
    name: Annotated[list[str], typer.Argument(help="its name, slug or EX number: heel-drop-straight-knee, EX-012")],
    as_json: _JSON = False,
) -> int:
    """Say how an exercise is done, what goes wrong, what it loads, for whom it is not, and its dose in your plan."""
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.actions.model import knowledge
    from niggle.actions.plans.shown import doses_of, show_plans

    known = knowledge()
    found = _named(" ".join(name), known)
    doses = doses_of(found.id, show_plans(runner.athlete_id, runner.today))
    if as_json:
        json_out(_plain(found, doses, known))
        return DONE
    runner.say_if_demo()
    _show(found, doses, known)
    return DONE


def _named(name: str, known: Knowledge) -> Exercise:
    """The exercise of that name; of several that hold the word, none."""
    from difflib import get_close_matches

    exact = known.exercise(name)
    if exact is not None:
        return exact
    word = name.strip().casefold()
    slugs = sorted({slug for key, slug in known.exercise_names.items() if word and word in key})
    if len(slugs) == 1:
        return known.exercises[slugs[0]]
    if slugs:
        shown = ", ".join(slugs[:8]) + (", ..." if len(slugs) > 8 else "")
        raise stop("several_exercises", f"{name!r} may be several exercises", None, f"one of {shown}")
    near = get_close_matches(word, list(known.exercise_names), n=1, cutoff=0.5)
    hint = f"did you mean {known.exercise_names[near[0]]!r}?" if near else "niggle exercises lists all"
    raise stop("no_such_exercise", f"niggle knows no exercise {name!r}", None, hint)


def _show(found: Exercise, doses: Iterable[ItemMeant], known: Knowledge) -> None:
    from niggle.wording import doses as dose_words
    from niggle.wording import exercises as words
    from niggle.wording import plans
    from niggle.wording.doses import stopped
    from niggle.wording.today import GRADES

    also = f" ({', '.join(found.also)})" if found.also else ""
    line(styled(found.name, "bold") + styled(f"{also}  {found.catalogue} {found.id}", "dim"))
    wrapped(f"{words.kinds_line(found)}, for {', '.join(found.targets)}. Needs: {words.equipment_line(found, known)}.")
    for meant in doses:
        item = meant.item
        name = plans.plan_name(meant.plan.state.condition, None, meant.plan.state.side, known)
        often = dose_words.times_line(item.per_week_low, item.per_week_high, item.dose.per_day)
        line()
        line(styled(f"In your plan ({name})", "bold"))
        wrapped(f"{dose_words.dose_line(item.dose, item.side)}; {often}", "   ", "   ")
        for text in (*dose_words.dose_notes(item.dose), dose_words.pain_line(item.pain_max), stopped(item.why)):
            wrapped(text, "   ", "   ")
    line()
    wrapped(found.how)
    for title, texts in (("Cues", found.cues), ("Common faults", found.faults)):
        if texts:
            line(styled(title, "bold"))
            for text in texts:
                wrapped(text, "   ", " · ")
    if found.load:
        line(styled("Loads (an order from rule of thumb, no measure)", "bold"))
        for tissue, demand in found.load.items():
            wrapped(words.demand_line(tissue.value, demand), "   ", " · ")
    for title, slugs in (("Easier", found.easier), ("Harder", found.harder)):
        if slugs:
            wrapped(f"{title}: {words.neighbours_line(slugs, known)}")
    for contra in found.contraindications:
        wrapped(words.contraindication_line(contra, known), "   ", " – ")
    if found.note:
        wrapped(stopped(found.note))
    cited = "; ".join(known.sources[s].title if s in known.sources else s for s in found.sources)
    line(styled(f"{GRADES[found.grade]}; {cited}", "dim"))
    if found.figures:
        line(styled(f"As a moving figure: niggle figure {found.figures[0]} --out {found.figures[0]}.svg", "dim"))


def _plain(found: Exercise, doses: Iterable[ItemMeant], known: Knowledge) -> dict[str, Any]:
    from niggle.cli.keeping import plain
    from niggle.wording import doses as dose_words
    from niggle.wording import exercises as words

    return {
        **plain(found),
        "equipment_text": words.equipment_line(found, known),
        "contraindication_texts": [words.contraindication_line(c, known) for c in found.contraindications],
        "in_plans": [
            {"plan": m.plan.id, "item": m.item.item, "dose": plain(m.item.dose),
             "text": dose_words.dose_line(m.item.dose, m.item.side),
             "often": dose_words.times_line(m.item.per_week_low, m.item.per_week_high, m.item.dose.per_day),
             "pain_max": m.item.pain_max, "why": m.item.why}
            for m in doses
        ],
    }  # fmt: skip


@app.command()
def exercises(
    word: Annotated[str | None, typer.Argument(help="a word of the name or of what it works: calf, hip, ...")] = None,
    kind: Annotated[str | None, typer.Option(help="isometric, eccentric, plyometric, mobility, cardio, ...")] = None,
    equipment: Annotated[
        list[str] | None, typer.Option(help="only with what is at hand: none, or band,step,...")
    ] = None,
    condition: Annotated[str | None, typer.Option(help="only those of its plan, by phase")] = None,
    phase: Annotated[int | None, typer.Option(min=1, max=4, help="with --condition: of that phase")] = None,
    as_json: _JSON = False,
) -> int:
    """List the catalogue, or what of it fits."""
    from niggle.actions.model import knowledge
    from niggle.cli import given
    from niggle.wording import exercises as words

    known, at_hand = knowledge(), given.several(equipment)
    found = [e for e in known.exercises.values() if _fits(e, word, kind, at_hand)]
    phases = _phases(condition, known) if condition is not None else None
    if phases is not None:
        found = [e for e in found if e.id in phases and (phase is None or phase in phases[e.id])]
    elif phase is not None:
        raise typer.BadParameter("a phase belongs to a plan: say which with --condition NAME")
    found.sort(key=lambda e: e.catalogue)
    if not found:
        raise stop("no_such_exercise", "no exercise fits all of that", None, "niggle exercises lists all")
    if as_json:
        json_out({"exercises": [
            {"id": e.id, "catalogue": e.catalogue, "name": e.name, "kinds": [k.value for k in e.kinds],
             "targets": list(e.targets), "equipment": list(e.equipment)}
            | ({} if phases is None else {"phases": sorted(phases[e.id])})
            for e in found
        ]})  # fmt: skip
        return DONE
    for e in found:
        more = "" if phases is None else f"; phase {', '.join(map(str, sorted(phases[e.id])))}"
        wrapped(f"{e.catalogue}  {e.name}: {words.kinds_line(e).lower()}{more}  [{e.id}]", "        ", "")
    return DONE


def _fits(e: Exercise, word: str | None, kind: str | None, equipment: list[str] | None) -> bool:
    from niggle.core.exercise import EQUIPMENT, ExerciseKind

    if kind is not None:
        if kind not in tuple(ExerciseKind):
            raise typer.BadParameter(f"{kind!r} is no kind; one of {', '.join(ExerciseKind)}")
        if ExerciseKind(kind) not in e.kinds:
            return False
    if equipment is not None:
        at_hand = {x for x in equipment if x != "none"}
        for thing in at_hand - EQUIPMENT:
            raise typer.BadParameter(f"{thing!r} is not known; one of none, {', '.join(sorted(EQUIPMENT))}")
        if not set(e.equipment) <= at_hand:
            return False
    if word is None:
        return True
    asked = word.casefold()
    return any(asked in text.casefold() for text in (e.name, e.id, *e.also, *e.targets))


def _phases(condition: str, known: Knowledge) -> dict[str, set[int]]:
    """Exercise -> the phases in which that condition's plan has it; 5 is what keeps it well afterwards."""
    from difflib import get_close_matches

    sheet = known.condition(condition)
    protocol = None if sheet is None else known.protocols.get(sheet.id)
    if protocol is None:
        near = get_close_matches(condition.casefold(), list(known.protocols), n=1, cutoff=0.4)
        hint = f"did you mean {near[0]!r}?" if near else "niggle condition lists the names"
        raise stop("no_such_plan", f"niggle has no plan for {condition!r}", "--condition", hint)
    found: dict[str, set[int]] = {}
    for number, items in enumerate((*(p.items for p in protocol.phases), protocol.maintenance), 1):
        for item in items:
            found.setdefault(item.exercise, set()).add(number)
    return found
