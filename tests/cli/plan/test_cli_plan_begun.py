"""A plan on the command line, typed as a newcomer would: begun, refused by name, closed."""

from __future__ import annotations

import json
import re

import pytest
from tests.cli.plan.begun import MIDPORTION, START, problems

pytestmark = pytest.mark.django_db


def test_without_a_plan_every_command_says_how_to_begin(niggle):
    for argv in (("plan",), ("week",), ("tests",), ("tell",), ("away",)):
        ran = niggle(*argv)
        assert ran.code == 0, (argv, ran.err)
        assert "niggle plan start" in ran.out or "plan is open" in ran.out or "niggle away" in ran.out, argv
    assert niggle("plan", "--json").json["plans"] == []
    for argv in (("done",), ("done", "hold"), ("plan", "end"), ("plan", "history")):
        ran = niggle(*argv)
        assert ran.code == 1, argv
        assert "try:" in ran.err


def test_a_plan_begins_and_says_what_it_is(niggle, plan):
    text = niggle("plan").out
    assert "Achilles pain above the heel, left" in text
    assert "Phase 1 of 4: settle and assess, begun today" in text
    assert "What opens phase 2" in text
    assert " ✗ Three settled days in a row" in text
    assert "Give it 3 days more." in text
    flowing = re.sub(r"[ \n]+", " ", text)
    assert "Isometric calf raise hold: 5 x 10\u00a0s, left side only; 5 to 7 days a week [hold]" in flowing
    assert "Off the menu: hills, speed work" in text
    plain = niggle("plan", "--json").json["plans"][0]
    assert (plain["id"], plain["phase"], plain["status"]) == (plan, 1, "continuing")
    states = {c["criterion"]: c["state"] for c in plain["gate"]}
    assert states["settled"] == "not_met"
    assert states["measured"] == "unknown"
    assert plain["exercises"][0]["text"].startswith("Isometric calf raise hold")


@pytest.mark.parametrize(
    ("more", "place", "word"),
    [
        (("--condition", "achilles", "--side", "left"), "condition", "achilles-tendinopathy-insertional"),
        (("--condition", "my sore knee thing"), "condition", "no condition"),
        (("--condition", MIDPORTION), "side", "left, right or both"),
        (("--condition", MIDPORTION, "--side", "up"), "side", "left"),
        (("--condition", MIDPORTION, "--side", "left", "--site", "knee_front"), "site", "achilles"),
        (("--condition", MIDPORTION, "--side", "left", "--grade", "9"), "grade", "grade"),
        (("--condition", MIDPORTION, "--side", "left", "--usual-week", "900km"), "before_week_km", "500"),
        (("--condition", MIDPORTION, "--side", "left", "--race", "2020-01-01", "--race-km", "10"), "race_on", "over"),
        (("--condition", MIDPORTION, "--side", "left", "--race", "2099-01-01", "--race-km", "10"), "race_on", "year"),
        (("--condition", MIDPORTION, "--side", "left", "--race-km", "10"), "race_on", "day of the race"),
        (("--condition", MIDPORTION, "--side", "left", "--hurts-since", "2999-01-01"), None, "not a day"),
        (("--condition", MIDPORTION, "--side", "left", "--usual-week", "far"), None, "35km"),
    ],
)  # fmt: skip
def test_what_stands_against_a_plan_is_named_and_nothing_is_begun(niggle, more, place, word):
    ran = niggle("plan", "start", *more, "--json")
    places, said = problems(ran)
    assert word in said
    assert place in places
    assert niggle("plan", "--json").json["plans"] == []


def test_two_plans_for_one_place(niggle, plan):
    places, said = problems(niggle(*START, "--json"))
    assert places == {"condition"}
    assert "already" in said
    assert "first, then start this one" in said
    assert niggle("plan", "start", "--condition", MIDPORTION, "--side", "right").code == 0
    assert len(niggle("plan", "--json").json["plans"]) == 2


@pytest.mark.parametrize(
    ("condition", "code", "word"),
    [
        ("femoral-neck-stress-fracture", "care_first", "niggle profile clearance"),
        ("acute-compartment-syndrome", "care_first", "care comes first"),
        ("achilles-tendon-rupture", "care_first", "See a"),
    ],
)
def test_where_care_comes_first_it_says_whom_to_see(niggle, condition, code, word):
    ran = niggle("plan", "start", "--condition", condition, "--side", "left", "--json")
    errors = ran.json.get("errors") or [ran.json["error"]]
    assert errors[0]["code"] == code
    assert errors[-1]["code"] == "see_professional"
    assert word in json.dumps(errors)
    assert niggle("plan", "--json").json["plans"] == []


def test_a_plan_ends_and_keeps_its_history(niggle, plan):
    assert niggle("plan", "end", "nothing like it", "--json").code == 1
    assert niggle("plan", "end", "--why", "bored", "--json").code == 1
    history = niggle("plan", "history")
    assert history.code == 0
    assert "The plan began in phase 1 of 4" in history.out
    closed = niggle("plan", "end", "--why", "healed")
    assert closed.code == 0
    assert "Closed (healed): Achilles pain above the heel, left" in closed.out
    again = niggle("plan", "--json").json
    assert again["plans"] == []
    assert [e["id"] for e in again["ended"]] == [plan]


def test_with_two_plans_one_has_to_be_named(niggle, plan):
    niggle("plan", "start", "--condition", "patellofemoral-pain-syndrome", "--side", "right")
    _, said = problems(niggle("plan", "history", "--json"))
    assert "more than one" in said
    assert plan in said
    assert niggle("plan", "history", "patellofemoral-pain-syndrome").code == 0
    assert niggle("plan", "history", "achilles").code == 0
    assert niggle("plan", "history", plan, "--json").json["plan"] == plan
