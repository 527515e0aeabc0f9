"""Imports: jobs with state and progress, and one row per file with what became of it. Bookkeeping, not facts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from niggle.store.models.base import Owned


class JobState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"


class FileState(models.TextChoices):
    ADDED = "added"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    FAILED = "failed"


class ImportJob(Owned):
    """One import. Its counts are written in the transaction that writes the rows they count."""

    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    label = models.CharField(max_length=255)
    paths = models.JSONField(default=list)  # where the files are, in order
    spooled = models.BooleanField(default=False)  # the paths lie in the data folder and may go when done
    asked_at = models.DateTimeField()  # the clock of whoever started it: decides what lies in the future
    files_total = models.PositiveIntegerField(null=True)
    files_seen = models.PositiveIntegerField(default=0)
    sessions_added = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0.0)  # spent working, over all attempts
    error = models.TextField(default="")  # why the job as a whole failed
    owner = models.CharField(max_length=64, default="")  # who is working on it
    heartbeat_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "heartbeat_at"], name="job_queue")]


class ImportFile(Owned):
    """What became of one item of an archive. `ordinal`: its place in the job, the key for resuming.

    Part 0 is the item as a whole; parts of a good file that were refused (a row of a table) follow with 1, 2, ...
    """

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="+")
    ordinal = models.PositiveIntegerField()
    part = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=512)
    state = models.CharField(max_length=10, choices=FileState.choices)
    sessions = models.PositiveSmallIntegerField(default=0)
    content_digest = models.CharField(max_length=64, default="")
    code = models.CharField(max_length=32, default="")
    message = models.TextField(default="")
    place = models.CharField(max_length=255, null=True)
    suggestion = models.TextField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "ordinal", "part"], name="file_once")]
        indexes: ClassVar = [models.Index(fields=["job", "state"], name="file_state")]
