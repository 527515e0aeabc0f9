"""The year around a race: which part of it today is, what to look at, when strength is built and when it shrinks.

Everything is counted back from the race that matters most. With a plan open the plan leads and the season waits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Importance, Measured, Race
from niggle.core.race import next_race
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.units import M_PER_KM

_WEEK: Final = 7
_MONTH_DAYS: Final = 30.4
# What the pre-season look takes in: calf endurance, ankle bend, balance, sway of the trunk.
SCREEN_TESTS: Final = ("calf_raise", "dorsiflexion", "balance", "trunk_sway")


class SeasonPhase(StrEnum):
    BASE = "base"  # more strength, mobility and technique than usual
    PRESEASON = "preseason"  # a look at the weak links, then the strength block
    CYCLE = "cycle"  # training for the race; strength is kept and turned into spring
    TAPER = "taper"  # strength shrinks
    RACE_WEEK = "race_week"
    RESET = "reset"  # after the race


class ScreenState(StrEnum):
    LATER = "later"
    NOW = "now"
    LATE = "late"  # the window is over, tests are still worth doing
    DONE = "done"
    NONE = "none"  # training for the race is under way: no screen any more


@dataclass(frozen=True, slots=True)
class SeasonStep:
    """Part of the year; first and last day. last None: open."""

    phase: SeasonPhase
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Screen:
    """The look at the weak links. due: ids of its tests without a result since it opened."""

    state: ScreenState
    opens: date
    closes: date
    due: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StrengthBlock:
    """Weeks of strength before the distance grows. weeks_left: whole weeks until training for the race begins.

    fits: at least the shorter block still fits. None of it in a cycle.
    """

    first: date
    last: date
    weeks_low: int
    weeks_high: int
    weeks_left: int
    fits: bool


@dataclass(frozen=True, slots=True)
class Season:
    """goal: the race it is built around. others: races on the way. plan_leads: rehab comes first, with its own tests
    and strength, so that there is no screen and no block.

    strength_cut: what the taper takes off the weekly strength (shares), None outside of it; one heavy session stays.
    """

    on: date
    phase: SeasonPhase
    goal: Race | None
    others: tuple[Race, ...]
    steps: tuple[SeasonStep, ...]
    screen: Screen | None
    block: StrengthBlock | None
    strength_cut: tuple[float, float] | None
    last_race: Race | None
    plan_leads: bool
    reasons: tuple[Reason, ...]


def season(
    races: Sequence[Race], tests: Sequence[Measured], on: date, knowledge: Knowledge, *, plan_open: bool = False
) -> Season:
    """The season on that day. Races that were dropped do not count; nothing later than `on` of the tests does."""
    goal = goal_race(races, on)
    past = _reset_after(races, on, knowledge)
    if goal is None:
        phase = SeasonPhase.RESET if past is not None else SeasonPhase.BASE
        only = SeasonStep(phase, on, None if past is None else _reset_end(past, knowledge))
        return Season(
            on, phase, None, (), (only,), None, None, None, past, plan_open, _reasons(phase, knowledge, None, on)
        )
    steps = season_steps(goal, on, knowledge)
    phase = steps[0].phase
    if past is not None and phase in (SeasonPhase.BASE, SeasonPhase.PRESEASON):
        phase = SeasonPhase.RESET  # between two cycles; a race soon after another leaves no room for it
        end = _reset_end(past, knowledge)
        rest = tuple(s if s.first > end else SeasonStep(s.phase, end + timedelta(days=1), s.last)
                     for s in steps if s.last is None or s.last > end)  # fmt: skip
        steps = (SeasonStep(phase, on, end), *rest)
    cycle = _cycle_start(goal, knowledge)
    screen = None if plan_open else _screen(cycle, tests, on, knowledge)
    block = None if screen is None else _block(cycle, screen, on, knowledge)
    low, high = knowledge.numbers("phase_strength_cut")
    cut = (low, high) if phase in (SeasonPhase.TAPER, SeasonPhase.RACE_WEEK) else None
    others = tuple(sorted((r for r in races if on <= r.on and not r.dropped and r.id != goal.id),
                          key=lambda r: (r.on, r.id)))  # fmt: skip
    return Season(
        on, phase, goal, others, steps, screen, block, cut, past, plan_open, _reasons(phase, knowledge, goal, on)
    )


def goal_race(races: Sequence[Race], on: date) -> Race | None:
    """The nearest race to come that means more than an ordinary one; else the nearest."""
    weighty = [r for r in races if r.importance is not Importance.ORDINARY]
    return next_race(weighty, on) or next_race(races, on)


def season_steps(goal: Race, on: date, knowledge: Knowledge) -> tuple[SeasonStep, ...]:
    """The parts from today to the reset after the race; today lies in the first."""
    cycle = _cycle_start(goal, knowledge)
    late_months = knowledge.numbers("preseason_screen_months")[1]
    marks = (
        (SeasonPhase.BASE, date.min),
        (SeasonPhase.PRESEASON, cycle - timedelta(days=round(late_months * _MONTH_DAYS))),
        (SeasonPhase.CYCLE, cycle),
        (SeasonPhase.TAPER, goal.on - timedelta(weeks=knowledge.number("season_taper_weeks"))),
        (SeasonPhase.RACE_WEEK, goal.on - timedelta(days=_WEEK - 1)),
        (SeasonPhase.RESET, goal.on + timedelta(days=1)),
    )
    found: list[SeasonStep] = []
    for (phase, first), (_, after) in pairwise(marks):
        last = after - timedelta(days=1)
        if last >= on:
            found.append(SeasonStep(phase, max(first, on), last))
    found.append(SeasonStep(SeasonPhase.RESET, goal.on + timedelta(days=1), _reset_end(goal, knowledge)))
    return tuple(found)


def _long(race: Race, knowledge: Knowledge) -> int:
    """Index into the pairs of shorter and longer races."""
    return 1 if race.distance_m > knowledge.number("season_long_race_km") * M_PER_KM else 0


def _cycle_start(goal: Race, knowledge: Knowledge) -> date:
    return goal.on - timedelta(weeks=knowledge.numbers("season_cycle_weeks")[_long(goal, knowledge)])


def _reset_end(race: Race, knowledge: Knowledge) -> date:
    return race.on + timedelta(days=knowledge.numbers("season_reset_days")[_long(race, knowledge)])


def _reset_after(races: Sequence[Race], on: date, knowledge: Knowledge) -> Race | None:
    """The race that she is getting over."""
    over = [r for r in races if not r.dropped and r.on < on <= _reset_end(r, knowledge)]
    return max(over, key=lambda r: (r.on, r.id), default=None)


def _screen(cycle: date, tests: Sequence[Measured], on: date, knowledge: Knowledge) -> Screen:
    early, late = (
        timedelta(days=round(m * _MONTH_DAYS)) for m in reversed(knowledge.numbers("preseason_screen_months"))
    )
    opens, closes = cycle - early, cycle - late
    newest: Mapping[str, date] = {}
    newest = {t.test: t.on for t in sorted(tests, key=lambda t: t.on) if t.on <= on}
    wanted = tuple(t for t in SCREEN_TESTS if t in knowledge.tests)
    due = tuple(t for t in wanted if newest.get(t, date.min) < opens)
    if on < opens:
        state = ScreenState.LATER
    elif not due:
        state = ScreenState.DONE
    elif on <= closes:
        state = ScreenState.NOW
    elif on < cycle:
        state = ScreenState.LATE
    else:
        state = ScreenState.NONE
    return Screen(state, opens, closes, due if state in (ScreenState.NOW, ScreenState.LATE) else ())


def _block(cycle: date, screen: Screen, on: date, knowledge: Knowledge) -> StrengthBlock | None:
    if on >= cycle:
        return None
    low, high = (int(w) for w in knowledge.numbers("preseason_strength_weeks"))
    left = (cycle - on).days // _WEEK
    first = max(on, cycle - timedelta(weeks=high), screen.opens)
    return StrengthBlock(first, cycle - timedelta(days=1), low, high, left, left >= low)


def _reasons(phase: SeasonPhase, knowledge: Knowledge, goal: Race | None, on: date) -> tuple[Reason, ...]:
    rules = {
        SeasonPhase.BASE: ("SEA-R01",),
        SeasonPhase.PRESEASON: ("SEA-R01", "SEA-R02", "SEA-R03"),
        SeasonPhase.CYCLE: ("SEA-R01",),
        SeasonPhase.TAPER: ("SEA-R04",),
        SeasonPhase.RACE_WEEK: ("SEA-R04",),
        SeasonPhase.RESET: ("SEA-R05",),
    }[phase]
    facts = [Fact("phase", phase.value)]
    if goal is not None:
        facts.append(Fact("weeks", (goal.on - on).days // _WEEK, "weeks"))
    found = []
    for rule in rules:
        known = knowledge.rules[rule]
        found.append(Reason(rule, Weight.INFO, tuple(facts), known.sources, known.grade))
    return tuple(found)
