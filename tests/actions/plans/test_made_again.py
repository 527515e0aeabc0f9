"""The calendar made again by itself: after yellow, red, days away or a move of the plan, as little as can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.actions.plans.heel_runner import MONDAY, at, heel_runner

from niggle.actions.checkins import record_checkin
from niggle.actions.plans.races import add_race, drop_race
from niggle.actions.plans.telling import end_absence, record_absence, record_answers, record_done, set_availability
from niggle.actions.plans.testing import record_test
from niggle.actions.plans.weeks import WeekShown, make_again, move_item, plan_week, show_week
from niggle.actions.sessions import add_manual
from niggle.actions.today import decide_today
from niggle.core.checkin import Entry
from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS, Absence, Availability, DoneItem, ItemKind, Race, WeekPlan
from niggle.core.today import NextStep
from niggle.core.today.remade import why_again
from niggle.core.week import Severity
from niggle.store.models import PlanFact
from niggle.store.scopes import athlete_scope
from niggle.wording.week import remade_lines, remade_today

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def says(athlete: int, day: date, hour: int = 19, **answers: object) -> None:
    plain = {"site": "heel_under", "side": "left", "on": day.isoformat(), **answers}
    found = record_checkin(athlete, plain, at(day, hour), day)
    assert isinstance(found, Entry), found


@pytest.fixture
def athlete(db: None) -> int:
    return heel_runner(
        MONDAY, pain_max=1, pain_evening=1, pain_morning=1, stiffness="same", baseline_by_24h=True, limp=False
    )


@pytest.fixture
def week(athlete: int) -> WeekPlan:
    found = plan_week(athlete, at(MONDAY))
    assert isinstance(found, WeekShown), found
    assert found.decision.light is Light.GREEN
    return found.week


def stands(athlete: int, day: date) -> WeekPlan:
    shown = show_week(athlete, day)
    assert shown is not None
    return shown.week


def weeks_kept(athlete: int) -> int:
    with athlete_scope(athlete):
        return int(PlanFact.objects.filter(kind="week").count())


def test_without_a_calendar_nothing_is_made(athlete: int) -> None:
    says(athlete, MONDAY, pain_evening=8)
    assert weeks_kept(athlete) == 0
    assert make_again(athlete, at(MONDAY, 20)) is None


def test_a_quiet_word_changes_nothing(athlete: int, week: WeekPlan) -> None:
    says(athlete, MONDAY, pain_evening=1, limp=False)
    assert record_test(athlete, {"test": "dorsiflexion", "left": 10, "right": 10}, at(MONDAY, 20))
    assert record_answers(athlete, {"says_healed_percent": 50}, at(MONDAY, 20)) == ()
    assert weeks_kept(athlete) == 1
    assert stands(athlete, MONDAY) == week


def test_after_red_the_runs_of_the_week_are_gone_and_the_day_says_so(athlete: int, week: WeekPlan) -> None:
    says(athlete, TUESDAY, pain_evening=8)
    again = stands(athlete, TUESDAY)
    assert weeks_kept(athlete) == 2, "the first one is kept, the new one beside it"
    assert again.made_on == TUESDAY
    assert "red" in again.because
    gone = [p for p in week.placed if p.item.kind in RUN_KINDS and p.on >= TUESDAY]
    assert gone
    assert not [p for p in again.placed if p.item.kind in RUN_KINDS and p.on >= TUESDAY]
    before = [(p.on, p.start_min, p.item.kind) for p in week.placed if p.on < TUESDAY]
    assert [(p.on, p.start_min, p.item.kind) for p in again.placed if p.on < TUESDAY] == before
    assert {c.was for c in again.changes if c.kind in RUN_KINDS} == {p.on for p in gone}
    lines = remade_lines(again)
    assert lines[0].startswith("Your week was made again because of the red light")
    assert 1 < len(lines) <= 4, "alike changes stand together"
    decided = decide_today(athlete, TUESDAY).decision
    assert NextStep.MAKE_WEEK not in decided.next_steps
    assert not [v for v in (show_week(athlete, TUESDAY) or week).violations if v.severity is Severity.BLOCK]  # type: ignore[union-attr]


def test_what_is_in_nobodys_way_stays_where_it_was(athlete: int, week: WeekPlan) -> None:
    says(athlete, TUESDAY, pain_evening=8)
    again = stands(athlete, TUESDAY)
    strength = {ItemKind.STRENGTH_A, ItemKind.STRENGTH_B, ItemKind.TEST}
    kept = {(p.item.kind, p.on) for p in again.placed if p.item.kind in strength and p.on > TUESDAY}
    assert kept <= {(p.item.kind, p.on) for p in week.placed}


def test_twice_on_one_day_is_told_as_one(athlete: int, week: WeekPlan) -> None:
    says(athlete, TUESDAY, 8, pain_evening=5)
    yellow = stands(athlete, TUESDAY)
    assert yellow.because == ("yellow",)
    says(athlete, TUESDAY, 19, pain_evening=8)
    red = stands(athlete, TUESDAY)
    assert red.because[0] == "yellow"
    assert "red" in red.because
    assert weeks_kept(athlete) == 3
    first = {p.item.id: p.on for p in week.placed}
    assert all(c.was == first.get(c.item, c.was) for c in red.changes)


def test_yellow_is_looked_at_once_and_a_better_light_gives_nothing_back(athlete: int, week: WeekPlan) -> None:
    says(athlete, TUESDAY, 8, pain_evening=5)
    says(athlete, TUESDAY, 19, pain_evening=5)
    assert weeks_kept(athlete) == 2
    says(athlete, TUESDAY + timedelta(days=2), 8, pain_before=0, limp=False)
    assert weeks_kept(athlete) == 2


def test_the_daily_set_done_today_stays_and_stands_once(athlete: int, week: WeekPlan) -> None:
    (home,) = [p for p in week.placed if p.item.kind is ItemKind.HOME_SET and p.on == TUESDAY]
    for plan, item in home.item.exercises:
        tick = {"plan": plan, "item": item, "on": TUESDAY}
        assert isinstance(record_done(athlete, tick, at(TUESDAY, 18)), DoneItem)
        record_done(athlete, tick | {"occasion": 2}, at(TUESDAY, 18))  # refused for what is done once a day
    says(athlete, TUESDAY, 20, pain_evening=8)
    again = stands(athlete, TUESDAY)
    assert again.because
    assert [p for p in again.placed if p.on == TUESDAY and p.item.kind is ItemKind.HOME_SET] == [
        replace(home, done=True)
    ]
    assert len({p.item.id for p in again.placed}) == len(again.placed)
    assert {t.id: t for t in decide_today(athlete, TUESDAY).decision.tasks}[home.item.id].done


def test_the_run_done_today_stays_and_another_takes_no_name_of_it(athlete: int, week: WeekPlan) -> None:
    ran = next(p for p in week.placed if p.item.kind in RUN_KINDS)
    start = at(ran.on, 17).isoformat()
    add_manual(athlete, {"start": start, "distance_m": 4000, "duration_s": 1500}, at(ran.on, 18))
    says(athlete, ran.on, 20, pain_evening=5)
    again = stands(athlete, ran.on)
    assert again.because == ("yellow",)
    assert [p for p in again.placed if p.on == ran.on and p.item.kind in RUN_KINDS] == [replace(ran, done=True)]
    assert [p for p in again.placed if p.on > ran.on and p.item.kind in RUN_KINDS]
    assert len({p.item.id for p in again.placed}) == len(again.placed)
    assert not [v for v in (show_week(athlete, ran.on)).violations if v.severity is Severity.BLOCK]  # type: ignore[union-attr]


def test_days_away_empty_their_days_and_coming_back_fills_them(athlete: int, week: WeekPlan) -> None:
    ill = record_absence(athlete, {"kind": "illness", "last": (TUESDAY + timedelta(days=1)).isoformat()}, at(TUESDAY))
    assert isinstance(ill, Absence)
    again = stands(athlete, TUESDAY)
    assert again.because == ("away",)
    assert not [p for p in again.placed if TUESDAY <= p.on <= ill.last]
    assert [p for p in again.placed if p.on > ill.last and p.item.exercises], "she is well again on Thursday"
    coming = plan_week(athlete, at(TUESDAY), MONDAY + timedelta(days=7))
    assert isinstance(coming, WeekShown)
    assert len({p.on for p in coming.week.placed if p.item.exercises}) >= 5
    assert isinstance(end_absence(athlete, at(TUESDAY, 12)), Absence)
    assert weeks_kept(athlete) == 4
    assert any(p.on == TUESDAY + timedelta(days=1) for p in stands(athlete, TUESDAY).placed)


def test_a_race_of_the_week_is_looked_at_when_it_comes_and_when_it_goes(athlete: int, week: WeekPlan) -> None:
    race = add_race(athlete, {"on": (MONDAY + timedelta(days=6)).isoformat(), "km": 5, "prepared": True}, at(MONDAY, 9))
    assert isinstance(race, Race)
    again = stands(athlete, MONDAY)
    assert again.because == ("race",)
    assert [p.on for p in again.placed if p.item.kind is ItemKind.RACE] == [race.on]
    drop_race(athlete, race.id, at(MONDAY, 10))
    assert not [p for p in stands(athlete, MONDAY).placed if p.item.kind is ItemKind.RACE]


def test_a_move_by_hand_is_remembered_where_it_can_be(athlete: int, week: WeekPlan) -> None:
    thursday = MONDAY + timedelta(days=3)
    assert isinstance(move_item(athlete, "tests", thursday, at(MONDAY, 7)), WeekShown)
    says(athlete, TUESDAY, pain_evening=5)
    again = stands(athlete, TUESDAY)
    assert again.because == ("yellow",)
    assert again.by_hand
    assert [p.on for p in again.placed if p.item.id == "tests"] == [thursday]


def test_a_run_that_is_logged_is_something_told(athlete: int, week: WeekPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("niggle.actions.plans.weeks.make_again", lambda who, now: asked.append(who))
    add_manual(athlete, {"start": at(MONDAY, 7).isoformat(), "distance_m": 3000, "duration_s": 1200}, at(MONDAY, 8))
    assert asked == [athlete]


def has(athlete: int, hour: int = 9, **plain: object) -> None:
    found = set_availability(athlete, plain, at(MONDAY, hour))
    assert isinstance(found, Availability), found


def test_new_hours_are_followed_and_the_same_ones_change_nothing(athlete: int, week: WeekPlan) -> None:
    evenings = [{"weekday": d, "start": "19:00", "minutes": 120} for d in range(7)]
    has(athlete, windows=evenings)
    again = stands(athlete, MONDAY)
    assert again.because == ("hours",)
    assert {p.start_min for p in again.placed} >= {19 * 60}
    assert all(p.start_min >= 19 * 60 for p in again.placed if p.item.kind in RUN_KINDS)
    assert remade_lines(again)[0].startswith("Your week was made again because of your hours and wishes")
    has(athlete, 10, windows=list(reversed(evenings)))
    assert weeks_kept(athlete) == 2


@pytest.mark.parametrize(
    "plain",
    [
        {"wishes": [{"kind": "rest_on", "weekday": 2}]},
        {
            "wishes": [
                {"kind": "nothing_before", "value": 1140},
                {"kind": "nothing_before", "weekday": 3, "value": 1140},
            ]
        },
        {"gym_visits": 1},
        {"equipment": ["band"]},
    ],
)
def test_wishes_gym_and_things_are_followed_too(athlete: int, week: WeekPlan, plain: dict[str, object]) -> None:
    has(athlete, **plain)
    again = stands(athlete, MONDAY)
    assert again.because == ("hours",)
    if plain.get("wishes") == [{"kind": "rest_on", "weekday": 2}]:
        wednesday = MONDAY + timedelta(days=2)
        assert not [p for p in again.placed if p.on == wednesday and p.item.kind in RUN_KINDS]


def test_a_calendar_from_before_hours_were_noted_stands(athlete: int, week: WeekPlan) -> None:
    old = tuple(line for line in week.stand if not line.startswith("hours"))
    assert why_again(old, week.stand) == ()
    other = (*old, "hours 0123456789abcdef")
    assert why_again(week.stand, other) == ("hours",)


def test_the_coming_week_follows_hours_and_days_away_and_no_light(athlete: int, week: WeekPlan) -> None:
    coming = MONDAY + timedelta(days=7)
    made = plan_week(athlete, at(MONDAY), coming)
    assert isinstance(made, WeekShown)
    has(athlete, wishes=[{"kind": "rest_on", "weekday": 2}])
    assert stands(athlete, coming).because == ("hours",)
    both = tuple(w for w in (stands(athlete, MONDAY), stands(athlete, coming)))
    assert remade_today(both, MONDAY) == remade_lines(both[0]), "the day speaks of its own week"
    ill = {"kind": "illness", "first": coming.isoformat(), "last": (coming + timedelta(days=1)).isoformat()}
    assert isinstance(record_absence(athlete, ill, at(MONDAY, 12)), Absence)
    assert "away" in stands(athlete, coming).because
    assert "away" not in stands(athlete, MONDAY).because
    kept = stands(athlete, coming)
    says(athlete, TUESDAY, pain_evening=8)
    assert "red" in stands(athlete, TUESDAY).because
    assert stands(athlete, coming) == kept
