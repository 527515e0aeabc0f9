"""Outlines of the body's parts in their own axes: x along the segment from its joint, y across it.

`lean` says how far the front of the part looks along +y (1: to +y, -1: to -y, 0: at or away from the viewer), so that a
calf bulges backwards from either side and evenly from the front.
"""

from __future__ import annotations

from math import hypot
from typing import Final

from niggle.figures.exercise import body
from niggle.figures.exercise.style import fill
from niggle.figures.exercise.svg import n, pair

TRUNK: Final = ("pelvis", "spine", "chest", "head")


def circle(radius: float, x: float = 0.0, y: float = 0.0) -> str:
    cx = f' cx="{n(x)}"' if abs(x) >= 0.05 else ""
    cy = f' cy="{n(y)}"' if abs(y) >= 0.05 else ""
    return f'<circle{cx}{cy} r="{n(radius)}"/>'


def _sides(front: float, back: float, lean: float) -> tuple[float, float]:
    """Half widths towards +y and -y of a part that is `front` thick before and `back` thick behind its bone."""
    middle, half = (front + back) / 2, (front - back) / 2
    return middle + lean * half, middle - lean * half


def blend(wide: float, deep: float, lean: float) -> float:
    """Half width as seen: between side-to-side and front-to-back."""
    return hypot(wide * (1 - min(1.0, lean * lean)) ** 0.5, deep * lean)


def limb(part: str, lean: float) -> str:
    """A thigh, shank, upper arm or forearm of full length, without its joints."""
    r0, r1 = body.RADII[part]
    if part == "thigh":
        size, plus, minus = body.THIGH, *_sides(r0 + 1.6, r0 + 0.6, lean)
        cut = size * 0.4  # above it the shorts cover it
        return (
            f"M{pair(cut, -minus * 0.9)}Q{pair(size * 0.62, -minus * 0.86)} {pair(size, -r1)}"
            f"V{n(r1)}Q{pair(size * 0.62, plus * 0.86)} {pair(cut, plus * 0.9)}Z"
        )
    if part == "shank":
        size, plus, minus = body.SHANK, *_sides(5.2, 9.6, lean)
        return (
            f"M0{pair(0, -r0)[1:]}C{pair(size * 0.28, -minus)} {pair(size * 0.5, -(r1 + minus) / 2)} {pair(size, -r1)}"
            f"V{n(r1)}C{pair(size * 0.5, (r1 + plus) / 2)} {pair(size * 0.28, plus)} {pair(0, r0)}Z"
        )
    size = body.UPPER_ARM if part == "upper" else body.FOREARM
    return f"M0{pair(0, -r0)[1:]}Q{pair(size * 0.35, -r0 - 0.4)} {pair(size, -r1)}V{n(r1)}Q{pair(size * 0.35, r0 + 0.4)} {pair(0, r0)}Z"  # noqa: E501


def hand() -> str:
    """A relaxed hand, seen flat."""
    s = body.HAND
    return f"M-1-2.4Q{pair(s * 0.4, -4.2)} {pair(s - 1.5, -2.8)}Q{pair(s + 1.2, 0)} {pair(s - 1.5, 2.6)}Q{pair(s * 0.4, 3.6)}-1 2.4Z"  # noqa: E501


def foot_side(down: float) -> tuple[str, str]:
    """Foot and toes from the side, x forward from the ankle; the sole lies at y = ankle height times `down` (±1)."""
    h, d = body.ANKLE_HEIGHT, down

    def p(x: float, y: float) -> str:
        return pair(x, y * d)

    back, ball = body.HEEL_BACK, body.BALL_FORWARD
    foot = (
        f"M{p(-3.4, -2.5)}Q{p(-back - 1.2, 1.5)} {p(-back, h - 2)}Q{p(-back, h)} {p(-back + 2, h)}L{p(-1, h)}"
        f"Q{p(5.5, h - 1.6)} {p(9.5, h)}H{n(ball + 0.6)}A2 2 0 0 {0 if d > 0 else 1} {p(ball + 0.6, h - 3.8)}"
        f"Q{p(6.5, -0.2)} {p(3.3, -3)}Z"
    )
    toes = f"M{p(0, -2)}Q{p(5, -1.8)} {p(body.TOES, -0.4)}Q{p(body.TOES + 1, 1.8)} {p(body.TOES - 1, 1.8)}H0Z"
    return foot, toes


def foot_front(length: float) -> str:
    """A foot that points at the viewer, or away: x down from the ankle, `length` long on the paper."""
    s = max(length, body.ANKLE_HEIGHT)
    return f"M-2-3.6Q{pair(s * 0.5, -5)} {pair(s - 1.2, -5)}Q{pair(s + 0.2, -5)} {pair(s, -3.4)}V3.4Q{pair(s + 0.2, 5)} {pair(s - 1.2, 5)}Q{pair(s * 0.5, 5)}-2 3.6Z"  # noqa: E501


def pelvis(lean: float) -> str:
    wide, deep = body.FLESH["pelvis"]
    w = blend(wide, deep, lean)
    plus, minus = _sides(w * 0.94, w * 1.06, lean)
    low_plus, low_minus = _sides(w * 0.62, w * 0.98, lean)
    top = blend(body.FLESH["waist"][0] + 1, body.FLESH["waist"][1] + 0.6, lean)
    return (
        f"M13{pair(0, -top)[1:]}Q{pair(6, -minus)} {pair(0, -minus)}Q{pair(-7.5, -low_minus)}-8-2Q-8.5 2-6.5 {n(low_plus * 0.8)}"  # noqa: E501
        f"Q{pair(-2, plus)} {pair(5, plus)}Q{pair(9, plus)} {pair(13, top)}Z"
    )


def abdomen(lean: float) -> str:
    a = blend(body.FLESH["pelvis"][0] - 1.4, body.FLESH["pelvis"][1] - 1.0, lean)
    b = blend(*body.FLESH["waist"], lean)
    c = blend(*body.FLESH["ribs"], lean)
    s = body.SPINE
    return (
        f"M-3{pair(0, -a)[1:]}Q{pair(s * 0.5, -2 * b + (a + c) / 2)} {pair(s + 4, -c)}V{n(c)}"
        f"Q{pair(s * 0.5, 2 * b - (a + c) / 2)} {pair(-3, a)}Q-6 0-3{n(-a)}Z"
    )


def chest(lean: float) -> str:
    s = body.CHEST
    a = blend(*body.FLESH["ribs"], lean)
    b = blend(*body.FLESH["shoulders"], lean)
    plus, minus = _sides(a + 1.2, a - 0.4, lean)
    return (
        f"M-4{pair(0, -a)[1:]}Q{pair(s * 0.5, -minus - 0.8)} {pair(s - 3, -b)}Q{pair(s + 2.5, -b)} {pair(s + 3.5, -b * 0.5)}"  # noqa: E501
        f"L{pair(s + 4.5, 0)}L{pair(s + 3.5, b * 0.5)}Q{pair(s + 2.5, b)} {pair(s - 3, b)}Q{pair(s * 0.5, plus + 0.8)} {pair(-4, a)}Z"  # noqa: E501
    )


def head(lean: float, toward: float) -> str:
    """Neck, head and hair. `toward` is 1 when the face looks at the viewer, -1 when away."""
    deep, tall, wide = body.HEAD_HALF
    w = blend(wide, deep, lean)
    x = body.HEAD_CENTRE
    out = f'<path d="M-4-5L{pair(x - 4, -4.6)}V4.6L-4 5Z"/>'
    k = 1.0 if lean >= 0 else -1.0
    if abs(lean) > 0.5:  # a profile: brow, nose, chin

        def p(dx: float, dy: float) -> str:
            return pair(x + dx, dy * k)

        out += (
            f'<path d="M{p(tall, -1)}C{p(tall, 6)} {p(tall - 4, 9)} {p(3, 9.2)}L{p(-1.2, 11.2)}Q{p(-3, 11)} {p(-2.6, 9)}'  # noqa: E501
            f'L{p(-5, 9.2)}Q{p(-10.5, 9.4)} {p(-10.8, 5.5)}L{p(-9, 0)}Q{p(-8.5, -7)} {p(-4, -9.4)}C{p(5, -11)} {p(tall, -8)} {p(tall, -1)}Z"/>'  # noqa: E501
            f'<path {fill("hair")} d="M{p(5.5, 8.9)}C{p(tall + 1.6, 7)} {p(tall + 2, -7)} {p(5, -10.4)}Q{p(-4, -12)} {p(-6, -8.4)}'  # noqa: E501
            f'Q{p(-3, -4)} {p(2, -3.2)}Q{p(6.4, 2)} {p(5.5, 8.9)}Z"/>'
        )
        return out
    out += f'<ellipse cx="{n(x)}" rx="{n(tall)}" ry="{n(w)}"/>'
    if toward < -0.3:
        out += f'<ellipse {fill("hair")} cx="{n(x + 1)}" rx="{n(tall - 0.4)}" ry="{n(w + 0.3)}"/>'
    else:
        out += (
            f'<path {fill("hair")} d="M{pair(x + 3, -w - 0.3)}C{pair(x + tall + 4, -w - 1)} {pair(x + tall + 4, w + 1)} {pair(x + 3, w + 0.3)}'  # noqa: E501
            f'Q{pair(x + 8, 0)} {pair(x + 3, -w - 0.3)}Z"/>'
        )
    return out


# muscle -> [(segment part, from, to along it, front share, outer share, half thickness)]
MUSCLES: Final = {
    "calf": [("shank", 0.06, 0.55, -1.0, 0.0, 3.6)],
    "soleus": [("shank", 0.3, 0.76, -1.0, 0.0, 2.9)],
    "achilles": [("shank", 0.66, 1.02, -1.0, 0.0, 1.5)],
    "shin": [("shank", 0.1, 0.72, 0.9, 0.3, 2.4)],
    "peroneals": [("shank", 0.12, 0.8, -0.1, 0.9, 2.2)],
    "arch": [("foot", 0.1, 0.75, 0.0, 0.0, 1.6)],
    "quads": [("thigh", 0.16, 0.95, 1.0, 0.0, 4.2)],
    "hamstrings": [("thigh", 0.14, 0.95, -1.0, 0.0, 3.8)],
    "adductors": [("thigh", 0.04, 0.66, 0.0, -1.0, 3.2)],
    "it_band": [("thigh", 0.0, 0.98, 0.0, 1.0, 1.8)],
    "glutes": [("pelvis", -0.62, 0.5, -1.0, 0.0, 5.2)],
    "glute_med": [("pelvis", -0.35, 0.95, -0.35, 1.0, 5.0)],
    "hip_flexors": [("thigh", -0.16, 0.24, 1.0, 0.0, 3.4)],
    "abs": [("spine", -0.15, 1.15, 1.0, 0.0, 3.6)],
    "obliques": [("spine", -0.1, 1.1, 0.15, 1.0, 3.6)],
    "back": [("spine", -0.4, 1.2, -1.0, 0.0, 3.2)],
    "upper_back": [("chest", 0.0, 0.8, -1.0, 0.0, 3.4)],
    "shoulder_blades": [("chest", 0.4, 0.9, -1.0, 0.35, 3.4)],
}  # fmt: skip
LENGTHS: Final = {
    "thigh": body.THIGH, "shank": body.SHANK, "foot": body.BALL_FORWARD, "pelvis": body.PELVIS, "spine": body.SPINE,
    "chest": body.CHEST, "upper": body.UPPER_ARM, "fore": body.FOREARM, "hand": body.HAND, "head": 29.0,
    "toes": body.TOES,
}  # fmt: skip
_HALF: Final = {"thigh": 7.4, "shank": 5.6, "foot": 4.0}


def muscle(
    entry: tuple[str, float, float, float, float, float], lean: float, outer: float, facing: float, wide: float
) -> str:
    """One tinted muscle on its segment. `outer` is where the body's outside lies, `facing` how far it looks at us."""
    part, start, end, front, outside, thick = entry
    size = LENGTHS[part]
    half = _HALF.get(part, wide)
    where = max(-1.0, min(1.0, front * lean + outside * outer))
    y = where * max(0.0, half - thick * 0.72)
    if part == "foot":
        y = 3.9
    seen = "" if facing > -0.45 else ' opacity=".4"'
    return (
        f'<ellipse{seen} cx="{n((start + end) / 2 * size)}" cy="{n(y)}" rx="{n((end - start) / 2 * size)}" '
        f'ry="{n(thick)}"/>'
    )
