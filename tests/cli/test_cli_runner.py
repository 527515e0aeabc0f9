"""Commands about the runner, in this process on the test database."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from tests.cli.logged import ran

from niggle.actions import athletes, clock

pytestmark = pytest.mark.django_db


def test_a_new_runner_is_told_what_to_do(niggle):
    assert niggle("today", "--json").json["light"] == "cannot_say"
    ran = niggle("today")
    assert ran.code == 0
    assert "○ Cannot say yet" in ran.out
    said = " ".join(ran.out.split())
    assert "Answer a check-in: niggle checkin" in said
    assert "numbers: niggle import FILE" in said


def test_today_in_words_and_by_the_parser(niggle, typed):
    typed('{"site": "achilles", "side": "left", "moment": "after", "pain_max": 5}')
    assert niggle("checkin", "--json-in", "-").code == 0
    quick, parsed = niggle("today", "--on", "today"), niggle("today", "--on", "today", "--on", "today")
    assert quick.code == parsed.code == 0
    assert quick.out == parsed.out
    assert "▲ Yellow" in quick.out
    assert "5 of 10" in quick.out


def test_a_day_that_is_none(niggle):
    for argv in (
        ("today", "--on", "soon"),
        ("today", "--on=soon"),
        ("explain", "--on", "soon"),
        ("case", "--on", "soon"),
    ):
        ran = niggle(*argv)
        assert ran.code == 2, argv
        assert "'soon' is not a day" in ran.err
    assert niggle("today", "--on", "soon", "--json").json["error"]["code"] == "usage"


def test_explain_names_rule_source_and_grade(niggle, typed):
    typed('{"site": "achilles", "side": "left", "moment": "after", "pain_max": 5}')
    niggle("checkin", "--json-in", "-")
    text = niggle("explain").out
    assert not re.search(r"\b1 (days|sessions|reasons|weeks)\b", text), text
    assert "TL-D10" in text
    assert "clinical practice" in text
    assert "score: 5 of 10" in text
    plain = niggle("explain", "--json").json
    reason = next(r for r in plain["reasons"] if r["rule"] == "TL-D10")
    assert reason["text"]
    assert reason["title"]
    assert reason["source_titles"]
    assert plain["would_change"]


def test_an_emergency_is_first_and_nothing_competes(niggle, typed):
    typed('{"site": "chest", "pain_max": 6, "findings": {"chest_pain": true}}')
    ran = niggle("checkin", "--json-in", "-")
    assert ran.code == 0
    text = niggle("today").out
    assert "emergency" in text.lower().split("\n")[1]
    assert "You may" not in text


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('{"pain_max": 11, "site": "knee_front"}', ["pain_max"]),
        ('{"site": "kneecap"}', ["site"]),
        ('{"site": "kneecap", "pain_max": -1, "mood": "fine", "limp": "yes"}', ["mood", "site", "pain_max", "limp"]),
        ('{"on": "1850-01-01"}', None),
        ('{"on": "2999-01-01"}', ["on"]),
    ],
)
def test_a_bad_check_in_names_every_problem_and_stores_nothing(niggle, typed, text, fields):
    athletes.change_profile(athletes.local_athlete(), {"born_on": "1980-01-01"}, clock.now())
    typed(text)
    ran = niggle("checkin", "--json-in", "-", "--json")
    assert ran.code == 1
    errors = ran.json.get("errors") or [ran.json["error"]]
    if fields is not None:
        assert sorted(e["place"] for e in errors) == sorted(f"standard input: {f}" for f in fields)
    assert all(e["message"] for e in errors)
    assert niggle("today", "--json").json["headline"] == "nothing_known"


def test_broken_json_says_where(niggle, typed):
    typed('{"site": "knee_front",\n "pain_max" 3}')
    ran = niggle("checkin", "--json-in", "-", "--json")
    assert ran.code == 1
    assert ran.json["error"]["place"] == "standard input, line 2"


def test_nobody_at_the_terminal(niggle, typed):
    typed("")
    ran = niggle("checkin")
    assert ran.code == 1
    assert "--json-in" in ran.err


def test_replay_of_something_else(niggle, tmp_path):
    path = tmp_path / "case.json"
    path.write_text("{}")
    ran = niggle("replay", path, "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"] == "bad_case"


def test_case_and_replay_in_words(niggle, tmp_path):
    path = tmp_path / "case.json"
    path.write_text(niggle("case").out)
    assert "Cannot say yet" in niggle("replay", path).out


def test_whatif_as_json(niggle):
    ran(*range(2, 60, 3))
    plain = niggle("whatif", "--on", "tomorrow", "--distance-km", "18", "--descent-m", "400", "--json").json
    assert plain["verdict"] == "caution"
    assert plain["gate"]["state"] == "large"
    assert plain["gate"]["ratio"] == pytest.approx(18 / 8)
    assert plain["tissues"]["achilles"]["after"]["week_km"] > plain["tissues"]["achilles"]["before"]["week_km"]
    assert plain["reasons"]
    miles = niggle("whatif", "--distance-mi", "5", "--json").json
    assert miles["gate"]["distance_m"] == pytest.approx(8046.72)
    assert "Load" in niggle("whatif", "--distance-km", "18").out


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        ((), 2),
        (("--distance-km", "5", "--distance-mi", "3"), 2),
        (("--distance-km", "far"), 2),
        (("--distance-km", "-1"), 2),
        (("--distance-km", "0"), 1),
        (("--distance-km", "5", "--sport", "jogging"), 1),
        (("--distance-km", "5", "--shoe", "none-such"), 1),
    ],
)
def test_a_whatif_that_cannot_be_meant(niggle, argv, code):
    asked = niggle("whatif", *argv, "--json")
    assert asked.code == code
    assert asked.json["error"]["message"]


def test_load_without_and_with_runs(niggle):
    assert "No runs yet" in niggle("load").out
    ran(*range(2, 60, 3))
    plain = niggle("load", "--json", "--weeks", "4").json
    assert len(plain["weeks"]) == 4
    assert len(plain["tissues"]) == 12
    assert "achilles" in niggle("load").out


def test_load_after_a_long_pause_says_when_she_last_ran(niggle):
    ran(400)
    last = str(clock.today() - timedelta(days=400))
    said = niggle("load").out
    assert f"The last one was on {last}:" in said
    assert "cutback" not in said
    assert "achilles" in niggle("load", "--on", last).out


def test_sessions_in_kilometres_and_miles(niggle):
    ran(2, 5)
    listed = niggle("sessions", "--json").json
    assert [s["distance_m"] for s in listed] == [8000, 8000]
    assert "8\u00a0km" in niggle("sessions").out
    niggle("settings", "units=mi")
    assert "5\u00a0mi" in niggle("sessions").out
    assert niggle("sessions", "list").out == niggle("sessions").out
    assert niggle("sessions", "list", "--since", "2020-01-01", "--until", "2020-02-01", "--json").json == []
    assert niggle("sessions", "--sport", "chess").code == 2
    assert niggle("sessions", "--since", "2020-01-01", "--until", "2020-02-01", "--json").json == []


def test_shoes_from_new_to_retired(niggle):
    ran(2, 5)
    shoe = niggle("shoes", "add", "name=Blue trainer", "drop_mm=8", "--json").json
    first = niggle("sessions", "--json").json[0]["id"]
    assert niggle("shoes", "assign", shoe["id"], first).code == 0
    assert niggle("shoes", "list", "--json").json[0]["distance_m"] == 8000
    assert niggle("shoes", "retire", shoe["id"]).code == 0
    assert "retired" in niggle("shoes", "list").out
    assert niggle("shoes", "assign", "none-such", first, "--json").code == 1
    assert niggle("shoes", "add", "name=X", "drop_mm=soft", "--json").json["error"]["place"] == "drop_mm"


def test_profile_is_told_and_taken_back(niggle):
    assert niggle("profile", "set", "born_on=1988-04-02", "missed_periods=no", "--json").json["born_on"] == "1988-04-02"
    assert "1988-04-02" in niggle("profile", "show").out
    assert niggle("profile", "set", "born_on=none", "--json").json["born_on"] is None
    ran = niggle("profile", "set", "born_on=3000-01-01", "shoe_size=41", "--json")
    assert ran.code == 1
    assert {e["place"] for e in ran.json["errors"]} == {"born_on", "shoe_size"}


def test_the_profile_says_conditions_in_words(niggle):
    said = niggle("profile", "condition", "slug=calf-strain", "site=calf_inner", "side=left", "plan_active=yes").out
    assert re.search(r"^conditions +calf-strain, site calf_inner, side left, plan_active yes$", said, re.MULTILINE), (
        said
    )


def test_a_clinicians_word_is_recorded(niggle):
    today = clock.today().isoformat()
    told = niggle(
        "profile", "clearance", f"on={today}", "by=Dr. Test", "lifts=running", "site=shin_inner", "side=left", "--json"
    ).json
    assert [(c["by"], c["site"], c["restricts"]) for c in told["clearances"]] == [("Dr. Test", "shin_inner", False)]
    assert niggle("profile", "clearance", "by=Dr. Test", "--json").json["error"]["place"] == "on"
    named = niggle(
        "profile", "condition", "slug=achilles-tendinopathy", "site=achilles", "plan_active=yes", "--json"
    ).json
    assert [(c["slug"], c["plan_active"]) for c in named["conditions"]] == [("achilles-tendinopathy", True)]
    assert "Dr. Test" in niggle("profile", "show").out


def test_settings(niggle):
    assert niggle("settings", "--json").json["units"] == "km"
    assert niggle("settings", "units=mi", "week_starts=sunday", "--json").json["week_starts"] == "sunday"
    assert niggle("settings", "units=leagues", "--json").code == 1
    assert niggle("settings", "--json").json["units"] == "mi"


def test_imports_of_nobody(niggle):
    assert niggle("imports", "list", "--json").json == []
    assert niggle("imports", "show", "7", "--json").json["error"]["code"] == "unknown_import"


def test_export_does_not_overwrite(niggle, tmp_path):
    path = tmp_path / "mine.zip"
    path.write_text("precious")
    assert niggle("export", path, "--json").json["error"]["code"] == "exists"
    assert path.read_text() == "precious"


def test_forget_asks_first(niggle, typed):
    typed("no\n")
    assert niggle("forget").code == 1


def test_demo_is_shown_and_named_until_there_is_something_of_ones_own(niggle, typed):
    assert niggle("demo", "--json").code == 0
    shown = niggle("today")
    assert "▲ Yellow" in shown.out
    assert "demo runner" in shown.err
    typed("{}")
    niggle("checkin", "--json-in", "-")
    own = niggle("today")
    assert "demo" not in own.err
    assert "● Green" in own.out
    assert json.loads(niggle("sessions", "--json").out) == []


def test_check_knowledge(niggle, tmp_path):
    assert niggle("check-knowledge", "--json").json["rules"] > 50
    (tmp_path / "spikes.yaml").write_text("parameters:\n  x: {value: much}\n")
    ran = niggle("check-knowledge", tmp_path, "--json")
    assert ran.code == 1
    assert "spikes.yaml, line" in ran.json["error"]["place"]


def test_a_place_outside_of_what_niggle_covers_is_said(niggle, typed):
    typed('{"site": "arm_or_hand", "side": "left", "pain_max": 3}')
    assert "Outside what niggle covers: arm or hand" in niggle("checkin", "--json-in", "-").out
    assert niggle("today", "--json").json["outside_scope"] == ["arm_or_hand"]


def test_what_no_watch_records_is_told_listed_and_taken_back(niggle):
    assert "landing_change" in niggle("told").out
    assert niggle("told", "carried_weight", "--json").json == [
        {"on": clock.today().isoformat(), "code": "carried_weight"}
    ]
    assert "LOAD-S19" in niggle("explain").out
    assert niggle("told", "carried_wait").code == 1
    assert niggle("told", "--take-back").code == 2
    assert niggle("told", "carried_weight", "--take-back", "--json").json == []
    assert "LOAD-S19" not in niggle("explain").out


def test_a_check_in_is_corrected_and_both_stay_stored(niggle, typed):
    typed('{"site": "achilles", "side": "left", "pain_max": 6}')
    wrong = niggle("checkin", "--json-in", "-", "--json").json["entry"]["id"]
    assert "6 of 10" in niggle("checkin", "list").out
    typed('{"site": "achilles", "side": "left", "pain_max": 2}')
    ran = niggle("checkin", "--corrects", wrong, "--json-in", "-", "--json")
    assert ran.json["entry"]["corrects"] == wrong
    assert ran.json["today"]["light"] == "green"
    assert [e["replaced"] for e in niggle("checkin", "list", "--json").json] == [False, True]
    typed('{"site": "achilles", "side": "left", "pain_max": 1}')
    again = niggle("checkin", "--corrects", wrong, "--json-in", "-")
    assert again.code == 1
    assert "was corrected already" in again.err
    assert niggle("checkin", "lits").code == 2


def test_a_warning_sign_is_taken_back_only_when_confirmed(niggle, typed):
    answers = '{"on": "2026-03-01", "site": "achilles", "side": "left", "pain_max": 2, "findings": {"chest_pain": %s}}'
    typed(answers % "true")
    first = niggle("checkin", "--json-in", "-", "--json")
    assert first.code == 0, first.err
    wrong = first.json["entry"]["id"]
    typed(answers % "false")
    refused = niggle("checkin", "--corrects", wrong, "--json-in", "-", "--json")
    assert (refused.code, refused.json["error"]["place"]) == (1, "standard input: sure")
    typed(answers % "false")
    assert niggle("checkin", "--corrects", wrong, "--sure", "--json-in", "-").code == 0
    assert "2026-03-01" in niggle("checkin", "list").out


def test_a_session_is_added_by_hand_and_labelled(niggle):
    assert niggle("sessions", "add", "--at", "half past", "--distance-km", "8").code == 2
    ran = niggle("sessions", "add", "--on", "yesterday", "--at", "7:30", "--distance-km", "8", "--duration-min", "44",
                 "--tag", "hills", "--surface", "trail", "--json")  # fmt: skip
    added = ran.json
    assert (added["distance_m"], added["tags"], added["surface"]) == (8000, ["hills"], "trail")
    shown = niggle("sessions", "label", added["id"], "--low-side", "left", "--json").json
    assert [(s["tags"], s["surface"], s["low_side"]) for s in shown] == [(["hills"], "trail", "left")]
    shown = niggle(
        "sessions", "label", added["id"], "--tag", "race", "--tag", "long", "--surface", "none", "--json"
    ).json
    assert [(s["tags"], s["surface"], s["low_side"]) for s in shown] == [(["long", "race"], None, "left")]
    assert "low side left" in niggle("sessions", "label", added["id"], "--tag", "none").out
    assert len(niggle("sessions", "--json").json) == 1


def test_a_label_that_cannot_be_changes_nothing(niggle):
    ran(1, 3)
    ids = [s["id"] for s in niggle("sessions", "--json").json]
    assert niggle("sessions", "label", *ids).code == 2
    assert niggle("sessions", "label", ids[0], "nobody", "--surface", "trail").code == 1
    assert niggle("sessions", "label", *ids, "--surface", "moon").code == 1
    assert [s["surface"] for s in niggle("sessions", "--json").json] == [None, None]
    assert niggle("sessions", "label", *ids, "--surface", "sand").code == 0
    assert [s["surface"] for s in niggle("sessions", "--json").json] == ["sand", "sand"]


def test_a_session_that_cannot_be_is_not_added(niggle):
    for wrong in (("--on", "2090-01-01"), ("--surface", "moon"), ("--sport", "chess"), ("--low-side", "top")):
        assert niggle("sessions", "add", "--distance-km", "8", *wrong).code == 1, wrong
    assert niggle("sessions", "add").code == 1
    assert niggle("sessions", "--json").json == []
