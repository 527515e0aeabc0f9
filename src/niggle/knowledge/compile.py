"""Checks the knowledge files, one by one and across, and merges them. Only needed when something changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from niggle.core.body import LOAD_TISSUES
from niggle.core.when import BadCondition, When
from niggle.core.when import parse as parse_when
from niggle.knowledge.condition_checks import check_all
from niggle.knowledge.condition_schema import ConditionIn, SourcedText
from niggle.knowledge.exercise_schema import ExerciseIn
from niggle.knowledge.ladder_schema import LadderIn
from niggle.knowledge.loader import Complaint, KnowledgeError
from niggle.knowledge.plan_checks import FOLDERS, check_plans
from niggle.knowledge.protocol_schema import ProtocolIn
from niggle.knowledge.schema import FILES, FileIn
from niggle.knowledge.yaml_lines import Lines, YamlProblem, line_of, read

_PARTS = (
    "sources", "parameters", "rules", "tissues", "spikes", "findings", "frequencies", "causes", "glossary", "faq",
    "body_parts", "roster", "tests", "routines",
)  # fmt: skip
_CONDITIONS = "conditions/"
_MACHINERY = ("[key]", "LikelihoodIn", "float", "int")  # the validator's words in a path, not the file's
_PLANS: dict[str, type[SourcedText]] = {"exercises": ExerciseIn, "protocols": ProtocolIn, "ladders": LadderIn}


class _Checker:
    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self.lines: dict[str, Lines] = {}
        self.merged: dict[str, Any] = {part: {} for part in (*_PARTS, "conditions", *FOLDERS)}
        self.merged |= {"rows": [], "flags": [], "priors": None}
        self.home: dict[tuple[str, str], str] = {}  # (part, id) -> file

    def complain(self, file: str, path: tuple[str | int, ...], message: str) -> None:
        self.complaints.append(Complaint(file, line_of(self.lines.get(file, {}), path), message))

    def add_condition(self, folder: Path, name: str) -> None:
        """One file of conditions/. Dumped without its empty parts, to keep the compiled form small."""
        data = self._read(folder, name)
        if data is None:
            return
        try:
            model = ConditionIn.model_validate(data)
        except ValidationError as error:
            self._invalid(name, error)
            return
        content = model.model_dump(mode="json", exclude_defaults=True)
        for section, facts in model.facts.items():
            for key, fact in facts.items():
                content["facts"][section.value][key]["grade"] = fact.graded().value
                self.add(name, "facts", key, None, ("facts", section.value, key))
        self.add(name, "conditions", content["id"], content, ("id",))

    def add_plan_file(self, folder: Path, name: str, part: str) -> None:
        """One file of exercises/, protocols/ or ladders/, dumped without its empty parts."""
        data = self._read(folder, name)
        if data is None:
            return
        try:
            model = _PLANS[part].model_validate(data)
        except ValidationError as error:
            self._invalid(name, error)
            return
        content = model.model_dump(mode="json", exclude_defaults=True)
        graded(model, content)
        key = FOLDERS[part]
        self.add(name, part, content[key], content, (key,))

    def _read(self, folder: Path, name: str) -> Any:
        try:
            data, self.lines[name] = read(folder / name)
        except YamlProblem as problem:
            self.complaints.append(Complaint(name, problem.line, problem.message))
            return None
        return data or {}

    def _invalid(self, name: str, error: ValidationError) -> None:
        for item in error.errors():
            path = tuple(
                p
                for p in item["loc"]
                if p not in _MACHINERY and not str(p).startswith(("literal[", "list[", "constrained-", "function-"))
            )
            self.complain(name, path, f"{'.'.join(map(str, path))}: {item['msg']}")

    def add_file(self, folder: Path, name: str) -> None:
        if name.startswith(_CONDITIONS):
            self.add_condition(folder, name)
            return
        part = name.partition("/")[0]
        if part in _PLANS:
            self.add_plan_file(folder, name, part)
            return
        if name not in FILES:
            self.complain(name, (), f"no file of that name belongs here; known: {', '.join(sorted(FILES))}")
            return
        data = self._read(folder, name)
        if data is None:
            return
        try:
            model = FileIn.model_validate(data)
        except ValidationError as error:
            self._invalid(name, error)
            return
        content = model.model_dump(mode="json")
        for part in ("glossary", "body_parts"):
            for key, item in getattr(model, part).items():
                content[part][key]["grade"] = item.graded().value
        for key, faq in model.faq.items():
            for fact, item in faq.facts.items():
                content["faq"][key]["facts"][fact]["grade"] = item.graded().value
        for key, test in model.tests.items():
            content["tests"][key]["grade"] = test.graded().value
        for key, routine in model.routines.items():
            for index, item in enumerate(routine.items):
                content["routines"][key]["items"][index]["grade"] = item.graded().value
        if content["priors"] is not None:
            self.merged["priors"] = content["priors"]
        for part in data:
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
        if part in self.merged:
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


def graded(model: Any, content: Any) -> None:
    """Writes the grade that its sources mean into every sourced part of the dumped content."""
    if isinstance(model, SourcedText):
        content["grade"] = model.graded().value
    if isinstance(model, BaseModel):
        for name in content:
            graded(getattr(model, name), content[name])
    elif isinstance(model, Mapping):
        for name, inner in model.items():
            graded(inner, content[str(name)])
    elif isinstance(model, list):
        for inner, plain in zip(model, content, strict=True):
            graded(inner, plain)


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
        check_all(checker.merged, checker.home, checker.complain)
        checker.check_conditions()
        check_plans(checker.merged, checker.home, checker.complain)
    if checker.complaints:
        raise KnowledgeError(sorted(checker.complaints, key=lambda c: (c.file, c.line)))
    return checker.merged
