"""What may stand in a protocol's file: phases, doses, gates, deadlines. Strict, as schema.py."""

# ruff: noqa: RUF012 - pydantic copies mutable defaults
from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from niggle.core.exercise import Sides, Weight
from niggle.core.protocol import Element, Group, Need, Running
from niggle.knowledge.condition_schema import FactId, Slug, SourcedText
from niggle.knowledge.exercise_schema import PhaseNumber, TempoIn
from niggle.knowledge.ladder_schema import CriterionIn, ItemId
from niggle.knowledge.schema_base import SourceId, Strict, Text, Word

Positive = Annotated[float, Field(gt=0)]
QuantityIn = Positive | Annotated[list[Positive], Field(min_length=2, max_length=3)]
Days = Annotated[int, Field(ge=0, le=800)]
DayRange = Annotated[list[Days], Field(min_length=2, max_length=2)]
MinuteRange = Positive | Annotated[list[Positive], Field(min_length=2, max_length=2)]
PerWeek = Annotated[int, Field(ge=1, le=7)]
Grows = Literal["sets", "reps", "hold_s", "minutes", "load"]
_QUANTITIES = ("sets", "reps", "hold_s", "minutes")
_WHOLE = ("sets", "reps")


def _rises(value: Any) -> Any:
    if isinstance(value, list) and value[0] > value[1]:
        raise ValueError("the second number is the larger one")
    return value


class DoseIn(Strict):
    sets: QuantityIn = 1
    reps: QuantityIn | None = None
    hold_s: QuantityIn | None = None
    minutes: QuantityIn | None = None
    tempo: TempoIn | None = None
    weight: Weight = Weight.BODY
    sides: Sides = Sides.TOGETHER
    per_day: Annotated[int, Field(ge=1, le=10)] = 1
    per_week: PerWeek | Annotated[list[PerWeek], Field(min_length=2, max_length=2)]
    rest_s: Annotated[float, Field(ge=0, le=900)] | None = None
    grows: list[Grows] = []
    load_note: Text | None = None
    note: Text | None = None

    _ordered = field_validator("sets", "reps", "hold_s", "minutes", "per_week")(_rises)

    @model_validator(mode="after")
    def _holds(self) -> DoseIn:
        given = {name: getattr(self, name) for name in _QUANTITIES if getattr(self, name) is not None}
        if not given.keys() - {"sets"}:
            raise ValueError("a dose has reps, hold_s or minutes")
        for name in _WHOLE:
            numbers = given.get(name, 1)
            if any(n != int(n) for n in (numbers if isinstance(numbers, list) else [numbers])):
                raise ValueError(f"{name} are whole numbers")
        ranges = {name for name, value in given.items() if isinstance(value, list) and value[0] != value[1]}
        if len(self.grows) != len(set(self.grows)) or ("load" in self.grows and self.grows[-1] != "load"):
            raise ValueError("grows names each quantity once, load last")
        if ranges != set(self.grows) - {"load"}:
            raise ValueError(f"grows has to name what has a range: {', '.join(sorted(ranges)) or 'nothing'}")
        if ("load" in self.grows) != (self.load_note is not None):
            raise ValueError("load in grows and load_note (how to make it heavier) go together")
        return self


class ItemIn(SourcedText):
    id: ItemId
    exercise: Slug
    group: Group
    dose: DoseIn
    why: Text
    essential: bool = False
    only_if: Any | None = None
    facts: list[FactId] = []
    trial: bool = False


class RunningIn(Strict):
    mode: Running
    say: Text
    minutes: MinuteRange | None = None
    surface: Text | None = None
    alternate_days: bool = False
    facts: list[FactId] = []

    _ordered = field_validator("minutes")(_rises)


class CrossTrainingIn(Strict):
    exercise: Slug
    minutes: MinuteRange
    note: Text | None = None
    only_if: Any | None = None

    _ordered = field_validator("minutes")(_rises)


class ReliefIn(Strict):
    text: Text
    caveat: Text | None = None
    sources: Annotated[list[SourceId], Field(min_length=1)]
    facts: list[FactId] = []


class PhaseIn(Strict):
    phase: PhaseNumber
    purpose: Text
    opens_next: Text
    days: DayRange | None = None
    items: list[ItemIn] = []
    running: RunningIn
    cross_training: list[CrossTrainingIn] = []
    off_menu: list[Text] = []
    relief: list[ReliefIn] = []
    gate: list[CriterionIn] = []

    _ordered = field_validator("days")(_rises)

    @model_validator(mode="after")
    def _unique(self) -> PhaseIn:
        _once("item", [i.id for i in self.items])
        _once("criterion", [c.id for c in self.gate])
        return self


class DeadlineIn(SourcedText):
    id: ItemId
    after_days: Annotated[int, Field(gt=0, le=800)]
    see: Annotated[list[Text], Field(min_length=1)]
    because: Text
    phase: PhaseNumber | None = None
    unless: Any | None = None
    facts: list[FactId] = []


class GradePlanIn(Strict):
    name: Text
    min_days: Annotated[list[Days], Field(min_length=4, max_length=4)]
    need: Need = Need.NOTHING
    return_days: DayRange | None = None
    note: Text
    facts: list[FactId] = []

    _ordered = field_validator("return_days")(_rises)


class ChoiceMadeIn(Strict):
    about: Text
    chosen: Text
    why: Text
    facts: list[FactId] = []


class TradeOffIn(SourcedText):
    say: Text
    weeks_min: Annotated[int, Field(ge=0, le=104)] | None = None
    weeks_max: Annotated[int, Field(ge=0, le=104)] | None = None
    km_min: Positive | None = None
    km_max: Positive | None = None

    @model_validator(mode="after")
    def _ranges(self) -> TradeOffIn:
        limits = (self.weeks_min, self.weeks_max), (self.km_min, self.km_max)
        if all(end is None for pair in limits for end in pair):
            raise ValueError("without weeks or km it is a sentence of its own")
        for low, high in limits:
            if low is not None and high is not None and low > high:
                raise ValueError("the smallest is not larger than the largest")
        return self


class ProtocolIn(SourcedText):
    condition: Slug
    site: Word
    need: Need
    need_say: Text | None = None
    ladder: Word | None = None
    summary: Text
    facts: list[FactId] = []
    phases: Annotated[list[PhaseIn], Field(min_length=4, max_length=4)]
    readiness: list[CriterionIn] = []
    hold: list[CriterionIn] = []
    regress: list[CriterionIn] = []
    stop: list[CriterionIn] = []
    session_stop: list[Text] = []
    deadlines: list[DeadlineIn] = []
    grades: dict[Word, GradePlanIn] = {}
    default_grade: Word | None = None
    choices: list[ChoiceMadeIn] = []
    maintenance: list[ItemIn] = []
    maintenance_say: Text
    tests: list[Word] = []
    add_back: list[Element] = []
    races: list[Text | TradeOffIn] = []

    @field_validator("phases")
    @classmethod
    def _in_order(cls, value: list[PhaseIn]) -> list[PhaseIn]:
        if [p.phase for p in value] != [1, 2, 3, 4]:
            raise ValueError("the phases are 1, 2, 3, 4, in this order")
        return value

    @model_validator(mode="after")
    def _holds(self) -> ProtocolIn:
        if (self.need is not Need.NOTHING) and self.need_say is None:
            raise ValueError("need_say has to say what must be on record first")
        if self.default_grade is not None and self.default_grade not in self.grades:
            raise ValueError(f"default_grade {self.default_grade!r} is none of the grades")
        for name in ("readiness", "hold", "regress", "stop", "deadlines", "maintenance"):
            _once(name, [x.id for x in getattr(self, name)])
        _once("add_back", [str(e) for e in self.add_back])
        _once("tests", self.tests)
        exercises: dict[str, str] = {}
        for item in (i for part in (*(p.items for p in self.phases), self.maintenance) for i in part):
            if exercises.setdefault(item.id, item.exercise) != item.exercise:
                raise ValueError(f"item {item.id} is {exercises[item.id]} in one phase and {item.exercise} in another")
        return self


def _once(what: str, ids: list[str]) -> None:
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise ValueError(f"{what}: {', '.join(twice)} stands twice")
