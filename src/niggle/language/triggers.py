"""What brings it on: "stairs", "at night", "hopping" count only beside a word such as hurts, fine or cannot."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from niggle.language.matching import Hit
from niggle.language.scope import Scope

_FARTHEST: Final = 10
_EASES_WITHIN: Final = 5
_COMMA: Final = 6  # a comma between counts as so many words
_COMMA_NIGHT: Final = 8  # for those whose time of day is often only mentioned: "stiff, and at night I read"
_NIGHT: Final = frozenset({"night_pain", "pain_at_rest"})
_LONGEST: Final = 10  # words of one predicate with the little words in it
_ALONE: Final = 4  # words before the trigger in "never at night" said by itself
_JOINS: Final = frozenset({"at", "in", "on", "during", "with", "any", "more", "anymore", "for", "go", "going", "after"})
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
    reach: int


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
            self._by_clause.setdefault(tokens[first].clause, []).append(
                _Predicate(first, last, says, _EASES_WITHIN if kind == "ease" else _FARTHEST)
            )

        for predicates in self._by_clause.values():
            predicates.sort(key=lambda p: p.first)

    def judge(self, hit: Hit) -> Verdict | None:
        """Whether the trigger hurts, by the word that governs it; None where nothing in its clause says so."""
        scope, tokens = self._scope, self._scope.tokens
        clause, first, last = tokens[hit.first].clause, hit.first, hit.last
        best = min(
            (p for p in self._near(clause, hit) if self._cost(p, hit) <= p.reach),
            key=lambda p: self._cost(p, hit),
            default=None,
        )
        bare = self._barely_denied(first)
        if scope.answered_no(last):
            return Verdict(self._equals(last), first, last)
        if best is None:
            return Verdict(False, max(0, first - 1), last) if bare and self._carried(hit) else None
        value = best.says
        if bare and best.last < first and value:
            value = False
        if value is False and best.last < first and self._excepted(best.last, first):
            value = True
        return Verdict(value, min(first, best.first), max(last, best.last))

    def _equals(self, last: int) -> bool:
        """ "jumping = no" is something she cannot do; "swelling: no" is something that is not there."""
        tokens = self._scope.tokens
        return "=" in self._scope.text[tokens[last].end : tokens[last + 1].start]

    def _near(self, clause: int, hit: Hit) -> list[_Predicate]:
        """The predicates of a clause within reach of a hit, so that a text without full stops stays quick."""
        every = self._by_clause.get(clause, [])
        low = bisect_left(every, hit.first - _FARTHEST - _LONGEST, key=lambda p: p.first)
        high = bisect_left(every, hit.last + _FARTHEST + 2, key=lambda p: p.first)
        return every[low:high]

    def _cost(self, p: _Predicate, hit: Hit) -> int:
        if p.last >= hit.first and p.first <= hit.last:
            return 0
        apart = hit.first - p.last if p.last < hit.first else p.first - hit.last + 1
        tokens = self._scope.tokens
        commas = abs(tokens[p.first].segment - tokens[hit.first].segment)
        low, high = sorted((p.first, hit.first))
        if commas == 1 and ":" in self._scope.text[tokens[low].end : tokens[high].start]:
            commas = 0  # "hopping on one leg: that brings it on"
        return apart + (_COMMA_NIGHT if hit.target in _NIGHT else _COMMA) * (commas > 0)

    def _barely_denied(self, first: int) -> bool:
        """ "not at night", "never when hopping": a negator with only little words before the trigger."""
        tokens, soft = self._scope.tokens, self._scope.lexicon.soft
        for at in range(first - 1, max(-1, first - 6), -1):
            if tokens[at].clause != tokens[first].clause:
                return False
            if tokens[at].word in ("not", "never", "no"):
                if tokens[at + 1].word in ("only", "just", "sure"):
                    return False
                inside = self._by_clause.get(tokens[at].clause, [])
                low = bisect_left(inside, at - _LONGEST, key=lambda p: p.first)
                high = bisect_left(inside, at + 1, key=lambda p: p.first)
                return not any(p.first <= at <= p.last for p in inside[low:high])  # "cannot" is a word of its own
            if tokens[at].stem not in soft and tokens[at].word not in _JOINS:
                return False
        return False

    def _excepted(self, after: int, before: int) -> bool:
        return any(after < a and b < before for a, b in self._scope.near("except", after, before))

    def _carried(self, hit: Hit) -> bool:
        """ "hurts on stairs but not on the flat": said in the clause before; or "never at night" by itself."""
        tokens = self._scope.tokens
        clause = tokens[hit.first].clause
        if any(p.says is not None for c in (clause - 1, clause - 2) for p in self._by_clause.get(c, [])[-9:]):
            return True
        before = hit.first - 1
        while before >= 0 and tokens[before].clause == clause and hit.first - before <= _ALONE:
            before -= 1
        return hit.first - before <= _ALONE
