"""The headline of a day, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from niggle.core.outcomes import Light, OutsideScope, Urgency
from niggle.core.reasons import Reason, Weight
from niggle.core.today.types import ROUND_M, RUNS, Activity, Care, DayCaps, Headline, NextStep
from niggle.core.traffic_light import LightState

A = Activity


def headline(
    light: Light,
    state: LightState,
    care: Care,
    allowed: Sequence[Activity],
    limits: DayCaps,
    has_history: bool,
    restricted: bool,
) -> Headline:
    if state.emergency:
        return Headline.EMERGENCY
    if light is Light.RED:
        return Headline.BE_SEEN if care.urgency >= Urgency.URGENT and not restricted else Headline.NO_RUNNING
    if light is Light.CANNOT_SAY:
        return Headline.CHECK_IN_FIRST if has_history or state.last_checkin is not None else Headline.NOTHING_KNOWN
    if A.EASY_RUN not in allowed:
        if light is Light.YELLOW:
            return Headline.NO_RUN_TODAY
        full = limits.week_left_m is not None and limits.week_left_m < ROUND_M
        return Headline.WEEK_FULL if full else Headline.REST_DAY
    if light is Light.YELLOW:
        return Headline.REDUCED
    whole = set(allowed) >= set(RUNS) and limits.longest_session_m is None
    return Headline.AS_PLANNED if whole else Headline.AS_PLANNED_CAPPED


def next_steps(
    light: Light,
    state: LightState,
    care: Care,
    allowed: Sequence[Activity],
    has_history: bool,
    reasons: Sequence[Reason],
) -> tuple[NextStep, ...]:
    """What to do next, most pressing first."""
    if state.emergency:
        return (NextStep.CALL_EMERGENCY,)
    steps: list[NextStep] = []
    if care.urgency is Urgency.URGENT or care.urgency is Urgency.EMERGENCY:
        steps.append(NextStep.BE_SEEN)
    elif care.urgency is Urgency.ROUTINE:
        steps.append(NextStep.BOOK_PROFESSIONAL)
    if state.locks or "clearance" in state.missing:
        steps.append(NextStep.RECORD_CLEARANCE)
    if light is Light.RED and care.urgency < Urgency.URGENT:
        steps.append(NextStep.STOP_AND_RECHECK)
    if light is Light.CANNOT_SAY:
        outside = any(isinstance(c.outside, OutsideScope) for c in state.complaints)
        steps.append(NextStep.ASK_ELSEWHERE if outside else NextStep.CHECK_IN_FIRST)
    if state.provisional and light in (Light.YELLOW, Light.GREEN) and "pain_morning" in state.missing:
        steps.append(NextStep.ANSWER_MORNING)
    if light is Light.YELLOW:
        steps.append(NextStep.TWO_REDUCED_SESSIONS)
    if any(r.rule == "LOAD-R02" and r.weight is not Weight.INFO for r in reasons):
        steps.append(NextStep.CUTBACK_WEEK)
    if A.EASY_RUN in allowed:
        steps.append(NextStep.CHECK_IN_AFTER_RUN)
    if not has_history:
        steps.append(NextStep.IMPORT_ARCHIVE)
    return tuple(steps) or (NextStep.CARRY_ON,)
