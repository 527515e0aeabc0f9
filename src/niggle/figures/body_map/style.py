"""Colours of the body map: light values stand in the attributes, so that the picture is right where no style applies; a
file of its own carries rules for dark, a page brings `page_css()`."""

from __future__ import annotations

from typing import Final

# class: (attribute, light, dark)
COLOURS: Final = {
    "bm-skin": ("fill", "#f6f1e9", "#33373d"),
    "bm-edge": ("stroke", "#6f675c", "#a9b0ba"),
    "bm-line": ("stroke", "#a89d8c", "#777e89"),
    "bm-site": ("fill", "#e6dccb", "#454a53"),
    "bm-rim": ("stroke", "#b9ad99", "#666d78"),
    "bm-pain": ("fill", "#c05a14", "#f2a56b"),
    "bm-above": ("fill", "#c05a14", "#f2a56b"),
    "bm-usual": ("fill", "#3d6ea8", "#86b3ea"),
    "bm-ink": ("fill", "#5c2705", "#2b1405"),
    "bm-text": ("fill", "#1d1c1a", "#eceae6"),
}


def paint(name: str, *more: str) -> str:
    """The attributes of a class (and of further ones), with the light value for where no style applies."""
    names = (name, *more)
    return f'class="{" ".join(names)}" ' + " ".join(f'{COLOURS[n][0]}="{COLOURS[n][1]}"' for n in names)


def own_css() -> str:
    """Of a picture that is a file of its own: what changes in the dark. Paper stays light."""
    rules = "".join(f".{name}{{{attribute}:{dark}}}" for name, (attribute, _, dark) in COLOURS.items())
    return f"@media screen and (prefers-color-scheme:dark){{{rules}}}"


def page_css() -> str:
    """For a page that holds pictures: both themes through light-dark(), and light on paper."""
    rules = [f".{name} {{ {a}: light-dark({light}, {dark}); }}" for name, (a, light, dark) in COLOURS.items()]
    return "\n".join([*rules, "@media print { .bm { color-scheme: light; } }", ""])
