"""For writers of training files: columns turned into the XML of each point, whole columns at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from niggle.core.session import Floats, Session

_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def text(value: str) -> str:
    """A string as element text; characters that XML cannot hold become blanks."""
    return escape(_NO_XML.sub(" ", value))


def attribute(value: str) -> str:
    """A string as a quoted attribute value."""
    return quoteattr(_NO_XML.sub(" ", value))


def stamp(moment: datetime) -> str:
    """A UTC time as `2025-01-31T09:30:00Z`, with milliseconds where there are any."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    return utc.isoformat(timespec="milliseconds" if utc.microsecond else "seconds") + "Z"


def stamps(session: Session) -> list[str]:
    """The time of each record as XML text; milliseconds where any record has a fraction of a second."""
    assert session.streams is not None
    start_ms = round((session.start_utc - _EPOCH) / timedelta(milliseconds=1))
    unix_ms = np.rint(session.streams.columns["time_s"] * 1000).astype(np.int64) + start_ms
    if (unix_ms % 1000).any():
        moments = np.datetime_as_string(unix_ms.astype("datetime64[ms]"))
    else:
        moments = np.datetime_as_string((unix_ms // 1000).astype("datetime64[s]"))
    return list(moments.tolist())


def column(values: Floats, template: str) -> list[str]:
    """The template filled with each value, "" where there is none."""
    filled = [template % value for value in values.tolist()]
    for index in np.flatnonzero(np.isnan(values)).tolist():
        filled[index] = ""
    return filled


def joined(columns: Iterable[Iterable[str]]) -> list[str]:
    """The columns' pieces side by side, one string per point."""
    return ["".join(pieces) for pieces in zip(*columns, strict=True)]
