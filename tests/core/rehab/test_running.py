"""Running in plans: pause, readiness, ladder, what comes back; told day by day, judged by the real knowledge."""

from datetime import timedelta
from itertools import pairwise

import pytest
from tests.core.rehab.tale import DAY, K, Tale

from niggle.core.plan import RunStatus
from niggle.core.profile import Clearance, Profile
from niggle.core.protocol import Phase
from niggle.core.rehab import runs_allowed

MID = "achilles-tendinopathy-midportion"
BONE = "bone-stress-injury"
KNEE = "patellofemoral-pain-syndrome"
ITB = "iliotibial-band-syndrome"


def resting(condition=KNEE, days=14, **plan):
    """She stopped running; calm days and passed tests until day `days`."""
    tale = Tale(condition, running=False, last_run_on=DAY - timedelta(days=7), before_week_m=30000.0, **plan)
    tale.calm(range(-3, days))
    tale.strong(0).strong(7).strong(14)
    for n in range(0, days, 2):
        tale.did(n, "x")
    return tale


def at(tale, n):
    state = tale.state(n)
    return state.status, state.step


def first_of(tale, n, kind):
    return next((day for day, k, _ in tale.moves(n) if k == kind), None)


def on_the_ladder(condition, last=60):
    """A tale in which the ladder opens, and the day on which it did."""
    tale = resting(condition, last)
    for n in range(21, last, 7):
        tale.strong(n)
    day = first_of(tale, last - 1, "ladder_start")
    assert day is not None, tale.state(last - 1).readiness
    return tale, day


def told(condition, day, runs, last):
    """Calm days, except those of `runs`: {day: how it went}."""
    tale = Tale(condition, running=False, last_run_on=DAY - timedelta(days=7), before_week_m=30000.0)
    for n in range(-3, last):
        if n not in runs:
            tale.calm([n])
    for n in range(0, last, 7):
        tale.strong(n)
    for n in range(0, last, 2):
        tale.did(n, "x")
    for n, how in runs.items():
        tale.run(n, **how)
    return tale


def test_who_stopped_waits_for_all_of_readiness_and_then_starts_at_the_first_step():
    tale, day = on_the_ladder(KNEE)
    assert at(tale, day - 1)[0] is RunStatus.PAUSED
    assert at(tale, day) == (RunStatus.LADDER, 0)


def test_unknown_never_starts_the_ladder():
    tale = resting(KNEE, 30)
    tale.tests.clear()
    state = tale.state(29)
    assert state.status is RunStatus.PAUSED
    assert "test:hop_in_place" in state.readiness.missing
    assert not state.readiness.open


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_rtr_e01_a_tender_shin_is_not_ready(value):
    tale = resting("medial-tibial-stress-syndrome", 40)
    tale.strong(21).strong(28)
    tale.tests = [t for t in tale.tests if t.test != "press_tender"]
    for n in (0, 7, 14, 21, 28):
        tale.test(n, "press_tender", value=value)
    tale.answer(0, "says_tender", value > 0)
    started = first_of(tale, 36, "ladder_start")
    if value:
        assert started is None
        assert any("tender" in i.criterion for i in tale.state(36).readiness.items if i.truth is False)


def bone(weeks_off, cleared_on=0, last=60):
    profile = Profile()
    tale = Tale(BONE, running=False, profile=profile, imaged=True, last_run_on=DAY - timedelta(weeks=weeks_off),
                hurts_since=DAY - timedelta(weeks=weeks_off))  # fmt: skip
    if cleared_on is not None:
        tale.cleared(cleared_on)
    tale.calm(range(-3, last))
    for n in range(0, last, 7):
        tale.strong(n).answer(n, "says_walks_normally", True).answer(n, "says_tender", False)
        tale.answer(n, "says_daily_life_pain_free", True)
    for n in range(0, last, 2):
        tale.did(n, "x")
    return tale


def test_rtr_e02_bone_without_clearance_is_locked():
    state = bone(7, cleared_on=None).state(50)
    assert state.locked == "clearance"
    assert state.status is RunStatus.PAUSED
    assert state.phase is Phase.SETTLE


def test_a_clearance_unlocks_and_a_restriction_locks_again():
    tale = bone(7, cleared_on=10)
    assert tale.state(9).locked == "clearance"
    assert tale.state(10).locked is None
    tale.profile = Profile(
        clearances=(*tale.profile.clearances, Clearance(DAY + timedelta(days=20), "Dr", tale.site, restricts=True))
    )
    assert tale.state(20).locked in ("clearance", "restriction")
    assert tale.state(20).status is RunStatus.PAUSED


def test_bone_never_before_four_weeks_off_even_with_a_clearance():
    tale = bone(0, cleared_on=0, last=70)
    started = first_of(tale, 69, "ladder_start")
    assert started is None or started >= 28
    late = bone(8, cleared_on=0, last=70)
    assert first_of(late, 69, "ladder_start") is not None


def test_rtr_e03_bone_step_twice_then_the_next():
    tale = bone(8, last=60)
    day = first_of(tale, 59, "ladder_start")
    runs = {day: 20, day + 2: 20}
    more = Tale(BONE, running=False, profile=tale.profile, imaged=True, last_run_on=tale.plan.last_run_on,
                hurts_since=tale.plan.hurts_since)  # fmt: skip
    more.entries = [e for e in tale.entries if (e.on - DAY).days not in runs]
    more.tests, more.answers, more.done = tale.tests, tale.answers, tale.done
    for n, minutes in runs.items():
        more.run(n, minutes, tags=("run_walk",))
    assert at(more, day + 1) == (RunStatus.LADDER, 0)
    assert more.state(day + 1).successes == 1
    assert at(more, day + 2) == (RunStatus.LADDER, 0)
    assert at(more, day + 3) == (RunStatus.LADDER, 1)


def test_rtr_e05_sharp_pain_in_bone_locks_until_a_newer_clearance():
    tale = bone(8, last=60)
    day = first_of(tale, 59, "ladder_start")
    tale.entries = [e for e in tale.entries if (e.on - DAY).days < day]
    tale.run(day, 20, pain=2.0, quality="sharp")
    state = tale.state(day)
    assert state.locked in ("sharp_bone", "red_flag")
    assert state.status is RunStatus.PAUSED
    assert runs_allowed(state, K).mode.value == "none"
    tale.calm(range(day + 1, day + 5))
    assert tale.state(day + 4).locked is not None


def test_a_step_counts_on_the_next_day_and_only_with_its_morning():
    _, day = on_the_ladder(KNEE)
    good = told(KNEE, day, {day: {"minutes": 11, "km": 1.6}}, day + 8)
    assert at(good, day) == (RunStatus.LADDER, 0)
    assert at(good, day + 1) == (RunStatus.LADDER, 1)
    silent = {"minutes": 11, "km": 1.6, "pain_morning": None, "baseline_by_24h": None, "limp_walking": None}
    unsure = told(KNEE, day, {day: silent}, day + 8)
    assert at(unsure, day + 1) == (RunStatus.LADDER, 0)
    assert (day + 1, "step_uncounted", "1") in unsure.moves(day + 1)


def test_rtr_e06_every_other_day_for_the_knee():
    _, day = on_the_ladder(KNEE)
    tale = told(KNEE, day, {day: {"minutes": 11, "km": 1.6}}, day + 3)
    tomorrow = tale.today(day + 1)
    assert not tomorrow.may_run
    assert "RTR-R06" in {r.rule for r in tomorrow.reasons} or "LOAD-R11" in {r.rule for r in tomorrow.reasons}
    assert tale.today(day + 2).may_run


def test_rtr_e07_outer_knee_ache_repeats_the_step():
    _, day = on_the_ladder(ITB)
    tale = told(ITB, day, {day: {"minutes": 11, "km": 1.6, "pain": 1.0}}, day + 3)
    assert at(tale, day + 1) == (RunStatus.LADDER, 0)
    assert (day + 1, "step_repeat", "1") in tale.moves(day + 1)


def test_yellow_repeats_two_yellows_go_back_and_red_pauses():
    _, day = on_the_ladder(KNEE)
    fine, sore = {"minutes": 11, "km": 1.6}, {"minutes": 16, "km": 2.4, "pain": 4.0}
    one = told(KNEE, day, {day: fine, day + 2: sore}, day + 5)
    assert at(one, day + 3) == (RunStatus.LADDER, 1)
    assert one.state(day + 3).reduced_left == 2
    two = told(KNEE, day, {day: fine, day + 2: sore, day + 4: sore}, day + 8)
    assert at(two, day + 5) == (RunStatus.LADDER, 0)
    red = told(KNEE, day, {day: fine, day + 2: {**sore, "pain": 8.0}}, day + 8)
    assert red.state(day + 2).status is RunStatus.PAUSED
    assert red.state(day + 2).phase is Phase.SETTLE
    assert not red.today(day + 2).may_run
    assert not red.today(day + 3).may_run


def test_the_whole_ladder_then_elements_one_a_week():
    _, day = on_the_ladder(KNEE)
    runs = {day + 2 * n: {"minutes": 7 * km, "km": km} for n, km in enumerate((1.6, 2.4, 3.2, 4.0, 4.8))}
    for n in range(day + 11, day + 70, 2):
        runs[n] = {"minutes": 40, "km": 7.0, "tags": ("strides",) if n % 4 == 0 else ()}
    tale = told(KNEE, day, runs, day + 70)
    for n in range(0, day + 70, 7):
        tale.answer(n, "says_confident", True).answer(n, "says_careful_voice", False)
        tale.answer(n, "says_medium_long_normal", True)
    moves = tale.moves(day + 69)
    done = next(d for d, k, _ in moves if k == "ladder_done")
    assert done == day + 9
    back = [(d, e) for d, k, e in moves if k == "element_back"]
    assert back, tale.state(day + 69).reasons
    assert all(later - earlier >= 7 for (earlier, _), (later, _) in pairwise(back))
    order = [e.value for e in K.protocols[KNEE].add_back]
    assert [e for _, e in back] == order[: len(back)]


def test_who_never_stopped_goes_on_inside_the_window_and_pauses_on_red():
    tale = Tale("plantar-fasciitis", before_week_m=30000.0)
    for n in range(0, 20):
        if n % 3:
            tale.calm([n])
        else:
            tale.run(n, 30, 5.0, pain=1.0)
    assert tale.state(10).status is RunStatus.CONTINUING
    assert tale.today(11).may_run
    tale.say(20, pain_max=8.0)
    assert tale.state(20).status is RunStatus.PAUSED
    assert tale.state(20).readiness is not None
