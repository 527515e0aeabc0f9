"""Strava's export: columns told by position and content, any language, zip and folder alike."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.readers.archives import (
    ENGLISH,
    GERMAN,
    START,
    entries,
    items_of,
    make_folder,
    make_zip,
    run_gpx,
    strava_row,
    table,
)

from niggle.core.session import Refusal, Session, Sport
from niggle.readers.contract import Entry
from niggle.readers.registry import open_archive, read_any, read_entry
from niggle.readers.strava_export.dates import day_comes_first, parse_utc
from niggle.readers.strava_export.table import columns_of, is_strava_table, number, rows_of
from niggle.readers.strava_export.words import sport_of

WHEN = "May 6, 2024, 6:30:00 AM"


def export(*rows: list[str], header: list[str] = ENGLISH, **files: bytes) -> dict[str, bytes]:
    return {
        "activities.csv": table([header, *rows]),
        **{f"activities/{k.replace('__', '.')}": v for k, v in files.items()},
    }


def test_a_row_with_a_file_gives_the_file_with_the_rows_words(tmp_path: Path) -> None:
    row = strava_row(11, WHEN, name="Long, slow", gear="Blue shoe", filename="activities/77.gpx", commute="true")
    made = make_zip(tmp_path / "a.zip", export(row, **{"77__gpx": run_gpx()}))
    [entry] = items_of(made)
    assert isinstance(entry, Entry)
    assert entry.name == "activities/77.gpx"
    assert entry.hints is not None
    assert entry.hints.start_utc == START
    assert (entry.hints.distance_m, entry.hints.moving_s, entry.hints.elapsed_s) == (5012.5, 1800.0, 1900.0)
    assert (entry.hints.ascent_m, entry.hints.descent_m) == (55.0, 50.0)
    [session] = read_entry(entry)
    assert isinstance(session, Session)
    assert (session.title, session.gear, session.external_id) == ("Long, slow", "Blue shoe", "11")
    assert session.tags == {"commute"}
    assert session.records == 120
    assert session.distance_m is not None
    assert session.distance_m < 500  # the file's own, not the row's 5 km


def test_zip_and_unpacked_folder_read_the_same(tmp_path: Path) -> None:
    members = export(
        strava_row(1, WHEN, filename="activities/1.gpx"),
        strava_row(2, WHEN),
        **{"1__gpx": run_gpx(), "9__gpx": run_gpx(60)},
    )
    from_zip = list(read_any(make_zip(tmp_path / "a.zip", members)))
    from_folder = list(read_any(make_folder(tmp_path / "a", members)))
    wrapped = list(read_any(make_zip(tmp_path / "b.zip", {f"export_5/{k}": v for k, v in members.items()})))
    assert [describe(i) for i in from_zip] == [describe(i) for i in from_folder] == [describe(i) for i in wrapped]
    assert len(from_zip) == 3


def describe(item: object) -> tuple[object, ...]:
    assert isinstance(item, Session)
    return (item.start_utc, item.distance_m, item.title, item.external_id, item.records)


def test_a_row_without_a_file_is_a_session_without_streams(tmp_path: Path) -> None:
    made = make_zip(tmp_path / "a.zip", export(strava_row(5, WHEN, kind="Trail Run", name="By hand", metres=9000.0)))
    [session] = list(read_any(made))
    assert isinstance(session, Session)
    assert session.streams is None
    assert (session.sport, session.external_id, session.distance_m) == (Sport.TRAIL, "5", 9000.0)
    assert (session.moving_s, session.elapsed_s, session.title) == (1800.0, 1900.0, "By hand")


def test_a_missing_file_is_refused_and_an_unlisted_one_read(tmp_path: Path) -> None:
    row = strava_row(1, WHEN, filename="activities/1.gpx")
    first, second = list(read_any(make_zip(tmp_path / "a.zip", export(row, **{"2__gpx": run_gpx()}))))
    assert isinstance(first, Refusal)
    assert (first.code, first.place, first.name) == ("unreadable", "line 2", "activities/1.gpx")
    assert isinstance(second, Session)
    assert second.external_id is None


@pytest.mark.parametrize(("listed", "there"), [("1.gpx.gz", "1.gpx"), ("1.gpx", "1.gpx.gz")])
def test_unpacked_files_are_found_with_and_without_gz(tmp_path: Path, listed: str, there: str) -> None:
    import gzip

    data = gzip.compress(run_gpx()) if there.endswith(".gz") else run_gpx()
    row = strava_row(1, WHEN, filename=f"activities/{listed}")
    [entry] = items_of(
        make_folder(tmp_path / "a", {"activities.csv": table([ENGLISH, row]), f"activities/{there}": data})
    )
    assert isinstance(entry, Entry)
    assert entry.hints is not None
    assert isinstance(read_entry(entry)[0], Session)


def test_a_german_table_with_decimal_commas_and_line_breaks(tmp_path: Path) -> None:
    rows = [
        strava_row(
            8,
            "09.12.2022, 15:24:49",
            kind="Lauf",
            description='bewölkt, 3 °C\n---\n„kalt"',
            shown="5,01",
            filename="activities/8.gpx",
        ),
        strava_row(9, "10.12.2022, 06:00:00", kind="Wanderung", shown="9,44", metres=9440.2, elapsed=3189),
    ]
    made = make_zip(tmp_path / "a.zip", export(*rows, header=GERMAN, **{"8__gpx": run_gpx()}))
    entry, session = items_of(made)
    assert isinstance(entry, Entry)
    assert entry.hints is not None
    assert entry.hints.start_utc == datetime(2022, 12, 9, 15, 24, 49, tzinfo=UTC)
    assert entry.hints.distance_m == 5012.5
    assert isinstance(session, Session)
    assert (session.sport, session.distance_m) == (Sport.HIKE, 9440.2)


def test_untranslated_column_names_do_not_matter(tmp_path: Path) -> None:
    header = [f"translation missing: en-GB.lib.export.{n}" for n in range(94)]
    rows = [strava_row(1, "24 Dec 2020, 08:13:59")]
    [session] = list(read_any(make_zip(tmp_path / "a.zip", export(*rows, header=header))))
    assert isinstance(session, Session)
    assert session.start_utc == datetime(2020, 12, 24, 8, 13, 59, tzinfo=UTC)


def test_the_ten_columns_of_2019_hold_metres(tmp_path: Path) -> None:
    header = ["id", "date", "name", "type", "description", "elapsed_time", "distance", "commute", "gear", "filename"]
    rows = [
        ["1", "2018-09-12 15:02:23", "Run", "Run", "", "1800", "5012.3", "false", "Shoe", "activities/1.gpx"],
        ["2", "2018-09-13 15:02:23", "Run", "Run", "", "1800", "6000.0", "false", "", ""],
    ]
    entry, session = items_of(make_zip(tmp_path / "a.zip", export(*rows, header=header, **{"1__gpx": run_gpx()})))
    assert isinstance(entry, Entry)
    assert entry.hints is not None
    assert (entry.hints.distance_m, entry.hints.gear) == (5012.3, "Shoe")
    assert isinstance(session, Session)
    assert (session.distance_m, session.elapsed_s) == (6000.0, 1800.0)


def test_the_layout_of_2020_has_the_file_name_elsewhere() -> None:
    new = strava_row(1, WHEN, filename="activities/1.gpx", gear="Shoe")
    row = [cell for i, cell in enumerate(new) if i not in (7, 10)]  # no Max Heart Rate, no Private Note yet
    header = [f"Spalte {i}" for i in range(len(row))]
    _, rows, _ = rows_of(table([header, row]), "activities.csv")
    found = columns_of(header, rows)
    assert not isinstance(found, str)
    assert (found.filename, found.gear, found.elapsed, found.distance, found.ascent) == (10, 9, 13, 15, 18)


def test_a_second_block_that_moved_is_found_by_content() -> None:
    row = strava_row(1, WHEN, filename="activities/1.gpx")
    row[13:13] = ["new", "columns"]
    header = [f"c{i}" for i in range(len(row))]
    _, rows, _ = rows_of(table([header, row]), "activities.csv")
    found = columns_of(header, rows)
    assert not isinstance(found, str)
    assert (found.elapsed, found.distance) == (17, 19)


@pytest.mark.parametrize(
    ("shown", "metres", "factor"), [("5.01", 5012.5, 1000.0), ("3.11", 5005.1, 1609.344), ("5012.5", 5012.5, 1.0)]
)
def test_the_unit_of_the_first_distance_is_told_by_the_second(shown: str, metres: float, factor: float) -> None:
    _, rows, _ = rows_of(table([ENGLISH, strava_row(1, WHEN, shown=shown, metres=metres)]), "activities.csv")
    found = columns_of(ENGLISH, rows)
    assert not isinstance(found, str)
    assert found.distance_factor == factor


def test_miles_fill_a_row_without_metres(tmp_path: Path) -> None:
    full, empty = strava_row(1, WHEN, shown="3.11", metres=5005.1), strava_row(2, WHEN, shown="10.0")
    empty[17] = ""
    sessions = list(read_any(make_zip(tmp_path / "a.zip", export(full, empty))))
    assert [round(s.distance_m or 0) for s in sessions if isinstance(s, Session)] == [5005, 16093]


def test_personal_files_and_media_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    members = export(strava_row(1, WHEN, filename="activities/1.gpx"), **{"1__gpx": run_gpx()})
    members |= {"messaging.json": b"{}", "media/a.jpg": b"\xff\xd8", "profile.csv": b"a,b", "routes/r.gpx": run_gpx()}
    made = make_zip(tmp_path / "a.zip", members)
    opened: list[str] = []
    original = zipfile.ZipFile.open

    def spy(self: zipfile.ZipFile, name: str | zipfile.ZipInfo, *rest: object, **more: object) -> object:
        opened.append(name if isinstance(name, str) else name.filename)
        return original(self, name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(zipfile.ZipFile, "open", spy)
    assert len(list(read_any(made))) == 1
    assert set(opened) == {"activities.csv", "activities/1.gpx"}


def test_an_unknown_type_leaves_the_file_its_sport_and_notes_a_manual_row(tmp_path: Path) -> None:
    rows = [strava_row(1, WHEN, kind="Zzyzx", filename="activities/1.gpx"), strava_row(2, WHEN, kind="Zzyzx")]
    entry, session = items_of(make_zip(tmp_path / "a.zip", export(*rows, **{"1__gpx": run_gpx()})))
    assert isinstance(entry, Entry)
    [read] = read_entry(entry)
    assert isinstance(read, Session)
    assert read.sport is Sport.RUN
    assert isinstance(session, Session)
    assert session.sport is Sport.OTHER
    assert [note.code for note in session.notes] == ["sport_unknown"]


def test_a_type_the_runner_corrected_wins_with_a_note(tmp_path: Path) -> None:
    row = strava_row(1, WHEN, kind="Ride", filename="activities/1.gpx")
    [read] = list(read_any(make_zip(tmp_path / "a.zip", export(row, **{"1__gpx": run_gpx()}))))
    assert isinstance(read, Session)
    assert read.sport is Sport.RIDE
    assert "sport_from_table" in {note.code for note in read.notes}


def test_a_bad_row_is_refused_with_its_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = [strava_row(1, "someday"), strava_row(2, WHEN), strava_row(3, "May 6, 1970, 6:30:00 AM")]
    first, second, third = list(read_any(make_zip(tmp_path / "a.zip", export(*rows))))
    assert isinstance(first, Refusal)
    assert (first.code, first.place) == ("bad_table", "line 2")
    assert isinstance(second, Session)
    assert isinstance(third, Refusal)
    assert (third.code, third.place) == ("implausible_date", "line 4")


def test_a_table_that_cannot_be_understood_still_leaves_the_files(tmp_path: Path) -> None:
    members = {"activities.csv": b"Activity ID,What\n1,2\n", "activities/1.gpx": run_gpx()}
    first, second = list(read_any(make_zip(tmp_path / "a.zip", members)))
    assert isinstance(first, Refusal)
    assert first.code == "bad_table"
    assert isinstance(second, Session)


def test_the_count_is_known_before_reading(tmp_path: Path) -> None:
    rows = [strava_row(n, WHEN, filename=f"activities/{n}.gpx" if n < 3 else "") for n in range(5)]
    archive = open_archive(make_zip(tmp_path / "a.zip", export(*rows, **{f"{n}__gpx": run_gpx(30) for n in range(3)})))
    assert not isinstance(archive, Refusal)
    with archive:
        assert archive.kind == "strava"
        assert archive.count() == len(list(archive.items())) == 5
        assert len(entries(list(archive.items()))) == 3


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("May 9, 2023, 10:09:29 AM", (2023, 5, 9, 10, 9, 29)),
        ("May 9, 2023, 12:00:00 AM", (2023, 5, 9, 0, 0, 0)),
        ("May 9, 2023, 12:00:00 PM", (2023, 5, 9, 12, 0, 0)),
        ("24 Dec 2020, 08:13:59", (2020, 12, 24, 8, 13, 59)),
        ("09.12.2022, 15:24:49", (2022, 12, 9, 15, 24, 49)),
        ("9. dec. 2022 15.24.49", (2022, 12, 9, 15, 24, 49)),
        ("9 déc. 2022, 15:24:49", (2022, 12, 9, 15, 24, 49)),
        ("9 de dez. de 2022, 12:01:02", (2022, 12, 9, 12, 1, 2)),
        ("9 дек. 2022 г., 15:24:49", (2022, 12, 9, 15, 24, 49)),
        ("2022年12月9日 15:24:49", (2022, 12, 9, 15, 24, 49)),
        ("2022. 12. 9. 오후 3:24:49", (2022, 12, 9, 15, 24, 49)),
        ("2018-09-12 15:02:23", (2018, 9, 12, 15, 2, 23)),
    ],
)
def test_dates_of_many_languages_are_utc(text: str, when: tuple[int, ...]) -> None:
    assert parse_utc(text) == datetime(*when, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize("text", ["", "someday", "31.02.2022, 10:00:00", "May 2023", "99:99"])
def test_no_date_is_made_up(text: str) -> None:
    assert parse_utc(text) is None


def test_slashed_dates_are_read_as_the_whole_table_says() -> None:
    assert day_comes_first(["3/4/2021, 10:00", "13/4/2021, 10:00"])
    assert not day_comes_first(["3/4/2021, 10:00", "4/13/2021, 10:00"])
    assert parse_utc("3/4/2021, 10:00", day_first=False) == datetime(2021, 3, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "sport"),
    [
        ("Lauf", Sport.RUN),
        ("Traillauf", Sport.TRAIL),
        ("Course à pied", Sport.RUN),
        ("Weight Training", Sport.STRENGTH),
        ("跑步", Sport.RUN),
        ("Gåtur", Sport.WALK),
        ("E-Bike-Fahrt", Sport.RIDE),
        ("Zzyzx", None),
    ],
)
def test_types_of_many_languages(word: str, sport: Sport | None) -> None:
    assert sport_of(word) is sport


@pytest.mark.parametrize(
    ("text", "value"),
    [("9,44", 9.44), ("9.44", 9.44), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("0", 0.0), ("", None), ("nan", None)],
)
def test_numbers_with_points_and_commas(text: str, value: float | None) -> None:
    assert number(text) == value


def test_other_tables_named_activities_are_not_strava() -> None:
    assert not is_strava_table(b"id,start_date_local,name,type,moving_time,distance\n1,2024-05-06T06:30:00,a,Run,1,2\n")
    assert not is_strava_table(b"")
    assert is_strava_table(table([ENGLISH]))
    assert is_strava_table(table([GERMAN, strava_row(1, WHEN)]))
