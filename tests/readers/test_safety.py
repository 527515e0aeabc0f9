"""Hostile and broken archives: each gives a named refusal, none an exception, none eats the memory."""

from __future__ import annotations

import gzip
import io
import os
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.readers.archives import entries, items_of, make_folder, make_zip, run_gpx, zip_bytes

from niggle.core.session import REFUSALS, Refusal, Session
from niggle.readers.contract import Entry, Limits
from niggle.readers.registry import load_entry, open_archive, read_any, read_file
from niggle.readers.safety import check_directory, climbs_out, gunzip, is_clutter, too_dense

SMALL = Limits(file_bytes=1000, total_bytes=5000, ratio=10.0, ratio_floor_bytes=500, entries=20)


def codes(path: Path, limits: Limits | None = None) -> list[str]:
    read = read_any(path) if limits is None else read_any(path, limits)
    return [item.code if isinstance(item, Refusal) else "session" for item in read]


@pytest.mark.parametrize(
    "name",
    [
        "../run.gpx",
        "a/../../run.gpx",
        "/etc/run.gpx",
        "C:/run.gpx",
        "c:run.gpx",
        "..\\run.gpx",
        "\\\\host\\run.gpx",
        "a\0b",
    ],
)
def test_names_that_climb_out_are_told(name: str) -> None:
    assert climbs_out(name)


@pytest.mark.parametrize("name", ["run.gpx", "a/b..c/run.gpx", "...", "a/.hidden/run", "a\\run.gpx", "1:2"])
def test_ordinary_names_are_let_through(name: str) -> None:
    assert not climbs_out(name)


def test_a_member_that_climbs_out_is_refused_and_its_neighbour_read(tmp_path: Path) -> None:
    made = make_zip(tmp_path / "a.zip", {"../../evil.gpx": run_gpx(), "good.gpx": run_gpx()})
    assert codes(made) == ["unsafe_path", "session"]
    assert not (tmp_path.parent / "evil.gpx").exists()


def test_clutter_is_not_even_counted(tmp_path: Path) -> None:
    assert is_clutter("__MACOSX/._run.gpx")
    assert is_clutter("a/._run.fit")
    assert not is_clutter("a/_run.fit")
    members = {"__MACOSX/._run.gpx": b"\0\5\x16\7", "._run.gpx": b"x", ".DS_Store": b"x", "run.gpx": run_gpx()}
    assert codes(make_zip(tmp_path / "a.zip", members)) == ["session"]


def test_a_link_inside_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("run.gpx")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert codes(path) == ["unsafe_path"]


def test_links_in_a_folder_are_refused_and_not_followed(tmp_path: Path) -> None:
    outside = make_folder(tmp_path / "outside", {"secret.gpx": run_gpx()})
    inside = make_folder(tmp_path / "inside", {"run.gpx": run_gpx()})
    os.symlink(outside / "secret.gpx", inside / "link.gpx")
    os.symlink(outside, inside / "folder")
    os.symlink(inside, inside / "circle")
    assert sorted(codes(inside)) == ["session", "unsafe_path", "unsafe_path", "unsafe_path"]


def test_a_pipe_is_refused_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.fit")
    assert codes(tmp_path / "pipe.fit") == ["unreadable"]
    assert codes(tmp_path) == ["unreadable"]


def test_a_file_without_end_is_refused() -> None:
    assert codes(Path("/dev/zero")) == ["unreadable"]
    loaded = load_entry(Entry("/dev/zero", None, "zero.fit", 0))
    assert isinstance(loaded, Refusal)
    assert loaded.name == "zero.fit"


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path / "nowhere.zip") == ["unreadable"]


def test_five_gigabytes_of_zeros_are_a_bomb_and_cost_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "zeros.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("run.gpx", run_gpx())
    _append_zeros(path, "zeros.fit", 5 * 2**30)
    tracemalloc.start()
    found = codes(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == ["session", "bomb"]
    assert peak < 64 * 2**20


def _append_zeros(path: Path, name: str, size: int) -> None:
    """Adds a member of `size` zeros without deflating them all: one deflated block of a MiB, repeated."""
    step = 1 << 20
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(b"\0" * step) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b"\0" * step) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first + block * (size // step - 1) + packer.flush(zlib.Z_FINISH)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED, allowZip64=True) as archive:
        archive.writestr(name, packed)
        info = archive.getinfo(name)
        info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, size


@pytest.mark.parametrize(("unpacked", "is_bomb"), [(5000, False), (5001, True)])
def test_density_has_a_bound_with_two_sides(unpacked: int, is_bomb: bool) -> None:
    assert too_dense(500, unpacked, SMALL) is is_bomb


def test_small_dense_files_hurt_nobody() -> None:
    assert not too_dense(1, 500, SMALL)
    assert too_dense(1, 501, SMALL)


def test_a_gzip_bomb_is_refused_on_the_way() -> None:
    packed = gzip.compress(b"\0" * (100 * 2**20))
    tracemalloc.start()
    found = read_file(packed, "run.fit.gz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [item.code for item in found if isinstance(item, Refusal)] == ["bomb"]
    assert peak < 90 * 2**20  # the floor, twice over, and nothing like what is in it


def test_a_large_but_honest_gzip_is_too_large() -> None:
    unpacked = gunzip(gzip.compress(os.urandom(1001)), "x", Limits(file_bytes=1000))
    assert isinstance(unpacked, Refusal)
    assert unpacked.code == "too_large"
    assert gunzip(gzip.compress(b"x" * 1000), "x", Limits(file_bytes=1000)) == (b"x" * 1000, ())


def test_gzip_members_are_joined_and_padding_is_dropped() -> None:
    assert gunzip(gzip.compress(b"a") + gzip.compress(b"b") + b"\0\0", "x") == (b"ab", ())


def test_a_cut_gzip_gives_what_came_before_with_a_note() -> None:
    whole = run_gpx(900)
    packed = gzip.compress(whole)
    [item] = read_file(packed[: len(packed) // 2], "run.gpx.gz")
    assert isinstance(item, Session)
    assert 100 < item.records < 900
    assert "gzip_cut" in {note.code for note in item.notes}


def test_a_gzip_damaged_in_the_middle_keeps_the_front() -> None:
    packed = bytearray(gzip.compress(os.urandom(200_000)))
    packed[100_000:100_016] = b"\xff" * 16
    unpacked = gunzip(bytes(packed), "x")
    assert not isinstance(unpacked, Refusal)
    assert len(unpacked[0]) > 50_000


def test_a_gzip_of_nothing_but_its_magic_is_refused() -> None:
    [item] = read_file(b"\x1f\x8b\x08\0garbage", "run.fit.gz")
    assert isinstance(item, Refusal)
    assert item.code == "damaged"


def test_gzip_in_gzip_stops_at_two() -> None:
    twice = gzip.compress(gzip.compress(run_gpx()))
    assert isinstance(read_file(twice, "run.gpx.gz")[0], Session)
    [item] = read_file(gzip.compress(twice), "run.gpx.gz")
    assert isinstance(item, Refusal)
    assert item.code == "nested_too_deep"


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_zips_in_zips_are_read_to_depth_two(tmp_path: Path, depth: int) -> None:
    data = run_gpx()
    for level in range(depth):
        data = zip_bytes({f"level{level}" + (".zip" if level else ".gpx"): data})
    (tmp_path / "a.zip").write_bytes(data)
    assert codes(tmp_path / "a.zip") == (["session"] if depth <= 2 else ["nested_too_deep"])


def test_a_zip_in_a_folder_counts_from_the_zip(tmp_path: Path) -> None:
    make_zip(tmp_path / "a.zip", {"b.zip": zip_bytes({"run.gpx": run_gpx()})})
    assert codes(tmp_path) == ["session"]


def test_spooled_zips_are_gone_after_closing(tmp_path: Path) -> None:
    archive = open_archive(make_zip(tmp_path / "a.zip", {"b.zip": zip_bytes({"run.gpx": run_gpx()})}))
    assert not isinstance(archive, Refusal)
    with archive:
        [entry] = entries(list(archive.items()))
        assert entry.name == "b.zip/run.gpx"
        assert isinstance(load_entry(entry), bytes)
    assert not os.path.exists(entry.path)
    assert isinstance(load_entry(entry), Refusal)


def test_a_password_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"run.gpx": run_gpx()})
    data = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(magic) + offset] |= 1
    path.write_bytes(data)
    assert codes(path) == ["encrypted"]


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_cut_off_zip_says_so(tmp_path: Path, share: float) -> None:
    whole = zip_bytes({f"{n}.gpx": run_gpx() for n in range(5)})
    path = tmp_path / "a.zip"
    path.write_bytes(whole[: int(len(whole) * share)])
    [refusal] = list(read_any(path))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "damaged"
    assert "table of contents" in refusal.message
    assert refusal.suggestion


def test_one_damaged_member_does_not_spoil_the_rest(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"a.gpx": run_gpx(), "b.gpx": run_gpx()})
    data = bytearray(path.read_bytes())
    data[200:260] = os.urandom(60)
    path.write_bytes(data)
    assert codes(path) == ["damaged", "session"]


def test_an_unknown_packing_method_is_named(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"run.gpx": run_gpx()})
    data = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.find(magic) + offset] = 9
    path.write_bytes(data)
    assert codes(path) == ["unreadable"]


def test_a_lying_table_of_contents_is_not_loaded() -> None:
    data = bytearray(zip_bytes({"run.gpx": b"x"}))
    end = data.rfind(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 12, 0xFFFFFF0)
    refusal = check_directory(io.BytesIO(bytes(data)), "a.zip")
    assert refusal is not None
    assert refusal.code == "damaged"


@pytest.mark.parametrize(("count", "code"), [(20, None), (23, "too_large")])
def test_the_number_of_members_is_bounded_before_loading(count: int, code: str | None) -> None:
    refusal = check_directory(io.BytesIO(zip_bytes({f"{n}": b"" for n in range(count)})), "a.zip", SMALL)
    assert (refusal.code if refusal else None) == code


def test_the_total_is_bounded(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {f"{n}.xyz": os.urandom(999) for n in range(10)})
    assert codes(path, SMALL)[-1] == "too_large"
    assert len(codes(path, SMALL)) == 6


@pytest.mark.parametrize("prefix", ["", "activities/"])
def test_many_members_that_share_their_bytes_are_a_bomb_together(tmp_path: Path, prefix: str) -> None:
    """Each under the floor, each dense: only the sum tells."""
    members = {f"{prefix}{n}.gpx": b"\0" * (8 * 2**20) for n in range(60)}
    if prefix:
        members["activities.csv"] = b"Activity ID,Activity Date\n"
    found = items_of(make_zip(tmp_path / "a.zip", members))
    assert isinstance(found[-1], Refusal)
    assert (found[-1].code, found[-1].name) == ("bomb", "a.zip")
    assert len(entries(found)) < 60


def test_zip64_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("run.gpx", "w", force_zip64=True) as f,
    ):
        f.write(run_gpx())
    data = bytearray(path.read_bytes())
    end = data.rfind(b"PK\x05\x06")
    size, offset = struct.unpack_from("<II", data, end + 12)
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1, 1, size, offset)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, end, 1)
    tail = data[end : end + 8] + b"\xff" * 4 + b"\xff" * 8 + b"\0\0"
    path.write_bytes(bytes(data[:end]) + record + locator + tail)
    assert codes(path) == ["session"]


def test_many_small_files_come_one_by_one(tmp_path: Path) -> None:
    count = 3000
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.fit", b".")
    found = items_of(path)
    assert len(found) == count
    archive_ = open_archive(path)
    assert not isinstance(archive_, Refusal)
    with archive_:
        assert archive_.count() == count


def test_of_two_members_with_one_name_the_last_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("run.gpx", b"")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("run.gpx", run_gpx())
    assert codes(path) == ["session"]


_SOUP = zip_bytes({"run.gpx": b"<gpx/>", "activities.csv": b"Activity ID,Activity Date\n1,2\n", "a.fit": b"\x0e"})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, len(_SOUP)), st.integers(0, 40), st.binary(max_size=40)), min_size=1, max_size=6
    )
)
@example(cuts=[(0, 0, b"")])
def test_any_zip_like_soup_gives_sessions_or_named_refusals(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[tuple[int, int, bytes]]
) -> None:
    data = _SOUP
    for at, length, put in cuts:
        data = data[:at] + put + data[at + length :]
    path = tmp_path_factory.getbasetemp() / "soup.zip"
    path.write_bytes(data)
    for item in read_any(path):
        assert isinstance(item, Session) or item.code in REFUSALS


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=300),
    magic=st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"<?xml", b"\x0e\x10.FIT"]),
)
def test_any_bytes_in_a_file_give_sessions_or_named_refusals(data: bytes, magic: bytes) -> None:
    for name in ("a.fit", "a.gpx.gz", "a.tcx", "a.csv", "a"):
        for item in read_file(magic + data, name):
            assert isinstance(item, Session) or (item.code in REFUSALS and item.name == name)
