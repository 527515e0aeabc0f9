"""The drawing itself: every place is there, none overlaps another, and both sides mirror each other exactly."""

from __future__ import annotations

from itertools import combinations

import pytest

from niggle.core.body import SITES, Side
from niggle.core.drawing import Region, View
from niggle.figures.body_map.curves import Point, across, closed, flat
from niggle.knowledge.drawings import body_map

DRAWING = body_map()
VIEWS = DRAWING.views
STEP = 1.5  # of the grid that looks for common points, in units of the view
Shape = list[Point]


def shapes(region: Region, *, mirrored: bool = False) -> list[Shape]:
    """Flattened contours; an odd number of them around a point means that it is inside."""
    sign = -1.0 if mirrored else 1.0
    lines = (*region.shapes, *region.holes)
    return [[(sign * x, y) for x, y in flat(closed(across(line) if region.middle else line), 10)] for line in lines]


def crossings(shape: Shape, x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in zip(shape, [*shape[1:], shape[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def inside(all_shapes: list[Shape], x: float, y: float) -> bool:
    return sum(crossings(shape, x, y) for shape in all_shapes) % 2 == 1


def box(all_shapes: list[Shape]) -> tuple[float, float, float, float]:
    xs = [x for shape in all_shapes for x, _ in shape]
    ys = [y for shape in all_shapes for _, y in shape]
    return min(xs), min(ys), max(xs), max(ys)


def common_points(a: list[Shape], b: list[Shape]) -> list[Point]:
    """Points of a grid, and of either's contour, that lie in both."""
    ax1, ay1, ax2, ay2 = box(a)
    bx1, by1, bx2, by2 = box(b)
    left, top, right, bottom = max(ax1, bx1), max(ay1, by1), min(ax2, bx2), min(ay2, by2)
    if left >= right or top >= bottom:
        return []
    grid = [
        (left + STEP * (i + 0.5), top + STEP * (j + 0.5))
        for i in range(int((right - left) / STEP) + 1)
        for j in range(int((bottom - top) / STEP) + 1)
    ]
    found = [(x, y) for x, y in grid if inside(a, x, y) and inside(b, x, y)]
    found += [(x, y) for shape in a for x, y in shape if inside(b, x, y)]
    return found + [(x, y) for shape in b for x, y in shape if inside(a, x, y)]


def drawn(view: View) -> dict[str, list[Shape]]:
    """Every region of a picture of the view by name, with both halves of one that mirrors."""
    out = {r.site: shapes(r) for r in view.regions}
    if view.mirrors:
        out |= {f"{r.site} mirrored": shapes(r, mirrored=True) for r in view.regions if not r.middle}
    return out


@pytest.mark.parametrize("view", VIEWS, ids=lambda v: v.id)
def test_regions_of_a_view_do_not_overlap(view: View) -> None:
    overlaps = {
        (one, other): points[0]
        for (one, a), (other, b) in combinations(drawn(view).items(), 2)
        if (points := common_points(a, b))
    }
    assert overlaps == {}


def test_the_overlap_test_sees_an_overlap_and_a_gap() -> None:
    square = [[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]]
    assert common_points(square, [[(8.0, 4.0), (12.0, 4.0), (12.0, 6.0), (8.0, 6.0)]])
    assert not common_points(square, [[(10.5, 4.0), (12.0, 4.0), (12.0, 6.0), (10.5, 6.0)]])


def test_every_site_has_a_region() -> None:
    assert {r.site for v in VIEWS for r in v.regions} == set(SITES)


@pytest.mark.parametrize("view", VIEWS, ids=lambda v: v.id)
def test_regions_lie_on_the_body(view: View) -> None:
    outline = [flat(closed(across(o) if view.mirrors else o), 10) for o in view.outline]
    for region in view.regions:
        for shape in shapes(region):
            left, top, right, bottom = box([shape])
            points = [
                (left + (right - left) * i / 20, top + (bottom - top) * j / 20) for i in range(21) for j in range(21)
            ]
            held = [any(crossings(o, x, y) for o in outline) for x, y in points if crossings(shape, x, y)]
            assert sum(held) > 0.5 * len(held), region.site


def test_paired_sites_have_both_sides_and_others_one() -> None:
    for view in VIEWS:
        if view.mirrors:
            assert all(r.middle is not SITES[r.site].paired for r in view.regions)
        else:
            assert view.side in (Side.LEFT, Side.RIGHT)
            assert all(SITES[r.site].paired for r in view.regions)


def test_tissues_stand_for_sites_that_are_drawn() -> None:
    drawn_sites = {r.site for v in VIEWS for r in v.regions}
    named = [s for sites in DRAWING.tissues.values() for s in sites]
    assert set(named) <= drawn_sites
    assert len(named) == len(set(named))
