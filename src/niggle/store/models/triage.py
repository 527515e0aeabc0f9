"""Interviews about a complaint: what she wrote and answered, one row each, so that a closed page loses nothing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from niggle.store.models.base import FactRow


class TriageSession(FactRow):
    """One interview about one complaint. `key` is its name in addresses."""

    key = models.CharField(max_length=32)
    started_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["athlete", "key"], name="triage_key_once")]


class TriageEntry(FactRow):
    """One thing she said in it. Of each kind and name the last row counts; what it says is in `value`.

    kind: text (her words), read (what of them she confirmed), place, about (age and sex), answer (`name` is the
    finding; null: she does not know), end (put away), kept (the check-in entry made of it), back (that entry, or with
    null all of them, taken back), again (kept after all).
    """

    session = models.ForeignKey(TriageSession, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=64, default="")
    value = models.JSONField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["session", "id"], name="triage_order")]
