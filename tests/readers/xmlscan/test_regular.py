"""The short way through an XML file has the long way's answers, whatever the bytes; and the usual file takes it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from niggle.core.session import Refusal
from niggle.readers.gpx.read import LAYOUT as GPX
from niggle.readers.tcx.read import LAYOUT as TCX
from niggle.readers.xmlscan import Layout, open_document, scan, scan_regular, take_apart, walk

ROOTS = {GPX.point: b"gpx", TCX.point: b"TrainingCenterDatabase"}


class Told:
    """Keeps what it is told of an outline."""

    def __init__(self) -> None:
        self.events: list[tuple[object, ...]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.events.append(("start", name, tuple(sorted(attributes.items()))))

    def end(self, name: str, text: str) -> None:
        self.events.append(("end", name, text))

    def points(self, first: int, last: int) -> None:
        self.events.append(("points", first, last))


def gpx_point(second: int, heart: str = "<x:hr>150</x:hr>", tag: str = 'trkpt lat="48.1" lon="-11.5"') -> str:
    time = f"<time>2024-05-01T07:00:{second:02}Z</time>"
    return f"<{tag}><ele>{second}.5</ele>{time}<extensions>{heart}</extensions></trkpt>"


def gpx(*points: str, between: str = "\n", name: str = "Run") -> bytes:
    body = between.join(points)
    head = f'<?xml version="1.0"?>\n<gpx creator="w"><trk><name>{name}</name><trkseg>'
    return f"{head}{body}</trkseg></trk></gpx>".encode()


def tcx(count: int = 6) -> bytes:
    points = "".join(
        f"<Trackpoint><Time>2024-05-01T07:00:{n:02}Z</Time><DistanceMeters>{n * 3}.25</DistanceMeters>"
        + (f"<HeartRateBpm><Value>{120 + n}</Value></HeartRateBpm>" if n % 3 else "")
        + "</Trackpoint>"
        + ("</Track></Lap><Lap><Track>" if n == 2 else "\n")
        for n in range(count)
    )
    head = '<TrainingCenterDatabase><Activities><Activity Sport="Running"><Lap><Track>'
    return f"{head}{points}</Track></Lap></Activity></Activities></TrainingCenterDatabase>".encode()


USUAL = gpx(*(gpx_point(n, heart="" if n == 3 else f"<x:hr>{140 + n}</x:hr>") for n in range(6)))


def assert_same(data: bytes, layout: Layout) -> None:
    root = ROOTS[layout.point]
    short = take_apart(data, root, "a file", layout, Told)
    document = open_document(data, root, "a file")
    if isinstance(document, Refusal):
        assert short == document
        return
    assert not isinstance(short, Refusal)
    points, told = scan(document.data, layout), Told()
    walk(document, points, told)
    assert short[0].fault == document.fault
    assert short[2].events == told.events
    assert list(short[1].columns) == list(points.columns)
    assert (short[1].without_zone, short[1].broken) == (points.without_zone, points.broken)
    for one, other in [
        (short[1].starts, points.starts),
        (short[1].stops, points.stops),
        (short[1].unix_s, points.unix_s),
        (short[1].offset_s, points.offset_s),
        *((short[1].columns[name], points.columns[name]) for name in points.columns),
    ]:
        np.testing.assert_array_equal(one, other)


SNIPPETS = (
    b"<", b">", b"&", b"&amp;", b"]]>", b"<!-- x -->", b"<!-- <trkpt> -->", b"<![CDATA[5]]>", b"<?pi?>", b"\0",
    b"\x01", b"\xff", "ü".encode(), b"</trkpt>", b"<trkpt>", b'<trkpt lat="1" lon="2"/>', b"<g:trkpt>", b"</g:trkpt>",
    b'"', b"'", b" ", b"\n", b"<ele/>", b"<ele>7</ele>", b"</ele>", b"<time>", b"</Trackpoint>", b"<Trackpoint/>",
    b"<Value>9</Value>", b"<hr>1</hr>", b"e", b",", b"1", b".", b"-", b' a="1"', b' a=">"', b"+02:00",
    b"<!DOCTYPE gpx>", b"\t", b"/",
)  # fmt: skip


@given(
    st.sampled_from([(USUAL, GPX), (tcx(), TCX)]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from((b"", *SNIPPETS))), min_size=1, max_size=3),
)
def test_any_change_to_a_file_is_read_alike_on_both_ways(
    usual: tuple[bytes, Layout], changes: list[tuple[float, int, bytes]]
) -> None:
    data, layout = usual
    for share, cut, put in changes:
        at = int(share * len(data))
        data = data[:at] + put + data[at + cut :]
    assert_same(data, layout)


@given(st.lists(st.sampled_from(SNIPPETS), max_size=3), st.integers(0, 5))
@example([b"<ele>7</ele>"], 0)
@example([b"<x:hr>1</x:hr>"], 0)
@example([b"<extensions/>"], 0)
def test_every_point_changed_alike_is_read_alike_on_both_ways(put: list[bytes], behind: int) -> None:
    places = (b"<ele>", b"</ele>", b"</time>", b"<extensions>", b' lat="', b"Z")
    data = USUAL.replace(places[behind], places[behind] + b"".join(put))
    assert_same(data, GPX)


@pytest.mark.parametrize(("data", "layout"), [(USUAL, GPX), (tcx(), TCX), (tcx(1), TCX), (gpx(gpx_point(0)), GPX)])
def test_usual_files_take_the_short_way(data: bytes, layout: Layout) -> None:
    assert scan_regular(data, layout) is not None
    assert_same(data, layout)


def test_a_name_in_any_script_does_not_keep_a_file_from_the_short_way() -> None:
    data = gpx(gpx_point(0), gpx_point(1), name="Äpfel &amp; Birnen")
    assert scan_regular(data, GPX) is not None
    assert_same(data, GPX)


@pytest.mark.parametrize(
    "point",
    [
        gpx_point(2, heart="<x:hr>150"),  # not well-formed
        gpx_point(2, heart="<x:hr>1&5</x:hr>"),
        gpx_point(2, heart="<x:hr>1]5</x:hr>"),
        gpx_point(2, heart="<x:hr>1\x015</x:hr>"),
        gpx_point(2, heart="<x:hr>é</x:hr>"),
        gpx_point(2, heart="<x:hr> 150</x:hr>"),
        gpx_point(2, heart="<!-- none -->"),
        gpx_point(2, heart="<x:hr>1</x:hr><y:hr>2</y:hr>"),
        gpx_point(2, tag='trkpt lon="1" lat="2" lat="3"'),
        gpx_point(2, tag="trkpt lat='1' lon='2'"),
        gpx_point(2, tag='trkpt lat="1" lat="2"'),
    ],
)
def test_points_that_are_not_so_simple_take_the_long_way(point: str) -> None:
    data = gpx(gpx_point(0), gpx_point(1), point)
    assert scan_regular(data, GPX) is None
    assert_same(data, GPX)


@pytest.mark.parametrize("kinds", [8, 9])
def test_up_to_eight_kinds_of_points_take_the_short_way(kinds: int) -> None:
    data = gpx(*(gpx_point(n, heart="<a/>" * n) for n in range(kinds)))
    assert (scan_regular(data, GPX) is not None) == (kinds <= 8)
    assert_same(data, GPX)
