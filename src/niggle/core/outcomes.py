"""Outcomes: an answer, or one of the honest ways of not giving one. None of them is ever shown as green."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

from niggle.core.words import often

T = TypeVar("T")


@often
class Light(StrEnum):
    """The training light. CANNOT_SAY is an answer of its own and never shown as green."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    CANNOT_SAY = "cannot_say"

    @property
    def severity(self) -> int:
        """Order for "the worst of": green < cannot_say < yellow < red."""
        return _SEVERITY[self]


_SEVERITY = {Light.GREEN: 0, Light.CANNOT_SAY: 1, Light.YELLOW: 2, Light.RED: 3}


def worst(*lights: Light) -> Light:
    """The most careful of the lights given; CANNOT_SAY for none."""
    return max(lights, key=lambda x: x.severity, default=Light.CANNOT_SAY)


@often
class Urgency(IntEnum):
    """How soon a person should be seen; higher wins."""

    SELF_CARE = 0
    ROUTINE = 1  # a professional by appointment
    URGENT = 2  # stop running, be seen within days
    EMERGENCY = 3  # now

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class NotEnoughInformation:
    """What is missing, as stable names; wording turns them into questions."""

    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutsideScope:
    """The rule or the program does not cover this; `why` is a stable name."""

    why: str


@dataclass(frozen=True, slots=True)
class SeeProfessional:
    urgency: Urgency
    see: tuple[str, ...]


Outcome = Answer[T] | NotEnoughInformation | OutsideScope | SeeProfessional


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with what a person entered: the field, what is wrong, and what would be right. A value."""

    field: str
    message: str
    suggestion: str | None = None
