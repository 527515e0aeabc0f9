"""Gates: criteria over facts of a plan. Met, not met, or unknown with what is missing; unknown never opens."""

from niggle.core.gates.evaluate import evaluate, first_held, is_open
from niggle.core.gates.facts import PlanFactsOfDay, gate_facts
from niggle.core.gates.names import FACTS, UNITS, test_of, what_to_do
from niggle.core.gates.runs import QUALITY
from niggle.core.gates.types import LEAD_DAYS, DayFacts, Days, GateItem, GateResult, RunDay, Standing

__all__ = [
    "FACTS", "LEAD_DAYS", "QUALITY", "UNITS", "DayFacts", "Days", "GateItem", "GateResult", "PlanFactsOfDay", "RunDay",
    "Standing", "evaluate", "first_held", "gate_facts", "is_open", "test_of", "what_to_do",
]  # fmt: skip
