"""Apple's export as an archive: a Session per workout, put together here because its parts lie far apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from niggle.core.session import Note, ReadItem, Refusal
from niggle.readers.apple_health.export_xml import ExportReader
from niggle.readers.apple_health.sessions import Timed, session_of, timed, without_copies
from niggle.readers.apple_health.spill import Spill
from niggle.readers.contract import Archive, ArchiveItem
from niggle.readers.registry import read_file
from niggle.readers.safety import ZIP_FAULTS, chunks, climbs_out
from niggle.readers.tree import Member, Tree

_CHUNK_BYTES: Final = 1 << 20


class AppleArchive:
    """See the module. root: the folder of the export, "" or "apple_health_export/"; table: its XML."""

    kind = "apple_health"

    def __init__(self, tree: Tree, root: str, table: Member) -> None:
        self._tree = tree
        self._root = root
        self._table = table
        self._spill: Spill | None = None

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._spill is not None:
            self._spill.close()
            self._spill = None
        self._tree.close()

    def count(self) -> int | None:
        return None  # the workouts stand behind gigabytes of measurements

    def items(self) -> Iterator[ArchiveItem]:
        shown = self._tree.shown(self._table.name)
        if (refusal := self._tree.check(self._table, self._tree.limits.xml_bytes)) is not None:
            yield refusal
            return
        self._spill = spill = Spill()
        reader = ExportReader(spill)
        stopped = self._parse(reader)
        if stopped is not None:
            yield Refusal(stopped.code, stopped.message, stopped.place, stopped.suggestion, shown)
        found: list[Timed] = []
        for workout in reader.workouts:
            span = timed(workout)
            if isinstance(span, Refusal):
                yield Refusal(span.code, span.message, span.place, span.suggestion, shown)
            else:
                found.append(span)
        if not found and stopped is None:
            suggestion = "record runs as workouts, or import the app that recorded them"
            yield Refusal("no_records", "the export holds no workouts", None, suggestion, shown)
        units = tuple(
            Note("unit_unknown", f"{count:,} values of {kind} were left out")
            for kind, count in reader.unread_units.items()
        )
        for one, notes in without_copies(found):
            item = session_of(one, notes + units, spill.between(one.start_s, one.end_s), self._route)
            yield (
                item
                if not isinstance(item, Refusal)
                else Refusal(item.code, item.message, item.place, item.suggestion, shown)
            )

    def _parse(self, reader: ExportReader) -> Refusal | None:
        try:
            with self._tree.open(self._table) as file:
                return reader.read(chunks(file, self._tree.limits.xml_bytes, _CHUNK_BYTES))
        except ZIP_FAULTS as fault:
            return Refusal(
                "damaged",
                f"the archive breaks off: {fault}; {len(reader.workouts)} workouts stand before it",
                suggestion="export again from the Health app",
            )

    def _route(self, path: str) -> list[ReadItem]:
        """A route as its GPX says; paths in the XML begin with '/' and mean the export's own folder."""
        name = path.lstrip("/")
        if not name or climbs_out(name):
            return [Refusal("unsafe_path", "points outside the export", name=path)]
        member = self._tree.find(self._root + name)
        if member is None:
            return [Refusal("unreadable", "not in the export", name=path)]
        data = self._tree.read(member)
        return [data] if isinstance(data, Refusal) else read_file(data, self._tree.shown(member.name))
