"""Laws of the search: its week never breaks a rule, loses nothing, and does not change with names or the time asked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.healthy.build import knowledge
from tests.scheduler.requests import availabilities, calendars, surroundings, week_items
from tests.scheduler.worst import worst_runner

from niggle.core.plan import RUN_KINDS, Availability, WeekItem, WishKind
from niggle.core.week import Surroundings, blocks, check, wishes_broken
from niggle.scheduler import Memo, Solved, request_key, solve

K = knowledge()
often = settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(autouse=True, scope="module")
def nothing_to_mend() -> Iterator[None]:
    """What the last check takes out would mean that the search does not know a rule."""
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
    assert not [p for p in placed if p.on in around.shut(p.item.kind)]
    assert not [p for p in placed if p.on in around.no_run_on and p.item.kind in RUN_KINDS]
    assert all(p.item.on in (None, p.on) for p in placed)
    assert solved.unmet == wishes_broken(placed, around, availability)
    assert solved.optimal


@often
@given(st.data())
def test_a_solved_week_never_blocks_and_loses_nothing(data: st.DataObject) -> None:
    items, availability, around = data.draw(week_items()), data.draw(availabilities), data.draw(surroundings())
    solved = solve(items, availability, around, K, previous=data.draw(calendars(items)), explain=False)
    _holds(solved, items, availability, around)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_what_is_explained_is_minimal_and_complete(data: st.DataObject) -> None:
    items, availability, around = data.draw(week_items()), data.draw(availabilities), data.draw(surroundings())
    solved = solve(items, availability, around, K)
    _holds(solved, items, availability, around)
    explained = {w for c in solved.clashes for w in c.wishes}
    assert {b.wish for b in solved.unmet} <= explained
    for clash in solved.clashes:
        assert clash.wishes
        assert len(set(clash.because)) == len(clash.because)
        assert set(clash.because) <= set(K.rules)
    for out in solved.left_out:
        assert set(out.because) <= set(K.rules)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_the_same_question_has_the_same_answer_whatever_the_names_and_the_date(data: st.DataObject) -> None:
    items, availability, around = data.draw(week_items()), data.draw(availabilities), data.draw(surroundings())
    solved = solve(items, availability, around, K, explain=False)
    shift = timedelta(days=7 * data.draw(st.integers(1, 60)))
    moved = replace(
        around,
        start=around.start + shift,
        today=None if around.today is None else around.today + shift,
        runs_from=None if around.runs_from is None else around.runs_from + shift,
        before=tuple(replace(p, on=p.on + shift) for p in around.before),
        not_on=frozenset(d + shift for d in around.not_on),
        no_run_on=frozenset(d + shift for d in around.no_run_on),
        no_cross_on=frozenset(d + shift for d in around.no_cross_on),
    )
    renamed = tuple(replace(i, id=f"z{i.id}", on=None if i.on is None else i.on + shift) for i in items)
    again = solve(renamed, availability, moved, K, explain=False)
    first = [(p.on + shift, p.start_min, f"z{p.item.id}") for p in solved.week.placed]
    assert [(p.on, p.start_min, p.item.id) for p in again.week.placed] == first
    key = request_key(items, availability, around, K)
    assert key == request_key(renamed, availability, moved, K)
    assert hash(key) == hash(request_key(renamed, availability, moved, K))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_another_wish_never_costs_an_item(data: st.DataObject) -> None:
    """Wishes choose between weeks; only the number of runs that she wants takes something out."""
    items, availability, around = data.draw(week_items()), data.draw(availabilities), data.draw(surroundings())
    hers = tuple(w for w in availability.wishes if w.kind is not WishKind.RUNS_PER_WEEK)
    with_wishes = solve(items, replace(availability, wishes=hers), around, K, explain=False)
    without = solve(items, replace(availability, wishes=()), around, K, explain=False)
    required = [  # what she fixed she wants, optional or not
        {o.item.id for o in s.left_out if not o.item.optional or o.item.on is not None} for s in (with_wishes, without)
    ]
    assert len(required[0]) == len(required[1])


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_a_calendar_made_again_stays(data: st.DataObject) -> None:
    """With nothing changed but the calendar to keep, nothing moves to another day."""
    items, availability, around = data.draw(week_items()), data.draw(availabilities), data.draw(surroundings())
    first = solve(items, availability, around, K, explain=False)
    again = solve(items, availability, around, K, previous=first.week, explain=False)
    assert again.changes is not None
    assert again.changes.days == 0
    assert {p.item.id for p in again.week.placed} == {p.item.id for p in first.week.placed}


def test_the_worst_runner_is_optimal_with_nothing_left_to_mend() -> None:
    items, availability, around = worst_runner()
    _holds(solve(items, availability, around, K), items, availability, around)


def test_a_memo_gives_what_a_fresh_search_gives() -> None:
    items, availability, around = worst_runner()
    memo = Memo()
    one = solve(items, availability, around, K, memo=memo)
    two = solve(items, availability, around, K, memo=memo)
    assert (one.week, one.clashes, one.left_out) == (two.week, two.clashes, two.left_out)
