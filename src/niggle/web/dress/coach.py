"""Cards of the coach: questions answered in place, links to where another answer lives, exercises with their page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from niggle.actions.plans.advice import SeasonView
from niggle.web.dress.words import day_text
from niggle.wording.cards import Card
from niggle.wording.coach import QUESTIONS
from niggle.wording.race import Ask

# the answers that the page itself takes
ANSWERED: Final = tuple(key for key, (_, kind, where) in QUESTIONS.items() if where == "tell" and kind != "link")
_PAGES: Final = {
    "checkin": "checkin",
    "profile": "settings",
    "tests": "plan-tests",
    "shoes": "shoes",
    "race": "plan-race",
}
_WORDS: Final = {
    "checkin": "Check in", "profile": "Settings", "tests": "Tests", "shoes": "Shoes", "race": "Race", "tell": "Answer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A question that is answered on another page."""

    question: str
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class CardShown:
    """card with its questions split: `here` in a form on the page, `there` as links. items: (text, address)."""

    card: Card
    here: tuple[Ask, ...]
    there: tuple[Elsewhere, ...]
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    text: str
    when: str
    current: bool


def card(found: Card) -> CardShown:
    return CardShown(
        found,
        tuple(a for a in found.asks if a.key in ANSWERED),
        tuple(elsewhere(a) for a in found.asks if a.key not in ANSWERED),
        tuple((text, reverse("exercise", args=[exercise])) for exercise, text in found.items),
    )


def elsewhere(ask: Ask) -> Elsewhere:
    return Elsewhere(ask.question, _WORDS[ask.where], reverse(_PAGES.get(ask.where, "plan")))


def steps(season: SeasonView) -> tuple[Step, ...]:
    """The parts of the year, each with its days."""
    return tuple(
        Step(
            s.name, s.text,
            f"from {day_text(s.first)}" if s.last is None else f"{day_text(s.first)} to {day_text(s.last)}", s.current,
        )
        for s in season.steps
    )  # fmt: skip
