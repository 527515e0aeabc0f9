"""Running in plans: pause, readiness, a whole ladder. Examples and thresholds: tests/cases/ladder."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from tests.core.rehab.tale import DAY, K, Tale

from niggle.core.plan import RunStatus
from niggle.core.profile import Clearance, Profile
from niggle.core.protocol import Phase, Running
from niggle.core.rehab import runs_allowed

BONE = "bone-stress-injury"
KNEE = "patellofemoral-pain-syndrome"


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


def test_a_clearance_unlocks_and_a_restriction_locks_again():
    tale = bone(7, cleared_on=10)
    assert tale.state(9).locked == "clearance"
    assert tale.state(10).locked is None
    tale.profile = Profile(
        clearances=(*tale.profile.clearances, Clearance(DAY + timedelta(days=20), "Dr", tale.site, restricts=True))
    )
    assert tale.state(20).locked in ("clearance", "restriction")
    assert tale.state(20).status is RunStatus.PAUSED


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


def test_on_the_morning_of_a_new_phase_nothing_is_back_before_its_turn():
    """She never stopped, and the phase that builds up began today: what comes back comes one at a time."""
    state = replace(Tale(KNEE, before_week_m=30000.0).calm(range(-3, 3)).state(2), phase=Phase.INTEGRATE)
    assert state.status is RunStatus.CONTINUING
    mode = K.protocols[KNEE].phase(Phase.INTEGRATE).running.mode
    assert mode in (Running.BUILD, Running.FULL)
    assert {"hills", "speed", "strides"} <= runs_allowed(state, K).out
