"""`niggle checkin`, `niggle told`: how it feels and what happened, asked on the terminal or taken as JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from niggle.cli.say import DONE, Stop, bad_input, json_out, line, stop

if TYPE_CHECKING:
    from niggle.cli.questions import Interviewed
    from niggle.cli.started import Here
    from niggle.core.checkin import Entry
    from niggle.core.outcomes import Problem

app = typer.Typer()


@app.command()
def checkin(
    what: Annotated[str | None, typer.Argument(help="list: show what was said lately instead, with ids")] = None,
    json_in: Annotated[
        str | None, typer.Option("--json-in", metavar="FILE", help="answers as JSON; - for stdin")
    ] = None,
    on: Annotated[str | None, typer.Option(help="the day it is about (default: today)")] = None,
    corrects: Annotated[
        str | None, typer.Option(metavar="ID", help="replace that earlier check-in, which stays stored")
    ] = None,
    sure: Annotated[bool, typer.Option("--sure", help="the warning sign it takes back is not so")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> int:
    """Say how it feels; then see what that does to today.

    JSON is one object: on, site, side, moment, and the answers (pain_max 0 to 10, limp true or false, ...), all in
    docs/reference/checkin.md. Every problem with it is listed, and nothing is stored while there is one.
    """
    import sys

    from niggle.cli import given
    from niggle.cli.started import here

    if what not in (None, "list"):
        raise given.not_understood(f"{what!r} is nothing that checkin knows; niggle checkin, or niggle checkin list")
    read = dict(given.json_object(json_in)) if json_in is not None else None
    runner = here(demo=what == "list")
    if what == "list":
        return _list(runner, as_json=as_json)
    from niggle.actions import checkins

    replaced = None if corrects is None else checkins.get_entry(runner.athlete_id, corrects)
    day = replaced.on if on is None and replaced is not None else given.day(on, runner.today)
    asked, codes = read is None, tuple[str, ...]()
    if read is None:
        if not sys.stdin.isatty():
            raise stop("no_answers", "nobody is at the terminal to answer", "standard input",
                       "niggle checkin --json-in FILE (or - for standard input)")  # fmt: skip
        about = _told_of(replaced, runner.today) if on is None and replaced is not None else day
        spoken = _asked(about, runner, corrects=corrects is not None)
        read, codes = spoken.plain, spoken.told
    plain: dict[str, Any] = {"on": day.isoformat()} | read
    if corrects is not None:
        plain["corrects"] = corrects
    from niggle.core.checkin import Entry, entry_to_plain

    stored = checkins.record_checkin(runner.athlete_id, plain, runner.now, runner.today, sure=sure)
    if asked and not isinstance(stored, Entry) and [p.field for p in stored] == ["sure"] and _confirmed(stored[0]):
        stored = checkins.record_checkin(runner.athlete_id, plain, runner.now, runner.today, sure=True)
    if not isinstance(stored, Entry):
        raise bad_input(stored, None if json_in is None else "standard input" if json_in == "-" else json_in)
    if codes:
        from niggle.actions.told_facts import record_told

        record_told(runner.athlete_id, codes, stored.on, runner.now)
    if asked:
        _ask_more(stored, runner)
    from niggle.actions.today import decide_today
    from niggle.cli.decided import decision_plain, next_race, show_short, told_to_do

    found = decide_today(runner.athlete_id, runner.today, runner.now)
    decided, weeks, race = found.decision, found.case.plan.weeks, next_race(found)
    told = told_to_do(runner.athlete_id, decided)
    if as_json:
        json_out({"entry": entry_to_plain(stored), "today": decision_plain(decided, None, weeks, race, told)})
    else:
        line("Noted.")
        line()
        show_short(decided, runner.units(), weeks, race, told)
    return DONE


def _confirmed(problem: Problem) -> bool:
    from niggle.cli.questions import yes_no

    try:
        return yes_no(input, line, f"{problem.message} Is it really not so?", needed=True) is True
    except EOFError:
        return False


def _list(runner: Here, *, as_json: bool) -> int:
    """What was said in the last four weeks and the older warnings, newest first; what was replaced is marked."""
    from datetime import timedelta

    from niggle.actions import checkins
    from niggle.actions.model import knowledge
    from niggle.core.checkin import entry_to_plain
    from niggle.wording.checkin import entry_line, entry_signs

    first = runner.today - timedelta(days=28)
    found = checkins.list_entries(runner.athlete_id, first, runner.today, warnings_before=True)
    gone = {entry.corrects for entry in found}
    if as_json:
        json_out([entry_to_plain(entry) | {"replaced": entry.id in gone} for entry in reversed(found)])
        return DONE
    runner.say_if_demo()
    if not found:
        line("No check-ins in the last four weeks. Begin with: niggle checkin")
    labels = {name: finding.label for name, finding in knowledge().findings.items()}
    for entry in sorted(found, key=lambda e: (e.on, e.recorded_at), reverse=True):
        signs = entry_signs(entry, labels)
        words = "; ".join((entry_line(entry), *signs, *(("replaced",) if entry.id in gone else ())))
        line(f"{entry.on}  {entry.id}  {words}")
    return DONE


@app.command()
def told(
    codes: Annotated[
        list[str] | None, typer.Argument(help="what happened, for example carried_weight; none: what you told lately")
    ] = None,
    on: Annotated[str | None, typer.Option(help="the day it happened (default: today)")] = None,
    take_back: Annotated[bool, typer.Option("--take-back", help="it did not happen after all")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> int:
    """Tell what no watch records: a pack carried, a long day standing, another way of landing. Load rules use it."""
    from datetime import timedelta

    from niggle.cli import given
    from niggle.cli.started import here
    from niggle.wording.told import TELLABLE

    if take_back and not codes:
        raise given.not_understood("say what did not happen, for example: niggle told carried_weight --take-back")
    runner = here()
    from niggle.actions import told_facts

    if codes:
        day = given.day(on, runner.today)
        problems = told_facts.record_told(runner.athlete_id, codes, day, runner.now, taken_back=take_back)
        if problems:
            raise bad_input(problems)
    known = told_facts.list_told(runner.athlete_id, runner.today - timedelta(days=27), runner.today)
    if as_json:
        json_out([{"on": t.on.isoformat(), "code": t.code} for t in known])
        return DONE
    for t in known:
        line(f"{t.on}  {t.code:<16}  {TELLABLE[t.code][0]}")
    if not known:
        line("Nothing told in the last four weeks. What can be told:")
        for code, (words, hint) in TELLABLE.items():
            line(f"  {code:<16}  {words}{f' ({hint[:1].lower()}{hint[1:]})' if hint else ''}")
    return DONE


def _asked(day: date, runner: Here, *, corrects: bool) -> Interviewed:
    """The interview; of a correction without what was unusual that day, which is told and not corrected."""
    from dataclasses import replace

    from niggle.actions import checkins
    from niggle.actions.model import knowledge
    from niggle.actions.plans.shown import open_plans
    from niggle.cli.questions import interview
    from niggle.wording.interview import steps

    asked = steps(knowledge(), checkins.ran_lately(runner.athlete_id, day))
    if corrects:
        asked = (*asked[:-1], replace(asked[-1], options=()))
    planned = [(p.site, p.side) for p in open_plans(runner.athlete_id, runner.today)]
    try:
        return interview(input, line, day, asked, planned, runner.units().distance_unit)
    except EOFError:
        raise Stop() from None


def _told_of(entry: Entry, today: date) -> date:
    """The day that was asked about: a morning is kept with the day before it."""
    from datetime import timedelta

    from niggle.core.checkin import Moment

    return min(entry.on + timedelta(days=entry.moment is Moment.NEXT_MORNING), today)


def _ask_more(entry: Entry, runner: Here) -> None:
    """The warning signs that her answers call for, as the page asks them. The check-in is kept already."""
    from datetime import timedelta

    from niggle.actions import checkins
    from niggle.actions.checkin_form import NONE
    from niggle.actions.model import knowledge
    from niggle.cli.questions import ask_checks
    from niggle.wording.interview import LOOK_BACK_DAYS, Option

    entries = checkins.list_entries(runner.athlete_id, runner.today - timedelta(days=LOOK_BACK_DAYS), runner.today)
    if entry.site is None or all(e.id != entry.id for e in entries):
        return
    called, _ = checkins.warnings_for(runner.athlete_id, entry, entries, runner.today)
    if not called:
        return
    words = knowledge().questions
    line("Kept. A few more answers tell who should look at it.")
    try:
        ticked = ask_checks(input, line, "Any of these?", [Option(name, words[name]) for name in called])
    except EOFError:
        return
    if ticked:
        found = {name: name in ticked and ticked != [NONE] for name in called}
        checkins.record_findings(runner.athlete_id, entry, found, runner.now, runner.today)
