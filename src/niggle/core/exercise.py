"""What niggle knows of an exercise, and how a dose is written so that it can grow by rule. Values only.

Relative load is an ordinal tier per tissue (heuristic order unless `body_weights` gives a published figure): it orders
exercises, it measures nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from niggle.core.body import LoadTissue, TissueClass
from niggle.core.reasons import Grade
from niggle.core.words import often


@often
class ExerciseKind(StrEnum):
    """The catalogue's types; an exercise has one or more, the leading one first."""

    ISOMETRIC = "isometric"
    ISOTONIC = "isotonic"
    ECCENTRIC = "eccentric"
    PLYOMETRIC = "plyometric"
    MOBILITY = "mobility"
    SELF_MASSAGE = "self_massage"
    BALANCE = "balance"
    DRILL = "drill"
    CARDIO = "cardio"
    TEST = "test"


@often
class Weight(StrEnum):
    """How heavy, in words a runner can act on. EFFORT: the last three repetitions of a set take effort."""

    NONE = "none"
    BODY = "body"
    LIGHT = "light"
    MODERATE = "moderate"
    EFFORT = "effort"


@often
class Sides(StrEnum):
    EACH = "each"  # one side, then the other
    SORE = "sore"  # the sore side only
    TOGETHER = "together"  # both at once; no side


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds up (or out), held, and down (or back)."""

    up_s: float
    hold_s: float
    down_s: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that may grow by `step` from `start` to `target` (both included); start equals target: fixed."""

    start: float
    target: float
    step: float = 1.0


@dataclass(frozen=True, slots=True)
class GrowingDose:
    """A dose as a protocol prescribes it. `grows` names the quantities in the order in which they grow; last, "load"
    grows without end in `load_note`'s steps (a little more weight, a stronger band).

    Levels count from 0 (every quantity at its start). See core.rehab.dosing.dose_at.
    """

    sets: Quantity
    reps: Quantity | None = None
    hold_s: Quantity | None = None
    minutes: Quantity | None = None
    tempo: Tempo | None = None
    weight: Weight = Weight.BODY
    sides: Sides = Sides.TOGETHER
    per_day: int = 1
    per_week_low: int = 3  # sessions a week that keep it going
    per_week_high: int = 3  # and the most
    rest_s: float | None = None
    grows: tuple[str, ...] = ()  # of "sets", "reps", "hold_s", "minutes", "load"
    load_note: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class DoseToday:
    """A dose in plain numbers: what is to be done today. load_steps: how often the weight has been raised."""

    sets: int
    reps: int | None
    hold_s: float | None
    minutes: float | None
    tempo: Tempo | None
    weight: Weight
    sides: Sides
    per_day: int
    rest_s: float | None
    load_steps: int = 0
    load_note: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class TissueDemand:
    """tier 1 (hardly) to 5 (as much as hopping)."""

    tier: int
    body_weights: float | None = None  # published peak force, where there is one
    sources: tuple[str, ...] = ("niggle",)


@dataclass(frozen=True, slots=True)
class Contraindication:
    """Not for a condition, or for everything of a tissue class, in these phases (empty: in all of them).

    until_cleared: a clinician's clearance recorded for the place lifts it.
    """

    because: str
    condition: str | None = None  # condition id
    tissue_class: TissueClass | None = None
    phases: frozenset[int] = frozenset()
    until_cleared: bool = False
    sources: tuple[str, ...] = ("niggle",)


@dataclass(frozen=True, slots=True)
class Exercise:
    """One entry of the catalogue. `id` is its slug, `catalogue` its EX number; figures are ids of drawn movements."""

    id: str
    catalogue: str
    name: str
    also: tuple[str, ...]
    kinds: tuple[ExerciseKind, ...]
    targets: tuple[str, ...]  # muscles and tissues in words
    how: str
    cues: tuple[str, ...]
    faults: tuple[str, ...]
    equipment: tuple[str, ...]  # all needed; ids of EQUIPMENT
    instead: Mapping[str, str]  # equipment that is missing -> exercise id, or words for a household stand-in
    one_sided: bool
    tempo: Tempo | None
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    load: Mapping[LoadTissue, TissueDemand]
    heavy: bool  # stresses a system: counts as heavy strength when done with EFFORT
    heavy_calf: bool  # starts the clock of RP-C01 when done with EFFORT
    impact: bool
    contraindications: tuple[Contraindication, ...]
    figures: tuple[str, ...]
    sources: tuple[str, ...]
    grade: Grade
    note: str | None = None

    @property
    def kind(self) -> ExerciseKind:
        return self.kinds[0]


EQUIPMENT: frozenset[str] = frozenset(
    {"step", "wall", "chair", "bench", "mat", "pillow", "towel", "band", "mini_band", "dumbbell", "barbell", "backpack",
     "machine", "roller", "ball", "small_ball", "bottle", "marbles", "toe_spacer", "stick", "strap", "wobble_board",
     "roman_chair", "cable", "partner", "bike", "pool", "float_belt", "elliptical", "rower", "treadmill", "hill",
     "stairs", "track", "metronome"}
)  # fmt: skip
