"""What may stand in findings, conditions and the library files. Strict, as schema.py."""

# ruff: noqa: RUF012 - pydantic copies mutable defaults
from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from niggle.core.body import Region, TissueClass
from niggle.core.condition import ConditionClass, Scope, Section
from niggle.core.reasons import Grade
from niggle.knowledge.schema_base import Day, Sourced, SourceId, Strict, Text, UrgencyCode, Word

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Prefix = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}$")]
FactId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}-[A-Z]?\d{1,3}$")]
FlagId = Annotated[str, StringConstraints(pattern=r"^RF-[A-Z]?\d{1,2}$")]
SpikeId = Annotated[str, StringConstraints(pattern=r"^LOAD-S\d\d$")]
FrequencyWord = Literal["always", "usual", "often", "sometimes", "seldom", "rare", "never"]
WeightWord = Literal["very_common", "common", "uncommon", "rare", "very_rare"]
Number = float | Annotated[list[float], Field(min_length=2, max_length=2)]
_GUIDES = frozenset({"S0", "S1", "S2", "S3"})


class FrequencyIn(Strict):
    share: Annotated[float, Field(gt=0, lt=1)]
    words: Text


class SelfTestIn(Strict):
    how: Text
    stop_if: Text


class ImpliesIn(Strict):
    implies: list[Word] = []
    excludes: list[Word] = []


class ChoiceIn(ImpliesIn):
    label: Text


class ReadIn(ImpliesIn):
    op: Literal[">=", ">", "<=", "<"]
    value: float


class FindingIn(ImpliesIn):
    group: Literal[
        "onset", "quality", "place", "in_run", "in_day", "provokes", "sign", "self_test", "nerve", "joint", "skin",
        "training", "shoes", "ground", "history", "general", "course",
    ]  # fmt: skip
    label: Text
    question: Text
    base: FrequencyWord | None = None
    safety: bool = False
    check_in: bool = False
    cluster: Word | None = None
    sites: list[Word] = []
    self_test: SelfTestIn | None = None
    unit: Text | None = None
    minimum: float | None = None
    maximum: float | None = None
    reads: list[ReadIn] = []
    choices: dict[Word, ChoiceIn] = {}

    @model_validator(mode="after")
    def _one_kind(self) -> FindingIn:
        if (self.base is None) != bool(self.choices or self.minimum is not None):
            raise ValueError("a yes-or-no finding needs `base`; a number (minimum) or a choice has none")
        return self


class SourcedText(Strict):
    """Sources S0 to S3 alone mean `practice`; with niggle among them `proposal`; anything else names its grade."""

    sources: Annotated[list[SourceId], Field(min_length=1)]
    grade: Grade | None = None

    @model_validator(mode="after")
    def _graded(self) -> SourcedText:
        if self.grade is None and not set(self.sources) <= _GUIDES | {"niggle"}:
            raise ValueError("a source beside S0 to S3 and niggle needs a grade")
        return self

    def graded(self) -> Grade:
        if self.grade is not None:
            return self.grade
        return Grade.PROPOSAL if "niggle" in self.sources else Grade.PRACTICE


class DoseIn(Strict):
    exercise: Text
    sets: Number | None = None
    reps: Number | None = None
    hold_s: Number | None = None
    tempo: Text | None = None
    per_day: Number | None = None
    per_week: Number | None = None
    weeks: Number | None = None
    minutes: Number | None = None
    note: Text | None = None


class FactIn(SourcedText):
    text: Text
    dose: list[DoseIn] = []
    resolution: Text | None = None


class LikelihoodIn(Strict):
    word: FrequencyWord
    lr_present: Annotated[float, Field(gt=0)] | None = None
    lr_absent: Annotated[float, Field(gt=0)] | None = None
    sources: list[SourceId] = ["niggle"]
    grade: Grade = Grade.HEURISTIC
    note: Text | None = None

    @model_validator(mode="after")
    def _published(self) -> LikelihoodIn:
        if (self.lr_present is not None or self.lr_absent is not None) and self.sources == ["niggle"]:
            raise ValueError("a likelihood ratio needs its source and grade")
        return self


class FactorIn(Sourced):
    when: Any
    factor: Annotated[float, Field(gt=0, le=20)]
    because: Text


class PriorIn(Sourced):
    weight: WeightWord
    by_region: dict[Region, WeightWord] = {}
    factors: list[FactorIn] = []


class UrgencyWhenIn(Strict):
    when: Any
    urgency: UrgencyCode
    because: Text


class LookAlikeIn(Strict):
    condition: Slug
    tells_apart: Text
    by: Literal["question", "self_test", "clinic"]
    findings: list[Word] = []
    one_way: Text | None = None


class CareIn(Strict):
    who: Annotated[list[Text], Field(min_length=1)]
    when_days: Annotated[int, Field(ge=0)] | None = None
    tests: list[Text] = []


class GradeIn(Strict):
    id: Word
    name: Text
    criteria: Text
    low_days: Annotated[int, Field(ge=0)] | None = None
    high_days: Annotated[int, Field(ge=0)] | None = None
    sources: Annotated[list[SourceId], Field(min_length=1)]


class RecoveryIn(Sourced):
    low_days: Annotated[int, Field(ge=0)]
    high_days: Annotated[int, Field(ge=0)]
    note: Text

    @model_validator(mode="after")
    def _ordered(self) -> RecoveryIn:
        if self.low_days > self.high_days:
            raise ValueError("low_days is more than high_days")
        return self


class NamesIn(Strict):
    lay: Text
    clinical: Text
    other: list[Text] = []


class ReviewIn(Strict):
    status: Literal["unreviewed", "reviewed"]
    by: Text | None = None
    on: Day | None = None

    @model_validator(mode="after")
    def _signed(self) -> ReviewIn:
        if self.status == "reviewed" and (self.by is None or self.on is None):
            raise ValueError("reviewed needs `by` and `on`")
        return self


class TriageIn(Strict):
    prior: PriorIn
    must_not_miss: bool = False
    urgency: UrgencyCode
    urgency_when: list[UrgencyWhenIn] = []
    findings: dict[Word, FrequencyWord | LikelihoodIn]
    look_alikes: list[LookAlikeIn] = []
    causes: dict[Word, Literal["strong", "usual", "possible"]] = {}
    care: CareIn
    tonight: Annotated[list[Text], Field(min_length=1, max_length=6)]
    grades: list[GradeIn] = []
    recovery: RecoveryIn | None = None
    return_row: Annotated[str, StringConstraints(pattern=r"^RTR-\d\d$")] | None = None
    ladder: Literal["bone", "shin", "tendon", "fascia", "muscle", "hip_flexor", "joint", "itb", "ankle"] | None = None
    related_red_flags: list[FlagId] = []


class ConditionIn(Strict):
    id: Slug
    prefix: Prefix
    aliases: list[Text] = []
    names: NamesIn
    kind: ConditionClass
    tissue_class: TissueClass
    scope: Scope
    regions: list[Region] = []
    sites: dict[Word, FrequencyWord] = {}
    everywhere: bool = False
    structures: list[Text] = []
    purpose: Text
    use: Text
    misuse: Text
    review: ReviewIn
    min_age: Annotated[int, Field(ge=0, le=120)] | None = None
    max_age: Annotated[int, Field(ge=0, le=120)] | None = None
    triage: TriageIn
    facts: dict[Section, dict[FactId, FactIn]]

    @field_validator("facts")
    @classmethod
    def _in_order(cls, value: dict[Section, dict[str, FactIn]]) -> dict[Section, dict[str, FactIn]]:
        order = [s for s in Section if s in value]
        if list(value) != order:
            raise ValueError(f"sections come in this order: {', '.join(order)}")
        return value


class CauseIn(Sourced):
    kind: Literal["load", "shoe", "ground", "strength", "mobility", "form", "shape", "fuel", "body", "life", "history"]
    label: Text
    text: Text
    spikes: list[SpikeId] = []
    findings: list[Word] = []


class FigureIn(Sourced):
    condition: Slug
    share_percent: Number
    of: Text


class PriorsIn(Sourced):
    weights: dict[WeightWord, Annotated[float, Field(gt=0, lt=1)]]
    danger_floor: Annotated[float, Field(gt=0, lt=0.2)]
    figures: list[FigureIn] = []


class TermIn(SourcedText):
    term: Text
    text: Text
    also: list[Text] = []


class FaqFactIn(SourcedText):
    text: Text


class FaqIn(Strict):
    question: Text
    facts: Annotated[dict[FactId, FaqFactIn], Field(min_length=1)]


class BodyPartIn(SourcedText):
    kind: Literal["table", "time", "planning", "disagreement"]
    part: Text
    text: Text
    conditions: list[Slug] = []
    low_days: Annotated[int, Field(ge=0)] | None = None
    high_days: Annotated[int, Field(ge=0)] | None = None
    prevention: Text | None = None
    resolution: Text | None = None


class RosterIn(Strict):
    prefix: Prefix
    facts: Annotated[int, Field(gt=0)] | None = None
