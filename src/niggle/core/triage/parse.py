"""A story from plain data: `{"age": 34, "sex": "f", "site": "achilles", "side": "left", "findings": {"pop": true}}`.

Mistakes are values: an unknown finding, an answer of the wrong kind, an impossible age. What can be read is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from niggle.core.body import SITES, Region, Side, nearest
from niggle.core.condition import AnswerKind, Finding
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Problem
from niggle.core.reasons import FactValue
from niggle.core.triage.types import Story, Where

SEXES: Final = {"f": "female", "female": "female", "w": "female", "m": "male", "male": "male", "other": "other"}


def story_from_plain(data: Mapping[str, Any], knowledge: Knowledge) -> tuple[Story, tuple[Problem, ...]]:
    """The story, and everything that could not be read. `sites` may be a list; `site`, `side` may stand in findings."""
    problems: list[Problem] = []
    given = data.get("findings")
    findings: dict[str, Any] = dict(given) if isinstance(given, Mapping) else {}
    if given is not None and not isinstance(given, Mapping):
        problems.append(Problem("findings", "expected names with answers", 'for example {"night_pain": true}'))
    sites = data.get("sites", data.get("site", findings.pop("site", None)))
    findings.pop("site", None)
    side = _side(data.get("side", findings.get("side")), problems)
    places = tuple(
        place
        for item in (sites if isinstance(sites, Sequence) and not isinstance(sites, str) else [sites])
        if item is not None and (place := _place(item, side, problems)) is not None
    )
    answers: dict[str, FactValue] = {}
    for name, value in findings.items():
        finding = knowledge.findings.get(name)
        if finding is None:
            close = get_close_matches(str(name), knowledge.findings, n=1, cutoff=0.5)
            problems.append(
                Problem(f"findings.{name}", "niggle does not know this finding", close[0] if close else None)
            )
        elif value is not None:
            checked = _answer(finding, value)
            if isinstance(checked, Problem):
                problems.append(checked)
            else:
                answers[name] = checked
    sex = data.get("sex")
    if sex is not None and str(sex).casefold() not in SEXES:
        problems.append(Problem("sex", f"{sex!r} is not one of f, m, other"))
    age = _age(data.get("age"), problems)
    story = Story(age, SEXES.get(str(sex).casefold()), places, answers, tuple(data.get("spikes", ())))
    return story, tuple(problems)


def _age(value: Any, problems: list[Problem]) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 150:
        problems.append(Problem("age", f"{value!r} is no age in years", "for example 34"))
        return None
    return float(value)


def _side(value: Any, problems: list[Problem]) -> Side | None:
    if value is None:
        return None
    try:
        return Side(str(value).casefold())
    except ValueError:
        problems.append(Problem("side", f"{value!r} is no side", "left, right, both or middle"))
        return None


def _place(value: Any, side: Side | None, problems: list[Problem]) -> Where | None:
    """A site, a region (all its sites), or {"site": .., "side": ..}."""
    if isinstance(value, Mapping):
        return _place(value.get("site"), _side(value.get("side"), problems) or side, problems)
    name = str(value).strip().casefold().replace(" ", "_").replace("-", "_")
    if name in SITES:
        return Where((name,), side)
    if name in set(Region) and name != Region.OUTSIDE:
        return Where(tuple(s.id for s in SITES.values() if s.region == name), side)
    problems.append(Problem("site", f"{value!r} is no place of the body map", nearest(str(value))))
    return None


def _answer(finding: Finding, value: Any) -> FactValue | Problem:
    where = f"findings.{finding.id}"
    if finding.kind is AnswerKind.YES_NO:
        if isinstance(value, bool):
            return value
        return Problem(where, f"{value!r} is neither true nor false", "true, false, or leave it out")
    if finding.kind is AnswerKind.CHOICE:
        choices = finding.choices or {}
        return str(value) if value in choices else Problem(where, f"{value!r} is no choice", ", ".join(choices))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Problem(where, f"{value!r} is no number", finding.unit)
    low, high = finding.minimum, finding.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        return Problem(
            where, f"{value:g} is outside {low:g} to {high:g}" if None not in (low, high) else "out of range"
        )
    return value
