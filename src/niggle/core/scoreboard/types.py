"""Shapes of the scoreboard: one test, both sides, against its target; the week's limiter; what is to be tested next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niggle.core.body import Side
from niggle.core.reasons import Reason
from niggle.core.words import often


@often
class Band(StrEnum):
    """How far the sides differ (ASB-R01)."""

    EVEN = "even"
    ATTENTION = "attention"  # train the weaker side; nothing is blocked
    BLOCK = "block"  # no heavy speed work where hops show it
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TestState:
    """The newest result of one test. Values are in the test's unit; gap and lsi are shares (0.2 = 20 %).

    worse, better: the sides' values. lsi: sore side / other side. met: against the target, both sides; None without a
    target, a result or one of the sides. void: pain in the test was above its limit, so it opens nothing.
    """

    test: str
    on: date | None  # None: never done
    left: float | None = None
    right: float | None = None
    value: float | None = None
    pain: float | None = None
    worse: float | None = None
    better: float | None = None
    worse_side: Side | None = None
    sore: float | None = None  # the plan's side
    gap: float | None = None
    lsi: float | None = None
    band: Band = Band.UNKNOWN
    met: bool | None = None
    void: bool = False
    stale: bool = False  # too old to open a gate (ASB-R07)
    age_days: int | None = None
    next_on: date | None = None  # None: not to be done now
    not_now: str | None = None  # why not: "red", "bone", "pain", "phase"
    before_red: bool = False  # from before the place was last in red: it is done anew

    @property
    def fresh(self) -> bool:
        """It counts for a gate."""
        return self.on is not None and not self.stale and not self.void and not self.before_red


@dataclass(frozen=True, slots=True)
class Limiter:
    """The test with the largest shortfall, as a share of the target or of the better side (ASB-R06)."""

    test: str
    side: Side | None
    shortfall: float
    against: str  # "target" or "other_side"
    reason: Reason


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """tests: in the order asked for. calf_gate: None where a fresh result is missing (ASB-R02). due: tests for today.

    speed_blocked: hops differ too much for heavy speed work. pain_free_m: longest run in final green, for ASB-T19.
    """

    on: date
    tests: tuple[TestState, ...]
    limiter: Limiter | None
    calf_gate: bool | None
    speed_blocked: bool | None
    due: tuple[str, ...]
    reasons: tuple[Reason, ...]

    def test(self, test_id: str) -> TestState | None:
        return next((t for t in self.tests if t.test == test_id), None)


@dataclass(frozen=True, slots=True)
class Point:
    """One result in a chart."""

    on: date
    left: float | None
    right: float | None
    value: float | None
    void: bool = False
