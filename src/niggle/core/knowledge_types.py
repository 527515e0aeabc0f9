"""Frozen shapes of everything that is read from knowledge/*.yaml. Numbers carry source and grade to the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from niggle.core.condition import BodyPartRow, Cause, Condition, Faq, Finding, Frequency, Priors, Roster, Term
from niggle.core.exercise import Exercise
from niggle.core.outcomes import Light, Urgency
from niggle.core.protocol import CapacityTest, Ladder, Protocol
from niggle.core.reasons import Grade
from niggle.core.routine import Routine
from niggle.core.when import When


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    title: str
    kind: str  # article, study, review, guideline, default
    year: int | None = None
    doi: str | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One configurable number. `since` is the day from which the value holds; a bent number tells its story in note."""

    id: str
    value: float | tuple[float, ...]
    unit: str | None
    sources: tuple[str, ...]
    grade: Grade
    since: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What any rule says of itself, whatever executes it: for reasons, docs and `niggle explain`."""

    id: str
    title: str
    sources: tuple[str, ...]
    grade: Grade
    note: str | None = None


@dataclass(frozen=True, slots=True)
class LightRow:
    """One row of the traffic light's decision table, in order. `care` is what the row adds whichever row decides."""

    rule: Rule
    when: When
    light: Light
    care: Urgency | None = None
    care_when: When | None = None  # where care needs a condition of its own (score 6: professional)
    ends_session: bool = False
    no_run_today: bool = False


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One red flag: what it looks like, how urgent it is, what it may be, whom to see, which test."""

    rule: Rule
    when: When
    urgency: Urgency
    within_hours: int | None  # 24 for "be seen today", 72 within days, None for emergency or no fixed time
    suspect: str
    see: tuple[str, ...]
    tests: tuple[str, ...] = ()
    deadline_days: int | None = None  # P flags: fire once the symptom is that old without improvement
    locks: bool = False  # the way back to running stays locked until a clinician's clearance is recorded


@dataclass(frozen=True, slots=True)
class SpikeType:
    rule: Rule
    code: str  # weekly_volume, longest_run, downhill, ...
    stressor: bool  # counts for "one new stressor a week"
    needs: tuple[str, ...] = ()  # the logs it can be seen in


@dataclass(frozen=True, slots=True)
class Tissue:
    """How one tissue's load is kept. See science summary 2 and 3: bookkeeping of load, not a measure of tissue.

    Per step: L = P(v) * exp(p*deg + q*deg^2) * (c/c_pref)^-k; dose = sum of strides * L^b, in easy kilometres.
    P is `speed_base`^(v - v_ref) when speed_base is given, else (v/v_ref)^speed_exponent.
    """

    id: str
    name: str
    clock: str  # muscle, tendon, fascia, bone, cartilage
    fatigue_days: float
    capacity_days: float
    gap_hours: float  # between demanding bouts
    speed_base: float | None
    speed_exponent: float | None
    grade_linear_per_deg: float
    grade_square_per_deg2: float
    cadence_exponent: float
    sources: tuple[str, ...]
    evidence: Grade
    strength_share: Mapping[str, float]  # easy km that one hour of a sport counts for this tissue
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the engines know, frozen, with the digest of the files it was read from."""

    digest: str
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    rules: Mapping[str, Rule]  # every rule id of every engine
    tissues: Mapping[str, Tissue]
    spikes: Mapping[str, SpikeType]
    red_flags: tuple[RedFlag, ...]
    light_rows: tuple[LightRow, ...]
    findings: Mapping[str, Finding]  # the whole vocabulary
    questions: Mapping[str, str]  # the red-flag questions of the check-in: finding id -> question
    frequencies: Mapping[str, Frequency]
    conditions: Mapping[str, Condition]
    names: Mapping[str, str]  # casefolded slug, alias or name of a condition -> slug
    causes: Mapping[str, Cause]
    priors: Priors
    glossary: Mapping[str, Term]
    faq: Mapping[str, Faq]
    body_parts: Mapping[str, BodyPartRow]
    roster: Mapping[str, Roster]  # every condition the knowledge is meant to have
    exercises: Mapping[str, Exercise]
    exercise_names: Mapping[str, str]  # casefolded slug, EX number or name of an exercise -> slug
    protocols: Mapping[str, Protocol]  # condition id -> its plan, where there is one
    ladders: Mapping[str, Ladder]
    tests: Mapping[str, CapacityTest]  # the scoreboard
    routines: Mapping[str, Routine]  # for everybody: daily prevention, strength, warm-up

    def exercise(self, name: str) -> Exercise | None:
        """The exercise of that slug, EX number or name, in any case; None if there is none."""
        slug = self.exercise_names.get(name.strip().casefold())
        return None if slug is None else self.exercises.get(slug)

    def condition(self, name: str) -> Condition | None:
        """The condition of that slug, alias or name, in any case; None if there is none."""
        slug = self.names.get(name.strip().casefold())
        return None if slug is None else self.conditions.get(slug)

    def number(self, name: str) -> float:
        """A parameter that is one number. KeyError for an unknown name, TypeError for a list."""
        value = self.parameters[name].value
        if isinstance(value, tuple):
            raise TypeError(f"{name} is a list")
        return value

    def numbers(self, name: str) -> tuple[float, ...]:
        """A parameter that is a list of numbers."""
        value = self.parameters[name].value
        if not isinstance(value, tuple):
            raise TypeError(f"{name} is one number")
        return value
