"""Smooth lines through knots: cubic Béziers whose handles follow the neighbours, so that nothing loops."""

from __future__ import annotations

from math import hypot

from niggle.core.drawing import Knot, Line

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]
_REACH = 0.36  # of a handle, against the distance to its neighbours: a circle of eight knots comes out round
_MOST = 0.45


def _handles(before: Knot, at: Knot, after: Knot) -> tuple[Point, Point]:
    """(handle towards the knot before, handle towards the knot after), both as points."""
    if at.corner:
        return (at.x, at.y), (at.x, at.y)
    back, ahead = hypot(at.x - before.x, at.y - before.y), hypot(after.x - at.x, after.y - at.y)
    if not back or not ahead:
        return (at.x, at.y), (at.x, at.y)
    # the direction leans on the nearer neighbour, as in a circle through the three
    dx = (at.x - before.x) / back * ahead + (after.x - at.x) / ahead * back
    dy = (at.y - before.y) / back * ahead + (after.y - at.y) / ahead * back
    long = hypot(dx, dy) or 1.0
    # both handles are alike, so that SVG's short form holds; the nearer neighbour rules, so that nothing loops
    reach = min(_REACH * (back * ahead) ** 0.5, _MOST * min(back, ahead))
    dx, dy = dx / long * reach, dy / long * reach
    return (at.x - dx, at.y - dy), (at.x + dx, at.y + dy)


def closed(line: Line) -> tuple[Curve, ...]:
    """A closed shape through the knots."""
    many = len(line)
    handles = [_handles(line[i - 1], line[i], line[(i + 1) % many]) for i in range(many)]
    return tuple(
        (
            (line[i].x, line[i].y), handles[i][1], handles[(i + 1) % many][0],
            (line[(i + 1) % many].x, line[(i + 1) % many].y),
        )
        for i in range(many)
    )  # fmt: skip


def opened(line: Line) -> tuple[Curve, ...]:
    """An open line from the first knot to the last."""
    ends = (Knot(line[0].x, line[0].y, True), *line[1:-1], Knot(line[-1].x, line[-1].y, True))
    return closed(ends)[:-1]


def mirrored(line: Line) -> Line:
    return tuple(Knot(-k.x, k.y, k.corner) for k in line)


def across(half: Line) -> Line:
    """The whole shape from its half: from axis to axis and back on the other side."""
    back = [k for k in reversed(mirrored(half)) if k.x]
    return (*half, *back)


def flat(curves: tuple[Curve, ...], steps: int = 8) -> list[Point]:
    """Points along the curves, without the last one."""
    out: list[Point] = []
    for a, b, c, d in curves:
        for i in range(steps):
            t = i / steps
            u = 1 - t
            p, q, r, s = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            out.append((p * a[0] + q * b[0] + r * c[0] + s * d[0], p * a[1] + q * b[1] + r * c[1] + s * d[1]))
    return out


def path(curves: tuple[Curve, ...], *, close: bool = True, fine: bool = False) -> str:
    """SVG path data in relative steps, rounded to whole units (`fine`: to tenths)."""
    scale = 10 if fine else 1
    start = _on_grid(curves[0][0], scale)
    text, at = f"M{_join(start, scale)}", start
    reflected: list[int] | None = None  # where the short form puts the first handle
    for _, b, c, d in curves:
        b_, c_, d_ = (_on_grid(p, scale) for p in (b, c, d))
        tail = [c_[0] - at[0], c_[1] - at[1], d_[0] - at[0], d_[1] - at[1]]
        if b_ == at and c_ == d_:
            text += f"l{_join(tail[2:], scale)}"
        elif reflected is not None and max(abs(b_[0] - reflected[0]), abs(b_[1] - reflected[1])) <= 1:
            text += f"s{_join(tail, scale)}"
        else:
            text += f"c{_join([b_[0] - at[0], b_[1] - at[1], *tail], scale)}"
        reflected = [2 * d_[0] - c_[0], 2 * d_[1] - c_[1]]
        at = d_
    return text + ("z" if close else "")


def _on_grid(point: Point, scale: int) -> list[int]:
    return [round(point[0] * scale), round(point[1] * scale)]


def _join(values: list[int], scale: int) -> str:
    text = ""
    for value in values:
        number = f"{value / scale:g}".replace("0.", ".") if abs(value) < scale else f"{value / scale:g}"
        text += number if not text or number.startswith("-") else f" {number}"
    return text
