"""Check-ins and decisions: what she said, and what was answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from niggle.store.models.base import FactRow


class CheckInEntry(FactRow):
    """One check-in as it was given. `plain` is the whole entry as core reads it; the columns are for finding it."""

    key = models.CharField(max_length=32)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    site = models.CharField(max_length=64, null=True)
    side = models.CharField(max_length=8, null=True)
    moment = models.CharField(max_length=16, null=True)
    warns = models.BooleanField(default=False)  # holds an answer that old days must not hide (red-flag findings)
    plain = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["athlete", "key"], name="entry_key_once")]
        indexes: ClassVar = [models.Index(fields=["athlete", "on"], name="entry_day")]


class DecisionRow(FactRow):
    """One decision with everything it was made from."""

    on = models.DateField()
    made_at = models.DateTimeField()
    engine_version = models.CharField(max_length=32)
    knowledge_digest = models.CharField(max_length=64)
    case_digest = models.CharField(max_length=64)
    case_zlib = models.BinaryField()  # canonical JSON of the Case
    light = models.CharField(max_length=12)
    decision = models.JSONField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["athlete", "on", "id"], name="decision_day")]
