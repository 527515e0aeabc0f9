"""Today: flags, light, load, spikes and plans merged in the order of authority into one Decision.

decide  the day     clinician  what was said of running     plans  the open plans in it     duties, due  today's tasks
asked  other questions about plans; imported where they are asked:
racing  races, breaks, the season     coaching  body and mind around the plan
"""

from niggle.core.today.asked import (
    after_illness,
    board_of,
    life_of,
    plans_of,
    prescriptions,
    surroundings_of,
    walks_back,
    week_items_of,
)
from niggle.core.today.clinician import restrictions_on, weight_only_on
from niggle.core.today.decide import decide
from niggle.core.today.log import session_days
from niggle.core.today.plans import Memo
from niggle.core.today.tasks import Change, PlanToday, Task
from niggle.core.today.types import (
    Activity,
    Care,
    DayCaps,
    Decision,
    Headline,
    NextStep,
    PlaceLight,
    decision_from_plain,
    decision_to_plain,
)

__all__ = [
    "Activity", "Care", "Change", "DayCaps", "Decision", "Headline", "Memo", "NextStep", "PlaceLight", "PlanToday",
    "Task", "after_illness", "board_of", "decide", "decision_from_plain", "decision_to_plain", "life_of", "plans_of",
    "prescriptions",
    "restrictions_on", "session_days", "surroundings_of", "walks_back", "week_items_of", "weight_only_on",
]  # fmt: skip
