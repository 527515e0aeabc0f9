"""Files named by their content, written in two steps: staged by whoever makes them, published in one go.

A published file is whole and on the disk. Publishing many at once costs far less than one by one, because the disk
writes them together; nothing that names a file may be stored before it is published.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

from niggle.store import home

FEW: Final = 8  # files for which threads are not worth starting
SYNCED_AT_ONCE: Final = 8
LEFT_OVER_S: Final = 3600.0  # staged so long ago, and still not published: its maker is dead


class Staged(NamedTuple):
    temporary: str
    final: str


def stage(final: Path, content: bytes) -> tuple[Staged, ...]:
    """Write content under a temporary name; nothing to do where a published file of that name is there already."""
    if os.path.exists(final):
        return ()
    temporary = os.path.join(_incoming(), f"{os.getpid()}-{next(_numbers)}-{final.name[:16]}")
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, home.PRIVATE_FILE), "wb") as file:
        file.write(content)
    return (Staged(temporary, str(final)),)


_numbers = itertools.count()
_made: set[str] = set()


def _incoming() -> str:
    folder = os.path.join(home.folder(), "incoming")
    if folder not in _made:
        home.private_folder("incoming")
        _made.add(folder)
    return folder


def publish(staged: Iterable[Staged]) -> None:
    """Make staged files durable under their own names: sync each, rename, sync the folders.

    Several are synced at a time: a disk takes hardly longer for all of them than for one. What was published before,
    as when a transaction is tried again, is passed over.
    """
    wanted = [s for s in staged if os.path.exists(s.temporary) or not os.path.exists(s.final)]
    folders = sorted({os.path.dirname(final) for _, final in wanted})
    if len(wanted) < FEW:
        _publish(wanted, folders, map)
        return
    with ThreadPoolExecutor(SYNCED_AT_ONCE) as several:
        _publish(wanted, folders, several.map)


def _publish(wanted: list[Staged], folders: list[str], each: Callable[..., Iterator[None]]) -> None:
    """`each` is map or does as it does; what it raises stops here before anything that is not durable gets its name."""
    for _ in each(_sync_file, [temporary for temporary, _ in wanted]):
        pass
    for folder in folders:
        home.private_folder(*Path(folder).relative_to(home.folder()).parts)
    for temporary, final in wanted:
        os.replace(temporary, final)
    for _ in each(_sync_folder, folders):
        pass


def _sync_file(path: str) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: str) -> None:
    """So that a rename survives a power cut; platforms that cannot open a folder do without."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def discard(staged: Iterable[Staged]) -> None:
    """Throw staged files away."""
    for temporary, _ in staged:
        remove(Path(temporary))


def remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def sweep() -> None:
    """Remove what processes that were killed left staged."""
    limit = time.time() - LEFT_OVER_S
    for path in Path(_incoming()).iterdir():
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < limit:
                path.unlink()
