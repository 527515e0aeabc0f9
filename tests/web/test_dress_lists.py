"""Rows without a server: facts, sessions, imports, tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from niggle.core.body import SITES
from niggle.core.history import Tag
from niggle.core.reasons import Fact
from niggle.core.session.types import Sport, Streams
from niggle.figures.charts import Table
from niggle.web.dress import sessions as session_dress
from niggle.web.dress.imports import job
from niggle.web.dress.reasons import fact_line
from niggle.web.dress.words import relative_day
from niggle.web.tags import table_rows
from niggle.wording.imports import import_line
from niggle.wording.units import METRIC, Units

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (Fact("distance_m", 16093.44, "m"), "16.1\u00a0km"),
        (Fact("descent_m", 340.0, "m"), "340\u00a0m"),
        (Fact("growth", 0.25, "ratio"), "25\u00a0%"),
        (Fact("pain_max", 4.0, "0-10"), "4 of 10"),
        (Fact("limp", True), "yes"),
        (Fact("swelling", False), "no"),
        (Fact("site", "knee_front"), SITES["knee_front"].lay),
        (Fact("runs", 0, None), "0"),
        (Fact("week", 3600.0, "s"), "1\u00a0h"),
        (Fact("symptom_days", 15.0, "days"), "15 days"),
        (Fact("since", "2026-11-03"), "3 Nov"),
    ],
)
def test_a_fact_in_words(fact: Fact, text: str) -> None:
    assert fact_line(fact, METRIC).value == text


def test_a_facts_name_drops_its_unit() -> None:
    assert fact_line(Fact("longest_m", 5.0, "m", TODAY), METRIC).name == "Longest"
    assert fact_line(Fact("longest_m", 5.0, "m", TODAY), METRIC).on == "22 Nov"


@dataclass(frozen=True)
class Row:
    id: str = "a"
    sport: Sport = Sport.RUN
    start_utc: datetime = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    on: date = TODAY
    utc_offset_s: int | None = 3600
    title: str | None = None
    distance_m: float | None = 0.0
    duration_s: float | None = 600.0
    moving_s: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = 0.0
    avg_heart_rate_bpm: float | None = None
    tags: frozenset[Tag] = frozenset({Tag.RACE})


def test_a_row_shows_her_own_clock_and_choice_of_hours() -> None:
    (month,) = session_dress.months([Row()], METRIC, "12", {"a": "/x"})
    assert month.name == "November 2026"
    assert "12:30 am" in month.rows[0].when
    assert "race" in month.rows[0].when


def test_zero_is_a_value_and_absent_is_left_out() -> None:
    found = {f.name: f.value for f in session_dress.totals(Row(), None, METRIC)}
    assert found["Distance"] == "0\u00a0m"
    assert found["Descent"] == "0\u00a0m"
    assert "Ascent" not in found
    assert "Pace" not in found


def test_curves_are_drawn_for_what_was_recorded() -> None:
    n = 1200
    speed = np.full(n, 3.0)
    speed[100:140] = 0.0
    streams = Streams({"time_s": np.arange(n, dtype=float), "distance_m": np.cumsum(speed), "speed_mps": speed,
                       "heart_rate_bpm": np.full(n, np.nan)})  # fmt: skip
    (pace,) = session_dress.stream_charts(streams, Sport.RUN, METRIC)
    assert "5:33" in pace.title
    values = [row["value"] for row in pace.spec["data"]["values"]]
    assert None in values  # standing still has no pace
    (speed_chart,) = session_dress.stream_charts(streams, Sport.RIDE, Units("mi", "pace"))
    assert "mph" in speed_chart.title


@dataclass(frozen=True)
class Report:
    state: str
    files_seen: int = 10
    files_total: int | None = 20
    sessions_added: int = 1
    duplicates: int = 0
    skipped: int = 0
    failed: int = 2
    job_id: int = 1
    label: str = "export.zip"
    seconds: float = 3.2
    files: tuple[object, ...] = ()
    error: str = ""
    damaged: tuple[object, ...] = ()


def test_an_import_says_how_it_stands() -> None:
    assert import_line(Report("running")) == "Reading: 10 of 20 files, 1 session added so far."
    assert import_line(Report("done")) == "1 session added, 2 failed, in 3 s."
    assert import_line(Report("failed")).startswith("Stopped")


def test_only_a_finished_import_that_brought_something_can_be_undone() -> None:
    assert job(Report("done")).can_undo
    assert not job(Report("running")).can_undo
    assert not job(Report("done", sessions_added=0)).can_undo
    assert not job(Report("undone")).can_undo


def test_what_can_be_done_with_an_import_depends_on_how_it_stands() -> None:
    found = {state: job(Report(state)) for state in ("queued", "running", "done", "failed", "undone")}
    assert [state for state, shown in found.items() if shown.can_go_on] == ["failed"]
    assert [state for state, shown in found.items() if shown.can_retry] == ["done"]
    assert not job(Report("done", failed=0)).can_retry
    assert job(Report("failed", error="no room on the disk")).error == "no room on the disk"


def test_progress_is_unknown_until_the_archive_is_counted() -> None:
    assert job(Report("running", files_total=None)).share is None
    assert job(Report("running")).share == 50


def test_relative_days() -> None:
    assert relative_day(TODAY, TODAY) == "today"
    assert relative_day(TODAY - timedelta(days=1), TODAY) == "yesterday"


def test_a_charts_table_is_escaped() -> None:
    rows = table_rows(Table(("Day", "Name"), (("<1>", "a & b"), ("2", "c"))))
    assert rows == (
        '<tr><th scope="row">&lt;1&gt;</th><td>a &amp; b</td></tr><tr><th scope="row">2</th><td>c</td></tr>'
    )
