"""What the plans allow of running, and what weeks without a run leave of it, with or without a plan: walk and run.

The one place that says what a long break makes of a run. How long it was is the load engine's to say (LOAD-S22).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import floor
from typing import Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder import minutes_of
from niggle.core.plan import RunStatus
from niggle.core.protocol import Ladder, Running, RunWalk
from niggle.core.reasons import Fact, Weight
from niggle.core.rehab.illness import recovering
from niggle.core.rehab.running import BLOCKED_BY, RunsAllowed, runs_allowed, together
from niggle.core.rehab.types import Life, PlanState
from niggle.core.rehab.week_runs import pace_m_min
from niggle.core.scoreboard import reason
from niggle.core.spikes import Kept
from niggle.core.spikes.capacity import ALTERNATE_RUNS, Return, returning, walks_from
from niggle.core.spikes.view import View

BREAK: Final = "break"  # the ladder after weeks off
RULE: Final = "LOAD-S22"
_LEAST_MIN: Final = 8.0  # a session of walking and running is no shorter, however little a plan allows; heuristic


def allowed_on(
    states: Sequence[PlanState], life: Life, knowledge: Knowledge, kept: Kept | None = None
) -> RunsAllowed | None:
    """All open plans together on the day, and what a long break leaves of it. None: no plan, and no such break.

    kept: as for `load_of_day`.
    """
    runs = _a_step_lower(together([runs_allowed(s, knowledge) for s in states], knowledge, life.on), life, knowledge)
    back = long_break(life, knowledge, kept)
    return runs if back is None else _after(runs, states, back, life, knowledge)


def _a_step_lower(runs: RunsAllowed | None, life: Life, knowledge: Knowledge) -> RunsAllowed | None:
    """The first days after an illness: on a ladder the step before the present one, if that is not the first."""
    if runs is None or runs.mode is not Running.LADDER or runs.ladder is None or runs.step is None:
        return runs
    steps = knowledge.ladders[runs.ladder].steps
    at = next(n for n, s in enumerate(steps) if s.id == runs.step.id)
    if at == 0 or steps[at - 1].walk_only:
        return runs
    if recovering(life.facts, life.checkins, life.history, life.on, knowledge) is None:
        return runs
    step = steps[at - 1]
    minutes = None if step.metres is not None else minutes_of(step, step.reps_high)[1]
    return replace(runs, step=step, minutes=minutes, metres=step.metres)


def after_break(runs: RunsAllowed | None) -> bool:
    """Whether a long break, and no plan, says how she runs."""
    return runs is not None and any(r.rule == RULE for r in runs.reasons)


def long_break(life: Life, knowledge: Knowledge, kept: Kept | None = None) -> Return | None:
    """The break of weeks that she is in, or came out of within the last three weeks (break_ladder_days)."""
    over, longest, lasts = life.on, walks_from(knowledge), int(knowledge.number("break_ladder_days"))
    for day in (s.day for s in reversed(life.sessions)):
        if (over - day).days > longest:
            break
        if (life.on - day).days >= lasts:
            return None
        over = day
    else:
        return None
    back = returning(
        View.of(life.history, life.on, knowledge, life.profile, life.week_start, reports=life.checkins, kept=kept)
    )
    return back if back is not None and back.walks else None


def _after(
    runs: RunsAllowed | None, states: Sequence[PlanState], back: Return, life: Life, knowledge: Knowledge
) -> RunsAllowed | None:
    """Running that is closed stays closed, and a plan's ladder that began after the break is the way back from it."""
    if runs is not None and (runs.mode is Running.NONE or any(_began_after(s, back) for s in states)):
        return runs
    ladder, step = _session(states, back, knowledge)
    steps = [s for s in ladder.steps if s.run_min is not None]
    coming = [steps[min(back.sessions + n, len(steps) - 1)] for n in range(ALTERNATE_RUNS)]
    week_m = sum(minutes_of(s)[1] for s in coming) * pace_m_min(life.history)
    if runs is not None and runs.step is not None and runs.step.run_minutes() <= step.run_minutes():
        return replace(runs, alternate=True, warn=False)
    step = _within(step, None if runs is None else runs.minutes)
    why = reason(knowledge, RULE, Weight.INFO, Fact("days_off", back.days_off, "days"), Fact("done", None, "m"),
                 Fact("limit", back.week_m, "m"), Fact("old_week", back.old_week_m, "m"),
                 Fact("ladder", True))  # fmt: skip
    had = RunsAllowed(Running.LADDER) if runs is None else runs
    return replace(
        had, mode=Running.LADDER, reasons=(why, *had.reasons), ladder=ladder.id, step=step,
        minutes=minutes_of(step, step.reps_high)[1], metres=None, alternate=True, warn=False,
        out=had.out | frozenset(BLOCKED_BY), surface=had.surface or ladder.surface,
        week_m=min(x for x in (had.week_m, week_m) if x is not None),
    )  # fmt: skip


def _began_after(state: PlanState, back: Return) -> bool:
    if state.status is RunStatus.LADDER:
        return state.status_since > back.last
    return state.ladder_done is not None and state.ladder_done > back.last


def _session(states: Sequence[PlanState], back: Return, knowledge: Knowledge) -> tuple[Ladder, RunWalk]:
    """Today's session: as many steps up as she has run since the break. Where a plan's tissue has a gentler ladder of
    walking and running, that one."""
    ladders = [knowledge.ladders[BREAK]]
    ladders += [knowledge.ladders[s.ladder] for s in states if s.ladder is not None]
    found = []
    for ladder in ladders:
        steps = [s for s in ladder.steps if s.run_min is not None]
        if steps:
            found.append((ladder, steps[min(back.sessions, len(steps) - 1)]))
    return min(found, key=lambda f: f[1].run_minutes())


def _within(step: RunWalk, minutes: float | None) -> RunWalk:
    """Fewer rounds where a plan allows runs of fewer minutes only."""
    if minutes is None or step.run_min is None or step.walk_min is None or step.reps_low is None:
        return step
    round_min = step.run_min + step.walk_min
    most = max(floor(minutes / round_min), floor(_LEAST_MIN / round_min), 1)
    return step if step.reps_low <= most else replace(step, reps_low=most, reps_high=most)
