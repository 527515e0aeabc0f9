"""One runner for each folder of cases: (case, knowledge), raising AssertionError with what is not as expected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tests.cases.case_files import Case, Found, compare
from tests.cases.run import coach, fitness, gates, given, ladder, race, scoreboard, season, stories, week

from niggle.core.knowledge_types import Knowledge

_FOUND: Final[Mapping[str, Callable[[Case, Knowledge], Found]]] = {
    "coach": coach.found,
    "doses": given.found,
    "fitness": fitness.found,
    "gates": gates.found,
    "ladder": ladder.found,
    "race": race.found,
    "scoreboard": scoreboard.found,
    "season": season.found,
    "week": week.found,
}
FOLDERS: Final = tuple(_FOUND)


def check(folder: str, case: Case, knowledge: Knowledge) -> None:
    if "story" in case:
        stories.check(case, knowledge)
    else:
        compare(case["expect"], _FOUND[folder](case, knowledge))
