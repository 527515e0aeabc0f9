"""A daily set of one exercise and the day's strength session are one card, today and in the calendar."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, K, Tale

from niggle.core.plan import ItemKind, Placed, WeekItem, WeekPlan
from niggle.core.rehab import Prescribed, prescribe
from niggle.core.rehab.week_items import _home
from niggle.core.today import Decision, decide
from niggle.core.today.joined import joined_week

STRENGTH = WeekItem("strength-a-1", ItemKind.STRENGTH_A, 30.0, exercises=(("p1", "raise-both"),), plans=("p1",))
ALONE = WeekItem("home-1", ItemKind.HOME_SET, 9.0, exercises=(("p1", "hold"),), plans=("p1",), joins=True)


def tale(*items: tuple[int, WeekItem, bool]) -> Tale:
    found = Tale("achilles-tendinopathy-midportion", before_week_m=30000.0)
    found.calm(range(-14, 4))
    found.weeks.append(WeekPlan(DAY, DAY, tuple(
        Placed(item, DAY + timedelta(days=n), 18 * 60 + k, done) for k, (n, item, done) in enumerate(items)
    )))  # fmt: skip
    return found


def names(day: Decision) -> list[tuple[str, list[str]]]:
    return [(t.id, [e.item for e in t.exercises]) for t in day.tasks]


def test_one_exercise_joins_the_strength_session_of_its_day() -> None:
    day = tale((2, STRENGTH, False), (2, ALONE, False)).today(2)
    assert names(day) == [("strength-a-1", ["raise-both", "hold"])]
    task = day.tasks[0]
    assert task.minutes is not None
    alone, session = (tale((2, i, False)).today(2).tasks[0] for i in (ALONE, STRENGTH))
    assert task.minutes == alone.minutes + session.minutes
    assert day.plan[0].tasks == ("strength-a-1",)


def test_it_keeps_its_card_without_strength_or_beside_more_of_its_kind() -> None:
    assert [i for i, _ in names(tale((2, ALONE, False)).today(2))] == ["home-1"]
    longer = replace(ALONE, joins=False)
    assert [i for i, _ in names(tale((2, STRENGTH, False), (2, longer, False)).today(2))] == ["strength-a-1", "home-1"]


def test_the_numbers_of_the_exercises_stay_while_the_day_is_ticked() -> None:
    both = ((2, STRENGTH, False), (2, ALONE, False))
    begun = tale(*both).did(2, "raise-both").today(2)
    assert names(begun) == [("strength-a-1", ["raise-both", "hold"])]
    assert (begun.tasks[0].ticked, begun.tasks[0].done) == ((1, 0), False)
    whole = tale(*both).did(2, "raise-both").did(2, "hold").today(2)
    assert (whole.tasks[0].ticked, whole.tasks[0].done) == ((1, 1), True)


def test_a_session_that_only_the_log_calls_done_takes_nothing_in() -> None:
    day = tale((2, STRENGTH, True), (2, ALONE, False)).today(2)
    assert [(t.id, t.done) for t in day.tasks] == [("strength-a-1", True), ("home-1", False)]


def test_on_red_the_gentle_set_stands_by_itself() -> None:
    sore = tale((2, STRENGTH, False), (2, ALONE, False))
    sore.say(2, pain_max=8.0)
    assert [(t.id, t.allowed) for t in decide(sore.case(2), K).tasks if t.allowed] == [("home-1", True)]


@pytest.mark.parametrize("done", [True, False])
def test_the_calendar_shows_what_the_day_shows(done: bool) -> None:
    monday, tuesday = DAY, DAY + timedelta(days=1)
    placed = (Placed(STRENGTH, monday, 1080, done), Placed(ALONE, monday, 1200, done),
              Placed(replace(ALONE, id="home-2"), tuesday, 1200))  # fmt: skip
    shown = joined_week(placed)
    assert [(p.item.id, p.on) for p in shown] == [("strength-a-1", monday), ("home-2", tuesday)]
    assert shown[0].item.exercises == (("p1", "raise-both"), ("p1", "hold"))
    assert shown[0].item.minutes == 39.0
    apart = (placed[0], replace(placed[1], done=not done))
    assert joined_week(apart) == apart


def daily() -> tuple[Prescribed, ...]:
    t = Tale("achilles-tendinopathy-midportion")
    t.calm(range(-3, 1))
    state = t.state(0)
    return tuple(p for p in prescribe(state, t.life(0), K, [state]).items if p.item == "hold")


def test_only_one_exercise_once_a_day_joins() -> None:
    (hold,) = daily()
    twice = replace(hold, dose=replace(hold.dose, per_day=2))
    other = replace(hold, item="other", exercise="short-foot")
    assert {i.joins for i in _home([hold])} == {True}
    assert {i.joins for i in _home([twice])} == {False}
    assert {i.joins for i in _home([hold, other])} == {False}
