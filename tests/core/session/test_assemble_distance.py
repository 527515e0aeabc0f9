"""Distance and climbing, by what was recorded: a counter, positions, a speed, an altitude."""

from __future__ import annotations

import numpy as np
import pytest
from tests.core.session.recorded import T0, codes, north, read, steady, stream

from niggle.core.session import Sport, Totals


def test_a_counter_that_was_reset_goes_on() -> None:
    times, columns = steady()
    columns["distance_m"][300:] -= 900.0
    session = read(Sport.RUN, times, columns)
    assert session.distance_m == pytest.approx(1797.0)
    assert codes(session) == {"distance_jump"}


def test_a_spike_of_distance_is_left_out() -> None:
    times, columns = steady()
    columns["distance_m"][300] = 4_915_030.0
    assert read(Sport.RUN, times, columns).distance_m == pytest.approx(1800.0, abs=10.0)


def test_a_small_roll_back_is_held_not_counted_twice() -> None:
    times, columns = steady()
    columns["distance_m"][300] -= 9.0
    session = read(Sport.RUN, times, columns)
    assert session.distance_m == 1800.0
    assert codes(session) == {"distance_back"}
    assert (np.diff(stream(session, "distance_m")) >= 0.0).all()


def test_distance_of_a_later_leg_starts_at_zero() -> None:
    times, columns = steady()
    columns["distance_m"] += 42_000.0
    assert read(Sport.RUN, times, columns).distance_m == pytest.approx(1800.0)


def test_without_a_distance_positions_give_it() -> None:
    times, _ = steady()
    session = read(Sport.RUN, times, north(times))
    assert session.distance_m == pytest.approx(1800.0, rel=1e-4)
    assert codes(session) == {"distance_from_positions"}


def test_one_position_on_the_other_side_of_the_world_adds_nothing() -> None:
    times, _ = steady()
    columns = north(times)
    columns["latitude_deg"][300] = -12.0
    assert read(Sport.RUN, times, columns).distance_m == pytest.approx(1800.0, rel=1e-3)


def test_position_zero_zero_is_no_fix() -> None:
    times, _ = steady()
    columns = north(times)
    columns["latitude_deg"][:50] = 0.0
    columns["longitude_deg"][:50] = 0.0
    session = read(Sport.RUN, times, columns)
    assert np.isnan(stream(session, "latitude_deg")[:50]).all()
    assert session.distance_m == pytest.approx(1650.0, rel=1e-3)


@pytest.mark.parametrize(("factor", "halved"), [(1.9, False), (2.0, True), (2.2, False)])
def test_a_distance_twice_the_way_is_halved(factor: float, halved: bool) -> None:
    times, columns = steady()
    columns["distance_m"] *= factor
    session = read(Sport.RUN, times, {**columns, **north(times)}, totals=Totals(distance_m=1800.0 * factor))
    assert session.distance_m == pytest.approx(1800.0 if halved else 1800.0 * factor)
    assert ("distance_doubled" in codes(session)) is halved


def test_indoors_speed_alone_gives_the_distance() -> None:
    times, _ = steady()
    session = read(Sport.TREADMILL, times, {"speed_mps": np.full(601, 2.5)})
    assert session.distance_m == pytest.approx(1500.0)


def test_a_stated_zero_distance_yields_to_the_records() -> None:
    times, columns = steady()
    session = read(Sport.RUN, times, columns, totals=Totals(distance_m=0.0))
    assert (session.distance_m, codes(session)) == (1800.0, {"distance_from_records"})


def test_a_stated_distance_nobody_can_run_in_the_time_yields_to_the_records() -> None:
    times, columns = steady()
    session = read(Sport.RUN, times, columns, totals=Totals(distance_m=4_915_030.0))
    assert (session.distance_m, codes(session)) == (1800.0, {"distance_implausible"})


@pytest.mark.parametrize(("step_m", "ascent_m"), [(2.9, 0.0), (3.0, 3.0)])
def test_a_climb_counts_from_three_metres(step_m: float, ascent_m: float) -> None:
    times, columns = steady()
    altitude = np.where(np.arange(601) < 300, 100.0, 100.0 + step_m)
    session = read(Sport.RUN, times, {**columns, "altitude_m": altitude})
    assert session.ascent_m == pytest.approx(ascent_m)
    assert session.descent_m == 0.0


@pytest.mark.parametrize(("leap_m", "ascent_m"), [(69.0, 69.0), (71.0, 0.0)])
def test_one_wild_altitude_is_no_climb(leap_m: float, ascent_m: float) -> None:
    times, columns = steady()
    altitude = np.full(601, 100.0)
    altitude[300] += leap_m  # 50 m at once, or 20 m a second more, is where belief ends
    session = read(Sport.RUN, times, {**columns, "altitude_m": altitude})
    assert (session.ascent_m, session.descent_m) == (ascent_m, ascent_m)


def test_altitude_is_smoothed_over_time_and_keeps_a_steady_slope() -> None:
    times, columns = steady()
    altitude = (times - T0) * 0.1 + np.where(np.arange(601) % 2, 1.0, -1.0)
    altitude[50] = np.nan
    smooth = stream(read(Sport.RUN, times, {**columns, "altitude_m": altitude}), "altitude_m")
    assert np.isnan(smooth[50])
    middle = np.r_[100:500]
    assert np.abs(smooth[middle] - (times - T0)[middle] * 0.1).max() < 0.2
