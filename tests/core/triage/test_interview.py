"""Which question comes next, and when enough was asked."""

from datetime import date
from typing import Any

import pytest

from niggle.core.triage import Story, Where, next_questions, story_from_plain
from niggle.knowledge import load

KNOWN = load()
ON = date(2026, 5, 4)


def story(site: str | None, **findings: Any) -> Story:
    return story_from_plain({"site": site, "findings": findings}, KNOWN)[0]


def ask(told: Story, **options: Any) -> list[str]:
    return [q.finding for q in next_questions(told, KNOWN, ON, most=20, **options)]


def interview(told: Story, truth: dict[str, Any]) -> list[str]:
    """Asks until nothing is left; what the truth does not know is skipped."""
    asked: list[str] = []
    answers, skipped = dict(told.findings), set()
    while question := next_questions(
        Story(places=told.places, findings=answers), KNOWN, ON, skipped=skipped, asked=len(asked)
    ):
        name = question[0].finding
        assert name not in asked
        asked.append(name)
        if name in truth:
            answers[name] = truth[name]
        else:
            skipped.add(name)
        assert len(asked) < 50
    return asked


def test_the_place_comes_first():
    assert ask(story(None, dull_ache=True))[0] == "site"


def test_safety_comes_before_ranking():
    questions = next_questions(story("calf_deep", dull_ache=True), KNOWN, ON, most=20)
    whys = [q.why for q in questions]
    assert "safety" in whys
    assert max(i for i, w in enumerate(whys) if w == "safety") < min(i for i, w in enumerate(whys) if w == "rank")


def test_a_calf_is_asked_for_a_clot_and_a_knee_is_not():
    assert "calf_swollen_warm" in ask(story("calf_deep", dull_ache=True))
    assert "calf_swollen_warm" not in ask(story("knee_front", dull_ache=True))


def test_only_questions_of_the_place():
    for name in ask(story("heel_under", first_steps=True)):
        sites = KNOWN.findings[name].sites
        assert not sites or "heel_under" in sites


def test_nothing_is_asked_twice_and_skipped_stays_skipped():
    told = story("heel_under", first_steps=True)
    first = ask(told)
    assert "first_steps" not in first
    assert "morning_stiff" not in first
    assert first[0] not in ask(told, skipped={first[0]})


def test_an_emergency_is_not_questioned_any_further():
    assert ask(story("achilles", pop=True, cannot_push_off=True)) == []


def test_no_questions_outside_scope():
    assert ask(Story(places=(Where(("arm_or_hand",)),))) == []


def test_it_ends_within_twelve_whatever_is_answered():
    everything = {k: False for k, f in KNOWN.findings.items() if f.base is not None} | {"symptom_days": 5}
    assert 4 <= len(interview(story("shin_inner"), everything)) <= 12
    assert len(interview(story("shin_inner"), {})) <= 12


def test_heel_pain_settles():
    truth = {k: False for k, f in KNOWN.findings.items() if f.safety} | {
        "symptom_days": 20, "inner_front_heel": True, "first_steps": True, "after_sitting": True, "windlass": True,
        "barefoot_worse": True, "warms_up": True, "onset_gradual": True, "heel_squeeze": False,
    }  # fmt: skip
    assert len(interview(story("heel_under"), truth)) <= 12


@pytest.mark.parametrize(
    ("site", "told", "asked"),
    [
        ("shin_inner", {"low_mood": True}, "self_harm"),
        ("pubic", {"groin_bulge": True}, "bulge_stuck"),
        ("low_back", {"long_morning_stiff": True}, "red_eye"),
        ("shoulder", {"dull_ache": True}, "effort_ache_jaw_arm"),
    ],
)
def test_what_an_answer_or_a_place_makes_worth_asking_is_asked(site: str, told: dict[str, bool], asked: str) -> None:
    story, _ = story_from_plain({"site": site, "findings": told, "age": 30}, KNOWN)
    assert asked in [q.finding for q in next_questions(story, KNOWN, ON, most=6)]
    assert asked not in [q.finding for q in next_questions(story, KNOWN, ON, most=6, skipped=(asked,))]
    calm, _ = story_from_plain({"site": "knee_front", "findings": dict.fromkeys(told, False), "age": 30}, KNOWN)
    assert asked not in [q.finding for q in next_questions(calm, KNOWN, ON, most=6)]


def test_how_bad_it_is_is_asked_once_after_what_is_dangerous():
    told = story("heel_under", first_steps=True)
    questions = next_questions(told, KNOWN, ON, most=20)
    whys = [q.why for q in questions]
    (at,) = (i for i, q in enumerate(questions) if q.finding == "pain_max")
    assert at > max((i for i, w in enumerate(whys) if w == "safety"), default=-1)
    assert at < min(i for i, w in enumerate(whys) if w == "rank")
    assert "pain_max" not in ask(told, skipped={"pain_max"})
    assert "pain_max" not in ask(story("heel_under", first_steps=True, pain_max=0))
    assert "pain_max" not in ask(story("heel_under", first_steps=True, night_pain=True)), "somebody looks soon anyway"
    assert "pain_max" not in ask(story(None, first_steps=True)), "pain of which place?"
