"""The sheet's own week comes out when its inputs go in, and what the search does where not all of it can be had."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from tests.core.week.sample import (
    BIKE,
    EASY,
    FRI,
    LONG,
    MON,
    QUIET,
    SAT,
    SUN,
    THU,
    TUE,
    WED,
    WEEK,
    WITH_STRIDES,
    A,
    B,
    K,
    item,
)
from tests.healthy.build import knowledge
from tests.scheduler.worst import window, worst_runner

from niggle.core.outcomes import Light
from niggle.core.plan import Availability, Placed, WeekItem, WeekPlan, Wish, WishKind
from niggle.core.week import Spacing, blocks, check, distance, ease
from niggle.scheduler import Memo, Solved, request_key, solve

W = WishKind
ITEMS = tuple(p.item for p in WEEK)
HERS = Availability(  # gym on Monday and Thursday, an evening hour, a long Saturday morning
    windows=(
        window(0, 17.5, 110, gym=True), window(1, 18, 80), window(2, 18, 70), window(3, 18, 70, gym=True),
        window(4, 18, 60), window(5, 8, 120), window(6, 9, 60),
    ),
    gym_visits=2,
    wishes=(Wish(W.LONG_RUN_ON, 5), Wish(W.STRENGTH_ON, 0), Wish(W.STRENGTH_ON, 3)),
)  # fmt: skip
ANY_TIME = Availability(windows=tuple(window(day, 17, 180, gym=True) for day in range(7)), gym_visits=2)


def day_of(solved: Solved, name: str) -> object:
    return next((p.on for p in solved.week.placed if p.item.id == name), None)


def days(solved: Solved) -> dict[str, object]:
    return {p.item.id: p.on for p in solved.week.placed}


def rules(solved: Solved) -> list[str]:
    return [v.rule for v in solved.violations]


def run(*items: WeekItem, availability: Availability = ANY_TIME, around=QUIET, **more) -> Solved:  # type: ignore[no-untyped-def]
    solved = solve(items, availability, around, knowledge(), **more)
    assert blocks(check(solved.week.placed, around, knowledge(), availability)) == ()
    return solved


# ---- the sample week


def test_the_sample_week_comes_out() -> None:
    solved = run(*ITEMS, availability=HERS)
    found = days(solved)
    assert {name: found[name] for name in found if name not in ("mobility", "home_set", "walk")} == {
        "run_easy": MON,
        "strength_a": MON,
        "cross_training": TUE,
        "run_medium": WED,
        "strength_b": THU,
        "run_easy_friday": FRI,
        "run_long": SAT,
        "cross_training_sunday": SUN,
    }
    assert (solved.violations, solved.left_out, solved.unmet, solved.clashes) == ((), (), (), ())
    hours = {p.item.id: p.start_min for p in solved.week.placed}
    assert hours["run_easy"] < hours["strength_a"]  # the run first, as in the sheet
    assert solved.optimal


def test_strides_she_fixed_for_tuesday_warn_once() -> None:
    items = [replace(p.item, on=TUE) if p.item.kind is K.STRIDES else p.item for p in WITH_STRIDES]
    items = [replace(i, on=MON) if i.id == "strength_a" else i for i in items]
    solved = run(*items, availability=HERS)
    assert day_of(solved, "strides") == TUE
    assert rules(solved) == ["RP-C01"]


def test_optional_strides_stand_where_nothing_warns() -> None:
    solved = run(*(p.item for p in WITH_STRIDES), availability=HERS)
    assert day_of(solved, "strides") in (WED, THU)
    assert rules(solved) == []


# ---- wishes


def test_wishes_that_clash_are_named_with_the_rule_between_them() -> None:
    saturday_off, long_saturday = Wish(W.REST_ON, 5, text="Saturdays off"), Wish(W.LONG_RUN_ON, 5)
    solved = run(LONG, EASY, availability=replace(ANY_TIME, wishes=(long_saturday, saturday_off)))
    (clash,) = solved.clashes
    assert set(clash.wishes) == {saturday_off, long_saturday}
    assert [b.wish for b in solved.unmet] == [saturday_off]  # the earlier of her wishes is kept
    assert solved.left_out == ()  # the nearest week has everything


def test_a_wish_against_a_rule_names_the_rule() -> None:
    wishes = (Wish(W.LONG_RUN_ON, 5), Wish(W.RUN_ON, 6))
    solved = run(LONG, EASY, availability=replace(ANY_TIME, wishes=wishes))
    (clash,) = solved.clashes
    assert (set(clash.wishes), clash.because) == (set(wishes), ("RP-C07",))


def test_a_wish_against_her_own_times() -> None:
    only_evenings = Availability(windows=(window(5, 18, 60), window(6, 18, 120)), wishes=(Wish(W.LONG_RUN_ON, 5),))
    solved = run(LONG, availability=only_evenings)
    assert day_of(solved, "run_long") == SUN
    assert [c.because for c in solved.clashes] == [("PLAN-W02",)]


def test_a_clash_is_minimal() -> None:
    items, availability, around = worst_runner()
    solved = solve(items, availability, around, knowledge())
    assert solved.clashes
    for clash in solved.clashes:
        for wish in clash.wishes:  # without it the others of the clash can be met
            rest = replace(availability, wishes=tuple(w for w in clash.wishes if w != wish))
            assert solve(items, rest, around, knowledge()).unmet == ()
    explained = {w for c in solved.clashes for w in c.wishes}
    assert all(b.wish in explained for b in solved.unmet)


def test_more_runs_than_she_wants_are_left_out_and_fewer_are_said() -> None:
    runs = [item(K.RUN_EASY, 40, f"run-{n}") for n in range(4)]
    solved = run(*runs, LONG, availability=replace(ANY_TIME, wishes=(Wish(W.RUNS_PER_WEEK, None, 4),)))
    assert len(solved.week.placed) == 4
    assert day_of(solved, "run_long") is not None  # what matters least goes
    assert [o.because for o in solved.left_out] == [("PLAN-W08",)]
    few = run(*runs, availability=replace(ANY_TIME, wishes=(Wish(W.RUNS_PER_WEEK, None, 6),)))
    assert [c.because for c in few.clashes] == [("PLAN-W07",)]
    assert few.left_out == ()


def test_nothing_before_an_hour() -> None:
    early = Availability(windows=(window(0, 6, 120), window(1, 6, 60)), wishes=(Wish(W.NOTHING_BEFORE, None, 7 * 60),))
    solved = run(item(K.RUN_EASY, 60), availability=early)
    assert [(p.on, p.start_min) for p in solved.week.placed] == [(MON, 7 * 60)]
    assert solved.unmet == ()
    both = run(item(K.RUN_EASY, 60), BIKE, availability=early)
    assert len(both.unmet) == 1
    assert both.left_out == ()


# ---- no room


def test_without_any_time_the_answer_has_a_name_and_the_daily_set_stays() -> None:
    for availability, around in (
        (Availability(windows=(window(0, 18, 0),)), QUIET),
        (ANY_TIME, replace(QUIET, not_on=frozenset(QUIET.days))),
    ):
        solved = run(EASY, B, item(K.HOME_SET, 10), availability=availability, around=around)
        assert solved.named == "no_day"
        assert {o.item.id for o in solved.left_out} >= {"run_easy", "strength_b"}
        assert all(o.because for o in solved.left_out if o.item.kind is not K.HOME_SET)
        assert (day_of(solved, "home_set") is None) == (around is not QUIET)


def test_nothing_to_place_has_a_name() -> None:
    assert run().named == "nothing_to_place"


@pytest.mark.parametrize(
    ("what", "availability", "around", "because"),
    [
        (A, Availability(windows=(window(0, 18, 90),)), QUIET, ("PLAN-W03",)),
        (LONG, Availability(windows=(window(0, 18, 60),)), QUIET, ("PLAN-W02",)),
        (EASY, ANY_TIME, replace(QUIET, running=False), ("PLAN-W05",)),
        (EASY, ANY_TIME, replace(QUIET, light=Light.RED), ("RP-R07",)),
        (replace(LONG, descent=True), ANY_TIME, QUIET, ("RP-C06",)),
        (replace(EASY, on=TUE), ANY_TIME, replace(QUIET, not_on=frozenset({TUE})), ("PLAN-W04",)),
        (EASY, ANY_TIME, replace(QUIET, no_run_on=frozenset(QUIET.days)), ("PLAN-W04",)),
    ],
    ids=["gym", "time", "closed", "red", "descent", "away", "no running"],
)
def test_what_finds_no_place_says_why(what: WeekItem, availability: Availability, around, because) -> None:  # type: ignore[no-untyped-def]
    solved = run(what, BIKE, availability=availability, around=around)
    assert [(o.item.id, o.because) for o in solved.left_out if o.item.id == what.id] == [(what.id, because)]


def test_what_matters_most_stays() -> None:
    race = item(K.RACE, 60, on=SUN)
    one_evening = Availability(windows=(window(5, 17, 120, gym=True),), gym_visits=1)
    solved = run(race, item(K.RUN_EASY, 30), B, availability=one_evening)
    assert day_of(solved, "race") == SUN
    assert {o.item.id for o in solved.left_out} == {"strength_b"}  # the day before a race is quiet
    assert "RP-C04" in solved.left_out[0].because


def test_a_race_on_red_is_left_out_and_said() -> None:
    solved = run(item(K.RACE, 60, on=SUN), BIKE, around=replace(QUIET, light=Light.RED))
    assert [(o.item.id, o.because) for o in solved.left_out] == [("race", ("RP-R07",))]


# ---- hours


def test_hills_wait_within_their_window_for_the_36_hours() -> None:
    times = Availability(windows=(window(0, 17, 120, gym=True), window(2, 5, 240)), gym_visits=1)
    solved = run(replace(A, minutes=60), item(K.HILLS, 60), availability=times)
    begins = {p.item.id: (p.on, p.start_min) for p in solved.week.placed}
    assert begins["strength_a"] == (MON, 17 * 60)
    assert begins["hills"] == (WED, 6 * 60)  # 36 h after Monday 18:00, not at 5:00


def test_hours_that_do_not_work_out_are_searched_again() -> None:
    """By themselves hills could wait long enough on Wednesday; not with the bike in the same window."""
    times = Availability(windows=(window(0, 17, 180, gym=True), window(2, 5, 120), window(4, 5, 60)), gym_visits=1)
    solved = run(replace(A, minutes=120), item(K.HILLS, 60), item(K.CROSS_TRAINING, 60, on=WED), availability=times)
    assert day_of(solved, "hills") == FRI
    assert solved.left_out == ()


# ---- plans made again


def test_a_calendar_that_still_holds_is_kept() -> None:
    first = run(*ITEMS, availability=HERS)
    again = run(*ITEMS, availability=replace(HERS, wishes=()), previous=first.week)
    assert again.changes is not None
    assert again.changes.changes == 0
    assert again.week.placed == first.week.placed


def test_habits_carry_over_to_the_next_week() -> None:
    this_week = run(*ITEMS, availability=ANY_TIME)
    items = tuple(replace(i, id=f"next-{i.id}") for i in ITEMS)
    around = replace(QUIET, start=MON + timedelta(days=7))
    following = solve(items, ANY_TIME, around, knowledge(), previous=this_week.week)
    assert following.changes is not None
    assert following.changes.days == 0


def test_after_a_yellow_on_wednesday_the_rest_of_the_week_changes_little() -> None:
    before = run(*ITEMS, availability=HERS)
    done = tuple(replace(p, done=True) for p in before.week.placed if p.on < WED)
    around = replace(QUIET, today=WED, before=done, light=Light.YELLOW, quiet=False, careful_sessions=None, pain=4.0)
    left = ease([p.item for p in before.week.placed if p.on >= WED], Light.YELLOW)
    after = solve(left, HERS, around, knowledge(), previous=before.week)
    assert all(p.on >= WED for p in after.week.placed)
    assert blocks(check((*done, *after.week.placed), around, knowledge(), HERS)) == ()
    old = replace(before.week, placed=tuple(p for p in before.week.placed if p.on >= WED))
    assert distance(old, after.week).days == 0


def test_after_a_red_runs_are_replaced_where_they_stood() -> None:
    before = run(*ITEMS, availability=HERS)
    around = replace(QUIET, today=WED, light=Light.RED, quiet=False, running=False)
    left = ease([p.item for p in before.week.placed if p.on >= WED], Light.RED)
    after = solve(left, HERS, around, knowledge(), previous=before.week)
    assert after.left_out == ()
    assert not any(p.item.kind.value.startswith("run") for p in after.week.placed)
    assert day_of(after, "strength_b") == THU


def test_what_is_fixed_stays_and_the_rest_goes_round_it() -> None:
    moved = Placed(LONG, WED, 17 * 60)
    solved = run(EASY, B, BIKE, fixed=(moved,))
    assert moved in solved.week.placed
    assert day_of(solved, "run_easy") not in (THU,)
    assert day_of(solved, "strength_b") not in (TUE, THU)


def test_past_days_stay_empty() -> None:
    solved = run(EASY, B, BIKE, around=replace(QUIET, today=FRI))
    assert all(p.on >= FRI for p in solved.week.placed)


def test_ladder_runs_keep_their_day_between() -> None:
    runs = [item(K.RUN_WALK, 30, f"run-{n}", step=("bone", "s1")) for n in range(3)]
    solved = run(*runs, A, B, around=replace(QUIET, spacing=Spacing.BLOCK))
    ran = sorted((p.on - MON).days for p in solved.week.placed if p.item.kind is K.RUN_WALK)
    assert len(ran) == 3
    assert all(b - a >= 2 for a, b in pairwise(ran))
    order = [p.item.id for p in solved.week.placed if p.item.kind is K.RUN_WALK]
    assert order == ["run-0", "run-1", "run-2"]


# ---- keys, names, the same again


def test_names_and_dates_do_not_matter_for_the_key() -> None:
    other = tuple(replace(i, id=f"x{n}", plans=("p",), exercises=(("p", "e"),)) for n, i in enumerate(ITEMS))
    later = replace(QUIET, start=MON + timedelta(days=21))
    key = request_key(ITEMS, HERS, QUIET, knowledge())
    assert key == request_key(other, HERS, later, knowledge())
    assert key == request_key(ITEMS[::-1], HERS, QUIET, knowledge())
    assert key != request_key(ITEMS, HERS, replace(QUIET, quiet=None), knowledge())
    assert key != request_key(ITEMS[1:], HERS, QUIET, knowledge())


def test_a_memo_answers_the_same() -> None:
    memo = Memo()
    fresh = solve(ITEMS, HERS, QUIET, knowledge())
    first, again = (solve(ITEMS, HERS, QUIET, knowledge(), memo=memo) for _ in range(2))
    assert first.week == again.week == fresh.week
    assert (memo.asked, memo.hits) == (2, 1)


def test_a_full_memo_forgets_the_oldest() -> None:
    memo = Memo(size=1)
    for items in ((EASY,), (BIKE,), (BIKE,)):
        solve(items, ANY_TIME, QUIET, knowledge(), memo=memo)
    assert len(memo) == 1
    assert memo.hits == 1


def test_the_same_id_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="same id"):
        solve((EASY, EASY), ANY_TIME, QUIET, knowledge())


def test_the_worst_runner_gets_a_week() -> None:
    items, availability, around = worst_runner()
    solved = solve(items, availability, around, knowledge())
    assert solved.optimal
    assert blocks(check(solved.week.placed, around, knowledge(), availability)) == ()
    assert len(solved.week.placed) >= 18
    assert isinstance(solved.week, WeekPlan)
    assert SAT not in [p.on for p in solved.week.placed if p.item.kind in (K.STRENGTH_A, K.STRENGTH_B)]
