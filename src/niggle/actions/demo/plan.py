"""The demo runner's plan: a bruised right heel that is being built up again, with its tests, ticks, week and race.

It began a month ago; a week later the first gate opened. The new left Achilles is another complaint, without a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from niggle.actions.model import knowledge
from niggle.actions.plans.races import add_race
from niggle.actions.plans.starting import Refused, start_plan
from niggle.actions.plans.telling import items_of
from niggle.actions.plans.weeks import make_week, plan_week, week_of
from niggle.actions.today import gather
from niggle.core.plan import DoneItem, Measured, PlanAnswer
from niggle.core.rehab import dose_at
from niggle.store.plans import keep
from niggle.store.scopes import athlete_scope

CONDITION: Final = "heel-fat-pad-syndrome"
SITE: Final = "heel_under"
BEGAN_DAYS_AGO: Final = 30
RACE_IN_DAYS: Final = 63

_TESTS: Final[tuple[tuple[int, str, dict[str, float]], ...]] = (
    (27, "walk_30", {"value": 0}),
    (27, "calf_raise", {"left": 24, "right": 15, "pain": 1}),
    (27, "calf_hold", {"left": 45, "right": 30, "pain": 1}),
    (18, "calf_raise", {"left": 25, "right": 18, "pain": 0}),
    (9, "calf_raise", {"left": 26, "right": 20, "pain": 0}),
    (9, "calf_hold", {"left": 50, "right": 42, "pain": 0}),
    (9, "hop_in_place", {"value": 1}),
    (9, "squat_control", {"left": 1, "right": 1}),
    (9, "cadence", {"value": 168}),
)
# days ago modulo seven -> what she ticks: strength twice a week, the small set on most days
_RHYTHM: Final[dict[int, tuple[str, ...]]] = {
    0: ("hold", "calf-stretch"),
    2: ("bent", "step-down", "calf-stretch"),
    4: ("hold", "calf-stretch"),
    5: ("raise", "squat", "calf-stretch"),
    6: ("calf-stretch",),
}
_FIRST: Final[dict[int, tuple[str, ...]]] = {
    0: ("hold", "bridge"), 1: ("calf-stretch",), 2: ("hold", "bridge", "calf-stretch"), 4: ("hold", "calf-stretch"),
    5: ("bridge", "calf-stretch"), 6: ("hold", "calf-stretch"),
}  # fmt: skip
_BUILT_DAYS_AGO: Final = 24


def begin(athlete_id: int, now: datetime) -> None:
    """The plan, a month ago, and the race it leads to."""
    begun = start_plan(
        athlete_id,
        {"condition": CONDITION, "site": SITE, "side": "right", "before_week_km": 44.0},
        now - timedelta(days=BEGAN_DAYS_AGO),
    )
    if isinstance(begun, Refused):
        raise AssertionError(begun)
    today = now.astimezone().date()
    race = {"on": today + timedelta(days=RACE_IN_DAYS), "km": 21.1, "name": "City half", "prepared": True}
    _sure(add_race(athlete_id, race, now - timedelta(days=BEGAN_DAYS_AGO)))
    by_day: dict[date, list[Measured | DoneItem | PlanAnswer]] = {}
    for fact in _told(begun.id, today):
        by_day.setdefault(fact.on, []).append(fact)
    with athlete_scope(athlete_id):
        for on, facts in sorted(by_day.items()):
            keep(athlete_id, facts, now - (today - on))  # known on its own day, as she would have told it


def make_weeks(athlete_id: int, now: datetime, today: date) -> None:
    """This week's calendar as it was made on its first day, made again after what has happened since."""
    known = knowledge()
    case = gather(athlete_id, today)
    first = week_of(case, today)
    if first < today:
        solved = make_week(gather(athlete_id, first), known, first)
        with athlete_scope(athlete_id):
            keep(athlete_id, [solved.week], now - (today - first))
    _sure(plan_week(athlete_id, now))


def _told(plan: str, today: date) -> Iterator[Measured | DoneItem | PlanAnswer]:
    for number, (ago, test, values) in enumerate(_TESTS):
        yield Measured(f"demo-test-{number}", test, today - timedelta(days=ago), **values)
    items = items_of(knowledge().protocols[CONDITION])
    for ago in range(BEGAN_DAYS_AGO, 0, -1):
        rhythm = _FIRST if ago > _BUILT_DAYS_AGO else _RHYTHM
        for item in rhythm.get(ago % 7, ()):
            sets = dose_at(items[item].dose, 0).sets
            yield DoneItem(
                f"demo-done-{ago}-{item}", plan, item, today - timedelta(days=ago), sets, sets,
                pain=1 if ago > _BUILT_DAYS_AGO else 0, easy=ago < 14,
            )  # fmt: skip
    yield PlanAnswer("says_healed_percent", today - timedelta(days=5), 75.0)


def _sure(found: Any) -> None:
    """What is written here is right; a problem with it is a mistake of ours."""
    if isinstance(found, tuple):
        raise AssertionError(found)
