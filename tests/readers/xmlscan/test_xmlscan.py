"""Columns by numpy must say what one reads by hand, and no bytes may make the scan slow or loud."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from niggle.core.session import Refusal, Sport
from niggle.readers import gpx, tcx
from niggle.readers.sportwords import sport_from_words
from niggle.readers.xmlscan import Document, numbers, open_document, parse_time, times
from niggle.readers.xmlscan.values import PADDING


def laid_out(texts: list[bytes]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    stops = np.cumsum([len(text) + 1 for text in texts]) - 1
    starts = stops - [len(text) for text in texts]
    return np.frombuffer(b"<".join(texts) + bytes(PADDING), dtype=np.uint8), starts, stops


@given(
    st.lists(
        st.one_of(
            st.floats(-1e6, 1e6).map(lambda x: repr(x).encode()),
            st.decimals(-90, 90, places=29).map(lambda x: f"{x:f}".encode()),
            st.integers(-9999, 9999).map(lambda x: str(x).encode()),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_many_numbers_at_once_equal_each_alone(texts: list[bytes]) -> None:
    read = numbers(*laid_out(texts))
    np.testing.assert_allclose(read, [float(text) for text in texts], rtol=1e-14, atol=1e-14)


def test_what_is_no_number_is_missing_and_spoils_no_other() -> None:
    read = numbers(*laid_out([b"1.5", b"x", b"", b"inf", b"nan", b"2,5", b"1e999", b"12.5E-1", b" 7 ", b"0x10"]))
    np.testing.assert_array_equal(read, [1.5, *[np.nan] * 4, 2.5, np.nan, 1.25, 7.0, np.nan])


_ZONES = st.one_of(st.none(), st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))))


@given(
    st.lists(
        st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31), timezones=_ZONES),  # noqa: DTZ001
        min_size=1,
        max_size=20,
    ),
    st.sampled_from(["seconds", "milliseconds", "microseconds"]),
)
def test_many_times_at_once_equal_each_alone(moments: list[datetime], precision: str) -> None:
    texts = [moment.isoformat(timespec=precision) for moment in moments]
    unix_s, offset_s, without_zone = times(*laid_out([text.encode() for text in texts]))
    aware = [m if m.tzinfo else m.replace(tzinfo=UTC) for m in (datetime.fromisoformat(text) for text in texts)]
    np.testing.assert_allclose(unix_s, [moment.timestamp() for moment in aware], atol=1e-4, rtol=0)
    assert without_zone == sum(moment.tzinfo is None for moment in moments)
    for moment, offset in zip(moments, offset_s.tolist(), strict=True):
        stated = moment.utcoffset()
        assert math.isnan(offset) if stated is None else offset == stated.total_seconds()


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2025-13-01T00:00:00Z", "2025-01-01", "2025-02-30T25:00:00Z", "0000-01-01T00:00:00Z",
             "2025-01-01T10:00:00+99:99", "20250101T100000Z"]
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert parse_time(text) is None


def test_one_bad_time_spoils_no_other() -> None:
    unix_s, _, _ = times(*laid_out([b"1970-01-01T00:00:10Z", b"never", b"1970-01-01T00:00:20.5Z", b"1970-1-1 0:01"]))
    np.testing.assert_array_equal(unix_s, [10.0, np.nan, 20.5, 60.0])


HUGE = 100_000


@pytest.mark.parametrize(
    "soup",
    [
        b"<!--" * HUGE, b"<![CDATA[" * HUGE, b"<?" * HUGE, b"<" * HUGE, b">" * HUGE, b'="' * HUGE, b'=">' * HUGE,
        b"<a>" * HUGE, b"<trkpt " * HUGE, b"<trkpt>" * HUGE, b"<trkpt/>" * HUGE, b"<Trackpoint>" * HUGE,
        b"<!---->" * HUGE, b"&" * HUGE, b"<trkpt lat=" * HUGE, b" " * HUGE, b"\0" * HUGE, b"<time>" * HUGE,
        b"<Activity>" * HUGE, b"<Lap><Track>" * HUGE, b"".join(b"<a%d>" % n for n in range(HUGE)),
    ],
    ids=lambda soup: soup[:12].decode("latin-1"),
)  # fmt: skip
@pytest.mark.parametrize("before", [b"", b"<gpx>", b"<TrainingCenterDatabase>"])
def test_much_of_the_same_is_read_in_linear_time(before: bytes, soup: bytes) -> None:
    """Nothing is timed here: what was quadratic would not come back before the run is stopped."""
    for reader in (gpx, tcx):
        reader.sniff(before + soup[:4000], "x")
        assert all(isinstance(item, Refusal) for item in reader.read(before + soup, "x"))


def test_comments_cdata_and_instructions_are_gone() -> None:
    document = open_document(
        b"<?xml version='1.0'?><gpx><!-- <a> --><?b <c> ?><d><![CDATA[<e> & f]]></d><g h='i>j'/></gpx>", b"gpx", "GPX"
    )
    assert isinstance(document, Document)
    assert document.data == b"<?xml version='1.0'?><gpx><d>&lt;e&gt; &amp; f</d><g h='i&gt;j'/></gpx>"


@pytest.mark.parametrize(
    ("words", "sport"),
    [
        ("Run", Sport.RUN), ("running", Sport.RUN), ("street_running", Sport.RUN), ("track_running", Sport.RUN),
        ("Virtual Run", Sport.TREADMILL), ("VirtualRun", Sport.TREADMILL), ("indoor_running", Sport.TREADMILL),
        ("Trail Run", Sport.TRAIL), ("TrailRun", Sport.TRAIL), ("Laufen", Sport.RUN), ("Morgenlauf", Sport.RUN),
        ("Course à pied", Sport.RUN), ("Radfahrt", Sport.RIDE), ("E-Bike Ride", Sport.RIDE),
        ("mountain_biking", Sport.RIDE),
        ("VirtualRide", Sport.RIDE), ("road_cycling", Sport.RIDE), ("indoor_rowing", Sport.ROW), ("Walk", Sport.WALK),
        ("Nordic Walking", Sport.WALK), ("Hike", Sport.HIKE), ("Wandern", Sport.HIKE), ("Swim", Sport.SWIM),
        ("lap_swimming", Sport.SWIM), ("WeightTraining", Sport.STRENGTH), ("strength_training", Sport.STRENGTH),
        ("Elliptical", Sport.ELLIPTICAL), ("cross_country_skiing", Sport.OTHER), ("Inline Skating", Sport.OTHER),
        ("Langlauf", Sport.OTHER), ("Horse Riding", Sport.OTHER), ("Workout", Sport.OTHER), ("Brunch", None),
        ("", None),
        ("Truncated", None), ("Hierarchy", None), ("9", None),
    ],
)  # fmt: skip
def test_words_for_sports(words: str, sport: Sport | None) -> None:
    assert sport_from_words(words) is sport
