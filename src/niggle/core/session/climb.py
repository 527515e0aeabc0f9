"""Altitude: smoothing for slopes, and climbing that ignores a barometer's flicker."""

from __future__ import annotations

from typing import Final

import numpy as np

from niggle.core.session.types import Floats

SMOOTH_S: Final = 15.0  # width of the mean that the altitude stream of a Session has gone through
HYSTERESIS_M: Final = 3.0  # a change of altitude counts once it has reached this


def smooth_altitude(time_s: Floats, altitude_m: Floats) -> Floats:
    """Altitude in metres as the mean over SMOOTH_S centred on each record, by time and not by number of records.

    Missing values stay missing. Towards both ends the window gets shorter on both sides, so that a slope stays a slope.
    """
    there = ~np.isnan(altitude_m)
    whole = bool(there.all())
    times, values = (time_s, altitude_m) if whole else (time_s[there], altitude_m[there])
    if len(times) < 2 or times[-1] <= times[0]:
        return altitude_m
    # The mean over a window is the difference of the integral at its ends.
    integral = np.concatenate(([0.0], np.cumsum(np.diff(times) * (values[1:] + values[:-1]) / 2.0)))
    half = np.minimum(np.minimum(times - times[0], times[-1] - times), SMOOTH_S / 2.0)
    area = np.interp(times + half, times, integral) - np.interp(times - half, times, integral)
    inside = half > 0.0
    smooth: Floats = np.where(inside, area / np.where(inside, 2.0 * half, 1.0), values)
    if whole:
        return smooth
    out = np.full(len(altitude_m), np.nan)
    out[there] = smooth
    return out


def ascent_descent_m(altitude_m: Floats) -> tuple[float, float] | None:
    """(ascent, descent) in metres, both positive, from unsmoothed altitudes: a change counts once it reaches
    HYSTERESIS_M against the last counted altitude. None without altitudes."""
    values = altitude_m[~np.isnan(altitude_m)].tolist()
    if not values:
        return None
    up = down = 0.0
    last = values[0]
    for value in values:
        change = value - last
        if change >= HYSTERESIS_M:
            up += change
            last = value
        elif change <= -HYSTERESIS_M:
            down -= change
            last = value
    return up, down
