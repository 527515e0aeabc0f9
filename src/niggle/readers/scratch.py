"""Folders for what readers cannot hold in memory. They go with their reader; a killed one leaves them, marked."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

PREFIX: Final = "niggle-scratch-"
MARK: Final = ".niggle-scratch"  # an empty file inside: the name alone could be anybody's


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """A private folder in the system's place for temporary files, marked as ours."""
    folder = tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
    Path(folder.name, MARK).touch()
    return folder


def sweep_scratch(older_than_s: float) -> int:
    """Remove marked folders of this user in which nothing changed since that unix second. Returns how many."""
    removed = 0
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if path.is_symlink() or not (path / MARK).is_file() or not _is_mine(path):
                continue
            # not every write changes the folder's own time
            changed_s = max(p.stat().st_mtime for p in (path, *path.iterdir()))
            if changed_s < older_than_s:
                shutil.rmtree(path)
                removed += 1
    return removed


def _is_mine(path: Path) -> bool:
    return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()
