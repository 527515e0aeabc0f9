"""What brings it on: "stairs", "at night", "hopping" count only beside a word such as hurts, fine or cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from niggle.language.matching import Hit
from niggle.language.scope import Scope

_FARTHEST: Final = 16
_KINDS: Final = ("hurt", "fine", "cannot", "ease")


@dataclass(frozen=True, slots=True)
class Verdict:
    value: bool | None
    first: int  # tokens of the word that decided, and of the trigger together
    last: int


@dataclass(frozen=True, slots=True)
class _Predicate:
    first: int
    last: int
    says: bool | None  # hurts; None in doubt


class Triggers:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._by_clause: dict[int, list[_Predicate]] = {}
        tokens = scope.tokens
        taken: dict[int, int] = {}  # a word counts for its longest class phrase only
        spans = [(a, b, kind) for kind in _KINDS for a, b in scope.by_class.get(kind, ())]
        spans.sort(key=lambda s: (s[0] - s[1], s[0]))
        for first, last, kind in spans:
            if any(i in taken for i in range(first, last + 1)):
                continue
            taken.update(dict.fromkeys(range(first, last + 1), 1))
            no = scope.negated(first) or scope.listed(first, last) or scope.used_to(first)
            says: bool | None = no if kind in ("fine", "ease") else not no
            if kind == "cannot":
                says = True
            if scope.doubtful(first):
                says = None
            self._by_clause.setdefault(tokens[first].clause, []).append(_Predicate(first, last, says))

    def judge(self, hit: Hit) -> Verdict | None:
        """Whether the trigger hurts, by the word that governs it; None where nothing in its clause says so."""
        scope, tokens = self._scope, self._scope.tokens
        clause, first, last = tokens[hit.first].clause, hit.first, hit.last
        best = min(
            (p for p in self._by_clause.get(clause, ()) if self._cost(p, hit) <= _FARTHEST),
            key=lambda p: self._cost(p, hit),
            default=None,
        )
        bare = any(tokens[i].word in ("not", "never") for i in range(max(0, first - 5), first) if self._same(i, first))
        bare = bare and scope.negated(first) and not (best is not None and _within(best, first - 5, first))
        if scope.answered_no(last):
            return Verdict(False, first, last)
        if best is None:
            return Verdict(False, max(0, first - 1), last) if bare and self._carried(clause) else None
        value = best.says
        if bare and best.last < first and value:
            value = False
        if value is False and best.last < first and self._excepted(best.last, first):
            value = True
        return Verdict(value, min(first, best.first), max(last, best.last))

    def _cost(self, p: _Predicate, hit: Hit) -> int:
        if p.last >= hit.first and p.first <= hit.last:
            return 0
        apart = hit.first - p.last if p.last < hit.first else p.first - hit.last + 1
        tokens = self._scope.tokens
        commas = abs(tokens[p.first].segment - tokens[hit.first].segment)
        return apart + 3 * (commas > 0) * (1 if p.last < hit.first else 2)

    def _same(self, a: int, b: int) -> bool:
        return self._scope.tokens[a].clause == self._scope.tokens[b].clause

    def _excepted(self, after: int, before: int) -> bool:
        return any(after < a and b < before for a, b in self._scope.by_class.get("except", ()))

    def _carried(self, clause: int) -> bool:
        """ "hurts on stairs but not on the flat": the clause before says what is denied here."""
        return any(p.says is not None for c in (clause - 1, clause - 2) for p in self._by_clause.get(c, ()))


def _within(p: _Predicate, first: int, last: int) -> bool:
    return first <= p.first and p.last < last
