"""The only clock of the program. Faces ask here once and hand the answer down; core never asks."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place


def today() -> date:
    """The calendar day where the runner's machine stands."""
    return datetime.now().astimezone().date()  # noqa: TID251 - the one place
