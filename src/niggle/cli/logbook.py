"""`niggle sessions`: what was run, what it was, and what no file tells of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

import typer

from niggle.cli.keeping import plain
from niggle.cli.say import DONE, bad_input, json_out, line, table

app = typer.Typer()
sessions = typer.Typer(invoke_without_command=True)
app.add_typer(sessions, name="sessions")

_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]
_TAG = Annotated[
    list[str] | None, typer.Option(help="speed, hills, long, race, ...; may be repeated; none takes all away")
]


_SINCE = Annotated[str | None, typer.Option(help="first day (default: four weeks ago)")]
_UNTIL = Annotated[str | None, typer.Option(help="last day (default: today)")]
_SPORT = Annotated[str | None, typer.Option(help="only this sport, for example run")]


@sessions.callback()
def all_sessions(
    context: typer.Context, since: _SINCE = None, until: _UNTIL = None, sport: _SPORT = None, as_json: _JSON = False
) -> int:
    """List sessions, newest first; label them, or add one by hand."""
    if context.invoked_subcommand is not None:
        return DONE
    return list_sessions(since, until, sport, as_json)


@sessions.command("list")
def list_sessions(since: _SINCE = None, until: _UNTIL = None, sport: _SPORT = None, as_json: _JSON = False) -> int:
    """List sessions, newest first."""
    from niggle.cli import given
    from niggle.cli.started import here
    from niggle.core.session.types import Sport

    if sport is not None and sport not in {*Sport, "runs", "all"}:
        raise typer.BadParameter(f"{sport!r} is no sport; one of runs, all, {', '.join(Sport)}")
    runner = here(demo=True)
    last = given.day(until, runner.today)
    first = given.day(since, runner.today) if since else last - timedelta(days=28)
    from niggle.actions import sessions as actions

    found = actions.list_sessions(runner.athlete_id, first, last, sport)
    if as_json:
        json_out([plain(s) for s in found])
        return DONE
    runner.say_if_demo()
    if not found:
        line(f"No sessions from {first} to {last}.")
        return DONE
    units = runner.units()
    rows = [
        (str(s.on), s.sport.value, units.distance(s.distance_m), units.clock(s.duration_s), units.height(s.ascent_m),
         s.id, s.title or "")
        for s in found
    ]  # fmt: skip
    table(("day", "sport", "distance", "time", "ascent", "id", "title"), rows, right=(2, 3, 4))
    return DONE


@sessions.command()
def label(
    session_ids: Annotated[list[str], typer.Argument(help="ids of the sessions, from `niggle sessions`")],
    tag: _TAG = None,
    surface: Annotated[str | None, typer.Option(help="road, trail, track, grass, ...; none takes it away")] = None,
    low_side: Annotated[
        str | None, typer.Option(help="left or right, on a road that slopes to that side; none takes it away")
    ] = None,
    as_json: _JSON = False,
) -> int:
    """Say what sessions were. What is not named stays as it is; nothing is changed unless all of it can be."""
    from niggle.cli import given
    from niggle.cli.started import here

    if tag is None and surface is None and low_side is None:
        raise given.not_understood("say what it was, for example --tag hills --surface trail")
    runner = here()
    from niggle.actions import sessions as actions

    shown = actions.label_sessions(
        runner.athlete_id, session_ids, runner.now,
        tags=None if tag is None else [t for t in given.several(tag) or () if t != "none"],
        surface=surface, low_side=low_side,
    )  # fmt: skip
    if isinstance(shown, tuple):
        raise bad_input(shown)
    if as_json:
        json_out([plain(s) for s in shown])
        return DONE
    for s in shown:
        words = (*sorted(s.tags), s.surface or "", f"low side {s.low_side}" if s.low_side else "")
        line(f"{s.on}  {s.id}  {', '.join(w for w in words if w) or 'nothing said'}")
    return DONE


@sessions.command()
def add(
    on: Annotated[str | None, typer.Option(help="the day (default: today)")] = None,
    at: Annotated[str, typer.Option(metavar="HH:MM", help="when it began")] = "00:00",
    distance_km: Annotated[float | None, typer.Option(min=0, help="how far, in km")] = None,
    distance_mi: Annotated[float | None, typer.Option(min=0, help="how far, in miles")] = None,
    duration_min: Annotated[float | None, typer.Option(min=0, help="how long, in minutes")] = None,
    ascent_m: Annotated[float | None, typer.Option(min=0, help="metres up")] = None,
    descent_m: Annotated[float | None, typer.Option(min=0, help="metres down")] = None,
    sport: Annotated[str, typer.Option(help="run, trail, treadmill, ride, strength, ...")] = "run",
    tag: Annotated[list[str] | None, typer.Option(help="speed, hills, long, race, ...; may be repeated")] = None,
    surface: Annotated[str | None, typer.Option(help="road, trail, track, grass, ...")] = None,
    low_side: Annotated[str | None, typer.Option(help="left or right, on a road that slopes to that side")] = None,
    title: Annotated[str | None, typer.Option(help="a name for it")] = None,
    gear: Annotated[str | None, typer.Option(help="name of the shoe")] = None,
    as_json: _JSON = False,
) -> int:
    """Add a session that no file tells of."""
    from niggle.cli import given
    from niggle.cli.started import here

    way_m = given.distance_m(distance_km, distance_mi)
    runner = here()
    day = given.day(on, runner.today)
    facts: dict[str, Any] = {
        "sport": sport, "start": _start(day, at), "distance_m": way_m, "tags": given.several(tag),
        "duration_s": None if duration_min is None else duration_min * 60.0,
        "ascent_m": ascent_m, "descent_m": descent_m, "title": title, "gear": gear,
    }  # fmt: skip
    from niggle.actions import sessions as actions

    wrong = actions.label_problems(surface=surface, low_side=low_side)
    if wrong:
        raise bad_input(wrong)
    added = actions.add_manual(runner.athlete_id, {k: v for k, v in facts.items() if v is not None}, runner.now)
    if not isinstance(added, actions.Listed):
        raise bad_input(added)
    if surface is not None or low_side is not None:
        labelled = actions.label_sessions(runner.athlete_id, [added.id], runner.now, surface=surface, low_side=low_side)
        if isinstance(labelled, tuple):
            raise bad_input(labelled)
        added = labelled[0]
    if as_json:
        json_out(plain(added))
    else:
        units = runner.units()
        line(f"Kept: {added.on}, {added.sport.value}, {units.distance(added.distance_m)} ({added.id})")
    return DONE


def _start(day: date, at: str) -> str:
    """Day and time of day where the machine stands, as ISO 8601 with its offset."""
    from niggle.cli import given

    try:
        clock = time.fromisoformat(f"{at:0>5}" if ":" in at else f"{at:0>2}:00")
    except ValueError:
        raise given.not_understood(f"{at!r} is not a time of day; write it as 18:05") from None
    return datetime.combine(day, clock.replace(tzinfo=None)).astimezone().isoformat()
