"""One runner for each folder of cases: (case, knowledge) -> what was found, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tests.cases.case_files import Case, Found
from tests.cases.run import coach, fitness, race, scoreboard, season

from niggle.core.knowledge_types import Knowledge

RUNNERS: Final[Mapping[str, Callable[[Case, Knowledge], Found]]] = {
    "scoreboard": scoreboard.found,
    "race": race.found,
    "fitness": fitness.found,
    "season": season.found,
    "coach": coach.found,
}
