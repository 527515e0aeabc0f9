"""What a runner reads speaks to her: not of our sources' chapters and tables, not of our files, sheets and rule ids."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from niggle.knowledge.loader import FOLDER
from niggle.knowledge.yaml_lines import read

PAPERS = re.compile(
    r"\b(tables?|sheets?|files?|sections?|chapters?|seeds?|articles?|texts?|rules?|yaml)\b"
    r"|\b(RP|RTR|ASB|TL|LOAD|RF|GC|SP|SHOE|NSM|CM|BP|PLAN|DAY|TRI)-[A-Z]?\d+|\bEX-\d{3}\b|\bS[0-3]\b",
    re.IGNORECASE,
)
GUIDE = re.compile(
    r"\b(the|a|no|complete|which) guides?\b|\bguide's\b|\bhome[- ]remed|\bpractitioners'|\bauthor\b", re.I
)
FURNITURE = re.compile(
    r"\bas a rule\b|\brules? of thumb\b|\bOttawa (ankle )?rules\b|\b(wall or table|table or wall)\b"
    r"|\btable (edge|leg)\b|\btable or bed edge\b|\bsheet of newspaper\b",
    re.IGNORECASE,
)
NOT_SHOWN = frozenset({"lexicon.yaml", "sources.yaml", "clinical_sources.yaml", "roster.yaml", "priors.yaml"})
FOR_CLINICIANS = frozenset({"parameters", "rows"})  # what only the reference shows
NOTES = frozenset({"one_way", "sources"})
SOMEBODY = re.compile(r"\b(she|her|hers|herself)\b", re.IGNORECASE)
FILES = sorted(p for p in FOLDER.rglob("*.yaml") if p.name not in NOT_SHOWN and p.parent.name != "figures")


def shown(path: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    """(where, sentence) of everything in the file that a page, the command line or a card may show."""

    def walk(value: object, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from walk(inner, (*at, str(key)))
        elif isinstance(value, list):
            for n, inner in enumerate(value):
                yield from walk(inner, (*at, str(n)))
        elif isinstance(value, str) and " " in value and not hidden(path, at):
            yield at, value

    yield from walk(read(path)[0], ())


def hidden(path: Path, at: tuple[str, ...]) -> bool:
    if at[0] in FOR_CLINICIANS or NOTES & set(at):
        return True
    if at[-1] != "note":
        return False
    if at[0] == "rules":
        return True
    return path.name in ("red_flags.yaml", "tissues.yaml") or ("conditions" in path.parts and "recovery" not in at)


def spoken_of(at: tuple[str, ...], text: str) -> str | None:
    """The word that speaks of paper, or of her and not to her. Where sources disagree they are named, no page is."""
    plain = FURNITURE.sub(" ", text)
    found = PAPERS.search(plain) or SOMEBODY.search(plain) or (None if "disagreements" in at else GUIDE.search(plain))
    return None if found is None else found[0]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(FOLDER)))
def test_shown_sentences_speak_to_the_runner(path: Path) -> None:
    found = [f"{'.'.join(at)}: {word!r} in {text!r}" for at, text in shown(path) if (word := spoken_of(at, text))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    ["4 to 6 weeks by the table.", "The sheet names no steps.", "See RF-27.", "By the general rule it waits.",
     "The guide's ranges.", "Forces her to stop.", "No text has a figure.", "As in the shin chapter.", "S0 says so."],
)  # fmt: skip
def test_talk_of_papers_is_found(text: str) -> None:
    assert spoken_of(("summary",), text)


@pytest.mark.parametrize(
    "text",
    ["Six weeks as a rule.", "A rule of thumb.", "X-ray by the Ottawa rules", "Hands on a wall or table.",
     "Shoes that guide the foot.", "Glutes guide the leg."],
)  # fmt: skip
def test_furniture_and_plain_speech_are_left_alone(text: str) -> None:
    assert spoken_of(("summary",), text) is None


def test_where_sources_disagree_they_may_be_named() -> None:
    at = ("facts", "disagreements", "X-01", "text")
    assert spoken_of(at, "Six weeks (guide) or four (home remedies); the guide has both.") is None
    assert spoken_of(at, "Six weeks in the chapter.")
