"""What the coach looks at, gathered from the day's case: form, fuel, sleep, mood, expectations, routines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from niggle.core import coach
from niggle.core.body import TissueClass
from niggle.core.case import Case
from niggle.core.coach import FormFacts, FuelFacts, OwnCadence
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.protocol import Element, Phase
from niggle.core.rehab import Book, Life, MoveKind, PlanState, cross_modes, open_complaints
from niggle.core.spikes import Spike, find
from niggle.core.today.asked import life_of
from niggle.core.today.types import Activity, Decision
from niggle.core.traffic_light import marks_of

_SHOE_DAYS: Final = 42
_ENERGY: Final = "relative-energy-deficiency-in-sport"
_UP: Final = frozenset({MoveKind.DOSE_UP})
_DOWN: Final = frozenset({MoveKind.DOSE_DOWN})


@dataclass(frozen=True, slots=True)
class Coached:
    """Everything of the coach on a day. cross: None without an open plan."""

    on: date
    cadence: coach.CadenceCue
    dial: coach.FootDial
    fuel: coach.Fuel
    sleep: coach.Sleep
    mood: coach.Mood
    expectations: tuple[coach.Expectation, ...]
    progress: tuple[coach.Progress, ...]
    cross: coach.CrossMenu | None
    prevention: coach.RoutineOf
    warm_up: coach.RoutineOf
    strength: coach.RoutineOf
    hide_comparisons: bool


def coach_of(
    case: Case,
    states: Sequence[PlanState],
    decision: Decision,
    knowledge: Knowledge,
    cadence: OwnCadence | None = None,
    start_spm: float | None = None,
) -> Coached:
    """The coach's word on the case's day. states: of the open plans (today.plans_of).

    cadence: her usual step rate on easy runs, from her recordings; without it the newest count that she gave.
    start_spm: the same before she began the cue, where it is known.
    """
    life = life_of(case, knowledge)
    form = form_facts(case, states, decision, life, knowledge, cadence, start_spm)
    complaints = open_complaints(states, life, knowledge)
    closed = _closed(states, decision)
    open_, runs = bool(states), decision.may_run
    routines = {
        name: coach.routine_of(name, complaints, knowledge, plan_open=open_, closed=closed, may_run=runs)
        for name in (coach.PREVENTION, coach.WARM_UP, coach.STRENGTH)
    }
    return Coached(
        case.on,
        coach.cadence_cue(form, knowledge),
        coach.foot_dial(form, knowledge),
        coach.fuel(fuel_facts(case, states, knowledge), knowledge),
        coach.sleep(life.checkins, case.profile.sleep_h, case.on, knowledge),
        coach.mood(case.plan.answers, life.checkins, case.on, knowledge),
        tuple(coach.expectation(s.plan, case.on, knowledge) for s in states),
        tuple(_progress(s, life, knowledge) for s in states),
        _cross(states, life, knowledge) if states else None,
        routines[coach.PREVENTION],
        routines[coach.WARM_UP],
        routines[coach.STRENGTH],
        coach.hide_comparisons(open_),
    )


def form_facts(
    case: Case,
    states: Sequence[PlanState],
    decision: Decision,
    life: Life,
    knowledge: Knowledge,
    cadence: OwnCadence | None = None,
    start_spm: float | None = None,
) -> FormFacts:
    on = case.on
    sites = [
        *(s.plan.site for s in states),
        *(p.site for p in decision.places if p.site is not None and p.light is not Light.GREEN),
    ]
    cue = case.plan.answer("cadence_cue", on)
    dial = case.plan.answer("landing_dial", on)
    began = since_yes(case, "cadence_cue") if cue is not None and cue.value is True else None
    turned = since_yes(case, "landing_dial") if dial is not None and dial.value is True else None
    return FormFacts(
        on,
        decision.light,
        decision.may_run,
        tuple(dict.fromkeys(sites)),
        tuple(s.condition for s in states if s.phase is not Phase.DONE),
        tuple(s.condition for s in states if s.phase is Phase.DONE),
        cadence or told_cadence(case),
        start_spm if start_spm is not None else _told_before(case, began),
        began,
        _said(case, "overstride"),
        _said(case, "heel_strike"),
        _said(case, "forefoot_strike"),
        _drop(case),
        _new_this_week(case, life, knowledge),
        turned,
    )


def _said(case: Case, key: str) -> bool | None:
    answer = case.plan.answer(key, case.on)
    return answer.value if answer is not None and isinstance(answer.value, bool) else None


def since_yes(case: Case, key: str) -> date | None:
    """The first of the yeses in a row that lead up to today."""
    since: date | None = None
    for answer in reversed([a for a in case.plan.answers if a.key == key and a.on <= case.on]):
        if answer.value is not True:
            break
        since = answer.on
    return since


def told_cadence(case: Case, until: date | None = None) -> OwnCadence | None:
    """The newest count of steps that she gave as a test."""
    last = until or case.on
    counts = [t for t in case.plan.tests if t.test == "cadence" and t.on <= last and t.value is not None]
    if not counts:
        return None
    newest = max(counts, key=lambda t: t.on)
    assert newest.value is not None
    return OwnCadence(newest.value, newest=newest.on, told=True)


def _told_before(case: Case, began: date | None) -> float | None:
    told = None if began is None else told_cadence(case, began)
    return None if told is None else told.spm


def _drop(case: Case) -> float | None:
    """Drop of the shoe of most runs of the last six weeks."""
    h = case.history.until(case.on).since(case.on - timedelta(days=_SHOE_DAYS))
    worn = Counter(shoe for shoe, run in zip(h.shoe, h.is_run.tolist(), strict=True) if run and shoe is not None)
    if not worn:
        return None
    most = worn.most_common(1)[0][0]
    return next((s.drop_mm for s in h.shoes if s.id == most), None)


def _new_this_week(case: Case, life: Life, knowledge: Knowledge) -> bool:
    """Anything that counts as new in the last seven days: distance, speed, hills, shoes (LOAD-R03)."""
    found = find(life.history, case.on, knowledge, case.profile, life.checkins, case.told, week_start=case.week_start)
    return any(isinstance(f, Spike) and f.stressor for f in found)


def fuel_facts(case: Case, states: Sequence[PlanState], knowledge: Knowledge) -> FuelFacts:
    profile = case.profile
    periods = case.plan.answer("periods_missed", case.on)
    number = periods.value if periods is not None and isinstance(periods.value, int | float) else None
    asks = profile.sex != "male" and profile.after_menopause is not True
    named = {c.slug for c in profile.conditions if c.until is None or c.until >= case.on} | {
        s.condition for s in states
    }
    return FuelFacts(
        asks,
        None if number is None else float(number),
        profile.missed_periods,
        _said(case, "weight_drop"),
        profile.low_bmi,
        profile.under_eating,
        profile.prior_bone_injury,
        any(knowledge.protocols[s.condition].tissue_class is TissueClass.BONE for s in states),
        _ENERGY in named,
    )


def _progress(state: PlanState, life: Life, knowledge: Knowledge) -> coach.Progress:
    first = life.on - timedelta(days=14)
    book = Book.of(state.plan, knowledge)
    marks = marks_of(life.checkins, life.on, life.profile, life.sessions, knowledge, book.sites, state.side, first,
                     own=state.plan.site)  # fmt: skip
    kinds = {m.kind for m in state.moves if m.on > first}
    return coach.progress(state.plan.id, marks, bool(kinds & _UP), bool(kinds & _DOWN), life.on, knowledge)


def _cross(states: Sequence[PlanState], life: Life, knowledge: Knowledge) -> coach.CrossMenu:
    bone = any(
        knowledge.protocols[s.condition].tissue_class is TissueClass.BONE and s.locked is not None for s in states
    )
    return coach.cross_menu(cross_modes(states, life, knowledge), bone, knowledge)


def _closed(states: Sequence[PlanState], decision: Decision) -> tuple[str, ...]:
    """Exercises of the routines that are running by another name, where the day or a plan keeps it closed."""
    opened = {o.element for s in states for o in s.opened}
    strides = bool(states) and Element.STRIDES not in opened and any(s.phase < Phase.SHARPEN for s in states)
    out = []
    if strides or Activity.SPEED not in decision.allowed:
        out.append("strides")
    if any(s.locked is not None for s in states):
        out.append("single-leg-balance")  # what is locked is not stood on alone
    return tuple(out)
