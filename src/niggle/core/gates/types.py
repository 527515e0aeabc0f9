"""What a gate says, and the days of a plan as gates, ladder and rehab look at them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from niggle.core.history import Tag
from niggle.core.plan import Absence, DoneItem, Measured, PlanAnswer, PlanStart, RunStatus
from niggle.core.protocol import Phase
from niggle.core.reasons import Fact
from niggle.core.traffic_light import DayMark
from niggle.core.values import value
from niggle.core.when import Truth


def wait_days(missing: str) -> int | None:
    """How long "days:4" or "weeks:2" is; None for what is no wait."""
    kind, _, count = missing.partition(":")
    return int(count) * {"days": 1, "weeks": 7}[kind] if kind in ("days", "weeks") else None


@value(frozen=True, slots=True)
class GateItem:
    """One criterion: its id, its truth (None: unknown), the facts it saw, and what an answer would need.

    missing: names for wording to turn into "do this": "test:calf_raise", "answer:says_tender", "checkin",
    "morning", "done", "run", "clearance", "clearance:running", "imaging", "days:4".
    """

    criterion: str
    truth: Truth
    facts: tuple[Fact, ...]
    missing: tuple[str, ...] = ()
    time_only: bool = False


@value(frozen=True, slots=True)
class GateResult:
    """A list of criteria on one day. Unknown never opens; an empty list never opens either.

    met, unmet, unknown: the criteria by their truth. missing: what to do or answer, each once, in their order; of
    several waits the longest.
    """

    items: tuple[GateItem, ...]
    met: tuple[str, ...] = field(init=False, repr=False, compare=False)
    unmet: tuple[str, ...] = field(init=False, repr=False, compare=False)
    unknown: tuple[str, ...] = field(init=False, repr=False, compare=False)
    missing: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_truth: dict[Truth, list[str]] = {True: [], False: [], None: []}
        missing: dict[str, None] = {}
        for item in self.items:
            by_truth[item.truth].append(item.criterion)
            for name in item.missing:
                missing[name] = None
        object.__setattr__(self, "met", tuple(by_truth[True]))
        object.__setattr__(self, "unmet", tuple(by_truth[False]))
        object.__setattr__(self, "unknown", tuple(by_truth[None]))
        waits = {name: days for name in missing if (days := wait_days(name)) is not None}
        if len(waits) > 1:
            longest = max(waits, key=waits.__getitem__)
            missing = {n: None for n in missing if n == longest or n not in waits}
        object.__setattr__(self, "missing", tuple(missing))

    @property
    def open(self) -> bool:
        return bool(self.items) and len(self.met) == len(self.items)

    @property
    def lacks_only_time(self) -> bool:
        """Everything but days is there (RP-R04)."""
        open_ = [i for i in self.items if i.truth is not True]
        return bool(open_) and all(i.truth is False and i.time_only for i in open_)


@value(frozen=True, slots=True)
class RunDay:
    """What the log holds of running on a day, all runs together. Metres and minutes; None where it is not known.

    longest_min: the longest run without walking breaks. told: only the check-in speaks of it.
    """

    metres: float | None
    minutes: float | None  # time on the move, walking breaks included
    run_minutes: float | None  # running only, where the streams tell
    longest_min: float | None
    tags: frozenset[Tag] = frozenset()
    told: bool = False
    descent_m: float | None = None


@value(frozen=True, slots=True)
class DayFacts:
    """All that is known of one day for one plan."""

    on: date
    mark: DayMark | None = None
    run: RunDay | None = None
    done: tuple[DoneItem, ...] = ()
    tests: tuple[Measured, ...] = ()
    answers: tuple[PlanAnswer, ...] = ()
    away: Absence | None = None
    cleared_on: date | None = None  # day of the newest clinician's clearance of this place that holds
    restricted: bool = False  # a clinician's restriction of this place holds
    cross_minutes: float = 0.0
    weight_only: bool = False  # and that clearance is for weight and training: no running yet

    @property
    def cleared(self) -> bool:
        return self.cleared_on is not None and not self.restricted

    @property
    def cleared_to_run(self) -> bool:
        return self.cleared and not self.weight_only

    @property
    def session(self) -> bool:
        """She ran that day, by the log or by her word."""
        return self.run is not None or (self.mark is not None and self.mark.session)

    @property
    def final_green(self) -> bool:
        return self.mark is not None and self.mark.green and self.mark.final


@dataclass(frozen=True)
class Days:
    """Consecutive days of one plan, from `LEAD_DAYS` before it began. Nothing in it is later than its last day."""

    plan: PlanStart
    rows: tuple[DayFacts, ...]
    usual_week_m: float | None = None  # before it hurt
    age_years: int | None = None

    @property
    def first(self) -> date:
        return self.rows[0].on

    def index(self, on: date) -> int:
        return (on - self.rows[0].on).days


LEAD_DAYS = 35  # five weeks before the plan: what a usual week was, and windows that look back


class Standing(Protocol):
    """Where a plan stands, as far as gates ask; rehab.PlanState fits."""

    @property
    def phase(self) -> Phase: ...
    @property
    def phase_since(self) -> date: ...
    @property
    def status(self) -> RunStatus: ...
    @property
    def step(self) -> int: ...
    @property
    def ladder_done(self) -> date | None: ...
    @property
    def red_on(self) -> date | None: ...
    @property
    def planned_14d(self) -> float: ...
