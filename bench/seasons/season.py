"""One runner's twelve weeks: each morning she asks, each evening she tells, and in between she does what she does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, timedelta
from random import Random
from typing import Any, Final

from bench.seasons import know
from bench.seasons.people import DAYS, Obedience, Runner, Sore
from bench.seasons.records import Records, at, session
from niggle.core.body import Side
from niggle.core.case import Case
from niggle.core.checkin import Answers, Entry, Moment
from niggle.core.checkin.types import Quality, Stiffness
from niggle.core.history import Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder.types import StepKind
from niggle.core.outcomes import Light
from niggle.core.plan import (
    RUN_KINDS,
    Away,
    DoneItem,
    ItemKind,
    Measured,
    PlanAnswer,
    PlanEnd,
    PlanFacts,
    PlanStart,
    WeekPlan,
)
from niggle.core.profile import Clearance
from niggle.core.protocol import Better
from niggle.core.rehab import PlanState, may_start
from niggle.core.session.types import Sport
from niggle.core.spikes.view import first_of_week
from niggle.core.today import Decision, Memo, Task, decide
from niggle.scheduler import Memo as Searched
from niggle.scheduler import Solved

K = ItemKind
_EVENING_MIN: Final = 18 * 60
_TAGS: Final = {K.HILLS: Tag.HILLS, K.SPEED: Tag.SPEED, K.STRIDES: Tag.STRIDES, K.RUN_LONG: Tag.LONG,
                K.RACE: Tag.RACE, K.RUN_WALK: Tag.RUN_WALK}  # fmt: skip
_CROSS: Final = {"cycling": Sport.RIDE, "swimming": Sport.SWIM, "rowing": Sport.ROW, "elliptical": Sport.ELLIPTICAL}


@dataclass(frozen=True)
class Engine:
    """What is under test. Tests put a sabotaged one here and expect to be told."""

    decide: Callable[..., Decision] = decide
    make_week: Callable[..., tuple[Solved, Decision]] | None = None
    may_start: Callable[..., Any] = may_start

    def week(self, *given: Any) -> tuple[Solved, Decision]:
        if self.make_week is not None:
            return self.make_week(*given)
        from niggle.actions.plans.weeks import make_week

        return make_week(*given)


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


class Life:
    """One runner living through her season."""

    def __init__(self, runner: Runner, seed: int, knowledge: Knowledge, engine: Engine, searched: Searched) -> None:
        self.runner, self.knowledge, self.engine, self.searched = runner, knowledge, engine, searched
        self.rng = Random(f"{seed}/{runner.number}/life")
        self.memo = Memo()
        self.told = Records(runner.profile, runner.week_starts, PlanFacts(availability=runner.availability))
        self.heavy_calf: list[float] = []
        self.spoken: dict[str, bool] = {}  # plan -> whether it hurt in the run of the day
        self.pain_in_run: dict[str, float] = {}
        self.seen: list[Clearance] = []
        self.ran_today = False
        self.made: tuple[date, Light] | None = None
        self.count = 0
        self.out = Season(runner.number)
        self._needed_answers = tuple(
            sorted({n for s in runner.sores for n in _said_names(s.start.condition, knowledge)})
        )
        self._before()

    def _id(self) -> str:
        self.count += 1
        return f"{self.count:05}"

    def day(self, index: int) -> date:
        return self.runner.first + timedelta(days=index)

    # the past: eight weeks of running as usual, then as many days off as she had

    def _before(self) -> None:
        r, rng = self.runner, self.rng
        share = r.usual_week_m / r.runs_a_week
        for back in range(63, r.stops_before_days, -1):
            if rng.random() < r.runs_a_week / 7:
                metres = share * rng.uniform(0.7, 1.3)
                tags = rng.choice((frozenset[Tag](), frozenset[Tag](), frozenset({Tag.LONG}), frozenset({Tag.SPEED})))
                self.told.add_run(
                    session(f"log-{self._id()}", self.day(-back), 7 * 60, Sport.RUN, metres, metres / r.pace_m_min,
                            tags=tags)
                )  # fmt: skip

    def live(self, watch: Watch) -> Season:
        for index in range(DAYS):
            self._news(index)
            today = self._ask(index)
            for name, words in watch(today):
                self.out.violations.append((name, today.on, words))
            self._count(today)
            self._act(index, today.decision)
            self._evening(index)
            for sore in self.runner.sores:
                sore.tissue.night(self.rng)
        return self.out

    def _news(self, index: int) -> None:
        """What reaches niggle before she asks: late things, the morning after, starts, words of clinicians."""
        r, told, on = self.runner, self.told, self.day(index)
        told.arrive(index)
        if index:
            self._morning(index)
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
        told = self.told
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
        if not problems or self.rng.random() < 0.5:
            told.put(starts=(*told.facts.starts, sore.start))

    def _ask(self, index: int) -> Today:
        told, on = self.told, self.day(index)
        case = told.case(on)
        decision: Decision | None = None
        solved: Solved | None = None
        if self.runner.plans_weeks and told.facts.open_plans(on):
            start = first_of_week(on, case.week_start)
            if self.made is None or self.made[0] != start:
                solved, decision = self.engine.week(case, self.knowledge, start, self.memo, self.searched)
            else:
                decision = self.engine.decide(case, self.knowledge, self.memo)
                worse = decision.light in (Light.YELLOW, Light.RED) and decision.light is not self.made[1]
                if worse and self.rng.random() < 0.5:
                    solved, decision = self.engine.week(case, self.knowledge, start, self.memo, self.searched)
            if solved is not None:
                self.made = (start, decision.light)
                told.keep_week(solved.week)
                case = told.case(on)
                decision = None
        if decision is None:
            decision = self.engine.decide(case, self.knowledge, self.memo)
        open_ids = {p.plan for p in decision.plan}
        states = {i: k.states[-1] for i, k in self.memo.follower.kept.items() if i in open_ids}
        week = next((w for w in reversed(case.plan.weeks) if w.start <= on <= w.last), None)
        return Today(index, on, case, decision, states, solved, week, told.late, self.runner, self.knowledge,
                     tuple(self.heavy_calf[-12:]))  # fmt: skip

    # what she does

    def _act(self, index: int, decision: Decision) -> None:
        r, rng, on = self.runner, self.rng, self.day(index)
        how = r.habits.obedience
        if how is Obedience.ERRATIC:
            how = rng.choice((Obedience.OBEDIENT, Obedience.EAGER, Obedience.LAZY))
        self.pain_in_run = {}
        ill = any(a.kind is Away.ILLNESS and a.first <= on <= a.last for _, a in r.absences)
        ran = False
        strides = any(t.kind is K.STRIDES and t.allowed and not t.done for t in decision.tasks) and rng.random() < 0.8
        for task in decision.tasks:
            if task.done or not task.allowed:
                continue
            skips = 0.6 if how is Obedience.LAZY else 0.04
            if ill or rng.random() < skips:
                continue
            if task.kind in RUN_KINDS and task.kind is not K.STRIDES:
                more = rng.uniform(1.0, 1.6) if how is Obedience.EAGER else rng.uniform(0.96, 1.04)
                self._run(index, task, more, how, strides)
                ran = True
            elif task.tests:
                self._test(index, task.tests)
            elif task.exercises:
                self._exercise(index, task)
            elif task.kind is K.CROSS_TRAINING:
                sport = _CROSS.get(task.mode or "", Sport.RIDE)
                self._log(index, session(f"log-{self._id()}", on, _EVENING_MIN, sport, None, task.minutes or 30.0))
        self._asked_tests(index, decision)
        if not decision.plan and not ran and rng.random() < r.runs_a_week / 7 and not ill:
            self._free_run(index, r.usual_week_m / r.runs_a_week, frozenset())
            ran = True
        if how is Obedience.EAGER and not ran and rng.random() < 0.15:
            tags = rng.choice((frozenset[Tag](), frozenset({Tag.HILLS}), frozenset({Tag.SPEED})))
            self._free_run(index, r.usual_week_m / r.runs_a_week * rng.uniform(0.5, 1.5), tags)
            ran = True
        if any(race.on == on for _, race in r.races) and not ran and how is Obedience.EAGER:
            self._free_run(index, r.races[0][1].distance_m, frozenset({Tag.RACE}))
            ran = True
        self.ran_today = ran

    def _run(self, index: int, task: Task, more: float, how: Obedience, strides: bool) -> None:
        r, rng = self.runner, self.rng
        minutes = (task.minutes or 20.0) * more
        timed = [s for s in task.steps if s.kind in (StepKind.RUN, StepKind.STRIDE) and s.seconds is not None]
        running = minutes
        if timed and all(s.seconds is not None for s in task.steps):
            running = min(minutes, sum((s.seconds or 0.0) * s.repeat for s in timed) / 60 * more)
        metres = task.metres * more if task.metres is not None else minutes * r.pace_m_min * 0.9
        tags = frozenset({_TAGS[task.kind]}) if task.kind in _TAGS else frozenset[Tag]()
        if strides:  # they end the run of the day
            tags |= {Tag.STRIDES}
        if how is Obedience.EAGER and rng.random() < 0.1:
            tags |= {Tag.HILLS}
        self._ran(index, metres, minutes, running, tags, task.start_min or _EVENING_MIN)

    def _free_run(self, index: int, metres: float, tags: frozenset[Tag]) -> None:
        minutes = metres / self.runner.pace_m_min
        self._ran(index, metres, minutes, minutes, tags, 7 * 60)

    def _ran(
        self, index: int, metres: float, minutes: float, running: float, tags: frozenset[Tag], start_min: int
    ) -> None:
        r, rng, on = self.runner, self.rng, self.day(index)
        fast = bool(tags & {Tag.HILLS, Tag.SPEED, Tag.RACE})
        easy_km = running * r.pace_m_min / 1000 * (1.5 if fast else 1.0)
        for sore in r.sores:
            self.pain_in_run[sore.start.id] = sore.tissue.run(easy_km, rng)
        ran = session(f"log-{self._id()}", on, start_min, Sport.RUN, metres, minutes,
                      running if rng.random() < 0.7 else None, rng.choice((None, metres * 0.01)), tags)  # fmt: skip
        self._log(index, ran)

    def _log(self, index: int, ran: Any) -> None:
        if self.rng.random() < self.runner.habits.late_file:
            self.told.later(index + self.rng.choice((2, 5, 9)), lambda: self.told.add_run(ran))
        else:
            self.told.add_run(ran)

    def _exercise(self, index: int, task: Task) -> None:
        r, rng, on = self.runner, self.rng, self.day(index)
        ends = index * 1440 + (task.start_min or _EVENING_MIN) + (task.minutes or 20.0)
        truth = {s.start.id: s.tissue for s in r.sores}
        done = []
        for e in task.exercises:
            tissue = truth.get(e.plan)
            if tissue is None:
                continue
            effort = {"effort": 1.0, "moderate": 0.6}.get(e.dose.weight.value, 0.2)
            pain = tissue.exercise(effort, rng)
            known = self.knowledge.exercises[e.exercise]
            if known.heavy_calf and effort >= 0.6:
                self.heavy_calf.append(ends)
            sets = e.dose.sets if rng.random() < 0.9 else max(1, e.dose.sets - 1)
            easy = None if rng.random() < 0.3 else tissue.sore < 2 and rng.random() < 0.6
            done.append(DoneItem(f"done-{self._id()}", e.plan, e.item, on, sets, e.dose.sets,
                                 pain if rng.random() < 0.95 else None, easy))  # fmt: skip
        if rng.random() >= r.habits.ticks:
            return
        for item in done:
            if rng.random() < r.habits.late:
                self.told.later(index + rng.choice((1, 3, 6)), lambda item=item: self.told.add_done(item))  # type: ignore[misc]
            else:
                self.told.add_done(item)

    def _asked_tests(self, index: int, decision: Decision) -> None:
        """Once in four days she does what the gates still miss."""
        if index % 4:
            return
        missing = dict.fromkeys(m for p in decision.plan for m in (*p.gate_missing, *p.ready_missing))
        self._test(index, [m.removeprefix("test:") for m in missing if m.startswith("test:")])

    def _test(self, index: int, names: Iterable[str]) -> None:
        r, rng, on = self.runner, self.rng, self.day(index)
        sore = max((s.tissue.sore for s in r.sores), default=0.0)
        side = r.sores[0].start.side if r.sores else None
        for name in names:
            if rng.random() >= r.habits.tests:
                continue
            known = self.knowledge.tests[name]
            full = known.target if known.target is not None else min(known.maximum, 20.0)
            well = max(0.2, 1.1 - 0.12 * sore + rng.gauss(0, 0.04) + 0.002 * index)
            left: float | None = None
            right: float | None = None
            value: float | None = None
            if known.better is Better.PASSED:
                good, bad = 1.0, float(sore < 2.0)
            elif known.better is Better.PAIN_FREE:
                good, bad = 0.0, max(0.0, round(sore - 1.0))
            else:
                good = min(known.maximum, round(full * 1.1, 1))
                bad = min(known.maximum, max(known.minimum, round(full * well, 1)))
            if known.sided:
                left, right = (bad, good) if side is Side.LEFT else (good, bad)
                if rng.random() < 0.05:
                    left = None
            else:
                value = bad
            pain = None if rng.random() < 0.2 else max(0.0, round(sore * 0.6))
            result = Measured(f"test-{self._id()}", name, on, left, right, value, pain)
            if rng.random() < r.habits.late:
                self.told.later(index + 3, lambda result=result: self.told.add("tests", result))  # type: ignore[misc]
            else:
                self.told.add("tests", result)

    # what she tells

    def _evening(self, index: int) -> None:
        r, rng, on = self.runner, self.rng, self.day(index)
        if rng.random() < r.habits.evening:
            for sore in r.sores:
                if sore.told <= index + 3:
                    self._tell(index, self._evening_entry(sore, on))
        if self._needed_answers and index % 5 == 2 and rng.random() < r.habits.answers:
            self._answer(on)

    def _evening_entry(self, sore: Sore, on: date) -> Entry:
        rng, tissue = self.rng, sore.tissue
        ran = self.pain_in_run.get(sore.start.id)
        felt = tissue.felt(rng)
        id_, now = f"e{self._id()}", at(on, 20, UTC)
        if felt == 0 and not ran and rng.random() < 0.4:
            return Entry(id_, on, now)
        worst = max(felt, ran or 0.0)
        answers = Answers(
            pain_start=None if ran is None else min(ran, max(0.0, ran - 1)),
            pain_max=ran,
            pain_end=None if ran is None else ran,
            pain_evening=felt,
            limp=(worst >= 6 and rng.random() < 0.25) if rng.random() < 0.95 else None,
            swelling=(worst >= 5 and rng.random() < 0.04) if rng.random() < 0.9 else None,
            quality=None if worst < 4 else Quality.SHARP if rng.random() < 0.05 else rng.choice((None, Quality.DULL)),
            night_pain=(worst >= 6 and rng.random() < 0.05) if rng.random() < 0.9 else None,
            # most warning signs end with a clear no, so she gives it now and then
            feels_wrong=True if rng.random() < 0.001 else False if worst < 3 and rng.random() < 0.6 else None,
            pain_at_rest=False if worst < 4 and rng.random() < 0.6 else None,
            pop=True if worst >= 5 and rng.random() < 0.005 else None,
            bone_spot_tender=(worst >= 5 and rng.random() < 0.02) if rng.random() < 0.3 else None,
            findings=(("hop_pain", worst >= 4), ("walk_pain", worst >= 5)) if rng.random() < 0.8 else (),
        )
        return Entry(id_, on, now, sore.start.site, sore.start.side, Moment.EVENING, answers=answers)

    def _morning(self, index: int) -> None:
        """Of yesterday, said today."""
        r, rng = self.runner, self.rng
        on = self.day(index - 1)
        if rng.random() >= r.habits.morning:
            return
        for sore in r.sores:
            if sore.told > index + 3:
                continue
            felt = sore.tissue.felt(rng)
            worse = felt > 3 and rng.random() < 0.5
            answers = Answers(
                pain_morning=felt,
                stiffness=Stiffness.WORSE if worse else rng.choice((Stiffness.SAME, Stiffness.BETTER, None)),
                baseline_by_24h=not worse if rng.random() < 0.95 else None,
                limp_first_steps=felt >= 6 and rng.random() < 0.15,
                night_pain=(felt >= 6 and rng.random() < 0.05) if rng.random() < 0.9 else None,
            )
            entry = Entry(f"e{self._id()}", on, at(self.day(index), 7, UTC), sore.start.site, sore.start.side,
                          Moment.NEXT_MORNING, answers=answers)  # fmt: skip
            self._tell(index, entry)

    def _tell(self, index: int, entry: Entry) -> None:
        rng, told, habits = self.rng, self.told, self.runner.habits
        if told.entries and rng.random() < habits.corrects and entry.site is not None:
            same = next((e for e in reversed(told.entries) if e.on == entry.on and e.site == entry.site), None)
            if same is not None:
                entry = replace(entry, corrects=same.id)
        if rng.random() < habits.late:
            told.later(index + rng.choice((1, 2, 6)), lambda: told.add_entry(entry))
        else:
            told.add_entry(entry)

    def _answer(self, on: date) -> None:
        rng, told = self.rng, self.told
        sore = max(s.tissue.sore for s in self.runner.sores)
        for key in self._needed_answers:
            if rng.random() < 0.1:
                continue
            value: float | bool | str = sore < 2.5
            if key == "says_healed_percent":
                value = float(max(0, round(100 - 12 * sore)))
            elif key == "says_goal_load_weeks":
                value = 0.0
            elif key in _BAD:
                value = sore > 2.5
            elif key in ("imaged", "bone_risk"):
                continue
            told.add("answers", PlanAnswer(key, on, value))

    def _seen_to(self, today: Today, site: str, side: Side | None) -> None:
        """She went, and was let go on: a clearance after the warning sign."""
        self.seen.append(Clearance(today.on, "doctor", site, side))
        self.told.add("answers", PlanAnswer("says_professional_seen", today.on, True))

    def _count(self, today: Today) -> None:
        counts, decision = self.out.counts, today.decision
        counts["days"] += 1
        counts[f"light_{decision.light.value}"] += 1
        counts["weeks"] += today.solved is not None
        for line in decision.plan:
            counts["plan_days"] += 1
            counts[f"phase_{int(line.phase)}"] += 1
            counts[f"status_{line.status.value}"] += 1
            if line.locked == "red_flag" and self.rng.random() < 0.1:
                self._seen_to(today, line.site, line.side)
            if line.see and self.rng.random() < 0.08:
                self.told.add("answers", PlanAnswer("says_professional_seen", today.on, True))
        counts["half_starts"] += sum(s.half_since == today.on for s in today.states.values())
        counts["run_tasks"] += sum(t.kind in RUN_KINDS and t.allowed and not t.done for t in decision.tasks)
        counts["tasks"] += len(decision.tasks)


_BAD: Final = frozenset(
    {"says_tender", "says_careful_voice", "says_swollen", "says_giving_way", "says_locking", "says_numb", "says_brace"}
)


_NAMES: dict[str, frozenset[str]] = {}


def _said_names(condition: str, knowledge: Knowledge) -> frozenset[str]:
    """What only she can say and a gate of the plan asks."""
    if condition not in _NAMES:
        protocol = knowledge.protocols[condition]
        criteria = [c for p in protocol.phases for c in p.gate] + list(protocol.readiness)
        if protocol.ladder:
            criteria += knowledge.ladders[protocol.ladder].readiness
        names = {n for c in criteria for n in c.when.names if n.startswith("says_")}
        _NAMES[condition] = frozenset(names | {"says_confident", "says_careful_voice"})
    return _NAMES[condition]


def simulate(
    runner: Runner, seed: int, knowledge: Knowledge, watch: Watch, engine: Engine, searched: Searched
) -> Season:
    return Life(runner, seed, knowledge, engine, searched).live(watch)


__all__ = ["Engine", "Life", "PlanStart", "Season", "Today", "Watch", "simulate"]
