"""What niggle knows about a complaint's possible names: findings that can be asked, conditions, causes, library pages.

Pure shapes; the content stands in knowledge/. Probabilities come from graded words bound to numbers in one table
(`findings.yaml`, heuristic) or from published likelihood ratios, which then win over the word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from niggle.core.body import Region, TissueClass
from niggle.core.outcomes import Urgency
from niggle.core.reasons import FactValue, Grade
from niggle.core.when import When


class AnswerKind(StrEnum):
    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"


class Home(StrEnum):
    """Where an answer is kept in a check-in."""

    ANSWER = "answer"  # a field of core.checkin.Answers
    PROFILE = "profile"  # a field of core.profile.Profile
    FACT = "fact"  # a fact that the check-in works out itself: side, days since it began, sharp
    QUESTION = "question"  # in Answers.findings


@dataclass(frozen=True, slots=True)
class SelfTest:
    how: str
    stop_if: str


@dataclass(frozen=True, slots=True)
class Implication:
    """When the answer fulfils `when`, `yes` are there too and `no` are not, unless she said otherwise of them."""

    when: When
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    id: str
    group: str
    label: str  # short, for "speaks for / against"
    question: str  # asked so that "yes" means it is there
    kind: AnswerKind
    base: float | None  # how often runners with another complaint nearby say yes; None for numbers and choices
    home: Home
    safety: bool = False  # asked before anything else
    check_in: bool = False  # a red-flag question of the daily check-in
    cluster: str | None = None  # findings that travel together
    sites: frozenset[str] = frozenset()  # site ids where it is asked; empty: everywhere
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: Mapping[str, str] | None = None  # choice id -> label
    implications: tuple[Implication, ...] = ()
    self_test: SelfTest | None = None


@dataclass(frozen=True, slots=True)
class Frequency:
    """A graded word: how often, as a share of 1, and in plain words."""

    word: str
    share: float
    words: str


class Section(StrEnum):
    """The parts of a condition's page, in order."""

    NAMES = "names"
    MECHANISM = "mechanism"
    PRESENTATION = "presentation"
    DISCRIMINATORS = "discriminators"
    GRADES = "grades"
    RED_FLAGS = "red_flags"
    MANAGEMENT = "management"
    GATES = "gates"
    RETURN = "return"
    RECOVERY = "recovery"
    PREVENTION = "prevention"
    PROFESSIONAL = "professional"
    DISAGREEMENTS = "disagreements"


class ConditionClass(StrEnum):
    OVERUSE = "overuse"
    ACUTE = "acute"
    STRUCTURAL = "structural"  # joint shape, wear, entrapment
    SYSTEMIC = "systemic"
    SKIN = "skin"
    MIND = "mind"
    BENIGN = "benign"


class Scope(StrEnum):
    """What niggle does with it: a plan, a plan after clearance, referral only, the emergency card, or nothing."""

    SELF_MANAGED = "self_managed"
    AFTER_CLEARANCE = "after_clearance"
    REFER = "refer"
    EMERGENCY = "emergency"
    BENIGN = "benign"


@dataclass(frozen=True, slots=True)
class Span:
    """A number or a range of numbers; high equals low for one number."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Dose:
    exercise: str
    sets: Span | None = None
    reps: Span | None = None
    hold_s: Span | None = None
    tempo: str | None = None
    per_day: Span | None = None
    per_week: Span | None = None
    weeks: Span | None = None
    minutes: Span | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SheetFact:
    """One thing that is known about a condition, with who says so."""

    id: str
    section: Section
    text: str
    sources: tuple[str, ...]
    grade: Grade
    doses: tuple[Dose, ...] = ()
    resolution: str | None = None  # on a disagreement: what niggle does


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How often a finding is there in a condition; published ratios, where given, win over the frequency."""

    finding: str
    present: float  # share of 1
    word: str
    lr_present: float | None = None
    lr_absent: float | None = None
    sources: tuple[str, ...] = ("niggle",)
    grade: Grade = Grade.HEURISTIC
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PriorFactor:
    """Multiplies the prior when true. Looks at age (years), sex ("female", "male") and findings."""

    when: When
    factor: float
    because: str
    sources: tuple[str, ...]
    grade: Grade


@dataclass(frozen=True, slots=True)
class Prior:
    """Weight among the conditions of a region, before any answer; regions without an entry take `share`."""

    share: float
    by_region: Mapping[Region, float]
    factors: tuple[PriorFactor, ...]
    sources: tuple[str, ...]
    grade: Grade
    note: str | None = None

    def at(self, region: Region) -> float:
        return self.by_region.get(region, self.share)


@dataclass(frozen=True, slots=True)
class UrgencyWhen:
    when: When  # over finding ids, and age, sex, site, region
    urgency: Urgency
    because: str


@dataclass(frozen=True, slots=True)
class LookAlike:
    condition: str
    tells_apart: str
    by: str  # question, self_test, clinic
    findings: tuple[str, ...]
    one_way: str | None = None  # why the other one does not point back


@dataclass(frozen=True, slots=True)
class CauseLink:
    cause: str
    strength: str  # strong, usual, possible


@dataclass(frozen=True, slots=True)
class Care:
    who: tuple[str, ...]
    when_days: int | None  # be seen within so many days; 0 = now; None = if it does not improve
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeverityGrade:
    id: str
    name: str
    criteria: str
    low_days: int | None = None
    high_days: int | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recovery:
    low_days: int
    high_days: int
    note: str
    sources: tuple[str, ...]
    grade: Grade


@dataclass(frozen=True, slots=True)
class Review:
    """Reviewed means a named clinician looked at it on a day; until then every page says that nobody has."""

    status: str  # unreviewed, reviewed
    by: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    id: str
    prefix: str
    lay: str
    clinical: str
    other_names: tuple[str, ...]
    aliases: tuple[str, ...]
    kind: ConditionClass
    tissue_class: TissueClass
    scope: Scope
    regions: frozenset[Region]
    sites: Mapping[str, float]  # site id -> how often it hurts there, share of 1
    everywhere: bool  # not tied to a place: illness, soreness, mood
    structures: tuple[str, ...]
    purpose: str
    use: str
    misuse: str
    review: Review
    min_age: int | None
    max_age: int | None
    facts: tuple[SheetFact, ...]
    prior: Prior
    must_not_miss: bool
    urgency: Urgency
    urgency_when: tuple[UrgencyWhen, ...]
    findings: Mapping[str, Likelihood]
    look_alikes: tuple[LookAlike, ...]
    causes: tuple[CauseLink, ...]
    care: Care
    tonight: tuple[str, ...]
    grades: tuple[SeverityGrade, ...]
    recovery: Recovery | None
    return_row: str | None  # RTR-nn
    ladder: str | None
    red_flags: tuple[str, ...]

    def section(self, section: Section) -> tuple[SheetFact, ...]:
        return tuple(f for f in self.facts if f.section is section)


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that feeds complaints: a load spike, a shoe, the ground, a weak link, fuel, the body, daily life."""

    id: str
    kind: str
    label: str
    text: str
    spikes: tuple[str, ...]  # LOAD-S ids that show it in the runner's own load
    findings: tuple[str, ...]  # answers that show it
    sources: tuple[str, ...]
    grade: Grade


@dataclass(frozen=True, slots=True)
class PriorFigure:
    """A published share that the prior words lean on."""

    condition: str
    share_percent: Span
    of: str
    sources: tuple[str, ...]
    grade: Grade


@dataclass(frozen=True, slots=True)
class Priors:
    weights: Mapping[str, float]
    danger_floor: float
    figures: tuple[PriorFigure, ...]
    sources: tuple[str, ...]
    grade: Grade


@dataclass(frozen=True, slots=True)
class Term:
    id: str
    term: str
    text: str
    also: tuple[str, ...]
    sources: tuple[str, ...]
    grade: Grade


@dataclass(frozen=True, slots=True)
class FaqFact:
    id: str
    text: str
    sources: tuple[str, ...]
    grade: Grade


@dataclass(frozen=True, slots=True)
class Faq:
    id: str
    question: str
    facts: tuple[FaqFact, ...]


@dataclass(frozen=True, slots=True)
class BodyPartRow:
    """One line of the quick table. kind: table, time, planning or disagreement."""

    id: str
    kind: str
    part: str
    text: str
    sources: tuple[str, ...]
    grade: Grade
    conditions: tuple[str, ...] = ()
    low_days: int | None = None
    high_days: int | None = None
    prevention: str | None = None
    resolution: str | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """A condition that the knowledge is meant to have: its prefix, and how many facts it must count (None: any)."""

    id: str
    prefix: str
    facts: int | None


def facts_of_runner(age: float | None, sex: str | None, site: str | None, region: str | None) -> dict[str, FactValue]:
    """The names that prior factors and urgency conditions may use beside finding ids."""
    return {"age": age, "sex": sex, "site": site, "region": region}


RUNNER_FACTS = frozenset({"age", "sex", "site", "region"})
