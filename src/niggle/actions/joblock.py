"""Who is working on a job: a file lock that the operating system lets go when its process dies, however it dies."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from niggle.store import home


def _path(job_id: int) -> Path:
    return home.private_folder("jobs") / f"{job_id}.lock"


@contextlib.contextmanager
def hold(job_id: int) -> Iterator[bool]:
    """True inside when this process has the job to itself, False when another one is at it."""
    handle = os.open(_path(job_id), os.O_RDWR | os.O_CREAT, home.PRIVATE_FILE)
    try:
        mine = _try(handle)
        yield mine  # the file stays: removing it would let two processes lock two files of one name
    finally:
        os.close(handle)


def _try(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:  # no such locks on this platform: the job's heartbeat has to do
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_held(job_id: int) -> bool:
    """Is a living process at it?"""
    if not _path(job_id).exists():
        return False
    with hold(job_id) as mine:
        return not mine
