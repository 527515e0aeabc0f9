"""Reasons as a page shows them: the sentence, what the rule saw, who says so and how well it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from niggle.core.body import SITES
from niggle.core.knowledge_types import Source
from niggle.core.reasons import Fact, FactValue, Reason
from niggle.web.dress.words import capital, plain_word, short_day
from niggle.wording.reasons import each_once, sentence, told_once
from niggle.wording.today import GRADES
from niggle.wording.units import Units, days, pain, percent


@dataclass(frozen=True, slots=True)
class FactLine:
    name: str
    value: str
    on: str = ""


@dataclass(frozen=True, slots=True)
class ReasonCard:
    sentence: str
    rule: str
    decided: bool
    thumb: bool
    grade: str
    sources: str
    facts: tuple[FactLine, ...]
    also: tuple[ReasonCard, ...] = ()  # rules that say the same


def reason_cards(reasons: Sequence[Reason], sources: Mapping[str, Source], units: Units) -> tuple[ReasonCard, ...]:
    cards: list[ReasonCard] = []
    for reason, others in each_once(reasons):
        also = tuple(reason_card(other, sources, units) for other in others)
        card = reason_card(reason, sources, units)
        card = replace(card, also=also, decided=card.decided or any(a.decided for a in also))
        at = next((n for n, c in enumerate(cards) if c.sentence == card.sentence), None)
        if at is None:
            cards.append(card)
        else:  # the same sentence for a second reason: it is read once, and both stand behind it
            first, own = cards[at], replace(card, also=())
            cards[at] = replace(first, also=(*first.also, own, *also), decided=first.decided or card.decided)
    said = told_once(card.sentence for card in cards)
    return tuple(replace(card, sentence=text) for card, text in zip(cards, said, strict=True))


def reason_card(reason: Reason, sources: Mapping[str, Source], units: Units) -> ReasonCard:
    named = [sources[s].title if s in sources else s for s in reason.sources]
    text = sentence(reason, units)
    if reason.grade.rule_of_thumb:
        text = text.removesuffix(" Rule of thumb.").replace(" (rule of thumb)", "")  # the label beside it says so
    return ReasonCard(
        sentence=text,
        rule=reason.rule,
        decided=reason.decided,
        thumb=reason.grade.rule_of_thumb,
        grade=f"{capital(GRADES[reason.grade])}.",
        sources=f"Source: {'; '.join(named)}." if named else "",
        facts=tuple(fact_line(fact, units) for fact in reason.facts if fact.value is not None),
    )


_DISTANCE: Final = {"m": 1.0, "km": 1000.0}
_TIME: Final = {"s": 1.0, "min": 60.0, "h": 3600.0}
_COUNTED: Final = ("sessions", "weeks", "years")
_HEIGHTS: Final = ("ascent", "descent", "climb", "up", "down")


def fact_line(fact: Fact, units: Units) -> FactLine:
    name = capital(plain_word(_without_unit(fact.name)))
    return FactLine(name, fact_value(fact.name, fact.value, fact.unit, units), short_day(fact.on) if fact.on else "")


def fact_value(name: str, value: FactValue, unit: str | None, units: Units) -> str:
    """The value in the reader's units; yes and no for truth, the place's name for a place."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        if value in SITES:
            return SITES[value].lay
        return _day_or_word(value)
    if unit in _DISTANCE:
        metres = value * _DISTANCE[unit]
        return units.height(metres) if any(word in name.split("_") for word in _HEIGHTS) else units.distance(metres)
    if unit in _TIME:
        return units.duration(value * _TIME[unit])
    if unit == "0-10":
        return pain(value)
    if unit == "days":
        return days(value)
    if unit == "ratio":
        return percent(value)
    if unit == "m/s":
        return units.pace(value)
    text = f"{value:,.1f}".rstrip("0").rstrip(".")
    if unit in _COUNTED and value == 1:
        return f"{text} {unit[:-1]}"
    return f"{text} {unit}" if unit and unit != "count" else text


def _day_or_word(value: str) -> str:
    try:
        return short_day(date.fromisoformat(value))
    except ValueError:
        return plain_word(value)


def _without_unit(name: str) -> str:
    head, _, tail = name.rpartition("_")
    return head if head and tail in ("m", "km", "s", "min", "h", "days", "ratio") else name
