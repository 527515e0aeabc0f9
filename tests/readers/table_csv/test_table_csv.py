"""Tables of runs as people and services write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.table_csv.tables import codes, one, read, refusal, sessions

from niggle.core.session import REFUSALS, Refusal, Session, Sport
from niggle.readers import table_csv


def test_an_english_table() -> None:
    text = (
        "Date,Time,Distance (mi),Duration,Elevation Gain (ft),Avg HR,Type,Title,Shoe\n"
        "2025-03-02,07:30,6.2,52:10,328,148,Trail Run,Out and back,Blue ones\n"
    )
    run = one(text)
    assert run.start_utc == datetime(2025, 3, 2, 7, 30, tzinfo=UTC)
    assert run.distance_m == pytest.approx(6.2 * 1609.344)
    assert run.timer_s == 52 * 60 + 10
    assert run.ascent_m == pytest.approx(328 * 0.3048)
    assert run.avg_heart_rate_bpm == 148.0
    assert (run.sport, run.title, run.gear) == (Sport.TRAIL, "Out and back", "Blue ones")
    assert run.streams is None
    assert {"time_zone_unknown", "no_streams"} <= codes(run)


def test_a_german_table() -> None:
    text = (
        "Datum;Uhrzeit;Strecke (km);Dauer (h:mm:ss);Anstieg;Abstieg;Puls;Sportart;Titel;Schuh\r\n"
        "02.03.2025;07:30;10,5;1:02:03;1.120;95,5;148;Laufen;Runde um den See;Blaue\r\n"
        "04.03.2025;18:00;8;45:00;;;;Berglauf;;\r\n"
    )
    first, second = sessions(b"\xef\xbb\xbf" + text.encode())
    assert (first.distance_m, first.timer_s, first.ascent_m, first.descent_m) == (10500.0, 3723.0, 1120.0, 95.5)
    assert (first.sport, first.title, first.gear, first.avg_heart_rate_bpm) == (
        Sport.RUN, "Runde um den See", "Blaue", 148.0,
    )  # fmt: skip
    assert (second.sport, second.distance_m, second.timer_s, second.ascent_m) == (Sport.TRAIL, 8000.0, 2700.0, None)
    assert second.local_date == date(2025, 3, 4)


def test_windows_code_page() -> None:
    text = "Datum;Kilometer;Dauer;Titel\n02.03.2025;10,5;52:00;Hügel\n".encode("cp1252")
    assert one(text).title == "Hügel"


def test_utf_16_with_tabs() -> None:
    assert one("Date\tkm\tDuration\n2025-03-02\t10\t52:00\n".encode("utf-16")).distance_m == 10_000.0


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    assert one("date,km,duration\n2025-03-02,10,52:00\n".replace(",", delimiter)).distance_m == 10_000.0


def test_runkeeper() -> None:
    text = (
        "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,Average Speed (km/h),Calories Burned,"
        "Climb (m),Average Heart Rate (bpm),Friend's Tagged,Notes,GPX File\n"
        'abc,2020-05-02 15:16:17,Running,,10.70,1:02:31,5:51,10.3,662.0,30,151,"","",2020-05-02-151617.gpx\n'
        "abd,2020-05-03 15:16:17,Walking,,0.70,12:31,17:17,3.36,62.0,3,,,,\n"
    )
    run, walk = sessions(text)
    assert (run.sport, run.distance_m, run.timer_s, run.ascent_m, run.external_id) == (
        Sport.RUN, 10_700.0, 3751.0, 30.0, "abc",
    )  # fmt: skip
    assert run.avg_heart_rate_bpm == 151.0
    assert (walk.sport, walk.timer_s) == (Sport.WALK, 751.0)
    rows = list(table_csv.read_rows(text.splitlines(keepends=True)))
    assert [(row.line, row.file) for row in rows] == [(2, "2020-05-02-151617.gpx"), (3, None)]


def test_runkeeper_in_miles_and_feet() -> None:
    text = "Date,Type,Distance (mi),Duration,Climb (ft)\n2020-05-02 15:16:17,Running,3.1,25:00,100\n"
    assert one(text).distance_m == pytest.approx(4988.97, abs=0.01)
    assert one(text).ascent_m == pytest.approx(30.48)


def test_intervals_icu() -> None:
    text = (
        "id,start_date_local,name,type,moving_time,distance,elapsed_time,total_elevation_gain,average_heartrate,"
        "max_heartrate,average_cadence\n"
        "i1,2024-05-06T07:08:09,Morning,VirtualRun,3000,10000.5,3100,55,150,170,84\n"
        "i2,2024-05-07T07:08:09,Short,Run,300,900,310,5,150,170,84\n"
    )
    run, short = sessions(text)
    assert (run.sport, run.distance_m, run.moving_s, run.elapsed_s) == (Sport.TREADMILL, 10_000.5, 3000.0, 3100.0)
    assert (run.ascent_m, run.max_heart_rate_bpm, run.avg_cadence_spm) == (55.0, 170.0, 168.0)
    assert (short.distance_m, short.moving_s) == (900.0, 300.0)
    assert "unit_assumed" not in codes(run)


def test_garmin_connect() -> None:
    text = (
        "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Avg Run Cadence,Total Ascent\n"
        'Running,2025-03-02 07:30:00,false,Town,"10.02","700","00:51:57","148","165","172","1,055"\n'
        'Treadmill Running,2025-03-03 07:30:00,false,Indoors,"5.00","300","00:25:00","--","--","--","--"\n'
    )
    run, indoors = sessions(text)
    assert (run.distance_m, run.timer_s, run.ascent_m) == (pytest.approx(10_020.0), 3117.0, 1055.0)
    assert indoors.sport is Sport.TREADMILL
    assert indoors.avg_heart_rate_bpm is None
    assert "unit_assumed" in codes(run)  # the account's unit is told nowhere


def test_a_lone_strava_table_takes_the_metric_block() -> None:
    text = (
        "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,"
        "Elapsed Time,Moving Time,Distance\n"
        '9,"May 9, 2023, 10:09:29 AM",Out,Run,3402,10.10,3402.0,3300.0,10100.5\n'
    )
    run = one(text)
    assert (run.distance_m, run.elapsed_s, run.moving_s) == (10100.5, 3402.0, 3300.0)
    assert run.start_utc == datetime(2023, 5, 9, 10, 9, 29, tzinfo=UTC)
    assert "time_zone_unknown" not in codes(run)


def test_quoted_line_breaks_and_line_numbers() -> None:
    text = 'date,km,duration,title\n2025-03-02,10,52:00,"long,\nvery ""long"""\nnonsense,1,2,3\n2025-03-04,5,30:00,ok\n'
    first, bad, last = read(text)
    assert isinstance(first, Session)
    assert first.title == 'long,\nvery "long"'
    assert isinstance(bad, Refusal)
    assert (bad.code, bad.place) == ("bad_table", "line 4, column “date”")
    assert bad.suggestion
    assert isinstance(last, Session)


def test_an_unclosed_quote_costs_its_row_only() -> None:
    rows = "".join(f"2025-03-{day:02d},10,52:00,ok\n" for day in range(3, 10))
    items = read(f'date,km,duration,title\n2025-03-02,10,52:00,"never closed\n{rows}')
    assert [type(item) for item in items] == [Refusal] + [Session] * 7
    assert isinstance(items[0], Refusal)
    assert items[0].place == "line 2"


def test_inch_marks_join_no_rows() -> None:
    items = sessions('date,km,title\n2025-03-02,10,20" wheel\n2025-03-03,11,plain\n2025-03-04,12,5" again\n')
    assert [item.distance_m for item in items] == [10_000.0, 11_000.0, 12_000.0]


def test_decimal_commas_without_quotes_are_named() -> None:
    first, second = read("date,km,duration\n2025-03-02,10,5,52:00\n2025-03-03,10,52:00\n")
    assert isinstance(first, Refusal)
    assert "4 cells, the header 3" in first.message
    assert first.place == "line 2"
    assert isinstance(second, Session)


def test_titles_and_blank_lines_before_the_header() -> None:
    assert one("sep=;\nMy runs 2025;;\n;;\ndate;km;duration\n2025-03-02;10;52:00\n\n;;\n").distance_m == 10_000.0


@pytest.mark.parametrize(
    ("header", "seen"),
    [("foo,bar,baz", "“foo”, “bar”, “baz”"), ("date,weather", "“date”, “weather”"), ("km,duration", "“km”")],
)
def test_columns_that_cannot_be_understood(header: str, seen: str) -> None:
    refused = refusal(f"{header}\n1,2,3\n")
    assert refused.code == "bad_table"
    assert seen in refused.message
    assert "a date, and a distance or a duration" in refused.message


def test_an_unknown_unit_is_an_error() -> None:
    refused = refusal("date,distance (furlongs)\n2025-03-02,10\n")
    assert refused.code == "bad_table"
    assert "furlongs" in refused.message


@pytest.mark.parametrize("empty", ["", "\n\n", "\0"])
def test_empty(empty: str) -> None:
    assert refusal(empty).code == "empty"


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        ("2025-13-02,10,52:00", "bad_table", "line 2, column “date”"),
        ("2025-02-30,10,52:00", "bad_table", "line 2, column “date”"),
        (",10,52:00", "bad_table", "line 2, column “date”"),
        ("2025-03-02,ten,52:00", "bad_table", "line 2, column “km”"),
        ("2025-03-02,-3,52:00", "bad_table", "line 2, column “km”"),
        ("2025-03-02,10,52:99", "bad_table", "line 2, column “duration”"),
        ("2025-03-02,,", "no_distance_no_time", "line 2"),
        ("2025-03-02,0,0:00", "no_distance_no_time", "line 2"),
        ("1925-03-02,10,52:00", "implausible_date", "line 2"),
    ],
)
def test_bad_rows(row: str, code: str, place: str) -> None:
    bad, good = read(f"date,km,duration\n{row}\n2025-03-04,10,52:00\n")
    assert isinstance(bad, Refusal)
    assert (bad.code, bad.place) == (code, place)
    assert bad.suggestion
    assert isinstance(good, Session)


def test_what_the_writer_writes_is_read_back() -> None:
    whole = Session(
        sport=Sport.TREADMILL, start_utc=datetime(2025, 3, 2, 6, 30, tzinfo=UTC), utc_offset_s=3600,
        distance_m=10_042.0,
        timer_s=3000.0, moving_s=2990.0, elapsed_s=3100.0, ascent_m=55.5, descent_m=0.0, avg_heart_rate_bpm=148.0,
        max_heart_rate_bpm=170.0, avg_cadence_spm=168.0, title='=cmd|"x", and\nmore', gear="Blue, old", external_id="7",
        tags=frozenset({"race"}),
    )  # fmt: skip
    bare = Session(sport=Sport.WALK, start_utc=datetime(2025, 3, 3, 6, 30, tzinfo=UTC), distance_m=3000.0)
    data = table_csv.write_sessions([whole, bare])
    assert data == table_csv.write_sessions([whole, bare])
    assert b",'=cmd" in data or b"\"'=cmd" in data
    back, second = (replace(item, notes=()) for item in sessions(data))
    assert back == whole
    assert (second.sport, second.distance_m, second.timer_s, second.utc_offset_s) == (Sport.WALK, 3000.0, None, None)


def test_rows_come_one_by_one() -> None:
    taken = 0

    def lines() -> object:
        nonlocal taken
        yield "date,km\n"
        for number_ in range(100_000):
            taken += 1
            yield f"{(date(2000, 1, 1) + timedelta(days=number_ // 10)).isoformat()},{5 + number_ % 7}\n"

    rows = table_csv.read_rows(lines())  # type: ignore[arg-type]
    first = next(rows)
    assert isinstance(first.item, Session)
    assert taken < 500


@pytest.mark.parametrize(
    ("head", "name", "ours"),
    [
        (b"date,km\n2025-03-02,5\n", "x", True), (b"date;km\n", "x.txt", True), (b"foo,bar\n", "x.csv", True),
        (b"foo,bar\n", "x", False), (b"<gpx>", "x.csv", False), (b'{"a":1}', "x.csv", False),
        (b"\0\1\2", "x.csv", False),
        (b"time,heartrate,latlng\n0,100,1:2\n", "streams", False), (b"", "x", False),
    ],
)  # fmt: skip
def test_sniff(head: bytes, name: str, ours: bool) -> None:
    assert table_csv.sniff(head, name) is ours


def check_promise(data: bytes) -> None:
    for item in table_csv.read(data, "soup.csv"):
        if isinstance(item, Refusal):
            assert item.code in REFUSALS
        else:
            assert isinstance(item, Session)
    table_csv.sniff(data, "soup")


@given(st.binary(max_size=200), st.sampled_from([b"", b"date,km,duration,pace\n", b"Datum;Strecke;Zeit;Puls\r\n"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_sessions_or_named_refusals(soup: bytes, before: bytes) -> None:
    check_promise(before + soup)


_CELL = st.one_of(
    st.text(alphabet='0123456789.,:/- "\nTZhms', max_size=14),
    st.sampled_from(["2025-03-02", "03/04/2025", "1:02:03", "52:00", "10", "8,5", "1.234", "9" * 30, "5 km", "--"]),
)


@given(st.lists(st.lists(_CELL, max_size=5).map(",".join), max_size=6).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_any_cells_give_sessions_or_named_refusals(rows: str) -> None:
    check_promise(("date,distance,time,ascent,hr\n" + rows).encode())
