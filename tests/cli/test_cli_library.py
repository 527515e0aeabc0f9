"""`niggle condition`, `glossary`, `faq`, `check-knowledge`: the knowledge as it is read and checked."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Niggle

from niggle.knowledge.loader import FOLDER


def test_a_condition_by_alias(niggle: Niggle) -> None:
    said = niggle("condition", "Achilles-Midportion", "--json").json
    assert said["id"] == "achilles-tendinopathy-midportion"
    assert all(f["sources"] and f["grade"] for f in said["facts"])
    printed = niggle("condition", "achilles-midportion").out
    assert "ATM-01" in printed
    assert "No clinician has reviewed" in printed


def test_a_word_of_several_names_lists_them(niggle: Niggle) -> None:
    found = [c["id"] for c in niggle("condition", "achilles", "--json").json["conditions"]]
    assert {"achilles-tendinopathy-midportion", "achilles-tendon-rupture"} <= set(found)
    assert len(niggle("condition", "--json").json["conditions"]) > 60


def test_what_is_not_there_is_named_with_what_is_near(niggle: Niggle) -> None:
    assert "plantar-fasciitis" in niggle("condition", "plantar fashitus", "--json").json["error"]["suggestion"]
    assert niggle("glossary", "zzzz", "--json").json["error"]["code"] == "no_such_word"
    assert niggle("faq", "zzzz", "--json").json["error"]["code"] == "no_such_question"


def test_glossary_and_questions(niggle: Niggle) -> None:
    assert niggle("glossary", "itb", "--json").json["glossary"][0]["term"] == "IT band"
    assert "shin splints" in niggle("faq", "shin").out
    assert niggle("faq", "oes", "--json").json["error"]["code"] == "no_such_question", "no word begins so"
    assert len(niggle("faq", "--json").json["faq"]) > 10


def test_the_knowledge_holds_together(niggle: Niggle) -> None:
    said = niggle("check-knowledge", "--json")
    assert said.code == 0, said.out
    assert said.json["conditions"] > 60
    assert said.json["facts"] > 1000


def test_a_broken_law_is_named_with_file_and_line(niggle: Niggle, tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "figures"))
    (folder / "conditions" / "blister.yaml").unlink()
    said = niggle("check-knowledge", folder, "--json")
    assert said.code == 1
    assert said.json["error"]["code"] == "bad_knowledge"
    assert "blister" in str(said.json)
    assert "line" in said.json["error"]["place"]
