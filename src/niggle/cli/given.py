"""What people type on the command line, as values: dates, distances, JSON from a file or standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from niggle.cli.say import NOT_UNDERSTOOD, Failure, Stop, stop
from niggle.core.units import m_from_miles

FIRST_YEAR: Final = 1900  # a year beyond these is a slip of the finger, and calendars end somewhere
LAST_YEAR: Final = 2200


def day(text: str | None, today: date) -> date:
    """A day: YYYY-MM-DD, `today` (also for None), `yesterday`, or -N for N days ago. Anything else is a usage error."""
    if text is None or text == "today":
        return today
    if text == "yesterday":
        return today - timedelta(days=1)
    try:
        found = today - timedelta(days=int(text[1:])) if text.startswith("-") else date.fromisoformat(text)
    except (ValueError, OverflowError):
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        message = f"{text!r} is not a day; write it as 2026-03-28, today, yesterday or -3 (three days ago)"
        raise not_understood(message)
    return found


def distance_m(km: float | None, miles: float | None) -> float | None:
    """One distance from the two options that can give it, in metres. Both at once is a usage error."""
    if km is not None and miles is not None:
        raise not_understood("give the distance in km or in miles, not both")
    if km is not None:
        return km * 1000.0
    return None if miles is None else m_from_miles(miles)


def several(values: Sequence[str] | None) -> list[str] | None:
    """What an option that may be repeated was given, also with commas: band,stairs is band and stairs."""
    if values is None:
        return None
    return [word for value in values for part in value.split(",") if (word := part.strip())]


def json_object(source: str) -> Mapping[str, Any]:
    """The JSON object in a file, or on standard input for `-`. Raises Stop with the line of what is wrong."""
    name = "standard input" if source == "-" else source
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise unreadable(name, error) from None
    except UnicodeDecodeError as error:
        raise stop("bad_json", "not a text in UTF-8", f"{name}, byte {error.start}", "save the file as UTF-8") from None
    try:
        value = json.loads(text)
    except RecursionError:
        raise stop("bad_json", "nested far too deep", name, "give one JSON object") from None
    except ValueError as error:
        place = f"{name}, line {error.lineno}" if isinstance(error, json.JSONDecodeError) else name
        detail = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise stop("bad_json", f"not valid JSON: {detail}", place, "check quotes, commas and brackets there") from None
    if not isinstance(value, dict):
        raise stop("bad_json", "the JSON is not an object", name, 'begin with { and name each field: {"pain_max": 3}')
    return value


def not_understood(message: str) -> Stop:
    """A value on the command line that cannot be meant: exit code 2, as for a mistyped option."""
    return Stop(Failure("usage", message), exit_code=NOT_UNDERSTOOD)


def unreadable(name: str, error: OSError) -> Stop:
    return stop("unreadable", f"cannot open: {error.strerror or error}", name, "check the path and its permissions")
