"""What the simulated seasons found in weeks: jumps of a new phase beside strides, and a last step kept in metres."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, Tale

from niggle.core.ladder import Opened
from niggle.core.plan import DoneItem, ItemKind, RunStatus, WeekItem
from niggle.core.protocol import Element, Phase, Running
from niggle.core.rehab.running import RunsAllowed
from niggle.core.rehab.types import PlanState
from niggle.core.rehab.week_items import _one_new_thing
from niggle.core.rehab.week_runs import Volume, spread

JUMPS = [WeekItem("plyometrics-1", ItemKind.PLYOMETRICS, 20.0, exercises=(("p1", "jumps"),))]
STRIDES = (WeekItem("strides", ItemKind.STRIDES, 15.0, optional=True, new_stressor="strides"),)
TODAY = 40


def state(opened_days_ago: int | None, used_days_ago: int | None = None) -> PlanState:
    on = DAY + timedelta(days=TODAY)
    opened = () if opened_days_ago is None else (
        Opened(Element.STRIDES, on - timedelta(days=opened_days_ago),
               None if used_days_ago is None else on - timedelta(days=used_days_ago)),
    )  # fmt: skip
    plan = Tale("patellofemoral-pain-syndrome").plan
    return PlanState(plan, on, Phase.INTEGRATE, DAY, RunStatus.BUILDING, DAY, opened=opened)


def week(jumped_days_ago: tuple[int, ...], standing: PlanState) -> tuple[set[str], set[str | None]]:
    """(ids of what stands in the week, its new stressors)."""
    life = Tale("patellofemoral-pain-syndrome").life(TODAY)
    done = tuple(DoneItem(f"d{n}", "p1", "jumps", life.on - timedelta(days=n)) for n in sorted(jumped_days_ago)[::-1])
    items, runs = _one_new_thing(JUMPS, STRIDES, [standing], replace(life, facts=replace(life.facts, done=done)))
    both = (*items, *runs)
    return {i.id for i in both}, {i.new_stressor for i in both} - {None}


@pytest.mark.parametrize(("days_ago", "jumps"), [(6, False), (7, True)])
def test_jumps_wait_a_week_for_an_element_that_came_back(days_ago, jumps):
    ids, new = week((), state(days_ago))
    assert ("plyometrics-1" in ids) is jumps
    assert len(new) == 1


@pytest.mark.parametrize(("begun", "strides"), [(6, False), (7, True)])
def test_the_next_element_waits_a_week_for_jumps_that_have_begun(begun, strides):
    ids, new = week((begun, 1), state(20))
    assert "plyometrics-1" in ids
    assert ("strides" in ids) is strides
    assert len(new) == 1


@pytest.mark.parametrize(("last", "new_again"), [(35, False), (36, True)])
def test_jumps_of_long_ago_are_new_again(last, new_again):
    _, new = week((last,), state(None))
    assert ("plyometrics" in new) is new_again


@pytest.mark.parametrize("metres", [3219.0, 1609.0, None])
def test_no_run_of_the_week_is_longer_than_the_plan_allows(metres):
    life = Tale("patellofemoral-pain-syndrome", before_week_m=35_000.0).life(TODAY)
    allowed = RunsAllowed(Running.EASY, metres=metres)
    plan = Tale("patellofemoral-pain-syndrome", before_week_m=35_000.0).plan
    runs = spread(allowed, [replace(state(None), plan=plan)], life, Volume(), 3, ("p1",))
    assert len(runs) == 3
    assert all(r.metres <= (metres or 12_000) for r in runs)
    assert sum(r.metres for r in runs) <= 3 * (metres or 12_000)


def fast(tale: Tale, standing: PlanState, out: set[str]) -> tuple[set[ItemKind], set[str]]:
    """(fast kinds of the week, those that are marked as new) where everything but `out` is open."""
    allowed = RunsAllowed(Running.BUILD, out=frozenset(out))
    runs = spread(allowed, [replace(standing, plan=tale.plan)], tale.life(TODAY), Volume(30_000.0), 4, ("p1",))
    kinds = {ItemKind.STRIDES, ItemKind.HILLS, ItemKind.SPEED}
    return {r.kind for r in runs} & kinds, {r.new_stressor for r in runs if r.new_stressor}


def with_runs(*tagged: tuple[int, str]) -> Tale:
    tale = Tale("patellofemoral-pain-syndrome", before_week_m=35_000.0)
    for days_ago, tag in tagged:
        tale.run(TODAY - days_ago, 40, 6.0, tags=(tag,))
    return tale


def test_what_nobody_took_out_is_new_all_the_same_after_five_weeks_without_it():
    kinds, new = fast(with_runs(), state(None), set())
    assert kinds == {ItemKind.STRIDES}
    assert new == {"strides"}


@pytest.mark.parametrize(("strides_ago", "hills"), [(6, False), (7, True)])
def test_hills_wait_a_week_for_the_first_strides(strides_ago, hills):
    kinds, new = fast(with_runs((strides_ago, "strides"), (1, "strides")), state(None), {"speed"})
    assert (ItemKind.HILLS in kinds) is hills
    assert ("uphill" in new) is hills
    assert ItemKind.STRIDES in kinds
    assert "strides" not in new


@pytest.mark.parametrize(("last", "new_again"), [(35, False), (36, True)])
def test_strides_of_long_ago_are_new_again(last, new_again):
    _, new = fast(with_runs((last, "strides")), state(None), {"hills", "speed"})
    assert ("strides" in new) is new_again
