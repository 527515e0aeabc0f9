"""Laws that cost a second decision, looked at on some days only: worse never opens more, memory, round trips."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC
from random import Random

from bench.seasons.records import at
from bench.seasons.season import Engine, Today, Watch
from bench.seasons.watch import run_tasks
from niggle.core.case import case_from_plain, case_to_plain
from niggle.core.checkin import Answers, Entry
from niggle.core.outcomes import Light
from niggle.core.today import decision_from_plain, decision_to_plain

SHARE = 0.05  # of seasons, one day each
_CARE = {Light.GREEN: 0, Light.YELLOW: 1, Light.CANNOT_SAY: 2, Light.RED: 3}


class Sampled:
    """The watchers, and on one day of some seasons the sampled laws too."""

    def __init__(self, watch: Watch, seed: int, number: int, engine: Engine, share: float = SHARE) -> None:
        rng = Random(f"{seed}/{number}/sample")
        self.watch, self.engine = watch, engine
        self.day = rng.randrange(10, 84) if rng.random() < share else None

    def __call__(self, today: Today) -> Iterable[tuple[str, str]]:
        yield from self.watch(today)
        if today.index == self.day:
            yield from remembering_changes(today, self.engine)
            yield from round_trip(today)
            yield from worse_opens_more(today, self.engine)


def remembering_changes(today: Today, engine: Engine) -> Iterable[tuple[str, str]]:
    """A decision with nothing remembered is the same."""
    fresh = engine.decide(today.case, today.knowledge)
    if fresh != today.decision:
        names = [n for n in fresh.__dataclass_fields__ if getattr(fresh, n) != getattr(today.decision, n)]
        yield "remembering_changes", f"{names} differ without a memo"


def round_trip(today: Today) -> Iterable[tuple[str, str]]:
    """The case and the decision survive JSON."""
    if decision_from_plain(json.loads(json.dumps(decision_to_plain(today.decision)))) != today.decision:
        yield "round_trip", "the decision"
    plain = json.loads(json.dumps(case_to_plain(today.case)))
    if case_to_plain(case_from_plain(plain)) != plain:
        yield "round_trip", "the case"


def worse_opens_more(today: Today, engine: Engine) -> Iterable[tuple[str, str]]:
    """The same day with a worse word about each place: no lighter light, no activity and no run more."""
    case = today.case
    worse = tuple(
        Entry(f"worse-{n}", today.on, at(today.on, 21, UTC), plan.site, plan.side,
              answers=Answers(pain_before=8.0, pain_evening=8.0, limp=True))
        for n, plan in enumerate(case.plan.open_plans(today.on))
    )  # fmt: skip
    if not worse:
        return
    then = engine.decide(replace(case, entries=(*case.entries, *worse)), today.knowledge)
    if _CARE[then.light] < _CARE[today.decision.light]:
        yield "worse_opens_more", f"{today.decision.light} became {then.light}"
    more = set(then.allowed) - set(today.decision.allowed)
    if more and today.decision.light is not Light.RED:
        gentle = {"walking", "cross_training", "mobility"}
        if {a.value for a in more} - gentle:
            yield "worse_opens_more", f"{sorted(more)} came"
    if run_tasks(then):
        yield "worse_opens_more", "a run stands on a day with a limp"
