"""Language: a runner's own words become findings, places and numbers, each with its span. Pure; it never guesses."""

from niggle.language.lexicon import BadPhrase, Lexicon
from niggle.language.shapes import Found, Guess, Place, Quantity, Span, Understanding, Why
from niggle.language.understand import MOST_CHARACTERS, understand

__all__ = [
    "MOST_CHARACTERS", "BadPhrase", "Found", "Guess", "Lexicon", "Place", "Quantity", "Span", "Understanding", "Why",
    "understand",
]  # fmt: skip
