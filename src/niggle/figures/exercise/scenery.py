"""Props and floor of a figure, behind the body and before it."""

from __future__ import annotations

from collections.abc import Sequence

from niggle.core.movement import Prop
from niggle.figures.exercise import props
from niggle.figures.exercise.frames import Frame
from niggle.figures.exercise.page import Sheet
from niggle.figures.exercise.style import fill, stroke
from niggle.figures.exercise.svg import Clock, n, pair
from niggle.figures.exercise.vectors import Vec


def _track(sheet_: Sheet, prop: Prop, at: object, frames: Sequence[Frame]) -> list[Vec]:
    if isinstance(at, str):
        return [f.at[at] for f in frames]
    start = props.place(at)  # type: ignore[arg-type]
    return [start for _ in frames]


def _rolling(sheet_: Sheet, prop: Prop, frames: Sequence[Frame]) -> list[Vec]:
    """Places of a prop that has its own place in each pose: it goes with the phase, as the body does."""
    movement = sheet_.movement
    assert not isinstance(prop.at, str)
    home = props.place(prop.at)
    spots = {name: props.place(prop.moves[name]) if name in prop.moves else home for name in movement.poses}
    out: list[Vec] = []
    begin, now = 0.0, movement.start()
    ends: list[tuple[float, float, str, str]] = []
    for phase in movement.tempo:
        ends.append((begin, begin + phase.shown, now, phase.to))
        begin, now = begin + phase.shown, phase.to
    from math import cos, pi

    for frame in frames:
        a, b, p, q = ends[min(frame.phase, len(ends) - 1)]
        t = 0.0 if b <= a else min(1.0, max(0.0, (frame.second - a) / (b - a)))
        t = (1 - cos(pi * t)) / 2
        u, v = spots[p], spots[q]
        out.append((u[0] + (v[0] - u[0]) * t, u[1] + (v[1] - u[1]) * t, u[2] + (v[2] - u[2]) * t))
    return out


def scenery(sheet_: Sheet, frames: Sequence[Frame], times: Clock) -> tuple[str, str]:
    """Props behind the body and props in front of it."""
    behind = before = ""
    eye = sheet_.camera
    for prop in sheet_.movement.props:
        if prop.kind in props.STRETCHED:
            assert prop.to is not None
            a, b = _track(sheet_, prop, prop.at, frames), _track(sheet_, prop, prop.to, frames)
            before += props.stretched(prop, a, b, times, eye)
        elif isinstance(prop.at, str):
            drawn = props.moving(prop, _track(sheet_, prop, prop.at, frames), times, eye)
            if prop.kind in {"backpack", "ball", "roller"}:
                behind += drawn
            else:
                before += drawn
        elif prop.moves:
            behind += props.moving(prop, _rolling(sheet_, prop, frames), times, eye)
        else:
            drawn = props.standing(prop, eye, sheet_.left, sheet_.left + sheet_.width)
            box = props.solid(prop)
            front = box is not None and prop.kind == "step" and box[2][0] > 8.0
            if prop.kind == "water" or front:
                before += drawn.replace('class="xwater"', 'class="xwater" fill-opacity=".55"')
            else:
                behind += drawn
    return behind, before


def floor(sheet_: Sheet) -> str:
    if (
        sheet_.camera.upward[1] < 0.3
        or (sheet_.movement.props and sheet_.movement.props[0].kind == "floor")
        or any(p.kind == "water" for p in sheet_.movement.props)
    ):
        return ""
    if sheet_.movement.tilt_deg > 12:  # seen from above the floor is a plane, not a line
        x, wide = sheet_.left + 3, sheet_.width - 6
        back, front = (-sheet_.camera.flat((0.0, 0.0, z))[1] for z in (-46.0, 52.0))
        return f'<rect {fill("top")} x="{n(x)}" y="{n(-back)}" width="{n(wide)}" height="{n(back - front)}" rx="6"/>'
    return f'<path {stroke("floor", 1.6)} d="M{pair(sheet_.left + 3, 0.8)}h{n(sheet_.width - 6)}"/>'
