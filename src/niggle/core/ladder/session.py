"""A step of a ladder as a session: the stretches that a watch can follow, and how long it takes."""

from __future__ import annotations

from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder.types import RunStep, StepKind
from niggle.core.protocol import RunWalk
from niggle.core.units import S_PER_MIN

_WALK_BACK_S = 40.0  # from one stride to the next; heuristic, the guides only say "walk back"


def session_steps(step: RunWalk, knowledge: Knowledge, reps: int | None = None) -> tuple[RunStep, ...]:
    """The session of a step with the lower count of rounds, or `reps` of them."""
    if step.walk_only:
        return (RunStep(StepKind.WALK, None if step.minutes is None else step.minutes * S_PER_MIN, step.metres),)
    if step.run_min is not None and step.walk_min is not None:
        rounds = reps or step.reps_low or 1
        return (
            RunStep(StepKind.RUN, step.run_min * S_PER_MIN, repeat=rounds, block=1),
            RunStep(StepKind.WALK, step.walk_min * S_PER_MIN, repeat=rounds, block=1),
        )
    if step.percent_low is None:
        return (RunStep(StepKind.RUN, None if step.minutes is None else step.minutes * S_PER_MIN, step.metres),)
    strides = strides_of(knowledge, (step.percent_low, step.percent_high or step.percent_low))
    taken_s = sum((s.seconds or 0.0) * s.repeat for s in strides)
    easy_s = None if step.minutes is None else max(0.0, step.minutes * S_PER_MIN - taken_s)
    return (RunStep(StepKind.RUN, easy_s, step.metres), *strides)


def strides_of(knowledge: Knowledge, percent: tuple[int, int] | None = None) -> tuple[RunStep, ...]:
    """Four of twenty seconds, walking back (RTR-R11)."""
    rounds, seconds = int(knowledge.number("strides_reps")), knowledge.number("strides_s")
    return (
        RunStep(StepKind.STRIDE, seconds, percent=percent, repeat=rounds, block=1),
        RunStep(StepKind.WALK, _WALK_BACK_S, repeat=rounds, block=1),
    )


def minutes_of(step: RunWalk, reps: int | None = None) -> tuple[float, float]:
    """(minutes of running, minutes of the whole session). A distance counts at an easy pace (heuristic)."""
    running = step.run_minutes(reps)
    if step.run_min is not None and step.walk_min is not None:
        return running, running + step.walk_min * (reps or step.reps_low or 1)
    if step.walk_only:
        return 0.0, step.minutes or 0.0
    return running, running
