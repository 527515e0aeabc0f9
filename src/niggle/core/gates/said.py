"""What she said of her days, as facts: calm and green ones in a row, lights, pain, stiffness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from niggle.core.gates.seen import WEEK, Seen, ever, most
from niggle.core.gates.types import DayFacts
from niggle.core.outcomes import Light
from niggle.core.reasons import FactValue
from niggle.core.traffic_light import DayMark


def _in_a_row(f: Seen, good: Callable[[DayMark, DayFacts], bool]) -> int:
    """Days in a row up to now. The present day may still be without a word; any other day without one ends it, and so
    does an exercise that hurt as a red light does, whatever else was said of that day."""
    count = 0
    for back in range(f.index, -1, -1):
        row = f.rows[back]
        if f.ticked_red(row):
            break
        if row.mark is None or not row.mark.word:
            if back == f.index:
                continue
            break
        if not good(row.mark, row):
            break
        count += 1
    return count


def _settled(f: Seen) -> FactValue:
    top = f.number("green_max")

    def good(mark: DayMark, row: DayFacts) -> bool:
        calm = mark.daily if mark.daily is not None else mark.score
        return (
            calm is not None and calm <= top and not mark.night_pain and not mark.limp
            and mark.light is not Light.RED and mark.state.light is not Light.RED
        )  # fmt: skip

    return _in_a_row(f, good)


def _green_days(f: Seen) -> FactValue:
    def good(mark: DayMark, row: DayFacts) -> bool:
        return mark.green and (mark.final or not mark.session or row is f.row)

    return _in_a_row(f, good)


def _pain_free_days(f: Seen) -> FactValue:
    def good(mark: DayMark, row: DayFacts) -> bool:
        calm = mark.daily if mark.daily is not None else (None if mark.session else mark.score)
        return calm == 0 and not mark.night_pain

    return _in_a_row(f, good)


def _lights(f: Seen, light: Light) -> FactValue:
    marks = f.marks(WEEK)
    if not marks:
        return None
    days = {m.on for m in marks if m.light is light or (light is Light.RED and m.state.light is Light.RED)}
    if light is Light.RED:
        days.update(row.on for row in f.window(WEEK) if f.ticked_red(row))
    return len(days)


def _stiffness_rising(f: Seen) -> FactValue:
    """One week over the one before it."""
    span = int(f.number("stiffness_trend_days")) // 2
    late, early = _stiff_mean(f, 0, span), _stiff_mean(f, span, span)
    if late is not None and late <= 0:
        return False  # mornings as usual, better, or without any stiffness are not rising
    return None if late is None or early is None else late > early


def _stiffness_rising_2w(f: Seen) -> FactValue:
    """Two weeks in a row, as TL-R06 looks at it: one noisy week is no trend."""
    span = int(f.number("stiffness_trend_days")) // 2
    last, middle, first = (_stiff_mean(f, back * span, span) for back in range(3))
    if last is not None and last <= 0:
        return False
    return None if last is None or middle is None or first is None else last > middle > first


def _stiff_mean(f: Seen, back: int, days: int) -> float | None:
    """Mean morning stiffness of so many days, up to `back` days ago; minutes, or -1 to 1 against her usual."""
    rows = f.rows[max(0, f.index - back - days + 1) : max(0, f.index - back + 1)]
    told = [v for r in rows if r.mark is not None and (v := _stiff(r.mark)) is not None]
    return sum(told) / len(told) if told else None


def _stiff(mark: DayMark) -> float | None:
    """A day on which she says that nothing hurts is a day without stiffness too; there is no question for it then."""
    return 0.0 if mark.stiff is None and mark.morning == 0 else mark.stiff


def _flags_open(f: Seen) -> FactValue:
    last = f.last_mark()
    if last is not None and (last.flagged or last.locked):
        return True
    return False if f.marks(WEEK) else None


SAID: Final[Mapping[str, Callable[[Seen], FactValue]]] = {
    "settled_days": _settled,
    "green_days": _green_days,
    "pain_free_days": _pain_free_days,
    "yellow_7d": lambda f: _lights(f, Light.YELLOW),
    "red_7d": lambda f: _lights(f, Light.RED),
    "pain_worst_3d": lambda f: most([m.score for m in f.marks(3)]),
    "pain_worst_7d": lambda f: most([m.score for m in f.marks(WEEK)]),
    "pain_daily_3d": lambda f: most([m.daily for m in f.marks(3)]),
    "night_pain_7d": lambda f: ever([m.night_pain for m in f.marks(WEEK)]),
    "limp_7d": lambda f: ever([m.limp for m in f.marks(WEEK)]),
    "swelling_7d": lambda f: ever([m.swelling for m in f.marks(WEEK)]),
    "stiffness_worst_7d": lambda f: most([m.morning for m in f.marks(WEEK)]),
    "stiffness_rising": _stiffness_rising,
    "stiffness_rising_2w": _stiffness_rising_2w,
    "flags_open": _flags_open,
}
