"""What may stand in routines.yaml. As schema.py."""

# ruff: noqa: RUF012 - pydantic copies mutable defaults
from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from niggle.core.routine import Slot
from niggle.knowledge.condition_schema import DoseIn, Number, SourcedText
from niggle.knowledge.schema_base import Strict, Text


class RoutineItemIn(SourcedText):
    fact: Annotated[str, StringConstraints(pattern=r"^SP-\d\d$")]
    dose: DoseIn
    slot: Slot
    why: Text
    optional: bool = False
    each_side: bool = False


class RoutineIn(Strict):
    name: Text
    purpose: Text
    minutes: Number
    per_week: Number | None = None
    rules: list[Text] = []
    items: Annotated[list[RoutineItemIn], Field(min_length=1)]
