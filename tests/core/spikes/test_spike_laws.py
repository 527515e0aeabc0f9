"""Laws of the load rules, and what the what-if adds to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.healthy.build import Row, knowledge, log

from niggle.core.history import Tag, empty_history
from niggle.core.outcomes import Light
from niggle.core.profile import Mode, Profile
from niggle.core.reasons import Weight
from niggle.core.session.types import Sport
from niggle.core.spikes import (
    Exposure,
    GateState,
    Limit,
    Planned,
    caps,
    find,
    is_guarded,
    load_of_day,
    on_yellow,
    session_gate,
    shoes,
    spikes_of,
    weeks,
    whatif,
)
from niggle.core.spikes.whatif import PLANNED_ID, add_planned

TODAY = date(2026, 6, 10)

sessions = st.lists(
    st.tuples(
        st.integers(-60, 20),
        st.floats(0.5, 40),
        st.sampled_from([Sport.RUN, Sport.TRAIL, Sport.RIDE, Sport.STRENGTH]),
        st.frozensets(st.sampled_from(list(Tag)), max_size=2),
        st.one_of(st.none(), st.floats(0, 900)),
    ),
    max_size=30,
)
Items = list[tuple[int, float, Sport, frozenset[Tag], float | None]]


def rows_of(items: Items) -> list[Row]:
    return [
        Row(TODAY + timedelta(days=d), km, sport, None, climb, climb, tags, at_hour=5 + i % 15)
        for i, (d, km, sport, tags, climb) in enumerate(items)
    ]


@settings(max_examples=60, deadline=None)
@given(sessions, st.sampled_from(list(Mode)))
def test_tomorrow_never_changes_today(items: Items, mode: Mode) -> None:
    known, profile = knowledge(), Profile(mode=mode)
    rows = rows_of(items)
    whole, past = log(rows), log([r for r in rows if r.on <= TODAY])
    # ids count rows, so a row's id is the same in both logs
    assert find(whole, TODAY, known, profile) == find(past, TODAY, known, profile)
    assert caps(whole, TODAY, known, profile) == caps(past, TODAY, known, profile)
    assert weeks(whole, TODAY, known, profile) == weeks(past, TODAY, known, profile)


@settings(max_examples=40, deadline=None)
@given(sessions)
def test_one_go_is_both(items: Items) -> None:
    known, h = knowledge(), log(rows_of(items))
    found, limits = load_of_day(h, TODAY, known)
    assert found == find(h, TODAY, known)
    assert limits == caps(h, TODAY, known) == caps(h, TODAY, known, found=found)


@settings(max_examples=40, deadline=None)
@given(sessions)
def test_done_is_never_stopped_and_caps_are_never_negative(items: Items) -> None:
    known, h = knowledge(), log(rows_of(items))
    found, limits = load_of_day(h, TODAY, known)
    assert all(s.reason.weight is not Weight.STOP for s in spikes_of(found))
    for limit in (limits.longest_session_km, limits.week_total_km, limits.week_left_km, limits.longest_descent_m):
        assert limit is None or limit.value >= 0


@settings(max_examples=40, deadline=None)
@given(sessions, st.floats(1, 40), st.floats(0.1, 20))
def test_a_longer_plan_is_never_a_smaller_step(items: Items, km: float, more: float) -> None:
    known, h = knowledge(), log(rows_of(items))
    order = list(GateState)
    short, long = (session_gate(h, Planned(distance_m=d * 1000), known, on=TODAY) for d in (km, km + more))
    assert order.index(long.state) >= order.index(short.state)


@settings(max_examples=40, deadline=None)
@given(sessions, st.floats(0.2, 5))
def test_the_gate_does_not_depend_on_the_unit(items: Items, factor: float) -> None:
    known, h = knowledge(), log(rows_of(items))
    scaled = replace(h, distance_m=h.distance_m * factor)
    plain = session_gate(h, Planned(distance_m=12_345), known, on=TODAY)
    other = session_gate(scaled, Planned(distance_m=12_345 * factor), known, on=TODAY)
    if plain.ratio is None:
        assert other.ratio is None
    else:
        assert other.ratio == pytest.approx(plain.ratio)


def usual(weeks_back: int = 6) -> list[Row]:
    monday = TODAY - timedelta(days=2)
    return [
        Row(monday - timedelta(days=7 * w) + timedelta(days=d), km, descent_m=40.0, ascent_m=40.0)
        for w in range(1, weeks_back + 1)
        for d, km in ((1, 8), (3, 8), (5, 10))
    ]


def test_whatif_answers_before_the_run_what_the_log_says_after_it() -> None:
    known = knowledge()
    before = log(usual())
    plan = Planned(distance_m=18_000, duration_s=6480, descent_m=400, ascent_m=400)
    result = whatif(before, TODAY, plan, known)
    after = log([*usual(), Row(TODAY, 18, ascent_m=400, descent_m=400)])
    found = spikes_of(find(after, TODAY, known, days=1))
    of_the_day = {"LOAD-S17", "LOAD-S18"}  # said of the day, not of the session
    assert {s.type for s in result.spikes} - of_the_day == {s.type for s in found} - of_the_day
    assert {"LOAD-S02", "LOAD-S08"} <= {s.type for s in result.spikes}
    assert result.gate.state is GateState.MODERATE
    assert result.weight is Weight.CAUTION
    assert result.week_m == 18_000
    tibia = next(iter(result.before))
    assert result.after[tibia].unrecovered > result.before[tibia].unrecovered
    assert len(before) == len(log(usual()))  # nothing was written into the log


def test_whatif_of_an_ordinary_run_has_nothing_against_it() -> None:
    result = whatif(log(usual()), TODAY, Planned(distance_m=8000), knowledge())
    assert (result.weight, result.spikes) == (Weight.INFO, ())
    assert [r.rule for r in result.reasons] == ["SCI-GATE"]


def test_whatif_of_a_ride_has_no_gate_reason() -> None:
    result = whatif(log(usual()), TODAY, Planned(distance_m=40_000, duration_s=5400, sport=Sport.RIDE), knowledge())
    assert result.reasons == ()
    assert result.week_m == 0


def test_whatif_sees_the_week_it_would_make() -> None:
    rows = [*usual(), Row(TODAY - timedelta(days=1), 10), Row(TODAY, 10)]
    result = whatif(log(rows), TODAY, Planned(distance_m=10_000), knowledge())
    growth = next(r for r in result.reasons if r.rule == "LOAD-R01")
    assert growth.weight is Weight.CAUTION
    assert growth.fact("week") == 30_000


def test_whatif_on_an_empty_log() -> None:
    result = whatif(empty_history(), TODAY, Planned(distance_m=5000), knowledge())
    assert result.gate.state is GateState.NOT_CALCULABLE
    assert result.weight is Weight.INFO


def test_an_empty_log_has_no_caps_and_no_findings() -> None:
    found, limits = load_of_day(empty_history(), TODAY, knowledge())
    assert found == ()
    assert limits.today_km is None
    assert [r.rule for r in limits.reasons] == ["SCI-GATE"]
    assert weeks(empty_history(), TODAY, knowledge()) == ()
    assert shoes(empty_history(), TODAY, knowledge()) == ()


def test_a_planned_session_stands_last() -> None:
    h = log([Row(TODAY, 5, at_hour=20)])
    more = add_planned(h, TODAY, Planned(distance_m=3000, start_s=0.0), knowledge())
    assert more.ids[-1] == PLANNED_ID
    assert (np.diff(more.start_s) > 0).all()


def test_a_log_without_distances_is_counted_in_minutes() -> None:
    monday = TODAY - timedelta(days=2)
    rows = [
        Row(monday - timedelta(days=7 * w) + timedelta(days=d), None, minutes=m * f)
        for w, f in ((3, 1.0), (2, 1.0), (1, 1.25))
        for d, m in ((1, 30), (3, 30), (5, 60))
    ]
    table = weeks(log(rows), TODAY - timedelta(days=3), knowledge())
    assert table[-1].by_time
    assert table[-1].amount == pytest.approx(150 * 60)
    assert table[-1].verdict.value == "growth"


def test_weeks_may_begin_on_sunday() -> None:
    sunday = TODAY - timedelta(days=3)
    rows = [Row(sunday - timedelta(days=7), 5), Row(sunday, 6), Row(sunday + timedelta(days=1), 7)]
    table = weeks(log(rows), TODAY, knowledge(), week_start=6)
    assert [(w.start, w.distance_m) for w in table] == [(sunday - timedelta(days=7), 5000), (sunday, 13_000)]


def test_yellow_takes_a_fifth_off_the_session_and_a_tenth_off_the_week() -> None:
    normal = caps(log(usual()), TODAY, knowledge())
    yellow = on_yellow(normal, knowledge())
    assert normal.longest_session_km is not None
    assert normal.week_total_km is not None
    assert yellow.longest_session_km == Limit(pytest.approx(0.8 * normal.longest_session_km.value), "LOAD-R12")
    assert yellow.week_total_km == Limit(pytest.approx(0.9 * normal.week_total_km.value), "LOAD-R12")
    assert {Exposure.DOWNHILL, Exposure.TRACK} <= {item.exposure for item in yellow.leave_out}


@pytest.mark.parametrize("km_this_week", [3.0, 14.0, 60.0])
def test_what_is_left_on_yellow_is_what_the_lower_week_leaves(km_this_week: float) -> None:
    normal = caps(log([*usual(), Row(TODAY - timedelta(days=1), km_this_week)]), TODAY, knowledge())
    yellow = on_yellow(normal, knowledge())
    assert normal.week_total_km is not None
    assert normal.week_left_km is not None
    assert yellow.week_total_km is not None
    assert yellow.week_left_km is not None
    done = normal.week_total_km.value - normal.week_left_km.value
    assert yellow.week_left_km.value == pytest.approx(max(0.0, yellow.week_total_km.value - done))


@pytest.mark.parametrize(
    ("light", "plan", "guarded"),
    [
        (Light.GREEN, False, False), (Light.YELLOW, False, True), (Light.RED, False, True), (Light.GREEN, True, True),
        (None, False, False),
    ],
)  # fmt: skip
def test_guarded(light: Light | None, plan: bool, guarded: bool) -> None:
    assert is_guarded(light, plan) is guarded


def test_a_planned_gate_needs_a_day() -> None:
    with pytest.raises(ValueError, match="day"):
        session_gate(empty_history(), Planned(distance_m=1), knowledge())
