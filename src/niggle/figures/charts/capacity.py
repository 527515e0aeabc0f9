"""Results of a capacity test over time: both sides as lines, the target as a quiet rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from niggle.figures.charts.spec import Chart, Spec, Table, day_axis, framed, local, value_axis

_COLOURS: Final = {"left": "$chart-main", "right": "$chart-point", "result": "$chart-main"}
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
    """Results oldest first. Each side is named at its newest point; void results are hollow."""
    values: list[dict[str, Any]] = []
    newest = {name: i for i, r in enumerate(results) for name, _ in r.named}
    ends = sorted((value, name) for name, i in newest.items() for n, value in results[i].named if n == name)
    lower = ends[0][1] if len(ends) > 1 else ""
    for i, result in enumerate(results):
        for name, value in result.named:
            last = newest[name] == i
            values.append({
                "day": local(result.on), "value": round(value, 2), "side": name, "void": result.void,
                "says": f"{value:g}" if last and name == "result" else f"{name} {value:g}" if last else "",
                "low": name == lower,
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
            {"data": {"values": [{"says": f"target {target:g}"}]},
             "mark": {"type": "text", "align": "left", "baseline": "bottom", "dy": -3, "color": "$ink-soft",
                      "x": 2},
             "encoding": {"y": {"datum": target, "type": "quantitative"}, "text": {"field": "says"}}},
        ]  # fmt: skip
    layers += [
        {"transform": [{"filter": "!datum.void"}],
         "mark": {"type": "line", "strokeWidth": 2}, "encoding": {"x": x, "y": y, "color": colour}},
        {"transform": [{"filter": "!datum.void"}],
         "mark": {"type": "point", "filled": True, "size": 55, "opacity": 1},
         "encoding": {"x": x, "y": y, "color": colour, "shape": shape}},
        *([hollow] if any(r.void for r in results) else []),
        {"transform": [{"filter": "datum.says != ''"}],
         "mark": {"type": "text", "align": "right", "dy": {"expr": "datum.low ? 14 : -12"}, "fontWeight": "bold"},
         "encoding": {"x": x, "y": y, "text": {"field": "says"}, "color": colour}},
    ]  # fmt: skip
    rows = tuple(
        (_day(r.on), *(f"{v:g}" if v is not None else "–" for v in _columns(r, names)),
         "too painful to count" if r.void else "")
        for r in results
    )  # fmt: skip
    head = ("Day", *(f"{n.capitalize()} ({unit})" if unit else n.capitalize() for n in _heads(names)), "Remark")
    note = "Hollow marks: it hurt too much for the result to count." if any(r.void for r in results) else None
    spec = framed(layers, values=values, height_px=200, description=title)
    return Chart(chart_id, title, spec, Table(head, rows), note)


def _heads(names: Sequence[str]) -> tuple[str, ...]:
    return ("left", "right") if set(names) & {"left", "right"} else ("result",)


def _columns(result: Result, names: Sequence[str]) -> tuple[float | None, ...]:
    return (result.left, result.right) if set(names) & {"left", "right"} else (result.value,)


def _day(on: date) -> str:
    return on.isoformat()
