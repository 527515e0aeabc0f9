"""Single cells of a table: numbers, durations and dates as people write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from niggle.core.units import duration_s as convert_duration
from niggle.core.units import length_m as convert_length
from niggle.readers.table_csv.columns import DURATIONS, LENGTHS, unit_of

ABSENT: Final = frozenset({"", "-", "--", "---", "–", "—", "n/a", "na", "nan", "none", "null", "?"})
_NUMBER: Final = re.compile(r"([-+]?(?:\d[\d.,' \u00a0\u202f]*\d|\d|[.,]\d+))\s*([^\d\s].*)?")
_GROUPED_BY_DOT: Final = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+")
_GROUPED_BY_COMMA: Final = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+")
_CLOCK: Final = re.compile(r"(?:(\d+):)?(\d+):(\d{1,2}(?:[.,]\d+)?)")
_ISO_DURATION: Final = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?", re.IGNORECASE)
_SPELLED: Final = re.compile(
    r"(?:(\d+)\s*(?:h|hr|hrs|hours?|std|stunden?)\.?)?\s*(?:(\d+)\s*(?:m|min|mins|minutes?|minuten?|')\.?)?"
    r"\s*(?:(\d+(?:[.,]\d+)?)\s*(?:s|sec|secs|seconds?|sek|sekunden?|\")\.?)?",
    re.IGNORECASE,
)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan january januar jän jänner", "feb february februar", "mar march mär märz mrz", "apr april", "may mai",
         "jun june juni", "jul july juli", "aug august", "sep sept september", "oct october okt oktober",
         "nov november", "dec december dez dezember"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DOTTED: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})\b")
SLASHED: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})\b")
_DAY_MONTH: Final = re.compile(r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+([^\W\d]+)\.?,?[\s-]+(\d{4})\b")
_MONTH_DAY: Final = re.compile(r"(?:[^\W\d]+\.?,\s+)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_TIME: Final = re.compile(
    r"[\sT,]*(?:um\s+|at\s+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d+))?)?\s*(?:([ap])\.?m\.?)?\s*(?:uhr)?\s*"
    r"(?:(z|utc|gmt)|([+-])(\d\d):?(\d\d)?)?\s*",
    re.IGNORECASE,
)
_PIVOT: Final = 70  # two-digit years: 69 is 2069, 70 is 1970


class BadCell(ValueError):
    """A cell that cannot be understood; the message says what was expected."""


def is_absent(text: str) -> bool:
    return text.strip().lower() in ABSENT


def number(text: str, comma_decimal: bool) -> tuple[float, str | None]:
    """(value, what stands behind it). Raises BadCell."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise BadCell(f"“{text[:40]}” is not a number")
    digits = re.sub(r"[' \u00a0\u202f]", "", found[1])
    dot, comma = digits.rfind("."), digits.rfind(",")
    if dot >= 0 and comma >= 0:  # the last of the two parts the decimals
        digits = digits.replace(",", "") if dot > comma else digits.replace(".", "").replace(",", ".")
    elif comma >= 0:
        grouped = _GROUPED_BY_COMMA.fullmatch(digits) and not comma_decimal
        digits = digits.replace(",", "") if grouped else digits.replace(",", ".")
    elif comma_decimal and _GROUPED_BY_DOT.fullmatch(digits):
        digits = digits.replace(".", "")
    try:
        return float(digits), found[2]
    except ValueError:
        raise BadCell(f"“{text[:40]}” is not a number") from None


def length_m(text: str, unit: str, comma_decimal: bool) -> float:
    """Metres; a unit in the cell wins over the column's. Raises BadCell."""
    value, behind = number(text, comma_decimal)
    if behind:
        own = unit_of(behind)
        if own not in LENGTHS:
            raise BadCell(f"“{text[:40]}” has a unit that is not a length")
        unit = own or unit
    if value < 0:
        raise BadCell(f"“{text[:40]}” is negative")
    return convert_length(value, unit)


def duration_s(text: str, unit: str, comma_decimal: bool) -> float:
    """Seconds from 1:02:03, 45:10, 52 min, 1h 5m, PT45M or a number in `unit` (h:mm reads 1:05 as hours). BadCell."""
    text = text.strip()
    if found := _CLOCK.fullmatch(text):
        first, second, third = found.groups()
        last = float(third.replace(",", "."))
        if last >= 60 or (first is not None and int(second) >= 60):
            raise BadCell(f"“{text[:40]}” is not a duration like 1:02:03")
        if first is not None:
            return int(first) * 3600 + int(second) * 60 + last
        return int(second) * 3600 + last * 60 if unit == "h:mm" else int(second) * 60 + last
    for pattern in (_ISO_DURATION, _SPELLED):
        found = pattern.fullmatch(text)
        if found and any(found.groups()):
            hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups())
            return hours * 3600 + minutes * 60 + seconds
    value, behind = number(text, comma_decimal)
    if behind:
        own = unit_of(behind)
        if own not in DURATIONS:
            raise BadCell(f"“{text[:40]}” has a unit that is not a duration")
        unit = own or unit
    if value < 0:
        raise BadCell(f"“{text[:40]}” is negative")
    return convert_duration(value, {"h:mm:ss": "s", "m:ss": "min", "h:mm": "h"}.get(unit, unit))


def moment(text: str, clock: str | None, month_first: bool | None) -> tuple[datetime | date, bool]:
    """(a datetime with zone if one is stated, else naive local; or a bare date, whether the order was assumed).

    Raises BadCell, also where 03/04/2025 can be read both ways and month_first is None.
    """
    text = text.strip()
    day, rest, ordered = _date(text, month_first)
    behind = rest.strip(" ,")
    if clock and not behind and not is_absent(clock):
        behind = clock.strip()
    if not behind:
        return day, ordered
    found = _TIME.fullmatch(behind)
    if found is None:
        raise BadCell(f"“{behind[:40]}” is not a time of day like 7:30 or 07:30:00")
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[5]:
        if not 1 <= hour <= 12:
            raise BadCell(f"“{behind[:40]}” is not a time of day")
        hour = hour % 12 + (12 if found[5].lower() == "p" else 0)
    zone: timezone | None = None
    try:
        if found[6]:
            zone = UTC
        elif found[7]:
            offset = timedelta(hours=int(found[8]), minutes=int(found[9] or 0))
            zone = timezone(-offset if found[7] == "-" else offset)
        micro = int((found[4] or "0")[:6].ljust(6, "0"))
        return datetime.combine(day, time(hour, minute, second, micro), zone), ordered
    except ValueError:
        raise BadCell(f"“{behind[:40]}” is not a time of day") from None


def _date(text: str, month_first: bool | None) -> tuple[date, str, bool]:
    """(the day, what stands behind it, whether day and month could be told apart only by assumption)."""
    assumed = False
    if found := _ISO.match(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DOTTED.match(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := SLASHED.match(text):
        one, two, year = (int(part) for part in found.groups())
        if one > 12 or two > 12:
            day, month = (one, two) if one > 12 else (two, one)
        elif month_first is None:
            raise BadCell(f"“{text[:40]}” can be read in two ways")
        else:
            month, day = (one, two) if month_first else (two, one)
            assumed = one != two
    elif (found := _DAY_MONTH.match(text)) and found[2].lower() in _MONTHS:
        day, month, year = int(found[1]), _MONTHS[found[2].lower()], int(found[3])
    elif (found := _MONTH_DAY.match(text)) and found[1].lower() in _MONTHS:
        month, day, year = _MONTHS[found[1].lower()], int(found[2]), int(found[3])
    else:
        raise BadCell(f"“{text[:40]}” is not a date like 2025-03-02 or 02.03.2025")
    if year < 100:
        year += 2000 if year < _PIVOT else 1900
    try:
        return date(year, month, day), text[found.end() :], assumed
    except ValueError:
        raise BadCell(f"“{text[:40]}” is not a day of the calendar") from None
