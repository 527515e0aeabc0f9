"""What the writer writes, the reader reads and a decoder of other people's making agrees with."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import fitdecode
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.fit.runs import START, codes, made_up, read, read_one, sessions_of, triathlon, with_pause

from niggle.core.session import Session, Sport, Streams
from niggle.readers.fit.crc import crc16
from niggle.readers.fit.write import Options, write_sessions

LAYOUTS = {
    "today": Options(),
    "12-byte header": Options(header_bytes=12),
    "header checksum 0": Options(header_checksum=False),
    "big-endian": Options(big_endian=True),
    "16-bit altitude and speed": Options(enhanced=False),
    "compressed times": Options(compressed_times=True),
    "compressed times, big-endian": Options(compressed_times=True, big_endian=True),
    "summary first": Options(summary_first=True),
    "no laps": Options(with_laps=False),
}

# How far a value may move by being stored: half a unit of its field.
STORED_TO = {
    "time_s": 0.0,
    "distance_m": 0.005,
    "speed_mps": 0.0005,
    "cadence_spm": 0.01,
    "heart_rate_bpm": 0.0,
    "power_w": 0.0,
    "ground_contact_ms": 0.05,
    "vertical_oscillation_mm": 0.05,
    "balance_left_pct": 0.005,
    "latitude_deg": 1e-7,
    "longitude_deg": 1e-7,
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_layout_gives_the_run_back(layout: Options) -> None:
    run = made_up()
    got = read_one(write_sessions([run], layout))
    assert got.notes == ()
    assert (got.sport, got.start_utc, got.utc_offset_s) == (run.sport, run.start_utc, run.utc_offset_s)
    assert (got.timer_s, got.elapsed_s, got.ascent_m, got.descent_m) == (600.0, 600.0, 30.0, 28.0)
    assert got.distance_m == pytest.approx(run.distance_m, abs=0.01)
    assert (got.avg_heart_rate_bpm, got.max_heart_rate_bpm, got.avg_cadence_spm) == (142.0, 150.0, 170.0)
    assert run.streams is not None
    assert got.streams is not None
    assert got.streams.names == run.streams.names
    for name, tolerance in STORED_TO.items():
        np.testing.assert_allclose(got.streams.columns[name], run.streams.columns[name], rtol=0, atol=tolerance + 1e-9)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_fitdecode_agrees_value_by_value(layout: Options) -> None:
    data = write_sessions([made_up(200)], layout)
    got = read_one(data)
    assert got.streams is not None
    theirs: dict[str, list[float]] = {"heart_rate": [], "distance": [], "power": [], "altitude": [], "cadence": []}
    with fitdecode.FitReader(
        io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE
    ) as reader:
        for frame in reader:
            if frame.frame_type != fitdecode.FIT_FRAME_DATA or frame.name != "record":
                continue
            for name, values in theirs.items():
                field = "enhanced_altitude" if name == "altitude" else name
                values.append(frame.get_value(field))
    for name, stream in (("heart_rate", "heart_rate_bpm"), ("distance", "distance_m"), ("power", "power_w")):
        np.testing.assert_allclose(got.streams.columns[stream], theirs[name], rtol=0, atol=1e-9)
    whole = np.array(theirs["cadence"], np.float64)
    assert np.abs(got.streams.columns["cadence_spm"] / 2.0 - whole).max() < 1.0
    # The Session's altitude is smoothed; over this hill that moves it by centimetres.
    np.testing.assert_allclose(got.streams.columns["altitude_m"], theirs["altitude"], rtol=0, atol=0.5)


def test_equal_sessions_give_equal_bytes() -> None:
    assert write_sessions([made_up()]) == write_sessions([made_up()])


def test_a_pause_is_a_stop_and_a_start() -> None:
    got = read_one(write_sessions([with_pause()]))
    assert (got.timer_s, got.elapsed_s) == (600.0, 720.0)
    assert got.moving_s == pytest.approx(600.0, abs=2.0)


def test_a_pause_without_a_session_message_is_known_from_the_timer_events() -> None:
    got = read_one(write_sessions([with_pause()], Options(with_sessions=False)))
    assert got.timer_s == pytest.approx(600.0, abs=2.0)
    assert got.elapsed_s == 720.0
    assert "session_rebuilt" in codes(got)


def test_each_leg_of_a_multisport_file_is_a_session() -> None:
    legs = triathlon()
    for layout in (Options(), Options(summary_first=True)):
        got = sessions_of(read(write_sessions(legs, layout)))
        assert [(s.sport, s.leg, s.records) for s in got] == [
            (Sport.SWIM, 0, 301),
            (Sport.RIDE, 1, 601),
            (Sport.RUN, 2, 401),
        ]
        assert [s.start_utc for s in got] == [leg.start_utc for leg in legs]
        assert [s.distance_m for s in got] == pytest.approx([leg.distance_m for leg in legs], abs=0.01)


def test_transitions_are_left_out_with_a_note_on_the_next_leg() -> None:
    got = sessions_of(read(write_sessions(triathlon(), Options(transitions=True))))
    assert [s.sport for s in got] == [Sport.SWIM, Sport.RIDE, Sport.RUN]
    assert [codes(s) for s in got] == [[], ["transition"], ["transition"]]


def test_chained_files_are_read_one_after_the_other() -> None:
    later = made_up(300, start=START + timedelta(days=1))
    got = sessions_of(read(write_sessions([made_up()]) + write_sessions([later], Options(big_endian=True))))
    assert [(s.start_utc, s.records, s.leg) for s in got] == [(START, 601, 0), (later.start_utc, 301, 1)]
    assert all(s.notes == () for s in got)


@pytest.mark.parametrize(
    ("name", "stream"), [("Power", "power_w"), ("RP_Power", "power_w"), ("RS_Power_AVG", "power_w")]
)
def test_developer_power_stands_in_for_native_power(name: str, stream: str) -> None:
    got = read_one(write_sessions([made_up()], Options(developer={stream: name})))
    want = made_up().streams
    assert got.streams is not None
    assert want is not None
    np.testing.assert_array_equal(got.streams.columns[stream], want.columns[stream])


def test_developer_vertical_oscillation_is_in_centimetres() -> None:
    run = made_up()
    assert run.streams is not None
    centimetres = run.streams.columns["vertical_oscillation_mm"] / 10.0
    columns = {**run.streams.columns, "vertical_oscillation_mm": centimetres}
    data = write_sessions(
        [replace(run, streams=Streams(columns))], Options(developer={"vertical_oscillation_mm": "Vertical Oscillation"})
    )
    got = read_one(data)
    assert got.streams is not None
    np.testing.assert_allclose(got.streams.columns["vertical_oscillation_mm"], centimetres * 10.0, rtol=1e-5)


def test_an_unknown_developer_field_changes_nothing() -> None:
    got = read_one(write_sessions([made_up()], Options(developer={"power_w": "Leg Spring Stiffness"})))
    assert got.streams is not None
    assert got.streams.get("power_w") is None


def test_a_session_without_streams_is_written_and_read() -> None:
    got = read_one(write_sessions([replace(made_up(), streams=None)]))
    assert (got.records, got.timer_s, codes(got)) == (0, 600.0, ["no_streams"])


@pytest.mark.parametrize("sport", list(Sport))
def test_sports_come_back(sport: Sport) -> None:
    assert read_one(write_sessions([made_up(60, sport)])).sport is sport


@given(
    st.integers(1, 400),
    st.sampled_from(sorted(LAYOUTS)),
    st.integers(0, 1000),
    st.sets(st.sampled_from(sorted(set(STORED_TO) - {"time_s"})), max_size=6),
)
@settings(max_examples=40, deadline=None)
def test_any_length_layout_and_choice_of_streams(seconds: int, layout: str, seed: int, left_out: set[str]) -> None:
    run = made_up(seconds, seed=seed)
    assert run.streams is not None
    columns = {name: values for name, values in run.streams.columns.items() if name not in left_out}
    got = read_one(write_sessions([replace(run, streams=Streams(columns))], LAYOUTS[layout]))
    assert isinstance(got, Session)
    assert got.records == seconds + 1
    assert got.timer_s == seconds


@given(st.binary(max_size=5000))
def test_the_checksum_is_the_one_of_a_loop_over_bytes(data: bytes) -> None:
    register = 0
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = (register >> 1) ^ (0xA001 if register & 1 else 0)
    assert crc16(data) == register
    assert crc16(data + register.to_bytes(2, "little")) == 0
