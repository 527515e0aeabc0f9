"""Questions about plans beside the day's decision: where they stand, what they hold, the tests, the coming week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from niggle.core.case import Case
from niggle.core.checkin import fold
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import Away, Placed, WeekItem
from niggle.core.protocol import Running
from niggle.core.rehab import (
    Life,
    PlanState,
    Prescription,
    Volume,
    after_break,
    day_for_week,
    gentler,
    prescribe_all,
    surroundings,
    week_items,
    with_fevers,
)
from niggle.core.scoreboard import Scoreboard, board
from niggle.core.spikes import Caps, load_of_day
from niggle.core.today.log import log_of
from niggle.core.today.plans import Memo, PlansOfDay, plans_of_day, prescriptions_of
from niggle.core.today.testing import board_of_day, tests_of_day
from niggle.core.units import M_PER_KM
from niggle.core.week import Surroundings


def life_of(case: Case, knowledge: Knowledge, memo: Memo | None = None) -> Life:
    """What is known of the runner on the case's day, as plans look at it."""
    history, sessions = log_of(case, knowledge, memo)
    checkins = fold(case.entries, until=case.on, before=None if memo is None else memo.folded)
    facts = with_fevers(case.plan, checkins, case.on)
    return Life(case.on, checkins, history, sessions, case.profile, facts, case.week_start)


def _plans(case: Case, knowledge: Knowledge, memo: Memo | None) -> PlansOfDay | None:
    if memo is not None and memo.asked is not None and memo.asked[0] is case:
        return memo.asked[1]
    life = life_of(case, knowledge, memo)
    return plans_of_day(case, knowledge, life.checkins, life.history, life.sessions, memo)


def plans_of(case: Case, knowledge: Knowledge, memo: Memo | None = None) -> tuple[PlanState, ...]:
    """The open plans on the case's day, in the order in which they began."""
    plans = _plans(case, knowledge, memo)
    return () if plans is None else plans.states


def prescriptions(case: Case, knowledge: Knowledge, memo: Memo | None = None) -> tuple[Prescription, ...]:
    """The exercises of each open plan, in the same order; the day's light has not taken anything away."""
    plans = _plans(case, knowledge, memo)
    return () if plans is None else prescriptions_of(plans, knowledge)


def board_of(case: Case, knowledge: Knowledge, memo: Memo | None = None, light: Light | None = None) -> Scoreboard:
    """The scoreboard of all open plans; without a plan, of the tests that she has ever done."""
    plans = _plans(case, knowledge, memo)
    if plans is not None and plans.states:
        return board_of_day(plans, knowledge, light is Light.RED)
    wanted = tuple(dict.fromkeys(r.test for r in case.plan.tests if r.on <= case.on))
    return board(case.plan.tests, case.on, None, wanted, knowledge, red=light is Light.RED)


def volume_of(case: Case, knowledge: Knowledge, plans: PlansOfDay, memo: Memo | None = None) -> tuple[Volume, bool]:
    """(what load leaves for a week and for one run, whether a lighter week is due)."""
    caps = _caps_of(case, knowledge, plans, memo)
    week, longest = caps.week_total_km, caps.longest_session_km
    longest_m = None if longest is None else longest.value * M_PER_KM
    if longest is not None and longest_m is not None and longest.rule == "SCI-LONGEST":
        # a week planned ahead reaches beyond the seven days of the last step; on its day each run is capped again
        longest_m *= 1 + knowledge.number("long_run_jump")
    return (
        Volume(None if week is None else week.value * M_PER_KM, longest_m),
        week is not None and week.rule == "LOAD-R02",
    )


def _caps_of(case: Case, knowledge: Knowledge, plans: PlansOfDay, memo: Memo | None) -> Caps:
    if memo is not None and memo.load is not None and memo.load[0] is case and memo.load[1]:
        return memo.load[2]
    life = plans.life
    _, caps = load_of_day(
        life.history, case.on, knowledge, plans.profile, life.checkins, case.told, guarded=True,
        week_start=case.week_start, daily=plans.daily, kept=None if memo is None else memo.kept,
    )  # fmt: skip
    if memo is not None:
        memo.load = (case, True, caps)
    return caps


def walks_back(case: Case, knowledge: Knowledge, memo: Memo | None = None) -> bool:
    """After weeks without a run, whether walking and running is the way back, with or without a plan."""
    plans = _plans(case, knowledge, memo)
    return plans is not None and after_break(plans.runs)


def after_illness(
    case: Case, placed: Sequence[Placed], knowledge: Knowledge, memo: Memo | None = None
) -> tuple[Placed, ...]:
    """A calendar's runs, those of the first days after an illness no longer than half a usual run."""
    life = life_of(case, knowledge, memo)
    if not any(a.kind is Away.ILLNESS for a in life.facts.absences):
        return tuple(placed)
    return gentler(placed, life.facts, life.checkins, life.history, knowledge)


def week_items_of(case: Case, knowledge: Knowledge, start: date, memo: Memo | None = None) -> tuple[WeekItem, ...]:
    """What the seven days from `start` should hold for all open plans together; () without a plan or a long break."""
    plans = _plans(case, knowledge, memo)
    if plans is None:
        return ()
    volume, _ = volume_of(case, knowledge, plans, memo)
    tests = tests_of_day(plans, knowledge, any(s.red for s in plans.states))
    given = prescribe_all(plans.states, plans.life, knowledge, day_for_week(plans.life, start))
    return week_items(plans.states, plans.life, knowledge, start, volume, tests, given, plans.runs)


def surroundings_of(
    case: Case, knowledge: Knowledge, start: date, light: Light, memo: Memo | None = None
) -> Surroundings:
    """What the week's rules need to know beyond the week. light: of today's decision."""
    plans = _plans(case, knowledge, memo)
    if plans is None:
        return surroundings((), life_of(case, knowledge), knowledge, start, light)
    volume, cutback = volume_of(case, knowledge, plans, memo)
    kept = None if memo is None else memo.kept
    found = surroundings(plans.states, plans.life, knowledge, start, light, volume, cutback, kept, plans.runs)
    if plans.runs is not None and plans.runs.mode is Running.LADDER:
        # its steps rule instead (LOAD-R15), beside what another plan leaves of the week
        return replace(found, most_run_m=plans.runs.week_m, most_run_min=None)
    return found
