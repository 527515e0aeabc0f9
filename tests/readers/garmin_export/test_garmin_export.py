"""Garmin's account export: nested zips, summaries in centimetres and milliseconds, joined by the second."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.archives import START, entries, items_of, make_folder, make_zip, run_gpx, tiny_fit, zip_bytes

from niggle.core.session import Refusal, Session, Sport
from niggle.readers.contract import Entry
from niggle.readers.garmin_export.heads import look
from niggle.readers.garmin_export.summaries import gear_names, objects, summary_of
from niggle.readers.registry import open_archive, read_any, read_entry

UPLOADS = "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip"
FITNESS = "DI_CONNECT/DI-Connect-Fitness/"


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def summary(number: int, start: datetime = START, **more: Any) -> dict[str, Any]:
    return {
        "activityId": number,
        "name": f"Run {number}",
        "activityType": "trail_running",
        "beginTimestamp": float(milliseconds(start)),
        "startTimeGmt": milliseconds(start),
        "startTimeLocal": milliseconds(start) + 7_200_000,
        "distance": 1_000_050.0,
        "duration": 3_600_000.0,
        "elapsedDuration": 3_700_000.0,
        "movingDuration": 3_500_000.0,
        "elevationGain": 12_000.0,
        "elevationLoss": 11_500.0,
        "eventTypeId": 9,
        **more,
    }


def export(*summaries: dict[str, Any], uploads: dict[str, bytes] | None = None) -> dict[str, bytes]:
    listed = [{"summarizedActivitiesExport": list(summaries)}]
    members = {
        FITNESS + "someone_0_summarizedActivities.json": json.dumps(listed).encode(),
        "customer_data/customer.json": b"{}",
        "DI_CONNECT/DI-Connect-Wellness/1_sleepData.json": b"[]",
    }
    if uploads is not None:
        members[UPLOADS] = zip_bytes(uploads)
    return members


def test_an_upload_is_joined_to_its_summary_by_the_second(tmp_path: Path) -> None:
    later = START + timedelta(days=1)
    members = export(
        summary(1), summary(2, later, eventTypeId=1), uploads={"x_100.fit": tiny_fit(), "x_101.fit": tiny_fit(later)}
    )
    archive = open_archive(make_zip(tmp_path / "a.zip", members))
    assert not isinstance(archive, Refusal)
    with archive:
        found = list(archive.items())
        assert archive.kind == "garmin"
        assert [e.hints.external_id for e in entries(found) if e.hints] == ["1", "2"]
        assert [e.name for e in entries(found)] == [f"{UPLOADS}/x_100.fit", f"{UPLOADS}/x_101.fit"]
        assert len(found) == 2
        first, second = (read_entry(e)[0] for e in entries(found))
    assert isinstance(first, Session)
    assert isinstance(second, Session)
    assert (first.title, first.external_id, first.utc_offset_s, first.records) == ("Run 1", "1", 7200, 60)
    assert (first.tags, second.tags) == (frozenset(), {"race"})


def test_what_is_no_activity_is_told_from_its_head(tmp_path: Path) -> None:
    uploads = {f"x_{kind}.fit": tiny_fit(kind=kind) for kind in (32, 44, 4, 35)}
    found = items_of(make_zip(tmp_path / "a.zip", export(uploads=uploads)))
    assert [i.code if isinstance(i, Refusal) else "entry" for i in found] == [
        "not_an_activity", "not_an_activity", "entry", "not_an_activity",
    ]  # fmt: skip


def test_a_summary_without_a_file_is_a_session_in_our_units(tmp_path: Path) -> None:
    [session] = items_of(make_zip(tmp_path / "a.zip", export(summary(7))))
    assert isinstance(session, Session)
    assert (session.sport, session.start_utc, session.external_id) == (Sport.TRAIL, START, "7")
    assert session.distance_m == pytest.approx(10_000.5)
    assert (session.moving_s, session.elapsed_s) == (3500.0, 3700.0)
    assert (session.ascent_m, session.descent_m) == (pytest.approx(120.0), pytest.approx(115.0))
    assert session.utc_offset_s == 7200
    assert session.streams is None


def test_folder_and_zip_give_the_same(tmp_path: Path) -> None:
    members = export(summary(1), summary(2, START + timedelta(hours=5)), uploads={"x_100.fit": tiny_fit()})
    zipped = [describe(i) for i in read_any(make_zip(tmp_path / "a.zip", members))]
    plain = [describe(i) for i in read_any(make_folder(tmp_path / "a", members))]
    wrapped = [describe(i) for i in read_any(make_zip(tmp_path / "b.zip", {f"me/{k}": v for k, v in members.items()}))]
    assert zipped == plain == wrapped
    assert len(zipped) == 2


def describe(item: object) -> tuple[object, ...]:
    assert isinstance(item, Session)
    return (item.start_utc, item.title, item.distance_m, item.records)


def test_uploads_already_unpacked_are_read(tmp_path: Path) -> None:
    members = export(summary(1)) | {"DI_CONNECT/DI-Connect-Uploaded-Files/x_1.fit": tiny_fit()}
    [session] = list(read_any(make_folder(tmp_path / "a", members)))
    assert isinstance(session, Session)
    assert session.title == "Run 1"


def test_gpx_uploads_are_joined_by_their_first_time(tmp_path: Path) -> None:
    [item] = items_of(make_zip(tmp_path / "a.zip", export(summary(1), uploads={"x_5.gpx": run_gpx()})))
    assert isinstance(item, Entry)
    assert item.hints is not None
    assert item.hints.title == "Run 1"


@pytest.mark.parametrize(("late_s", "joined"), [(0, True), (5, True), (6, False)])
def test_the_window_of_the_join_has_two_sides(tmp_path: Path, late_s: int, joined: bool) -> None:
    uploads = {"x_5.fit": tiny_fit(START + timedelta(seconds=late_s))}
    found = items_of(make_zip(tmp_path / "a.zip", export(summary(1), uploads=uploads)))
    assert (len(found) == 1) is joined


def test_legs_of_a_multisport_with_a_file_are_not_counted_again(tmp_path: Path) -> None:
    legs = [
        summary(10, activityType="multi_sport"),
        summary(11, parentId=10, activityType="lap_swimming"),
        summary(12, START + timedelta(hours=1), parentId=10, activityType="running"),
    ]
    found = items_of(make_zip(tmp_path / "a.zip", export(*legs, uploads={"x_5.fit": tiny_fit()})))
    assert len(found) == 1
    assert isinstance(found[0], Entry)
    alone = items_of(make_zip(tmp_path / "b.zip", export(*legs)))
    assert [s.sport for s in alone if isinstance(s, Session)] == [Sport.SWIM, Sport.RUN]


def test_gear_is_joined_by_activity(tmp_path: Path) -> None:
    gear = [
        {
            "gearDTOS": [{"gearPk": 5, "displayName": "Red shoe"}],
            "gearActivityDTOs": {"5": [{"gearPk": 5, "activityId": 1}]},
        }
    ]
    members = export(summary(1), summary(2, START + timedelta(days=1))) | {
        FITNESS + "x_gear.json": json.dumps(gear).encode()
    }
    first, second = items_of(make_zip(tmp_path / "a.zip", members))
    assert isinstance(first, Session)
    assert isinstance(second, Session)
    assert (first.gear, second.gear) == ("Red shoe", None)
    assert gear_names({"unknown": ["layout"]}) == {}


def test_spooled_zips_are_deleted(tmp_path: Path) -> None:
    made = make_zip(tmp_path / "a.zip", export(uploads={"x.fit": tiny_fit()}))
    archive = open_archive(made)
    assert not isinstance(archive, Refusal)
    with archive:
        [entry] = entries(list(archive.items()))
        assert os.path.exists(entry.path)
    assert not os.path.exists(entry.path)


def test_a_bomb_inside_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    found = items_of(
        make_zip(tmp_path / "a.zip", export(uploads={"bomb.fit": b"\0" * (20 * 2**20), "x.fit": tiny_fit()}))
    )
    assert [i.code if isinstance(i, Refusal) else "entry" for i in found] == ["bomb", "entry"]


def test_a_damaged_inner_zip_does_not_spoil_the_rest(tmp_path: Path) -> None:
    members = export(summary(1)) | {UPLOADS: b"PK\x03\x04 cut"}
    refusal, session = items_of(make_zip(tmp_path / "a.zip", members))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.name) == ("damaged", UPLOADS)
    assert isinstance(session, Session)


def test_a_third_layer_of_zips_is_refused(tmp_path: Path) -> None:
    found = items_of(make_zip(tmp_path / "a.zip", export(uploads={"y.zip": zip_bytes({"x.fit": tiny_fit()})})))
    assert [i.code for i in found if isinstance(i, Refusal)] == ["nested_too_deep"]


def test_a_cut_list_of_activities_gives_those_before_the_cut(tmp_path: Path) -> None:
    members = export(*(summary(n, START + timedelta(days=n)) for n in range(5)))
    name = FITNESS + "someone_0_summarizedActivities.json"
    members[name] = members[name][: len(members[name]) * 7 // 10]
    found = items_of(make_zip(tmp_path / "a.zip", members))
    assert [i.code for i in found if isinstance(i, Refusal)] == ["damaged"]
    assert len([i for i in found if isinstance(i, Session)]) == 3


@pytest.mark.parametrize("size", [1, 7, 100, 10**6])
@pytest.mark.parametrize("shape", ["export", "bare", "dict", "two"])
def test_objects_come_whole_however_the_text_is_cut(size: int, shape: str) -> None:
    listed = [{"a": n, "text": 'x"]}, [{' * 20, "deep": {"b": [1, [2]]}} for n in range(30)]
    value: Any = {
        "export": [{"summarizedActivitiesExport": listed}],
        "bare": listed,
        "dict": {"other": "x", "summarizedActivitiesExport": listed},
        "two": [{"summarizedActivitiesExport": listed[:10]}, {"summarizedActivitiesExport": listed[10:]}],
    }[shape]
    text = json.dumps(value, indent=1)
    assert list(objects(text[i : i + size] for i in range(0, len(text), size))) == listed


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet='[]{}",:0a\\ ', max_size=80))
def test_any_text_for_json_ends(text: str) -> None:
    list(objects(['[{"summarizedActivitiesExport": [', text]))
    list(objects([text]))


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_head_can_be_looked_at(data: bytes) -> None:
    look(data)
    look(tiny_fit()[:30] + data)
    look(b"\x0e\x10\0\0\0\0\0\0.FIT\0\0" + data)


@pytest.mark.parametrize("little", [True, False])
def test_a_head_tells_type_and_start(little: bool) -> None:
    head = look(tiny_fit(little=little))
    assert head.is_activity
    assert head.starts[0] == int(START.timestamp())
    assert not look(tiny_fit(kind=32, little=little)).is_activity


def test_types_in_a_dictionary_and_odd_values() -> None:
    read = summary_of(
        summary(1, activityType={"typeKey": "treadmill_running"}, distance="far", startTimeLocal=None), {}, ""
    )
    assert read is not None
    assert read.hints.sport is Sport.TREADMILL
    assert (read.hints.distance_m, read.hints.utc_offset_s) == (None, None)
    assert summary_of({"activityId": 1}, {}, "") is None
    assert summary_of({"beginTimestamp": 1e300}, {}, "") is None
    assert summary_of({"beginTimestamp": milliseconds(datetime(2024, 1, 1, tzinfo=UTC))}, {}, "") is not None
