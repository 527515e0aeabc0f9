"""What tells a motion in a picture that does not move: where the body came from, and an arrow."""

from __future__ import annotations

from math import hypot

from niggle.core.movement import SIDES, Phase
from niggle.figures.exercise import body
from niggle.figures.exercise.camera import Point
from niggle.figures.exercise.frames import Frame, Motion, blend, orientations
from niggle.figures.exercise.page import TRACED, Sheet
from niggle.figures.exercise.style import fill, stroke
from niggle.figures.exercise.svg import n, pair
from niggle.figures.exercise.vectors import length, sub


def ghost_of(sheet_: Sheet, frame: Frame) -> str:
    """A pose in the background: limbs as thick strokes, one path for each thickness."""
    flat = sheet_.camera.flat
    at = frame.at

    def path(*names: str) -> str:
        return "M" + "L".join(pair(*map(round, flat(at[name]))) for name in names)

    trunk = body.FLESH["waist"][1] * 2 - 2
    arms = legs = ""
    for side in SIDES:
        arms += path(f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist", f"{side}_hand")
        legs += path(f"{side}_hip", f"{side}_knee", f"{side}_ankle", f"{side}_toe_joint", f"{side}_toe")
    x, y = flat(at["head"])
    return (
        f'<g opacity=".7"><path {stroke("ghost", trunk)} d="{path("hips", "loin", "ribs", "chest")}"/>'
        f'<path {stroke("ghost", 9)} d="{legs}"/><path {stroke("ghost", 6)} d="{arms}"/>'
        f'<circle {fill("ghost")} cx="{n(x)}" cy="{n(y)}" r="10.5"/></g>'
    )


def still_poses(moving: Motion) -> tuple[str, str]:
    """Ghost and main pose: those the file names, or the start and the pose that lies farthest from it."""
    movement = moving.movement
    if len(movement.still) >= 2:
        return movement.still[0], movement.still[1]
    start = movement.start()
    others = [p.to for p in movement.tempo if p.to != start]
    if not others:
        return start, start

    def far(name: str) -> float:
        a, b = moving.solved[start].at, moving.solved[name].at
        return sum(length(sub(a[p], b[p])) for p in TRACED)

    return start, max(others, key=far)


def _path_of(sheet_: Sheet, ghost: str, main: str) -> list[Point]:
    """The way of the point that travels most from the ghost to the main pose, on the paper."""
    moving = sheet_.motion
    flat = sheet_.camera.flat
    a, b = moving.solved[ghost].at, moving.solved[main].at

    def travel(name: str) -> float:
        p, q = flat(a[name]), flat(b[name])
        return hypot(q[0] - p[0], q[1] - p[1])

    point = sheet_.movement.arrow or max(TRACED, key=travel)
    begin = next((i for i, f in enumerate(moving.frames) if f.at is a), None)
    end = next((i for i, f in enumerate(moving.frames) if f.at is b and (begin is None or i > begin)), None)
    if begin is None or end is None or end - begin < 2:
        one, two = moving.solved[ghost], moving.solved[main]
        middle = blend(one, two, orientations(one), orientations(two), 0.5, Phase(main, 1.0))
        return [flat(a[point]), flat(middle.at[point]), flat(b[point])]
    return [flat(f.at[point]) for f in moving.frames[begin : end + 1]]


def arrow_of(sheet_: Sheet, ghost: str, main: str) -> str:
    if any(p.kind == "arrow" for p in sheet_.movement.props):
        return ""  # the file draws its own
    way = _path_of(sheet_, ghost, main)
    start, end = way[0], way[-1]
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = hypot(dx, dy)
    if far < 2.5:
        return ""
    middle = way[len(way) // 2] if far >= 14 else ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    # beside the limb: away from the toes for a heel, else away from the body's middle
    at = sheet_.motion.solved[main].at
    away = {"left_heel": "left_toe", "right_heel": "right_toe"}.get(sheet_.movement.arrow or "", "loin")
    hips = sheet_.camera.flat(at[away])
    nx, ny = -dy / far, dx / far
    if nx * (middle[0] - hips[0]) + ny * (middle[1] - hips[1]) < 0:
        nx, ny = -nx, -ny
    off = 12.0
    if far < 14:  # a small movement gets an arrow that can be seen
        grow = (14 - far) / 2 / far
        start = (start[0] - dx * grow, start[1] - dy * grow)
        end = (end[0] + dx * grow, end[1] + dy * grow)
    bulge = 2.0 if far >= 14 else 0.0
    p = (start[0] + nx * off, start[1] + ny * off)
    q = (end[0] + nx * off, end[1] + ny * off)
    c = (
        2 * middle[0] - (start[0] + end[0]) / 2 + nx * (off + bulge),
        2 * middle[1] - (start[1] + end[1]) / 2 + ny * (off + bulge),
    )
    tx, ty = q[0] - c[0], q[1] - c[1]
    size = hypot(tx, ty) or 1.0
    tx, ty = tx / size * 5.5, ty / size * 5.5
    left = (q[0] - tx - ty * 0.62, q[1] - ty + tx * 0.62)
    right = (q[0] - tx + ty * 0.62, q[1] - ty - tx * 0.62)
    return (
        f'<path {stroke("arrow", 2.4)} d="M{pair(*p)}Q{pair(*c)} {pair(*q)}M{pair(*left)}L{pair(*q)}L{pair(*right)}"/>'
    )
