"""What the demo runner says of herself: mostly that nothing hurts, then a left Achilles that began three days ago."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

NAME: Final = "Demo runner"
PROFILE: Final[Mapping[str, Any]] = {"born_on": "1987-05-14", "sex": "female", "sleep_h": 7.5}

# pairs she runs in: the name an export would give, and what is known of them
SHOES: Final[tuple[Mapping[str, Any], ...]] = (
    {"name": "Blue daily trainer", "drop_mm": 10.0, "stack_mm": 34.0, "category": "neutral"},
    {"name": "White daily trainer", "drop_mm": 8.0, "stack_mm": 36.0, "category": "neutral"},
    {"name": "Green trail shoe", "drop_mm": 6.0, "stack_mm": 30.0, "category": "trail"},
)

_QUIET_EVERY_DAYS: Final = 7

# days ago -> how her bruised right heel felt in the morning, 0-10; after that it is quiet
HEEL_MORNINGS: Final = {30: 3, 29: 2, 28: 2, 27: 1, 26: 1, 25: 0}


def check_ins(today: date) -> tuple[tuple[dict[str, Any], datetime], ...]:
    """Plain entries with the moment each was given, oldest first; the last one is this morning's.

    Every week a quiet one; a month ago a week of a bruised heel. Three days ago the Achilles was a little tight after
    hill repeats and fine next morning; yesterday's easy run made it 4 of 10, it built up, and this morning it is
    stiffer than usual: yellow.
    """
    heel = {"site": "heel_under", "side": "right"}
    told = [_said(today, ago, ago, 20, {}) for ago in range(70, 6, -_QUIET_EVERY_DAYS) if ago not in HEEL_MORNINGS]
    told += [
        _said(today, ago, ago, 7, heel | {"moment": "next_morning", "pain_morning": value, "stiffness": "same",
                                          "limp_first_steps": False, "night_pain": False, "baseline_by_24h": True})
        for ago, value in HEEL_MORNINGS.items()
    ]  # fmt: skip
    told.sort(key=lambda said: said[1])
    achilles = {"site": "achilles", "side": "left"}
    told.append(
        _said(today, 3, 3, 20, achilles | {"moment": "after", "pain_start": 1, "pain_max": 2, "pain_end": 1,
                                           "quality": "tight", "built_up": False, "limp": False, "pain_after": 1})
    )  # fmt: skip
    told.append(
        _said(today, 3, 2, 7, achilles | {"moment": "next_morning", "pain_morning": 1, "stiffness": "same",
                                          "stiffness_min": 5, "limp_first_steps": False, "baseline_by_24h": True})
    )  # fmt: skip
    told.append(
        _said(today, 1, 1, 20, achilles | {"moment": "after", "pain_start": 2, "pain_max": 4, "pain_end": 4,
                                           "quality": "dull", "built_up": True, "limp": False, "gait_changed": False,
                                           "pain_after": 3, "swelling": False})
    )  # fmt: skip
    told.append(
        _said(today, 1, 0, 7, achilles | {"moment": "next_morning", "pain_morning": 3, "stiffness": "worse",
                                          "stiffness_min": 15, "limp_first_steps": False, "limp_walking": False,
                                          "night_pain": False, "baseline_by_24h": False})
    )  # fmt: skip
    return tuple(told)


def _said(
    today: date, day_ago: int, told_ago: int, hour: int, answers: dict[str, Any]
) -> tuple[dict[str, Any], datetime]:
    when = datetime.combine(today - timedelta(days=told_ago), time(hour, 10), tzinfo=UTC)
    return {"on": (today - timedelta(days=day_ago)).isoformat(), **answers}, when
