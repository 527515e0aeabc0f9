"""Finding the few conditions that can be true without trying them all.

Most check-ins are quiet: hardly any fact is true. For each condition a set of facts is worked out of which at least one
has to be true (or known) before the condition can be true at all; only conditions with such a fact are evaluated.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from niggle.core.knowledge_types import LightRow, RedFlag
from niggle.core.reasons import FactValue
from niggle.core.red_flags.facts import COURSE, QUIET_FACTS
from niggle.core.when import AtLeast, Compare, Is, Not, OneOf, When

Rows = TypeVar("Rows", RedFlag, LightRow)

# known of nearly every complaint, so they make poor triggers
_COMMON: Final = frozenset(
    {"score", "hurts", "site", "region", "tissue_class", "in_bone", "in_joint", "in_muscle", "near_joint", "age",
     "stuck_days", "symptom_days", "tight_episodes", "bone_signs", "high_risk_bone"}
)  # fmt: skip


def triggers(when: When) -> frozenset[str] | None:
    """Facts of which at least one must be true or known for `when` to be true; None if there is no such set."""
    match when:
        case Is(name) | Compare(name) | OneOf(name):
            return frozenset({name})
        case Not():
            return None
        case AtLeast(count, terms):
            sets = [triggers(t) for t in terms]
            if count == len(terms):  # all: any one term's set will do, so the rarest
                known = [s for s in sets if s is not None]
                return min(known, key=_cost, default=None)
            # at least k of n: one of any n - k + 1 terms is among the true ones
            spare = sorted(sets, key=lambda s: _cost(s) if s is not None else 1_000)[: len(terms) - count + 1]
            return None if any(s is None for s in spare) else frozenset().union(*(s for s in spare if s is not None))
        case _:
            return None


def _cost(names: frozenset[str]) -> int:
    return sum(50 if n in _COMMON else 5 if n.startswith("at_") else 1 for n in names)


class Index(Generic[Rows]):
    """Flags, or rows of the light's table, by their triggers, in the order of the knowledge file."""

    def __init__(self, rows: tuple[Rows, ...]) -> None:
        self.rows: tuple[Rows, ...] = rows
        self.ids = frozenset(r.rule.id for r in rows)
        always: list[int] = []
        self.by_fact: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            names = triggers(row.when)
            if names is None:
                always.append(place)
            for name in names or ():
                self.by_fact.setdefault(name, []).append(place)
        self.always = tuple(always)

    @cached_property
    def clocks(self) -> Index[Rows]:
        """Those of them that look at what only the days before can tell."""
        return Index(tuple(r for r in self.rows if _has_clock(r)))

    @cached_property
    def of_quiet(self) -> tuple[Rows, ...]:
        """Those that may be true of a check-in without any sign."""
        return tuple(r for r in self.rows if possible(r.when, QUIET_FACTS))

    def firing(self, facts: Mapping[str, FactValue]) -> list[Rows]:
        """Those whose condition is true."""
        places = {*self.always}
        by_fact = self.by_fact
        for name in by_fact.keys() & facts.keys():
            value = facts[name]
            # a number 0 or an empty word is known and may satisfy a comparison, so only no and unknown are passed over
            if value is not None and value is not False:
                places.update(by_fact[name])
        rows = self.rows
        return [rows[p] for p in sorted(places) if rows[p].when.holds(facts)]


def _has_clock(row: RedFlag | LightRow) -> bool:
    return not COURSE.isdisjoint(row.when.names) or (isinstance(row, RedFlag) and row.deadline_days is not None)


def possible(when: When, known: Collection[str], facts: Mapping[str, FactValue] | None = None) -> bool:
    """Whether `when` may be true while every fact outside `known` is "no" or unknown; `facts` gives the known ones."""
    match when:
        case Is(name) | Compare(name) | OneOf(name):
            return name in known and (facts is None or when.holds(facts))
        case AtLeast(count, terms):
            return sum(possible(t, known, facts) for t in terms) >= count
        case _:
            return facts is None or not when.fails(facts)


_INDEXES: Final[dict[int, Index[Any]]] = {}


def index_of(rows: tuple[Rows, ...]) -> Index[Rows]:
    """The index of these flags or rows, built once for each loaded knowledge."""
    index = _INDEXES.get(id(rows))
    if index is None or index.rows is not rows:
        if len(_INDEXES) >= 8:
            _INDEXES.clear()
        index = _INDEXES[id(rows)] = Index(rows)
    return index
