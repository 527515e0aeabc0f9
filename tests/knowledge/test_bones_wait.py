"""A bone that has not been cleared is spared: no jump, and no strength work that loads it more than standing does."""

from dataclasses import replace
from datetime import date

import pytest

from niggle import knowledge
from niggle.core.body import SITES, LoadTissue, TissueClass
from niggle.core.exercise import ExerciseKind
from niggle.core.ladder import need_of, readiness_list
from niggle.core.profile import Clearance, Cleared
from niggle.core.protocol import Need
from niggle.core.rehab.prescribe import Complaint, forbidden

K = knowledge.load()
BONES = frozenset({LoadTissue.TIBIA, LoadTissue.FOOT_BONES, LoadTissue.FEMORAL_NECK})
WAITING = sorted(
    slug
    for slug, p in K.protocols.items()
    if p.need in (Need.CLEARANCE, Need.IMAGING_AND_CLEARANCE) and K.conditions[slug].tissue_class is TissueClass.BONE
)


NOT_YET, TO_RUN = None, Clearance(date(2026, 5, 4), "Dr Lang")
FOR_WEIGHT = replace(TO_RUN, lifts=Cleared.WEIGHT)


def given(condition: str, cleared: Clearance | None) -> set[str]:
    """The exercises that stay open to somebody whose plan is another, while this bone is sore."""
    complaint = Complaint(condition, TissueClass.BONE, None, cleared)
    return {e.id for e in K.exercises.values() if forbidden(e, [complaint]) is None}


@pytest.mark.parametrize("condition", WAITING)
def test_no_jump_before_a_clearance(condition: str) -> None:
    assert not {e for e in given(condition, NOT_YET) if K.exercises[e].impact}


@pytest.mark.parametrize("condition", WAITING)
def test_no_jump_on_a_clearance_for_weight(condition: str) -> None:
    assert not {e for e in given(condition, FOR_WEIGHT) if K.exercises[e].impact}


@pytest.mark.parametrize("condition", WAITING)
def test_nothing_loads_the_bone_before_a_clearance(condition: str) -> None:
    bones = BONES.intersection(SITES[K.protocols[condition].site].load_tissues)
    loading = {
        e.id
        for e in K.exercises.values()
        if ExerciseKind.CARDIO not in e.kinds and any(x.tier > 1 for t, x in e.load.items() if t in bones)
    }
    assert not loading & given(condition, NOT_YET)


@pytest.mark.parametrize("cleared", [FOR_WEIGHT, TO_RUN])
@pytest.mark.parametrize("condition", ["tibial-stress-fracture", "fibular-stress-fracture", "sesamoiditis"])
def test_a_clearance_opens_the_strength_work_again(condition: str, cleared: Clearance) -> None:
    opened = given(condition, cleared) - given(condition, NOT_YET)
    assert "straight-knee-calf-raise" in opened


@pytest.mark.parametrize("condition", sorted(K.protocols))
def test_the_first_run_asks_for_a_clearance_to_run_and_for_each_thing_once(condition: str) -> None:
    protocol = K.protocols[condition]
    for grade in (None, *protocol.grades):
        listed = readiness_list(protocol, grade, K)
        assert len({c.when for c in listed}) == len(listed)
        names = {name for c in listed for name in c.when.names}
        assert "cleared" not in names
        assert "cleared_to_run" in names or need_of(protocol, grade) in (Need.NOTHING, Need.NO_PLAN)
