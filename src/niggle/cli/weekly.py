"""`niggle week`: the calendar of the week, made and made again, changed by hand, and the times she has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from niggle.cli.say import DONE, bad_input, json_out, line, styled, wrapped

if TYPE_CHECKING:
    from niggle.actions.plans.weeks import WeekShown
    from niggle.cli.started import Here
    from niggle.core.knowledge_types import Knowledge
    from niggle.core.plan import Availability, Placed, WeekPlan
    from niggle.core.today import PlanToday
    from niggle.wording.units import Units

app = typer.Typer()
week = typer.Typer(invoke_without_command=True, help="The week as a calendar: make it, move things, say when you can.")
app.add_typer(week, name="week")

_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]


@week.callback()
def show(
    context: typer.Context,
    make: Annotated[bool, typer.Option("--make", help="make it again, with as little change as possible")] = False,
    next_week: Annotated[bool, typer.Option("--next", help="the coming week")] = False,
    as_json: _JSON = False,
) -> int:
    """Show the week's calendar, checked against today; the first time it is made."""
    if context.invoked_subcommand is not None:
        return DONE
    from niggle.cli.started import here

    runner = here(demo=not make)
    from niggle.actions.plans import weeks

    on = runner.today + timedelta(days=7 if next_week else 0)
    shown = None if make else weeks.show_week(runner.athlete_id, runner.today, on)
    if shown is None and not runner.is_demo:
        made = weeks.plan_week(runner.athlete_id, runner.now, on)
        if isinstance(made, tuple):
            raise bad_input(made)
        shown = made
    return _said(shown, runner, as_json=as_json)


def _said(shown: WeekShown | None, runner: Here, *, as_json: bool) -> int:
    from niggle.actions.model import knowledge

    known, units = knowledge(), runner.units()
    if as_json:
        json_out({"week": None} if shown is None else _plain(shown, known, units))
        return DONE
    runner.say_if_demo()
    if shown is None:
        line("No calendar was made for that week.")
        return DONE
    _show(shown, known, units, runner.today)
    return DONE


def _show(shown: WeekShown, known: Knowledge, units: Units, today: date) -> None:
    from niggle.wording import week as words

    plan = shown.week
    line(styled(f"Week of {plan.start:%A} {plan.start.day} {plan.start:%B %Y}", "bold"))
    if not plan.placed:
        wrapped(_empty(shown))
    for number in range(7):
        on = plan.start + timedelta(days=number)
        found = plan.of_day(on)
        also = [p for p in shown.beside if p.on == on]
        if not plan.placed and not also:
            continue
        mark = "bold" if on == today else "dim"
        line(
            styled(f"{words.day_name(on)[:3]} {on.day} {on:%b}", mark) + ("  rest" if not found and on >= today else "")
        )
        for placed in sorted((*found, *also), key=lambda p: p.start_min):
            if placed in also:
                line(f"  {words.clock(placed.start_min)}  {words.logged_line(placed.item, units)} (done)")
            else:
                _placed(placed, shown.decision.plan, known, units, today)
    for text in _remarks(shown, known, units):
        wrapped(text, "   ", " · ")


def _placed(placed: Placed, plans: Sequence[PlanToday], known: Knowledge, units: Units, today: date) -> None:
    from niggle.wording import week as words
    from niggle.wording.plans import exercises_line
    from niggle.wording.tasks import tests_lines

    line(f"  {words.clock(placed.start_min)}  {words.placed_line(placed, known, units, today)}  [{placed.item.id}]")
    conditions, phases = {p.plan: p.condition for p in plans}, {p.plan: p.phase for p in plans}
    names = exercises_line(placed.item.exercises, conditions, known, phases)
    for text in (names, *tests_lines(placed.item.tests, known)):
        if text:
            wrapped(text, " " * 9, " " * 9)


def _empty(shown: WeekShown) -> str:
    from niggle.wording import week as words

    if shown.week.named in (None, "nothing_to_place") and not shown.decision.plan:
        return "Nothing is planned: no plan is open. Begin with: niggle plan start --condition NAME --side left"
    return words.empty_line(shown.week)


def _remarks(shown: WeekShown, known: Knowledge, units: Units) -> list[str]:
    """What is to be said of the calendar: what was changed, what breaks a rule, what clashes, what was left out."""
    from niggle.wording import week as words

    red = words.red_now_line(shown.week, shown.decision)
    found = [*([red] if red else []), *words.remade_lines(shown.week), *words.race_lines(shown.races, units)]
    for v in shown.violations:
        mend = words.suggestion_line(v, shown.week, known, units)
        found.append(words.violation_line(v, shown.week, known, units) + (f" {mend}" if mend else ""))
    found += [words.clash_line(c.wishes, c.because, known) for c in shown.week.clashes]
    clashing = {w for c in shown.week.clashes for w in c.wishes}
    found += [words.unmet_line(u) for u in shown.unmet if u.wish not in clashing]
    found += words.no_place_lines(shown.week, known, units)
    found += [words.RUNLESS[shown.runless]] if shown.runless else []
    return list(dict.fromkeys(found))


def _plain(shown: WeekShown, known: Knowledge, units: Units) -> dict[str, Any]:
    from niggle.cli.keeping import plain
    from niggle.wording import week as words

    return {
        "start": shown.week.start.isoformat(), "last": shown.week.last.isoformat(),
        "made_on": shown.week.made_on.isoformat(), "by_hand": shown.week.by_hand, "named": shown.week.named,
        "items": [
            {**plain(p.item), "on": p.on.isoformat(), "at": words.clock(p.start_min), "start_min": p.start_min,
             "done": p.done, "text": words.item_title(p.item, known, units)}
            for p in shown.week.placed
        ],
        "beside": [
            {"on": p.on.isoformat(), "at": words.clock(p.start_min), "text": words.logged_line(p.item, units)}
            for p in shown.beside
        ],
        "because": list(shown.week.because), "changes": [plain(c) for c in shown.week.changes],
        "red_text": words.red_now_line(shown.week, shown.decision),
        "changed_texts": list(words.remade_lines(shown.week)),
        "races": [
            {"id": a.race.id, "on": a.race.on.isoformat(), "verdict": a.verdict.value} for a in shown.races
        ],
        "race_texts": list(words.race_lines(shown.races, units)),
        "violations": [
            {"rule": v.rule, "severity": v.severity.value, "items": list(v.items),
             "text": words.violation_line(v, shown.week, known, units),
             "suggestion": words.suggestion_line(v, shown.week, known, units)}
            for v in shown.violations
        ],
        "clashes": [{"wishes": [words.wish_line(w) for w in c.wishes], "because": list(c.because),
                     "text": words.clash_line(c.wishes, c.because, known)} for c in shown.week.clashes],
        "unmet": [words.wish_line(u.wish) for u in shown.unmet],
        "left_out": [{"id": x.item.id, "because": list(x.because),
                      "text": words.left_out_line(x.item, x.because, known, units)} for x in shown.week.no_place],
        "text": None if shown.week.placed else _empty(shown),
    }  # fmt: skip


@week.command()
def move(
    item: Annotated[str, typer.Argument(help="what: its id from niggle week, or its name, for example hills")],
    day: Annotated[str, typer.Argument(help="to: thu, tomorrow, 2026-03-28")],
    at: Annotated[str | None, typer.Option("--at", metavar="HH:MM", help="at what time")] = None,
    as_json: _JSON = False,
) -> int:
    """Put a session on another day. What a rule forbids is said, with a day that is open, and nothing is changed."""
    from niggle.cli import spoken
    from niggle.cli.started import here

    runner = here()
    from niggle.actions.plans import weeks

    on = spoken.coming_day(day, runner.today)
    start_min = None if at is None else spoken.minute_of_day(at)
    name = item
    for day_of_week in dict.fromkeys((on, runner.today, runner.today + timedelta(days=7))):
        shown = weeks.show_week(runner.athlete_id, runner.today, day_of_week)
        name = item if shown is None else _item_id(item, shown.week, runner.today)
        if shown is not None and any(p.item.id == name and p.on >= runner.today for p in shown.week.placed):
            break
    moved = weeks.move_item(runner.athlete_id, name, on, runner.now, start_min)
    if isinstance(moved, tuple):
        raise bad_input(moved)
    return _said(moved, runner, as_json=as_json)


def _item_id(name: str, plan: WeekPlan, today: date) -> str:
    """The coming session that she means by a name; the name itself where none or several fit."""
    from niggle.wording.week import KINDS

    coming = [p.item for p in plan.placed if p.on >= today]
    word = name.strip().casefold()
    if any(i.id == name for i in coming):
        return name
    found = [i.id for i in coming if KINDS[i.kind].casefold() == word]
    found = found or [i.id for i in coming if word and word in KINDS[i.kind].casefold()]
    if len(found) > 1:
        from niggle.core.outcomes import Problem

        raise bad_input([Problem("item", f"{name!r} may be several sessions", f"one of {', '.join(found)}")])
    return found[0] if found else name


@week.command()
def have(
    times: Annotated[
        list[str] | None, typer.Argument(help='when you can: "tue 18:00 60" "sat,sun 9:00 120" "mon-fri 6:30 45 gym"')
    ] = None,
    wish: Annotated[list[str] | None, typer.Option(help='"long run saturday", "rest friday", "4 runs", ...')] = None,
    no_wishes: Annotated[bool, typer.Option("--no-wishes", help="take all wishes back")] = False,
    gym: Annotated[int | None, typer.Option(min=0, max=7, help="gym visits a week")] = None,
    equipment: Annotated[list[str] | None, typer.Option(help="what is at home: band,step,dumbbell; none")] = None,
    as_json: _JSON = False,
) -> int:
    """Say which times, wishes and equipment you have; without anything: show them. What you name replaces the old."""
    from niggle.cli import given, spoken
    from niggle.cli.started import here

    facts: dict[str, Any] = {}
    if times:
        facts["windows"] = spoken.windows(times)
    if wish or no_wishes:
        facts["wishes"] = [spoken.wish(w) for w in wish or ()]
    if gym is not None:
        facts["gym_visits"] = gym
    if equipment:
        facts["equipment"] = [e for e in given.several(equipment) or () if e != "none"]
    runner = here()
    from niggle.actions.plans.telling import availability_of, set_availability

    if facts:
        kept = set_availability(runner.athlete_id, facts, runner.now)
        if isinstance(kept, tuple):
            raise bad_input(kept)
    else:
        kept = availability_of(runner.athlete_id, runner.today)
    if as_json:
        from niggle.cli.keeping import plain

        json_out(plain(kept))
        return DONE
    _show_have(kept)
    if facts:
        line("niggle week shows the week with it.")
    return DONE


def _show_have(kept: Availability) -> None:
    from niggle.core.week import windows_of
    from niggle.wording import week as words
    from niggle.wording.exercises import equipment_word

    if not kept.windows:
        line("No times named; until you do, niggle takes two hours on weekday evenings and three on weekend mornings.")
    else:
        for w in windows_of(kept):
            gym = ", with a gym" if w.gym else ""
            line(f"{words.day_name(w.weekday):<10} {words.clock(w.start_min)}  {w.minutes} min{gym}")
    for wish in kept.wishes:
        line(f"Wish: {words.wish_line(wish)}")
    if kept.gym_visits is not None:
        line(f"Gym visits a week: {kept.gym_visits}")
    if kept.equipment:
        line(f"At hand: {', '.join(equipment_word(e) for e in kept.equipment)}")
