"""What may stand in the knowledge files. Strict: an unknown key, a missing source or a wrong type is an error."""

# ruff: noqa: RUF012 - pydantic copies mutable defaults
from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from niggle.core.outcomes import Light
from niggle.core.reasons import Grade
from niggle.core.session.types import Sport
from niggle.knowledge.condition_schema import (
    BodyPartIn,
    CauseIn,
    FactId,
    FaqIn,
    FindingIn,
    FrequencyIn,
    FrequencyWord,
    PriorsIn,
    RosterIn,
    Slug,
    TermIn,
)
from niggle.knowledge.ladder_schema import TestIn
from niggle.knowledge.routine_schema import RoutineIn
from niggle.knowledge.schema_base import Day, RuleId, Sourced, SourceId, SourceIn, Strict, Text, UrgencyCode, Word


class ParameterIn(Sourced):
    value: float | Annotated[list[float], Field(min_length=1)]
    unit: str | None = None
    since: Day


class RuleIn(Sourced):
    title: Text


class TissueIn(Strict):
    name: Text
    clock: Literal["muscle", "tendon", "fascia", "bone", "cartilage"]
    fatigue_days: Annotated[float, Field(gt=0)]
    capacity_days: Annotated[float, Field(gt=0)]
    gap_hours: Annotated[float, Field(ge=0)]
    speed_base: float | None = None
    speed_exponent: float | None = None
    grade_linear_per_deg: float
    grade_square_per_deg2: float
    cadence_exponent: float
    strength_share: dict[Sport, Annotated[float, Field(ge=0)]] = {}
    sources: Annotated[list[SourceId], Field(min_length=1)]
    evidence: Grade
    note: Text | None = None


class SpikeIn(Sourced):
    code: Word
    title: Text
    stressor: bool
    needs: list[Word] = []


class LightRowIn(Sourced):
    id: RuleId
    title: Text
    when: Any
    light: Light
    care: UrgencyCode | None = None
    care_when: Any | None = None
    ends_session: bool = False
    no_run_today: bool = False


class RedFlagIn(Sourced):
    id: RuleId
    title: Text
    when: Any
    urgency: UrgencyCode
    within_hours: Annotated[int, Field(gt=0)] | None = None
    suspect: Text
    see: Annotated[list[Text], Field(min_length=1)]
    tests: list[Text] = []
    deadline_days: Annotated[int, Field(gt=0)] | None = None
    locks: bool = False


class FileIn(Strict):
    """Any knowledge file of the top folder; FILES says which of these keys each may have."""

    sources: dict[SourceId, SourceIn] = {}
    parameters: dict[Word, ParameterIn] = {}
    rules: dict[RuleId, RuleIn] = {}
    tissues: dict[Word, TissueIn] = {}
    spikes: dict[RuleId, SpikeIn] = {}
    rows: list[LightRowIn] = []
    flags: list[RedFlagIn] = []
    findings: dict[Word, FindingIn] = {}
    frequencies: dict[FrequencyWord, FrequencyIn] = {}
    causes: dict[Word, CauseIn] = {}
    priors: PriorsIn | None = None
    glossary: dict[FactId, TermIn] = {}
    faq: dict[Word, FaqIn] = {}
    body_parts: dict[FactId, BodyPartIn] = {}
    roster: dict[Slug, RosterIn] = {}
    tests: dict[Word, TestIn] = {}
    routines: dict[Slug, RoutineIn] = {}


FILES: dict[str, frozenset[str]] = {
    "sources.yaml": frozenset({"sources"}),
    "tissues.yaml": frozenset({"parameters", "rules", "tissues"}),
    "spikes.yaml": frozenset({"parameters", "rules", "spikes"}),
    "load.yaml": frozenset({"parameters", "rules"}),
    "shoes.yaml": frozenset({"parameters", "rules"}),
    "traffic_light.yaml": frozenset({"parameters", "rules", "rows"}),
    "red_flags.yaml": frozenset({"parameters", "rules", "flags"}),
    "clinical_sources.yaml": frozenset({"sources"}),
    "findings.yaml": frozenset({"frequencies", "findings"}),
    "causes.yaml": frozenset({"causes"}),
    "priors.yaml": frozenset({"priors"}),
    "glossary.yaml": frozenset({"glossary"}),
    "faq.yaml": frozenset({"faq"}),
    "body_parts.yaml": frozenset({"body_parts"}),
    "roster.yaml": frozenset({"roster"}),
    "today.yaml": frozenset({"parameters", "rules"}),
    "triage.yaml": frozenset({"parameters", "rules"}),
    "plans.yaml": frozenset({"parameters", "rules"}),
    "scoreboard.yaml": frozenset({"tests"}),
    "routines.yaml": frozenset({"routines"}),
}
