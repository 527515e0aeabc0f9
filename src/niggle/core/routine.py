"""Small fixed sets for everybody: what keeps a runner well besides the plan of a complaint. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from niggle.core.condition import Dose, Span
from niggle.core.reasons import Grade


class Slot(StrEnum):
    """When in the day an exercise of a routine is done."""

    BEFORE_RUN = "before_run"
    AFTER_RUN = "after_run"
    DAILY = "daily"
    EVENING = "evening"
    SESSION = "session"  # of strength


@dataclass(frozen=True, slots=True)
class RoutineItem:
    """fact: id of what it stands on. optional: leave it out first."""

    fact: str
    dose: Dose
    slot: Slot
    why: str
    sources: tuple[str, ...]
    grade: Grade
    optional: bool = False
    each_side: bool = False


@dataclass(frozen=True, slots=True)
class Routine:
    """minutes: how long it takes in all. per_week: how often; None where each exercise says so itself."""

    id: str
    name: str
    purpose: str
    minutes: Span
    per_week: Span | None
    items: tuple[RoutineItem, ...]
    rules: tuple[str, ...] = ()  # short sentences that go with it
