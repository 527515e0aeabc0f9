"""What every row of an athlete has: its owner, a scope that must be open, and (for facts) no way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models
from django_scopes import ScopedManager, ScopeError, get_scope

M = TypeVar("M", bound=models.Model)

_removing: ContextVar[str | None] = ContextVar("niggle_removing", default=None)


class AppendOnly(RuntimeError):
    """A fact cannot be changed or deleted: record a new one. Whole imports can be undone, athletes forgotten."""


@contextmanager
def removing(why: str) -> Iterator[None]:
    """The only door through which facts leave: `undo` of an import, `forget` of an athlete."""
    if why not in ("undo", "forget"):
        raise ValueError(f"facts are removed by undo or forget, not by {why}")
    token = _removing.set(why)
    try:
        yield
    finally:
        _removing.reset(token)


def _refuse_foreign(rows: Iterable[models.Model]) -> None:
    """Rows may only be written for the athlete whose scope is open."""
    scope = get_scope()
    if not scope.get("_enabled", True):
        return
    athlete = scope.get("athlete")
    if athlete is None:
        raise ScopeError("An athlete's scope needs to be open for writing her rows.")
    for row in rows:
        if getattr(row, "athlete_id", None) != athlete:
            raise ScopeError("This row belongs to another athlete than the scope that is open.")


class OwnedQuerySet(models.QuerySet[M]):
    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows = list(objs)
        _refuse_foreign(rows)
        return super().bulk_create(rows, *args, **kwargs)


class FactQuerySet(OwnedQuerySet[M]):
    """Facts can be read and added."""

    def update(self, **kwargs: Any) -> int:
        raise AppendOnly(f"{self.model.__name__} rows are facts: add a new one instead of an update")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise AppendOnly(f"{self.model.__name__} rows are facts: add a new one instead of an update")

    def delete(self) -> tuple[int, dict[str, int]]:
        if _removing.get() is None:
            raise AppendOnly(f"{self.model.__name__} rows are facts: they leave only by undo or forget")
        return super().delete()


class _Guarded(models.Manager[M]):
    """A manager whose bulk_create is guarded too: django-scopes leaves that one open when no scope is."""

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows = list(objs)
        _refuse_foreign(rows)
        return super().bulk_create(rows, *args, **kwargs)


_OwnedManager = _Guarded.from_queryset(OwnedQuerySet)
_FactManager = _Guarded.from_queryset(FactQuerySet)


class Owned(models.Model):
    """A row of one athlete. Any query outside `scope(athlete=id)` raises ScopeError."""

    athlete = models.ForeignKey("store.Athlete", on_delete=models.CASCADE, related_name="+")

    objects: Any = ScopedManager(_manager_class=_OwnedManager, athlete="athlete")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _refuse_foreign([self])
        super().save(*args, **kwargs)


class FactRow(Owned):
    """A row that is written once: what somebody said, recorded or was told."""

    objects: Any = ScopedManager(_manager_class=_FactManager, athlete="athlete")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(f"{type(self).__name__} rows are facts: add a new one instead of changing this")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if _removing.get() is None:
            raise AppendOnly(f"{type(self).__name__} rows are facts: they leave only by undo or forget")
        return super().delete(*args, **kwargs)
