"""Sessions: what was done, as numbers. Types here; `assemble` turns a device's raw columns into one."""

from niggle.core.session.assemble import Labels, assemble
from niggle.core.session.totals import Totals
from niggle.core.session.types import (
    DAMAGE,
    REFUSALS,
    RUN_SPORTS,
    STREAM_NAMES,
    Floats,
    Note,
    ReadItem,
    Refusal,
    Session,
    Sport,
    Streams,
    is_run,
)

__all__ = [
    "DAMAGE", "REFUSALS", "RUN_SPORTS", "STREAM_NAMES", "Floats", "Labels", "Note", "ReadItem", "Refusal", "Session",
    "Sport", "Streams", "Totals", "assemble", "is_run",
]  # fmt: skip
