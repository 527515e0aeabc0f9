"""Zips and folders of anything, Runkeeper's export, several exports side by side, single files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.readers.archives import (
    ENGLISH,
    START,
    entries,
    items_of,
    make_folder,
    make_zip,
    run_gpx,
    strava_row,
    table,
    tiny_fit,
    zip_bytes,
)

from niggle.core.session import Note, ReadItem, Refusal, Session, Sport
from niggle.readers import registry
from niggle.readers.contract import Hints
from niggle.readers.hints import lay, session_from
from niggle.readers.registry import formats, open_archive, read_any, read_entry, read_file


def outcome(items: list[ReadItem]) -> list[str]:
    return [item.code if isinstance(item, Refusal) else "session" for item in items]


def test_members_are_told_by_content_not_by_name(tmp_path: Path) -> None:
    members = {
        "a.gpx": run_gpx(),
        "b.fit.gz": gzip.compress(tiny_fit()),
        "c": run_gpx(),
        "d.fit": run_gpx(),  # named wrongly
        "e.jpg": b"\xff\xd8\xff\xe0",
        "f.fit": b"<!DOCTYPE html><html><body>log in</body></html>",
        "g.fit": b"",
    }
    found = list(read_any(make_zip(tmp_path / "a.zip", members)))
    assert outcome(found) == ["session"] * 4 + ["unknown_format", "not_this_format", "empty"]
    assert [i.name for i in found if isinstance(i, Refusal)] == ["e.jpg", "f.fit", "g.fit"]
    assert outcome(list(read_any(make_folder(tmp_path / "a", members)))) == outcome(found)


def test_a_single_file_is_an_archive_of_one(tmp_path: Path) -> None:
    path = tmp_path / "run.gpx.gz"
    path.write_bytes(gzip.compress(run_gpx()))
    archive = open_archive(path)
    assert not isinstance(archive, Refusal)
    with archive:
        assert (archive.kind, archive.count()) == ("file", 1)
        [entry] = entries(list(archive.items()))
    assert entry.name == "run.gpx.gz"
    assert outcome(list(read_any(path))) == ["session"]


def test_exports_inside_a_folder_are_recognised_beside_loose_files(tmp_path: Path) -> None:
    garmin = [{"summarizedActivitiesExport": [{"beginTimestamp": 1.7e12, "distance": 1e6, "duration": 3.6e6}]}]
    make_folder(
        tmp_path,
        {
            "strava/activities.csv": table([ENGLISH, strava_row(1, "May 6, 2024, 6:30:00 AM", name="From Strava")]),
            "strava/messaging.json": b"{}",
            "garmin/DI_CONNECT/DI-Connect-Fitness/a_summarizedActivities.json": json.dumps(garmin).encode(),
            "loose/run.gpx": run_gpx(),
            "zipped.zip": zip_bytes({"activities.csv": table([ENGLISH, strava_row(2, "May 7, 2024, 6:30:00 AM")])}),
        },
    )
    found = list(read_any(tmp_path))
    assert outcome(found) == ["session"] * 4
    assert [s.external_id for s in found if isinstance(s, Session)].count("1") == 1


def test_the_kind_is_that_of_the_export_an_item_comes_from(tmp_path: Path) -> None:
    rows = table([ENGLISH, strava_row(1, "May 6, 2024, 6:30:00 AM")])
    members = {"a.gpx": run_gpx(), "b.zip": zip_bytes({"activities.csv": rows}), "c.gpx": run_gpx()}
    make_folder(tmp_path, {**members, "d/activities.csv": rows})
    archive = open_archive(tmp_path)
    assert not isinstance(archive, Refusal)
    with archive:
        assert [archive.kind for _ in archive.items()] == ["strava", "plain", "strava", "plain"]


def test_entries_of_inner_archives_can_be_read_until_the_outer_one_is_closed(tmp_path: Path) -> None:
    uploads = "DI_CONNECT/DI-Connect-Uploaded-Files/Part1.zip"
    make_zip(tmp_path / "a" / "garmin.zip", {uploads: zip_bytes({"x_1.fit": tiny_fit()})})
    make_zip(tmp_path / "a" / "outer.zip", {"inner.zip": zip_bytes({"run.gpx": run_gpx()})})
    archive = open_archive(tmp_path / "a")
    assert not isinstance(archive, Refusal)
    with archive:
        found = entries(list(archive.items()))
        assert [e.name for e in found] == [f"garmin.zip/{uploads}/x_1.fit", "outer.zip/inner.zip/run.gpx"]
        assert [outcome(read_entry(e)) for e in found] == [["session"], ["session"]]
    assert [outcome(read_entry(e)) for e in found] == [["unreadable"], ["unreadable"]]


def test_a_strava_zip_inside_a_zip_is_read_as_strava(tmp_path: Path) -> None:
    inner = zip_bytes(
        {
            "activities.csv": table([ENGLISH, strava_row(1, "May 6, 2024, 6:30:00 AM", filename="activities/1.gpx")]),
            "activities/1.gpx": run_gpx(),
        }
    )
    [session] = list(read_any(make_zip(tmp_path / "a.zip", {"export_1.zip": inner})))
    assert isinstance(session, Session)
    assert session.external_id == "1"


def test_runkeeper_joins_its_table_and_its_tracks(tmp_path: Path) -> None:
    header = "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,GPX File"
    rows = [
        "a1,2024-05-06 08:30:00,Running,Round the pond,0.36,2:00,5:33,2024-05-06-083000.gpx",
        "a2,2024-05-07 08:30:00,Running,,5.00,30:00,6:00,",
    ]
    members = {
        "cardioActivities.csv": "\n".join([header, *rows]).encode(),
        "2024-05-06-083000.gpx": run_gpx(),
        "2024-05-09-083000.gpx": run_gpx(60),
        "measurements.csv": b"a,b\n1,2\n",
    }
    found = list(read_any(make_zip(tmp_path / "a.zip", members)))
    sessions = [s for s in found if isinstance(s, Session)]
    assert [s.records for s in sessions] == [120, 0, 60]
    assert (sessions[0].external_id, sessions[0].title) == ("a1", "Round the pond")
    assert sessions[1].distance_m == pytest.approx(5000.0)


def test_count_is_unknown_with_zips_inside(tmp_path: Path) -> None:
    for members, count in (({"a.gpx": b"", "b.gpx": b""}, 2), ({"a.gpx": b"", "b.zip": b""}, None)):
        archive = open_archive(make_zip(tmp_path / "a.zip", members))
        assert not isinstance(archive, Refusal)
        with archive:
            assert archive.count() == count


def test_an_empty_zip_and_folder_hold_nothing(tmp_path: Path) -> None:
    assert items_of(make_zip(tmp_path / "a.zip", {})) == []
    (tmp_path / "empty").mkdir()
    assert items_of(tmp_path / "empty") == []


def test_a_reader_that_stumbles_refuses_one_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(data: bytes, name: str) -> list[ReadItem]:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(registry, "manifest_for", lambda head, name: SimpleNamespace(name="gpx", read=stumble))
    [item] = read_file(b"x", "a.gpx")
    assert isinstance(item, Refusal)
    assert (item.code, item.name) == ("damaged", "a.gpx")
    assert "ZeroDivisionError" in item.message


def test_other_wrappings_are_named() -> None:
    [item] = read_file(b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "a.7z")
    assert isinstance(item, Refusal)
    assert item.code == "unknown_format"
    assert "7z" in item.message


def test_every_format_is_listed_with_its_suffixes_as_its_reader_has_them() -> None:
    listed = {info.name: info.suffixes for info in formats()}
    for name in ("fit", "gpx", "tcx", "table_csv"):
        assert set(registry._manifest(name).suffixes) <= set(listed[name])
    assert {"strava_export", "garmin_export", "apple_health", "plain_zip"} <= set(listed)


def hints(**more: object) -> Hints:
    return Hints(title="Title", sport=Sport.TRAIL, start_utc=START, distance_m=5000.0, **more)  # type: ignore[arg-type]


def test_hints_fill_what_is_silent_and_leave_what_speaks() -> None:
    [session] = lay(hints(ascent_m=9.0), [Session(Sport.RUN, START, distance_m=0.0, title="Old")])
    assert isinstance(session, Session)
    assert (session.sport, session.distance_m, session.ascent_m, session.title) == (Sport.TRAIL, 0.0, 9.0, "Title")


def test_legs_keep_their_own_numbers() -> None:
    legs: list[ReadItem] = [Session(Sport.SWIM, START), Session(Sport.RUN, START, leg=1)]
    laid = lay(hints(), legs)
    assert [s.sport for s in laid if isinstance(s, Session)] == [Sport.SWIM, Sport.RUN]
    assert {s.distance_m for s in laid if isinstance(s, Session)} == {None}


def test_a_file_without_a_date_is_dated_by_the_table() -> None:
    [session] = lay(hints(), [Refusal("no_date", "power-on time")])
    assert isinstance(session, Session)
    assert session.start_utc == START
    assert [note.code for note in session.notes] == ["from_table"]
    assert lay(hints(), [Refusal("damaged", "x")]) == [Refusal("damaged", "x")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Hints(distance_m=1.0), "no_date"),
        (Hints(start_utc=START), "no_distance_no_time"),
        (Hints(start_utc=START, distance_m=0.0), "no_distance_no_time"),
        (Hints(start_utc=START.replace(year=1989), distance_m=1.0), "implausible_date"),
        (Hints(start_utc=START, moving_s=7 * 86400.0 + 1), "too_long"),
        (Hints(start_utc=START, moving_s=7 * 86400.0), None),
        (Hints(start_utc=START, distance_m=0.0, moving_s=60.0), None),
        (Hints(start_utc=START.replace(year=1990), distance_m=1.0), None),
    ],
)
def test_a_row_alone_is_a_session_or_says_why_not(row: Hints, code: str | None) -> None:
    item = session_from(row, "table.csv", "line 3", (Note("x", "y"),))
    if code is None:
        assert isinstance(item, Session)
        assert item.notes == (Note("x", "y"),)
    else:
        assert isinstance(item, Refusal)
        assert (item.code, item.place, item.name) == (code, "line 3", "table.csv")
