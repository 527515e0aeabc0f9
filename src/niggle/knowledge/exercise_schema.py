"""What may stand in an exercise's file. Strict, as schema.py."""

# ruff: noqa: RUF012 - pydantic copies mutable defaults
from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, field_validator, model_validator

from niggle.core.body import LoadTissue, TissueClass
from niggle.core.exercise import EQUIPMENT, ExerciseKind
from niggle.knowledge.condition_schema import Slug, SourcedText
from niggle.knowledge.schema_base import SourceId, Strict, Text, Word

CatalogueId = Annotated[str, StringConstraints(pattern=r"^EX-\d{3}$")]
Seconds = Annotated[float, Field(ge=0, le=600)]
PhaseNumber = Annotated[int, Field(ge=1, le=4)]
TempoIn = Annotated[list[Seconds], Field(min_length=3, max_length=3)]


class DemandIn(Strict):
    """tier 1 (hardly) to 5 (as much as hopping)."""

    tier: Annotated[int, Field(ge=1, le=5)]
    body_weights: Annotated[float, Field(gt=0, le=20)] | None = None
    sources: Annotated[list[SourceId], Field(min_length=1)] = ["niggle"]

    @model_validator(mode="after")
    def _published(self) -> DemandIn:
        if self.body_weights is not None and self.sources == ["niggle"]:
            raise ValueError("a force in body weights needs its source")
        return self


class ContraindicationIn(Strict):
    because: Text
    condition: Slug | None = None
    tissue_class: TissueClass | None = None
    phases: list[PhaseNumber] = []
    until_cleared: bool = False
    sources: Annotated[list[SourceId], Field(min_length=1)] = ["niggle"]

    @model_validator(mode="after")
    def _of_something(self) -> ContraindicationIn:
        if (self.condition is None) == (self.tissue_class is None):
            raise ValueError("names one of `condition` and `tissue_class`")
        return self


class ExerciseIn(SourcedText):
    id: Slug
    catalogue: CatalogueId
    name: Text
    also: list[Text] = []
    kinds: Annotated[list[ExerciseKind], Field(min_length=1)]
    targets: Annotated[list[Text], Field(min_length=1)]
    how: Text
    cues: list[Text] = []
    faults: list[Text] = []
    equipment: list[Word] = []
    instead: dict[Word, Text] = {}
    one_sided: bool
    tempo: TempoIn | None = None
    easier: list[Slug] = []
    harder: list[Slug] = []
    load: dict[LoadTissue, DemandIn] = {}
    heavy: bool = False
    heavy_calf: bool = False
    impact: bool = False
    contraindications: list[ContraindicationIn] = []
    figures: list[Slug] = []
    note: Text | None = None

    @field_validator("equipment")
    @classmethod
    def _known(cls, value: list[str]) -> list[str]:
        unknown = [word for word in value if word not in EQUIPMENT]
        if unknown:
            raise ValueError(f"{', '.join(unknown)}: no such equipment; known are {', '.join(sorted(EQUIPMENT))}")
        return value

    @model_validator(mode="after")
    def _fits(self) -> ExerciseIn:
        stray = [word for word in self.instead if word not in self.equipment]
        if stray:
            raise ValueError(f"instead of {', '.join(stray)}: the exercise does not need it")
        if self.heavy_calf and not self.heavy:
            raise ValueError("heavy_calf is a kind of heavy: say heavy: true too")
        if set(self.easier) & set(self.harder) or self.id in (*self.easier, *self.harder):
            raise ValueError("easier and harder are other exercises, and not the same ones")
        return self
