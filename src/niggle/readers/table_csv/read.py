"""Rows of a table -> Sessions without streams. A row that cannot be read is a Refusal with its line; others go on."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Final, TypeVar

import numpy as np

from niggle.core.session import Labels, Note, ReadItem, Refusal, Session, Sport, Totals, assemble
from niggle.readers.sportwords import sport_from_words
from niggle.readers.table_csv.cells import BadCell, duration_s, is_absent, length_m, moment, number
from niggle.readers.table_csv.columns import NEEDED, Columns, understand
from niggle.readers.table_csv.dialect import Dialect, settle

_T = TypeVar("_T")

_DELIMITERS: Final = (",", ";", "\t", "|")
_HEADER_WITHIN: Final = 10  # rows before the header: a title, blank lines, Excel's "sep=;"
_SAMPLE_ROWS: Final = 200  # rows looked at to settle decimal commas, missing units and the order of day and month
_MAX_ROW_LINES: Final = 300  # a cell with more line breaks is a quote that was never closed
_MAX_LINE: Final = 100_000
_MAX_CELL: Final = 200
_NOON: Final = time(12, 0)  # a day without a time of day: far from either midnight
_YES: Final = frozenset({"true", "1", "yes", "ja", "y", "x", "wahr"})
_SUGGEST: Final = "Correct the row, or enter the run by hand."


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on, what it became, and the recording that the table names for it, if any."""

    line: int
    item: ReadItem
    file: str | None = None


def sniff(head: bytes, name: str) -> bool:
    """Does a row near the top name the columns of a table of runs? Any text called .csv is ours to refuse well."""
    if head[:5].lstrip()[:1] in (b"<", b"{", b"["):
        return False
    text = decode(head)
    if "\0" in text:
        return False
    if name.lower().removesuffix(".gz").endswith((".csv", ".tsv")):
        return True
    return any(columns.usable for _, columns, _ in _headers(_records(_lines(text))))


def read(data: bytes, name: str) -> list[ReadItem]:
    """Every row of the file. Nothing in the bytes makes it raise."""
    if not data.strip(b" \t\r\n\0"):
        return [Refusal("empty", "The file holds nothing.", suggestion="Export it again.", name=name)]
    items = [row.item for row in read_rows(_lines(decode(data)))]
    return [replace(item, name=name) if isinstance(item, Refusal) else item for item in items]


def read_rows(lines: Iterable[str]) -> Iterator[Row]:
    """Rows as they come, in constant memory. `lines` keep their line ends, as from open(newline="")."""
    records = _records(lines)
    head: list[tuple[int, str]] = []
    for record in records:
        head.append(record)
        if len(head) >= _HEADER_WITHIN:
            break
    found = next(((index, cols, mark) for index, cols, mark in _headers(iter(head)) if cols.usable), None)
    if found is None:
        yield Row(1, _bad_table(head))
        return
    index, columns, delimiter = found
    first_line = head[index][0]
    if columns.unknown_units:
        yield Row(
            first_line,
            Refusal(
                "bad_table", f"A unit in the header is not known: {', '.join(columns.unknown_units)}.",
                f"line {first_line}", "Use km, mi or m for ways, h:mm:ss, min or s for times.",
            ),
        )  # fmt: skip
        return
    rows = _cells(_chain(head[index + 1 :], records), delimiter)
    sample = []
    for row in rows:
        sample.append(row)
        if len(sample) >= _SAMPLE_ROWS:
            break
    dialect = settle(columns, delimiter, [cells for _, cells in sample if isinstance(cells, list)])
    for line, cells in _chain(sample, rows):
        if isinstance(cells, Refusal):
            yield Row(line, cells)
        elif any(cell.strip() for cell in cells):
            yield _row(line, cells, columns, dialect)


def decode(data: bytes) -> str:
    """UTF-8, or UTF-16 by its mark, else the Western Windows code page that Excel writes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:  # a head cut within a character
            return data.decode("utf-8", "ignore")
        return data.decode("cp1252", "replace")


def _lines(text: str) -> Iterable[str]:
    return io.StringIO(text, newline="")


def _records(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines joined where a quoted cell breaks them, as (line number, text). An unclosed quote costs its line only."""
    waiting: list[tuple[int, str]] = []
    numbered = enumerate(lines, start=1)
    again: list[tuple[int, str]] = []
    open_quote = False
    while True:
        entry = again.pop(0) if again else next(numbered, None)
        if entry is None and not waiting:
            return
        if entry is not None:
            waiting.append(entry)
            open_quote ^= entry[1].count('"') % 2 == 1
        if open_quote and entry is not None and len(waiting) < _MAX_ROW_LINES:
            continue
        if open_quote:  # never closed: give up the line it began on and read the others anew
            yield waiting[0]
            again = waiting[1:] + again
        else:
            yield waiting[0][0], "".join(text for _, text in waiting)
        waiting, open_quote = [], False


def _headers(records: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Columns, str]]:
    """(index of the record, its columns, delimiter): for each of the first records its best reading as a header."""
    for index, (_, text) in enumerate(records):
        if index >= _HEADER_WITHIN:
            return
        if len(text) > _MAX_LINE:
            continue
        readings = [(understand(_split(text, mark) or []), mark) for mark in _DELIMITERS]
        columns, mark = max(readings, key=lambda reading: (len(reading[0].places), reading[0].width))
        yield index, columns, mark


def _split(text: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return None


def _cells(records: Iterable[tuple[int, str]], delimiter: str) -> Iterator[tuple[int, list[str] | Refusal]]:
    for first_line, text in records:
        line = first_line
        if len(text) > _MAX_LINE:
            yield line, Refusal("bad_table", "The row is longer than any row of a table.", f"line {line}", _SUGGEST)
            continue
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            for cells in reader:  # more than one where a quote was an inch mark and joined two rows
                yield line, cells
                line = first_line + reader.line_num
        except csv.Error:
            yield line, Refusal("bad_table", "The quotes in this row do not match.", f"line {line}", _SUGGEST)


def _chain(first: Iterable[_T], then: Iterable[_T]) -> Iterator[_T]:
    yield from first
    yield from then


def _bad_table(head: list[tuple[int, str]]) -> Refusal:
    """Says which columns were seen and which are needed."""
    best = max(_headers(iter(head)), key=lambda found: (len(found[1].places), found[1].width), default=None)
    names = [name[:40] for name in best[1].names if name][:20] if best else []
    seen = ", ".join(f"“{name}”" for name in names) or "none"
    return Refusal(
        "bad_table", f"No row of columns that make a table of runs. Seen: {seen}. Needed: {NEEDED}.",
        f"line {head[best[0]][0]}" if best else None,
        "Name the columns in the first row, for example: date, distance (km), duration (h:mm:ss).",
    )  # fmt: skip


def _row(line: int, cells: list[str], columns: Columns, dialect: Dialect) -> Row:
    place = f"line {line}"
    while len(cells) > columns.width and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > columns.width:
        return Row(
            line,
            Refusal(
                "bad_table", f"The row has {len(cells)} cells, the header {columns.width}.", place,
                "Put quotes around cells that hold the separator, such as decimal commas.",
            ),
        )  # fmt: skip
    row = _Cells(cells, columns, dialect)
    try:
        item = _session(row)
    except BadCell as error:
        where = f"{place}, {row.asked}" if row.asked else place
        return Row(line, Refusal("bad_table", f"{error}.", where, _SUGGEST))
    if isinstance(item, Refusal):
        item = replace(item, place=place, suggestion=item.suggestion or _SUGGEST)
    return Row(line, item, row.text("file"))


class _Cells:
    """One row's cells by field; remembers which column was asked last, for the error's place."""

    def __init__(self, cells: list[str], columns: Columns, dialect: Dialect) -> None:
        self._cells, self._columns, self.dialect = cells, columns, dialect
        self.asked = ""

    def text(self, key: str) -> str | None:
        place = self._columns.places.get(key)
        if place is None or place >= len(self._cells):
            return None
        self.asked = f"column “{self._columns.names[place][:40]}”"
        cell = self._cells[place].strip()
        return None if is_absent(cell) else cell

    def length(self, key: str, unit: str, signed: bool = False) -> float | None:
        text = self.text(key)
        if text is None:
            return None
        text = text.removeprefix("-") if signed else text
        return length_m(text[:_MAX_CELL], self._columns.units.get(key, unit), self.dialect.comma_decimal)

    def duration(self, key: str) -> float | None:
        text = self.text(key)
        if text is None:
            return None
        unit = self._columns.units.get(key) or self.dialect.duration_units.get(key, "min")
        return duration_s(text[:_MAX_CELL], unit, self.dialect.comma_decimal)

    def number(self, key: str) -> float | None:
        text = self.text(key)
        return None if text is None else number(text[:_MAX_CELL], self.dialect.comma_decimal)[0]

    def yes(self, key: str) -> bool:
        return (self.text(key) or "").lower() in _YES


def _session(row: _Cells) -> Session | Refusal:
    """Raises BadCell."""
    dialect = row.dialect
    notes = list(dialect.notes)
    distance_m = row.length("distance", dialect.distance_unit)
    timer_s, moving_s, elapsed_s = row.duration("timer"), row.duration("moving"), row.duration("elapsed")
    if timer_s is None and moving_s is None and elapsed_s is None and distance_m is not None:
        timer_s = _by_pace(row, distance_m)
    totals = Totals(
        distance_m=distance_m,
        timer_s=timer_s if timer_s is not None else moving_s,
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        ascent_m=row.length("ascent", "m"),
        descent_m=row.length("descent", "m", signed=True),  # some write the way down as negative
        avg_heart_rate_bpm=row.number("heart"),
        max_heart_rate_bpm=row.number("heart max"),
        avg_cadence_spm=row.number("cadence"),
    )
    start, offset_s = _start(row, notes)
    title, gear, external_id = _told(row, "title"), _told(row, "shoe"), _told(row, "id")
    tags = frozenset(tag for tag in ("race", "commute") if row.yes(tag))
    labels = Labels(title=title, gear=gear, external_id=external_id, tags=tags)
    sport = _sport(row.text("type"), title, notes)
    row.asked = ""
    if distance_m is None and totals.timer_s is None and elapsed_s is None:
        return Refusal("no_distance_no_time", "The row has neither a distance nor a duration.")
    return assemble(
        sport, np.empty(0), {}, start_utc=start, utc_offset_s=offset_s, totals=totals, labels=labels, notes=notes
    )


def _by_pace(row: _Cells, distance_m: float) -> float | None:
    pace = row.text("pace")
    if pace is None:
        return None
    unit = row.dialect.pace_unit
    return duration_s(pace.split("/")[0][:_MAX_CELL], "min", row.dialect.comma_decimal) * distance_m / unit


def _start(row: _Cells, notes: list[Note]) -> tuple[datetime, int | None]:
    """UTC start and the offset. Tables tell local time and no zone: it is kept as it stands, so the day is right."""
    clock = row.text("clock")
    text = row.text("date")
    if text is None:
        raise BadCell("The date is missing")
    when, assumed = moment(text[:_MAX_CELL], clock[:_MAX_CELL] if clock else None, row.dialect.month_first)
    if assumed and row.dialect.order_assumed:
        order = "month/day" if row.dialect.month_first else "day/month"
        notes.append(Note("date_order_assumed", f"“{text[:20]}” was read as {order}; nothing in the table tells."))
    if not isinstance(when, datetime):
        notes.append(Note("time_of_day_unknown", "The table gives a day without a time; noon was taken."))
        return datetime.combine(when, _NOON, UTC), None
    offset = when.utcoffset()
    if offset is not None:
        try:
            return when.astimezone(UTC), int(offset.total_seconds()) or None
        except OverflowError:
            raise BadCell(f"“{text[:40]}” is not a day of the calendar") from None
    if not row.dialect.times_are_utc:
        notes.append(Note("time_zone_unknown", "The table gives local time without a zone; it was kept as it stands."))
    return when.replace(tzinfo=UTC), None


def _told(row: _Cells, key: str) -> str | None:
    text = row.text(key)
    if text is None:
        return None
    if text[0] == "'" and text[1:2] in {"=", "+", "-", "@"}:  # the writer's guard against spreadsheet formulas
        text = text[1:]
    return text[:_MAX_CELL]


def _sport(stated: str | None, title: str | None, notes: list[Note]) -> Sport:
    """By the type; without one this is a table of runs."""
    if stated is None:
        return Sport.TREADMILL if title and sport_from_words(title) is Sport.TREADMILL else Sport.RUN
    sport = sport_from_words(stated)
    if sport is None:
        notes.append(Note("sport_guessed", f"Taken as other: the type “{stated[:40]}” is not known."))
        return Sport.OTHER
    return sport
