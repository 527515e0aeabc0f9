"""Whole stories, text alone: the dangerous ones are not read as harmless, nor the harmless ones as dangerous."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from niggle.actions.told import story_told
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Urgency
from niggle.core.triage import assess
from niggle.knowledge import load
from niggle.knowledge.lexicon import load_lexicon
from niggle.language import understand

STORIES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "language" / "urgency" / "stories.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def model() -> Knowledge:
    return load()


@pytest.mark.parametrize("case", STORIES, ids=lambda c: c["say"][:50])
def test_urgency_lies_within(case: dict[str, str], model: Knowledge) -> None:
    told = understand(case["say"], load_lexicon())
    seen = assess(story_told(told), model, date(2000, 1, 3), questions=0)
    low, high = Urgency[case["from"].upper()], Urgency[case["to"].upper()]
    assert low <= seen.urgency <= high, [f.finding for f in told.findings if f.value is True]
