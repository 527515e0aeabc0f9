"""One runner through her season: what she is, what she felt, and what reached niggle of it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from bench.seasons.people import Runner
from bench.seasons.records import Records
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import PlanFacts


class Life:
    """What her days have in common. pain_in_run: plan -> pain in the runs of this day. heavy_calf: ends of heavy calf
    work that she truly did, minutes since the first midnight of the season."""

    def __init__(self, runner: Runner, seed: int, knowledge: Knowledge) -> None:
        self.runner, self.knowledge = runner, knowledge
        self.rng = Random(f"{seed}/{runner.number}/life")
        self.told = Records(runner.profile, runner.week_starts, PlanFacts(availability=runner.availability))
        self.heavy_calf: list[float] = []
        self.pain_in_run: dict[str, float] = {}
        self._count = 0

    def id(self) -> str:
        self._count += 1
        return f"{self._count:05}"

    def day(self, index: int) -> date:
        return self.runner.first + timedelta(days=index)
