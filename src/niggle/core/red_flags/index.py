"""Finding the few conditions that can be true without trying them all.

Most check-ins are quiet: hardly any fact is true. For each condition a set of looks at single facts is worked out of
which at least one has to succeed before the condition can be true at all; only such conditions are evaluated.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from itertools import compress
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


Leaf = Is | Compare | OneOf


def triggers(when: When) -> frozenset[Leaf] | None:
    """Looks at single facts, of which at least one must succeed for `when` to be true; None if there are no such."""
    match when:
        case Is() | Compare() | OneOf():
            return frozenset({when})
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


def _cost(leaves: frozenset[Leaf]) -> int:
    return sum(map(_cost_of, leaves))


def _cost_of(leaf: Leaf) -> int:
    if isinstance(leaf, OneOf):  # found by its value
        return 5
    return 50 if leaf.name in _COMMON else 5 if leaf.name.startswith("at_") else 1


class Index(Generic[Rows]):
    """Flags, or rows of the light's table, by their triggers, in the order of the knowledge file."""

    def __init__(self, rows: tuple[Rows, ...]) -> None:
        self.rows: tuple[Rows, ...] = rows
        self.by_id: dict[str, Rows] = {r.rule.id: r for r in rows}
        always: list[int] = []
        by_name: dict[str, list[int]] = {}
        by_value: dict[str, dict[FactValue, list[int]]] = {}
        compared: dict[Compare, list[int]] = {}
        for place, row in enumerate(rows):
            leaves = triggers(row.when)
            if leaves is None:
                always.append(place)
            for leaf in leaves or ():
                match leaf:
                    case Is(name):
                        by_name.setdefault(name, []).append(place)
                    case OneOf(name, values):
                        for value in values:
                            by_value.setdefault(name, {}).setdefault(value, []).append(place)
                    case Compare():
                        compared.setdefault(leaf, []).append(place)
        self.always = tuple(always)
        self._names, self._places = tuple(by_name), tuple(by_name.values())
        self._by_value = tuple(by_value.items())
        self._compared = tuple((c.name, c.fits, c.value, places) for c, places in compared.items())

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
        get = facts.get
        for found in compress(self._places, map(get, self._names)):
            places.update(found)
        for name, by_value in self._by_value:
            places.update(by_value.get(get(name), ()))
        for name, fits, limit, found in self._compared:
            value = get(name)
            if value is not None and fits(value, limit):
                places.update(found)
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
