"""One day of a plan: locks, red, yesterday's session, doses, the gate, what comes back. Only from facts of that day and
before it; a session counts on the day after it, when its morning is known.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from niggle.core.gates import Days, first_held, is_open
from niggle.core.outcomes import Light
from niggle.core.plan import PlanStart, RunStatus
from niggle.core.protocol import BONE, Need, Phase
from niggle.core.reasons import Fact, Weight
from niggle.core.rehab.book import Book
from niggle.core.rehab.doses import enter_phase, work_doses
from niggle.core.rehab.draft import Draft
from niggle.core.rehab.half_start import work_half
from niggle.core.rehab.runs import count_session, open_elements, work_running
from niggle.core.rehab.types import HOP_HURT, SHARP_BONE, WEIGHT_ONLY, MoveKind, PlanState
from niggle.core.scoreboard import pain_in

LOCK_RULE: Final = {
    "red_flag": "RTR-R05", SHARP_BONE: "RTR-R09", HOP_HURT: "RTR-R09", "restriction": "DAY-R01",
}  # fmt: skip
_GATE_RULE = {Phase.SETTLE: "RP-G1", Phase.BUILD: "RP-G2", Phase.INTEGRATE: "RP-G3", Phase.SHARPEN: "RP-G4"}


def begin(plan: PlanStart, days: Days, book: Book) -> PlanState:
    """The plan on the morning of its first day: phase 1, and running as she says it is."""
    status = RunStatus.CONTINUING if plan.running else RunStatus.PAUSED
    ladder = None if book.ladder is None else book.ladder.id
    state = PlanState(plan, plan.on, Phase.SETTLE, plan.on, status, plan.on, ladder)
    draft = Draft(state, days, days.index(plan.on), book)
    enter_phase(draft)
    return draft.freeze()


def advance(state: PlanState, days: Days, index: int, book: Book) -> PlanState:
    """The state at the end of the day `index`, from the state of the day before. Later days are not looked at."""
    return day_of(state, days, index, book).freeze()


def day_of(state: PlanState, days: Days, index: int, book: Book) -> Draft:
    """The day `index` worked out, with its facts at hand for the account of it."""
    draft = Draft(state, days, index, book)
    _locks(draft)
    _red(draft)
    _rules(draft)
    count_session(draft)
    work_half(draft)
    work_running(draft)
    work_doses(draft)
    _gate(draft)
    open_elements(draft)
    return draft


def lock_of(d: Draft) -> str | None:
    """Why nothing runs whatever the phase says: the record's needs first, then signs, then a clinician's word."""
    need = d.book.need
    if need is Need.NO_PLAN:
        return "no_plan"
    row = d.row
    if need is Need.IMAGING_AND_CLEARANCE and d.facts.get("imaged") is not True:
        return "imaging"
    if need in (Need.CLEARANCE, Need.IMAGING_AND_CLEARANCE) and not row.cleared:
        return "clearance"
    last = d.facts.last_mark()
    if last is not None and last.locked:
        return "red_flag"
    if row.restricted:
        return "restriction"
    if d.locked in (SHARP_BONE, HOP_HURT) and not _cleared_since(d):
        return d.locked
    if sharp_bone(d):
        return SHARP_BONE
    return HOP_HURT if hop_hurt(d) else None


def sharp_bone(d: Draft) -> bool:
    """RTR-R09: sharp pain in a plan for bone that had to be cleared."""
    mark = d.row.mark
    return d.book.protocol.ladder == BONE and mark is not None and mark.sharp and bool(mark.score)


def hop_hurt(d: Draft) -> bool:
    """RTR-R09: a hop that hurt is a sign of bone stress; once hops are asked for, one above the ache that may be."""
    ladder = d.book.ladder
    if ladder is None or ladder.id != BONE or not d.row.tests:
        return False
    asked = d.row.cleared_to_run and d.phase >= Phase.BUILD
    limit = (ladder.ache_allowed or 0.0) if asked else 0.0
    known = d.book.knowledge.tests
    return any(
        (test := known.get(t.test)) is not None and test.impact and (pain_in(t, test) or 0.0) > limit
        for t in d.row.tests
    )


def _cleared_since(d: Draft) -> bool:
    cleared, locked = d.row.cleared_on, d.locked_since
    return cleared is not None and locked is not None and cleared > locked


def _locks(d: Draft) -> None:
    d.weight_only = d.row.weight_only
    lock = lock_of(d)
    if lock == d.locked:
        return
    rule = LOCK_RULE.get(lock or "", "PLAN-R02")
    why = d.reason(rule, Weight.STOP if lock else Weight.INFO, Fact("locked", lock, None, d.on),
                   Fact("was", d.locked, None, d.on))  # fmt: skip
    was, d.locked = d.locked, lock
    if lock is None:
        d.locked_since = None
        d.move(MoveKind.UNLOCK, was, None, why)
        return
    d.locked_since = d.on
    d.move(MoveKind.LOCK, was, lock, why)
    if lock in ("red_flag", SHARP_BONE, HOP_HURT):
        _to_the_start(d)


def _to_the_start(d: Draft) -> None:
    """Back to the first step: what the ladder reached no longer counts (TL-33)."""
    d.step, d.successes, d.step_yellows, d.ladder_done, d.opened = 0, 0, 0, None, ()
    d.first_run_done, d.wait_until = False, None


def _red(d: Draft) -> None:
    """RP-R03: red goes back to settling, and running stops; on the ladder one step back, else to its start."""
    last = d.facts.last_mark()
    red = last is not None and (last.state.light is Light.RED or (last.on == d.on and last.light is Light.RED))
    if red and not d.red:
        on = Fact("light", "red", None, d.on)
        if d.phase is not Phase.SETTLE:
            d.set_phase(Phase.SETTLE, MoveKind.PHASE_BACK, d.reason("RP-R03", Weight.STOP, on))
            enter_phase(d)
        if d.status is RunStatus.LADDER and d.locked is None:
            was = d.step
            d.step, d.successes, d.step_yellows = max(0, d.step - 1), 0, 0
            d.move(MoveKind.STEP_BACK, str(was + 1), str(d.step + 1), d.reason("RTR-R05", Weight.STOP, on))
        else:
            _to_the_start(d)
        d.opened = ()
        d.set_status(RunStatus.PAUSED, MoveKind.PAUSE, d.reason("RTR-X09", Weight.STOP, on))
    d.red = red
    if red:
        d.red_on = d.on


def _rules(d: Draft) -> None:
    """The condition's own rules: to stop and be seen, and to go a phase back."""
    protocol = d.book.protocol
    held = first_held(protocol.stop, d.facts)
    if held is not None and not d.stopped:
        why = d.reason("PLAN-R13", Weight.STOP, Fact("criterion", held.id, None, d.on))
        d.move(MoveKind.STOP, None, held.id, why)
    d.stopped = held is not None
    if d.phase in (Phase.SETTLE, Phase.DONE) or d.on == d.phase_since:
        return
    wait = timedelta(days=int(d.number("regress_window_days")))
    if d.regressed_on is not None and d.on - d.regressed_on < wait:
        return
    back = first_held(protocol.regress, d.facts)
    if back is not None:
        d.regressed_on = d.on
        why = d.reason("RP-R03", Weight.CAUTION, Fact("criterion", back.id, None, d.on))
        d.set_phase(Phase(d.phase - 1), MoveKind.PHASE_BACK, why)
        enter_phase(d)


Held = tuple[str, str | None]  # (rule, criterion or fact)


def holds(d: Draft) -> Held | None:
    """What keeps the phase though its gate may be open."""
    if d.locked is not None:
        return "PLAN-R02", d.locked
    if d.weight_only and d.phase >= Phase.BUILD:
        return "PLAN-R02", WEIGHT_ONLY  # springing and sharpening are impact
    if d.red or d.stopped:
        return "RP-R03", "red" if d.red else "stop"
    days = int(d.number("hold_yellow_days"))
    loud = any(m.light in (Light.YELLOW, Light.RED) for m in d.facts.marks(days))
    if loud or any(d.facts.ticked_red(row) for row in d.facts.window(days)):
        return "RP-R02", "yellow_7d"
    held = first_held(d.book.protocol.hold, d.facts)
    if held is not None:
        return "RP-R02", held.id
    last = d.facts.last_mark()
    if last is None or (d.on - last.on).days >= d.number("word_fresh_days") or not last.green:
        return "RP-R01", "no_green_word"
    for row in reversed(d.facts.window(14)):
        if row.on < d.plan.on:
            break  # a run from before the plan is none of its own
        if row.session:
            return None if row.final_green else ("RP-R01", "last_run_not_final")
    return None


def too_early(d: Draft) -> int:
    """Days that the grade still asks for in this phase; 0 where there is no grade with a number."""
    if d.book.grade is None or d.phase is Phase.DONE:
        return 0
    return max(0, d.book.grade.min_days[int(d.phase) - 1] - (d.on - d.phase_since).days)


def _gate(d: Draft) -> None:
    """RP-R01: all of the gate true on the same day, nothing that holds, the latest session in final green."""
    if d.phase is Phase.DONE or d.on <= d.phase_since or too_early(d) or holds(d) is not None:
        return
    if not is_open(d.book.phase(d.phase).gate, d.facts):
        return
    was = d.phase
    why = d.reason(_GATE_RULE[was], Weight.INFO, Fact("phase", int(was) + 1, None, d.on))
    d.set_phase(Phase(was + 1), MoveKind.PHASE_FORWARD, why)
    enter_phase(d)
    if was is Phase.SHARPEN and d.status in (RunStatus.BUILDING, RunStatus.CONTINUING):
        d.set_status(RunStatus.FULL, MoveKind.FULL, why)
