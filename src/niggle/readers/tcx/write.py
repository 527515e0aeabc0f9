"""Sessions -> TCX, one Activity each, laps by distance or one for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from niggle.core.session import Floats, Session, Sport, is_run
from niggle.readers.xmlscan import compose

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" '
    'xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">\n<Activities>\n'
)
_FOOT: Final = "</Activities>\n</TrainingCenterDatabase>\n"
_STRAVA_BLANKS: Final = b" " * 10  # stand before the declaration in files that Strava hands back


@dataclass(frozen=True, slots=True)
class _Lap:
    first: int
    last: int  # one past the end
    timer_s: float
    distance_m: float | None


def write_sessions(
    sessions: Sequence[Session],
    *,
    leading_blanks: bool = False,
    lap_m: float | None = None,
    pause_after_s: float | None = None,
) -> bytes:
    """One <Activity> per session, UTF-8. Same sessions, same bytes.

    leading_blanks: as Strava delivers TCX, no valid XML. lap_m: a new lap each so many metres; else one lap.
    pause_after_s: a longer step between records starts a new Track within the lap.
    A session without streams becomes a lap without points.
    """
    parts = [_HEAD]
    for session in sessions:
        parts += _activity(session, lap_m, pause_after_s)
    parts.append(_FOOT)
    return (_STRAVA_BLANKS if leading_blanks else b"") + "".join(parts).encode()


def _activity(session: Session, lap_m: float | None, pause_after_s: float | None) -> list[str]:
    sport = "Running" if is_run(session.sport) else "Biking" if session.sport is Sport.RIDE else "Other"
    start = compose.stamp(session.start_utc)
    parts = [f'<Activity Sport="{sport}"><Id>{start}</Id>\n']
    points = _points(session)
    moments = compose.stamps(session) if session.streams is not None else []
    time_s = session.streams.columns["time_s"] if session.streams is not None else np.empty(0)
    for lap in _laps(session, lap_m):
        began = f"{moments[lap.first]}Z" if moments and lap.first else start
        parts.append(f'<Lap StartTime="{began}"><TotalTimeSeconds>{lap.timer_s:.3f}</TotalTimeSeconds>')
        parts.append(f"<DistanceMeters>{lap.distance_m or 0.0:.2f}</DistanceMeters><Calories>0</Calories>")
        parts += _heart_rates(session, lap)
        parts.append("<Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>\n")
        if lap.last > lap.first:
            parts.append("<Track>\n")
            at = lap.first
            for pause in _pauses(time_s, lap, pause_after_s):
                parts += [*points[at:pause], "</Track>\n<Track>\n"]
                at = pause
            parts += [*points[at : lap.last], "</Track>\n"]
        parts.append("</Lap>\n")
    if session.title:
        parts.append(f"<Notes>{compose.text(session.title)}</Notes>\n")
    if session.device:
        parts.append(f"<Creator><Name>{compose.text(session.device)}</Name></Creator>\n")
    parts.append("</Activity>\n")
    return parts


def _heart_rates(session: Session, lap: _Lap) -> list[str]:
    average, highest = session.avg_heart_rate_bpm, session.max_heart_rate_bpm
    beats = session.streams.get("heart_rate_bpm") if session.streams is not None else None
    if beats is not None:
        own = beats[lap.first : lap.last]
        own = own[~np.isnan(own)]
        average, highest = (float(own.mean()), float(own.max())) if len(own) else (None, None)
    parts = []
    if average is not None:
        parts.append(f"<AverageHeartRateBpm><Value>{average:.0f}</Value></AverageHeartRateBpm>")
    if highest is not None:
        parts.append(f"<MaximumHeartRateBpm><Value>{highest:.0f}</Value></MaximumHeartRateBpm>")
    return parts


def _laps(session: Session, lap_m: float | None) -> list[_Lap]:
    timer_s = session.timer_s or session.elapsed_s or 0.0
    if session.streams is None:
        return [_Lap(0, 0, timer_s, session.distance_m)]
    count = len(session.streams)
    distance_m = session.streams.get("distance_m")
    if lap_m is None or distance_m is None or count < 2:
        return [_Lap(0, count, timer_s, session.distance_m)]
    time_s = session.streams.columns["time_s"]
    number = np.floor(np.nan_to_num(distance_m - distance_m[0]) / lap_m)
    edges = [0, *(np.flatnonzero(np.diff(number) > 0) + 1).tolist(), count]
    laps = []
    for first, last in pairwise(edges):
        to = min(last, count - 1)
        laps.append(_Lap(first, last, float(time_s[to] - time_s[first]), float(distance_m[to] - distance_m[first])))
    return laps


def _pauses(time_s: Floats, lap: _Lap, pause_after_s: float | None) -> list[int]:
    if pause_after_s is None:
        return []
    inside = np.diff(time_s[lap.first : lap.last]) > pause_after_s
    return [int(index) + lap.first + 1 for index in np.flatnonzero(inside)]


def _points(session: Session) -> list[str]:
    if session.streams is None:
        return []
    columns = session.streams.columns
    pieces = [[f"<Trackpoint><Time>{moment}Z</Time>" for moment in compose.stamps(session)]]
    if "latitude_deg" in columns and "longitude_deg" in columns:
        # One without the other is no position.
        latitude, longitude = columns["latitude_deg"], columns["longitude_deg"]
        nowhere = np.isnan(latitude) | np.isnan(longitude)
        latitude, longitude = np.where(nowhere, np.nan, latitude), np.where(nowhere, np.nan, longitude)
        pieces.append(compose.column(latitude, "<Position><LatitudeDegrees>%.8f</LatitudeDegrees>"))
        pieces.append(compose.column(longitude, "<LongitudeDegrees>%.8f</LongitudeDegrees></Position>"))
    if "altitude_m" in columns:
        pieces.append(compose.column(columns["altitude_m"], "<AltitudeMeters>%.1f</AltitudeMeters>"))
    if "distance_m" in columns:
        pieces.append(compose.column(columns["distance_m"], "<DistanceMeters>%.2f</DistanceMeters>"))
    if "heart_rate_bpm" in columns:
        form = "<HeartRateBpm><Value>%.0f</Value></HeartRateBpm>"
        pieces.append(compose.column(columns["heart_rate_bpm"], form))
    inner = [
        compose.column(columns[name] * factor, form)
        for name, factor, form in (
            ("speed_mps", 1.0, "<ns3:Speed>%.3f</ns3:Speed>"),
            ("cadence_spm", 0.5, "<ns3:RunCadence>%.0f</ns3:RunCadence>"),  # per leg, as watches write it
            ("power_w", 1.0, "<ns3:Watts>%.0f</ns3:Watts>"),
        )
        if name in columns
    ]
    if inner:
        form = "<Extensions><ns3:TPX>%s</ns3:TPX></Extensions>"
        pieces.append([form % one if one else "" for one in compose.joined(inner)])
    return [point + "</Trackpoint>\n" for point in compose.joined(pieces)]
