"""A plan on the command line, typed as a newcomer would: started, refused, looked at, done, moved, ended."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest

from niggle.actions import clock
from niggle.cli import spoken
from niggle.cli.say import Stop

pytestmark = pytest.mark.django_db
MIDPORTION = "achilles-tendinopathy-midportion"
START = ("plan", "start", "--condition", MIDPORTION, "--side", "left")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NIGGLE_HOME", str(tmp_path))


@pytest.fixture
def plan(niggle):
    """An open plan: its id."""
    answer = niggle(*START, "--usual-week", "35km", "--json")
    assert answer.code == 0, answer.err
    return answer.json["plans"][0]["id"]


def problems(ran):
    assert ran.code in (1, 2), ran.out
    errors = ran.json.get("errors") or [ran.json["error"]]
    for e in errors:
        assert e["message"]
        assert "Traceback" not in ran.err
    return {e["place"] for e in errors}, " ".join(f"{e['message']} {e['suggestion']}" for e in errors)


# --- starting


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


# --- today


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


# --- done


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


# --- tests


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


# --- tell, away


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


# --- races


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


# --- the catalogue


@pytest.mark.parametrize(
    "name", [("isometric-calf-hold",), ("EX-005",), ("ex-005",), ("isometric", "calf", "raise", "hold")]
)
def test_an_exercise_by_any_name_with_its_dose(niggle, plan, name):
    out = " ".join(niggle("exercise", *name).out.split())
    assert "EX-005" in out
    assert "In your plan (Achilles pain above the heel, left)" in out
    assert "5 x 10 s" in out.replace("\u00a0", " ")
    plain = niggle("exercise", *name, "--json").json
    assert plain["in_plans"][0]["item"] == "hold"


def test_exercises_that_do_not_exist(niggle):
    assert "did you mean" in niggle("exercise", "isometric-calf-hodl").err
    several = niggle("exercise", "calf")
    assert several.code == 1
    assert "one of" in several.err
    assert niggle("exercise", "xyzzy", "--json").json["error"]["code"] == "no_such_exercise"


def test_the_catalogue_is_filtered(niggle):
    everything = niggle("exercises", "--json").json["exercises"]
    assert len(everything) == 124
    free = niggle("exercises", "--equipment", "none", "--json").json["exercises"]
    assert 0 < len(free) < 124
    assert all(e["equipment"] == [] for e in free)
    holds = niggle("exercises", "calf", "--kind", "isometric", "--json").json["exercises"]
    assert "isometric-calf-hold" in {e["id"] for e in holds}
    first = niggle("exercises", "--condition", MIDPORTION, "--phase", "1", "--json").json["exercises"]
    assert all(1 in e["phases"] for e in first)
    assert "pogo-hops" not in {e["id"] for e in first}
    assert niggle("exercises", "--kind", "dance").code == 2
    assert niggle("exercises", "--phase", "2").code == 2
    assert niggle("exercises", "--equipment", "sofa").code == 2
    assert niggle("exercises", "zzz").code == 1
    assert niggle("exercises", "--condition", "zzz").code == 1


# --- what people type

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


@pytest.mark.parametrize("things", [("band,stairs",), ("band, stairs",), ("band", "--equipment", "stairs")])
def test_things_are_named_with_commas_or_one_by_one(niggle, plan, things):
    things = ("--equipment", *things)
    kept = niggle("away", "travel", "--until", "+3", *things, "--json")
    assert kept.code == 0, kept.err
    assert sorted(kept.json["equipment"]) == ["band", "stairs"]
    assert sorted(niggle("week", "have", *things, "--json").json["equipment"]) == ["band", "stairs"]
    assert niggle("exercises", *things).code == 0


@pytest.mark.parametrize(
    ("text", "metres"), [("35km", 35_000), ("35", 35_000), ("21,5 km", 21_500), ("10mi", 16_093.44)]
)
def test_distances(text, metres):
    assert spoken.metres(text) == pytest.approx(metres)


# --- put right what it was told


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


# --- what is done twice a day


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
