"""What may stand in a ladder's file and in scoreboard.yaml, and the criterion that gates share. As schema.py."""

# ruff: noqa: RUF012 - pydantic copies mutable defaults
from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from niggle.core.protocol import Better, Element
from niggle.knowledge.condition_schema import FactId, Slug, SourcedText
from niggle.knowledge.schema_base import Text, Word

ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$")]
Pain = Annotated[float, Field(ge=0, le=10)]
Minutes = Annotated[float, Field(gt=0, le=600)]
Percent = Annotated[int, Field(ge=10, le=100)]
Share = Annotated[float, Field(gt=0, lt=1)]


class CriterionIn(SourcedText):
    id: ItemId
    when: Any
    say: Text
    time_only: bool = False
    facts: list[FactId] = []


class StepIn(SourcedText):
    id: ItemId
    run_min: Minutes | None = None
    walk_min: Minutes | None = None
    reps: int | Annotated[list[int], Field(min_length=2, max_length=2)] | None = None
    minutes: Minutes | None = None
    metres: Annotated[float, Field(gt=0, le=50000)] | None = None
    add: Element | None = None
    percent: Word | Annotated[list[Percent], Field(min_length=2, max_length=2)] | None = None  # or a parameter's name
    walk_only: bool = False
    say: Text

    @model_validator(mode="after")
    def _one_form(self) -> StepIn:
        blocks = (self.run_min, self.walk_min, self.reps)
        in_blocks = all(part is not None for part in blocks)
        if not in_blocks and any(part is not None for part in blocks):
            raise ValueError("blocks need run_min, walk_min and reps")
        forms = in_blocks + (self.minutes is not None) + (self.metres is not None)
        if forms != 1:
            raise ValueError("a step is blocks of run and walk, or minutes, or metres: one of them")
        if self.percent is not None and self.add is None:
            raise ValueError("percent belongs to a step that adds strides or speed")
        return self


class LadderIn(SourcedText):
    id: Word
    name: Text
    readiness: Annotated[list[CriterionIn], Field(min_length=1)]
    steps: Annotated[list[StepIn], Field(min_length=1)]
    every_other_day: bool
    times_each: Annotated[int, Field(ge=1, le=5)]
    ache_allowed: Pain
    repeat_on_ache: bool
    surface: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _unique(self) -> LadderIn:
        for what, ids in (("step", [s.id for s in self.steps]), ("criterion", [c.id for c in self.readiness])):
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise ValueError(f"{what} {', '.join(twice)} stands twice")
        return self


class TestIn(SourcedText):
    """One test of the scoreboard."""

    catalogue: Annotated[str, StringConstraints(pattern=r"^ASB-T\d\d$")] | None = None
    name: Text
    unit: Literal["count", "s", "cm", "m", "km", "spm", "yes_no", "0-10", "score", "number"]
    better: Better
    sided: bool
    how: Annotated[list[Text], Field(min_length=1)]
    equipment: list[Word] = []
    minimum: float
    maximum: float
    target: float | None = None
    attention_gap: Share | Word | None = None  # or a parameter's name
    block_gap: Share | None = None
    pain_void_above: Pain | None = None
    impact: bool = False
    exercise: Slug | None = None
    say_target: Text
    stale_days: Annotated[int, Field(gt=0)] = 14
    minutes: Annotated[float, Field(gt=0, le=60)] = 3.0

    @model_validator(mode="after")
    def _in_range(self) -> TestIn:
        if self.minimum >= self.maximum:
            raise ValueError("minimum is not below maximum")
        if self.target is not None and not self.minimum <= self.target <= self.maximum:
            raise ValueError("the target is not between minimum and maximum")
        named = self.attention_gap is None or isinstance(self.attention_gap, str)
        if not named and self.block_gap is not None and float(self.attention_gap or 0) >= self.block_gap:
            raise ValueError("attention_gap is not below block_gap")
        if (self.attention_gap is not None or self.block_gap is not None) and not self.sided:
            raise ValueError("a gap between sides needs a test of both sides")
        yes_no = self.unit == "yes_no"
        if yes_no != (self.better is Better.PASSED) or (yes_no and (self.minimum, self.maximum) != (0, 1)):
            raise ValueError("a yes-or-no test is `passed`, from 0 to 1")
        return self


TestIn.__test__ = False  # type: ignore[attr-defined]  # not a pytest class
