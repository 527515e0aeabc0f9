"""The traffic light: from what she says of her pain to green, yellow or red, with what to do and for how long.

table   the decision rows, from knowledge      story   one complaint day by day (two-session yellow, ways out of red)
facts   what the rows look at                  assess  the whole history to the light of one day
report  what was read and where it stands      memory  what was told before, for who asks day after day
A light may be raised and never lowered below what the runner says; without a recent check-in there is none.
"""

from niggle.core.traffic_light.assess import assess, find
from niggle.core.traffic_light.facts import FACT_NAMES, FACTS, Context, Numbers, add_flags, facts
from niggle.core.traffic_light.marks import marks_of
from niggle.core.traffic_light.memory import Memory
from niggle.core.traffic_light.table import light_of_day
from niggle.core.traffic_light.trio import Trio, green_trio, trio_reason
from niggle.core.traffic_light.types import (
    ComplaintLight,
    DayLight,
    DayMark,
    Lever,
    LightState,
    SessionDay,
    Sessions,
    State,
    levers_for,
)

__all__ = [
    "FACTS",
    "FACT_NAMES",
    "ComplaintLight",
    "Context",
    "DayLight",
    "DayMark",
    "Lever",
    "LightState",
    "Memory",
    "Numbers",
    "SessionDay",
    "Sessions",
    "State",
    "Trio",
    "add_flags",
    "assess",
    "facts",
    "find",
    "green_trio",
    "levers_for",
    "light_of_day",
    "marks_of",
    "trio_reason",
]
