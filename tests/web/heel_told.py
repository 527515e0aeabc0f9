"""The heel's interview of the runner whose pages they are, at this moment."""

from __future__ import annotations

from tests import heel_told

from niggle.actions import athletes, clock


def interview(**answers: object) -> str:
    """Its key."""
    return heel_told.interview(athletes.local_athlete(), clock.now(), **answers)
