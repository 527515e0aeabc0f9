"""One Session from raw columns: what is stated wins, what cannot be one is refused, and the laws of it."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tests.core.session.recorded import NOON, T0, codes, read, steady, stream

from niggle.core.session import STREAM_NAMES, Floats, Labels, Refusal, Session, Sport, Totals, assemble


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
