"""From joint angles to where every segment and point of the body is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from niggle.core.movement import SIDES, Angles, Base
from niggle.figures.exercise import body
from niggle.figures.exercise.vectors import (
    Mat,
    Vec,
    add,
    axes,
    lerp,
    matmul,
    rot_x,
    rot_y,
    rot_z,
    scale,
    times,
    transpose,
    turn,
    unit,
    untwist,
)

_X: Final[Vec] = (1.0, 0.0, 0.0)
_Y: Final[Vec] = (0.0, 1.0, 0.0)
_Z: Final[Vec] = (0.0, 0.0, 1.0)
_REST: Final[Angles] = (0.0, 0.0, 0.0)

BASES: Final[Mapping[Base, Mat]] = {
    Base.STAND: axes(_X, _Y, _Z),
    Base.SUPINE: axes(_Y, (-1.0, 0.0, 0.0), _Z),
    Base.PRONE: axes((0.0, -1.0, 0.0), _X, _Z),
    Base.SIDE_LEFT: axes(_Z, _X, _Y),
    Base.SIDE_RIGHT: axes(_Z, (-1.0, 0.0, 0.0), (0.0, -1.0, 0.0)),
}

PARENT: Final = {
    "spine": "pelvis", "chest": "spine", "head": "chest", "thigh": "pelvis", "shank": "thigh", "foot": "shank",
    "toes": "foot", "upper": "chest", "fore": "upper", "hand": "fore",
}  # fmt: skip
JOINT_OF: Final = {
    "spine": "spine", "chest": "chest", "head": "neck", "thigh": "hip", "shank": "knee", "foot": "ankle",
    "toes": "toes", "upper": "shoulder", "fore": "elbow", "hand": "wrist",
}  # fmt: skip
LIMB: Final = ("thigh", "shank", "foot", "toes", "upper", "fore", "hand")
SEGMENTS: Final = ("pelvis", "spine", "chest", "head", *(f"{s}_{part}" for s in SIDES for part in LIMB))

# How far the surface lies from each point: the flesh that a floor or a wall meets.
FLESH: Final = {
    "seat": 7.0, "back": 10.2, "shoulders": 9.8, "belly": 10.2, "chest": 9.8, "head": 8.6, "brow": 8.6, "hips": 9.8,
    "foot": 0.0, "heel": 0.0, "ball": 0.0, "toe": 0.5, "instep": 2.6, "knee": 5.2, "shin": 5.0, "thigh": 7.2,
    "hip": 6.0, "flank": 6.0, "shoulder": 0.5, "elbow": 3.7, "wrist": 2.7, "hand": 2.0, "palm": 2.7, "wall": 2.4,
}  # fmt: skip


@dataclass(slots=True)
class Posed:
    """Orientation of every segment in the world and the place of the hips' middle."""

    turned: dict[str, Mat]
    root: Vec

    def moved(self, by: Vec) -> Posed:
        return Posed(self.turned, add(self.root, by))


def sign(side: str) -> float:
    return 1.0 if side == "right" else -1.0


def local(joint: str, angles: Angles, side: str | None) -> Mat:
    """The rotation of one joint; flexion folds as that joint folds, `side` and `turn` go outward on both sides."""
    flex, aside, around = angles
    if side is None:
        return turn(-flex, aside, -around)
    k = sign(side)
    if joint in {"knee"}:
        return turn(-flex, -k * aside, -k * around)
    return turn(flex, -k * aside, -k * around)


def angles_of(joint: str, rotation: Mat, side: str | None) -> Angles:
    """The angles from which `local` makes this rotation."""
    z, x, y = untwist(rotation)
    if side is None:
        return (-z, x, -y)
    k = sign(side)
    return (-z if joint == "knee" else z, -k * x, -k * y)


def orient(angles: Mapping[str, Angles], base: Base, settle_deg: float = 0.0) -> dict[str, Mat]:
    """Every segment's orientation from the joint angles; `settle_deg` turns the whole body in the side plane."""
    start = BASES[base]
    if settle_deg:
        start = matmul(rot_z(settle_deg), start)
    pelvis = matmul(start, local("pelvis", angles.get("pelvis", _REST), None))
    out: dict[str, Mat] = {"pelvis": pelvis}
    for part in ("spine", "chest", "head"):
        joint = JOINT_OF[part]
        given = angles.get(joint)
        above = out[PARENT[part]]
        out[part] = above if given is None else matmul(above, local(joint, given, None))
    for side in SIDES:
        for part in LIMB:
            parent = PARENT[part]
            above = out[parent] if parent in {"pelvis", "chest"} else out[f"{side}_{parent}"]
            joint = JOINT_OF[part]
            given = angles.get(f"{side}_{joint}")
            out[f"{side}_{part}"] = above if given is None else matmul(above, local(joint, given, side))
    return out


def column(m: Mat, index: int) -> Vec:
    return (m[0][index], m[1][index], m[2][index])


def forward(m: Mat) -> Vec:
    return column(m, 0)


def up(m: Mat) -> Vec:
    return column(m, 1)


def right(m: Mat) -> Vec:
    return column(m, 2)


def along(m: Mat, f: float = 0.0, u: float = 0.0, r: float = 0.0) -> Vec:
    return times(m, (f, u, r))


# Points of the foot seen from the ankle, in the foot's own axes.
FOOT_POINTS: Final = {
    "foot": (0.0, -body.ANKLE_HEIGHT, 0.0),
    "heel": (-body.HEEL_BACK + 1.0, -body.ANKLE_HEIGHT, 0.0),
    "ball": (body.BALL_FORWARD, -body.ANKLE_HEIGHT, 0.0),
    "instep": (7.5, -3.4, 0.0),
}
TOE_JOINT: Final[Vec] = (body.BALL_FORWARD, -body.ANKLE_HEIGHT + 1.8, 0.0)
TOE_TIP: Final[Vec] = (body.TOES, -1.3, 0.0)


def points(posed: Posed) -> dict[str, Vec]:
    """Where everything is, in centimetres: joints, contact points and the ends that are drawn."""
    t, root = posed.turned, posed.root
    out: dict[str, Vec] = {"hips": root}
    loin = add(root, along(t["pelvis"], u=body.PELVIS))
    ribs = add(loin, along(t["spine"], u=body.SPINE))
    line = add(ribs, along(t["chest"], u=body.CHEST))
    nape = add(line, along(t["chest"], u=body.NECK_ABOVE_SHOULDERS))
    head = add(nape, along(t["head"], f=0.8, u=body.HEAD_CENTRE))
    out.update(loin=loin, ribs=ribs, line=line, nape=nape, head=head, brow=head)
    out["seat"] = add(root, along(t["pelvis"], f=-2.0, u=-2.8))
    out["back"] = out["belly"] = add(root, along(t["pelvis"], u=3.0))
    out["shoulders"] = out["chest"] = add(line, along(t["chest"], u=-9.0))
    for side in SIDES:
        k = sign(side)
        hip = add(root, along(t["pelvis"], r=k * body.HIP_HALF))
        knee = add(hip, along(t[f"{side}_thigh"], u=-body.THIGH))
        ankle = add(knee, along(t[f"{side}_shank"], u=-body.SHANK))
        foot, toes = t[f"{side}_foot"], t[f"{side}_toes"]
        joint = add(ankle, times(foot, TOE_JOINT))
        shoulder = add(line, along(t["chest"], u=-1.0, r=k * body.SHOULDER_HALF))
        elbow = add(shoulder, along(t[f"{side}_upper"], u=-body.UPPER_ARM))
        wrist = add(elbow, along(t[f"{side}_fore"], u=-body.FOREARM))
        hand = t[f"{side}_hand"]
        places = {
            "hip": hip, "flank": hip, "knee": knee, "ankle": ankle, "toe_joint": joint,
            "toe": add(joint, times(toes, TOE_TIP)), "thigh": lerp(hip, knee, 0.5), "shin": lerp(knee, ankle, 0.45),
            "calf": lerp(knee, ankle, 0.35),
            "shoulder": shoulder, "elbow": elbow, "wrist": wrist, "palm": wrist, "wall": wrist,
            "hand": add(wrist, along(hand, u=-6.0)), "fingers": add(wrist, along(hand, u=-body.HAND)),
        }  # fmt: skip
        for name, offset in FOOT_POINTS.items():
            places[name] = add(ankle, times(foot, offset))
        for name, place in places.items():
            out[f"{side}_{name}"] = place
    return out


def flesh(point: str) -> float:
    """How far the surface is from this point, in centimetres."""
    return FLESH[point.removeprefix("left_").removeprefix("right_")]


def heading(pelvis: Mat) -> Vec:
    """Where the body points along the floor: forward when upright, away from the head when on the back."""
    f = forward(pelvis)
    if f[1] > 0.75:
        f = scale(up(pelvis), -1.0)
    elif f[1] < -0.75:
        f = up(pelvis)
    return unit((f[0], 0.0, f[2])) if f[0] ** 2 + f[2] ** 2 > 1e-6 else _X


def held_foot(pelvis: Mat, side: str, heel_deg: float, out_deg: float, tilt_deg: float) -> Mat:
    """Orientation of a foot that is held against the floor, heel up by so much, toes pointing outward by so much."""
    f = heading(pelvis)
    flat = axes(f, _Y, (-f[2], 0.0, f[0]))
    k = sign(side)
    return matmul(flat, matmul(rot_y(-k * out_deg), matmul(rot_x(k * tilt_deg), rot_z(-heel_deg))))


def centre_of_mass(posed: Posed, at: Mapping[str, Vec]) -> Vec:
    """The body's centre of mass from the segments' shares (Winter)."""
    x = y = z = 0.0

    def put(share: float, a: Vec, b: Vec, where: float) -> None:
        nonlocal x, y, z
        p = lerp(a, b, where)
        x, y, z = x + share * p[0], y + share * p[1], z + share * p[2]

    mass = body.MASS
    for name, a, b in (
        ("pelvis", "hips", "loin"), ("spine", "loin", "ribs"), ("chest", "ribs", "line"), ("head", "nape", "head"),
    ):  # fmt: skip
        put(mass[name][0], at[a], at[b], mass[name][1])
    for side in SIDES:
        for name, a, b in (
            ("thigh", "hip", "knee"), ("shank", "knee", "ankle"), ("foot", "heel", "toe"),
            ("upper", "shoulder", "elbow"), ("fore", "elbow", "wrist"), ("hand", "wrist", "fingers"),
        ):  # fmt: skip
            put(mass[name][0], at[f"{side}_{a}"], at[f"{side}_{b}"], mass[name][1])
    return (x, y, z)


def relative(turned: Mapping[str, Mat], segment: str) -> tuple[str, str | None, Angles]:
    """Joint, side and the angles of the joint that moves this segment, whatever way the segment came there."""
    side = segment.split("_", maxsplit=1)[0] if "_" in segment else None
    part = segment.rsplit("_", maxsplit=1)[-1]
    parent = PARENT[part]
    above = turned[parent] if parent in {"pelvis", "spine", "chest"} else turned[f"{side}_{parent}"]
    joint = JOINT_OF[part]
    return joint, side, angles_of(joint, matmul(transpose(above), turned[segment]), side)
