"""The first days after an illness: short and easy, as many as it lasted, a week at most; after a fever a day without.

No guide says how much; the numbers are niggle's own (PLAN-R17). What it did to the doses is doses.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import isfinite
from typing import Final

import numpy as np

from niggle.core.checkin import CheckIn
from niggle.core.history import History
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import RUN_KINDS, Absence, Away, ItemKind, Placed, PlanFacts
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.scoreboard import reason
from niggle.core.units import S_PER_MIN
from niggle.core.values import value

RULE: Final = "PLAN-R17"
_FEVER: Final = "fever"
_USUAL_DAYS: Final = 28  # before she fell ill: her usual run


@value(frozen=True, slots=True)
class Recovering:
    """days: of illness in a row. runs_from: the first day with a run; until: the last one that is short and easy.

    most_m, most_min: of one run; None where no run of the weeks before says.
    """

    days: int
    fever: bool
    runs_from: date
    until: date
    most_m: float | None
    most_min: float | None


FEVER_DAY: Final = "fever-"  # the id of a day of illness that only a check-in tells of


def with_fevers(facts: PlanFacts, checkins: Sequence[CheckIn], on: date) -> PlanFacts:
    """A fever told in a check-in makes its day one of illness, where she has not said so herself (PLAN-R06).

    It stands before a journey of that day. The same facts where no fever was told up to `on`.
    """
    told = {c.on for c in checkins if c.on <= on and (_FEVER, True) in c.answers.findings}
    if not told:
        return facts
    ill = [a for a in facts.absences if a.kind is Away.ILLNESS and not a.taken_back]
    own = sorted(day for day in told if not any(a.first <= day <= a.last for a in ill))
    days = (Absence(f"{FEVER_DAY}{day.isoformat()}", day, day, Away.ILLNESS) for day in own)
    return replace(facts, absences=(*days, *facts.absences)) if own else facts


def recovering(
    facts: PlanFacts, checkins: Sequence[CheckIn], history: History, on: date, knowledge: Knowledge
) -> Recovering | None:
    """On one of the first days after an illness; None on any other, and while she is ill. on: may be to come."""
    ill = [a for a in facts.absences if a.kind is Away.ILLNESS and not a.taken_back]
    if not ill or any(a.first <= on <= a.last for a in ill):
        return None
    last = max((a.last for a in ill if a.last < on), default=None)
    most = int(knowledge.number("illness_easy_days_max"))
    if last is None or (on - last).days > most + 1:
        return None
    first, spans = last, sorted(ill, key=lambda a: a.last, reverse=True)
    for a in spans:
        if a.first <= last and a.last >= first - timedelta(days=1):
            first = min(first, a.first)
    days = (last - first).days + 1
    fever = any(first <= c.on <= last and (_FEVER, True) in c.answers.findings for c in checkins)
    if not fever and days < knowledge.number("illness_easy_from_days"):
        return None
    free = int(knowledge.number("illness_fever_free_days")) if fever else 0
    until = last + timedelta(days=free + min(days, most))
    if on > until:
        return None
    share = knowledge.number("illness_easy_share")
    metres, seconds = _usual(history, first)
    return Recovering(
        days, fever, last + timedelta(days=free + 1), until,
        None if metres is None else share * metres, None if seconds is None else share * seconds / S_PER_MIN,
    )  # fmt: skip


def _usual(history: History, before: date) -> tuple[float | None, float | None]:
    """(metres, seconds) of her usual run in the weeks before that day."""
    lo, hi = np.searchsorted(history.day, [before.toordinal() - _USUAL_DAYS, before.toordinal()])
    runs = history.is_run[lo:hi]
    seconds = np.where(np.isfinite(history.moving_s[lo:hi]), history.moving_s[lo:hi], history.timer_s[lo:hi])[runs]
    return _mean(history.distance_m[lo:hi][runs].tolist()), _mean(seconds.tolist())


def _mean(values: Iterable[float]) -> float | None:
    known = [v for v in values if isfinite(v) and v > 0]
    return sum(known) / len(known) if known else None


def why_gentle(found: Recovering, on: date, knowledge: Knowledge) -> Reason:
    facts = [Fact("days", found.days, "days", on), Fact("fever", found.fever, None, on)]
    if on < found.runs_from:
        facts.append(Fact("until", found.runs_from.isoformat(), None, on))
    return reason(knowledge, RULE, Weight.CAUTION, *facts, Fact("left", (found.until - on).days + 1, "days", on))


def gentler(
    placed: Sequence[Placed],
    facts: PlanFacts,
    checkins: Sequence[CheckIn],
    history: History,
    knowledge: Knowledge,
) -> tuple[Placed, ...]:
    """The runs of a calendar that stand on such days, no longer than those allow; steps of a ladder are not cut."""
    found = []
    for old in placed:
        p, item = old, old.item
        if item.kind in RUN_KINDS and item.kind is not ItemKind.RACE and item.step is None and not p.done:
            back = recovering(facts, checkins, history, p.on, knowledge)
            if back is not None and back.most_m is not None and item.metres is not None and item.metres > back.most_m:
                metres = float(int(back.most_m / 100) * 100)
                share = metres / item.metres
                p = replace(p, item=replace(item, metres=metres, minutes=float(round(item.minutes * share))))
        found.append(p)
    return tuple(found)
