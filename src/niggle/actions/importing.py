"""The work of an import: items out of archives, through worker processes, in batches into the store.

A file counts as seen only in the transaction that holds its rows, and its streams are on disk before that. So whatever
kills this process, rows and counts agree, and the next attempt skips exactly what was acknowledged.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Final

from django.db import IntegrityError, transaction

from niggle.actions import clock, imports, recordings
from niggle.actions.athletes import get_settings
from niggle.actions.decoding import Done, Rules, Task, decode
from niggle.actions.imports import Progress
from niggle.actions.making import Made
from niggle.actions.model import model
from niggle.actions.pool import Pool, default_count
from niggle.core.session import REFUSALS, Refusal, Session
from niggle.readers import registry
from niggle.readers.contract import Archive, ArchiveItem, Entry
from niggle.store import files, mapping
from niggle.store.columns import clean_text
from niggle.store.models import FileState, ImportFile, ImportJob, JobState, Recording

BATCH_SESSIONS: Final = 200
BATCH_S: Final = 0.5  # a batch is written at least so often: that is the progress others see
SMALL: Final = 8  # files up to which one worker is enough


class SourceChangedError(RuntimeError):
    """The archive is not the one that this job began with."""


@dataclass(slots=True)
class _Pending:
    done: list[Done] = field(default_factory=list)
    sessions: int = 0
    since: float = field(default_factory=time.monotonic)

    def due(self) -> bool:
        return self.sessions >= BATCH_SESSIONS or time.monotonic() - self.since >= BATCH_S


def work(job_id: int, progress: Progress | None, processes: int | None) -> None:
    """Do a job in the athlete's scope that is open. processes 0: in this process (tests, tiny imports)."""
    job = ImportJob.objects.get(pk=job_id)
    if job.state in (JobState.DONE, JobState.UNDONE):
        return
    job.state, job.error, job.heartbeat_at = JobState.RUNNING, "", clock.now()
    job.save(update_fields=["state", "error", "heartbeat_at"])
    files.sweep()
    run = _Run(job, progress)
    try:
        try:
            run.read(processes)
        except SourceChangedError:
            run.begin_anew()
            run.read(processes)
        run.finish()
    except BaseException as fault:
        run.note_failure(fault)
        raise
    if job.spooled and not job.failed:
        imports.drop_spool(job)


class _Run:
    """One attempt at a job."""

    def __init__(self, job: ImportJob, progress: Progress | None) -> None:
        self.job = job
        self.progress = progress
        self.athlete_id: int = job.athlete_id
        self.seconds_before = job.seconds
        self.began = time.monotonic()
        self._load_known()

    def _load_known(self) -> None:
        """Which content is stored, and by which job: another process may have added some meanwhile."""
        self.known: dict[str, int | None] = dict(Recording.objects.values_list("content_digest", "job_id"))

    def read(self, processes: int | None) -> None:
        """Everything that has not been acknowledged yet."""
        job = self.job
        seen = dict(ImportFile.objects.filter(job_id=job.pk, part=0).values_list("ordinal", "name"))
        rules = Rules(
            asked_at=job.asked_at,
            born_on=mapping.load_profile().born_on,
            keep_originals=get_settings(self.athlete_id).keep_originals,
            known=frozenset(bytes.fromhex(digest) for digest in self.known),
        )
        pending = _Pending()
        with _opened(job.paths) as sources:
            totals = [None if isinstance(s, Refusal) else s.count() for s in sources]
            known_totals = [1 if isinstance(s, Refusal) else t for s, t in zip(sources, totals, strict=True)]
            job.files_total = None if None in known_totals else sum(t for t in known_totals if t is not None)
            if processes is None:
                few = job.files_total is not None and job.files_total <= SMALL
                processes = 1 if few else default_count()
            items = self._items(sources, seen)
            for done in _decoded(items, rules, processes):
                pending.done.append(done)
                pending.sessions += len(done.made)
                if pending.due():
                    self._write(pending.done)
                    pending = _Pending()
            self._write(pending.done)

    def _items(
        self, sources: Iterable[Archive | Refusal], seen: dict[int, str]
    ) -> Iterator[tuple[int, str, ArchiveItem, str]]:
        """(ordinal, name, item, kind of archive) of what has not been acknowledged.

        Raises SourceChangedError where an acknowledged place holds another name than it did.
        """
        ordinal = 0
        for source in sources:
            items: Iterable[ArchiveItem] = [source] if isinstance(source, Refusal) else source.items()
            kind = "" if isinstance(source, Refusal) else source.kind
            for item in items:
                name = clean_text(_name(item))[-512:]
                before = seen.get(ordinal)
                if before is None:
                    yield ordinal, name, item, kind
                elif before != name:
                    raise SourceChangedError
                ordinal += 1

    def _write(self, batch: list[Done]) -> None:
        """One transaction: recordings, what became of their files, counts. Then tell whoever watches."""
        if not batch:
            return
        for attempt in (1, 2):
            try:
                with transaction.atomic():
                    self._write_rows(batch)
                break
            except IntegrityError:
                # Another import of hers stored the same content between our look and our write: look again.
                if attempt == 2:
                    raise
                self.job.refresh_from_db()
                self._load_known()
        if self.progress is not None:
            self.progress(imports.report_of(self.job))

    def _write_rows(self, batch: list[Done]) -> None:
        job = self.job
        new: list[Made] = []
        added: dict[str, int | None] = {}
        rows: list[ImportFile] = []
        for done in batch:
            fresh = done.made and done.content_digest not in self.known and done.content_digest not in added
            if fresh:
                new += done.made
                added[done.content_digest] = job.pk
            else:
                files.discard(staged for one in done.made for staged in one.staged)
            mine = fresh or self.known.get(done.content_digest) == job.pk
            if mine:
                state = FileState.ADDED
            elif done.known or done.made:
                state = FileState.DUPLICATE
            else:
                state = _state_of(done.refusals)
            whole = done.refusals[0] if done.refusals and not (done.made or done.known) else None
            rows.append(self._file(done, 0, state, whole, len(done.made) if mine else 0))
            others = done.refusals[1:] if whole is not None else done.refusals
            rows += [self._file(done, n, _state_of([r]), r, 0) for n, r in enumerate(others, 1)]
        recordings.store(self.athlete_id, new, model().digest, job.asked_at, job.pk)
        ImportFile.objects.bulk_create(rows, batch_size=400)
        counts = {state: sum(row.state == state for row in rows) for state in FileState}
        job.files_seen += len(batch)
        job.sessions_added += len(new)
        job.duplicates += counts[FileState.DUPLICATE]
        job.skipped += counts[FileState.SKIPPED]
        job.failed += counts[FileState.FAILED]
        self._beat()
        job.save()
        # Only once nothing in this transaction can fail any more but the commit itself, which would end the attempt.
        self.known |= added

    def _file(self, done: Done, part: int, state: FileState, refusal: Refusal | None, sessions: int) -> ImportFile:
        row = ImportFile(
            athlete_id=self.athlete_id,
            job_id=self.job.pk,
            ordinal=done.ordinal,
            part=part,
            name=done.name,
            state=state,
            sessions=sessions,
            content_digest=done.content_digest,
        )
        if refusal is not None:
            row.code = refusal.code
            row.message = clean_text(refusal.message)
            row.place = None if refusal.place is None else clean_text(refusal.place)[:255]
            row.suggestion = None if refusal.suggestion is None else clean_text(refusal.suggestion)
        return row

    def _beat(self) -> None:
        self.job.heartbeat_at = clock.now()
        self.job.seconds = self.seconds_before + time.monotonic() - self.began

    def begin_anew(self) -> None:
        """The source is another one now: forget what became of its files. What was stored stays and is found again."""
        job = self.job
        with transaction.atomic():
            ImportFile.objects.filter(job_id=job.pk).delete()
            job.files_seen = job.sessions_added = job.duplicates = job.skipped = job.failed = 0
            job.save()

    def finish(self) -> None:
        """Which recording speaks for which run, new shoes, and the counts in runs instead of recordings."""
        job = self.job
        with transaction.atomic():
            speaks = recordings.settle(self.athlete_id)
            recordings.shoes_from_gear(self.athlete_id, job.asked_at, job.pk)
            mine = set(Recording.objects.filter(job_id=job.pk).values_list("pk", flat=True))
            first_of: dict[int, int] = {}
            for recording, speaker in speaks.items():
                first_of[speaker] = min(first_of.get(speaker, recording), recording)
            job.sessions_added = sum(first in mine for first in first_of.values())
            files = ImportFile.objects.filter(job_id=job.pk, state=FileState.DUPLICATE).count()
            job.duplicates = files + len(mine) - job.sessions_added
            job.files_total = job.files_seen
            job.state = JobState.DONE
            self._beat()
            job.save()
        if self.progress is not None:
            self.progress(imports.report_of(job))

    def note_failure(self, fault: BaseException) -> None:
        """Leave the job so that it can be gone on with; the fault itself is raised on."""
        stopped = isinstance(fault, KeyboardInterrupt | SystemExit)
        self.job.refresh_from_db()
        # The worker stops with the program and goes on with it; what a person stopped waits for that person.
        self.job.state = JobState.QUEUED if stopped and self.job.spooled else JobState.FAILED
        self.job.error = "stopped before its end; start it again to go on" if stopped else str(fault)[:1000]
        self._beat()
        self.job.save()


def _name(item: ArchiveItem) -> str:
    if isinstance(item, Entry):
        return item.name
    if isinstance(item, Session):
        return f"{item.start_utc:%Y-%m-%d %H:%M} {item.title or item.sport.value}"
    return item.name or "archive"


def _state_of(refusals: Iterable[Refusal]) -> FileState:
    """Skipped when nothing in it is a fault: a course, a settings file, a picture."""
    fault = any(REFUSALS[r.code][1] if r.code in REFUSALS else True for r in refusals)
    return FileState.FAILED if fault else FileState.SKIPPED


@contextmanager
def _opened(paths: Iterable[str]) -> Iterator[list[Archive | Refusal]]:
    with ExitStack() as stack:
        yield [
            opened if isinstance(opened, Refusal) else stack.enter_context(opened)
            for opened in (registry.open_archive(path) for path in paths)
        ]


def _decoded(items: Iterator[tuple[int, str, ArchiveItem, str]], rules: Rules, processes: int) -> Iterator[Done]:
    """Each item's outcome, in order. What the archive itself refuses passes by the workers."""

    def tasks() -> Iterator[Task | Done]:
        for ordinal, name, item, kind in items:
            if isinstance(item, Refusal):
                yield Done(ordinal, name, refusals=(item,))
            else:
                yield Task(ordinal, name, item, kind)

    if processes == 0:
        with_model = model()
        for task in tasks():
            yield task if isinstance(task, Done) else decode(task, rules, with_model)
        return
    with Pool(processes, rules) as pool:
        # They start while this process reads the knowledge, which is slow the first time and quick for all afterwards.
        pool.start()
        model()
        yield from pool.run(tasks())
