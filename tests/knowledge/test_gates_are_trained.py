"""A gate asks for nothing that its plan has not trained: no test of control or strength falls from the sky."""

from collections.abc import Iterator

import pytest

from niggle.core.exercise import ExerciseKind
from niggle.core.protocol import Need, Phase, Protocol
from niggle.knowledge.loader import load

KNOWN = load()
_ONE_LEG = frozenset(
    {
        "step-down", "lateral-step-down", "split-squat", "single-leg-squat", "forward-lunge", "lateral-lunge",
        "hip-airplane", "mini-squat", "spanish-squat",
    }
)  # fmt: skip
_CALF = frozenset(
    {
        "straight-knee-calf-raise", "bent-knee-calf-raise", "single-leg-calf-raise", "loaded-calf-raise", "calf-press",
        "seated-soleus-raise", "heel-drop", "isometric-calf-hold", "plantar-flexion-hold",
    }
)  # fmt: skip
# what a gate looks at -> exercises of which one has to stand in that phase or an earlier one
TRAINED_BY = {
    "squat_control": _ONE_LEG,
    "step_down": frozenset({"step-down", "lateral-step-down"}),
    "calf_gate": _CALF,
    "calf_raise": _CALF,
    "calf_hold": _CALF,
    "side_plank": frozenset({"side-plank", "side-plank-leg-lift"}),
    "hip_hike_control": frozenset({"hip-hike", "step-down", "lateral-step-down"}),
    "trunk_sway": _ONE_LEG | {"single-leg-deadlift"},
    "balance": frozenset({"single-leg-balance", "balance-with-taps", "weight-pass-back"}),
    "single_leg_bridge": frozenset({"glute-bridge", "hip-thrust", "hamstring-bridge"}),
    "hamstring_hold": frozenset({"glute-bridge", "hamstring-bridge", "bridge-walk-out"}),
    "adduction_hold": frozenset({"adduction-squeeze", "side-plank-leg-lift"}),
    "toe_raise": frozenset({"toe-raise"}),
}


def untrained(protocol: Protocol) -> Iterator[tuple[int, str]]:
    """(phase, fact) of gates 2 and 3 that no exercise up to that phase trains; gate 1 only measures."""
    done: set[str] = set()
    for plan in protocol.phases:
        done |= {item.exercise for item in plan.items}
        if plan.phase is Phase.SETTLE:
            continue
        for name in (name for criterion in plan.gate for name in criterion.when.names):
            test = next((t for t in TRAINED_BY if name == t or name.startswith(f"{t}_")), None)
            if test is not None and not TRAINED_BY[test] & done:
                yield int(plan.phase), name


@pytest.mark.parametrize("condition", sorted(c for c, p in KNOWN.protocols.items() if p.need is not Need.NO_PLAN))
def test_what_a_gate_tests_was_trained_before(condition: str) -> None:
    assert list(untrained(KNOWN.protocols[condition])) == []


def test_every_exercise_of_the_table_is_one_of_the_catalogue() -> None:
    assert frozenset().union(*TRAINED_BY.values()) <= set(KNOWN.exercises)


def _asked(protocol: Protocol, phase: Phase) -> set[str]:
    return {name for criterion in protocol.phase(phase).gate for name in criterion.when.names}


# where running came back by a ladder, its steps and two green weeks take longer than the phase's least days
_SLOW_ANYWAY = frozenset(
    {
        "bakers-cyst", "calcaneal-stress-fracture", "fibular-stress-fracture", "high-ankle-sprain",
        "pelvic-stress-fracture", "severs-disease",
    }
)  # fmt: skip


@pytest.mark.parametrize("condition", sorted(c for c, p in KNOWN.protocols.items() if p.need is not Need.NO_PLAN))
def test_no_plan_jumps_before_its_weeks_of_strength(condition: str) -> None:
    """Grades bring their least days by themselves; where there is none the gate has to ask."""
    protocol = KNOWN.protocols[condition]
    kinds = {kind for item in protocol.phase(Phase.INTEGRATE).items for kind in KNOWN.exercises[item.exercise].kinds}
    if ExerciseKind.PLYOMETRIC not in kinds or protocol.grades or condition in _SLOW_ANYWAY:
        return
    assert {"enough_days", "exercise_days_14d"} <= _asked(protocol, Phase.BUILD)
