"""The lexicon's file: strict, complete, and tied to the vocabulary of findings."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from niggle.knowledge.lexicon import FOLDER, NAME, check, check_lexicon, load_lexicon
from niggle.knowledge.loader import KnowledgeError
from niggle.language import BadPhrase, understand
from niggle.language.lexicon import Builder, forms_to_stems
from niggle.language.spelling import Speller, distance

NUMBERS_AND_CHOICES = {
    "symptom_days", "pain_max", "stiffness_min", "onset_km", "onset", "in_the_run", "spread", "side",
}  # fmt: skip


def _ids(name: str, part: str) -> set[str]:
    return set(yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))[part])


FINDINGS = _ids("findings.yaml", "findings")
CONDITIONS = _ids("roster.yaml", "roster")


def test_every_finding_can_be_said_in_six_ways() -> None:
    content = check(FOLDER / NAME)["findings"]
    short = {
        name: sum(len(content.get(name, {}).get(kind, ())) for kind in ("says", "when"))
        for name in FINDINGS
        if name not in NUMBERS_AND_CHOICES
    }
    assert {k: v for k, v in short.items() if v < 6} == {}


def test_the_lexicon_fits_the_knowledge() -> None:
    assert check_lexicon(FINDINGS, CONDITIONS) == []


def _broken(folder: Path, old: str, new: str) -> list[str]:
    target = folder / NAME
    shutil.copy(FOLDER / NAME, target)
    text = target.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [str(c) for c in check_lexicon(FINDINGS, CONDITIONS, folder)]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  swelling: {says:", "  swollen_up: {says:", "swollen_up is no finding"),
        ("  swelling: {says:", "  swelling: {sayz:", "sayz"),
        ("  groin: [groin,", "  groyne_place: [groin,", "groyne_place is no site"),
        ("says: [palpitation, palpitations,", "says: [<nonsense> palpitation, palpitations,", "no class 'nonsense'"),
        ("says: [palpitation, palpitations,", "says: [palpitation, palpitation, palpitations,", "stands twice"),
        ("  gout: [gout]", "  gouty: [gout]", "gouty is no condition"),
        ("  limp: limps", "  limp: limps hops", "'hops' stands under"),
    ],
)
def test_a_broken_lexicon_is_named_with_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    complaints = _broken(tmp_path, old, new)
    assert any(says in c for c in complaints), complaints
    assert all(c.startswith(f"{NAME}:") and int(c.split(":")[1]) > 1 for c in complaints)


def test_no_yaml_at_all(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("a: [", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        load_lexicon(folder=tmp_path)


def test_the_cache_says_the_same(tmp_path: Path) -> None:
    text = "My left knee hurts going downstairs for 3 weeks, no swelling."
    cold = load_lexicon(tmp_path)
    load_lexicon.cache_clear()
    warm = load_lexicon(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [f"lexicon-{cold.digest[:24]}.json"]
    assert understand(text, warm) == understand(text, cold)


@pytest.mark.parametrize("phrase", ["the", "a & b &", "<gone> here", "what!"])
def test_phrases_that_cannot_be_read(phrase: str) -> None:
    with pytest.raises(BadPhrase):
        Builder({}, ["the"]).add("says", "x", phrase)


def test_a_form_in_two_families() -> None:
    with pytest.raises(BadPhrase, match="stands under"):
        forms_to_stems({"a": "x", "b": "x"})


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("fascitiis", "fasciitis"), ("swolen", "swollen"), ("tendonites", "tendonitis"), ("numbnes", "numbness"),
        ("hamstirng", "hamstring"), ("stait", None), ("runing", None), ("marathon", None), ("x", None),
    ],
)  # fmt: skip
def test_spelling(wrong: str, right: str | None) -> None:
    words = ["fasciitis", "swollen", "tendonitis", "numbness", "hamstring", "stairs", "marathon"]
    assert Speller(words, frozenset({"marathon"})).correct(wrong) == right


@pytest.mark.parametrize(
    ("a", "b", "edits"),
    [("knee", "knee", 0), ("kene", "knee", 1), ("ankl", "ankle", 1), ("abc", "xyz", 3), ("a", "abcd", 3)],
)
def test_distance(a: str, b: str, edits: int) -> None:
    assert distance(a, b, 2) == min(edits, 3)


def test_the_file_is_plain_yaml() -> None:
    assert isinstance(yaml.safe_load((FOLDER / NAME).read_text(encoding="utf-8")), dict)
