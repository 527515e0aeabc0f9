"""GPX as devices and services really write it, and as it arrives when something went wrong on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.gpx.runs import START, made_up_run

from niggle.core.session import REFUSALS, Refusal, Session, Sport, Streams
from niggle.readers import gpx
from niggle.readers.gpx.read import NEW_ACTIVITY_GAP_S


def point(second: float, *, step_m: float = 3.0, inner: str = "", start: datetime = START) -> str:
    latitude = second * step_m / 111_195.08
    moment = (start + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f'<trkpt lat="{latitude:.8f}" lon="1.0"><ele>10</ele><time>{moment}</time>{inner}</trkpt>\n'


def document(*segments: str, head: str = "", track: str = "<type>running</type>") -> bytes:
    body = "".join(f"<trkseg>{segment}</trkseg>" for segment in segments)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{declaration}<gpx creator="test" version="1.1">{head}<trk>{track}{body}</trk></gpx>'.encode()


def points(first: int, last: int, **how: object) -> str:
    return "".join(point(second, **how) for second in range(first, last))  # type: ignore[arg-type]


def one(data: bytes) -> Session:
    items = gpx.read(data, "a.gpx")
    assert len(items) == 1
    assert isinstance(items[0], Session), items[0]
    return items[0]


def refused(data: bytes) -> Refusal:
    items = gpx.read(data, "a.gpx")
    assert len(items) == 1
    assert isinstance(items[0], Refusal), items[0]
    assert items[0].name == "a.gpx"
    return items[0]


def codes(session: Session) -> set[str]:
    return {note.code for note in session.notes}


def test_what_the_writer_writes_is_read_back() -> None:
    run = made_up_run()
    assert run.streams is not None
    back = one(gpx.write_sessions([run]))
    assert back.streams is not None
    assert (back.sport, back.start_utc, back.title, back.device) == (Sport.RUN, START, "Round the pond", "niggle")
    assert back.records == 600
    assert back.distance_m == pytest.approx(run.distance_m, rel=1e-3)
    assert back.elapsed_s == 599.0
    for name in ("heart_rate_bpm", "cadence_spm", "power_w"):
        np.testing.assert_allclose(back.streams.columns[name], run.streams.columns[name], atol=0.01)
    np.testing.assert_allclose(back.streams.columns["speed_mps"], run.streams.columns["speed_mps"], atol=0.001)
    np.testing.assert_allclose(back.streams.columns["latitude_deg"], run.streams.columns["latitude_deg"], atol=1e-7)
    assert gpx.write_sessions([run]) == gpx.write_sessions([run])


def test_points_with_missing_values_are_written_without_them() -> None:
    run = made_up_run(60)
    assert run.streams is not None
    columns = {name: values.copy() for name, values in run.streams.columns.items()}
    columns["heart_rate_bpm"][10] = np.nan
    columns["latitude_deg"][20] = np.nan
    back = one(gpx.write_sessions([replace(run, streams=Streams(columns))]))
    assert back.records == 59
    assert back.streams is not None
    assert np.flatnonzero(np.isnan(back.streams.columns["heart_rate_bpm"])).tolist() == [10]


@pytest.mark.parametrize(
    "inner",
    [
        "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>141</gpxtpx:hr></gpxtpx:TrackPointExtension></extensions>",
        "<extensions><ns3:TrackPointExtension><ns3:hr>141</ns3:hr><ns3:cad>80</ns3:cad></ns3:TrackPointExtension></extensions>",
        "<extensions><heartrate>141</heartrate></extensions>",
        "<extensions><gpxdata:hr>141</gpxdata:hr></extensions>",  # a prefix that nobody declared
        "<extensions><heartRate> 141 </heartRate></extensions>",
        "<extensions><hr >141</hr></extensions>",
        "<extensions><!-- <hr>77</hr> --><hr>141</hr><hr>99</hr></extensions>",
        "<name><![CDATA[<hr>77</hr> & more]]></name><extensions><hr>141</hr></extensions>",
        '<link href="a>b"/><extensions><hr>141</hr></extensions>',
        "<?pi <hr>77</hr>?><extensions><hr>141</hr></extensions>",
    ],
)
def test_heart_rate_is_found_under_every_writer_s_name(inner: str) -> None:
    session = one(document(points(0, 40, inner=inner)))
    assert session.avg_heart_rate_bpm == 141.0
    assert session.records == 40


def test_heart_rate_that_starts_late_is_kept() -> None:
    session = one(document(points(0, 30) + points(30, 60, inner="<extensions><hr>150</hr></extensions>")))
    assert session.streams is not None
    heart = session.streams.columns["heart_rate_bpm"]
    assert np.isnan(heart[:30]).all()
    assert (heart[30:] == 150.0).all()


@pytest.mark.parametrize(
    "tag",
    [
        '<trkpt lat="{lat}" lon="1.5">',
        "<trkpt lon='1.5' lat='{lat}'>",
        '<trkpt lat = "{lat}"  lon = "1.5">',
        '<trkpt id="7" lat="{lat}" lon="1.5">',
        '<trkpt\n  lat="{lat}"\n  lon="1.5"\n>',
    ],
)
def test_position_attributes_in_any_form(tag: str) -> None:
    body = "".join(
        tag.format(lat=f"{second * 3 / 111195:.17f}") + f"<time>2025-03-02T07:30:{second:02d}Z</time></trkpt>"
        for second in range(30)
    )
    session = one(document(body))
    assert session.streams is not None
    assert (session.streams.columns["longitude_deg"] == 1.5).all()
    assert session.distance_m == pytest.approx(87.0, rel=1e-3)


def test_namespace_prefixes_on_everything() -> None:
    plain = document(points(0, 30)).decode()
    for name in ("gpx", "trkpt", "trkseg", "trk", "time", "ele", "type"):
        plain = plain.replace(f"<{name}", f"<g:{name}").replace(f"</{name}", f"</g:{name}")
    assert one(plain.encode()).records == 30


@pytest.mark.parametrize(
    ("text", "unix_text", "offset"),
    [
        ("2025-03-02T08:30:{s:02d}+01:00", "2025-03-02T07:30:00", 3600),
        ("2025-03-02T02:00:{s:02d}-05:30", "2025-03-02T07:30:00", -19800),
        ("2025-03-02T08:30:{s:02d}.250+0100", "2025-03-02T07:30:00.250", 3600),
        ("2025-03-02T07:30:{s:02d}+00:00", "2025-03-02T07:30:00", None),
        ("2025-03-02T07:30:{s:02d}.5Z", "2025-03-02T07:30:00.500", None),
        ("2025-03-02T07:30:{s:02d}", "2025-03-02T07:30:00", None),
        ("2025-03-02 07:30:{s:02d}Z", "2025-03-02T07:30:00", None),
        ("2025-3-2T7:30:{s:02d}Z", "2025-03-02T07:30:00", None),
    ],
)
def test_times_in_every_form(text: str, unix_text: str, offset: int | None) -> None:
    body = "".join(
        f'<trkpt lat="{s * 3 / 111195:.8f}" lon="1"><time>{text.format(s=s)}</time></trkpt>' for s in range(30)
    )
    session = one(document(body))
    assert session.start_utc == datetime.fromisoformat(unix_text).replace(tzinfo=UTC)
    assert session.utc_offset_s == offset
    assert ("time_without_zone" in codes(session)) == (text.endswith("{s:02d}"))


def test_segments_are_pauses_and_the_way_between_them_does_not_count() -> None:
    # Sixty seconds, a lift of one kilometre within ten minutes, sixty seconds.
    second = "".join(point(s, start=START + timedelta(seconds=600)) for s in range(300, 360))
    session = one(document(points(0, 60), second))
    assert session.elapsed_s == 959.0
    assert session.timer_s == pytest.approx(118.0)
    assert session.distance_m == pytest.approx(59 * 3 * 2, rel=1e-3)


@pytest.mark.parametrize(
    ("gap_s", "sessions"), [(NEW_ACTIVITY_GAP_S - 60, 1), (NEW_ACTIVITY_GAP_S, 1), (NEW_ACTIVITY_GAP_S + 60, 2)]
)
@pytest.mark.parametrize("in_one_segment", [True, False])
def test_a_long_gap_parts_activities(gap_s: float, sessions: int, in_one_segment: bool) -> None:
    second = points(0, 60, start=START + timedelta(seconds=59 + gap_s))
    data = document(points(0, 60) + second) if in_one_segment else document(points(0, 60), second)
    items = gpx.read(data, "a.gpx")
    assert [item.leg for item in items if isinstance(item, Session)] == list(range(sessions))


def test_one_wrong_time_stamp_is_no_new_activity() -> None:
    body = points(0, 60) + point(60, start=START + timedelta(days=20)) + points(61, 120)
    session = one(document(body))
    assert session.elapsed_s is not None
    assert session.elapsed_s < 200


def test_tracks_of_different_sports_are_legs() -> None:
    ride = f"</trkseg></trk><trk><type>cycling</type><trkseg>{points(70, 140, step_m=8.0)}"
    items = gpx.read(document(points(0, 60) + ride), "a.gpx")
    assert [(item.sport, item.leg) for item in items if isinstance(item, Session)] == [(Sport.RUN, 0), (Sport.RIDE, 1)]


def test_tracks_in_backward_order_are_sorted() -> None:
    items = gpx.write_sessions([made_up_run(start=START + timedelta(days=1)), made_up_run()])
    starts = [item.start_utc for item in gpx.read(items, "a.gpx") if isinstance(item, Session)]
    assert starts == [START, START + timedelta(days=1)]


@pytest.mark.parametrize(
    ("track", "sport"),
    [
        ("<type>9</type>", Sport.RUN), ("<type>1</type>", Sport.RIDE), ("<type>10</type>", Sport.WALK),
        ("<type>4</type>", Sport.HIKE), ("<type>16</type>", Sport.SWIM), ("<type>7</type>", Sport.OTHER),
        ("<type>running</type>", Sport.RUN), ("<type>Running</type>", Sport.RUN),
        ("<type>trail_running</type>", Sport.TRAIL), ("<type>treadmill_running</type>", Sport.TREADMILL),
        ("<type>cross_country_skiing</type>", Sport.OTHER), ("<type>Laufen</type>", Sport.RUN),
        ("<name>Abendlauf</name>", Sport.RUN), ("<name>Evening Ride</name>", Sport.RIDE),
        ("<name>Tuesday</name>", Sport.RUN), ("", Sport.RUN),
    ],
)  # fmt: skip
def test_sport(track: str, sport: Sport) -> None:
    session = one(document(points(0, 60), track=track))
    assert session.sport is sport
    assert ("sport_guessed" in codes(session)) == ("<type>" not in track)


@pytest.mark.parametrize(
    ("step_m", "sport"), [(1.6, Sport.WALK), (1.8, Sport.RUN), (5.4, Sport.RUN), (5.6, Sport.RIDE)]
)
def test_sport_by_speed_where_nothing_names_it(step_m: float, sport: Sport) -> None:
    session = one(document(points(0, 60, step_m=step_m), track=""))
    assert session.sport is sport


def test_points_without_time_are_left_out_and_said() -> None:
    session = one(document('<trkpt lat="0" lon="1"/><trkpt lat="0" lon="1"><time/></trkpt>' + points(0, 30)))
    assert session.records == 30
    assert "points_without_time" in codes(session)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \n\0", "empty"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "not_this_format"),
        (b"<html><head/></html>", "not_this_format"),
        (b"<kml><Document/></kml>", "not_this_format"),
        (b"no xml at all", "not_this_format"),
        (b'<gpx creator="x"/>', "no_records"),
        (b'<gpx><rte><rtept lat="1" lon="2"/></rte></gpx>', "no_time"),
        (b'<gpx><wpt lat="1" lon="2"><time>2025-01-01T00:00:00Z</time></wpt></gpx>', "no_time"),
        (b'<gpx><trk><trkseg><trkpt lat="1" lon="2"/></trkseg></trk></gpx>', "no_time"),
        (b'<gpx><trk><trkseg><trkpt lat="1" lon="2"><ti', "damaged"),
        (b'<!DOCTYPE gpx [<!ENTITY a "aaaa">]><gpx><trk><name>&a;</name></trk></gpx>', "forbidden_xml"),
        (b'<!-- x --><!DOCTYPE gpx SYSTEM "file:///etc/passwd"><gpx/>', "forbidden_xml"),
    ],
)
def test_what_is_no_activity_is_refused_by_name(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_entities_are_never_expanded() -> None:
    levels = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE gpx [<!ENTITY l0 "ha">{levels}]><gpx><trk><name>&l9;</name></trk></gpx>'
    assert refused(bomb.encode()).code == "forbidden_xml"


def test_a_cut_file_gives_everything_before_the_cut() -> None:
    whole = document(points(0, 100))
    cut = whole[: whole.index(b"07:31:20Z") + 4]
    session = one(cut)
    assert session.records == 80
    note = next(note for note in session.notes if note.code == "damaged_xml")
    assert note.place == f"line {cut.count(chr(10).encode()) + 1}"


def test_damage_in_the_middle_costs_only_the_damaged_points() -> None:
    body = points(0, 50) + '<trkpt lat="0.00\x01<<garbage &&& <ele>\n' + points(51, 100)
    session = one(document(body))
    assert session.records == 99
    assert {"damaged_xml", "points_broken"} <= codes(session)


@pytest.mark.parametrize("name", ["Run & fun", "a &nbsp; b", "bell \x07"])
def test_slips_of_careless_writers_do_not_cost_the_run(name: str) -> None:
    session = one(document(points(0, 50), track=f"<name>{name}</name><type>running</type>"))
    assert session.records == 50
    assert session.sport is Sport.RUN
    assert session.title is not None
    assert session.title[:3] == name[:3]
    assert "damaged_xml" in codes(session)


def test_two_files_glued_together_are_two_activities() -> None:
    glued = document(points(0, 50)) + document(points(0, 60, start=START + timedelta(days=1)))
    items = gpx.read(glued, "a.gpx")
    assert [item.records for item in items if isinstance(item, Session)] == [50, 60]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("latin-1", "ISO-8859-1"), ("cp1252", "windows-1252"),
        ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32"),
    ],
)  # fmt: skip
def test_encodings(encoding: str, declared: str) -> None:
    text = document(points(0, 30), track="<name>Hügellauf</name>").decode().replace("UTF-8", declared)
    assert one(text.encode(encoding)).title == "Hügellauf"


def test_latin_1_bytes_in_a_file_that_claims_utf_8() -> None:
    data = document(points(0, 30), track="<name>Hügellauf</name>").decode().encode("latin-1")
    session = one(data)
    assert session.title == "Hügellauf"
    assert session.records == 30


def test_blanks_and_marks_before_the_declaration() -> None:
    assert one(b"\xef\xbb\xbf\n   " + document(points(0, 30))).records == 30


def planned(even: bool = True, extra: str = "", n: int = 12) -> bytes:
    """Points at bends, 20 to 110 m apart, at 10 km/h; uneven: the fifth stretch takes 3 s longer than that."""
    way, seconds, parts = 0.0, 0.0, []
    for index in range(n):
        moment = (START + timedelta(seconds=round(seconds))).strftime("%Y-%m-%dT%H:%M:%SZ")
        parts.append(f'<trkpt lat="{way / 111195.08:.8f}" lon="1"><time>{moment}</time>{extra}</trkpt>')
        step = (105.0, 26.0, 24.0, 25.0, 60.0)[index % 5]
        way += step
        seconds += step / 2.778 + (3.0 if index == 4 and not even else 0.0)
    return document("".join(parts))


def test_times_computed_from_an_even_speed_are_a_route() -> None:
    assert refused(planned()).code == "no_time"


def test_the_same_points_are_an_activity_when_the_clock_strays_or_a_sensor_spoke() -> None:
    assert one(planned(even=False)).records == 12
    assert one(planned(extra="<extensions><hr>140</hr></extensions>")).records == 12


def test_even_ticks_are_a_recording_however_even_the_speed() -> None:
    assert one(document(points(0, 200))).records == 200


def test_all_points_at_one_time_are_a_route() -> None:
    body = "".join(f'<trkpt lat="0.{n:03d}" lon="1"><time>2025-01-01T10:00:00Z</time></trkpt>' for n in range(20))
    assert refused(document(body)).code == "no_time"


def test_a_file_of_many_chunks_reads_like_one(monkeypatch: pytest.MonkeyPatch) -> None:
    data = gpx.write_sessions([made_up_run(500)])
    whole = one(data)
    monkeypatch.setattr("niggle.readers.xmlscan.points._CHUNK_BYTES", 1000)
    parts = one(data)
    assert whole.streams is not None
    assert parts.streams is not None
    for name in whole.streams.names:
        np.testing.assert_array_equal(whole.streams.columns[name], parts.streams.columns[name])


def check_promise(data: bytes) -> None:
    for item in gpx.read(data, "soup.gpx"):
        if isinstance(item, Refusal):
            assert item.code in REFUSALS
        else:
            assert isinstance(item, Session)


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_sessions_or_named_refusals(soup: bytes) -> None:
    check_promise(soup)
    check_promise(b"<gpx>" + soup)
    check_promise(b"<gpx><trk><trkseg><trkpt " + soup)


_WHOLE = gpx.write_sessions([made_up_run(20)])
_PIECES = st.sampled_from(
    [b"<trkpt", b"</trkpt>", b"<time>", b"</time>", b'lat="', b"'", b">", b"<", b"&", b"<!--", b"<![CDATA[", b"]]>",
     b"-->", b"\0", b"\xff", b"<trkseg>", b"</trk>", b"</gpx>", b"9" * 400, b"2025-13-45T99:99:99Z", b"nan", b"<?",
     b"<!DOCTYPE x>"]
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, len(_WHOLE)), st.integers(0, 60), _PIECES), max_size=6))
@settings(max_examples=150, deadline=None)
def test_any_damage_gives_sessions_or_named_refusals(damages: list[tuple[int, int, bytes]]) -> None:
    data = _WHOLE
    for at, cut, piece in damages:
        data = data[:at] + piece + data[at + cut :]
    check_promise(data)
