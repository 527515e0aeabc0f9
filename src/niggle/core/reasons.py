"""Reasons: which rule spoke, what it saw, who says so, and how well that is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from niggle.core.values import value
from niggle.core.words import often

FactValue = bool | int | float | str | None


@often
class Grade(StrEnum):
    """How far a figure or rule may be trusted, strongest first. Shown wherever the rule is shown."""

    MEASURED = "measured"  # read in a published study
    REPORTED = "reported"  # a published figure, seen second-hand
    DERIVED = "derived"  # arithmetic on published figures
    PRACTICE = "practice"  # stated by clinicians writing for runners
    RECALLED = "recalled"  # standard literature, not yet re-verified
    PROPOSAL = "proposal"  # niggle's own default, to be confirmed by a clinician
    HEURISTIC = "heuristic"  # no published number exists

    @property
    def rule_of_thumb(self) -> bool:
        """True where the interface must say "rule of thumb"."""
        return self in _THUMB


_THUMB: Final = frozenset({Grade.RECALLED, Grade.PROPOSAL, Grade.HEURISTIC})


@often
class Weight(StrEnum):
    """What a reason does to the day: information only, a caution with limits, or a stop."""

    INFO = "info"
    CAUTION = "caution"
    STOP = "stop"


@value(frozen=True, slots=True)
class Fact:
    """One thing a rule saw. `unit` is a unit name of core.units, "0-10", "days", or None for yes/no and words."""

    name: str
    value: FactValue
    unit: str | None = None
    on: date | None = None


@value(frozen=True, slots=True)
class Reason:
    """A matching rule. All matching rules are listed, not only the one that decided. Sentences are made in wording."""

    rule: str
    weight: Weight
    facts: tuple[Fact, ...]
    sources: tuple[str, ...]
    grade: Grade
    decided: bool = False  # this rule set the light or the cap

    def fact(self, name: str) -> FactValue:
        """The value of the first fact of that name, None if it is not there."""
        return next((f.value for f in self.facts if f.name == name), None)


def fact_from_plain(data: Mapping[str, Any]) -> Fact:
    on = data.get("on")
    return Fact(data["name"], data["value"], data.get("unit"), date.fromisoformat(on) if on else None)


def fact_to_plain(fact: Fact) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": fact.name, "value": fact.value}
    if fact.unit is not None:
        plain["unit"] = fact.unit
    if fact.on is not None:
        plain["on"] = fact.on.isoformat()
    return plain


def reason_to_plain(reason: Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "weight": reason.weight.value,
        "facts": [fact_to_plain(f) for f in reason.facts],
        "sources": list(reason.sources),
        "grade": reason.grade.value,
        "decided": reason.decided,
    }


def reason_from_plain(data: Mapping[str, Any]) -> Reason:
    return Reason(
        data["rule"],
        Weight(data["weight"]),
        tuple(fact_from_plain(f) for f in data["facts"]),
        tuple(data["sources"]),
        Grade(data["grade"]),
        data["decided"],
    )
