"""Records out of order, twice, far away in time: the clock of a watch is mended and it is noted."""

from __future__ import annotations

import numpy as np
import pytest
from tests.core.session.recorded import NOON, T0, codes, read, steady, stream

from niggle.core.session import Sport, Totals


def test_a_step_back_of_a_second_keeps_every_record() -> None:
    times, columns = steady()
    times[300] -= 2.0
    session = read(Sport.RUN, times, columns)
    assert session.records == 601
    assert (np.diff(stream(session, "time_s")) >= 0).all()
    assert codes(session) == {"time_jitter"}


def test_two_records_in_one_second_are_kept_without_a_word() -> None:
    times, columns = steady()
    times[300] = times[299]
    session = read(Sport.RUN, times, columns)
    assert (session.records, session.notes) == (601, ())


def test_a_clock_set_back_an_hour_moves_later_records_on() -> None:
    times, columns = steady()
    times[300:] -= 3600.0
    session = read(Sport.RUN, times, columns, totals=Totals(timer_s=600.0, elapsed_s=600.0))
    assert (session.records, session.timer_s, session.moving_s) == (601, 600.0, 600.0)
    assert stream(session, "time_s")[-1] == pytest.approx(600.0)
    assert codes(session) == {"time_step_back"}


def test_tracks_in_the_wrong_order_are_sorted_when_no_distance_tells_the_order() -> None:
    times, _ = steady()
    latitude = 50.0 + (times - T0) * 2.7e-5
    swapped = np.concatenate((np.arange(300, 601), np.arange(300)))
    columns = {"latitude_deg": latitude[swapped], "longitude_deg": np.full(601, 7.0)}
    session = read(Sport.RUN, times[swapped], columns)
    assert "time_sorted" in codes(session)
    assert session.start_utc == NOON
    assert session.distance_m == pytest.approx(1801.0, rel=0.005)


def test_a_file_written_backwards_is_turned_round() -> None:
    times, _ = steady()
    latitude = 50.0 + (times - T0) * 2.7e-5
    columns = {"latitude_deg": latitude[::-1].copy(), "longitude_deg": np.full(601, 7.0)}
    session = read(Sport.RUN, times[::-1].copy(), columns)
    assert codes(session) == {"time_sorted", "distance_from_positions"}
    assert (session.start_utc, session.elapsed_s) == (NOON, 600.0)
    assert session.distance_m == pytest.approx(1801.0, rel=0.005)


@pytest.mark.parametrize(("gap_s", "closed"), [(86_399, False), (86_402, True)])
def test_a_gap_is_a_pause_up_to_a_day_and_a_clock_that_jumped_beyond(gap_s: int, closed: bool) -> None:
    times, columns = steady()
    times[300:] += gap_s
    session = read(Sport.RUN, times, columns)
    assert ("time_jump" in codes(session)) is closed
    assert stream(session, "time_s")[-1] == pytest.approx(600.0 if closed else 600.0 + gap_s)
    assert session.moving_s == pytest.approx(600.0, abs=1.0)


def test_31_days_elapsed_with_25_minutes_on_the_timer_is_a_session() -> None:
    times, columns = steady(1500)
    times[900:] += 31 * 86_400.0
    running = [(T0, T0 + 899.0), (times[900], times[-1])]
    session = read(
        Sport.RUN, times, columns, running=running, totals=Totals(timer_s=1500.0, elapsed_s=1500.0 + 31 * 86_400.0)
    )
    assert (session.timer_s, session.elapsed_s) == (1500.0, 1500.0 + 31 * 86_400.0)
    assert session.moving_s == pytest.approx(1500.0, abs=2.0)
    assert codes(session) == {"time_jump"}


def test_a_few_stray_records_far_away_in_time_are_left_out_and_named() -> None:
    times, columns = steady()
    times[200:203] = [4e9, 8e8, 3e9]
    columns["distance_m"][200:203] = [4e6, 0.0, 17.0]
    session = read(Sport.RUN, times, columns)
    assert session.records == 598
    (note,) = [n for n in session.notes if n.code == "time_stray"]
    assert note.place == "record 200"
    assert session.distance_m == pytest.approx(1800.0)


def test_records_without_a_date_are_left_out() -> None:
    times, columns = steady()
    times[:3] = np.nan
    session = read(Sport.RUN, times, columns)
    assert (session.records, codes(session)) == (598, {"time_missing"})


def test_records_written_in_two_halves_are_joined() -> None:
    times, columns = steady(100)
    twice = np.repeat(times, 2)
    along, heart = np.repeat(columns["distance_m"], 2), np.full(202, 140.0)
    along[1::2], heart[::2] = np.nan, np.nan
    session = read(Sport.RUN, twice, {"distance_m": along, "heart_rate_bpm": heart})
    assert (session.records, codes(session)) == (101, {"records_joined"})
    assert not np.isnan(stream(session, "heart_rate_bpm")).any()


def test_two_full_records_a_second_are_both_kept() -> None:
    times, columns = steady(100)
    session = read(Sport.RUN, np.repeat(times, 2), {"distance_m": np.repeat(columns["distance_m"], 2)})
    assert (session.records, session.notes) == (202, ())
