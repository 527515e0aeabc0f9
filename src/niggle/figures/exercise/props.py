"""The things in the picture: what stands on the floor, what the body holds, what is stretched between two points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot
from typing import Final

from niggle.core.movement import Place, Prop
from niggle.figures.exercise.camera import Camera, Point
from niggle.figures.exercise.style import fill, stroke
from niggle.figures.exercise.svg import Clock, animate, n, pair, varies
from niggle.figures.exercise.vectors import Vec

Range = tuple[float, float]

# kind -> length (x), height (y), depth (z) where the file gives none; these can be stood on
SOLID: Final[Mapping[str, tuple[float, float, float]]] = {
    "step": (42.0, 16.0, 64.0), "bench": (44.0, 44.0, 90.0), "box": (40.0, 30.0, 50.0), "chair": (42.0, 45.0, 44.0),
    "pillow": (34.0, 6.0, 40.0), "treadmill": (150.0, 14.0, 60.0), "mat": (170.0, 1.2, 60.0),
}  # fmt: skip
FLAT: Final = ("wall", "line", "towel", "marbles", "water", "hill", "cone", "floor")
CARRIED: Final = (
    "dumbbell", "barbell", "kettlebell", "backpack", "ball", "roller", "bottle", "small_ball", "stick", "weight", "pad",
)  # fmt: skip
STRETCHED: Final = ("band", "strap", "arrow")
MACHINES: Final = ("bike", "rower", "elliptical")
KINDS: Final = (*SOLID, *FLAT, *CARRIED, *STRETCHED, *MACHINES)
_ROUND: Final = {"roller": 7.5, "ball": 30.0, "small_ball": 3.4, "bottle": 4.0, "weight": 6.0}


def _size(prop: Prop) -> tuple[float, float, float]:
    usual = SOLID.get(prop.kind, (0.0, 0.0, 0.0))
    return tuple(s if s > 0 else u for s, u in zip(prop.size, usual, strict=True))  # type: ignore[return-value]


def solid(prop: Prop) -> tuple[Range, Range, Range] | None:
    """The box a prop fills, or None. `at` is its left end, its foot, and its middle in depth."""
    if prop.kind not in SOLID or isinstance(prop.at, str) or prop.kind == "mat":
        return None
    x, y, z = prop.at
    z = 0.0 if z is None else z
    w, h, d = _size(prop)
    return (x, x + w), (y, y + h), (z - d / 2, z + d / 2)


def _polygon(points: Sequence[Point]) -> str:
    return "M" + "L".join(pair(*p) for p in points) + "Z"


def _box(prop: Prop, camera: Camera) -> str:
    ranges = solid(prop)
    assert ranges is not None
    (x0, x1), (y0, y1), (z0, z1) = ranges
    out = ""
    faces: list[tuple[Vec, list[Vec], str]] = [
        ((0.0, 1.0, 0.0), [(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)], "top"),
        ((0.0, 0.0, 1.0), [(x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)], "prop"),
        ((0.0, 0.0, -1.0), [(x0, y0, z0), (x1, y0, z0), (x1, y1, z0), (x0, y1, z0)], "prop"),
        ((1.0, 0.0, 0.0), [(x1, y0, z0), (x1, y0, z1), (x1, y1, z1), (x1, y1, z0)], "prop"),
        ((-1.0, 0.0, 0.0), [(x0, y0, z0), (x0, y0, z1), (x0, y1, z1), (x0, y1, z0)], "prop"),
    ]
    for normal, corners, tone in faces:
        if camera.depth(normal) > 0.02:
            edge = stroke("edge", 1.2).replace('class="yedge" fill="none" ', "")
            out += f'<path class="x{tone} yedge" {fill(tone).split(" ", 1)[1]} {edge} d="{_polygon([camera.flat(c) for c in corners])}"/>'  # noqa: E501
    return out


def _chair(prop: Prop, camera: Camera) -> str:
    ranges = solid(prop)
    assert ranges is not None
    (x0, x1), (y0, y1), (z0, z1) = ranges
    legs: list[tuple[Vec, Vec]] = []
    for x in (x0 + 2, x1 - 2):
        for z in (z0 + 2, z1 - 2):
            legs.append(((x, y0, z), (x, y1 - 3, z)))  # noqa: PERF401
    for z in (z0 + 2, z1 - 2):
        legs.append(((x0 + 1.5, y1, z), (x0 - 4, y1 + 44, z)))  # noqa: PERF401
    legs.append(((x0 - 4, y1 + 42, z0 + 2), (x0 - 4, y1 + 42, z1 - 2)))
    lines = "".join(f"M{pair(*camera.flat(a))}L{pair(*camera.flat(b))}" for a, b in legs)
    seat = Prop("box", (x0, y1 - 4, (z0 + z1) / 2), None, (x1 - x0, 4.0, z1 - z0))
    return f'<path {stroke("edge", 3)} d="{lines}"/>' + _box(seat, camera)


def _wall(prop: Prop, camera: Camera, left: float, right: float) -> str:
    assert not isinstance(prop.at, str)
    x = prop.at[0]
    high = prop.size[1] or 185.0
    thick = 5.0 if prop.size[0] == 0 else prop.size[0]
    if abs(camera.across[0]) < 0.5:  # looked at along its normal: a backdrop
        a, b = (left, 0.0), (right, -high)
        return f'<path {fill("top")} d="{_polygon([a, (right, 0.0), b, (left, -high)])}"/>'
    p = camera.flat((x, 0.0, 0.0))[0]
    q = camera.flat((x + thick, 0.0, 0.0))[0]
    edge = f'<path {stroke("edge", 1.6)} d="M{pair(p, 0)}V{n(-high)}"/>'
    return f'<path {fill("prop")} d="{_polygon([(p, 0), (q, 0), (q, -high), (p, -high)])}"/>' + edge


def standing(prop: Prop, camera: Camera, left: float, right: float) -> str:
    """A prop that stands in the room and does not move."""
    if isinstance(prop.at, str):
        return ""
    x, y, z = prop.at[0], prop.at[1], prop.at[2] or 0.0
    if prop.kind == "chair":
        return _chair(prop, camera)
    if prop.kind == "mat":
        w, h, _ = _size(prop)
        a, b = camera.flat((x, y, z)), camera.flat((x + w, y + h, z))
        return f'<rect {fill("water")} x="{n(a[0])}" y="{n(b[1])}" width="{n(b[0] - a[0])}" height="{n(max(1.2, a[1] - b[1]))}" rx=".8"/>'  # noqa: E501
    if prop.kind == "treadmill":
        w, h, _ = _size(prop)
        a, b = camera.flat((x + w - 10, y + h, z)), camera.flat((x + w + 4, y + 118, z))
        c = camera.flat((x + w - 26, y + 122, z))
        return _box(prop, camera) + f'<path {stroke("edge", 4)} d="M{pair(*a)}L{pair(*b)}L{pair(*c)}"/>'
    if prop.kind in SOLID:
        return _box(prop, camera)
    if prop.kind == "wall":
        return _wall(prop, camera, left, right)
    if prop.kind == "water":
        top = camera.flat((0.0, y, 0.0))[1]
        waves = f"M{pair(left, top)}" + "".join("q5-3 10 0t10 0" for _ in range(int((right - left) / 20) + 1))
        return (
            f'<rect {fill("water")} x="{n(left)}" y="{n(top)}" width="{n(right - left)}" height="{n(-top)}"/>'
            f'<path {stroke("arrow", 1.4)} d="{waves}"/>'
        )
    if prop.kind == "hill":
        w, h = prop.size[0] or 160.0, prop.size[1] or 14.0
        corners = [camera.flat(c) for c in ((x, y, 0.0), (x + w, y, 0.0), (x + w, y + h, 0.0))]
        return f'<path {fill("prop")} d="{_polygon(corners)}"/>'
    if prop.kind in {"towel", "line", "cone", "marbles"}:
        return _small(prop, camera.flat((x, y, z)))
    if prop.kind in MACHINES:
        return _machine(prop, camera)
    return carried(prop, camera.flat((x, y, z)), camera)


def _small(prop: Prop, at: Point) -> str:
    x, y = at
    w = prop.size[0] or 26.0
    if prop.kind == "towel":
        return f'<path {stroke("band", 2.4)} d="M{pair(x, y - 0.6)}q{n(w / 8)}-2.4 {n(w / 4)} 0t{n(w / 4)} 0 {n(w / 4)} 0 {n(w / 4)} 0"/>'  # noqa: E501
    if prop.kind == "cone":
        return f'<path {fill("band")} d="M{pair(x - 6, y)}L{pair(x, y - 16)}L{pair(x + 6, y)}Z"/>'
    if prop.kind == "marbles":
        return "".join(f'<circle {fill("band")} cx="{n(x + d)}" cy="{n(y - 1.2)}" r="1.2"/>' for d in (0, 3, 6.5))
    return f'<path {stroke("band", 3)} d="M{pair(x, y)}h{n(w)}"/>'


def _machine(prop: Prop, camera: Camera) -> str:
    assert not isinstance(prop.at, str)
    x, y, z = prop.at[0], prop.at[1], prop.at[2] or 0.0

    def p(dx: float, dy: float) -> str:
        return pair(*camera.flat((x + dx, y + dy, z)))

    if prop.kind == "bike":  # `at` is the floor below the cranks
        wheels = "".join(
            f'<circle {stroke("iron", 2)} cx="{n(camera.flat((x + d, y, z))[0])}" cy="{n(camera.flat((x, y + 33, z))[1])}" r="32"/>'  # noqa: E501
            for d in (-44, 58)
        )
        frame = f"M{p(-44, 33)}L{p(0, 29)}L{p(-15, 82)}L{p(-44, 33)}M{p(0, 29)}L{p(40, 82)}L{p(-13, 76)}M{p(58, 33)}L{p(38, 92)}L{p(50, 97)}M{p(-26, 84)}H{n(camera.flat((x - 4, y, z))[0])}"  # noqa: E501
        return wheels + f'<path {stroke("iron", 3)} d="{frame}"/>'
    if prop.kind == "rower":  # `at` is the floor below the feet
        return f'<path {stroke("edge", 4)} d="M{p(8, 0)}V{p(0, 34).split()[-1] if False else n(camera.flat((0, y + 34, z))[1])}M{p(6, 20)}L{p(-120, 26)}V{n(camera.flat((0, y, z))[1])}"/>'  # noqa: E501
    return f'<path {stroke("edge", 4)} d="M{p(-50, 6)}H{n(camera.flat((x + 55, y, z))[0])}M{p(40, 6)}L{p(46, 130)}"/>'


def carried(prop: Prop, at: Point, camera: Camera) -> str:
    """A prop around the origin of its own group, or at a place."""
    x, y = at
    side_on = abs(camera.across[2]) < 0.5  # we look along the body's left-right axis
    out = ""
    iron = fill("iron")
    if prop.kind in _ROUND:
        tone = "prop" if prop.kind in {"ball", "roller"} else "band" if prop.kind == "small_ball" else "iron"
        r = (prop.size[0] / 2) or _ROUND[prop.kind]
        if prop.kind == "roller" and not side_on:
            return f'<rect {fill("prop")} x="{n(x - 22)}" y="{n(y - r)}" width="44" height="{n(2 * r)}" rx="3"/>'
        edge = ' stroke="#8a8378" stroke-width="1.4"' if tone == "prop" else ""
        out = f'<circle class="x{tone} yedge" {fill(tone).split(" ", 1)[1]}{edge} cx="{n(x)}" cy="{n(y)}" r="{n(r)}"/>'
        if prop.kind == "roller":
            out += f'<circle {fill("iron")} cx="{n(x)}" cy="{n(y)}" r="2.4"/>'
    elif prop.kind == "dumbbell":
        if side_on:
            return f'<circle {iron} cx="{n(x)}" cy="{n(y)}" r="6.5"/><circle {fill("edge")} cx="{n(x)}" cy="{n(y)}" r="2"/>'  # noqa: E501
        out = f'<path {iron} d="M{pair(x - 11, y - 5.5)}h6v4h10v-4h6v11h-6v-4h-10v4h-6Z"/>'
    elif prop.kind == "kettlebell":
        out = f'<circle {iron} cx="{n(x)}" cy="{n(y + 11)}" r="8.5"/><path {stroke("iron", 2.6)} d="M{pair(x - 5, y + 5)}Q{pair(x - 5, y - 1.5)} {pair(x, y - 1.5)}T{pair(x + 5, y + 5)}"/>'  # noqa: E501
    elif prop.kind == "barbell":
        if side_on:
            return f'<circle {iron} cx="{n(x)}" cy="{n(y)}" r="15"/><circle {fill("edge")} cx="{n(x)}" cy="{n(y)}" r="2.4"/>'  # noqa: E501
        out = f'<path {stroke("iron", 2.6)} d="M{pair(x - 62, y)}h124"/><path {stroke("iron", 5)} d="M{pair(x - 52, y - 14)}v28M{pair(x + 52, y - 14)}v28"/>'  # noqa: E501
    elif prop.kind == "backpack":
        out = f'<rect {fill("band")} x="{n(x - 9)}" y="{n(y - 16)}" width="18" height="34" rx="5"/>'
    elif prop.kind == "stick":
        out = f'<path {stroke("iron", 2.6)} d="M{pair(x - 30, y)}h60"/>'
    elif prop.kind == "pad":
        out = f'<rect {fill("iron")} x="{n(x - 6)}" y="{n(y - 5)}" width="12" height="10" rx="4"/>'
    return out


Track = Sequence[Vec]


def moving(prop: Prop, track: Track, times: Clock, camera: Camera) -> str:
    """A prop that is carried, or that rolls from place to place."""
    spots = [camera.flat(p) for p in track]
    x, y = spots[0]
    inner = ""
    if times and varies(spots, 0.1):
        inner = animate("translate", times, spots, 0.15)
    drawn = carried(prop, (0.0, 0.0), camera).replace(' cx="0"', "").replace(' cy="0"', "")
    return f'<g transform="translate({pair(x, y)})">{inner}{drawn}</g>'


def stretched(prop: Prop, a: Track, b: Track, times: Clock, camera: Camera) -> str:
    """A band between two tracks."""
    ends = [(*camera.flat(p), *camera.flat(q)) for p, q in zip(a, b, strict=True)]
    inner = ""
    if times:
        for i, name in enumerate(("x1", "y1", "x2", "y2")):
            values = [(e[i],) for e in ends]
            if varies(values, 0.15):
                inner += animate("", times, values, 0.2, attribute=name)
    x1, y1, x2, y2 = ends[0]
    if prop.kind == "arrow":
        size = hypot(x2 - x1, y2 - y1) or 1.0
        head = min(5.0, 0.3 * size) / size
        ux, uy = (x2 - x1) * head, (y2 - y1) * head
        tips = f"M{pair(x2 - ux - uy * 0.62, y2 - uy + ux * 0.62)}L{pair(x2, y2)}L{pair(x2 - ux + uy * 0.62, y2 - uy - ux * 0.62)}"  # noqa: E501
        return f'<path {stroke("arrow", 2.4)} d="M{pair(x1, y1)}L{pair(x2, y2)}{tips}"/>'
    return f'<line {stroke("band", 2.6)} x1="{n(x1)}" y1="{n(y1)}" x2="{n(x2)}" y2="{n(y2)}">{inner}</line>'


def place(at: Place) -> Vec:
    return (at[0], at[1], at[2] or 0.0)
