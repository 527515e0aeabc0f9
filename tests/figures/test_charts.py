"""Each specification is read by Altair, which checks it against the schema, and compiled by Vega-Lite."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
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
from niggle.figures.charts.spec import TOKENS
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
