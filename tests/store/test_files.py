"""Publishing: all or nothing has its name before it is on the disk, however many there are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from niggle.store import files, home


def _staged(count: int) -> list[files.Staged]:
    finals = [home.folder() / "streams" / str(n % 3) / f"{n}.ngs" for n in range(count)]
    return [s for n, final in enumerate(finals) for s in files.stage(final, b"content %d" % n)]


@pytest.mark.parametrize("count", [1, files.FEW - 1, files.FEW, 5 * files.FEW])
def test_published_files_have_their_names_and_content(count: int) -> None:
    staged = _staged(count)
    files.publish(staged)
    assert [Path(s.final).read_bytes() for s in staged] == [b"content %d" % n for n in range(count)]
    assert not list((home.folder() / "incoming").iterdir())


@pytest.mark.parametrize("count", [files.FEW - 1, 5 * files.FEW])
def test_a_disk_that_fails_leaves_no_file_under_its_name(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    staged = _staged(count)
    failing = os.stat(staged[-1].temporary).st_ino
    fsync = os.fsync

    def broken(handle: int) -> None:
        if os.fstat(handle).st_ino == failing:
            raise OSError(28, "No space left on device")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="No space"):
        files.publish(staged)
    assert not any(os.path.exists(s.final) for s in staged)


def test_publishing_again_what_was_published_changes_nothing() -> None:
    staged = _staged(3)
    files.publish(staged[:2])
    files.publish(staged)
    assert all(os.path.exists(s.final) for s in staged)


def test_a_staged_file_that_got_lost_is_no_silent_loss() -> None:
    staged = _staged(2)
    Path(staged[1].temporary).unlink()
    with pytest.raises(FileNotFoundError):
        files.publish(staged)
