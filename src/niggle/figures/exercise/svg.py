"""Writing SVG: short numbers, tags, and values over time with only the key times they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import pi, sin

Value = tuple[float, ...]


def n(value: float) -> str:
    """A number to a tenth, as short as SVG allows."""
    text = f"{value:.1f}"
    if text.endswith(".0"):
        text = text[:-2]
    if text in {"-0", ""}:
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def pair(x: float, y: float) -> str:
    b = n(y)
    return n(x) + (b if b.startswith("-") else f" {b}")


def text(value: str) -> str:
    return escape(value, quote=True)


def varies(values: Sequence[Value], by: float) -> bool:
    first = values[0]
    return any(abs(p - q) > by for v in values for p, q in zip(v, first, strict=True))


@dataclass(frozen=True, slots=True)
class Clock:
    """The moments of a cycle. `way` is how far each moment is along its phase, eased from 0 to 1; phases are runs of
    indices (first, last), the last of one being the first of the next. An empty clock: a picture without motion."""

    seconds: tuple[float, ...] = ()
    way: tuple[float, ...] = ()  # at the moment's own phase; 0 at the very start
    part: tuple[float, ...] = ()  # the same without easing
    phases: tuple[tuple[int, int], ...] = ()
    eased: tuple[bool, ...] = ()
    slack: float = 1.0

    def __bool__(self) -> bool:
        return bool(self.seconds)

    @staticmethod
    def steady(seconds: Sequence[float]) -> Clock:
        """Straight lines between these moments."""
        many = len(seconds)
        return Clock(
            tuple(seconds), (0.0, *[1.0] * (many - 1)), (0.0, *[1.0] * (many - 1)),
            tuple((i, i + 1) for i in range(many - 1)), (False,) * (many - 1),
        )  # fmt: skip


def _thin(clock: Clock, values: Sequence[Value], by: float, *, curved: bool) -> list[tuple[int, float, float]]:
    """Moments that the eased way between their neighbours cannot replace within `by`: (index, slope in, slope out) of
    the interval that ends there; slopes are those of the easing, 1 and 1 for a straight line."""
    kept: list[tuple[int, float, float]] = [(0, 1.0, 1.0)]
    along = clock.way if curved else clock.part
    for (first, last), eased in zip(clock.phases, clock.eased, strict=True):

        def way(i: int, first: int = first) -> float:
            return 0.0 if i == first else along[i]

        def part(i: int, first: int = first) -> float:
            return 0.0 if i == first else clock.part[i]

        def need(a: int, b: int, way: Callable[[int], float] = way) -> list[int]:
            worst, where = by, -1
            span = way(b) - way(a)
            for i in range(a + 1, b):
                t = (way(i) - way(a)) / span if span else 0.0
                off = max(abs(p + (q - p) * t - r) for p, q, r in zip(values[a], values[b], values[i], strict=True))
                if off > worst:
                    worst, where = off, i
            return [b] if where < 0 else [*need(a, where), *need(where, b)]

        begin = first
        for end in need(first, last):
            run, rise = part(end) - part(begin), way(end) - way(begin)
            if curved and eased and rise > 0 and values[begin] != values[end]:
                steep = pi / 2 * run / rise
                kept.append((end, steep * sin(pi * part(begin)), steep * sin(pi * part(end))))
            else:
                kept.append((end, 1.0, 1.0))
            begin = end
    return kept


def _short(value: float, digits: int) -> str:
    text_ = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return text_.removeprefix("0") if text_ not in {"0", ""} else "0"


def _times(clock: Clock, kept: Sequence[int]) -> str:
    total = clock.seconds[-1]
    close = min((b - a for a, b in pairwise(clock.seconds) if b > a), default=total) / total
    digits = 2 if close > 0.012 else 3  # all tracks of a figure share the rounding, so they stay in step
    out = [_short(clock.seconds[i] / total, digits) for i in kept]
    out[-1] = "1"
    return ";".join(out)


def _spline(start: float, end: float) -> str:
    """Control points of an easing with these slopes at its ends."""
    if abs(start - 1) < 0.02 and abs(end - 1) < 0.02:
        return "0 0 1 1"
    return f".33 {_short(min(1.0, start / 3), 2)} .67 {_short(max(0.0, 1 - end / 3), 2)}"


def animate(
    kind: str, clock: Clock, values: Sequence[Value], by: float, *, attribute: str = "", digits: int = 1
) -> str:
    """One animation element, with straight lines or eased curves between key values: whichever is shorter to write.

    `kind` is a transform type, or "" for the plain attribute named.
    """
    if kind == "rotate" and clock.slack > 3:
        digits = 0
    typed = f' type="{kind}"' if kind else ""
    what = "animateTransform" if kind else "animate"
    inner = min((_written(clock, values, by * clock.slack, digits, curved=c) for c in (False, True)), key=len)
    return (
        f'<{what} attributeName="{"transform" if kind else attribute}"{typed} dur="{n(clock.seconds[-1])}s" '
        f'repeatCount="indefinite" {inner}/>'
    )


def _written(clock: Clock, values: Sequence[Value], by: float, digits: int, *, curved: bool) -> str:
    kept = _thin(clock, values, by, curved=curved)
    lean = [kept[0]]
    for i, item in enumerate(kept[1:], 1):  # a moment in the middle of standing still says nothing
        after = values[kept[i + 1][0]] if i + 1 < len(kept) else None
        if after is not None and values[lean[-1][0]] == values[item[0]] == after:
            continue
        lean.append(item)
    body = ";".join(" ".join(n(v) if digits == 1 else _short(v, digits) for v in values[i]) for i, _, _ in lean)
    splines = [_spline(a, b) for _, a, b in lean[1:]]
    bent = "" if set(splines) <= {"0 0 1 1"} else f' calcMode="spline" keySplines="{";".join(splines)}"'
    return f'keyTimes="{_times(clock, [i for i, _, _ in lean])}"{bent} values="{body}"'
