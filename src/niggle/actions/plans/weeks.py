"""The calendar of a week: made, made again with as little change as possible, changed by hand, checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from niggle.actions import clock
from niggle.actions.athletes import get_settings
from niggle.actions.model import knowledge
from niggle.actions.today import gather
from niggle.core.case import Case
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Problem
from niggle.core.plan import Placed, WeekPlan
from niggle.core.spikes.view import first_of_week
from niggle.core.today import Decision, Memo, decide, surroundings_of, week_items_of
from niggle.core.today.ahead import remaining
from niggle.core.week import Severity, Surroundings, Violation, WishBroken, check, ease, wishes_broken
from niggle.store.plans import keep
from niggle.store.scopes import athlete_scope
from niggle.wording.units import IMPERIAL, METRIC
from niggle.wording.week import violation_line

if TYPE_CHECKING:  # the search's library is only loaded where a week is made
    from niggle.scheduler import Clash, LeftOut, Solved
    from niggle.scheduler import Memo as Searched


@dataclass(frozen=True, slots=True)
class WeekShown:
    """A calendar with everything that is to be said of it. clashes and left_out only of a fresh one."""

    week: WeekPlan
    decision: Decision
    violations: tuple[Violation, ...]
    unmet: tuple[WishBroken, ...]
    left_out: tuple[LeftOut, ...] = ()
    clashes: tuple[Clash, ...] = ()
    named: str | None = None  # why there is nothing: "no_day", "nothing_to_place"


def week_of(case: Case, on: date) -> date:
    """The first day of the runner's week that holds `on`."""
    return first_of_week(on, case.week_start)


def make_week(
    case: Case, known: Knowledge, start: date, memo: Memo | None = None, searched: Searched | None = None
) -> tuple[Solved, Decision]:
    """The calendar from `start` for this case: pure of rows, what every caller uses. Past days stay as they were."""
    from niggle.scheduler import solve

    memo = memo or Memo()
    decision = decide(case, known, memo)
    around = _around(case, known, start, decision, memo)
    items = week_items_of(case, known, start, memo)
    if start <= case.on:
        items = remaining(ease(items, decision.light), around.before, start, case.on)
    solved = solve(items, case.plan.availability, around, known, previous=previous_of(case, start), memo=searched)
    standing_now = standing(case, start)
    past = () if standing_now is None else tuple(p for p in standing_now.placed if p.on < case.on)
    coming = tuple(p for p in solved.week.placed if p.on >= case.on)
    taken = {p.item.id for p in coming}  # a day that is over keeps its items, under names of their own
    past = tuple(_renamed(p) if p.item.id in taken else p for p in past)
    week = replace(solved.week, placed=(*past, *coming))
    return replace(solved, week=week), decision


def _around(case: Case, known: Knowledge, start: date, decision: Decision, memo: Memo | None = None) -> Surroundings:
    """What the week's rules look at; before a week to come stands what is still planned of this one."""
    around = surroundings_of(case, known, start, decision.light, memo)
    now = standing(case, week_of(case, case.on))
    if start <= case.on or now is None:
        return around
    planned = tuple(p for p in now.placed if p.on >= case.on and p.on < start and not p.done)
    return replace(around, before=(*around.before, *planned))


def _renamed(placed: Placed) -> Placed:
    return replace(placed, item=replace(placed.item, id=f"{placed.item.id}@{placed.on:%m%d}"))


def standing(case: Case, start: date) -> WeekPlan | None:
    """The calendar of that week as it was last made."""
    return next((w for w in case.plan.weeks if w.start == start), None)


def previous_of(case: Case, start: date) -> WeekPlan | None:
    """The calendar to stay close to: this week's, else last week's."""
    return standing(case, start) or standing(case, start - timedelta(days=7))


def plan_week(athlete_id: int, now: datetime, start: date | None = None) -> WeekShown | tuple[Problem, ...]:
    """Make (or make again) the calendar of the week that holds `start` and keep it."""
    today = clock.day_of(now)
    case = gather(athlete_id, today)
    first = week_of(case, start or today)
    if first < week_of(case, today):
        return (Problem("start", f"the week of {first} is over", "this week or a coming one"),)
    if first > week_of(case, today) + timedelta(days=7):
        return (Problem("start", f"{first} is too far ahead to plan", "this week or the next one"),)
    known = knowledge()
    solved, decision = make_week(case, known, first)
    with athlete_scope(athlete_id):
        keep(athlete_id, [solved.week], now)
    return WeekShown(
        solved.week, decision, solved.violations, solved.unmet, solved.left_out, solved.clashes, solved.named
    )


def show_week(athlete_id: int, today: date, start: date | None = None) -> WeekShown | None:
    """The calendar as it stands, checked against today. None if none was made."""
    case = gather(athlete_id, today)
    return shown(case, knowledge(), week_of(case, start or today))


def shown(case: Case, known: Knowledge, start: date, memo: Memo | None = None) -> WeekShown | None:
    week = standing(case, start)
    if week is None:
        return None
    memo = memo or Memo()
    decision = decide(case, known, memo)
    around = _around(case, known, start, decision, memo)
    return WeekShown(
        week,
        decision,
        check(_to_come(week, case.on), around, known, case.plan.availability),
        wishes_broken(week.placed, around, case.plan.availability),
    )


def _to_come(week: WeekPlan, today: date) -> tuple[Placed, ...]:
    return tuple(p for p in week.placed if p.on >= today)


def move_item(
    athlete_id: int, item: str, on: date, now: datetime, start_min: int | None = None, start: date | None = None
) -> WeekShown | tuple[Problem, ...]:
    """Put an item on another day (or hour) by hand. What the checker blocks is not written; warnings are shown.

    start: the first day of its week, where this week's and the next one's calendar both have an item of that name.
    """
    today = clock.day_of(now)
    case = gather(athlete_id, today)
    weeks = tuple(w for w in case.plan.weeks if start is None or w.start == start)
    week = next((w for w in weeks if any(p.item.id == item and p.on >= today for p in w.placed)), None)
    if week is None:
        return (Problem("item", f"there is no coming session {item!r} in the calendar", "see niggle week --json"),)
    if not max(week.start, today) <= on <= week.last:
        return (Problem("on", f"{on} is not a day to come of that week", f"up to {week.last}"),)
    moved = tuple(
        replace(p, on=on, start_min=p.start_min if start_min is None else start_min)
        if p.item.id == item and p.on >= today
        else p
        for p in week.placed
    )
    new = replace(week, placed=tuple(sorted(moved, key=lambda p: (p.on, p.start_min))), made_on=today, by_hand=True)
    known, memo = knowledge(), Memo()
    decision = decide(case, known, memo)
    around = _around(case, known, week.start, decision, memo)
    before = {(v.rule, v.items) for v in check(_to_come(week, today), around, known, case.plan.availability)}
    found = check(_to_come(new, today), around, known, case.plan.availability)
    worse = [v for v in found if v.severity is Severity.BLOCK and (v.rule, v.items) not in before]
    if worse:
        where = [v.suggestion for v in worse if v.suggestion is not None and v.suggestion.item == item]
        hint = f"{where[0].on} is open" if where else "another day or hour"
        units = IMPERIAL if get_settings(athlete_id).units == "mi" else METRIC
        said = (violation_line(v, new, known, units).removesuffix(".") for v in worse)
        return tuple(Problem("on", text, hint) for text in dict.fromkeys(said))
    with athlete_scope(athlete_id):
        keep(athlete_id, [new], now)
    return WeekShown(new, decision, found, wishes_broken(new.placed, around, case.plan.availability))
