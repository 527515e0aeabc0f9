"""Which language a text is in, as far as a companion that reads English must know: English, another, or none."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

from niggle.language.tokens import Token

_LEAST: Final = 3  # words needed before another language is claimed
_SCRIPTS: Final = {"CYRILLIC": "ru", "GREEK": "el", "ARABIC": "ar", "HEBREW": "he", "CJK": "zh", "HIRAGANA": "ja",
                   "KATAKANA": "ja", "HANGUL": "ko", "DEVANAGARI": "hi", "THAI": "th"}  # fmt: skip


def language(text: str, tokens: list[Token], words: Mapping[str, frozenset[str]]) -> str:
    """ISO 639-1 code of the language whose little words are most; "en" when in doubt. Looks at the first 400 words."""
    scripts: dict[str, int] = {}
    latin = 0
    for character in text[:2000]:
        if character.isalpha():
            name = unicodedata.name(character, "").split(" ")[0]
            if name in _SCRIPTS:
                scripts[_SCRIPTS[name]] = scripts.get(_SCRIPTS[name], 0) + 1
            else:
                latin += 1
    if scripts and sum(scripts.values()) > latin:
        return max(sorted(scripts), key=lambda k: scripts[k])
    counts = dict.fromkeys(words, 0)
    for token in tokens[:400]:
        for code, little in words.items():
            counts[code] += token.word in little
    best = max(sorted(counts), key=lambda k: (counts[k], k == "en"), default="en")
    return best if counts.get(best, 0) >= _LEAST and counts[best] > 1.5 * counts.get("en", 0) else "en"
