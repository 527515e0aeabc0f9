"""Load over time: weeks with their cutbacks, runs with their spikes, one tissue's load against what it is used to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from niggle.figures.charts.spec import Chart, Spec, Table, day_axis, framed, local, value_axis, written


@dataclass(frozen=True, slots=True)
class WeekBar:
    """One week's running in the reader's unit. `partial`: the week is not over."""

    first: date
    distance: float
    cutback: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day's running in the reader's unit; `spike` names what jumped, None where nothing did."""

    on: date
    distance: float
    spike: str | None = None


def weekly_volume(title: str, weeks: Sequence[WeekBar], unit: str, *, chart_id: str = "weekly-volume") -> Chart:
    """Bars a week; cutback weeks are pale, the running week is dark, and a note says so."""
    last = len(weeks) - 1
    top = max((i for i in range(len(weeks))), key=lambda i: weeks[i].distance, default=-1)
    values = []
    for i, week in enumerate(weeks):
        kind = "so far" if week.partial else "cutback" if week.cutback else "week"
        partial = i == last and week.partial
        says = f"{week.distance:.0f}" if partial or (i == top and week.distance and not _beside(weeks, top)) else ""
        values.append({"week": local(week.first), "distance": round(week.distance, 2), "kind": kind,
                       "says": says})  # fmt: skip
    x: Spec = {"field": "week", "type": "ordinal", "title": None, "scale": {"paddingInner": 0.25},
               "axis": {"labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 14,
                        "labelExpr": "timeFormat(toDate(datum.value), '%-d %b')"}}  # fmt: skip
    y: Spec = {"field": "distance", "type": "quantitative", "axis": value_axis(unit), "scale": {"nice": 4}}
    colour: Spec = {
        "field": "kind", "type": "nominal", "legend": None,
        "scale": {"domain": ["week", "cutback", "so far"], "range": ["$chart-main", "$chart-quiet", "$accent"]},
    }  # fmt: skip
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "cornerRadiusTopLeft": 2, "cornerRadiusTopRight": 2},
            "encoding": {"x": x, "y": y, "color": colour},
        },
    ]
    if any(week.cutback for week in weeks):
        layers.append(
            {
                "transform": [{"filter": "datum.kind == 'cutback'"}],
                "mark": {"type": "point", "shape": "triangle-down", "size": 30, "filled": True, "dy": -8,
                         "color": "$ink-soft", "yOffset": -8},
                "encoding": {"x": x, "y": y},
            }
        )  # fmt: skip
    layers += written(
        {"dy": -8, "fontWeight": "bold", "align": "center"}, "$ink", transform=[{"filter": "datum.says != ''"}],
        encoding={"x": x, "y": y, "text": {"field": "says"}},
    )  # fmt: skip
    words = {"week": "", "cutback": "cutback week", "so far": "not over yet"}
    rows = tuple(
        (_day(week.first), f"{week.distance:.1f}", words[str(value["kind"])])
        for week, value in zip(weeks, values, strict=True)
    )
    notes = [
        *(["Pale bars under a small triangle are cutback weeks."] if any(w.cutback for w in weeks) else []),
        *(["The last, darker bar is this week so far."] if weeks and weeks[-1].partial else []),
    ]
    note = " ".join(notes) or None
    return Chart(
        chart_id, title, framed(layers, values=values, height_px=200, description=title),
        Table(("Week from", f"Distance ({unit})", "Remark"), rows), note,
    )  # fmt: skip


_NUMBER_PX, _PHONE_PX, _LINE_SHARE = 26, 260, 0.1


def _beside(weeks: Sequence[WeekBar], top: int) -> bool:
    """Whether the highest week's number would stand in that of the running week, on a phone."""
    last = weeks[-1]
    near = (len(weeks) - 1 - top) * _PHONE_PX < _NUMBER_PX * len(weeks)
    return last.partial and near and weeks[top].distance - last.distance < _LINE_SHARE * weeks[top].distance


def runs_over_time(title: str, marks: Sequence[DayMark], unit: str, *, chart_id: str = "spikes") -> Chart:
    """A stick a running day; days with a spike stand out and carry the spike's name."""
    heights = _heights(marks)
    top = max((m.distance for m in marks), default=1.0) or 1.0
    values = [
        {"day": local(m.on), "distance": round(m.distance, 2), "spike": m.spike or "",
         "name": (m.spike or "") if m.on in heights else "", "late": _is_late(i, marks),
         "height": round(top * (1.04 + 0.12 * heights.get(m.on, 0)), 2)}
        for i, m in enumerate(marks)
    ]  # fmt: skip
    x: Spec = {"field": "day", "type": "temporal", "axis": day_axis(_span([m.on for m in marks])), "title": None}
    y: Spec = {"field": "distance", "type": "quantitative", "axis": value_axis(unit),
               "scale": {"domain": [0, round(top * 1.45, 1)], "nice": False}}  # fmt: skip
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "width": 3, "cornerRadius": 1},
            "encoding": {
                "x": x, "y": y,
                "color": {"condition": {"test": "datum.spike != ''", "value": "$chart-point"}, "value": "$chart-quiet"},
            },
        },
        {
            "transform": [{"filter": "datum.spike != ''"}],
            "mark": {"type": "point", "filled": True, "size": 55, "color": "$chart-point"},
            "encoding": {"x": x, "y": y},
        },
        {
            "transform": [{"filter": "datum.name != ''"}],
            "mark": {"type": "rule", "color": "$chart-point", "opacity": 0.45},
            "encoding": {"x": x, "y": y, "y2": {"field": "height"}},
        },
        *written(
            {"align": {"expr": "datum.late ? 'right' : 'left'"}, "baseline": "bottom",
             "dx": {"expr": "datum.late ? 3 : -3"}, "fontWeight": "bold"},
            "$chart-point", transform=[{"filter": "datum.name != ''"}],
            encoding={"x": x, "y": {"field": "height", "type": "quantitative"}, "text": {"field": "name"}},
        ),
    ]  # fmt: skip
    rows = tuple((_day(m.on), f"{m.distance:.1f}", m.spike or "") for m in marks)
    return Chart(chart_id, title, framed(layers, values=values, height_px=200, description=title),
                 Table(("Day", f"Distance ({unit})", "Spike"), rows))  # fmt: skip


_NAMED = 3  # spikes that are named in the picture, the newest
_LATE = 0.6  # of the picture: names of later spikes end at their day, those of earlier ones begin there


def _is_late(place: int, marks: Sequence[DayMark]) -> bool:
    return place > _LATE * len(marks)


def _heights(marks: Sequence[DayMark]) -> dict[date, int]:
    """Day -> how high the name of its spike stands, 1 the lowest; each at a height of its own.

    A name that ends at its day reaches back over older days, so the newest stands highest there; names that begin at
    their day stand above those, the oldest highest: no name lies across the stem of another.
    """
    spiked = [(i, m.on) for i, m in enumerate(marks) if m.spike][-_NAMED:]
    late = [on for i, on in spiked if _is_late(i, marks)]
    early = [on for i, on in spiked if not _is_late(i, marks)]
    return {on: height for height, on in enumerate(dict.fromkeys((*late, *reversed(early))), 1)}


def tissue_balance(
    title: str,
    days: Sequence[date],
    load: Sequence[float],
    used_to: Sequence[float],
    *,
    unit: str = "easy km",
    chart_id: str = "tissue",
) -> Chart:
    """One tissue: a quiet field for what it is used to, a line for what it carries. Equal lengths, oldest first."""
    rows_in = list(zip(days, load, used_to, strict=True))
    last = len(rows_in) - 1
    values = [
        {"day": local(d), "load": round(a, 2), "used": round(b, 2), "end": i == last}
        for i, (d, a, b) in enumerate(rows_in)
    ]  # fmt: skip
    x: Spec = {"field": "day", "type": "temporal", "axis": day_axis(_span(days)), "title": None}

    def y(name: str) -> Spec:
        return {"field": name, "type": "quantitative", "axis": value_axis(unit)}

    ends = (used_to[-1], load[-1]) if rows_in else (0.0, 0.0)
    # two labels at the same height would hide each other: the higher line's goes above, the lower's below
    up, down = ("bottom", -9), ("top", 9)
    used_at, load_at = (up, down) if ends[0] > ends[1] else (down, up)

    def label(name: str, text: str, colour: str, place: tuple[str, int]) -> list[Spec]:
        """The name at the line's end."""
        mark: Spec = {"align": "right", "baseline": place[0], "dy": place[1], "fontWeight": "bold", "text": text}
        return written(mark, colour, transform=[{"filter": "datum.end"}], encoding={"x": x, "y": y(name)})

    layers: list[Spec] = [
        {"mark": {"type": "area", "color": "$chart-quiet", "opacity": 0.55}, "encoding": {"x": x, "y": y("used")}},
        {"mark": {"type": "line", "color": "$chart-main", "strokeWidth": 2}, "encoding": {"x": x, "y": y("load")}},
        *label("used", "used to", "$ink-soft", used_at),
        *label("load", "load", "$chart-main", load_at),
    ]
    weekly = rows_in[::-7][::-1]
    rows = tuple((_day(d), f"{a:.1f}", f"{b:.1f}") for d, a, b in weekly)
    return Chart(chart_id, title, framed(layers, values=values, height_px=200, description=title),
                 Table(("Day", f"Load ({unit})", f"Used to ({unit})"), rows))  # fmt: skip


def _day(on: date) -> str:
    return on.isoformat()


def _span(days: Sequence[date]) -> int:
    return (days[-1] - days[0]).days if days else 0
