"""Triage in words: everything that can come out of it can be said."""

import re
from datetime import date
from pathlib import Path

import pytest

from niggle.core.outcomes import Urgency
from niggle.core.triage import Fit, assess, story_from_plain
from niggle.knowledge import load
from niggle.wording import asking
from niggle.wording import triage as words
from niggle.wording.reasons import sentence
from niggle.wording.units import METRIC

KNOWN = load()
STORIES = [
    {"site": "shin_inner", "age": 15, "findings": {"one_finger": True, "hands_width": True, "worse_with_run": True}},
    {"site": "achilles", "findings": {"pop": True, "cannot_push_off": True}},
    {"site": "head", "findings": {"after_trauma": True}},
    {"site": "calf_deep", "findings": {"dull_ache": True, "cramp_like": True}},
    {"findings": {}},
]


def test_every_word_has_its_text():
    assert set(words.ASKS) == set(words.TONIGHT) == set(Urgency)
    assert set(words.FIT) == set(Fit)
    assert set(words.SENTENCES) == {r for r in KNOWN.rules if r.startswith("TRI-")}


@pytest.mark.parametrize("plain", STORIES, ids=[str(s.get("site")) for s in STORIES])
def test_every_reason_can_be_said(plain):
    result = assess(story_from_plain(plain, KNOWN)[0], KNOWN, date(2026, 5, 4))
    assert words.tonight(result)
    for reason in result.reasons:
        text = sentence(reason, METRIC)
        assert text
        assert "None" not in text
    for question in result.next_questions:
        assert words.question(question, KNOWN).endswith("?")


def test_how_well_something_fits_is_said_by_one_scale_only():
    """A second wording beside it, and the same share would read as two."""
    scale = re.compile(r"\bfits? (?:best|well|partly|partially|a little|little|poorly)\b")
    sayings = Path(words.__file__).parent
    pages = sayings.parent / "web"
    for file in (*sayings.glob("*.py"), *pages.rglob("*.html"), *pages.glob("dress/**/*.py")):
        text = file.read_text(encoding="utf-8")
        assert not (set(scale.findall(text)) - set(words.FIT.values()) if file.stem == "triage" else scale.search(text))
    for plain in STORIES:
        result = assess(story_from_plain(plain, KNOWN)[0], KNOWN, date(2026, 5, 4))
        for reason in result.reasons:
            assert not scale.search(sentence(reason, METRIC)), reason.rule


def test_nothing_is_denied_twice():
    """A "no" to a name that denies by itself is said the other way round."""
    plain = {"weight_loss", "calf_swollen_warm", "red_warm_tender", "confused", "cold_pale_foot", "identity_shaken"}
    for name, finding in KNOWN.findings.items():
        denies = re.search(r"\b(no|not|never|cannot|nothing|without)\b", finding.label)
        if denies and name not in plain:
            label, answer = asking.said(finding, False)
            assert not re.search(r"\b(no|not|never|cannot|nothing|without)\b", f"{label}: {answer}"), name
            assert asking.read_back(finding) == finding.question
    assert asking.said(KNOWN.findings["no_warm_up_relief"], False) == ("eases once warm", "yes")
    assert asking.said(KNOWN.findings["no_warm_up_relief"], True) == ("does not ease with warming up", "yes")
    assert asking.said(KNOWN.findings["swelling"], False) == ("swelling", "no")


def test_a_pages_long_time_does_not_contradict_triages_two_weeks():
    assert asking.when_at_home(14) == asking.when(14) == "within 2 weeks"
    assert asking.when_at_home(42).startswith("within 6 weeks if care at home helps; after two weeks")
    assert asking.when_at_home(None) == asking.when(None)


def test_shares_are_never_shown_as_a_number():
    result = assess(story_from_plain(STORIES[3], KNOWN)[0], KNOWN, date(2026, 5, 4))
    assert not any(ch.isdigit() for c in result.differential for ch in words.fit(c))


def test_a_no_is_said_behind_the_sign():
    pain = {
        "site": "heel_under",
        "side": "left",
        "findings": {"first_steps": True, "standing_long": False, "barefoot_worse": False},
    }
    result = assess(story_from_plain(pain, KNOWN)[0], KNOWN, date(2026, 5, 4))
    said = [words.evidence(e) for c in result.differential for e in (*c.speaks_for, *c.speaks_against)]
    assert any(text.endswith(": no") for text in said), said
    assert not any(text.startswith("not: ") for text in said), "not: does not ease"
