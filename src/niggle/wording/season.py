"""The season in words: what this part of the year is for, what to look at, when strength grows and when it shrinks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.reasons import FactValue
from niggle.core.season import ScreenState, Season, SeasonPhase
from niggle.wording.lists import lowered
from niggle.wording.race import day_line, race_title
from niggle.wording.units import Units, percent

Facts = Mapping[str, FactValue]
Sentence = Callable[[Facts, Units], str]

PHASES: Final[Mapping[SeasonPhase, str]] = {
    SeasonPhase.BASE: "Base",
    SeasonPhase.PRESEASON: "Before the season",
    SeasonPhase.CYCLE: "Training for the race",
    SeasonPhase.TAPER: "Taper",
    SeasonPhase.RACE_WEEK: "Race week",
    SeasonPhase.RESET: "Reset",
}
AIMS: Final[Mapping[SeasonPhase, str]] = {
    SeasonPhase.BASE: "More strength, mobility and technique than usual; distance can wait.",
    SeasonPhase.PRESEASON: "Look at your weak links, then six to eight weeks of strength before the distance grows.",
    SeasonPhase.CYCLE: "Keep the strength up and turn it into spring as running gets harder.",
    SeasonPhase.TAPER: "Strength work shrinks; one heavy session a week stays.",
    SeasonPhase.RACE_WEEK: "Nothing new. Short, easy and rested.",
    SeasonPhase.RESET: "A short reset: easy days, something else than running, and only then the next goal.",
}
PLAN_LEADS: Final = "A plan is open, so it leads: the season waits until what hurts may train again."
NO_GOAL: Final = "No race is on the calendar, so the year has no date to count back from."


def headline(season: Season, units: Units) -> str:
    """One sentence: where in the year she is."""
    if season.plan_leads:
        return PLAN_LEADS
    if season.goal is None:
        return AIMS[season.phase] if season.phase is SeasonPhase.RESET else NO_GOAL
    return AIMS[season.phase]


def lines(season: Season, known: Knowledge, units: Units) -> tuple[str, ...]:
    """What there is to do in this part, in order."""
    found = []
    if season.goal is None and season.phase is SeasonPhase.BASE:
        found.append(AIMS[SeasonPhase.BASE])
    found += _screen(season, known)
    found += _block(season)
    if season.strength_cut is not None:
        low, high = season.strength_cut
        found.append(f"Take {low * 100:.0f} to {percent(high)} off your weekly strength; keep one heavy session.")
    if season.others and season.goal is not None:
        names = [race_title(r, season.on, units) for r in season.others]
        named = "; ".join(names)
        found.append(f"Other races on the way: {named}. Pick the ones that matter and let the others go.")
    return tuple(found)


def _screen(season: Season, known: Knowledge) -> list[str]:
    screen = season.screen
    if screen is None or screen.state is ScreenState.NONE:
        return []
    if screen.state is ScreenState.LATER:
        return [f"From {day_line(screen.opens)} on: test your weak links, well before training for the race begins."]
    if screen.state is ScreenState.DONE:
        return ["Your weak links are tested. The weakest one gets the most attention in the strength weeks."]
    names = "; ".join(lowered(known.tests[t].name) for t in screen.due)
    late = " It is a little late for it, and still worth it." if screen.state is ScreenState.LATE else ""
    return [f"Test now: {names}.{late}"]


def _block(season: Season) -> list[str]:
    block = season.block
    if block is None:
        return []
    if not block.fits:
        return [
            f"Only {_weeks(block.weeks_left)} are left before the training for the race begins: too few for a strength "
            "block. Keep two short sessions a week, and plan the block for next time."
        ]
    return [
        f"Strength twice a week for {block.weeks_low} to {block.weeks_high} weeks, from {day_line(block.first)} to "
        f"{day_line(block.last)}; after that the distance may grow."
    ]


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"


def step_line(phase: SeasonPhase) -> str:
    return AIMS[phase]


def _plain(text: str) -> Sentence:
    return lambda facts, units: text


SENTENCES: Final[Mapping[str, Sentence]] = {
    "SEA-R01": _plain("A year has parts: strength and technique first, then the race, then a short reset."),
    "SEA-R02": _plain("Weak links are found before they hurt: two to three months before training for a race begins."),
    "SEA-R03": _plain("Six to eight weeks of strength before the distance grows make room for it."),
    "SEA-R04": _plain("Before a race strength work shrinks, and one heavy session a week stays."),
    "SEA-R05": _plain("After a race a short reset evens things out. How long is a rule of thumb."),
}
