"""`niggle race`, `season`, `coach`: whether a race is sensible, the year around it, body and mind around the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from niggle.cli.say import DONE, bad_input, json_out, line, styled, wrapped

if TYPE_CHECKING:
    from niggle.actions.plans.advice import FitnessView, RaceShown
    from niggle.cli.started import Here
    from niggle.core.outcomes import Problem
    from niggle.core.plan import Race
    from niggle.wording.race import Ask

app = typer.Typer()
race = typer.Typer(invoke_without_command=True, help="Your races: whether each is sensible, and on which conditions.")
app.add_typer(race, name="race")

_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]
_RACE = Annotated[str, typer.Argument(help="its id, name or day, as niggle race shows them")]
_NAME = Annotated[str | None, typer.Option(help="its name")]
_MEANS = Annotated[str | None, typer.Option("--importance", help="ordinary, high or once_in_life")]
_PREPARED = Annotated[
    bool | None, typer.Option("--prepared/--not-prepared", help="were you training towards it before it hurt?")
]


@race.callback()
def show(context: typer.Context, as_json: _JSON = False) -> int:
    """Show the races to come, what is sensible today, and what a break has cost."""
    if context.invoked_subcommand is not None:
        return DONE
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.actions.plans.advice import race_and_fitness

    units = runner.units()
    view, fitness = race_and_fitness(runner.athlete_id, runner.today, units)
    if as_json:
        from niggle.cli.keeping import plain

        races = [_plain(r, runner) for r in view.races]
        json_out({"on": runner.today.isoformat(), "races": races, "nothing": view.nothing, "fitness": plain(fitness)})
        return DONE
    runner.say_if_demo()
    for number, shown in enumerate(view.races):
        if number:
            line()
        _race(shown)
    if view.nothing is not None:
        wrapped(view.nothing)
        wrapped("niggle race add 2027-03-07 21.1km", "   ", " → ")
    if fitness.pause is not None:
        _fitness(fitness)
    return DONE


def _plain(shown: RaceShown, runner: Here) -> dict[str, Any]:
    """The race itself, then what is said of it."""
    from niggle.cli.keeping import plain

    said = {k: v for k, v in plain(shown).items() if k != "race"}
    return {**plain(shown.race), "days_to_race": (shown.race.on - runner.today).days, **said}


def _race(shown: RaceShown) -> None:
    line(styled(shown.title, "bold"))
    rough = f"  {styled('rule of thumb', 'dim')}" if shown.rough else ""
    line(f"{styled(shown.verdict, 'bold')}{rough}")
    wrapped(shown.headline)
    for text in shown.why:
        wrapped(text, "   ", " · ")
    _list("Only on these conditions", shown.conditions)
    _list(shown.pivots_title, shown.pivots)
    _list("What your plan says about races", shown.trade_offs)
    for text in shown.notes:
        wrapped(text)
    _asks(shown.to_answer, shown.race.id)


def _fitness(view: FitnessView) -> None:
    line()
    line(styled("After the break", "bold"))
    for text in view.lines:
        wrapped(text, "   ", " · ")


def _list(title: str, texts: Sequence[str]) -> None:
    if texts:
        line(styled(title, "dim"))
    for text in texts:
        wrapped(text, "   ", " · ")


def _asks(asks: Sequence[Ask], race_id: str | None = None) -> None:
    """Questions, with the command that answers each."""
    for ask in asks:
        wrapped(ask.question, "   ", " ? ")
        wrapped(styled(_how(ask, race_id), "dim"), "     ", "   ")


def _how(ask: Ask, race_id: str | None) -> str:
    short = ask.key.removeprefix("says_").removesuffix("_percent")
    match ask.where:
        case "tell":
            return f"niggle tell {short} {'90' if ask.kind == 'percent' else 'yes'}"
        case "race":
            return f"niggle race change {race_id} --prepared"
        case "profile":
            return f"niggle profile {short}=..."
        case "tests":
            return f"niggle test record {short} ..."
        case "shoes":
            return "niggle shoes"
        case _:
            return "niggle checkin"


@race.command("add")
def add(
    on: Annotated[str, typer.Argument(help="the day: 2027-03-07")],
    distance: Annotated[str, typer.Argument(help="how far: 21.1km, 10mi, half, marathon")],
    name: _NAME = None,
    importance: _MEANS = None,
    prepared: _PREPARED = None,
    as_json: _JSON = False,
) -> int:
    """Put a race on the calendar, and read whether it is sensible."""
    from niggle.cli import spoken
    from niggle.cli.started import here

    metres = spoken.race_metres(distance)
    runner = here()
    from niggle.actions.plans.races import add_race

    km = None if metres is None else metres / 1000
    plain = {"on": spoken.coming_day(on, runner.today), "km": km, "name": name, "importance": importance,
             "prepared": prepared}  # fmt: skip
    return _kept(add_race(runner.athlete_id, {k: v for k, v in plain.items() if v is not None}, runner.now), runner,
                 as_json=as_json)  # fmt: skip


@race.command("change")
def change(
    which: _RACE,
    on: Annotated[str | None, typer.Option(help="the day")] = None,
    distance: Annotated[str | None, typer.Option(help="how far: 21.1km, 10mi, half, marathon")] = None,
    name: _NAME = None,
    importance: _MEANS = None,
    prepared: _PREPARED = None,
    as_json: _JSON = False,
) -> int:
    """Correct a race, or say whether you trained for it."""
    from niggle.cli import spoken
    from niggle.cli.started import here

    metres = None if distance is None else spoken.race_metres(distance)
    runner = here()
    from niggle.actions.plans.races import change_race

    day = None if on is None else spoken.coming_day(on, runner.today)
    plain = {
        "on": day,
        "km": None if metres is None else metres / 1000,
        "name": name,
        "importance": importance,
        "prepared": prepared,
    }
    return _kept(change_race(runner.athlete_id, _id(which, runner), plain, runner.now), runner, as_json=as_json)


@race.command("drop")
def drop(which: _RACE, as_json: _JSON = False) -> int:
    """Take a race off the calendar."""
    from niggle.cli.started import here

    runner = here()
    from niggle.actions.plans.races import drop_race

    return _kept(drop_race(runner.athlete_id, _id(which, runner), runner.now), runner, as_json=as_json)


def _id(which: str, runner: Here) -> str:
    """A race by its id, day or name; what fits none stays as it is and is named as a problem."""
    from niggle.actions.plans.advice import race_view

    word = which.strip().casefold()
    races = [r.race for r in race_view(runner.athlete_id, runner.today, runner.units()).races]
    found = [r.id for r in races if word in (r.id, r.on.isoformat(), (r.name or "").casefold())]
    return found[0] if len(found) == 1 else which


def _kept(kept: Race | tuple[Problem, ...], runner: Here, *, as_json: bool) -> int:
    if isinstance(kept, tuple):
        raise bad_input(kept)
    from niggle.actions.plans.advice import race_view
    from niggle.cli.keeping import plain

    shown = next(
        (r for r in race_view(runner.athlete_id, runner.today, runner.units()).races if r.race.id == kept.id), None
    )
    if as_json:
        json_out(plain(kept) if shown is None else _plain(shown, runner))
    elif shown is None:
        line("Taken off the calendar.")
    else:
        _race(shown)
    return DONE


@app.command()
def season(as_json: _JSON = False) -> int:
    """Show the year around your race: which part it is, what to test, when strength grows and shrinks."""
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.actions.plans.advice import season_view
    from niggle.cli.keeping import plain

    view = season_view(runner.athlete_id, runner.today, runner.units())
    if as_json:
        json_out(plain(view))
        return DONE
    runner.say_if_demo()
    line(styled(view.phase, "bold"))
    if view.goal is not None:
        line(f"Towards: {view.goal}")
    wrapped(view.headline)
    for text in view.lines:
        wrapped(text, "   ", " · ")
    line()
    for step in view.steps:
        last = "" if step.last is None else f" to {step.last.day} {step.last:%b %Y}"
        mark = "▸" if step.current else " "
        line(f" {mark} {step.name:<22}{step.first.day} {step.first:%b %Y}{last}")
    for test_id, name in view.tests_due:
        wrapped(f"{name}: niggle test show {test_id}", "   ", " → ")
    return DONE


@app.command()
def coach(
    card: Annotated[str | None, typer.Argument(help="one card: cadence, fuel, sleep, mood, strength, ...")] = None,
    as_json: _JSON = False,
) -> int:
    """Show what goes on around the plan: form, fuel, sleep, mood, what to expect, daily routine and strength."""
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.actions.plans.advice import coach_view
    from niggle.cli.keeping import plain

    view = coach_view(runner.athlete_id, runner.today, runner.units())
    chosen = [c for c in view.cards if card is None or c.id == card.strip().casefold().replace("-", "_")]
    if card is not None and not chosen:
        from niggle.core.outcomes import Problem

        raise bad_input(
            [Problem("card", f"there is no card {card!r}", f"one of {', '.join(c.id for c in view.cards)}")]
        )
    if as_json:
        json_out({"on": view.on.isoformat(), "hide_comparisons": view.hide_comparisons,
                  "cards": [_card_plain(plain(c)) for c in chosen]})  # fmt: skip
        return DONE
    runner.say_if_demo()
    for number, found in enumerate(chosen):
        if number:
            line()
        label = f"  {styled(found.label, 'dim')}" if found.label else ""
        line(f"{styled(found.title, 'bold')}{label}")
        wrapped(found.summary)
        for text in (*found.lines, *(text for _, text in found.items)):
            wrapped(text, "   ", " · ")
        _asks(found.asks)
    return DONE


def _card_plain(card: Any) -> Any:
    return {**card, "items": [{"exercise": e, "text": t} for e, t in card["items"]]}
