"""Criteria over facts: met, not met, or unknown, with what is missing. Unknown never opens a gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import ceil
from typing import Final

from niggle.core.gates.names import DAY_COUNTS, UNITS, WEEK_COUNTS, what_to_do
from niggle.core.gates.types import GateItem, GateResult, wait_days
from niggle.core.protocol import Criterion
from niggle.core.reasons import Fact, FactValue
from niggle.core.when import AtLeast, Compare, Not, When

Facts = Mapping[str, FactValue]
_WEEK: Final = 7
_COUNTS: Final = DAY_COUNTS | WEEK_COUNTS
_BROUGHT: Final = _COUNTS | {"cleared", "cleared_to_run", "imaged", "enough_days"}  # by time or by a record

_RECORDS: Final = {"cleared": "clearance", "cleared_to_run": "clearance:running", "imaged": "imaging"}


def evaluate(criteria: Sequence[Criterion], facts: Facts, on: date | None = None) -> GateResult:
    """Every criterion with its truth and what it saw."""
    return GateResult(tuple([_item(c, facts, on) for c in criteria]))


def is_open(criteria: Sequence[Criterion], facts: Facts) -> bool:
    """As `evaluate(...).open`, without the account."""
    for criterion in criteria:
        if not criterion.when.holds(facts):
            return False
    return bool(criteria)


def first_held(criteria: Sequence[Criterion], facts: Facts) -> Criterion | None:
    """The first that is true; None where none is known to be."""
    for criterion in criteria:
        if criterion.when.holds(facts):
            return criterion
    return None


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
                yield _wait(name, value - have)
        case AtLeast(count, terms):
            ways = [tuple(_short_of(term, facts)) for term in terms if term.fails(facts)]
            if count < len(terms):  # one way is enough: the one that asks for the fewest records, then the shortest
                ways = sorted((way for way in ways if way), key=_length)[:1] if when.fails(facts) else []
            for way in ways:
                yield from way
        case Not():
            return
        case _:
            for name in when.names:
                if name in _RECORDS and not facts.get(name):
                    yield _RECORDS[name]
                elif name == "enough_days" and facts.get(name) is False:
                    need, have = facts.get("min_days"), facts.get("days_in_phase")
                    if isinstance(need, int | float) and isinstance(have, int | float):
                        yield f"days:{max(1, ceil(need - have))}"


def _wait(name: str, short: float) -> str:
    """Days, or whole weeks; weeks that run on by the day are days until there are two of them."""
    if name in DAY_COUNTS:
        return f"days:{max(1, ceil(short))}"
    days = max(1, ceil(round(short * _WEEK, 6)))
    if name == "weeks_off_running" and days < 2 * _WEEK:
        return f"days:{days}"
    return f"weeks:{max(1, ceil(round(short, 6)))}"


def _length(names: tuple[str, ...]) -> tuple[int, int]:
    waits = [wait for name in names if (wait := wait_days(name)) is not None]
    return len(names) - len(waits), max(waits, default=0)
