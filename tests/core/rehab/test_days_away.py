"""Days away and the week around them: it holds what she can do on the days on which she is there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, K, Tale

from niggle.core.outcomes import Light
from niggle.core.plan import Absence, Availability, Away, ItemKind, WeekItem
from niggle.core.rehab import cross_modes, day_for_week, prescribe_all, surroundings, week_items

MID = "achilles-tendinopathy-midportion"
MONDAY = DAY + timedelta(days=7)
HOME = frozenset({ItemKind.HOME_SET, ItemKind.MOBILITY})
STRENGTH = frozenset({ItemKind.STRENGTH, ItemKind.STRENGTH_A, ItemKind.STRENGTH_B})


def week(tale: Tale, n: int, start) -> tuple[WeekItem, ...]:
    """As a calendar is made on day n."""
    state, life = tale.state(n), tale.life(n)
    given = prescribe_all([state], life, K, day_for_week(life, start))
    return week_items([state], life, K, start, prescriptions=given)


def away(first: int, last: int, kind: Away = Away.ILLNESS, *things: str) -> Absence:
    days = [DAY + timedelta(days=n) for n in (first, last)]
    return Absence("a", *days, kind, things or None)


def phase_two() -> Tale:
    tale = Tale(MID, running=False, before_week_m=30000.0)
    tale.availability = Availability(equipment=("dumbbell", "step", "mat"))
    tale.calm(range(30), stiffness_min=0.0)
    for n in range(0, 30, 7):
        tale.strong(n)
    return tale


def exercises(items) -> set[tuple[str, str]]:
    return {pair for i in items for pair in i.exercises}


def test_ill_until_wednesday_the_next_week_is_whole():
    well, ill = phase_two(), phase_two()
    ill.absences.append(away(20, 23))
    monday = DAY + timedelta(days=28)
    found = week(ill, 21, monday)
    assert {i.kind for i in found} & HOME
    assert {i.kind for i in found} & STRENGTH
    assert exercises(found) == exercises(week(well, 21, monday))


def test_ill_today_the_rest_of_this_week_holds_exercises():
    tale = phase_two()
    tale.absences.append(away(21, 23))
    assert exercises(week(tale, 21, DAY + timedelta(days=21)))


def test_ill_all_week_there_is_nothing_to_do():
    tale = phase_two()
    tale.absences.append(away(20, 27))
    assert not exercises(week(tale, 21, DAY + timedelta(days=21)))


def needed(items, tale: Tale, n: int, start) -> set[str]:
    life = tale.life(n)
    (given,) = prescribe_all([tale.state(n)], life, K, day_for_week(life, start))
    here = {i.item: i for i in given.items}
    names = [here[item] for _, item in exercises(items)]
    return {e for i in names if i.stand_in is None for e in K.exercises[i.exercise].equipment}


def test_travel_with_a_band_until_wednesday_the_next_week_is_at_home():
    home, travel = phase_two(), phase_two()
    travel.absences.append(away(20, 23, Away.TRAVEL, "band", "stairs"))
    start = DAY + timedelta(days=28)
    assert "dumbbell" in needed(week(home, 21, start), home, 21, start)
    assert needed(week(travel, 21, start), travel, 21, start) == needed(week(home, 21, start), home, 21, start)


def test_the_next_week_on_a_journey_needs_nothing_from_home():
    tale = phase_two()
    tale.absences.append(away(28, 34, Away.TRAVEL, "band", "stairs"))
    start = DAY + timedelta(days=28)
    assert "dumbbell" not in needed(week(tale, 21, start), tale, 21, start)


@pytest.mark.parametrize(
    ("absence", "seen", "day"),
    [
        (away(7, 9), 7, 10),  # ill from Monday to Wednesday: Thursday is the first day that counts
        (away(7, 13), 7, 7),  # ill all week
        (away(7, 9, Away.LIFE), 7, 10),
        (away(7, 9, Away.TRAVEL, "band"), 7, 10),  # three days away, four at home
        (away(7, 10, Away.TRAVEL, "band"), 7, 7),  # four away, three at home
        (away(0, 3), 8, 8),  # what is over does not count, and days that are over do not either
    ],
)
def test_the_day_that_speaks_for_a_week(absence, seen, day):
    tale = Tale(MID)
    tale.availability = Availability(equipment=("dumbbell",))
    tale.absences.append(absence)
    assert day_for_week(tale.life(seen), MONDAY) == DAY + timedelta(days=day)


def test_an_absence_taken_back_is_none():
    tale = Tale(MID)
    tale.absences.append(replace(away(7, 13), taken_back=True))
    assert day_for_week(tale.life(7), MONDAY) == MONDAY


def test_on_a_journey_only_what_is_at_hand_keeps_the_engine_going():
    tale = phase_two()
    at_home = {m.exercise for m in cross_modes([tale.state(21)], tale.life(21), K)}
    assert "cycling" in at_home
    tale.absences.append(away(20, 23, Away.TRAVEL, "band", "stairs"))
    assert not {m.exercise for m in cross_modes([tale.state(21)], tale.life(21), K)} - {"walking"}
    tale.absences[0] = away(20, 23, Away.TRAVEL)
    assert {m.exercise for m in cross_modes([tale.state(21)], tale.life(21), K)} == at_home, "she named no things"


def test_days_without_running_close_runs_and_nothing_else():
    tale = phase_two()
    tale.absences.append(away(29, 30, Away.TRAVEL))
    tale.absences[0] = replace(tale.absences[0], no_running=True)
    found = surroundings([tale.state(21)], tale.life(21), K, DAY + timedelta(days=28), Light.GREEN)
    assert found.no_run_on == {DAY + timedelta(days=29), DAY + timedelta(days=30)}
    assert (found.not_on, found.no_cross_on) == (frozenset(), frozenset())


def test_days_without_anything_to_ride_close_cross_training():
    tale = phase_two()
    tale.absences.append(away(29, 30, Away.TRAVEL, "band", "stairs"))
    found = surroundings([tale.state(21)], tale.life(21), K, DAY + timedelta(days=28), Light.GREEN)
    days = {DAY + timedelta(days=29), DAY + timedelta(days=30)}
    assert (found.no_cross_on, found.no_run_on) == (days, frozenset())
    assert found.shut(ItemKind.CROSS_TRAINING) == days
    assert found.shut(ItemKind.RUN_EASY) == frozenset()
    tale.absences[0] = away(29, 30, Away.TRAVEL, "band", "bike")
    assert not surroundings([tale.state(21)], tale.life(21), K, DAY + timedelta(days=28), Light.GREEN).no_cross_on


@pytest.mark.parametrize(("day", "least"), [(6, True), (7, False)])
def test_cross_training_of_a_new_plan_begins_with_its_least_minutes(day: int, least: bool) -> None:
    tale = Tale("plantar-fasciitis", running=False, before_week_m=60_000.0).calm(range(-3, day + 1))
    modes = {m.exercise: m for m in cross_modes([tale.state(day)], tale.life(day), K)}
    items = week_items([tale.state(day)], tale.life(day), K, tale.life(day).on)
    cross = [i for i in items if i.kind is ItemKind.CROSS_TRAINING]
    assert cross
    assert all(i.minutes == modes[i.mode].minutes_low for i in cross) is least
