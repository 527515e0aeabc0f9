"""Streams on disk: what is read back is what the load was computed from, to the last bit."""

from __future__ import annotations

import json
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from niggle.core.session import STREAM_NAMES, Streams
from niggle.store import files, streams


def _run(count: int = 2400) -> Streams:
    rng = np.random.default_rng(1)
    speed = np.clip(3 + np.cumsum(rng.normal(0, 0.02, count)), 2, 5)
    return Streams(
        {
            "time_s": np.arange(count, dtype=float),
            "distance_m": np.cumsum(speed),
            "speed_mps": speed,
            "altitude_m": 100 + np.cumsum(rng.normal(0, 0.1, count)),
            "heart_rate_bpm": np.where(rng.random(count) < 0.02, np.nan, np.rint(rng.normal(150, 5, count))),
            "latitude_deg": 48 + np.cumsum(rng.normal(1e-5, 1e-6, count)),
            "longitude_deg": -170 + np.cumsum(rng.normal(1e-5, 1e-6, count)),
        }
    )


def _same(one: Streams, other: Streams) -> bool:
    return one.names == other.names and all(
        np.array_equal(one.columns[n], other.columns[n], equal_nan=True) for n in one.names
    )


def test_what_is_read_back_is_what_encode_promised() -> None:
    data, digest, kept = streams.encode(_run())
    assert _same(streams.decode(data, digest), kept)


@pytest.mark.parametrize("name", STREAM_NAMES)
def test_rounding_stays_within_half_a_step(name: str) -> None:
    values = np.linspace(1.0, 60.0, 999)
    given_streams = Streams({"time_s": np.arange(999.0)} | {name: values})
    _, _, kept = streams.encode(given_streams)
    assert np.abs(kept.columns[name] - values).max() <= 0.5 / streams.PER_UNIT[name] + 1e-9


def test_a_second_round_changes_nothing() -> None:
    _, digest, kept = streams.encode(_run())
    _, again, kept_again = streams.encode(kept)
    assert again == digest
    assert _same(kept, kept_again)


def test_small_on_disk() -> None:
    data, _, _ = streams.encode(_run())
    assert len(data) / 2400 < 8  # bytes a record, seven streams


@pytest.mark.filterwarnings("ignore:overflow")
@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 40).flatmap(
        lambda n: st.tuples(*[hnp.arrays(np.float64, n, elements=st.floats(width=64)) for _ in range(3)])
    )
)
def test_any_values_survive_or_become_gaps(columns: tuple[np.ndarray, ...]) -> None:
    given_streams = Streams(dict(zip(("time_s", "altitude_m", "latitude_deg"), columns, strict=True)))
    data, digest, kept = streams.encode(given_streams)
    back = streams.decode(data, digest)
    assert _same(back, kept)
    for name in back.names:
        exact = given_streams.columns[name]
        gap = np.isnan(back.columns[name])
        assert np.array_equal(gap, ~(np.abs(np.rint(exact * streams.PER_UNIT[name])) < streams.EXACT_BELOW))


def test_written_once_and_read_by_digest() -> None:
    data, digest, kept = streams.encode(_run(50))
    files.publish(files.stage(streams.path_of(digest), data))
    assert files.stage(streams.path_of(digest), data) == ()
    assert _same(streams.read(digest), kept)


def test_missing_streams_are_named_lost() -> None:
    with pytest.raises(streams.StreamsLost, match="cannot be opened"):
        streams.read("0" * 64)


@pytest.mark.parametrize("damage", [b"", b"NGS1", b"NGS1garbage", b"XXXX"])
def test_damaged_streams_are_named_lost(damage: bytes) -> None:
    with pytest.raises(streams.StreamsLost):
        streams.decode(damage)


def test_a_changed_byte_is_noticed() -> None:
    data, digest, _ = streams.encode(_run(50))
    other, _, _ = streams.encode(_run(51))
    with pytest.raises(streams.StreamsLost, match="does not match"):
        streams.decode(other, digest)
    with pytest.raises(streams.StreamsLost):
        streams.decode(data[:-8], digest)


def test_staged_files_of_the_dead_are_swept() -> None:
    import os

    (left,) = files.stage(streams.path_of("a" * 64), b"x")
    files.sweep()
    assert os.path.exists(left.temporary)
    os.utime(left.temporary, (0, 0))
    files.sweep()
    assert not os.path.exists(left.temporary)


@pytest.mark.parametrize(("odd", "factor"), [(None, 500), (1000, 1), (10, 1)])
def test_a_common_factor_is_that_of_all_differences(odd: int | None, factor: int) -> None:
    """Also where the first ones have more in common than the later ones."""
    time_s = np.arange(2000) * 0.5
    if odd is not None:
        time_s[odd:] += 0.001
    whole = Streams({"time_s": time_s})
    data, digest, kept = streams.encode(whole)
    content = zlib.decompress(data[4:])
    header = json.loads(content[4 : 4 + int.from_bytes(content[:4], "little")])
    assert header["columns"][0]["factor"] == factor
    np.testing.assert_array_equal(streams.decode(data, digest).columns["time_s"], kept.columns["time_s"])
