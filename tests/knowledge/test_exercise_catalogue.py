"""The catalogue: complete, ordered by load, and closed where a condition forbids it."""

from __future__ import annotations

import pytest

from niggle import knowledge
from niggle.core.body import LoadTissue, TissueClass
from niggle.core.exercise import Contraindication, Exercise, ExerciseKind

EXERCISES = knowledge.load().exercises
ALL_PHASES = frozenset({1, 2, 3, 4})


def forbids(exercise: Exercise, phase: int, condition: str, tissue_class: TissueClass | None = None) -> bool:
    """As if nobody had cleared anything."""

    def meant(c: Contraindication) -> bool:
        return c.condition == condition or (c.tissue_class is not None and c.tissue_class is tissue_class)

    return any(meant(c) and (not c.phases or phase in c.phases) for c in exercise.contraindications)


def test_every_number_of_the_catalogue_has_one_exercise():
    assert sorted(x.catalogue for x in EXERCISES.values()) == [f"EX-{n:03d}" for n in range(1, 125)]


@pytest.mark.parametrize("slug", EXERCISES)
def test_an_exercise_can_be_done_from_its_words(slug):
    x = EXERCISES[slug]
    assert len(x.how) > 40
    assert x.cues, "what to watch"
    assert x.faults or ExerciseKind.TEST in x.kinds
    assert set(x.equipment) >= set(x.instead), "a stand-in for what is not needed"
    assert not (set(x.equipment) - set(x.instead)), "equipment may be missing: say what to do then"


def test_neighbours_know_each_other():
    for slug, x in EXERCISES.items():
        for other in x.harder:
            assert slug in EXERCISES[other].easier
        for other in x.easier:
            assert slug in EXERCISES[other].harder


def test_the_achilles_is_loaded_in_the_measured_order():
    """Seated below standing on one leg below hopping on one leg (0.5, 3.0 and 7.3 body weights)."""
    slugs = ("seated-soleus-raise", "single-leg-calf-raise", "ankle-hops")
    demands = [EXERCISES[slug].load[LoadTissue.ACHILLES] for slug in slugs]
    assert [d.body_weights for d in demands] == [0.5, 3.0, 7.3]
    assert [d.tier for d in demands] == sorted({d.tier for d in demands})


def test_the_kneecap_is_loaded_in_the_measured_order():
    slugs = ("walking", "mini-squat", "squat", "split-squat", "forward-lunge", "forward-hop-series")
    demands = [EXERCISES[slug].load[LoadTissue.PATELLOFEMORAL] for slug in slugs]
    assert [d.body_weights for d in demands] == [0.6, 2.5, 4.5, 4.7, 5.1, 6.3]
    assert [d.tier for d in demands] == sorted(d.tier for d in demands)


def test_a_published_force_never_ranks_below_a_smaller_one():
    for tissue in LoadTissue:
        known = [x.load[tissue] for x in EXERCISES.values() if tissue in x.load]
        published = sorted((d.body_weights, d.tier) for d in known if d.body_weights is not None)
        assert [tier for _, tier in published] == sorted(tier for _, tier in published), tissue


def test_what_starts_the_clock_of_heavy_calves():
    assert {slug for slug, x in EXERCISES.items() if x.heavy_calf} == {
        "straight-knee-calf-raise", "bent-knee-calf-raise", "seated-soleus-raise", "heel-drop", "single-leg-calf-raise",
        "loaded-calf-raise", "split-squat",
    }  # fmt: skip


def test_an_insertional_achilles_never_goes_below_the_step():
    below = {"heel-drop", "single-leg-calf-raise", "loaded-calf-raise"}
    for slug in below:
        assert all(forbids(EXERCISES[slug], phase, "achilles-tendinopathy-insertional") for phase in ALL_PHASES)
    assert not forbids(EXERCISES["straight-knee-calf-raise"], 1, "achilles-tendinopathy-insertional")
    assert "step" not in EXERCISES["straight-knee-calf-raise"].equipment


@pytest.mark.parametrize("slug", [slug for slug, x in EXERCISES.items() if ExerciseKind.PLYOMETRIC in x.kinds])
def test_no_jump_on_sore_bone_before_phase_three(slug):
    x = EXERCISES[slug]
    assert x.impact
    early = [c for c in x.contraindications if c.tissue_class is TissueClass.BONE]
    assert [(c.phases, c.until_cleared) for c in early] == [(frozenset({1, 2}), False)]
    for phase in ALL_PHASES:
        assert forbids(x, phase, "bone-stress-injury")
        assert forbids(x, phase, "femoral-neck-stress-fracture")


@pytest.mark.parametrize("slug", [slug for slug, x in EXERCISES.items() if x.impact])
def test_nothing_with_impact_is_open_to_sore_bone_at_first(slug):
    assert forbids(EXERCISES[slug], 1, "medial-tibial-stress-syndrome", TissueClass.BONE)


def test_the_first_days_of_a_strain_know_only_the_gentle_ones():
    gentle = {"calf-press", "heel-dig", "early-calf-mobility", "ankle-pumps"}
    for slug in gentle:
        assert not forbids(EXERCISES[slug], 1, "calf-strain")
        assert not forbids(EXERCISES[slug], 1, "hamstring-strain")
    for condition, tissue in (("calf-strain", LoadTissue.CALF), ("hamstring-strain", LoadTissue.HAMSTRING)):
        loaded = {slug for slug, x in EXERCISES.items() if tissue in x.load and x.load[tissue].tier >= 3}
        open_ = {slug for slug in loaded if not forbids(EXERCISES[slug], 1, condition)}
        assert not open_, f"{condition}: {sorted(open_)}"


def test_a_calf_that_was_torn_may_rise_on_both_feet_from_phase_two():
    assert forbids(EXERCISES["straight-knee-calf-raise"], 1, "calf-strain")
    assert not forbids(EXERCISES["straight-knee-calf-raise"], 2, "calf-strain")


def test_a_sore_kneecap_bends_deeply_only_later():
    for slug in ("squat", "forward-lunge", "split-squat", "single-leg-squat"):
        assert forbids(EXERCISES[slug], 1, "patellofemoral-pain-syndrome")
        assert not forbids(EXERCISES[slug], 2, "patellofemoral-pain-syndrome")
    for slug in (
        "quad-set",
        "straight-leg-raise",
        "wall-sit",
        "mini-squat",
        "clamshell",
        "glute-bridge",
        "grasshopper",
    ):
        assert not forbids(EXERCISES[slug], 1, "patellofemoral-pain-syndrome")


def test_no_rolling_where_a_clot_is_possible():
    rolled = {slug for slug, x in EXERCISES.items() if x.kind is ExerciseKind.SELF_MASSAGE}
    legs = rolled - {"low-back-roll", "frozen-bottle-foot-roll", "ball-foot-roll"}
    assert {slug for slug in legs if not forbids(EXERCISES[slug], 1, "deep-vein-thrombosis")} == set()


def test_no_weight_on_a_fractured_neck_of_the_thigh_bone():
    standing = ("walking", "squat", "step-down", "single-leg-balance", "elliptical", "hip-hike", "easy-jog", "run-walk")
    for slug in standing:
        assert all(forbids(EXERCISES[slug], phase, "femoral-neck-stress-fracture") for phase in ALL_PHASES)
