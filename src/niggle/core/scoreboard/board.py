"""The board of a day: the tests asked for, the calf gate, the limiter of the week, and what is to be tested next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from niggle.core.body import Side
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Measured, latest
from niggle.core.protocol import Better, CapacityTest, Phase
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.scoreboard.reasons import reason
from niggle.core.scoreboard.results import is_void, test_state
from niggle.core.scoreboard.types import Band, Limiter, Scoreboard, TestState

CALF_TESTS: Final = ("calf_raise", "calf_hold")
_NEVER_DUE: Final = frozenset({"score", "spm", "km"})  # entered or measured otherwise
_EPS: Final = 1e-9


def board(
    results: Sequence[Measured],
    on: date,
    side: Side | None,
    wanted: Sequence[str],
    knowledge: Knowledge,
    *,
    phase: Phase | None = None,
    red: bool = False,
    bone: bool = False,
    since: date | None = None,
    later: Collection[str] = (),
) -> Scoreboard:
    """wanted: ids of tests, most telling first. bone: a bone stress injury is suspected. Later results do not count.

    later: tests that are not asked for yet. since: results up to that day are shown and open nothing (after a red light
    everything is tested anew).
    """
    newest = latest(tuple(sorted(results, key=lambda r: r.on)), on)
    names = tuple(t for t in dict.fromkeys(wanted) if t in knowledge.tests)
    counted = {t: r for t, r in newest.items() if since is None or r.on > since}

    def state_of(name: str) -> TestState:
        test, result = knowledge.tests[name], newest.get(name)
        state = replace(test_state(result, test, on, side), before_red=result is not None and name not in counted)
        return _timed(state, test, knowledge, on, phase, red, bone, name in later)

    states = tuple(state_of(t) for t in names)
    gate = calf_gate(counted, on, knowledge)
    hops = counted.get("hop_distance")
    hop_state = None if hops is None else test_state(hops, knowledge.tests["hop_distance"], on, side)
    speed_blocked = hop_state.band is Band.BLOCK if hop_state is not None and hop_state.fresh else None
    limiter = _limiter(states, knowledge)
    due = tuple(s.test for s in states if s.next_on is not None and s.next_on <= on)
    reasons = _reasons(states, gate, speed_blocked, limiter, on, knowledge)
    return Scoreboard(on, states, limiter, gate, speed_blocked, due, reasons)


def due_tests(
    results: Sequence[Measured],
    on: date,
    wanted: Sequence[str],
    knowledge: Knowledge,
    *,
    phase: Phase | None = None,
    red: bool = False,
    bone: bool = False,
    since: date | None = None,
    later: Collection[str] = (),
) -> tuple[str, ...]:
    """`board(...).due` alone: what of `wanted` is to be tested today. since: results up to that day do not count."""
    if red:
        return ()
    every = _every(phase, knowledge)
    last: dict[str, date] = {}
    for r in results:
        if r.on <= on and (since is None or r.on > since) and (r.test not in last or r.on > last[r.test]):
            last[r.test] = r.on
    return tuple(
        t
        for t in dict.fromkeys(wanted)
        if (test := knowledge.tests.get(t)) is not None
        and test.unit not in _NEVER_DUE
        and t not in later
        and not (bone and test.impact)
        and _next_on(last.get(t), on, every) <= on
    )


def _every(phase: Phase | None, knowledge: Knowledge) -> timedelta:
    """Weekly in phases 1 and 2, every two weeks later."""
    every = knowledge.numbers("test_every_days")
    return timedelta(days=int(every[min(int(phase or Phase.SETTLE), len(every)) - 1]))


def calf_gate(newest: Mapping[str, Measured], on: date, knowledge: Knowledge) -> bool | None:
    """ASB-R02: 25 raises and a hold of 45 s on both sides, both fresh and without much pain; None: not known."""
    needed = (knowledge.number("calf_raise_min"), knowledge.number("iso_hold_min_s"))
    answers: list[bool | None] = []
    for name, least in zip(CALF_TESTS, needed, strict=True):
        result, test = newest.get(name), knowledge.tests[name]
        known = result is not None and (on - result.on).days <= test.stale_days and not is_void(result, test)
        if not known or result is None or result.left is None or result.right is None:
            answers.append(None)
        else:
            answers.append(min(result.left, result.right) >= least - _EPS)
    return False if False in answers else None if None in answers else True


def _timed(
    state: TestState,
    test: CapacityTest,
    knowledge: Knowledge,
    on: date,
    phase: Phase | None,
    red: bool,
    bone: bool,
    later: bool,
) -> TestState:
    """When it is to be done next; not on red (ASB-17), and not before its phase."""
    if test.unit in _NEVER_DUE:
        return state
    if bone and test.impact:
        return replace(state, not_now="bone")
    if red:
        return replace(state, not_now="red")
    if later:
        return state if state.on is not None else replace(state, not_now="phase")
    return replace(state, next_on=_next_on(None if state.before_red else state.on, on, _every(phase, knowledge)))


def _next_on(last: date | None, on: date, every: timedelta) -> date:
    """The day of the next test, today at the earliest. last: the day of its newest result."""
    return on if last is None else max(on, last + every)


def _shortfall(state: TestState, test: CapacityTest) -> tuple[float, str] | None:
    """The larger of what is missing to the target and to the other side, as shares."""
    if state.worse is None:
        return None
    missing = 0.0
    if test.better is Better.PAIN_FREE:
        missing = state.worse / 10
    elif test.target:
        ahead = state.worse - test.target if test.better is Better.LOWER else test.target - state.worse
        missing = max(0.0, ahead / test.target)
    gap = state.gap or 0.0
    if test.attention_gap is not None and gap < test.attention_gap - _EPS:
        gap = 0.0
    if max(gap, missing) <= 0:
        return None
    return (gap, "other_side") if gap > missing else (missing, "target")


def _limiter(states: Sequence[TestState], knowledge: Knowledge) -> Limiter | None:
    """ASB-R06. Only what counts today; of equal ones the first asked for."""
    best: tuple[float, str, TestState] | None = None
    for state in states:
        found = _shortfall(state, knowledge.tests[state.test]) if state.fresh else None
        if found is not None and (best is None or found[0] > best[0] + _EPS):
            best = (*found, state)
    if best is None:
        return None
    short, against, state = best
    facts = (
        Fact("test", state.test, None, state.on),
        Fact("side", None if state.worse_side is None else state.worse_side.value, None, state.on),
        Fact("shortfall", short, "ratio", state.on),
        Fact("against", against, None, state.on),
    )
    return Limiter(state.test, state.worse_side, short, against, reason(knowledge, "ASB-R06", Weight.INFO, *facts))


def _reasons(
    states: Sequence[TestState],
    gate: bool | None,
    speed_blocked: bool | None,
    limiter: Limiter | None,
    on: date,
    knowledge: Knowledge,
) -> tuple[Reason, ...]:
    found: list[Reason] = []
    for s in states:
        if s.gap is not None and s.band in (Band.ATTENTION, Band.BLOCK) and s.fresh:
            weight = Weight.CAUTION if s.band is Band.BLOCK else Weight.INFO
            found.append(reason(knowledge, "ASB-R01", weight, Fact("test", s.test, None, s.on),
                                Fact("gap", s.gap, "ratio", s.on), Fact("band", s.band.value, None, s.on),
                                Fact("side", s.worse_side.value if s.worse_side else None, None, s.on)))  # fmt: skip
        if s.test == "squat_control" and s.met is False and s.fresh:
            side = s.worse_side.value if s.worse_side else None
            found.append(reason(knowledge, "ASB-R03", Weight.CAUTION, Fact("side", side, None, s.on)))
        if s.stale:
            found.append(reason(knowledge, "ASB-R07", Weight.INFO, Fact("test", s.test, None, s.on),
                                Fact("age_days", s.age_days, "days", on)))  # fmt: skip
        if s.not_now in ("red", "bone"):
            found.append(reason(knowledge, "ASB-17", Weight.CAUTION, Fact("test", s.test, None, on),
                                Fact("because", s.not_now, None, on)))  # fmt: skip
    found.append(reason(knowledge, "ASB-R02", Weight.INFO, Fact("calf_gate", gate, None, on)))
    if speed_blocked:
        found.append(reason(knowledge, "ASB-R08", Weight.CAUTION, Fact("because", "hop_gap", None, on)))
    if limiter is not None:
        found.append(limiter.reason)
    return tuple(found)
