"""Recordings: sessions as read, one row each; what is derived from them; what the runner says of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from niggle.store.models.base import FactRow, Owned
from niggle.store.models.imports import ImportJob


class Recording(FactRow):
    """One session as one source told it. `key` is its stable name everywhere outside the database."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=32)
    content_digest = models.CharField(max_length=64)  # of the unpacked file, or of the row's content
    leg = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=32)  # fit, gpx, tcx, table_csv, strava_export, apple_health, manual, ...
    file_name = models.CharField(max_length=512, default="")
    sport = models.CharField(max_length=16)
    start_utc = models.DateTimeField()
    utc_offset_s = models.IntegerField(null=True)
    local_date = models.DateField()
    distance_m = models.FloatField(null=True)
    timer_s = models.FloatField(null=True)
    moving_s = models.FloatField(null=True)
    elapsed_s = models.FloatField(null=True)
    ascent_m = models.FloatField(null=True)
    descent_m = models.FloatField(null=True)
    avg_heart_rate_bpm = models.FloatField(null=True)
    max_heart_rate_bpm = models.FloatField(null=True)
    avg_cadence_spm = models.FloatField(null=True)
    records = models.PositiveIntegerField(default=0)
    stream_names = models.CharField(max_length=255, default="")  # separated by spaces
    streams_digest = models.CharField(max_length=64, default="")
    original_digest = models.CharField(max_length=64, default="")  # of the kept file; empty: not kept
    title = models.TextField(null=True)
    gear = models.CharField(max_length=255, null=True)
    device = models.CharField(max_length=255, null=True)
    external_id = models.CharField(max_length=128, null=True)
    tags = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["athlete", "content_digest", "leg"], name="recording_once"),
            models.UniqueConstraint(fields=["athlete", "key"], name="recording_key_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["athlete", "start_utc"], name="recording_start"),
            models.Index(fields=["athlete", "local_date"], name="recording_day"),
            models.Index(fields=["job"], name="recording_job"),
        ]


class RecordingLoad(Owned):
    """DERIVED, disposable: what the load engine makes of a recording, and which recording speaks for a run.

    `doses`: len(LOAD_TISSUES) float64 little-endian, easy kilometres. `features`: len(FEATURES) float64.
    `duplicate_of` is empty for the recording that speaks; `gear`, `title` and `tags` are gathered from all of the run.
    """

    recording = models.OneToOneField(Recording, on_delete=models.CASCADE, primary_key=True, related_name="load")
    model_digest = models.CharField(max_length=64)
    doses = models.BinaryField()
    features = models.BinaryField()
    duplicate_of = models.ForeignKey(Recording, on_delete=models.SET_NULL, null=True, related_name="+")
    title = models.TextField(null=True)
    gear = models.CharField(max_length=255, null=True)
    tags = models.JSONField(default=list)


class SessionLabel(FactRow):
    """What the runner says a session was. The latest row of a run holds, whichever of its recordings it hangs on."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="+")
    tags = models.JSONField(null=True)  # None: as the source says; a list replaces it
    surface = models.CharField(max_length=16, null=True)
    low_side = models.CharField(max_length=8, null=True)
    recorded_at = models.DateTimeField()


class Shoe(FactRow):
    """A pair. `key` is its stable name; what is known of it stands in its revisions."""

    key = models.CharField(max_length=32)
    gear = models.CharField(max_length=255, null=True)  # the name an export gives it: runs with it are assigned
    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["athlete", "key"], name="shoe_key_once")]


class ShoeRevision(FactRow):
    """What was known of a pair from then on; the latest one holds."""

    shoe = models.ForeignKey(Shoe, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    start_km = models.FloatField(default=0.0)
    drop_mm = models.FloatField(null=True)
    stack_mm = models.FloatField(null=True)
    category = models.CharField(max_length=32, null=True)
    plated = models.BooleanField(default=False)
    worn_flag = models.BooleanField(default=False)
    first_used = models.DateField(null=True)
    retired_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()


class ShoeAssignment(FactRow):
    """Which pair a run was in, by her own word (None: none of them); the latest row holds, before any gear name."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="+")
    shoe = models.ForeignKey(Shoe, on_delete=models.CASCADE, null=True, related_name="+")
    recorded_at = models.DateTimeField()
