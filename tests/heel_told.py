"""A triage interview about a heel, told as far as a test needs it."""

from __future__ import annotations

from datetime import datetime

from niggle.actions import triage


def interview(athlete: int, now: datetime, **answers: object) -> str:
    """Its key."""
    key = triage.start(athlete, now).key
    triage.place(athlete, key, "heel_under", "left", now)
    for name, value in answers.items():
        assert triage.answer(athlete, key, name, value, now) == ()
    return key
