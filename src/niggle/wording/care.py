"""What a clinician said and which conditions were named, as one line each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from niggle.core.profile import Clearance, Cleared, KnownCondition
from niggle.wording.today import place

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(on: date) -> str:
    """3 May 2026."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def _where(item: Clearance | KnownCondition) -> str:
    return place(item.site, item.side) if item.site is not None else ""


# what a clinician may have said, as the form asks it
SAID: Final[Mapping[str, str]] = {
    Cleared.WEIGHT.value: "Full weight and training, no running yet",
    Cleared.RUNNING.value: "I may run again",
    Cleared.EVERYTHING.value: "Everything again, also jumps and sport",
    "restricted": "I must not run",
}
_CLEARED: Final[Mapping[Cleared | None, str]] = {
    None: "Cleared for running",  # recorded under "I may run again"
    Cleared.WEIGHT: "Cleared for weight and training, not for running",
    Cleared.RUNNING: "Cleared for running",
    Cleared.EVERYTHING: "Cleared for everything",
}


def clearance_line(word: Clearance) -> str:
    """Cleared for running: front of the knee, left."""
    if word.restricts:
        return f"Running restricted: {_where(word)}" if word.site is not None else "Running restricted"
    what = _CLEARED[word.lifts]
    return f"{what}: {_where(word)}" if word.site is not None else f"{what}, without naming a place"


def clearance_detail(word: Clearance, on: date) -> str:
    """Who, when, how long, and whether it still holds."""
    parts = [f"{word.by}, {day(word.on)}"]
    if word.until is not None:
        parts.append(f"until {day(word.until)}")
        if word.until < on:
            parts.append("over")
    if word.note:
        parts.append(word.note)
    return " · ".join(parts)


def condition_detail(condition: KnownCondition) -> str:
    """Where, since when, who knows of it, how it goes."""
    parts = [_where(condition)] if condition.site is not None else []
    if condition.since is not None:
        parts.append(f"since {day(condition.since)}")
    parts.append("seen by a professional" if condition.seen_by_professional else "not seen by a professional")
    if condition.plan_active:
        parts.append("with a plan")
    if condition.improving is not None:
        parts.append("improving" if condition.improving else "not improving")
    if condition.until is not None:
        parts.append(f"closed {day(condition.until)}")
    line = " · ".join(parts)
    return line[:1].upper() + line[1:]
