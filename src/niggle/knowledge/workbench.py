"""For authors: the knowledge around one file that is being written, whatever state other files are in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from niggle.core.knowledge_types import Knowledge
from niggle.knowledge.loader import FOLDER, Complaint, KnowledgeError, load

PARTS = ("conditions", "exercises", "protocols", "ladders")


@dataclass(frozen=True, slots=True)
class Work:
    """A file to look at, and the name it has (or will have) in the knowledge folder."""

    path: Path
    part: str
    slug: str

    @property
    def file(self) -> str:
        return f"{self.part}/{self.slug}.yaml"


def find(name: str) -> list[Work]:
    """The files meant by a path or a slug; a file ending in .draft counts as the file it is to become."""
    given = Path(name)
    if given.is_file():
        return [_work(given)]
    part, slash, slug = name.rpartition("/")
    found = []
    for folder in (part,) if slash else PARTS:
        for ending in (".draft", ".yaml"):
            path = FOLDER / folder / (slug + ending)
            if path.is_file():
                found.append(_work(path))
                break
    return found


def _work(path: Path) -> Work:
    part = path.resolve().parent.name
    return Work(path, part if part in PARTS else "conditions", path.name.removesuffix(".yaml").removesuffix(".draft"))


def around(names: Iterable[str]) -> Knowledge:
    """Everything, with the drafts of these protocols or conditions in their places. Raises KnowledgeError."""
    works = [work for name in names for work in find(name)]
    with tempfile.TemporaryDirectory() as scratch:
        return known_around(works, Path(scratch))


def known_around(works: Iterable[Work], scratch: Path) -> Knowledge:
    """The knowledge with these files in their places. Another's unfinished file is left out; raises KnowledgeError."""
    works = list(works)
    own = {work.file for work in works}
    folder = scratch / "knowledge"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "*.draft", "__pycache__", "figures"))
    for work in works:
        (folder / work.part).mkdir(exist_ok=True)
        shutil.copy(work.path, folder / work.file)
    while True:
        try:
            return load.__wrapped__(None, folder)
        except KnowledgeError as error:
            if mine := [c for c in error.complaints if c.file in own]:
                raise KnowledgeError(mine) from None
            others = {c.file for c in error.complaints if c.file.partition("/")[0] in PARTS}
            if not others:
                raise
            for file in others:
                (folder / file).unlink()


def complaints_of(work: Work, scratch: Path) -> list[Complaint]:
    """Everything that is wrong with one file: what the loader refuses, else the laws that look at it."""
    from niggle.knowledge.laws import Laws
    from niggle.knowledge.plan_laws import PlanLaws

    try:
        known = known_around([work], scratch)
    except KnowledgeError as error:
        return error.complaints
    folder = scratch / "knowledge"
    if work.part == "conditions":
        found = list(Laws(known, folder).condition(known.conditions[work.slug]))
    elif work.part == "exercises":
        found = list(PlanLaws(known, folder).exercise(known.exercises[work.slug]))
    elif work.part == "protocols":
        found = list(PlanLaws(known, folder).protocol(known.protocols[work.slug]))
    else:
        found = []
    return sorted(found, key=lambda c: c.line)
