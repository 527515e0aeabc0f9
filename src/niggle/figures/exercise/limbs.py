"""The figure's chains (trunk, two legs, two arms) as nested groups, each turning about the joint of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Final

from niggle.core.movement import Movement
from niggle.figures.exercise import body, shapes
from niggle.figures.exercise.camera import Camera, Point
from niggle.figures.exercise.frames import Frame
from niggle.figures.exercise.skeleton import TOE_JOINT, along, forward, right, sign, up
from niggle.figures.exercise.style import fill
from niggle.figures.exercise.svg import Clock, animate, n, pair, varies
from niggle.figures.exercise.vectors import Mat, Vec, add, dot, scale

LEG: Final = ("thigh", "shank", "foot", "toes")
ARM: Final = ("upper", "fore", "hand")
_ENDS: Final = {
    "pelvis": ("hips", "loin"), "spine": ("loin", "ribs"), "chest": ("ribs", "line"), "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"), "upper": ("shoulder", "elbow"), "fore": ("elbow", "wrist"),
    "hand": ("wrist", "fingers"),
}  # fmt: skip
_SHORTEST: Final = 0.1
_EVEN: Final = {*ARM, "pelvis", "spine", "chest", "head"}


@dataclass(slots=True)
class Chain:
    name: str
    side: str | None
    parts: tuple[str, ...]
    depth: float
    far: bool
    works: bool


def chains(movement: Movement, frames: Sequence[Frame], camera: Camera) -> list[Chain]:
    """The five chains, the farthest from the viewer first."""
    at = frames[0].at
    depth = camera.depth
    across = [abs(camera.depth(right(f.posed.turned["pelvis"]))) for f in (frames[0], frames[len(frames) // 2])]
    sided = max(across) > 0.5
    trunk = (depth(at["hips"]) + depth(at["line"])) / 2
    out = [Chain("trunk", None, shapes.TRUNK, trunk, False, False)]
    other = {"left": "right", "right": "left"}
    for side in ("left", "right"):
        hip = depth(at[f"{side}_hip"])
        far = sided and hip < depth(at[f"{other[side]}_hip"])
        works = side in movement.work
        leg = sum(depth(at[f"{side}_{p}"]) for p in ("hip", "knee", "ankle")) / 3
        arm = sum(depth(at[f"{side}_{p}"]) for p in ("shoulder", "elbow", "wrist")) / 3
        bias = 0.0 if sided else -9.0
        out.append(Chain(f"{side[0]}l", side, LEG, leg + bias, far, works))
        out.append(Chain(f"{side[0]}a", side, ARM, arm + (0.0 if sided else 3.0), far, "arms" in movement.work))
    return sorted(out, key=lambda c: c.depth)


def _front_foot(frames: Sequence[Frame], side: str, camera: Camera) -> bool:
    return all(abs(camera.depth(forward(f.posed.turned[f"{side}_foot"]))) > 0.72 for f in frames)


def _line(frame: Frame, side: str | None, part: str, camera: Camera, *, front_foot: bool) -> tuple[Point, Point, float]:
    """Start and end of a segment on the paper and its full length."""
    at = frame.at
    name = part if side is None else f"{side}_{part}"
    if part == "head":
        start = at["nape"]
        end = add(start, along(frame.posed.turned["head"], u=28.9))
        return camera.flat(start), camera.flat(end), 28.9
    if part == "foot":
        start = at[f"{side}_ankle"]
        if front_foot:
            return camera.flat(start), camera.flat(at[f"{side}_toe"]), body.ANKLE_HEIGHT
        end = add(start, along(frame.posed.turned[name], f=body.BALL_FORWARD))
        return camera.flat(start), camera.flat(end), body.BALL_FORWARD
    if part == "toes":
        start = at[f"{side}_toe_joint"]
        return camera.flat(start), camera.flat(add(start, along(frame.posed.turned[name], f=body.TOES))), body.TOES
    a, b = _ENDS[part]
    if side is not None:
        a, b = f"{side}_{a}", f"{side}_{b}"
    return camera.flat(at[a]), camera.flat(at[b]), shapes.LENGTHS[part]


@dataclass(slots=True)
class _Track:
    start: list[Point]
    angle: list[float]
    share: list[float]  # of the full length, as seen


def _track(frames: Sequence[Frame], side: str | None, part: str, camera: Camera, *, front_foot: bool) -> _Track:
    start, angle, share = [], [], []
    last: float | None = None
    for frame in frames:
        a, b, full = _line(frame, side, part, camera, front_foot=front_foot)
        dx, dy = b[0] - a[0], b[1] - a[1]
        seen = hypot(dx, dy)
        turn = degrees(atan2(dy, dx)) if seen > _SHORTEST * full or last is None else last
        if last is not None:
            turn += 360 * round((last - turn) / 360)
        last = turn
        start.append(a)
        angle.append(turn)
        share.append(max(seen / full, _SHORTEST))
    if part in _EVEN and max(share) - min(share) < 0.14:
        # an arm that turns a little towards us: the eye sees no difference, the file does
        share = [sum(share) / len(share)] * len(share)
    return _Track(start, angle, share)


def draw(
    chain: Chain,
    frames: Sequence[Frame],
    times: Clock,
    camera: Camera,
    movement: Movement,
    reference: Sequence[Frame],
    key: str = "",
    *,
    defines: bool = False,
) -> str:
    """One chain as nested groups; animated where it moves, if `times` are given.

    Outlines are chosen from the `reference` frames, so that the moving body and the still one can share them: with a
    `key`, outlines are given ids (`defines`) or are used by id.
    """
    front_foot = chain.side is not None and "foot" in chain.parts and _front_foot(reference, chain.side, camera)
    parts = tuple(p for p in chain.parts if not (p == "toes" and front_foot))
    pattern = [_track(reference, chain.side, p, camera, front_foot=front_foot) for p in parts]
    tracks = [_track(frames, chain.side, p, camera, front_foot=front_foot) for p in parts]
    out = closing = ""
    for i, part in enumerate(parts):
        track = tracks[i]
        if i == 0:
            places = track.start
            turns = track.angle
        else:
            above = tracks[i - 1]
            places = _joints(chain, parts[i - 1], part, above, _best(pattern[i - 1]), reference, pattern[i - 1], camera)
            turns = [a - b for a, b in zip(track.angle, above.angle, strict=True)]
        begin, end = _open(places, turns, times)
        joint, inner = _shape(chain, part, pattern[i], reference, camera, movement, front_foot, times)
        if key and inner:
            name = f"{key}{chain.name[:2]}{i}"
            inner = f'<g id="{name}">{inner}</g>' if defines else f'<use href="#{name}"/>'
        out += begin + joint + (inner if part == "head" else _scaled(inner, track, times))
        closing += end
    return out + closing


def _joints(
    chain: Chain,
    above: str,
    part: str,
    track: _Track,
    best: int,
    reference: Sequence[Frame],
    pattern: _Track,
    camera: Camera,
) -> list[Point]:
    """Where a segment hangs on the one above it, in that one's turned axes."""
    if part == "toes":
        down = _down(chain, reference[best], pattern, best, camera)
        return [(TOE_JOINT[0] * s, -TOE_JOINT[1] * down) for s in track.share]
    extra = body.NECK_ABOVE_SHOULDERS if part == "head" else 0.0
    full = body.ANKLE_HEIGHT if above == "foot" else shapes.LENGTHS[above]
    return [((full + extra) * s, 0.0) for s in track.share]


def _open(places: Sequence[Point], turns: Sequence[float], times: Clock) -> tuple[str, str]:
    """Opening and closing of a segment's group: shifted to its joint, turned about it."""
    x, y = places[0]
    shift = f"translate({pair(x, y)})" if abs(x) > 0.04 or abs(y) > 0.04 else ""
    moves = bool(times) and varies(places, 0.2)
    rotates = bool(times) and varies([(t,) for t in turns], 0.4)
    turned = f"rotate({n(turns[0])})" if rotates or n(turns[0]) != "0" else ""
    if not moves and not rotates:
        return (f'<g transform="{shift}{turned}">' if shift or turned else "<g>"), "</g>"
    slide = animate("translate", times, places, 0.3) if moves else ""
    spin = animate("rotate", times, [(t,) for t in turns], 0.35) if rotates else ""
    if not shift and not moves:
        return f'<g transform="{turned}">{spin}', "</g>"
    return f'<g transform="{shift or "translate(0)"}">{slide}<g transform="{turned}">{spin}', "</g></g>"


def _across(track: _Track, index: int = 0) -> tuple[float, float]:
    a = radians(track.angle[index])
    return (-sin(a), cos(a))


def _best(track: _Track) -> int:
    """The frame in which a segment is seen longest: there its front and back are told apart best."""
    return max(range(len(track.share)), key=lambda i: (round(track.share[i], 1), -i))


def _lean(axis: Vec, track: _Track, index: int, camera: Camera) -> float:
    """How far a direction of the body looks along the segment's +y on the paper."""
    y = _across(track, index)
    flat = camera.flat(axis)
    return max(-1.0, min(1.0, flat[0] * y[0] + flat[1] * y[1]))


def _down(chain: Chain, frame: Frame, track: _Track, index: int, camera: Camera) -> float:
    sole = scale(up(frame.posed.turned[f"{chain.side}_foot"]), -1.0)
    return 1.0 if _lean(sole, track, index, camera) >= 0 else -1.0


def _shape(
    chain: Chain,
    part: str,
    track: _Track,
    reference: Sequence[Frame],
    camera: Camera,
    movement: Movement,
    front_foot: bool,
    times: Clock,
) -> tuple[str, str]:
    """What is drawn around the joint, and what is drawn along the segment and squeezed when it points at us."""
    best = _best(track)
    frame = reference[best]
    turned = frame.posed.turned[part if chain.side is None else f"{chain.side}_{part}"]
    lean = _lean(forward(turned), track, best, camera)
    joint, path, extra = "", "", ""
    if part in shapes.TRUNK:
        tone = "shorts" if part == "pelvis" else "shirt"
        if part == "head":
            path = shapes.head(lean, camera.depth(forward(turned)))
        else:
            d = {"pelvis": shapes.pelvis, "spine": shapes.abdomen, "chest": shapes.chest}[part](lean)
            path = f'<path {fill(tone)} d="{d}"/>'
    elif part == "foot":
        joint = shapes.circle(3.7)
        if front_foot:
            path = f'<path d="{shapes.foot_front(body.ANKLE_HEIGHT)}"/>'
        else:
            path = f'<path d="{shapes.foot_side(_down(chain, frame, track, best, camera))[0]}"/>'
    elif part == "toes":
        down = 1.0 if _lean(scale(up(turned), -1.0), track, best, camera) >= 0 else -1.0
        path = f'<path d="{shapes.foot_side(down)[1]}"/>'
    elif part == "hand":
        path = f'<path d="{shapes.hand()}"/>'
    else:
        path = f'<path d="{shapes.limb(part, lean)}"/>'
        joint = shapes.circle(body.RADII[part][0])
        if part == "thigh":
            cut = body.THIGH * 0.44
            r = body.RADII["thigh"][0]
            joint = joint.replace("<circle", f"<circle {fill('shorts')}")
            extra = f'<path {fill("shorts")} d="M0{pair(0, -r - 0.2)[1:]}Q{pair(cut * 0.5, -r - 1.4)} {pair(cut, -r - 0.5)}V{n(r + 0.5)}Q{pair(cut * 0.5, r + 1.4)} {pair(0, r + 0.2)}Z"/>'  # noqa: E501
    return joint, path + extra + _muscles(chain, part, lean, turned, track, best, camera, movement, times)


def _scaled(inner: str, track: _Track, times: Clock) -> str:
    """Foreshortening: the outline squeezed along its segment."""
    shares = [(s, 1.0) for s in track.share]
    if not inner:
        return ""
    if times and varies(shares, 0.05):
        values = [(round(s, 2), 1.0) for s, _ in shares]
        moving = animate("scale", times, values, 0.03, digits=2)
        return f'<g transform="scale({shares[0][0]:.2f} 1)">{moving}{inner}</g>'
    if abs(shares[0][0] - 1.0) > 0.03:
        return f'<g transform="scale({shares[0][0]:.2f} 1)">{inner}</g>'
    return inner


def _muscles(
    chain: Chain,
    part: str,
    lean: float,
    turned: Mat,
    track: _Track,
    best: int,
    camera: Camera,
    movement: Movement,
    times: Clock,
) -> str:
    if chain.side is not None and not chain.works:
        return ""
    if chain.side is not None and chain.far and len([w for w in movement.work if w in {"left", "right"}]) > 1:
        return ""
    out = ""
    side = chain.side or (movement.work[0] if len([w for w in movement.work if w != "arms"]) == 1 else None)
    outside = scale(right(turned), sign(side) if side is not None else 1.0)
    f = forward(turned)
    outer = _lean(outside, track, best, camera)
    wide = 10.0
    if part in {"pelvis", "spine", "chest"}:
        a, b = body.FLESH[{"pelvis": "pelvis", "spine": "waist", "chest": "ribs"}[part]]
        wide = shapes.blend(a, b, lean)
    for name in movement.targets:
        for entry in shapes.MUSCLES[name]:
            if entry[0] != part:
                continue
            look = add(scale(f, entry[3]), scale(outside, entry[4]))
            facing = dot(look, camera.toward) if entry[3] or entry[4] else 0.0
            outers = (outer,) if side is not None or not entry[4] or abs(outer) < 0.4 else (outer, -outer)
            for o in outers:
                out += shapes.muscle(entry, lean, o, facing, wide)
    return f'<g class="xmuscle" fill="#20508a">{_pulse(movement, times)}{out}</g>' if out else ""


def _pulse(movement: Movement, times: Clock) -> str:
    """The tint of muscles that work without moving anything: pale at rest, full in the poses of `squeeze`."""
    if not movement.squeeze or not times:
        return ""
    now, clock = movement.start(), 0.0
    seconds, values = [0.0], [(1.0 if now in movement.squeeze else 0.25,)]
    for phase in movement.tempo:
        clock += phase.shown
        seconds.append(clock)
        values.append((1.0 if phase.to in movement.squeeze else 0.25,))
    return animate("", Clock.steady(seconds), values, 0.01, attribute="opacity", digits=2)
