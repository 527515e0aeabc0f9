"""What people type: days, times of the week, wishes, distances."""

from __future__ import annotations

from datetime import date

import pytest

from niggle.cli import spoken
from niggle.cli.say import Stop

MONDAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("thu", date(2026, 6, 4)), ("Monday", MONDAY), ("tomorrow", date(2026, 6, 2)), ("+3", date(2026, 6, 4)),
        ("2026-06-09", date(2026, 6, 9)), ("today", MONDAY),
    ],
)  # fmt: skip
def test_coming_days(text, day):
    assert spoken.coming_day(text, MONDAY) == day


@pytest.mark.parametrize("text", ["s", "someday", "32.01.", "+9999", "t"])
def test_days_that_are_none(text):
    with pytest.raises(Stop):
        spoken.coming_day(text, MONDAY)


def test_times_of_the_week():
    assert spoken.windows(["tue 18:00 60"]) == [{"weekday": 1, "start": "18:00", "minutes": 60, "gym": False}]
    assert [w["weekday"] for w in spoken.windows(["mon-fri 6:30 45 gym"])] == [0, 1, 2, 3, 4]
    assert [w["weekday"] for w in spoken.windows(["sat,sun 9 120"])] == [5, 6]
    assert [w["weekday"] for w in spoken.windows(["sat-mon 9 120"])] == [0, 5, 6]
    for wrong in ("tue", "tue 18:00", "tue 25:00 60", "someday 18:00 60", "tue 18:00 long", "tue 18:00 60 pool"):
        with pytest.raises(Stop):
            spoken.windows([wrong])


@pytest.mark.parametrize(
    ("text", "kind", "weekday", "value"),
    [
        ("long run on Saturday", "long_run_on", 5, None), ("gym tuesday", "strength_on", 1, None),
        ("Friday off", "rest_on", 4, None), ("a run on wednesday", "run_on", 2, None),
        ("swim thursday", "cross_training_on", 3, None), ("nothing before 7:30", "nothing_before", None, 450),
        ("nothing before 9 on sunday", "nothing_before", 6, 540), ("4 runs", "runs_per_week", None, 4),
    ],
)  # fmt: skip
def test_wishes_in_her_words(text, kind, weekday, value):
    found = spoken.wish(text)
    assert (found["kind"], found.get("weekday"), found.get("value"), found["text"]) == (kind, weekday, value, text)


def test_a_wish_nobody_understands_says_what_would_be():
    with pytest.raises(Stop) as told:
        spoken.wish("more cake")
    assert "long run saturday" in str(told.value)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("half", 21_097.5),
        ("Half marathon", 21_097.5),
        ("half-marathon", 21_097.5),
        ("marathon", 42_195),
        ("10k", 10_000),
    ],
)
def test_distances_of_races(text, metres):
    assert spoken.race_metres(text) == pytest.approx(metres)


@pytest.mark.parametrize(
    ("text", "metres"), [("35km", 35_000), ("35", 35_000), ("21,5 km", 21_500), ("10mi", 16_093.44)]
)
def test_distances(text, metres):
    assert spoken.metres(text) == pytest.approx(metres)
