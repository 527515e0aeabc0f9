"""Many ways of saying one thing, each read; and sentences close to a warning that hold none."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from niggle.core.knowledge_types import Knowledge
from niggle.knowledge import load
from niggle.knowledge.lexicon import load_lexicon
from niggle.language import understand

FOLDER = Path(__file__).parents[1] / "cases" / "language"
WAYS = yaml.safe_load((FOLDER / "ways" / "said.yaml").read_text(encoding="utf-8"))
CALM = yaml.safe_load((FOLDER / "calm" / "sentences.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def model() -> Knowledge:
    return load()


@pytest.mark.parametrize("finding", sorted(WAYS))
def test_every_way_of_saying_it_is_read(finding: str) -> None:
    lexicon = load_lexicon()
    unread = [s for s in WAYS[finding] if understand(s, lexicon).value(finding) is not True]
    assert not unread


@pytest.mark.parametrize("finding", sorted(WAYS))
def test_none_of_them_is_read_as_said_when_another_tells_it(finding: str) -> None:
    """ "I read that ...": hearsay is nobody's finding, however it is worded."""
    lexicon = load_lexicon()
    sentences = [f"I read that {s[0].lower()}{s[1:]}" for s in WAYS[finding] if " I " not in f" {s} "]
    heard = [s for s in sentences if understand(s, lexicon).value(finding) is True]
    assert len(heard) <= len(sentences) // 4, heard


def test_every_finding_of_the_list_is_in_the_vocabulary(model: Knowledge) -> None:
    assert set(WAYS) <= set(model.findings)


@pytest.mark.parametrize("sentence", CALM, ids=lambda s: s[:50])
def test_an_ordinary_sentence_holds_no_warning(sentence: str, model: Knowledge) -> None:
    told = understand(sentence, load_lexicon())
    warnings = [f.finding for f in told.findings if f.value is True and model.findings[f.finding].safety]
    assert not warnings
