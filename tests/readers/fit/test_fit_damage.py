"""Damaged, cut, mislabelled: what is plausible before and after is kept, the rest is named with its byte."""

from __future__ import annotations

import struct
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers.fit.runs import START, codes, made_up, read, read_one, sessions_of

from niggle.core.session import REFUSALS, Refusal, Session, Sport
from niggle.readers.fit import MANIFEST
from niggle.readers.fit.profile import FIT_EPOCH_UNIX_S
from niggle.readers.fit.write import Options, frame, write_sessions

WHOLE = write_sessions([made_up()])
HALF = len(WHOLE) // 2


def refused(data: bytes, name: str = "made-up.fit") -> Refusal:
    items = MANIFEST.read(data, name)
    assert len(items) == 1
    assert isinstance(items[0], Refusal), items
    assert items[0].code in REFUSALS
    assert items[0].suggestion
    assert items[0].name == name
    return items[0]


def sound(session: Session, longest_s: float = 600.0) -> None:
    """No stream shows what nobody can have run."""
    assert session.streams is not None
    along = session.streams.columns["distance_m"]
    assert along[-1] < 2000.0
    assert (np.diff(along) >= 0.0).all()
    assert session.streams.columns["time_s"][-1] <= longest_s


# --- not an activity at all ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "not_this_format"),
        (b"\0" * 5000, "not_this_format"),
        (b"PK\x03\x04" + b"x" * 100, "not_this_format"),
        (b"\x0e\x20", "not_this_format"),
        (frame(b""), "no_records"),
    ],
    ids=["empty", "html", "zeros", "zip", "two bytes", "header only"],
)
def test_what_is_no_activity_is_named(data: bytes, code: str) -> None:
    assert refused(data).code == code


@pytest.mark.parametrize(("kind", "word"), [(6, "course"), (5, "workout"), (32, "monitoring"), (44, "type 44")])
def test_other_kinds_of_files_are_left_early(kind: int, word: str) -> None:
    found = refused(write_sessions([made_up(60)], Options(file_type=kind)))
    assert found.code == "not_an_activity"
    assert word in found.message


def test_sniffing_goes_by_content_and_the_name_is_a_hint() -> None:
    assert MANIFEST.sniff(WHOLE[:64], "download")
    assert MANIFEST.sniff(b"<html>", "run.FIT")
    assert not MANIFEST.sniff(b"<gpx>", "run.gpx")
    assert not MANIFEST.sniff(b"\x1f\x8b\x08", "run.fit")  # packed: unpacked by whoever opens files


# --- sizes and checksums -------------------------------------------------------------------------------------------


def test_a_wrong_checksum_is_a_note() -> None:
    got = read_one(WHOLE[:-2] + b"\x12\x34")
    assert (got.records, codes(got)) == (601, ["checksum"])


def test_a_recording_that_was_never_closed_is_read_to_the_end() -> None:
    got = read_one(WHOLE[:4] + bytes(4) + WHOLE[8:])
    assert (got.records, codes(got)) == (601, ["unfinished"])


def test_a_size_that_is_too_small_hides_nothing() -> None:
    got = read_one(WHOLE[:4] + struct.pack("<I", HALF) + WHOLE[8:])
    assert (got.records, codes(got)) == (601, ["size_too_small"])


def test_bytes_in_front_of_the_header_are_skipped() -> None:
    got = read_one(b"junk from a download\n" + WHOLE)
    assert (got.records, codes(got)) == (601, ["leading_bytes"])


def test_zeros_behind_the_file_are_nothing() -> None:
    assert read_one(WHOLE + bytes(4096)).notes == ()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_off_keeps_every_whole_record(share: float) -> None:
    cut = int(len(WHOLE) * share)
    got = read_one(WHOLE[:cut])
    width = len(WHOLE) / 601  # a little more than a record, for the definitions around
    assert got.records >= (cut - 250) / width
    assert codes(got)[0] == "truncated"
    assert got.notes[0].place == f"byte {cut}"
    assert got.timer_s == got.records - 1
    sound(got)


def test_a_chain_whose_first_file_is_cut_off_still_gives_the_second() -> None:
    later = made_up(300, start=START + timedelta(days=1))
    got = sessions_of(read(WHOLE[:HALF] + write_sessions([later])))
    assert [s.records for s in got][1] == 301
    assert got[0].records > 250
    assert (codes(got[0])[0], codes(got[1])) == ("truncated", [])


# --- damage inside -------------------------------------------------------------------------------------------------

DAMAGES = {
    "64 zeros": lambda d: d[:HALF] + bytes(64) + d[HALF + 64 :],
    "64 ones": lambda d: d[:HALF] + b"\xff" * 64 + d[HALF + 64 :],
    "a block of noise": lambda d: d[:HALF] + np.random.default_rng(7).bytes(200) + d[HALF + 200 :],
    "a byte lost": lambda d: d[:HALF] + d[HALF + 1 :],
    "a byte too many": lambda d: d[:HALF] + b"\x42" + d[HALF:],
    "a sector lost": lambda d: d[:HALF] + d[HALF + 512 :],
    "noise put in": lambda d: d[:HALF] + np.random.default_rng(8).bytes(777) + d[HALF:],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
@pytest.mark.parametrize("layout", [Options(), Options(big_endian=True), Options(compressed_times=True)])
def test_both_sides_of_the_damage_are_kept(damage: object, layout: Options) -> None:
    whole = write_sessions([made_up()], layout)
    got = read_one(damage(whole))  # type: ignore[operator]
    assert got.records >= 601 - 30  # at most 777 bytes were touched: 22 records
    assert got.distance_m == pytest.approx(1812.0, abs=15.0)
    assert got.timer_s == 600.0  # the session message behind the damage was found
    assert set(codes(got)) & {"damaged_bytes", "truncated", "size_too_small", "checksum", "time_stray"}
    # Five bits of time cannot tell how long a gap was: it may be out by a few turns of 32 s.
    sound(got, 700.0 if layout.compressed_times else 600.0)


def test_the_note_names_the_bytes_and_how_much_was_lost() -> None:
    got = read_one(DAMAGES["64 zeros"](WHOLE))
    (note,) = [n for n in got.notes if n.code == "damaged_bytes"]
    assert note.place is not None
    first = int(note.place.removeprefix("byte "))
    assert HALF - 80 <= first <= HALF + 64
    assert "records" in note.message


def test_single_bytes_lost_all_over_cost_single_records() -> None:
    """As when a transfer in text mode turns every CR LF into LF."""
    places = range(1500, len(WHOLE) - 500, 997)
    broken = b"".join(WHOLE[a:b] for a, b in zip([0, *(p + 1 for p in places)], [*places, len(WHOLE)], strict=True))
    got = read_one(broken)
    assert got.records >= 601 - 2 * len(places)
    assert len([n for n in got.notes if n.code == "damaged_bytes"]) >= len(places) // 2
    sound(got)


def test_a_session_message_torn_by_damage_is_not_believed() -> None:
    start = struct.pack("<I", int(START.timestamp()) - FIT_EPOCH_UNIX_S)
    place = WHOLE.rindex(start, 0, len(WHOLE) - 40) + 6  # behind the session's start and sport
    got = read_one(WHOLE[:place] + np.random.default_rng(3).bytes(300) + WHOLE[place:])
    assert got.distance_m == pytest.approx(1812.0, abs=15.0)
    assert got.timer_s == pytest.approx(600.0, abs=1.0)
    assert "session_rebuilt" in codes(got)


def test_a_layout_that_comes_back_after_damage_to_its_definition_is_known() -> None:
    """The second of two equal parts has a damaged definition; the first one's still fits."""
    first = write_sessions([made_up(300)], Options(with_sessions=False, with_laps=False, with_activity=False))
    later = made_up(300, start=START + timedelta(seconds=301))
    second = bytearray(write_sessions([later], Options(with_laps=False)))
    at = second.index(b"\x42\x00\x00\x14\x00")  # definition of records
    second[at + 6 : at + 20] = bytes(14)
    got = read_one(frame(first[14:-2] + bytes(second[14:-2])))
    assert got.records >= 590
    assert "damaged_bytes" in codes(got)


def test_one_wild_time_costs_one_record() -> None:
    stored = struct.pack("<I", int(START.timestamp()) - FIT_EPOCH_UNIX_S + 300)
    place = WHOLE.index(b"\x02" + stored, 1000) + 1
    got = read_one(WHOLE[:place] + b"\x00\x00\x00\x60" + WHOLE[place + 4 :])
    assert (got.records, codes(got)) == (600, ["checksum", "time_stray"])


def test_a_clock_that_was_set_during_the_run_is_no_damage() -> None:
    parts = Options(with_sessions=False, with_laps=False, with_activity=False)
    first = write_sessions([made_up(300)], parts)
    second = write_sessions([made_up(300, start=START + timedelta(days=20))], parts)
    got = read_one(frame(first[14:-2] + second[14:-2]))
    assert "time_jump" in codes(got)
    assert "damaged_bytes" not in codes(got)
    assert got.records == 602


# --- missing summaries, strange dates ------------------------------------------------------------------------------


def test_without_a_session_message_the_session_is_rebuilt() -> None:
    got = read_one(write_sessions([made_up()], Options(with_sessions=False)))
    assert (got.sport, got.records, got.timer_s) == (Sport.RUN, 601, 600.0)
    assert codes(got) == ["session_rebuilt"]


def test_without_any_word_on_the_sport_running_dynamics_tell() -> None:
    got = read_one(write_sessions([made_up()], Options(with_sessions=False, with_laps=False)))
    assert (got.sport, codes(got)) == (Sport.RUN, ["session_rebuilt", "sport_guessed"])


def shifted_dates(data: bytes, to: int) -> bytes:
    """The file with all its times moved so that it starts at `to` seconds of FIT's clock; checksum no longer right."""
    start = int(START.timestamp()) - FIT_EPOCH_UNIX_S
    out = bytearray(data)
    for second in range(601):
        old, new = struct.pack("<I", start + second), struct.pack("<I", to + second)
        at = out.find(old, 14)
        while at >= 0:
            out[at : at + 4] = new
            at = out.find(old, at + 4)
    return bytes(out)


def test_times_since_power_on_take_their_date_from_the_local_clock() -> None:
    # local_timestamp stays as it was: the watch's own wall clock.
    got = read_one(shifted_dates(WHOLE, 17_000_000))
    assert "clock_from_local" in codes(got)
    assert got.start_utc == START + timedelta(hours=2)  # local time, since no zone is known
    assert got.utc_offset_s is None
    assert (got.records, got.timer_s) == (601, 600.0)


def test_times_since_power_on_without_any_date_are_refused() -> None:
    data = shifted_dates(write_sessions([made_up()], Options(with_activity=False)), 17_000_000)
    assert refused(data).code == "no_date"


@pytest.mark.parametrize(
    "filler", [b"\0", b"\xff", b"\x42\x00\x00\x14\x00\x01\xfd\x04\x86"], ids=["zeros", "ones", "definitions"]
)
def test_megabytes_of_nonsense_are_passed_over(filler: bytes) -> None:
    got = read_one(frame(WHOLE[14:9000] + filler * (3 * 2**20 // len(filler))))
    assert 200 < got.records < 300
    assert got.timer_s == got.records - 1


# --- how much is kept ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["flipped", "taken out", "put in"])
def test_nearly_all_records_outlive_random_damage(how: str) -> None:
    """60 files with damage at one place each (30 places for flipped bits): at least 97 % of the records are kept."""
    rng = np.random.default_rng(11)
    kept = 0
    for _ in range(60):
        data = bytearray(WHOLE)
        at, size = int(rng.integers(250, len(data))), int(rng.integers(1, 200))
        if how == "flipped":
            for place in rng.integers(250, len(data), 30).tolist():
                data[place] ^= 1 << int(rng.integers(8))
        elif how == "taken out":
            del data[at : at + size]
        else:
            data[at:at] = rng.bytes(size)
        kept += sum(session.records for session in sessions_of(read(bytes(data))))
    assert kept >= 0.97 * 60 * 601


# --- anything ------------------------------------------------------------------------------------------------------

SMALL = write_sessions([made_up(40)])


def named(data: bytes) -> None:
    items = read(data)
    assert items
    for item in items:
        if isinstance(item, Refusal):
            assert item.code in REFUSALS
        else:
            assert item.streams is None or (np.diff(item.streams.columns["time_s"]) >= 0).all()
            assert item.distance_m is None or np.isfinite(item.distance_m)


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_any_byte_soup_is_a_session_or_a_named_refusal(data: bytes) -> None:
    named(data)


@given(st.binary(max_size=600))
@settings(deadline=None)
def test_any_byte_soup_behind_a_header_too(data: bytes) -> None:
    named(frame(data))
    named(frame(SMALL[14:200] + data))


@given(
    st.lists(
        st.tuples(st.integers(0, len(SMALL)), st.sampled_from("cxdi"), st.binary(min_size=1, max_size=9)), max_size=8
    )
)
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_any_mutation_of_a_good_file(changes: list[tuple[int, str, bytes]]) -> None:
    data = SMALL
    for at, how, what in changes:
        if how == "c":
            data = data[: max(at, 30)]
        elif how == "x":
            data = data[:at] + what + data[at + len(what) :]
        elif how == "d":
            data = data[:at] + data[at + len(what) :]
        else:
            data = data[:at] + what + data[at:]
    named(data)
