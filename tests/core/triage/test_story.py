"""Stories from plain data; every mistake is a value with a field and a suggestion."""

from dataclasses import replace
from datetime import date

from niggle.core.body import Side
from niggle.core.triage import story_from_plain
from niggle.knowledge import load

KNOWN = load()
ON = date(2026, 5, 4)


def test_a_whole_story():
    story, problems = story_from_plain(
        {"age": 34, "sex": "F", "site": "achilles", "side": "left", "findings": {"pop": True, "symptom_days": 3}}, KNOWN
    )
    assert problems == ()
    assert story.age == 34
    assert story.sex == "female"
    assert story.places[0].sites == ("achilles",)
    assert story.places[0].side is Side.LEFT
    assert story.findings == {"pop": True, "symptom_days": 3}


def test_site_and_side_may_stand_among_the_findings_and_a_region_is_all_its_sites():
    story, problems = story_from_plain({"findings": {"site": "Lower leg", "side": "right"}}, KNOWN)
    assert problems == ()
    assert "shin_inner" in story.places[0].sites
    assert len(story.places[0].sites) > 5


def test_zero_days_is_a_value():
    assert story_from_plain({"findings": {"symptom_days": 0}}, KNOWN)[0].findings == {"symptom_days": 0}


def test_mistakes_are_named_and_the_rest_is_read():
    story, problems = story_from_plain(
        {"age": "old", "sex": "x", "site": "tail", "findings": {"nite_pain": True, "pop": "maybe", "swelling": True,
                                                              "pain_max": 12}}, KNOWN
    )  # fmt: skip
    fields = {p.field: p for p in problems}
    assert set(fields) == {"age", "sex", "site", "findings.nite_pain", "findings.pop", "findings.pain_max"}
    assert fields["findings.nite_pain"].suggestion == "night_pain"
    assert story.findings == {"swelling": True}


def test_findings_that_are_no_mapping():
    assert story_from_plain({"findings": ["pop"]}, KNOWN)[1][0].field == "findings"


def test_a_warning_in_doubt_asks_for_one_step_less_and_is_asked_first() -> None:
    from niggle.core.outcomes import Urgency
    from niggle.core.triage import assess, next_questions

    calm, _ = story_from_plain({"site": "calf_inner", "findings": {"dull_ache": True, "onset_gradual": True}}, KNOWN)
    for sign, sure in (("chest_pain", Urgency.EMERGENCY), ("limp", Urgency.URGENT)):
        told = replace(calm, findings={**calm.findings, sign: True})
        doubted = replace(calm, possible=frozenset({sign}))
        assert assess(told, KNOWN, ON, questions=0).urgency is sure
        found = assess(doubted, KNOWN, ON, questions=0)
        assert found.urgency == sure - 1
        assert "TRI-09" in [r.rule for r in found.reasons]
        assert next_questions(doubted, KNOWN, ON)[0].finding == sign
        settled = replace(doubted, findings={**calm.findings, sign: False})
        assert assess(settled, KNOWN, ON, questions=0).urgency == assess(calm, KNOWN, ON, questions=0).urgency
    harmless = replace(calm, possible=frozenset({"day_after", "no_such_finding"}))
    assert assess(harmless, KNOWN, ON, questions=0).urgency == assess(calm, KNOWN, ON, questions=0).urgency
