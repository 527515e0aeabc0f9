"""Is the motion possible? Joints within their range, feet on and not through the floor, nothing slides or falls."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees
from typing import Final

from niggle.core.movement import SIDES, Movement, Prop
from niggle.figures.exercise import body
from niggle.figures.exercise.frames import Frame, Motion, motion
from niggle.figures.exercise.props import solid
from niggle.figures.exercise.skeleton import SEGMENTS, centre_of_mass, flesh, relative
from niggle.figures.exercise.vectors import Vec, length, sub, times

SLACK_DEG: Final = 1.5
THROUGH_CM: Final = 2.2  # flesh yields by so much
FLOATING_CM: Final = 1.6
SLIDE_CM: Final = 1.0
TOPPLE_CM: Final = 3.0
_MIDDLE: Final = ("hips", "back", "shoulders", "head", "seat")
_SIDED: Final = ("heel", "ball", "toe", "knee", "shin", "elbow", "wrist", "hand", "hip", "thigh", "instep")
_TOUCHING: Final = (*_MIDDLE, *(f"{s}_{p}" for s in SIDES for p in _SIDED))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is impossible, and where it stands in the file: the path of keys to the line that should change."""

    path: tuple[str | int, ...]
    message: str


def check(movement: Movement) -> list[Fault]:
    """Everything that is wrong with the movement, each thing once, at the first moment it happens."""
    return check_motion(motion(movement))


def check_motion(moving: Motion) -> list[Fault]:
    movement = moving.movement
    faults: dict[tuple[str, str], Fault] = {}

    def complain(path: tuple[str | int, ...], what: str, message: str) -> None:
        faults.setdefault((str(path), what), Fault(path, message))

    for name, solved in moving.solved.items():
        for miss in solved.misses:
            complain(("poses", name), miss.point, f"{miss.point} misses its place by {miss.by_cm:.1f} cm")
        _limits(("poses", name), Frame(0, 0, solved.posed, solved.at, solved.held), complain)
        _surfaces(("poses", name), Frame(0, 0, solved.posed, solved.at, solved.held), movement, complain)
        if movement.hands_free and solved.pose.balance == () and _standing(solved.at, movement):
            _topple(("poses", name), Frame(0, 0, solved.posed, solved.at, solved.held), movement, complain)
    seen = set(faults)
    for frame in moving.frames:
        path = ("tempo", frame.phase)
        found: dict[tuple[str, str], Fault] = {}

        def note(
            place: tuple[str | int, ...], what: str, message: str, found: dict[tuple[str, str], Fault] = found
        ) -> None:
            found.setdefault((str(place), what), Fault(place, message))

        _limits(path, frame, note)
        _surfaces(path, frame, movement, note)
        for point, place in frame.held.items():
            slid = length(sub(frame.at[point], place))
            if slid > SLIDE_CM:
                note(path, point, f"{point} slides by {slid:.1f} cm")
        poses = {w for (_, w) in seen}
        for key, fault in found.items():
            if key[1] not in poses:
                faults.setdefault(key, fault)
    return list(faults.values())


def _limits(path: tuple[str | int, ...], frame: Frame, complain) -> None:  # type: ignore[no-untyped-def]
    for segment in SEGMENTS:
        if segment == "pelvis":
            continue
        joint, side, angles = relative(frame.posed.turned, segment)
        name = joint if side is None else f"{side}_{joint}"
        if joint == "shoulder":
            back = degrees(atan2(-_dir(frame, segment, 0), -_dir(frame, segment, 1)))
            aside = abs(_dir(frame, segment, 2))
            if body.SHOULDER_BACK_DEG < back < 150 and aside < 0.55:
                complain(path, name, f"{name} is drawn back {back:.0f}°; it goes to {body.SHOULDER_BACK_DEG:.0f}°")
            continue
        for axis, (least, most), angle in zip(("flex", "side", "turn"), body.LIMITS[joint], angles, strict=True):
            if joint == "hip" and axis != "side" and abs(angles[1]) > 75:
                continue  # near the pole of its angles a direction has no flexion of its own
            if axis != "flex" and joint in {"knee", "elbow", "wrist"}:
                continue  # the solver places these as hinges
            if angle < least - SLACK_DEG or angle > most + SLACK_DEG:
                complain(path, name, f"{name} {axis} is {angle:.0f}°; the joint goes from {least}° to {most}°")


def _dir(frame: Frame, segment: str, axis: int) -> float:
    """The upper arm's direction in the chest's axes."""
    from niggle.figures.exercise.vectors import transpose

    down = times(frame.posed.turned[segment], (0.0, -1.0, 0.0))
    return times(transpose(frame.posed.turned["chest"]), down)[axis]


def height_of(at: Vec, props: tuple[Prop, ...]) -> float:
    """The height of what lies under a place: the floor at 0, or the top of the highest solid prop below it."""
    top = 0.0
    for prop in props:
        box = solid(prop)
        if box is not None:
            (x0, x1), (_, y1), (z0, z1) = box
            if x0 - 0.5 <= at[0] <= x1 + 0.5 and z0 - 0.5 <= at[2] <= z1 + 0.5 and at[1] > y1 - 4.0:
                top = max(top, y1)
    return top


def _surfaces(path: tuple[str | int, ...], frame: Frame, movement: Movement, complain) -> None:  # type: ignore[no-untyped-def]
    if movement.props and any(p.kind == "water" for p in movement.props):
        return
    nearest = 99.0
    for point in _TOUCHING:
        at = frame.at[point]
        gap = at[1] - flesh(point) - height_of(at, movement.props)
        if gap < -THROUGH_CM:
            complain(path, point, f"{point} is {-gap:.1f} cm inside the floor or what stands on it")
        nearest = min(nearest, gap)
    carried = any(p.kind in {"bike", "ball", "roller", "rower", "elliptical"} for p in movement.props)
    if nearest > FLOATING_CM and not frame.flying and not carried:
        complain(path, "floating", f"nothing touches the ground: the lowest point is {nearest:.1f} cm above it")


def _standing(at: dict[str, Vec], movement: Movement) -> bool:
    touching = [p for p in _TOUCHING if at[p][1] - flesh(p) - height_of(at[p], movement.props) < FLOATING_CM]
    return bool(touching) and all(p.split("_")[-1] in {"heel", "ball", "toe", "instep"} for p in touching)


def _topple(path: tuple[str | int, ...], frame: Frame, movement: Movement, complain) -> None:  # type: ignore[no-untyped-def]
    at = frame.at
    feet = [
        at[f"{s}_{p}"]
        for s in SIDES
        for p in ("heel", "ball", "toe")
        if at[f"{s}_{p}"][1] - height_of(at[f"{s}_{p}"], movement.props) < FLOATING_CM
    ]
    mass = centre_of_mass(frame.posed, at)
    for axis, word in ((0, "forward or back"), (2, "sideways")):
        low, high = min(f[axis] for f in feet), max(f[axis] for f in feet)
        wide = 4.0 if axis == 2 else 0.0
        over = max(low - wide - mass[axis], mass[axis] - high - wide)
        if over > TOPPLE_CM:
            complain(
                path, f"topple {word}", f"the body would fall {word}: its weight is {over:.0f} cm outside the feet"
            )
