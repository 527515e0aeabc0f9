"""Distance along the way: the device's mended, else from positions, else from speed; and speed where it is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from niggle.core.session.limits import FOOT_SPORTS, top_speed_mps
from niggle.core.session.types import Floats, Note, Sport

EARTH_RADIUS_M: Final = 6_371_008.8  # mean radius, IUGG
M_PER_DEG: Final = EARTH_RADIUS_M * np.pi / 180.0
SLACK_M: Final = 100.0  # devices store distance in steps: this much may come at once
RESET_M: Final = 20.0  # falling back by more is a counter that was reset, not jitter
DOUBLED: Final = (1.95, 2.05)  # device distance over distance by positions
SPEED_WINDOW_S: Final = 3.0  # speed from distance is taken over this long before and after
MIN_POSITION_SHARE: Final = 0.5


def haversine_steps_m(latitude_deg: Floats, longitude_deg: Floats) -> Floats:
    """Great-circle metres from each position to the next (one fewer than positions)."""
    lat, lon = np.radians(latitude_deg), np.radians(longitude_deg)
    cos_lat = np.cos(lat)
    half = np.sin(np.diff(lat) / 2.0) ** 2 + cos_lat[:-1] * cos_lat[1:] * np.sin(np.diff(lon) / 2.0) ** 2
    return np.asarray(2.0 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def without_position_spikes(
    sport: Sport, time_s: Floats, latitude_deg: Floats, longitude_deg: Floats
) -> tuple[Floats, Floats]:
    """Positions without single points that nobody can reach and leave again in the time: those become NaN."""
    there = np.flatnonzero(~np.isnan(latitude_deg))
    if len(there) < 3:
        return latitude_deg, longitude_deg
    whole = len(there) == len(latitude_deg)
    times, lat, lon = (a if whole else a[there] for a in (time_s, latitude_deg, longitude_deg))
    # A flat map is exact enough to tell a leap from a stride.
    north = np.diff(lat) * M_PER_DEG
    east = np.diff(lon) * M_PER_DEG * float(np.cos(np.radians(lat[len(lat) // 2])))
    limits = top_speed_mps(sport) * np.maximum(np.diff(times), 1.0) + SLACK_M
    far = north * north + east * east > limits * limits
    if not far.any():
        return latitude_deg, longitude_deg
    spike = np.concatenate(([False], far)) & np.concatenate((far, [False]))
    lat, lon = latitude_deg.copy(), longitude_deg.copy()
    lat[there[spike]] = lon[there[spike]] = np.nan
    return lat, lon


def along_positions_m(time_s: Floats, latitude_deg: Floats, longitude_deg: Floats) -> Floats | None:
    """Cumulative metres by positions, interpolated over time between them; None with fewer than two."""
    there = np.flatnonzero(~np.isnan(latitude_deg))
    if len(there) < 2:
        return None
    steps = haversine_steps_m(latitude_deg[there], longitude_deg[there])
    return np.interp(time_s, time_s[there], np.concatenate(([0.0], np.cumsum(steps))))


def mend_distance(sport: Sport, time_s: Floats, distance_m: Floats, notes: list[Note]) -> Floats | None:
    """The device's cumulative distance: never decreasing, from near 0, gaps interpolated. None if nothing is usable.

    A counter that was reset goes on from where it stood; a jump nobody can run is left out; small steps back are held.
    """
    there = np.isfinite(distance_m)
    count = int(there.sum())
    if count < 2:
        return None
    whole = count == len(distance_m)
    times, values = (time_s, distance_m) if whole else (time_s[there], distance_m[there])
    steps = np.diff(values)
    limits = top_speed_mps(sport) * np.maximum(np.diff(times), 1.0) + SLACK_M
    broken = (steps < -RESET_M) | (steps > limits)
    first = float(values[0])
    if first < 0.0 or first > top_speed_mps(sport) * max(float(times[0]), 1.0) + SLACK_M:
        values, first = values - first, 0.0
    if broken.any():
        values = first + np.concatenate(([0.0], np.cumsum(np.where(broken, 0.0, steps))))
        notes.append(
            Note("distance_jump", f"the distance jumped or was reset {int(broken.sum())} times; it was mended")
        )
    if (broken.any() or steps.min() < 0.0) and (np.diff(values) < 0.0).any():
        values = np.maximum.accumulate(values)
        notes.append(Note("distance_back", "the distance went back a little in places; it was held there"))
    if values[-1] <= 0.0:
        return None
    return values if whole else np.interp(time_s, times, values)


def cumulative_m(sport: Sport, time_s: Floats, columns: Mapping[str, Floats], notes: list[Note]) -> Floats | None:
    """Cumulative metres per record: the device's column, else positions, else speed over time; None without any."""
    given = columns.get("distance_m")
    lat, lon, speed = columns.get("latitude_deg"), columns.get("longitude_deg"), columns.get("speed_mps")
    device = mend_distance(sport, time_s, given, notes) if given is not None else None
    if device is not None:
        if sport in FOOT_SPORTS and sport is not Sport.TREADMILL and lat is not None and lon is not None:
            return _undoubled(time_s, device, lat, lon, notes)
        return device
    if lat is not None and lon is not None:
        by_position = along_positions_m(time_s, lat, lon)
        if by_position is not None:
            notes.append(Note("distance_from_positions", "no distance recorded; it was measured along the positions"))
            return by_position
    if speed is not None and len(time_s) > 1:
        pace = np.nan_to_num(speed)
        steps = np.diff(time_s)
        steps = np.where(steps > 60.0, 0.0, steps) * (pace[:-1] + pace[1:]) / 2.0
        notes.append(Note("distance_from_speed", "no distance recorded; it was summed up from the speed"))
        return np.concatenate(([0.0], np.cumsum(steps)))
    return None


def _undoubled(time_s: Floats, device: Floats, lat: Floats, lon: Floats, notes: list[Note]) -> Floats:
    """Half the device's distance where it is twice the way by positions: two sensors were added up."""
    # Every 10th position is enough to see a factor of two, and the check costs nothing then.
    there = np.flatnonzero(~np.isnan(lat))
    if len(there) < max(100.0, MIN_POSITION_SHARE * len(lat)):
        return device
    some = there[::10]
    way = float(haversine_steps_m(lat[some], lon[some]).sum())
    walked = float(device[some[-1]] - device[some[0]])
    if way < 500.0 or walked < DOUBLED[0] * way:
        return device
    exact = along_positions_m(time_s, lat, lon)
    if exact is None or not DOUBLED[0] <= float(device[-1] - device[0]) / float(exact[-1] - exact[0]) <= DOUBLED[1]:
        return device
    notes.append(Note("distance_doubled", "the recorded distance is twice the way by positions; it was halved"))
    return device / 2.0


def speed_from_distance(time_s: Floats, distance_m: Floats) -> Floats:
    """Speed in m/s per record, over SPEED_WINDOW_S before and after it."""
    before = np.maximum(time_s - SPEED_WINDOW_S, time_s[0])
    after = np.minimum(time_s + SPEED_WINDOW_S, time_s[-1])
    way = np.interp(after, time_s, distance_m) - np.interp(before, time_s, distance_m)
    span = after - before
    return np.where(span > 0.0, way / np.where(span > 0.0, span, 1.0), 0.0)
