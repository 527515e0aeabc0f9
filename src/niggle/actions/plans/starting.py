"""Starting and ending a plan: what must be known first, and every reason why not, before a row is written."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Final

from django.db import transaction

from niggle.actions import clock
from niggle.actions.given import Given
from niggle.actions.model import knowledge
from niggle.actions.plans.races import read_race, same_race
from niggle.actions.plans.weeks import make_again
from niggle.core.body import SITES, Side
from niggle.core.condition import Condition, Scope
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Problem, SeeProfessional, Urgency
from niggle.core.plan import PlanEnd, PlanStart
from niggle.core.profile import KnownCondition, Profile
from niggle.core.protocol import Protocol
from niggle.core.rehab import may_start
from niggle.core.rehab.start import RECORDS, grade_named, no_grade, no_half_start, no_plan_for
from niggle.core.units import M_PER_KM
from niggle.store import mapping
from niggle.store.models import ConditionFact
from niggle.store.plans import keep, load_plan_facts
from niggle.store.scopes import athlete_scope

FIELDS: Final = (
    "condition", "site", "side", "grade", "running", "before_week_km", "hurts_since", "last_run_on", "imaged",
    "diagnosed", "half_start", "race_on", "race_km", "race_name", "race_importance", "race_prepared",
)  # fmt: skip
_SPELT: Final = 0.8  # this alike is the same name spelt otherwise
_TELLING: Final = 4  # letters
_SAYS_NO_PLACE: Final = {"sore", "pain", "pains", "painful", "ache", "aches", "aching", "hurt", "hurts", "hurting",
                         "left", "right", "both", "injury", "injured", "with", "when"}  # fmt: skip
_SHOWN: Final = 4
ENDINGS: Final = ("healed", "ended", "replaced")


@dataclass(frozen=True, slots=True)
class Refused:
    """No plan: what is wrong with what she gave, and whom to see where care comes first."""

    problems: tuple[Problem, ...]
    see: SeeProfessional | None = None


def start_plan(athlete_id: int, plain: Mapping[str, Any], now: datetime) -> PlanStart | Refused:
    """Open a plan (keys: FIELDS), with the suspected condition and the race if one is named. All or nothing.

    before_week_km: a usual week before it hurt; without it the log tells. running: whether she still runs.
    """
    today = clock.day_of(now)
    known = knowledge()
    given = Given(plain, FIELDS)
    condition = _condition(given, known)
    if condition is None:
        return Refused(tuple(given.problems))
    none = no_plan_for(condition, known)
    if none is not None:
        return _care(condition, (none,))
    protocol = known.protocols[condition.id]
    start = _read(given, protocol, condition, today)
    race = read_race(given, today, prefix="race_") if given.has("race_on") or given.has("race_km") else None
    with athlete_scope(athlete_id), transaction.atomic():
        profile = mapping.load_profile(now)
        before = _open_condition(profile, start.condition, start.site, start.side)
        if start.hurts_since is None and before is not None and before.since is not None and before.since < today:
            start = replace(start, hurts_since=before.since)  # what triage or a clinician's page knows of it already
        facts = load_plan_facts(today, today)
        named = {p.field for p in given.problems}
        against = may_start(start, facts.open_plans(today), profile, today, known)
        problems = (*given.problems, *(p for p in against if p.field not in named))
        if any(p.field in RECORDS for p in problems):
            return Refused(problems, SeeProfessional(condition.urgency, condition.care.who))
        if problems:
            return Refused(problems)
        if race is not None and any(same_race(race, r) for r in facts.races):
            race = None  # it is on the calendar already
        keep(athlete_id, [start] if race is None else [start, race], now)
        ConditionFact.objects.create(
            athlete_id=athlete_id,
            slug=condition.id,
            site=start.site,
            side=start.side,
            since=start.hurts_since or today,
            # what was said of it before the plan is still so
            seen_by_professional=start.diagnosed or (before is not None and before.seen_by_professional),
            plan_active=before is not None and before.plan_active,
            improving=None if before is None else before.improving,
            recorded_at=now,
        )
    make_again(athlete_id, now)
    return start


def open_since(profile: Profile, condition: str, side: str | None) -> date | None:
    """Since when she has it, as far as it was kept or named; side None: on either."""
    days = [
        c.since for c in profile.conditions
        if c.slug == condition and c.until is None and c.since is not None and side in (None, c.side)
    ]  # fmt: skip
    return min(days, default=None)


def _open_condition(profile: Profile, condition: str, site: str, side: Side | None) -> KnownCondition | None:
    same = (c for c in profile.conditions if (c.slug, c.site, c.side) == (condition, site, side))
    return next((c for c in same if c.until is None), None)


def end_plan(athlete_id: int, plan: str, why: str, now: datetime) -> PlanEnd | tuple[Problem, ...]:
    """Close a plan. Nothing of it is deleted."""
    today = clock.day_of(now)
    with athlete_scope(athlete_id), transaction.atomic():
        start = _open(plan, today)
        if start is None:
            return (Problem("plan", f"there is no open plan {plan!r}", "see niggle plan"),)
        if why not in ENDINGS:
            return (Problem("why", f"{why!r} is no way to end a plan", f"one of {', '.join(ENDINGS)}"),)
        end = PlanEnd(plan, today, why)
        keep(athlete_id, [end], now)
        if why == "healed":
            ConditionFact.objects.create(
                athlete_id=athlete_id, slug=start.condition, site=start.site, side=start.side, until=today,
                recorded_at=now,
            )  # fmt: skip
    make_again(athlete_id, now)
    return end


AMENDABLE: Final = ("grade", "before_week_km", "hurts_since", "last_run_on", "imaged", "diagnosed", "half_start")


def amend_plan(athlete_id: int, plan: str, plain: Mapping[str, Any], now: datetime) -> PlanStart | tuple[Problem, ...]:
    """A later word on what a plan was told at its start (keys: AMENDABLE). What is not given stays as it was."""
    today = clock.day_of(now)
    given = Given(plain, AMENDABLE)
    with athlete_scope(athlete_id), transaction.atomic():
        start = _open(plan, today)
        if start is None:
            return (Problem("plan", f"there is no open plan {plan!r}", "see niggle plan"),)
        known = knowledge()
        protocol = known.protocols[start.condition]
        grade, week = _grade(given, protocol), given.number("before_week_km", 0, 500)
        if grade is not None and grade not in protocol.grades:
            given.problems.append(no_grade(grade, known.conditions[start.condition], protocol))
        since, last = _past(given, "hurts_since", today), _past(given, "last_run_on", today)
        imaged, diagnosed, half = (given.yes_no(name) for name in ("imaged", "diagnosed", "half_start"))
        new = replace(  # a new row of the same key
            start,
            grade=grade or start.grade,
            before_week_m=start.before_week_m if week is None else week * M_PER_KM,
            hurts_since=since or start.hurts_since,
            last_run_on=last or start.last_run_on,
            imaged=start.imaged if imaged is None else imaged,
            diagnosed=start.diagnosed if diagnosed is None else diagnosed,
            half_start=start.half_start if half is None else half,
        )
        if half:
            given.problems += no_half_start(new, today, protocol, known)
        if given.problems:
            return tuple(given.problems)
        keep(athlete_id, [new], now)
    make_again(athlete_id, now)
    return new


def _open(plan: str, today: date) -> PlanStart | None:
    """The open plan of that id. Needs an open scope."""
    return next((s for s in load_plan_facts(today, today).open_plans(today) if s.id == plan), None)


def _condition(given: Given, known: Knowledge) -> Condition | None:
    name = given.needed_text("condition", 100)
    if name is None:
        return None
    found = known.condition(name)
    if found is None:
        given.wrong("condition", f"there is no condition {name!r}", _nearest(name, known))
    return found


def _nearest(name: str, known: Knowledge) -> str:
    """What she may mean: a slip of spelling, else the conditions of the place she names, commonest first.

    A condition of childhood is no guess for "sore heel"; whoever means it knows its name.
    """
    word = name.strip().casefold()
    grown = {
        key: slug for key, slug in known.names.items() if slug in known.protocols and not _of_childhood(slug, known)
    }
    named = {slug for key, slug in grown.items() if word in key}
    spelt = get_close_matches(word, list(grown), n=1, cutoff=_SPELT)
    if spelt and not named:
        return f"did you mean {grown[spelt[0]]!r}?"
    parts = [p for p in re.findall(r"[a-z]+", word) if len(p) >= _TELLING and p not in _SAYS_NO_PLACE]
    named = named or {slug for key, slug in grown.items() if any(re.search(rf"\b{p}", key) for p in parts)}
    if named:
        found = sorted(named, key=lambda slug: (-known.conditions[slug].prior.share, slug))
        if len(found) == 1:
            return f"did you mean {found[0]!r}?"
        return f"one of {', '.join(found[:_SHOWN])}; niggle triage tells them apart"
    near = get_close_matches(word, list(grown), n=1, cutoff=0.5)
    return f"did you mean {grown[near[0]]!r}?" if near else "look it up in the list of conditions"


def _of_childhood(slug: str, known: Knowledge) -> bool:
    oldest = known.conditions[slug].max_age
    return oldest is not None and oldest < known.number("youth_age")


def _care(condition: Condition, problems: tuple[Problem, ...]) -> Refused:
    """No plan, and whom to see: for what niggle makes no plan of, and for what only a clinician can put on record."""
    if condition.scope is Scope.BENIGN:
        return Refused(problems)
    urgency = Urgency.EMERGENCY if condition.scope is Scope.EMERGENCY else max(condition.urgency, Urgency.ROUTINE)
    return Refused(problems, SeeProfessional(urgency, condition.care.who))


def _read(given: Given, protocol: Protocol, condition: Condition, today: date) -> PlanStart:
    site = given.site("site") or protocol.site
    side = given.choice("side", tuple(Side))
    place = SITES.get(site)
    if place is not None and condition.sites and not condition.everywhere and not condition.sites.get(site):
        given.wrong("site", f"{condition.lay} does not sit at: {place.lay}", f"for example {protocol.site}")
    if place is not None and place.paired and side in (None, Side.MIDDLE) and not _has(given, "side"):
        given.wrong("side", f"{place.lay}: which side is missing", "left, right or both")
    grade = _grade(given, protocol)
    before_km = given.number("before_week_km", 0, 500)
    running = given.yes_no("running")
    return PlanStart(
        id=secrets.token_hex(8),
        condition=condition.id,
        on=today,
        site=site,
        side=None if side is None or (place is not None and not place.paired) else Side(side),
        grade=grade if grade is not None else protocol.default_grade,
        running=True if running is None else running,
        before_week_m=None if before_km is None else before_km * M_PER_KM,
        hurts_since=_past(given, "hurts_since", today),
        last_run_on=_past(given, "last_run_on", today),
        imaged=given.yes_no("imaged"),
        diagnosed=bool(given.yes_no("diagnosed")),
        half_start=bool(given.yes_no("half_start")),
    )


def _grade(given: Given, protocol: Protocol) -> str | None:
    """The id of the grade that she means; her own word where it is none, to be named as a problem."""
    word = given.text("grade", 20)
    return None if word is None else grade_named(word, protocol.grades) or word


def _has(given: Given, field: str) -> bool:
    return any(p.field == field for p in given.problems)


def _past(given: Given, field: str, today: date) -> date | None:
    day = given.day(field)
    if day is not None and day > today:
        given.wrong(field, f"{day} is in the future", "a day up to today")
    return day
