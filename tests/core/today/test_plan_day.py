"""A plan in the day's decision: tasks with and without a calendar, what light and load take away, nothing added."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, K, Tale

from niggle.core.case import case_from_plain, case_to_plain
from niggle.core.outcomes import Light
from niggle.core.plan import Absence, Away, ItemKind, Placed, PlanEnd, PlanStart, WeekItem, WeekPlan
from niggle.core.profile import Clearance, Profile
from niggle.core.today import (
    Activity,
    Change,
    Headline,
    Memo,
    NextStep,
    board_of,
    decide,
    plans_of,
    prescriptions,
    surroundings_of,
    week_items_of,
)

MID = "achilles-tendinopathy-midportion"
KNEE = "patellofemoral-pain-syndrome"


def continuing(days=12, condition="plantar-fasciitis", **plan):
    tale = Tale(condition, before_week_m=30000.0, **plan)
    for n in range(-28, days):
        if n % 3:
            tale.calm([n])
        else:
            tale.run(n, 40, 6.5)
    for n in range(0, days, 7):
        tale.strong(n)
    return tale


def test_without_a_plan_nothing_is_said_of_plans():
    case = replace(continuing().case(11), plan=Tale(MID).facts().__class__())
    decision = decide(case, K)
    assert (decision.plan, decision.tasks, decision.no_task) == ((), (), None)


def test_a_plan_never_allows_more_than_the_day_without_it():
    tale = continuing()
    for n in range(0, 12):
        case = tale.case(n)
        bare = decide(replace(case, plan=case.plan.__class__()), K)
        planned = decide(case, K)
        assert set(planned.allowed) <= set(bare.allowed)
        assert set(planned.leave_out) >= set(bare.leave_out)
        assert planned.light is bare.light


def test_a_case_with_a_plan_replays():
    case = continuing().case(11)
    again = case_from_plain(case_to_plain(case))
    assert decide(again, K) == decide(case, K)


def test_today_holds_what_is_due():
    decision = continuing().today(12)
    kinds = {t.kind for t in decision.tasks if t.allowed}
    assert decision.plan[0].condition == "plantar-fasciitis"
    assert ItemKind.HOME_SET in kinds or ItemKind.MOBILITY in kinds
    assert kinds & {ItemKind.RUN_EASY, ItemKind.RUN_MEDIUM, ItemKind.CROSS_TRAINING}


def week(*placed, start=DAY):
    return WeekPlan(start, start, tuple(Placed(item, start + timedelta(days=n), at) for n, at, item in placed))


def item(kind, **more):
    given = {"minutes": 40.0, "plans": ("p1",), **more}
    return WeekItem(kind.value, kind, **given)


def test_a_calendar_is_followed_in_its_order():
    tale = continuing(8)
    tale.weeks.append(week((7, 1080, item(ItemKind.CROSS_TRAINING, mode="cycling")), (7, 420, item(ItemKind.RUN_EASY)),
                           (8, 420, item(ItemKind.RUN_EASY)), start=DAY + timedelta(days=7)))  # fmt: skip
    tale.weeks[0] = replace(tale.weeks[0], placed=tuple(
        replace(p, on=p.on - timedelta(days=7)) for p in tale.weeks[0].placed))  # fmt: skip
    decision = tale.today(7)
    assert [t.start_min for t in decision.tasks] == [420, 1080]


def test_a_calendar_that_comes_during_the_day_is_seen_and_so_is_what_comes_with_it():
    case, memo = continuing().case(12), Memo()
    without = decide(case, K, memo)
    plan = week((0, 8 * 60, item(ItemKind.WALK)), start=DAY + timedelta(days=12))
    planned = replace(case, plan=replace(case.plan, weeks=(plan,)))
    assert decide(planned, K, memo) == decide(planned, K) != without
    assert plans_of(planned, K, memo) == plans_of(planned, K)
    assert decide(case, K, memo) == without
    ill = Absence("a1", case.on, case.on, Away.ILLNESS)
    both = replace(planned, plan=replace(planned.plan, absences=(ill,)))
    assert decide(both, K, memo) == decide(both, K) != decide(planned, K)


@pytest.mark.parametrize("kind", [ItemKind.SPEED, ItemKind.HILLS, ItemKind.RUN_LONG, ItemKind.STRIDES])
def test_on_yellow_fast_hilly_and_long_are_out(kind):
    tale = continuing(8)
    tale.entries = [e for e in tale.entries if e.on != DAY + timedelta(days=7)]
    tale.say(7, pain_max=5.0, pain_start=5.0, pain_end=5.0)
    tale.weeks.append(week((0, 420, item(kind)), start=DAY + timedelta(days=7)))
    decision = tale.today(7)
    assert decision.light is Light.YELLOW
    (task,) = decision.tasks
    assert task.kind in (ItemKind.RUN_EASY, kind)
    if task.kind is kind:
        assert not task.allowed
        assert task.because
    elif task.allowed:
        assert task.minutes <= 40 * 0.9
        assert Change.VOLUME_CUT in task.changes


def test_on_red_a_run_becomes_something_gentle_or_stands_with_its_reason():
    tale = continuing(8)
    tale.say(8, pain_evening=8.0)
    tale.weeks.append(week((1, 420, item(ItemKind.RUN_EASY)), start=DAY + timedelta(days=7)))
    decision = tale.today(8)
    (task,) = decision.tasks
    assert decision.light is Light.RED
    assert task.kind in (ItemKind.CROSS_TRAINING, ItemKind.WALK) or not task.allowed
    assert task.allowed is False or task.changes


def test_an_emergency_says_nothing_else():
    tale = continuing(8)
    tale.say(8, site="chest", findings=(("chest_pressure_short_breath_fainting", True),))
    decision = tale.today(8)
    if decision.headline is Headline.EMERGENCY:
        assert (decision.tasks, decision.no_task) == ((), "emergency")


def test_without_a_fresh_word_no_run_and_no_strength():
    decision = continuing(8).today(20)
    assert decision.light is Light.CANNOT_SAY
    assert not decision.may_run
    assert not [t for t in decision.tasks if t.allowed and t.kind in (ItemKind.RUN_EASY, ItemKind.STRENGTH_A)]


def test_ill_days_hold_everything():
    tale = continuing(9)
    tale.absences.append(Absence("a", DAY + timedelta(days=8), DAY + timedelta(days=10), Away.ILLNESS))
    decision = tale.today(8)
    assert (decision.tasks, decision.no_task) == ((), "ill")
    assert not decision.may_run


def test_a_paused_plan_closes_running_with_its_reason():
    tale = Tale(KNEE, running=False, before_week_m=30000.0).calm(range(-2, 5))
    decision = tale.today(4)
    assert not decision.may_run
    assert decision.headline is Headline.NO_RUN_TODAY
    assert "RTR-R01" in {r.rule for r in decision.reasons}
    assert decision.plan[0].ready_missing


@pytest.mark.parametrize(("days", "open_"), [(0, False), (1, False), (2, True)])
def test_heavy_calf_work_closes_fast_and_springy_things(days, open_):
    """Whole days, as the load engine counts: the day itself and the day after."""
    tale = continuing(20, MID)
    heavy = next(i.id for p in K.protocols[MID].phases for i in p.items
                 if K.exercises[i.exercise].heavy_calf and i.dose.weight.value == "effort")  # fmt: skip
    tale.did(10, heavy)
    decision = tale.today(10 + days)
    said = any(r.rule == "RP-C01" for r in decision.reasons)
    assert said is not open_
    if not open_:
        assert not {Activity.SPEED, Activity.HILLS, Activity.PLYOMETRICS} & set(decision.allowed)


@pytest.mark.parametrize(("days", "closed"), [(1, True), (2, False)])
def test_the_calf_work_of_a_plan_that_has_ended_counts_like_any_other(days, closed):
    tale = continuing(20, MID)
    heavy = next(i.id for p in K.protocols[MID].phases for i in p.items
                 if K.exercises[i.exercise].heavy_calf and i.dose.weight.value == "effort")  # fmt: skip
    tale.did(10, heavy)
    tale.plans.append(replace(Tale(KNEE).plan, id="p2", on=DAY + timedelta(days=3)))
    case = tale.case(10 + days)
    ended = replace(case, plan=replace(case.plan, ends=(PlanEnd("p1", DAY + timedelta(days=11)),)))
    decision = decide(ended, K)
    assert [p.plan for p in decision.plan] == ["p2"]
    assert any(r.rule == "RP-C01" for r in decision.reasons) is closed
    around = surroundings_of(ended, K, ended.on, decision.light)
    assert any(p.item.heavy_calf for p in around.before)


def test_two_plans_and_the_stricter_one_counts():
    tale = continuing(12)
    other = Tale("bone-stress-injury").plan
    tale.plans.append(replace(other, id="p2", on=DAY + timedelta(days=3), running=False))
    decision = tale.today(11)
    assert len(decision.plan) == 2
    assert not decision.may_run
    assert decision.plan[1].locked == "clearance"


def test_the_same_day_asked_other_questions():
    tale = continuing(12)
    case = tale.case(12)
    (state,) = plans_of(case, K)
    (given,) = prescriptions(case, K)
    items = week_items_of(case, K, case.on)
    assert {p for i in items for p in i.plans} == {"p1"}
    assert {pair for i in items for pair in i.exercises} <= {(p.plan, p.item) for p in given.items}
    assert all(i.minutes > 0 for i in items)
    assert len({i.id for i in items}) == len(items)
    around = surroundings_of(case, K, case.on, Light.GREEN)
    assert around.phase is state.phase
    assert {p.on for p in around.before} <= {case.on - timedelta(days=d) for d in range(8)}
    assert board_of(case, K).tests


@pytest.mark.parametrize(("measured_on", "counts"), [(8, False), (9, True)])
def test_after_red_scoreboard_and_day_ask_for_the_same_tests(measured_on, counts):
    """Red on day 8: a result of that day is done anew, one of the day after counts."""
    tale = continuing(8, MID).say(8, pain_evening=8.0)
    tale.calm([9, 10, 11], findings=(("hop_pain", False), ("walk_pain", False)))
    case = tale.strong(measured_on).case(11)
    assert decide(case, K).light is not Light.RED
    shown = board_of(case, K)
    (plan,) = decide(case, K).plan
    assert plan.tests_due == shown.due
    assert ("calf_raise" in plan.tests_due) is not counts
    assert (shown.test("calf_raise").fresh, shown.calf_gate) == ((True, True) if counts else (False, None))


@pytest.mark.parametrize("condition", sorted(K.protocols))
def test_a_week_of_every_plan(condition):
    tale = Tale(condition, running=False, imaged=True).calm(range(-2, 3))
    tale.strong(0)
    items = week_items_of(tale.case(2), K, DAY + timedelta(days=3))
    stressors = [i.new_stressor for i in items if i.new_stressor]
    assert len(stressors) <= 1
    assert sum(i.heavy for i in items) <= K.number("heavy_strength_per_week")
    assert not [i for i in items if i.kind in (ItemKind.SPEED, ItemKind.HILLS)]


def test_bone_without_clearance_gets_no_cross_training():
    tale = Tale("navicular-stress-fracture", running=False).calm(range(-2, 3))
    assert not [i for i in week_items_of(tale.case(2), K, DAY) if i.kind is ItemKind.CROSS_TRAINING]


def test_a_restriction_shows_in_plan_and_day():
    tale = continuing(9)
    tale.profile = Profile(clearances=(Clearance(DAY + timedelta(days=8), "Dr", tale.site, restricts=True),))
    decision = tale.today(8)
    assert decision.light is Light.RED
    assert decision.plan[0].locked == "restriction"


def test_a_plan_of_a_condition_without_a_protocol_is_left_alone():
    tale = continuing(9)
    tale.plans = [PlanStart("x", "nothing-known", DAY, "knee_front")]
    assert tale.today(8).plan == ()


@pytest.mark.parametrize("past", [0, 1])
def test_a_professional_is_due_at_the_deadline_and_not_before(past):
    """She has not said how it is: what would lift the deadline is unknown, so it stands."""
    condition = "plantar-fasciitis"
    first = min(d.after_days for d in K.protocols[condition].deadlines)
    last = first - 1 + past
    tale = Tale(condition)
    decision = tale.today(last)
    assert bool(decision.plan[0].see) is bool(past)
    if past:
        assert NextStep.BOOK_PROFESSIONAL in decision.next_steps
        assert "PLAN-R03" in {r.rule for r in decision.reasons}
        tale.answer(last, "professional_seen", True)
        assert not tale.today(last).plan[0].see


def test_a_missing_record_is_asked_for():
    decision = Tale("bone-stress-injury", running=False).calm(range(-2, 3)).today(2)
    assert NextStep.RECORD_CLEARANCE in decision.next_steps


@pytest.mark.parametrize(("second", "stands"), [(None, True), ("sacral-stress-fracture", False)])
def test_a_calendar_older_than_a_second_plan_holds_no_cross_training_that_this_one_forbids(second, stands):
    tale = continuing(8)
    if second is not None:
        tale.plans.append(replace(Tale(second).plan, id="p2", on=DAY + timedelta(days=7), running=False))
    tale.weeks.append(week((0, 1080, item(ItemKind.CROSS_TRAINING, mode="cycling")), start=DAY + timedelta(days=7)))
    tasks = tale.today(7).tasks
    assert any(t.mode == "cycling" for t in tasks) is stands


def test_a_set_for_the_morning_and_the_evening_is_done_when_both_are():
    tale = Tale("plantar-fasciitis", before_week_m=30000.0).say(1, pain_evening=2.0)
    given = [e for p in prescriptions(tale.case(1), K) for e in p.items]
    (both,) = [e for e in given if e.item == "sole-stretch"] or [None]
    assert both is not None
    assert both.dose.per_day == 2
    home = item(ItemKind.HOME_SET, exercises=(("p1", "sole-stretch"),))
    tale.weeks.append(week((1, 1200, home)))

    def done() -> bool:
        return tale.today(1).tasks[0].done

    assert not done()
    tale.did(1, "sole-stretch")
    assert not done(), "a row without a time is the first one"
    tale.did(1, "sole-stretch")
    assert not done(), "the same time again is no second one"
    tale.done[-1] = replace(tale.done[-1], occasion=2)
    assert done()


def test_two_easy_times_of_one_day_are_one_word():
    from niggle.core.rehab.doses import _last_easy

    class Row:
        def __init__(self, *easy):
            self.done = [replace(Tale("plantar-fasciitis").did(0, "hold", easy=e).done[0]) for e in easy]

    class Draft:
        class facts:  # noqa: N801
            @staticmethod
            def window(_):
                return [Row(True, True), Row(True, False)]

    hold = next(i for i in K.protocols["plantar-fasciitis"].phases[0].items if i.id == "hold")
    assert _last_easy(Draft, hold, 2) == [False, True]
