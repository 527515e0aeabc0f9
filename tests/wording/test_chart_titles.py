"""Titles say what the picture shows, in the runner's units, on each side of what they distinguish."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from niggle.core.body import LoadTissue
from niggle.core.spikes import Week, WeekVerdict
from niggle.core.tissue import LoadWord, TissueState
from niggle.wording.charts import LOAD_WORDS, spikes_title, tissue_title, weeks_title
from niggle.wording.units import IMPERIAL, METRIC

MONDAY = date(2026, 11, 2)
WEEK = Week(MONDAY, 40_000.0, 14_400.0, 4, 15_000.0, False, False, False, 40_000.0, False, WeekVerdict.OK)
CALF = TissueState(LoadTissue.CALF, 5.0, 4.0, 42.0, 30.0, 1.4, LoadWord.WELL_ABOVE)


def test_steady_weeks_are_told_by_their_mean() -> None:
    assert (
        weeks_title([WEEK, replace(WEEK, distance_m=44_000.0)], METRIC)
        == "About 42\u00a0km a week over the last 2 weeks"
    )
    assert "26\u00a0mi" in weeks_title([WEEK, replace(WEEK, distance_m=44_000.0)], IMPERIAL)


@pytest.mark.parametrize(("days", "name"), [(6, "This week is"), (7, "Last week was")])
def test_a_week_that_ends_today_is_this_week(days: int, name: str) -> None:
    on = MONDAY + timedelta(days=days)
    light = replace(WEEK, distance_m=20_000.0, cutback=True)
    assert weeks_title([WEEK, light], METRIC, on) == f"{name} a lighter one: 20\u00a0km"
    empty = replace(WEEK, distance_m=0.0, runs=0)
    assert weeks_title([empty], METRIC, on) == f"Nothing was run {name.split(maxsplit=1)[0].lower()} week"


def test_growth_is_told_against_the_week_it_builds_on() -> None:
    grown = replace(WEEK, distance_m=50_000.0, verdict=WeekVerdict.GROWTH)
    assert weeks_title([WEEK, grown], METRIC) == "Last week was 50\u00a0km, 25\u00a0% more than the week it builds on"


def test_a_week_without_a_run_is_no_lighter_week_of_nothing() -> None:
    empty = replace(WEEK, distance_m=0.0, time_s=0.0, runs=0, longest_m=0.0, cutback=True)
    assert weeks_title([WEEK, empty], METRIC) == "Nothing was run last week"


def test_a_cutback_is_called_a_lighter_week_and_does_not_lower_the_mean() -> None:
    light = replace(WEEK, distance_m=20_000.0, cutback=True)
    assert weeks_title([WEEK, light], METRIC) == "Last week was a lighter one: 20\u00a0km"
    assert "40\u00a0km" in weeks_title([WEEK, light, WEEK], METRIC)


def test_the_running_week_is_not_judged() -> None:
    partial = replace(WEEK, distance_m=5_000.0, partial=True)
    assert weeks_title([partial], METRIC) == "Your first week is still running"
    assert weeks_title([WEEK, WEEK, partial], METRIC).startswith("About 40")
    assert weeks_title([], METRIC) == "No running weeks yet"


def test_weeks_by_time_are_told_in_time() -> None:
    timed = replace(WEEK, by_time=True)
    assert "4\u00a0h" in weeks_title([timed, timed], METRIC)


def test_spikes_are_counted_by_days() -> None:
    day = date(2026, 11, 14)
    assert spikes_title([], 12) == "No load spike in the last 12 weeks"
    assert spikes_title([day, day], 12) == "One load spike in the last 12 weeks: 14 Nov"
    assert spikes_title([day, day - timedelta(days=3)], 1).endswith("in the last 1 week, the last on 14 Nov")


def test_a_tissue_is_told_against_what_it_is_used_to() -> None:
    assert tissue_title(CALF, "calf muscles") == "Calf muscles: this week's load is 40\u00a0% above what it is used to"
    below = replace(CALF, ratio=0.6, word=LoadWord.BELOW)
    assert tissue_title(below, "calf muscles").endswith("40\u00a0% below what it is used to")
    usual = replace(CALF, ratio=1.05, word=LoadWord.USUAL)
    assert "about what it is used to" in tissue_title(usual, "calf muscles")
    unknown = replace(CALF, ratio=None, word=LoadWord.NOT_KNOWN)
    assert "too little" in tissue_title(unknown, "calf muscles")


@pytest.mark.parametrize("word", LoadWord)
def test_every_word_has_words(word: LoadWord) -> None:
    assert LOAD_WORDS[word]
