"""What the light adds to the facts of the red flags: baselines, exemptions and where the complaint stood before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from niggle.core.checkin import CheckIn, Series, Stiffness
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Urgency
from niggle.core.profile import Profile
from niggle.core.reasons import FactValue
from niggle.core.red_flags import FACTS as FLAG_FACTS
from niggle.core.red_flags import SLOW_TISSUE, FlagHit, Limits, check_facts, conditions_at, plain_sprain
from niggle.core.values import value

FACTS: Final[Mapping[str, str]] = {
    **FLAG_FACTS,
    "flag_emergency": "an emergency flag fires (settled)",
    "flag_urgent": "a stop-and-be-seen flag fires that has no row of its own (settled)",
    "stop_sign": "outer knee pain during a run, or a shin that hopping or walking hurts (settled)",
    "not_back_at_baseline": "a day later it is not back to usual",
    "stiffness_worse": "morning stiffness is more than usual",
    "stiffness_exempt": "usual stiffness of a slow tendon or fascia, not rising for two weeks (settled)",
    "soreness_exempt": "ordinary soreness on both sides within 48 h of a hard session (settled)",
    "yellow_unresolved": "yellow before, and two sessions later still yellow (settled)",
    "yellow_darkening": "yellow before, and now a point more than in the last session (settled)",
}
FACT_NAMES: Final = frozenset(FACTS)

# These flags are rows of the table themselves, further down and with their own care advice.
OWN_ROW: Final = frozenset({"RF-08", "RF-11", "RF-28"})


@dataclass(frozen=True, slots=True)
class Numbers:
    """The light's numbers out of the knowledge, and those of the flags' facts."""

    limits: Limits
    green_max: float
    professional_score: float
    two_lever_score: float
    darkening_delta: float
    morning_excess: float
    reduced_sessions: int
    soreness_hours: float
    fresh_days: float
    recheck_days: float
    persist_days: float
    deload_days: float
    youth_age: float

    @staticmethod
    def of(knowledge: Knowledge) -> Numbers:
        n = knowledge.number
        return Numbers(
            Limits.of(knowledge), n("green_max"), n("professional_score"), n("two_lever_score"), n("darkening_delta"),
            n("morning_excess"), int(n("reduced_sessions")), n("soreness_hours"), n("checkin_fresh_days"),
            n("no_flag_red_recheck_days"), n("persist_days"), knowledge.numbers("deload_test_days")[0], n("youth_age"),
        )  # fmt: skip


@value(frozen=True, slots=True)
class Context:
    """What a report has to be seen against. line: the complaint's check-ins; last_hard: the last hard session's day."""

    line: Series
    profile: Profile
    numbers: Numbers
    last_hard: date | None = None


def facts(checkin: CheckIn, context: Context) -> dict[str, FactValue]:
    """The facts of one report without clocks, flags and earlier lights; those are added by who knows them."""
    found = check_facts(checkin, context.profile, context.numbers.limits)
    add_light_facts(found, checkin, context)
    return found


def add_light_facts(found: dict[str, FactValue], checkin: CheckIn, context: Context) -> None:
    a, numbers = checkin.answers, context.numbers
    found["plain_sprain"] = plain_sprain(checkin, context.line, numbers.limits)
    worse = None if a.stiffness is None else a.stiffness is Stiffness.WORSE
    found["stiffness_worse"] = worse
    above = _morning_above(checkin, context)
    back = a.baseline_by_24h
    if back is None and above is not None:
        back = above <= 0
    elif back and above is not None and above >= numbers.morning_excess:
        back = False
    found["not_back_at_baseline"] = None if back is None else not back
    found["stiffness_exempt"] = (
        back is False and worse is False and (above is None or above <= 0) and _slow_and_steady(checkin, context)
    )
    found["soreness_exempt"] = bool(
        a.diffuse_both_sides
        and found["in_muscle"]
        and _at_most(found.get("score"), numbers.green_max)
        and _within_soreness(checkin.on, context)
    )
    found["stop_sign"] = bool(
        (checkin.site == "knee_outer" and (a.pain_start or a.pain_max or a.pain_end or a.late_onset))
        or (found["at_shin"] and (found.get("hop_pain") or found.get("walk_pain")))
    )


def add_flags(found: dict[str, FactValue], hits: tuple[FlagHit, ...]) -> None:
    found["flag_emergency"] = any(h.urgency is Urgency.EMERGENCY for h in hits)
    found["flag_urgent"] = any(h.urgency is Urgency.URGENT and h.rule not in OWN_ROW for h in hits)


def _at_most(score: FactValue, top: float) -> bool:
    return isinstance(score, int | float) and score <= top


def _morning_above(checkin: CheckIn, context: Context) -> float | None:
    """How far the morning lies above her usual mornings. No pain is never above; without a usual it is not known."""
    morning = checkin.answers.pain_morning
    if morning is None:
        return None
    usual = context.line.baseline(checkin.on)
    if usual is None:
        return 0.0 if morning == 0 else None
    return morning - usual


def _slow_and_steady(checkin: CheckIn, context: Context) -> bool:
    """A named slow tendon or fascia whose stiffness did not rise from the week before last to last week (TL-R05)."""
    conditions = conditions_at(context.profile, checkin.site, checkin.side, checkin.on)
    if not any(c.slug in SLOW_TISSUE for c in conditions):
        return False
    before, last = context.line.stiffness_weeks(checkin.on, 2)
    return before is not None and last is not None and last <= before


def _within_soreness(on: date, context: Context) -> bool:
    """Whether the morning after `on` is still within the hours of ordinary soreness after the last hard session."""
    if context.last_hard is None:
        return False
    hours = ((on - context.last_hard).days + 1) * 24
    return 0 < hours <= context.numbers.soreness_hours
