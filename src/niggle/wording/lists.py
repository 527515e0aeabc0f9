"""Several words as one: "a, b or c"."""

from __future__ import annotations

from collections.abc import Sequence


def listed(items: Sequence[str], last: str = "or") -> str:
    return "" if not items else items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def lowered(text: str) -> str:
    """Small first letter inside a sentence, unless the word is a name in capitals."""
    return f"{text[:1].lower()}{text[1:]}" if not text[1:2].isupper() else text


def raised(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
