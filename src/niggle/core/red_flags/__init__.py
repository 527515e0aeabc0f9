"""Red flags: every warning sign, how soon somebody should look at it, whom to see, and what stays locked until then.

The flags themselves are data (knowledge/red_flags.yaml); here they are executed. Order: emergency, today, within days,
by appointment. A sign that nobody asked about is unknown, never "no": it can neither fire a flag nor excuse one.
"""

from niggle.core.red_flags.facts import (
    FACT_NAMES,
    FACTS,
    QUIET_FACTS,
    Limits,
    check_facts,
    complaint_facts,
    place_facts,
    plain_sprain,
)
from niggle.core.red_flags.known import SLOW_TISSUE, cleared_on, conditions_at
from niggle.core.red_flags.screen import (
    NEXT_STEPS,
    FlagHit,
    Lock,
    about_profile,
    facts_seen,
    first_warnings,
    hits_of,
    hits_with_course,
    locks,
    notes,
    open_locks,
    outside_scope,
    questions,
    screen,
    without_doubles,
)

__all__ = [
    "FACTS",
    "FACT_NAMES",
    "NEXT_STEPS",
    "QUIET_FACTS",
    "SLOW_TISSUE",
    "FlagHit",
    "Limits",
    "Lock",
    "about_profile",
    "check_facts",
    "cleared_on",
    "complaint_facts",
    "conditions_at",
    "facts_seen",
    "first_warnings",
    "hits_of",
    "hits_with_course",
    "locks",
    "notes",
    "open_locks",
    "outside_scope",
    "place_facts",
    "plain_sprain",
    "questions",
    "screen",
    "without_doubles",
]
