"""Misspelt words back to the lexicon's words: bounded edit distance through a table of deletions, no search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

_MIN_ONE, _MIN_TWO = 6, 9  # letters from which one or two slips are forgiven; shorter words have too many neighbours


class Speller:
    def __init__(self, words: Iterable[str], known: frozenset[str]) -> None:
        """`words` are what may be meant, `known` are words that are right as they are."""
        self._words = frozenset(w for w in words if len(w) >= _MIN_ONE)
        self._known = known

    @cached_property
    def _table(self) -> Mapping[str, set[str]]:
        """Made when the first unknown word is met: most of what a lexicon costs to load."""
        table: dict[str, set[str]] = {}
        for word in self._words:
            for short in _deletions(word, 2 if len(word) >= _MIN_TWO else 1):
                table.setdefault(short, set()).add(word)
        return table

    def correct(self, word: str) -> str | None:
        """The one word within reach, None if the word is known, short or ambiguous. At most two slips."""
        if len(word) < _MIN_ONE or len(word) > 24 or word in self._known:
            return None
        for slips in (1, 2) if len(word) >= _MIN_TWO - 1 else (1,):
            hits = {
                target
                for short in _deletions(word, slips)
                for target in self._table.get(short, ())
                if target[0] == word[0]
                and distance(word, target, slips) <= slips
                and (slips == 1 or len(target) >= _MIN_TWO)
            }
            if hits:
                return min(hits) if len(hits) == 1 or len({h[:5] for h in hits}) == 1 else None
        return None


def _deletions(word: str, most: int) -> set[str]:
    once = {word[:i] + word[i + 1 :] for i in range(len(word))}
    twice = {short[:i] + short[i + 1 :] for short in once for i in range(len(short))} if most > 1 else set()
    return {word} | once | twice


def distance(a: str, b: str, bound: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) between two words; bound + 1 when more."""
    if abs(len(a) - len(b)) > bound:
        return bound + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        now = [i]
        for j, y in enumerate(b, 1):
            best = min(now[-1] + 1, row[j] + 1, row[j - 1] + (x != y))
            if before and i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            now.append(best)
        before, row = row, now
    return min(row[-1], bound + 1)
