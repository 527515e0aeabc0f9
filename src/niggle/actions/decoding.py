"""One item of an archive, from bytes to what is stored of it. Runs in worker processes: no Django, no database."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from niggle.actions.making import Made, make
from niggle.actions.model import Model, model
from niggle.core.ids import digest_bytes
from niggle.core.session import Note, ReadItem, Refusal, Session
from niggle.core.session.limits import in_future
from niggle.readers import registry
from niggle.readers.contract import Entry
from niggle.readers.hints import lay
from niggle.readers.safety import GZIP_MAGIC, gunzip
from niggle.store import files, home

MEMORY_BYTES: Final = 6 * 2**30  # address space of a worker; what wants more is no recording
HEAD_BYTES: Final = 4096  # enough for any reader to know its format


@dataclass(frozen=True, slots=True)
class Rules:
    """What is the same for all items of one import. known: digests of the files whose sessions are stored already."""

    asked_at: datetime
    born_on: date | None = None
    keep_originals: bool = False
    known: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Task:
    ordinal: int
    name: str
    item: Entry | Session
    source: str  # the archive's kind; a file's own format takes its place


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a task. known: its content is stored already and was not read again."""

    ordinal: int
    name: str
    content_digest: str = ""
    known: bool = False
    made: tuple[Made, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def decode(task: Task, rules: Rules, with_model: Model) -> Done:
    """Read one item. Raises OSError when the data folder cannot be written; never for what the item holds."""
    if isinstance(task.item, Session):
        refusal = implausible(task.item, rules)
        if refusal is not None:
            return Done(task.ordinal, task.name, refusals=(refusal,))
        made = make(task.item, with_model, task.source, task.name)
        return Done(task.ordinal, task.name, made.identity[0], made=(made,))
    packed = registry.load_entry(task.item)
    if isinstance(packed, Refusal):
        return Done(task.ordinal, task.name, refusals=(packed,))
    opened = _unpack(packed, task.name)
    if isinstance(opened, Refusal):
        return Done(task.ordinal, task.name, refusals=(opened,))
    data, notes = opened
    digest = digest_bytes(data)
    if bytes.fromhex(digest) in rules.known:
        return Done(task.ordinal, task.name, digest, known=True)
    items: Sequence[ReadItem] = registry.read_file(data, task.name)
    if task.item.hints is not None:
        items = lay(task.item.hints, items)
    found = registry.manifest_for(data[:HEAD_BYTES], task.name)
    source = task.source if found is None else found.name
    done = _made(task, items, notes, digest, source, rules, with_model)
    if rules.keep_originals and done.made:
        kept = files.stage(original_path(digest, packed.startswith(GZIP_MAGIC)), packed)
        first = replace(done.made[0], staged=done.made[0].staged + kept)
        done = replace(done, made=(first, *done.made[1:]))
    return done


def _unpack(packed: bytes, name: str) -> tuple[bytes, tuple[Note, ...]] | Refusal:
    """The content itself, so that a file is known again whether it comes gzipped or not."""
    if not packed.startswith(GZIP_MAGIC):
        return packed, ()
    return gunzip(packed, name)


def _made(
    task: Task,
    items: Sequence[ReadItem],
    notes: tuple[Note, ...],
    digest: str,
    source: str,
    rules: Rules,
    with_model: Model,
) -> Done:
    made: list[Made] = []
    refusals: list[Refusal] = []
    for item in items:
        refused = item if isinstance(item, Refusal) else implausible(item, rules)
        if refused is not None:
            refusals.append(refused)
        elif isinstance(item, Session):
            # Legs by place, not by the file's own count: a table's rows and chained files count each from 0.
            session = replace(item, notes=item.notes + notes)
            made.append(make(session, with_model, source, task.name, digest, len(made)))
    if rules.keep_originals:
        for one in made:
            one.values["original_digest"] = digest
    return Done(task.ordinal, task.name, digest, made=tuple(made), refusals=tuple(refusals))


def implausible(session: Session, rules: Rules) -> Refusal | None:
    """What only a clock and the runner's date of birth can tell against a session."""
    if in_future(session, rules.asked_at):
        return Refusal(
            "implausible_date",
            f"starts on {session.start_utc.astimezone(UTC):%Y-%m-%d}, in the future",
            suggestion="the watch's clock was wrong: correct the date in the service it comes from, and export again",
        )
    if rules.born_on is not None and session.local_date < rules.born_on:
        return Refusal(
            "before_birth",
            f"starts on {session.local_date}, before the date of birth in the profile ({rules.born_on})",
            suggestion="correct the date of birth (niggle profile), or the date in the service it comes from",
        )
    return None


def original_path(digest: str, gzipped: bool) -> Path:
    """Where a kept original lies: as it came, gzipped or not."""
    return home.folder() / "originals" / digest[:1] / (digest + (".gz" if gzipped else ""))


# --- the worker process -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Broke:
    """A task that raised: the disk (stops the import) or a mistake of ours (fails the file)."""

    ordinal: int
    what: str
    disk: bool


def serve(handle: int) -> None:
    """A worker's life: rules, then tasks in and results out over the connection of that handle, until it closes."""
    from multiprocessing.connection import Connection

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the connection
    _limit_memory()
    connection = Connection(handle)
    try:
        rules: Rules = connection.recv()
        with_model = model()
        connection.send("ready")
        while True:
            task: Task = connection.recv()
            connection.send(_answer(task, rules, with_model))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # The parent is gone or has finished. Nothing here needs tidying, so no time is spent on it.
        os._exit(0)


def _answer(task: Task, rules: Rules, with_model: Model) -> Done | Broke:
    try:
        return decode(task, rules, with_model)
    except OSError as fault:
        return Broke(task.ordinal, str(fault), disk=True)
    except Exception as fault:
        return Broke(task.ordinal, f"{type(fault).__name__}: {fault}"[:300], disk=False)


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        soft = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
