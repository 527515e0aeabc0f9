"""What a plan is told on the command line: answers, days away, things at hand, and a later word that puts it right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cli.plan.begun import problems

from niggle.actions import clock

pytestmark = pytest.mark.django_db


def test_answers_only_she_can_give(niggle, plan):
    assert niggle("tell", "healed", "80").code == 0
    assert niggle("tell", "tender", "no", "--json").json == {
        "key": "says_tender", "on": clock.today().isoformat(), "value": False,
    }  # fmt: skip
    for argv, word in (
        (("healed", "800"), "0 to 100"),
        (("tender", "maybe"), "yes or no"),
        (("mood", "5"), "no field"),
    ):
        ran = niggle("tell", *argv)
        assert ran.code == 1
        assert word in ran.err
    asked = niggle("tell", "tender")
    assert asked.code == 2
    assert "Is the place sore when you press on it?" in asked.err
    assert "healed" in niggle("tell").out


def test_ill_days_hold_the_plan_and_can_be_taken_back(niggle, plan):
    last = clock.today() + timedelta(days=3)
    assert f"{last}" in niggle("away", "ill", "--until", "+3").out
    plain = niggle("today", "--json").json
    assert plain["no_task"] == "ill"
    assert "Get well first" in niggle("today").out
    assert "illness" in niggle("away").out
    assert niggle("away", "back").code == 0
    assert niggle("today", "--json").json["no_task"] != "ill"
    assert niggle("away", "back").code == 1


@pytest.mark.parametrize(
    ("argv", "code", "word"),
    [
        (("holiday",), 2, "none of"), (("travel", "--until", "-3"), 1, "before"),
        (("ill", "--until", "soon"), 2, "day"),
        (("travel", "--until", "+400"), 1, "365"), (("travel", "--equipment", "sofa"), 1, "sofa"),
    ],
)  # fmt: skip
def test_days_away_that_make_no_sense(niggle, plan, argv, code, word):
    ran = niggle("away", *argv)
    assert ran.code == code
    assert word in ran.err


@pytest.mark.parametrize("things", [("band,stairs",), ("band, stairs",), ("band", "--equipment", "stairs")])
def test_things_are_named_with_commas_or_one_by_one(niggle, plan, things):
    things = ("--equipment", *things)
    kept = niggle("away", "travel", "--until", "+3", *things, "--json")
    assert kept.code == 0, kept.err
    assert sorted(kept.json["equipment"]) == ["band", "stairs"]
    assert sorted(niggle("week", "have", *things, "--json").json["equipment"]) == ["band", "stairs"]
    assert niggle("exercises", *things).code == 0


def test_a_later_word_changes_what_the_plan_was_told(niggle):
    niggle("plan", "start", "--condition", "calf-strain", "--side", "left", "--usual-week", "30km")
    since = clock.today() - timedelta(days=9)
    ran = niggle(
        "plan", "change", "--grade", "2", "--usual-week", "20mi", "--hurts-since", "-9", "--diagnosed", "--json"
    )
    assert ran.code == 0, ran.err
    (plan,) = ran.json["plans"]
    assert plan["grade"] == "grade_2"
    from niggle.actions import athletes
    from niggle.actions.plans.shown import open_plans

    (start,) = open_plans(athletes.local_athlete(), clock.today())
    assert start.before_week_m == pytest.approx(32_187, abs=1)
    assert (start.hurts_since, start.diagnosed, start.imaged) == (since, True, None)
    assert niggle("plan", "change", "calf-strain", "--imaged").code == 0
    (start,) = open_plans(athletes.local_athlete(), clock.today())
    assert (start.imaged, start.grade) == (True, "grade_2"), "what is left out stays as it was"
    assert "Changed: " in niggle("plan", "change", "--not-diagnosed").out


@pytest.mark.parametrize(
    ("argv", "code", "place", "word"),
    [
        ((), 2, None, "--grade"),
        (("--grade", "9"), 1, "grade", "one of"),
        (("--hurts-since", "2031-01-01"), 1, "hurts_since", "future"),
        (("--last-run", "2031-01-01"), 1, "last_run_on", "future"),
        (("--usual-week", "900km"), 1, "before_week_km", "500"),
        (("--usual-week", "far"), 2, None, "far"),
        (("knee", "--grade", "1"), 1, "plan", "no open plan"),
    ],
)
def test_what_cannot_be_changed_so_is_named_and_nothing_is_written(niggle, argv, code, place, word):
    niggle("plan", "start", "--condition", "calf-strain", "--side", "left")
    before = niggle("plan", "--json").json["plans"]
    ran = niggle("plan", "change", *argv, "--json")
    assert ran.code == code, ran.out
    places, said = problems(ran)
    assert place is None or place in places
    assert word in said
    assert niggle("plan", "--json").json["plans"] == before
