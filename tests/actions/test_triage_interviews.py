"""Interviews: kept as they are answered, found again, corrected, put away; and stories that are none."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from niggle.actions import athletes, maintenance, stories, triage
from niggle.actions.model import knowledge
from niggle.actions.triage_plain import looked_plain
from niggle.core.body import Side
from niggle.core.outcomes import Urgency
from niggle.core.triage import Where
from niggle.language import MOST_CHARACTERS
from niggle.store.models import AppendOnly, TriageEntry
from niggle.store.scopes import athlete_scope

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HEEL = "My left heel hurts with the first steps out of bed for three weeks. No swelling."


def test_an_interview_is_found_as_it_was_left(athlete: int) -> None:
    key = triage.start(athlete, NOW).key
    assert triage.tell(athlete, key, HEEL, NOW) is None
    found = triage.current(athlete)
    assert found is not None
    assert (found.key, found.text, found.confirmed, found.answers) == (key, HEEL, False, {})
    places = [{"sites": ["heel_under"], "side": "left"}]
    assert (
        triage.confirm(athlete, key, {"findings": {"first_steps": True, "swelling": None}, "places": places}, NOW) == ()
    )
    assert triage.answer(athlete, key, "warms_up", True, NOW) == ()
    found = triage.current(athlete)
    assert found is not None
    assert found.confirmed
    assert found.places == (Where(("heel_under",), Side.LEFT),)
    assert found.answers == {"first_steps": True, "swelling": None, "warms_up": True}
    assert found.skipped == {"swelling"}
    looked = triage.look(athlete, found, TODAY)
    assert looked.story.findings == {"first_steps": True, "warms_up": True}, "unknown is not absent"
    assert looked.triage.differential[0].condition == "plantar-fasciitis"


def test_a_later_answer_corrects_and_the_old_one_stays_stored(athlete: int) -> None:
    key = triage.start(athlete, NOW).key
    triage.place(athlete, key, "calf_inner", "left", NOW)
    triage.answer(athlete, key, "chest_pain", True, NOW)
    one = triage.get(athlete, key)
    assert one is not None
    assert triage.look(athlete, one, TODAY).triage.urgency is Urgency.EMERGENCY
    assert triage.look(athlete, one, TODAY).next == (), "an emergency is not asked further"
    triage.answer(athlete, key, "chest_pain", False, NOW)
    two = triage.get(athlete, key)
    assert two is not None
    assert two.asked == ("chest_pain",)
    assert triage.look(athlete, two, TODAY).triage.urgency < Urgency.EMERGENCY
    before = triage.before_last_answer(athlete, key)
    assert before is not None
    assert before.answers == {"chest_pain": True}
    with athlete_scope(athlete):
        assert TriageEntry.objects.filter(name="chest_pain").count() == 2
        with pytest.raises(AppendOnly):
            TriageEntry.objects.all().delete()


def test_starting_anew_puts_the_old_one_away(athlete: int) -> None:
    first = triage.start(athlete, NOW).key
    triage.tell(athlete, first, HEEL, NOW)
    second = triage.start(athlete, NOW)
    current = triage.current(athlete)
    assert current is not None
    assert current.key == second.key
    old = triage.get(athlete, first)
    assert old is not None
    assert old.ended
    triage.end(athlete, second.key, NOW)
    assert triage.current(athlete) is None


def test_answers_that_cannot_be_are_refused_and_not_kept(athlete: int) -> None:
    key = triage.start(athlete, NOW).key
    assert triage.answer(athlete, key, "warms_upp", True, NOW)[0].suggestion == "warms_up"
    assert triage.answer(athlete, key, "pain_max", 11, NOW)[0].field == "findings.pain_max"
    assert triage.place(athlete, key, "kneecap", None, NOW)[0].field == "site"
    assert triage.about(athlete, key, -1, None, NOW)[0].field == "age"
    found = triage.get(athlete, key)
    assert found is not None
    assert not found.begun


def test_skipping_the_place_is_remembered(athlete: int) -> None:
    key = triage.start(athlete, NOW).key
    triage.place(athlete, key, None, None, NOW)
    found = triage.get(athlete, key)
    assert found is not None
    assert "site" in found.skipped
    assert all(q.finding != "site" for q in triage.look(athlete, found, TODAY).next)


def test_another_runner_cannot_see_it(athlete: int) -> None:
    key = triage.start(athlete, NOW).key
    other = athletes.new_demo_athlete()
    assert triage.get(other, key) is None
    assert triage.current(other) is None


def test_what_she_knows_of_herself_counts_and_what_she_says_here_wins(athlete: int) -> None:
    athletes.change_profile(athlete, {"born_on": "2012-11-23", "sex": "female"}, NOW)
    key = triage.start(athlete, NOW).key
    triage.place(athlete, key, "heel_under", "left", NOW)
    found = triage.get(athlete, key)
    assert found is not None
    assert (triage.look(athlete, found, TODAY).story.age, triage.look(athlete, found, TODAY).story.sex) == (
        13,
        "female",
    )
    triage.about(athlete, key, 40, None, NOW)
    found = triage.get(athlete, key)
    assert found is not None
    assert (triage.look(athlete, found, TODAY).story.age, triage.look(athlete, found, TODAY).story.sex) == (
        40,
        "female",
    )


def test_the_export_holds_interviews_and_forgetting_takes_them(athlete: int, tmp_path: Path) -> None:
    key = triage.start(athlete, NOW).key
    triage.tell(athlete, key, HEEL, NOW)
    maintenance.export_all(athlete, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        rows = [json.loads(line) for line in archive.read("facts/triage_answers.jsonl").splitlines()]
    assert [r["value"] for r in rows] == [HEEL]
    maintenance.forget_athlete(athlete)
    assert triage.current(athletes.local_athlete()) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_text"),
        ("  \n", "empty_text"),
        ("Seit drei Wochen tut mir beim Laufen das Knie weh und es wird nicht besser", "another_language"),
        ("my knee hurts " * 8000, "text_too_long"),
        ("lovely weather today", "nothing_understood"),
    ],
    ids=lambda v: v[:20],
)
def test_a_text_that_is_no_story_is_named(text: str, code: str) -> None:
    looked = stories.triage_text(text, TODAY)
    assert looked.trouble is not None
    assert looked.trouble.code == code
    assert looked.refused == (code != "nothing_understood")


def test_an_emergency_is_said_even_where_the_text_is_refused() -> None:
    looked = stories.triage_text("I have chest pain and I am dizzy. " + "My knee is sore. " * MOST_CHARACTERS, TODAY)
    assert looked.triage.urgency is Urgency.EMERGENCY
    assert looked.trouble is not None
    assert not looked.refused


def test_an_animal_is_outside() -> None:
    looked = stories.triage_text("my dog hurts", TODAY)
    assert looked.triage.outside is not None
    assert looked.triage.outside.why == "animal"


@pytest.mark.parametrize("age", [3, 130])
def test_an_age_that_is_none_of_a_runners_is_outside(age: int) -> None:
    looked = stories.triage_findings({"age": age, "sites": ["heel_under"], "findings": {"first_steps": True}}, TODAY)
    assert isinstance(looked, stories.Looked)
    assert looked.triage.outside is not None
    assert looked.triage.outside.why == "age"


def test_the_json_holds_what_was_promised() -> None:
    plain = looked_plain(stories.triage_text(HEEL, TODAY), knowledge())
    assert plain["urgency"] in {"self_care", "routine"}
    first = plain["differential"][0]
    assert {"condition", "name", "share", "for", "against", "tell_apart"} <= first.keys()
    assert first["condition"] == "plantar-fasciitis"
    assert {"who", "when", "tests", "tonight"} <= plain["care"].keys()
    assert {"red_flags", "next_questions", "cannot_tell", "reasons"} <= plain.keys()
    spans = {f["finding"]: f["spans"] for f in plain["findings"]}
    for span in spans["first_steps"]:
        assert HEEL[span["start"] : span["end"]] == span["text"]
    assert json.loads(json.dumps(plain)) == plain
