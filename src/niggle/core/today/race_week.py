"""Races in a week's calendar: placed on their date where the race rule lets them stand, named with why where not.

A race is a fixed thing: the week is built around it. What the race rule says on its own day decides whether it is run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from niggle.core.case import Case
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Away, ItemKind, Placed, WeekItem
from niggle.core.race import RaceAdvice, RaceVerdict, advise
from niggle.core.rehab import PlanState
from niggle.core.rehab.week_runs import pace_m_min
from niggle.core.today.asked import life_of
from niggle.core.today.plans import Memo
from niggle.core.today.racing import Word, race_facts_of, races_to_come
from niggle.core.today.tasks import Change, Task, race_item_id
from niggle.core.today.types import Decision
from niggle.core.week import Surroundings

K = ItemKind
START_MIN: Final = 9 * 60  # where nobody told the hour of the start (heuristic)
_LONGEST_MIN: Final = 14 * 60.0  # a race that takes longer still begins and ends on its day
_AFTER_DAYS: Final = 6  # a new stressor in so many days before a race would be the second in seven (RP-C12)
_REFUSED: Final = frozenset({RaceVerdict.NO, RaceVerdict.NOT_NOW})
_AS_TRAINING: Final = frozenset({RaceVerdict.CONDITIONS, RaceVerdict.BORDERLINE})
_GIVES_WAY: Final = (K.RUN_LONG, K.RUN_MEDIUM, K.RUN_EASY)


@dataclass(frozen=True, slots=True)
class RacesOfWeek:
    """placed: of this week, on their date. after: in the days after it, which the week's end has to look to.

    advice: what the race rule says today of each race of the week, the nearest first. away: races on days away.
    """

    placed: tuple[Placed, ...] = ()
    after: tuple[Placed, ...] = ()
    advice: tuple[RaceAdvice, ...] = ()
    away: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[RaceAdvice, ...]:
        """Those that the week does not hold, because the race rule says no or not now."""
        return tuple(a for a in self.advice if a.verdict in _REFUSED)

    def around(self, surroundings: Surroundings) -> Surroundings:
        """With what the week's rules need to know of races."""
        return replace(surroundings, after=self.after, no_race=frozenset(a.race.on for a in self.refused))


def races_of_week(
    case: Case, states: Sequence[PlanState], decision: Word, knowledge: Knowledge, start: date, memo: Memo | None = None
) -> RacesOfWeek:
    """The races of the seven days from `start` and of the days after them, as seen on the case's day."""
    last = start + timedelta(days=6)
    near = [r for r in races_to_come(case) if start <= r.on <= last + timedelta(days=_AFTER_DAYS)]
    if not near:
        return RacesOfWeek()
    life = life_of(case, knowledge, memo)
    hours = {(p.item.id, p.on): p.start_min for w in case.plan.weeks for p in w.placed if p.item.kind is K.RACE}
    pace = pace_m_min(life.history)
    placed: list[Placed] = []
    after: list[Placed] = []
    advice: list[RaceAdvice] = []
    away: list[str] = []
    for race in near:
        word = advise(race_facts_of(case, states, decision, race, knowledge, life), knowledge)
        minutes = min(_LONGEST_MIN, float(round(race.distance_m / pace)))
        item = WeekItem(race_item_id(race.id), K.RACE, minutes, race.distance_m, on=race.on,
                        plans=tuple(s.plan.id for s in states))  # fmt: skip
        absent = case.plan.away(race.on)
        shut = absent is not None and absent.kind in (Away.ILLNESS, Away.LIFE)
        if race.on <= last:
            advice.append(word)
            away += [race.id] if shut else []
        if word.verdict in _REFUSED or shut:
            continue
        (placed if race.on <= last else after).append(Placed(item, race.on, hours.get((item.id, race.on), START_MIN)))
    return RacesOfWeek(tuple(placed), tuple(after), tuple(advice), tuple(away))


def beside_races(items: Sequence[WeekItem], placed: Sequence[Placed]) -> tuple[WeekItem, ...]:
    """The week's items where a race stands among them: it takes the place of the longest run, and of strength one heavy
    session is kept (RP-C15)."""
    heavy = [i.id for i in items if i.heavy] if placed else []
    left = [i for i in items if i.id not in heavy[1:]]
    for _ in placed:
        run = next((i for kind in _GIVES_WAY for i in left if i.kind is kind), None)
        if run is not None:
            left.remove(run)
    return tuple(left)


def with_race_word(decision: Decision, case: Case, states: Sequence[PlanState], knowledge: Knowledge) -> Decision:
    """The decision of a race day: its race is a task only as far as the race rule lets it be one today."""
    races = {race_item_id(r.id): r for r in races_to_come(case) if r.on == case.on}

    def judged(task: Task) -> Task:
        race = races.get(task.id)
        if task.kind is not K.RACE or not task.allowed or task.done:
            return task
        if race is None:  # dropped since the calendar was made, or put there by hand
            return replace(task, allowed=False)
        word = advise(race_facts_of(case, states, decision, race, knowledge), knowledge)
        if word.verdict in _AS_TRAINING:
            return replace(task, changes=(*task.changes, Change.AS_TRAINING))
        if word.verdict is RaceVerdict.GO:
            return task
        return replace(task, allowed=False, because=word.reasons)

    tasks = tuple(judged(t) for t in decision.tasks)
    to_do = {t.id for t in tasks if t.allowed and not t.done}
    plan = tuple(
        p if p.nothing is not None or to_do.intersection(p.tasks) else replace(p, nothing="rest") for p in decision.plan
    )
    return replace(decision, tasks=tasks, plan=plan, no_task=decision.no_task if to_do else decision.no_task or "rest")
