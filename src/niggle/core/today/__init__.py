"""Today: flags, light, load and spikes merged in the order of authority into one Decision."""

from niggle.core.today.decide import decide, restrictions_on, session_days
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
    "Activity", "Care", "DayCaps", "Decision", "Headline", "NextStep", "PlaceLight", "decide", "decision_from_plain",
    "decision_to_plain", "restrictions_on", "session_days",
]  # fmt: skip
