"""Which tests of the open plans are asked for on a day, which wait, and the board that shows them."""

from __future__ import annotations

from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import RunStatus
from niggle.core.protocol import BONE, Phase, Running
from niggle.core.rehab import Book, PlanState
from niggle.core.scoreboard import Scoreboard, board, due_tests
from niggle.core.today.types import Activity

if TYPE_CHECKING:
    from niggle.core.today.plans import PlansOfDay

A = Activity
_WALK: Final = "walk_30"
_LIMP_DAYS: Final = 3
_NORMALLY: Final = ("says_walks_normally", "walks_normally")


def board_of_day(plans: PlansOfDay, knowledge: Knowledge, red: bool) -> Scoreboard:
    """The tests of all open plans; sides and lsi as of the first plan."""
    side = plans.states[0].side if len({s.side for s in plans.states}) == 1 else None
    phase, red, bone = _testing(plans, knowledge, red)
    return board(plans.life.facts.tests, plans.life.on, side, _tests_of(plans, knowledge), knowledge, phase=phase,
                 red=red, bone=bone, since=_last_red(plans), later=_later(plans, knowledge))  # fmt: skip


def tests_of_day(plans: PlansOfDay, knowledge: Knowledge, red: bool) -> tuple[str, ...]:
    """What of `board_of_day` is to be tested today; after red all of it again."""
    phase, red, bone = _testing(plans, knowledge, red)
    return due_tests(plans.life.facts.tests, plans.life.on, _tests_of(plans, knowledge), knowledge, phase=phase,
                     red=red, bone=bone, since=_last_red(plans), later=_later(plans, knowledge))  # fmt: skip


def _last_red(plans: PlansOfDay) -> date | None:
    """The last day on which any of their places was in red."""
    return max((s.red_on for s in plans.states if s.red_on is not None), default=None)


def _tests_of(plans: PlansOfDay, knowledge: Knowledge) -> list[str]:
    """The way back to running waits for tests too, also for those that no gate of the plan asks for."""
    wanted = [t for s in plans.states for t in knowledge.protocols[s.condition].tests]
    return wanted + [t for s in plans.states for t in plans.awaited[s.plan.id]]


def _later(plans: PlansOfDay, knowledge: Knowledge) -> frozenset[str]:
    """Tests that are not asked for yet: nobody tests a sore place for a number that opens nothing.

    While all settles only what a present gate or the first run waits for; with impact none sooner than that while jumps
    are off a menu. The brisk walk is for who does not run yet, and waits until she walks without a limp.
    """
    needed: set[str] = set()
    settles, jumps, walks = True, True, False
    for s in plans.states:
        if s.phase is Phase.DONE:
            settles = False
            continue
        book = Book.of(s.plan, knowledge)
        phase = book.phase(s.phase)
        settles = settles and s.phase is Phase.SETTLE
        jumps = jumps and A.PLYOMETRICS.value not in phase.off_menu
        needed |= book.gate_tests[s.phase]
        if s.phase is not Phase.SETTLE or phase.running.mode is not Running.NONE:  # else no run opens in it
            needed.update(plans.awaited[s.plan.id])
        walks = walks or s.status is RunStatus.PAUSED or walks_a_step(s, book)
    tests = knowledge.tests.values()
    later = {t.id for t in tests if settles or (t.impact and not jumps)} - needed
    if not (walks or _WALK in needed) or not _walks(plans, knowledge):
        later.add(_WALK)
    return frozenset(later)


def walks_a_step(state: PlanState, book: Book) -> bool:
    """On a ladder whose present step is the brisk walk itself; on the steps after it nobody asks for a walk again."""
    if state.status is not RunStatus.LADDER or book.ladder is None:
        return False
    return state.step < len(book.ladder.steps) and book.ladder.steps[state.step].walk_only


def _walks(plans: PlansOfDay, knowledge: Knowledge) -> bool:
    """Whether she walks without a limp, as far as she has said so: at the last word of these days; while all settles on
    two days, so not on the day after a tear; and with a bone by her answer whether she walks as always."""
    on, facts = plans.life.on, plans.life.facts
    words = list(takewhile(lambda c: (on - c.on).days <= _LIMP_DAYS, reversed(plans.life.checkins)))
    least = 2 if any(s.phase is Phase.SETTLE for s in plans.states) else 1
    if len({c.on for c in words}) < least:
        return False
    last = words[0].answers
    if any((last.limp, last.limp_walking, last.limp_first_steps)):
        return False
    bone = any(knowledge.protocols[s.condition].ladder == BONE for s in plans.states)
    said = next((a.value for a in reversed(facts.answers) if a.key in _NORMALLY and a.on <= on), None)
    return said is not False and (said is True or not bone)


def _testing(plans: PlansOfDay, knowledge: Knowledge, red: bool) -> tuple[Phase, bool, bool]:
    """(the least phase, whether anything is red, whether a bone is not known to bear hops yet)."""
    bone = any(
        knowledge.protocols[s.condition].ladder == BONE
        and (s.locked is not None or s.weight_only or s.phase is Phase.SETTLE)
        for s in plans.states
    )
    return min((s.phase for s in plans.states), default=Phase.SETTLE), red or any(s.red for s in plans.states), bone


def awaited(state: PlanState, knowledge: Knowledge) -> tuple[str, ...]:
    """Tests without which the first run does not open: those of every condition of readiness that is not met."""
    if state.readiness is None:
        return ()
    names = (f.name for item in state.readiness.items if item.truth is not True for f in item.facts)
    return tuple(t for name in names if (t := name.rpartition("_")[0]) in knowledge.tests)
