"""What single makes do: messages built one by one, as those devices write them."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from tests.readers.fit.runs import codes, read, read_one

from niggle.core.session import Refusal, Session, Sport
from niggle.readers.fit.clock import running_intervals, utc_offset_s
from niggle.readers.fit.columns import unroll
from niggle.readers.fit.profile import EVENT, FILE_ID, FIT_EPOCH_UNIX_S, RECORD, SESSION, sport_of
from niggle.readers.fit.write import ENUM, TEXT, U1, U2, U4, Options, Value, Writer, frame

NOON = datetime(2024, 5, 4, 12, 0, tzinfo=UTC)
FIT_NOON = int(NOON.timestamp()) - FIT_EPOCH_UNIX_S


def writer() -> Writer:
    out = Writer(Options())
    out.message(0, FILE_ID, [(0, ENUM, 4), (4, U4, FIT_NOON)])
    return out


def record(out: Writer, second: int, *more: Value, metres: float | None = None) -> None:
    along = 3.0 * second if metres is None else metres
    out.message(2, RECORD, [(253, U4, FIT_NOON + second), (5, U4, along * 100), *more])


def session(out: Writer, seconds: int, *more: Value, start: int = 0) -> None:
    values: list[Value] = [(253, U4, FIT_NOON + start + seconds), (2, U4, FIT_NOON + start), (5, ENUM, 1), (6, ENUM, 0)]
    out.message(4, SESSION, [*values, (7, U4, seconds * 1000), (8, U4, seconds * 1000), *more])


def stream(got: Session, name: str) -> list[float]:
    assert got.streams is not None
    values = got.streams.get(name)
    assert values is not None
    return values.tolist()


def test_speed_and_distance_packed_in_three_bytes_roll_over() -> None:
    """12 bits of 1/100 m/s and 12 bits of 1/16 m that start again at 256 m, as foot-pod watches wrote them."""
    out = writer()
    out.define(2, RECORD, [(253, 4, U4), (8, 3, 0x0D)], [])
    for second in range(301):
        packed = 300 | (3 * second * 16 % 4096) << 12
        out.body += b"\x02" + struct.pack("<I", FIT_NOON + second) + packed.to_bytes(3, "little")
    session(out, 300)
    got = read_one(frame(bytes(out.body)))
    assert stream(got, "distance_m") == [3.0 * second for second in range(301)]
    assert set(stream(got, "speed_mps")) == {3.0}


def test_a_rolling_counter_is_unrolled_past_invalid_values() -> None:
    assert unroll(np.array([200.0, 250.0, np.nan, 10.0]))[[0, 1, 3]].tolist() == [200.0, 250.0, 266.0]


def test_enhanced_values_go_before_plain_ones_and_plain_ones_fill_the_holes() -> None:
    out = writer()
    for second in range(60):
        enhanced = None if second >= 30 else 2000
        record(out, second, (6, U2, 2500), (73, U4, enhanced))
    session(out, 59)
    speed = stream(read_one(frame(bytes(out.body))), "speed_mps")
    assert (speed[0], speed[59]) == (2.0, 2.5)


def test_a_field_of_odd_size_is_read_by_its_first_value_and_a_short_one_left_out() -> None:
    """Sizes that are no multiple of the base type: five bytes called 16-bit, one byte called 16-bit."""
    out = writer()
    out.define(2, RECORD, [(253, 4, U4), (5, 4, U4), (7, 5, U2), (6, 1, U2), (3, 1, U1)], [])
    for second in range(60):
        out.body += b"\x02" + struct.pack("<IIHHBBB", FIT_NOON + second, second * 300, 250, 9, 9, 7, 140)
    session(out, 59)
    got = read_one(frame(bytes(out.body)))
    assert set(stream(got, "power_w")) == {250.0}
    assert set(stream(got, "heart_rate_bpm")) == {140.0}
    assert stream(got, "speed_mps")[30] == pytest.approx(3.0)  # from the distance, not from half a number


def test_text_without_an_end_or_in_no_known_letters_is_kept_as_far_as_it_goes() -> None:
    out = Writer(Options())
    out.define(0, FILE_ID, [(0, 1, ENUM), (8, 4, TEXT)], [])
    out.body += b"\x00\x04" + b"Run\xff"
    for second in range(60):
        record(out, second)
    session(out, 59)
    assert read_one(frame(bytes(out.body))).device == "Run\ufffd"


def test_a_number_called_text_is_no_number_and_text_called_a_number_no_text() -> None:
    out = Writer(Options())
    out.define(0, FILE_ID, [(0, 1, ENUM), (8, 4, U4)], [])
    out.body += b"\x00\x04" + b"Run\0"
    for second in range(60):
        record(out, second)
    out.define(4, SESSION, [(253, 4, U4), (2, 4, U4), (9, 4, TEXT)], [])
    out.body += b"\x04" + struct.pack("<II", FIT_NOON + 59, FIT_NOON) + b"5 km"
    got = read_one(frame(bytes(out.body)))
    assert (got.device, got.distance_m) == (None, 177.0)


def test_a_local_message_may_change_its_layout_and_both_are_read_in_order() -> None:
    out = writer()
    for second in range(0, 100):
        more: list[Value] = [(3, U1, 140)] if second % 20 < 10 else [(7, U2, 250)]
        record(out, second, *more)
    session(out, 99)
    got = read_one(frame(bytes(out.body)))
    assert stream(got, "time_s") == list(range(100))
    assert np.nansum(stream(got, "heart_rate_bpm")) == 50 * 140.0


def test_messages_of_other_kinds_between_records_are_passed_over() -> None:
    out = writer()
    for second in range(200):
        record(out, second)
        out.message(8, 78, [(0, U2, 400)])  # heart beats
        out.message(9, 233, [(2, U4, 7)])  # a kind without a name
    session(out, 199)
    got = read_one(frame(bytes(out.body)))
    assert (got.records, got.notes) == (200, ())


def test_records_before_the_watch_knew_the_time_are_placed_before_the_others() -> None:
    out = writer()
    for second in range(60):
        out.message(2, RECORD, [(253, U4, 5_000 + second), (5, U4, 300 * second)])
    for second in range(60, 600):
        record(out, second)
    session(out, 600)
    got = read_one(frame(bytes(out.body)))
    assert "clock_set_late" in codes(got)
    assert stream(got, "time_s") == list(range(600))
    assert got.start_utc == NOON


def test_an_activity_of_totals_only_is_a_session() -> None:
    out = writer()
    session(out, 1800, (9, U4, 600_000))
    got = read_one(frame(bytes(out.body)))
    assert (got.distance_m, got.timer_s, codes(got)) == (6000.0, 1800.0, ["no_streams"])


def test_a_month_on_the_clock_with_25_minutes_on_the_timer() -> None:
    out = writer()
    month = 31 * 86_400
    for second in range(1500):
        record(out, second + (month if second >= 900 else 0), metres=3.0 * second)
    values: list[Value] = [(253, U4, FIT_NOON + month + 1500), (2, U4, FIT_NOON), (5, ENUM, 1)]
    out.message(4, SESSION, [*values, (7, U4, (month + 1500) * 1000), (8, U4, 1_500_000)])
    got = read_one(frame(bytes(out.body)))
    assert (got.timer_s, got.elapsed_s) == (1500.0, month + 1500.0)
    assert codes(got) == ["time_jump"]
    assert stream(got, "time_s")[-1] == 1499.0


def test_a_run_of_nothing_is_refused_by_name() -> None:
    out = writer()
    record(out, 0)
    (item,) = read(frame(bytes(out.body)))
    assert isinstance(item, Refusal)
    assert item.code == "no_distance_no_time"


def test_one_session_message_from_another_planet_is_left_out() -> None:
    out = writer()
    for second in range(600):
        record(out, second)
    session(out, 599)
    session(out, 100, start=400 * 86_400)
    got = read_one(frame(bytes(out.body)))
    assert codes(got) == ["session_left_out"]


# --- timer events --------------------------------------------------------------------------------------------------


def events(*pairs: tuple[float, int]) -> list[dict[str, float]]:
    return [{"timestamp": at, "event": 0.0, "event_type": float(kind)} for at, kind in pairs]


@pytest.mark.parametrize(
    ("given", "want"),
    [
        (events((0, 0), (100, 4)), [(0, 100)]),
        (events((0, 0), (10, 0), (100, 1)), [(0, 100)]),  # a start while it runs says nothing
        (events((0, 0), (50, 8), (60, 0), (100, 9)), [(0, 50), (60, 100)]),
        (events((50, 4), (60, 0)), [(5, 50), (60, 120)]),  # from the first record, to the last
        (events((0, 0), (50, 4), (60, 4), (70, 0), (80, 4)), [(0, 50), (70, 80)]),
        ([], None),
        ([{"timestamp": 3.0, "event": 9.0, "event_type": 4.0}], None),  # a lap's end is no stop
    ],
)
def test_the_timer_runs_from_start_to_any_kind_of_stop(
    given: list[dict[str, float]], want: list[tuple[float, float]] | None
) -> None:
    assert running_intervals(given, 5.0, 120.0) == want


def test_events_of_the_timer_make_the_pause() -> None:
    out = writer()
    out.message(1, EVENT, [(253, U4, FIT_NOON), (0, ENUM, 0), (1, ENUM, 0)])
    for second in range(300):
        record(out, second)
    out.message(1, EVENT, [(253, U4, FIT_NOON + 299), (0, ENUM, 0), (1, ENUM, 4)])
    out.message(1, EVENT, [(253, U4, FIT_NOON + 330), (0, ENUM, 0), (1, ENUM, 0)])
    for second in range(330, 600):
        record(out, second, metres=3.0 * (second - 30))
    got = read_one(frame(bytes(out.body)))
    assert (got.timer_s, got.elapsed_s) == (299.0 + 269.0, 599.0)


# --- dates and names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("difference_s", "offset_s"),
    [
        (7200.0, 7200),
        (-12_600.0, -12_600),
        (20_700.0, 20_700),  # 5 h 45 min
        (7200.0 + 300.0, 7200),
        (7200.0 + 301.0, None),
        (0.0, 0),
        (14 * 3600.0, 14 * 3600),
        (15 * 3600.0, None),
        (-577_000.0, None),
    ],
)
def test_local_time_minus_utc_is_a_time_zone_or_nothing(difference_s: float, offset_s: int | None) -> None:
    at = NOON.timestamp()
    assert utc_offset_s({"timestamp": at, "local_timestamp": at + difference_s}) == offset_s


def test_without_a_local_time_no_zone_is_made_up() -> None:
    assert utc_offset_s({"timestamp": NOON.timestamp()}) is None
    assert utc_offset_s({"timestamp": NOON.timestamp(), "local_timestamp": float(FIT_EPOCH_UNIX_S)}) is None


@pytest.mark.parametrize(
    ("numbers", "sport"),
    [
        ((1, 0), Sport.RUN),
        ((1, None), Sport.RUN),
        ((1, 4), Sport.RUN),
        ((1, 58), Sport.TREADMILL),
        ((4, 20), Sport.STRENGTH),
        ((21, 28), Sport.RIDE),
        ((13, 0), Sport.OTHER),
        ((None, None), Sport.OTHER),
    ],
)
def test_numbers_of_sports(numbers: tuple[float | None, float | None], sport: Sport) -> None:
    assert sport_of(*numbers) is sport


def test_the_start_is_the_sessions_and_not_the_first_records() -> None:
    out = writer()
    for second in range(10, 100):
        record(out, second)
    session(out, 100)
    got = read_one(frame(bytes(out.body)))
    assert got.start_utc == NOON
    assert stream(got, "time_s")[0] == 10.0
    assert got.start_utc + timedelta(seconds=stream(got, "time_s")[-1]) == NOON + timedelta(seconds=99)
