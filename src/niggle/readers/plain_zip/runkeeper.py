"""Runkeeper's export: `cardioActivities.csv` with one GPX beside it per run recorded by GPS."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from niggle.core.session import Refusal, Sport
from niggle.readers.contract import Archive, ArchiveItem, Hints
from niggle.readers.registry import read_file
from niggle.readers.tree import Member, Tree

_SPORTS: Final = {
    "running": Sport.RUN, "walking": Sport.WALK, "hiking": Sport.HIKE, "cycling": Sport.RIDE,
    "mountain biking": Sport.RIDE, "swimming": Sport.SWIM, "rowing": Sport.ROW, "elliptical": Sport.ELLIPTICAL,
    "strength training": Sport.STRENGTH,
}  # fmt: skip
_FILE_COLUMN: Final = "gpx file"
_TABLE_BYTES: Final = 64 * 2**20


class RunkeeperArchive:
    """Rows with a GPX give that file with the row's hints; rows without one are read as a table of runs."""

    kind = "runkeeper"

    def __init__(self, tree: Tree, root: str, table: Member) -> None:
        self._tree = tree
        self._root = root
        self._table = table

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *exc: object) -> None:
        self._tree.close()

    def count(self) -> int | None:
        return None

    def items(self) -> Iterator[ArchiveItem]:
        shown = self._tree.shown(self._table.name)
        data = self._tree.read(self._table, _TABLE_BYTES)
        if isinstance(data, Refusal):
            yield data
            return
        try:
            rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig", "replace"), newline="")))
        except csv.Error as fault:
            yield Refusal("bad_table", str(fault), suggestion="get the export again", name=shown)
            return
        header = [cell.strip().casefold() for cell in rows[0]] if rows else []
        if _FILE_COLUMN not in header:
            yield from read_file(data, shown)
            return
        used: set[str] = set()
        without: list[list[str]] = []
        for row in rows[1:]:
            cells = dict(zip(header, row, strict=False))
            name = cells.get(_FILE_COLUMN, "").strip()
            member = self._tree.find(self._root + name) if name else None
            if member is None:  # no GPS, or the file is gone: the row's own numbers are what there is
                without.append(row)
                continue
            used.add(member.name)
            yield self._tree.give(member, _hints(cells))
            if self._tree.exhausted:
                return
        if without:
            text = io.StringIO(newline="")
            csv.writer(text).writerows([rows[0], *without])
            yield from read_file(text.getvalue().encode(), shown)
        yield from self._unlisted(used)

    def _unlisted(self, used: set[str]) -> Iterator[ArchiveItem]:
        for member in self._tree.walk():
            inside = member.name.startswith(self._root) and "/" not in member.name.removeprefix(self._root)
            if inside and member.name not in used and member.name.lower().endswith(".gpx"):
                yield self._tree.give(member)
                if self._tree.exhausted:
                    return


def _hints(cells: dict[str, str]) -> Hints:
    return Hints(
        title=cells.get("route name", "").strip() or None,
        external_id=cells.get("activity id", "").strip() or None,
        sport=_SPORTS.get(cells.get("type", "").strip().casefold()),
    )
