"""`niggle race`: the races she aims for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from niggle.cli.say import DONE, bad_input, json_out, line

if TYPE_CHECKING:
    from datetime import date

    from niggle.core.plan import Race
    from niggle.wording.units import Units

app = typer.Typer()
race = typer.Typer(invoke_without_command=True, help="The races you aim for: list, add, drop.")
app.add_typer(race, name="race")

_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]


@race.callback()
def show(context: typer.Context, as_json: _JSON = False) -> int:
    """Show the coming races, the next one first."""
    if context.invoked_subcommand is not None:
        return DONE
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.actions.plans.races import coming_races

    found = coming_races(runner.athlete_id, runner.today)
    if as_json:
        json_out({"on": runner.today.isoformat(), "races": [_plain(r, runner.today) for r in found]})
        return DONE
    runner.say_if_demo()
    if not found:
        line("No race is on the calendar. Add one with: niggle race add 2027-03-07 21.1km")
    for one in found:
        line(f"{_title(one, runner.today, runner.units())}  [{one.id}]")
    return DONE


def _title(one: Race, today: date, units: Units) -> str:
    from niggle.wording.units import days

    left = (one.on - today).days
    when = "today" if not left else "tomorrow" if left == 1 else f"in {days(left)}"
    if left >= 21:
        when = f"in {left // 7} weeks"
    name = one.name or "Race"
    return f"{name}, {one.on:%A} {one.on.day} {one.on:%B %Y}, {when}: {units.distance(one.distance_m)}"


def _plain(one: Race, today: date) -> dict[str, Any]:
    from niggle.cli.keeping import plain

    return {**plain(one), "days_to_race": (one.on - today).days}


@race.command()
def add(
    on: Annotated[str, typer.Argument(help="the day: 2027-03-07")],
    distance: Annotated[str, typer.Argument(help="how far: 21.1km, 10mi")],
    name: Annotated[str | None, typer.Option(help="its name")] = None,
    importance: Annotated[str | None, typer.Option(help="ordinary, high or once_in_life")] = None,
    prepared: Annotated[
        bool | None, typer.Option("--prepared/--not-prepared", help="were you training for that distance?")
    ] = None,
    as_json: _JSON = False,
) -> int:
    """Put a race on the calendar."""
    from niggle.cli import spoken
    from niggle.cli.started import here

    metres = spoken.metres(distance)
    runner = here()
    from niggle.actions.plans.races import add_race
    from niggle.core.plan import Race

    facts = {
        "on": spoken.coming_day(on, runner.today), "km": None if metres is None else metres / 1000, "name": name,
        "importance": importance, "prepared": prepared,
    }  # fmt: skip
    kept = add_race(runner.athlete_id, {k: v for k, v in facts.items() if v is not None}, runner.now)
    if not isinstance(kept, Race):
        raise bad_input(kept)
    if as_json:
        json_out(_plain(kept, runner.today))
    else:
        line(f"Noted: {_title(kept, runner.today, runner.units())}")
    return DONE


@race.command()
def drop(
    which: Annotated[str, typer.Argument(help="its id from niggle race, or its name")], as_json: _JSON = False
) -> int:
    """Take a race off the calendar."""
    from niggle.cli.started import here

    runner = here()
    from niggle.actions.plans.races import coming_races, drop_race
    from niggle.core.plan import Race

    word = which.strip().casefold()
    named = [r.id for r in coming_races(runner.athlete_id, runner.today) if r.name and r.name.casefold() == word]
    gone = drop_race(runner.athlete_id, named[0] if len(named) == 1 else which, runner.now)
    if not isinstance(gone, Race):
        raise bad_input(gone)
    if as_json:
        json_out(_plain(gone, runner.today))
    else:
        line(f"Off the calendar: {_title(gone, runner.today, runner.units())}")
    return DONE
