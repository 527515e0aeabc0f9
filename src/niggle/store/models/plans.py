"""What a runner tells of her plans, one row a fact: started, ended, tested, done, races, absences, answers, weeks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from niggle.store.models.base import FactRow


class PlanKind(models.TextChoices):
    START = "start"
    END = "end"
    TEST = "test"
    DONE = "done"
    RACE = "race"
    ABSENCE = "absence"
    ANSWER = "answer"
    AVAILABILITY = "availability"
    WEEK = "week"


class PlanFact(FactRow):
    """One fact of a kind. `plain` is the whole as core.plan reads it; the last row of a kind and key holds."""

    kind = models.CharField(max_length=12, choices=PlanKind.choices)
    key = models.CharField(max_length=64)
    on = models.DateField()
    plain = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["athlete", "kind", "on"], name="plan_fact_day"),
            models.Index(fields=["athlete", "kind", "key"], name="plan_fact_key"),
        ]
