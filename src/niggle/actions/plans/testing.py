"""Results of capacity tests: written as measured, one day each; the scoreboard is worked out from them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from niggle.actions import clock
from niggle.actions.given import Given
from niggle.actions.model import knowledge
from niggle.actions.plans.weeks import make_again
from niggle.actions.today import gather
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Problem
from niggle.core.plan import Measured
from niggle.core.protocol import CapacityTest
from niggle.core.scoreboard import PAIN_UNIT, Point, Scoreboard, check_result, points, values_of_word
from niggle.core.today import Memo, board_of, decide
from niggle.store.plans import keep, load_plan_facts
from niggle.store.scopes import athlete_scope

FIELDS: Final = ("test", "on", "left", "right", "value", "pain", "passed", "id")
_OLDEST_DAYS: Final = 3 * 365  # older results say nothing of this season
_FAR: Final = 1e9
_VALUES: Final = ("left", "right", "value")


@dataclass(frozen=True, slots=True)
class TestsShown:
    """The scoreboard of a day with what its tests are, and every result of each, oldest first."""

    on: date
    board: Scoreboard
    tests: Mapping[str, CapacityTest]
    points: Mapping[str, tuple[Point, ...]]
    planned: bool  # a plan asks for these tests; without one they are those that have results

    @property
    def due(self) -> tuple[str, ...]:
        return self.board.due


def record_test(athlete_id: int, plain: Mapping[str, Any], now: datetime) -> Measured | tuple[Problem, ...]:
    """One result (keys: FIELDS). A sided test needs left and right. The same `id` again corrects it.

    passed: yes or no, instead of values, where the test can be told so. A test of pain takes it as `value` or `pain`.
    """
    today = clock.day_of(now)
    given = Given(plain, FIELDS)
    test = given.needed_text("test", 64)
    on = given.day("on") or today
    if on > today:
        given.wrong("on", f"{on} is in the future", "the day of the test")
    elif on < today - timedelta(days=_OLDEST_DAYS):
        given.wrong("on", f"{on} is more than {_OLDEST_DAYS // 365} years ago", "check the date")
    values = {name: given.number(name, -_FAR, _FAR) for name in (*_VALUES, "pain")}
    passed = given.yes_no("passed")
    key = given.text("id", 64)
    problems = list(given.problems)
    if test is not None:
        found = _meant(knowledge().tests.get(test), values, passed)
        if isinstance(found, Problem):
            return (*problems, found)
        values = found
        named = {p.field for p in problems}
        problems += [p for p in check_result(test, knowledge(), **values) if p.field not in named]
    if problems or test is None:
        return tuple(problems)
    measured = Measured(key or secrets.token_hex(8), test, on, **values)
    with athlete_scope(athlete_id):
        keep(athlete_id, [measured], now)
    make_again(athlete_id, now)
    return measured


def _meant(
    test: CapacityTest | None, values: dict[str, float | None], passed: bool | None
) -> dict[str, float | None] | Problem:
    """The values, with what a "passed" stands for, and with the pain of a test of pain as its value."""
    if test is None:
        return values
    if passed is not None:
        if any(values[name] is not None for name in _VALUES):
            return Problem("passed", "a word and a value for the same result", "leave one of them out")
        found = values_of_word(test, passed)
        return found if isinstance(found, Problem) else {**values, **found}
    if test.unit == PAIN_UNIT and all(values[name] is None for name in _VALUES):
        return {**values, "value": values["pain"]}
    return values


def show_tests(athlete_id: int, today: date) -> TestsShown:
    """The scoreboard of the open plans, or of the tests that have results where there is no plan."""
    known = knowledge()
    case = gather(athlete_id, today)
    memo = Memo()
    shown = board_of(case, known, memo, decide(case, known, memo).light)
    return TestsShown(
        today,
        shown,
        {s.test: known.tests[s.test] for s in shown.tests},
        {s.test: points(case.plan.tests, s.test, known) for s in shown.tests},
        bool(case.plan.open_plans(today)),
    )


def results_of(athlete_id: int, test: str, today: date) -> tuple[Measured, ...]:
    """Every result of one test up to that day, oldest first; those of too long ago left out."""
    with athlete_scope(athlete_id):
        known = load_plan_facts(today, today - timedelta(days=_OLDEST_DAYS)).tests
    return tuple(r for r in known if r.test == test)


def test_named(name: str, known: Knowledge) -> CapacityTest | tuple[Problem, ...]:
    """A test by its id or a part of its name."""
    word = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if word in known.tests:
        return known.tests[word]
    found = [t for t in known.tests.values() if name.strip().casefold() in t.name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        return (Problem("test", f"{name!r} may be several tests", f"one of {', '.join(t.id for t in found)}"),)
    return check_result(word, known)
