"""All figures on one sheet with their names, to leaf through on a screen or on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import wrap

from niggle.figures.exercise.draw import thumbnail_svg
from niggle.figures.exercise.frames import Motion
from niggle.figures.exercise.svg import n, text

COLUMNS = 6
_CELL, _PICTURE, _GAP = 190.0, 150.0, 14.0
_LETTERS = 26  # of a line of a name


def contact_sheet(motions: Sequence[Motion], *, columns: int = COLUMNS) -> str:
    """One SVG: the still of each figure, its name and its id, in rows, in the order given. Light only: it is paper."""
    rows = -(-len(motions) // columns)
    line = _PICTURE + 56
    wide, high = columns * (_CELL + _GAP) + _GAP, rows * line + _GAP
    out = f'<rect width="{n(wide)}" height="{n(high)}" fill="#fff"/>'
    for i, moving in enumerate(motions):
        x = _GAP + i % columns * (_CELL + _GAP)
        y = _GAP + i // columns * line
        # a class serves dark and motion, which paper has not: without them the file is a tenth smaller
        picture = re.sub(r'<title>.*?</title>| class="[xy]\w+"', "", thumbnail_svg(moving, own_file=False))
        place = f'<svg x="{n(x)}" y="{n(y)}" width="{n(_CELL)}" height="{n(_PICTURE)}"'
        out += picture.replace('<svg xmlns="http://www.w3.org/2000/svg"', place, 1).replace(' role="img"', "", 1)
        out += _name(moving, x + _CELL / 2, y + _PICTURE + 15)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(wide)} {n(high)}" role="img">'
        f"<title>{len(motions)} exercise figures with their names</title>"
        f'<g font-family="system-ui,sans-serif" text-anchor="middle">{out}</g></svg>\n'
    )


def _name(moving: Motion, x: float, y: float) -> str:
    lines = wrap(moving.movement.title, _LETTERS)[:2]
    out = "".join(
        f'<text x="{n(x)}" y="{n(y + 14 * k)}" font-size="13" font-weight="600" fill="#1d1c1a">{text(part)}</text>'
        for k, part in enumerate(lines)
    )
    label = text(moving.movement.id)
    return out + f'<text x="{n(x)}" y="{n(y + 14 * len(lines))}" font-size="10" fill="#57534d">{label}</text>'
