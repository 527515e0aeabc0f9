"""What a watch may have recorded, and what was made of it."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from niggle.core.session import Floats, Session, Sport, assemble

NOON = datetime(2024, 5, 4, 12, 0, tzinfo=UTC)
T0 = NOON.timestamp()


def steady(seconds: int = 600, speed_mps: float = 3.0) -> tuple[Floats, dict[str, Floats]]:
    """A record a second at even speed."""
    clock = np.arange(seconds + 1, dtype=np.float64)
    return T0 + clock, {"distance_m": clock * speed_mps}


def read(sport: Sport, times: Floats, columns: dict[str, Floats], **more: object) -> Session:
    session = assemble(sport, times, columns, **more)  # type: ignore[arg-type]
    assert isinstance(session, Session), session
    return session


def codes(session: Session) -> set[str]:
    return {note.code for note in session.notes}


def stream(session: Session, name: str) -> Floats:
    assert session.streams is not None
    values = session.streams.get(name)
    assert values is not None
    return values


def north(times: Floats, speed_mps: float = 3.0) -> dict[str, Floats]:
    return {
        "latitude_deg": 50.0 + (times - T0) * speed_mps / 111_195.08,
        "longitude_deg": np.full(len(times), 7.0),
    }
