"""The log as the spike rules look at it: up to the day, with the runner, what she said and the knowledge at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, wraps
from typing import Any, Final, TypeVar

from niggle.core.history import History
from niggle.core.knowledge_types import Knowledge, Rule
from niggle.core.profile import Profile
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.spikes.log import Kept, Log
from niggle.core.spikes.types import DayReport, Spike, Told

T = TypeVar("T")

EPS: Final = 1e-9  # relative; a ratio of exactly 1.10 is not above 1.10 whatever the floats say


def above(value: float, limit: float) -> bool:
    return value > limit * (1 + EPS)


def at_least(value: float, limit: float) -> bool:
    return value >= limit * (1 - EPS)


@dataclass(frozen=True)
class View:
    """History up to and including `on`, with the runner, what she said and the knowledge.

    reports: check-ins of the last days; the load of a day does not look at older ones.
    """

    history: History
    on: date
    knowledge: Knowledge
    profile: Profile
    week_start: int = 0  # 0 Monday, 6 Sunday
    daily: bool = False  # a plan says that alternate days, the first stage of the way back, are over
    reports: Sequence[DayReport] = ()
    told: Sequence[Told] = ()
    kept: Kept = field(default_factory=Kept, compare=False)
    memo: dict[Any, Any] = field(default_factory=dict, compare=False)  # what `once` keeps
    told_runs: tuple[int, ...] = ()  # days (ordinals) on which she spoke of a run, in order

    @classmethod
    def of(
        cls,
        history: History,
        on: date,
        knowledge: Knowledge,
        profile: Profile,
        week_start: int = 0,
        daily: bool = False,
        reports: Sequence[DayReport] = (),
        told: Sequence[Told] = (),
        kept: Kept | None = None,
    ) -> View:
        """All of it cut off at the end of the day."""
        oldest = on - timedelta(days=max(7.0, knowledge.number("heavy_legs_days")))
        told_runs = tuple(sorted({r.on.toordinal() for r in reports if r.on <= on and _of_a_run(r)}))
        reports = [r for r in reports if oldest <= r.on <= on]
        told = [t for t in told if t.on <= on]
        kept = Kept() if kept is None else kept
        return cls(
            history.until(on), on, knowledge, profile, week_start, daily, reports, told, kept, told_runs=told_runs
        )

    @cached_property
    def log(self) -> Log:
        return self.kept.log(self.history, self.knowledge)

    @cached_property
    def today(self) -> int:
        return self.on.toordinal()

    @cached_property
    def week_begins(self) -> date:
        """First day of the runner's week."""
        return first_of_week(self.on, self.week_start)

    def number(self, name: str) -> float:
        return self.knowledge.number(name)

    def distance_on(self, first: int, last: int) -> float:
        """Metres run on days first to last (ordinals, both included)."""
        return self.log.distance_of(self.log.runs_on(first, last))

    def runs_in_last(self, days: int) -> slice:
        """Places of the runs of the last `days` days (1 = today)."""
        return self.log.runs_on(self.today - days + 1, self.today)

    def ran_on(self, day: int) -> bool:
        part = self.log.runs_on(day, day)
        return bool(part.start < part.stop)

    def day_of(self, index: int) -> date:
        return date.fromordinal(self.log.day[index])

    def rule(self, rule_id: str) -> Rule:
        return self.knowledge.rules.get(rule_id) or self.knowledge.spikes[rule_id].rule

    def reason(self, rule_id: str, weight: Weight, *facts: Fact, decided: bool = False) -> Reason:
        rule = self.rule(rule_id)
        return Reason(rule_id, weight, facts, rule.sources, rule.grade, decided)

    def spike(self, type_id: str, index: int | None, reason: Reason, on: date | None = None) -> Spike:
        """A spike at session `index`, or on a day of its own. Information only never counts as a new stressor."""
        kind = self.knowledge.spikes[type_id]
        day = on if index is None or on is not None else self.day_of(index)
        assert day is not None
        session_id = None if index is None else self.history.ids[index]
        return Spike(type_id, kind.code, day, session_id, reason, kind.stressor and reason.weight is not Weight.INFO)


def _of_a_run(report: DayReport) -> bool:
    return report.answers.pain_max is not None or report.answers.pain_start is not None


def once(what: Callable[[View], T]) -> Callable[[View], T]:
    """Worked out once a view, however often the rules ask."""

    @wraps(what)
    def remembered(view: View) -> T:
        if what not in view.memo:
            view.memo[what] = what(view)
        found: T = view.memo[what]
        return found

    return remembered


def once_a_session(what: Callable[[View, int], T]) -> Callable[[View, int], T]:
    """For what depends on the session and the rows before it, the mode and the knowledge alone, whatever the day:
    kept with the log as long as those rows stand."""

    @wraps(what)
    def remembered(view: View, index: int) -> T:
        key, kept = (index, what, view.profile.mode), view.log.sessions
        if key not in kept:
            kept[key] = what(view, index)
        found: T = kept[key]
        return found

    return remembered


def first_of_week(day: date, week_start: int) -> date:
    """First day of the week of `day`; week_start 0 = Monday, 6 = Sunday."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)
