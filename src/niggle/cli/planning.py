"""`niggle plan`: a plan begun, where it stands, why it moved, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from niggle.cli.say import DONE, Failure, Stop, bad_input, json_out, line, styled, wrapped

if TYPE_CHECKING:
    from niggle.actions.plans.shown import PlanShown, PlansShown
    from niggle.actions.plans.starting import Refused
    from niggle.cli.started import Here
    from niggle.core.knowledge_types import Knowledge
    from niggle.wording.units import Units

app = typer.Typer()
plan = typer.Typer(invoke_without_command=True, help="Rehab and the way back to running: start, see, end a plan.")
app.add_typer(plan, name="plan")

_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]
_HURTS_SINCE = Annotated[str | None, typer.Option(help="the day it began: 2026-03-28, -10")]
_LAST_RUN = Annotated[str | None, typer.Option(help="the day of your last run")]
_HALF_START = Annotated[
    bool | None,
    typer.Option(
        "--half-start/--ladder",
        help="come back by half of your usual week instead of the run-walk "
        "ladder; only light cases after a short break may",
    ),
]
_WHICH = Annotated[str | None, typer.Argument(help="id or condition of the plan; not needed while there is only one")]


@plan.callback()
def overview(context: typer.Context, as_json: _JSON = False) -> int:
    """Show where each open plan stands: its phase, what opens the next, today's exercises, what is left out and why."""
    return DONE if context.invoked_subcommand is not None else _overview(as_json=as_json)


def _overview(*, as_json: bool) -> int:
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.actions.model import knowledge
    from niggle.actions.plans.shown import show_plans

    shown, known, units = show_plans(runner.athlete_id, runner.today), knowledge(), runner.units()
    if as_json:
        json_out(_plain(shown, known, units))
        return DONE
    runner.say_if_demo()
    if not shown.plans:
        line("No plan is open. Begin with: niggle plan start --condition NAME --side left")
        line("niggle condition lists the names; niggle triage helps to find yours.")
        return DONE
    for number, one in enumerate(shown.plans):
        if number:
            line()
        _show(one, known, units)
    from niggle.cli.planned import show_tasks

    show_tasks(shown.decision, known, units)
    return DONE


@plan.command()
def start(
    condition: Annotated[str, typer.Option(help="what it is, for example achilles-tendinopathy-midportion")],
    side: Annotated[str | None, typer.Option(help="left, right or both")] = None,
    site: Annotated[str | None, typer.Option(help="where it hurts, if not at the usual place")] = None,
    grade: Annotated[str | None, typer.Option(help="how severe, if somebody graded it: 1, 2, 3, ...")] = None,
    running: Annotated[bool, typer.Option("--running/--not-running", help="are you still running?")] = True,
    usual_week: Annotated[
        str | None, typer.Option(metavar="35km", help="a usual week before it hurt; without it your log tells")
    ] = None,
    hurts_since: _HURTS_SINCE = None,
    last_run: _LAST_RUN = None,
    imaged: Annotated[bool | None, typer.Option("--imaged/--not-imaged", help="was an image taken?")] = None,
    diagnosed: Annotated[bool, typer.Option("--diagnosed", help="a professional named it")] = False,
    half_start: _HALF_START = None,
    race: Annotated[str | None, typer.Option(help="the day of a race you aim for: 2027-03-07")] = None,
    race_km: Annotated[str | None, typer.Option(help="its distance in km, or half, or marathon")] = None,
    race_name: Annotated[str | None, typer.Option(help="its name")] = None,
    race_prepared: Annotated[
        bool | None, typer.Option("--prepared/--not-prepared", help="were you training for that distance?")
    ] = None,
    as_json: _JSON = False,
) -> int:
    """Start a plan for a suspected or diagnosed condition. Nothing is begun while anything stands against it."""
    from niggle.cli import given, spoken
    from niggle.cli.started import here

    usual_m, far = spoken.metres(usual_week), spoken.race_metres(race_km)
    runner = here()
    facts: dict[str, Any] = {
        "condition": condition, "site": site, "side": side, "grade": grade, "running": running,
        "before_week_km": None if usual_m is None else usual_m / 1000,
        "hurts_since": None if hurts_since is None else given.day(hurts_since, runner.today),
        "last_run_on": None if last_run is None else given.day(last_run, runner.today),
        "imaged": imaged, "diagnosed": diagnosed or None, "half_start": half_start,
        "race_on": None if race is None else given.day(race, runner.today),
        "race_km": None if far is None else far / 1000, "race_name": race_name, "race_prepared": race_prepared,
    }  # fmt: skip
    from niggle.actions.plans.starting import Refused, start_plan

    begun = start_plan(runner.athlete_id, {k: v for k, v in facts.items() if v is not None}, runner.now)
    if isinstance(begun, Refused):
        raise refused(begun)
    if not as_json:
        line("The plan has begun.")
        line()
    return _overview(as_json=as_json)


def refused(answer: Refused) -> Stop:
    """Every reason why there is no plan, what to do about each, and whom to see where care comes first."""
    from niggle.wording.plans import see_line

    how = {
        "condition": "niggle condition",
        "clearance": "niggle profile clearance on=YYYY-MM-DD by=NAME lifts=weight|running|everything site=... side=...",
        "imaged": "niggle plan start ... --imaged",
    }
    failures = [
        Failure(
            "bad_input" if answer.see is None else "care_first", p.message, p.field,
            _how(p.suggestion, how.get(p.field)),
        )
        for p in answer.problems
    ]  # fmt: skip
    if answer.see is not None:
        failures.append(Failure("see_professional", see_line(answer.see.see)))
    return Stop(*failures)


def _how(suggestion: str | None, command: str | None) -> str | None:
    """The suggestion, with the command that does it where it is not said already."""
    if command is None or (suggestion is not None and command == "niggle condition" and "list" not in suggestion):
        return suggestion
    return command if suggestion is None else f"{suggestion}: {command}"


@plan.command()
def change(
    which: _WHICH = None,
    grade: Annotated[str | None, typer.Option(help="how severe, now that somebody graded it: 1, 2, 3, ...")] = None,
    usual_week: Annotated[str | None, typer.Option(metavar="35km", help="a usual week before it hurt")] = None,
    hurts_since: _HURTS_SINCE = None,
    last_run: _LAST_RUN = None,
    imaged: Annotated[bool | None, typer.Option("--imaged/--not-imaged", help="was an image taken?")] = None,
    diagnosed: Annotated[
        bool | None, typer.Option("--diagnosed/--not-diagnosed", help="did a professional name it?")
    ] = None,
    half_start: _HALF_START = None,
    as_json: _JSON = False,
) -> int:
    """Put right what a plan was told at its start, or tell what is known since. What you leave out stays as it was.

    Phase and step follow from your days and cannot be set; a race is changed with: niggle race change.
    """
    from niggle.cli import given, spoken
    from niggle.cli.started import here

    usual_m = spoken.metres(usual_week)
    runner = here()
    facts: dict[str, Any] = {
        "grade": grade, "before_week_km": None if usual_m is None else usual_m / 1000,
        "hurts_since": None if hurts_since is None else given.day(hurts_since, runner.today),
        "last_run_on": None if last_run is None else given.day(last_run, runner.today),
        "imaged": imaged, "diagnosed": diagnosed, "half_start": half_start,
    }  # fmt: skip
    told = {k: v for k, v in facts.items() if v is not None}
    if not told:
        raise given.not_understood("nothing to change: name at least one of --grade, --usual-week, --hurts-since, "
                                   "--last-run, --imaged, --diagnosed, --half-start")  # fmt: skip
    from niggle.actions.plans.starting import amend_plan
    from niggle.core.plan import PlanStart

    found, known = _one(runner, which)
    changed = amend_plan(runner.athlete_id, found.id, told, runner.now)
    if not isinstance(changed, PlanStart):
        raise bad_input(changed)
    if not as_json:
        line(f"Changed: {_name(found, known)}")
        line()
    return _overview(as_json=as_json)


@plan.command()
def end(
    which: _WHICH = None,
    why: Annotated[str, typer.Option(help="healed, ended or replaced")] = "ended",
    as_json: _JSON = False,
) -> int:
    """Close a plan. Nothing of it is deleted."""
    from niggle.cli.started import here

    runner = here()
    from niggle.actions.plans.starting import end_plan
    from niggle.core.plan import PlanEnd
    from niggle.wording import plans as words

    found, known = _one(runner, which)
    closed = end_plan(runner.athlete_id, found.id, why, runner.now)
    if not isinstance(closed, PlanEnd):
        raise bad_input(closed)
    if as_json:
        from niggle.cli.keeping import plain

        json_out(plain(closed))
    else:
        line(f"Closed ({words.ENDINGS[closed.why]}): {_name(found, known)}")
    return DONE


@plan.command()
def history(which: _WHICH = None, as_json: _JSON = False) -> int:
    """Show every change of a plan and why: phases, steps, doses, what came back."""
    from niggle.cli.started import here

    runner = here(demo=True)
    from niggle.cli.keeping import plain
    from niggle.core.protocol import Phase
    from niggle.wording import plans as words

    found, known = _one(runner, which)
    units, condition = runner.units(), found.state.condition
    moves = found.state.moves
    if as_json:
        json_out({
            "plan": found.id, "name": _name(found, known), "began": found.start.on.isoformat(),
            "moves": [{"text": words.move_line(m, condition, known, units), **plain(m)} for m in moves],
        })  # fmt: skip
        return DONE
    runner.say_if_demo()
    line(styled(_name(found, known), "bold"))
    wrapped(f"The plan began in {words.phase_line(Phase.SETTLE).lower()}.", " " * 12,
            f"{found.start.on}  ")  # fmt: skip
    for move in moves:
        wrapped(words.move_line(move, condition, known, units), " " * 12, f"{move.on}  ")
    return DONE


def _one(runner: Here, which: str | None) -> tuple[PlanShown, Knowledge]:
    from niggle.actions.model import knowledge
    from niggle.actions.plans.shown import plan_named, show_plans

    known = knowledge()
    found = plan_named(which, show_plans(runner.athlete_id, runner.today), known)
    if isinstance(found, tuple):
        raise bad_input(found)
    return found, known


def _name(one: PlanShown, known: Knowledge) -> str:
    from niggle.wording.plans import plan_name

    return plan_name(one.state.condition, one.start.site, one.state.side, known)


def _show(one: PlanShown, known: Knowledge, units: Units) -> None:
    from niggle.cli.planned import show_checklist
    from niggle.core.protocol import Phase
    from niggle.wording import doses, gates, tasks
    from niggle.wording import plans as words
    from niggle.wording.units import days

    state, phase = one.state, one.phase
    line(styled(_name(one, known), "bold") + styled(f"  {one.id}", "dim"))
    since = f"{days(state.days_in_phase)} so far" if state.days_in_phase else "begun today"
    line(f"{words.phase_line(state.phase)}, {since}")
    wrapped(phase.purpose if state.phase is not Phase.DONE else one.protocol.maintenance_say)
    wrapped(words.running_line(state, known, step=one.step))
    for due in state.deadlines:
        wrapped(words.due_line(due, state.condition, known), "   ", " → ")
    for stop in state.stops:
        wrapped(words.reason_line(stop, [state.condition], known, units), "   ", " → ")
    if one.gate:
        after = Phase(state.phase + 1)
        show_checklist(f"What opens {words.phase_line(after).split(' of')[0].lower()}" if after is not Phase.DONE else
                       "What opens full training", gates.checklist(state.gate, one.gate, known))  # fmt: skip
    if state.readiness is not None:
        show_checklist("What the first run waits for", gates.checklist(state.readiness, one.readiness(known), known))
    line()
    line(styled("Exercises of this phase", "bold"))
    for item in one.prescription.items:
        often = doses.times_line(item.per_week_low, item.per_week_high, item.dose.per_day)
        wrapped(f"{tasks.exercise_line(item, known)}; {often}  [{item.item}]", "     ", "   ")
    for gone in one.prescription.left_out:
        wrapped(words.left_out_line(gone, known), "     ", " – ")
    if phase.off_menu and state.phase is not Phase.DONE:
        wrapped(f"Off the menu: {', '.join(words.off_menu(phase.off_menu))}.")
    move = state.newest_move
    if move is not None:
        wrapped(f"Last change, {move.on}: {words.move_line(move, state.condition, known, units)}")


def _plain(shown: PlansShown, known: Knowledge, units: Units) -> dict[str, Any]:
    from niggle.cli.planned import task_plain

    return {
        "on": shown.on.isoformat(),
        "plans": [_plan_plain(p, known, units) for p in shown.plans],
        "tasks": [task_plain(t, known, units) for t in shown.decision.tasks],
        "no_task": shown.decision.no_task,
        "limiter": None if shown.board is None or shown.board.limiter is None else shown.board.limiter.test,
        "ended": [{"id": s.id, "condition": s.condition, "on": s.on.isoformat()} for s in shown.ended],
    }  # fmt: skip


def _plan_plain(one: PlanShown, known: Knowledge, units: Units) -> dict[str, Any]:
    from niggle.cli.keeping import plain
    from niggle.cli.planned import checklist_plain
    from niggle.wording import doses, gates, tasks
    from niggle.wording import plans as words

    state = one.state
    move = state.newest_move
    return {
        "id": one.id, "condition": state.condition, "name": _name(one, known), "site": one.start.site,
        "side": None if state.side is None else state.side.value, "grade": one.start.grade,
        "began": one.start.on.isoformat(), "phase": int(state.phase), "phase_name": words.PHASES[state.phase],
        "phase_since": state.phase_since.isoformat(), "purpose": one.phase.purpose,
        "opens_next": one.phase.opens_next, "status": state.status.value,
        "running": words.running_line(state, known, step=one.step), "ladder": state.ladder, "step": one.step,
        "steps": len(known.ladders[state.ladder].steps) if state.ladder is not None else None,
        "locked": state.locked, "gate": checklist_plain(gates.checklist(state.gate, one.gate, known)),
        "readiness": None if state.readiness is None else checklist_plain(
            gates.checklist(state.readiness, one.readiness(known), known)
        ),
        "exercises": [
            {"text": tasks.exercise_line(i, known),
             "often": doses.times_line(i.per_week_low, i.per_week_high, i.dose.per_day), **plain(i)}
            for i in one.prescription.items
        ],
        "left_out": [{"text": words.left_out_line(x, known), "item": x.item, "because": x.because.value}
                     for x in one.prescription.left_out],
        "off_menu": list(words.off_menu(one.phase.off_menu)),
        "see": [words.due_line(d, state.condition, known) for d in state.deadlines],
        "stops": [words.reason_line(r, [state.condition], known, units) for r in state.stops],
        "reasons": [words.reason_line(r, [state.condition], known, units) for r in state.reasons],
        "last_change": None if move is None else words.move_line(move, state.condition, known, units),
        "done_today": plain(one.done_today),
    }  # fmt: skip
