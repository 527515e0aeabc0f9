"""Colours of the figures. Light values stand in the attributes, so that the picture is right where no style applies; a
file of its own carries a style sheet for dark, print and reduced motion; a page that inlines it brings `page_css()`."""

from __future__ import annotations

from typing import Final

# class: (light, dark)
COLOURS: Final = {
    "skin": ("#efe8dd", "#c9c3b8"),
    "far": ("#d3cbbd", "#8f8a80"),
    "work": ("#a9c8ee", "#8fb8ea"),
    "workfar": ("#8fb2de", "#6f97c8"),
    "shirt": ("#8794a3", "#76869a"),
    "shorts": ("#56616e", "#4f5c6b"),
    "hair": ("#5a534b", "#3d3832"),
    "line": ("#2b3138", "#0f1114"),
    "muscle": ("#20508a", "#1a4e92"),
    "prop": ("#e2dccf", "#3b4048"),
    "top": ("#f1ede4", "#4b515a"),
    "edge": ("#8a8378", "#8b919b"),
    "floor": ("#8a8378", "#7d848f"),
    "band": ("#9c4a12", "#f2a56b"),
    "iron": ("#3a3f45", "#a4abb5"),
    "ghost": ("#c3ccd8", "#4a5667"),
    "arrow": ("#20508a", "#9cc4f5"),
    "ink": ("#57534d", "#b3b1ac"),
    "water": ("#cfe0f3", "#27415f"),
}


def fill(name: str) -> str:
    """Class and light value of a filled shape."""
    return f'class="x{name}" fill="{COLOURS[name][0]}"'


def stroke(name: str, width: float) -> str:
    return f'class="y{name}" fill="none" stroke="{COLOURS[name][0]}" stroke-width="{width:g}"'


def _dark(names: set[str]) -> str:
    out = []
    for name in COLOURS:
        if f"x{name}" in names:
            out.append(f".x{name}{{fill:{COLOURS[name][1]}}}")
        if f"y{name}" in names:
            out.append(f".y{name}{{stroke:{COLOURS[name][1]}}}")
    return "".join(out)


MOTION_CSS: Final = "@media print,(prefers-reduced-motion:reduce){.xmove{display:none}.xstill{display:inline}}"


def sheet(names: set[str], *, moving: bool) -> str:
    """The style sheet of a figure that is a file of its own; only the classes it uses."""
    motion = MOTION_CSS if moving else ""
    return f"<style>{motion}@media (prefers-color-scheme:dark){{{_dark(names)}}}</style>"


def page_css() -> str:
    """Rules for a page that inlines figures: both themes through light-dark(), reduced motion and print."""
    rules = [
        f".x{name}{{fill:light-dark({light},{dark})}}.y{name}{{stroke:light-dark({light},{dark})}}"
        for name, (light, dark) in COLOURS.items()
    ]
    return "\n".join([*rules, MOTION_CSS, ""])
