"""Views as SVG. Every shape is written once, in `defs`; each place on each side is a use of it, with its name.

A place's element carries data-site; the group around it data-side ("middle" for places without sides).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Final

from niggle.core.body import SITES, Side
from niggle.core.drawing import Drawing, Line, Region, View
from niggle.figures.body_map.curves import across, closed, opened, path
from niggle.figures.body_map.marks import Mark
from niggle.figures.body_map.style import own_css, paint

SIDES: Final = (Side.LEFT, Side.RIGHT)
# A mark's second language besides its colour: nothing, dots, lines, lines crossed. (above this intensity, pattern)
_PATTERNS: Final = ((6.5, "cross"), (3.5, "line"), (0.0, "dot"))
_GAP: Final = 24.0
_CAPTION: Final = 30.0
_TALL: Final = 760.0


def name_of(site: str, side: Side) -> str:
    """Front of the knee, left; without the side for the middle."""
    lay = SITES[site].lay
    text = lay[:1].upper() + lay[1:]
    return text if side is Side.MIDDLE else f"{text}, {side.value}"


def sides_of(view: View) -> tuple[Side | None, ...]:
    """The pictures of a view: one of the whole body, or one of each limb."""
    return (None,) if view.mirrors else SIDES


def caption(view: View, side: Side | None) -> str:
    return view.title if side is None else f"{view.title}, {side.value}"


def _shape(lines: Iterable[Line], *, half: bool) -> str:
    return "".join(path(closed(across(line) if half else line)) for line in lines)


@lru_cache(maxsize=8)
def _shapes(view: View, at: str) -> str:
    half = view.mirrors
    outline = "".join(f'<path id="{at}o{i}" d="{_shape([o], half=half)}"/>' for i, o in enumerate(view.outline))
    parts = [f'<g id="{at}o">{outline}</g>']
    quiet = "".join(path(opened(line), close=False) for line in view.lines)
    parts.append(f'<path id="{at}l" d="{quiet}"/>')
    for i, region in enumerate(view.regions):
        d = _shape((*region.shapes, *region.holes), half=region.middle)
        rule = ' fill-rule="evenodd"' if region.holes else ""
        dashed = ' stroke-dasharray="4 3"' if region.deep else ""
        parts.append(f'<path id="{at}{i}" d="{d}"{rule}{dashed}/>')
    clip = "".join(f'<use href="#{at}o{i}"/>' for i in range(len(view.outline)))
    parts.append(f'<clipPath id="{at}c">{clip}</clipPath>')
    return "".join(parts)


def _prefix(drawing: Drawing, view: View, prefix: str) -> str:
    return f"{prefix}{'abcdefghijklmnopqrstuvwxyz'[drawing.views.index(view)]}"


def defs(drawing: Drawing, views: Sequence[View] | None = None, prefix: str = "b") -> str:
    """The shapes and patterns that the pictures of these views use; once a page, each page's maps with one prefix."""
    ink = paint("bm-ink")
    patterns = (
        f'<pattern id="{prefix}dot" width="7" height="7" patternUnits="userSpaceOnUse">'
        f'<circle cx="3.5" cy="3.5" r="1.2" {ink}/></pattern>'
        f'<pattern id="{prefix}line" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M0 0h1.5v6h-1.5z" {ink}/></pattern>'
        f'<pattern id="{prefix}cross" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M0 0h6v1.5h-4.5v4.5h-1.5z" {ink}/></pattern>'
    )
    shapes = "".join(_shapes(view, _prefix(drawing, view, prefix)) for view in views or drawing.views)
    return f"<defs>{patterns}{shapes}</defs>"


def picture(
    drawing: Drawing,
    view: View,
    side: Side | None,
    marks: Sequence[Mark] = (),
    *,
    prefix: str = "b",
    attributes: str = "",
    picker: bool = True,
) -> str:
    """One view as <svg>; `side` of a limb, None for the whole body. Needs `defs` with the same prefix in the document.

    picker: with the ids by which a script knows the places."""
    at = _prefix(drawing, view, prefix)
    turned = side is not None and side is not view.side
    flip = ' transform="scale(-1 1)"'
    body = _backdrop(at)
    quiet = f'<use href="#{at}l"/>'
    if view.mirrors:
        middle = [r for r in view.regions if r.middle]
        other = Side.RIGHT if view.side is Side.LEFT else Side.LEFT
        paired = [r for r in view.regions if not r.middle]
        body += f'<g clip-path="url(#{at}c)" {paint("bm-site", "bm-rim")}>'
        body += _places(view, middle, Side.MIDDLE, marks, at, prefix, picker=picker)
        body += _places(view, paired, view.side, marks, at, prefix, picker=picker)
        body += f"<g{flip}>{_places(view, paired, other, marks, at, prefix, picker=picker)}</g></g>"
        quiet += f'<use href="#{at}l"{flip}/>'
    else:
        assert side is not None
        places = _places(view, view.regions, side, marks, at, prefix, picker=picker)
        body += f'<g clip-path="url(#{at}c)" {paint("bm-site", "bm-rim")}>{places}</g>'
    body += (
        f'<g fill="none" stroke-width="1.3" stroke-linecap="round" pointer-events="none" {paint("bm-line")}>{quiet}</g>'
    )
    x, y, width, height = view.box
    if turned:  # about the middle of its own box
        body = f'<g transform="matrix(-1 0 0 1 {2 * x + width:g} 0)">{body}</g>'
    known = f' data-view="{view.id}" role="group" aria-label="{escape(caption(view, side))}"' if picker else ""
    return f'<svg class="bm" viewBox="{x:g} {y:g} {width:g} {height:g}"{known}{attributes}>{body}</svg>'


def _backdrop(at: str) -> str:
    """The contour (the outer half of a stroke) and the skin."""
    return (
        f'<use href="#{at}o" fill="none" stroke-width="4" stroke-linejoin="round" {paint("bm-edge")}/>'
        f'<use href="#{at}o" {paint("bm-skin")}/>'
    )


def _places(
    view: View, regions: Sequence[Region], side: Side, marks: Sequence[Mark], at: str, prefix: str, *, picker: bool
) -> str:
    """One side's places. A marked one says its side; the others leave that to the picture and to the script."""
    if not regions:
        return ""
    shown: dict[str, Mark] = {}
    for mark in marks:
        if mark.lies_on(side) and (mark.site not in shown or mark.intensity > shown[mark.site].intensity):
            shown[mark.site] = mark
    places, patterns = [], []
    for region in regions:
        number = view.regions.index(region)
        mark_ = shown.get(region.site)
        name = name_of(region.site, Side.MIDDLE)
        look, site = "", f' data-site="{region.site}"' if picker else ""
        if mark_ is not None:
            name = f"{name_of(region.site, side)}: {mark_.note or f'{mark_.intensity:g} of 10'}"
            if mark_.intensity > 0:
                look = f' {paint(mark_.kind.value)} fill-opacity="{0.25 + 0.06 * mark_.intensity:.2g}"'
                pattern = next(p for above, p in _PATTERNS if mark_.intensity > above)
                if mark_.kind.name != "USUAL":
                    patterns.append(f'<use href="#{at}{number}" fill="url(#{prefix}{pattern})" pointer-events="none"/>')
        places.append(f'<use href="#{at}{number}"{site}{look}><title>{escape(name)}</title></use>')
    return f'<g data-side="{side.value}">{"".join(places)}{"".join(patterns)}</g>'


def pictures(
    drawing: Drawing, marks: Sequence[Mark], *, always: Sequence[str] = ("front", "back")
) -> tuple[tuple[View, Side | None], ...]:
    """Which pictures a set of marks needs: those of `always`, and the limbs for what shows nowhere else."""
    chosen: list[tuple[View, Side | None]] = [(v, s) for v in drawing.views if v.id in always for s in sides_of(v)]
    seen = {r.site for v, _ in chosen for r in v.regions}
    left = [m for m in marks if m.site not in seen]
    for view in drawing.views:
        sites = {r.site for r in view.regions}
        for side in SIDES:
            found = [m for m in left if m.site in sites and m.lies_on(side)]
            if found and not view.mirrors:
                chosen.append((view, side))
        left = [m for m in left if m.site not in sites]
    return tuple(chosen)


def sheet(
    drawing: Drawing,
    marks: Sequence[Mark] = (),
    *,
    show: Sequence[tuple[View, Side | None]] | None = None,
    title: str = "Body map",
    prefix: str = "b",
) -> str:
    """A file of its own: every view (or those of `show`) side by side, the limbs of a view beneath one another."""
    chosen = tuple(show) if show is not None else tuple((v, s) for v in drawing.views for s in sides_of(v))
    views = [v for v in drawing.views if any(v is w for w, _ in chosen)]
    parts, left = [], _GAP
    for view in views:
        _, _, width, height = view.box
        many = [s for v, s in chosen if v is view]
        slot = (_TALL - (_CAPTION * len(many))) / (1 if view.mirrors else len(SIDES))
        scale = min(slot / height, 1.0) if not view.mirrors else slot / height
        wide, tall = width * scale, height * scale
        for i, side in enumerate(many):
            top = i * (slot + _CAPTION)
            parts.append(
                f'<text x="{left + wide / 2:.0f}" y="{top + 21:.0f}" font-family="sans-serif" font-size="15" '
                f'text-anchor="middle" {paint("bm-text")}>{escape(caption(view, side))}</text>'
            )
            where = f' x="{left:.0f}" y="{top + _CAPTION:.0f}" width="{wide:.0f}" height="{tall:.0f}"'
            parts.append(picture(drawing, view, side, marks, prefix=prefix, attributes=where, picker=False))
        left += wide + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left:.0f} {_TALL + 12:.0f}" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title><style>{own_css()}</style>'
        f"{defs(drawing, views, prefix)}{''.join(parts)}</svg>"
    )
