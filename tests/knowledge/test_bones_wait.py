"""A bone that has not been cleared is spared: no jump, and no strength work that loads it more than standing does."""

import pytest

from niggle import knowledge
from niggle.core.body import SITES, LoadTissue, TissueClass
from niggle.core.exercise import ExerciseKind
from niggle.core.protocol import Need
from niggle.core.rehab.prescribe import Complaint, forbidden

K = knowledge.load()
BONES = frozenset({LoadTissue.TIBIA, LoadTissue.FOOT_BONES, LoadTissue.FEMORAL_NECK})
WAITING = sorted(
    slug
    for slug, p in K.protocols.items()
    if p.need in (Need.CLEARANCE, Need.IMAGING_AND_CLEARANCE) and K.conditions[slug].tissue_class is TissueClass.BONE
)


def given(condition: str, cleared: bool) -> set[str]:
    """The exercises that stay open to somebody whose plan is another, while this bone is sore."""
    complaint = Complaint(condition, TissueClass.BONE, None, cleared)
    return {e.id for e in K.exercises.values() if forbidden(e, [complaint]) is None}


@pytest.mark.parametrize("condition", WAITING)
def test_no_jump_before_a_clearance(condition: str) -> None:
    assert not {e for e in given(condition, cleared=False) if K.exercises[e].impact}


@pytest.mark.parametrize("condition", WAITING)
def test_nothing_loads_the_bone_before_a_clearance(condition: str) -> None:
    bones = BONES.intersection(SITES[K.protocols[condition].site].load_tissues)
    loading = {
        e.id
        for e in K.exercises.values()
        if ExerciseKind.CARDIO not in e.kinds and any(x.tier > 1 for t, x in e.load.items() if t in bones)
    }
    assert not loading & given(condition, cleared=False)


@pytest.mark.parametrize("condition", ["tibial-stress-fracture", "fibular-stress-fracture", "sesamoiditis"])
def test_a_clearance_opens_the_strength_work_again(condition: str) -> None:
    opened = given(condition, cleared=True) - given(condition, cleared=False)
    assert "straight-knee-calf-raise" in opened
