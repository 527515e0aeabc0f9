"""The calendar of a week: made, made again with as little change as possible, changed by hand, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from niggle.actions import clock
from niggle.actions.athletes import get_settings
from niggle.actions.model import knowledge
from niggle.actions.today import gather
from niggle.core.case import Case
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light, Problem
from niggle.core.plan import RUN_KINDS, Away, ItemKind, Placed, RunStatus, WeekPlan
from niggle.core.race import RaceAdvice
from niggle.core.spikes.view import first_of_week
from niggle.core.today import (
    Decision,
    Memo,
    after_illness,
    decide,
    life_of,
    plans_of,
    surroundings_of,
    walks_back,
    week_items_of,
)
from niggle.core.today.ahead import light_of_week, remaining, waits_for_clinician
from niggle.core.today.decide import weighed
from niggle.core.today.joined import joined_week
from niggle.core.today.race_week import RacesOfWeek, beside_races, races_of_week
from niggle.core.today.remade import BREAK_STAND, Stand, begun_today, kept_floating, named_apart, stand_of, why_again
from niggle.core.week import (
    Severity,
    Surroundings,
    Violation,
    WishBroken,
    beside,
    changes,
    changes_since,
    check,
    ease,
    wishes_broken,
    with_done,
)
from niggle.store.plans import has_week, keep
from niggle.store.scopes import athlete_scope, every_athlete
from niggle.wording.units import IMPERIAL, METRIC
from niggle.wording.week import day_name, violation_line

if TYPE_CHECKING:  # the search's library is only loaded where a week is made
    from niggle.scheduler import Memo as Searched
    from niggle.scheduler import Solved


@dataclass(frozen=True, slots=True)
class WeekShown:
    """A calendar with what is to be said of it today; what found no place and which wishes clashed, it holds itself.

    races: what the race rule says today of the week's races, also of those that are not in it.
    beside: what was done in the week and is in the log, beyond the calendar's sessions. runless: why
    no run is to come in it: she is to "be_seen" first, today is "red", or a plan has "paused" running; None where one
    is, or nothing is.
    """

    week: WeekPlan
    decision: Decision
    violations: tuple[Violation, ...]
    unmet: tuple[WishBroken, ...]
    races: tuple[RaceAdvice, ...] = ()
    beside: tuple[Placed, ...] = ()
    runless: str | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A week looked at from the case's day. begun: today's sessions of its calendar that were done, or partly.

    waits: for a clinician, before anybody runs again.
    """

    case: Case
    known: Knowledge
    start: date
    memo: Memo
    light: Light
    waits: bool
    races: RacesOfWeek
    around: Surroundings
    standing: WeekPlan | None
    begun: tuple[Placed, ...]

    @staticmethod
    def of(case: Case, known: Knowledge, start: date, memo: Memo | None = None) -> _Seen:
        memo = memo or Memo()
        day = weighed(case, known, memo)  # no task of today has a say in it
        races = races_of_week(case, plans_of(case, known, memo), day, known, start, memo)
        waits = waits_for_clinician(day.light, day.steps, case.profile, case.on, start)
        light = light_of_week(day.light, start, case.on, waits)
        around = races.around(surroundings_of(case, known, start, light, memo))
        if waits:  # no day is known from which a run may stand again
            around = replace(around, runs_from=None)
        week, now = standing(case, start), standing(case, week_of(case, case.on))
        begun = () if week is None else begun_today(week.placed, around.before, case.on)
        if start > case.on and now is not None:  # before a week to come stands what is still planned of this one
            planned = tuple(p for p in now.placed if p.on >= case.on and p.on < start and not p.done)
            around = replace(around, before=(*around.before, *planned))
        return _Seen(case, known, start, memo, light, waits, races, around, week, begun)

    def stand(self) -> Stand:
        states = plans_of(self.case, self.known, self.memo)
        walks = walks_back(self.case, self.known, self.memo)
        facts = life_of(self.case, self.known, self.memo).facts
        return stand_of(self.light, states, self.races, facts, self.start, walks)

    def to_come(self, week: WeekPlan) -> tuple[Placed, ...]:
        """What the rules look at: not what is over, and not what is among the things done already."""
        begun = {p.item.id for p in self.begun}
        return tuple(p for p in week.placed if p.on > self.case.on or (p.on == self.case.on and p.item.id not in begun))

    def check(self, week: WeekPlan) -> tuple[Violation, ...]:
        return check(self.to_come(week), self.around, self.known, self.case.plan.availability)

    def shown(self, week: WeekPlan, found: tuple[Violation, ...] | None = None) -> WeekShown:
        case, done = self.case, self.around.before
        placed = with_done(week.placed, done, case.plan.tests, case.on)
        decision = decide(case, self.known, self.memo)
        return WeekShown(
            replace(week, placed=joined_week(placed)),
            decision,
            self.check(week) if found is None else found,
            wishes_broken(week.placed, self.around, case.plan.availability),
            races=self.races.advice,
            beside=beside(placed, done, week.start, min(case.on, week.last)),
            runless=_runless(placed, decision, self.waits),
        )

    def made(self, searched: Searched | None = None, *, explain: bool = True) -> Solved:
        """The calendar made (again): past days and what was begun today stay as they were. explain: as for `solve`."""
        from niggle.scheduler import solve

        case, around, today = self.case, self.around, self.case.on
        begun = {p.item.id for p in self.begun}
        races = tuple(p for p in self.races.placed if p.item.id not in begun)
        floating = kept_floating(self.begun)
        items = beside_races(week_items_of(case, self.known, self.start, self.memo), self.races.placed)
        if self.start <= today:
            open_from = today + timedelta(days=1) if floating else today
            items = remaining(ease(items, self.light), around.before, self.start, open_from)
        elif self.waits:
            items = ease(items, self.light)
        items = named_apart(items, self.begun)
        solved = solve(
            items, case.plan.availability, around, self.known, previous=previous_of(case, self.start),
            fixed=(*races, *floating), explain=explain, memo=searched,
        )  # fmt: skip
        past = () if self.standing is None else tuple(p for p in self.standing.placed if p.on < today)
        coming = tuple(p for p in solved.week.placed if p.on >= today)
        coming = after_illness(case, coming, self.known, self.memo)
        own = {p.item.id for p in coming}
        coming = (*(p for p in self.begun if p.item.id not in own), *coming)
        taken = {p.item.id for p in coming}  # a day that is over keeps its items, under names of their own
        past = tuple(_renamed(p) if p.item.id in taken else p for p in past)
        placed = tuple(sorted((*past, *coming), key=lambda p: (p.on, p.start_min, p.item.id)))
        named = (None if coming else self._away()) or solved.named
        week = replace(
            solved.week, made_on=today, placed=placed, stand=self.stand(), no_place=solved.left_out,
            clashes=solved.clashes, named=named,
        )  # fmt: skip
        return replace(solved, week=week, named=named)

    def _away(self) -> str | None:
        """Why no day of the week is open, where she is ill or away on all that are left of it; else None."""
        first, last = max(self.start, self.case.on), self.start + timedelta(days=6)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        kinds = {None if (away := self.case.plan.away(day)) is None else away.kind for day in days}
        if kinds == {Away.ILLNESS}:
            return "ill"
        return "away" if None not in kinds and Away.TRAVEL not in kinds else None


def _runless(placed: Sequence[Placed], decision: Decision, waits: bool) -> str | None:
    to_come = [p for p in placed if p.on >= decision.on]
    if not to_come or any(p.item.kind in RUN_KINDS for p in to_come):
        return None
    if decision.light is Light.RED:
        return "be_seen" if waits else "red"
    return "paused" if any(p.status is RunStatus.PAUSED for p in decision.plan) else None


def week_of(case: Case, on: date) -> date:
    """The first day of the runner's week that holds `on`."""
    return first_of_week(on, case.week_start)


def make_week(
    case: Case,
    known: Knowledge,
    start: date,
    memo: Memo | None = None,
    searched: Searched | None = None,
    *,
    explain: bool = True,
) -> Solved:
    """The calendar from `start` for this case: pure of rows, what every caller uses. Past days stay as they were.

    explain: as for `solve`; without it the same calendar, for who shows it to nobody.
    """
    return _Seen.of(case, known, start, memo).made(searched, explain=explain)


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
    seen = _Seen.of(case, knowledge(), first)
    solved = seen.made()
    with athlete_scope(athlete_id):
        keep(athlete_id, [solved.week], now)
    return seen.shown(solved.week, solved.violations)


def make_again(athlete_id: int, now: datetime) -> WeekPlan | None:
    """The rest of this week's calendar made again, if what was told has moved what it was made for; else None.

    For actions that write what a plan goes by, after they have written it. Nothing happens without a calendar of this
    week, or while it still holds. What changed and why stands in the calendar itself. A calendar of the coming week
    follows what is told of its days, a red that waits for a clinician and running that opens again, and no other light
    of today.
    """
    today = clock.day_of(now)
    with athlete_scope(athlete_id):
        if not has_week(today) and not has_week(today + timedelta(days=7)):
            return None
    case = gather(athlete_id, today)
    if not case.plan.open_plans(today) and not any(BREAK_STAND in w.stand for w in case.plan.weeks):
        return None
    first, memo = week_of(case, today), Memo()
    new = _made_again(athlete_id, case, first, now, memo)
    if new is not None:  # the coming week stands after this one as it is now
        case = replace(
            case, plan=replace(case.plan, weeks=tuple(new if w.start == first else w for w in case.plan.weeks))
        )
        memo = Memo()
    _made_again(athlete_id, case, first + timedelta(days=7), now, memo, _OF_ITS_DAYS)
    return new


_OF_ITS_DAYS: Final = frozenset(
    {"hours", "away", "race", "plan_start", "plan_end", "red", "red_over", "resume", "ladder_start", "unlock", "break",
     "break_over"}
)  # fmt: skip


def _made_again(
    athlete_id: int, case: Case, start: date, now: datetime, memo: Memo, only: frozenset[str] | None = None
) -> WeekPlan | None:
    """The calendar of that week made again and kept, if there is one and a cause (one of `only`); else None."""
    week = standing(case, start)
    if week is None:
        return None
    seen = _Seen.of(case, knowledge(), start, memo)
    because = why_again(week.stand, seen.stand())
    if not because or (only is not None and not only.intersection(because)):
        return None
    new = again(week, seen.made().week, because, case.on)
    with athlete_scope(athlete_id):
        keep(athlete_id, [new], now)
    return new


def warm() -> None:
    """Load the search where anybody has a calendar, before a check-in has to wait for it (half a second, once)."""
    with every_athlete():
        wanted = has_week()
    if wanted:
        from niggle.scheduler import search  # noqa: F401 - loaded for later


def again(old: WeekPlan, new: WeekPlan, because: tuple[str, ...], today: date) -> WeekPlan:
    """The new calendar with what it changed and why; made twice on a day, both are told."""
    found = changes(old.placed, new.placed, today)
    if old.made_on == today and old.because:
        found, because = changes_since(old.changes, found), tuple(dict.fromkeys((*old.because, *because)))
    return replace(new, made_on=today, by_hand=old.by_hand, because=because, changes=found)


def show_week(athlete_id: int, today: date, start: date | None = None) -> WeekShown | None:
    """The calendar as it stands, checked against today. None if none was made."""
    case = gather(athlete_id, today)
    return shown(case, knowledge(), week_of(case, start or today))


def shown(case: Case, known: Knowledge, start: date, memo: Memo | None = None) -> WeekShown | None:
    """As `show_week`, from a case that is at hand."""
    week = standing(case, start)
    if week is None or (not week.placed and not case.plan.open_plans(case.on) and walks_back(case, known, memo)):
        return None  # an empty one, made when there was nothing to plan, is none now
    return _Seen.of(case, known, start, memo).shown(week)


_DAILY: Final = frozenset({ItemKind.HOME_SET, ItemKind.MOBILITY})


def _has_its_set(week: WeekPlan, item: str, on: date, today: date) -> Problem | None:
    """A daily set is done once a day: on a day that has one there is no room for another."""
    daily = [p for p in week.placed if p.item.kind in _DAILY]
    if not any(p.item.id == item and p.on != on and p.on >= today for p in daily):
        return None
    days = {p.on for p in daily if p.item.id != item}
    if on not in days:
        return None
    every = {p.on for p in daily}
    free = next((day for n in range(7) if (day := week.start + timedelta(days=n)) >= today and day not in every), None)
    hint = "another hour of its own day" if free is None else f"{free} is open"
    return Problem("on", f"{day_name(on)} has its daily set already", hint)


def _not_of_its_week(week: WeekPlan, on: date, today: date) -> Problem:
    first = max(week.start, today)
    span = day_name(first) if first == week.last else f"{day_name(first)} to {day_name(week.last)}"
    if on < today:
        return Problem("on", f"{on} is over", f"a day to come of its week: {span}")
    which = "this week" if week.start <= today else "the coming week"
    return Problem("on", f"it belongs to {which}, and {on} is not a day of it", f"a day of its own week: {span}")


def move_item(
    athlete_id: int, item: str, on: date, now: datetime, start_min: int | None = None, start: date | None = None
) -> WeekShown | tuple[Problem, ...]:
    """Put an item on another day (or hour) by hand. What the checker blocks is not written; warnings are shown.

    start: the first day of its week, where this week's and the next one's calendar both have an item of that name;
    without it the one whose week holds the day.
    """
    today = clock.day_of(now)
    case = gather(athlete_id, today)
    weeks = tuple(w for w in case.plan.weeks if start is None or w.start == start)
    having = [w for w in weeks if any(p.item.id == item and p.on >= today for p in w.placed)]
    if not having:
        return (Problem("item", f"there is no coming session {item!r} in the calendar", "see niggle week --json"),)
    week = next((w for w in having if w.start <= on <= w.last), having[0])
    if not max(week.start, today) <= on <= week.last:
        return (_not_of_its_week(week, on, today),)
    taken = _has_its_set(week, item, on, today)
    if taken is not None:
        return (taken,)
    moved = tuple(
        replace(p, on=on, start_min=p.start_min if start_min is None else start_min)
        if p.item.id == item and p.on >= today
        else p
        for p in week.placed
    )
    new = replace(
        week, placed=tuple(sorted(moved, key=lambda p: (p.on, p.start_min))), made_on=today, by_hand=True,
        changes=tuple(c for c in week.changes if c.item != item) if week.made_on == today else (),
        because=week.because if week.made_on == today else (),
    )  # fmt: skip
    seen = _Seen.of(case, knowledge(), week.start)
    before = {(v.rule, v.items) for v in seen.check(week)}
    found = seen.check(new)
    worse = [v for v in found if v.severity is Severity.BLOCK and (v.rule, v.items) not in before]
    if worse:
        where = [v.suggestion for v in worse if v.suggestion is not None and v.suggestion.item == item]
        hint = f"{where[0].on} is open" if where else "another day or hour"
        units = IMPERIAL if get_settings(athlete_id).units == "mi" else METRIC
        said = (violation_line(v, new, seen.known, units).removesuffix(".") for v in worse)
        return tuple(Problem("on", text, hint) for text in dict.fromkeys(said))
    with athlete_scope(athlete_id):
        keep(athlete_id, [new], now)
    return seen.shown(new, found)
