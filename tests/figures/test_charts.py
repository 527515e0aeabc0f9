"""Each specification is read by Altair, which checks it against the schema, and compiled by Vega-Lite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import altair
import numpy as np
import pytest
import vl_convert

from niggle.figures.charts import (
    Chart,
    DayMark,
    Result,
    WeekBar,
    results_over_time,
    runs_over_time,
    session_stream,
    tissue_balance,
    weekly_volume,
)
from niggle.figures.charts.spec import TOKENS, Spec
from niggle.figures.charts.streams import POINTS, thin

MONDAY = date(2026, 8, 31)


def charts() -> dict[str, Chart]:
    weeks = [WeekBar(MONDAY + timedelta(weeks=i), 20.0 + i, cutback=i == 4, partial=i == 11) for i in range(12)]
    runs = [DayMark(MONDAY + timedelta(days=3 * i), 8.0, "downhill" if i == 9 else None) for i in range(20)]
    days = [MONDAY + timedelta(days=i) for i in range(60)]
    ramp = [float(i) for i in range(60)]
    sides = [Result(MONDAY + timedelta(days=9 * i), 15.0 + i, 28.0, void=i == 1) for i in range(4)]
    return {
        "results": results_over_time("Up from 15 to 18", sides, 25.0, ""),
        "one value": results_over_time("Steps", [Result(MONDAY, value=168.0)], None, "steps a minute"),
        "no results": results_over_time("Nothing yet", [], 25.0, "s"),
        "weeks": weekly_volume("Weeks grew", weeks, "km"),
        "no weeks": weekly_volume("Nothing yet", [], "km"),
        "runs": runs_over_time("One spike", runs, "km"),
        "no runs": runs_over_time("Nothing yet", [], "km"),
        "tissue": tissue_balance("Calf load is up", days, ramp, ramp[::-1]),
        "no tissue": tissue_balance("Nothing yet", [], [], []),
        "stream": session_stream("hr", "Heart rate", [0.0, 1.0, 2.0], [120, None, 140], along_unit="km", unit="bpm"),
        "pace": session_stream(
            "pace", "Pace", [0.0, 1.0], [330.0, 300.0], along_unit="km", unit="min/km", reverse=True, as_clock=True
        ),
    }


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in ("values", "$schema"):
                yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


@pytest.mark.parametrize("name", charts())
def test_altair_accepts_the_specification_and_vega_lite_compiles_it(name: str) -> None:
    chart = charts()[name]
    altair.LayerChart.from_dict(chart.spec)
    assert vl_convert.vegalite_to_vega(chart.spec)["marks"]


@pytest.mark.parametrize("name", charts())
def test_colours_are_tokens_and_nothing_else(name: str) -> None:
    """A literal colour would be wrong in one of the two themes."""
    texts = list(strings(charts()[name].spec))
    assert {text[1:] for text in texts if text.startswith("$")} <= TOKENS
    assert not [text for text in texts if text.startswith(("#", "rgb"))]


@pytest.mark.parametrize("name", charts())
def test_the_table_has_a_cell_for_each_heading(name: str) -> None:
    table = charts()[name].table
    assert all(len(row) == len(table.head) for row in table.rows)


def test_the_table_says_what_the_colours_say() -> None:
    rows = charts()["weeks"].table.rows
    assert [row[2] for row in rows if row[2]] == ["cutback week", "not over yet"]
    assert [row[2] for row in charts()["runs"].table.rows if row[2]] == ["downhill"]


def test_results_name_both_sides_the_void_and_the_target() -> None:
    chart = charts()["results"]
    assert chart.table.head == ("Day", "Left", "Right", "Remark")
    assert [row[1:] for row in chart.table.rows][1] == ("16", "28", "too painful to count")
    assert chart.note is not None
    assert "target 25" in str(chart.spec)
    assert {v["says"] for v in chart.spec["data"]["values"] if v["says"]} == {"left 18", "right 28"}
    assert charts()["one value"].note is None
    assert charts()["one value"].table.rows == ((MONDAY.isoformat(), "168", ""),)


def test_thin_keeps_short_input_and_means_of_long_input() -> None:
    short = np.array([1.0, np.nan])
    assert thin(short) is short
    long = np.arange(POINTS * 10, dtype=float)
    assert thin(long).shape == (POINTS,)
    assert thin(long).mean() == pytest.approx(long.mean())


def test_thin_leaves_a_gap_where_nothing_was_known() -> None:
    values = np.full(POINTS * 4, 150.0)
    values[: POINTS * 2] = np.nan
    thinned = thin(values)
    assert np.isnan(thinned[: POINTS // 2]).all()
    assert np.isfinite(thinned[POINTS // 2 :]).all()


# ---- what is written in a picture can be read: drawn as on a phone, no word stands in another or in a line


_LETTER, _TALL = 6.2, 13.0  # px of 12 px text, about


def boxes(spec: Spec, width: int = 290) -> tuple[list[tuple[str, float, float, float, float]], list[Any]]:
    """((text, left, top, right, bottom) of every word drawn as a mark, the lines as their points)."""
    words: list[tuple[str, float, float, float, float]] = []
    lines: list[Any] = []

    def walk(node: Any) -> None:
        if isinstance(node, list):
            for item in node:
                walk(item)
        elif isinstance(node, dict):
            if node.get("role") == "mark" and node.get("marktype") == "text":
                for i in node["items"]:
                    across = _LETTER * len(i["text"])
                    x, y = i["x"] + (i.get("dx") or 0), i["y"] + (i.get("dy") or 0)
                    left = x - {"right": 1.0, "center": 0.5}.get(i.get("align") or "left", 0.0) * across
                    up = {"top": 0.0, "middle": 0.5, "bottom": 1.0}.get(i.get("baseline") or "", 0.8)
                    words.append((i["text"], left, y - up * _TALL, left + across, y + (1 - up) * _TALL))
            if node.get("role") == "mark" and node.get("marktype") == "line":
                lines.append([(i["x"], i["y"]) for i in node["items"]])
            walk(list(node.values()))

    walk(vl_convert.vegalite_to_scenegraph(json.dumps({**spec, "width": width})))
    return sorted(set(words)), lines


def collisions(spec: Spec, width: int = 290) -> list[tuple[str, str]]:
    words, lines = boxes(spec, width)
    found = [
        (a[0], b[0])
        for n, a in enumerate(words)
        for b in words[n + 1 :]
        if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] - 1 and b[2] < a[4] - 1
    ]
    for text, left, top, right, bottom in words:
        for points in lines:
            for (x0, y0), (x1, y1) in pairwise(points):
                at = [x0 + (x1 - x0) * k / 40 for k in range(41)]
                if any(left < x < right and top + 2 < y0 + (y1 - y0) * (x - x0) / ((x1 - x0) or 1) < bottom - 2
                       for x in at):  # fmt: skip
                    found.append((text, "a line"))
                    break
    return found


@pytest.mark.parametrize("width", [290, 620])
@pytest.mark.parametrize(
    "rows",
    [
        ((27, 24, 15), (18, 25, 18), (9, 26, 20)),
        ((27, 45, 30), (9, 50, 42)),  # the target at the first result of a side
        ((27, 40, 28), (9, 25, 25)),  # both at one value, at the target
        ((27, 30, 20), (9, 25, 24)),
        ((60, 10, 44), (2, 44, 10)),
        ((60, 0, 0), (2, 0, 0)),
    ],
)
def test_names_of_sides_and_target_can_be_read(rows: tuple[tuple[int, float, float], ...], width: int) -> None:
    target = 45.0 if rows[0][1] == 45 else 25.0
    results = [Result(MONDAY - timedelta(days=ago), left, right) for ago, left, right in rows]
    spec = results_over_time("t", results, target, "s").spec
    assert collisions(spec, width) == []
    assert {w[0] for w in boxes(spec)[0]} == {f"left {rows[-1][1]:g}", f"right {rows[-1][2]:g}", f"target {target:g}"}


@pytest.mark.parametrize("days", [(7, 5, 3), (81, 79, 77), (71, 17, 9), (37, 33, 1), (45, 25, 5)])
def test_names_of_spikes_stand_apart_and_none_lies_across_a_stem_beside_it(days: tuple[int, ...]) -> None:
    names = ("more volume", "more climbing", "another ground")
    spikes = dict(zip(days, names, strict=True))
    marks = [DayMark(MONDAY - timedelta(days=ago), 6.0 + ago * 5 % 9, spikes.get(ago)) for ago in range(83, -1, -2)]
    chart = runs_over_time("t", marks, "km")
    assert collisions(chart.spec) == []
    heights = [v["height"] for v in chart.spec["data"]["values"] if v["name"]]
    assert len(set(heights)) == 3
    if days[0] < 30:  # they end at their day, over older ones
        assert heights == sorted(heights)
    if days[-1] > 60:  # they begin at their day, over newer ones
        assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize(
    ("top", "last", "said"),
    [(46.0, 44.0, ["44"]), (46.0, 12.0, ["12", "46"]), (46.0, 41.5, ["42"]), (46.0, 41.3, ["41", "46"])],
)
def test_the_running_week_and_the_highest_one_have_numbers_that_can_be_read(
    top: float, last: float, said: list[str]
) -> None:
    """The highest week's is left out where it would stand in the other: beside it and less than a tenth higher."""
    weeks = [WeekBar(MONDAY + timedelta(weeks=n), 30.0) for n in range(10)]
    weeks += [WeekBar(MONDAY + timedelta(weeks=10), top), WeekBar(MONDAY + timedelta(weeks=11), last, partial=True)]
    chart = weekly_volume("t", weeks, "km")
    assert sorted(w[0] for w in boxes(chart.spec)[0]) == said
    assert collisions(chart.spec) == []
    assert chart.note is not None
    assert "this week so far" in chart.note
