"""The week on the command line: made, made again, moved by hand, with her own times and wishes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from niggle.actions import athletes, checkins, clock, sessions
from niggle.core.checkin import Entry
from niggle.core.session.types import Session, Sport

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    """It is Monday morning, six o'clock."""
    now = datetime(2026, 6, 1, 6, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: MONDAY)
    return now


@pytest.fixture
def runner(niggle, monday):
    """Four runs a week for two months, a quiet check-in this morning, a plan for the left Achilles."""
    me = athletes.local_athlete()
    start = datetime(2026, 6, 1, 6, tzinfo=UTC)
    made = [Session(Sport.RUN, start - timedelta(days=d), 0, 8000.0, 2800.0, 2800.0) for d in range(1, 60) if d % 2]
    sessions.store_sessions(me, made, "test", monday)
    for ago in (2, 1, 0):
        said = {"on": (MONDAY - timedelta(days=ago)).isoformat(), "site": "achilles", "side": "left",
                "moment": "next_morning", "pain_morning": 1, "stiffness": "same", "limp_first_steps": False,
                "night_pain": False, "baseline_by_24h": True}  # fmt: skip
        assert isinstance(checkins.record_checkin(me, said, monday - timedelta(days=ago), MONDAY), Entry)
    argv = ("plan", "start", "--condition", "achilles-tendinopathy-midportion", "--side", "left")
    assert niggle(*argv, "--usual-week", "32km").code == 0
    return me


def items(ran):
    assert ran.code == 0, ran.err
    return {i["id"]: i for i in ran.json["items"]}


def test_a_week_is_made_the_first_time_and_shown_afterwards(niggle, runner):
    first = niggle("week", "--json").json
    assert (first["start"], first["last"]) == ("2026-06-01", "2026-06-07")
    assert first["items"]
    assert {i["kind"] for i in first["items"]} & {"run_easy", "home_set", "cross_training"}
    assert all(v["severity"] == "warn" for v in first["violations"])
    assert niggle("week", "--json").json["items"] == first["items"]
    out = niggle("week").out
    assert "Week of Monday 1 June 2026" in out
    assert re.search(r"^Tue 2 Jun", out, re.M)
    assert "[home-1]" in out
    assert "Isometric calf raise hold" in out
    coming = niggle("week", "--next", "--json").json
    assert coming["start"] == "2026-06-08"


def test_the_calendar_is_what_today_holds(niggle, runner):
    week = niggle("week", "--json").json
    mine = {i["id"] for i in week["items"] if i["on"] == "2026-06-01"}
    tasks = {t["id"] for t in niggle("today", "--json").json["tasks"]}
    assert tasks <= mine
    assert mine == tasks


def test_a_session_is_moved_by_hand(niggle, runner):
    found = items(niggle("week", "--json"))
    name, item = next((k, i) for k, i in found.items() if i["kind"] == "cross_training")
    days = [MONDAY + timedelta(days=n) for n in range(7)]
    hours = ("17:30", "18:00", "18:30", "09:00", "10:30")
    for day, at in ((d, at) for d in days for at in hours if d.isoformat() != item["on"]):
        moved = niggle("week", "move", name, day.isoformat(), "--at", at, "--json")
        if moved.code == 0:
            break
    else:
        pytest.fail("no day takes a ride")
    assert (items(moved)[name]["on"], items(moved)[name]["at"]) == (day.isoformat(), at)
    assert moved.json["by_hand"] is True
    assert items(niggle("week", "--json"))[name]["on"] == day.isoformat()


def test_a_move_that_a_rule_forbids_is_answered_in_words(niggle, runner):
    before = niggle("week", "--json").json["items"]
    ran = niggle("week", "move", "run-1", "thu", "--at", "23:00")
    assert ran.code == 1
    assert "lies outside the times you have" in ran.err
    assert "Leave a day between runs" in ran.err or "stand at the same time" in ran.err or "leave a day" in ran.err
    assert "PLAN-" not in ran.err
    assert niggle("week", "--json").json["items"] == before


@pytest.mark.parametrize(
    ("argv", "code", "word"),
    [
        (("nothing", "thu"), 1, "no coming session"), (("home-1", "someday"), 2, "not a day"),
        (("home-1", "2026-06-20"), 1, "belongs to this week"), (("home-1", "thu", "--at", "25:00"), 2, "time of day"),
    ],
)  # fmt: skip
def test_moves_that_cannot_be(niggle, runner, argv, code, word):
    before = niggle("week", "--json").json["items"]
    ran = niggle("week", "move", *argv)
    assert ran.code == code, ran.out
    assert word in ran.err
    assert niggle("week", "--json").json["items"] == before


def test_a_day_holds_one_daily_set(niggle, runner):
    found = items(niggle("week", "--json"))
    sets = {i["on"]: name for name, i in found.items() if i["kind"] == "home_set"}
    (first, one), (second, _) = sorted(sets.items())[:2]
    ran = niggle("week", "move", one, second)
    assert ran.code == 1
    assert "has its daily set already" in ran.err
    free = next(d for n in range(7) if (d := (MONDAY + timedelta(days=n)).isoformat()) not in sets)
    assert f"{free} is open" in ran.err
    assert niggle("week", "move", one, free).code == 0
    assert niggle("week", "move", one, first).code == 0
    moved = niggle("week", "move", one, first, "--at", "21:00", "--json")
    assert items(moved)[one]["at"] == "21:00"
    assert {i["on"] for i in items(moved).values() if i["kind"] == "home_set"} == set(sets)


def test_several_sessions_of_one_name_are_told_apart(niggle, runner):
    niggle("week")
    ran = niggle("week", "move", "daily set", "thu")
    assert ran.code == 1
    assert "home-1" in ran.err


def test_her_times_wishes_and_things(niggle, runner):
    out = niggle("week", "have", "mon-fri 18:00 60", "sat 9:00 180", "--wish", "rest friday", "--equipment", "band").out
    assert "Monday     18:00  60 min" in out
    assert "Wish: rest friday" in out
    assert "At hand: band" in out
    kept = niggle("week", "have", "--json").json
    assert len(kept["windows"]) == 6
    assert kept["wishes"][0]["weekday"] == 4
    week = items(niggle("week", "--make", "--json"))
    at = {(i["on"], i["at"]) for i in week.values() if i["kind"] in ("run_easy", "cross_training", "strength_a")}
    assert at
    assert all(hour >= ("09:00" if day == "2026-06-06" else "18:00") for day, hour in at)
    assert not [i for i in week.values() if i["on"] == "2026-06-05" and i["kind"] in ("run_easy", "cross_training")]
    assert niggle("week", "have", "--no-wishes", "--json").json["wishes"] == []
    assert len(niggle("week", "have", "--json").json["windows"]) == 6


@pytest.mark.parametrize(
    ("argv", "code", "word"),
    [
        (("tue",), 2, "tue 18:00 60"), (("tue 18:00 60", "tue 18:30 60"), 1, "overlap"),
        (("tue 23:30 60",), 1, "midnight"), (("--wish", "more cake"), 2, "long run saturday"),
        (("--equipment", "sofa"), 1, "sofa"), (("--gym", "9"), 2, "7"),
    ],
)  # fmt: skip
def test_times_that_make_no_sense(niggle, runner, argv, code, word):
    ran = niggle("week", "have", *argv)
    assert ran.code == code, ran.out
    assert word in ran.err
    assert niggle("week", "have", "--json").json["windows"] == []


def test_wishes_that_clash_are_named_in_her_words(niggle, runner):
    niggle("week", "have", "--wish", "run wednesday", "--wish", "rest wednesday", "--json")
    week = niggle("week", "--make", "--json").json
    said = " ".join([c["text"] for c in week["clashes"]] + week["unmet"])
    assert "wednesday" in said
    assert "wednesday" in niggle("week", "--make").out


def test_a_week_without_any_free_day(niggle, runner):
    assert niggle("away", "life", "--from", "2026-06-01", "--until", "2026-06-07").code == 0
    week = niggle("week", "--make", "--json")
    assert week.code == 0
    said = niggle("week").out
    assert week.json["named"] == "away"
    assert "You are away for the rest of this week" in said
    assert "No place for" not in said
    assert all(x["text"] for x in week.json["left_out"])


def test_red_makes_the_week_again_by_itself_and_today_says_so(niggle, runner, typed):
    before = items(niggle("week", "--json"))
    assert [i for i in before.values() if i["kind"] == "run_easy"]
    typed('{"site": "achilles", "side": "left", "pain_evening": 8}')
    told = niggle("checkin", "--json-in", "-", "--json")
    assert told.code == 0, told.err
    assert told.json["today"]["week_changed"][0].startswith("Your week was made again because of the red light")
    week = niggle("week", "--json")
    assert not [i for i in items(week).values() if i["kind"] == "run_easy"]
    assert "red" in week.json["because"]
    assert {c["was"] for c in week.json["changes"]} >= {i["on"] for i in before.values() if i["kind"] == "run_easy"}
    assert week.json["changed_texts"][0] in re.sub(r"\s+", " ", niggle("week").out)
    assert "Your week was made again" in niggle("today").out
    niggle("week", "--make")
    assert niggle("week", "--json").json["because"] == []
    assert "Your week was made again" not in niggle("today").out


def test_a_race_stands_in_its_week_or_is_named_with_why(niggle, runner):
    niggle("week")
    assert niggle("race", "add", "2026-06-07", "5km", "--name", "Park run").code == 0
    week = niggle("week", "--json")
    assert week.json["because"] == ["race"]
    (race,) = week.json["races"]
    placed = [i for i in week.json["items"] if i["kind"] == "race"]
    assert bool(placed) is (race["verdict"] not in ("no", "not_now"))
    (text,) = week.json["race_texts"]
    assert text.startswith("Park run, ")
    assert "Park run" in niggle("week").out
