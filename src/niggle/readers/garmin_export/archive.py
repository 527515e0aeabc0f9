"""Garmin's account export as an archive: uploads with the summaries laid over them, then summaries without a file."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Final

from niggle.core.session import Refusal
from niggle.readers.contract import Archive, ArchiveItem, Hints
from niggle.readers.garmin_export.heads import HEAD_BYTES, look
from niggle.readers.garmin_export.summaries import Summary, gear_names, objects, summary_of
from niggle.readers.hints import session_from
from niggle.readers.nested import Spool
from niggle.readers.registry import has_known_suffix
from niggle.readers.safety import GZIP_MAGIC, ZIP_FAULTS, chunks
from niggle.readers.tree import Member, Tree

_UPLOADS: Final = "Uploaded-Files/"
_SUMMARIES: Final = "summarizedActivities"
_JSON_BYTES: Final = 2 * 2**30
_GEAR_BYTES: Final = 64 * 2**20
_JOIN_WINDOW_S: Final = 5  # a recording's first record may come a moment after the start that the summary states


class GarminArchive:
    """See the module. root: the folder in which DI_CONNECT lies, "" or "folder/"."""

    kind = "garmin"

    def __init__(self, tree: Tree, root: str, spool: Spool | None = None) -> None:
        self._tree = tree
        self._root = root + "DI_CONNECT/"
        self._spool = spool or Spool()
        self._owns_spool = spool is None

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._owns_spool:
            self._spool.close()
        self._tree.close()

    def count(self) -> int | None:
        return None  # known only once every inner zip is copied out

    def items(self) -> Iterator[ArchiveItem]:
        book = _Book()
        yield from self._read_summaries(book)
        for member in self._inside(self._root):
            if _UPLOADS not in member.name:
                continue
            if member.name.lower().endswith(".zip"):
                inner = self._spool.zip(self._tree, member)
                if isinstance(inner, Refusal):
                    yield inner
                    continue
                with inner:
                    yield from self._uploads(inner, inner.files(), book)
            else:
                refusal = self._tree.check(member)
                yield from [refusal] if refusal is not None else self._uploads(self._tree, iter([member]), book)
        yield from book.without_file(self._tree.shown(self._root))

    def _inside(self, prefix: str) -> Iterator[Member]:
        for member in self._tree.walk():
            if member.name.startswith(prefix):
                yield member

    def _uploads(self, tree: Tree, members: Iterator[Member | Refusal], book: _Book) -> Iterator[ArchiveItem]:
        for member in members:
            if isinstance(member, Refusal):
                yield member
                continue
            head = tree.head(member, HEAD_BYTES)
            shown = tree.shown(member.name)
            if member.name.lower().endswith(".zip"):
                suggestion = "unpack the inner archives first"
                yield Refusal("nested_too_deep", "a zip inside a zip inside the export", None, suggestion, shown)
            elif head and not head.startswith(GZIP_MAGIC) and not (seen := look(head)).is_activity:
                yield Refusal("not_an_activity", "monitoring, settings or another file of the watch", name=shown)
            elif has_known_suffix(member.name):
                starts = () if head.startswith(GZIP_MAGIC) or not head else seen.starts
                yield tree.entry(member, book.take(starts))
            else:
                yield Refusal("unknown_format", "no reader knows this content", name=shown)

    def _read_summaries(self, book: _Book) -> Iterator[Refusal]:
        gear: dict[str, str] = {}
        for member in self._inside(self._root):
            if member.name.lower().endswith("gear.json"):
                data = self._tree.read(member, _GEAR_BYTES)
                try:
                    gear.update(gear_names(json.loads(data)) if isinstance(data, bytes) else {})
                except (ValueError, RecursionError):
                    continue  # shoes are a nicety; runs are read without them
        for member in self._inside(self._root):
            if _SUMMARIES in member.base and member.name.lower().endswith(".json"):
                yield from self._read_one(member, gear, book)

    def _read_one(self, member: Member, gear: dict[str, str], book: _Book) -> Iterator[Refusal]:
        shown = self._tree.shown(member.name)
        if (refusal := self._tree.check(member, _JSON_BYTES)) is not None:
            yield refusal
            return
        suggestion = "get the export again; the uploaded files are read all the same"
        try:
            with self._tree.open(member) as file:
                text = codecs.iterdecode(chunks(file, _JSON_BYTES), "utf-8-sig", errors="replace")
                for number, record in enumerate(objects(text), 1):
                    place = f"activity {number}"
                    if isinstance(record, str):
                        yield Refusal("damaged", f"the list of activities {record}", place, suggestion, shown)
                    elif (summary := summary_of(record, gear, place)) is not None:
                        book.add(summary)
        except ZIP_FAULTS as fault:
            yield Refusal("damaged", f"the list of activities breaks off: {fault}", None, suggestion, shown)


class _Book:
    """The summaries by start second, and which of them a file has been found for."""

    def __init__(self) -> None:
        self._by_start: dict[int, list[Summary]] = {}
        self._taken: set[str] = set()  # ids of activities whose recording is there
        self._seen: set[tuple[int, str | None]] = set()

    def add(self, summary: Summary) -> None:
        key = (summary.start_s, summary.hints.external_id)
        if key not in self._seen:  # the export's parts overlap now and then
            self._seen.add(key)
            self._by_start.setdefault(summary.start_s, []).append(summary)

    def take(self, starts: tuple[int, ...]) -> Hints | None:
        """Hints for a file with these possible starts: the summary of that second, else the nearest within moments."""
        for distance in range(_JOIN_WINDOW_S + 1):
            for start in starts:
                for second in {start - distance, start + distance}:
                    found = self._by_start.get(second)
                    if found:
                        return self._take(found)
        return None

    def _take(self, found: list[Summary]) -> Hints:
        summary = next((s for s in found if s.is_multisport), found[0])
        for one in found:
            self._taken.add(_key(one))
            if one.parent is not None:
                self._taken.add(one.parent)
        return summary.hints

    def without_file(self, name: str) -> Iterator[ArchiveItem]:
        """What Garmin knows of and sent no recording for: entered by hand, or imported from elsewhere."""
        every = [s for start in sorted(self._by_start) for s in self._by_start[start]]
        parents = {s.parent for s in every if s.parent is not None}
        for summary in every:
            covered = _key(summary) in self._taken or summary.parent in self._taken
            # A multisport's legs say more than the whole.
            if covered or (summary.is_multisport and summary.hints.external_id in parents):
                continue
            yield session_from(summary.hints, name, summary.place)


def _key(summary: Summary) -> str:
    return summary.hints.external_id or f"start {summary.start_s}"
