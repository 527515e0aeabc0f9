"""The tests of a plan on the command line: a result kept and judged, a slip of the finger named."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.cli.plan.begun import MIDPORTION, problems

from niggle.actions import clock

pytestmark = pytest.mark.django_db


def test_a_result_is_kept_and_judged(niggle, plan):
    ran = niggle("test", "record", "calf_raise", "--left", "18", "--right", "30", "--pain", "2")
    assert ran.code == 0
    assert "left 18, right 30" in ran.out
    assert "40 % between the sides, left is weaker" in " ".join(ran.out.split())
    board = niggle("tests", "--json").json
    state = next(t for t in board["tests"] if t["test"] == "calf_raise")
    assert (state["left"], state["gap"], state["met"]) == (18, 0.4, False)
    assert board["limiter"]["test"] == "calf_raise"
    assert "calf_raise" not in board["due"]
    out = niggle("tests").out
    assert "What holds you back most: single-leg calf raises on the left" in " ".join(out.split())
    gate = niggle("plan", "--json").json["plans"][0]["gate"]
    assert any("18" in c["seen"] for c in gate)


@pytest.mark.parametrize(("measured", "counts"), [(2, False), (1, True)])
def test_after_red_a_result_from_before_is_done_again(niggle, typed, measured, counts):
    """Red two days ago: the command line, the page and the day agree on what still counts."""
    from django.test import Client

    from niggle.actions import athletes
    from niggle.actions.plans.starting import start_plan
    from niggle.core.plan import PlanStart

    today = clock.today()
    plain = {"condition": MIDPORTION, "side": "left", "before_week_km": 35}
    started = start_plan(athletes.local_athlete(), plain, clock.now() - timedelta(days=9))
    assert isinstance(started, PlanStart), started
    gone = {"findings": {"hop_pain": False, "walk_pain": False}}
    place = {"site": "achilles", "side": "left"}
    calm = {"pain_evening": 0, "pain_morning": 0, "night_pain": False, "limp": False, "swelling": False}
    said = [{"on": str(today - timedelta(days=2)), **place, "pain_evening": 8}]
    said += [{"on": str(today - timedelta(days=d)), **place, **gone, **calm} for d in (1, 0)]
    for entry in said:
        typed(json.dumps(entry))
        assert niggle("checkin", "--json-in", "-").code == 0
    on = str(today - timedelta(days=measured))
    assert niggle("test", "record", "calf_raise", "--left", "30", "--right", "30", "--on", on).code == 0
    old = "opens nothing any more. Do it again."
    assert (old not in " ".join(niggle("tests").out.split())) is counts
    assert ("calf_raise" not in niggle("tests", "--json").json["due"]) is counts
    page = Client(headers={"host": "127.0.0.1"}).get("/plan/tests").content.decode()
    assert (old not in page) is counts
    (line,) = niggle("today", "--json").json["plan"]
    assert ("calf_raise" not in line["tests_due"]) is counts


@pytest.mark.parametrize(
    ("argv", "places"),
    [
        (("calf_raise", "--left", "400", "--right", "20"), {"left"}),
        (("calf_raise", "--left", "-3", "--right", "20"), {"left"}),
        (("calf_raise", "--left", "20"), {"right"}),
        (("calf_raise", "--value", "20"), {"value"}),
        (("calf_raise", "--left", "20.5", "--right", "20"), {"left"}),
        (("calf_raise", "--left", "20", "--right", "20", "--pain", "12"), {"pain"}),
        (("calf_rise", "--left", "20", "--right", "20"), {"test"}),
        (("hop_in_place",), {"value"}),
        (("hop_in_place", "--value", "nan"), {"value"}),
        (("calf_raise", "--left", "400"), {"left", "right"}),
        (("hop_in_place", "--left", "2", "--right", "1"), {"left", "right"}),
        (("hop_in_place", "--value", "2", "--left", "1"), {"left"}),
        (("hop_in_place", "--value", "2", "--pain", "3"), {"pain"}),
        (("walk_30", "--not-passed"), {"passed"}),
        (("calf_raise", "--passed"), {"passed"}),
        (("cadence", "--not-passed"), {"passed"}),
        (("squat_control", "--passed", "--left", "0"), {"passed"}),
    ],
)
def test_a_slip_of_the_finger_is_named_and_nothing_is_kept(niggle, plan, argv, places):
    found, said = problems(niggle("test", "record", *argv, "--json"))
    assert found == places, said
    assert all(t["on"] is None for t in niggle("tests", "--json").json["tests"])


def test_yes_and_no_and_no_sides(niggle, plan):
    assert niggle("test", "record", "squat_control", "--passed").code == 0
    assert "no pain" in niggle("test", "record", "hop in place", "--value", "0").out
    assert niggle("test", "record", "squat_control", "--left", "0", "--right", "1").code == 0


@pytest.mark.parametrize(("argv", "pain"), [(("--passed",), 0), (("--pain", "3"), 3), (("--value", "1"), 1)])
def test_a_test_of_pain_that_was_passed_did_not_hurt(niggle, plan, argv, pain):
    ran = niggle("test", "record", "walk_30", *argv, "--json")
    assert ran.json["kept"]["value"] == pain, ran.err
    assert ran.json["kept"]["test"] == "walk_30"


@pytest.mark.parametrize(("argv", "met"), [(("--passed",), True), (("--pain", "1"), False)])
def test_passed_opens_what_no_pain_opens(niggle, plan, argv, met):
    assert niggle("test", "record", "hop_in_place", *argv, "--json").json["now"]["met"] is met


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("dorsiflexion", "--left CENTIMETRES --right CENTIMETRES   (0 to 25)"),
        ("faam", "--value POINTS   (0 to 100)"),
        ("walk_30", "--value PAIN   (0 to 10; without pain: --passed)"),
        ("squat_control", "--passed, or --not-passed"),
    ],
)
def test_the_hint_is_no_result_to_copy(niggle, name, hint):
    assert hint in niggle("test", "show", name).out


def test_how_a_test_is_done_and_how_it_went(niggle, plan):
    niggle("test", "record", "calf_raise", "--left", "10", "--right", "20", "--on", "-7")
    niggle("test", "record", "calf_raise", "--left", "12", "--right", "20")
    text = niggle("test", "show", "calf_raise").out
    assert " 2. Stand on one leg" in text
    assert text.index("left 12, right 20") < text.index("left 10, right 20")
    assert niggle("test", "show", "calf_raise", "--json").json["results"][0]["left"] == 10
    assert "calf_hold" in niggle("tests", "--all").out
    assert niggle("test", "show", "nonsense").code == 1
