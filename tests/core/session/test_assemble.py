"""One Session from raw columns: what is stated wins, what devices do differently is mended and noted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from niggle.core.session import STREAM_NAMES, Floats, Labels, Refusal, Session, Sport, Totals, assemble

NOON = datetime(2024, 5, 4, 12, 0, tzinfo=UTC)
T0 = NOON.timestamp()


def steady(seconds: int = 600, speed_mps: float = 3.0) -> tuple[Floats, dict[str, Floats]]:
    """A record a second at even speed."""
    clock = np.arange(seconds + 1, dtype=np.float64)
    return T0 + clock, {"distance_m": clock * speed_mps}


def read(sport: Sport, times: Floats, columns: dict[str, Floats], **more: object) -> Session:
    session = assemble(sport, times, columns, **more)  # type: ignore[arg-type]
    assert isinstance(session, Session), session
    return session


def codes(session: Session) -> set[str]:
    return {note.code for note in session.notes}


def stream(session: Session, name: str) -> Floats:
    assert session.streams is not None
    values = session.streams.get(name)
    assert values is not None
    return values


def test_a_plain_run_needs_no_mending() -> None:
    times, columns = steady()
    session = read(Sport.RUN, times, columns, labels=Labels(title="Lunch", leg=2))
    assert (session.start_utc, session.title, session.leg) == (NOON, "Lunch", 2)
    assert (session.distance_m, session.timer_s, session.elapsed_s, session.moving_s) == (1800.0, 600.0, 600.0, 600.0)
    assert session.records == 601
    assert session.notes == ()
    assert stream(session, "speed_mps")[300] == pytest.approx(3.0)  # was missing: from the distance


def test_stated_totals_win() -> None:
    times, columns = steady()
    stated = Totals(1790.0, 590.0, 640.0, None, 12.0, 14.0, 150.0, 171.0, 84.5)
    session = read(Sport.RUN, times, {**columns, "altitude_m": times - T0}, totals=stated)
    assert (session.distance_m, session.timer_s, session.elapsed_s) == (1790.0, 590.0, 640.0)
    assert (session.ascent_m, session.descent_m) == (12.0, 14.0)
    assert (session.avg_heart_rate_bpm, session.max_heart_rate_bpm) == (150.0, 171.0)
    assert session.avg_cadence_spm == 169.0


def test_a_reader_that_mixes_lengths_or_names_is_told() -> None:
    times, columns = steady()
    with pytest.raises(ValueError, match="cadence_spm has 2"):
        assemble(Sport.RUN, times, {**columns, "cadence_spm": np.zeros(2)})
    with pytest.raises(ValueError, match="no stream"):
        assemble(Sport.RUN, times, {"pace": times})


# --- the clock -----------------------------------------------------------------------------------------------------


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


# --- values nobody can have ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("heart_rate_bpm", 25.0, 24.0),
        ("heart_rate_bpm", 240.0, 241.0),
        ("heart_rate_bpm", 60.0, 0.0),
        ("altitude_m", 9_500.0, 9_501.0),
        ("altitude_m", -499.0, -500.0),
        ("speed_mps", 12.5, 12.6),
        ("power_w", 3_000.0, 3_001.0),
        ("ground_contact_ms", 50.0, 0.0),
        ("latitude_deg", 90.0, 90.1),
    ],
)
def test_a_value_outside_its_bounds_is_missing(name: str, good: float, bad: float) -> None:
    times, columns = steady(20)
    values = np.full(21, good)
    values[5] = bad
    other = {"longitude_deg": np.full(21, 7.0)} if name == "latitude_deg" else {}
    out = stream(read(Sport.RUN, times, {**columns, **other, name: values}), name)
    assert np.isnan(out[5])
    assert np.isnan(out).sum() == 1


def test_a_strap_that_was_not_worn_gives_no_heart_rate() -> None:
    times, columns = steady()
    session = read(Sport.RUN, times, {**columns, "heart_rate_bpm": np.zeros(601)}, totals=Totals(avg_heart_rate_bpm=0))
    assert session.avg_heart_rate_bpm is None
    assert session.streams is not None
    assert session.streams.get("heart_rate_bpm") is None


@pytest.mark.parametrize(
    ("sport", "typical", "steps"),
    [
        (Sport.RUN, 86.0, 172.0),
        (Sport.RUN, 119.0, 238.0),
        (Sport.RUN, 121.0, 121.0),
        (Sport.RUN, 172.0, 172.0),
        (Sport.WALK, 55.0, 110.0),
        (Sport.WALK, 110.0, 110.0),
        (Sport.RIDE, 86.0, 86.0),
    ],
)
def test_cadence_is_steps_of_both_feet(sport: Sport, typical: float, steps: float) -> None:
    times, columns = steady()
    cadence = np.full(601, typical)
    cadence[:100] = 0.0
    session = read(sport, times, {**columns, "cadence_spm": cadence})
    assert session.avg_cadence_spm == pytest.approx(steps)
    assert stream(session, "cadence_spm")[0] == 0.0


# --- distance ------------------------------------------------------------------------------------------------------


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


def north(times: Floats, speed_mps: float = 3.0) -> dict[str, Floats]:
    return {
        "latitude_deg": 50.0 + (times - T0) * speed_mps / 111_195.08,
        "longitude_deg": np.full(len(times), 7.0),
    }


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


# --- climbing ------------------------------------------------------------------------------------------------------


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


# --- timer, elapsed, moving ----------------------------------------------------------------------------------------


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


# --- start, totals only, refusals ----------------------------------------------------------------------------------


def test_a_stated_start_before_the_first_record_stands() -> None:
    times, columns = steady()
    session = read(Sport.RUN, times, columns, start_utc=NOON - timedelta(seconds=30))
    assert session.start_utc == NOON - timedelta(seconds=30)
    assert stream(session, "time_s")[0] == 30.0


def test_a_stated_start_far_from_the_records_yields() -> None:
    times, columns = steady()
    session = read(Sport.RUN, times, columns, start_utc=NOON - timedelta(days=400))
    assert (session.start_utc, codes(session)) == (NOON, {"start_from_records"})


def test_totals_alone_are_a_session() -> None:
    session = read(Sport.RUN, np.array([]), {}, start_utc=NOON, totals=Totals(distance_m=5000.0, timer_s=1500.0))
    assert (session.distance_m, session.timer_s, session.streams) == (5000.0, 1500.0, None)
    assert codes(session) == {"no_streams"}


def test_a_session_of_strength_needs_no_distance() -> None:
    times, _ = steady()
    session = read(Sport.STRENGTH, times, {"heart_rate_bpm": np.full(601, 110.0)})
    assert (session.distance_m, session.moving_s, session.timer_s) == (None, None, 600.0)


EMPTY: Floats = np.array([])


@pytest.mark.parametrize(
    ("code", "times", "columns", "more"),
    [
        ("no_records", EMPTY, {}, {}),
        ("no_records", EMPTY, {}, {"start_utc": NOON}),
        ("no_time", np.full(3, np.nan), {"latitude_deg": np.ones(3), "longitude_deg": np.ones(3)}, {}),
        ("implausible_date", np.array([10.0, 11.0]), {"distance_m": np.array([0.0, 3.0])}, {}),
        ("implausible_date", EMPTY, {}, {"start_utc": NOON.replace(year=1989), "totals": Totals(timer_s=9.0)}),
        ("no_distance_no_time", np.array([T0]), {"heart_rate_bpm": np.array([80.0])}, {}),
        ("too_long", EMPTY, {}, {"start_utc": NOON, "totals": Totals(timer_s=7 * 86_400.0 + 1.0)}),
    ],
)
def test_refusals_are_named(code: str, times: Floats, columns: dict[str, Floats], more: dict[str, object]) -> None:
    refused = assemble(Sport.RUN, times, columns, **more)  # type: ignore[arg-type]
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert refused.suggestion


def test_seven_days_on_the_timer_are_still_a_session() -> None:
    assert read(Sport.RUN, EMPTY, {}, start_utc=NOON, totals=Totals(timer_s=7 * 86_400.0)).timer_s == 604_800.0


def test_a_later_year_is_left_to_whoever_has_a_clock() -> None:
    assert read(Sport.RUN, EMPTY, {}, start_utc=NOON.replace(year=2090), totals=Totals(timer_s=9.0)).timer_s == 9.0


def test_an_empty_last_record_is_left_out() -> None:
    times, columns = steady()
    columns["distance_m"][-1] = np.nan
    session = read(Sport.RUN, times, columns)
    assert (session.records, codes(session)) == (600, {"empty_records"})


# --- laws ----------------------------------------------------------------------------------------------------------

anything = st.floats(allow_nan=True, allow_infinity=True, width=32)


@given(
    st.data(),
    st.sampled_from(list(Sport)),
    st.integers(0, 40),
    st.sets(st.sampled_from(STREAM_NAMES[1:]), max_size=6),
)
def test_whatever_comes_in_is_a_sound_session_or_a_refusal(
    data: st.DataObject, sport: Sport, size: int, names: set[str]
) -> None:
    near = st.floats(T0 - 200, T0 + 200) | st.floats(T0 - 4e8, T0 + 4e8) | anything
    times = data.draw(hnp.arrays(np.float64, size, elements=near))
    columns = {name: data.draw(hnp.arrays(np.float64, size, elements=anything | st.floats(0, 300))) for name in names}
    number = st.none() | st.floats() | st.floats(0, 1e5)
    stated = Totals(*[data.draw(number) for _ in range(9)])
    session = assemble(
        sport, times, columns, totals=stated, running=data.draw(st.none() | st.lists(st.tuples(near, near)))
    )
    if isinstance(session, Refusal):
        return
    for value in (session.distance_m, session.timer_s, session.moving_s, session.elapsed_s, session.ascent_m):
        assert value is None or (np.isfinite(value) and value >= 0.0)
    if session.streams is not None:
        clock = session.streams.columns["time_s"]
        assert (np.diff(clock) >= 0.0).all()
        assert clock[0] >= 0.0
        along = session.streams.get("distance_m")
        assert along is None or (np.diff(along) >= 0.0).all()
        for name in session.streams.names:
            assert not np.isinf(session.streams.columns[name]).any()


@given(st.integers(2, 200), st.floats(0.6, 6.0), st.integers(0, 3))
def test_the_day_it_happened_changes_nothing_else(seconds: int, speed_mps: float, years: int) -> None:
    times, columns = steady(seconds, speed_mps)
    first = read(Sport.RUN, times, columns)
    later = read(Sport.RUN, times + years * 31_557_600.0, columns)
    assert (first.distance_m, first.timer_s, first.moving_s) == (later.distance_m, later.timer_s, later.moving_s)


@pytest.mark.parametrize(
    ("metres_a_step", "every_s", "doubt"),
    [(0.005, 10.0, "no_distance"), (30.0, 10.0, None), (60.0, 7200.0, "very_long")],
)
def test_what_deserves_a_look_is_kept_with_a_note(metres_a_step, every_s, doubt):
    n = 60
    unix_s = 1_700_000_000.0 + np.arange(n) * every_s
    session = assemble(
        Sport.RUN, unix_s, {"distance_m": np.arange(n) * metres_a_step}, totals=Totals(timer_s=float(n * every_s))
    )
    assert isinstance(session, Session)
    codes = {note.code for note in session.notes} & {"no_distance", "very_long"}
    assert codes == ({doubt} if doubt else set())
