"""Imports: one line that says how it stands, and what became of each file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from niggle.wording.imports import Report as SaidReport
from niggle.wording.imports import import_line


class Report(SaidReport, Protocol):
    """What actions.imports tells of a job: what its line needs, and what its page shows besides."""

    @property
    def job_id(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def files(self) -> Sequence[object]: ...
    @property
    def damaged(self) -> Sequence[object]: ...
    @property
    def error(self) -> str: ...


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
    damaged: tuple[object, ...]
    can_undo: bool
    can_retry: bool
    can_go_on: bool
    error: str


def job(report: Report) -> Job:
    """A job as the page shows it. share: per cent done, None while it is not known how much there is."""
    running = report.state in ("queued", "running")
    share = None
    if report.files_total:
        share = min(100, round(100 * report.files_seen / report.files_total))
    return Job(
        report.job_id, report.label, import_line(report), running, share, report.files_seen, report.sessions_added,
        report.duplicates, report.skipped, report.failed, tuple(report.files),
        tuple(report.damaged),
        report.state in ("done", "failed") and report.sessions_added > 0,
        report.state == "done" and report.failed > 0, report.state == "failed", report.error,
    )  # fmt: skip
