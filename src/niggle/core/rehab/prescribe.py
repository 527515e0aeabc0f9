"""The exercises of a phase at today's dose: with what she has at hand, without what another complaint forbids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from niggle.core.body import Side, TissueClass
from niggle.core.exercise import Exercise, Sides, Weight
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Away, PlanFacts
from niggle.core.profile import Clearance, Profile
from niggle.core.protocol import Item, Phase
from niggle.core.reasons import Fact, Reason
from niggle.core.reasons import Weight as ReasonWeight
from niggle.core.red_flags.known import covers
from niggle.core.rehab.book import Book, pain_max
from niggle.core.rehab.dosing import dose_at
from niggle.core.rehab.types import LeftOutItem, Life, OutBecause, PlanState, Prescribed, Prescription
from niggle.core.scoreboard import reason

_ALWAYS: Final = frozenset({"wall", "chair", "towel", "pillow", "bottle", "hill"})  # there is one everywhere
_AT_HOME: Final = _ALWAYS | {"step", "stairs", "backpack", "stick", "mat", "bench", "small_ball", "marbles"}
_GYM: Final = frozenset(
    {"bench", "mat", "dumbbell", "barbell", "machine", "cable", "roman_chair", "band", "mini_band", "roller", "ball",
     "wobble_board", "bike", "treadmill", "elliptical", "rower", "step", "stick"}
)  # fmt: skip
_GIVES: Final = {"stairs": "step", "band": "mini_band"}  # a long band is tied to a loop
_MOST_GIVEN: Final = 1024


@dataclass(frozen=True, slots=True)
class Complaint:
    """A condition that is open today and may forbid an exercise. phase None: she has no plan for it."""

    condition: str
    tissue_class: TissueClass | None
    phase: Phase | None
    cleared: Clearance | None  # the clinician's word that holds for its place

    def allows(self, exercise: Exercise) -> bool:
        """Whether that word allows the exercise: one for weight and training allows no landing."""
        return self.cleared is not None and (self.cleared.for_running or not exercise.impact)


def equipment_at(facts: PlanFacts, on: date) -> frozenset[str] | None:
    """What is at hand; None where she never said, then nothing is held against an exercise."""
    away = facts.away(on)
    if away is not None and away.equipment is not None and away.kind is not Away.ILLNESS:
        given = frozenset(away.equipment)
        return _ALWAYS | given | {_GIVES[e] for e in given if e in _GIVES}
    availability = facts.availability
    if not availability.equipment and not availability.windows and availability.gym_visits is None:
        return None
    gym = bool(availability.gym_visits) or any(w.gym for w in availability.windows)
    if not availability.equipment and gym:
        return None
    given = frozenset(availability.equipment)
    return _AT_HOME | given | {_GIVES[e] for e in given if e in _GIVES} | (_GYM if gym else frozenset())


def day_for_week(life: Life, start: date) -> date:
    """The day whose things at hand a week's sessions are made for: of the days still to come on which she trains, the
    first of those that are alike the most. A week in which she is well on Thursday is not empty because she is ill now.
    """
    week = [start + timedelta(days=n) for n in range(7)]
    days = [day for day in week if day >= life.on] or [life.on]
    away = [life.facts.away(day) for day in days]
    there = [day for day, a in zip(days, away, strict=True) if a is None or a.kind is Away.TRAVEL]
    if not there or not any(away):
        return days[0]
    at_hand = {day: equipment_at(life.facts, day) for day in there}
    alike = Counter(at_hand.values())
    return max(there, key=lambda day: alike[at_hand[day]])


def open_complaints(states: Sequence[PlanState], life: Life, knowledge: Knowledge) -> tuple[Complaint, ...]:
    """The conditions of open plans and those that somebody named, as far as exercises are concerned."""
    found = [
        Complaint(s.condition, _tissue(s.condition, knowledge), s.phase,
                  _cleared(life.profile, s.plan.site, s.plan.side, s.plan.hurts_since, life.on))
        for s in states
    ]  # fmt: skip
    planned = {(s.condition, s.plan.side) for s in states}
    for known in life.profile.conditions:
        open_ = (known.since is None or known.since <= life.on) and (known.until is None or known.until >= life.on)
        if open_ and (known.slug, known.side) not in planned:
            site = known.site
            cleared = None if site is None else _cleared(life.profile, site, known.side, known.since, life.on)
            found.append(Complaint(known.slug, _tissue(known.slug, knowledge), None, cleared))
    return tuple(found)


def _tissue(condition: str, knowledge: Knowledge) -> TissueClass | None:
    known = knowledge.conditions.get(condition)
    return None if known is None else known.tissue_class


def _cleared(profile: Profile, site: str, side: Side | None, since: date | None, on: date) -> Clearance | None:
    if not profile.clearances:
        return None
    words = sorted((c for c in profile.clearances if c.on <= on and covers(c, site, side)), key=lambda c: c.on)
    if not words or words[-1].restricts:
        return None
    word = words[-1]
    holds = (word.until is None or word.until >= on) and (since is None or word.on >= since)
    return word if holds else None


def forbidden(exercise: Exercise, complaints: Sequence[Complaint]) -> tuple[str, str] | None:
    """(condition, why) of the first complaint that forbids the exercise now; without a known phase every phase does."""
    for c in complaints:
        for contra in exercise.contraindications:
            if contra.condition is not None:
                if contra.condition != c.condition:
                    continue
            elif contra.tissue_class is None or contra.tissue_class is not c.tissue_class:
                continue
            if contra.phases and c.phase is not None and int(min(c.phase, Phase.SHARPEN)) not in contra.phases:
                continue
            if contra.until_cleared and c.allows(exercise):
                continue
            return c.condition, contra.because
        if exercise.impact and c.cleared is not None and c.cleared.weight_only:
            return c.condition, "weight and training are cleared here, landings are not yet"
    return None


def prescribe(
    state: PlanState, life: Life, knowledge: Knowledge, others: Sequence[PlanState] = (), at: date | None = None
) -> Prescription:
    """What the plan's phase holds today. others: every open plan's state, this one's included or not.

    at: for a week to come, the day of it whose absence and equipment count (`day_for_week`); the plan stands as today.
    """
    book = Book.of(state.plan, knowledge)
    states = [state, *(s for s in others if s.plan.id != state.plan.id)]
    complaints = open_complaints(states, life, knowledge)
    at_hand = equipment_at(life.facts, at or life.on)
    away = life.facts.away(at or life.on)
    ill = away is not None and away.kind is Away.ILLNESS
    given: list[Prescribed] = []
    left: list[LeftOutItem] = []
    for item, trial in _items(book, state):
        found = _one(book, state, item, trial, complaints, at_hand, life.on, ill)
        if isinstance(found, Prescribed):
            given.append(found)
        else:
            left.append(found)
    return Prescription(tuple(given), tuple(left))


def _items(book: Book, state: PlanState) -> list[tuple[Item, bool]]:
    items = [(i, False) for i in book.items(state.phase)]
    if state.trial and state.phase < Phase.SHARPEN:
        here = {i.id for i, _ in items}
        items += [(i, True) for i in book.items(Phase(state.phase + 1)) if i.trial and i.id not in here]
    return items


def _one(
    book: Book,
    state: PlanState,
    item: Item,
    trial: bool,
    complaints: Sequence[Complaint],
    at_hand: frozenset[str] | None,
    on: date,
    ill: bool,
) -> Prescribed | LeftOutItem:
    knowledge = book.knowledge

    def out(because: OutBecause, what: str, rule: str, *facts: Fact) -> LeftOutItem:
        why: Reason = reason(knowledge, rule, ReasonWeight.CAUTION, Fact("item", item.id, None, on),
                             Fact("exercise", item.exercise, None, on), *facts)  # fmt: skip
        return LeftOutItem(state.plan.id, item.id, item.exercise, because, what, why)

    if ill:
        return out(OutBecause.AWAY, "illness", "PLAN-R06")
    if item.only_if is not None and state.conditional.get(item.id) is not True:
        names = " ".join(item.only_if.names)
        return out(OutBecause.ONLY_IF, names, "SP-R01", Fact("unless", names, None, on))
    wanted = knowledge.exercises[item.exercise]
    contra = forbidden(wanted, complaints)
    if contra is not None:
        return out(OutBecause.CONTRAINDICATED, contra[0], "PLAN-R04", Fact("condition", contra[0], None, on))
    exercise, stand_in = with_equipment(wanted, at_hand, complaints, knowledge)
    if exercise is None:
        missing = " ".join(e for e in wanted.equipment if at_hand is not None and e not in at_hand)
        return out(OutBecause.EQUIPMENT, missing, "PLAN-R12", Fact("equipment", missing, None, on))
    level = state.items[item.id].level if not trial and item.id in state.items else 0
    key = (state.plan.id, state.plan.side, state.phase, item.id, trial, level, exercise.id, stand_in)
    if key not in book.given:
        if len(book.given) >= _MOST_GIVEN:
            book.given.clear()
        book.given[key] = _written(book, state, item, trial, level, exercise, stand_in)
    return book.given[key]


def _written(
    book: Book, state: PlanState, item: Item, trial: bool, level: int, exercise: Exercise, stand_in: str | None
) -> Prescribed:
    dose = dose_at(item.dose, level)
    effort = dose.weight in (Weight.EFFORT, Weight.MODERATE)
    return Prescribed(
        state.plan.id,
        item.id,
        exercise.id,
        item.group,
        dose,
        item.why,
        item.dose.per_week_low,
        item.dose.per_week_high,
        state.plan.side if dose.sides is Sides.SORE else None,
        pain_max(book, state.phase, exercise),
        item.essential,
        trial,
        state.phase is Phase.DONE,
        item.exercise if exercise.id != item.exercise else None,
        stand_in,
        exercise.heavy and dose.weight is Weight.EFFORT,
        exercise.heavy_calf and effort,
        exercise.impact,
    )


def with_equipment(
    wanted: Exercise, at_hand: frozenset[str] | None, complaints: Sequence[Complaint], knowledge: Knowledge
) -> tuple[Exercise | None, str | None]:
    """The exercise itself, its stand-in with what is at hand, or (None, None). Words of a household stand-in second."""
    if at_hand is None or all(e in at_hand for e in wanted.equipment):
        return wanted, None
    words: list[str] = []
    for thing in wanted.equipment:
        if thing in at_hand:
            continue
        instead = wanted.instead.get(thing)
        if instead is None:
            return _neighbour(wanted, at_hand, complaints, knowledge), None
        other = knowledge.exercises.get(instead)
        if other is None:
            words.append(instead)
        elif all(e in at_hand for e in other.equipment) and forbidden(other, complaints) is None:
            return other, None
        else:
            return _neighbour(wanted, at_hand, complaints, knowledge), None
    return wanted, "; ".join(words)


def _neighbour(
    wanted: Exercise, at_hand: frozenset[str], complaints: Sequence[Complaint], knowledge: Knowledge
) -> Exercise | None:
    """An easier relative that needs nothing she lacks and loads the same tissue; a harder one is never put instead."""
    for name in wanted.easier:
        other = knowledge.exercises.get(name)
        if other is None or not all(e in at_hand for e in other.equipment):
            continue
        if (not wanted.load or set(other.load) & set(wanted.load)) and forbidden(other, complaints) is None:
            return other
    return None
