"""Every worked example that the README lists has exactly one case, and no other example has one."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import pytest
import yaml
from tests.cases.case_files import FOLDER

_ID = re.compile(r"(?:[A-Z]+-E\d\d|RP-44)(?![\w-])")


def listed() -> list[str]:
    table = (FOLDER / "README.md").read_text(encoding="utf-8").partition("## Worked examples")[2]
    found: list[str] = []
    for row in re.findall(r"^\|[^|]+\|([^|]+)\|$", table, re.MULTILINE):
        ids = _ID.findall(row)
        if " to " in row:
            first, last = ids
            stem = first[:-2]
            found += [f"{stem}{n:02d}" for n in range(int(first[-2:]), int(last[-2:]) + 1)]
        else:
            found += ids
    return found


@lru_cache(maxsize=1)
def ids() -> dict[str, tuple[str, ...]]:
    """folder -> the ids of its cases (their names, where they have no id)."""
    found: dict[str, list[str]] = {}
    for path in sorted(FOLDER.glob("*/*.yaml")):
        cases = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or ()
        named = [str(c.get("id", c.get("name"))) for c in cases if isinstance(c, dict) and ("id" in c or "name" in c)]
        found.setdefault(path.parent.name, []).extend(named)
    return {folder: tuple(named) for folder, named in found.items()}


def test_every_listed_example_has_one_case() -> None:
    cases = [match.group() for named in ids().values() for id_ in named if (match := _ID.match(id_))]
    assert len(listed()) > 70
    assert Counter(cases) == Counter(listed())


@pytest.mark.parametrize("folder", sorted(ids()))
def test_ids_are_unique_in_each_folder(folder: str) -> None:
    assert [i for i, n in Counter(ids()[folder]).items() if n > 1] == []
