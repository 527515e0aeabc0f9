"""Triage: how soon somebody should look, what it may be, what speaks for and against, and what to ask next."""

from niggle.core.triage.assess import Assessed, assess, look
from niggle.core.triage.interview import next_questions
from niggle.core.triage.parse import story_from_plain
from niggle.core.triage.types import (
    Candidate,
    CannotTell,
    Contributor,
    Evidence,
    Fit,
    Question,
    Story,
    TellApart,
    Triage,
    TriageCare,
    Where,
)

__all__ = [
    "Assessed",
    "Candidate",
    "CannotTell",
    "Contributor",
    "Evidence",
    "Fit",
    "Question",
    "Story",
    "TellApart",
    "Triage",
    "TriageCare",
    "Where",
    "assess",
    "look",
    "next_questions",
    "story_from_plain",
]
