"""`Activity Date` in the account's language. It is UTC, whatever it looks like: no zone is ever given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from niggle.readers.strava_export.words import month_of

_CLOCK: Final = re.compile(r"(?<![\d.])(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?![.:]?\d)")
_AFTERNOON: Final = re.compile(r"\bp\.?\s?m\b|午後|下午|오후|μμ", re.IGNORECASE)
_MORNING: Final = re.compile(r"\ba\.?\s?m\b|午前|上午|오전|πμ", re.IGNORECASE)
_YEAR_FIRST: Final = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\s?[./-]\s?(\d{4})")
_NUMBER: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"[^\W\d_]+")


def _split(text: str) -> tuple[str, re.Match[str] | None]:
    """The date's part, and the clock behind it."""
    clocks = list(_CLOCK.finditer(text))
    clock = clocks[-1] if clocks else None  # the last one: a date may be written with points like a clock
    return (text[: clock.start()] if clock else text), clock


def day_comes_first(texts: Iterable[str]) -> bool:
    """Whether 3/4/2021 is the third of April in this table: decided by all its dates, the third of April in doubt."""
    for text in texts:
        found = _YEAR_LAST.search(_split(text)[0])
        if found is not None and found[2] != ".":
            if int(found[1]) > 12:
                return True
            if int(found[3]) > 12:
                return False
    return True


def parse_utc(text: str, *, day_first: bool = True) -> datetime | None:
    """The moment an `Activity Date` cell means; None where it cannot be told."""
    date, clock = _split(text.strip())
    hour, minute, second = (int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock else (0, 0, 0)
    if _AFTERNOON.search(text):
        hour = hour + 12 if hour < 12 else hour
    elif _MORNING.search(text) and hour == 12:
        hour = 0
    found = _date(date, day_first)
    if found is None:
        return None
    try:
        return datetime(*found, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _date(text: str, day_first: bool) -> tuple[int, int, int] | None:
    if (found := _YEAR_FIRST.search(text)) is not None:
        return int(found[1]), int(found[2]), int(found[3])
    if (found := _YEAR_LAST.search(text)) is not None:
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        return (year, second, first) if day_first or found[2] == "." else (year, first, second)
    month = next((m for word in _WORD.findall(text) if (m := month_of(word)) is not None), None)
    numbers = [int(n) for n in _NUMBER.findall(text)]
    if month is None or len(numbers) < 2:
        return None
    day, year = sorted(numbers[:2])
    return year, month, day
