"""Coming back by volume instead of the ladder: half of the old week first (RTR-R15). Only light cases may.

Her wish is never enough: whether it is light is looked at when the plan begins, and again when the first run opens.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np

from niggle.core.body import TissueClass
from niggle.core.history import History
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder import felt_next_morning
from niggle.core.plan import PlanStart, RunStatus
from niggle.core.protocol import BONE, Need, Protocol
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.rehab.book import needed
from niggle.core.rehab.draft import Draft
from niggle.core.rehab.types import PlanState

_WEEK: Final = 7


def too_serious(protocol: Protocol, plan: PlanStart) -> str | None:
    """Why a half start is never open to this plan: "bone", "clearance" or "grade"; None where it may be."""
    if protocol.tissue_class is TissueClass.BONE or protocol.ladder == BONE:
        return "bone"
    if needed(protocol, plan) is not Need.NOTHING:
        return "clearance"
    if protocol.grades and (plan.grade or protocol.default_grade) != lightest_grade(protocol):
        return "grade"
    return None


def lightest_grade(protocol: Protocol) -> str | None:
    """The grade that asks for the fewest days."""
    return min(protocol.grades, key=lambda name: sum(protocol.grades[name].min_days), default=None)


def against_half_start(d: Draft) -> str | None:
    """On the day the first run opens: why it comes by the ladder all the same; None where half a week may be run."""
    serious = too_serious(d.book.protocol, d.plan)
    if serious is not None:
        return serious
    if d.half_since is not None:
        return "tried"
    off = _weeks_off(d)
    if off is None or off > d.number("half_start_max_weeks_off") + 1e-9:
        return "weeks_off_unknown" if off is None else "weeks_off"
    return None if d.days.usual_week_m else "usual_week"


def _weeks_off(d: Draft) -> float | None:
    """Since the last run, or since running was stopped: a run that she was asked not to do does not shorten it."""
    since_run = d.morning.get("weeks_off_running")
    if not isinstance(since_run, int | float):
        return None
    paused = (d.on - d.status_since).days / _WEEK
    last = d.plan.last_run_on if d.status_since == d.plan.on else None
    told = 0.0 if last is None else (d.on - last).days / _WEEK
    return max(float(since_run), paused, told)


def begin_half(d: Draft) -> None:
    """The day it begins: the cap of the first week is fixed once."""
    assert d.days.usual_week_m is not None
    d.half_since, d.half_week_m = d.on, d.number("half_start_share") * d.days.usual_week_m
    d.first_run_done, d.step_since = False, None


def work_half(d: Draft) -> None:
    """Yesterday's run if it was the first one (RTR-R02); after the settling time the ladder counts as done."""
    if d.half_since is None or d.status is not RunStatus.BUILDING or d.status_since != d.half_since:
        return
    if d.index > 0 and not d.first_run_done:
        row = d.days.rows[d.index - 1]
        if row.session and row.on >= d.half_since and row.mark is not None and row.mark.word:
            d.first_run_done = True
            if row.mark.next_day_worse or felt_next_morning(d.days, d.index - 1):
                d.wait_until = d.on + timedelta(days=round(d.number("first_run_wait_h") / 24))
    if d.ladder_done is None and (d.on - d.half_since).days >= d.number("ladder_settle_days"):
        d.ladder_done = d.on


def by_halves(state: PlanState | Draft) -> bool:
    """Running came back by half a week, and has not been paused since."""
    back = state.status is RunStatus.BUILDING and state.half_since is not None
    return back and state.status_since == state.half_since


def halving(state: PlanState | Draft, knowledge: Knowledge) -> bool:
    """The first weeks of it: alternate days, easy, nothing new."""
    if not by_halves(state) or state.half_since is None:
        return False
    return (state.on - state.half_since).days < knowledge.number("ladder_settle_days")


def half_week_cap_m(state: PlanState, knowledge: Knowledge) -> float | None:
    """The most in any seven days: half the old week, then a tenth more each week (RTR-R07). None: no such cap."""
    if not by_halves(state) or state.half_since is None or state.half_week_m is None:
        return None
    weeks = (state.on - state.half_since).days // _WEEK
    cap = state.half_week_m * (1 + knowledge.number("growth_cap_build")) ** weeks
    return cap if cap < state.half_week_m / knowledge.number("half_start_share") else None


def run_m(history: History, first: date, last: date) -> float:
    """Metres run from `first` to `last`."""
    lo, hi = np.searchsorted(history.day, [first.toordinal(), last.toordinal() + 1])
    return float(np.nansum(history.distance_m[lo:hi][history.is_run[lo:hi]]))


def why_half(d: Draft, weight: Weight = Weight.INFO, because: str | None = None) -> Reason:
    ladder = d.book.ladder
    return d.reason(
        "RTR-R15", weight, Fact("because", because, None, d.on),
        Fact("week", d.half_week_m if because is None else None, "m", d.on),
        Fact("ladder", None if ladder is None else ladder.id, None, d.on),
    )  # fmt: skip
