"""What a GPX file does not say outright: which sport it was, and whether its times were recorded or computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from niggle.core.session import Floats, Sport
from niggle.readers.sportwords import sport_from_words

# Strava writes its own sport numbers into <type>. Only those that matter here are named; all others are OTHER.
_STRAVA_NUMBERS: Final = {"1": Sport.RIDE, "4": Sport.HIKE, "9": Sport.RUN, "10": Sport.WALK, "16": Sport.SWIM}

# Median moving speeds that part walking, running and riding where a file names no sport. A heuristic, noted as such.
WALK_BELOW_MPS: Final = 1.7
RIDE_ABOVE_MPS: Final = 5.5
_STANDING_MPS: Final = 0.5
_EARTH_M_PER_DEG: Final = 6371008.8 * np.pi / 180

COMPUTED_WITHIN_S: Final = 1.0  # planners round to the second
_COMPUTED_MIN_POINTS: Final = 5
_COMPUTED_MIN_SPAN_S: Final = 30.0
_TICKING_SHARE: Final = 0.5  # of all steps equally long: a recorder's tick; planners put points at bends


def sport_of_type(text: str | None) -> Sport | None:
    """The sport of a <type>: Strava's number or a word; None if it says nothing known."""
    if text is None:
        return None
    if text.isdecimal():
        return _STRAVA_NUMBERS.get(text, Sport.OTHER)
    return sport_from_words(text)


def sport_by_speed(unix_s: Floats, columns: Mapping[str, Floats]) -> Sport:
    """WALK, RUN or RIDE by the median speed while moving; RUN where there is no speed to see."""
    way_m, took_s = _steps(unix_s, columns)
    usable = took_s > 0
    speed = way_m[usable] / took_s[usable]
    moving = speed >= _STANDING_MPS
    if not moving.any():
        return Sport.RUN
    # Weighted by time: smart recording puts few points on straights and many at bends.
    speed, weight = speed[moving], took_s[usable][moving]
    order = np.argsort(speed)
    half = np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)
    median = float(speed[order][min(int(half), len(order) - 1)])
    if median < WALK_BELOW_MPS:
        return Sport.WALK
    return Sport.RIDE if median > RIDE_ABOVE_MPS else Sport.RUN


def clock_is_computed(unix_s: Floats, columns: Mapping[str, Floats]) -> bool:
    """Were the times made up from distance and one even speed, as route planners do? Or all the same?

    Nobody runs so evenly that the clock never strays by more than a second from distance over mean speed while the
    points come at uneven times. A reading of any sensor (heart rate, cadence, power, speed) means that something was
    recorded, so such files are never suspected; nor are points that mostly come at one tick, as recorders set them.
    """
    if len(unix_s) < 2 or any(name in columns for name in ("heart_rate_bpm", "cadence_spm", "power_w", "speed_mps")):
        return False
    way_m, took_s = _steps(unix_s, columns)
    total_m, span_s = float(way_m.sum()), float(unix_s[-1] - unix_s[0])
    if not np.any(took_s) and total_m > 0:
        return True
    if len(unix_s) < _COMPUTED_MIN_POINTS or span_s < _COMPUTED_MIN_SPAN_S or total_m <= 0 or (took_s < 0).any():
        return False
    _, counts = np.unique(np.rint(took_s), return_counts=True)
    if counts.max() >= _TICKING_SHARE * len(took_s):
        return False
    predicted = np.cumsum(way_m) / total_m * span_s
    return bool(np.abs(np.cumsum(took_s) - predicted).max() <= COMPUTED_WITHIN_S)


def _steps(unix_s: Floats, columns: Mapping[str, Floats]) -> tuple[Floats, Floats]:
    """Metres and seconds from point to point; flat-earth is close enough for a guess. Unknown positions: no way."""
    took_s = np.diff(unix_s)
    latitude, longitude = columns.get("latitude_deg"), columns.get("longitude_deg")
    if latitude is None or longitude is None:
        return np.zeros(len(took_s)), took_s
    north = np.diff(latitude)
    east = np.diff(longitude) * np.cos(np.radians(latitude[1:]))
    return np.nan_to_num(np.hypot(north, east) * _EARTH_M_PER_DEG), took_s
