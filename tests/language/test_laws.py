"""Laws of understanding: any text is answered, spans lie inside it, nothing is invented, long texts end in time."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from niggle.core.body import SITES
from niggle.core.outcomes import NotEnoughInformation, OutsideScope
from niggle.knowledge.lexicon import FOLDER, load_lexicon
from niggle.language import MOST_CHARACTERS, Understanding, understand

WORDS = re.split(
    " ",
    "my knee hurts no swelling not sure pop left right both after mile 3 weeks for 8/10 at night , . ? ! but friend "
    "had used to it hop stairs down never heel achilles 34F don't can't 20 to 45 mpw first steps I'm maybe swollen -\n",
)
FINDINGS = set(yaml.safe_load((FOLDER / "findings.yaml").read_text(encoding="utf-8"))["findings"])


def _check(text: str, u: Understanding) -> None:
    for f in u.findings:
        assert f.finding in FINDINGS
        assert f.spans
        for span, words in zip(f.spans, f.words, strict=True):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == words
        assert f.certain is not (f.value is None) or f.finding in {"symptom_days", "onset_km", "after_a_distance"}
    for p in (*u.sites, *u.not_there):
        assert p.sites
        assert set(p.sites) <= set(SITES)
        for span, words in zip(p.spans, p.words, strict=True):
            assert text[span.start : span.end] == words
    for g in u.guesses:
        assert text[g.span.start : g.span.end] == g.words
    for q in (u.duration_days, u.pain_score, u.distance_m, u.run_minutes, u.stiffness_min, u.weekly_distance_m):
        if q is not None:
            assert text[q.span.start : q.span.end] == q.words
            assert q.value >= 0
    assert u.pain_score is None or u.pain_score.value <= 10
    for span in u.leftovers:
        assert 0 <= span.start < span.end <= len(text)
    assert len({f.finding for f in u.findings}) == len(u.findings)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_understood_or_named(text: str) -> None:
    u = understand(text, load_lexicon())
    _check(text, u)
    if not (u.findings or u.sites or u.guesses):
        assert u.problem is not None


@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_any_runner_like_text_keeps_its_spans(text: str) -> None:
    _check(text, understand(text, load_lexicon()))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_the_same_text_says_the_same(text: str) -> None:
    assert understand(text, load_lexicon()) == understand(text, load_lexicon())


def test_saying_no_never_adds_a_yes() -> None:
    lexicon = load_lexicon()
    for thing in ("swelling", "bruising", "numbness", "fever", "locking", "pop", "night pain", "limp"):
        said = understand(f"There is {thing}.", lexicon)
        denied = understand(f"There is no {thing}.", lexicon)
        doubted = understand(f"Maybe there is {thing}.", lexicon)
        assert any(f.value is True for f in said.findings), thing
        assert not any(f.value is True for f in denied.findings), thing
        assert not any(f.value is True for f in doubted.findings), thing


@pytest.mark.parametrize("text", ["", "   \n\t", "...?!", "🙂🙂", "—"])
def test_an_empty_text_asks_for_words(text: str) -> None:
    assert understand(text, load_lexicon()).problem == NotEnoughInformation(("text",))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mir tut das Knie beim Laufen weh, seit drei Wochen ist es nicht besser.", "de"),
        ("J'ai mal au genou depuis une semaine quand je cours et je ne sais pas", "fr"),
        ("Me duele la rodilla desde hace tres semanas cuando corro", "es"),
        ("Mi fa male il ginocchio quando corro, non so che fare", "it"),
        ("Ik heb pijn aan mijn knie bij het hardlopen", "nl"),
        ("У меня болит колено после бега", "ru"),
        ("走ると膝が痛いです", "ja"),
    ],
)
def test_another_language_is_named(text: str, code: str) -> None:
    u = understand(text, load_lexicon())
    assert u.problem == OutsideScope("another_language")
    assert u.language[0] == code[0] if code == "ja" else u.language == code
    assert not u.findings


@pytest.mark.parametrize("text", ["my knee hurts", "sore calf", "Knie pain since monday", "IT band on the left"])
def test_short_english_is_english(text: str) -> None:
    assert understand(text, load_lexicon()).language == "en"


def test_an_animal_is_outside_scope() -> None:
    assert understand("my dog hurts", load_lexicon()).problem == OutsideScope("animal")
    assert understand("My dog is limping after our run", load_lexicon()).problem == OutsideScope("animal")
    assert understand("My dog pulled me over and my knee hurts", load_lexicon()).problem is None


def test_a_text_without_a_complaint_says_so() -> None:
    assert understand("Hello there, nice weather", load_lexicon()).problem == NotEnoughInformation(("complaint",))


def test_one_character_less_than_too_long_is_read() -> None:
    story = "My knee hurts going downstairs. "
    fits = (story * 1000)[: MOST_CHARACTERS - 1] + "."
    assert understand(fits, load_lexicon()).problem is None
    u = understand(fits + "x", load_lexicon())
    assert u.problem == OutsideScope("text_too_long")
    assert u.value("stairs_down") is True  # the beginning is read all the same


@pytest.mark.parametrize(
    "piece", ["a", " ", "pain ", "I 'm ", "1", "not ", "knee ", "?", "\n", "no, ", "hurt hop ", "8 "]
)
def test_a_hundred_thousand_characters_end(piece: str) -> None:
    assert isinstance(understand((piece * 100_000)[:100_000], load_lexicon()), Understanding)


def test_an_age_known_elsewhere_wins() -> None:
    assert understand("I'm 34, my knee hurts", load_lexicon(), age=50).age == 50


def test_a_child_told_of_by_a_parent() -> None:
    u = understand("My daughter is 12 and her heel hurts after football. She limps.", load_lexicon())
    assert u.about == "other"
    assert u.age == 12
    assert u.sex == "female"
    assert u.value("limp") is True


def test_contradictions_list_both_spans() -> None:
    text = "It is swollen. There is no swelling."
    (found,) = (f for f in understand(text, load_lexicon()).findings if f.finding == "swelling")
    assert found.value is None
    assert [w.lower() for w in found.words] == ["swollen", "swelling"]
    assert not found.certain
