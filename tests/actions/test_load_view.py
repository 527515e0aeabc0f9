"""The load page's numbers and the what-if, from rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from niggle.actions import athletes, sessions
from niggle.actions.load import load_view, planned_from, whatif
from niggle.core.reasons import Weight
from niggle.core.session.types import Session, Sport
from niggle.core.spikes import GateState, Planned, WhatIf

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 29)  # a Sunday
NOW = datetime(2026, 3, 29, 18, tzinfo=UTC)


def runs(athlete, *given, descent_m=0.0):
    """(days ago, km) each."""
    made = [
        Session(
            Sport.RUN,
            datetime(2026, 3, 29, 8, tzinfo=UTC) - timedelta(days=ago),
            utc_offset_s=0,
            distance_m=km * 1000.0,
            timer_s=km * 350.0,
            moving_s=km * 350.0,
            descent_m=descent_m,
            ascent_m=descent_m,
        )
        for ago, km in given
    ]
    sessions.store_sessions(athlete, made, "test", NOW)


def test_nobody_has_no_weeks(athlete):
    view = load_view(athlete, TODAY)
    assert view.weeks == ()
    assert view.spikes == ()
    assert all(s.ratio is None for s in view.states.values())


def test_weeks_add_up_and_cutbacks_are_marked(athlete):
    for week, km in enumerate((8, 8, 8, 5, 8)):
        runs(athlete, *((7 * (4 - week) + d, km) for d in (0, 2, 4)))
    view = load_view(athlete, TODAY, 5)
    assert [round(w.distance_m / 1000) for w in view.weeks] == [24, 24, 24, 15, 24]
    assert [w.cutback for w in view.weeks] == [False, False, False, True, False]


def test_weeks_begin_where_she_says(athlete):
    runs(athlete, *((7 * w + d, 8) for w in range(5) for d in (0, 3)))
    assert load_view(athlete, TODAY, 4).weeks[-1].start == date(2026, 3, 23)
    athletes.change_settings(athlete, week_starts="sunday")
    assert load_view(athlete, TODAY, 4).weeks[-1].start == date(2026, 3, 29)


def test_tomorrow_is_not_in_it(athlete):
    runs(athlete, *((d, 8) for d in (1, 3, 5, 8, 10, 12)))
    yesterday = TODAY - timedelta(days=1)
    before = load_view(athlete, yesterday)
    runs(athlete, (0, 30))
    after = load_view(athlete, yesterday)
    assert (before.weeks, before.states, before.spikes, before.caps) == (
        after.weeks,
        after.states,
        after.spikes,
        after.caps,
    )


def test_a_run_far_beyond_the_longest_is_a_spike_on_its_day(athlete):
    runs(athlete, *((d, 8) for d in range(3, 60, 3)), (1, 20))
    spikes = load_view(athlete, TODAY).spikes
    assert ("LOAD-S02", TODAY - timedelta(days=1)) in {(s.type, s.on) for s in spikes}


def test_whatif_leaves_no_trace_and_answers(athlete):
    runs(athlete, *((d, 8) for d in range(2, 60, 3)))
    before = load_view(athlete, TODAY)
    small = whatif(athlete, TODAY, {"distance_m": 8_000})
    large = whatif(athlete, TODAY, {"distance_m": 18_000, "descent_m": 700, "ascent_m": 700})
    assert isinstance(small, WhatIf)
    assert isinstance(large, WhatIf)
    assert small.gate.state is GateState.REFERENCE
    assert large.gate.state is GateState.LARGE
    assert large.weight is not Weight.INFO
    assert large.week_m - small.week_m == pytest.approx(10_000)
    assert all(large.after[t].week_load >= large.before[t].week_load for t in large.after)
    assert load_view(athlete, TODAY).weeks == before.weeks


@pytest.mark.parametrize(
    ("plain", "field"),
    [
        ({}, "distance_m"),
        ({"distance_m": -1}, "distance_m"),
        ({"distance_m": 5000, "sport": "jogging"}, "sport"),
        ({"distance_m": 5000, "surface": "lava"}, "surface"),
        ({"distance_m": 5000, "tags": ["fun"]}, "tags"),
        ({"distance_m": 5000, "speed": 3}, "speed"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(plain, field):
    problems = planned_from(plain)
    assert isinstance(problems, tuple)
    assert [p.field for p in problems] == [field]


def test_a_plan_by_time_alone():
    assert planned_from({"duration_s": 3600}) == Planned(duration_s=3600.0)


def test_an_unknown_shoe(athlete):
    problems = whatif(athlete, TODAY, {"distance_m": 5000, "shoe": "nope"})
    assert isinstance(problems, tuple)
    assert problems[0].field == "shoe"
