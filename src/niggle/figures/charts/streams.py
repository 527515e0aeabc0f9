"""A session's streams: one small line a stream, over distance or time, thinned to what a screen can show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.figures.charts.spec import Chart, Spec, Table, framed, value_axis

POINTS: Final = 240  # as many as a phone has room for; more would only weigh


def thin(values: NDArray[np.float64], points: int = POINTS) -> NDArray[np.float64]:
    """Means over `points` equal parts (shape (points,) or the input where it is shorter); NaN where a part is empty."""
    if len(values) <= points:
        return values
    edges = np.linspace(0, len(values), points + 1).astype(np.intp)[:-1]
    known = np.isfinite(values)
    sums = np.add.reduceat(np.where(known, values, 0.0), edges)
    counts = np.add.reduceat(known.astype(np.float64), edges)
    means: NDArray[np.float64] = np.divide(sums, counts, out=np.full(points, np.nan), where=counts > 0)
    return means


def session_stream(
    chart_id: str,
    title: str,
    along: Sequence[float],
    values: Sequence[float | None],
    *,
    along_unit: str,
    unit: str,
    reverse: bool = False,
    as_clock: bool = False,
) -> Chart:
    """One stream. `along` is distance or minutes; gaps are None. `reverse` puts small values on top (pace in s).

    `as_clock`: values are seconds, shown as m:ss.
    """
    data = [
        {"along": round(a, 3), "value": None if v is None else round(v, 2)}
        for a, v in zip(along, values, strict=True)
    ]  # fmt: skip
    axis = value_axis(unit)
    axis["tickCount"] = 3
    if as_clock:
        axis["labelExpr"] = "floor(datum.value / 60) + ':' + format(datum.value % 60, '02d')"
    layers: list[Spec] = [
        {
            "mark": {"type": "line", "color": "$chart-main", "strokeWidth": 1.6, "invalid": "break-paths-show-domains"},
            "encoding": {
                "x": {"field": "along", "type": "quantitative", "title": along_unit,
                      "axis": {"tickCount": 5, "grid": False}, "scale": {"nice": False}},
                "y": {"field": "value", "type": "quantitative", "axis": axis,
                      "scale": {"zero": False, "reverse": reverse, "nice": 3}},
            },
        }
    ]  # fmt: skip
    step = max(1, len(data) // 12)
    rows = tuple(
        (f"{d['along']:.1f}", "–" if d["value"] is None else _text(d["value"], as_clock)) for d in data[::step]
    )
    return Chart(chart_id, title, framed(layers, values=data, height_px=110, description=title),
                 Table((along_unit.capitalize(), unit), rows))  # fmt: skip


def _text(value: float, as_clock: bool) -> str:
    if as_clock:
        whole = round(value)
        return f"{whole // 60}:{whole % 60:02d}"
    return f"{value:.0f}"
