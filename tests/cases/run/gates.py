"""A case of gates/: the facts of a runner in whom all is well, with some changed, before a real gate of a condition."""

from __future__ import annotations

from tests.cases.case_files import Case, Found, known_keys

from niggle.core.gates import GateResult, evaluate
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder import readiness_list
from niggle.core.protocol import Phase
from niggle.knowledge.healed import healed


def found(case: Case, knowledge: Knowledge) -> Found:
    """phase: whose gate she wants to leave by; without it, the list before the first run."""
    known_keys(case, "condition", "phase", "grade", "but")
    protocol = knowledge.protocols[case["condition"]]
    facts = healed(knowledge.tests, knowledge.tests) | {"site": protocol.site, "grade": case.get("grade")}
    unknown = set(case.get("but", {})) - set(facts)
    assert not unknown, f"no facts of these names: {sorted(unknown)}"
    facts |= case.get("but", {})
    if "phase" in case:
        result = evaluate(protocol.phase(Phase(case["phase"])).gate, facts)
    else:
        result = evaluate(readiness_list(protocol, case.get("grade"), knowledge), facts)
    return told(result)


def told(result: GateResult) -> Found:
    return {
        "open": result.open,
        "unmet": list(result.unmet),
        "unknown": list(result.unknown),
        "missing": list(result.missing),
        "only_time_lacks": result.lacks_only_time,
    }
