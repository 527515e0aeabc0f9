"""Whom a page is about: oneself, and the demo runner while there is nothing of one's own to show."""

from __future__ import annotations

from niggle.actions import athletes
from niggle.store.models import CheckInEntry, ImportJob, Recording
from niggle.store.scopes import athlete_scope


def is_empty(athlete_id: int) -> bool:
    """No session, no check-in and no import of this runner."""
    with athlete_scope(athlete_id):
        return not (Recording.objects.exists() or CheckInEntry.objects.exists() or ImportJob.objects.exists())


def shown_athlete() -> int:
    """The local runner; the demo runner as long as the local one is empty and a demo exists."""
    local = athletes.local_athlete()
    if not is_empty(local):
        return local
    demo = athletes.demo_athlete()
    return local if demo is None else demo
