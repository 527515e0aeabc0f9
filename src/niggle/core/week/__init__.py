"""What a week is, and whether it holds: the sequencing rules RP-C01 to RP-C16 over any seven days, also made by hand.

types     what the rules need to know and what they say     rules     each rule as a relation, said once
check     every rule over a calendar, and what mends it     totals    what a week adds up to
wishes    what she would like, met or not                   places    the times she has
calendar  two calendars compared, visits of a day           contents  one gym visit, a day after yellow or red
"""

from niggle.core.week.calendar import changes, changes_since, distance, match, sessions_of
from niggle.core.week.check import blocks, check, reason_of
from niggle.core.week.contents import ease, merge_for_gym
from niggle.core.week.past import beside, with_done
from niggle.core.week.places import default_availability, windows_of
from niggle.core.week.types import (
    Distance,
    Severity,
    Shift,
    Spacing,
    Surroundings,
    Violation,
    Visit,
    WishBroken,
)
from niggle.core.week.wishes import wishes_broken

__all__ = [
    "Distance",
    "Severity",
    "Shift",
    "Spacing",
    "Surroundings",
    "Violation",
    "Visit",
    "WishBroken",
    "beside",
    "blocks",
    "changes",
    "changes_since",
    "check",
    "default_availability",
    "distance",
    "ease",
    "match",
    "merge_for_gym",
    "reason_of",
    "sessions_of",
    "windows_of",
    "wishes_broken",
    "with_done",
]
