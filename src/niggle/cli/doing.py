"""`niggle done`, `tell`, `away`: exercises ticked, answers only she can give, days that are not as usual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from niggle.cli.say import DONE, bad_input, json_out, line, stop, styled, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from niggle.actions.plans.shown import ItemMeant, PlansShown
    from niggle.cli.started import Here
    from niggle.core.knowledge_types import Knowledge
    from niggle.core.plan import DoneItem

app = typer.Typer()

_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]
_AWAY: Final = {"ill": "illness", "sick": "illness", "illness": "illness", "travel": "travel", "travelling": "travel",
                "life": "life", "busy": "life"}  # fmt: skip
_BACK: Final = "back"


@app.command()
def done(
    item: Annotated[
        str | None, typer.Argument(help="which exercise: hold, EX-005, calf raise hold; leave out to be asked")
    ] = None,
    sets: Annotated[int | None, typer.Option(help="how many sets (default: all)")] = None,
    pain: Annotated[float | None, typer.Option(help="worst pain while doing it, 0 to 10")] = None,
    easy: Annotated[bool | None, typer.Option("--easy/--hard", help="were the last three easy?")] = None,
    skipped: Annotated[bool, typer.Option("--skipped", help="left out today")] = False,
    note: Annotated[str | None, typer.Option(help="anything to remember")] = None,
    time: Annotated[
        int | None, typer.Option(min=1, help="for what is done several times a day: which time (default: the next)")
    ] = None,
    on: Annotated[str | None, typer.Option(help="the day (default: today)")] = None,
    as_json: _JSON = False,
) -> int:
    """Tick an exercise of your plan. Without a name, today's exercises are gone through one by one."""
    from niggle.cli import given
    from niggle.cli.started import here

    runner = here()
    day = given.day(on, runner.today)
    from niggle.actions.model import knowledge
    from niggle.actions.plans.shown import item_named, show_plans

    known = knowledge()
    shown = show_plans(runner.athlete_id, runner.today)
    if item is None:
        return _through(shown, runner, day, known, as_json=as_json)
    meant = item_named(item, shown, known)
    if isinstance(meant, tuple):
        raise bad_input(meant)
    facts: dict[str, Any] = {"sets": sets, "pain": pain, "easy": easy, "skipped": skipped or None, "note": note}
    before = _row(meant, day, time)[1]
    same = before is not None and not before.half and not any(v is not None for v in facts.values())
    kept: DoneItem = before if same and before is not None else _tick(meant, runner, day, facts, time)
    if as_json:
        from niggle.cli.keeping import plain

        json_out(plain(kept))
        return DONE
    if same:
        _ticked_before(meant, time, known)
        return DONE
    line(_noted(meant, kept, facts, known, again=before is not None and not before.half))
    times = meant.item.dose.per_day
    if times > 1:
        line(f"That was time {kept.occasion} of {times} today.")
    return DONE


def _ticked_before(meant: ItemMeant, time: int | None, known: Knowledge) -> None:
    """Nothing new was said of what stands there already. time: the one that was asked for; None is any."""
    from niggle.wording.doses import times_word
    from niggle.wording.tasks import exercise_line

    times = meant.item.dose.per_day
    often = times_word(1) if times == 1 else f"all {times} times" if time is None else f"time {time}"
    wrapped(f"Ticked already, {often} of that day: {exercise_line(meant.item, known)}. Nothing was changed.")
    name = f"niggle done {meant.item.item}" + (f" --time {time or 1}" if times > 1 else "")
    line(styled(f"Put it right with: {name} --sets 3 --pain 1", "dim"))


def _done_on(meant: ItemMeant, day: date) -> Mapping[int, DoneItem]:
    """What was said of this exercise on that day, by its times."""
    from niggle.core.plan import occasions

    return occasions((d for d in meant.plan.done_today if d.on == day), meant.plan.id, meant.item.item)


def _row(meant: ItemMeant, day: date, time: int | None) -> tuple[int, DoneItem | None]:
    """(the time of the day that is meant, what was said of it): the next one that is open, else the last."""
    rows, times = _done_on(meant, day), meant.item.dose.per_day
    occasion = time or next((n for n in range(1, times + 1) if n not in rows or rows[n].half), times)
    return occasion, rows.get(occasion)


def _tick(meant: ItemMeant, runner: Here, day: date, facts: dict[str, Any], time: int | None = None) -> Any:
    """The row of this exercise on that day, of that time or the next; ticked again, what is new replaces the old."""
    from niggle.actions.plans.telling import record_done
    from niggle.core.plan import DoneItem

    occasion, before = _row(meant, day, time)
    planned = meant.item.dose.sets
    given = {k: v for k, v in facts.items() if v is not None}
    if not given.get("skipped"):
        said = {} if before is None or before.skipped else {"pain": before.pain, "easy": before.easy}
        if before is not None and "sets" not in given and not before.half:
            said["sets"] = before.sets
        given = {"sets": planned, "sets_planned": planned} | {k: v for k, v in said.items() if v is not None} | given
    plain = {"plan": meant.plan.id, "item": meant.item.item, "on": day, "occasion": occasion} | given
    kept = record_done(runner.athlete_id, plain | ({} if before is None else {"id": before.id}), runner.now)
    if not isinstance(kept, DoneItem):
        raise bad_input(kept)
    return kept


def _noted(meant: ItemMeant, kept: DoneItem, facts: dict[str, Any], known: Knowledge, *, again: bool) -> str:
    from niggle.wording.tasks import exercise_line
    from niggle.wording.units import pain as said

    text = exercise_line(meant.item, known)
    if facts.get("skipped"):
        return f"Left out today: {text}"
    if kept.sets is not None and kept.sets != kept.sets_planned:
        text = f"{text}; {kept.sets} of {kept.sets_planned} sets"
    did = "Put right" if again else "Done"
    pain = facts.get("pain")
    limit = meant.item.pain_max
    if pain is None or pain <= limit:
        return f"{did}: {text}."
    most = "here it must not hurt at all" if limit <= 0 else f"{said(limit)} is the most here"
    return f"{did}: {text}. It hurt {said(pain)}, and {most}: stop earlier; the dose takes a step down."


def _through(shown: PlansShown, runner: Here, day: date, known: Knowledge, *, as_json: bool) -> int:
    """Today's exercises one by one: done, how much it hurt, whether the last ones were easy."""
    import sys

    meant = _of_today(shown)
    if as_json or not sys.stdin.isatty():
        return _listed(meant, shown, known, as_json=as_json)
    from niggle.cli.questions import yes_no
    from niggle.wording.doses import easy_question
    from niggle.wording.tasks import exercise_line

    for one in meant:
        if len(_done_on(one, runner.today)) >= one.item.dose.per_day:
            continue
        try:
            did = yes_no(input, line, f"{exercise_line(one.item, known)}. Done?")
            if did is None:
                continue
            entry = known.exercises.get(one.item.exercise)
            asked = easy_question(one.item.dose, () if entry is None else entry.kinds)
            facts: dict[str, Any] = {"skipped": True} if not did else {
                "pain": _pain(), "easy": yes_no(input, line, asked) if asked else None
            }  # fmt: skip
        except EOFError:
            return DONE
        _tick(one, runner, day, facts)
    line("Noted. How does it feel? niggle checkin")
    return DONE


def _pain() -> float | None:
    while True:
        text = input("Worst pain while doing it, 0 to 10 (Enter: none said): ").strip().replace(",", ".")
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = -1
        if 0 <= value <= 10:
            return value
        line("A number from 0 (none) to 10 (the worst there is).")


def _of_today(shown: PlansShown) -> list[ItemMeant]:
    """The exercises of today's tasks; of the whole phase where the day has no task for them."""
    from niggle.actions.plans.shown import ItemMeant

    plans = {p.id: p for p in shown.plans}
    pairs = [(plans[e.plan], e) for t in shown.decision.tasks if t.allowed for e in t.exercises if e.plan in plans]
    return [ItemMeant(p, e) for p, e in pairs]


def _listed(meant: list[ItemMeant], shown: PlansShown, known: Knowledge, *, as_json: bool) -> int:
    from niggle.wording.tasks import exercise_line

    times = [sum(not d.skipped for d in _done_on(m, shown.on).values()) for m in meant]
    if as_json:
        json_out({"today": [
            {"plan": m.plan.id, "item": m.item.item, "text": exercise_line(m.item, known),
             "done": n >= m.item.dose.per_day, "times_done": n, "times": m.item.dose.per_day}
            for m, n in zip(meant, times, strict=True)
        ]})  # fmt: skip
        return DONE
    if not shown.plans:
        raise stop("no_plan", "no plan is open", None, "niggle plan start --condition NAME --side left")
    if not meant:
        line("No exercises today.")
        return DONE
    for m, n in zip(meant, times, strict=True):
        mark, often = "✓" if n >= m.item.dose.per_day else "○", m.item.dose.per_day
        so_far = f" ({n} of {often} times today)" if often > 1 else ""
        wrapped(f"{exercise_line(m.item, known)}{so_far}  [{m.item.item}]", "     ", f" {mark} ")
    line(styled(f"Tick one with: niggle done {meant[0].item.item} --pain 1", "dim"))
    return DONE


@app.command()
def tell(
    what: Annotated[str | None, typer.Argument(help="healed, tender, confident, careful_voice, ...")] = None,
    value: Annotated[str | None, typer.Argument(help="yes, no, or a number")] = None,
    on: Annotated[str | None, typer.Option(help="the day (default: today)")] = None,
    as_json: _JSON = False,
) -> int:
    """Answer what only you can say, for example `niggle tell healed 80`; without anything: what your plan asks."""
    from niggle.cli import given
    from niggle.cli.started import here

    runner = here(demo=what is None)
    day = given.day(on, runner.today)
    if what is None:
        return _questions(runner, as_json=as_json)
    key = _key(what)
    if value is None:
        from niggle.wording.gates import question

        raise given.not_understood(f"{question(key)} Say it with: niggle tell {what} yes|no|NUMBER")
    from niggle.actions.plans.telling import record_answers

    problems = record_answers(runner.athlete_id, {key: _value(value)}, runner.now, day)
    if problems:
        from niggle.core.outcomes import Problem

        raise bad_input([Problem(what, p.message.replace(key, what), p.suggestion) for p in problems])
    if as_json:
        json_out({"key": key, "on": day.isoformat(), "value": _value(value)})
    else:
        line("Noted.")
    return DONE


def _key(word: str) -> str:
    """healed -> says_healed_percent; what fits no answer stays as it is and is named as a problem."""
    from niggle.actions.plans.telling import ANSWER_KEYS

    name = word.strip().casefold().replace("-", "_")
    for key in (name, f"says_{name}", f"says_{name}_percent", f"says_{name}_weeks"):
        if key in ANSWER_KEYS:
            return key
    return name


def _value(text: str) -> bool | float | str:
    word = text.strip().casefold().rstrip("%")
    if word in ("yes", "y", "true"):
        return True
    if word in ("no", "n", "false"):
        return False
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return text


def _questions(runner: Here, *, as_json: bool) -> int:
    from niggle.actions.plans.shown import show_plans
    from niggle.wording.gates import question

    shown = show_plans(runner.athlete_id, runner.today)
    lists = [r for p in shown.plans for r in (p.state.gate, p.state.readiness) if r is not None]
    asked = [m.removeprefix("answer:") for r in lists for m in r.missing if m.startswith("answer:")]
    if shown.plans:
        asked.append("says_healed_percent")
    keys = list(dict.fromkeys(asked))
    if as_json:
        json_out({"questions": [{"key": k, "question": question(k)} for k in keys]})
        return DONE
    runner.say_if_demo()
    if not keys:
        line("No plan is open, so nothing is asked.")
    for key in keys:
        short = key.removeprefix("says_").removesuffix("_percent").removesuffix("_weeks")
        line(f"{short:<20} {question(key)}")
    return DONE


@app.command()
def away(
    why: Annotated[
        str | None, typer.Argument(help="ill, travel or life; back: it is over; none: show what is known")
    ] = None,
    until: Annotated[str | None, typer.Option(help="the last day: 2026-12-01, sunday, +3")] = None,
    since: Annotated[str | None, typer.Option("--from", help="the first day (default: today)")] = None,
    equipment: Annotated[list[str] | None, typer.Option(help="what is at hand there: band,stairs; none")] = None,
    no_running: Annotated[bool | None, typer.Option("--no-running/--running", help="can you run there?")] = None,
    as_json: _JSON = False,
) -> int:
    """Say that days are not as usual. The plan holds for illness and takes what is at hand for a journey."""
    from niggle.cli import given, spoken
    from niggle.cli.keeping import plain
    from niggle.cli.started import here

    runner = here()
    from niggle.actions.plans import telling
    from niggle.core.plan import Absence

    kept: Any
    if why is None:
        return _absences(runner, as_json=as_json)
    if why.casefold() == _BACK:
        kept = telling.end_absence(runner.athlete_id, runner.now)
    else:
        if why.casefold() not in _AWAY:
            raise given.not_understood(f"{why!r} is none of {', '.join(_AWAY)}, {_BACK}")
        facts: dict[str, Any] = {
            "kind": _AWAY[why.casefold()],
            "first": None if since is None else spoken.coming_day(since, runner.today),
            "last": None if until is None else spoken.coming_day(until, runner.today),
            "equipment": [e for e in given.several(equipment) or () if e != "none"] if equipment else None,
            "no_running": no_running,
        }
        kept = telling.record_absence(runner.athlete_id, {k: v for k, v in facts.items() if v is not None}, runner.now)
    if not isinstance(kept, Absence):
        raise bad_input(kept)
    if as_json:
        json_out(plain(kept))
        return DONE
    line(f"Noted: {_away_line(kept)}")
    line("niggle week shows the days as they are now.")
    return DONE


def _absences(runner: Here, *, as_json: bool) -> int:
    from niggle.actions.plans.telling import absences_of
    from niggle.cli.keeping import plain

    found = absences_of(runner.athlete_id, runner.today)
    if as_json:
        json_out([plain(a) for a in found])
        return DONE
    for a in found:
        line(_away_line(a))
    if not found:
        line("No days away from today on. Say so with: niggle away travel --until sunday --equipment band")
    return DONE


def _away_line(absence: Any) -> str:
    if absence.taken_back:
        return "taken back."
    days = str(absence.first) if absence.last == absence.first else f"{absence.first} to {absence.last}"
    run = ", no running" if absence.no_running else ""
    things = f", with {', '.join(absence.equipment) or 'nothing'}" if absence.equipment is not None else ""
    return f"{days}: {absence.kind.value}{run}{things}"
