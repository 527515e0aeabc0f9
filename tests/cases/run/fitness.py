"""A case of fitness/: so long off, and what is lost, how long it takes back, and with how much to begin."""

from __future__ import annotations

from tests.cases.case_files import Case, Found, known_keys

from niggle.core.fitness import CrossTraining, fitness_kept, restart_share, weeks_to_regain
from niggle.core.knowledge_types import Knowledge


def found(case: Case, knowledge: Knowledge) -> Found:
    known_keys(case, "weeks_off", "days_off", "cross_training")
    if "weeks_off" in case:
        kind = CrossTraining(case.get("cross_training", "none"))
        regain = weeks_to_regain(case["weeks_off"], kind, knowledge)
        return {
            # the guide speaks in whole weeks
            "weeks_back": [round(regain.low_weeks, 1), round(regain.high_weeks, 1)],
            "at_most": regain.upper_weeks,
            "rules": [regain.reason.rule],
        }
    kept = fitness_kept(case["days_off"], knowledge)
    share = restart_share(case["days_off"], knowledge)
    return {
        "kept": kept.without,
        "kept_with_cross_training": kept.with_cross_training,
        "restart": "run and walk" if share is None else list(share),
        "rule_of_thumb": kept.reason.grade.rule_of_thumb,
    }
