"""Strava's export as an archive: a row with a file gives that file with hints, a row without one a Session.

Opened are `activities.csv` and what lies in `activities/`. Pictures, messages, contacts and log-ins stay closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from niggle.core.session import Note, Refusal
from niggle.readers.contract import Archive, ArchiveItem, Hints
from niggle.readers.hints import session_from
from niggle.readers.strava_export.dates import day_comes_first, parse_utc
from niggle.readers.strava_export.table import Columns, Row, columns_of, rows_of
from niggle.readers.strava_export.words import sport_of
from niggle.readers.tree import Member, Tree

_TABLE_BYTES: Final = 512 * 2**20
_YES: Final = frozenset({"true", "1", "1.0"})


@dataclass(slots=True)
class _Table:
    rows: list[Row] = field(default_factory=list)
    columns: Columns | None = None
    day_first: bool = True
    refusals: list[Refusal] = field(default_factory=list)


class StravaArchive:
    """See the module. root: where `activities.csv` lies ("" or "folder/")."""

    kind = "strava"

    def __init__(self, tree: Tree, root: str, table: Member) -> None:
        self._tree = tree
        self._root = root
        self._table_member = table
        self._loaded: _Table | None = None

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *exc: object) -> None:
        self._tree.close()

    def count(self) -> int | None:
        table = self._table()
        column = table.columns.filename if table.columns is not None else None
        listed = sum(1 for row in table.rows if row.text(column)) if column is not None else 0
        files = sum(1 for member in self._tree.walk() if self._is_activity(member.name))
        return len(table.rows) + len(table.refusals) + max(files - listed, 0)

    def items(self) -> Iterator[ArchiveItem]:
        table = self._table()
        yield from table.refusals
        used: set[str] = set()
        if table.columns is not None:
            names = self._names()
            for row in table.rows:
                yield self._row(row, table.columns, table.day_first, names, used)
                if self._tree.exhausted:
                    return
        for member in self._tree.walk():  # files that no row speaks of
            if not self._is_activity(member.name) or member.name in used:
                continue
            yield self._tree.give(member)
            if self._tree.exhausted:
                return

    def _is_activity(self, name: str) -> bool:
        return name.startswith(self._root + "activities/") and not name.endswith("/")

    def _names(self) -> dict[str, str]:
        """Every way a row may call a file -> the member: unpacking tools take `.gz` away, some people pack again."""
        names: dict[str, str] = {}
        for member in self._tree.walk():
            if self._is_activity(member.name):
                plain = member.name.removeprefix(self._root)
                for way in (plain, plain.removesuffix(".gz"), plain + ".gz"):
                    if way == plain or way not in names:
                        names[way] = member.name
        return names

    def _table(self) -> _Table:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _load(self) -> _Table:
        table = _Table()
        name = self._tree.shown(self._table_member.name)
        data = self._tree.read(self._table_member, _TABLE_BYTES)
        if isinstance(data, Refusal):
            table.refusals.append(data)
            return table
        header, table.rows, table.refusals = rows_of(data, name)
        found = columns_of(header, table.rows)
        if isinstance(found, str):
            seen = ", ".join(cell for cell in header[:12])
            suggestion = "get the export again; the files in activities/ are read all the same"
            table.refusals.append(Refusal("bad_table", f"{found}; columns seen: {seen}", "line 1", suggestion, name))
            table.rows = []
            return table
        table.columns = found
        table.day_first = day_comes_first(row.text(1) for row in table.rows)
        return table

    def _row(self, row: Row, columns: Columns, day_first: bool, names: dict[str, str], used: set[str]) -> ArchiveItem:
        hints = hints_of(row, columns, day_first)
        filename = row.text(columns.filename)
        place = f"line {row.line}"
        shown = self._tree.shown(self._table_member.name)
        if not filename:
            word = row.text(3)
            notes = (
                () if hints.sport is not None else (Note("sport_unknown", f"the type “{word}” is not known", place),)
            )
            if hints.start_utc is None:
                said = row.text(1) or "nothing"
                suggestion = "set the account's language to English and get the export again"
                return Refusal("bad_table", f"the date “{said}” cannot be read", place, suggestion, shown)
            return session_from(hints, shown, place, notes)
        member = self._tree.find(names[filename]) if filename in names else None
        if member is None:
            suggestion = "get the export again; this file did not come with it"
            return Refusal("unreadable", "listed in activities.csv but not in the archive", place, suggestion,
                           self._tree.shown(self._root + filename))  # fmt: skip
        used.add(member.name)
        return self._tree.give(member, hints)


def hints_of(row: Row, columns: Columns, day_first: bool) -> Hints:
    """What a row says, in our units."""
    distance_m = row.number(columns.distance)
    if distance_m is None and (first := row.number(6)) is not None:
        distance_m = first * columns.distance_factor
    elapsed_s = row.number(columns.elapsed)
    tags = {
        tag
        for tag, column in (("race", columns.race), ("long_run", columns.long_run), ("commute", columns.commute))
        if row.text(column).casefold() in _YES
    }
    return Hints(
        title=row.text(2) or None,
        gear=row.text(columns.gear) or None,
        external_id=row.text(0) or None,
        sport=sport_of(row.text(3)),
        start_utc=parse_utc(row.text(1), day_first=day_first),
        distance_m=distance_m,
        moving_s=row.number(columns.moving),
        elapsed_s=elapsed_s if elapsed_s is not None else row.number(5),
        ascent_m=row.number(columns.ascent),
        descent_m=row.number(columns.descent),
        tags=frozenset(tags),
    )
