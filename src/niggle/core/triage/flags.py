"""The red flags of a story: its answers put into a check-in's shape and screened by the same rules.

The story's words are read at their worst: where a place may be one of several sites, a flag counts if it fires at any
of them, unless the bare place alone fires it at only some.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from niggle.core.body import Side
from niggle.core.checkin import Answers, CheckIn, Quality
from niggle.core.condition import AnswerKind, Home
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Urgency
from niggle.core.profile import Profile
from niggle.core.reasons import FactValue, Reason
from niggle.core.red_flags import FlagHit, Limits, check_facts, hits_of, notes
from niggle.core.red_flags.facts import OTTAWA
from niggle.core.triage.types import Story

Facts = dict[str, FactValue]
_SPRAIN_SITES: Final = frozenset({"ankle_outer", "ankle_inner", "ankle_front", "ankle_outer_behind",
                                  "ankle_outer_bone", "ankle_inner_bone"})  # fmt: skip
_SUDDEN: Final = ("onset_sudden", "after_trauma", "twisted", "pop", "sudden_stab")
_FEW: Final = 0.34  # of the possible sites: a flag that fires at no more of them waits for a surer place
_NUMB: Final = "RF-19"
_FOREFOOT: Final = frozenset({"between_toes", "ball_of_foot", "toes", "foot_top", "metatarsals"})
_MORE_THAN_TOES: Final = (
    "weak_leg", "foot_drop", "numb_sole", "lasts_after_stop", "cold_pale_foot", "shooting_leg_pain", "radiates",
    "below_knee", "numb_both_legs", "pain_at_rest", "night_pain", "constant_pain", "saddle_numb", "bladder_trouble",
    "tingling_new_or_more", "after_trauma", "pop", "red_warm_tender", "pressure_rising", "tight_after_10_min",
)  # fmt: skip
_SIX_WEEKS: Final = 42
_TWO_WEEKS: Final = 14
_ANSWERS: Final = frozenset(f.name for f in fields(Answers)) - {"findings", "quality", "posture", "stiffness"}


def flag_hits(
    story: Story, values: Mapping[str, FactValue], on: date, knowledge: Knowledge
) -> tuple[tuple[FlagHit, ...], tuple[Reason, ...]]:
    """The flags that fire, most urgent first and each once, and the notes that go with them."""
    limits = Limits.of(knowledge)
    found: dict[str, FlagHit] = {}
    said: dict[str, Reason] = {}
    for options in _places(story):
        sure = _only_by_place(story, options, on, limits, knowledge)
        counts: dict[str, list[FlagHit]] = {}
        for site, side in options:
            facts = _at(site, side, story, values, on, limits, knowledge)
            excused = _toes_in_a_shoe(site, values)
            for hit in hits_of(facts, on, knowledge):
                if hit.rule not in sure:
                    counts.setdefault(hit.rule, []).append(_doubtful(hit) if excused and hit.rule == _NUMB else hit)
            for note in notes(facts, on, knowledge):
                said.setdefault(note.rule, note)
        for rule, hits in counts.items():
            hit = hits[0] if len(hits) > _FEW * len(options) else _doubtful(hits[0])
            if rule not in found or found[rule].urgency < hit.urgency:
                found[rule] = hit
    return tuple(sorted(found.values(), key=lambda h: h.rank)), tuple(said[k] for k in sorted(said))


def _doubtful(hit: FlagHit) -> FlagHit:
    """A flag of a few of the sites that the words may mean: urgent becomes an appointment; an emergency stays one."""
    return replace(hit, urgency=Urgency.ROUTINE) if hit.urgency is Urgency.URGENT else hit


def _toes_in_a_shoe(site: str | None, values: Mapping[str, FactValue]) -> bool:
    """Toes that go numb in a tight shoe, and nothing else of a nerve: an appointment, like every numb foot (RF-43)."""
    tight = values.get("tight_shoes") is True and site in _FOREFOOT
    return tight and not any(values.get(name) is True for name in _MORE_THAN_TOES)


def _only_by_place(
    story: Story, options: list[tuple[str | None, Side | None]], on: date, limits: Limits, knowledge: Knowledge
) -> frozenset[str]:
    """The flags that the bare place fires at some of its possible sites but not at all: they wait for a surer place."""
    if len(options) < 2:
        return frozenset()
    fired = [{h.rule for h in hits_of(_at(*o, story, {}, on, limits, knowledge), on, knowledge)} for o in options]
    anywhere, everywhere = fired[0].union(*fired), fired[0].intersection(*fired)
    return frozenset(anywhere - everywhere)


def _places(story: Story) -> list[list[tuple[str | None, Side | None]]]:
    if not story.places:
        return [[(None, None)]]
    return [[(site, where.side) for site in where.sites] for where in story.places]


def _at(
    site: str | None,
    side: Side | None,
    story: Story,
    values: Mapping[str, FactValue],
    on: date,
    limits: Limits,
    knowledge: Knowledge,
) -> Facts:
    """The facts of the flags for one site."""
    checkin, profile = as_check_in(site, side, story, values, on, knowledge)
    facts = check_facts(checkin, profile, limits)
    _add_sharpness(facts, values)
    _add_course(facts, values, story)
    facts["plain_sprain"] = _plain_sprain(facts, limits)
    return facts


def as_check_in(
    site: str | None, side: Side | None, story: Story, values: Mapping[str, FactValue], on: date, knowledge: Knowledge
) -> tuple[CheckIn, Profile]:
    """The answers in their homes: fields of a check-in, fields of the profile, or red-flag questions."""
    answers: dict[str, Any] = {}
    profile: dict[str, Any] = {}
    asked: list[tuple[str, bool]] = []
    for name, value in values.items():
        finding = knowledge.findings[name]
        if finding.home is Home.ANSWER and name in _ANSWERS:
            answers[name] = value
        elif finding.home is Home.PROFILE:
            profile[name] = value
        elif isinstance(value, bool) and finding.kind is AnswerKind.YES_NO and finding.home is Home.QUESTION:
            asked.append((name, value))
    if values.get("electric") is True:
        answers["quality"] = Quality.ELECTRIC
    acute = any(values.get(name) is True for name in _SUDDEN)
    checkin = CheckIn(on, site, side, Answers(**answers, findings=tuple(sorted(asked))), (), acute=acute)
    return checkin, replace(story.profile, **profile)


def _add_sharpness(facts: Facts, values: Mapping[str, FactValue]) -> None:
    said = [values.get("sharp"), values.get("electric")]
    if True in said:
        facts["sharp"] = True
    elif said[0] is False:
        facts["sharp"] = False


def _add_course(facts: Facts, values: Mapping[str, FactValue], story: Story) -> None:
    days = values.get("symptom_days")
    known = int(days) if isinstance(days, int | float) and not isinstance(days, bool) else None
    if known is None and values.get("six_weeks_or_more") is True:
        known = _SIX_WEEKS
    stuck = values.get("two_weeks_unchanged")
    if known is None and stuck is True:
        known = _TWO_WEEKS
    if known is not None:
        facts["symptom_days"] = known
        improving = values.get("improving") is True or values.get("gone_in_two_days") is True or stuck is False
        facts["clearly_improving"] = improving
        facts["stuck_days"] = 0 if improving else max(known, _TWO_WEEKS) if stuck is True else known
    if story.age is not None:
        facts["age"] = int(story.age)
    facts["tight_episodes"] = 2 if values.get("tight_after_10_min") is True else 0  # told as a pattern, so not once
    facts["professional_seen"] = False


def _plain_sprain(facts: Mapping[str, FactValue], limits: Limits) -> bool:
    """A fresh ankle sprain that she walks on, and no question of the Ottawa rules answered yes.

    The guide refers a fresh sprain only where those rules fire (RF-X06). Whether a bone is sore to press may be
    unknown, whether the foot carries her may not.
    """
    days = facts.get("symptom_days")
    fresh = not isinstance(days, int) or days <= limits.fresh_sprain_days
    twisted = bool(facts.get("twisted") or facts.get("acute"))
    carries = facts.get("cannot_bear_weight") is False or facts.get("could_carry_on") is True
    safe = carries and not any(facts.get(name) is True for name in OTTAWA)
    return facts.get("site") in _SPRAIN_SITES and not facts.get("pop") and fresh and twisted and safe
