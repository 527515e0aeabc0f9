"""What the first days and weeks of a plan must not hold, whatever else is changed in its file."""

import pytest

from niggle import knowledge
from niggle.core.exercise import Weight
from niggle.core.protocol import Phase, Protocol
from niggle.core.reasons import FactValue
from niggle.core.rehab.dosing import dose_at

K = knowledge.load()
_QUIET: dict[str, FactValue] = {"pain_worst_3d": 0, "pain_daily_3d": 0, "limp_7d": False}
_TORN = {  # by the plan: what pulls at the torn muscle
    "hamstring-strain": {"bridge-walk-out", "hamstring-bridge", "hip-thrust", "romanian-deadlift"},
    "calf-strain": {"single-leg-calf-raise", "calf-stretch-straight-knee"},
    "hip-flexor-strain-tendinopathy": {"slow-leg-lowering"},
}


def given(p: Protocol, phase: Phase, facts: dict[str, FactValue]) -> set[str]:
    """The exercises of a phase that those facts open."""
    return {i.exercise for i in p.phase(phase).items if i.only_if is None or i.only_if.holds(facts)}


@pytest.mark.parametrize("condition", sorted(_TORN))
def test_a_torn_muscle_is_lowered_and_stretched_from_the_second_week_of_building_on(condition):
    plan, torn = K.protocols[condition], _TORN[condition]
    assert not torn & given(plan, Phase.BUILD, _QUIET | {"days_in_phase": 6})
    assert torn <= given(plan, Phase.BUILD, _QUIET | {"days_in_phase": 7})


def test_seated_raises_of_a_pulled_calf_wait_for_low_pain():
    plan = K.protocols["calf-strain"]
    for pain, there in ((2, True), (2.5, False)):
        assert ("seated-soleus-raise" in given(plan, Phase.BUILD, {"pain_worst_3d": pain})) is there


def test_one_foot_takes_over_from_both_after_two_weeks_unless_it_still_hurts():
    plan, both = K.protocols["calf-strain"], "straight-knee-calf-raise"
    assert both in given(plan, Phase.BUILD, {"pain_worst_3d": 0, "days_in_phase": 13})
    assert both not in given(plan, Phase.BUILD, {"pain_worst_3d": 0, "days_in_phase": 14})
    assert both in given(plan, Phase.BUILD, {"pain_worst_3d": 1.5, "days_in_phase": 14})


def test_the_neck_of_the_hip_takes_one_leg_from_the_third_painless_week_of_building_on():
    plan, one_leg = K.protocols["femoral-neck-stress-fracture"], {"step-down", "side-plank"}
    for day, pain, there in ((13, 0, set()), (14, 0, one_leg), (14, 0.5, set())):
        assert one_leg & given(plan, Phase.BUILD, {"days_in_phase": day, "pain_worst_7d": pain}) == there


def test_an_injured_bone_of_the_hip_lifts_no_leg_sideways():
    plan = K.protocols["bone-stress-injury"]
    for site, there in (("shin_inner", True), ("groin", False), ("sacrum", False)):
        assert ("side-lying-leg-raise" in given(plan, Phase.SETTLE, {"site": site})) is there


def test_a_slope_on_the_treadmill_waits_for_two_weeks_of_loaded_work():
    plan, slope = K.protocols["iliotibial-band-syndrome"], "downhill-treadmill-run"
    for day, there in ((13, False), (14, True)):
        assert (slope in given(plan, Phase.INTEGRATE, _QUIET | {"days_in_phase": day})) is there


def test_hip_work_of_the_iliotibial_band_starts_when_the_day_is_calm():
    plan = K.protocols["iliotibial-band-syndrome"]
    for pain, there in ((3, True), (3.5, False), (None, False)):
        assert ("side-lying-leg-raise" in given(plan, Phase.SETTLE, {"pain_daily_3d": pain})) is there


@pytest.mark.parametrize("slug", sorted(K.protocols))
def test_a_bone_that_settles_is_loaded_by_no_weight(slug):
    plan = K.protocols[slug]
    if plan.ladder != "bone":
        return
    for item in plan.phase(Phase.SETTLE).items:
        heavy = K.exercises[item.exercise].heavy and item.dose.weight in (Weight.MODERATE, Weight.EFFORT)
        assert not heavy, item.id
        assert not K.exercises[item.exercise].impact, item.id


def test_the_outer_hip_gets_no_pogo_hops_for_its_plan_measures_no_calf():
    plan = K.protocols["gluteus-medius-gluteal-tendinopathy"]
    assert "calf_raise" not in plan.tests
    assert all(i.exercise != "pogo-hops" for p in plan.phases for i in p.items)


@pytest.mark.parametrize(("grade", "to_running", "to_full"), [("operated", 91, 182), ("therapy", 14, 14 + 28 + 28)])
def test_a_hip_after_surgery_runs_after_three_months_and_trains_fully_after_six(grade, to_running, to_full):
    days = K.protocols["hip-labral-tear-fai"].grades[grade].min_days
    assert (days[0], sum(days[:3])) == (to_running, to_full)


@pytest.mark.parametrize(
    "condition",
    ["achilles-tendinopathy-midportion", "achilles-tendinopathy-insertional", "gluteus-medius-gluteal-tendinopathy"],
)
def test_holds_reach_half_a_minute_within_three_weeks(condition):
    items = K.protocols[condition].phase(Phase.SETTLE).items
    hold = next(i for i in items if i.dose.hold_s is not None and not i.dose.reps)
    assert [dose_at(hold.dose, week).hold_s for week in (0, 2, 4)] == [10, 30, 45]


@pytest.mark.parametrize(
    ("exercise", "condition", "phases"),
    [
        ("nordic-curl", "hamstring-strain", {1, 2}),
        ("glute-ham-raise", "hamstring-strain", {1, 2}),
        ("forward-lunge", "hip-flexor-strain-tendinopathy", {1}),
        ("hip-flexor-lunge-stretch", "hip-flexor-strain-tendinopathy", {1}),
        ("skips", "hip-flexor-strain-tendinopathy", {1, 2}),
    ],
)
def test_another_plan_does_not_bring_back_what_a_fresh_strain_forbids(exercise, condition, phases):
    found = [c for c in K.exercises[exercise].contraindications if c.condition == condition]
    assert [(c.phases, c.until_cleared) for c in found] == [(frozenset(phases), False)]
