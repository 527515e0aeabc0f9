"""`niggle load` and `niggle whatif`: what the weeks did to each tissue, and what a run would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from niggle.cli.say import DONE, bad_input, json_out, line, styled, table, wrapped

if TYPE_CHECKING:
    from niggle.core.spikes import WhatIf
    from niggle.core.tissue import TissueState

app = typer.Typer()

_ON = Annotated[str | None, typer.Option(help="the day: 2026-03-28, yesterday, -3 (default: today)")]
_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]
_STATE_WORDS: Final = {
    "not_known": "not known yet",
    "below": "below its usual week",
    "usual": "as usual",
    "above": "above its usual week",
    "well_above": "well above its usual week",
    "far_above": "far above its usual week",
}


@app.command()
def load(
    on: _ON = None,
    weeks: Annotated[int, typer.Option(min=1, max=260, help="how many weeks to show")] = 12,
    as_json: _JSON = False,
) -> int:
    """Show the weeks with their cutbacks, each tissue against what it is used to, and the spikes."""
    from niggle.cli import given
    from niggle.cli.keeping import plain
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.actions import load as actions

    view = actions.load_view(runner.athlete_id, given.day(on, runner.today), weeks)
    if as_json:
        json_out(
            {
                "on": view.on.isoformat(),
                "weeks": [plain(w) for w in view.weeks],
                "tissues": {tissue.value: state_plain(state) for tissue, state in view.states.items()},
                "spikes": [plain(s) for s in view.spikes],
                "caps": plain(view.caps),
            }
        )
        return DONE
    runner.say_if_demo()
    from niggle.wording.units import counted

    units = runner.units()
    last = actions.last_run_day(runner.athlete_id, view.on)
    if last is None:
        line("No runs yet. Begin with: niggle import FILE")
        return DONE
    if not any(week.runs for week in view.weeks):
        line(f"No run in the {counted(weeks, 'week')} up to {view.on}. The last one was on {last}:")
        line(f"  niggle load --on {last}")
        return DONE
    rows = [
        (str(w.start), units.distance(w.distance_m), units.duration(w.time_s), str(w.runs), units.distance(w.longest_m),
         "cutback" if w.cutback else "so far" if w.partial else "")
        for w in view.weeks
    ]  # fmt: skip
    table(("week of", "distance", "time", "runs", "longest", ""), rows, right=(1, 2, 3, 4))
    line()
    line(styled("This week against the usual one (a rule of thumb, no measure of tissue)", "bold"))
    _tissues(view.states.values())
    if view.spikes:
        from niggle.cli.decided import sentence

        line()
        line(styled("Spikes of the last weeks", "bold"))
        for spike in view.spikes:
            wrapped(f"{spike.on:%a} {spike.on.day} {spike.on:%b}: {sentence(spike.reason, units)}", "   ", " · ")
    return DONE


@app.command()
def whatif(
    on: Annotated[str | None, typer.Option(help="the day: tomorrow, saturday, +3, 2027-03-07 (default: today)")] = None,
    distance_km: Annotated[float | None, typer.Option(min=0, help="how far, in km")] = None,
    distance_mi: Annotated[float | None, typer.Option(min=0, help="how far, in miles")] = None,
    duration_min: Annotated[float | None, typer.Option(min=0, help="how long, in minutes")] = None,
    ascent_m: Annotated[float | None, typer.Option(min=0, help="metres up")] = None,
    descent_m: Annotated[float | None, typer.Option(min=0, help="metres down")] = None,
    sport: Annotated[str, typer.Option(help="run, trail, treadmill, ride, ...")] = "run",
    tag: Annotated[list[str] | None, typer.Option(help="speed, hills, long, race, ...; may be repeated")] = None,
    surface: Annotated[str | None, typer.Option(help="road, trail, track, grass, treadmill, ...")] = None,
    shoe: Annotated[str | None, typer.Option(help="id of the shoe")] = None,
    as_json: _JSON = False,
) -> int:
    """Say before a run what it would do: against your longest, to this week, to each tissue."""
    from niggle.cli import given
    from niggle.cli.spoken import coming_day
    from niggle.cli.started import here

    distance_m = given.distance_m(distance_km, distance_mi)
    if distance_m is None and duration_min is None:
        raise typer.BadParameter("say how far (--distance-km or --distance-mi) or how long (--duration-min)")
    runner = here(demo=True)
    from niggle.actions import load as actions

    planned: dict[str, Any] = {
        "distance_m": distance_m,
        "duration_s": None if duration_min is None else duration_min * 60,
        "ascent_m": ascent_m,
        "descent_m": descent_m,
        "sport": sport,
        "tags": given.several(tag) or [],
        "surface": surface,
        "shoe": shoe,
    }
    day = runner.today if on is None else coming_day(on, runner.today)
    answer = actions.whatif(runner.athlete_id, day, planned)
    if isinstance(answer, tuple):
        raise bad_input(answer)
    if as_json:
        json_out(whatif_plain(answer))
        return DONE
    runner.say_if_demo()
    _show_whatif(answer, runner)
    return DONE


def state_plain(state: TissueState) -> dict[str, Any]:
    """A tissue's state as JSON; loads in easy kilometres."""
    return {
        "unrecovered_km": round(state.unrecovered, 3),
        "capacity_km_per_day": round(state.capacity, 3),
        "week_km": round(state.week_load, 3),
        "usual_week_km": None if state.usual_week_load is None else round(state.usual_week_load, 3),
        "ratio": None if state.ratio is None else round(state.ratio, 3),
        "word": state.word.value,
    }


def whatif_plain(answer: WhatIf) -> dict[str, Any]:
    """A what-if as JSON: verdict, the gate, the week, each tissue before and after, every reason."""
    from niggle.core.reasons import reason_to_plain

    gate = answer.gate
    return {
        "verdict": answer.weight.value,
        "gate": {
            "state": gate.state.value,
            "ratio": gate.ratio,
            "distance_m": gate.distance_m,
            "longest_m": gate.longest_m,
        },
        "week_m": answer.week_m,
        "tissues": {
            tissue.value: {"before": state_plain(answer.before[tissue]), "after": state_plain(after)}
            for tissue, after in answer.after.items()
        },
        "spikes": [{"type": s.type, "code": s.code} for s in answer.spikes],
        "reasons": [reason_to_plain(r) for r in answer.reasons],
    }


def _show_whatif(answer: WhatIf, runner: Any) -> None:
    from niggle.cli.decided import sentence
    from niggle.wording import whatif as words

    units = runner.units()
    colours = {"info": "green", "caution": "yellow", "stop": "red"}
    colour = () if words.cannot_say(answer) else (colours[answer.weight.value],)
    line(styled(words.verdict(answer), "bold", *colour))
    line(f"This week would have {units.distance(answer.week_m)}.")
    for reason in answer.reasons:
        wrapped(sentence(reason, units), "   ", " · ")
    line()
    line(styled("At the end of that day (a rule of thumb, no measure of tissue)", "bold"))
    _tissues(answer.after.values())
    line("This looks at load only. How you feel decides first: niggle today.")


def _tissues(states: Any) -> None:
    rows = [
        (s.tissue.value.replace("_", " "), "–" if s.ratio is None else f"{s.ratio:.2f}", _STATE_WORDS[s.word.value])
        for s in states
    ]
    table(("tissue", "of usual", ""), rows, right=(1,))
