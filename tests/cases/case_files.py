"""Reads the plain cases of a folder and compares what they expect with what was found. The forms: README.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent
Case = dict[str, Any]
Found = Mapping[str, Any]  # a value, or a function of nothing that gives it
COMMON = {"id", "title", "guards", "expect"}


@lru_cache(maxsize=64)
def read(folder: str, stem: str = "*") -> tuple[Case, ...]:
    """Every case of the folder's files, in their order."""
    found: list[Case] = []
    for path in sorted((FOLDER / folder).glob(f"{stem}.yaml")):
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            case["file"] = f"{folder}/{path.name}"
            found.append(case)
    return tuple(found)


def params(folders: Iterable[str]) -> list[Any]:
    """For parametrize: (folder, case)."""
    return [pytest.param(f, c, id=f"{c['file'].removesuffix('.yaml')}:{c['id']}") for f in folders for c in read(f)]


def known_keys(case: Case, *own: str) -> None:
    """A slip in a key would be a case that tests nothing."""
    extra = set(case) - COMMON - {"file"} - set(own)
    assert not extra, f"{case['file']}: {case['id']} has unknown keys {sorted(extra)}"


def compare(expect: Mapping[str, Any], found: Found) -> None:
    """Only what is expected is looked at. `..rules` must be among those found, `no_..rules` must not."""
    for name, wanted in expect.items():
        source = name.removeprefix("no_") if name.endswith("rules") else name
        assert source in found, f"nothing is known of {name!r}; one of {', '.join(sorted(found))}"
        got = value_of(found[source])
        if name == source and name.endswith("rules"):
            assert set(wanted) <= set(got), f"rules {sorted(set(wanted) - set(got))} are missing in {sorted(set(got))}"
        elif name != source:
            assert not set(wanted) & set(got), f"rules {sorted(set(wanted) & set(got))} should be silent"
        elif isinstance(wanted, dict):
            for key, part in wanted.items():
                assert same(part, value_of(got).get(key)), f"{name}.{key}: expected {part!r}, got {got.get(key)!r}"
        else:
            assert same(wanted, got), f"{name}: expected {wanted!r}, got {got!r}"


def value_of(given: Any) -> Any:
    return given() if isinstance(given, Callable) else given  # type: ignore[arg-type]


def same(wanted: Any, got: Any) -> bool:
    if wanted is None or got is None or isinstance(wanted, bool) or isinstance(got, bool):
        return wanted is got
    if isinstance(wanted, int | float) and isinstance(got, int | float):
        return abs(wanted - got) < 5e-4
    if isinstance(wanted, list):
        return isinstance(got, list | tuple) and len(wanted) == len(got) and all(map(same, wanted, got))
    return bool(wanted == got)
