"""What must hold of exercises, protocols, ladders and tests for the knowledge to load; with file and line.

Only what would break an engine: names of files, sources, conditions of gates. Whether they fit together (exercises that
exist, contraindications, coverage) is the laws' business, so that one unfinished file does not stop all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from niggle.core.body import SITES
from niggle.core.protocol import is_gate_fact
from niggle.core.when import BadCondition
from niggle.core.when import parse as parse_when
from niggle.knowledge.condition_checks import Complain

Path_ = tuple[str | int, ...]
FOLDERS = {"exercises": "id", "protocols": "condition", "ladders": "id"}


def check_plans(merged: Mapping[str, Any], home: Mapping[tuple[str, str], str], complain: Complain) -> None:
    _Plans(merged, home, complain).check()


class _Plans:
    def __init__(self, merged: Mapping[str, Any], home: Mapping[tuple[str, str], str], complain: Complain) -> None:
        self.merged, self.home, self.complain = merged, home, complain
        self.numbers = {k: v["value"] for k, v in merged["parameters"].items() if not isinstance(v["value"], list)}

    def check(self) -> None:
        for part, key in FOLDERS.items():
            for slug, value in self.merged[part].items():
                file = self.home[part, slug]
                if file != f"{part}/{slug}.yaml":
                    self.complain(file, (key,), f"{slug!r} belongs in {part}/{slug}.yaml")
                self._walk(file, value)
        self._gaps_of_tests()
        for name, value in self.merged["tests"].items():
            self._walk(self.home["tests", name], value, ("tests", name))
        for name, value in self.merged["routines"].items():
            self._walk(self.home["routines", name], value, ("routines", name))
        self._shares_of_top_speed()
        self._numbers_are_unique()
        for slug, value in self.merged["protocols"].items():
            self._protocol(self.home["protocols", slug], slug, value)

    def _shares_of_top_speed(self) -> None:
        """A step of strides may name the parameter that holds its two shares."""
        for slug, ladder in self.merged["ladders"].items():
            for n, step in enumerate(ladder["steps"]):
                name = step.get("percent")
                if not isinstance(name, str):
                    continue
                known = self.merged["parameters"].get(name, {}).get("value")
                if not isinstance(known, list) or len(known) != 2:
                    here = ("steps", n, "percent")
                    self.complain(self.home["ladders", slug], here, f"{name!r} is no parameter with two numbers")
                    continue
                step["percent"] = [int(v) for v in known]

    def _gaps_of_tests(self) -> None:
        """A test may name the parameter from which a gap between the sides is worth a look."""
        for test, value in self.merged["tests"].items():
            name = value.get("attention_gap")
            if not isinstance(name, str):
                continue
            known = self.numbers.get(name)
            here = ("tests", test, "attention_gap")
            if known is None:
                self.complain(self.home["tests", test], here, f"{name!r} is no parameter with one number")
            elif value.get("block_gap") is not None and known >= value["block_gap"]:
                self.complain(self.home["tests", test], here, "attention_gap is not below block_gap")
            else:
                value["attention_gap"] = known

    def _numbers_are_unique(self) -> None:
        taken: dict[str, str] = {}
        for slug, value in self.merged["exercises"].items():
            number = value["catalogue"]
            if taken.setdefault(number, slug) != slug:
                file = self.home["exercises", slug]
                self.complain(file, ("catalogue",), f"{number} already is {taken[number]}")

    def _walk(self, file: str, value: Any, path: Path_ = ()) -> None:
        """Every `sources` and every condition inside, whatever it belongs to."""
        for at, key, inner in _inside(value, path):
            if key == "sources":
                for source in inner:
                    if source not in self.merged["sources"]:
                        self.complain(file, at, f"cites {source!r}, which no sources file has")
            elif key in ("when", "only_if", "unless") and inner is not None:
                self._when(file, at, inner)

    def _when(self, file: str, at: Path_, form: Any) -> None:
        try:
            condition = parse_when(form, self.numbers)
        except (BadCondition, ValueError, TypeError, KeyError) as error:
            self.complain(file, at, str(error))
            return
        for name in condition.names:
            if not is_gate_fact(name, self.merged["tests"]):
                self.complain(file, at, f"looks at {name!r}, which is no gate fact (core.protocol.GATE_FACTS)")

    def _protocol(self, file: str, slug: str, value: dict[str, Any]) -> None:
        condition = self.merged["conditions"].get(slug)
        if condition is None:
            self.complain(file, ("condition",), f"{slug!r} is no condition")
            return
        value["tissue_class"] = condition["tissue_class"]  # the condition's file is the one that says it
        if value["site"] not in SITES:
            self.complain(file, ("site",), f"{value['site']!r} is no site of the body's vocabulary")


def _inside(value: Any, path: Path_) -> Iterator[tuple[Path_, str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield (*path, key), key, inner
            if key not in ("when", "only_if", "unless"):
                yield from _inside(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _inside(inner, (*path, index))
