"""Rehab: where each plan stands, day by day, and what it prescribes.

types    the shapes                     book      a protocol with what is worked out from it once
days     everything known, by day       advance   one day of a plan      runs  its running     doses  its doses
account  what it says today             follow    the fold over all days, with a memo
dosing   a dose at a level              prescribe exercises of today     running  what it allows of running
start    whether a plan may begin       illness  the first days after one
half_start  back by half a week, not by the ladder
way_back  what a long break leaves of it, with or without a plan
week_items  what the coming week should hold    sharpening  less of it
"""

from niggle.core.rehab.advance import advance, begin
from niggle.core.rehab.book import Book, pain_max
from niggle.core.rehab.days import days_of, usual_week_m
from niggle.core.rehab.dosing import dose_at, grows_load, level_cap, minutes_of_dose
from niggle.core.rehab.follow import Follower, follow
from niggle.core.rehab.half_start import halving, lightest_grade, run_m, too_serious
from niggle.core.rehab.illness import Recovering, gentler, recovering, why_gentle, with_fevers
from niggle.core.rehab.prescribe import (
    Complaint,
    day_for_week,
    equipment_at,
    forbidden,
    open_complaints,
    prescribe,
    with_equipment,
)
from niggle.core.rehab.running import RunsAllowed, runs_allowed, settling, together
from niggle.core.rehab.sharpening import prescribe_all
from niggle.core.rehab.start import may_start
from niggle.core.rehab.surroundings import surroundings
from niggle.core.rehab.types import (
    HOP_HURT,
    SHARP_BONE,
    Due,
    ItemState,
    LeftOutItem,
    Life,
    Move,
    MoveKind,
    OutBecause,
    PlanState,
    Prescribed,
    Prescription,
)
from niggle.core.rehab.way_back import after_break, allowed_on, long_break
from niggle.core.rehab.week_items import cross_modes, week_items
from niggle.core.rehab.week_runs import Volume

__all__ = [
    "HOP_HURT", "SHARP_BONE", "Book", "Complaint", "Due", "Follower", "ItemState", "LeftOutItem", "Life", "Move",
    "MoveKind", "OutBecause", "PlanState", "Prescribed", "Prescription", "Recovering", "RunsAllowed", "Volume",
    "advance", "after_break", "allowed_on", "begin", "cross_modes", "day_for_week", "days_of", "dose_at",
    "equipment_at", "follow", "forbidden", "gentler", "grows_load", "halving", "level_cap", "lightest_grade",
    "long_break", "may_start", "minutes_of_dose", "open_complaints", "pain_max", "prescribe", "prescribe_all",
    "recovering", "run_m", "runs_allowed", "settling", "surroundings", "together", "too_serious", "usual_week_m",
    "week_items", "why_gentle", "with_equipment", "with_fevers",
]  # fmt: skip
