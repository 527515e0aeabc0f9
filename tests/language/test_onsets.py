"""How long ago it began: weekdays and months need the day of writing, vague stretches do not, races do not count."""

from __future__ import annotations

from datetime import date

import pytest

from niggle.knowledge.lexicon import load_lexicon
from niggle.language import Quantity, understand

SUNDAY = date(2026, 11, 22)


def days(text: str, on: date | None = None) -> Quantity | None:
    return understand(text, load_lexicon(), on=on).duration_days


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("My shin hurts since last Tuesday.", 5.0),
        ("My shin has hurt since Sunday.", 7.0),
        ("Knee pain since March.", 252.0),
        ("It has hurt since mid September, right shin.", 68.0),
        ("Shin sore since 1 November.", 21.0),
        ("My knee has hurt since October 2025.", 403.0),
        ("Calf that won't settle, week and a half.", 10.5),
        ("Sore left knee. 10 days. Can I run?", 10.0),
        ("Sciatica on and off, third week.", 17.5),
        ("Right knee, a year and a bit. Stiff.", 438.0),
        ("Heel pain all autumn", 60.0),
        ("Months now. My hip hurts.", 90.0),
    ],
)
def test_how_long_ago(text: str, wanted: float) -> None:
    found = days(text, SUNDAY)
    assert found is not None
    assert found.value == pytest.approx(wanted, abs=0.1)


def test_a_month_is_left_unread_and_a_weekday_vague_without_the_day_of_writing() -> None:
    assert days("Knee pain since March.") is None
    found = days("My shin hurts since last Tuesday.")
    assert found is not None
    assert not found.certain


@pytest.mark.parametrize(
    "text",
    ["I run on Sundays and my heel hurts.", "My knee hurts. Race in 5 weeks.", "I may race in May. My hip hurts.",
     "My knee hurts every Monday."],
)  # fmt: skip
def test_plans_and_habits_are_no_beginning(text: str) -> None:
    assert days(text, SUNDAY) is None


@pytest.mark.parametrize(("text", "rose"), [
    ("Went from 25 km to 45 and my knee hurts.", True), ("30km to 70km in 6 weeks, sore thigh.", True),
    ("Hurts from mile 3 to 5.", False), ("My shin was a 2 and now a 6, runs of 5 to 6 miles.", False),
])  # fmt: skip
def test_a_distance_that_rose(text: str, rose: bool) -> None:
    told = {f.finding: f.value for f in understand(text, load_lexicon()).findings}
    assert (told.get("mileage_jump") is True) is rose
