"""Imports: one line that says how it stands, and what became of each file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Report(Protocol):
    """What actions.imports tells of a job."""

    @property
    def job_id(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def files_seen(self) -> int: ...
    @property
    def files_total(self) -> int | None: ...
    @property
    def sessions_added(self) -> int: ...
    @property
    def duplicates(self) -> int: ...
    @property
    def skipped(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def seconds(self) -> float: ...
    @property
    def files(self) -> Sequence[object]: ...


@dataclass(frozen=True, slots=True)
class Job:
    id: int
    label: str
    say: str
    running: bool
    share: int | None
    files_seen: int
    sessions_added: int
    duplicates: int
    skipped: int
    failed: int
    files: tuple[object, ...]
    can_undo: bool


def job(report: Report) -> Job:
    """A job as the page shows it. share: per cent done, None while it is not known how much there is."""
    running = report.state in ("queued", "running")
    share = None
    if report.files_total:
        share = min(100, round(100 * report.files_seen / report.files_total))
    return Job(
        report.job_id, report.label, say(report), running, share, report.files_seen, report.sessions_added,
        report.duplicates, report.skipped, report.failed, tuple(report.files),
        report.state in ("done", "failed") and report.sessions_added > 0,
    )  # fmt: skip


def say(report: Report) -> str:
    """How it stands, in one line."""
    if report.state == "queued":
        return "Waiting for its turn."
    if report.state == "undone":
        return "Undone."
    added = _count(report.sessions_added, "session")
    if report.state == "running":
        of = f" of {report.files_total}" if report.files_total else ""
        return f"Reading: {report.files_seen}{of} files, {added} added so far."
    parts = [f"{added} added"]
    if report.duplicates:
        parts.append(f"{report.duplicates} already here")
    if report.skipped:
        parts.append(f"{report.skipped} not activities")
    if report.failed:
        parts.append(f"{report.failed} failed")
    text = ", ".join(parts)
    return f"Stopped: {text}." if report.state == "failed" else f"{text}, in {report.seconds:.0f} s."


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
