"""What every chart shares: its shape, its quiet look, and colours by the name of a design token.

Specifications are plain mappings rather than Altair calls because importing Altair takes longer than a page may;
the tests hand each of them to Altair, which checks it against Vega-Lite's schema.

A colour is written "$name" and stands for the design token --name; whoever draws puts the colour in (the browser from
the page's own stylesheet, so that light and dark need only one specification).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

Spec = dict[str, Any]

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
LONG_DAYS: Final = 190
TOKENS: Final = frozenset(
    {"ink", "ink-soft", "line", "surface", "accent", "chart-main", "chart-quiet", "chart-point", "chart-grid"}
)


@dataclass(frozen=True, slots=True)
class Table:
    """The same values as text, for screen readers and for copying."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its words: `title` states the finding, `spec` draws it, `table` tells it without eyes."""

    id: str
    title: str
    spec: Spec
    table: Table
    note: str | None = None


CONFIG: Final[Spec] = {
    "background": "transparent",
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "domain": False, "ticks": False, "gridColor": "$chart-grid", "labelColor": "$ink-soft", "labelFontSize": 12,
        "labelPadding": 6, "titleColor": "$ink-soft", "titleFontSize": 12, "titleFontWeight": "normal",
    },
    "axisX": {"grid": False, "labelFlush": True, "labelOverlap": True},
    "text": {"color": "$ink", "fontSize": 12},
}  # fmt: skip


def framed(layers: list[Spec], *, values: list[dict[str, Any]], height_px: int, description: str) -> Spec:
    """Layers over one table of values, as wide as the place they stand in, with what is written beside them."""
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": "container",
        "height": height_px,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "right": 10, "top": 4, "bottom": 6},
        "data": {"values": values},
        "layer": layers,
        "config": CONFIG,
    }


def written(mark: Spec, colour: Any, **more: Any) -> list[Spec]:
    """Two layers of one text: a rim of the ground's colour, then the ink, so that no line runs through the words.

    mark: of type text, without its colour. colour: of the ink. more: data, transform, encoding, the same for both.
    """
    rim = {"color": "$surface", "stroke": "$surface", "strokeWidth": 4, "strokeJoin": "round"}
    return [{"mark": {"type": "text"} | mark | ink, **more} for ink in (rim, {"color": colour})]


def local(on: date) -> str:
    """A day as drawing libraries read it in the reader's own time zone; a bare date would be midnight in Greenwich."""
    return f"{on.isoformat()}T00:00:00"


def day_axis(days: int) -> Spec:
    """A quiet axis of days: days by date, over more than half a year months by name and years where they turn."""
    months = "timeFormat(datum.value, month(datum.value) == 0 ? '%Y' : '%b')"
    label = months if days > LONG_DAYS else "timeFormat(datum.value, '%-d %b')"
    return {
        "title": None, "tickCount": "month" if days > LONG_DAYS else 5, "labelExpr": label,
        "labelOverlap": "greedy", "labelSeparation": 12,
    }  # fmt: skip


def value_axis(title: str) -> Spec:
    """Few lines, the unit said once above them instead of along a turned title."""
    return {"title": title, "tickCount": 4, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end",
            "titleX": 0, "titleY": -8}  # fmt: skip
