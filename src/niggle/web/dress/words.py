"""Names of days and months, and of vocabulary ids where no sentence is needed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                 "November", "December")  # fmt: skip


def long_day(on: date) -> str:
    """Sunday 22 November."""
    return f"{DAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"


def day_text(on: date | None) -> str:
    """Sun 22 Nov 2026; an en dash for none."""
    if on is None:
        return "–"
    return f"{DAYS[on.weekday()][:3]} {on.day} {MONTHS[on.month - 1][:3]} {on.year}"


def short_day(on: date) -> str:
    """22 Nov."""
    return f"{on.day} {MONTHS[on.month - 1][:3]}"


def month_text(on: date) -> str:
    """November 2026."""
    return f"{MONTHS[on.month - 1]} {on.year}"


def relative_day(on: date, today: date) -> str:
    """today, yesterday, or the day itself."""
    return {0: "today", 1: "yesterday"}.get((today - on).days, day_text(on))


def week_days(on: date, week_starts: str) -> tuple[date, ...]:
    """The seven days of the week that `on` is in."""
    back = on.weekday() if week_starts == "monday" else (on.weekday() + 1) % 7
    first = on - timedelta(days=back)
    return tuple(first + timedelta(days=i) for i in range(7))


def plain_word(symbol: str) -> str:
    """An id as words: heavy_calf -> heavy calf."""
    return symbol.replace("_", " ")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
