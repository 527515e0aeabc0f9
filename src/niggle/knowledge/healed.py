"""A runner in whom everything is well, as gate facts: every gate must open for her, and nothing may hold her back.

A gate that stays shut even then has its comparison the wrong way round, or asks for two things that exclude each other.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from niggle.core.protocol import Better, CapacityTest, Criterion, Protocol
from niggle.core.reasons import FactValue
from niggle.core.when import When

_MANY = 999
HEALED: Mapping[str, FactValue] = {
    # light and pain
    "settled_days": _MANY, "green_days": _MANY, "pain_free_days": _MANY, "yellow_7d": 0, "red_7d": 0,
    "pain_worst_3d": 0, "pain_worst_7d": 0, "pain_daily_3d": 0, "night_pain_7d": False, "limp_7d": False,
    "swelling_7d": False, "stiffness_worst_7d": 0, "stiffness_rising": False, "stiffness_rising_2w": False,
    "flags_open": False,
    "run_pain_worst_7d": 0, "run_pain_last": 0, "next_day_worse_7d": False,
    # time and record
    "days_in_phase": _MANY, "days_in_plan": _MANY, "min_days": 1, "enough_days": True, "weeks_off_running": 52,
    "hurts_days": _MANY, "cleared": True, "cleared_to_run": True, "imaged": True, "bone_risk": False, "grade": None,
    "site": None, "age": 35,
    # doing
    "done_share_14d": 1.0, "exercise_days_14d": 14, "exercise_pain_worst_7d": 0, "exercise_last_easy": True,
    # running
    "ladder_done": True, "ladder_step": 99, "continuous_min": 90, "volume_ratio": 1.0, "volume_weeks_green": 52,
    "quality_weeks_green": 52, "full_weeks_green": 52,
    # tests together
    "calf_gate": True,
    # what only she can say
    "says_tender": False, "says_medium_long_normal": True, "says_careful_voice": False, "says_healed_percent": 100,
    "says_confident": True, "says_daily_life_pain_free": True, "says_full_training": True, "says_goal_load_weeks": 52,
    "says_swollen": False, "says_walks_normally": True, "says_giving_way": False, "says_locking": False,
    "says_numb": False, "says_brace": True,
}  # fmt: skip


def healed(tests: Mapping[str, CapacityTest], done: Container[str]) -> dict[str, FactValue]:
    """HEALED with the best result of each test done, both sides alike; what was not done stays unknown."""
    facts = dict(HEALED)
    if "calf_raise" not in done or "calf_hold" not in done:
        facts["calf_gate"] = None
    for test in (test for test in tests.values() if test.id in done):
        best = 0.0 if test.better is Better.PAIN_FREE else test.maximum
        facts |= {f"{test.id}_min": best, f"{test.id}_sore": best, f"{test.id}_gap": 0.0, f"{test.id}_lsi": 1.0}
        facts[f"{test.id}_pain"] = 0
    return facts


def stays_shut(p: Protocol, tests: Mapping[str, CapacityTest]) -> Iterator[tuple[str, int | None, Criterion]]:
    """(list's name, phase or None, criterion) of all that keeps a healed runner, of any grade, from going on.

    She has done the tests of the protocol and no other: a gate that needs one more is a gate that nobody can open.
    """
    facts = healed(tests, p.tests) | {"site": p.site}

    def truths(when: When) -> set[bool | None]:
        return {when.truth(facts | {"grade": grade}) for grade in p.grades or (None,)}

    for plan in p.phases:
        for criterion in plan.gate:
            if True not in truths(criterion.when):
                yield "gate", int(plan.phase), criterion
    for criterion in p.readiness:
        if True not in truths(criterion.when):
            yield "readiness", None, criterion
    for name, criteria in (("hold", p.hold), ("regress", p.regress), ("stop", p.stop)):
        for criterion in criteria:
            if True in truths(criterion.when):
                yield name, None, criterion
