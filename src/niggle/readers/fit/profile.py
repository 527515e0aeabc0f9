"""The fields of a FIT activity that a running product reads: numbers, scales and units, written by hand.

A field is given as number -> (name, scale, offset): value = stored / scale - offset. Positions are in semicircles.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from niggle.core.session import Sport

FIT_EPOCH_UNIX_S: Final = 631_065_600  # 1989-12-31T00:00:00Z
POWER_ON_BELOW: Final = 0x10000000  # a smaller date_time counts seconds since the device was switched on
SEMICIRCLES_PER_DEG: Final = 2**31 / 180.0

FILE_ID, SESSION, LAP, RECORD, EVENT, DEVICE_INFO = 0, 18, 19, 20, 21, 23
SPORT, ACTIVITY, FIELD_DESCRIPTION, DEVELOPER_DATA_ID = 12, 34, 206, 207
TIMESTAMP: Final = 253
SPEED_DISTANCE: Final = 8  # record: 12 bits speed in 1/100 m/s, 12 bits distance in 1/16 m that rolls over

# Low five bits of the base type -> (numpy type without byte order, size, invalid value).
BASE_TYPES: Final[Mapping[int, tuple[str, int, int | None]]] = MappingProxyType(
    {
        0: ("u1", 1, 0xFF),
        1: ("i1", 1, 0x7F),
        2: ("u1", 1, 0xFF),
        3: ("i2", 2, 0x7FFF),
        4: ("u2", 2, 0xFFFF),
        5: ("i4", 4, 0x7FFFFFFF),
        6: ("u4", 4, 0xFFFFFFFF),
        7: ("S", 1, None),
        8: ("f4", 4, None),
        9: ("f8", 8, None),
        10: ("u1", 1, 0),
        11: ("u2", 2, 0),
        12: ("u4", 4, 0),
        13: ("u1", 1, 0xFF),
        14: ("i8", 8, 2**63 - 1),
        15: ("u8", 8, 2**64 - 1),
        16: ("u8", 8, 0),
    }
)

Field = tuple[str, float, float]

_RECORD: Final[dict[int, Field]] = {
    TIMESTAMP: ("timestamp", 1, 0),
    0: ("latitude_deg", SEMICIRCLES_PER_DEG, 0),
    1: ("longitude_deg", SEMICIRCLES_PER_DEG, 0),
    2: ("altitude_m", 5, 500),
    3: ("heart_rate_bpm", 1, 0),
    4: ("cadence", 1, 0),
    5: ("distance_m", 100, 0),
    6: ("speed_mps", 1000, 0),
    7: ("power_w", 1, 0),
    39: ("vertical_oscillation_mm", 10, 0),
    41: ("ground_contact_ms", 10, 0),
    53: ("fractional_cadence", 128, 0),
    73: ("enhanced_speed_mps", 1000, 0),
    78: ("enhanced_altitude_m", 5, 500),
    84: ("balance_left_pct", 100, 0),
}

_SESSION: Final[dict[int, Field]] = {
    TIMESTAMP: ("timestamp", 1, 0),
    2: ("start_time", 1, 0),
    5: ("sport", 1, 0),
    6: ("sub_sport", 1, 0),
    7: ("elapsed_s", 1000, 0),
    8: ("timer_s", 1000, 0),
    9: ("distance_m", 100, 0),
    16: ("avg_heart_rate_bpm", 1, 0),
    17: ("max_heart_rate_bpm", 1, 0),
    18: ("avg_cadence", 1, 0),
    22: ("ascent_m", 1, 0),
    23: ("descent_m", 1, 0),
    59: ("moving_s", 1000, 0),
    92: ("avg_fractional_cadence", 128, 0),
}

FIELDS: Final[Mapping[int, Mapping[int, Field]]] = MappingProxyType(
    {
        FILE_ID: {
            0: ("type", 1, 0),
            1: ("manufacturer", 1, 0),
            2: ("product", 1, 0),
            4: ("time_created", 1, 0),
            8: ("product_name", 1, 0),
        },
        SESSION: _SESSION,
        LAP: {2: ("start_time", 1, 0), 25: ("sport", 1, 0), 39: ("sub_sport", 1, 0)},
        RECORD: _RECORD,
        EVENT: {TIMESTAMP: ("timestamp", 1, 0), 0: ("event", 1, 0), 1: ("event_type", 1, 0)},
        SPORT: {0: ("sport", 1, 0), 1: ("sub_sport", 1, 0)},
        ACTIVITY: {
            TIMESTAMP: ("timestamp", 1, 0),
            0: ("timer_s", 1000, 0),
            5: ("local_timestamp", 1, 0),
        },
        FIELD_DESCRIPTION: {
            0: ("developer_data_index", 1, 0),
            1: ("field_definition_number", 1, 0),
            2: ("fit_base_type_id", 1, 0),
            3: ("field_name", 1, 0),
            6: ("scale", 1, 0),
            7: ("offset", 1, 0),
            8: ("units", 1, 0),
        },
    }
)

FILE_TYPE_ACTIVITY: Final = 4
FILE_TYPES: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "device settings",
        2: "settings",
        3: "sport settings",
        5: "workout",
        6: "course",
        7: "schedules",
        9: "weight",
        10: "totals",
        11: "goals",
        14: "blood pressure",
        15: "monitoring",
        20: "activity summary",
        28: "daily monitoring",
        32: "monitoring",
        34: "segment",
        35: "segment list",
    }
)

TRANSITION: Final = 3
_SPORTS: Final[Mapping[int, Sport]] = MappingProxyType(
    {1: Sport.RUN, 2: Sport.RIDE, 5: Sport.SWIM, 11: Sport.WALK, 15: Sport.ROW, 17: Sport.HIKE, 21: Sport.RIDE}
)
_SUB_SPORTS: Final[Mapping[tuple[int, int], Sport]] = MappingProxyType(
    {
        (1, 1): Sport.TREADMILL,
        (1, 3): Sport.TRAIL,
        (1, 45): Sport.TREADMILL,  # indoor running
        (1, 58): Sport.TREADMILL,  # a virtual run is run on a treadmill
        (4, 1): Sport.TREADMILL,
        (4, 6): Sport.RIDE,
        (4, 14): Sport.ROW,
        (4, 15): Sport.ELLIPTICAL,
        (4, 20): Sport.STRENGTH,
        (10, 20): Sport.STRENGTH,
    }
)


def sport_of(sport: float | None, sub_sport: float | None) -> Sport:
    """niggle's sport for FIT's numbers; what is not known is OTHER."""
    if sport is None:
        return Sport.OTHER
    kind = int(sport)
    narrow = _SUB_SPORTS.get((kind, int(sub_sport))) if sub_sport is not None else None
    return narrow or _SPORTS.get(kind, Sport.OTHER)


MANUFACTURERS: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "Garmin",
        23: "Suunto",
        32: "Wahoo",
        71: "TomTom",
        89: "Tacx",
        95: "Stryd",
        123: "Polar",
        260: "Zwift",
        265: "Strava",
        294: "COROS",
    }
)

# Developer fields that stand in where the native column is absent: name -> (stream, factor).
# Stryd's "Cadence" may be steps or strides, by version: `assemble` decides from its values.
DEVELOPER_FIELDS: Final[Mapping[str, tuple[str, float]]] = MappingProxyType(
    {
        "Power": ("power_w", 1.0),  # Stryd
        "RP_Power": ("power_w", 1.0),  # Garmin's running power
        "RS_Power_AVG": ("power_w", 1.0),  # RunScribe
        "Heart Rate": ("heart_rate_bpm", 1.0),
        "Cadence": ("cadence", 1.0),
        "Ground Time": ("ground_contact_ms", 1.0),
        "RS_ContactTime_L": ("ground_contact_ms", 1.0),
        "Vertical Oscillation": ("vertical_oscillation_mm", 10.0),  # centimetres
    }
)
