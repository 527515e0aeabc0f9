"""Any zip or folder: each member whose content a reader knows, zips inside included."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from niggle.core.session import Refusal
from niggle.readers.contract import Archive, ArchiveItem, Entry
from niggle.readers.nested import Spool, open_nested
from niggle.readers.registry import has_known_suffix, manifest_for
from niggle.readers.safety import GZIP_MAGIC, ZIP_MAGICS
from niggle.readers.tree import Member, Tree

_HEAD_BYTES: Final = 4096


class PlainArchive:
    """Every activity file of a tree. skip: tells members that an export in the same tree has taken."""

    def __init__(
        self, tree: Tree, depth: int, skip: Sequence[Callable[[str], bool]] = (), spool: Spool | None = None
    ) -> None:
        self._tree = tree
        self._depth = depth
        self._skip = skip
        self._spool = spool or Spool()
        self._owns_spool = spool is None
        self._inner: Archive | None = None

    @property
    def kind(self) -> str:
        return "plain" if self._inner is None else self._inner.kind

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._owns_spool:
            self._spool.close()
        self._tree.close()

    def count(self) -> int | None:
        count = 0
        for member in self._tree.walk():
            if _is_zip_name(member):
                return None
            count += not any(owned(member.name) for owned in self._skip)
        return count

    def items(self) -> Iterator[ArchiveItem]:
        for member in self._tree.files(self._limit):
            if isinstance(member, Refusal):
                if not any(owned((member.name or "").removeprefix(self._tree.label)) for owned in self._skip):
                    yield member
                continue
            if any(owned(member.name) for owned in self._skip):
                continue
            yield from self._one(member)

    def _limit(self, member: Member) -> int:
        return self._tree.limits.total_bytes if _is_zip_name(member) else self._tree.limits.file_bytes

    def _one(self, member: Member) -> Iterator[ArchiveItem]:
        if has_known_suffix(member.name):
            yield self._tree.entry(member)
            return
        head = self._tree.head(member, _HEAD_BYTES)
        if head.startswith(ZIP_MAGICS):
            opened = open_nested(self._spool, self._tree, member, self._depth)
            if isinstance(opened, Refusal):
                yield opened
                return
            with opened:
                self._inner = opened
                yield from opened.items()
            self._inner = None
        elif head.startswith(GZIP_MAGIC) or _is_zip_name(member) or manifest_for(head, member.name) is not None:
            yield self._tree.entry(member)
        else:  # pictures, notes, other exports: looked at, not read, counted as skipped
            yield Refusal("unknown_format", "no reader knows this content", name=self._tree.shown(member.name))


def _is_zip_name(member: Member) -> bool:
    return member.name.lower().endswith(".zip")


class SingleFile:
    """One file on disk as an archive of one."""

    kind = "file"

    def __init__(self, entry: Entry) -> None:
        self._entry = entry

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing is held open."""

    def count(self) -> int | None:
        return 1

    def items(self) -> Iterator[ArchiveItem]:
        yield self._entry
