"""The only clock of the program. Faces ask here once and hand the answer down; core never asks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place


def today() -> date:
    """The calendar day where the runner's machine stands."""
    return datetime.now().astimezone().date()  # noqa: TID251 - the one place


def end_of(day: date) -> datetime:
    """The last instant of a calendar day where the runner's machine stands: what was known "as of" that day."""
    return datetime.combine(day, time.max).astimezone()


def day_of(instant: datetime) -> date:
    """The calendar day of an instant where the runner's machine stands."""
    return instant.astimezone().date()
