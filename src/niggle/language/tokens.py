"""Text to tokens: lower case, contractions opened, word forms brought to one stem, clauses counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(r"(?P<n>\d+(?:[.,]\d+)?)|(?P<w>[^\W\d_]+(?:['’`][^\W\d_]+)*)|(?P<p>\n\s*\n|[^\w\s]|\n)")
_STRONG: Final = frozenset(".!?;…—–•")
_TIGHT: Final = frozenset("-/'’`&+%°#~\"“”*")  # inside a word or number: no break
_NOT: Final = {
    f"{verb}nt": (base, "not")
    for verb, base in {
        "do": "do", "does": "does", "did": "did", "is": "is", "are": "are", "was": "was", "were": "were",
        "have": "have", "has": "has", "had": "had", "would": "would", "should": "should", "could": "could",
        "ca": "can", "wo": "will", "ai": "is",
    }.items()
}  # fmt: skip
_OPEN: Final = {
    **_NOT, "cannot": ("can", "not"), "im": ("i", "am"), "ive": ("i", "have"), "dunno": ("do", "not", "know"),
    "its": ("it", "is"), "whats": ("what", "is"), "thats": ("that", "is"), "theres": ("there", "is"),
}  # fmt: skip
_TAIL: Final = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
_IS: Final = frozenset({"it", "that", "there", "what", "he", "she", "here", "where", "how", "who"})
_VOWEL: Final = re.compile(r"[aeiouy]")
NUMBER_WORDS: Final = {
    "zero": 0.0, "half": 0.5, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "thirteen": 13.0, "fourteen": 14.0,
    "fifteen": 15.0, "sixteen": 16.0, "seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0, "twenty": 20.0,
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0,
}  # fmt: skip


@dataclass(slots=True)
class Token:
    word: str
    stem: str
    start: int
    end: int
    clause: int  # ends at . ! ? ; brackets, dashes, "but"
    segment: int  # ends at a comma or colon too
    sentence: int
    number: float | None = None


def words_of(piece: str) -> tuple[str, ...]:
    """A raw word opened: "doesn't" -> does, not. Possessive endings fall away."""
    word = piece.lower().replace("’", "'").replace("`", "'")
    if "'" not in word:
        return _OPEN.get(word, (word,))
    joined = word.replace("'", "")
    if joined in _NOT:
        return _NOT[joined]
    head, _, tail = word.partition("'")
    if tail == "s":
        return (head, "is") if head in _IS else (head,)
    return (head, _TAIL[tail]) if tail in _TAIL else (joined,)


def stem(word: str, same: Mapping[str, str]) -> str:
    """One form for a word's inflections; `same` (form -> stem) knows the irregular ones and wins."""
    if word in same:
        return same[word]
    if len(word) <= 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ness") and len(word) > 6:
        return _end(word[:-4], same)
    for tail in ("ing", "ed"):
        rest = word[: -len(tail)]
        if word.endswith(tail) and len(rest) >= 3 and _VOWEL.search(rest):
            if rest[-1] == rest[-2] and rest[-1] not in "lsz":
                rest = rest[:-1]
            return _end(rest, same)
    if word.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return _end(word[:-2], same)
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _end(word[:-1], same)
    return _end(word, same)


def _end(rest: str, same: Mapping[str, str]) -> str:
    if rest in same:
        return same[rest]
    return rest[:-1] if len(rest) >= 5 and rest.endswith("e") and rest[-2] != "e" else rest


def tokenise(text: str, same: Mapping[str, str], breakers: frozenset[str]) -> list[Token]:
    """Words and numbers of a text in order, in linear time; `breakers` ("but", ...) begin a clause like a full stop."""
    tokens: list[Token] = []
    stems: dict[str, str] = {}
    clause = segment = sentence = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "p":
            mark = match[0][0]
            if mark in "-–" and 0 < start < end < len(text) and not text[start - 1].isspace():
                continue
            if mark == "\n" and len(match[0]) == 1 and not _ends_line(text, start):
                continue  # a wrapped line
            if mark in _STRONG or mark == "\n" or (mark == "-" and text[start - 1 : start].isspace()):
                clause += 1
                segment += 1
                sentence += mark in ".!?…\n•"
            elif mark not in _TIGHT:
                segment += 1
            continue
        if kind == "n":
            number = float(match[0].replace(",", ".")) if not re.fullmatch(r"\d,\d{3}", match[0]) else None
            tokens.append(Token(match[0], match[0], start, end, clause, segment, sentence, number))
            continue
        for word in words_of(match[0]):
            if word in breakers:
                clause += 1
                segment += 1
            if word not in stems:
                stems[word] = stem(word, same)
            tokens.append(Token(word, stems[word], start, end, clause, segment, sentence, NUMBER_WORDS.get(word)))
    return tokens


def _ends_line(text: str, at: int) -> bool:
    """A single line break ends a statement when a list item or a new sentence follows."""
    rest = text[at + 1 : at + 4].lstrip(" ")
    return not rest or rest[0] in "-*•\n" or rest[0].isupper() or rest[0].isdigit()
