"""Finds the lexicon's phrases in tokens: a walk down the tree from every word, bounded by its clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from niggle.language.lexicon import GAPS, OUT, Lexicon, Node
from niggle.language.tokens import Token

_NEAR = 14  # words between the parts of one phrase at most
_NEAR_ACROSS = 7  # the same where its parts stand in two statements
_REMARK = 6  # words of a statement that may only go on with the one beside it


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: tokens first..last, both inclusive; `pieces` are its parts when they stand apart."""

    kind: str
    target: str
    first: int
    last: int
    pieces: tuple[tuple[int, int], ...]
    negative: bool = False  # the phrase holds a negator itself

    @property
    def size(self) -> int:
        return sum(b - a + 1 for a, b in self.pieces)


Classes = dict[int, list[tuple[str, int]]]  # first token -> (class, last token)


def class_hits(tokens: list[Token], lexicon: Lexicon) -> Classes:
    """The longest phrase of every class from every token."""
    found: Classes = {}
    numbers: Classes = {at: [("n", at)] for at, token in enumerate(tokens) if token.number is not None}
    for at in range(len(tokens)):
        ends: dict[str, int] = {}
        for name, last in _walk(lexicon.classes, tokens, at, lexicon, numbers):
            ends[name] = max(last, ends.get(name, -1))
        if tokens[at].number is not None:
            ends["n"] = at  # any number
        if ends:
            found[at] = list(ends.items())
    return found


def phrase_hits(tokens: list[Token], lexicon: Lexicon, classes: Classes) -> list[Hit]:
    """Every phrase in the text, in order of its first word."""
    hits: list[Hit] = []
    clauses: dict[int, dict[int, list[tuple[int, int]]]] = {}
    for at, token in enumerate(tokens):
        ends: dict[int, int] = {}
        for part, last in _walk(lexicon.tree, tokens, at, lexicon, classes):
            ends[part] = max(last, ends.get(part, -1))
        for part, last in ends.items():
            for index in lexicon.by_part.get(part, ()):
                phrase = lexicon.phrases[index]
                hits.append(Hit(phrase.kind, phrase.target, at, last, ((at, last),), phrase.negative))
            clauses.setdefault(token.clause, {}).setdefault(part, []).append((at, last))
    length: dict[int, int] = {}
    for token in tokens:
        length[token.clause] = length.get(token.clause, 0) + 1
    for clause, parts in clauses.items():
        for index in {i for part in parts for i in lexicon.first_part.get(part, ())}:
            _join(hits, lexicon, index, parts)
        after = clauses.get(clause + 1)
        if after is None or min(length[clause], length[clause + 1]) > _REMARK:
            continue
        both = {part: parts.get(part, []) + after.get(part, []) for part in {**parts, **after}}
        for index in {i for part in both for i in lexicon.first_part.get(part, ())}:
            wanted = lexicon.phrases[index].parts
            if not (all(p in parts for p in wanted) or all(p in after for p in wanted)):
                _join(hits, lexicon, index, both, _NEAR_ACROSS)  # "Calf swollen. Feels warm."
    return sorted(set(hits), key=lambda h: (h.first, h.last, h.kind, h.target))


def _join(
    hits: list[Hit], lexicon: Lexicon, index: int, parts: dict[int, list[tuple[int, int]]], near: int = _NEAR
) -> None:
    phrase = lexicon.phrases[index]
    if any(p not in parts for p in phrase.parts):
        return
    for a in parts[phrase.parts[0]][:8]:
        pieces = [a]
        for other in phrase.parts[1:]:
            closest = min(parts[other][:64], key=lambda b: _apart(a, b))
            if _apart(a, closest) > near:
                break
            pieces.append(closest)
        else:
            pieces.sort()
            hits.append(
                Hit(phrase.kind, phrase.target, pieces[0][0], max(b for _, b in pieces), tuple(pieces), phrase.negative)
            )


def _apart(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)


def _walk(tree: Node, tokens: list[Token], at: int, lexicon: Lexicon, classes: Classes) -> list[tuple[Any, int]]:
    """(out, last token) of every phrase that begins exactly at `at`; little words between are passed over."""
    found: list[tuple[Any, int]] = []
    clause = tokens[at].clause
    count = len(tokens)
    soft = lexicon.soft
    todo: list[tuple[Node, int]] = [(tree, at)]
    seen: set[tuple[int, int]] = set()
    while todo:
        node, position = todo.pop()
        if position >= count or tokens[position].clause != clause:
            continue
        key = (id(node), position)
        if key in seen:
            continue
        seen.add(key)
        word = tokens[position].stem
        steps = [(node[word], position)] if word in node else []
        for name, last in classes.get(position, ()):
            child = node.get(f"<{name}>")
            if child is not None:
                steps.append((child, last))
        for child, last in steps:
            found.extend((out, last) for out in child.get(OUT, ()))
            todo.append((child, last + 1))
            for gap, most in GAPS.items():
                if gap in child:
                    todo.extend((child[gap], last + 1 + skipped) for skipped in range(most + 1))
        if node is not tree and word in soft:
            todo.append((node, position + 1))
    return found
