"""Half of the old week instead of the ladder (RTR-R15): for light cases only, and capped until it has grown back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.rehab.tale import CALM, DAY, K, Tale
from tests.core.rehab.test_running import KNEE, on_the_ladder

from niggle.core.body import TissueClass
from niggle.core.plan import ItemKind, PlanStart, RunStatus
from niggle.core.profile import Clearance, Profile
from niggle.core.protocol import Need, Running
from niggle.core.reasons import Fact, Weight
from niggle.core.rehab import may_start, runs_allowed, too_serious, way_back
from niggle.core.rehab.running import RunsAllowed
from niggle.core.scoreboard import reason
from niggle.core.today import surroundings_of

LIGHT = "calf-strain"
WEEK_M = 30_000.0


def told(last_run: int = -2, grade: str | None = "grade_1", half: bool = True, condition: str = LIGHT, **more) -> Tale:
    more = {"running": False, "before_week_m": WEEK_M, "grade": grade, "half_start": half, **more}
    tale = Tale(condition, last_run_on=DAY + timedelta(days=last_run), **more)
    for n in range(last_run, -60, -3):
        tale.run(n, 60, 10.0, say=n > -15)
    return tale


def opened(tale: Tale, days: int = 40) -> int:
    """The day on which running opens, everything being well."""
    tale.calm(range(days), findings=(("walk_pain", False), ("hop_pain", False)))
    tale.strong(2)
    for n in range(0, days, 2):
        tale.did(n, K.protocols[LIGHT].phases[0].items[0].id)
    for key in ("says_tender", "says_drills_pain_free", "says_stairs_pain_free"):
        tale.answer(2, key, key == "says_drills_pain_free")
    return next(n for n in range(days) if tale.state(n).status is not RunStatus.PAUSED)


def test_running_opens_at_half_a_week_with_no_step_of_a_ladder():
    tale = told()
    day = opened(tale)
    state = tale.state(day)
    allowed = runs_allowed(state, K)
    assert (state.status, state.half_week_m, allowed.week_m) == (RunStatus.BUILDING, 15_000.0, 15_000.0)
    assert (allowed.mode.value, allowed.alternate, allowed.step) == ("easy", True, None)
    assert {"long_run", "speed", "hills", "strides", "plyometrics"} <= allowed.out
    assert [m.reason.rule for m in state.moves if m.on == state.half_since] == ["RTR-R15"]
    decision = tale.today(day)
    assert "RTR-R15" in {r.rule for r in decision.reasons}
    assert decision.caps.week_total_m is not None
    assert decision.caps.week_total_m <= 15_000.0


def test_without_the_wish_it_is_the_ladder():
    tale = told(half=False)
    assert tale.state(opened(tale)).status is RunStatus.LADDER


@pytest.mark.parametrize(("day_of_last_run", "status"), [(0, RunStatus.BUILDING), (-1, RunStatus.LADDER)])
def test_two_weeks_without_a_run_are_the_most(day_of_last_run: int, status: RunStatus):
    day = opened(told())
    tale = told(last_run=day - 14 + day_of_last_run)
    assert opened(tale) == day
    state = tale.state(day)
    assert state.status is status
    if status is RunStatus.LADDER:
        start = next(m for m in state.moves if m.kind.value == "ladder_start")
        assert (start.reason.rule, start.reason.fact("because")) == ("RTR-R15", "weeks_off")


def test_a_run_that_was_not_asked_for_does_not_make_a_break_short():
    day = opened(told())
    tale = told(last_run=day - 15)
    tale.run(day - 1, 20, 3.0)
    assert tale.state(opened(tale)).status is not RunStatus.BUILDING


def test_nobody_knows_the_usual_week():
    tale = Tale(LIGHT, running=False, grade="grade_1", half_start=True, last_run_on=DAY - timedelta(days=2))
    state = tale.state(opened(tale))
    assert state.status is RunStatus.LADDER
    assert [m.reason.fact("because") for m in state.moves if m.kind.value == "ladder_start"] == ["usual_week"]


def test_what_was_run_counts_into_the_half_week_and_a_tenth_is_added_each_week():
    tale = told()
    day = opened(tale)
    tale.run(day, 36, 6.0)
    tale.run(day + 2, 36, 6.0)
    caps = tale.today(day + 4).caps
    assert caps.week_left_m is not None
    assert caps.week_left_m <= 3_000.0
    assert caps.longest_session_m is not None
    assert caps.longest_session_m <= 3_000.0
    cap = [runs_allowed(tale.state(day + n), K).week_m for n in (6, 7, 13, 14)]
    assert cap == pytest.approx([15_000, 16_500, 16_500, 18_150])


def test_nothing_comes_back_in_the_first_two_weeks_and_the_day_after_a_run_is_free():
    tale = told()
    day = opened(tale)
    tale.run(day, 30, 5.0)
    assert not tale.today(day + 1).may_run
    for n in range(2, 13, 2):
        tale.run(day + n, 25, 4.0)
    states = [tale.state(day + n) for n in range(13)]
    assert all(not s.opened and s.status is RunStatus.BUILDING for s in states)
    assert tale.state(day + 13).ladder_done == DAY + timedelta(days=day + 13)


def test_a_first_run_that_was_felt_the_next_day_waits():
    tale = told()
    day = opened(tale)
    tale.run(day, 30, 5.0)
    tale.entries = [e for e in tale.entries if e.on != DAY + timedelta(days=day + 1)]
    tale.say(day, **{**CALM, "pain_max": 0.0, "baseline_by_24h": False, "pain_morning": 2.0})
    tale.say(day + 1, **{**CALM, "pain_morning": 2.0, "pain_evening": 1.0})
    assert tale.state(day + 1).wait_until is not None
    assert not tale.today(day + 1).may_run


def test_after_a_stop_the_second_try_goes_by_the_ladder():
    tale = told()
    day = opened(tale)
    tale.run(day, 30, 5.0, pain=8.0)
    assert tale.state(day + 1).status is RunStatus.PAUSED
    tale.strong(day + 6)
    later = next(s for n in range(day + 2, 40) if (s := tale.state(n)).status is not RunStatus.PAUSED)
    assert later.status is RunStatus.LADDER


def _all_grades():
    return [(c, g) for c, p in sorted(K.protocols.items()) for g in (*p.grades, None)]


@pytest.mark.parametrize(("condition", "grade"), _all_grades())
def test_it_is_never_open_to_bone_to_what_waits_for_a_clearance_or_beyond_the_lightest_grade(condition, grade):
    protocol = K.protocols[condition]
    start = PlanStart("p", condition, DAY, protocol.site, None, grade, False, WEEK_M, half_start=True)
    named = protocol.grades.get(grade or protocol.default_grade or "")
    needs = {protocol.need, Need.NOTHING if named is None else named.need}
    bone = protocol.tissue_class is TissueClass.BONE
    lightest = min((sum(g.min_days) for g in protocol.grades.values()), default=0)
    heavier = named is not None and sum(named.min_days) > lightest
    if bone or needs != {Need.NOTHING} or heavier:
        assert too_serious(protocol, start) is not None
        everywhere = Profile(clearances=(Clearance(DAY, "Dr"),))
        wrong = may_start(replace(start, imaged=True), (), everywhere, DAY, K)
        assert "half_start" in {p.field for p in wrong} or Need.NO_PLAN in needs


def test_a_bone_plan_that_has_it_all_the_same_goes_by_the_ladder():
    tale = Tale("metatarsal-stress-fracture", running=False, imaged=True, before_week_m=WEEK_M, half_start=True,
                last_run_on=DAY - timedelta(days=60)).cleared(0)  # fmt: skip
    tale.calm(range(50), findings=(("walk_pain", False), ("hop_pain", False)))
    for n in (7, 21, 35, 45):
        tale.strong(n)
    for key in ("tender", "says_tender"):
        tale.answer(20, key, False)
    assert RunStatus.BUILDING not in {tale.state(n).status for n in range(0, 50, 5)}


@pytest.mark.parametrize(("days", "fields"), [(14, set()), (15, {"half_start"})])
def test_a_break_that_is_too_long_already_is_named_at_the_start(days: int, fields: set[str]):
    plan = replace(told().plan, last_run_on=DAY - timedelta(days=days))
    assert {p.field for p in may_start(plan, (), Profile(), DAY, K)} == fields


@pytest.mark.parametrize(("week_m", "open_"), [(1.0, False), (50_000.0, True)])
def test_a_step_of_another_plans_ladder_waits_where_the_half_week_is_full(monkeypatch, week_m, open_):
    """A step is run whole: it is not cut down to what the other plan leaves."""
    tale, day = on_the_ladder(KNEE)
    half = RunsAllowed(Running.EASY, (reason(K, "RTR-R15", Weight.INFO, Fact("week", week_m, "m", DAY)),), "p2",
                       week_m=week_m)  # fmt: skip
    own = way_back.together
    monkeypatch.setattr(way_back, "together", lambda allowed, *rest: own([*allowed, half], *rest))
    while not (run := [t for t in tale.today(day).tasks if t.kind is ItemKind.RUN_WALK]):
        day += 1
        assert day < 50
    assert run[0].allowed is open_
    assert open_ or "RTR-R15" in {r.rule for r in run[0].because}
    decision = tale.today(day)
    around = surroundings_of(tale.case(day), K, decision.on, decision.light)
    assert around.most_run_m == week_m
