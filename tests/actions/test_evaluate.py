"""Scoring: what counts as right, safe and too careful."""

import json
import os
from pathlib import Path

import pytest

from niggle.actions.evaluate import evaluate, evaluate_file, urgency_of
from niggle.core.outcomes import Urgency
from niggle.knowledge import load
from niggle.knowledge.lexicon import load_lexicon

KNOWN = load()
TUNING = Path(__file__).parents[1] / "vignettes" / "tuning.jsonl"


def line(diagnosis: str, urgency: str, site: str, findings: dict, **more) -> str:
    items = [{"name": "site", "value": site}, *({"name": k, "value": v} for k, v in findings.items())]
    return json.dumps({"id": "x", "age": 30, "sex": "F", "text": "", "findings": items, "diagnosis": diagnosis,
                       "urgency_truth": urgency, "must_not_miss": False} | more)  # fmt: skip


RUPTURE = {"pop": True, "cannot_push_off": True, "struck_from_behind": True}


def test_a_rupture_is_found_and_safe():
    found = evaluate([line("achilles-rupture", "emergency", "achilles", RUPTURE, must_not_miss=True)], KNOWN, None)
    assert (found.top_1, found.top_3, found.must_not_miss_found, found.safe) == (1, 1, 1, 1)
    assert found.misses == ()


def test_the_same_story_called_harmless_is_over_triage():
    found = evaluate([line("achilles-tendon-rupture", "self-care", "achilles", RUPTURE)], KNOWN, None)
    assert (found.over, found.harmless_over, found.safe) == (1, 1, 1)
    assert len(found.misses) == 1


def test_a_mild_answer_to_a_dangerous_story_is_unsafe_and_comes_first():
    mild = line(
        "bone-stress-injury", "urgent", "shin_inner", {"hands_width": True, "warms_up": True}, must_not_miss=True
    )
    found = evaluate([line("blister", "self-care", "achilles", RUPTURE), mild], KNOWN, None)
    assert found.safe == 0.5
    assert found.must_not_miss_found == 0
    assert not found.misses[0].safe


def test_outside_and_cannot_tell_count_when_said():
    lines = [line("outside-scope", "routine", "arm_or_hand", {"dull_ache": True}),
             line("cannot-tell", "routine", "lower_leg", {"dull_ache": True})]  # fmt: skip
    assert evaluate(lines, KNOWN, None).unnamed_said == 1


def test_bad_lines_are_problems_with_their_number():
    found = evaluate(["{", "", line("no-such-thing", "routine", "achilles", {})], KNOWN, None)
    assert [p.field for p in found.problems] == ["line 1", "line 3"]
    assert found.stories == 1


def test_urgency_words():
    assert urgency_of("self-care") is urgency_of("self_care") is Urgency.SELF_CARE


def test_a_free_name_is_read_as_words():
    free = json.loads(line("achilles-midportion", "routine", "achilles", {}))
    told = {"region": "achilles tendon", "morning-stiffness": "present", "night-pain": "absent"}
    free["findings"] = [{"name": name, "value": value} for name, value in told.items()]
    found = evaluate([json.dumps(free)], KNOWN, load_lexicon())
    assert found.top_3 == 1


def test_the_tuning_half_stays_safe():
    """From findings, not from text: how the engine reads answers. The numbers are floors, not goals."""
    found = evaluate_file(TUNING, KNOWN, None)
    assert found.problems == ()
    assert found.safe == 1
    assert found.must_not_miss_found == 1
    assert found.top_3 >= 0.9
    assert found.harmless_over <= 0.25


@pytest.mark.samples
def test_the_development_stories_are_readable():
    folder = os.environ.get("NIGGLE_SAMPLES")
    if not folder:
        pytest.skip("NIGGLE_SAMPLES is not set")
    found = evaluate_file(Path(folder) / "vignettes-dev.jsonl", KNOWN, load_lexicon(), how="text")
    assert found.problems == ()
    assert found.stories == 15
