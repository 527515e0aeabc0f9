"""The shapes of triage: a runner's story, and what can be said of it. It orders possibilities; it never diagnoses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from niggle.core.body import SITES, Region, Side
from niggle.core.outcomes import OutsideScope, Problem, Urgency
from niggle.core.profile import Profile
from niggle.core.reasons import FactValue, Grade, Reason
from niggle.core.red_flags import FlagHit


@dataclass(frozen=True, slots=True)
class Where:
    """One place that hurts. Several sites mean that the words or the finger fit any of them."""

    sites: tuple[str, ...]
    side: Side | None = None

    @property
    def regions(self) -> tuple[Region, ...]:
        return tuple(dict.fromkeys(SITES[s].region for s in self.sites))

    @property
    def outside(self) -> bool:
        return bool(self.sites) and all(SITES[s].region is Region.OUTSIDE for s in self.sites)


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is known of one complaint. A finding that is missing or None is unknown, never "no"."""

    age: float | None = None  # years
    sex: str | None = None  # "female", "male", "other"
    places: tuple[Where, ...] = ()
    findings: Mapping[str, FactValue] = field(
        default_factory=dict
    )  # finding id -> True, False, or its number or choice
    spikes: tuple[str, ...] = ()  # ids of the load spikes of the last weeks
    profile: Profile = field(default=Profile())
    possible: frozenset[str] = frozenset()  # findings told of in doubt, or both said and denied
    outside: str | None = None  # why a reader of the story holds it for none of niggle's, e.g. "animal"


class Fit(StrEnum):
    """A share as one of three steps. Never a probability of illness."""

    BEST = "best"
    PARTLY = "partly"
    LITTLE = "little"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer that speaks for or against a condition. `ratio`: how many times likelier the answer is with it."""

    finding: str
    label: str
    value: bool
    ratio: float
    published: bool  # a published likelihood ratio; otherwise a graded word
    sources: tuple[str, ...]
    grade: Grade


@dataclass(frozen=True, slots=True)
class TellApart:
    condition: str
    text: str
    by: str  # question, self_test, clinic
    findings: tuple[str, ...]  # those not yet answered


@dataclass(frozen=True, slots=True)
class Candidate:
    """One condition of the differential. Sorting key is `share`; `to_rule_out`: named because missing it is costly."""

    condition: str
    name: str
    share: float
    fit: Fit
    speaks_for: tuple[Evidence, ...]
    speaks_against: tuple[Evidence, ...]
    tell_apart: tuple[TellApart, ...]
    must_not_miss: bool
    urgency: Urgency
    to_rule_out: bool = False

    @property
    def pattern_match(self) -> bool:
        """Nothing published stands behind this ranking; the interface says "pattern match"."""
        return not any(e.published for e in (*self.speaks_for, *self.speaks_against))


class CannotTell(StrEnum):
    NO_PLACE = "no_place"
    TOO_LITTLE = "too_little"
    FLAT = "flat"
    FITS_NOTHING = "fits_nothing"


@dataclass(frozen=True, slots=True)
class TriageCare:
    """Whom to see, by when (0 = now, None = if it does not improve), which tests, and what to do tonight."""

    who: tuple[str, ...]
    when_days: int | None
    tests: tuple[str, ...]
    tonight: tuple[str, ...]
    condition: str | None = None  # whose page the advice is from


@dataclass(frozen=True, slots=True)
class Contributor:
    """Something in the last weeks or in the answers that is known to feed the condition."""

    cause: str
    label: str
    condition: str
    strength: str  # strong, usual, possible
    spikes: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask next. `why`: place, safety, course, or rank."""

    finding: str
    why: str
    value: float  # expected worth, for tests and for showing; larger first


@dataclass(frozen=True, slots=True)
class Triage:
    urgency: Urgency
    red_flags: tuple[FlagHit, ...]
    differential: tuple[Candidate, ...]
    cannot_tell: CannotTell | None
    outside: OutsideScope | None
    reasons: tuple[Reason, ...]
    care: TriageCare
    contributors: tuple[Contributor, ...]
    next_questions: tuple[Question, ...]
    contradictions: tuple[tuple[str, str], ...] = ()  # answers that rule each other out
    problems: tuple[Problem, ...] = ()
