"""What the search for a week answers."""

from __future__ import annotations

from dataclasses import dataclass

from niggle.core.plan import Clash, LeftOut, WeekPlan
from niggle.core.week import Distance, Violation, WishBroken

__all__ = ["Clash", "LeftOut", "Solved"]


@dataclass(frozen=True, slots=True)
class Solved:
    """The nearest week that holds. named: "no_day" when she has no time on any open day, "nothing_to_place" without
    items; None otherwise. optimal: proved that no other week has more items and wishes and fewer warnings and
    changes; else the best found within the search's limit."""

    week: WeekPlan
    left_out: tuple[LeftOut, ...] = ()
    clashes: tuple[Clash, ...] = ()
    unmet: tuple[WishBroken, ...] = ()
    violations: tuple[Violation, ...] = ()  # warnings; never a block
    changes: Distance | None = None
    optimal: bool = True
    seconds: float = 0.0
    named: str | None = None
