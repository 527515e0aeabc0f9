"""The voice that every sentence of a plan keeps to, and what the sentences are made of."""

import re
from datetime import date

from niggle.core.reasons import Fact, Reason
from niggle.core.reasons import Weight as ReasonWeight
from niggle.knowledge import load

KNOWN = load()
ON = date(2026, 6, 3)
ACHILLES = "achilles-tendinopathy-midportion"


def voiced(text: str, *, label: bool = False) -> None:
    """A sentence, or a label, which has neither a capital letter nor a full stop."""
    assert text, text
    if not label:
        assert text[0].isupper() or text[0] in '"0123456789', text
        assert text.endswith("."), text
    assert "!" not in text
    assert ".." not in text, text
    assert "  " not in text, text
    assert not re.search(r"[{}_]|\bNone\b|\bTrue\b|\bFalse\b", text), text


def reason(rule: str, **facts: object) -> Reason:
    known = KNOWN.rules[rule]
    return Reason(
        rule,
        ReasonWeight.INFO,
        tuple(Fact(k, v) for k, v in facts.items()),
        known.sources,
        known.grade,  # type: ignore[arg-type]
    )
