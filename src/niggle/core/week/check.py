"""Whether a week holds: every rule RP-C01 to RP-C16, her times, the light and the volume, over any seven days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import RUN_KINDS, Availability, ItemKind, Placed, WeekItem
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.week import totals
from niggle.core.week.places import outside, windows_of
from niggle.core.week.rules import (
    BLOCK,
    FLOATING,
    WARN,
    Near,
    Numbers,
    Relation,
    Traits,
    alone,
    between,
    careful_left,
    is_extra,
    is_impact,
    is_run,
    stance_of,
    traits_of,
)
from niggle.core.week.types import Severity, Shift, Surroundings, Violation

_DAY_MIN: Final = 24 * 60
_LOOK_BACK: Final = 7
_SHIFTS: Final = (1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)  # the later session by one day first


@dataclass(slots=True)
class Entry:
    """An item in the calendar. begins and ends: minutes after the first midnight of the week. settled: past or done."""

    placed: Placed
    day: int
    begins: float
    ends: float
    settled: bool
    ours: bool  # of the week that is checked, not of what lies before
    traits: Traits

    @property
    def item(self) -> WeekItem:
        return self.placed.item


def check(
    placed: Sequence[Placed],
    surroundings: Surroundings,
    knowledge: Knowledge,
    availability: Availability | None = None,
    *,
    suggest: bool = True,
) -> tuple[Violation, ...]:
    """Every rule the week breaks: blocks first, then by time. Without `availability` her windows are not looked at.

    What concerns only things already done or past is a warning: it cannot be moved any more. suggest: look for the
    smallest move that mends each violation. Ids of the placed items are unique; ValueError if they are not.
    """
    numbers = Numbers.of(knowledge)
    found = _violations(placed, surroundings, numbers, availability)
    if suggest and found:
        found = [
            replace(v, suggestion=_mend(v, found, placed, surroundings, numbers, availability)) if _early(i) else v
            for i, v in enumerate(found)
        ]
    return tuple(found)


def blocks(violations: Iterable[Violation]) -> tuple[Violation, ...]:
    """Those that may not stand."""
    return tuple(v for v in violations if v.severity is Severity.BLOCK)


def reason_of(violation: Violation, knowledge: Knowledge) -> Reason:
    """The violation as a reason, with the sources and the grade of its rule."""
    rule = knowledge.rules[violation.rule]
    weight = Weight.STOP if violation.severity is Severity.BLOCK else Weight.CAUTION
    return Reason(violation.rule, weight, violation.facts, rule.sources, rule.grade)


def _early(place: int) -> bool:
    return place < 12  # a week with more wrong than this is made anew, not mended move by move


def _violations(
    placed: Sequence[Placed], surroundings: Surroundings, numbers: Numbers, availability: Availability | None
) -> list[Violation]:
    entries = entries_of(placed, surroundings, numbers)
    found = [
        *_single(entries, surroundings, numbers, availability),
        *_pairs(entries, surroundings, numbers),
        *_overlaps(entries),
        *_careful(entries, surroundings, numbers),
        *_quiet_days(entries, numbers),
        *totals.check([(e.item, e.day, e.settled) for e in entries], surroundings, numbers),
    ]
    found.sort(key=lambda v: v.severity is Severity.WARN)
    return found


def entries_of(placed: Sequence[Placed], surroundings: Surroundings, numbers: Numbers) -> list[Entry]:
    """All items of the week and what lies before it, in order of time."""
    start, free = surroundings.start, surroundings.first_free
    ids = {p.item.id for p in placed}
    if len(ids) != len(placed):
        raise ValueError("two items of a week have the same id")
    found = []
    for ours, group in ((False, surroundings.before), (True, placed), (False, surroundings.after)):
        for p in group:
            day = (p.on - start).days
            if not ours and day < -_LOOK_BACK:
                continue
            begins = day * _DAY_MIN + p.start_min
            settled = not ours or p.done or p.on < free
            traits = traits_of(p.item, numbers)
            found.append(Entry(p, day, begins, begins + p.item.minutes, settled, ours, traits))
    found.sort(key=lambda e: (e.begins, e.ends, e.item.id))
    return found


def broken(relation: Relation, first: Entry, then: Entry) -> float | None:
    """The gap in minutes or days by which the relation is broken; None if it holds."""
    if relation.near is Near.DAYS:
        apart: float = then.day - first.day
        return apart if relation.least <= apart <= relation.limit else None
    apart = then.begins - (first.ends if relation.near is Near.GAP else first.begins)
    return apart if apart < relation.limit else None


def _pairs(entries: Sequence[Entry], surroundings: Surroundings, numbers: Numbers) -> Iterable[Violation]:
    stance = stance_of(surroundings)
    sessions = [e for e in entries if e.item.kind not in FLOATING]
    for i, then in enumerate(sessions):
        after = not then.ours and then.day > 6  # a race after the week: what of the week stands too close to it
        if not then.ours and not after:
            continue
        for first in sessions[:i]:
            if after and not first.ours:
                continue
            told: set[str] = set()
            for relation in between(first.traits, then.traits, numbers, stance):
                if relation.rule in told:
                    continue
                gap = broken(relation, first, then)
                if gap is None:
                    continue
                told.add(relation.rule)
                facts = [
                    Fact("earlier", first.item.kind.value, None, first.placed.on),
                    Fact("later", then.item.kind.value, None, then.placed.on),
                ]
                if relation.near is not Near.DAYS:
                    facts += [Fact("gap_h", round(gap / 60, 2), "h"), Fact("limit_h", relation.limit / 60, "h")]
                if relation.rule == "RP-C12" and then.item.kind is ItemKind.RACE:
                    facts.append(Fact("new", first.item.new_stressor))
                elif relation.rule == "RP-C12":
                    facts += [Fact("stressor", first.item.new_stressor), Fact("stressor", then.item.new_stressor)]
                severity = WARN if first.settled and then.settled else relation.severity
                items = tuple(e.item.id for e in (first, then) if e.ours)
                yield Violation(relation.rule, severity, items, tuple(facts))
    yield from _easy_sum(sessions, numbers)


def _easy_sum(sessions: Sequence[Entry], numbers: Numbers) -> Iterable[Violation]:
    """Two short easy sessions on the day before the long run that are too long together (RP-C04)."""
    for long_run in sessions:
        if long_run.item.kind not in (ItemKind.RUN_LONG, ItemKind.RACE) or not long_run.ours:
            continue
        before = [e for e in sessions if e.day == long_run.day - 1 and e.traits.quiet and e.item.kind != ItemKind.TEST]
        minutes = sum(e.item.minutes for e in before)
        if len(before) > 1 and minutes > numbers.before_long:
            involved = [*before, long_run]
            facts = (
                Fact("earlier", before[0].item.kind.value, None, before[0].placed.on),
                Fact("later", long_run.item.kind.value, None, long_run.placed.on),
                Fact("minutes", round(minutes, 1), "min"),
                Fact("limit_min", numbers.before_long, "min"),
            )
            yield _of("RP-C04", BLOCK, involved, facts)


def _of(rule: str, severity: Severity, involved: Sequence[Entry], facts: tuple[Fact, ...]) -> Violation:
    if all(e.settled for e in involved):
        severity = WARN
    return Violation(rule, severity, tuple(e.item.id for e in involved if e.ours), facts)


def _single(
    entries: Sequence[Entry], surroundings: Surroundings, numbers: Numbers, availability: Availability | None
) -> Iterable[Violation]:
    windows = None if availability is None else windows_of(availability)
    for e in entries:
        if not e.ours or e.settled:
            continue
        on, kind = e.placed.on, Fact("kind", e.item.kind.value, None, e.placed.on)
        rules: list[tuple[str, Severity, tuple[Fact, ...]]] = [
            (lone.rule, lone.severity, (kind, Fact(lone.fact, lone.value)))
            for lone in alone(e.item, surroundings, numbers)
        ]
        if not 0 <= e.day < 7:
            rules.append(("PLAN-W06", BLOCK, (kind,)))
        if on in surroundings.shut(e.item.kind):
            rules.append(("PLAN-W04", BLOCK, (kind,)))
        if e.item.on is not None and e.item.on != on:
            rules.append(("PLAN-W09", BLOCK, (kind, Fact("on", e.item.on.isoformat(), None, e.item.on))))
        if e.item.kind is ItemKind.RACE and on in surroundings.no_race:
            rules.append(("PLAN-W10", BLOCK, (kind,)))
        rule = closed(e.item, on, surroundings)
        if rule is not None:
            rules.append((rule, BLOCK, (kind, Fact("light", surroundings.light.value))))
        place = None if windows is None else outside(e.placed, windows)
        if place is not None:
            rules.append((place, BLOCK, (kind, Fact("start_min", e.placed.start_min, "min"))))
        for rule_id, severity, facts in rules:
            yield Violation(rule_id, severity, (e.item.id,), facts)


def closed(item: WeekItem, on: date, surroundings: Surroundings) -> str | None:
    """The rule that keeps the item off that day because running is not open: a red light (RP-R07) or the plan."""
    red = surroundings.light.value == "red"
    if item.kind not in RUN_KINDS and not (red and is_impact(item)):
        return None
    if surroundings.running and not red:
        return None
    if surroundings.runs_from is not None and on >= surroundings.runs_from:
        return None
    return "RP-R07" if red else "PLAN-W05"


def _overlaps(entries: Sequence[Entry]) -> Iterable[Violation]:
    sessions = [e for e in entries if e.item.kind not in FLOATING and not e.settled]
    for i, then in enumerate(sessions):
        for first in sessions[:i]:
            if then.begins < first.ends:
                day = Fact("on", then.placed.on.isoformat(), None, then.placed.on)
                yield Violation("PLAN-W01", BLOCK, (first.item.id, then.item.id), (day,))


def _careful(entries: Sequence[Entry], surroundings: Surroundings, numbers: Numbers) -> Iterable[Violation]:
    """After a yellow the next two runs are without strides, hops, steady blocks and descents (RP-R07)."""
    left = careful_left(surroundings, numbers)
    if left <= 0:
        return
    runs = [e.day for e in entries if is_run(e.item) and not e.settled]
    for e in entries:
        if e.settled or not is_extra(e.item):
            continue
        earlier = sum(day < e.day for day in runs)
        if earlier < left:
            facts = (
                Fact("kind", e.item.kind.value, None, e.placed.on),
                Fact("sessions_left", left - earlier, "sessions"),
            )
            yield Violation("RP-R07", BLOCK, (e.item.id,), facts)


def _quiet_days(entries: Sequence[Entry], numbers: Numbers) -> Iterable[Violation]:
    """At least one day of the week without impact (RP-C14)."""
    impact = [e for e in entries if 0 <= e.day < 7 and is_impact(e.item)]
    quiet = 7 - len({e.day for e in impact})
    if quiet < numbers.rest_days:
        yield _of(
            "RP-C14", BLOCK, impact, (Fact("quiet_days", quiet, "days"), Fact("limit", numbers.rest_days, "days"))
        )


def _mend(
    violation: Violation,
    found: Sequence[Violation],
    placed: Sequence[Placed],
    surroundings: Surroundings,
    numbers: Numbers,
    availability: Availability | None,
) -> Shift | None:
    """The smallest move of one of its items after which this violation is gone and no other has come."""
    by_id = {p.item.id: p for p in placed}
    before = _marks(found)
    for name in reversed(violation.items):
        moving = by_id[name]
        if moving.done or moving.on < surroundings.first_free or moving.item.on is not None:
            continue
        for days in _SHIFTS:
            on = moving.on + timedelta(days=days)
            if not surroundings.first_free <= on <= surroundings.last:
                continue
            for start_min in _starts(moving, on, availability):
                moved = replace(moving, on=on, start_min=start_min)
                week = [moved if p is moving else p for p in placed]
                after = _marks(_violations(week, surroundings, numbers, availability))
                if after < before and _mark(violation) not in after:
                    return Shift(name, on)
    return None


def _starts(moving: Placed, on: date, availability: Availability | None) -> list[int]:
    """The same hour; then the beginnings of that day's windows."""
    if availability is None:
        return [moving.start_min]
    windows = [w.start_min for w in windows_of(availability) if w.weekday == on.weekday()]
    return [moving.start_min, *(w for w in windows if w != moving.start_min)]


def _marks(violations: Iterable[Violation]) -> set[tuple[str, Severity, frozenset[str]]]:
    return {_mark(v) for v in violations}


def _mark(violation: Violation) -> tuple[str, Severity, frozenset[str]]:
    return violation.rule, violation.severity, frozenset(violation.items)
