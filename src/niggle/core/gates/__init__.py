"""Gates: criteria over facts of a plan. Met, not met, or unknown with what is missing; unknown never opens."""

from niggle.core.gates.types import LEAD_DAYS, DayFacts, Days, GateItem, GateResult, RunDay, Standing

__all__ = ["LEAD_DAYS", "DayFacts", "Days", "GateItem", "GateResult", "RunDay", "Standing"]
