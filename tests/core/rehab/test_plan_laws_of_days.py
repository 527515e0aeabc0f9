"""Laws of plans over seasons that nobody chose: never forward without a final green, never open on unknown."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.rehab.tale import CALM, DAY, K, Tale
from tests.core.rehab.test_running import first_of, resting

from niggle.core.exercise import Weight as Load
from niggle.core.ladder import readiness_list
from niggle.core.outcomes import Light
from niggle.core.plan import RunStatus
from niggle.core.protocol import Need, Phase, Running
from niggle.core.rehab import Book, Follower, MoveKind, advance, begin, days_of
from niggle.core.scoreboard import CALF_TESTS
from niggle.core.today import Activity, Memo, board_of, decide, decision_from_plain, decision_to_plain, life_of
from niggle.core.today.plans import plans_of_day
from niggle.core.today.testing import board_of_day, walks_a_step

CONDITIONS = ("achilles-tendinopathy-midportion", "patellofemoral-pain-syndrome", "iliotibial-band-syndrome",
              "plantar-fasciitis", "calf-strain", "bone-stress-injury", "ankle-sprain")  # fmt: skip
DAYS = 36

day = st.one_of(
    st.tuples(st.just("calm")),
    st.tuples(st.just("calm")),
    st.tuples(st.just("calm")),
    st.tuples(st.just("none")),
    st.tuples(st.just("nothing")),
    st.tuples(st.just("sore"), st.integers(1, 8)),
    st.tuples(st.just("run"), st.sampled_from([0, 0, 0, 0, 1, 2, 4, 8]), st.booleans(), st.integers(5, 45)),
    st.tuples(st.just("late"), st.integers(1, 4), st.integers(0, 5)),
)
seasons = st.lists(day, min_size=DAYS, max_size=DAYS)


def tale_of(condition, season, running=False, tests=True, cleared=True):
    tale = Tale(condition, running=running, imaged=True, before_week_m=30000.0,
                last_run_on=DAY - timedelta(weeks=9), hurts_since=DAY - timedelta(weeks=9))  # fmt: skip
    if cleared:
        tale.cleared(0)
    for n, (kind, *how) in enumerate(season):
        if kind == "calm":
            tale.calm([n])
        elif kind == "nothing":
            tale.say(n, site=None)
        elif kind == "sore":
            tale.say(n, **{**CALM, "pain_evening": float(how[0])})
        elif kind == "late":
            tale.say(n, late=how[0], **{**CALM, "pain_evening": float(how[1])})
        elif kind == "run":
            pain, morning, minutes = how
            more = {} if morning else {"pain_morning": None, "baseline_by_24h": None, "limp_walking": None}
            tale.run(n, float(minutes), minutes * 0.15, pain=float(pain), **more)
        if n % 3 == 0 and K.protocols[condition].phases[0].items:
            tale.did(n, K.protocols[condition].phases[0].items[0].id)
        if tests and n % 7 == 0:
            tale.strong(n)
            for key in ("says_walks_normally", "says_confident", "says_daily_life_pain_free"):
                tale.answer(n, key, True)
            for key in ("says_tender", "says_swollen", "says_careful_voice", "says_giving_way", "says_locking"):
                tale.answer(n, key, False)
    return tale


def place(state):
    """How far a plan has come, for comparing two."""
    order = (RunStatus.PAUSED, RunStatus.CONTINUING, RunStatus.LADDER, RunStatus.BUILDING, RunStatus.FULL)
    return (int(state.phase), order.index(state.status), state.step)


few = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])


@few
@given(st.sampled_from(CONDITIONS), seasons, st.booleans())
def test_a_step_forward_has_a_final_green_the_day_before(condition, season, running):
    tale = tale_of(condition, season, running)
    n = DAYS - 1
    state = tale.state(n)
    rows = days_of(tale.plan, tale.life(n), Book.of(tale.plan, K)).rows
    by_day = {r.on: r for r in rows}
    walked = {s.id for s in K.ladders[state.ladder].steps if s.walk_only} if state.ladder else set()
    for move in state.moves:
        if move.kind in (MoveKind.STEP_FORWARD, MoveKind.LADDER_DONE) and not walked:
            before = by_day[move.on - timedelta(days=1)]
            assert before.session
            assert before.final_green
        if move.kind is MoveKind.PHASE_FORWARD:
            week = [by_day[move.on - timedelta(days=d)].mark for d in range(7)]
            assert all(m is None or m.light not in (Light.YELLOW, Light.RED) for m in week)


@few
@given(st.sampled_from(CONDITIONS), seasons)
def test_without_tests_nothing_opens_that_asks_for_one(condition, season):
    state = tale_of(condition, season, tests=False).state(DAYS - 1)
    for move in state.moves:
        assert move.kind not in (MoveKind.LADDER_START, MoveKind.STEP_FORWARD)
    assert all(i.truth is not True for i in state.gate.items if any(m.startswith("test:") for m in i.missing))


@few
@given(st.sampled_from(("bone-stress-injury", "navicular-stress-fracture")), seasons, st.booleans())
def test_bone_without_a_clearance_never_runs(condition, season, running):
    tale = tale_of(condition, season, running, cleared=False)
    for n in range(0, DAYS, 5):
        state = tale.state(n)
        assert state.status is RunStatus.PAUSED
        assert state.locked is not None
        assert not tale.today(n).may_run


@few
@given(st.sampled_from(CONDITIONS), seasons, st.integers(0, DAYS - 1), st.integers(4, 9))
def test_a_worse_word_never_brings_it_further(condition, season, n, pain):
    better, worse = tale_of(condition, season), tale_of(condition, season)
    worse.say(n, **{**CALM, "pain_evening": float(pain)})
    assert place(worse.state(n)) <= place(better.state(n))
    assert worse.state(DAYS - 1).phase <= better.state(DAYS - 1).phase


@few
@given(st.sampled_from(CONDITIONS), seasons, st.booleans())
def test_asked_day_after_day_it_is_what_one_look_sees(condition, season, running):
    tale = tale_of(condition, season, running)
    memo, follower = Memo(), Follower()
    for n in range(DAYS):
        assert tale.state(n, follower) == tale.state(n)
        with_memo = tale.today(n, memo)
        if n % 5 == 0:
            assert with_memo == tale.today(n)
            assert decision_from_plain(decision_to_plain(with_memo)) == with_memo


@few
@given(st.sampled_from(CONDITIONS), seasons)
def test_folding_day_by_day_is_following(condition, season):
    tale = tale_of(condition, season)
    book = Book.of(tale.plan, K)
    days = days_of(tale.plan, tale.life(DAYS - 1), book)
    state = begin(tale.plan, days, book)
    for index in range(days.index(DAY), len(days.rows)):
        state = advance(state, days, index, book)
    followed = tale.state(DAYS - 1)
    assert (state.phase, state.status, state.step, state.items) == (
        followed.phase, followed.status, followed.step, followed.items)  # fmt: skip
    assert state.moves == followed.moves


@few
@given(st.sampled_from(CONDITIONS), seasons, st.booleans())
def test_the_day_never_allows_a_run_that_light_or_plan_forbid(condition, season, running):
    tale = tale_of(condition, season, running)
    for n in range(0, DAYS, 4):
        decision = tale.today(n)
        if decision.light in (Light.RED, Light.CANNOT_SAY) or decision.plan[0].status is RunStatus.PAUSED:
            assert not decision.may_run
            assert not any(t.allowed and t.kind.value.startswith("run") for t in decision.tasks)
        allowed = [t for t in decision.tasks if t.allowed and not t.done]
        assert allowed or decision.no_task
        assert all(t.because for t in decision.tasks if not t.allowed)


@pytest.mark.parametrize("condition", sorted(c for c, p in K.protocols.items() if p.need is not Need.NO_PLAN))
def test_every_protocol_can_be_followed(condition):
    season = [("calm",)] * 30
    tale = tale_of(condition, season)
    state = tale.state(29)
    assert state.moves or state.gate.items
    decision = tale.today(29)
    assert decision.plan
    assert replace(decision, plan=()) != decision


@pytest.mark.parametrize(("pain", "hops"), [(None, False), (3.5, False), (3.0, True), (0.0, True)])
def test_hops_are_tested_only_when_the_place_is_known_to_be_calm(pain: float | None, hops: bool) -> None:
    """A place that is sore, or of which nothing is known, is not hopped on; the gentle tests stay (ASB-12, ASB-17)."""
    story = Tale("plantar-fasciitis", running=False)  # her first run waits for hops
    if pain is not None:
        story.calm([-2, -1, 0])
        story.say(0, pain_evening=pain)
    decision = decide(story.case(0), K)
    asked = {t for task in decision.tasks for t in task.tests}
    assert asked
    assert any(K.tests[t].impact for t in asked) is hops


def test_hops_are_not_tested_while_jumps_are_off_the_menu_and_nothing_waits_for_them() -> None:
    story = Tale("plantar-fasciitis").calm([-2, -1, 0])
    case = story.case(0)
    asked = {t for task in decide(case, K).tasks for t in task.tests}
    assert asked
    assert not any(K.tests[t].impact for t in asked)
    shown = {s.test: s for s in board_of(case, K).tests}
    assert shown["hop_in_place"].not_now == "phase"
    assert shown["calf_raise"].next_on == case.on


_PAUSED = sorted(
    c for c, p in K.protocols.items() if p.ladder not in (None, "bone") and p.need is Need.NOTHING
)  # fmt: skip


@pytest.mark.parametrize("condition", _PAUSED)
def test_whoever_does_what_the_days_ask_comes_to_the_ladder(condition: str) -> None:
    """Calm days, the tests and exercises among her tasks and nothing beyond: the way back to running opens."""
    story = Tale(condition, running=False).calm(range(-5, 95))
    for n in range(90):
        if story.state(n).status is not RunStatus.PAUSED:
            return
        tasks = story.today(n).tasks
        for test in {t for task in tasks for t in task.tests}:
            story.passed(n, test)
        for item in {e.item for task in tasks if task.allowed for e in task.exercises}:
            story.did(n, item)
        for key in ("says_tender", "says_swollen", "says_giving_way", "says_locking", "says_numb"):
            story.answer(n, key, False)
    readiness = story.state(89).readiness
    assert readiness is not None
    pytest.fail(f"still paused: {readiness.unmet} {readiness.missing}")


def _asked(condition: str, **plan: object) -> set[str]:
    return {t for task in decide(Tale(condition, **plan).calm([-2, -1, 0]).case(0), K).tasks for t in task.tests}


@pytest.mark.parametrize("condition", sorted(c for c, p in K.protocols.items() if p.need is Need.NOTHING))
def test_on_the_first_day_only_what_opens_something_is_tested(condition: str) -> None:
    """A sore place is not tested for a number that opens nothing yet."""
    phase = K.protocols[condition].phases[0]
    names = {name for criterion in phase.gate for name in criterion.when.names}
    first_run = {name for item in readiness_list(K.protocols[condition], None, K) for name in item.when.names}
    waits = names if phase.running.mode is Running.NONE else names | first_run
    opens = {t for t in K.tests if any(name.startswith(f"{t}_") for name in waits)}
    opens |= set(CALF_TESTS) if "calf_gate" in waits else set()
    assert _asked(condition, running=False) <= opens


def test_the_brisk_walk_is_for_who_does_not_run_and_walks_without_a_limp() -> None:
    assert "walk_30" in _asked("plantar-fasciitis", running=False)
    assert "walk_30" not in _asked("plantar-fasciitis")
    limps = Tale("plantar-fasciitis", running=False).calm([-2, -1]).say(0, pain_evening=1.0, limp_first_steps=True)
    assert "walk_30" not in board_of(limps.case(0), K).due
    new = Tale("plantar-fasciitis", running=False).say(0, pain_evening=1.0, limp=False)
    assert "walk_30" not in board_of(new.case(0), K).due, "the first word is a day old at least"
    bone = Tale("tibial-stress-fracture", running=False, imaged=True).calm([-2, -1, 0])
    assert "walk_30" not in board_of(bone.case(0), K).due
    assert "walk_30" in board_of(bone.answer(0, "says_walks_normally", True).case(0), K).due


def test_who_runs_again_is_not_asked_for_a_brisk_walk() -> None:
    tale = resting("plantar-fasciitis", 60)
    tale.strong(21)
    day = first_of(tale, 40, "ladder_start")
    assert day is not None
    later = next(n for n in range(day, 60) if "calf_raise" in board_of(tale.case(n), K).due)
    assert tale.state(later).status is RunStatus.LADDER
    assert "walk_30" not in board_of(tale.case(later), K).due


def test_a_walk_that_is_a_step_of_the_ladder_is_asked_for() -> None:
    state = Tale("ankle-sprain", running=False, grade="grade_1").state(0)
    book = Book.of(state.plan, K)
    assert book.ladder is not None
    assert book.ladder.steps[0].walk_only
    for status, step, asked in (
        (RunStatus.LADDER, 0, True),
        (RunStatus.LADDER, 1, False),
        (RunStatus.PAUSED, 0, False),
    ):
        assert walks_a_step(replace(state, status=status, step=step), book) is asked


def test_nothing_heavy_while_all_settles() -> None:
    assert Activity.HEAVY_STRENGTH in decide(Tale("calf-strain", running=False).calm([-2, -1, 0]).case(0), K).leave_out
    heavy = [p for p in K.protocols.values() if any(i.dose.weight is Load.EFFORT for i in p.phases[0].items)]
    assert not heavy, "a plan that lifts so in its first phase would contradict the day"


@pytest.mark.parametrize(
    ("phase", "locked", "not_now"),
    [(Phase.SETTLE, None, "bone"), (Phase.BUILD, "clearance", "bone"), (Phase.BUILD, None, None)],
)
def test_hops_of_a_bone_plan_wait_for_its_clearance_and_its_second_phase(phase, locked, not_now) -> None:
    """Gate 2 asks for them, so they are not called off for good."""
    case = Tale("tibial-stress-fracture", running=False, imaged=True).calm([-2, -1, 0]).case(0)
    life = life_of(case, K)
    plans = plans_of_day(case, K, life.checkins, life.history, life.sessions)
    then = replace(plans, states=tuple(replace(s, phase=phase, locked=locked) for s in plans.states))
    (hop,) = (t for t in board_of_day(then, K, False).tests if t.test == "hop_in_place")
    assert hop.not_now == not_now
    assert (hop.next_on == case.on) is (not_now is None)
