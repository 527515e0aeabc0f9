"""What a clinician has cleared: weight and training, or running too. And hops on a bone that nobody has cleared."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, K, Tale

from niggle.core.outcomes import Light
from niggle.core.plan import RunStatus
from niggle.core.profile import Clearance, Cleared, Profile
from niggle.core.protocol import Phase
from niggle.core.rehab import HOP_HURT, MoveKind, prescribe
from niggle.core.today import Activity, NextStep, board_of, weight_only_on

BONE = "bone-stress-injury"
WEIGHT, RUNNING, EVERYTHING = Cleared


def healing(last=70, condition=BONE, **plan):
    """Stopped on the plan's first day, calm ever since, every test passed and every question answered well."""
    tale = Tale(condition, running=False, imaged=True, last_run_on=DAY, hurts_since=DAY, **plan)
    tale.calm(range(-3, last))
    for n in range(0, last, 7):
        tale.strong(n).answer(n, "says_walks_normally", True).answer(n, "says_tender", False)
        tale.answer(n, "says_daily_life_pain_free", True).answer(n, "says_numb", False)
    for n in range(0, last, 2):
        tale.did(n, "x")
    return tale


def first_run(tale, last=69):
    found = (m.on for m in tale.state(last).moves if m.kind in (MoveKind.LADDER_START, MoveKind.RESUME))
    return next(((on - DAY).days for on in found), None)


@pytest.mark.parametrize(("lifts", "day"), [(WEIGHT, None), (RUNNING, 28), (EVERYTHING, 28), (None, 28)])
def test_only_a_word_about_running_opens_the_first_run_and_shortens_the_weeks(lifts, day):
    assert first_run(healing().cleared(0, lifts=lifts)) == day


@pytest.mark.parametrize(("when", "day"), [(27, 28), (35, 35), (41, 41), (50, 50)])
def test_running_cleared_later_opens_it_on_its_day(when, day):
    assert first_run(healing().cleared(0, lifts=WEIGHT).cleared(when, lifts=RUNNING)) == day


def test_weight_alone_starts_the_plan_its_strength_and_its_second_phase():
    state = healing().cleared(0, lifts=WEIGHT).state(60)
    assert (state.locked, state.weight_only, state.status) == (None, True, RunStatus.PAUSED)
    assert state.phase is Phase.BUILD
    assert state.readiness is not None
    assert state.readiness.unmet == ("cleared",)
    assert state.readiness.missing == ("clearance:running",)
    assert ("PLAN-R02", "weight_only") in {(r.rule, r.fact("held_by")) for r in state.reasons}  # nor does phase 3 open


def test_a_narrower_word_stops_running_again_and_takes_the_landings_out():
    tale = healing().cleared(0, lifts=RUNNING)
    assert tale.state(35).status is RunStatus.LADDER
    tale.cleared(36, lifts=WEIGHT)
    state = tale.state(36)
    assert state.status is RunStatus.PAUSED
    assert state.weight_only
    given = prescribe(state, tale.life(36), K).items
    assert given
    assert not any(K.exercises[i.exercise].impact for i in given)


def test_the_day_has_strength_but_no_running_and_no_jumps():
    tale = healing(10, "achilles-tendinopathy-midportion").cleared(0, lifts=WEIGHT)
    decision = tale.today(9)
    assert Activity.STRENGTH in decision.allowed
    assert not {Activity.EASY_RUN, Activity.PLYOMETRICS} & set(decision.allowed)
    assert {Activity.EASY_RUN, Activity.PLYOMETRICS} <= set(decision.leave_out)
    assert ("DAY-R01", "weight") in {(r.rule, r.fact("only")) for r in decision.reasons}
    assert NextStep.RECORD_CLEARANCE in decision.next_steps


def test_a_word_about_weight_answers_a_warning_sign_but_opens_no_run():
    tale = Tale(BONE, running=False, last_run_on=DAY, hurts_since=DAY)
    tale.say(0, pain_evening=3.0, bone_spot_tender=True, night_pain=True).cleared(2, lifts=WEIGHT).calm(range(2, 9))
    state = tale.state(8)
    assert (state.locked, state.weight_only) == (None, True)
    decision = tale.today(8)
    assert decision.light is not Light.RED
    assert Activity.EASY_RUN not in decision.allowed


def word(n, lifts, **more):
    return Clearance(DAY + timedelta(days=n), "Dr", "shin_inner", None, lifts=lifts, **more)


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ((word(0, WEIGHT),), True),
        ((word(0, WEIGHT), word(1, RUNNING)), False),
        ((word(0, WEIGHT), word(1, None)), False),
        ((word(0, RUNNING), word(1, WEIGHT)), True),
        ((word(0, WEIGHT, until=DAY + timedelta(days=9)),), False),
        ((word(0, WEIGHT, until=DAY + timedelta(days=10)),), True),
        ((word(0, WEIGHT), word(1, RUNNING, until=DAY + timedelta(days=9))), True),  # the leave is over
        ((word(0, WEIGHT), replace(word(1, EVERYTHING), site=None)), False),
        ((word(0, WEIGHT), replace(word(1, RUNNING), site="achilles")), True),
        ((word(11, WEIGHT),), False),  # not said yet
    ],
)
def test_which_word_holds_running_back(words, held):
    assert (weight_only_on(Profile(clearances=words), DAY + timedelta(days=10)) is not None) is held


# --- hops on a bone


def test_a_hop_before_running_is_cleared_opens_nothing():
    heel = "calcaneal-stress-fracture"
    tale = healing(60, heel).cleared(0, lifts=WEIGHT)
    assert tale.state(50).readiness.unmet == ("cleared",) or "hop-after-clearance" in tale.state(50).readiness.unmet
    tale.tests = [t for t in tale.tests if t.test != "hop_in_place"]
    tale.test(40, "hop_in_place", value=0.0).cleared(42, lifts=RUNNING)
    assert "hop-after-clearance" in tale.state(45).readiness.unknown
    tale.test(46, "hop_in_place", value=0.0)
    assert tale.state(46).readiness is None or "hop-after-clearance" in tale.state(46).readiness.met


@pytest.mark.parametrize(("value", "locked"), [(0.0, None), (1.0, HOP_HURT)])
def test_a_hop_that_hurt_on_a_bone_is_a_danger_word(value, locked):
    tale = healing(30).cleared(0, lifts=WEIGHT)
    tale.tests = [t for t in tale.tests if t.test != "hop_in_place"]
    tale.test(5, "hop_in_place", value=value)
    state, decision = tale.state(7), tale.today(7)
    assert state.locked == locked
    assert (decision.light is Light.RED) is (locked is not None)
    assert (NextStep.BOOK_PROFESSIONAL in decision.next_steps) is (locked is not None)
    if locked is not None:
        assert decision.allowed == (Activity.CROSS_TRAINING,)
        tale.cleared(6, lifts=WEIGHT)
        assert tale.state(7).locked is None
        assert tale.state(7).weight_only


@pytest.mark.parametrize(("value", "locked"), [(2.0, None), (2.5, HOP_HURT)])
def test_once_hops_are_asked_for_an_ache_is_no_danger_yet(value, locked):
    tale = healing(40).cleared(0, lifts=RUNNING)
    assert tale.state(34).phase is Phase.BUILD
    assert tale.test(35, "hop_in_place", value=value).state(35).locked == locked


def test_hops_are_not_asked_for_while_only_weight_is_cleared():
    def board(lifts):
        tale = healing(30).cleared(0, lifts=lifts)
        assert tale.state(29).phase is Phase.BUILD
        return board_of(tale.case(29), K, light=Light.GREEN).test("hop_in_place")

    assert board(WEIGHT).not_now == "bone"
    assert board(RUNNING).not_now != "bone"


def test_an_old_word_about_weight_opens_no_new_plan_and_still_holds_running_back():
    tale = healing(10)
    tale.cleared(-20, lifts=WEIGHT)
    state = tale.state(9)
    assert (state.locked, state.weight_only) == ("clearance", True)
