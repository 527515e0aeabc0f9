"""What a plan, and all open plans together, allow of running today: none, the ladder's step, easy minutes, or more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder import minutes_of
from niggle.core.plan import RunStatus
from niggle.core.protocol import Element, Phase, Running, RunWalk
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.rehab.book import Book
from niggle.core.rehab.half_start import by_halves, half_week_cap_m, halving
from niggle.core.rehab.types import WEIGHT_ONLY, PlanState
from niggle.core.scoreboard import reason
from niggle.core.values import value

E = Element
BLOCKED_BY: Final = {
    "long_run": E.LONG, "speed": E.SPEED, "hills": E.UPHILL, "downhill": E.DOWNHILL, "plyometrics": E.PLYOMETRICS,
    "strides": E.STRIDES, "trail": E.TRAIL,
}  # fmt: skip
_NO_RUN: Final = "easy_run"  # these stand on a phase's menu as words
_IN_A_ROW: Final = "two running days in a row"
_OF_WEEK: Final = frozenset({"RTR-R15", "RTR-R07"})
_ORDER: Final = (Running.NONE, Running.LADDER, Running.WINDOW, Running.EASY, Running.BUILD, Running.FULL)


@value(frozen=True, slots=True)
class RunsAllowed:
    """The most that the plans allow. mode NONE: no run. step: of the ladder, when mode is LADDER.

    minutes, metres: of one run at most; week_m: of any seven days; None: no limit from the plans. out: activities and
    words that stay out. not_before: no run before that day. alternate: a day between runs (block); warn: better with a
    day between.
    """

    mode: Running
    reasons: tuple[Reason, ...] = ()
    plan: str | None = None  # the plan that sets it
    ladder: str | None = None
    step: RunWalk | None = None
    minutes: float | None = None
    metres: float | None = None
    alternate: bool = False
    warn: bool = False
    not_before: date | None = None
    out: frozenset[str] = frozenset()
    surface: str | None = None
    reduced_left: int = 0
    week_m: float | None = None


def runs_allowed(state: PlanState, knowledge: Knowledge) -> RunsAllowed:
    """What one plan allows on the day of its state; the day's light and load may only take away from it."""
    book = Book.of(state.plan, knowledge)
    rule = book.phase(state.phase).running
    on = state.on

    def because(id_: str, weight: Weight, *facts: Fact) -> tuple[Reason, ...]:
        return (reason(knowledge, id_, weight, Fact("plan", state.plan.id, None, on), *facts),)

    if state.status is RunStatus.PAUSED:
        why = state.locked or ("red" if state.red else "stop" if state.stopped else None)
        why = why or (WEIGHT_ONLY if state.weight_only else "not_ready")
        if why == "not_ready" and rule.mode is Running.NONE:
            why = "phase"
        return RunsAllowed(Running.NONE, because("RTR-X09", Weight.STOP, Fact("because", why, None, on)),
                           state.plan.id, out=_off_menu(state, book))  # fmt: skip
    if state.status is RunStatus.LADDER and book.ladder is not None:
        step = book.ladder.steps[min(state.step, len(book.ladder.steps) - 1)]
        waits = because("RTR-R02", Weight.CAUTION, Fact("until", str(state.wait_until), None, on))
        whole = minutes_of(step, step.reps_high)[1]
        out = frozenset(n for n, e in BLOCKED_BY.items() if e is not step.add)
        return RunsAllowed(
            Running.NONE if step.walk_only else Running.LADDER,
            waits if state.wait_until is not None else
            because("RTR-R03", Weight.INFO, Fact("step", state.step + 1, "count", on)),
            state.plan.id, book.ladder.id, step, None if step.metres is not None else whole, step.metres,
            book.ladder.every_other_day, not book.ladder.every_other_day, state.wait_until, out, book.ladder.surface,
            state.reduced_left,
        )  # fmt: skip
    mode = Running.FULL if state.phase is Phase.DONE else rule.mode
    if mode is Running.LADDER:
        mode = Running.WINDOW  # no ladder for it, or the ladder is done
    if mode is Running.NONE or _NO_RUN in _off_menu(state, book):
        return RunsAllowed(
            Running.NONE, because("RTR-X09", Weight.STOP, Fact("because", "phase", None, on)), state.plan.id,
            out=_off_menu(state, book),
        )  # fmt: skip
    rule_off = _off_menu(state, book)
    week_m = half_week_cap_m(state, knowledge)
    if halving(state, knowledge):
        return RunsAllowed(
            Running.EASY,
            because("RTR-R15", Weight.INFO, Fact("week", week_m, "m", on)),
            state.plan.id, minutes=rule.minutes_high, alternate=True, not_before=state.wait_until,
            out=frozenset(BLOCKED_BY), surface=rule.surface, reduced_left=state.reduced_left, week_m=week_m,
        )  # fmt: skip
    reasons = because(
        "RTR-X09", Weight.INFO, Fact("because", "window" if mode is Running.WINDOW else mode.value, None, on)
    )
    if week_m is not None:
        reasons = (*reasons, *because("RTR-R07", Weight.INFO, Fact("week", week_m, "m", on)))
    if settling(state, knowledge) and book.ladder is not None:
        step = [s for s in book.ladder.steps if s.add is None][-1]
        return RunsAllowed(
            Running.EASY,
            because("RTR-X09", Weight.INFO, Fact("because", "last_step", None, on)),
            state.plan.id, None, None, None if step.metres is not None else minutes_of(step)[1], step.metres, True,
            out=frozenset(BLOCKED_BY), surface=book.ladder.surface, reduced_left=state.reduced_left,
        )  # fmt: skip
    return RunsAllowed(
        mode,
        reasons,
        state.plan.id,
        minutes=rule.minutes_high if state.phase is not Phase.DONE else None,
        alternate=state.phase is not Phase.DONE and (rule.alternate_days or _IN_A_ROW in rule_off),
        out=_out(state, book, mode),
        surface=rule.surface,
        reduced_left=state.reduced_left,
        week_m=week_m,
    )


def settling(state: PlanState, knowledge: Knowledge) -> bool:
    """The ladder was done a few days ago: its last step is kept until a whole week of it can be built on."""
    if state.ladder_done is None or state.status is not RunStatus.BUILDING:
        return False
    if by_halves(state):
        return False  # there was no ladder, and no last step to keep
    return (state.on - state.ladder_done).days < knowledge.number("ladder_settle_days")


def _off_menu(state: PlanState, book: Book) -> frozenset[str]:
    if state.phase is Phase.DONE:
        return frozenset()
    off = frozenset(book.phase(state.phase).off_menu)
    return off | {"heavy_strength"} if state.phase is Phase.SETTLE else off  # no plan lifts anything heavy in it


def _out(state: PlanState, book: Book, mode: Running) -> frozenset[str]:
    """What stays out: the phase's own list, and what has not been added back yet."""
    out = set(_off_menu(state, book))
    going = state.status is RunStatus.CONTINUING and state.phase is not Phase.DONE  # BUILDING by tomorrow, if not now
    if state.status is RunStatus.BUILDING or going or mode in (Running.WINDOW, Running.EASY):
        have = {o.element for o in state.opened}
        to_come = [e for e in book.protocol.add_back if e not in have]
        if mode in (Running.WINDOW, Running.EASY) and state.status is RunStatus.CONTINUING:
            to_come = [e for e in to_come if e not in (E.LONG, E.DISTANCE)]  # she never stopped: the phase's list rules
        out |= {name for name, element in BLOCKED_BY.items() if element in to_come}
    if mode in (Running.WINDOW, Running.EASY) and book.phase(state.phase).running.minutes_high is not None:
        out.add("long_run")  # runs of so many minutes have no long one among them
    if "trails" in out:
        out.add("trail")
    return frozenset(out)


def together(allowed: Sequence[RunsAllowed], knowledge: Knowledge, on: date) -> RunsAllowed | None:
    """Several plans at once: of each limit the stricter one counts (PLAN-R08). None without a plan."""
    if not allowed:
        return None
    if len(allowed) == 1:
        return allowed[0]
    least = min(allowed, key=lambda a: (_ORDER.index(a.mode), a.minutes if a.minutes is not None else 1e9))
    note = reason(knowledge, "PLAN-R08", Weight.INFO, Fact("plan", least.plan, None, on),
                  Fact("of", len(allowed), "count", on))  # fmt: skip
    weeks = [(a.week_m, a) for a in allowed if a.week_m is not None]
    week = min(weeks, key=lambda w: w[0], default=None)
    also = () if week is None or week[1] is least else tuple(r for r in week[1].reasons if r.rule in _OF_WEEK)
    return RunsAllowed(
        least.mode,
        (*least.reasons, *also, note),
        least.plan,
        least.ladder,
        least.step,
        min((a.minutes for a in allowed if a.minutes is not None), default=None),
        min((a.metres for a in allowed if a.metres is not None), default=None),
        any(a.alternate for a in allowed),
        any(a.warn for a in allowed),
        max((a.not_before for a in allowed if a.not_before is not None), default=None),
        frozenset().union(*(a.out for a in allowed)),
        least.surface or next((a.surface for a in allowed if a.surface), None),
        max(a.reduced_left for a in allowed),
        None if week is None else week[0],
    )
