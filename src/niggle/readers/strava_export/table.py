"""`activities.csv`: which column is which, told by position and checked by content, whatever the language.

The table has two blocks. The first is written for people (distance in the account's unit and number format), the second
in metres and seconds; five names occur in both. The file name's column, found by what stands in it, is the anchor.
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from niggle.core.session import Refusal
from niggle.core.units import M_PER_KM, M_PER_MILE

_FOLDER: Final = "activities/"
_ENGLISH_ID: Final = "activity id"
_OLD_HEADER: Final = ("id", "date", "name", "type", "description")  # the ten columns of before July 2019
_UNTRANSLATED: Final = "translation missing"
_OLD_WIDTH: Final = 10
_FIRST_ELAPSED: Final = 5
_FIRST_DISTANCE: Final = 6
_SAMPLE_ROWS: Final = 400
_AGREE_SHARE: Final = 0.6  # of the rows that can be compared; the rest may be edited, cropped or odd
_WIDTH_2026: Final = 103
_FIELD_CHARS: Final = 1 << 20  # a description; csv's own limit is 128 kB
_FACTORS: Final = (M_PER_KM, M_PER_MILE, 1.0)


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the cells in a row, None where the layout has none. distance_factor: first distance to metres."""

    filename: int
    elapsed: int | None
    moving: int | None
    distance: int | None
    ascent: int | None
    descent: int | None
    gear: int | None
    commute: int | None
    race: int | None
    long_run: int | None
    distance_factor: float


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: Sequence[str]

    def text(self, column: int | None) -> str:
        return self.cells[column].strip() if column is not None and column < len(self.cells) else ""

    def number(self, column: int | None) -> float | None:
        return number(self.text(column))


def number(text: str) -> float | None:
    """A number with a decimal point or comma; None for anything else. With both, the later one is the decimal mark."""
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("'", "")
    if "," in plain:
        if plain.rfind(",") < plain.rfind(".") or plain.count(",") > 1:
            plain = plain.replace(",", "")
        else:
            plain = plain.replace(".", "").replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def rows_of(data: bytes, name: str) -> tuple[list[str], list[Row], list[Refusal]]:
    """Header, rows and what could not be split into cells. Lines are the file's own; a row may span several."""
    text = data.decode("utf-8-sig", "replace")
    header: list[str] = []
    rows: list[Row] = []
    refusals: list[Refusal] = []
    # The csv module's limit is one for the process; it is put back, because other readers rely on theirs.
    before = csv.field_size_limit(_FIELD_CHARS)
    try:
        reader = csv.reader(io.StringIO(text, newline=""))
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as fault:
                suggestion = "look for a quotation mark that is never closed"
                refusals.append(
                    Refusal("bad_table", f"cannot be split into cells: {fault}", f"line {line}", suggestion, name)
                )
                continue
            if not header:
                header = cells
            elif any(cell.strip() for cell in cells):
                rows.append(Row(line, cells))
    finally:
        csv.field_size_limit(before)
    return header, rows, refusals


def is_strava_table(head: bytes) -> bool:
    """Whether the beginning of an `activities.csv` is Strava's, in any language, and not another service's."""
    text = head.decode("utf-8-sig", "replace")
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        header = next(lines)
    except (StopIteration, csv.Error):
        return False
    folded = [cell.strip().casefold() for cell in header]
    if folded[:1] == [_ENGLISH_ID] or tuple(folded[:5]) == _OLD_HEADER or _UNTRANSLATED in text[:4096]:
        return True
    try:
        if any(cell.startswith(_FOLDER) for row in lines for cell in row):
            return True
    except csv.Error:
        pass
    return len(header) >= 80  # no other table of activities is that wide


def columns_of(header: Sequence[str], rows: Sequence[Row]) -> Columns | str:
    """The layout of this table, or in words why none fits."""
    sample = rows[:_SAMPLE_ROWS]
    folded = [cell.strip().casefold() for cell in header]
    filename = _filename_column(folded, rows)
    if filename is None:
        return "no column holds file names such as activities/123.fit.gz"
    if filename >= len(header):
        return "the rows have more cells than the header"
    race = long_run = None
    if "competition" in folded:
        race = folded.index("competition")
    if "long run" in folded:
        long_run = folded.index("long run")
    if len(header) == _WIDTH_2026 and race is None:
        race, long_run = _WIDTH_2026 - 8, _WIDTH_2026 - 7
    commute = next((c for c in (filename - 3, filename - 2) if _is_flag(sample, c)), None)
    gear = filename - 1
    block = _second_block(folded, filename, sample)
    if block is None:
        return Columns(
            filename, _FIRST_ELAPSED, None, None, None, None, gear, commute, race, long_run,
            _factor_by_speed(sample, len(header)),
        )  # fmt: skip
    distance = block + 2
    return Columns(
        filename, block, block + 1, distance, block + 5, block + 6, gear, commute, race, long_run,
        _factor_by_second(sample, distance),
    )  # fmt: skip


def _filename_column(folded: Sequence[str], rows: Sequence[Row]) -> int | None:
    seen: Counter[int] = Counter()
    for row in rows:
        for column, cell in enumerate(row.cells[:32]):
            if cell.strip().startswith(_FOLDER):
                seen[column] += 1
    if seen:
        return seen.most_common(1)[0][0]
    # Only manual entries, so nothing to see: the English name, else the place of the layout.
    if "filename" in folded:
        return folded.index("filename")
    if len(folded) == _OLD_WIDTH:
        return _OLD_WIDTH - 1
    return 12 if len(folded) > 80 else None


def _is_flag(rows: Sequence[Row], column: int) -> bool:
    texts = {row.text(column).casefold() for row in rows} - {""}
    return bool(texts) and texts <= {"true", "false"}


def _agrees(rows: Sequence[Row], column: int) -> bool:
    """Whether a column repeats the first block's elapsed seconds and is followed by a moving time that fits."""
    compared = equal = 0
    for row in rows:
        first, second, moving = row.number(_FIRST_ELAPSED), row.number(column), row.number(column + 1)
        if first is None or second is None:
            continue
        compared += 1
        equal += abs(first - second) <= 1.0 and (moving is None or moving <= second + 1.0)
    return compared > 0 and equal >= _AGREE_SHARE * compared


def _second_block(folded: Sequence[str], filename: int, rows: Sequence[Row]) -> int | None:
    """Where the block in metres and seconds begins (its elapsed time), checked against the first block."""
    usual = filename + 3
    if len(folded) > usual + 6 and (_agrees(rows, usual) or not rows):
        return usual
    named = [i for i, cell in enumerate(folded) if cell == "elapsed time" and i > filename]
    others = [i for i in range(filename + 1, max(len(folded) - 7, filename + 1)) if i != usual]
    return next((column for column in (*named, *others) if _agrees(rows, column)), None)


def _factor_by_second(rows: Sequence[Row], distance: int) -> float:
    ratios = [
        second / first
        for row in rows
        if (first := row.number(_FIRST_DISTANCE)) and (second := row.number(distance)) and first > 0
    ]
    return _nearest_factor(median(ratios)) if ratios else M_PER_KM


def _nearest_factor(ratio: float) -> float:
    return min(_FACTORS, key=lambda f: abs(math.log(max(ratio, 1e-6) / f)))


def _factor_by_speed(rows: Sequence[Row], width: int) -> float:
    """Without a second block only the pace tells kilometres from metres: nobody covers the former in m/s."""
    speeds = [
        first / elapsed
        for row in rows
        if (first := row.number(_FIRST_DISTANCE)) and (elapsed := row.number(_FIRST_ELAPSED)) and elapsed > 0
    ]
    if not speeds:
        return 1.0 if width <= _OLD_WIDTH else M_PER_KM
    return 1.0 if median(speeds) > 0.1 else M_PER_KM
