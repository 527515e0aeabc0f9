"""Poses and tempo become frames: between two poses every segment turns the shorter way and what is held stays put."""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, asin, atan2, ceil, cos, degrees, pi, sin
from typing import Final

from niggle.core.movement import FOOT_POINTS, SIDES, Movement, Phase
from niggle.figures.exercise.skeleton import SEGMENTS, Posed, points
from niggle.figures.exercise.solve import Solved, bring, solve, split
from niggle.figures.exercise.svg import Clock
from niggle.figures.exercise.vectors import (
    Mat,
    Quat,
    Vec,
    add,
    between,
    length,
    lerp,
    matmul,
    matrix,
    quat,
    rot_z,
    sub,
    times,
)

_LEAST, _MOST, _STEP_DEG = 4, 7, 9.0
_BENDABLE: Final = {"foot", "heel", "ball", "toe", "hand", "palm", "wall", "wrist"}


def _ease(part: float) -> float:
    """From rest to rest: half a turn of a cosine."""
    return (1 - cos(pi * part)) / 2


@dataclass(slots=True)
class Frame:
    """The body at one moment of the cycle. `phase` counts the tempo's phases; `held` are the points that must stay."""

    second: float
    phase: int
    posed: Posed
    at: dict[str, Vec]
    held: dict[str, Vec]
    flying: bool = False
    part: float = 1.0  # of the phase that has passed


@dataclass(slots=True)
class Motion:
    movement: Movement
    solved: dict[str, Solved]
    frames: list[Frame]
    cycle_seconds: float
    cuts: tuple[float, ...]  # moments at which the picture starts again

    def clock(self, slack: float = 1.0) -> Clock:
        """The moments of the frames, for animation; `slack` widens the error that may save bytes."""
        phases: list[tuple[int, int]] = []
        eased: list[bool] = []
        ease = [_ease(f.part) for f in self.frames]
        begin = 0
        for i in range(1, len(self.frames)):
            if self.frames[i].part >= 1.0:
                phases.append((begin, i))
                phase = self.movement.tempo[self.frames[i].phase]
                eased.append(not phase.flight and i - begin > 1)
                if phase.flight:
                    ease[begin + 1 : i + 1] = [f.part for f in self.frames[begin + 1 : i + 1]]
                begin = i
        ease[0] = 0.0
        parts = (0.0, *(f.part for f in self.frames[1:]))
        return Clock(tuple(f.second for f in self.frames), tuple(ease), parts, tuple(phases), tuple(eased), slack)

    def pose_frame(self, pose: str) -> Frame:
        """The body in a pose, with the second [s] and the phase in which the tempo first reaches it.

        A pose that the tempo does not use, and the one it starts in, have second 0 of phase 0."""
        s = self.solved[pose]
        clock = 0.0
        if pose != self.movement.start():
            for index, phase in enumerate(self.movement.tempo):
                clock += phase.shown
                if phase.to == pose:
                    return Frame(clock, index, s.posed, s.at, s.held)
        return Frame(0.0, 0, s.posed, s.at, s.held)


def orientations(solved: Solved) -> dict[str, Quat]:
    """Every segment's orientation as a quaternion, ready to be blended."""
    return {name: quat(solved.posed.turned[name]) for name in SEGMENTS}


def _widest(a: dict[str, Quat], b: dict[str, Quat]) -> float:
    least = min(abs(sum(p * q for p, q in zip(a[n], b[n], strict=True))) for n in SEGMENTS)
    return 2 * degrees(acos(min(1.0, least)))


def blend(a: Solved, b: Solved, qa: dict[str, Quat], qb: dict[str, Quat], t: float, phase: Phase) -> Frame:
    """The body on the way from a to b; t from 0 to 1 is the part of the way, already eased."""
    turned: dict[str, Mat] = {name: matrix(between(qa[name], qb[name], t)) for name in SEGMENTS}
    posed = Posed(turned, lerp(a.posed.root, b.posed.root, t))
    held: dict[str, Vec] = {}
    if phase.flight:
        posed = posed.moved((0.0, 4.0 * phase.arc_cm * t * (1.0 - t), 0.0))
    else:
        start, end = dict(a.held), dict(b.held)
        _same_foot(a, b, start, end)
        shared = [p for p in start if p in end]
        anchor = a.pose.anchor.point if a.pose.anchor is not None else None
        if anchor not in shared:
            anchor = shared[0] if shared else None
        if phase.arc_cm and anchor is not None and length(sub(start[anchor], end[anchor])) > 1.0:
            # the foot that steps cannot be the one that carries
            anchor = next((p for p in shared if length(sub(start[p], end[p])) < 0.5), anchor)
        for point in shared:
            place = lerp(start[point], end[point], t)
            moving = length(sub(start[point], end[point])) > 0.5
            if phase.arc_cm and moving:
                place = add(place, (0.0, phase.arc_cm * sin(pi * t), 0.0))
            if not moving:
                held[point] = place
            settles = a.pose.settle is not None and b.pose.settle is not None and a.pose.settle.point == point
            if settles and anchor is not None and point == b.pose.settle.point:  # type: ignore[union-attr]
                _lay(posed, anchor, point, place)
            elif point == anchor:
                posed = posed.moved(sub(place, points(posed)[point]))
            elif split(point)[1] in _BENDABLE:
                hand = posed.turned.get(f"{split(point)[0]}_hand")
                bring(posed, point, place, b.pose if t > 0.5 else a.pose)
                if hand is not None and split(point)[1] in {"palm", "wall"}:
                    posed.turned[f"{split(point)[0]}_hand"] = hand
        if phase.arc_cm:  # a limb that only touches at one end of the way is lifted too
            for point in sorted({*start, *end} - set(shared)):
                if split(point)[1] in _BENDABLE:
                    place = add(lerp(a.at[point], b.at[point], t), (0.0, phase.arc_cm * sin(pi * t), 0.0))
                    bring(posed, point, place, b.pose if point in end else a.pose)
    return Frame(0.0, 0, posed, points(posed), held, phase.flight)


def _same_foot(a: Solved, b: Solved, start: dict[str, Vec], end: dict[str, Vec]) -> None:
    """A foot held by its sole in one pose and by its ball in the next rolls over its ball."""
    for side in SIDES:
        mine = [p for p in start if split(p)[0] == side and split(p)[1] in FOOT_POINTS]
        theirs = [p for p in end if split(p)[0] == side and split(p)[1] in FOOT_POINTS]
        ball = f"{side}_ball"
        if mine and theirs and not set(mine) & set(theirs) and length(sub(a.at[ball], b.at[ball])) < 2.5:
            for point in mine:
                del start[point]
            for point in theirs:
                del end[point]
            start[ball], end[ball] = a.at[ball], b.at[ball]


def _lay(posed: Posed, anchor: str, point: str, place: Vec) -> None:
    """Turn the whole body about its anchor in the side plane until the point has the height of its place."""
    at = points(posed)
    arm = sub(at[point], at[anchor])
    reach = (arm[0] ** 2 + arm[1] ** 2) ** 0.5
    rise = max(-1.0, min(1.0, (place[1] - at[anchor][1]) / reach))
    wanted = asin(rise) if arm[0] >= 0 else pi - asin(rise)
    about = rot_z(degrees(wanted - atan2(arm[1], arm[0])))
    for name in SEGMENTS:
        posed.turned[name] = matmul(about, posed.turned[name])
    posed.root = add(at[anchor], times(about, sub(posed.root, at[anchor])))


def motion(movement: Movement) -> Motion:
    """Every frame of one cycle. The first frame is the pose in which the cycle ends."""
    solved = {name: solve(pose, movement.base) for name, pose in movement.poses.items()}
    quats = {name: orientations(s) for name, s in solved.items()}
    now, clock = movement.start(), 0.0
    first = solved[now]
    frames = [Frame(0.0, 0, first.posed, first.at, first.held)]
    cuts: list[float] = []
    for index, phase in enumerate(movement.tempo):
        a, b = solved[now], solved[phase.to]
        if phase.cut:
            clock += phase.shown
            frames.append(Frame(clock, index, a.posed, a.at, a.held))
            cuts.append(clock)
            frames.append(Frame(clock, index, b.posed, b.at, b.held))
        elif phase.to == now:
            clock += phase.shown
            frames.append(Frame(clock, index, b.posed, b.at, b.held))
        else:
            wide = _widest(quats[now], quats[phase.to])
            steps = max(_LEAST, min(_MOST, ceil(wide / _STEP_DEG)))
            for step in range(1, steps + 1):
                part = step / steps
                eased = part if phase.flight else _ease(part)
                frame = blend(a, b, quats[now], quats[phase.to], eased, phase)
                if step == steps:
                    frame = Frame(0.0, 0, b.posed, b.at, b.held)
                frame.second, frame.phase, frame.part = clock + phase.shown * part, index, part
                frames.append(frame)
            clock += phase.shown
        now = phase.to
    return Motion(movement, solved, frames, clock, tuple(cuts))
