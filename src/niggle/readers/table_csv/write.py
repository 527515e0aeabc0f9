"""Sessions -> a CSV table that this reader, a spreadsheet and a person understand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import timedelta, timezone
from typing import Final

from niggle.core.session import Session
from niggle.core.units import km_from_m

HEADER: Final = (
    "date", "type", "title", "distance (km)", "duration (h:mm:ss)", "moving time (h:mm:ss)", "elapsed time (h:mm:ss)",
    "ascent (m)", "descent (m)", "avg heart rate (bpm)", "max heart rate (bpm)", "avg cadence (spm)", "shoe", "race",
    "id",
)  # fmt: skip
_FORMULA_STARTS: Final = ("=", "+", "-", "@")


def write_sessions(sessions: Iterable[Session]) -> bytes:
    """One row per session in the order given, UTF-8, commas, decimal points. Same sessions, same bytes.

    Absent values are empty cells. Times carry the session's own offset where it is known, else Z.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEADER)
    table.writerows(_row(session) for session in sessions)
    return out.getvalue().encode()


def _row(session: Session) -> list[str]:
    return [
        _start(session),
        session.sport.value,
        _guarded(session.title),
        "" if session.distance_m is None else f"{km_from_m(session.distance_m):.3f}",
        _clock(session.timer_s),
        _clock(session.moving_s),
        _clock(session.elapsed_s),
        _number(session.ascent_m),
        _number(session.descent_m),
        _number(session.avg_heart_rate_bpm),
        _number(session.max_heart_rate_bpm),
        _number(session.avg_cadence_spm),
        _guarded(session.gear),
        "yes" if "race" in session.tags else "",
        _guarded(session.external_id),
    ]


def _start(session: Session) -> str:
    if session.utc_offset_s is None:
        return session.start_utc.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    return session.start_utc.astimezone(timezone(timedelta(seconds=session.utc_offset_s))).isoformat(timespec="seconds")


def _clock(duration_s: float | None) -> str:
    if duration_s is None:
        return ""
    whole = round(duration_s)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _guarded(text: str | None) -> str:
    """Spreadsheets run cells that begin like a formula; a leading apostrophe makes them text."""
    if not text:
        return ""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
