"""Several words as one: "a, b or c"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_NAMES: Final = ("Achilles", "Nordic", "Romanian", "Spanish", "Copenhagen")


def listed(items: Sequence[str], last: str = "or") -> str:
    return "" if not items else items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def lowered(text: str) -> str:
    """Small first letter inside a sentence, unless the word is a name in capitals."""
    if text[1:2].isupper() or text.startswith(_NAMES):
        return text
    return f"{text[:1].lower()}{text[1:]}"


def raised(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def article(noun: str) -> str:
    """a physiotherapist, an orthopaedist."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
