"""From the room to the paper: an orthographic camera that walks around the body and may look down on it."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

from niggle.core.movement import Movement, View
from niggle.figures.exercise.vectors import Vec, add, dot, scale

Point = tuple[float, float]

_YAW: Final = {View.SIDE: 0.0, View.FRONT: 90.0, View.BACK: -90.0, View.TOP: 0.0}


@dataclass(frozen=True, slots=True)
class Camera:
    """Paper axes in the room: `across` to the right, `upward`, and `toward` the viewer."""

    across: Vec
    upward: Vec
    toward: Vec

    def flat(self, at: Vec) -> Point:
        """A place on the paper, y downward as SVG has it."""
        return (dot(at, self.across), -dot(at, self.upward))

    def depth(self, at: Vec) -> float:
        return dot(at, self.toward)


def camera(movement: Movement) -> Camera:
    """`turn_deg` walks the camera from the side towards the front; `tilt_deg` lifts it."""
    yaw = radians(_YAW[movement.view] + movement.turn_deg)
    tilt = radians(90.0 if movement.view is View.TOP else movement.tilt_deg)
    level: Vec = (sin(yaw), 0.0, cos(yaw))
    across: Vec = (cos(yaw), 0.0, -sin(yaw))
    toward = add(scale(level, cos(tilt)), (0.0, sin(tilt), 0.0))
    upward = add(scale(level, -sin(tilt)), (0.0, cos(tilt), 0.0))
    return Camera(across, upward, toward)
