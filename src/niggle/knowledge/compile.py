"""Checks the knowledge files, one by one and across, and merges them. Only needed when something changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from niggle.core.body import LOAD_TISSUES
from niggle.core.when import BadCondition, When
from niggle.core.when import parse as parse_when
from niggle.knowledge.loader import Complaint, KnowledgeError
from niggle.knowledge.schema import FILES, FileIn
from niggle.knowledge.yaml_lines import Lines, YamlProblem, line_of, read

_PARTS = ("sources", "parameters", "rules", "tissues", "spikes", "findings")


class _Checker:
    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self.lines: dict[str, Lines] = {}
        self.merged: dict[str, Any] = {part: {} for part in _PARTS} | {"rows": [], "flags": []}
        self.home: dict[tuple[str, str], str] = {}  # (part, id) -> file

    def complain(self, file: str, path: tuple[str | int, ...], message: str) -> None:
        self.complaints.append(Complaint(file, line_of(self.lines.get(file, {}), path), message))

    def add_file(self, folder: Path, name: str) -> None:
        if name not in FILES:
            self.complain(name, (), f"no file of that name belongs here; known: {', '.join(sorted(FILES))}")
            return
        try:
            data, self.lines[name] = read(folder / name)
        except YamlProblem as problem:
            self.complaints.append(Complaint(name, problem.line, problem.message))
            return
        try:
            content = FileIn.model_validate(data or {}).model_dump(mode="json")
        except ValidationError as error:
            for item in error.errors():
                path = tuple(p for p in item["loc"] if p != "[key]")
                self.complain(name, path, f"{'.'.join(map(str, path))}: {item['msg']}")
            return
        for part in data or {}:
            if part not in FILES[name]:
                self.complain(name, (part,), f"{part!r} does not belong in this file")
        for part in _PARTS:
            for key, value in content[part].items():
                self.add(name, part, key, value)
        for part in ("rows", "flags"):
            for index, value in enumerate(content[part]):
                value["at"] = (name, index)
                self.merged[part].append(value)
                self.add(name, "rules", value["id"], _as_rule(value), (part, index, "id"))
        for key, value in content["spikes"].items():
            self.add(name, "rules", key, _as_rule(value), ("spikes", key))

    def add(self, file: str, part: str, key: str, value: Any, path: tuple[str | int, ...] | None = None) -> None:
        if (part, key) in self.home:
            self.complain(file, path or (part, key), f"{key} is already defined in {self.home[part, key]}")
            return
        self.home[part, key] = file
        self.merged[part][key] = value

    # ---- across files

    def check_sources(self) -> None:
        known = self.merged["sources"]
        for part in ("parameters", "rules", "tissues"):
            for key, value in self.merged[part].items():
                file = self.home[part, key]
                for source in value["sources"]:
                    if source not in known:
                        self.complain(file, (part, key), f"{key} cites {source!r}, which sources.yaml does not have")

    def check_tissues(self) -> None:
        wanted = {str(t) for t in LOAD_TISSUES}
        found = set(self.merged["tissues"])
        for name in sorted(found - wanted):
            self.complain("tissues.yaml", ("tissues", name), f"{name} is no tissue of the body's vocabulary")
        for name in sorted(wanted - found):
            self.complain("tissues.yaml", ("tissues",), f"{name} is missing")
        for name, value in self.merged["tissues"].items():
            if (value["speed_base"] is None) == (value["speed_exponent"] is None):
                self.complain("tissues.yaml", ("tissues", name), f"{name} needs one of speed_base and speed_exponent")

    def check_conditions(self) -> None:
        from niggle.core.red_flags import FACT_NAMES as FLAG_FACTS
        from niggle.core.traffic_light import FACT_NAMES as LIGHT_FACTS

        numbers = {k: v["value"] for k, v in self.merged["parameters"].items() if not isinstance(v["value"], list)}
        findings = set(self.merged["findings"])
        for part, facts in (("rows", LIGHT_FACTS), ("flags", FLAG_FACTS)):
            for value in self.merged[part]:
                file, index = value.pop("at")
                for key in ("when", "care_when"):
                    if value.get(key) is not None:
                        self._condition(file, (part, index, key), value[key], numbers, facts | findings)

    def _condition(
        self, file: str, path: tuple[str | int, ...], form: Any, numbers: Mapping[str, float], known: Iterable[str]
    ) -> None:
        try:
            condition: When = parse_when(form, numbers)
        except (BadCondition, ValueError, TypeError) as error:
            self.complain(file, path, str(error))
            return
        for name in condition.names:
            if name not in known:
                self.complain(file, path, f"the condition looks at {name!r}, which no engine computes and no one asks")


def _as_rule(value: Mapping[str, Any]) -> dict[str, Any]:
    return {k: value[k] for k in ("title", "sources", "grade", "note")}


def compile_folder(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """The merged, checked content of all files as plain JSON data. Raises KnowledgeError."""
    checker = _Checker()
    for name in names:
        checker.add_file(folder, name)
    if not checker.complaints:
        checker.check_sources()
        checker.check_tissues()
        checker.check_conditions()
    if checker.complaints:
        raise KnowledgeError(sorted(checker.complaints, key=lambda c: (c.file, c.line)))
    return checker.merged
