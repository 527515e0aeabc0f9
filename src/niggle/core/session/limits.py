"""What a body and a sensor can show. Outside these bounds a value is a sensor's mistake and counts as missing.

The bounds are wide on purpose: they catch damage and dropped sensors, they do not judge anybody's running. All are
heuristics of this project unless a comment names something firmer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

from niggle.core.session.types import Session, Sport
from niggle.core.units import S_PER_DAY, S_PER_H

EARLIEST_UNIX_S: Final = 631_152_000.0  # 1990-01-01: no activity file is older
LATEST_UNIX_S: Final = (
    4_102_444_800.0  # 2100-01-01: what lies beyond is no date; "future" is judged by whoever has a clock
)

# stream -> (lowest, highest) that is believed. A heart rate of 0 is a strap that was not worn.
VALUE_BOUNDS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "altitude_m": (-499.0, 9_500.0),  # FIT's raw zero is -500 m; the Dead Sea shore is -430 m
        "heart_rate_bpm": (25.0, 240.0),
        "power_w": (0.0, 3_000.0),
        "cadence_spm": (0.0, 300.0),
        "ground_contact_ms": (50.0, 1_500.0),
        "vertical_oscillation_mm": (5.0, 500.0),
        "balance_left_pct": (20.0, 80.0),
    }
)

FOOT_SPORTS: Final = frozenset({Sport.RUN, Sport.TRAIL, Sport.TREADMILL, Sport.WALK, Sport.HIKE})

# Fastest believable speed in m/s. 12.5 is just above the fastest moment ever measured in a sprint.
_TOP_SPEED_MPS: Final[Mapping[Sport, float]] = MappingProxyType(
    {
        Sport.RIDE: 45.0,
        Sport.SWIM: 5.0,
        Sport.ROW: 12.0,
        Sport.ELLIPTICAL: 15.0,
        Sport.OTHER: 70.0,
    }
)

MAX_TIMER_S: Final = 7 * S_PER_DAY  # the longest foot races close after six days
MAX_ELAPSED_S: Final = 366 * S_PER_DAY
JUMP_S: Final = 24 * S_PER_H  # a step this long is a clock that was set or a watch that was forgotten, not a pause
UTC_OFFSET_RANGE_S: Final = (-12 * 3600, 14 * 3600)
CLOCK_SLACK: Final = timedelta(days=1)  # clocks go wrong, and some files give local time as if it were UTC


def in_future(session: Session, now: datetime) -> bool:
    """Whether it starts later than a wrong clock or a missing time zone explains. now: aware."""
    return session.start_utc.astimezone(UTC) > now + CLOCK_SLACK


def top_speed_mps(sport: Sport) -> float:
    """The speed in m/s above which a value of this sport is not believed."""
    return _TOP_SPEED_MPS.get(sport, 12.5)
