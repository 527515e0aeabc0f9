"""What a week is, and whether it holds: the sequencing rules RP-C01 to RP-C16 over any seven days, also made by hand.

types     what the rules need to know and what they say     check     every rule, with what would mend it
wishes    what she would like, met or not                   places    the times she has
calendar  two calendars compared, visits of a day           contents  one gym visit, a day after yellow or red
"""

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

__all__ = ["Distance", "Severity", "Shift", "Spacing", "Surroundings", "Violation", "Visit", "WishBroken"]
