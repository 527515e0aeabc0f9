"""The whole picture: props behind, the body's chains from far to near, the tempo below; moving, still, strip, thumbnail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import hypot

from niggle.core.movement import SIDES, Movement, Prop
from niggle.figures.exercise import limbs, props, shapes
from niggle.figures.exercise.camera import Camera, Point, camera
from niggle.figures.exercise.frames import Frame, Motion, motion
from niggle.figures.exercise.style import fill, sheet, stroke
from niggle.figures.exercise.svg import Clock, animate, n, pair, text
from niggle.figures.exercise.vectors import Vec, length, sub

_OUTLINE = 1.3
BYTES = 12_000
_TRACED = (
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
        for name in (*_TRACED, "left_shoulder", "right_shoulder", "left_fingers", "right_fingers", "seat"):
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


# ---- props


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


def _props(sheet_: Sheet, frames: Sequence[Frame], times: Clock) -> tuple[str, str]:
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


def _floor(sheet_: Sheet) -> str:
    if sheet_.camera.upward[1] < 0.3 or sheet_.movement.props and sheet_.movement.props[0].kind == "floor" or any(p.kind == "water" for p in sheet_.movement.props):
        return ""
    return f'<path {stroke("floor", 1.6)} d="M{pair(sheet_.left + 3, 0.8)}h{n(sheet_.width - 6)}"/>'


# ---- the body


def _body(sheet_: Sheet, frames: Sequence[Frame], times: Clock, key: str, shared: str = "") -> str:
    movement = sheet_.movement
    reference = sheet_.motion.frames
    out = ""
    for chain in limbs.chains(movement, reference if times else frames, sheet_.camera):
        tone = ("workfar" if chain.far else "work") if chain.works else ("far" if chain.far else "skin")
        inner = limbs.draw(
            chain, frames, times, sheet_.camera, movement, reference, shared, defines=bool(times)
        )
        name = f"{key}{chain.name}"
        out += (
            f'<use href="#{name}" class="yline" stroke="#2b3138"/>'
            f'<g id="{name}" {fill(tone)}>{inner}</g>'
        )
    return out


def _ghost(sheet_: Sheet, frame: Frame) -> str:
    """A pose in the background: limbs as thick strokes, one path for each thickness."""
    flat = sheet_.camera.flat
    at = frame.at

    def path(*names: str) -> str:
        return "M" + "L".join(pair(*flat(at[name])) for name in names)

    trunk = shapes.body.FLESH["waist"][1] * 2 - 2
    arms = legs = ""
    for side in SIDES:
        arms += path(f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist", f"{side}_hand")
        legs += path(f"{side}_hip", f"{side}_knee", f"{side}_ankle", f"{side}_toe_joint", f"{side}_toe")
    x, y = flat(at["head"])
    return (
        f'<g opacity=".7"><path {stroke("ghost", trunk)} d="{path("hips", "loin", "ribs")}L{pair(*flat(at["ribs"]))}"/>'
        f'<path {stroke("ghost", trunk)} d="{path("ribs", "chest")}"/>'
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
        return sum(length(sub(a[p], b[p])) for p in _TRACED)

    return start, max(others, key=far)


def _path_of(sheet_: Sheet, ghost: str, main: str) -> list[Point]:
    """The way of the point that travels most from the ghost to the main pose, on the paper."""
    moving = sheet_.motion
    flat = sheet_.camera.flat
    a, b = moving.solved[ghost].at, moving.solved[main].at

    def travel(name: str) -> float:
        p, q = flat(a[name]), flat(b[name])
        return hypot(q[0] - p[0], q[1] - p[1])

    point = sheet_.movement.arrow or max(_TRACED, key=travel)
    begin = next((i for i, f in enumerate(moving.frames) if f.at is a), None)
    end = next((i for i, f in enumerate(moving.frames) if f.at is b and (begin is None or i > begin)), None)
    if begin is None or end is None or end - begin < 2:
        return [flat(a[point]), flat(b[point])]
    return [flat(f.at[point]) for f in moving.frames[begin : end + 1]]


def _arrow(sheet_: Sheet, ghost: str, main: str) -> str:
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
    c = (2 * middle[0] - (start[0] + end[0]) / 2 + nx * (off + bulge), 2 * middle[1] - (start[1] + end[1]) / 2 + ny * (off + bulge))
    tx, ty = q[0] - c[0], q[1] - c[1]
    size = hypot(tx, ty) or 1.0
    tx, ty = tx / size * 5.5, ty / size * 5.5
    left = (q[0] - tx - ty * 0.62, q[1] - ty + tx * 0.62)
    right = (q[0] - tx + ty * 0.62, q[1] - ty - tx * 0.62)
    return f'<path {stroke("arrow", 2.4)} d="M{pair(*p)}Q{pair(*c)} {pair(*q)}M{pair(*left)}L{pair(*q)}L{pair(*right)}"/>'


# ---- tempo


def _tempo(sheet_: Sheet, *, moving: bool) -> str:
    """A bar below the floor: one piece for each phase, as wide as it lasts, and a bead that runs along."""
    if sheet_.movement.close is not None:  # the same size on the page, whatever the camera is close to
        k = sheet_.width / 130
        whole = Sheet(_plain(sheet_.motion), sheet_.camera, -65.0, -20.0, 130.0, 20.0)
        place = f"translate({pair(sheet_.left + sheet_.width / 2, sheet_.top + sheet_.height)})scale({k:.2f})"
        return f'<g transform="{place}">{_tempo(whole, moving=moving)}</g>'
    motion_ = sheet_.motion
    phases = [p for p in sheet_.movement.tempo if not p.cut]
    total = sum(p.shown for p in phases)
    wide = min(110.0, sheet_.width - 24)
    x = sheet_.left + (sheet_.width - wide) / 2
    y = sheet_.top + sheet_.height + 7
    bars, labels = "", ""
    spans: list[tuple[float, float]] = []
    for phase in phases:
        w = wide * phase.shown / total
        bars += f"M{pair(x + 1.2, y)}H{n(x + w - 1.2)}"
        word = f"{n(phase.seconds) if phase.seconds >= 1 or phase.seconds == 0 else f'{phase.seconds:.1f}'} s"
        if w > 13:
            labels += f'<text x="{n(x + w / 2)}" y="{n(y + 9)}">{word}</text>'
        spans.append((x, x + w))
        x += w
    out = f'<path {stroke("prop", 3)} d="{bars}"/>'
    if moving:
        times, xs, clock, i = [0.0], [(spans[0][0],)], 0.0, 0
        for phase in sheet_.movement.tempo:
            clock += phase.shown
            times.append(clock)
            if phase.cut:
                xs.append(xs[-1])
            else:
                xs.append((spans[i][1],))
                i += 1
        bead = animate("", Clock.steady(times), xs, 0.05, attribute="cx")
        out += f'<circle {fill("arrow")} cx="{n(spans[0][0])}" cy="{n(y)}" r="2.6">{bead}</circle>'
    return out + f'<g {fill("ink")} font-family="system-ui,sans-serif" font-size="7" text-anchor="middle">{labels}</g>'


# ---- the pictures


def _mark(sheet_: Sheet) -> str:
    """Where the clipped picture ends and the tempo begins."""
    return "" if sheet_.movement.close is None else "<!---->"


def _plain(moving: Motion) -> Motion:
    return replace(moving, movement=replace(moving.movement, close=None))


def _foot_room(sheet_: Sheet) -> float:
    """The height of the strip below the picture that the tempo needs."""
    return 20.0 if sheet_.movement.close is None else 20.0 * sheet_.width / 130


def _wrap(sheet_: Sheet, inner: str, *, own_file: bool, moving: bool, tempo: bool, label: str = "") -> str:
    high = sheet_.height + (_foot_room(sheet_) if tempo else 0)
    box = f"{n(sheet_.left)} {n(sheet_.top)} {n(sheet_.width)} {n(high)}"
    names: set[str] = set()
    for piece in inner.split('class="')[1:]:
        names.update(piece.split('"')[0].split())
    if sheet_.movement.close is not None and tempo:
        clip = f"{_key(sheet_.movement.id)}c"
        edge = f'x="{n(sheet_.left)}" y="{n(sheet_.top)}" width="{n(sheet_.width)}" height="{n(sheet_.height)}"'
        body, _, bar = inner.rpartition("<!---->")
        inner = f'<clipPath id="{clip}"><rect {edge}/></clipPath><g clip-path="url(#{clip})">{body}</g>{bar}'
    css = sheet(names, moving=moving) if own_file else ""
    title = text(label or sheet_.movement.title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" stroke-width="{_OUTLINE * 2:g}" stroke-linecap="round" stroke-linejoin="round" role="img" aria-label="{title}">'
        f"<title>{title}</title>{css}{inner}</svg>"
    )


def _turned(sheet_: Sheet, inner: str, *, mirror: bool) -> str:
    if not mirror:
        return inner
    return f'<g transform="translate({n(2 * sheet_.left + sheet_.width)})scale(-1 1)">{inner}</g>'


def _static(sheet_: Sheet, ghost: str, main: str, key: str, shared: str = "") -> str:
    frame = sheet_.motion.pose_frame(main)
    behind, before = _props(sheet_, [frame], Clock())
    shadow = _ghost(sheet_, sheet_.motion.pose_frame(ghost)) if ghost != main else ""
    arrow = _arrow(sheet_, ghost, main) if ghost != main else ""
    return shadow + _body(sheet_, [frame], Clock(), key, shared) + before + arrow


def _key(figure_id: str) -> str:
    """A short prefix of ids, so that figures inlined in one page do not share any."""
    number = 0
    for letter in figure_id:
        number = (number * 131 + ord(letter)) % 2_176_782_336  # six letters and digits
    out = ""
    while number:
        number, digit = divmod(number, 36)
        out += "0123456789abcdefghijklmnopqrstuvwxyz"[digit]
    return "f" + out


def moving_svg(moving: Motion, *, own_file: bool = True, mirror: bool = False, tempo: bool = True) -> str:
    """The figure in motion. With reduced motion and in print its own style sheet (or the page's) shows the still instead.

    `mirror` draws it for the other side. Raises nothing: a motion that was solved can be drawn.
    """
    sheet_ = lay_out(moving)
    key = _key(moving.movement.id) + ("m" if mirror else "")
    out = ""
    for slack in (1.0, 1.5, 2.2, 3.0):  # a crowded motion gets fewer key values rather than a fat file
        out = _moving(sheet_, moving.clock(slack), key, own_file=own_file, mirror=mirror, tempo=tempo)
        if len(out.encode()) < BYTES:
            break
    return out


def _moving(sheet_: Sheet, times: Clock, key: str, *, own_file: bool, mirror: bool, tempo: bool) -> str:
    moving = sheet_.motion
    behind, before = _props(sheet_, moving.frames, times)
    fixed, follow = (behind, "") if "<animate" not in behind else ("", behind)
    fade = _fade(moving)
    live = f'<g class="xmove">{fade}{follow}{_body(sheet_, moving.frames, times, key, key + "o")}{before}</g>'
    ghost, main = still_poses(moving)
    rest = f'<g class="xstill" display="none">{_still_props(sheet_, main, follow)}{_static(sheet_, ghost, main, key + "s", key + "o")}</g>'  # noqa: E501
    inner = _turned(sheet_, _floor(sheet_) + fixed + live + rest, mirror=mirror)
    if tempo:
        inner += _mark(sheet_) + _tempo(sheet_, moving=True)
    return _wrap(sheet_, inner, own_file=own_file, moving=True, tempo=tempo)


def _still_props(sheet_: Sheet, main: str, follow: str) -> str:
    return _props(sheet_, [sheet_.motion.pose_frame(main)], Clock())[0] if follow else ""


def _fade(moving: Motion) -> str:
    if not moving.cuts:
        return ""
    times, values = [0.0], [(1.0,)]
    for cut in moving.cuts:
        times += [max(0.0, cut - 0.35), cut, min(moving.cycle_seconds, cut + 0.25)]
        values += [(1.0,), (0.0,), (1.0,)]
    if times[-1] < moving.cycle_seconds:
        times.append(moving.cycle_seconds)
        values.append((1.0,))
    return animate("", Clock.steady(times), values, 0.01, attribute="opacity")


def still_svg(moving: Motion, *, own_file: bool = True, mirror: bool = False, tempo: bool = True) -> str:
    """One picture without motion: the end pose, where it came from as a ghost, and an arrow."""
    sheet_ = lay_out(moving)
    ghost, main = still_poses(moving)
    behind, _ = _props(sheet_, [moving.pose_frame(main)], Clock())
    inner = _turned(sheet_, _floor(sheet_) + behind + _static(sheet_, ghost, main, _key(moving.movement.id) + "t"), mirror=mirror)
    if tempo:
        inner += _mark(sheet_) + _tempo(sheet_, moving=False)
    return _wrap(sheet_, inner, own_file=own_file, moving=False, tempo=tempo)


def thumbnail_svg(moving: Motion, *, own_file: bool = True, mirror: bool = False) -> str:
    """The still without the tempo: for lists."""
    return still_svg(moving, own_file=own_file, mirror=mirror, tempo=False)


def strip_poses(movement: Movement) -> list[str]:
    """The poses of a strip in the order of the tempo, each once in a row, the start first."""
    names = [movement.start(), *(p.to for p in movement.tempo)]
    row = [names[0], *(b for a, b in pairwise(names) if a != b)]
    return row[:-1] if len(row) > 2 and row[-1] == row[0] else row


def strip_svg(moving: Motion, *, own_file: bool = True, mirror: bool = False) -> str:
    """All poses side by side, for paper."""
    sheet_ = lay_out(moving)
    names = strip_poses(moving.movement)
    out = ""
    for i, name in enumerate(names):
        frame = moving.pose_frame(name)
        behind, before = _props(sheet_, [frame], Clock())
        body = _floor(sheet_) + behind + _body(sheet_, [frame], Clock(), f"{_key(moving.movement.id)}p{i}") + before
        out += f'<g transform="translate({n(i * sheet_.width)})">{_turned(sheet_, body, mirror=mirror)}</g>'
    wide = Sheet(moving, sheet_.camera, sheet_.left, sheet_.top, sheet_.width * len(names), sheet_.height)
    return _wrap(wide, out, own_file=own_file, moving=False, tempo=False)


def frame_svg(moving: Motion, index: int, *, mirror: bool = False) -> str:
    """One frame as a picture of its own: for the frames of a raster animation and for looking at by eye."""
    sheet_ = lay_out(moving)
    frame = moving.frames[index]
    behind, before = _props(sheet_, [frame], Clock())
    body = _floor(sheet_) + behind + _body(sheet_, [frame], Clock(), _key(moving.movement.id) + "f") + before
    return _wrap(sheet_, _turned(sheet_, body), own_file=False, moving=False, tempo=False, mirror=mirror)


def cue_places(moving: Motion, *, mirror: bool = False) -> list[tuple[str, float, float]]:
    """Text and place of each cue, as shares of the picture's width and height, in the main pose of the still."""
    sheet_ = lay_out(moving)
    at = moving.solved[still_poses(moving)[1]].at
    out = []
    for cue in moving.movement.cues:
        x, y = sheet_.camera.flat(at[cue.at])
        across = (x - sheet_.left) / sheet_.width
        out.append((cue.text, 1 - across if mirror else across, (y - sheet_.top) / (sheet_.height + _foot_room(sheet_))))
    return out


def svg(movement: Movement) -> str:
    """A movement as a moving figure in a file of its own."""
    return moving_svg(motion(movement))
