"""The command line as people use it, as real processes on a data folder of their own: archive in, light out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from niggle.actions import clock
from niggle.core.session.types import Session, Sport, Streams
from niggle.readers.gpx.write import write_sessions


@pytest.fixture
def started(tmp_path, unused):
    """Not the first start of all: that one is the archive's."""
    shutil.copytree(unused, tmp_path / "home")


@pytest.fixture
def niggle(tmp_path):
    """niggle("today", "--json"): (exit code, standard output, standard error) of a process."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NIGGLE_")}
    environment["NIGGLE_HOME"] = str(tmp_path / "home")

    def run(*argv: object, given: str | None = None):
        done = subprocess.run(
            [sys.executable, "-m", "niggle.cli.main", *map(str, argv)],
            capture_output=True,
            text=True,
            check=False,
            input=given,
            env=environment,
            timeout=120,
        )
        return done.returncode, done.stdout, done.stderr

    return run


def run_file(on: date, km: float) -> bytes:
    seconds = int(km * 350)
    time_s = np.arange(float(seconds))
    latitude = 40 + time_s / seconds * km * 1000 / 111_195
    columns = {"time_s": time_s, "latitude_deg": latitude, "longitude_deg": np.full(seconds, 9.0)}
    start = datetime(on.year, on.month, on.day, 6, tzinfo=UTC)
    return write_sessions([Session(Sport.RUN, start, streams=Streams(columns))])


@pytest.fixture
def archive(tmp_path):
    today = clock.today()
    path = tmp_path / "runs.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for ago in range(2, 44, 3):
            made.writestr(f"{ago}.gpx", run_file(today - timedelta(days=ago), 3.0))
        made.writestr("broken.gpx", b"<html>sign in</html>")
    return path


def test_from_an_archive_to_a_light(niggle, archive, tmp_path):
    code, out, err = niggle("import", archive, "--json", "--processes", "1")
    assert code == 0, err
    report = json.loads(out)
    assert [report[k] for k in ("files_seen", "sessions_added", "duplicates", "skipped", "failed")] == [15, 14, 0, 0, 1]
    assert list(report)[-6:] == ["files_seen", "sessions_added", "duplicates", "skipped", "failed", "seconds"]
    assert "broken.gpx" in err

    code, out, _ = niggle("import", archive, "--json", "--processes", "1")
    again = json.loads(out)
    assert again["sessions_added"] == 0
    assert again["duplicates"] == 14

    code, out, _ = niggle("today", "--json")
    assert code == 0
    assert json.loads(out)["light"] == "cannot_say", "nobody has said how she feels"

    code, out, _ = niggle("checkin", "--json-in", "-", "--json", given="{}")
    assert code == 0
    assert json.loads(out)["today"]["light"] == "green"

    told = {"site": "knee_front", "side": "left", "moment": "after", "pain_max": 4, "onset_km": 2, "late_onset": True}
    code, out, _ = niggle("checkin", "--json-in", "-", "--json", given=json.dumps(told))
    answer = json.loads(out)
    assert code == 0
    assert answer["entry"]["pain_max"] == 4
    assert answer["today"]["light"] == "yellow"

    code, out, _ = niggle("today", "--json")
    decision = json.loads(out)
    assert decision["light"] == "yellow"
    assert decision["caps"]["longest_session_m"] > 0
    assert {"rule", "facts", "sources", "grade"} <= set(decision["reasons"][0])

    code, case, _ = niggle("case")
    assert code == 0
    file = tmp_path / "case.json"
    file.write_text(case)
    code, out, err = niggle("replay", file, "--json")
    assert code == 0
    assert err == ""
    assert json.loads(out) == decision

    code, out, _ = niggle("imports", "undo", report["import"], "--yes")
    assert code == 0
    code, out, _ = niggle("sessions", "--json", "--since", "-60")
    assert json.loads(out) == []


@pytest.mark.usefixtures("started")
def test_a_run_that_ends_in_mid_file_comes_in_and_is_named(niggle, tmp_path):
    from tests.actions.archives import fit, session

    file = tmp_path / "cut.fit"
    file.write_bytes(fit(session())[:-1000])
    code, out, err = niggle("import", file, "--processes", "1")
    assert (code, err) == (0, "")
    assert out.startswith("1 session added, 0 known already, 0 files skipped, 0 failed; 1 file in ")
    assert "1 file read with damage:" in out
    assert "cut.fit" in out
    assert "bytes are missing" in out
    assert "[truncated]" in out
    code, out, _ = niggle("imports", "show", 1, "--json")
    assert [f["code"] for f in json.loads(out)["damaged_files"]] == ["truncated"]


@pytest.mark.usefixtures("started")
def test_a_place_is_said_once_and_an_undone_import_is_not_retried(niggle, tmp_path):
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../evil.fit", b"abc")
    code, _, err = niggle("import", path, "--processes", "1")
    assert code == 1
    assert err.count("../evil.fit") == 1
    assert niggle("imports", "undo", 1, "--yes")[0] == 0
    code, _, err = niggle("imports", "retry", 1)
    assert code == 1
    assert "import 1 is undone" in err


@pytest.mark.usefixtures("started")
def test_nothing_done_is_not_success(niggle, tmp_path):
    empty = tmp_path / "run.fit"
    empty.write_bytes(b"")
    code, out, err = niggle("import", empty, "--json")
    assert code == 1
    assert json.loads(out)["failed"] == 1
    assert "run.fit" in err

    hollow = tmp_path / "hollow.zip"
    with zipfile.ZipFile(hollow, "w") as archive:
        archive.writestr("holiday.jpg", b"\xff\xd8\xff")
    code, out, err = niggle("import", hollow, "--json")
    assert code == 1
    assert json.loads(out)["sessions_added"] == 0
    assert "niggle formats" in err

    code, out, _ = niggle("import", tmp_path / "nowhere.zip", "--json")
    assert code == 1
    assert json.loads(out)["error"]["code"] == "unreadable"
