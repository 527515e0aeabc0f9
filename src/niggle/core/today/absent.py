"""Days on which she is ill or away: what they take from the day, and what the day says then.

Pain has the first word: an emergency, a place to be seen and a red light keep their headline. Illness holds with and
without a plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import floor
from typing import Final

from niggle.core.case import Case
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import Absence, Away, PlanFacts
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.rehab import Recovering, why_gentle
from niggle.core.rehab.illness import FEVER_DAY
from niggle.core.rehab.illness import RULE as RECOVERING
from niggle.core.scoreboard import reason
from niggle.core.today.types import CAP_NAMES, RUNS, Activity, DayCaps, Headline, NextStep, down_m
from niggle.core.units import S_PER_MIN

A = Activity
RULES: Final = frozenset({"PLAN-R06", "PLAN-R07", "PLAN-R17"})
_WHILE_ILL: Final = (A.WALKING,)
_STRONGER: Final = frozenset({Headline.EMERGENCY, Headline.BE_SEEN, Headline.NO_RUNNING, Headline.OUTSIDE_SCOPE})
_OF_TRAINING: Final = frozenset(
    {NextStep.CARRY_ON, NextStep.CHECK_IN_AFTER_RUN, NextStep.TWO_REDUCED_SESSIONS, NextStep.CUTBACK_WEEK}
)


def closing(facts: PlanFacts, on: date) -> Absence | None:
    """The days away that close running today; None where there are none, or they leave running alone.

    facts: with the days of a fever told (core.rehab.with_fevers)."""
    away = facts.away(on)
    return away if away is not None and (away.kind is Away.ILLNESS or away.no_running) else None


def without(
    away: Absence, case: Case, allowed: Sequence[Activity], left_out: Sequence[Activity], knowledge: Knowledge
) -> tuple[tuple[Activity, ...], tuple[Activity, ...], Reason]:
    """(allowed, left out, why) of a day of `closing`. Ill, a walk is all that is left."""
    ill = away.kind is Away.ILLNESS
    taken = [a for a in allowed if a not in _WHILE_ILL] if ill else [a for a in allowed if a in RUNS]
    if ill:
        days = Fact("days", (case.on - away.first).days + 1, "days", case.on)
        told = (Fact("fever", True, None, case.on),) if _only_fever(away) else ()
        why = reason(knowledge, "PLAN-R06", Weight.CAUTION, days, *told)
    else:
        why = reason(knowledge, "PLAN-R07", Weight.INFO, Fact("no_running", True, None, case.on))
    kept = tuple(a for a in allowed if a not in taken)
    return kept, tuple(dict.fromkeys((*left_out, *taken))), replace(why, decided=bool(taken))


_NOT_GENTLE: Final = (A.LONG_RUN, A.SPEED, A.HILLS, A.DOWNHILL, A.PLYOMETRICS, A.NEW_STRESSOR)


def gently(
    found: Recovering,
    case: Case,
    caps: DayCaps,
    allowed: Sequence[Activity],
    left_out: Sequence[Activity],
    knowledge: Knowledge,
    *,
    by_steps: bool,
) -> tuple[tuple[Activity, ...], tuple[Activity, ...], DayCaps, Reason]:
    """(allowed, left out, caps, why) of one of the first days after an illness. by_steps: of a ladder, which goes one
    lower on such days itself."""
    on = case.on
    out = _NOT_GENTLE if on >= found.runs_from else (*RUNS, *_NOT_GENTLE)
    metres, seconds, rules = caps.longest_session_m, caps.longest_session_s, dict(caps.rules)
    if not by_steps and found.most_m is not None and (metres is None or found.most_m < metres):
        metres, rules["longest_session_m"] = down_m(found.most_m), RECOVERING
    most_s = None if found.most_min is None else found.most_min * S_PER_MIN
    if not by_steps and most_s is not None and (seconds is None or most_s < seconds):
        seconds, rules["longest_session_s"] = floor(most_s / S_PER_MIN) * S_PER_MIN, RECOVERING
    named = tuple((name, rules[name]) for name in CAP_NAMES if name in rules)
    return (
        tuple(a for a in allowed if a not in out),
        tuple(dict.fromkeys((*left_out, *out))),
        replace(caps, longest_session_m=metres, longest_session_s=seconds, rules=named),
        replace(
            why_gentle(found, on, knowledge), decided=bool(set(out) & set(allowed)) or RECOVERING in rules.values()
        ),
    )


def gentle_headline(line: Headline) -> Headline:
    """Where nothing else holds her back, the day says so."""
    mild = (Headline.AS_PLANNED, Headline.AS_PLANNED_CAPPED, Headline.REST_DAY)
    return Headline.EASY_AFTER_ILLNESS if line in mild else line


_TO_RIDE: Final = frozenset({"bike", "pool", "elliptical", "rower", "treadmill"})


def at_hand(case: Case, allowed: Sequence[Activity]) -> tuple[Activity, ...]:
    """On a journey on which she has named her things nobody offers a ride or a swim without any of them."""
    away = case.plan.away(case.on)
    if away is None or away.kind is not Away.TRAVEL or away.equipment is None or _TO_RIDE & set(away.equipment):
        return tuple(allowed)
    return tuple(a for a in allowed if a is not A.CROSS_TRAINING)


def headline(line: Headline, away: Absence, ran: bool) -> Headline:
    """ran: running would have been open without the days away. Where pain, load or a plan closed it, that is said."""
    if line in _STRONGER:
        return line
    if away.kind is Away.ILLNESS:
        return Headline.ILL
    return Headline.AWAY if ran else line


def decided(reasons: Sequence[Reason], line: Headline, light: Light) -> list[Reason]:
    """On such a day a green place is no reason to train: only the days away decided it."""
    if line not in (Headline.ILL, Headline.AWAY, Headline.EASY_AFTER_ILLNESS) or light is not Light.GREEN:
        return list(reasons)
    return [r if r.rule in RULES or not r.decided else replace(r, decided=False) for r in reasons]


def _only_fever(away: Absence) -> bool:
    """A day of illness that a check-in told of, and no row that she could take back."""
    return away.id.startswith(FEVER_DAY)


def steps(found: Sequence[NextStep], line: Headline, away: Absence) -> tuple[NextStep, ...]:
    """What to do next on such a day: nothing of training, and a word when she is back, or of the fever."""
    if line not in (Headline.ILL, Headline.AWAY):
        return tuple(found)
    word = NextStep.FEVER_GONE if _only_fever(away) else NextStep.SAY_BACK
    return (*(s for s in found if s not in _OF_TRAINING), word)
