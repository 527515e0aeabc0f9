"""The interview: typed lines become a plain entry that the core accepts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from niggle.cli.questions import BY_MOMENT, interview
from niggle.core.body import Side
from niggle.core.checkin import Entry, answer_fields, parse_entry

ON = date(2026, 3, 28)


def asked(*typed: str, warnings: dict[str, str] | None = None, planned: tuple = ()) -> dict:
    lines = list(typed)
    said: list[str] = []
    plain = interview(lambda _: lines.pop(0) if lines else "", said.append, ON, warnings or {}, planned)
    assert not lines, f"not asked for: {lines}"
    return plain


def test_nothing_hurts():
    assert asked("n") == {"on": "2026-03-28"}


def test_knee_four_of_ten_after_six_km():
    plain = asked("y", "knee", "1", "left", "1", "0", "4", "4", "n", "6", "dull", "n", "y")
    assert plain["site"].startswith("knee")
    assert plain["side"] == "left"
    assert plain["moment"] == "after"
    assert plain["pain_max"] == 4
    assert plain["onset_km"] == 6
    assert plain["late_onset"] is True
    assert plain["limp"] is True
    assert "swelling" not in plain, "what was skipped is not answered"
    assert isinstance(parse_entry(plain, id="x", recorded_at=datetime(2026, 3, 28, 20, tzinfo=UTC)), Entry)


def test_by_numbers():
    plain = asked("y", "1", "1", "2", "1")
    assert plain["site"] == "heel_under"
    assert plain["side"] == "right"


def test_the_morning_after_speaks_of_the_day_before():
    plain = asked("y", "achilles", "left", "2", "2", "n", "worse")
    assert plain["on"] == "2026-03-27"
    assert plain["pain_morning"] == 2
    assert plain["night_pain"] is False
    assert plain["stiffness"] == "worse"


def test_wrong_answers_are_asked_again():
    plain = asked("perhaps", "y", "heel", "3", "left", "1", "11", "3.3", "3,5")
    assert plain["pain_start"] == 3.5


def test_a_word_for_several_places_is_asked_about():
    """Under the heel, the heel bone and the Achilles' insertion heal in ways of their own."""
    assert asked("y", "heel", "3", "left", "3")["site"] == "heel_under"
    assert asked("y", "heel", "4", "left", "3")["site"] == "heel_bone"
    assert asked("y", "heel_bone", "left", "3")["site"] == "heel_bone"


def test_the_place_of_a_plan_is_offered_first():
    mine = (("heel_under", Side.LEFT), ("low_back", None))
    first = asked("y", "1", "3", planned=mine)
    assert (first["site"], first["side"]) == ("heel_under", "left")
    assert "side" not in asked("y", "2", "3", planned=mine), "a back has none"
    assert asked("y", "3", "4", "1", "left", "3", planned=mine)["site"].startswith("knee")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("0", {"chest": False, "calf": False}), ("2", {"chest": False, "calf": True}), ("", None)],
)
def test_warning_signs_come_first_and_silence_is_no_answer(typed, found):
    plain = asked(typed, "n", warnings={"chest": "Chest pain?", "calf": "A hot, swollen calf?"})
    assert plain.get("findings") == found


def test_every_question_asks_for_a_field_that_exists():
    fields = set(answer_fields())
    assert {q.field for questions in BY_MOMENT.values() for q in questions} <= fields
