"""Whom a page is about: oneself, and the demo runner while there is nothing of one's own to show."""

from __future__ import annotations

from typing import Final

from niggle.actions import athletes
from niggle.store.models import (
    CheckInEntry,
    ClearanceFact,
    ConditionFact,
    ImportJob,
    PlanFact,
    Recording,
    Shoe,
    ToldFact,
)
from niggle.store.scopes import athlete_scope

# What a page shows or a decision rests on. Preferences and answers about the runner alone are no page yet.
_SHOWN: Final = (Recording, CheckInEntry, ImportJob, Shoe, ToldFact, ConditionFact, ClearanceFact, PlanFact)


def is_empty(athlete_id: int) -> bool:
    """Nothing to show of this runner: nothing logged, told, planned or kept."""
    with athlete_scope(athlete_id):
        return not any(kind.objects.exists() for kind in _SHOWN)


def shown_athlete() -> int:
    """The local runner; the demo runner as long as the local one is empty and a demo exists."""
    local = athletes.local_athlete()
    if not is_empty(local):
        return local
    demo = athletes.demo_athlete()
    return local if demo is None else demo
