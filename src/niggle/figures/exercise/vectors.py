"""Small three-dimensional algebra on tuples: quicker than arrays at this size, and readable in a test."""

from __future__ import annotations

from math import acos, atan2, cos, degrees, radians, sin, sqrt
from typing import Final

Vec = tuple[float, float, float]
Mat = tuple[Vec, Vec, Vec]  # rows; columns are the images of forward, up, right
Quat = tuple[float, float, float, float]

UNIT: Final[Mat] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def add(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vec, k: float) -> Vec:
    return (a[0] * k, a[1] * k, a[2] * k)


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vec) -> float:
    return sqrt(dot(a, a))


def unit(a: Vec) -> Vec:
    """Direction of a vector; a vector without length raises ZeroDivisionError."""
    return scale(a, 1.0 / length(a))


def lerp(a: Vec, b: Vec, t: float) -> Vec:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def times(m: Mat, v: Vec) -> Vec:
    return (dot(m[0], v), dot(m[1], v), dot(m[2], v))


def matmul(a: Mat, b: Mat) -> Mat:
    columns = transpose(b)
    return tuple(tuple(dot(row, c) for c in columns) for row in a)  # type: ignore[return-value]


def transpose(m: Mat) -> Mat:
    return ((m[0][0], m[1][0], m[2][0]), (m[0][1], m[1][1], m[2][1]), (m[0][2], m[1][2], m[2][2]))


def axes(forward: Vec, up: Vec, right: Vec) -> Mat:
    """The rotation that takes the body's axes to these."""
    return transpose((forward, up, right))


def rot_x(deg: float) -> Mat:
    c, s = cos(radians(deg)), sin(radians(deg))
    return ((1.0, 0.0, 0.0), (0.0, c, -s), (0.0, s, c))


def rot_y(deg: float) -> Mat:
    c, s = cos(radians(deg)), sin(radians(deg))
    return ((c, 0.0, s), (0.0, 1.0, 0.0), (-s, 0.0, c))


def rot_z(deg: float) -> Mat:
    c, s = cos(radians(deg)), sin(radians(deg))
    return ((c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0))


def turn(flex: float, side: float, around: float) -> Mat:
    """First around the long axis, then to the side, then flexed: z, x, y of the moving body, read from the left."""
    return matmul(rot_z(flex), matmul(rot_x(side), rot_y(around)))


def untwist(m: Mat) -> Vec:
    """The three angles in degrees from which `turn` makes m (side within ±90)."""
    side = degrees(atan2(m[2][1], sqrt(m[2][0] ** 2 + m[2][2] ** 2)))
    return (degrees(atan2(-m[0][1], m[1][1])), side, degrees(atan2(-m[2][0], m[2][2])))


def quat(m: Mat) -> Quat:
    trace = m[0][0] + m[1][1] + m[2][2]
    if trace > 0:
        s = 2.0 * sqrt(trace + 1.0)
        return (s / 4, (m[2][1] - m[1][2]) / s, (m[0][2] - m[2][0]) / s, (m[1][0] - m[0][1]) / s)
    if m[0][0] > m[1][1] and m[0][0] > m[2][2]:
        s = 2.0 * sqrt(max(1e-12, 1.0 + m[0][0] - m[1][1] - m[2][2]))
        return ((m[2][1] - m[1][2]) / s, s / 4, (m[0][1] + m[1][0]) / s, (m[0][2] + m[2][0]) / s)
    if m[1][1] > m[2][2]:
        s = 2.0 * sqrt(max(1e-12, 1.0 + m[1][1] - m[0][0] - m[2][2]))
        return ((m[0][2] - m[2][0]) / s, (m[0][1] + m[1][0]) / s, s / 4, (m[1][2] + m[2][1]) / s)
    s = 2.0 * sqrt(max(1e-12, 1.0 + m[2][2] - m[0][0] - m[1][1]))
    return ((m[1][0] - m[0][1]) / s, (m[0][2] + m[2][0]) / s, (m[1][2] + m[2][1]) / s, s / 4)


def matrix(q: Quat) -> Mat:
    w, x, y, z = q
    return (
        (1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)),
        (2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)),
        (2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)),
    )


def between(a: Quat, b: Quat, t: float) -> Quat:
    """Spherical interpolation by the shorter way."""
    d = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]
    sign = -1.0 if d < 0 else 1.0
    d = min(1.0, abs(d))
    angle = acos(d)
    if angle < 1e-6:
        return a
    p, q = sin((1 - t) * angle) / sin(angle), sign * sin(t * angle) / sin(angle)
    return (a[0] * p + b[0] * q, a[1] * p + b[1] * q, a[2] * p + b[2] * q, a[3] * p + b[3] * q)
