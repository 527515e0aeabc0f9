"""Who it is about, how she wants to see things, and what is known of her."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from niggle.store.models.base import FactRow, Owned


class Athlete(models.Model):
    """One runner. `local` is the person this machine belongs to; there may be any number of others."""

    kind = models.CharField(max_length=16, default="member")  # local, demo, member
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(kind__in=["local", "demo"]), name="one_local_one_demo"
            )
        ]


class AthleteSetting(Owned):
    """A preference. Not a fact about her body, so it may be overwritten."""

    key = models.CharField(max_length=64)
    value = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["athlete", "key"], name="setting_once")]


class ProfileFact(FactRow):
    """One answer about the runner. The latest answer of a key that was recorded by a date is what held on it."""

    key = models.CharField(max_length=64)
    value = models.JSONField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["athlete", "recorded_at"], name="profile_when")]


class ConditionFact(FactRow):
    """A condition somebody named, or a later word on it: the last row of a slug, site and side holds."""

    slug = models.CharField(max_length=64)
    site = models.CharField(max_length=64, null=True)
    side = models.CharField(max_length=8, null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    seen_by_professional = models.BooleanField(default=False)
    plan_active = models.BooleanField(default=False)
    improving = models.BooleanField(null=True)
    recorded_at = models.DateTimeField()


class ToldFact(FactRow):
    """Something no log shows (core.spikes.TOLD_CODES) on a day. The last row of a code and day holds."""

    code = models.CharField(max_length=32)
    on = models.DateField()
    taken_back = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["athlete", "on"], name="told_day")]


class ClearanceFact(FactRow):
    """A clinician's word as the runner recorded it. lifts: what it clears (core.profile.Cleared); null: not asked."""

    on = models.DateField()
    by = models.CharField(max_length=200)
    site = models.CharField(max_length=64, null=True)
    side = models.CharField(max_length=8, null=True)
    restricts = models.BooleanField(default=False)
    until = models.DateField(null=True)
    note = models.TextField(null=True)
    lifts = models.CharField(max_length=12, null=True)
    recorded_at = models.DateTimeField()
