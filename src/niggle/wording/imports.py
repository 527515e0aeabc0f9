"""How an import stands, in one line."""

from __future__ import annotations

from typing import Protocol

from niggle.wording.units import counted


class Report(Protocol):
    """What actions.imports tells of a job."""

    @property
    def state(self) -> str: ...
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


def import_line(report: Report) -> str:
    """How it stands, in one line."""
    if report.state == "queued":
        return "Waiting for its turn."
    if report.state == "undone":
        return "Undone."
    added = counted(report.sessions_added, "session")
    if report.state == "running":
        of = f" of {report.files_total}" if report.files_total else ""
        files = counted(report.files_seen, "file") if not of else f"{report.files_seen}{of} files"
        return f"Reading: {files}, {added} added so far."
    parts = [f"{added} added"]
    if report.duplicates:
        parts.append(f"{report.duplicates} already here")
    if report.skipped:
        parts.append(f"{report.skipped} not activities")
    if report.failed:
        parts.append(f"{report.failed} failed")
    text = ", ".join(parts)
    return f"Stopped: {text}." if report.state == "failed" else f"{text}, in {report.seconds:.0f} s."
