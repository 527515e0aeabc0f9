"""Races she is aiming for."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from niggle.actions import clock
from niggle.actions.given import Given
from niggle.actions.plans.weeks import make_again
from niggle.core.outcomes import Problem
from niggle.core.plan import Importance, Race
from niggle.core.units import M_PER_KM
from niggle.store.plans import keep, load_plan_facts
from niggle.store.scopes import athlete_scope

FIELDS: Final = ("on", "km", "name", "importance", "prepared")
_FARTHEST_KM: Final = 1000.0
_LATEST_YEARS: Final = 3
_SAME_M: Final = 150.0  # 21.1 and 21.0975


def add_race(athlete_id: int, plain: Mapping[str, Any], now: datetime) -> Race | tuple[Problem, ...]:
    """Put a race on the calendar (keys: FIELDS)."""
    given = Given(plain, FIELDS)
    race = read_race(given, clock.day_of(now))
    if given.problems or race is None:
        return tuple(given.problems)
    today = clock.day_of(now)
    with athlete_scope(athlete_id):
        if any(same_race(race, r) for r in load_plan_facts(today, today).races):
            return (Problem("on", f"that race of {race.on} is on your calendar already", "change what stands there"),)
        keep(athlete_id, [race], now)
    make_again(athlete_id, now)
    return race


def same_race(one: Race, other: Race) -> bool:
    """The same day, the same distance, and no other name: one race said twice."""
    names = {r.name.casefold() for r in (one, other) if r.name}
    same = one.on == other.on and abs(one.distance_m - other.distance_m) <= _SAME_M
    return same and len(names) < 2 and not (one.dropped or other.dropped)


def drop_race(athlete_id: int, race_id: str, now: datetime) -> Race | tuple[Problem, ...]:
    """Take a race off the calendar; the row stays."""
    today = clock.day_of(now)
    with athlete_scope(athlete_id):
        race = _standing(race_id, today)
        if race is None:
            return (Problem("race", f"there is no race {race_id!r}", "see niggle race"),)
        gone = replace(race, dropped=True)
        keep(athlete_id, [gone], now)
    make_again(athlete_id, now)
    return gone


def change_race(athlete_id: int, race_id: str, plain: Mapping[str, Any], now: datetime) -> Race | tuple[Problem, ...]:
    """Correct a race that is to come (keys: FIELDS); what is not given stays as it was."""
    today = clock.day_of(now)
    with athlete_scope(athlete_id):
        old = _standing(race_id, today)
        if old is None:
            return (Problem("race", f"there is no race {race_id!r}", "see niggle race"),)
        given = Given({**_plain(old), **{k: v for k, v in plain.items() if v is not None}}, FIELDS)
        race = read_race(given, today)
        if given.problems or race is None:
            return tuple(given.problems)
        changed = replace(race, id=old.id)
        keep(athlete_id, [changed], now)
    make_again(athlete_id, now)
    return changed


def _plain(race: Race) -> dict[str, Any]:
    return {
        "on": race.on.isoformat(), "km": race.distance_m / M_PER_KM, "name": race.name,
        "importance": race.importance.value, "prepared": race.prepared,
    }  # fmt: skip


def read_race(given: Given, today: date, prefix: str = "") -> Race | None:
    """The race in a form; problems are left in `given`."""
    on, km = given.day(f"{prefix}on"), given.number(f"{prefix}km", 0.1, _FARTHEST_KM)
    if on is None and not any(p.field == f"{prefix}on" for p in given.problems):
        given.wrong(f"{prefix}on", "the day of the race is missing", "as YYYY-MM-DD")
    if km is None and not any(p.field == f"{prefix}km" for p in given.problems):
        given.wrong(f"{prefix}km", "the distance of the race is missing", "in kilometres, for example 21.1, or half")
    if on is not None and on < today:
        given.wrong(f"{prefix}on", f"{on} is over", "a day from today on")
    elif on is not None and on.year > today.year + _LATEST_YEARS:
        given.wrong(f"{prefix}on", f"{on} is more than {_LATEST_YEARS} years away", "check the year")
    importance = given.choice(f"{prefix}importance", tuple(Importance))
    name, prepared = given.text(f"{prefix}name", 100), given.yes_no(f"{prefix}prepared")
    if on is None or km is None:
        return None
    return Race(secrets.token_hex(8), on, km * M_PER_KM, name, Importance(importance or Importance.ORDINARY), prepared)


def _standing(race_id: str, today: date) -> Race | None:
    """The race of that id, unless it was dropped. Needs an open scope."""
    return next((r for r in load_plan_facts(today, today).races if r.id == race_id and not r.dropped), None)
