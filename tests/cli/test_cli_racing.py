"""Race, season and coach on the command line: a race added, judged, corrected and dropped; cards that answer back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from niggle.actions import athletes, checkins, clock, sessions
from niggle.actions.plans.telling import record_answers
from niggle.core.checkin import Entry
from niggle.core.session.types import Session, Sport

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def evening(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def runner(niggle):
    """Nine easy kilometres every other day for two months, and nothing hurts; the watch counts 160 steps."""
    me = athletes.local_athlete()
    start = datetime(2026, 5, 31, 6, tzinfo=UTC)
    made = [
        Session(Sport.RUN, start - timedelta(days=d), 0, 9000.0, 3200.0, 3200.0, avg_cadence_spm=160.0)
        for d in range(0, 60, 2)
    ]
    sessions.store_sessions(me, made, "test", NOW)
    for ago in (3, 2, 1, 0):
        said = {"on": (TODAY - timedelta(days=ago)).isoformat(), "pain_evening": 0, "sleep_h": 6.5}
        assert isinstance(checkins.record_checkin(me, said, NOW, TODAY), Entry)
    return me


def test_a_race_is_added_judged_changed_and_dropped(niggle, runner) -> None:
    assert "No race is on the calendar" in niggle("race").out
    added = niggle("race", "add", "2026-07-12", "10km", "--name", "Lakes")
    assert added.code == 0
    assert "Cannot say yet" in added.out
    assert "Were you training towards this distance" in added.out
    changed = niggle("race", "change", "Lakes", "--prepared", "--json").json
    assert changed["advice"]["verdict"] == "go"
    assert "90\u00a0% of the distance" in " ".join(changed["why"])
    assert niggle("race", "change", "2026-07-12", "--distance", "21.1km", "--json").json["advice"]["verdict"] == "no"
    shown = niggle("race").out
    assert "Lakes (half marathon), Sunday 12 July 2026" in shown.replace("\n", " ")
    assert "A later race." in shown
    assert niggle("race", "drop", "lakes").code == 0
    assert niggle("race", "--json").json["races"] == []


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("add", "2026-05-01", "10km"), "over"),
        (("add", "2026-07-01", "0km"), "km"),
        (("add", "2026-07-01", "10km", "--importance", "huge"), "importance"),
        (("drop", "nothing"), "there is no race"),
        (("change", "nothing", "--prepared"), "there is no race"),
    ],
)
def test_a_wrong_race_is_named(niggle, runner, args, word) -> None:
    ran = niggle("race", *args)
    assert ran.code != 0
    assert word in ran.err
    assert niggle("race", "--json").json["races"] == []


def test_season_says_where_in_the_year_she_is(niggle, runner) -> None:
    assert "Base" in niggle("season").out
    niggle("race", "add", "2026-10-01", "10km")
    found = niggle("season", "--json").json
    assert found["phase"] == "Before the season"
    assert len(found["tests_due"]) == 4
    assert "niggle test show calf_raise" in niggle("season").out


def test_coach_takes_her_steps_from_the_watch(niggle, runner) -> None:
    record_answers(runner, {"overstride": True, "heel_strike": True}, NOW)
    [card] = niggle("coach", "cadence", "--json").json["cards"]
    assert "168 steps a minute" in card["summary"]
    assert any("160 steps a minute" in text and "easy runs" in text for text in card["lines"])
    [tired] = niggle("coach", "sleep", "--json").json["cards"]
    assert tired["summary"].startswith("Sleep more: 6.5")
    assert niggle("coach", "nothing").code != 0


def test_coach_puts_help_first(niggle, runner) -> None:
    record_answers(runner, {"self_harm": True}, NOW)
    cards = niggle("coach", "--json").json["cards"]
    assert (cards[0]["id"], cards[0]["urgent"]) == ("crisis", True)
    assert sum(c["urgent"] for c in cards) == 1
    assert "findahelpline" in niggle("coach").out.replace("\n", " ")


def test_after_a_break_the_way_back_is_a_rule_of_thumb(niggle) -> None:
    me = athletes.local_athlete()
    start = datetime(2026, 4, 20, 6, tzinfo=UTC)  # six weeks ago
    sessions.store_sessions(me, [Session(Sport.RUN, start, 0, 9000.0, 3200.0, 3200.0)], "test", NOW)
    fitness = niggle("race", "--json").json["fitness"]
    said = " ".join(fitness["lines"])
    assert "6 to 10 weeks" in said
    assert "12 if you are careful" in said
    assert "walking and running" in said
    assert fitness["label"] == "rule of thumb"
