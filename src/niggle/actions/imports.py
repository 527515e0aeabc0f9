"""Imports: archives into the store. Asking, reporting, taking back; the work itself is in `importing`.

A job is a row. Whoever starts it may die at any moment: what was acknowledged stays, and starting the same import
again goes on where it stopped.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from niggle.actions import clock, joblock, recordings
from niggle.core.session import DAMAGE
from niggle.store import files, home, streams
from niggle.store.models import FileState, ImportFile, ImportJob, JobState, Recording, removing
from niggle.store.scopes import athlete_scope, every_athlete

RESUMABLE: Final = (JobState.QUEUED, JobState.RUNNING, JobState.FAILED)
CHUNK_ROWS: Final = 500
STALE_S: Final = 30.0  # a running job that nobody holds and that has not moved for so long was left behind
QUEUED_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file (or a row of a table) that was not read, and why. Codes: core.session.REFUSALS."""

    name: str
    code: str
    message: str
    place: str | None
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class DamagedFile:
    """A file that was read as far as it goes, and what is wrong with it. Codes: core.session.DAMAGE."""

    name: str
    code: str
    message: str
    place: str | None
    suggestion: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How an import stands. Counts are of what is durable.

    files_seen: items looked at, of files_total (None: not known before the end). sessions_added: runs that were not
    known; duplicates: files known already, and further recordings of known runs. files: what failed; damaged: what
    was read although it is not whole, one for each recording (both not in progress).
    """

    job_id: int
    state: str
    label: str
    files_seen: int
    files_total: int | None
    sessions_added: int
    duplicates: int
    skipped: int
    failed: int
    seconds: float
    files: tuple[FailedFile, ...] = ()
    asked_at: datetime | None = None
    error: str = ""
    damaged: tuple[DamagedFile, ...] = ()


_CHECK_IT: Final = "compare it with what the watch or the service shows; where that is whole, export it again"

Progress = Callable[[ImportReport], None]


def start_import(
    athlete_id: int, paths: Sequence[str | os.PathLike[str]], now: datetime, label: str | None = None
) -> int:
    """Note that these files, folders and archives are to be imported; `run_import` or the worker does it.

    The same paths as an import of hers that was stopped: that one, to go on where it was.
    """
    return _start(athlete_id, [os.fspath(p) for p in paths], now, label, spooled=False)


def _start(athlete_id: int, paths: list[str], now: datetime, label: str | None, *, spooled: bool) -> int:
    wanted = [os.path.abspath(p) for p in paths]
    with athlete_scope(athlete_id):
        for job in ImportJob.objects.filter(state__in=RESUMABLE).order_by("-id"):
            if job.paths == wanted:
                return int(job.pk)
        named = label or ", ".join(os.path.basename(p.rstrip(os.sep)) for p in wanted)
        job = ImportJob.objects.create(
            athlete_id=athlete_id, label=named[:255], paths=wanted, spooled=spooled, asked_at=now
        )
    return int(job.pk)


def take_upload(athlete_id: int, files: Iterable[tuple[str, Iterable[bytes]]], now: datetime) -> int:
    """Files sent through a page: written to the data folder piece by piece, and queued for the worker."""
    folder = home.private_folder("uploads", secrets.token_hex(8))
    paths = []
    try:
        for number, (name, chunks) in enumerate(files):
            # Only the last part of the name, and never a hidden one: it is shown and tells the format.
            plain = os.path.basename(name.replace("\\", "/")).lstrip(".").replace("\0", "")[-120:] or "upload"
            path = folder / str(number) / plain
            path.parent.mkdir()
            with path.open("wb") as file:
                for chunk in chunks:
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            paths.append(str(path))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    label = ", ".join(os.path.basename(p) for p in paths)
    return _start(athlete_id, paths, now, label, spooled=True)


def run_import(job_id: int, progress: Progress | None = None, processes: int | None = None) -> ImportReport:
    """Do the job, or go on with one that was stopped. Returns its report; one that is done or undone stays so.

    processes: worker processes (None: one per processor). progress: called about twice a second while it runs.
    When another process is at the job, its report is returned as it stands. What stops an import as a whole (a full
    disk, Ctrl-C) is noted in the job and raised.
    """
    from niggle.actions import importing

    athlete_id = athlete_of(job_id)
    with joblock.hold(job_id) as mine:
        if mine:
            with athlete_scope(athlete_id):
                importing.work(job_id, progress, processes)
    return get_report(athlete_id, job_id)


def resume(job_id: int, progress: Progress | None = None, processes: int | None = None) -> ImportReport:
    """Go on with an import that was stopped or killed."""
    return run_import(job_id, progress, processes)


def retry_failed(job_id: int, progress: Progress | None = None, processes: int | None = None) -> ImportReport:
    """Read the files of an import again that failed. They must still be where they were."""
    requeue_failed(job_id)
    return run_import(job_id, progress, processes)


def requeue(job_id: int) -> bool:
    """Put an import that was stopped back in the queue, to go on where it was. False for one that was not stopped."""
    with athlete_scope(athlete_of(job_id)), transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=job_id)
        if job.state != JobState.FAILED:
            return False
        job.state, job.error = JobState.QUEUED, ""
        job.save(update_fields=["state", "error"])
    return True


def requeue_failed(job_id: int) -> None:
    """Put the failed files of a finished import back in the queue, for the worker."""
    with athlete_scope(athlete_of(job_id)), transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=job_id)
        if job.state != JobState.DONE:
            return
        failed = ImportFile.objects.filter(job_id=job_id, part=0, state=FileState.FAILED)
        again = failed.count()
        failed.delete()
        job.files_seen -= again
        job.failed -= again
        job.state = JobState.QUEUED
        job.save(update_fields=["files_seen", "failed", "state"])


def undo_import(job_id: int) -> None:
    """Take an import back: its sessions with everything said of them, their streams and kept originals, its shoes.

    A file that another import brought as well was stored by the first of them only: undone with that one.
    """
    athlete_id = athlete_of(job_id)
    with joblock.hold(job_id) as mine:
        if not mine:
            raise ImportBusyError("this import is running; stop it first")
        with athlete_scope(athlete_id), removing("undo"), transaction.atomic():
            job = ImportJob.objects.select_for_update().get(pk=job_id)
            rows = Recording.objects.filter(job_id=job_id)
            digests = list(rows.values_list("streams_digest", "original_digest"))
            recordings.remove_shoes(job_id)
            for ids in _chunks(list(rows.values_list("pk", flat=True))):
                Recording.objects.filter(pk__in=ids).delete()
            ImportFile.objects.filter(job_id=job_id).delete()
            job.state = JobState.UNDONE
            job.save(update_fields=["state"])
            recordings.settle(athlete_id)
        remove_unused(digests)
        drop_spool(job)


class ImportBusyError(RuntimeError):
    """Another process is at this import."""


def remove_unused(digests: Iterable[tuple[str, str]]) -> None:
    """Remove streams and originals on disk that no recording of anybody names any more."""
    from niggle.actions.decoding import original_path

    found = list(digests)
    for kind, position in (("streams_digest", 0), ("original_digest", 1)):
        wanted = sorted({row[position] for row in found} - {""})
        used: set[str] = set()
        with every_athlete():
            for part in _chunks(wanted):
                used |= set(Recording.objects.filter(**{f"{kind}__in": part}).values_list(kind, flat=True))
        for digest in set(wanted) - used:
            if position == 0:
                files.remove(streams.path_of(digest))
            else:
                for gzipped in (False, True):
                    files.remove(original_path(digest, gzipped))


def drop_spool(job: ImportJob) -> None:
    """Remove an upload's files; files that a person named are never touched."""
    if job.spooled:
        for path in job.paths:
            upload = Path(path).parent.parent
            if upload.parent == home.folder() / "uploads":
                shutil.rmtree(upload, ignore_errors=True)


def _chunks(values: list[Any]) -> Iterable[list[Any]]:
    return (values[at : at + CHUNK_ROWS] for at in range(0, len(values), CHUNK_ROWS))


def athlete_of(job_id: int) -> int:
    """Whose import it is. Raises ImportJob.DoesNotExist."""
    with every_athlete():
        return int(ImportJob.objects.values_list("athlete_id", flat=True).get(pk=job_id))


def get_report(athlete_id: int, job_id: int) -> ImportReport:
    """How an import stands, with every file that failed. Raises ImportJob.DoesNotExist for one that is not hers."""
    with athlete_scope(athlete_id):
        job = ImportJob.objects.get(pk=job_id)
        rows = ImportFile.objects.filter(job_id=job_id, state=FileState.FAILED).order_by("ordinal", "part")
        files = tuple(FailedFile(*row) for row in rows.values_list("name", "code", "message", "place", "suggestion"))
        damaged = () if job.state in (JobState.QUEUED, JobState.RUNNING) else _damaged(job_id)
    return report_of(job, files, damaged)


def _damaged(job_id: int) -> tuple[DamagedFile, ...]:
    noted = Recording.objects.filter(job_id=job_id).exclude(notes=[]).order_by("pk")
    found: list[DamagedFile] = []
    for name, notes in noted.values_list("file_name", "notes"):
        worst = [n for n in notes if n["code"] in DAMAGE]
        if worst:
            message = "; ".join(dict.fromkeys(n["message"] for n in worst))
            found.append(DamagedFile(name, worst[0]["code"], message, worst[0]["place"], _CHECK_IT))
    return tuple(found)


def list_imports(athlete_id: int) -> tuple[ImportReport, ...]:
    """All imports, the newest first, without their files."""
    with athlete_scope(athlete_id):
        return tuple(report_of(job) for job in ImportJob.objects.order_by("-id"))


def report_of(
    job: ImportJob, files: tuple[FailedFile, ...] = (), damaged: tuple[DamagedFile, ...] = ()
) -> ImportReport:
    return ImportReport(
        job_id=int(job.pk),
        state=job.state,
        label=job.label,
        files_seen=job.files_seen,
        files_total=job.files_total,
        sessions_added=job.sessions_added,
        duplicates=job.duplicates,
        skipped=job.skipped,
        failed=job.failed,
        seconds=job.seconds,
        files=files,
        asked_at=job.asked_at,
        error=job.error,
        damaged=damaged,
    )


def next_job() -> int | None:
    """The import that the worker should do next: queued, or left behind by a process that died. None: nothing to do."""
    with every_athlete():
        waiting = ImportJob.objects.filter(state__in=(JobState.QUEUED, JobState.RUNNING)).order_by("id")
        rows = list(waiting.values_list("id", "state", "spooled", "asked_at", "heartbeat_at"))
    now = clock.now()
    for job_id, state, spooled, asked_at, heartbeat_at in rows:
        age_s = (now - (heartbeat_at or asked_at)).total_seconds()
        # What the command line has just put down is its own to do, and so is what it has just been stopped at.
        patience_s = STALE_S if state == JobState.RUNNING else 0.0 if spooled else QUEUED_S
        if age_s >= patience_s and not joblock.is_held(job_id):
            return int(job_id)
    return None
