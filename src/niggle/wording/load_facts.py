"""Reading the facts of a reason for a sentence: by name, with words for what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from niggle.core.reasons import FactValue
from niggle.wording.units import Units

Facts = Mapping[str, FactValue]
Sentence = Callable[[Facts, Units], str]

_TOLD: Final = {
    "carried_weight": "You carried extra weight.",
    "day_load": "Your day loaded your legs as well.",
    "landing_change": "You changed how you land.",
    "sprint": "You sprinted or pushed off hard.",
    "surface_swap": "You changed the ground you run on.",
    "one_sided_ground": "You ran on ground that slopes to one side.",
    "plyometrics": "You added jumps.",
    "heavy_strength": "You added heavy strength work.",
    "long_sitting": "You sat for long.",
}


def number(facts: Facts, name: str) -> float | None:
    value = facts.get(name)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def text(facts: Facts, name: str) -> str:
    value = facts.get(name)
    return value if isinstance(value, str) else ""


def yes(facts: Facts, name: str) -> bool:
    return facts.get(name) is True


def amount(facts: Facts, name: str, units: Units) -> str:
    value = number(facts, name)
    return units.duration(value) if yes(facts, "by_time") else units.distance(value)


def times(facts: Facts, name: str = "ratio") -> str:
    value = number(facts, name)
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".") + " times"


def listed(text: str, words: Mapping[str, str]) -> str:
    names = [words.get(n, n.replace("_", " ")) for n in text.split(",") if n]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""


def told(facts: Facts, units: Units) -> str:
    code = text(facts, "told")
    advice = (
        "Warm up well before anything fast or steep." if code == "long_sitting" else "Add nothing else new for a week."
    )
    return f"{_TOLD.get(code, 'Something changed.')} {advice}"
