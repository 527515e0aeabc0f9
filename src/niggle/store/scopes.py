"""Opening an athlete's scope: the one way to her rows."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django_scopes import ScopeError, scope

__all__ = ["ScopeError", "athlete_scope"]


def athlete_scope(athlete_id: int) -> AbstractContextManager[None]:
    """Inside, queries see this athlete's rows and no others. Nesting replaces the athlete."""
    opened: AbstractContextManager[None] = scope(athlete=athlete_id)
    return opened
