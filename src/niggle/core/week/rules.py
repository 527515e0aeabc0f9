"""The rules of a week as relations: what two items may not be to each other, and what one may not be by itself.

One statement of them serves the checker, which has a calendar, and the search, which looks for one.

Gaps run from the end of heavy work to the start of what follows (LOAD-R05). Strength A and B are set apart by their
starts, so that the same hour two days later will do. `day off` means no session: the daily low-load set, mobility and a
walk are none (RP-X06).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import FAST_KINDS, RUN_KINDS, ItemKind, WeekItem
from niggle.core.week.types import Severity, Spacing, Surroundings

BLOCK, WARN = Severity.BLOCK, Severity.WARN
STRENGTH_KINDS: Final = frozenset({ItemKind.STRENGTH_A, ItemKind.STRENGTH_B, ItemKind.STRENGTH})
FLOATING: Final = frozenset({ItemKind.HOME_SET, ItemKind.MOBILITY, ItemKind.WALK})  # at home, at any hour, no session
LONG_KINDS: Final = frozenset({ItemKind.RUN_LONG, ItemKind.RACE})  # a race is treated with a long run's care
EASY_KINDS: Final = frozenset({ItemKind.RUN_EASY, ItemKind.RUN_WALK})
CONTINUOUS: Final = frozenset({ItemKind.RUN_EASY, ItemKind.RUN_MEDIUM, ItemKind.RUN_LONG})
FINISHER_KINDS: Final = frozenset({ItemKind.STRENGTH_A, ItemKind.STRENGTH})
WHOLE_WEEK: Final = 6  # two days of one week are at most so far apart


class Near(StrEnum):
    """How closeness is measured: from end to start or from start to start in minutes, or in whole days."""

    GAP = "gap"
    STARTS = "starts"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Relation:
    """The later item stands too close to the earlier one if the measure is below `limit` (GAP, STARTS; minutes) or
    from `least` to `limit` (DAYS)."""

    rule: str
    severity: Severity
    near: Near
    limit: float
    least: float = 0


class Traits(NamedTuple):
    """All that relations look at in an item."""

    kind: ItemKind
    heavy: bool
    heavy_calf: bool
    steady: bool
    quiet: bool  # may stand on the day before a long run: easy and at most 30 minutes
    stressor: str | None


class Numbers(NamedTuple):
    """The thresholds, from knowledge. Minutes, days, 0-10."""

    calf_block: float
    calf_clear: float
    hard_gap: float
    strength_gap: float
    before_long: float
    stressor_days: float
    rest_days: float
    pogo_pain: float
    calm_pain: float
    reduced_sessions: float
    heavy_per_week: float
    cutback_ratio: float
    tolerance: float
    strength_cut_low: float
    strength_cut_high: float
    pogo_most: float

    @staticmethod
    def of(knowledge: Knowledge) -> Numbers:
        number = knowledge.number
        low, high = knowledge.numbers("phase_strength_cut")
        return Numbers(
            number("heavy_calf_block_h") * 60,
            number("heavy_calf_clear_h") * 60,
            number("hard_gap_h") * 60,
            number("strength_gap_h") * 60,
            number("before_long_run_max_min"),
            number("new_element_days"),
            number("rest_days_per_week"),
            number("exercise_pain_max_plyometric"),
            number("green_max"),
            number("reduced_sessions"),
            number("heavy_strength_per_week"),
            number("cutback_to_peak_ratio"),
            number("week_tolerance"),
            low,
            high,
            knowledge.numbers("pogo_minutes")[1],
        )


class Stance(NamedTuple):
    """What of the surroundings changes relations."""

    quiet: bool
    plan_open: bool
    spacing: Spacing


def stance_of(surroundings: Surroundings) -> Stance:
    return Stance(surroundings.quiet is True, surroundings.plan_open, surroundings.spacing)


def traits_of(item: WeekItem, numbers: Numbers) -> Traits:
    kind = item.kind
    easy = kind in EASY_KINDS or kind is ItemKind.CROSS_TRAINING
    quiet = kind in FLOATING or kind is ItemKind.TEST or (easy and item.minutes <= numbers.before_long)
    return Traits(kind, item.heavy, item.heavy_calf, item.steady_block, quiet, item.new_stressor)


def is_impact(item: WeekItem) -> bool:
    """A day with it is no day without impact."""
    return item.kind in RUN_KINDS or item.kind is ItemKind.PLYOMETRICS or item.plyometric


def is_run(item: WeekItem) -> bool:
    """A run of its own; strides belong to one."""
    return item.kind in RUN_KINDS and item.kind is not ItemKind.STRIDES


@lru_cache(maxsize=65536)
def between(first: Traits, then: Traits, numbers: Numbers, stance: Stance) -> tuple[Relation, ...]:
    """What `then`, starting later (or at the same time), may not be to `first`. Blocks before warnings of one rule."""
    return (
        *_after_heavy(first, then, numbers, stance),
        *_around_long(first, then),
        *_strength_apart(first, then, numbers),
        *_one_at_a_time(first, then, numbers, stance),
    )


def _after_heavy(first: Traits, then: Traits, numbers: Numbers, stance: Stance) -> list[Relation]:
    found = []
    fast = then.kind in FAST_KINDS
    if first.heavy_calf:
        if fast or then.kind is ItemKind.PLYOMETRICS:
            found += [
                Relation("RP-C01", BLOCK, Near.GAP, numbers.calf_block),
                Relation("RP-C01", WARN, Near.GAP, numbers.calf_clear),
            ]
        elif then.kind is ItemKind.STRIDES:  # relaxed ones, and only on a symptom-quiet day (RP-C09)
            found.append(Relation("RP-C01", WARN if stance.quiet else BLOCK, Near.GAP, numbers.calf_block))
        if then.steady:
            found.append(Relation("RP-C10", BLOCK, Near.DAYS, 1))
    if first.heavy and then.kind in RUN_KINDS and then.kind not in EASY_KINDS and then.kind is not ItemKind.STRIDES:
        found.append(Relation("RP-C02", WARN, Near.DAYS, 1, 1))
    if (first.heavy and fast) or (first.kind in FAST_KINDS and then.heavy):
        found.append(Relation("RP-C03", BLOCK, Near.GAP, numbers.hard_gap))
    return found


def _around_long(first: Traits, then: Traits) -> list[Relation]:
    found = []
    race = ItemKind.RACE in (first.kind, then.kind)  # nothing but quiet things on its own day either
    if then.kind in LONG_KINDS and not first.quiet:
        found.append(Relation("RP-C04", BLOCK, Near.DAYS, 1, 0 if race else 1))
    works = then.kind in RUN_KINDS or then.kind in STRENGTH_KINDS or then.kind is ItemKind.PLYOMETRICS
    if first.kind in LONG_KINDS and works:
        found.append(Relation("RP-C07", BLOCK, Near.DAYS, 1, 0 if race or then.kind in LONG_KINDS else 1))
    return found


def _strength_apart(first: Traits, then: Traits, numbers: Numbers) -> list[Relation]:
    if first.kind not in STRENGTH_KINDS or then.kind not in STRENGTH_KINDS:
        return []
    found = [Relation("RP-C05", BLOCK, Near.STARTS, numbers.strength_gap)]
    if first.kind is then.kind is not ItemKind.STRENGTH:  # twice the same focus; a merged session has both
        found.append(Relation("RP-C05", WARN, Near.DAYS, 3))
    return found


def _one_at_a_time(first: Traits, then: Traits, numbers: Numbers, stance: Stance) -> list[Relation]:
    found = []
    if first.stressor is not None and then.stressor is not None and first.stressor != then.stressor:
        severity = BLOCK if stance.plan_open else WARN
        found.append(Relation("RP-C12", severity, Near.DAYS, numbers.stressor_days - 1))
    if first.stressor is not None and then.kind is ItemKind.RACE:  # nothing new in the days before a race either
        severity = BLOCK if stance.plan_open else WARN
        found.append(Relation("RP-C12", severity, Near.DAYS, numbers.stressor_days - 1))
    if first.kind not in RUN_KINDS or then.kind not in RUN_KINDS:
        return found
    strides = ItemKind.STRIDES in (first.kind, then.kind)  # at the end of the same day's run
    if stance.plan_open and not strides:
        found.append(Relation("PLAN-W11", BLOCK, Near.DAYS, 0))
    if stance.spacing is not Spacing.FREE:
        severity = BLOCK if stance.spacing is Spacing.BLOCK else WARN
        found.append(Relation("RP-C13", severity, Near.DAYS, 1, 1 if strides else 0))
    return found


class Lone(NamedTuple):
    """One rule that an item breaks by itself on a day."""

    rule: str
    severity: Severity
    fact: str
    value: bool | float | str | None


def alone(item: WeekItem, surroundings: Surroundings, numbers: Numbers) -> list[Lone]:
    """What the item breaks on whatever open day it stands; `closed` says on which days running is not open."""
    found: list[Lone] = []
    pain, kind = surroundings.pain, item.kind
    if surroundings.avoid_descents and kind is ItemKind.RUN_LONG and item.descent:
        found.append(Lone("RP-C06", BLOCK, "descent", True))
    if item.plyometric and kind is not ItemKind.PLYOMETRICS and kind not in FINISHER_KINDS:
        found.append(Lone("RP-C08", BLOCK, "kind", kind.value))
    if item.plyometric and pain is not None and pain > numbers.pogo_pain:
        found.append(Lone("RP-C08", BLOCK, "pain", pain))
    if item.plyometric and item.finisher_min is not None and item.finisher_min > numbers.pogo_most:
        found.append(Lone("RP-C08", BLOCK, "finisher_min", item.finisher_min))
    if kind is ItemKind.STRIDES and surroundings.quiet is not True:
        found.append(Lone("RP-C09", WARN if surroundings.quiet is None else BLOCK, "quiet", surroundings.quiet))
    if item.steady_block and (pain is None or pain > numbers.calm_pain):
        found.append(Lone("RP-C10", WARN if pain is None else BLOCK, "pain", pain))
    if kind in CONTINUOUS and has_symptoms(surroundings, numbers):
        found.append(Lone("RP-C11", WARN, "light", surroundings.light.value))
    return found


def has_symptoms(surroundings: Surroundings, numbers: Numbers) -> bool:
    """A yellow or red light, or more pain than a green light allows."""
    if surroundings.light.value in ("yellow", "red"):
        return True
    return surroundings.pain is not None and surroundings.pain > numbers.calm_pain


def careful_left(surroundings: Surroundings, numbers: Numbers) -> int:
    """How many of the coming runs are still without strides, hops, steady blocks and descents (RP-R07)."""
    if surroundings.careful_sessions is not None:
        return surroundings.careful_sessions
    return int(numbers.reduced_sessions) if surroundings.light.value == "yellow" else 0


def is_extra(item: WeekItem) -> bool:
    """What a yellow light takes away from the next two sessions (RP-R07)."""
    extra = item.plyometric or item.steady_block or item.descent
    return extra or item.kind is ItemKind.STRIDES or item.kind is ItemKind.PLYOMETRICS
