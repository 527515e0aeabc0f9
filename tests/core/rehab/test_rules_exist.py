"""Every rule and parameter that the engines of plans name stands in the knowledge, with its source and grade."""

import re
from pathlib import Path

import pytest

import niggle.core
from niggle import knowledge

K = knowledge.load()
FOLDER = Path(niggle.core.__file__).parent
FILES = [
    f for name in ("scoreboard", "gates", "ladder", "rehab", "today") for f in sorted((FOLDER / name).glob("*.py"))
]
RULE = re.compile(r'"((?:RP|RTR|ASB|PLAN|SP|DAY|LOAD|TL|SCI)-[A-Z]*\d+)"')
NUMBER = re.compile(r'\bnumbers?\("([a-z0-9_]+)"\)')


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_rules_and_numbers_of_a_file(file):
    text = file.read_text()
    assert not {r for r in RULE.findall(text) if r not in K.rules and r not in K.spikes}
    assert not {n for n in NUMBER.findall(text) if n not in K.parameters}
