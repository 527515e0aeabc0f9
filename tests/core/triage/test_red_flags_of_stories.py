"""Every red flag in triage: a story that raises it, and its nearest neighbour that does not."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from niggle.core.triage import Where, assess, story_from_plain
from niggle.core.triage.types import Story
from niggle.knowledge import load

KNOWN = load()
ON = date(2026, 5, 4)
FILE = Path(__file__).parents[2] / "cases" / "triage" / "red_flags.yaml"
CASES: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
NOT_OF_ONE_STORY = {
    "RF-33": "needs a known stress fracture in the profile",
    "RF-37": "needs weeks of morning stiffness",
    "RF-45": "needs a strain in rehabilitation",
    "RF-54": "needs a count of injuries in the profile",
    "RF-95": "is what triage itself writes into the day",
    "RF-96": "is what triage itself writes into the day",
}


def raised(case: list[Any]) -> tuple[set[str], int]:
    site, findings, *age = case
    story, problems = story_from_plain({"site": site, "findings": findings, "age": age[0] if age else 30}, KNOWN)
    assert problems == ()
    found = assess(story, KNOWN, ON, questions=0)
    return {h.rule for h in found.red_flags}, found.urgency


@pytest.mark.parametrize("rule", CASES)
def test_the_story_that_raises_it(rule: str):
    flags, urgency = raised(CASES[rule]["fires"])
    flag = next(f for f in KNOWN.red_flags if f.rule.id == rule)
    assert rule in flags
    assert urgency >= flag.urgency


@pytest.mark.parametrize("rule", CASES)
def test_the_near_miss(rule: str):
    assert rule not in raised(CASES[rule]["spares"])[0]


def test_no_flag_is_forgotten():
    assert {f.rule.id for f in KNOWN.red_flags} == set(CASES) | set(NOT_OF_ONE_STORY)


def test_a_place_that_may_be_the_groin_does_not_raise_the_groins_flag():
    vague = Story(places=(Where(("groin", "hip_front", "thigh_front")),), findings={"dull_ache": True})
    assert "RF-14" not in {h.rule for h in assess(vague, KNOWN, ON).red_flags}
    sure = Story(places=(Where(("groin",)),), findings={"dull_ache": True})
    assert "RF-14" in {h.rule for h in assess(sure, KNOWN, ON).red_flags}


def test_a_pop_counts_at_the_worst_of_the_possible_places():
    vague = Story(places=(Where(("calf_deep", "achilles")),), findings={"pop": True})
    assert "RF-03" in {h.rule for h in assess(vague, KNOWN, ON).red_flags}
