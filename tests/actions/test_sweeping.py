"""What killed processes left: a day old and ours it goes, anything else stays."""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from tests.actions.archives import fit, session

from niggle.actions import athletes, clock, imports
from niggle.actions.sweeping import sweep
from niggle.readers.nested import Spool
from niggle.readers.scratch import MARK, PREFIX, scratch_folder
from niggle.store import home
from niggle.worker import loop

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for temporary files of this test's own."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def aged(path: Path, hours: float) -> Path:
    """The folder with everything in it, last changed so long ago."""
    then = (NOW - timedelta(hours=hours)).timestamp()
    for part in (*path.rglob("*"), path):
        os.utime(part, (then, then))
    return path


def left(folder: Path, name: str, hours: float, *, marked: bool = True) -> Path:
    path = folder / name
    path.mkdir()
    (path / "data").write_bytes(b"x")
    if marked:
        (path / MARK).touch()
    return aged(path, hours)


@pytest.mark.parametrize(("hours", "stays"), [(23.9, True), (24.1, False)])
def test_scratch_folders_go_after_a_day(temporary: Path, hours: float, stays: bool) -> None:
    path = left(temporary, PREFIX + "abc", hours)
    sweep(NOW)
    assert path.exists() is stays


def test_only_what_carries_our_name_and_mark_goes(temporary: Path) -> None:
    others = [
        left(temporary, PREFIX + "unmarked", 99, marked=False),
        left(temporary, "niggle-of-somebody", 99),
        left(temporary, "else", 99, marked=False),
    ]
    link = temporary / (PREFIX + "link")
    link.symlink_to(left(temporary, "linked", 99))
    ours = left(temporary, PREFIX + "ours", 99)
    sweep(NOW)
    assert not ours.exists()
    assert all(path.exists() for path in (*others, link, temporary / "linked" / "data"))


def test_a_file_written_lately_keeps_its_folder(temporary: Path) -> None:
    path = left(temporary, PREFIX + "busy", 99)
    (path / "data").write_bytes(b"y")
    os.utime(path, (0, 0))
    sweep(NOW)
    assert path.exists()


def test_readers_folders_are_the_ones_that_are_swept(temporary: Path) -> None:
    spool = Spool()
    path = Path(spool.path())
    assert path.parent == temporary
    assert path.name.startswith(PREFIX)
    assert (path / MARK).is_file()
    spool.close()
    assert not path.exists()
    with scratch_folder() as name:
        assert Path(name, MARK).is_file()


def test_exports_and_uploads_nobody_waits_for_go() -> None:
    athlete = athletes.local_athlete()
    job = imports.take_upload(athlete, [("a.fit", [fit(session(0, 2))])], NOW)
    (waiting,) = (home.folder() / "uploads").iterdir()
    aged(waiting, 99)
    killed = left(home.private_folder("uploads"), "0123456789abcdef", 99, marked=False)
    fresh = left(home.private_folder("uploads"), "under way", 1, marked=False)
    export = left(home.private_folder("exports"), "tmp123", 99, marked=False)
    cut_off = home.private_folder("arriving") / "tmp456.upload"
    cut_off.write_bytes(b"x")
    os.utime(cut_off, (0, 0))
    sweep(NOW)
    assert not cut_off.exists()
    assert (waiting.exists(), killed.exists(), fresh.exists(), export.exists()) == (True, False, True, False)
    assert imports.run_import(job, processes=0).sessions_added == 1


def test_the_worker_sweeps_when_it_starts_and_lives_where_it_cannot(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "run", lambda stop: 0)
    path = left(temporary, PREFIX + "abc", 99)
    loop.main()
    assert not path.exists()
    monkeypatch.setattr("niggle.actions.sweeping.sweep", lambda now: 1 / 0)
    loop.main()
