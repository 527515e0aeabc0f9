"""What killed processes left behind: removed when the worker starts, once it is a day old and nobody can want it."""

from __future__ import annotations

import contextlib
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from niggle.readers.scratch import sweep_scratch
from niggle.store import files, home
from niggle.store.models import ImportJob, JobState
from niggle.store.scopes import every_athlete

LEFT_FOR: Final = timedelta(days=1)


def sweep(now: datetime) -> None:
    """Staged files, readers' scratch folders, exports never sent, uploads cut off or named by no import."""
    limit_s = (now - LEFT_FOR).timestamp()
    files.sweep()
    sweep_scratch(limit_s)
    _remove_old("exports", limit_s, keep=set())
    _remove_old("arriving", limit_s, keep=set())
    _remove_old("uploads", limit_s, keep=_wanted_uploads())


def _wanted_uploads() -> set[str]:
    """Names of the upload folders of imports that may still be done, gone on with or retried."""
    with every_athlete():
        jobs = list(
            ImportJob.objects.filter(spooled=True).exclude(state=JobState.UNDONE).values_list("paths", flat=True)
        )
    return {Path(path).parent.parent.name for paths in jobs for path in paths}


def _remove_old(name: str, limit_s: float, keep: set[str]) -> None:
    folder = home.folder() / name
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            if path.name in keep or path.is_symlink() or path.stat().st_mtime >= limit_s:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
