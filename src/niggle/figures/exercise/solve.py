"""A pose becomes a body in space: anchored, balanced, settled, with hands and feet brought to their places."""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, cos, radians, sin, sqrt

from niggle.core.movement import Base, Contact, Pose
from niggle.figures.exercise import body
from niggle.figures.exercise.skeleton import (
    FOOT_POINTS,
    Posed,
    along,
    centre_of_mass,
    flesh,
    forward,
    heading,
    held_foot,
    local,
    orient,
    points,
    relative,
    right,
    sign,
    up,
)
from niggle.figures.exercise.vectors import (
    Mat,
    Vec,
    add,
    axes,
    cross,
    dot,
    length,
    matmul,
    rot_z,
    scale,
    sub,
    times,
    transpose,
    unit,
)


@dataclass(frozen=True, slots=True)
class Miss:
    """A contact that the pose cannot make: by how much it misses, in centimetres."""

    point: str
    by_cm: float


@dataclass(slots=True)
class Solved:
    """A pose as a body in space. `held` are the points that stay, at the places the solver brought them to."""

    pose: Pose
    posed: Posed
    at: dict[str, Vec]
    held: dict[str, Vec]
    misses: list[Miss]


def split(point: str) -> tuple[str | None, str]:
    side, _, part = point.partition("_")
    return (side, part) if side in {"left", "right"} and part else (None, point)


def goal(contact: Contact, now: Vec) -> Vec:
    """Where the point itself must be: its place plus its flesh, keeping z where none is given."""
    x, y, z = contact.at
    thick = flesh(contact.point)
    z = now[2] if z is None else z
    if contact.point.endswith("_wall"):
        return (x - thick, y, z)
    return (x, y + thick, z)


def two_bones(start: Vec, end: Vec, first: float, second: float, pole: Vec) -> tuple[Vec, Vec, float]:
    """Directions of two bones from start towards end, bending towards pole; and how far end stays out of reach."""
    line = sub(end, start)
    reach = length(line)
    far = min(max(reach, abs(first - second) + 1e-6), (first + second) * 0.99999)
    ahead = unit(line) if reach > 1e-9 else (0.0, -1.0, 0.0)
    aside = sub(pole, scale(ahead, dot(pole, ahead)))
    if length(aside) < 1e-6:
        aside = cross(ahead, (0.0, 0.0, 1.0))
    aside = unit(aside)
    angle = acos(min(1.0, max(-1.0, (first * first + far * far - second * second) / (2 * first * far))))
    one = add(scale(ahead, cos(angle)), scale(aside, sin(angle)))
    joint = scale(one, first)
    two = unit(sub(scale(ahead, far), joint))
    return one, two, abs(reach - far)


def bone(direction: Vec, hinge: Vec) -> Mat:
    """Orientation of a segment that points along `direction` (down its own axis) and folds about `hinge`."""
    u = scale(direction, -1.0)
    r = unit(sub(hinge, scale(u, dot(hinge, u))))
    return axes(cross(u, r), u, r)


def lead(posed: Posed, side: str, part: str, out_deg: float) -> Vec:
    """Towards where a knee or an elbow points when it bends."""
    k = sign(side)
    if part == "knee":
        foot, pelvis = posed.turned[f"{side}_foot"], posed.turned["pelvis"]
        f, r = add(forward(foot), forward(pelvis)), right(pelvis)
        if length(f) < 0.3:
            f = forward(pelvis)
        f = unit(f)
    else:
        chest = posed.turned["chest"]
        f, r = unit(add(scale(forward(chest), -1.0), scale(up(chest), -1.0))), right(chest)
    a = radians(out_deg)
    return add(scale(f, cos(a)), scale(r, k * sin(a)))


def bring_foot(posed: Posed, side: str, ankle: Vec, pose: Pose) -> float:
    """Bend hip and knee so that the ankle is there; the foot keeps its orientation. Returns the miss."""
    hip = add(posed.root, along(posed.turned["pelvis"], r=sign(side) * body.HIP_HALF))
    pole = lead(posed, side, "knee", pose.poles.get(f"{side}_knee", 0.0))
    one, two, miss = two_bones(hip, ankle, body.THIGH, body.SHANK, pole)
    hinge = cross(pole, scale(unit(sub(ankle, hip)), -1.0))
    posed.turned[f"{side}_thigh"] = bone(one, hinge)
    posed.turned[f"{side}_shank"] = bone(two, hinge)
    return miss


def bring_hand(posed: Posed, side: str, part: str, place: Vec, pose: Pose) -> float:
    """Bend shoulder and elbow so that the hand or wrist is there. Returns the miss."""
    chest = posed.turned["chest"]
    shoulder = points(posed)[f"{side}_shoulder"]
    pole = lead(posed, side, "elbow", pose.poles.get(f"{side}_elbow", 25.0))
    second = body.FOREARM + (6.0 if part == "hand" else 0.0)
    one, two, miss = two_bones(shoulder, place, body.UPPER_ARM, second, pole)
    hinge = cross(scale(pole, -1.0), scale(unit(sub(place, shoulder)), -1.0))
    posed.turned[f"{side}_upper"] = bone(one, hinge)
    posed.turned[f"{side}_fore"] = bone(two, hinge)
    hand = posed.turned[f"{side}_fore"]
    if part == "palm":
        ahead = heading(posed.turned["pelvis"])
        hand = bone(unit(add(ahead, (0.0, -0.06, 0.0))), right(chest))
    elif part == "wall":
        hand = bone((0.0, 1.0, 0.0), right(chest))
    else:
        given = pose.angles.get(f"{side}_wrist")
        hand = hand if given is None else matmul(hand, local("wrist", given, side))
    posed.turned[f"{side}_hand"] = hand
    return miss


def ankle_for(posed: Posed, side: str, part: str, place: Vec) -> Vec:
    """Where the ankle is when this point of the foot is at the place."""
    foot = posed.turned[f"{side}_foot"]
    if part == "toe":
        at = points(posed)
        return add(place, sub(at[f"{side}_ankle"], at[f"{side}_toe"]))
    return sub(place, times(foot, FOOT_POINTS[part]))


def bring(posed: Posed, point: str, place: Vec, pose: Pose) -> float:
    """Bring a hand or foot to its place by its own limb. Returns the miss in centimetres."""
    side, part = split(point)
    if (side is not None and part in FOOT_POINTS) or part == "toe":
        return _bring_foot_point(posed, str(side), part, place, pose)
    if side is not None and part in {"hand", "palm", "wall", "wrist"}:
        return bring_hand(posed, side, part, place, pose)
    return length(sub(points(posed)[point], place))


def _bring_foot_point(posed: Posed, side: str, part: str, place: Vec, pose: Pose) -> float:
    """A held foot keeps its orientation; a free one goes with its shank, so the leg is brought in a few rounds."""
    if side in pose.feet:
        return bring_foot(posed, side, ankle_for(posed, side, part, place), pose)
    turned = posed.turned
    foot = matmul(transpose(turned[f"{side}_shank"]), turned[f"{side}_foot"])
    toes = matmul(transpose(turned[f"{side}_foot"]), turned[f"{side}_toes"])
    miss = 0.0
    for _ in range(6):
        miss = bring_foot(posed, side, ankle_for(posed, side, part, place), pose)
        turned[f"{side}_foot"] = matmul(turned[f"{side}_shank"], foot)
        turned[f"{side}_toes"] = matmul(turned[f"{side}_foot"], toes)
    return miss


def hold(posed: Posed, pose: Pose) -> None:
    """Feet and forearms that are held against the world override what their joints say."""
    for side, how in pose.feet.items():
        foot = held_foot(posed.turned["pelvis"], side, how.heel_deg, how.out_deg, how.tilt_deg)
        posed.turned[f"{side}_foot"] = foot
        given = pose.angles.get(f"{side}_toes")
        toes = local("toes", given, side) if given is not None else rot_z(min(max(how.heel_deg, 0.0), 75.0))
        posed.turned[f"{side}_toes"] = matmul(foot, toes)
    for side, angle in pose.forearms.items():
        ahead = heading(posed.turned["pelvis"])
        direction = unit(add(scale(ahead, cos(radians(angle))), (0.0, sin(radians(angle)), 0.0)))
        fore = bone(direction, right(posed.turned["chest"]))
        posed.turned[f"{side}_fore"] = posed.turned[f"{side}_hand"] = fore


def _anchored(pose: Pose, base: Base, settle_deg: float) -> Posed:
    posed = Posed(orient(pose.angles, base, settle_deg), (0.0, 0.0, 0.0))
    hold(posed, pose)
    if pose.anchor is not None:
        now = points(posed)[pose.anchor.point]
        posed = posed.moved(sub(goal(pose.anchor, now), now))
    return posed


def _settled(pose: Pose, base: Base) -> Posed:
    """Turn the body in the side plane until the point to be settled touches: secant steps on the angle."""
    posed = _anchored(pose, base, 0.0)
    if pose.settle is None:
        return posed

    def high(body_: Posed) -> float:
        now = points(body_)[pose.settle.point]  # type: ignore[union-attr]
        return now[1] - goal(pose.settle, now)[1]  # type: ignore[arg-type]

    a, ya, b = 0.0, high(posed), 2.0
    for _ in range(12):
        posed = _anchored(pose, base, b)
        yb = high(posed)
        if abs(yb) < 0.02 or abs(yb - ya) < 1e-9:
            break
        a, b, ya = b, b - max(-15.0, min(15.0, yb * (b - a) / (yb - ya))), yb
    return posed


def _bearing(pose: Pose, side: str) -> float:
    """Where along the foot the weight rests, from below the ankle: before it when flat, over the ball when tipped."""
    how = pose.feet.get(side)
    tipped = 0.0 if how is None else min(1.0, abs(how.heel_deg) / 15.0)
    return 5.0 + tipped * (body.BALL_FORWARD - 5.0)


def _balance(posed: Posed, pose: Pose) -> Posed:
    """Shift the hips over the feet that carry, the first leg keeping its knee's bend and the trunk its lean."""
    side = pose.balance[0]
    anchor = pose.anchor
    assert anchor is not None
    at = points(posed)
    start = {p: at[p] for p in (anchor.point, *(c.point for c in pose.reach))}
    ankle = at[f"{side}_ankle"]
    bend = relative(posed.turned, f"{side}_shank")[2][0]
    span = sqrt(body.THIGH**2 + body.SHANK**2 + 2 * body.THIGH * body.SHANK * cos(radians(max(bend, 0.0))))
    offset = along(posed.turned["pelvis"], r=sign(side) * body.HIP_HALF)
    for _ in range(9):
        for contact in pose.reach:
            bring(posed, contact.point, goal(contact, start[contact.point]), pose)
        at = points(posed)
        feet = [
            add(at[f"{s}_foot"], times(posed.turned[f"{s}_foot"], (_bearing(pose, s), 0.0, 0.0))) for s in pose.balance
        ]
        middle_x = sum(f[0] for f in feet) / len(feet) + pose.shift[0]
        middle_z = sum(f[2] for f in feet) / len(feet) + pose.shift[1]
        mass = centre_of_mass(posed, at)
        root = posed.root
        wanted = add((root[0] + middle_x - mass[0], 0.0, root[2] + middle_z - mass[2]), offset)
        dx, dz = wanted[0] - ankle[0], wanted[2] - ankle[2]
        dy = sqrt(max(1.0, span * span - dx * dx - dz * dz))
        posed = Posed(posed.turned, sub((wanted[0], ankle[1] + dy, wanted[2]), offset))
        bring_foot(posed, side, ankle, pose)
    return posed


def solve(pose: Pose, base: Base) -> Solved:
    """The pose in space, with what it could not reach."""
    posed = _settled(pose, base)
    first = points(posed)
    if pose.balance and pose.anchor is not None:
        posed = _balance(posed, pose)
    held: dict[str, Vec] = {}
    misses: list[Miss] = []
    if pose.anchor is not None:
        held[pose.anchor.point] = goal(pose.anchor, first[pose.anchor.point])
    for contact in pose.reach:
        place = goal(contact, first[contact.point])
        held[contact.point] = place
        bring(posed, contact.point, place, pose)
    at = points(posed)
    if pose.settle is not None:
        held[pose.settle.point] = at[pose.settle.point]
    for point, place in held.items():
        by = length(sub(at[point], place))
        if by > 0.6:
            misses.append(Miss(point, by))
    return Solved(pose, posed, at, held, misses)
