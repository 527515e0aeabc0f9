"""Load spikes and what follows from them: findings of the last days, caps for today, what a plan would do."""

from niggle.core.spikes.capacity import TOLD_CODES
from niggle.core.spikes.caps import caps, load_of_day, on_yellow
from niggle.core.spikes.find import Finding, find, reasons_of, spikes_of
from niggle.core.spikes.gate import session_gate
from niggle.core.spikes.log import Kept
from niggle.core.spikes.shoes import STAGES, WORN_BY, ShoeState, shoe_stage, shoes
from niggle.core.spikes.types import (
    Caps,
    DayReport,
    Exposure,
    Gate,
    GateState,
    LeaveOut,
    Limit,
    Planned,
    Spike,
    Told,
    Week,
    WeekVerdict,
    WhatIf,
    is_guarded,
)
from niggle.core.spikes.weeks import week_plan, weeks
from niggle.core.spikes.whatif import whatif

__all__ = [
    "STAGES",
    "TOLD_CODES",
    "WORN_BY",
    "Caps",
    "DayReport",
    "Exposure",
    "Finding",
    "Gate",
    "GateState",
    "Kept",
    "LeaveOut",
    "Limit",
    "Planned",
    "ShoeState",
    "Spike",
    "Told",
    "Week",
    "WeekVerdict",
    "WhatIf",
    "caps",
    "find",
    "is_guarded",
    "load_of_day",
    "on_yellow",
    "reasons_of",
    "session_gate",
    "shoe_stage",
    "shoes",
    "spikes_of",
    "week_plan",
    "weeks",
    "whatif",
]
