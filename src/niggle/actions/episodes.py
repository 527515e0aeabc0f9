"""From an interview to an open complaint: a condition that is suspected, as check-ins and red flags take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from niggle.actions import athletes, day_words, triage
from niggle.actions.interviews import Interview
from niggle.actions.model import knowledge
from niggle.actions.stories import Looked
from niggle.core.body import SITES, Side
from niggle.core.outcomes import Problem, Urgency
from niggle.core.profile import KnownCondition
from niggle.core.protocol import Need
from niggle.core.red_flags.known import SITES_OF
from niggle.core.triage import CannotTell, Where
from niggle.store.models import TriageSession
from niggle.store.scopes import athlete_scope
from niggle.wording import episodes as words

SINCE: Final = "symptom_days"  # the finding that says how many days ago it began
_NOTHING_YET: Final = (CannotTell.NO_PLACE, CannotTell.TOO_LITTLE)


@dataclass(frozen=True, slots=True)
class Episode:
    """An injury that is open. new: False if it was kept before and nothing was written.

    to_be_seen: somebody has to look before a plan can begin.
    """

    condition: KnownCondition
    new: bool
    to_be_seen: bool = False


def latest_key(athlete_id: int) -> str | None:
    """The key of the interview begun last, put away or not."""
    with athlete_scope(athlete_id):
        key: str | None = TriageSession.objects.order_by("-id").values_list("key", flat=True).first()
    return key


def suspected(looked: Looked) -> str | None:
    """The condition to suspect; None while nothing can be said.

    Where somebody has to look soon it is the most fitting of the dangerous ones, not the harmless one before it: a
    suspicion kept for weeks must not be milder than the advice it came from.
    """
    found = looked.triage
    if found.outside is not None or found.cannot_tell in _NOTHING_YET or not found.differential:
        return None
    if found.urgency >= Urgency.URGENT:
        grave = [c for c in found.differential if c.urgency >= Urgency.URGENT]
        if grave:
            return grave[0].condition
    return found.differential[0].condition


def choices(looked: Looked) -> tuple[str, ...]:
    """What may be kept, the suspected one first; empty where nothing can be."""
    best = suspected(looked)
    if best is None or not can_keep(looked):
        return ()
    return tuple(dict.fromkeys([best, *(c.condition for c in looked.triage.differential)]))


def slug_of(name: str) -> str:
    """The condition of that id, alias or name; the name itself where nobody knows it, to be refused by name."""
    found = knowledge().condition(name)
    return name if found is None else found.id


def can_keep(looked: Looked) -> bool:
    return (
        looked.triage.urgency is not Urgency.EMERGENCY and bool(looked.story.places) and suspected(looked) is not None
    )


def keep(athlete_id: int, key: str, now: datetime, on: date, slug: str | None = None) -> Episode | tuple[Problem, ...]:
    """Name what the interview suspects and put the interview away. slug: another of the conditions that fit."""
    state = triage.get(athlete_id, key)
    if state is None:
        return (Problem("key", *words.NO_SUCH),)
    looked = triage.look(athlete_id, state, on)
    if looked.triage.urgency is Urgency.EMERGENCY:
        return (Problem("urgency", *words.EMERGENCY),)
    best = suspected(looked)
    if best is None:
        return (Problem("condition", *words.NOTHING_TO_NAME),)
    listed = tuple(c.condition for c in looked.triage.differential)
    if slug is not None and slug not in listed:
        return (Problem("condition", words.NOT_LISTED, words.choose_of(listed)),)
    if not looked.story.places:
        return (Problem("site", *words.NO_PLACE),)
    named = slug or best
    site, side = _place(looked.story.places, named)
    before = _open(athlete_id, named, site, side, on)
    condition = before or KnownCondition(named, site, side, since=_since(state, on))
    with transaction.atomic():
        if before is None:
            plain = {"slug": named, "site": site, "side": side, "since": condition.since, "seen_by_professional": False}
            problems = athletes.name_condition(athlete_id, plain, now)
            if problems:
                return problems
        if not state.ended:
            # the pain she told of is a word of that day too; an interview put away has long been one, or never
            problems = day_words.write(athlete_id, state, looked, now, on, [(site, side)])
            if problems:
                return problems
            triage.end(athlete_id, key, now)
    return Episode(condition, before is None, looked.triage.urgency >= Urgency.URGENT)


def plan_for(looked: Looked) -> str | None:
    """The condition whose plan could begin now: the one to suspect, where nobody has to look first."""
    if looked.triage.urgency >= Urgency.URGENT or not can_keep(looked):
        return None
    best = suspected(looked)
    return best if best is not None and has_plan(best) else None


def has_plan(slug: str) -> bool:
    """Whether there is a plan for that condition at all; what it needs first is another question."""
    protocol = knowledge().protocols.get(slug)
    return protocol is not None and protocol.need is not Need.NO_PLAN


def side_of(state: Interview) -> Side | None:
    """The side, where she named one and no other."""
    sides = {where.side for where in state.places if where.side is not None}
    return sides.pop() if len(sides) == 1 else None


def began_on(state: Interview, on: date) -> date | None:
    """The day it began, by her answer on the day of the interview; None where she did not say."""
    return None if _days(state) is None else _since(state, on)


def _place(places: tuple[Where, ...], slug: str) -> tuple[str, Side | None]:
    """Of all she pointed at, where this condition sits; the first place if it is not known to sit anywhere."""
    usual = SITES_OF.get(slug, frozenset())
    pairs = [(site, where.side) for where in places for site in where.sites]
    site, side = next((pair for pair in pairs if pair[0] in usual), pairs[0])
    return site, side if SITES[site].paired else None


def _since(state: Interview, on: date) -> date:
    """The day it began, by her answer on the day of the interview; else that day."""
    began, days = min(state.started_at.date(), on), _days(state)
    return began if days is None else began - timedelta(days=int(days))


def _days(state: Interview) -> float | None:
    days = state.answers.get(SINCE)
    return None if days is None or isinstance(days, (bool, str)) else days


def _open(athlete_id: int, slug: str, site: str, side: Side | None, on: date) -> KnownCondition | None:
    """The same complaint, kept before and not closed: what a professional said of it since must not be lost."""
    known = athletes.get_profile(athlete_id, on).conditions
    same = (c for c in known if (c.slug, c.site, c.side) == (slug, site, side))
    return next((c for c in same if c.until is None or c.until >= on), None)
