"""`niggle shoes`, `profile`, `settings`: what is kept about the runner and how she wants it shown."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from niggle.cli.say import DONE, bad_input, json_out, line, table

app = typer.Typer()
shoes = typer.Typer(help="Your shoes: list, add, assign, retire.", no_args_is_help=True)
profile = typer.Typer(help="Facts about you that rules use: show, set.", no_args_is_help=True)
app.add_typer(shoes, name="shoes")
app.add_typer(profile, name="profile")

_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]
_SHOE = Annotated[str, typer.Argument(help="id of the shoe, from `niggle shoes list`")]
_WORDS: dict[str, Any] = {"yes": True, "true": True, "no": False, "false": False, "none": None, "unknown": None}


def plain(value: Any) -> Any:
    """Dataclasses, enums and dates as JSON can hold them."""
    from enum import Enum

    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # datetimes are dates too
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(v) for v in items]
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def pairs(words: list[str]) -> dict[str, Any]:
    """name=value words as a mapping; yes/no/none, numbers and JSON are understood, anything else is text."""
    found: dict[str, Any] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or not name:
            raise typer.BadParameter(f"{word!r} is not NAME=VALUE")
        key = name.strip().replace("-", "_")
        if text.lower() in _WORDS:
            found[key] = _WORDS[text.lower()]
            continue
        try:
            found[key] = json.loads(text)
        except ValueError:
            found[key] = text
    return found


@shoes.command("list")
def list_shoes(as_json: _JSON = False) -> int:
    """List shoes with what they have run."""
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.actions import shoes as actions

    found = actions.list_shoes(runner.athlete_id)
    if as_json:
        json_out([plain(s) for s in found])
    elif not found:
        line('No shoes yet. Add one with: niggle shoes add name="Blue trainer" drop_mm=8')
    else:
        units = runner.units()
        rows = [
            (s.shoe.id, s.shoe.name, units.distance(s.distance_m), str(s.runs), str(s.last_run or "–"),
             f"retired {s.shoe.retired_on}" if s.shoe.retired_on else "")
            for s in found
        ]  # fmt: skip
        table(("id", "name", "run", "runs", "last", ""), rows, right=(2, 3))
    return DONE


@shoes.command("add")
def add_shoe(
    facts: Annotated[list[str], typer.Argument(help="name=... and start_km, drop_mm, stack_mm, category, plated")],
    as_json: _JSON = False,
) -> int:
    """Add a shoe, or change one by giving its id=..."""
    from niggle.cli.started import here

    given = pairs(facts)
    runner = here()
    from niggle.actions import shoes as actions

    saved = actions.save_shoe(runner.athlete_id, given, runner.now)
    if isinstance(saved, tuple):
        raise bad_input(saved)
    if as_json:
        json_out(plain(saved))
    else:
        line(f"Kept: {saved.name} ({saved.id})")
    return DONE


@shoes.command()
def assign(
    shoe: Annotated[str, typer.Argument(help="id of the shoe, or none to take it away")],
    session_ids: Annotated[list[str], typer.Argument(help="ids of the sessions, from `niggle sessions`")],
    as_json: _JSON = False,
) -> int:
    """Say in which shoe sessions were run."""
    from niggle.cli.started import here

    runner = here()
    from niggle.actions import shoes as actions

    problems = actions.assign_shoe(runner.athlete_id, session_ids, None if shoe == "none" else shoe, runner.now)
    if problems:
        raise bad_input(problems)
    if as_json:
        json_out({"assigned": len(session_ids), "shoe": None if shoe == "none" else shoe})
    else:
        line(f"{len(session_ids)} sessions assigned.")
    return DONE


@shoes.command()
def retire(
    shoe: _SHOE,
    on: Annotated[str | None, typer.Option(help="since when (default: today)")] = None,
    as_json: _JSON = False,
) -> int:
    """Say that a shoe is no longer run in."""
    from niggle.cli import given
    from niggle.cli.started import here

    runner = here()
    from niggle.actions import shoes as actions

    retired = actions.retire_shoe(runner.athlete_id, shoe, given.day(on, runner.today), runner.now)
    if isinstance(retired, tuple):
        raise bad_input(retired)
    if as_json:
        json_out({"retired": shoe})
    else:
        line("Retired.")
    return DONE


@profile.command("show")
def show_profile(as_json: _JSON = False) -> int:
    """Show what rules know about you; nothing of it is needed, all of it makes them more careful."""
    from niggle.cli.started import here

    runner = here()
    from niggle.actions import athletes

    known = plain(athletes.get_profile(runner.athlete_id, runner.today))
    if as_json:
        json_out(known)
        return DONE
    for name, value in known.items():
        line(f"{name:<24} {_said(value)}")
    return DONE


def _said(value: Any) -> str:
    if value in (None, [], ""):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_said(v) for v in value)
    if isinstance(value, dict):  # a condition or a clearance: what is known of it
        return ", ".join(f"{k} {_said(v)}" if k != "slug" else v for k, v in value.items() if v not in (None, False))
    return value if isinstance(value, str) else json.dumps(value)


@profile.command("set")
def set_profile(
    facts: Annotated[list[str], typer.Argument(help="NAME=VALUE, for example born_on=1988-04-02 missed_periods=no")],
    as_json: _JSON = False,
) -> int:
    """Say something about yourself, or take it back with NAME=none."""
    from niggle.cli.started import here

    given = pairs(facts)
    runner = here()
    from niggle.actions import athletes

    problems = athletes.change_profile(runner.athlete_id, given, runner.now)
    if problems:
        raise bad_input(problems)
    return show_profile(as_json)


@profile.command()
def clearance(
    facts: Annotated[
        list[str],
        typer.Argument(help="on=2026-03-28 by=physio lifts=weight|running|everything site=... side=... until=..."),
    ],
    as_json: _JSON = False,
) -> int:
    """Record what a clinician said, who and when: what is cleared (lifts), or with restricts=yes that running is off.

    lifts=weight: full weight and training, no running yet. lifts=running: running as well. lifts=everything: also jumps
    and sport.
    """
    return _recorded("record_clearance", facts, as_json)


@profile.command()
def condition(
    facts: Annotated[
        list[str], typer.Argument(help="slug=achilles-tendinopathy site=... side=... since=... until=...")
    ],
    as_json: _JSON = False,
) -> int:
    """Name a condition you have, or say how it stands now (seen_by_professional, plan_active, improving, until)."""
    return _recorded("name_condition", facts, as_json)


def _recorded(action: str, facts: list[str], as_json: bool) -> int:
    from niggle.cli.started import here

    given = pairs(facts)
    runner = here()
    from niggle.actions import athletes

    record = {"record_clearance": athletes.record_clearance, "name_condition": athletes.name_condition}[action]
    problems = record(runner.athlete_id, given, runner.now)
    if problems:
        raise bad_input(problems)
    return show_profile(as_json)


@app.command()
def settings(
    change: Annotated[list[str] | None, typer.Argument(help="NAME=VALUE, for example units=mi; none: show all")] = None,
    as_json: _JSON = False,
) -> int:
    """Show or change how things are shown: units, pace_or_speed, week_starts, clock, theme, keep_originals, name."""
    from niggle.cli.started import here

    given = pairs(change or [])
    runner = here()
    from niggle.actions import athletes

    if given:
        changed = athletes.change_settings(runner.athlete_id, **given)
        if changed:
            raise bad_input(changed)
    now = plain(athletes.get_settings(runner.athlete_id))
    if as_json:
        json_out(now)
    else:
        for name, value in now.items():
            line(f"{name:<16} {_said(value)}")
    return DONE
