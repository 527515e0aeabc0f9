"""`niggle read`: one session is an object, several are a list, what cannot be read is named."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from niggle.actions import clock
from niggle.core.session.types import Session, Sport, Streams
from niggle.readers.gpx.write import write_sessions

KEYS = (
    "sport", "start_time", "distance_m", "timer_s", "moving_s", "records", "ascent_m", "descent_m", "avg_heart_rate",
    "avg_cadence_spm", "streams", "notes",
)  # fmt: skip


def a_run(day: int = 1, seconds: int = 600) -> Session:
    time_s = np.arange(float(seconds))
    columns = {
        "time_s": time_s,
        "latitude_deg": 40 + time_s * 2.5e-5,
        "longitude_deg": np.full(seconds, 9.0),
        "altitude_m": np.full(seconds, 100.0),
        "heart_rate_bpm": np.full(seconds, 140.0),
        "cadence_spm": np.full(seconds, 168.0),
    }
    return Session(Sport.RUN, datetime(2026, 3, day, 7, tzinfo=UTC), streams=Streams(columns))


@pytest.fixture
def gpx(tmp_path):
    path = tmp_path / "run.gpx"
    path.write_bytes(write_sessions([a_run()]))
    return path


def test_one_session_is_one_object_with_the_promised_keys(niggle, gpx):
    ran = niggle("read", gpx, "--json")
    assert ran.code == 0
    plain = ran.json
    assert [k for k in KEYS if k not in plain] == []
    assert plain["sport"] == "run"
    assert plain["start_time"] == "2026-03-01T07:00:00Z"
    assert plain["records"] == 600
    assert plain["avg_heart_rate"] == 140
    assert plain["avg_cadence_spm"] == 168
    assert plain["distance_m"] == pytest.approx(2.5e-5 * 599 * 111_195, rel=0.01)
    assert "heart_rate_bpm" in plain["streams"]


@pytest.mark.parametrize(("hours", "codes"), [(23, []), (25, ["in_future"])], ids=["a wrong clock", "the future"])
def test_a_session_of_the_future_is_noted(niggle, tmp_path, hours, codes):
    path = tmp_path / "run.gpx"
    ahead = clock.now().replace(microsecond=0) + timedelta(hours=hours, minutes=5 if hours > 24 else 0)
    path.write_bytes(write_sessions([replace(a_run(), start_utc=ahead)]))
    ran = niggle("read", path, "--json")
    assert ran.code == 0
    notes = [n["code"] for n in ran.json["notes"]]
    assert [c for c in notes if c == "in_future"] == codes
    assert ("in the future; an import refuses it" in niggle("read", path).out) == bool(codes)


def test_several_sessions_are_a_list(niggle, tmp_path):
    path = tmp_path / "runs.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.gpx", write_sessions([a_run(1)]))
        archive.writestr("b.gpx", write_sessions([a_run(2)]))
    found = niggle("read", path, "--json").json
    assert [s["start_time"] for s in found] == ["2026-03-01T07:00:00Z", "2026-03-02T07:00:00Z"]


def test_what_could_not_be_read_stands_beside_what_could(niggle, tmp_path):
    path = tmp_path / "runs.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.gpx", write_sessions([a_run(1)]))
        archive.writestr("page.fit", b"<html><body>please log in</body></html>")
    ran = niggle("read", path, "--json")
    assert ran.code == 0
    assert ran.json["records"] == 600
    assert [r["code"] for r in ran.json["refusals"]] == ["not_this_format"]
    assert "page.fit" in ran.err


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.fit", b"", "empty"),
        ("b.fit", b"<!DOCTYPE html><html></html>", "not_this_format"),
        ("c.zip", b"PK\3\4x", None),
    ],
)
def test_a_file_without_a_session_fails_with_its_reason(niggle, tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    ran = niggle("read", path, "--json")
    assert ran.code == 1
    error = ran.json["error"]
    assert error["message"]
    assert error["suggestion"]
    assert name in error["place"]
    if code is not None:
        assert error["code"] == code


def test_for_people(niggle, gpx):
    ran = niggle("read", gpx)
    assert ran.code == 0
    assert "run, 2026-03-01 07:00" in ran.out
    assert "600 points" in ran.out


def test_formats_names_each_format(niggle):
    names = {f["name"] for f in niggle("formats", "--json").json}
    assert {"fit", "gpx", "tcx", "table_csv", "strava_export", "garmin_export", "apple_health", "plain_zip"} <= names
    assert ".fit" in niggle("formats").out


def test_reading_touches_no_database(niggle, gpx, monkeypatch, tmp_path):
    monkeypatch.setenv("NIGGLE_HOME", str(tmp_path / "home"))
    niggle("read", gpx, "--json")
    assert not (tmp_path / "home").exists()
