"""Today: flags, the clinician's word, the light and the load merged in the order of authority into one Decision.

1 emergency flags  2 other flags and her gut feeling  3 a clinician's recorded restriction  4 the light
5 stop rules of a condition (inside the light)  6 load. A lower one never loosens a higher one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import floor
from typing import Final

from niggle.core.case import Case
from niggle.core.checkin import fold, same_complaint
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light, OutsideScope, Urgency, worst
from niggle.core.plan import ItemKind, PlanStart
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.red_flags import FlagHit
from niggle.core.rehab import recovering, with_fevers
from niggle.core.spikes import Caps, Exposure, is_guarded, load_of_day, on_yellow, reasons_of
from niggle.core.today import absent
from niggle.core.today.clinician import restriction_on, weight_only_on
from niggle.core.today.duties import duties_of_day
from niggle.core.today.headlines import headline, next_steps
from niggle.core.today.log import log_of
from niggle.core.today.plans import (
    Memo,
    PlansOfDay,
    cap_by_plans,
    plan_headline,
    plan_steps,
    plans_of_day,
    restrict,
)
from niggle.core.today.ticked import light_of_ticks
from niggle.core.today.types import (
    ROUND_M,
    RUNS,
    Activity,
    Care,
    DayCaps,
    Decision,
    Headline,
    NextStep,
    PlaceLight,
    down_m,
)
from niggle.core.traffic_light import LightState, State, assess
from niggle.core.units import M_PER_KM, S_PER_MIN
from niggle.core.values import value

A = Activity
_JUMPS: Final = (A.PLYOMETRICS,)
_IMPACT: Final = (*RUNS, *_JUMPS)
_GENTLE: Final = (A.WALKING, A.CROSS_TRAINING, A.MOBILITY)
_EVERYTHING: Final = (*RUNS, *_JUMPS, A.HEAVY_STRENGTH, A.STRENGTH, A.CROSS_TRAINING, A.WALKING, A.MOBILITY)
_YELLOW_OUT: Final = (A.LONG_RUN, A.SPEED, A.HILLS, A.DOWNHILL, A.PLYOMETRICS, A.NEW_STRESSOR)  # TL-31
_NOT_WITH_WALKING: Final = (A.LONG_RUN, A.SPEED, A.HILLS, A.DOWNHILL, A.PLYOMETRICS)
_LEAVE: Final = {
    Exposure.RUN: RUNS,
    Exposure.LONG: (A.LONG_RUN,),
    Exposure.SPEED: (A.SPEED,),
    Exposure.HILLS: (A.HILLS,),
    Exposure.DOWNHILL: (A.DOWNHILL,),
    Exposure.TRACK: (A.SPEED,),
    Exposure.PLYOMETRIC: (A.PLYOMETRICS,),
    Exposure.NEW_STRESSOR: (A.NEW_STRESSOR,),
}
_WEIGHT_ORDER: Final = {Weight.STOP: 0, Weight.CAUTION: 1, Weight.INFO: 2}


@value(frozen=True, slots=True)
class Weighed:
    """The day as far as no calendar has a say in it. reasons: each once, the most weighty first."""

    plans: PlansOfDay | None
    light: Light
    provisional: bool
    line: Headline
    care: Care
    allowed: tuple[Activity, ...]
    left_out: tuple[Activity, ...]
    caps: DayCaps
    steps: tuple[NextStep, ...]
    places: tuple[PlaceLight, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    outside: tuple[str, ...]


def decide(case: Case, knowledge: Knowledge, memo: Memo | None = None) -> Decision:
    """The decision for `case.on` from the case alone: equal cases and knowledge give equal decisions.

    Nothing later than `case.on` is looked at. Without a recent check-in the light is CANNOT_SAY and running is not
    allowed; an empty case gives a decision too. memo: kept by a caller who asks day after day of one runner; it changes
    nothing but the time.
    """
    day = weighed(case, knowledge, memo)
    plans = day.plans
    plan, tasks, no_task = duties_of_day(
        plans, day.light, day.allowed, day.caps, day.reasons, knowledge, day.line is Headline.EMERGENCY
    )
    decision = Decision(
        on=case.on,
        light=day.light,
        provisional=day.provisional,
        headline=day.line,
        care=day.care,
        allowed=day.allowed,
        leave_out=day.left_out,
        caps=day.caps,
        next_steps=day.steps if plans is None else plan_steps(day.steps, plans),
        places=day.places,
        reasons=day.reasons,
        missing=day.missing,
        outside_scope=day.outside,
        engine_version=case.engine_version,
        knowledge_digest=knowledge.digest,
        plan=plan,
        tasks=tasks,
        no_task=no_task,
    )
    if plans is not None and any(t.kind is ItemKind.RACE and t.allowed for t in tasks):
        from niggle.core.today.race_week import with_race_word  # it asks what this file answers

        return with_race_word(decision, case, plans.states, knowledge)
    return decision


def weighed(case: Case, knowledge: Knowledge, memo: Memo | None = None) -> Weighed:
    """`decide` without the day's tasks: all that a calendar has no say in."""
    day = _weighed_before(case, knowledge, memo) or _weigh(case, knowledge, memo)
    if memo is not None:
        memo.weighed = (case, knowledge, day)
    return day


def _weighed_before(case: Case, knowledge: Knowledge, memo: Memo | None) -> Weighed | None:
    """What was weighed for this very day, where nothing but a calendar has come since."""
    if memo is None or memo.weighed is None:
        return None
    before, by, day = memo.weighed
    if by is not knowledge or not case.same_but_for_weeks(before):
        return None
    if day.plans is not None:
        facts = replace(case.plan, absences=day.plans.life.facts.absences)  # with the days of a fever
        day = replace(day, plans=replace(day.plans, life=replace(day.plans.life, facts=facts)))
    memo.asked = (case, day.plans)
    if memo.load is not None:
        memo.load = (case, *memo.load[1:])
    return day


def _weigh(case: Case, knowledge: Knowledge, memo: Memo | None) -> Weighed:
    """Flags, light, plans and load, each taking away from what the one before it left."""
    on, profile = case.on, case.profile
    history, sessions = log_of(case, knowledge, memo)
    checkins = fold(case.entries, until=on, before=None if memo is None else memo.folded)
    plans = plans_of_day(case, knowledge, checkins, history, sessions, memo)
    memory = None if memo is None else memo.follower.memory
    if plans is not None:
        profile, memory = plans.profile, plans.memory
    state = assess(checkins, on, profile, sessions, knowledge, memory=memory)
    restriction = restriction_on(profile, on)
    light = state.light
    reasons = _of_the_day(state)
    if restriction is not None:
        light = worst(light, Light.RED)
        reasons.append(_own_reason("DAY-R01", Weight.STOP, (Fact("since", str(restriction.on)),), knowledge))
    weight = None if restriction is not None else weight_only_on(profile, on)
    if weight is not None:
        facts = Fact("since", str(weight.on)), Fact("only", "weight")
        reasons.append(_own_reason("DAY-R01", Weight.STOP, facts, knowledge))
    if state.locks:
        light = worst(light, Light.RED)
    ticked = None if plans is None else light_of_ticks(plans, knowledge)
    if ticked is not None and worst(light, ticked[0]) is not light:
        light = ticked[0]
        reasons = [*(replace(r, decided=False) for r in reasons), replace(ticked[1], decided=True)]
    outside = tuple(c.site for c in state.complaints if c.site and isinstance(c.outside, OutsideScope))
    if outside and light is Light.GREEN:
        light = Light.CANNOT_SAY
        reasons.append(_own_reason("DAY-R03", Weight.CAUTION, (Fact("site", outside[0]),), knowledge, True))
    elif light is Light.CANNOT_SAY:
        last = None if state.last_checkin is None else (on - state.last_checkin).days
        reasons.append(_own_reason("DAY-R02", Weight.CAUTION, (Fact("days_since", last, "days"),), knowledge, True))
    guarded = is_guarded(light, any(c.plan_active for c in profile.conditions))
    found, limits = load_of_day(
        history, on, knowledge, profile, checkins, case.told, guarded=guarded, week_start=case.week_start,
        daily=plans is not None and plans.daily, kept=None if memo is None else memo.kept,
    )  # fmt: skip
    if memo is not None:
        memo.load = (case, guarded, limits)
    if light is Light.YELLOW:
        limits = on_yellow(limits, knowledge)
        if any(v is not None for v in (limits.longest_session_km, limits.week_total_km)):
            reasons.append(_own_reason("LOAD-R12", Weight.CAUTION, (), knowledge))
    care = care_of(state)
    hopped = ticked is not None and ticked[1].rule == "RTR-R09"  # a sign of bone stress: as with a flag
    allowed, left_out = activities(light, state, limits, restriction is not None or hopped)
    if weight is not None:
        allowed, left_out = _without(allowed, _IMPACT), _with(left_out, _IMPACT)
    day_caps = _numbers(limits, allowed, left_out)
    if plans is not None:
        allowed, left_out, closed = restrict(plans, allowed, left_out, knowledge)
        day_caps = cap_by_plans(day_caps, plans)
        reasons += [r for s in plans.states for r in (*s.stops, *s.reasons)]
        reasons += closed
    facts_now = with_fevers(case.plan, checkins, on) if plans is None else plans.life.facts
    back = recovering(facts_now, checkins, history, on, knowledge)
    if back is not None:
        steps_rule = plans is not None and plans.runs is not None and plans.runs.step is not None
        allowed, left_out, day_caps, why_back = absent.gently(
            back, case, day_caps, allowed, left_out, knowledge, by_steps=steps_rule
        )
        reasons.append(why_back)
    allowed = absent.at_hand(case, allowed)
    away, ran = absent.closing(facts_now, on), A.EASY_RUN in allowed
    if away is not None:
        allowed, left_out, why_away = absent.without(away, case, allowed, left_out, knowledge)
        reasons.append(why_away)
    if day_caps.longest_session_m is not None and day_caps.longest_session_m < ROUND_M and A.EASY_RUN in allowed:
        allowed, left_out = _without(allowed, RUNS), _with(left_out, RUNS)
    reasons += [*reasons_of(found), *limits.reasons]
    line = headline(light, state, care, allowed, day_caps, bool(len(history)), restriction is not None)
    if line in (Headline.AS_PLANNED, Headline.AS_PLANNED_CAPPED, Headline.REDUCED) and walk_and_run(limits):
        line = Headline.WALK_AND_RUN
    if light is Light.CANNOT_SAY and outside:
        line = Headline.OUTSIDE_SCOPE
    if plans is not None:
        line = plan_headline(line, plans)
    if back is not None:
        line = absent.gentle_headline(line)
        reasons = absent.decided(reasons, line, light)
    steps = next_steps(light, state, care, allowed, bool(len(history)), reasons)
    if weight is not None:
        line = Headline.NO_RUN_TODAY if line in (Headline.REST_DAY, Headline.WEEK_FULL) else line
        steps = tuple(dict.fromkeys((*(s for s in steps if s is not NextStep.CARRY_ON), NextStep.RECORD_CLEARANCE)))
    if away is not None:
        line = absent.headline(line, away, ran)
        steps, reasons = absent.steps(steps, line, away), absent.decided(reasons, line, light)
    silent = line is Headline.EMERGENCY
    return Weighed(
        plans=plans,
        light=light,
        provisional=state.provisional and light is state.light,
        line=line,
        care=care,
        allowed=() if silent else allowed,
        left_out=() if silent else left_out,
        caps=day_caps if A.EASY_RUN in allowed and not silent else DayCaps(),
        steps=steps,
        places=_places(state, ticked),
        reasons=_ordered(reasons),
        missing=state.missing,
        outside=outside,
    )


def _places(state: LightState, ticked: tuple[Light, Reason, PlanStart] | None) -> tuple[PlaceLight, ...]:
    """Each place's light; no milder than what was ticked of it."""
    found = []
    for c in state.complaints:
        light, provisional = c.light, c.provisional
        if ticked is not None and same_complaint(c.site, c.side, ticked[2].site, ticked[2].side):
            light = worst(light, ticked[0])
            provisional = provisional and light is c.light
        found.append(PlaceLight(c.site, c.side, light, provisional, c.decided, c.sessions_left))
    return tuple(found)


def _of_the_day(state: LightState) -> list[Reason]:
    """The light's reasons. What decided a lighter complaint did not decide today; "nothing hurts" is silent then."""
    lighter = [c for c in state.complaints if c.light is not state.light]
    theirs = {id(r): c for c in lighter for r in c.reasons}
    kept = []
    for reason in state.reasons:
        complaint = theirs.get(id(reason))
        if complaint is None:
            kept.append(reason)
        elif complaint.site is not None:
            kept.append(replace(reason, decided=False))
    return kept


def care_of(state: LightState) -> Care:
    """The highest advice, with what the flags of that urgency say: who, which tests, what it may be."""
    if state.care is Urgency.SELF_CARE:
        return Care()
    top = [f for f in state.flags if _urgency_now(f) >= state.care]
    hours = [f.within_hours for f in top if f.within_hours is not None]
    return Care(
        state.care,
        min(hours, default=None),
        _unique(w for f in top for w in f.see),
        _unique(w for f in top for w in f.tests),
        _unique(f.suspect for f in top),
        _unique(f.rule for f in top),
        any(f.guardian for f in top),
    )


def _urgency_now(flag: FlagHit) -> Urgency:
    return min(flag.urgency, Urgency.URGENT) if flag.carried else flag.urgency


def activities(
    light: Light, state: LightState, limits: Caps, restricted: bool
) -> tuple[tuple[Activity, ...], tuple[Activity, ...]]:
    """(allowed, left out) of the day. Running is allowed on green and yellow only."""
    if light is Light.RED:
        flagged = restricted or bool(state.locks) or any(_urgency_now(f) >= Urgency.URGENT for f in state.flags)
        flagged = flagged or any(c.state is State.RED_FLAG for c in state.complaints)
        urgent_now = any(f.within_hours is not None and f.within_hours <= 24 for f in state.flags)
        gentle: tuple[Activity, ...] = () if urgent_now else (A.CROSS_TRAINING,) if flagged else _GENTLE
        return gentle, _without(_EVERYTHING, gentle)  # nothing stands in neither list
    if light is Light.CANNOT_SAY:
        return _GENTLE, (*RUNS, *_JUMPS)
    if light is Light.YELLOW:
        allowed: tuple[Activity, ...] = (A.EASY_RUN, A.STRENGTH, A.CROSS_TRAINING, A.WALKING, A.MOBILITY)
        out: tuple[Activity, ...] = _YELLOW_OUT
        if state.no_run_today or _is_stale(state):
            allowed, out = _without(allowed, RUNS), _with(out, (A.EASY_RUN,))
    else:
        allowed, out = _EVERYTHING, ()
    if walk_and_run(limits):
        allowed, out = _without(allowed, _NOT_WITH_WALKING), _with(out, _NOT_WITH_WALKING)
    for item in limits.leave_out:
        gone = _LEAVE[item.exposure]
        allowed, out = _without(allowed, gone), _with(out, gone)
    return allowed, out


def _is_stale(state: LightState) -> bool:
    """Nothing was said for so long that there would be no light, had the last word not been yellow (TL-R12)."""
    return "checkin" in state.missing


def walk_and_run(limits: Caps) -> bool:
    """After four weeks and more without a run the way back starts with walking breaks (LOAD-S22)."""
    return any(r.rule == "LOAD-S22" and r.fact("ladder") is True for r in limits.reasons)


def _numbers(limits: Caps, allowed: Sequence[Activity], left_out: Sequence[Activity]) -> DayCaps:
    """Caps in metres; in time only where no distance can be given. No run is longer than what is left of the week."""
    today, week, left = limits.today_km, limits.week_total_km, limits.week_left_km
    km, minutes = limits.longest_session_km, limits.longest_session_min
    if km is not None and km.rule != "LOAD-S22":  # walking and running is told by time
        minutes = None
    descent = limits.longest_descent_m
    if A.DOWNHILL in left_out:
        descent = None
    named = (("longest_session_m", today), ("longest_session_s", minutes), ("week_total_m", week),
             ("week_left_m", left), ("longest_descent_m", descent))  # fmt: skip
    return DayCaps(
        None if today is None else down_m(today.value * M_PER_KM),
        None if minutes is None else floor(minutes.value) * S_PER_MIN,
        None if week is None else down_m(week.value * M_PER_KM),
        None if left is None else down_m(left.value * M_PER_KM),
        None if descent is None else float(floor(descent.value)),
        tuple((name, limit.rule) for name, limit in named if limit is not None),
    )


def _own_reason(
    rule: str, weight: Weight, facts: tuple[Fact, ...], knowledge: Knowledge, decided: bool = False
) -> Reason:
    known = knowledge.rules[rule]
    return Reason(rule, weight, facts, known.sources, known.grade, decided)


def _ordered(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Each once; what decided first, then stops, cautions and information, otherwise as the engines gave them."""
    kept: list[Reason] = []
    places: dict[str, list[int]] = {}
    for reason in reasons:
        same_rule = places.get(reason.rule)
        if same_rule is None:
            places[reason.rule] = [len(kept)]
            kept.append(reason)
            continue
        at = next((n for n in same_rule if kept[n].facts == reason.facts), None)
        if at is None:
            same_rule.append(len(kept))
            kept.append(reason)
        elif reason.decided and not kept[at].decided:
            kept[at] = reason
    return tuple(sorted(kept, key=lambda r: (not r.decided, _WEIGHT_ORDER[r.weight])))


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _without(items: Sequence[Activity], gone: Sequence[Activity]) -> tuple[Activity, ...]:
    return tuple(i for i in items if i not in gone)


def _with(items: Sequence[Activity], more: Sequence[Activity]) -> tuple[Activity, ...]:
    return tuple(dict.fromkeys((*items, *more)))
