"""Starting and ending a plan: what must be known first, and every reason why not, before a row is written."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any, Final

from django.db import transaction

from niggle.actions import clock
from niggle.actions.given import Given
from niggle.actions.model import knowledge
from niggle.actions.plans.races import read_race
from niggle.actions.plans.weeks import make_again
from niggle.core.body import SITES, Side
from niggle.core.checkin import same_complaint
from niggle.core.condition import Condition, Scope
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder import need_of, strictest
from niggle.core.outcomes import Problem, SeeProfessional, Urgency
from niggle.core.plan import PlanEnd, PlanFacts, PlanStart
from niggle.core.profile import Profile
from niggle.core.protocol import Need, Protocol
from niggle.core.red_flags.known import cleared_on
from niggle.core.units import M_PER_KM
from niggle.store import mapping
from niggle.store.models import ConditionFact
from niggle.store.plans import keep, load_plan_facts
from niggle.store.scopes import athlete_scope

FIELDS: Final = (
    "condition", "site", "side", "grade", "running", "before_week_km", "hurts_since", "last_run_on", "imaged",
    "diagnosed", "race_on", "race_km", "race_name", "race_importance", "race_prepared",
)  # fmt: skip
ENDINGS: Final = ("healed", "ended", "replaced")
_CLEARANCE_LOOKBACK_DAYS: Final = 365


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
    refusal = _no_plan(condition, known)
    if refusal is not None:
        return refusal
    protocol = known.protocols[condition.id]
    start = _read(given, protocol, condition, today)
    race = read_race(given, today, prefix="race_") if given.has("race_on") or given.has("race_km") else None
    with athlete_scope(athlete_id), transaction.atomic():
        profile = mapping.load_profile(now)
        facts = load_plan_facts(today, today)
        refusal = _clashes(given, start, condition, protocol, profile, facts, today)
        if refusal is not None:
            return refusal
        keep(athlete_id, [start] if race is None else [start, race], now)
        ConditionFact.objects.create(
            athlete_id=athlete_id,
            slug=condition.id,
            site=start.site,
            side=start.side,
            since=start.hurts_since or today,
            seen_by_professional=start.diagnosed,
            recorded_at=now,
        )
    make_again(athlete_id, now)
    return start


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


AMENDABLE: Final = ("grade", "before_week_km", "hurts_since", "last_run_on", "imaged", "diagnosed")


def amend_plan(athlete_id: int, plan: str, plain: Mapping[str, Any], now: datetime) -> PlanStart | tuple[Problem, ...]:
    """A later word on what a plan was told at its start (keys: AMENDABLE). What is not given stays as it was."""
    today = clock.day_of(now)
    given = Given(plain, AMENDABLE)
    with athlete_scope(athlete_id), transaction.atomic():
        start = _open(plan, today)
        if start is None:
            return (Problem("plan", f"there is no open plan {plan!r}", "see niggle plan"),)
        grades = tuple(knowledge().protocols[start.condition].grades)
        grade, week = given.text("grade", 20), given.number("before_week_km", 0, 500)
        if grade is not None and grade not in grades:
            given.wrong("grade", f"there is no grade {grade!r} here", f"one of {', '.join(grades)}" if grades else None)
        since, last = _past(given, "hurts_since", today), _past(given, "last_run_on", today)
        imaged, diagnosed = given.yes_no("imaged"), given.yes_no("diagnosed")
        if given.problems:
            return tuple(given.problems)
        new = replace(  # a new row of the same key
            start,
            grade=grade or start.grade,
            before_week_m=start.before_week_m if week is None else week * M_PER_KM,
            hurts_since=since or start.hurts_since,
            last_run_on=last or start.last_run_on,
            imaged=start.imaged if imaged is None else imaged,
            diagnosed=start.diagnosed if diagnosed is None else diagnosed,
        )
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
    """Conditions with a plan whose names hold the word, else the one that is spelt most alike."""
    word = name.strip().casefold()
    held = sorted({slug for key, slug in known.names.items() if word in key and slug in known.protocols})
    if held:
        return f"one of {', '.join(held)}" if len(held) > 1 else f"did you mean {held[0]!r}?"
    near = get_close_matches(word, list(known.names), n=1, cutoff=0.5)
    return f"did you mean {known.names[near[0]]!r}?" if near else "look it up in the list of conditions"


def _no_plan(condition: Condition, known: Knowledge) -> Refused | None:
    """Conditions for which care leads, and those that need no plan."""
    protocol = known.protocols.get(condition.id)
    if protocol is not None and protocol.need is not Need.NO_PLAN:
        return None
    if condition.scope is Scope.BENIGN:
        return Refused((Problem("condition", f"{condition.lay} needs no plan", "check in if it lasts"),))
    urgency = Urgency.EMERGENCY if condition.scope is Scope.EMERGENCY else max(condition.urgency, Urgency.ROUTINE)
    message = f"niggle makes no plan for {condition.lay.lower()}: care comes first"
    return Refused(
        (Problem("condition", message, f"to see: {', '.join(condition.care.who)}"),),
        SeeProfessional(urgency, condition.care.who),
    )


def _read(given: Given, protocol: Protocol, condition: Condition, today: date) -> PlanStart:
    site = given.site("site") or protocol.site
    side = given.choice("side", tuple(Side))
    place = SITES.get(site)
    if place is not None and condition.sites and not condition.everywhere and not condition.sites.get(site):
        given.wrong("site", f"{condition.lay} does not sit at: {place.lay}", f"for example {protocol.site}")
    if place is not None and place.paired and side in (None, Side.MIDDLE) and not _has(given, "side"):
        given.wrong("side", f"{place.lay}: which side is missing", "left, right or both")
    grade = given.text("grade", 20)
    if grade is not None and grade not in protocol.grades:
        choices = ", ".join(protocol.grades)
        given.wrong("grade", f"{condition.lay} has no grade {grade!r}", f"one of {choices}" if choices else "leave it")
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
    )


def _has(given: Given, field: str) -> bool:
    return any(p.field == field for p in given.problems)


def _past(given: Given, field: str, today: date) -> date | None:
    day = given.day(field)
    if day is not None and day > today:
        given.wrong(field, f"{day} is in the future", "a day up to today")
    return day


def _clashes(
    given: Given,
    start: PlanStart,
    condition: Condition,
    protocol: Protocol,
    profile: Profile,
    facts: PlanFacts,
    today: date,
) -> Refused | None:
    for other in facts.open_plans(today):
        if same_complaint(other.site, other.side, start.site, start.side):
            where = SITES[start.site].lay if start.site in SITES else start.site
            given.wrong(
                "condition",
                f"there is a plan for {where} already: {other.condition}, since {other.on}",
                f"end plan {other.id} first, then start this one",
            )
    age = profile.age_years(today)
    if age is not None and condition.min_age is not None and age < condition.min_age:
        given.wrong("condition", f"this plan is for runners from {condition.min_age}", "see a paediatric sports doctor")
    if age is not None and condition.max_age is not None and age > condition.max_age:
        given.wrong("condition", f"this plan is for runners up to {condition.max_age}", "see a sports physician")
    need = needed(protocol, start)
    since = start.hurts_since or today - timedelta(days=_CLEARANCE_LOOKBACK_DAYS)
    if need is not Need.NOTHING and cleared_on(profile, start.site, start.side, since, today) is None:
        says = protocol.need_say or "a clinician's clearance comes first"
        given.wrong("clearance", says, "record who cleared it and when, once a clinician has")
        return Refused(tuple(given.problems), SeeProfessional(condition.urgency, condition.care.who))
    if need is Need.IMAGING_AND_CLEARANCE and start.imaged is not True:
        given.wrong("imaged", "a picture of the bone comes first", "answer imaged: yes once it was taken")
        return Refused(tuple(given.problems), SeeProfessional(condition.urgency, condition.care.who))
    return Refused(tuple(given.problems)) if given.problems else None


def needed(protocol: Protocol, start: PlanStart) -> Need:
    """What this plan needs on record: of the protocol and its grade, and of the place, the strictest."""
    place = SITES.get(start.site)
    at_risk = place is not None and place.bone_risk and protocol.ladder == "bone"
    return strictest((need_of(protocol, start.grade), Need.IMAGING_AND_CLEARANCE if at_risk else Need.NOTHING))
