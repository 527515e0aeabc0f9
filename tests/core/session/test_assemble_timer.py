"""Timer, elapsed and moving: three times that a watch tells apart, or mixes up."""

from __future__ import annotations

import numpy as np
import pytest
from tests.core.session.recorded import T0, codes, read, steady

from niggle.core.session import Sport, Totals


def test_standing_still_is_not_moving_but_the_timer_runs() -> None:
    times, columns = steady()
    columns["distance_m"][200:400] = columns["distance_m"][200]
    columns["distance_m"][400:] -= 600.0
    session = read(Sport.RUN, times, columns)
    assert session.timer_s == 600.0
    assert session.moving_s == pytest.approx(400.0, abs=20.0)


@pytest.mark.parametrize(("speed_mps", "moving_s"), [(0.49, 0.0), (0.51, 600.0)])
def test_moving_starts_at_half_a_metre_a_second(speed_mps: float, moving_s: float) -> None:
    times, columns = steady(600, speed_mps)
    assert read(Sport.HIKE, times, columns).moving_s == moving_s


@pytest.mark.parametrize(("gap_s", "moving_s"), [(60, 60.0), (61, 0.0)])
def test_a_gap_of_more_than_a_minute_is_not_moving(gap_s: int, moving_s: float) -> None:
    times, columns = T0 + np.array([0.0, gap_s]), {"distance_m": np.array([0.0, 3.0 * gap_s])}
    assert read(Sport.RUN, times, columns).moving_s == moving_s


def test_whole_metres_in_steps_are_still_moving() -> None:
    times, columns = steady(600, 2.0)
    columns["distance_m"] = np.floor(columns["distance_m"] / 10.0) * 10.0
    assert read(Sport.RUN, times, columns).moving_s == pytest.approx(600.0, abs=10.0)


def test_time_outside_the_timer_is_neither_timer_nor_moving() -> None:
    times, columns = steady()
    session = read(Sport.RUN, times, columns, running=[(T0, T0 + 200.0), (T0 + 300.0, T0 + 600.0)])
    assert (session.timer_s, session.moving_s, session.elapsed_s) == (500.0, 500.0, 600.0)


def test_records_inside_a_pause_change_nothing() -> None:
    times, columns = steady()
    columns["distance_m"][200:300] = columns["distance_m"][200]
    columns["distance_m"][300:] -= 300.0
    running = [(T0, T0 + 200.0), (T0 + 300.0, T0 + 600.0)]
    keep = (times <= T0 + 200.0) | (times >= T0 + 300.0)
    with_pause = read(Sport.RUN, times, columns, running=running)
    without = read(Sport.RUN, times[keep], {"distance_m": columns["distance_m"][keep]}, running=running)
    assert (with_pause.timer_s, with_pause.moving_s) == (without.timer_s, without.moving_s)
    assert with_pause.distance_m == without.distance_m


def test_a_silent_pause_is_no_timer_time_where_nothing_states_it() -> None:
    times, columns = steady()
    times[300:] += 600.0  # ten minutes without a record, no way made
    session = read(Sport.RUN, times, columns)
    assert (session.timer_s, session.elapsed_s) == (599.0, 1200.0)


def test_nobody_moves_longer_than_the_timer_ran() -> None:
    times, columns = steady()
    session = read(Sport.RUN, times, columns, totals=Totals(timer_s=594.2, elapsed_s=600.0))
    assert session.moving_s == 594.2


@pytest.mark.parametrize(("over_s", "noted"), [(1.0, False), (1.1, True)])
def test_a_timer_longer_than_elapsed_falls_back_to_the_records(over_s: float, noted: bool) -> None:
    times, columns = steady()
    session = read(Sport.RUN, times, columns, totals=Totals(timer_s=300.0 + over_s, elapsed_s=300.0))
    assert ("timer_inconsistent" in codes(session)) is noted
    assert session.timer_s == (600.0 if noted else 301.0)


def test_timer_and_elapsed_stored_the_wrong_way_round() -> None:
    times, columns = steady()
    times[300:] += 18_000.0
    session = read(Sport.RUN, times, columns, totals=Totals(timer_s=18_600.0, elapsed_s=600.0))
    assert (session.timer_s, session.elapsed_s) == (600.0, 18_600.0)
    assert codes(session) == {"timer_swapped"}
