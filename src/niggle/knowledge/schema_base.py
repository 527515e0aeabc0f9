"""Words and base classes that every knowledge schema shares."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from niggle.core.reasons import Grade

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
SourceId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")]
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}(-[A-Z]{1,4})?-?[A-Z]?\d{1,3}$|^[A-Z]{2,4}-[A-Z]{2,8}$")]
Text = Annotated[str, StringConstraints(min_length=2, strip_whitespace=True)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
UrgencyCode = Literal["self_care", "routine", "urgent", "emergency"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceIn(Strict):
    title: Text
    kind: Literal["article", "study", "review", "guideline", "book", "default"]
    year: int | None = None
    doi: str | None = None


class Sourced(Strict):
    sources: Annotated[list[SourceId], Field(min_length=1)]
    grade: Grade
    note: Text | None = None
