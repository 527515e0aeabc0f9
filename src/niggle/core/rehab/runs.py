"""Running in a plan: when it stops and starts again, how a session on the ladder counts, what comes back later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from niggle.core.ladder import Judged, Opened, Verdict, element_gate, is_ready, judge, next_element, used
from niggle.core.plan import RunStatus
from niggle.core.protocol import Element, Ladder, Phase, Running, RunWalk
from niggle.core.reasons import Fact, Weight
from niggle.core.rehab.draft import Draft
from niggle.core.rehab.half_start import against_half_start, begin_half, halving, why_half
from niggle.core.rehab.types import WEIGHT_ONLY, MoveKind

_BACK: Final = frozenset({Running.BUILD, Running.FULL})


def count_session(d: Draft) -> None:
    """Yesterday's session, if she was on the ladder. On that day itself its morning after is not known yet."""
    ladder = d.book.ladder
    if d.status is not RunStatus.LADDER or ladder is None or d.index == 0 or d.status_since >= d.on:
        return
    step = ladder.steps[d.step]
    if step.walk_only:
        if d.facts.get("walk_30_min") == 0:
            why = d.reason("RTR-R03", Weight.INFO, Fact("step", d.step + 1, "count", d.on),
                           Fact("verdict", Verdict.DONE.value, None, d.on))  # fmt: skip
            _forward(d, ladder, Judged(Verdict.DONE, why))
        return
    knowledge, first = d.book.knowledge, not d.first_run_done
    judged = judge(ladder, d.step, d.days, d.index - 1, knowledge, yellows=d.step_yellows, first=first)
    if judged is None:
        return
    verdict = judged.verdict
    d.reduced_left = max(0, d.reduced_left - 1)
    shown = str(d.step + 1)
    match verdict:
        case Verdict.DONE:
            d.first_run_done, d.step_yellows = True, 0
            d.successes += 1
            _forward(d, ladder, judged)
        case Verdict.QUIET_ACHE:
            # the step is repeated until it was quiet as often as it has to be (RTR-R03)
            d.first_run_done, d.step_yellows, d.successes = True, 0, 0
            d.move(MoveKind.STEP_REPEAT, shown, shown, judged.reason)
        case Verdict.REPEAT:
            d.first_run_done = True
            d.step_yellows, d.successes = d.step_yellows + 1, 0
            d.reduced_left = int(d.number("reduced_sessions"))
            d.move(MoveKind.STEP_REPEAT, shown, shown, judged.reason)
        case Verdict.BACK:
            d.step, d.successes, d.step_yellows = max(0, d.step - 1), 0, 0
            d.reduced_left = int(d.number("reduced_sessions"))
            d.move(MoveKind.STEP_BACK, shown, str(d.step + 1), judged.reason)
        case Verdict.WAIT:
            d.wait_until = d.on + timedelta(days=_wait_days(d))
            d.successes = 0
            d.move(MoveKind.STEP_REPEAT, shown, shown, judged.reason)
        case Verdict.LOCKED:
            d.step, d.successes, d.step_yellows = 0, 0, 0
        case _:
            d.move(MoveKind.STEP_UNCOUNTED, shown, shown, judged.reason)


def _wait_days(d: Draft) -> int:
    return round(d.number("first_run_wait_h") / 24)


def _forward(d: Draft, ladder: Ladder, judged: Judged) -> None:
    """The next step, once this one counted often enough. The ladder also ends before a step whose element is shut."""
    if not ladder.steps[d.step].walk_only and d.successes < ladder.times_each:
        return
    was = d.step
    last = was + 1 >= len(ladder.steps) or not _may_add(d, ladder.steps[was + 1])
    d.successes, d.step_since = 0, d.on
    if last:
        # what the ladder would add beyond easy running waits for its own gate among the elements
        d.step = len(ladder.steps)
        d.ladder_done = d.on
        d.move(MoveKind.LADDER_DONE, str(was + 1), None, judged.reason)
        d.set_status(RunStatus.BUILDING, MoveKind.RESUME, judged.reason)
        return
    d.step = was + 1
    d.move(MoveKind.STEP_FORWARD, str(was + 1), str(d.step + 1), judged.reason)
    add = ladder.steps[d.step].add
    if add is not None and all(o.element is not add for o in d.opened):
        d.opened = (*d.opened, Opened(add, d.on))


def _may_add(d: Draft, step: RunWalk) -> bool:
    if step.add is None or any(o.element is step.add for o in d.opened):
        return True
    return _gate_of(d, step.add)


def _gate_of(d: Draft, element: Element) -> bool:
    book = d.book
    return element_gate(
        element, d.opened, book.protocol, book.phase(d.phase), d.facts, d.on, d.plan.site, book.knowledge
    ).open


def work_running(d: Draft) -> None:
    """Whether running goes on, stops, begins by the ladder, or builds up again (RTR-X09)."""
    mode = d.book.phase(d.phase).running.mode
    barred = d.locked or ("red" if d.red else None) or ("stop" if d.stopped else None)
    barred = barred or (WEIGHT_ONLY if d.weight_only else None)
    if barred is None and mode is Running.NONE:
        barred = "phase"
    if barred is None and d.status is RunStatus.CONTINUING and mode is Running.LADDER and d.book.ladder is not None:
        barred = "ladder_first"
    if barred is not None:
        why = d.reason("RTR-X09", Weight.STOP, Fact("because", barred, None, d.on))
        d.set_status(RunStatus.PAUSED, MoveKind.PAUSE, why)
        return
    _wait(d)
    if d.status is RunStatus.PAUSED and d.on > d.status_since:
        _restart(d)
    elif d.status is RunStatus.CONTINUING and mode in _BACK:
        why = d.reason("RTR-X09", Weight.INFO, Fact("because", "phase", None, d.on))
        d.set_status(RunStatus.BUILDING, MoveKind.RESUME, why)


def _wait(d: Draft) -> None:
    """RTR-R02: after a first run that was felt the next day, until it is gone and two days more."""
    if d.wait_until is None:
        return
    mark = d.row.mark
    if mark is not None and mark.word and mark.score:
        d.wait_until = d.on + timedelta(days=_wait_days(d))
    elif d.on >= d.wait_until:
        last = d.facts.last_mark()
        if last is not None and last.score == 0:
            d.wait_until = None


def _restart(d: Draft) -> None:
    """RTR-R01: the whole list true, and the last word about the place is fresh and green."""
    facts = d.morning
    last = facts.last_mark()
    if last is None or (d.on - last.on).days >= d.number("word_fresh_days") or not last.green:
        return
    if not is_ready(d.book.readiness, facts):
        return
    ladder = d.book.ladder
    why = d.reason("RTR-R01", Weight.INFO, Fact("ladder", None if ladder is None else ladder.id, None, d.on))
    if d.plan.half_start and d.ladder_done is None:
        against = against_half_start(d)
        if against is None:
            begin_half(d)
            d.set_status(RunStatus.BUILDING, MoveKind.RESUME, why_half(d))
            return
        why = why_half(d, Weight.CAUTION, against) if ladder is not None else why
    if ladder is not None and d.ladder_done is None:
        d.step_since = d.on
        d.set_status(RunStatus.LADDER, MoveKind.LADDER_START, why)
        return
    build = d.book.phase(d.phase).running.mode in _BACK or d.ladder_done is not None
    d.set_status(RunStatus.BUILDING if build else RunStatus.CONTINUING, MoveKind.RESUME, why)


def open_elements(d: Draft) -> None:
    """One new element a week, in the order of the condition, once what it needs is there."""
    if d.status not in (RunStatus.BUILDING, RunStatus.FULL) or d.red or d.locked is not None:
        return
    if halving(d, d.book.knowledge):
        return
    if d.index > 0 and any(o.used_on is None for o in d.opened):
        before = d.days.rows[d.index - 1]
        if before.run is not None:
            d.opened = tuple(
                replace(o, used_on=before.on) if o.used_on is None and used(o, before) else o for o in d.opened
            )
    book = d.book
    if d.on == d.status_since or len(d.opened) == len(book.protocol.add_back):
        return
    found = next_element(d.opened, book.protocol, book.phase(d.phase), d.morning, d.on, d.plan.site, book.knowledge)
    if found is None:
        if d.phase >= Phase.SHARPEN:
            why = d.reason("RTR-X04", Weight.INFO, Fact("element", None, None, d.on))
            d.set_status(RunStatus.FULL, MoveKind.FULL, why)
        return
    if found.open:
        d.opened = (*d.opened, Opened(found.element, d.on))
        why = d.reason("RTR-X04", Weight.INFO, Fact("element", found.element.value, None, d.on))
        d.move(MoveKind.ELEMENT_BACK, None, found.element.value, why)
