"""The day of a plan on the command line: what is to do, and what is ticked, once or twice a day."""

from __future__ import annotations

import json
import re

import pytest
from tests.cli.plan.begun import problems

pytestmark = pytest.mark.django_db


def test_today_says_what_to_do_after_the_headline(niggle, plan):
    out = niggle("today").out
    assert out.index("What to do today") > out.index("\n")
    assert "○ Daily set at home" in out
    assert "Isometric calf raise hold: 5 x 10" in out
    assert "(not today)" in out  # a run, as long as nobody has checked in
    plain = niggle("today", "--json").json
    assert "Daily set at home" in " ".join(plain["task_texts"])
    assert plain["plan_texts"][0]["phase"] == "Phase 1 of 4: settle and assess"
    assert "Give it 3 days more." in plain["plan_texts"][0]["to_do"]
    assert "Daily set" in niggle("explain").out
    assert json.loads(niggle("explain", "--json").out)["task_texts"]


def test_an_emergency_leaves_no_room_for_a_plan(niggle, plan, typed):
    typed('{"site": "chest", "pain_max": 6, "findings": {"chest_pain": true}}')
    niggle("checkin", "--json-in", "-")
    assert "What to do today" not in niggle("today").out


@pytest.mark.parametrize("name", ["hold", "isometric-calf-hold", "EX-005", "calf raise hold"])
def test_an_exercise_is_ticked_by_any_of_its_names(niggle, plan, name):
    ran = niggle("done", name, "--pain", "2", "--easy", "--json")
    assert ran.code == 0, ran.err
    assert (ran.json["item"], ran.json["sets"], ran.json["sets_planned"], ran.json["easy"]) == ("hold", 5, 5, True)
    assert "✓ Isometric calf raise hold" in niggle("done").out


def test_ticked_twice_is_corrected_not_counted_twice(niggle, plan):
    first = niggle("done", "hold", "--sets", "5", "--json").json
    second = niggle("done", "hold", "--sets", "3", "--pain", "1", "--json").json
    assert first["id"] == second["id"]
    done = niggle("plan", "--json").json["plans"][0]["done_today"]
    assert [(d["item"], d["sets"]) for d in done] == [("hold", 3)]


def test_ticked_again_without_a_word_says_so_and_changes_nothing(niggle, plan):
    niggle("done", "hold", "--sets", "3", "--pain", "2")
    assert "Done" in niggle("done", "hold").out, "two sets were still to do"
    said = niggle("done", "hold").out
    assert "Ticked already, once of that day" in said
    (row,) = niggle("plan", "--json").json["plans"][0]["done_today"]
    assert (row["sets"], row["pain"]) == (5, 2)
    assert "Put right" in niggle("done", "hold", "--pain", "1").out
    (row,) = niggle("plan", "--json").json["plans"][0]["done_today"]
    assert (row["sets"], row["pain"]) == (5, 1)


def test_other_sets_than_planned_are_said_and_a_slip_is_refused(niggle, plan):
    assert "6 of 5 sets" in niggle("done", "hold", "--sets", "6").out
    assert niggle("done", "hold", "--sets", "10").code == 0
    places, said = problems(niggle("done", "hold", "--sets", "11", "--json"))
    assert places == {"sets"}
    assert "11 sets where 5 are planned" in said


def test_ticks_stand_on_today(niggle, plan):
    def task():
        tasks = niggle("today", "--json").json["tasks"]
        return next(t for t in tasks if t["kind"] == "home_set")

    names = [e["item"] for e in task()["exercises"]]
    assert "hold" in names
    assert not any(task()["ticked"])
    niggle("done", "hold")
    assert [n for n, ticks in zip(names, task()["ticked"], strict=True) if ticks] == ["hold"]
    text = " ".join(niggle("today").out.split())
    assert f"(1 of {len(names)} done)" in text
    assert "5 x 10 s, left side only (done)" in text
    for name in names:
        for _ in range(next(e["dose"]["per_day"] for e in task()["exercises"] if e["item"] == name)):
            niggle("done", name)
    assert task()["done"] is True
    assert "✓" in niggle("today").out


def test_a_set_left_half_done_is_still_to_do(niggle, plan):
    niggle("done", "hold", "--sets", "2")
    task = next(t for t in niggle("today", "--json").json["tasks"] if t["kind"] == "home_set")
    assert not any(task["ticked"])


def test_zero_sets_and_zero_pain_are_values(niggle, plan):
    kept = niggle("done", "hold", "--sets", "0", "--pain", "0", "--json").json
    assert (kept["sets"], kept["pain"]) == (0, 0)


@pytest.mark.parametrize(
    ("argv", "word"),
    [
        (("nonsense",), "no open plan has an exercise"), (("hold", "--pain", "11"), "pain"),
        (("hold", "--sets", "-1"), "sets"), (("hold", "--on", "2999-01-01"), "day"),
        (("hold", "--on", "-3"), "before the plan"),
    ],
)  # fmt: skip
def test_what_cannot_be_done(niggle, plan, argv, word):
    ran = niggle("done", *argv)
    assert ran.code in (1, 2)
    assert word in ran.err
    assert "done_today" not in ran.out


def test_more_pain_than_allowed_is_said(niggle, plan):
    text = niggle("done", "hold", "--pain", "7").out
    assert "5 of 10 is the most here" in text
    assert niggle("done", "hold", "--pain", "5").out.endswith("left side only.\n")


def test_left_out_is_kept_without_a_scolding(niggle, plan):
    assert "Left out today" in niggle("done", "pumps", "--skipped").out


def test_done_without_a_name_lists_today(niggle, plan):
    out = niggle("done").out
    assert "[hold]" in out
    assert "niggle done hold" in out
    assert niggle("done", "--json").json["today"][0]["done"] is False


@pytest.fixture
def twice(niggle):
    """A plan with a stretch for the morning and the evening, and a stretch's id."""
    niggle("plan", "start", "--condition", "plantar-fasciitis", "--side", "left")
    return "sole-stretch"


def test_each_time_of_the_day_has_its_own_tick(niggle, twice):
    def now():
        return next(e for e in niggle("done", "--json").json["today"] if e["item"] == twice)

    assert (now()["done"], now()["times_done"], now()["times"]) == (False, 0, 2)
    first = niggle("done", twice, "--pain", "1", "--json").json
    assert (now()["done"], now()["times_done"]) == (False, 1)
    assert "1 of 2 times today" in re.sub(r"\s+", " ", niggle("done").out)
    again = niggle("done", twice, "--pain", "3", "--json").json
    assert again["occasion"] == 2
    assert again["id"] != first["id"]
    assert (now()["done"], now()["times_done"]) == (True, 2)
    stands = " ".join(niggle("done", twice, "--time", "1").out.split())
    assert "Ticked already, time 1 of that day" in stands, "nothing is said of the other time"
    corrected = niggle("done", twice, "--time", "1", "--pain", "2", "--json").json
    assert corrected["id"] == first["id"], "a time that is named is put right"
    assert niggle("done", twice, "--json").json["id"] == again["id"], "there is no third"
    third = " ".join(niggle("done", twice).out.split())
    assert "Ticked already, all 2 times of that day" in third
    assert (
        next(d["pain"] for d in niggle("plan", "--json").json["plans"][0]["done_today"] if d["id"] == again["id"]) == 3
    )
    assert "Put right" in niggle("done", twice, "--pain", "1").out


def test_what_is_done_twice_a_day_begins_in_the_morning_on_today_and_in_the_week(niggle, twice):
    assert "(twice a day, from the morning on)" in " ".join(niggle("today").out.split())
    assert "Plantar fascia stretch (twice a day)" in " ".join(niggle("week").out.split())
    niggle("done", twice)
    assert "(1 of 2 times done)" in " ".join(niggle("today").out.split())


@pytest.mark.parametrize("argv", [("sole-stretch", "--time", "3"), ("hold", "--time", "2")])
def test_a_time_that_the_day_does_not_have(niggle, twice, argv):
    ran = niggle("done", *argv, "--json")
    places, said = problems(ran)
    assert places == {"occasion"}
    assert "a day" in said
