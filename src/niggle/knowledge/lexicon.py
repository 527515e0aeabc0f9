"""lexicon.yaml, strictly: unknown keys, dangling ids and unreadable phrases are named with file and line.

`niggle.language` reads text with what this gives. Kept beside the loader because the lexicon is no medical knowledge:
it changes without changing any rule, and has a digest of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from niggle.core.body import SITES, Region
from niggle.core.ids import digest_bytes
from niggle.knowledge.loader import FOLDER, Complaint, KnowledgeError
from niggle.knowledge.yaml_lines import Lines, YamlProblem, line_of, read
from niggle.language.lexicon import (
    KINDS,
    LOCATORS,
    NEEDED_CLASSES,
    BadPhrase,
    Builder,
    Lexicon,
    build,
    compile_lexicon,
    forms_to_stems,
)

NAME = "lexicon.yaml"
_SHAPE = "3"  # of the compiled form

_Phrases = Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Words(_Strict):
    soft: str
    meant: str
    breakers: str
    history: str
    events: str
    plural: str
    common: str


class _Finding(_Strict):
    says: list[str] = []
    denies: list[str] = []
    when: list[str] = []
    mask: list[str] = []
    at: list[Region] = []


class _Place(_Strict):
    words: _Phrases
    sites: Annotated[list[str], Field(min_length=1)]
    parts: dict[str, str] = {}


class _File(_Strict):
    words: _Words
    same: dict[str, str]
    classes: dict[str, _Phrases]
    places: dict[str, _Place]
    sites: dict[str, _Phrases]
    findings: dict[str, _Finding]
    guesses: dict[str, _Phrases]
    languages: dict[str, str]


@lru_cache(maxsize=4)
def load_lexicon(cache_dir: Path | None = None, folder: Path = FOLDER) -> Lexicon:
    """The lexicon of a knowledge folder. Raises KnowledgeError with file and line of everything that is wrong."""
    path = folder / NAME
    digest = digest_bytes(_SHAPE.encode() + path.read_bytes())
    cached = cache_dir / f"lexicon-{digest[:24]}.json" if cache_dir else None
    if cached is not None:
        try:
            return build(json.loads(cached.read_text(encoding="utf-8")), digest)
        except (OSError, ValueError, KeyError):
            pass  # absent or damaged: read the file again
    compiled = compile_lexicon(check(path))
    if cached is not None:
        try:
            cached.parent.mkdir(parents=True, exist_ok=True)
            temporary = cached.with_suffix(f".{os.getpid()}.tmp")
            temporary.write_text(json.dumps(compiled, ensure_ascii=False), encoding="utf-8")
            temporary.replace(cached)
        except OSError:
            pass  # a cache that cannot be written is no error
    return build(compiled, digest)


def check(path: Path) -> dict[str, Any]:
    """The checked plain content of one lexicon file. Raises KnowledgeError."""
    complaints: list[Complaint] = []
    try:
        data, lines = read(path)
    except YamlProblem as problem:
        raise KnowledgeError([Complaint(path.name, problem.line, problem.message)]) from None

    def complain(place: tuple[str | int, ...], message: str) -> None:
        complaints.append(Complaint(path.name, line_of(lines, place), message))

    try:
        content: dict[str, Any] = _File.model_validate(data).model_dump(mode="json", exclude_defaults=True)
    except ValidationError as error:
        for item in error.errors():
            complain(tuple(item["loc"]), f"{'.'.join(map(str, item['loc']))}: {item['msg']}")
        raise KnowledgeError(complaints) from None
    _check_ids(content, complain)
    _check_phrases(content, complain)
    if complaints:
        raise KnowledgeError(sorted(complaints, key=lambda c: c.line))
    return content


_Complain = Callable[[tuple[str | int, ...], str], None]


def _check_ids(content: Mapping[str, Any], complain: _Complain) -> None:
    for site in content["sites"]:
        if site not in SITES:
            complain(("sites", site), f"{site} is no site of the body's vocabulary")
    for site in SITES:
        if site not in content["sites"]:
            complain(("sites",), f"the site {site} has no words")
    for place, entry in content["places"].items():
        for index, site in enumerate(entry["sites"]):
            if site not in SITES:
                complain(("places", place, "sites", index), f"{site} is no site of the body's vocabulary")
        for locator, named in entry.get("parts", {}).items():
            if locator not in LOCATORS:
                complain(("places", place, "parts", locator), f"{locator} is none of {', '.join(LOCATORS)}")
            for site in (s for s in named.split() if s not in SITES):
                complain(("places", place, "parts", locator), f"{site} is no site of the body's vocabulary")
    for name in (*NEEDED_CLASSES, *LOCATORS):
        if name not in content["classes"]:
            complain(("classes",), f"the class {name} is missing")


def _check_phrases(content: Mapping[str, Any], complain: _Complain) -> None:
    try:
        builder = Builder(
            forms_to_stems(content["same"]), content["words"]["soft"].split(), content["words"]["meant"].split()
        )
    except BadPhrase as problem:
        complain(("same",), str(problem))
        return
    for name, phrases in content["classes"].items():
        _twice(phrases, ("classes", name), complain)
        for index, phrase in enumerate(phrases):
            try:
                builder.add_class(name, phrase)
            except (BadPhrase, ValueError) as problem:
                complain(("classes", name, index), str(problem))
    groups: list[tuple[tuple[str, ...], list[str]]] = [
        *((("sites", k), v) for k, v in content["sites"].items()),
        *((("places", k, "words"), v["words"]) for k, v in content["places"].items()),
        *((("guesses", k), v) for k, v in content["guesses"].items()),
        *((("findings", k, kind), v[kind]) for k, v in content["findings"].items() for kind in KINDS if kind in v),
    ]
    for place, phrases in groups:
        _twice(phrases, place, complain)
        for index, phrase in enumerate(phrases):
            try:
                builder.add(place[0], place[1], phrase)
            except BadPhrase as problem:
                complain((*place, index), str(problem))


def _twice(phrases: Iterable[str], place: tuple[str, ...], complain: _Complain) -> None:
    seen: set[str] = set()
    for index, phrase in enumerate(phrases):
        if phrase in seen:
            complain((*place, index), f"{phrase!r} stands twice")
        seen.add(phrase)


def check_against(
    lexicon_content: Mapping[str, Any], findings: Iterable[str], conditions: Iterable[str], lines: Lines
) -> list[Complaint]:
    """Complaints about findings and conditions that the lexicon names and the knowledge does not have."""
    known_findings, known_conditions = set(findings), set(conditions)
    complaints = [
        Complaint(NAME, line_of(lines, ("findings", k)), f"{k} is no finding of findings.yaml")
        for k in lexicon_content["findings"]
        if k not in known_findings
    ]
    complaints += [
        Complaint(NAME, line_of(lines, ("guesses", k)), f"{k} is no condition of roster.yaml")
        for k in lexicon_content["guesses"]
        if k not in known_conditions
    ]
    return complaints


def check_lexicon(findings: Iterable[str], conditions: Iterable[str], folder: Path = FOLDER) -> list[Complaint]:
    """Everything wrong with the lexicon of a folder, on its own and against the knowledge; empty if nothing is."""
    path = folder / NAME
    try:
        content = check(path)
    except KnowledgeError as error:
        return error.complaints
    return check_against(content, findings, conditions, read(path)[1])
