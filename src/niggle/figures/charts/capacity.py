"""Results of a capacity test over time: both sides as lines, the target as a quiet rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from niggle.figures.charts.spec import Chart, Spec, Table, day_axis, framed, local, value_axis, written

_COLOURS: Final = {"left": "$chart-main", "right": "$chart-point", "result": "$chart-main"}
_HEIGHT_PX: Final = 200
_NAME_PX: Final = 15  # a line of text
_TARGET_SHARE: Final = 0.35  # of the picture's width on a phone that the target's name takes
_LOOKS: Final = 8
_SHAPES: Final = {"left": "circle", "right": "square", "result": "circle"}


@dataclass(frozen=True, slots=True)
class Result:
    """One day's result in the test's unit. void: it hurt too much to count."""

    on: date
    left: float | None = None
    right: float | None = None
    value: float | None = None
    void: bool = False

    @property
    def named(self) -> tuple[tuple[str, float], ...]:
        pairs = (("left", self.left), ("right", self.right), ("result", self.value))
        return tuple((name, value) for name, value in pairs if value is not None)


def results_over_time(
    title: str, results: Sequence[Result], target: float | None, unit: str, *, chart_id: str = "results"
) -> Chart:
    """Results oldest first. Each side is named beside its newest point; void results are hollow."""
    values: list[dict[str, Any]] = []
    newest = {name: i for i, r in enumerate(results) for name, _ in r.named}
    top = max([v for r in results for _, v in r.named] + ([] if target is None else [target]), default=1.0) or 1.0
    apart = _apart({name: dict(results[i].named)[name] for name, i in newest.items()}, top)
    for i, result in enumerate(results):
        for name, value in result.named:
            last = newest[name] == i
            values.append({
                "day": local(result.on), "value": round(value, 2), "side": name, "void": result.void,
                "says": f"{value:g}" if last and name == "result" else f"{name} {value:g}" if last else "",
                "down": apart.get(name, 0.0),
            })  # fmt: skip
    days = (results[-1].on - results[0].on).days if results else 0
    x: Spec = {"field": "day", "type": "temporal", "axis": day_axis(days), "title": None}
    if days == 0:
        x["axis"] = day_axis(days) | {"tickCount": 1}
    y: Spec = {"field": "value", "type": "quantitative", "axis": value_axis(unit), "scale": {"zero": True, "nice": 4}}
    names = sorted({str(v["side"]) for v in values})
    colour: Spec = {
        "field": "side", "type": "nominal", "legend": None,
        "scale": {"domain": names, "range": [_COLOURS[n] for n in names]},
    }  # fmt: skip
    shape: Spec = {
        "field": "side", "type": "nominal", "legend": None,
        "scale": {"domain": names, "range": [_SHAPES[n] for n in names]},
    }  # fmt: skip
    hollow: Spec = {
        "transform": [{"filter": "datum.void"}],
        "mark": {"type": "point", "filled": False, "size": 55},
        "encoding": {"x": x, "y": y, "color": colour, "shape": shape},
    }
    layers: list[Spec] = []
    if target is not None:
        layers += [
            {"mark": {"type": "rule", "strokeDash": [4, 4], "color": "$ink-soft"},
             "encoding": {"y": {"datum": target, "type": "quantitative"}}},
        ]  # fmt: skip
    layers += [
        {"transform": [{"filter": "!datum.void"}],
         "mark": {"type": "line", "strokeWidth": 2}, "encoding": {"x": x, "y": y, "color": colour}},
        {"transform": [{"filter": "!datum.void"}],
         "mark": {"type": "point", "filled": True, "size": 55, "opacity": 1},
         "encoding": {"x": x, "y": y, "color": colour, "shape": shape}},
        *([hollow] if any(r.void for r in results) else []),
        {"transform": [{"filter": "datum.says != ''"}],
         "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 9, "dy": {"expr": "datum.down"},
                  "fontWeight": "bold"},
         "encoding": {"x": x, "y": y, "text": {"field": "says"}, "color": colour}},
    ]  # fmt: skip
    if target is not None:
        over = _is_freer_above(results, target, top)
        place = {"baseline": "bottom", "dy": -4} if over else {"baseline": "top", "dy": 4}
        layers += written(
            {"align": "left", "x": 2} | place, "$ink-soft", data={"values": [{"says": f"target {target:g}"}]},
            encoding={"y": {"datum": target, "type": "quantitative"}, "text": {"field": "says"}},
        )  # fmt: skip
    rows = tuple(
        (_day(r.on), *(f"{v:g}" if v is not None else "–" for v in _columns(r, names)),
         "too painful to count" if r.void else "")
        for r in results
    )  # fmt: skip
    head = ("Day", *(f"{n.capitalize()} ({unit})" if unit else n.capitalize() for n in _heads(names)), "Remark")
    note = "Hollow marks: it hurt too much for the result to count." if any(r.void for r in results) else None
    spec = framed(layers, values=values, height_px=_HEIGHT_PX, description=title)
    return Chart(chart_id, title, spec, Table(head, rows), note)


def _apart(ends: Mapping[str, float], top: float) -> dict[str, float]:
    """How far each name moves down (px) so that two names at nearly the same height can both be read."""
    if len(ends) < 2:
        return {}
    (low, below), (high, above) = sorted((value, name) for name, value in ends.items())
    move = (_NAME_PX - (high - low) * _HEIGHT_PX / top) / 2
    return {} if move <= 0 else {below: round(move, 1), above: -round(move, 1)}


def _is_freer_above(results: Sequence[Result], target: float, top: float) -> bool:
    """Whether the name of the target, at the left edge, meets less of the lines over its rule than under it."""
    high = _NAME_PX * top / _HEIGHT_PX
    over = under = 0
    for name in ("left", "right", "result"):
        points = [(r.on, dict(r.named)[name]) for r in results if name in dict(r.named) and not r.void]
        for value in _along(points, results):
            over += target - high / 4 <= value <= target + high
            under += target - high <= value <= target + high / 4
    return over <= under


def _along(points: Sequence[tuple[date, float]], results: Sequence[Result]) -> list[float]:
    """The values of a line under the name of the target, read at some places."""
    if not points:
        return []
    first, days = results[0].on, (results[-1].on - results[0].on).days
    places = [first.toordinal() + days * _TARGET_SHARE * n / _LOOKS for n in range(_LOOKS + 1)]
    found = np.interp(places, [on.toordinal() for on, _ in points], [value for _, value in points])
    return [float(v) for v in found]


def _heads(names: Sequence[str]) -> tuple[str, ...]:
    return ("left", "right") if set(names) & {"left", "right"} else ("result",)


def _columns(result: Result, names: Sequence[str]) -> tuple[float | None, ...]:
    return (result.left, result.right) if set(names) & {"left", "right"} else (result.value,)


def _day(on: date) -> str:
    return on.isoformat()
