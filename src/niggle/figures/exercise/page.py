"""The paper a figure is drawn on: its size, its edges, and how the drawing becomes an SVG document."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from niggle.core.movement import Movement, Prop
from niggle.figures.exercise import props
from niggle.figures.exercise.camera import Camera, Point, camera
from niggle.figures.exercise.frames import Motion
from niggle.figures.exercise.style import sheet
from niggle.figures.exercise.svg import n, text

OUTLINE = 1.3
TRACED = (
    "head", "hips", "line", "left_knee", "right_knee", "left_heel", "right_heel", "left_toe", "right_toe", "left_elbow",
    "right_elbow", "left_hand", "right_hand", "left_ankle", "right_ankle",
)  # fmt: skip


@dataclass(slots=True)
class Sheet:
    """A motion with its camera and the piece of paper it needs."""

    motion: Motion
    camera: Camera
    left: float
    top: float
    width: float
    height: float

    @property
    def movement(self) -> Movement:
        return self.motion.movement


def lay_out(moving: Motion) -> Sheet:
    """The paper that every frame fits on, with a margin."""
    eye = camera(moving.movement)
    xs: list[float] = []
    ys: list[float] = []
    frames = [*moving.frames, *(moving.pose_frame(p) for p in moving.movement.still)]
    for frame in frames:
        for name in (*TRACED, "left_shoulder", "right_shoulder", "left_fingers", "right_fingers", "seat"):
            x, y = eye.flat(frame.at[name])
            r = 13.0 if name in {"head", "hips", "seat", "line"} else 5.0
            xs += (x - r, x + r)
            ys += (y - r, y + r)
    for prop in moving.movement.props:
        for x, y in _extent(prop, eye, moving):
            xs.append(x)
            ys.append(y)
    if moving.movement.view.value != "top":
        ys += [0.0, 4.0]
    left, right, top, bottom = min(xs) - 6, max(xs) + 6, min(ys) - 6, max(ys) + 4
    wide, high = right - left, bottom - top
    if moving.movement.close is not None:
        point, wide = moving.movement.close
        spots = [eye.flat(f.at[point]) for f in moving.frames]
        x = (min(p[0] for p in spots) + max(p[0] for p in spots)) / 2
        y = (min(p[1] for p in spots) + max(p[1] for p in spots)) / 2
        high = wide * 0.8
        low = min(y + high * 0.42, max(5.0, y + 8)) if moving.movement.view.value != "top" else y + high / 2
        return Sheet(moving, eye, x - wide / 2, low - high, wide, high)
    # small movements would otherwise be drawn larger than life next to the others
    if wide < 130:
        left, wide = left - (130 - wide) / 2, 130.0
    if high < 90:
        top, high = top - (90 - high), 90.0
    return Sheet(moving, eye, left, top, wide, high)


def _extent(prop: Prop, eye: Camera, moving: Motion) -> list[Point]:
    box = props.solid(prop)
    if prop.kind == "wall" and not isinstance(prop.at, str):
        return [] if abs(eye.across[0]) < 0.5 else [eye.flat((prop.at[0] + d, 0.0, 0.0)) for d in (0, 8)]
    if box is not None:
        (x0, x1), (y0, y1), (z0, z1) = box
        z0, z1 = max(z0, -40.0), min(z1, 40.0)
        out = [eye.flat((x, y, z)) for x in (x0, x1) for y in (y0, y1) for z in (z0, z1)]
        return [*out, eye.flat((x0 - 6, y1 + 46, z0))] if prop.kind == "chair" else out
    if prop.kind == "treadmill" or prop.kind in props.MACHINES:
        x, y, _ = props.place(prop.at) if not isinstance(prop.at, str) else (0, 0, 0)
        return [eye.flat((x - 80, y, 0)), eye.flat((x + 92, y + 66, 0))]
    if isinstance(prop.at, str) and prop.kind in {"barbell", "backpack", "ball"}:
        r = {"barbell": 16.0, "backpack": 20.0, "ball": 30.0}[prop.kind]
        spots = [eye.flat(f.at[prop.at]) for f in moving.frames]
        return [(x + d, y + d) for x, y in spots for d in (-r, r)]
    if prop.kind == "hill":
        x, y, _ = props.place(prop.at) if not isinstance(prop.at, str) else (0, 0, 0)
        return [(x, 0), (x + (prop.size[0] or 160.0), 0)]
    if not isinstance(prop.at, str):
        x, y, z = props.place(prop.at)
        r = (prop.size[0] or 15.0) / 2
        return [eye.flat((x - r, y + r, z)), eye.flat((x + r, y, z))]
    return []


def thinner(inner: str, by: float) -> str:
    """Lines of a close picture keep their weight on the page."""
    return re.sub(r'stroke-width="([\d.]+)"', lambda m: f'stroke-width="{float(m[1]) * by:.2g}"', inner)


def mark(sheet_: Sheet) -> str:
    """Where the clipped picture ends and the tempo begins."""
    return "" if sheet_.movement.close is None else "<!---->"


def plain(moving: Motion) -> Motion:
    return replace(moving, movement=replace(moving.movement, close=None))


def foot_room(sheet_: Sheet) -> float:
    """The height of the strip below the picture that the tempo needs."""
    return 20.0 if sheet_.movement.close is None else 20.0 * sheet_.width / 130


def wrap(
    sheet_: Sheet, inner: str, *, own_file: bool, moving: bool, tempo: bool, mirror: bool = False, label: str = ""
) -> str:
    high = sheet_.height + (foot_room(sheet_) if tempo else 0)
    box = f"{n(sheet_.left)} {n(sheet_.top)} {n(sheet_.width)} {n(high)}"
    names: set[str] = set()
    for piece in inner.split('class="')[1:]:
        names.update(piece.split('"')[0].split())
    if sheet_.movement.close is not None and tempo:
        clip = f"{prefix(sheet_.movement.id)}c{'m' if mirror else ''}"
        edge = f'x="{n(sheet_.left)}" y="{n(sheet_.top)}" width="{n(sheet_.width)}" height="{n(sheet_.height)}"'
        body, _, bar = inner.rpartition("<!---->")
        body = thinner(body, sheet_.width / 130)
        inner = f'<clipPath id="{clip}"><rect {edge}/></clipPath><g clip-path="url(#{clip})">{body}</g>{bar}'
    css = sheet(names, moving=moving) if own_file else ""
    weight = OUTLINE * 2 * (1.0 if sheet_.movement.close is None else sheet_.movement.close[1] / 130)
    title = text(label or sheet_.movement.title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" stroke-width="{weight:.2g}" stroke-linecap="round" stroke-linejoin="round" role="img">'  # noqa: E501
        f"<title>{title}</title>{css}{inner}</svg>"
    )


def turned(sheet_: Sheet, inner: str, *, mirror: bool) -> str:
    if not mirror:
        return inner
    return f'<g transform="translate({n(2 * sheet_.left + sheet_.width)})scale(-1 1)">{inner}</g>'


def prefix(figure_id: str) -> str:
    """A short prefix of ids, so that figures inlined in one page do not share any."""
    number = 0
    for letter in figure_id:
        number = (number * 131 + ord(letter)) % 1_679_616  # four letters and digits
    out = ""
    while number:
        number, digit = divmod(number, 36)
        out += "0123456789abcdefghijklmnopqrstuvwxyz"[digit]
    return "f" + out
