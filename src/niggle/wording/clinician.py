"""One page for a clinician: headings and sentences, and the page as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

TITLE: Final = "Summary for a clinician"
NOTE: Final = "Written with niggle from the runner's own answers. Nobody has examined anything; it is not a diagnosis."
COMPLAINT, PRESENT, ABSENT, UNKNOWN = "Complaint", "Present", "Absent", "Asked, not known"
FLAGS, OPEN_FLAGS, FITS, LOAD = (
    "Warning signs answered",
    "Warning signs not asked",
    "What the pattern fits",
    "Running, last weeks",
)
NONE: Final = "none"
HEAD: Final = ("Week from", "Runs", "Distance", "Longest")


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week of running. share: percent of the longest week, for its bar."""

    start: str  # ISO day
    runs: str
    distance: str
    longest: str
    share: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The page. weeks: oldest first, empty without any run."""

    on: str  # ISO day
    sections: tuple[Section, ...]
    weeks: tuple[WeekRow, ...]


def answered(label: str, value: str) -> str:
    return f"{label}: {value}"


def as_text(page: Summary) -> str:
    """The page as plain text, for a file, a mail or a printer."""
    lines = [f"{TITLE}, {page.on}", NOTE]
    for section in page.sections:
        lines += ["", section.title, *(f"  - {line}" for line in section.lines or (NONE,))]
    lines += ["", LOAD, *(_table(page.weeks) if page.weeks else [f"  - {NONE}"])]
    return "\n".join(lines) + "\n"


def _table(weeks: Sequence[WeekRow]) -> list[str]:
    rows = [HEAD, *((w.start, w.runs, w.distance, w.longest) for w in weeks)]
    wide = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    return ["  " + "  ".join(cell.ljust(w) for cell, w in zip(row, wide, strict=True)).rstrip() for row in rows]
