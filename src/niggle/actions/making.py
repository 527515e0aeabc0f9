"""From a Session to what is stored of it: streams on disk, load, columns. No database: worker processes do this."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from niggle.actions.model import Model
from niggle.core.ids import digest_json
from niggle.core.session import Session
from niggle.store import columns, files, streams
from niggle.store.files import Staged


@dataclass(frozen=True, slots=True)
class Made:
    """A session ready to be stored: the Recording's columns, its load, and its files, which `store` publishes.

    Small, so that it travels quickly.
    """

    values: dict[str, Any]
    doses: bytes
    features: bytes
    staged: tuple[Staged, ...] = ()

    @property
    def identity(self) -> tuple[str, int]:
        return self.values["content_digest"], self.values["leg"]


def key_of(content_digest: str, leg: int) -> str:
    """A recording's name outside the database: the same wherever and whenever the same file is read."""
    return content_digest[:16] if leg == 0 else f"{content_digest[:16]}-{leg}"


def make(
    session: Session, model: Model, source: str, file_name: str = "", content_digest: str | None = None, leg: int = 0
) -> Made:
    """Stage the streams and compute what is stored of a session.

    content_digest: of the unpacked file; None for a session that came without one: then that of its content.
    """
    streams_digest = ""
    staged: tuple[Staged, ...] = ()
    if session.streams is not None and session.records:
        data, streams_digest, kept = streams.encode(session.streams)
        staged = files.stage(streams.path_of(streams_digest), data)
        # From here on the streams as they will be read back: a rebuild then finds the same load to the last bit.
        session = replace(session, streams=kept)
    if content_digest is None:
        content_digest = session_digest(session, streams_digest)
    doses, features = model.compute(session)
    values = columns.recording_values(session) | {
        "key": key_of(content_digest, leg),
        "content_digest": content_digest,
        "leg": leg,
        "source": source,
        "file_name": columns.clean_text(file_name)[-512:],
        "streams_digest": streams_digest,
    }
    return Made(values, doses, features, staged)


def session_digest(session: Session, streams_digest: str) -> str:
    """Identity of a session without a file: what happened and when; not its title or shoe, which people edit later."""
    numbers = {name: getattr(session, name) for name in columns.RECORDING_FIELDS}
    return digest_json(
        {
            "sport": session.sport.value,
            "start": session.start_utc.isoformat(),
            "leg": session.leg,
            "id": session.external_id,
            "streams": streams_digest,
            **numbers,
        }
    )
