"""What a moving figure is made of: poses as joint angles, what stays where, and the tempo. Values only.

Body axes in the resting pose: x forward, y up, z to the body's right; centimetres for a body of 170 cm; degrees.
A place is where a surface is touched: the thickness of the flesh is added by the solver. `None` for z means "where the
limb happens to be".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

Angles = tuple[float, float, float]  # flexion, to the side, turn
Place = tuple[float, float, float | None]

SIDES: Final = ("left", "right")
MIDDLE_JOINTS: Final = ("pelvis", "spine", "chest", "neck")
SIDE_JOINTS: Final = ("hip", "knee", "ankle", "toes", "shoulder", "elbow", "wrist")
JOINTS: Final = MIDDLE_JOINTS + tuple(f"{s}_{j}" for s in SIDES for j in SIDE_JOINTS)

MIDDLE_POINTS: Final = ("seat", "back", "shoulders", "belly", "chest", "head", "brow", "hips")
SIDE_POINTS: Final = (
    "foot", "heel", "ball", "toe", "instep", "knee", "shin", "thigh", "hip", "flank", "shoulder", "elbow", "wrist",
    "hand", "palm", "wall",
)  # fmt: skip
POINTS: Final = MIDDLE_POINTS + tuple(f"{s}_{p}" for s in SIDES for p in SIDE_POINTS)

# The limbs the solver can bend so that a point reaches its place.
FOOT_POINTS: Final = ("foot", "heel", "ball", "toe")
HAND_POINTS: Final = ("hand", "palm", "wall", "wrist")

MUSCLES: Final = (
    "calf", "soleus", "achilles", "shin", "peroneals", "arch", "quads", "hamstrings", "adductors", "glutes",
    "glute_med", "hip_flexors", "abs", "obliques", "back", "upper_back", "shoulder_blades", "it_band",
)  # fmt: skip


class View(StrEnum):
    """From where the figure is looked at. `side` is from its right: it faces right and its right side is near."""

    SIDE = "side"
    FRONT = "front"
    BACK = "back"
    TOP = "top"


class Base(StrEnum):
    """How the body lies in space before any joint moves."""

    STAND = "stand"
    SUPINE = "supine"  # on the back, head to the left
    PRONE = "prone"  # on the front, head to the right
    SIDE_LEFT = "side_left"  # on the left side, facing the viewer, head to the right
    SIDE_RIGHT = "side_right"  # on the right side, facing the viewer, head to the left


@dataclass(frozen=True, slots=True)
class FootHold:
    """A foot held against the world: heel lifted by `heel_deg` (negative: toes lifted), pointing `out_deg` outward."""

    heel_deg: float = 0.0
    out_deg: float = 0.0
    tilt_deg: float = 0.0  # the sole rolled: positive turns it outward


@dataclass(frozen=True, slots=True)
class Contact:
    """A point of the body that stays at a place."""

    point: str
    at: Place


@dataclass(frozen=True, slots=True)
class Pose:
    """One key pose. Joints that are not named rest at zero."""

    name: str
    angles: Mapping[str, Angles] = field(default_factory=dict)
    anchor: Contact | None = None
    reach: tuple[Contact, ...] = ()
    feet: Mapping[str, FootHold] = field(default_factory=dict)
    forearms: Mapping[str, float] = field(default_factory=dict)  # side -> angle above the horizontal
    poles: Mapping[str, float] = field(default_factory=dict)  # "right_knee", "left_elbow" -> degrees outward
    balance: tuple[str, ...] = ()  # the feet over which the body's weight is brought
    shift: tuple[float, float] = (0.0, 0.0)  # moves the goal of `balance`, forward and to the right
    settle: Contact | None = None  # the whole body is turned about the anchor until this point touches


@dataclass(frozen=True, slots=True)
class Phase:
    """Move to a pose, or stay (`to` is the pose already reached)."""

    to: str
    seconds: float
    say: str = ""
    shown_seconds: float | None = None  # a long hold is shown shorter
    arc_cm: float = 0.0  # contacts that move are lifted this high on the way
    flight: bool = False  # nothing touches the ground on the way
    cut: bool = False  # not a movement: the picture fades and starts again

    @property
    def shown(self) -> float:
        return self.seconds if self.shown_seconds is None else self.shown_seconds


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing in the picture. `at` is a place in the world, or a point of the body that carries it."""

    kind: str
    at: Place | str = (0.0, 0.0, 0.0)
    to: Place | str | None = None
    size: tuple[float, float, float] = (0.0, 0.0, 0.0)
    moves: Mapping[str, Place] = field(default_factory=dict)  # pose -> place


@dataclass(frozen=True, slots=True)
class Cue:
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Movement:
    id: str
    title: str
    catalogue: tuple[str, ...]
    view: View
    turn_deg: float
    tilt_deg: float
    base: Base
    work: tuple[str, ...]
    targets: tuple[str, ...]
    poses: Mapping[str, Pose]
    tempo: tuple[Phase, ...]
    props: tuple[Prop, ...] = ()
    cues: tuple[Cue, ...] = ()
    arrow: str | None = None  # the point whose path the still shows; None: the one that travels most
    still: tuple[str, ...] = ()  # the poses of the still, ghost first; empty: the two that differ most
    types: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    hands_free: bool = True  # checked for balance
    close: tuple[str, float] | None = None  # look closely at a point: the picture is so many centimetres wide
    squeeze: tuple[str, ...] = ()  # poses in which the targets work hard; elsewhere their tint is pale

    def start(self) -> str:
        """The pose in which a cycle begins: the one in which it ends."""
        return self.tempo[-1].to


def swap(name: str) -> str:
    """left_knee -> right_knee and back; names without a side stay."""
    if name.startswith("left"):
        return "right" + name[4:]
    if name.startswith("right"):
        return "left" + name[5:]
    return name


def mirrored(movement: Movement) -> Movement:
    """The same movement for the other side. Mirroring twice gives the movement back.

    Upright, supine and prone bodies are mirrored left to right (z); a body on its side turns over, head to the other
    end of the mat (x).
    """
    bases = {Base.SIDE_LEFT: Base.SIDE_RIGHT, Base.SIDE_RIGHT: Base.SIDE_LEFT}
    over = movement.base in bases
    return replace(
        movement,
        base=bases.get(movement.base, movement.base),
        work=tuple(swap(w) for w in movement.work),
        poses={name: _mirrored_pose(pose, over=over) for name, pose in movement.poses.items()},
        props=tuple(_mirrored_prop(p, over=over) for p in movement.props),
        cues=tuple(replace(c, at=swap(c.at)) for c in movement.cues),
        arrow=None if movement.arrow is None else swap(movement.arrow),
        close=None if movement.close is None else (swap(movement.close[0]), movement.close[1]),
    )


def _place(at: Place, *, over: bool, long: float = 0.0) -> Place:
    x, y, z = at
    return (-x - long, y, z) if over else (x, y, None if z is None else -z)


def _contact(contact: Contact, *, over: bool) -> Contact:
    return Contact(swap(contact.point), _place(contact.at, over=over))


def _mirrored_pose(pose: Pose, *, over: bool) -> Pose:
    angles = {
        swap(joint): (flex, -side, -turn) if joint in MIDDLE_JOINTS else (flex, side, turn)
        for joint, (flex, side, turn) in pose.angles.items()
    }
    return replace(
        pose,
        angles=angles,
        anchor=None if pose.anchor is None else _contact(pose.anchor, over=over),
        reach=tuple(_contact(c, over=over) for c in pose.reach),
        feet={swap(s): hold for s, hold in pose.feet.items()},
        forearms={swap(s): angle for s, angle in pose.forearms.items()},
        poles={swap(s): angle for s, angle in pose.poles.items()},
        balance=tuple(swap(s) for s in pose.balance),
        shift=(pose.shift[0], -pose.shift[1]),
        settle=None if pose.settle is None else _contact(pose.settle, over=over),
    )


def _mirrored_prop(prop: Prop, *, over: bool) -> Prop:
    def end(at: Place | str) -> Place | str:
        return swap(at) if isinstance(at, str) else _place(at, over=over, long=prop.size[0])

    return replace(
        prop,
        at=end(prop.at),
        to=None if prop.to is None else end(prop.to),
        moves={k: _place(v, over=over) for k, v in prop.moves.items()},
    )
