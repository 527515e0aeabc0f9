"""TCX as watches and services really write it, and as it arrives when something went wrong on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.gpx.runs import START, made_up_run

from niggle.core.session import REFUSALS, Refusal, Session, Sport, Streams
from niggle.readers import tcx
from niggle.readers.tcx.read import LAP_SEAM_S

EXTENSION = 'xmlns="http://www.garmin.com/xmlschemas/ActivityExtension/v2"'


def stamp(second: float, start: datetime = START) -> str:
    return (start + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")


def point(second: float, inner: str = "", *, start: datetime = START, distance_m: float | None = -1.0) -> str:
    way = second * 3.0 if distance_m == -1.0 else distance_m
    told = f"<DistanceMeters>{way}</DistanceMeters>" if way is not None else ""
    return f"<Trackpoint><Time>{stamp(second, start)}</Time>{told}{inner}</Trackpoint>\n"


def track(first: int, last: int, inner: str = "", **how: object) -> str:
    return "<Track>" + "".join(point(s, inner, **how) for s in range(first, last)) + "</Track>"  # type: ignore[arg-type]


def lap(body: str, *, start: str = stamp(0), timer_s: float | None = None, distance_m: float | None = None) -> str:
    totals = f"<TotalTimeSeconds>{timer_s}</TotalTimeSeconds>" if timer_s is not None else ""
    totals += f"<DistanceMeters>{distance_m}</DistanceMeters>" if distance_m is not None else ""
    return f'<Lap StartTime="{start}">{totals}{body}</Lap>'


def activity(*laps: str, sport: str = "Running", extra: str = "", begins: str = stamp(0)) -> str:
    return f'<Activity Sport="{sport}"><Id>{begins}</Id>{"".join(laps)}{extra}</Activity>'


def document(*activities: str, outside: str = "") -> bytes:
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    held = f"<Activities>{''.join(activities)}</Activities>" if activities else ""
    return f"{declaration}<TrainingCenterDatabase>{held}{outside}</TrainingCenterDatabase>".encode()


def one(data: bytes) -> Session:
    items = tcx.read(data, "a.tcx")
    assert len(items) == 1
    assert isinstance(items[0], Session), items[0]
    return items[0]


def refused(data: bytes) -> Refusal:
    items = tcx.read(data, "a.tcx")
    assert len(items) == 1
    assert isinstance(items[0], Refusal), items[0]
    assert items[0].name == "a.tcx"
    return items[0]


def codes(session: Session) -> set[str]:
    return {note.code for note in session.notes}


@pytest.mark.parametrize("leading_blanks", [False, True])
@pytest.mark.parametrize("lap_m", [None, 400.0])
def test_what_the_writer_writes_is_read_back(leading_blanks: bool, lap_m: float | None) -> None:
    run = made_up_run()
    data = tcx.write_sessions([run], leading_blanks=leading_blanks, lap_m=lap_m)
    assert data.startswith(b"          <?xml") == leading_blanks
    assert data == tcx.write_sessions([run], leading_blanks=leading_blanks, lap_m=lap_m)
    back = one(data)
    assert run.streams is not None
    assert back.streams is not None
    assert (back.sport, back.start_utc, back.title, back.device) == (Sport.RUN, START, "Round the pond", "Test watch")
    assert back.records == 600
    assert back.distance_m == pytest.approx(run.distance_m, abs=0.1)
    assert back.timer_s == pytest.approx(599.0)
    for name in ("heart_rate_bpm", "cadence_spm", "power_w", "longitude_deg"):
        np.testing.assert_allclose(back.streams.columns[name], run.streams.columns[name], atol=0.01)
    np.testing.assert_allclose(back.streams.columns["latitude_deg"], run.streams.columns["latitude_deg"], atol=1e-7)
    assert back.moving_s == pytest.approx(599.0, abs=1.0)


def test_a_session_without_streams_is_written_and_read_as_totals() -> None:
    typed_in = replace(made_up_run(), streams=None, distance_m=8000.0, timer_s=2400.0, elapsed_s=2500.0)
    back = one(tcx.write_sessions([typed_in]))
    assert (back.distance_m, back.timer_s, back.streams, back.start_utc) == (8000.0, 2400.0, None, START)


def test_values_that_are_missing_stay_missing() -> None:
    run = made_up_run(60)
    assert run.streams is not None
    columns = {name: values.copy() for name, values in run.streams.columns.items()}
    for name in ("heart_rate_bpm", "latitude_deg", "cadence_spm", "speed_mps", "power_w"):
        columns[name][10] = np.nan
    back = one(tcx.write_sessions([replace(run, streams=Streams(columns))]))
    assert back.streams is not None
    for name in ("heart_rate_bpm", "latitude_deg", "longitude_deg", "power_w"):
        assert np.flatnonzero(np.isnan(back.streams.columns[name])).tolist() == [10], name


@pytest.mark.parametrize(
    "inner",
    [
        "<Cadence>84</Cadence>",
        f"<Extensions><TPX {EXTENSION}><RunCadence>84</RunCadence></TPX></Extensions>",
        "<Extensions><ns3:TPX><ns3:RunCadence>84</ns3:RunCadence></ns3:TPX></Extensions>",
        "<Extensions><ns3:TPX><ns3:RunCadence>168</ns3:RunCadence></ns3:TPX></Extensions>",
    ],
)
def test_cadence_per_leg_or_per_step_is_steps_per_minute(inner: str) -> None:
    assert one(document(activity(lap(track(0, 60, inner))))).avg_cadence_spm == 168.0


@pytest.mark.parametrize(
    "inner",
    [
        "<HeartRateBpm><Value>150</Value></HeartRateBpm>",
        '<HeartRateBpm xsi:type="HeartRateInBeatsPerMinute_t">\n  <Value>150</Value>\n</HeartRateBpm>',
        "<HeartRateBpm>150</HeartRateBpm>",
        "<x:HeartRateBpm><x:Value>150</x:Value></x:HeartRateBpm><Extensions><Value>3</Value></Extensions>",
        "<Extensions><Other><Value>3</Value></Other></Extensions><HeartRateBpm><Value>150</Value></HeartRateBpm>",
    ],
)
def test_heart_rate_in_every_form(inner: str) -> None:
    assert one(document(activity(lap(track(0, 60, inner))))).avg_heart_rate_bpm == 150.0


@pytest.mark.parametrize("watts", ["<Watts>240</Watts>", "<ns3:Watts>240</ns3:Watts>"])
def test_power_with_and_without_namespace(watts: str) -> None:
    session = one(document(activity(lap(track(0, 60, f"<Extensions><ns3:TPX>{watts}</ns3:TPX></Extensions>")))))
    assert session.streams is not None
    assert (session.streams.columns["power_w"] == 240.0).all()


@pytest.mark.parametrize(
    ("word", "sport"),
    [
        ("Running", Sport.RUN), ("running", Sport.RUN), ("RUNNING", Sport.RUN), ("Biking", Sport.RIDE),
        ("Other", Sport.OTHER), ("Walking", Sport.WALK), ("Hiking", Sport.HIKE), ("Swimming", Sport.SWIM),
        ("TrailRunning", Sport.TRAIL), ("Rowing", Sport.ROW), ("Quidditch", Sport.OTHER), ("", Sport.OTHER),
    ],
)  # fmt: skip
def test_sport(word: str, sport: Sport) -> None:
    session = one(document(activity(lap(track(0, 60)), sport=word)))
    assert session.sport is sport
    assert ("sport_guessed" in codes(session)) == (word in {"Quidditch", ""})


def test_totals_are_sums_of_the_laps() -> None:
    session = one(
        document(
            activity(
                lap(track(0, 60), timer_s=60.5, distance_m=181.0),
                lap(track(60, 120), start=stamp(60), timer_s=59.25, distance_m=180.0),
            )
        )
    )
    assert (session.timer_s, session.distance_m) == (119.75, 361.0)


def test_laps_that_say_nothing_leave_the_totals_to_the_points() -> None:
    session = one(document(activity(lap(track(0, 60), timer_s=0, distance_m=0), lap(track(60, 121), start=stamp(60)))))
    assert (session.timer_s, session.distance_m) == (120.0, 360.0)


def test_lap_totals_beyond_the_points_stand_and_are_noted() -> None:
    session = one(document(activity(lap(track(0, 60), timer_s=3312.0, distance_m=18743.8))))
    assert (session.timer_s, session.distance_m, session.records) == (3312.0, 18743.8, 60)
    assert "points_cover_part" in codes(session)
    assert "points_cover_part" not in codes(one(document(activity(lap(track(0, 60), timer_s=65.0)))))


def test_heart_rate_of_laps_counts_only_where_no_point_has_one() -> None:
    rates = "<AverageHeartRateBpm><Value>{}</Value></AverageHeartRateBpm>"
    rates += "<MaximumHeartRateBpm><Value>{}</Value></MaximumHeartRateBpm>"
    laps = [lap(rates.format(120, 140) + track(0, 60), timer_s=60), lap(rates.format(150, 170), timer_s=120)]
    session = one(document(activity(*laps)))
    assert (session.avg_heart_rate_bpm, session.max_heart_rate_bpm) == (140.0, 170.0)
    beats = "<HeartRateBpm><Value>100</Value></HeartRateBpm>"
    session = one(document(activity(lap(rates.format(120, 140) + track(0, 60, beats), timer_s=60))))
    assert (session.avg_heart_rate_bpm, session.max_heart_rate_bpm) == (100.0, 100.0)


def test_tracks_within_a_lap_are_parted_by_pauses() -> None:
    moved_on = "".join(point(second, distance_m=59 * 3.0 + (second - 90) * 3.0) for second in range(90, 150))
    session = one(document(activity(lap(track(0, 60) + f"<Track>{moved_on}</Track>"))))
    assert (session.elapsed_s, session.timer_s) == (149.0, 118.0)


@pytest.mark.parametrize(("seam_s", "timer_s"), [(LAP_SEAM_S, 133.0), (LAP_SEAM_S + 5, 118.0)])
def test_a_short_seam_between_laps_is_no_pause(seam_s: float, timer_s: float) -> None:
    first = int(59 + seam_s)
    laps = [lap(track(0, 60)), lap(track(first, first + 60), start=stamp(first))]
    assert one(document(activity(*laps))).timer_s == timer_s


def test_several_activities_come_in_order_of_time_as_legs() -> None:
    later = START + timedelta(days=2)
    newest_first = document(
        activity(lap(track(0, 60, start=later), start=stamp(0, later)), begins=stamp(0, later)),
        activity(lap(track(0, 90))),
    )
    sessions = [item for item in tcx.read(newest_first, "a.tcx") if isinstance(item, Session)]
    assert [(s.start_utc, s.leg, s.records) for s in sessions] == [(START, 0, 90), (later, 1, 60)]


def test_a_multisport_session_is_one_session_per_leg() -> None:
    legs = [
        f"<FirstSport>{activity(lap(track(0, 60)), sport='Biking')}</FirstSport>",
        f"<NextSport><Transition/>{activity(lap(track(100, 160), start=stamp(100)), begins=stamp(100))}</NextSport>",
    ]
    items = tcx.read(document(f"<MultiSportSession><Id>{stamp(0)}</Id>{''.join(legs)}</MultiSportSession>"), "a.tcx")
    assert [(i.sport, i.leg) for i in items if isinstance(i, Session)] == [(Sport.RIDE, 0), (Sport.RUN, 1)]


def test_a_treadmill_run_has_distance_and_no_position() -> None:
    session = one(document(activity(lap(track(0, 60)))))
    assert session.distance_m == 177.0
    assert session.streams is not None
    assert session.streams.get("latitude_deg") is None


def test_points_without_distance_are_measured_along_the_positions() -> None:
    place = "<Position><LatitudeDegrees>{:.8f}</LatitudeDegrees><LongitudeDegrees>1</LongitudeDegrees></Position>"
    points = "".join(point(s, place.format(s * 3 / 111195.08), distance_m=None) for s in range(60))
    session = one(document(activity(lap(f"<Track>{points}</Track>"))))
    assert session.distance_m == pytest.approx(177.0, rel=1e-3)


def test_an_empty_first_point_is_only_a_time() -> None:
    body = f"<Track><Trackpoint><Time>{stamp(0)}</Time></Trackpoint>" + track(4, 60)[len("<Track>") :]
    session = one(document(activity(lap(body))))
    assert session.start_utc == START
    assert session.elapsed_s == 59.0


def test_points_without_time_are_left_out_and_said() -> None:
    body = "<Track><Trackpoint><DistanceMeters>1</DistanceMeters></Trackpoint>" + track(0, 60)[len("<Track>") :]
    session = one(document(activity(lap(body))))
    assert session.records == 60
    assert "points_without_time" in codes(session)


@pytest.mark.parametrize(
    ("told", "title"), [("Round the pond", "Round the pond"), ("Tired.\nVery.", None), ("word " * 40, None)]
)
def test_short_notes_are_the_title(told: str, title: str | None) -> None:
    assert one(document(activity(lap(track(0, 60)), extra=f"<Notes>{told}</Notes>"))).title == title


def test_the_device_loses_its_serial_number() -> None:
    creator = "<Creator><Name>Runner 7 (Unit ID 1234567890)</Name></Creator>"
    assert one(document(activity(lap(track(0, 60)), extra=creator))).device == "Runner 7"


def test_a_stated_zone_gives_the_local_day() -> None:
    data = document(activity(lap(track(0, 60)))).replace(b"Z</Time>", b"+02:00</Time>")
    session = one(data)
    assert (session.utc_offset_s, session.start_utc) == (7200, START - timedelta(hours=2))


COURSE = f"<Courses><Course><Name>x</Name><Lap/>{track(0, 60)}</Course></Courses>"


def test_a_course_beside_an_activity_lends_it_no_points() -> None:
    assert one(document(activity(lap(track(0, 30))), outside=COURSE)).records == 30


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<html><body>Log in</body></html>", "not_this_format"),
        (b"<gpx/>", "not_this_format"),
        (document(), "no_records"),
        (document(outside=COURSE), "not_an_activity"),
        (document(outside="<Workouts><Workout Sport='Running'/></Workouts>"), "not_an_activity"),
        (document(activity(lap(""))), "no_records"),
        (document(activity()), "no_records"),
        (b"<TrainingCenterDatabase><Activ", "damaged"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><TrainingCenterDatabase/>', "forbidden_xml"),
    ],
)
def test_what_is_no_activity_is_refused_by_name(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_a_cut_file_gives_everything_before_the_cut() -> None:
    whole = document(activity(lap(track(0, 100))))
    session = one(whole[: whole.index(stamp(80).encode()) + 5])
    assert session.records == 80
    note = next(note for note in session.notes if note.code == "damaged_xml")
    assert note.place == "line 82"


def test_damage_in_the_middle_costs_only_the_damaged_points() -> None:
    whole = document(activity(lap(track(0, 100))))
    at = whole.index(stamp(50).encode())
    session = one(whole[:at] + b"\0\0<<&\xff" + whole[at + 30 :])
    assert session.records in {98, 99}
    assert session.elapsed_s == 99.0
    assert "damaged_xml" in codes(session)


def test_leading_blanks_keep_the_line_count() -> None:
    whole = b"\n\n\n   " + document(activity(lap(track(0, 100))))
    session = one(whole[: whole.index(stamp(80).encode()) + 5])
    assert next(note.place for note in session.notes if note.code == "damaged_xml") == "line 85"


def test_fractions_of_seconds_are_kept() -> None:
    run = replace(made_up_run(60), start_utc=datetime(2025, 3, 2, 7, 30, 0, 250_000, tzinfo=UTC))
    assert one(tcx.write_sessions([run])).start_utc == run.start_utc


def check_promise(data: bytes) -> None:
    for item in tcx.read(data, "soup.tcx"):
        if isinstance(item, Refusal):
            assert item.code in REFUSALS
        else:
            assert isinstance(item, Session)


_WHOLE = tcx.write_sessions([made_up_run(20)])
_PIECES = st.sampled_from(
    [b"<Trackpoint>", b"</Trackpoint>", b"<Time>", b"</Time>", b"<Value>", b"'", b">", b"<", b"&", b"<!--",
     b"<![CDATA[", b"]]>", b"-->", b"\0", b"\xff", b"<Track>", b"</Lap>", b"</Activity>", b"<Course>", b"9" * 400,
     b"-1e999", b"<?", b"2025-13-45T99:99:99Z"]
)  # fmt: skip


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_sessions_or_named_refusals(soup: bytes) -> None:
    check_promise(soup)
    check_promise(b"<TrainingCenterDatabase>" + soup)
    check_promise(b"<TrainingCenterDatabase><Activities><Activity><Lap><Track><Trackpoint>" + soup)


@given(st.lists(st.tuples(st.integers(0, len(_WHOLE)), st.integers(0, 60), _PIECES), max_size=6))
@settings(max_examples=150, deadline=None)
def test_any_damage_gives_sessions_or_named_refusals(damages: list[tuple[int, int, bytes]]) -> None:
    data = _WHOLE
    for at, cut, piece in damages:
        data = data[:at] + piece + data[at + cut :]
    check_promise(data)
