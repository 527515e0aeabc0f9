"""YAML to frozen Knowledge: strict, with file and line in every complaint; compiled once and kept by digest.

The compiled form is the validated data as JSON. It is written to a cache folder when one is given, under the digest of
the files and of this loader, so that a warm start needs neither YAML nor pydantic. Conditions, exercises and protocols
stand there one a line, and a line is read when somebody asks for it: a day's decision needs few of them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from niggle.core.ids import digest_bytes
from niggle.core.knowledge_types import Knowledge, LightRow, Parameter, RedFlag, Rule, Source, SpikeType, Tissue
from niggle.core.outcomes import Light, Urgency
from niggle.core.reasons import Grade
from niggle.core.when import parse as parse_when
from niggle.knowledge import condition_build as built
from niggle.knowledge import plan_build as plans

T = TypeVar("T")
FOLDER = Path(__file__).parent
_ELSEWHERE = frozenset({"lexicon.yaml", "body_map.yaml"})  # read by modules of their own: words and drawings, no rules
_SHAPE = "5"  # of the compiled form; raise it when `compile_folder` writes something else


@dataclass(frozen=True, slots=True)
class Complaint:
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class KnowledgeError(Exception):
    """The knowledge does not hold together; every complaint with file and line."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__("\n".join(map(str, complaints)))
        self.complaints = complaints


@lru_cache(maxsize=4)
def load(cache_dir: Path | None = None, folder: Path = FOLDER) -> Knowledge:
    """All knowledge, frozen. Raises KnowledgeError with file and line of everything that is wrong."""
    digest, names = _digest(folder)
    cached = cache_dir / f"knowledge-{digest[:24]}.json" if cache_dir else None
    if cached is not None:
        try:
            return build(_unpacked(cached.read_bytes()), digest)
        except (OSError, ValueError, KeyError, IndexError):
            pass  # absent or damaged: compile again
    from niggle.knowledge.compile import compile_folder

    compiled = compile_folder(folder, names)
    knowledge = build(compiled, digest)
    if cached is not None:
        _write(cached, _packed(compiled))
    return knowledge


_LATER = ("conditions", "exercises", "protocols")


def _packed(compiled: Mapping[str, Any]) -> str:
    """The compiled form as text: a first line with everything small, then each of _LATER on a line of its own."""
    slugs = {part: sorted(compiled[part]) for part in _LATER}
    names = {"names": _names(compiled["conditions"]), "exercise_names": _exercise_names(compiled["exercises"])}
    lines: list[Any] = [{**compiled, **slugs, **names}]
    lines += [compiled[part][slug] for part in _LATER for slug in slugs[part]]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n"


def _unpacked(text: bytes) -> dict[str, Any]:
    """The compiled form again, with each of _LATER still as text. ValueError where lines are missing."""
    head, *lines = text.removesuffix(b"\n").split(b"\n")
    compiled: dict[str, Any] = json.loads(head)
    slugs = [(part, slug) for part in _LATER for slug in compiled[part]]
    for part in _LATER:
        compiled[part] = {}
    for (part, slug), line in zip(slugs, lines, strict=True):
        compiled[part][slug] = line
    return compiled


def _digest(folder: Path) -> tuple[str, tuple[str, ...]]:
    paths = (p for p in folder.rglob("*.yaml") if p.parent.name != "figures" and p.name not in _ELSEWHERE)
    names = tuple(sorted(p.relative_to(folder).as_posix() for p in paths))
    parts = [f"{_SHAPE}\n".encode()]
    for name in names:
        parts += [name.encode(), b"\0", (folder / name).read_bytes(), b"\0"]
    return digest_bytes(b"".join(parts)), names


def _write(path: Path, text: str) -> None:
    """Whole or not at all; a cache that cannot be written is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError:
        return


def build(compiled: Mapping[str, Any], digest: str) -> Knowledge:
    """Frozen types from the compiled form."""
    parameters = {k: _parameter(k, v) for k, v in compiled["parameters"].items()}
    numbers = {k: p.value for k, p in parameters.items() if not isinstance(p.value, tuple)}
    rules = {k: _rule(k, v) for k, v in compiled["rules"].items()}

    def when(form: Any) -> Any:
        return parse_when(form, numbers)

    share, priors = built.shares(compiled), built.priors(compiled["priors"])
    findings = {k: built.finding(k, v, share) for k, v in compiled["findings"].items()}
    conditions = OnDemand(compiled["conditions"], lambda v: built.condition(v, share, priors, when))
    return Knowledge(
        digest=digest,
        sources={k: Source(k, v["title"], v["kind"], v["year"], v["doi"]) for k, v in compiled["sources"].items()},
        parameters=parameters,
        rules=rules,
        tissues={k: _tissue(k, v) for k, v in compiled["tissues"].items()},
        spikes={
            k: SpikeType(rules[k], v["code"], v["stressor"], tuple(v["needs"])) for k, v in compiled["spikes"].items()
        },
        red_flags=tuple(_flag(v, rules, when) for v in compiled["flags"]),
        light_rows=tuple(_row(v, rules, when) for v in compiled["rows"]),
        findings=findings,
        questions={k: f.question for k, f in findings.items() if f.check_in},
        frequencies=built.frequencies(compiled),
        conditions=conditions,
        names=compiled["names"] if "names" in compiled else _names(compiled["conditions"]),
        causes={k: built.cause(k, v) for k, v in compiled["causes"].items()},
        priors=priors,
        glossary={k: built.term(k, v) for k, v in compiled["glossary"].items()},
        faq={k: built.faq(k, v) for k, v in compiled["faq"].items()},
        body_parts={k: built.body_part(k, v) for k, v in compiled["body_parts"].items()},
        roster={k: built.roster(k, v) for k, v in compiled["roster"].items()},
        exercises=OnDemand(compiled["exercises"], plans.exercise),
        exercise_names=compiled.get("exercise_names") or _exercise_names(compiled["exercises"]),
        protocols=OnDemand(compiled["protocols"], lambda v: plans.protocol(v, when)),
        ladders={k: plans.ladder(v, when) for k, v in compiled["ladders"].items()},
        tests={k: plans.test(k, v) for k, v in compiled["tests"].items()},
        routines={k: plans.routine(k, v) for k, v in compiled["routines"].items()},
    )


class OnDemand(Mapping[str, T], Generic[T]):
    """Conditions, exercises or protocols, each built when first asked for: today's decision needs few of them."""

    def __init__(self, plain: Mapping[str, Any], make: Callable[[Any], T]) -> None:
        self._plain, self._make = {slug: plain[slug] for slug in sorted(plain)}, make
        self._made: dict[str, T] = {}

    def __getitem__(self, slug: str) -> T:
        if slug not in self._made:
            plain = self._plain[slug]
            self._made[slug] = self._make(json.loads(plain) if isinstance(plain, bytes) else plain)
        return self._made[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and dict(self) == dict(other)

    __hash__ = None  # type: ignore[assignment]  # equal mappings may differ in what is built


def _names(plain: Mapping[str, Any]) -> dict[str, str]:
    """Aliases and slugs are unique (checked); a plain name counts only where it does not take another's place."""
    names: dict[str, str] = {}
    for slug, c in plain.items():
        names.update({key.casefold(): slug for key in (slug, slug.replace("-", " "), *c.get("aliases", ()))})
    for slug, c in plain.items():
        for name in (c["names"]["lay"], c["names"]["clinical"], *c["names"].get("other", ())):
            names.setdefault(name.casefold(), slug)
    return names


def _exercise_names(plain: Mapping[str, Any]) -> dict[str, str]:
    """Slugs and EX numbers are unique; a name counts only where it does not take another's place."""
    names: dict[str, str] = {}
    for slug in sorted(plain):
        names.update({key.casefold(): slug for key in (slug, slug.replace("-", " "), plain[slug]["catalogue"])})
    for slug in sorted(plain):
        for name in (plain[slug]["name"], *plain[slug].get("also", ())):
            names.setdefault(name.casefold(), slug)
    return names


def _parameter(name: str, v: Mapping[str, Any]) -> Parameter:
    value = tuple(v["value"]) if isinstance(v["value"], list) else v["value"]
    return Parameter(name, value, v["unit"], tuple(v["sources"]), Grade(v["grade"]), v["since"], v["note"])


def _rule(name: str, v: Mapping[str, Any]) -> Rule:
    return Rule(name, v["title"], tuple(v["sources"]), Grade(v["grade"]), v["note"])


def _tissue(name: str, v: Mapping[str, Any]) -> Tissue:
    fields = {**v, "sources": tuple(v["sources"]), "evidence": Grade(v["evidence"])}
    return Tissue(id=name, **fields)


def _urgency(code: str | None) -> Urgency | None:
    return None if code is None else Urgency[code.upper()]


def _row(v: Mapping[str, Any], rules: Mapping[str, Rule], when: Callable[[Any], Any]) -> LightRow:
    care_when = None if v["care_when"] is None else when(v["care_when"])
    return LightRow(
        rules[v["id"]], when(v["when"]), Light(v["light"]), _urgency(v["care"]), care_when, v["ends_session"],
        v["no_run_today"],
    )  # fmt: skip


def _flag(v: Mapping[str, Any], rules: Mapping[str, Rule], when: Callable[[Any], Any]) -> RedFlag:
    urgency = _urgency(v["urgency"])
    assert urgency is not None
    return RedFlag(
        rules[v["id"]], when(v["when"]), urgency, v["within_hours"], v["suspect"], tuple(v["see"]), tuple(v["tests"]),
        v["deadline_days"], v["locks"],
    )  # fmt: skip
