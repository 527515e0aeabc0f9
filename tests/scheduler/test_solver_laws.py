"""Laws of the search: its week never breaks a rule, loses nothing, and does not change with names or the time asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.healthy.build import knowledge
from tests.scheduler.requests import availabilities, calendars, surroundings, week_items

from niggle.core.plan import Availability, WeekItem
from niggle.core.week import Surroundings, blocks, check, wishes_broken
from niggle.scheduler import Solved, solve

K = knowledge()
often = settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(autouse=True, scope="module")
def nothing_to_mend() -> Iterator[None]:
    """What the last check takes out would mean that the search does not know a rule."""
    import sys

    module = sys.modules["niggle.scheduler.solve"]
    kept = module._drop

    def refuse(violation: object, item: object) -> list[object]:
        raise AssertionError(f"left to the last check: {violation}")

    module._drop = refuse
    yield
    module._drop = kept


def _holds(solved: Solved, items: tuple[WeekItem, ...], availability: Availability, around: Surroundings) -> None:
    placed = solved.week.placed
    assert blocks(check(placed, around, K, availability)) == ()
    assert sorted([p.item.id for p in placed] + [o.item.id for o in solved.left_out]) == sorted(i.id for i in items)
    assert all(around.first_free <= p.on <= around.last and p.on not in around.not_on for p in placed)
    assert all(p.item.on in (None, p.on) for p in placed)
    assert solved.unmet == wishes_broken(placed, around, availability)
    assert solved.optimal


@often
@given(st.data())
def test_a_solved_week_never_blocks_and_loses_nothing(data: st.DataObject) -> None:
    items, availability, around = data.draw(week_items()), data.draw(availabilities), data.draw(surroundings())
    solved = solve(items, availability, around, K, previous=data.draw(calendars(items)), explain=False)
    _holds(solved, items, availability, around)
