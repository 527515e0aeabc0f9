"""Every fact that a criterion of a plan may look at: what it is, and what would make an unknown one known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from niggle.core.protocol import TEST_FACT_ENDINGS

FACTS: Final[Mapping[str, str]] = {
    # light and pain
    "settled_days": "days in a row, up to now, with a word, daily life at 3 or less, no night pain, no limp, no red "
    "(of an exercise neither)",
    "green_days": "days in a row, up to now, with a green light (days of runs: final)",
    "pain_free_days": "days in a row, up to now, with a word and no pain outside of runs",
    "yellow_7d": "days with a yellow light among the last seven",
    "red_7d": "days with a red light among the last seven",
    "pain_worst_3d": "worst pain of the last three days, 0-10",
    "pain_worst_7d": "worst pain of the last seven days, 0-10",
    "pain_daily_3d": "worst pain outside of runs in the last three days, 0-10",
    "night_pain_7d": "pain at night in the last seven days",
    "limp_7d": "a limp or a changed stride in the last seven days",
    "swelling_7d": "swelling in the last seven days",
    "stiffness_worst_7d": "worst morning value of the last seven days, 0-10",
    "stiffness_rising": "morning stiffness of the last seven days above that of the seven days before",
    "stiffness_rising_2w": "morning stiffness above that of the week before two weeks in a row",
    "flags_open": "a warning sign of this place is open",
    "run_pain_worst_7d": "worst pain while running in the last seven days, 0-10",
    "run_pain_last": "worst pain in the last run of the last fourteen days, 0-10",
    "next_day_worse_7d": "after a run of the last seven days the next morning was worse than usual",
    # time and record
    "days_in_phase": "days since this phase began",
    "days_in_plan": "days since the plan began",
    "min_days": "least days of this phase, by grade",
    "enough_days": "the least days of this phase are over",
    "weeks_off_running": "weeks since the last run",
    "hurts_days": "days since it began to hurt",
    "cleared": "a clinician's clearance for this place holds, for full weight and training at least",
    "cleared_to_run": "a clinician's clearance for running holds",
    "imaged": "an image was taken of it",
    "bone_risk": "the place is a bone stress site of high risk",
    "grade": "grade of severity",
    "site": "where it hurts",
    "age": "age in years",
    # doing
    "done_share_14d": "exercises done of those planned in the last fourteen days, 0 to 1",
    "exercise_days_14d": "days with exercises among the last fourteen",
    "exercise_pain_worst_7d": "worst pain in an exercise of the last seven days, 0-10",
    "exercise_last_easy": "the last repetitions were easy the last time",
    # running
    "ladder_done": "the ladder is done",
    "ladder_step": "the step of the ladder she is on, 1 the first; 0 before it",
    "continuous_min": "longest run without walking in final green, fourteen days, minutes",
    "volume_ratio": "distance of the last seven days against a usual week before it hurt",
    "volume_weeks_green": "weeks in a row of final green with most of the usual distance, or enough minutes",
    "quality_weeks_green": "weeks in a row with strides, hills or speed in final green",
    "full_weeks_green": "weeks in a row at full distance with quality in final green",
    # tests together
    "calf_gate": "25 calf raises and a 45 s hold on both sides, fresh",
    # what only she can say
    "says_tender": "it is tender to touch",
    "says_medium_long_normal": "medium long runs feel normal",
    "says_careful_voice": "a careful voice speaks at faster pace",
    "says_healed_percent": "how healed it feels, 0-100",
    "says_confident": "she trusts it",
    "says_daily_life_pain_free": "daily life is free of pain",
    "says_full_training": "she trains in full",
    "says_goal_load_weeks": "weeks at the goal load",
    "says_swollen": "it is swollen",
    "says_walks_normally": "she walks normally",
    "says_giving_way": "it gives way",
    "says_locking": "it locks",
    "says_numb": "it is numb",
    "says_brace": "she wears a brace",
}

UNITS: Final[Mapping[str, str]] = {
    "settled_days": "days", "green_days": "days", "pain_free_days": "days", "yellow_7d": "days", "red_7d": "days",
    "pain_worst_3d": "0-10", "pain_worst_7d": "0-10", "pain_daily_3d": "0-10", "stiffness_worst_7d": "0-10",
    "run_pain_worst_7d": "0-10", "run_pain_last": "0-10", "days_in_phase": "days", "days_in_plan": "days",
    "min_days": "days", "weeks_off_running": "weeks", "hurts_days": "days", "done_share_14d": "ratio",
    "exercise_days_14d": "days", "exercise_pain_worst_7d": "0-10", "continuous_min": "min", "volume_ratio": "ratio",
    "volume_weeks_green": "weeks", "quality_weeks_green": "weeks", "full_weeks_green": "weeks",
}  # fmt: skip

# facts that only time brings: what a "not yet" is short of
DAY_COUNTS: Final = frozenset({"settled_days", "green_days", "pain_free_days", "days_in_phase", "days_in_plan"})
WEEK_COUNTS: Final = frozenset(
    {"volume_weeks_green", "quality_weeks_green", "full_weeks_green", "weeks_off_running"}
)  # fmt: skip
_ASK: Final[Mapping[str, str]] = {
    "night_pain_7d": "checkin:night_pain", "limp_7d": "checkin:limp", "swelling_7d": "checkin:swelling",
    "next_day_worse_7d": "morning", "stiffness_worst_7d": "morning", "stiffness_rising": "morning",
    "stiffness_rising_2w": "morning",
    "cleared": "clearance", "cleared_to_run": "clearance:running", "imaged": "imaging", "grade": "grade", "age": "age",
    "run_pain_worst_7d": "run", "run_pain_last": "run", "continuous_min": "run", "volume_ratio": "usual_week",
    "volume_weeks_green": "usual_week", "full_weeks_green": "usual_week", "quality_weeks_green": "run",
    "weeks_off_running": "last_run", "done_share_14d": "done", "exercise_days_14d": "done",
    "exercise_pain_worst_7d": "done", "exercise_last_easy": "done", "calf_gate": "test:calf_raise",
}  # fmt: skip


@lru_cache(maxsize=1024)
def test_of(name: str) -> tuple[str, str] | None:
    """("calf_raise", "_min") of "calf_raise_min"; None for a name that has no test's ending."""
    for ending in TEST_FACT_ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending), ending
    return None


def what_to_do(name: str) -> str:
    """What would make an unknown fact known, as a name for wording: a test, an answer, a check-in, a run, ..."""
    if name in _ASK:
        return _ASK[name]
    if name.startswith("says_"):
        return f"answer:{name}"
    if name not in FACTS and (test := test_of(name)) is not None:
        return f"test:{test[0]}"
    return "checkin"
