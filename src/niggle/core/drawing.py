"""What the body map is drawn from: views, and in each the shapes of its sites, as knots of smooth lines. Values only.

Lengths are in the units of the view's own box, x to the right, y down. In a view that `mirrors`, x = 0 is the body's
middle and only the half at x > 0 is written; the other half follows. Elsewhere one limb is drawn, of the side named,
and the other side's picture is its mirror image.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from niggle.core.body import LoadTissue, Side


@dataclass(frozen=True, slots=True)
class Knot:
    """A point that a line runs through: smoothly, or with a corner."""

    x: float
    y: float
    corner: bool = False


Line = tuple[Knot, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """Where a site lies in a view: one or more closed shapes. A `middle` region of a mirroring view gives the half line
    from the axis back to the axis. `deep`: the place lies under what is drawn. `holes` are cut out of it."""

    site: str
    shapes: tuple[Line, ...]
    holes: tuple[Line, ...] = ()
    middle: bool = False
    deep: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """One picture. `box` is x, y, width, height; `side` the side of the body that stands written."""

    id: str
    title: str
    box: tuple[float, float, float, float]
    side: Side
    mirrors: bool
    outline: tuple[Line, ...]  # closed; half lines from axis to axis where the view mirrors
    lines: tuple[Line, ...]  # quiet lines that make the body readable
    regions: tuple[Region, ...]  # in the order of the keyboard


@dataclass(frozen=True, slots=True)
class Drawing:
    """All views in their order, and the sites that stand for each tissue whose load is kept."""

    views: tuple[View, ...]
    tissues: Mapping[LoadTissue, tuple[str, ...]]
