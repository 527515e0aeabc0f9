"""Opening an athlete's scope: the one way to her rows."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django_scopes import ScopeError, scope, scopes_disabled

__all__ = ["ScopeError", "athlete_scope", "every_athlete"]


def athlete_scope(athlete_id: int) -> AbstractContextManager[None]:
    """Inside, queries see this athlete's rows and no others. Nesting replaces the athlete."""
    opened: AbstractContextManager[None] = scope(athlete=athlete_id)
    return opened


def every_athlete() -> AbstractContextManager[None]:
    """All rows of everybody: for the worker's queue and for cleaning up. Never for a face."""
    opened: AbstractContextManager[None] = scopes_disabled()
    return opened
