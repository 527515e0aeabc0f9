"""The interview on the terminal: the same questions as on the page, and the same entry from the same answers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from niggle.actions.checkin_form import plain_from_form
from niggle.cli.questions import interview
from niggle.core.body import Side
from niggle.core.checkin import Entry, parse_entry
from niggle.knowledge import load
from niggle.wording.interview import steps

ON = date(2026, 3, 28)
KNOWN = load()
STEPS = steps(KNOWN)


class Talk:
    """Answers to what is asked, by the question's first words; what has no answer is passed over with Enter."""

    def __init__(self, *typed: str, planned: tuple = (), **more):
        self.left, self.said = list(typed), []
        found = interview(self.ask, self.said.append, ON, STEPS, planned, **more)
        assert not self.left, f"not asked for: {self.left}"
        self.plain, self.told = found.plain, found.told

    def ask(self, prompt: str) -> str:
        self.said.append(prompt)
        return self.left.pop(0) if self.left else ""


def said(*typed: str, **more) -> dict:
    return Talk(*typed, **more).plain


@pytest.mark.parametrize("typed", ["1", "n", "no", "Nothing hurts"])
def test_nothing_hurts(typed):
    plain = said(typed)
    assert plain == {"on": "2026-03-28", "pain_max": 0}
    assert isinstance(parse_entry(plain, id="x", recorded_at=datetime(2026, 3, 28, 20, tzinfo=UTC)), Entry)


def test_a_feeling_counts():
    assert said("wrong", "0")["feels_wrong"] is True


def test_knee_four_of_ten_that_came_after_six_km():
    plain = said("y", "0", "knee", "1", "left", "after", "4", "late", "6", "dull", "1")
    assert plain["site"].startswith("knee")
    assert plain["side"] == "left"
    assert (plain["moment"], plain["pain_after"], plain["onset_km"], plain["late_onset"]) == ("after", 4, 6, True)
    assert (plain["limp"], plain["swelling"]) == (True, False), "a list that was answered is answered as a whole"
    assert set(plain["findings"].values()) == {False}
    assert isinstance(parse_entry(plain, id="x", recorded_at=datetime(2026, 3, 28, 20, tzinfo=UTC)), Entry)


def test_what_is_asked_ends_like_a_sentence():
    asked = Talk("y", "0", "achilles", "left", "2", "2").said
    assert "First, the warning signs. Tick what is true now." in asked
    assert [line for line in asked if line.startswith("Any of these? ")]
    assert not [line for line in asked if "?." in line]


def test_miles_for_who_runs_in_miles():
    plain = said("y", "", "knee", "1", "left", "after", "4", "late", "2", distance_unit="mi")
    assert plain["onset_km"] == pytest.approx(3.218688)


def test_what_was_passed_over_is_not_answered():
    plain = said("y", "", "knee", "1", "left")
    assert "findings" not in plain
    assert "limp" not in plain
    assert "moment" not in plain, "the day as a whole"


def test_the_morning_is_kept_with_the_day_before():
    plain = said("y", "", "achilles", "left", "2", "2", "", "worse", "no", "3")
    assert plain["on"] == "2026-03-27"
    assert (plain["pain_morning"], plain["stiffness"], plain["baseline_by_24h"]) == (2, "worse", False)
    assert (plain["night_pain"], plain["limp_walking"]) == (True, False)


def test_wrong_answers_are_asked_again():
    plain = said("perhaps", "y", "99", "0", "heel", "3", "left", "1", "11", "3.3", "3,5")
    assert plain["pain_max"] == 3.5


def test_a_word_for_several_places_is_asked_about():
    """Under the heel, the heel bone and the Achilles' insertion heal in ways of their own."""
    assert said("y", "", "heel", "3", "left")["site"] == "heel_under"
    assert said("y", "", "heel", "4", "left")["site"] == "heel_bone"
    assert said("y", "", "heel_bone", "left")["site"] == "heel_bone"


def test_the_place_of_a_plan_is_offered_first():
    mine = (("heel_under", Side.LEFT), ("low_back", None))
    first = said("y", "", "1", planned=mine)
    assert (first["site"], first["side"]) == ("heel_under", "left")
    assert "side" not in said("y", "", "2", planned=mine), "a back has none"
    assert said("y", "", "3", "4", "1", "left", planned=mine)["site"].startswith("knee")


def test_what_was_unusual_is_told():
    assert Talk("n", "1,3").told == ("carried_weight", "long_sitting")
    assert Talk("n", "0").told == ()


def test_warning_signs_come_before_the_place():
    """As on the page: the second question, whatever is answered later."""
    first = [s.id for s in STEPS][:3]
    assert first == ["hurts", "urgent", "site"]
    assert said("y", "1", "low back")["findings"][STEPS[1].options[0].value] is True


@pytest.mark.parametrize("moment", ["day", "before", "after", "evening", "morning"])
def test_page_and_terminal_ask_the_same_and_make_the_same_of_it(moment):
    talk = Talk("y", "", "knee", "1", "left", moment, "4")
    asked = [s.title for s in STEPS if any(line.startswith(s.title) for line in talk.said)]
    page = QueryDict(f"hurts=yes&site={talk.plain['site']}&side=left&moment={moment}&pain=4")
    assert talk.plain == plain_from_form(page, STEPS, ON, "km")
    wanted = {"day": 5, "before": 1, "after": 4, "evening": 5, "morning": 5}
    assert len(asked) >= wanted[moment] + 5, asked


@pytest.mark.django_db
def test_on_the_terminal_the_warning_signs_that_follow_are_asked_too(niggle, monkeypatch):
    """As on the page after it was saved; what was unusual is kept beside the entry."""
    import io

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = ["y", "0", "shin_inner", "left", "after", "6", "built", "dull", "4", "1", "1"]
    monkeypatch.setattr("sys.stdin", Terminal("\n".join(typed) + "\n"))
    ran = niggle("checkin")
    assert ran.code == 0, ran.err
    assert "A few more answers tell who should look at it." in ran.out
    entries = niggle("checkin", "list", "--json").json
    assert len(entries) == 2
    assert any(True in e.get("findings", {}).values() for e in entries)
    assert any(e.get("bone_spot_tender") for e in entries)
    assert "extra weight" in niggle("told").out


@pytest.mark.django_db
def test_the_words_ask_after_a_run_only_where_one_is_recorded(niggle):
    from niggle.actions import athletes, checkins
    from niggle.actions.sessions import add_manual
    from niggle.wording.interview import RanLately

    me, noon = athletes.local_athlete(), datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert checkins.ran_lately(me, ON) == RanLately(today=False, yesterday=False)
    add_manual(me, {"start": "2026-03-27T07:00:00+00:00", "sport": "run", "distance_m": 5000}, noon)
    add_manual(me, {"start": "2026-03-28T07:00:00+00:00", "sport": "ride", "distance_m": 5000}, noon)
    assert checkins.ran_lately(me, ON) == RanLately(today=False, yesterday=True)


def test_what_is_needed_says_so():
    talk = Talk("", "n")
    assert "This one is needed. A number from 1 to 3, please." in talk.said
