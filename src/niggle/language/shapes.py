"""What was understood of a story: findings, places, numbers and guesses, each with the words it was read from.

Offsets count characters of the text as it was given, end exclusive: `text[span.start:span.end]` are the runner's words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from niggle.core.body import Side
from niggle.core.outcomes import NotEnoughInformation, OutsideScope


@dataclass(frozen=True, slots=True, order=True)
class Span:
    start: int
    end: int


class Why(StrEnum):
    """How a finding's value came about."""

    STATED = "stated"
    DENIED = "denied"
    PAST = "past"  # "used to, not any more"
    UNSURE = "unsure"  # said with "maybe", "not sure", or asked as a question: value unknown
    CONTRADICTION = "contradiction"  # said and denied: value unknown, all spans listed


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. `value` is True, False or a number in the finding's unit; None means that nothing is known of it."""

    finding: str
    value: bool | float | None
    spans: tuple[Span, ...]  # at least one
    words: tuple[str, ...]  # the text of each span
    certain: bool
    why: Why

    @property
    def span(self) -> Span:
        return self.spans[0]


@dataclass(frozen=True, slots=True)
class Place:
    """Where it hurts: the sites that the words can mean, one if they were exact. A side of None was not said."""

    sites: tuple[str, ...]
    side: Side | None
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    certain: bool  # said as the place of a complaint, not only inside a diagnosis or with "maybe"

    @property
    def site(self) -> str | None:
        """The site, where the words mean only one."""
        return self.sites[0] if len(self.sites) == 1 else None

    @property
    def span(self) -> Span:
        return self.spans[0]


@dataclass(frozen=True, slots=True)
class Guess:
    """A diagnosis that the text names; never evidence. `by`: runner, clinician, or hearsay (read, heard, another's)."""

    condition: str
    by: str
    denied: bool
    past: bool
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that was read, in the unit its name says, with its words. certain: not a guess such as "for months"."""

    value: float
    span: Span
    words: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything understood of one text. `problem` names what stands in the way; what was understood is kept too.

    OutsideScope.why is "another_language", "text_too_long" (only the beginning was read) or "animal";
    NotEnoughInformation.missing is ("text",) for an empty text and ("complaint",) when nothing in it was understood.
    """

    findings: tuple[Found, ...] = ()
    sites: tuple[Place, ...] = ()
    not_there: tuple[Place, ...] = ()  # places that the text says are free of it
    guesses: tuple[Guess, ...] = ()
    age: float | None = None
    sex: str | None = None  # "female", "male"
    duration_days: Quantity | None = None
    pain_score: Quantity | None = None  # 0-10, the highest that was said
    distance_m: Quantity | None = None  # in a run, where it begins
    run_minutes: Quantity | None = None  # in a run, when it begins
    stiffness_min: Quantity | None = None
    weekly_distance_m: Quantity | None = None  # the latest that was said
    about: str = "self"  # "other": a child's or a friend's complaint, told by somebody else
    not_counted: tuple[
        tuple[str, Span], ...
    ] = ()  # finding ids set aside (another's story, hearsay, long past) and where
    leftovers: tuple[Span, ...] = ()  # sentences of which nothing was understood
    language: str = "en"
    problem: OutsideScope | NotEnoughInformation | None = None

    def value(self, finding: str) -> bool | float | None:
        """The finding's value; None where it was not said or is not known."""
        return next((f.value for f in self.findings if f.finding == finding), None)
