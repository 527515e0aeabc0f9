"""The runner: what does not change from run to run but changes what a rule says. All of it optional, hers to give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niggle.core.body import Side
from niggle.core.values import value
from niggle.core.words import often


@often
class Mode(StrEnum):
    """How weeks may grow: building as usual, coming back, or on a run-walk ladder where percentages do not apply."""

    BUILD = "build"
    COMEBACK = "comeback"
    LADDER = "ladder"


@value(frozen=True, slots=True)
class KnownCondition:
    """A condition somebody named. `slug` is a condition id; a professional's view changes clocks and exemptions."""

    slug: str
    site: str | None = None
    side: Side | None = None
    since: date | None = None
    until: date | None = None  # closed
    seen_by_professional: bool = False
    plan_active: bool = False
    improving: bool | None = None


class Cleared(StrEnum):
    """How far a clearance goes; each has what stands before it."""

    WEIGHT = "weight"  # full weight and training without impact: no running and no jumps yet
    RUNNING = "running"
    EVERYTHING = "everything"  # jumps and sport too; plans and gates ask for no more than RUNNING


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clinician's word, recorded by the runner: what it lifts (or restricts), who said it, and when.

    lifts: None is a word recorded before anybody asked. It stood under "I may run again", so it is one about running.
    """

    on: date
    by: str
    site: str | None = None  # None: for everything
    side: Side | None = None
    restricts: bool = False  # a restriction instead of a clearance
    until: date | None = None
    note: str | None = None
    lifts: Cleared | None = None

    @property
    def for_running(self) -> bool:
        """It allows running, and with it all impact. Whether it still holds is not looked at."""
        return not self.restricts and self.lifts is not Cleared.WEIGHT

    @property
    def weight_only(self) -> bool:
        """It allows weight and training, and says by that: no running yet."""
        return not self.restricts and self.lifts is Cleared.WEIGHT


@value(frozen=True, slots=True)
class Profile:
    """Facts about the runner as of the decision's date. None means not answered."""

    born_on: date | None = None
    sex: str | None = None  # "female", "male", "other"
    mass_kg: float | None = None
    mode: Mode = Mode.BUILD
    prior_bone_injury: bool | None = None
    missed_periods: bool | None = None
    under_eating: bool | None = None
    osteoporosis: bool | None = None
    after_menopause: bool | None = None
    low_bmi: bool | None = None
    cancer_history: bool | None = None
    injuries_last_12_months: int | None = None
    at_volume_limit: bool | None = None
    sleep_h: float | None = None  # usual night
    recent_immobilisation: bool | None = None  # boot, cast, surgery or long travel in the last four weeks
    conditions: tuple[KnownCondition, ...] = ()
    clearances: tuple[Clearance, ...] = ()

    def age_years(self, on: date) -> int | None:
        if self.born_on is None:
            return None
        had_birthday = (on.month, on.day) >= (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - (0 if had_birthday else 1)
