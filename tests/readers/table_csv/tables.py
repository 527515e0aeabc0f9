"""A table read: its sessions, or why there is none."""

from __future__ import annotations

from niggle.core.session import Refusal, Session
from niggle.readers import table_csv


def read(text: str | bytes) -> list[Session | Refusal]:
    return table_csv.read(text if isinstance(text, bytes) else text.encode(), "runs.csv")


def sessions(text: str | bytes) -> list[Session]:
    items = read(text)
    assert all(isinstance(item, Session) for item in items), items
    return [item for item in items if isinstance(item, Session)]


def one(text: str | bytes) -> Session:
    (session,) = sessions(text)
    return session


def refusal(text: str | bytes) -> Refusal:
    (item,) = read(text)
    assert isinstance(item, Refusal), item
    assert item.name == "runs.csv"
    return item


def codes(session: Session) -> set[str]:
    return {note.code for note in session.notes}
