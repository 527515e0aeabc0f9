"""The word of the day: a triaged story as the check-in that it is, so that the day's light cannot be milder than it.

What is kept are the answers themselves, in their homes. Where they alone would be judged milder than triage judged the
whole story (a place that may be several, a condition that has to be ruled out, an age, a doubt), triage's own word is
kept beside them (RF-95, RF-96).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from math import ceil
from typing import Any

from niggle.core.body import SITES, Side
from niggle.core.checkin import PAIN_FIELDS, CheckIn, Quality
from niggle.core.condition import AnswerKind, Home
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Urgency
from niggle.core.reasons import FactValue
from niggle.core.red_flags import first_warnings, screen
from niggle.core.triage.closing import close
from niggle.core.triage.flags import as_check_in
from niggle.core.triage.interview import PAIN
from niggle.core.triage.types import Question, Story, Triage

Spot = tuple[str | None, Side | None]


def day_word(story: Story, triage: Triage, on: date, knowledge: Knowledge, prefer: Iterable[Spot] = ()) -> CheckIn:
    """The check-in of that story. `triage`: what was made of it. prefer: where it may sit, the likeliest first.

    Its flags are never milder than the triage's urgency, if that is urgent or an emergency. A day's check-in speaks of
    one place: the first of those that are no more urgent by themselves than the whole story was.
    """
    values = _said(story, knowledge)
    spots = _spots(story, triage, prefer)
    tried = [_at(spot, story, values, on, knowledge) for spot in spots]
    fitting = [c for c in tried if urgency_of(c, story, knowledge) <= triage.urgency]
    found = fitting[0] if fitting else tried[0]
    if triage.urgency < Urgency.URGENT or urgency_of(found, story, knowledge) >= triage.urgency:
        return found
    if triage.urgency is Urgency.EMERGENCY:
        return replace(found, answers=replace(found.answers, triage_emergency=True))
    return replace(found, answers=replace(found.answers, triage_urgent=True))


def is_check_in(story: Story, triage: Triage, asked_next: Iterable[Question], knowledge: Knowledge) -> bool:
    """Whether the answers hold what a check-in asks: one sure place, how much it hurts, and its warning signs.

    asked_next: what the interview would ask now. A warning told of in doubt is not settled by leaving it.
    """
    return says_where_and_how_much(story, triage, asked_next, knowledge) and not warnings_left(story, knowledge)


def says_where_and_how_much(story: Story, triage: Triage, asked_next: Iterable[Question], knowledge: Knowledge) -> bool:
    """As `is_check_in`, but for the list of warning signs that every check-in begins with."""
    if triage.outside is not None or story.findings.get(PAIN) is None or len(story.places) != 1:
        return False
    where = story.places[0]
    if len(where.sites) != 1 or (SITES[where.sites[0]].paired and where.side is None):
        return False
    values = close(story.findings, knowledge.findings).values
    doubted = any(knowledge.findings[n].safety and values.get(n) is None for n in story.possible)
    return not doubted and not any(q.why in ("place", "safety") for q in asked_next)


def warnings_left(story: Story, knowledge: Knowledge) -> tuple[str, ...]:
    """What every check-in asks first and the answers leave open; only what is asked at that place."""
    values = close(story.findings, knowledge.findings).values
    sites = {site for where in story.places for site in where.sites}
    asked = (knowledge.findings[name] for name in first_warnings(knowledge) if values.get(name) is None)
    return tuple(f.id for f in asked if not f.sites or f.sites & sites)


def day_questions(knowledge: Knowledge) -> frozenset[str]:
    """The yes-or-no questions whose answers a day may hold: the check-in's own, triage's warnings, and whatever else a
    red flag looks at. The rest of a story tells conditions apart and says nothing of the day."""
    looked_at = {name for flag in knowledge.red_flags for name in flag.when.names}
    return frozenset(
        f.id for f in knowledge.findings.values()
        if f.home is Home.QUESTION and f.kind is AnswerKind.YES_NO and (f.check_in or f.safety or f.id in looked_at)
    )  # fmt: skip


def urgency_of(checkin: CheckIn, story: Story, knowledge: Knowledge) -> Urgency:
    """What the flags ask for on this check-in alone."""
    hits = screen((checkin,), story.profile, checkin.on, knowledge)
    return max((h.urgency for h in hits), default=Urgency.SELF_CARE)


def _said(story: Story, knowledge: Knowledge) -> dict[str, FactValue]:
    """What she said, with every yes that follows from it. A "no" that only follows excuses nothing of the day."""
    closed = close(story.findings, knowledge.findings).values
    return {k: v for k, v in closed.items() if v is not False or story.findings.get(k) is False}


def _spots(story: Story, triage: Triage, prefer: Iterable[Spot]) -> tuple[Spot, ...]:
    told = [(site, where.side) for where in story.places for site in where.sites]
    flagged = [(h.site, h.side) for h in triage.red_flags if h.urgency >= Urgency.URGENT]
    wanted = [spot for spot in (*flagged, *prefer) if spot in told]
    return tuple(dict.fromkeys([*wanted, *told])) or ((None, None),)


def _at(spot: Spot, story: Story, values: Mapping[str, FactValue], on: date, knowledge: Knowledge) -> CheckIn:
    site, side = spot
    if site is None or not SITES[site].paired:
        side = None
    checkin, _ = as_check_in(site, side, story, values, on, knowledge)
    asked = day_questions(knowledge)
    answers = replace(checkin.answers, findings=tuple(f for f in checkin.answers.findings if f[0] in asked))
    if answers.quality is None and values.get("sharp") is True:
        answers = replace(answers, quality=Quality.SHARP)
    for name in PAIN_FIELDS:  # given in halves, and only of a place
        value = getattr(answers, name)
        if value is not None:
            told: dict[str, Any] = {name: None if site is None else ceil(value * 2) / 2}
            answers = replace(answers, **told)
    return replace(checkin, answers=answers)
