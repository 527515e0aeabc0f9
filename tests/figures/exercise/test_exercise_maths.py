"""Laws of the algebra, the solver and the writing of numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niggle.core.movement import Base, Contact, FootHold, Pose
from niggle.figures.exercise import body
from niggle.figures.exercise.skeleton import angles_of, centre_of_mass, local, orient, points
from niggle.figures.exercise.solve import solve, two_bones
from niggle.figures.exercise.svg import n
from niggle.figures.exercise.vectors import (
    UNIT,
    add,
    between,
    length,
    matmul,
    matrix,
    quat,
    scale,
    sub,
    transpose,
    turn,
    unit,
    untwist,
)

ANGLE = st.floats(-170, 170)
SIDEWAYS = st.floats(-80, 80)


def close(a, b, by=1e-6):
    return all(abs(p - q) < by for r, s in zip(a, b, strict=True) for p, q in zip(r, s, strict=True))


@given(ANGLE, SIDEWAYS, ANGLE)
def test_turn_and_untwist_are_inverse(flex, side, around):
    assert untwist(turn(flex, side, around)) == pytest.approx((flex, side, around), abs=1e-5)


@given(ANGLE, SIDEWAYS, ANGLE)
def test_a_rotation_survives_its_quaternion(flex, side, around):
    m = turn(flex, side, around)
    assert close(matrix(quat(m)), m)
    assert close(matmul(m, transpose(m)), UNIT)


@given(st.floats(-80, 80), st.floats(-80, 80), st.floats(0, 1))
def test_between_two_turns_lies_the_turn_between(a, b, t):
    got = untwist(matrix(between(quat(turn(a, 0, 0)), quat(turn(b, 0, 0)), t)))
    assert got[0] == pytest.approx(a + (b - a) * t, abs=1e-4)


@given(
    st.sampled_from(["hip", "knee", "ankle", "shoulder"]),
    st.sampled_from(["left", "right"]),
    SIDEWAYS,
    SIDEWAYS,
    SIDEWAYS,
)
def test_joint_angles_are_read_back(joint, side, flex, aside, around):
    found = angles_of(joint, local(joint, (flex, aside, around), side), side)
    assert found == pytest.approx((flex, aside, around), abs=1e-5)


@given(st.floats(2, 79), st.floats(-1, 1), st.floats(-1, 1))
def test_two_bones_reach_what_is_in_reach(far, y, z):
    end = scale(unit((1.0, y, z)), far)
    one, two, miss = two_bones((0.0, 0.0, 0.0), end, 41.0, 40.0, (0.3, 1.0, 0.2))
    assert miss < 1e-3
    assert length(sub(add(scale(one, 41.0), scale(two, 40.0)), end)) < 0.01


def test_two_bones_say_by_how_much_they_miss():
    assert two_bones((0, 0, 0), (100.0, 0, 0), 41.0, 40.0, (0, 1.0, 0))[2] == pytest.approx(19, abs=0.01)


def test_the_parts_weigh_the_whole():
    double = {"thigh", "shank", "foot", "upper", "fore", "hand"}
    assert sum(m * (2 if part in double else 1) for part, (m, _) in body.MASS.items()) == pytest.approx(1.0, abs=0.002)


def test_upright_stature():
    at = points(solve(Pose("s", feet={}, anchor=Contact("right_foot", (0, 0, None))), Base.STAND).posed)
    assert at["head"][1] + body.HEAD_HALF[1] == pytest.approx(body.STATURE_CM, abs=2.5)


@given(st.floats(0, 95), st.floats(-5, 45))
def test_balance_brings_the_weight_over_the_foot(knee, lean):
    pose = Pose(
        "b", {"right_knee": (knee, 0, 0), "pelvis": (lean, 0, 0), "left_knee": (60, 0, 0)},
        Contact("right_foot", (0, 0, None)), feet={"right": FootHold()}, balance=("right",),
    )  # fmt: skip
    solved = solve(pose, Base.STAND)
    mass = centre_of_mass(solved.posed, solved.at)
    foot = solved.at["right_foot"]
    assert abs(mass[0] - foot[0] - 5.0) < 1.5
    assert abs(mass[2] - foot[2]) < 1.5
    assert foot[1] == pytest.approx(0, abs=0.05)
    assert not solved.misses


@given(st.sampled_from(list(Base)))
def test_every_base_is_a_rotation(base):
    m = orient({}, base)["pelvis"]
    assert close(matmul(m, transpose(m)), UNIT)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (-0.04, "0"), (0.5, ".5"), (-0.5, "-.5"), (10, "10"), (1.25, "1.2"), (-3.0, "-3")]
)
def test_numbers_are_short(value, text):
    assert n(value) == text
