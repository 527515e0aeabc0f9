"""Races on the command line: on the calendar once, of a plan or alone, and on the day on every face."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cli.plan.begun import START, problems

from niggle.actions import clock

pytestmark = pytest.mark.django_db


def test_a_race_of_a_plan_is_on_the_day_on_every_face(niggle, plan):
    """Without a calendar, too: the same sentence on the page, in the text and in the JSON."""
    from html import unescape

    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    assert "race" not in niggle("today", "--json").json
    assert "What to do about it" not in client.get("/").content.decode()
    on = clock.today() + timedelta(days=20)
    assert niggle("race", "add", str(on), "10km", "--name", "Park run").code == 0
    race = niggle("today", "--json").json["race"]
    assert race["text"].startswith("Park run, in 2 weeks: ")
    assert race["text"].split()[-4:] == niggle("today").out.split("What to do about it")[0].split()[-4:]
    assert race["text"] in unescape(client.get("/").content.decode())
    niggle("race", "drop", race["id"])
    assert "race" not in niggle("today", "--json").json


def test_a_race_comes_and_goes(niggle):
    assert "niggle race add" in niggle("race").out
    day = clock.today() + timedelta(days=70)
    assert niggle("race", "add", day.isoformat(), "21.1km", "--name", "City Half", "--prepared").code == 0
    sooner = niggle("race", "add", "+20", "10mi", "--json").json
    assert sooner["distance_m"] == pytest.approx(16093.44)
    found = niggle("race", "--json").json["races"]
    assert [r["days_to_race"] for r in found] == [20, 70]
    out = niggle("race").out
    assert "in 2" in out
    assert "City Half" in out
    assert "in 10 weeks" in out
    assert "Cannot say yet" in out
    changed = niggle("race", "change", sooner["id"], "--prepared", "--distance", "10km", "--json").json
    assert (changed["id"], changed["distance_m"], changed["prepared"]) == (sooner["id"], 10_000, True)
    assert niggle("race", "change", "nothing", "--prepared").code == 1
    assert niggle("race", "drop", "city half").code == 0
    assert niggle("race", "drop", sooner["id"]).code == 0
    assert niggle("race", "drop", sooner["id"]).code == 1
    assert niggle("race", "--json").json["races"] == []


@pytest.mark.parametrize(
    ("argv", "code", "word"),
    [
        (("2020-03-07", "21.1km"), 1, "over"), (("2199-01-01", "21.1km"), 1, "years away"),
        (("+30", "0km"), 1, "0.1"), (("+30", "5000km"), 1, "1000"), (("+30", "far"), 2, "35km"),
        (("someday", "10km"), 2, "not a day"), (("+30", "10km", "--importance", "huge"), 1, "once_in_life"),
    ],
)  # fmt: skip
def test_races_that_cannot_be(niggle, argv, code, word):
    ran = niggle("race", "add", *argv)
    assert ran.code == code, ran.out
    assert word in ran.err
    assert niggle("race", "--json").json["races"] == []


def test_the_race_of_a_plan_is_on_the_calendar(niggle):
    day = clock.today() + timedelta(days=70)
    assert niggle(*START, "--race", day.isoformat(), "--race-km", "21.1", "--prepared").code == 0
    (only,) = niggle("race", "--json").json["races"]
    assert (only["distance_m"], only["prepared"]) == (21_100, True)


def test_a_race_is_named_half_and_stands_once(niggle):
    on = (clock.today() + timedelta(days=90)).isoformat()
    added = niggle("race", "add", on, "half", "--json")
    assert added.code == 0, added.err
    assert "Half marathon" in niggle("race").out
    places, said = problems(niggle("race", "add", on, "21.1km", "--name", "Lake run", "--json"))
    assert places == {"on"}
    assert "on your calendar already" in said
    assert niggle("race", "add", on, "10km").code == 0, "another race of that day"
    assert niggle(*START, "--race", on, "--race-km", "half").code == 0
    assert len(niggle("race", "--json").json["races"]) == 2
