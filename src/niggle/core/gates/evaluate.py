"""Criteria over facts: met, not met, or unknown, with what is missing. Unknown never opens a gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import ceil
from typing import Final

from niggle.core.gates.names import DAY_COUNTS, UNITS, WEEK_COUNTS, what_to_do
from niggle.core.gates.types import GateItem, GateResult
from niggle.core.protocol import Criterion
from niggle.core.reasons import Fact, FactValue
from niggle.core.when import AtLeast, Compare, Not, When

Facts = Mapping[str, FactValue]
_COUNTS: Final = DAY_COUNTS | WEEK_COUNTS
_BROUGHT: Final = _COUNTS | {"cleared", "imaged", "enough_days"}  # by time or by a record


def evaluate(criteria: Sequence[Criterion], facts: Facts, on: date | None = None) -> GateResult:
    """Every criterion with its truth and what it saw."""
    return GateResult(tuple([_item(c, facts, on) for c in criteria]))


def is_open(criteria: Sequence[Criterion], facts: Facts) -> bool:
    """As `evaluate(...).open`, without the account."""
    for criterion in criteria:
        if not criterion.when.holds(facts):
            return False
    return bool(criteria)


def _item(criterion: Criterion, facts: Facts, on: date | None) -> GateItem:
    truth = criterion.when.truth(facts)
    names = criterion.when.names
    seen = tuple([Fact(n, facts.get(n), UNITS.get(n), on) for n in names])
    missing: tuple[str, ...] = ()
    if truth is not True:
        unknown = [what_to_do(n) for n in names if facts.get(n) is None] if truth is None else []
        short = () if _BROUGHT.isdisjoint(names) else _short_of(criterion.when, facts)
        missing = tuple(dict.fromkeys((*unknown, *short)))
    return GateItem(criterion.id, truth, seen, missing, criterion.time_only)


def _short_of(when: When, facts: Facts) -> Iterator[str]:
    """What time or a record would bring: days and weeks still to go, a clearance, an image."""
    match when:
        case Compare(name, op, value) if op in (">=", ">") and name in _COUNTS:
            have = facts.get(name)
            if isinstance(have, int | float) and when.fails(facts):
                unit = "days" if name in DAY_COUNTS else "weeks"
                yield f"{unit}:{max(1, ceil(value - have))}"
        case AtLeast(_, terms):
            for term in terms:
                if term.fails(facts):
                    yield from _short_of(term, facts)
        case Not():
            return
        case _:
            for name in when.names:
                if name == "cleared" and not facts.get(name):
                    yield "clearance"
                elif name == "imaged" and not facts.get(name):
                    yield "imaging"
                elif name == "enough_days" and facts.get(name) is False:
                    need, have = facts.get("min_days"), facts.get("days_in_phase")
                    if isinstance(need, int | float) and isinstance(have, int | float):
                        yield f"days:{max(1, ceil(need - have))}"
