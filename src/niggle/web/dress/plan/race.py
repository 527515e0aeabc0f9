"""Races: each with its days left, and what the advisor says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from niggle.actions.plans.advice import RaceShown, RaceView
from niggle.core.plan import Importance
from niggle.web.dress.coach import Elsewhere, elsewhere
from niggle.web.dress.words import day_text
from niggle.wording.units import Units, days

IMPORTANCE: Final = {
    Importance.ORDINARY: "",
    Importance.HIGH: "important",
    Importance.ONCE_IN_LIFE: "once in a lifetime",
}


@dataclass(frozen=True, slots=True)
class RaceCard:
    id: str
    name: str
    on: str
    left: str
    marks: tuple[str, ...]
    drop_url: str
    advice: RaceShown
    lists: tuple[tuple[str, tuple[str, ...]], ...]  # title, lines
    ask_prepared: bool
    there: tuple[Elsewhere, ...]  # questions answered on other pages


def cards(view: RaceView, units: Units, url: Callable[[str], str]) -> tuple[RaceCard, ...]:
    """Races to come, the next one first."""
    out = []
    for shown in view.races:
        race, advice = shown.race, shown.advice
        left = (race.on - view.on).days
        prepared = {True: "trained for it", False: "not trained for it", None: ""}[race.prepared]
        marks = tuple(m for m in (IMPORTANCE[race.importance], prepared) if m)
        distance = units.distance(race.distance_m)
        out.append(
            RaceCard(
                race.id, f"{race.name}, {distance}" if race.name else distance, day_text(race.on),
                "today" if left == 0 else "tomorrow" if left == 1 else f"in {days(left)}", marks, url(race.id), shown,
                _lists(shown), "prepared" in advice.missing,
                tuple(elsewhere(a) for a in shown.to_answer if a.key != "prepared"),
            )
        )  # fmt: skip
    return tuple(out)


def _lists(shown: RaceShown) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What belongs to the verdict, the empty lists left out."""
    named = (
        ("Only on these conditions", shown.conditions), (shown.pivots_title, shown.pivots),
        ("What your plan says about races", shown.trade_offs),
    )  # fmt: skip
    return tuple((title, lines) for title, lines in named if lines)
