"""Races and breaks as the day's case tells them: the facts that the race rule and the fitness ranges look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Protocol

import numpy as np

from niggle.core.body import Side, TissueClass
from niggle.core.case import Case
from niggle.core.checkin import complaints
from niggle.core.fitness import CrossTraining
from niggle.core.history import SPORTS, Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import Race
from niggle.core.race import RaceAdvice, RaceFacts, advise, urgent
from niggle.core.red_flags.known import cleared_on
from niggle.core.rehab import HOP_HURT, SHARP_BONE, Life, PlanState
from niggle.core.season import Season, season
from niggle.core.session.types import Sport
from niggle.core.today.asked import life_of
from niggle.core.today.clinician import restriction_on, weight_only_on
from niggle.core.today.due import CROSS_SPORTS
from niggle.core.today.types import Care, PlaceLight
from niggle.core.traffic_light import DayMark, marks_of

_LEGS: Final = CROSS_SPORTS - {Sport.SWIM}  # what keeps the legs' endurance (science: leg-based cross-training)
_BEFORE_PLAN: Final = timedelta(days=56)  # a clearance may be so much older than a plan that names no first day
_BREAK_DAYS: Final = 7  # a shorter pause is no break
_BREAK_WITHIN_DAYS: Final = 180
_REGULAR_PER_WEEK: Final = 3.0


@dataclass(frozen=True, slots=True)
class Break:
    """The pause from running that counts: the present one, else the longest of the last half year.

    days: from the last run before it to the first after it (or today). cross, legs: sessions a week in it.
    """

    days: int
    last_run_on: date | None
    over_on: date | None  # the first run after it; None: it goes on
    cross_per_week: float
    legs_per_week: float

    @property
    def weeks(self) -> float:
        return self.days / 7

    @property
    def cross_training(self) -> CrossTraining:
        return CrossTraining.REGULAR if self.cross_per_week >= _REGULAR_PER_WEEK else CrossTraining.NONE


class Word(Protocol):
    """What the race rule needs of the day's word: of a Decision, or of what was weighed for it."""

    @property
    def light(self) -> Light: ...
    @property
    def provisional(self) -> bool: ...
    @property
    def care(self) -> Care: ...
    @property
    def places(self) -> tuple[PlaceLight, ...]: ...


def races_to_come(case: Case) -> tuple[Race, ...]:
    """Those she has not dropped, the nearest first."""
    return tuple(sorted((r for r in case.plan.races if r.on >= case.on and not r.dropped), key=lambda r: (r.on, r.id)))


def race_advice_of(
    case: Case, states: Sequence[PlanState], decision: Word, knowledge: Knowledge
) -> tuple[RaceAdvice, ...]:
    """Every race to come with what the race rule says of it today, the nearest first."""
    life = life_of(case, knowledge)
    return tuple(
        advise(race_facts_of(case, states, decision, race, knowledge, life), knowledge) for race in races_to_come(case)
    )


def race_facts_of(
    case: Case,
    states: Sequence[PlanState],
    decision: Word,
    race: Race,
    knowledge: Knowledge,
    life: Life | None = None,
) -> RaceFacts:
    """What the race rule looks at, from everything known on the case's day. What is not known stays None.

    states: of the open plans (today.plans_of). life: today.life_of, where it is at hand.
    """
    life = life or life_of(case, knowledge)
    marks = _all_marks(life, knowledge, case.on - timedelta(days=int(knowledge.number("race_run_days"))))
    bones = _bones(case, knowledge)
    first = _bone_first(states, knowledge)
    unrestricted = restriction_on(case.profile, case.on) is None and weight_only_on(case.profile, case.on) is None
    return RaceFacts(
        race,
        case.on,
        _light(decision, marks, (race.on - case.on).days > knowledge.number("race_week_days")),
        injured=_injured(case, states, decision),
        bone=bool(bones),
        tissue_class=None if first is None else knowledge.protocols[first.condition].tissue_class,
        red_flag=urgent([decision.care.urgency]) or any(s.locked in ("red_flag", SHARP_BONE, HOP_HURT) for s in states),
        cleared=bool(bones) and unrestricted and all(_cleared(case, *bone) for bone in bones),
        healed_percent=_healed(case, knowledge),
        pain_free_m=longest_pain_free_m(case, states, life, marks, knowledge),
        condition=None if first is None else first.condition,
    )  # fmt: skip


def longest_pain_free_m(
    case: Case, states: Sequence[PlanState], life: Life, marks: Sequence[DayMark], knowledge: Knowledge
) -> float | None:
    """The longest run of the last weeks with no pain at all and a final green (ASB-T19), in metres; None: none known.

    Runs from before the complaint, from before the last red day, and run-walk sessions do not speak for a race.
    """
    on = case.on
    since = on - timedelta(days=int(knowledge.number("race_run_days")) - 1)
    since = max([since, *(s.plan.hurts_since or s.plan.on for s in states)])
    since = max([since, *(m.on + timedelta(days=1) for m in marks if m.light is Light.RED)])
    quiet = {m.on for m in marks if m.light is Light.GREEN and m.final and _painless(m)}
    h = life.history
    runs = h.is_run
    lo = int(np.searchsorted(h.day, since.toordinal()))
    good = [
        float(h.distance_m[i])
        for i in range(lo, len(h))
        if runs[i] and not np.isnan(h.distance_m[i]) and Tag.RUN_WALK not in h.tags[i]
        and date.fromordinal(int(h.day[i])) in quiet
    ]  # fmt: skip
    return max(good, default=None)


def _painless(mark: DayMark) -> bool:
    told = [v for v in (mark.run_pain, mark.score) if v is not None]
    return bool(told) and max(told) == 0


def _all_marks(life: Life, knowledge: Knowledge, since: date) -> tuple[DayMark, ...]:
    sites = {site for site, _ in complaints(life.checkins) if site is not None}
    return marks_of(life.checkins, life.on, life.profile, life.sessions, knowledge, sites, None, since)


def _light(decision: Word, marks: Sequence[DayMark], far: bool) -> Light:
    """The final light. A green that waits for its morning is none; before race week the last final word counts."""
    if decision.light is not Light.GREEN or not decision.provisional:
        return decision.light
    last = next((m for m in reversed(marks) if m.final and m.word), None)
    if far and last is not None:
        return last.light
    return Light.CANNOT_SAY


def _injured(case: Case, states: Sequence[PlanState], decision: Word) -> bool:
    on = case.on
    named = any((c.since is None or c.since <= on) and (c.until is None or c.until >= on)
                for c in case.profile.conditions)  # fmt: skip
    return bool(states) or named or any(p.site is not None and p.light is not Light.GREEN for p in decision.places)


def _bones(case: Case, knowledge: Knowledge) -> list[tuple[str | None, Side | None, date]]:
    """(site, side, since) of every open bone injury, from plans and named conditions."""
    on = case.on
    found: list[tuple[str | None, Side | None, date]] = [
        (plan.site, plan.side, plan.hurts_since or plan.on - _BEFORE_PLAN)
        for plan in case.plan.open_plans(on)
        if _is_bone(plan.condition, knowledge)
    ]
    planned = {p.condition for p in case.plan.open_plans(on)}
    for known in case.profile.conditions:
        open_ = (known.since is None or known.since <= on) and (known.until is None or known.until >= on)
        if open_ and known.slug not in planned and _is_bone(known.slug, knowledge):
            found.append((known.site, known.side, known.since or on - timedelta(days=365)))
    return found


def _is_bone(condition: str, knowledge: Knowledge) -> bool:
    known, protocol = knowledge.conditions.get(condition), knowledge.protocols.get(condition)
    if known is not None and known.tissue_class is TissueClass.BONE:
        return True
    return protocol is not None and protocol.ladder == "bone"


def _cleared(case: Case, site: str | None, side: Side | None, since: date) -> bool:
    return cleared_on(case.profile, site, side, since, case.on, running=True) is not None


def _bone_first(states: Sequence[PlanState], knowledge: Knowledge) -> PlanState | None:
    """The plan that speaks for the race: a bone's before others, else the first."""
    return next((s for s in states if _is_bone(s.condition, knowledge)), states[0] if states else None)


def _healed(case: Case, knowledge: Knowledge) -> float | None:
    word = case.plan.answer("says_healed_percent", case.on)
    if word is None or (case.on - word.on).days > knowledge.number("race_word_days") or isinstance(word.value, str):
        return None
    return float(word.value)


def break_of(case: Case) -> Break | None:
    """The pause that fitness asks about; None: no run is known, or there was no break of a week and more."""
    h = case.history.until(case.on)
    days = sorted({int(d) for d in h.day[h.is_run].tolist()})
    if not days:
        return None
    today = case.on.toordinal()
    pauses = [(b - a, a, b) for a, b in pairwise(days) if b >= today - _BREAK_WITHIN_DAYS]
    if today - days[-1] >= _BREAK_DAYS:
        length, first, end = today - days[-1], days[-1], None
    else:
        length, first, end = max(pauses, default=(0, 0, 0))
    if length < _BREAK_DAYS:
        return None
    until = today if end is None else end
    inside = [SPORTS[int(s)] for s, d in zip(h.sport.tolist(), h.day.tolist(), strict=True) if first < d <= until]
    weeks = length / 7
    return Break(
        length,
        date.fromordinal(first),
        None if end is None else date.fromordinal(end),
        sum(s in CROSS_SPORTS for s in inside) / weeks,
        sum(s in _LEGS for s in inside) / weeks,
    )


def season_of(case: Case, knowledge: Knowledge) -> Season:
    """The season on the case's day."""
    open_ = bool(case.plan.open_plans(case.on))
    return season(case.plan.races, case.plan.tests, case.on, knowledge, plan_open=open_)
