"""Races: each with its days left, and what the advisor says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from niggle.actions.plans.shown import PlansShown
from niggle.core.plan import Importance
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


def cards(shown: PlansShown, units: Units, url: Callable[[str], str]) -> tuple[RaceCard, ...]:
    """Races to come, the next one first."""
    out = []
    for race in sorted(shown.facts.races, key=lambda r: r.on):
        if race.dropped or race.on < shown.on:
            continue
        left = (race.on - shown.on).days
        prepared = {True: "trained for it", False: "not trained for it", None: ""}[race.prepared]
        marks = tuple(m for m in (IMPORTANCE[race.importance], prepared) if m)
        distance = units.distance(race.distance_m)
        out.append(
            RaceCard(
                race.id, f"{race.name}, {distance}" if race.name else distance, day_text(race.on),
                "today" if left == 0 else "tomorrow" if left == 1 else f"in {days(left)}", marks, url(race.id),
            )
        )  # fmt: skip
    return tuple(out)
