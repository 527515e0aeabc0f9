"""What triage asked for holds the day: the check-in that is kept of a story is never judged milder than the story."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from niggle.core.body import SITES, Side
from niggle.core.case import Case
from niggle.core.checkin import CheckIn, Entry, Quality, entry_from_plain, entry_to_plain
from niggle.core.condition import AnswerKind
from niggle.core.history import empty_history
from niggle.core.outcomes import Light, Urgency
from niggle.core.profile import Profile
from niggle.core.today import Headline, decide
from niggle.core.triage import Where, assess, next_questions, story_from_plain
from niggle.core.triage.day_word import day_word, is_check_in, warnings_left
from niggle.core.triage.types import Story
from niggle.knowledge import load

KNOWN = load()
ON = date(2026, 5, 4)
FILE = Path(__file__).parents[2] / "cases" / "triage" / "red_flags.yaml"
CASES: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
YES_NO = tuple(sorted(f.id for f in KNOWN.findings.values() if f.kind is AnswerKind.YES_NO))


def of(site: Any, findings: dict[str, Any], age: float = 30) -> Story:
    story, problems = story_from_plain({"site": site, "side": "left", "findings": findings, "age": age}, KNOWN)
    assert problems == ()
    return story


def kept(story: Story) -> CheckIn:
    return day_word(story, assess(story, KNOWN, ON, questions=0), ON, KNOWN)


def light_of(checkin: CheckIn, profile: Profile) -> tuple[Light, bool, Urgency]:
    """The day's decision from this one check-in, as stored and read again."""
    entry = Entry("a", ON, datetime.combine(ON, time(12), UTC), checkin.site, checkin.side, answers=checkin.answers,
                  acute=checkin.acute)  # fmt: skip
    entry = entry_from_plain(entry_to_plain(entry))
    found = decide(Case(on=ON, history=empty_history(), entries=(entry,), profile=profile), KNOWN)
    return found.light, found.headline is Headline.EMERGENCY, found.care.urgency


def held(story: Story) -> None:
    triage = assess(story, KNOWN, ON, questions=0)
    light, emergency, care = light_of(kept(story), story.profile)
    if triage.urgency >= Urgency.URGENT:
        assert light is Light.RED
        assert care >= triage.urgency
    assert emergency or triage.urgency is not Urgency.EMERGENCY


@pytest.mark.parametrize("rule", CASES)
def test_every_red_flag_that_triage_raises_holds_the_day(rule: str) -> None:
    site, findings, *age = CASES[rule]["fires"]
    story = of(site, findings, *age)
    flag = next(f for f in KNOWN.red_flags if f.rule.id == rule)
    assert assess(story, KNOWN, ON, questions=0).urgency >= flag.urgency
    held(story)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(sorted(SITES)), max_size=3, unique=True),
    st.dictionaries(st.sampled_from(YES_NO), st.booleans(), max_size=6),
    st.sampled_from([None, 12.0, 30.0]),
    st.frozensets(st.sampled_from(YES_NO), max_size=2),
)
def test_no_story_leaves_a_milder_day_behind(
    sites: list[str], findings: dict[str, bool], age: float | None, possible: frozenset[str]
) -> None:
    places = (Where(tuple(sites), Side.RIGHT),) if sites else ()
    held(Story(age=age, places=places, findings=findings, possible=possible - findings.keys()))


def test_the_answers_stand_where_a_check_in_keeps_them() -> None:
    found = kept(of("heel_under", {"pop": True, "cannot_bear_weight": True, "sharp": True, "pain_max": 6.2}))
    assert (found.site, found.side, found.acute) == ("heel_under", Side.LEFT, True)
    assert found.answers.pop
    assert ("cannot_bear_weight", True) in found.answers.findings
    assert found.answers.quality is Quality.SHARP
    assert found.answers.pain_max == 6.5, "never rounded down"
    assert found.answers.triage_emergency is None, "the answers alone say as much"


def test_a_danger_that_only_the_whole_story_shows_is_kept_as_triages_word() -> None:
    young = of("knee_front", {"swelling": False, "limp": True}, 14)
    assert assess(young, KNOWN, ON).urgency is Urgency.URGENT
    doubted = replace(of("calf_inner", {"dull_ache": True}), possible=frozenset({"calf_swollen_warm"}))
    assert assess(doubted, KNOWN, ON).urgency is Urgency.URGENT
    assert kept(doubted).answers.triage_urgent is True
    assert light_of(kept(doubted), Profile())[0] is Light.RED


def test_a_mild_story_gets_no_word_of_triage_and_the_place_it_prefers() -> None:
    vague = Story(places=(Where(("groin", "thigh_front"), Side.LEFT),), findings={"dull_ache": True, "pain_max": 2})
    triage = assess(vague, KNOWN, ON)
    found = day_word(vague, triage, ON, KNOWN)
    assert found.site == "thigh_front", "the groin alone would be more urgent than the story was"
    assert not found.answers.triage_urgent
    sure = of("heel_under", {"first_steps": True})
    assert day_word(sure, assess(sure, KNOWN, ON), ON, KNOWN, [("arch", None)]).site == "heel_under"


def test_a_no_that_only_follows_is_not_written_down() -> None:
    found = kept(of("calf_inner", {"calf_raise_strong": True, "limp": False}))
    assert dict(found.answers.findings).get("cannot_push_off") is None
    assert found.answers.limp is False


def counts(story: Story) -> bool:
    triage = assess(story, KNOWN, ON, questions=0)
    return is_check_in(story, triage, next_questions(story, KNOWN, ON), KNOWN)


SAFE = {name: False for name, f in KNOWN.findings.items() if f.safety}
HEEL = {**SAFE, "first_steps": True, "pain_max": 3}


def test_a_story_is_a_check_in_once_it_says_where_how_much_and_that_nothing_warns():
    assert counts(of("heel_under", HEEL))
    assert counts(of("heel_under", {**HEEL, "pain_max": 0})), "0 is an answer"
    assert not counts(of("heel_under", {k: v for k, v in HEEL.items() if k != "pain_max"}))
    assert not counts(of("heel_under", {"first_steps": True, "pain_max": 3})), "warnings come first"
    assert not counts(of("heel_under", {k: v for k, v in HEEL.items() if k != "fever"})), "each of the check-in's list"
    assert "calf_swollen_warm" not in warnings_left(of("heel_under", {"first_steps": True}), KNOWN), "not asked there"
    assert not counts(of("arm_or_hand", HEEL)), "no light is made for that place"


def test_a_place_that_may_be_several_is_no_place_of_a_check_in():
    sure = of("heel_under", HEEL)
    vague = replace(sure, places=(Where(("heel_under", "arch"), Side.LEFT),))
    sideless = replace(sure, places=(Where(("heel_under",), None),))
    two = replace(sure, places=(*sure.places, Where(("knee_front",), Side.LEFT)))
    assert [counts(s) for s in (sure, vague, sideless, two)] == [True, False, False, False]
    assert counts(replace(of("low_back", HEEL), places=(Where(("low_back",), None),))), "the middle has no side"


def test_a_warning_told_of_in_doubt_has_to_be_settled_first():
    doubted = {k: v for k, v in HEEL.items() if k != "night_pain"}
    assert not counts(replace(of("heel_under", doubted), possible=frozenset({"night_pain"})))
    assert counts(replace(of("heel_under", HEEL), possible=frozenset({"night_pain"})))


@pytest.mark.parametrize(
    ("pain", "light"), [(3, Light.GREEN), (3.5, Light.YELLOW), (6.5, Light.YELLOW), (7, Light.RED)]
)
def test_its_pain_is_judged_as_that_of_any_check_in(pain, light):
    story = of("heel_under", {**HEEL, "pain_max": pain})
    assert light_of(kept(story), story.profile)[0] is light
