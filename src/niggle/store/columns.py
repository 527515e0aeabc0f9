"""A Session as the columns of a Recording. No Django here: worker processes use it too."""

from __future__ import annotations

import math
from typing import Any, Final

from niggle.core.session import Session

RECORDING_FIELDS: Final = (
    "distance_m", "timer_s", "moving_s", "elapsed_s", "ascent_m", "descent_m", "avg_heart_rate_bpm",
    "max_heart_rate_bpm", "avg_cadence_spm",
)  # fmt: skip
_SHORT_TEXT: Final = {"gear": 255, "device": 255, "external_id": 128}


def recording_values(session: Session) -> dict[str, Any]:
    """The columns of a Recording that come from the Session itself."""
    values: dict[str, Any] = {name: _number(getattr(session, name)) for name in RECORDING_FIELDS}
    values |= {
        name: None if (text := getattr(session, name)) is None else clean_text(text)[:limit]
        for name, limit in _SHORT_TEXT.items()
    }
    return values | {
        "sport": session.sport.value,
        "start_utc": session.start_utc,
        "utc_offset_s": session.utc_offset_s,
        "local_date": session.local_date,
        "records": session.records,
        "stream_names": " ".join(session.streams.names) if session.streams is not None else "",
        "title": None if session.title is None else clean_text(session.title),
        "tags": sorted(clean_text(t) for t in session.tags),
        "notes": [
            {"code": n.code, "message": clean_text(n.message), "place": n.place} for n in session.notes
        ],
    }  # fmt: skip


def _number(value: float | None) -> float | None:
    """A plain float; NaN is None, for the two databases would keep it differently."""
    return None if value is None or not math.isfinite(value) else float(value)


def clean_text(text: str) -> str:
    """Text that any database keeps: PostgreSQL refuses NUL, and lone surrogates cannot be written at all."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
