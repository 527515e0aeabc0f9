"""What she tells while a plan runs: exercises done, answers, days away, the week she has. Written as given."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, Final

from niggle.actions import clock
from niggle.actions.given import Given
from niggle.actions.model import knowledge
from niggle.actions.plans.weeks import make_again
from niggle.core.exercise import EQUIPMENT
from niggle.core.outcomes import Problem
from niggle.core.plan import (
    Absence,
    Availability,
    Away,
    DayWindow,
    DoneItem,
    PlanAnswer,
    Wish,
    WishKind,
)
from niggle.core.protocol import Item, Protocol
from niggle.store.plans import keep, load_plan_facts
from niggle.store.scopes import athlete_scope
from niggle.wording.week import day_name

DONE: Final = ("plan", "item", "on", "sets", "sets_planned", "pain", "easy", "note", "skipped", "occasion", "id")
ABSENCE: Final = ("first", "last", "kind", "equipment", "no_running")
_OLDEST_DAYS: Final = 60  # an exercise remembered later than that was not remembered
_LONGEST_AWAY_DAYS: Final = 365
_DAY_MIN: Final = 24 * 60
_LEAST_WINDOW_MIN: Final = 5
_MOST_A_DAY: Final = 10
_MOST_SETS: Final = 10  # of one exercise at a time, unless more than five are planned


def record_done(athlete_id: int, plain: Mapping[str, Any], now: datetime) -> DoneItem | tuple[Problem, ...]:
    """One exercise of a plan, done or left out (keys: DONE). The same `id` again corrects it."""
    today = clock.day_of(now)
    given = Given(plain, DONE)
    on = given.day("on") or today
    if on > today:
        given.wrong("on", f"{on} is in the future", "the day it was done")
    elif on < today - timedelta(days=_OLDEST_DAYS):
        given.wrong("on", f"{on} is more than {_OLDEST_DAYS} days ago", "check the date")
    plan, item = given.needed_text("plan", 64), given.needed_text("item", 64)
    sets, planned = given.number("sets", 0, 50), given.number("sets_planned", 1, 50)
    if sets is not None and planned is not None and sets > (most_sets := max(_MOST_SETS, 2 * planned)):
        what = f"{sets:g} sets where {planned:g} {'is' if planned == 1 else 'are'} planned"
        given.wrong("sets", what, f"0 to {most_sets:g}; check for a slip of the finger")
    pain, easy, skipped = given.number("pain", 0, 10), given.yes_no("easy"), given.yes_no("skipped")
    key, note = given.text("id", 64), given.text("note", 1000)
    occasion = given.number("occasion", 1, _MOST_A_DAY)
    with athlete_scope(athlete_id):
        facts = load_plan_facts(today, today)
        start = next((s for s in facts.starts if s.id == plan), None)
        if plan is not None and start is None:
            given.wrong("plan", f"there is no plan {plan!r}", "see niggle plan")
        elif start is not None and item is not None:
            protocol = knowledge().protocols[start.condition]
            known = items_of(protocol)
            if item not in known:
                near = get_close_matches(item, list(known), n=1, cutoff=0.5)
                hint = f"did you mean {near[0]!r}?" if near else f"one of {', '.join(known)}"
                given.wrong("item", f"this plan has no exercise {item!r}", hint)
            most = max((i.dose.per_day for i in protocol.items_named(item)), default=_MOST_A_DAY)
            if occasion is not None and occasion > most:
                times = "once" if most == 1 else f"{most} times"
                given.wrong("occasion", f"{item} is done {times} a day", f"1 to {most}" if most > 1 else "leave it out")
            if on < start.on:
                given.wrong("on", f"{on} is before the plan began", f"from {start.on} on")
        if given.problems or plan is None or item is None:
            return tuple(given.problems)
        done = DoneItem(
            key or secrets.token_hex(8), plan, item, on,
            None if sets is None else int(sets), None if planned is None else int(planned),
            pain, easy, note, bool(skipped), 1 if occasion is None else int(occasion),
        )  # fmt: skip
        keep(athlete_id, [done], now)
    make_again(athlete_id, now)
    return done


def items_of(protocol: Protocol) -> dict[str, Item]:
    """Every item of a protocol by its id, maintenance included; the earliest phase first."""
    found: dict[str, Item] = {}
    for items in (*(phase.items for phase in protocol.phases), protocol.maintenance):
        for item in items:
            found.setdefault(item.id, item)
    return found


_ANSWERS: Final[Mapping[str, tuple[float, float] | None]] = {  # None: yes or no
    "says_tender": None,
    "says_medium_long_normal": None,
    "says_careful_voice": None,
    "says_healed_percent": (0, 100),
    "says_confident": None,
    "says_daily_life_pain_free": None,
    "says_full_training": None,
    "says_goal_load_weeks": (0, 104),
    "says_swollen": None,
    "says_walks_normally": None,
    "says_giving_way": None,
    "says_locking": None,
    "says_numb": None,
    "says_brace": None,
    "says_professional_seen": None,
    "mood_low": None,
    "self_harm": None,
    "overstride": None,
    "heel_strike": None,
    "forefoot_strike": None,
    "identity_worry": None,
    "cadence_cue": None,
    "landing_dial": None,
    "weight_drop": None,
    "periods_missed": (0, 24),
}
ANSWER_KEYS: Final = tuple(_ANSWERS)


def record_answers(
    athlete_id: int, plain: Mapping[str, Any], now: datetime, on: date | None = None
) -> tuple[Problem, ...]:
    """Answers that only she can give (keys: ANSWER_KEYS). All or none; the last one of a day holds."""
    today = clock.day_of(now)
    given = Given(plain, ANSWER_KEYS)
    day = on or today
    if day > today:
        given.wrong("on", f"{day} is in the future", "a day up to today")
    answers = []
    for key in given.keys():  # noqa: SIM118 - Given is no mapping
        limits = _ANSWERS[key]
        value = given.yes_no(key) if limits is None else given.number(key, *limits)
        if value is not None:
            answers.append(PlanAnswer(key, day, value))
    if given.problems:
        return tuple(given.problems)
    with athlete_scope(athlete_id):
        keep(athlete_id, answers, now)
    make_again(athlete_id, now)
    return ()


def record_absence(athlete_id: int, plain: Mapping[str, Any], now: datetime) -> Absence | tuple[Problem, ...]:
    """Days that are not as usual (keys: ABSENCE): ill, travelling, life."""
    today = clock.day_of(now)
    given = Given(plain, ABSENCE)
    first = given.day("first") or today
    last = given.day("last") or first
    kind = given.choice("kind", tuple(Away))
    if kind is None and not given.problems:
        given.wrong("kind", "what it is is missing", f"one of {', '.join(Away)}")
    if last < first:
        given.wrong("last", f"{last} is before {first}", "the last day of it")
    elif (last - first).days > _LONGEST_AWAY_DAYS:
        given.wrong("last", f"that is more than {_LONGEST_AWAY_DAYS} days", "check the year")
    equipment = given.choices("equipment", sorted(EQUIPMENT))
    no_running = given.yes_no("no_running")
    if given.problems or kind is None:
        return tuple(given.problems)
    absence = Absence(
        secrets.token_hex(8), first, last, Away(kind), None if equipment is None else tuple(equipment),
        kind == Away.ILLNESS if no_running is None else no_running,
    )  # fmt: skip
    with athlete_scope(athlete_id):
        keep(athlete_id, [absence], now)
    make_again(athlete_id, now)
    return absence


def absences_of(athlete_id: int, today: date) -> tuple[Absence, ...]:
    """Days away that are not over yet."""
    with athlete_scope(athlete_id):
        known = load_plan_facts(today, today).absences
    return tuple(a for a in known if not a.taken_back and a.last >= today)


def end_absence(athlete_id: int, now: datetime, absence_id: str | None = None) -> Absence | tuple[Problem, ...]:
    """She is back: the days away end yesterday, or never were if they began today or later. None: those of today."""
    today = clock.day_of(now)
    with athlete_scope(athlete_id):
        open_ = [a for a in load_plan_facts(today, today).absences if not a.taken_back and a.last >= today]
        named = [a for a in open_ if a.id == absence_id] if absence_id is not None else open_[:1]
        if not named:
            return (Problem("absence", "there are no days away to end", "say first that you are away"),)
        away = named[0]
        over = replace(away, last=today - timedelta(days=1)) if away.first < today else replace(away, taken_back=True)
        keep(athlete_id, [over], now)
    make_again(athlete_id, now)
    return over


def availability_of(athlete_id: int, today: date) -> Availability:
    """The week she has, as she last said."""
    with athlete_scope(athlete_id):
        return load_plan_facts(today, today).availability


def set_availability(athlete_id: int, plain: Mapping[str, Any], now: datetime) -> Availability | tuple[Problem, ...]:
    """The week she has: windows, equipment, gym visits, wishes. What is not given stays as it was.

    A calendar that stands follows it.

    windows: [{weekday 0-6, start "HH:MM", minutes, gym}]; wishes: [{kind, weekday, value, text}].
    """
    today = clock.day_of(now)
    given = Given(plain, ("windows", "equipment", "gym_visits", "wishes"))
    with athlete_scope(athlete_id):
        old = load_plan_facts(today, today).availability
        windows = old.windows if not given.has("windows") else _windows(plain["windows"], given)
        wishes = old.wishes if not given.has("wishes") else _wishes(plain["wishes"], given)
        equipment = given.choices("equipment", sorted(EQUIPMENT))
        visits = given.number("gym_visits", 0, 7)
        if given.problems:
            return tuple(given.problems)
        new = Availability(
            windows,
            old.equipment if equipment is None else tuple(equipment),
            old.gym_visits if visits is None else int(visits),
            wishes,
        )
        keep(athlete_id, [new], now, today)
    make_again(athlete_id, now)
    return new


def _windows(rows: Any, given: Given) -> tuple[DayWindow, ...]:
    found = []
    for row in rows if isinstance(rows, list | tuple) else ():
        inner = Given(row, ("weekday", "start", "minutes", "gym"))
        weekday, minutes = inner.number("weekday", 0, 6), inner.number("minutes", _LEAST_WINDOW_MIN, _DAY_MIN)
        start = minute_of(inner, "start")
        if not inner.problems:
            if weekday is None:
                inner.wrong("windows", "the weekday is missing", "0 is Monday, 6 is Sunday")
            elif start is None:
                inner.wrong("windows", "from when is missing", "for example 18:00")
            elif minutes is None:
                inner.wrong("windows", "how many minutes is missing", "for example 60")
            elif start + minutes > _DAY_MIN:
                inner.wrong("windows", f"{minutes:g} minutes from {row['start']} on end after midnight",
                            "split it at midnight")  # fmt: skip
            else:
                found.append(DayWindow(int(weekday), start, int(minutes), bool(inner.yes_no("gym"))))
        day = "" if weekday is None else f"{day_name(int(weekday))}: "
        given.problems += [replace(p, message=f"{day}{p.message}") for p in inner.problems]
    found.sort(key=lambda w: (w.weekday, w.start_min))
    for one, other in pairwise(found):
        if one.weekday == other.weekday and one.start_min + one.minutes > other.start_min:
            given.wrong("windows", f"{day_name(one.weekday)}: two times overlap", "one time for both")
    return tuple(found)


def minute_of(given: Given, field: str) -> int | None:
    """Minutes after midnight from "HH:MM"."""
    text = given.text(field, 5)
    if text is None:
        return None
    hours, _, minutes = text.partition(":")
    if hours.isdigit() and (minutes or "0").isdigit() and int(hours) < 24 and int(minutes or 0) < 60:
        return int(hours) * 60 + int(minutes or 0)
    given.wrong(field, f"{text!r} is no time of day", "for example 18:30")
    return None


def minute_of_text(text: str) -> int | Problem | None:
    """Minutes after midnight from "HH:MM" as a form gives it; None for nothing typed."""
    given = Given({"at": text.strip() or None}, ("at",))
    found = minute_of(given, "at")
    return given.problems[0] if given.problems else found


_NEEDS_DAY: Final = frozenset(WishKind) - {WishKind.NOTHING_BEFORE, WishKind.RUNS_PER_WEEK}


def _wishes(rows: Any, given: Given) -> tuple[Wish, ...]:
    found = []
    for row in rows if isinstance(rows, list | tuple) else ():
        inner = Given(row, ("kind", "weekday", "value", "text"))
        kind = inner.choice("kind", tuple(WishKind))
        weekday, value = inner.number("weekday", 0, 6), inner.number("value", 0, _DAY_MIN)
        if kind in _NEEDS_DAY and weekday is None:
            inner.wrong("wishes", f"{kind} needs a weekday")
        elif kind is not None and kind not in _NEEDS_DAY and value is None:
            inner.wrong("wishes", f"{kind} needs a number")
        elif kind is not None:
            found.append(
                Wish(
                    WishKind(kind),
                    None if weekday is None else int(weekday),
                    None if value is None else int(value),
                    inner.text("text", 200),
                )
            )
        given.problems += inner.problems
    return tuple(found)
