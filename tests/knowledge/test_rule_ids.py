"""A rule that the code names stands in the knowledge: no comment or docstring sends a reader to one that is gone."""

import re
from pathlib import Path

import pytest

import niggle
from niggle import knowledge

K = knowledge.load()
FOLDER = Path(niggle.__file__).parent
FULL = re.compile(r"\b(?:RP|RTR|ASB|TL|LOAD|RF|GC|SP|SHOE|NSM|CM|BP|PLAN|TRI|DAY|SEASON|EX)-[A-Z]{0,3}\d+\b")
ANY = re.compile(FULL.pattern + r"|(?<![-\w#.%])[A-Z]\d{2}\b")  # "RTR-R11 to R14": the second is said short
KNOWN = frozenset(
    [*K.rules, *K.spikes, *K.body_parts]
    + [t.catalogue for t in K.tests.values() if t.catalogue]
    + [e.catalogue for e in K.exercises.values() if e.catalogue]
)
FILES = sorted(FOLDER.rglob("*.py"))


def gone(text: str) -> set[str]:
    """Ids that nothing in the knowledge has. A short one belongs to the family named before it on its line."""
    found = set()
    for line in text.splitlines():
        family = None
        for said in ANY.findall(line):
            if FULL.fullmatch(said):
                family = said.split("-")[0]
                found.add(said)
            elif family is not None:
                found.add(f"{family}-{said}")
    return found - KNOWN


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(FOLDER)))
def test_every_rule_that_a_file_names_is_known(file: Path) -> None:
    assert not gone(file.read_text())


def test_a_rule_that_is_gone_is_found() -> None:
    assert gone('"""As the week checker has it (RP-R06)."""') == {"RP-R06"}
    assert gone("# by gap (RP-C01, C05 and C99)") == {"RP-C99"}
    assert gone("# by gap (RP-C01, RP-C05)") == set()
