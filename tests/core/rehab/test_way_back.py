"""After weeks without a run, with or without a plan: walk and run, said alike by the day, its task and the calendar."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, K, Tale
from tests.core.rehab.test_running import on_the_ladder

from niggle.core.history import Tag
from niggle.core.ladder.types import StepKind
from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS, ItemKind, PlanFacts
from niggle.core.rehab.way_back import allowed_on, long_break
from niggle.core.today import Activity, Headline, decide, surroundings_of, walks_back, week_items_of
from niggle.core.week import Spacing

A, R = Activity, ItemKind
MONTH = 29  # days off from which walking and running is the way back (break_days)


def before(tale: Tale, last: int) -> Tale:
    """Eight weeks of four runs, the last one on that day."""
    for n in range(last - 55, last + 1):
        if (last - n) % 7 in (0, 2, 4, 5):
            tale.run(n, 60, 10.0, say=False)
    return tale


def off(days: int, condition: str = "plantar-fasciitis", **plan) -> Tale:
    """So many days without a run, seen on day 10."""
    return before(Tale(condition, before_week_m=40_000.0, **plan), 10 - days - 1).calm(range(-2, 11))


def no_plan(tale: Tale, n: int = 10):
    return replace(tale.case(n), plan=replace(PlanFacts(), weeks=tuple(tale.weeks)))


def run_tasks(decision):
    return [t for t in decision.tasks if t.kind in RUN_KINDS]


def rounds(task) -> tuple[float, float, int]:
    run, walk = task.steps
    return run.seconds / 60, walk.seconds / 60, run.repeat


def test_four_weeks_off_without_a_plan_is_a_session_that_knows_its_steps():
    case = no_plan(off(MONTH))
    decision = decide(case, K)
    (task,) = run_tasks(decision)
    assert decision.headline is Headline.WALK_AND_RUN
    assert (task.kind, task.allowed, rounds(task)) == (R.RUN_WALK, True, (1, 1, 10))
    assert (decision.plan, decision.no_task) == ((), None)
    assert decision.caps.longest_session_s == 20 * 60
    assert decision.caps.longest_session_m <= 20 * 60 / 360 * 1000
    items = week_items_of(case, K, case.on)
    assert {i.kind for i in items} == {R.RUN_WALK}
    assert {i.step for i in items} == {("break", "run-1")}
    assert surroundings_of(case, K, case.on, decision.light).spacing is Spacing.BLOCK
    assert walks_back(case, K)


def test_a_day_less_is_half_of_the_old_week():
    case = no_plan(off(MONTH - 1))
    decision = decide(case, K)
    assert decision.headline is Headline.AS_PLANNED_CAPPED
    assert not decision.tasks
    assert week_items_of(case, K, case.on) == ()
    assert not walks_back(case, K)
    assert dict(decision.caps.rules)["week_total_m"] == "LOAD-S22"
    assert decision.caps.week_total_m == 20_000.0


@pytest.mark.parametrize(("days", "walks"), [(MONTH - 1, False), (MONTH, True)])
def test_a_plan_that_lets_her_run_gives_the_same_session_on_the_day_and_in_the_week(days, walks):
    tale = off(days)
    case = tale.case(10)
    decision = decide(case, K)
    (task,) = run_tasks(decision)
    kinds = {i.kind for i in week_items_of(case, K, case.on + timedelta(days=1)) if i.kind in RUN_KINDS}
    assert (kinds == {R.RUN_WALK}) is walks
    assert (task.kind is R.RUN_WALK) is walks
    assert (decision.headline is Headline.WALK_AND_RUN) is walks
    if walks:
        assert rounds(task) == (1, 1, 5), "the sole has a gentler ladder of its own"
        assert task.metres is None
        assert "LOAD-S22" in {r.rule for r in decision.reasons}


def test_each_session_holds_a_little_more_until_three_weeks_are_over():
    tale = off(MONTH + 20, "patellofemoral-pain-syndrome")
    seen = []
    for n in range(10, 38):
        tale.calm([n])
        (task,) = run_tasks(tale.today(n)) or [None]
        if task is not None and task.allowed:
            seen.append((n, rounds(task) if task.kind is R.RUN_WALK else task.kind))
            tale.run(n, 24, 3.0, tags=(Tag.RUN_WALK,))
    assert seen[:3] == [(10, (1, 1, 10)), (12, (2, 1, 7)), (14, (3, 1, 5))]
    walked = [kind for day, kind in seen if day < 31]
    assert walked[3:7] == [(5, 1, 4), (6, 1, 4), (9, 1, 3), (14, 1, 2)]
    assert {kind for day, kind in seen if day >= 31} == {R.RUN_EASY}


def test_the_day_after_a_session_is_free_of_running():
    tale = off(MONTH).run(10, 20, 3.0, tags=(Tag.RUN_WALK,)).calm([11])
    for case in (tale.case(11), no_plan(tale, 11)):
        decision = decide(case, K)
        assert not decision.may_run
        assert not [t for t in run_tasks(decision) if t.allowed]
    assert decide(no_plan(tale.calm([12]), 12), K).may_run


def test_three_weeks_after_the_first_session_it_is_over():
    tale = off(MONTH)
    for n in range(10, 32, 2):
        tale.run(n, 20, 3.0, tags=(Tag.RUN_WALK,))
    assert long_break(tale.life(30), K) is not None
    assert long_break(tale.life(31), K) is None


def test_a_pause_on_the_way_back_does_not_end_it():
    tale = off(MONTH).run(10, 20, 3.0, tags=(Tag.RUN_WALK,)).run(19, 20, 3.0, tags=(Tag.RUN_WALK,))
    assert long_break(tale.life(20), K).days_off == MONTH


def test_who_comes_back_without_a_plan_is_near_half_of_her_week_in_a_month():
    """She does what Today says: 40 km a week before, then seven weeks off."""
    tale, done = off(49), {}
    for n in range(10, 40):
        tale.calm([n])
        decision = decide(no_plan(tale, n), K)
        for task in run_tasks(decision):
            if task.allowed:
                minutes = sum(s.seconds * s.repeat for s in task.steps if s.kind is StepKind.RUN) / 60
                tale.run(n, minutes, minutes / 6, tags=(Tag.RUN_WALK,))
                done[n] = minutes
        assert decision.light is Light.GREEN, (n, decision.reasons)
    weeks = [sum(m for n, m in done.items() if 10 + 7 * w <= n < 17 + 7 * w) for w in range(3)]
    assert weeks[0] < weeks[1] < weeks[2]
    caps = decide(no_plan(tale, 32), K).caps
    assert 13_000 < caps.week_total_m < 20_000


def test_a_run_that_she_spoke_of_is_a_run():
    """Who tells of her runs and brings no log has not been away."""
    tale = off(MONTH)
    for n in (-12, -9, -6, -3, 0, 3, 6, 9):
        tale.say(n, pain_max=0.0, pain_start=0.0)
    assert long_break(tale.life(10), K) is None


def test_a_ladder_that_began_after_the_break_is_the_way_back():
    tale, n = on_the_ladder("patellofemoral-pain-syndrome")
    before(tale, n - 40)
    allowed = allowed_on([tale.state(n)], tale.life(n), K)
    assert (allowed.ladder, allowed.step.metres) == ("joint", 1609)
    assert long_break(tale.life(n), K) is not None


def test_closed_running_stays_closed():
    tale = off(MONTH + 10, "patellofemoral-pain-syndrome", running=False)
    assert not run_tasks(tale.today(10))
    assert not [i for i in week_items_of(tale.case(10), K, DAY + timedelta(days=10)) if i.kind in RUN_KINDS]
    assert not decide(no_plan(off(MONTH).say(10, pain_evening=8.0)), K).may_run


def test_fewer_minutes_of_a_phase_hold_fewer_rounds():
    tale = off(MONTH, "iliotibial-band-syndrome")
    (task,) = run_tasks(tale.today(10))
    assert rounds(task) == (1, 1, 10)
    assert A.LONG_RUN not in tale.today(10).allowed
