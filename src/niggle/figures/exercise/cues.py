"""Numbers at the joints that the cues speak of: they go with the body, and stand still where the picture does."""

from __future__ import annotations

import re
from itertools import pairwise
from math import hypot

from niggle.figures.exercise import draw
from niggle.figures.exercise.frames import Motion
from niggle.figures.exercise.page import Sheet, lay_out
from niggle.figures.exercise.still import still_poses
from niggle.figures.exercise.svg import Value, animate, n, pair

_WIDE = 130.0  # a picture of this width [cm] shows the numbers in their plain size
_RADIUS = 5.0
_SLACK = 4.0  # how far a number may stray from its joint [cm]: less than its radius


def numbered_svg(moving: Motion, *, mirror: bool = False) -> str:
    """The moving figure for a page that inlines it, with cue 1, 2, 3 of the movement at their joints.

    Raises nothing: a motion that was solved can be drawn."""
    plain = draw.moving_svg(moving, own_file=False, mirror=mirror)
    marks = _marks(lay_out(moving), mirror=mirror)
    # one set in the part that moves, one in the still: the page's style shows one of them
    return re.sub("</svg>$", lambda _: f"{marks}</svg>", plain)


def _marks(sheet: Sheet, *, mirror: bool) -> str:
    moving = sheet.motion
    size = max(1.0, sheet.width / _WIDE) if moving.movement.close is None else sheet.width / _WIDE
    main = still_poses(moving)[1]
    live, rest = "", ""
    taken: list[tuple[float, float]] = []
    for number, cue in enumerate(moving.movement.cues, 1):
        x, y = _spot(sheet, moving.solved[main].at[cue.at], mirror=mirror)
        if not (0 <= x - sheet.left <= sheet.width and 0 <= y - sheet.top <= sheet.height):
            continue  # outside of a close picture: the list below it still says the cue
        dx, dy = _aside(x, y, taken, 2.2 * _RADIUS * size)
        taken.append((x + dx, y + dy))
        badge = _badge(number, size)
        values: list[Value] = []
        for frame in moving.frames:
            a, b = _spot(sheet, frame.at[cue.at], mirror=mirror)
            values.append((a + dx, b + dy))
        moves = max(hypot(q[0] - p[0], q[1] - p[1]) for p, q in pairwise([values[0], *values]))
        track = animate("translate", moving.clock(), values, _SLACK * size / 2) if moves > 0 else ""
        live += f'<g transform="translate({pair(*values[0])})">{track}{badge}</g>'
        rest += f'<g transform="translate({pair(x + dx, y + dy)})">{badge}</g>'
    if not live:
        return ""
    return (
        f'<g class="xmove" aria-hidden="true">{live}</g><g class="xstill" display="none" aria-hidden="true">{rest}</g>'
    )


def _spot(sheet: Sheet, at: tuple[float, float, float], *, mirror: bool) -> tuple[float, float]:
    x, y = sheet.camera.flat(at)
    return (2 * sheet.left + sheet.width - x if mirror else x, y)


def _aside(x: float, y: float, taken: list[tuple[float, float]], room: float) -> tuple[float, float]:
    """A step aside where two cues speak of the same joint."""
    for dx, dy in ((0.0, 0.0), (room, 0.0), (-room, 0.0), (0.0, -room), (0.0, room)):
        if all(hypot(x + dx - a, y + dy - b) >= room * 0.9 for a, b in taken):
            return dx, dy
    return 0.0, 0.0


def _badge(number: int, size: float) -> str:
    r = _RADIUS * size
    return (
        f'<circle class="xbadge" fill="#fff" stroke="#20508a" stroke-width="{n(0.9 * size)}" r="{n(r)}"/>'
        f'<text class="xnumber" fill="#20508a" font-family="system-ui,sans-serif" font-weight="700" '
        f'font-size="{n(6.6 * size)}" text-anchor="middle" y="{n(2.4 * size)}">{number}</text>'
    )
