"""How one session on the ladder counts, once its morning after is there (RTR-R02 to R06, R09, R10)."""

from __future__ import annotations

from typing import Final

from niggle.core.gates import DayFacts, Days
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder.session import minutes_of
from niggle.core.ladder.types import Judged, Verdict
from niggle.core.outcomes import Light
from niggle.core.protocol import BONE, Ladder, RunWalk
from niggle.core.reasons import Fact, Weight
from niggle.core.scoreboard import reason

_OUTER_KNEE: Final = "itb"  # this ladder's sessions end at the first ache
_SLACK_MIN: Final = 2.0  # a watch stopped late is no other session


def judge(
    ladder: Ladder,
    step: int,
    days: Days,
    index: int,
    knowledge: Knowledge,
    *,
    yellows: int = 0,
    first: bool = False,
) -> Judged | None:
    """The session of the day `index`, looked at from a later day; None if there was none.

    yellows: yellow sessions in a row before this one. first: nothing has been run since she stopped.
    """
    row = days.rows[index]
    if not row.session:
        return None
    plan = ladder.steps[min(step, len(ladder.steps) - 1)]
    verdict, rule = _verdict(ladder, plan, days, index, knowledge, yellows, first)
    mark = row.mark
    facts = (
        Fact("ladder", ladder.id, None, row.on),
        Fact("step", step + 1, "count", row.on),
        Fact("verdict", verdict.value, None, row.on),
        Fact("light", None if mark is None else mark.light.value, None, row.on),
        Fact("final", mark is not None and mark.final, None, row.on),
        Fact("run_pain", None if mark is None else mark.run_pain, "0-10", row.on),
        Fact("next_day_worse", None if mark is None else mark.next_day_worse, None, row.on),
    )
    return Judged(verdict, reason(knowledge, rule, _WEIGHT[verdict], *facts))


_WEIGHT: Final = {
    Verdict.DONE: Weight.INFO, Verdict.QUIET_ACHE: Weight.INFO, Verdict.NOT_FINAL: Weight.INFO,
    Verdict.TOO_SHORT: Weight.INFO, Verdict.TOO_SOON: Weight.CAUTION, Verdict.TOO_MUCH: Weight.CAUTION,
    Verdict.REPEAT: Weight.CAUTION, Verdict.WAIT: Weight.CAUTION, Verdict.BACK: Weight.CAUTION,
    Verdict.LOCKED: Weight.STOP,
}  # fmt: skip


def _verdict(
    ladder: Ladder, step: RunWalk, days: Days, index: int, knowledge: Knowledge, yellows: int, first: bool
) -> tuple[Verdict, str]:
    row, mark = days.rows[index], days.rows[index].mark
    if mark is None or not mark.word:
        return Verdict.NOT_FINAL, "RTR-R03"
    pain = mark.run_pain if mark.run_pain is not None else (mark.score or 0.0)
    if ladder.id == BONE and mark.sharp:
        return Verdict.LOCKED, "RTR-R09"
    if mark.light is Light.RED or mark.state.light is Light.RED:
        return (Verdict.LOCKED if mark.flagged or mark.locked else Verdict.BACK), "RTR-R05"
    ache_at_knee = ladder.id == _OUTER_KNEE and (mark.run_pain or 0.0) > 0
    too_sore = pain > ladder.ache_allowed
    if mark.light is Light.YELLOW or ache_at_knee or too_sore:
        if yellows:
            return Verdict.BACK, "RTR-R05"
        return Verdict.REPEAT, "RTR-R10" if ache_at_knee else "RTR-R04"
    if first and (mark.next_day_worse or felt_next_morning(days, index)):
        return Verdict.WAIT, "RTR-R02"
    if mark.next_day_worse:
        return Verdict.REPEAT, "RTR-R04"
    if mark.light is not Light.GREEN or not mark.final:
        return Verdict.NOT_FINAL, "RTR-R03"
    if ladder.every_other_day and index > 0 and days.rows[index - 1].session:
        return Verdict.TOO_SOON, "RTR-R06"
    if pain > 0 and ladder.repeat_on_ache:
        return Verdict.QUIET_ACHE, "RTR-R03"
    return _length(row, step, knowledge), "RTR-R03"


def felt_next_morning(days: Days, index: int) -> bool:
    """The morning after was sorer than the last known one before it: after a first run any new discomfort counts."""
    mark = days.rows[index].mark
    if mark is None or not mark.morning:
        return False
    for row in reversed(days.rows[max(0, index - 7) : index]):
        if row.mark is not None and row.mark.morning is not None:
            return mark.morning > row.mark.morning
    return True


def _length(row: DayFacts, step: RunWalk, knowledge: Knowledge) -> Verdict:
    """Whether it was about the step. What the log does not tell counts as the step."""
    run = row.run
    if run is None:
        return Verdict.DONE
    short, much = knowledge.number("ladder_short_share"), knowledge.number("ladder_much_share")
    if step.metres is not None and run.metres is not None:
        done, low, high = run.metres, step.metres, step.metres
    elif run.run_minutes is not None and step.run_min is not None:
        done, low = run.run_minutes, minutes_of(step)[0]
        high = minutes_of(step, step.reps_high)[0]
    elif run.minutes is not None and not (step.metres is not None and step.minutes is None):
        done, low, high = run.minutes, minutes_of(step)[1], minutes_of(step, step.reps_high)[1]
    else:
        return Verdict.DONE
    if done < short * low:
        return Verdict.TOO_SHORT
    return Verdict.TOO_MUCH if done > much * high + _SLACK_MIN else Verdict.DONE
