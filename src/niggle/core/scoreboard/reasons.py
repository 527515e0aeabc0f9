"""A reason of the plans' engines, with the rule's own sources and grade."""

from __future__ import annotations

from niggle.core.knowledge_types import Knowledge
from niggle.core.reasons import Fact, Reason, Weight


def reason(knowledge: Knowledge, rule: str, weight: Weight, *facts: Fact, decided: bool = False) -> Reason:
    """KeyError for a rule that no knowledge file has."""
    known = knowledge.rules[rule]
    return Reason(rule, weight, facts, known.sources, known.grade, decided)
