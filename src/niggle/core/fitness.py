"""What a break costs in fitness and how long it takes to come back. Rough on purpose, and never a reason for more load.

Ranges: RTR-R16 (from "six weeks off: 4 to 8 weeks back with cross-training, 6 to 10 without"). The curve of fitness
kept is a straight line fitted to published time-off factors (science: Daniels' pattern, recalled; heuristic here).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.reasons import Fact, Reason, Weight

_DAYS_PER_WEEK: Final = 7


class CrossTraining(StrEnum):
    NONE = "none"
    REGULAR = "regular"  # three times a week or more


@dataclass(frozen=True, slots=True)
class Regain:
    """Weeks to regain after weeks off. upper: the careful bound, two weeks a week off."""

    weeks_off: float
    cross_training: CrossTraining
    low_weeks: float
    high_weeks: float
    upper_weeks: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Kept:
    """Share of endurance fitness kept after days off (1 = all), with and without cross-training."""

    days_off: int
    without: float
    with_cross_training: float
    reason: Reason


def weeks_to_regain(weeks_off: float, cross_training: CrossTraining, knowledge: Knowledge) -> Regain:
    """RTR-R16. Raises ValueError for a negative number of weeks."""
    if weeks_off < 0:
        raise ValueError("weeks off cannot be negative")
    short = knowledge.number("regain_short_weeks_off")
    upper = weeks_off * knowledge.number("regain_upper_per_week_off")
    if weeks_off <= short:
        low, high = knowledge.numbers("regain_short_weeks")
    else:
        name = "regain_none_per_week_off" if cross_training is CrossTraining.NONE else "regain_trained_per_week_off"
        low, high = (weeks_off * factor for factor in knowledge.numbers(name))
    facts = (Fact("weeks_off", weeks_off, "weeks"), Fact("cross_training", cross_training.value))
    return Regain(weeks_off, cross_training, low, high, max(upper, high), _reason("RTR-R16", knowledge, *facts))


def fitness_kept(days_off: int, knowledge: Knowledge) -> Kept:
    """Share of fitness left: nothing lost in the first days, then a line down to a floor (heuristic)."""
    if days_off < 0:
        raise ValueError("days off cannot be negative")
    free = knowledge.number("fitness_free_days")
    lost = max(0.0, days_off - free)

    def left(slope: str, floor: str) -> float:
        return max(knowledge.number(floor), 1 - knowledge.number(slope) * lost)

    return Kept(
        days_off,
        left("fitness_loss_per_day", "fitness_floor"),
        left("fitness_loss_per_day_trained", "fitness_floor_trained"),
        _reason("SCI-FIT", knowledge, Fact("days_off", days_off, "days")),
    )


def restart_share(days_off: int, knowledge: Knowledge) -> tuple[float, float] | None:
    """Share of the former week to restart with (low, high); None: by walking and running (heuristic)."""
    week, fortnight, month = knowledge.numbers("restart_days")
    if days_off < week:
        return (1.0, 1.0)
    if days_off <= fortnight:
        low, high = knowledge.numbers("restart_share_short")
        return (low, high)
    if days_off <= month:
        share = knowledge.number("restart_share_long")
        return (share, share)
    return None


def _reason(rule: str, knowledge: Knowledge, *facts: Fact) -> Reason:
    known = knowledge.rules[rule]
    return Reason(rule, Weight.INFO, facts, known.sources, known.grade)
