"""Who uses this niggle, how she wants to see it, and what she has said about herself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Min

from niggle.actions import clock
from niggle.actions.given import Given
from niggle.core.body import Side
from niggle.core.outcomes import Problem
from niggle.core.profile import Cleared, Mode, Profile
from niggle.store import mapping
from niggle.store.models import (
    Athlete,
    AthleteSetting,
    CheckInEntry,
    ClearanceFact,
    ConditionFact,
    ProfileFact,
    Recording,
)
from niggle.store.scopes import athlete_scope


@dataclass(frozen=True, slots=True)
class Settings:
    """How she wants things shown and kept. keep_originals: imported files stay beside what was read from them."""

    units: str = "km"
    pace_or_speed: str = "pace"
    week_starts: str = "monday"
    clock: str = "24"
    theme: str = "system"
    keep_originals: bool = False
    name: str = ""


CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "units": ("km", "mi"),
    "pace_or_speed": ("pace", "speed"),
    "week_starts": ("monday", "sunday"),
    "clock": ("24", "12"),
    "theme": ("system", "light", "dark"),
}
MAX_NAME: Final = 100
OLDEST_YEARS: Final = 120


def local_athlete() -> int:
    """The runner this machine belongs to; made on first use."""
    return _only("local")


def demo_athlete() -> int | None:
    """The demo runner, if there is one."""
    return Athlete.objects.filter(kind="demo").values_list("id", flat=True).first()


def new_demo_athlete() -> int:
    """The demo runner's id, made on first use (without any rows)."""
    return _only("demo")


def _only(kind: str) -> int:
    found = Athlete.objects.filter(kind=kind).values_list("id", flat=True).first()
    if found is None:
        # Two processes may ask at once: the constraint lets one of them win.
        found = Athlete.objects.get_or_create(kind=kind, defaults={"created_at": clock.now()})[0].pk
    return found


def get_settings(athlete_id: int) -> Settings:
    with athlete_scope(athlete_id):
        stored = dict(AthleteSetting.objects.values_list("key", "value"))
    known = {f.name for f in fields(Settings)}
    return Settings(**{key: value for key, value in stored.items() if key in known})


def change_settings(athlete_id: int, **changes: Any) -> tuple[Problem, ...]:
    """Change some; all or none. Returns what is wrong with them."""
    given = Given(changes, {f.name for f in fields(Settings)})
    values: dict[str, Any] = {}
    for key in given.keys():  # noqa: SIM118 - Given is no mapping
        if key in CHOICES:
            values[key] = given.choice(key, CHOICES[key])
        elif key == "keep_originals":
            values[key] = given.yes_no(key)
        else:
            values[key] = given.text(key, MAX_NAME) or ""
    if given.problems:
        return tuple(given.problems)
    with athlete_scope(athlete_id), transaction.atomic():
        for key, value in values.items():
            AthleteSetting.objects.update_or_create(athlete_id=athlete_id, key=key, defaults={"value": value})
    return ()


def get_profile(athlete_id: int, on: date) -> Profile:
    """What was known of her at the end of that day."""
    with athlete_scope(athlete_id):
        return mapping.load_profile(clock.end_of(on))


_RANGES: Final = {"mass_kg": (20.0, 300.0), "sleep_h": (0.0, 24.0)}
SEXES: Final = ("female", "male", "other")


def change_profile(athlete_id: int, plain: Mapping[str, Any], now: datetime) -> tuple[Problem, ...]:
    """Record answers about the runner; None takes an answer back. All or none."""
    given = Given(plain, mapping.PROFILE_KEYS)
    values: dict[str, Any] = {}
    for key in given.keys():  # noqa: SIM118
        if key == "born_on":
            day = _born_on(given, athlete_id, now)
            values[key] = None if day is None else day.isoformat()
        elif key == "sex":
            values[key] = given.choice(key, SEXES)
        elif key == "mode":
            values[key] = given.choice(key, tuple(Mode))
        elif key in _RANGES:
            values[key] = given.number(key, *_RANGES[key])
        elif key == "injuries_last_12_months":
            number = given.number(key, 0, 100)
            values[key] = None if number is None else int(number)
        else:
            values[key] = given.yes_no(key)
    if given.problems:
        return tuple(given.problems)
    with athlete_scope(athlete_id):
        known = mapping.load_profile()
        facts = [
            ProfileFact(athlete_id=athlete_id, key=key, value=value, recorded_at=now)
            for key, value in values.items()
            if value != _plain(getattr(known, key))
        ]
        ProfileFact.objects.bulk_create(facts)
    return ()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _born_on(given: Given, athlete_id: int, now: datetime) -> date | None:
    day = given.day("born_on")
    if day is not None and day > now.date():
        given.wrong("born_on", f"{day} is in the future", "check the year")
    elif day is not None and day.year < now.year - OLDEST_YEARS:
        given.wrong("born_on", f"{day} is more than {OLDEST_YEARS} years ago", "check the year")
    elif day is not None:
        with athlete_scope(athlete_id):
            ran = Recording.objects.aggregate(first=Min("local_date"))["first"]
            said = CheckInEntry.objects.aggregate(first=Min("on"))["first"]
        if ran is not None and ran < day:
            what = f"{day} is after a session of yours that is stored, of {ran}"
            given.wrong("born_on", what, "check the year; if the session's date is wrong, undo its import first")
        elif said is not None and said < day:
            given.wrong("born_on", f"{day} is after a check-in of yours, of {said}", "check the year")
    return day


_CONDITION: Final = ("slug", "site", "side", "since", "until", "seen_by_professional", "plan_active", "improving")
_CLEARANCE: Final = ("on", "by", "site", "side", "restricts", "until", "note", "lifts")


def name_condition(athlete_id: int, plain: Mapping[str, Any], now: datetime) -> tuple[Problem, ...]:
    """Record a condition somebody named, or the latest word on one (same slug, site and side)."""
    given = Given(plain, _CONDITION)
    values = {
        "slug": given.needed_text("slug", 64),
        "site": given.site("site"),
        "side": given.choice("side", tuple(Side)),
        "since": given.day("since"),
        "until": given.day("until"),
        "seen_by_professional": bool(given.yes_no("seen_by_professional")),
        "plan_active": bool(given.yes_no("plan_active")),
        "improving": given.yes_no("improving"),
    }
    if given.problems:
        return tuple(given.problems)
    with athlete_scope(athlete_id):
        ConditionFact.objects.create(athlete_id=athlete_id, recorded_at=now, **values)
    return ()


def record_clearance(athlete_id: int, plain: Mapping[str, Any], now: datetime) -> tuple[Problem, ...]:
    """Record what a clinician allowed (lifts: weight, running or everything) or, with restricts, forbade."""
    given = Given(plain, _CLEARANCE)
    on = given.day("on")
    if on is None and not given.problems:
        given.wrong("on", "the day is missing", "the day it was said, as YYYY-MM-DD")
    if on is not None and on > clock.day_of(now):
        given.wrong("on", f"{on} is in the future", "the day it was said")
    values = {
        "by": given.needed_text("by", 200),
        "site": given.site("site"),
        "side": given.choice("side", tuple(Side)),
        "restricts": bool(given.yes_no("restricts")),
        "until": given.day("until"),
        "note": given.text("note", 2000),
        "lifts": given.choice("lifts", tuple(Cleared)),
    }
    if values["restricts"] and values["lifts"] is not None:
        given.wrong("lifts", "a restriction clears nothing", "leave lifts out, or record two words")
    elif not values["restricts"] and not given.has("lifts"):
        given.wrong("lifts", "it is not said what was cleared", f"one of {', '.join(Cleared)}")
    if given.problems:
        return tuple(given.problems)
    with athlete_scope(athlete_id):
        ClearanceFact.objects.create(athlete_id=athlete_id, on=on, recorded_at=now, **values)
    from niggle.actions.plans.weeks import make_again  # which asks this file for settings

    make_again(athlete_id, now)
    return ()
