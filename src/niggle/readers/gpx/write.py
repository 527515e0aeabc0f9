"""Sessions -> GPX 1.1, as services export it: heart rate and cadence in Garmin's TrackPointExtension."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from niggle.core.session import Session
from niggle.readers.xmlscan import compose

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gpx xmlns="http://www.topografix.com/GPX/1/1" '
    'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v2" version="1.1" creator=%s>\n'
)
# Within TrackPointExtension, in the order of its schema; cadence goes out per leg, as everyone writes it for runs.
_EXTENSION: Final = (
    ("heart_rate_bpm", 1.0, "<gpxtpx:hr>%.0f</gpxtpx:hr>"),
    ("cadence_spm", 0.5, "<gpxtpx:cad>%.0f</gpxtpx:cad>"),
    ("speed_mps", 1.0, "<gpxtpx:speed>%.3f</gpxtpx:speed>"),
)


def write_sessions(
    sessions: Sequence[Session], *, creator: str = "niggle", pause_after_s: float | None = None, times: bool = True
) -> bytes:
    """One <trk> per session with positions, UTF-8. Same sessions, same bytes.

    pause_after_s: a longer step between records starts a new segment. times=False writes a route without times.
    Sessions without positions are left out: GPX cannot hold them.
    """
    parts = [_HEAD % compose.attribute(creator)]
    for session in sessions:
        parts += _track(session, pause_after_s, times)
    parts.append("</gpx>\n")
    return "".join(parts).encode()


def _track(session: Session, pause_after_s: float | None, times: bool) -> list[str]:
    streams = session.streams
    if streams is None or "latitude_deg" not in streams.columns or "longitude_deg" not in streams.columns:
        return []
    columns = streams.columns
    placed = ~(np.isnan(columns["latitude_deg"]) | np.isnan(columns["longitude_deg"]))
    pieces = [
        compose.column(columns["latitude_deg"], '<trkpt lat="%.7f"'),
        compose.column(columns["longitude_deg"], ' lon="%.7f">'),
    ]
    if "altitude_m" in columns:
        pieces.append(compose.column(columns["altitude_m"], "<ele>%.1f</ele>"))
    if times:
        pieces.append([f"<time>{moment}Z</time>" for moment in compose.stamps(session)])
    inner = [compose.column(columns[name] * factor, form) for name, factor, form in _EXTENSION if name in columns]
    if "power_w" in columns or inner:
        power = compose.column(columns["power_w"], "<power>%.0f</power>") if "power_w" in columns else None
        wrapped = [
            f"<gpxtpx:TrackPointExtension>{one}</gpxtpx:TrackPointExtension>" if one else ""
            for one in compose.joined(inner)
        ]
        within = compose.joined([power, wrapped] if power and wrapped else [power or wrapped])
        pieces.append([f"<extensions>{one}</extensions>" if one else "" for one in within])
    points = [point + "</trkpt>\n" for point in compose.joined(pieces)]

    title = f"<name>{compose.text(session.title)}</name>" if session.title else ""
    parts = [f"<trk>{title}<type>{session.sport.value}</type>\n<trkseg>\n"]
    steps = np.diff(columns["time_s"])
    breaks = np.flatnonzero(steps > pause_after_s) + 1 if pause_after_s is not None else np.empty(0, dtype=np.int64)
    edges = [0, *breaks.tolist(), len(points)]
    for first, last in pairwise(edges):
        if first:
            parts.append("</trkseg>\n<trkseg>\n")
        parts.append("".join(points[i] for i in (np.flatnonzero(placed[first:last]) + first).tolist()))
    parts.append("</trkseg>\n</trk>\n")
    return parts
