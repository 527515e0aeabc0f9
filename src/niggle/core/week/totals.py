"""What a week adds up to: strength kept while sharpening, the lighter week, the most that growth leaves.

A race to come counts in none of them: whether to run it is the race advisor's question, not the calendar's. One that
was run is running like any other: what is left of its week is so much less.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from niggle.core.plan import RUN_KINDS, ItemKind, WeekItem
from niggle.core.protocol import Phase
from niggle.core.reasons import Fact
from niggle.core.week.rules import BLOCK, STRENGTH_KINDS, WARN, Numbers
from niggle.core.week.types import Severity, Surroundings, Violation

Counted = tuple[WeekItem, int, bool]  # item, day of the week, settled
ROUNDING = 1e-6


def check(entries: Sequence[Counted], surroundings: Surroundings, numbers: Numbers) -> Iterable[Violation]:
    """RP-C15, RP-C16, LOAD-R01 and RP-X06 over what stands in the week's seven days."""
    week = [e for e in entries if 0 <= e[1] < 7]
    yield from _strength(week, surroundings, numbers)
    yield from _volume(week, surroundings, numbers)


def _strength(week: Sequence[Counted], surroundings: Surroundings, numbers: Numbers) -> Iterable[Violation]:
    strength = [(item, settled) for item, _, settled in week if item.kind in STRENGTH_KINDS]
    heavy = [(item, settled) for item, settled in strength if item.heavy]
    if len(heavy) > numbers.heavy_per_week:
        seen = (Fact("heavy_sessions", len(heavy), "count"), Fact("limit", numbers.heavy_per_week, "count"))
        yield Violation("RP-X06", WARN, tuple(i.id for i, settled in heavy if not settled), seen)
    if len(heavy) > 1 and any(item.kind is ItemKind.RACE for item, _, _ in week):  # near a race one is kept
        near = (Fact("heavy_sessions", len(heavy), "count"), Fact("race", True))
        yield Violation("RP-C15", WARN, tuple(i.id for i, settled in heavy if not settled), near)
    if surroundings.phase is not Phase.SHARPEN:
        return
    minutes = sum(item.minutes if item.work_min is None else item.work_min for item, _ in strength)
    ids = tuple(i.id for i, settled in strength if not settled)
    before = surroundings.strength_before_min
    heavy_lost = not heavy and surroundings.heavy_before != 0  # a plan without heavy work has none to keep
    if not strength or heavy_lost:  # never zero, one heavy exposure stays; what is missing cannot be blocked
        yield Violation("RP-C15", WARN, ids, (Fact("heavy_sessions", len(heavy), "count"), _minutes(minutes)))
    elif before is not None and before > 0:
        cut = 1 - minutes / before
        if not numbers.strength_cut_low - ROUNDING <= cut <= numbers.strength_cut_high + ROUNDING:
            facts = (_minutes(minutes), Fact("before_min", before, "min"), Fact("cut", round(cut, 3), "ratio"))
            yield Violation("RP-C15", WARN, ids, facts)


def _minutes(minutes: float) -> Fact:
    return Fact("strength_min", round(minutes, 1), "min")


def _volume(week: Sequence[Counted], surroundings: Surroundings, numbers: Numbers) -> Iterable[Violation]:
    runs = [(item, settled) for item, _, settled in week if counts(item, settled)]
    if not runs:
        return
    severity = WARN if all(settled for _, settled in runs) else BLOCK
    ids = tuple(i.id for i, settled in runs if not settled)
    metres, minutes = volume([i for i, _ in runs])
    for rule, most, unit in limits(surroundings, numbers):
        total = metres if unit == "m" else minutes
        if total is not None and total > most + ROUNDING:
            own: Severity = severity if rule == "RP-C16" or surroundings.plan_open else WARN
            yield Violation(rule, own, ids, (Fact("total", round(total, 1), unit), Fact("limit", round(most, 1), unit)))


def counts(item: WeekItem, settled: bool = False) -> bool:
    """Whether it is part of the week's running. settled: done already."""
    return item.kind in RUN_KINDS and (settled or item.kind is not ItemKind.RACE)


def volume(runs: Sequence[WeekItem]) -> tuple[float | None, float]:
    """(metres, minutes) of the runs; metres only if every run but strides has them."""
    known = all(i.metres is not None for i in runs if i.kind is not ItemKind.STRIDES)
    return sum(i.metres or 0.0 for i in runs) if known else None, sum(i.minutes for i in runs)


def limits(surroundings: Surroundings, numbers: Numbers) -> list[tuple[str, float, str]]:
    """(rule, the most, unit) of a week's running: a due cutback, and what growth leaves."""
    share = numbers.cutback_ratio * (1 + numbers.tolerance)
    found = []
    if surroundings.cutback_due:
        if surroundings.peak_run_m is not None:
            found.append(("RP-C16", surroundings.peak_run_m * share, "m"))
        if surroundings.peak_run_min is not None:
            found.append(("RP-C16", surroundings.peak_run_min * share, "min"))
    if surroundings.most_run_m is not None:
        found.append(("LOAD-R01", surroundings.most_run_m, "m"))
    if surroundings.most_run_min is not None:
        found.append(("LOAD-R01", surroundings.most_run_min, "min"))
    return found
