"""Every worked example that the README lists has exactly one case, and no other example has one."""

from __future__ import annotations

import re
from collections import Counter

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


def cases() -> list[str]:
    """The example in the id (or the name) of each case of every folder."""
    found = []
    for path in sorted(FOLDER.glob("*/*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
            if isinstance(case, dict):
                match = _ID.match(str(case.get("id", case.get("name", ""))))
                found += [match.group()] if match else []
    return found


def test_every_listed_example_has_one_case() -> None:
    assert len(listed()) > 70
    assert Counter(cases()) == Counter(listed())


def test_ids_are_unique_in_each_folder() -> None:
    for folder in sorted(p for p in FOLDER.iterdir() if p.is_dir()):
        ids: list[str] = []
        for path in folder.glob("*.yaml"):
            ids += [str(c["id"]) for c in yaml.safe_load(path.read_text("utf-8")) if isinstance(c, dict) and "id" in c]
        assert [i for i, n in Counter(ids).items() if n > 1] == [], folder.name
