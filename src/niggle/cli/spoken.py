"""What people type about a week: coming days, hours, distances with a unit, times they have, and wishes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from niggle.cli import given
from niggle.core.plan import WishKind
from niggle.core.units import M_PER_KM, M_PER_MILE, named_m

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPANS: Final = {"daily": (0, 6), "weekdays": (0, 4), "weekend": (5, 6), "weekends": (5, 6), "every day": (0, 6)}
WISHES: Final = (
    "long run saturday", "strength tuesday", "rest friday", "run wednesday", "cross-training thursday",
    "nothing before 7:00", "4 runs",
)  # fmt: skip
_WISH: Final = (
    (WishKind.LONG_RUN_ON, re.compile(r"\blong( run)?\b")),
    (WishKind.CROSS_TRAINING_ON, re.compile(r"\b(cross[- ]?train(ing)?|bike|ride|swim)\b")),
    (WishKind.STRENGTH_ON, re.compile(r"\b(strength|gym|weights|lifting)\b")),
    (WishKind.REST_ON, re.compile(r"\b(rest|off|free|nothing)\b")),
    (WishKind.RUN_ON, re.compile(r"\brun(ning)?\b")),
)
_BEFORE: Final = re.compile(r"\b(?:nothing|not) before (\d{1,2})(?:[:.](\d{2}))?")
_COUNT: Final = re.compile(r"\b(\d) runs?\b")
_DISTANCE: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*(km|k|mi|miles|m)?")


def weekday(text: str) -> int | None:
    """0 is Monday; two letters are enough. None for anything else."""
    word = text.strip().casefold()
    found = [n for n, name in enumerate(_DAYS) if len(word) >= 2 and name.startswith(word.rstrip("."))]
    return found[0] if len(found) == 1 else None


def coming_day(text: str, today: date) -> date:
    """A day from today on: a weekday (today counts), today, tomorrow, +3, or 2026-03-28. Else a usage error."""
    word = text.strip().casefold()
    if word == "tomorrow":
        return today + timedelta(days=1)
    day = weekday(word)
    if day is not None:
        return today + timedelta(days=(day - today.weekday()) % 7)
    if re.fullmatch(r"\+\d{1,3}", word):
        return today + timedelta(days=int(word))
    return given.day(word, today)


def metres(text: str | None) -> float | None:
    """35km, 22 mi, 35 (kilometres): in metres. A usage error for anything else."""
    if text is None:
        return None
    found = _DISTANCE.fullmatch(text.strip().casefold())
    if found is None:
        raise given.not_understood(f"{text!r} is not a distance; write it as 35km or 22mi")
    unit = found[2] or "km"
    factor = {"km": M_PER_KM, "k": M_PER_KM, "m": 1.0}.get(unit, M_PER_MILE)
    return float(found[1].replace(",", ".")) * factor


def race_metres(text: str | None) -> float | None:
    """As `metres`, and the distances that have a name: half, half marathon, marathon."""
    named = None if text is None else named_m(text)
    return metres(text) if named is None else named


def minute_of_day(text: str) -> int:
    """18:30 or 18: minutes after midnight. A usage error for anything else."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?", text.strip())
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise given.not_understood(f"{text!r} is not a time of day; write it as 18:30")
    return int(found[1]) * 60 + int(found[2] or 0)


def windows(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Times she has: "tue 18:00 60", "mon-fri 18:00 60", "sat,sun 9:00 120 gym"; minutes last, gym if there is one."""
    rows = []
    for text in texts:
        parts = text.split()
        gym = len(parts) == 4 and parts[3].casefold() == "gym"
        if (len(parts) != 3 and not gym) or not parts[2].removesuffix("min").isdigit():
            raise given.not_understood(f"{text!r} is not a time of the week; write it as: tue 18:00 60")
        start = minute_of_day(parts[1])
        rows += [
            {"weekday": day, "start": f"{start // 60:02d}:{start % 60:02d}",
             "minutes": int(parts[2].removesuffix("min")), "gym": gym}
            for day in _weekdays(parts[0], text)
        ]  # fmt: skip
    return rows


def _weekdays(text: str, whole: str) -> list[int]:
    found: list[int] = []
    for part in text.casefold().split(","):
        if part in _SPANS:
            first, last = _SPANS[part]
        else:
            start, _, end = part.partition("-")
            begins, ends = weekday(start), weekday(end or start)
            if begins is None or ends is None:
                raise given.not_understood(f"{part!r} in {whole!r} is no weekday; write it as tue, mon-fri or sat,sun")
            first, last = begins, ends
        found += [n % 7 for n in range(first, (last if last >= first else last + 7) + 1)]
    return sorted(set(found))


def wish(text: str) -> dict[str, Any]:
    """A wish in her words, kept as she said it. A usage error with the forms that are understood."""
    word = text.casefold()
    before, count = _BEFORE.search(word), _COUNT.search(word)
    day = next((d for part in re.split(r"[\s,.]+", word) if len(part) > 2 and (d := weekday(part)) is not None), None)
    plain: dict[str, Any] = {"text": text.strip()}
    if before is not None:
        minute = int(before[1]) * 60 + int(before[2] or 0)
        return plain | {"kind": WishKind.NOTHING_BEFORE.value, "value": minute, "weekday": day}
    if count is not None and day is None:
        return plain | {"kind": WishKind.RUNS_PER_WEEK.value, "value": int(count[1])}
    kind = next((k for k, pattern in _WISH if pattern.search(word)), None)
    if kind is None or day is None:
        raise given.not_understood(f"{text!r} is no wish that niggle understands; for example: {', '.join(WISHES)}")
    return plain | {"kind": kind.value, "weekday": day}
