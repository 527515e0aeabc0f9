"""One runner's twelve weeks: each morning she asks, each evening she tells, and in between she does what she does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bench.seasons import doing, know, telling
from bench.seasons.life import Life
from bench.seasons.people import DAYS, Runner, Sore
from niggle.core.body import Side
from niggle.core.case import Case
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS, PlanAnswer, PlanEnd, WeekPlan
from niggle.core.profile import Clearance
from niggle.core.rehab import PlanState, may_start
from niggle.core.spikes.view import first_of_week
from niggle.core.today import Decision, Memo, decide
from niggle.scheduler import Memo as Searched
from niggle.scheduler import Solved


@dataclass(frozen=True)
class Engine:
    """What is under test. Tests put a sabotaged one here and expect to be told."""

    decide: Callable[..., Decision] = decide
    make_week: Callable[..., Solved] | None = None
    may_start: Callable[..., Any] = may_start

    def week(self, *given: Any) -> Solved:
        if self.make_week is not None:
            return self.make_week(*given)
        from niggle.actions.plans.weeks import make_week

        return make_week(*given, explain=False)


@dataclass(frozen=True)
class Today:
    """What the watchers see: what was known, and what niggle said of it. solved: a calendar made today.

    states: each open plan's, without today's account of gate and deadlines. heavy_calf_min: ends of heavy calf work
    that she truly did, minutes since the first midnight of the season.
    """

    index: int
    on: date
    case: Case
    decision: Decision
    states: dict[str, PlanState]
    solved: Solved | None
    week: WeekPlan | None
    late: bool
    runner: Runner
    knowledge: Knowledge
    heavy_calf_min: tuple[float, ...]


@dataclass
class Season:
    """What came of it. violations: (invariant, day, in words)."""

    number: int
    violations: list[tuple[str, date, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


Watch = Callable[[Today], Iterable[tuple[str, str]]]


class Weeks:
    """Twelve weeks of one runner, and of niggle beside her."""

    def __init__(self, runner: Runner, seed: int, knowledge: Knowledge, engine: Engine, searched: Searched) -> None:
        self.runner, self.knowledge, self.engine, self.searched = runner, knowledge, engine, searched
        self.life = Life(runner, seed, knowledge)
        self.memo = Memo()
        self.seen: list[Clearance] = []
        self.made: tuple[date, Light] | None = None
        self.out = Season(runner.number)
        doing.before(self.life)

    def live(self, watch: Watch) -> Season:
        for index in range(DAYS):
            self._news(index)
            today = self._ask(index)
            for name, words in watch(today):
                self.out.violations.append((name, today.on, words))
            self._count(today)
            doing.act(self.life, index, today.decision)
            telling.evening(self.life, index)
            for sore in self.runner.sores:
                sore.tissue.night(self.life.rng)
        self.life.told.close()
        return self.out

    def _news(self, index: int) -> None:
        """What reaches niggle before she asks: late things, the morning after, starts, words of clinicians."""
        r, told, on = self.runner, self.life.told, self.life.day(index)
        told.arrive(index)
        if index:
            telling.morning(self.life, index)
        for sore in r.sores:
            if sore.told == index:
                self._start(sore, on)
            if sore.ends == index:
                told.put(ends=(*told.facts.ends, PlanEnd(sore.start.id, on)))
        words = (*(word for day, word in r.words if day <= index), *self.seen)
        if len(words) != len(told.profile.clearances):
            told.profile = replace(told.profile, clearances=words)
        for day, away in r.absences:
            if day == index:
                told.put(absences=(*told.facts.absences, away))
        for day, race in r.races:
            if day == index:
                told.put(races=(*told.facts.races, race))

    def _start(self, sore: Sore, on: date) -> None:
        told = self.life.told
        problems = self.engine.may_start(sore.start, told.facts.open_plans(on), told.profile, on, self.knowledge)
        self.out.counts["started"] += 1
        self.out.counts["refused"] += bool(problems)
        wants = know.needs(sore.start, self.knowledge)
        lacks = "no_plan" in wants or (
            wants != {"nothing"} and not know.cleared(told.profile, sore.start, on)
        ) or ("imaging_and_clearance" in wants and not sore.start.imaged)  # fmt: skip
        if lacks and not problems:
            self.out.violations.append(("refusal", on, f"{sore.start.condition} began without what it needs"))
        if sore.start.half_start and not know.light_case(sore.start, self.knowledge) and not problems:
            self.out.violations.append(("refusal", on, f"{sore.start.condition} began with a half start"))
        # a plan that was refused stands in the rows all the same in some seasons: taken over, or restored
        if not problems or self.life.rng.random() < 0.5:
            told.put(starts=(*told.facts.starts, sore.start))

    def _ask(self, index: int) -> Today:
        told, on = self.life.told, self.life.day(index)
        case = told.case(on)
        decision: Decision | None = None
        solved: Solved | None = None
        if self.runner.plans_weeks and told.facts.open_plans(on):
            start = first_of_week(on, case.week_start)
            if self.made is None or self.made[0] != start:
                solved = self.engine.week(case, self.knowledge, start, self.memo, self.searched)
            else:
                decision = self.engine.decide(case, self.knowledge, self.memo)
                worse = decision.light in (Light.YELLOW, Light.RED) and decision.light is not self.made[1]
                if worse and self.life.rng.random() < 0.5:
                    solved = self.engine.week(case, self.knowledge, start, self.memo, self.searched)
        if solved is not None:
            told.keep_week(solved.week)
            case = told.case(on)
        if solved is not None or decision is None:
            decision = self.engine.decide(case, self.knowledge, self.memo)
        if solved is not None:
            self.made = (start, decision.light)
        open_ids = {p.plan for p in decision.plan}
        states = {i: k.states[-1] for i, k in self.memo.follower.kept.items() if i in open_ids}
        week = next((w for w in reversed(case.plan.weeks) if w.start <= on <= w.last), None)
        return Today(index, on, case, decision, states, solved, week, told.late, self.runner, self.knowledge,
                     tuple(self.life.heavy_calf[-12:]))  # fmt: skip

    def _seen_to(self, today: Today, site: str, side: Side | None) -> None:
        """She went, and was let go on: a clearance after the warning sign."""
        self.seen.append(Clearance(today.on, "doctor", site, side))
        self.life.told.add("answers", PlanAnswer("says_professional_seen", today.on, True))

    def _count(self, today: Today) -> None:
        counts, decision = self.out.counts, today.decision
        counts["days"] += 1
        counts[f"light_{decision.light.value}"] += 1
        counts["weeks"] += today.solved is not None
        for line in decision.plan:
            counts["plan_days"] += 1
            counts[f"phase_{int(line.phase)}"] += 1
            counts[f"status_{line.status.value}"] += 1
            if line.locked == "red_flag" and self.life.rng.random() < 0.1:
                self._seen_to(today, line.site, line.side)
            if line.see and self.life.rng.random() < 0.08:
                self.life.told.add("answers", PlanAnswer("says_professional_seen", today.on, True))
        counts["half_starts"] += sum(s.half_since == today.on for s in today.states.values())
        counts["run_tasks"] += sum(t.kind in RUN_KINDS and t.allowed and not t.done for t in decision.tasks)
        counts["tasks"] += len(decision.tasks)


def simulate(
    runner: Runner, seed: int, knowledge: Knowledge, watch: Watch, engine: Engine, searched: Searched
) -> Season:
    return Weeks(runner, seed, knowledge, engine, searched).live(watch)


__all__ = ["Engine", "Season", "Today", "Watch", "simulate"]
