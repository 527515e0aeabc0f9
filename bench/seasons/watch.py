"""The invariants. Each watcher looks at what was known and at what niggle said, and reaches its own verdict.

A watcher takes one day and yields (invariant, in words) for what must never be. It keeps its own memory of the season.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from bench.seasons import know
from bench.seasons.season import Today
from niggle.core.body import SITES
from niggle.core.exercise import Exercise
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS, ItemKind, Placed, PlanStart
from niggle.core.protocol import TEST_FACT_ENDINGS, Group
from niggle.core.today import Activity, Decision, Task
from niggle.core.when import AtLeast, Compare, Is, Not, OneOf, When

K, A = ItemKind, Activity
Found = Iterator[tuple[str, str]]
RUN_ACTIVITIES: Final = frozenset({A.EASY_RUN, A.LONG_RUN, A.SPEED, A.HILLS, A.DOWNHILL})
FAST: Final = frozenset({K.HILLS, K.SPEED, K.PLYOMETRICS})
CALF_HOURS: Final = 36.0
FRESH_DAYS: Final = 7  # an older word gives no light
WORD_DAYS: Final = 7  # windows of gates
SETTLE_DAYS: Final = 14  # the last step of a ladder is kept for so long
TINY_MIN: Final = 30.0  # minutes a week
BREAK_SHARE: Final = 0.75  # the most of a former week that a break of a week or more leaves
HALF_OFF_DAYS: Final = 14  # the longest break after which half a week may come at once
NO_TASK: Final = frozenset({"emergency", "ill", "red", "cannot_say", "locked", "rest", "all_done"})


def run_tasks(decision: Decision) -> list[Task]:
    """Runs that are to be done today."""
    return [t for t in decision.tasks if t.kind in RUN_KINDS and t.allowed and not t.done]


def may_run(decision: Decision) -> bool:
    return bool(RUN_ACTIVITIES.intersection(decision.allowed)) or bool(run_tasks(decision))


def planned_now(today: Today) -> tuple[Placed, ...]:
    """What a calendar made today holds from today on."""
    if today.solved is None:
        return ()
    return tuple(p for p in today.solved.week.placed if p.on >= today.on and not p.done)


class Watchers:
    """All of them over one season."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.told = know.Told()
        self.knowledge = knowledge
        self._lines: dict[str, tuple[int, date]] = {}  # plan -> phase, since
        self._jumps: dict[str, set[tuple[str, str]]] = {}
        self._steps: dict[str, int] = {}  # plan -> its last step on the ladder
        self._greens: dict[str, int] = {}  # plan -> final greens at its last step forward
        self._statuses: dict[str, str] = {}
        self._halves: dict[str, date] = {}  # plan -> the day on which running came back by half a week
        self._stepped: set[str] = set()  # plans that were on a ladder
        self._offered: dict[ItemKind, date] = {}
        self._had: dict[ItemKind, date] = {}
        self._read = 0
        self.each: tuple[Callable[[Today], Found], ...] = (
            self.run_on_red,
            self.step_without_green,
            self.gate_on_unknown,
            self.fast_after_heavy_calf,
            self.two_new_stressors,
            self.week_growth,
            self.contraindicated,
            self.bone_without_clearance,
            self.professional_at_deadline,
            self.plan_or_reason,
            self.alternate_days,
            self.runs_when_ill,
            self.half_start,
            self.one_run_a_day,
        )

    def __call__(self, today: Today) -> Iterable[tuple[str, str]]:
        self.told.read(today.case)
        found = [hit for watcher in self.each for hit in watcher(today)]
        self._remember(today)
        return found

    def _remember(self, today: Today) -> None:
        for line in today.decision.plan:
            self._lines[line.plan] = (int(line.phase), line.phase_since)

    # 1

    def run_on_red(self, today: Today) -> Found:
        """Never a run on red or without a light, by niggle's own light and by what she said."""
        d, name = today.decision, "run_on_red"
        if not d.plan:
            if d.light in (Light.RED, Light.CANNOT_SAY) and may_run(d):
                yield name, f"{d.light} without a plan, and running is allowed"
            return
        runs = may_run(d)
        if runs and d.light in (Light.RED, Light.CANNOT_SAY):
            yield name, f"{d.light}: {[t.kind.value for t in run_tasks(d)]} {[a.value for a in d.allowed]}"
        newest = self.told.newest
        if runs and (newest is None or (today.on - newest).days > FRESH_DAYS):
            yield name, f"the newest word is of {newest}"
        if runs and newest is not None:
            for plan in today.case.plan.open_plans(today.on):
                days = (newest, today.on) if newest != today.on else (newest,)
                if any(self.told.red_word(plan, day) for day in days):
                    yield name, f"a limp or 7 and more at {plan.site} is the newest word"
        if d.light is Light.RED and any(p.item.kind in RUN_KINDS for p in planned_now(today)):
            yield name, "a calendar made on red holds runs"

    # 2

    def step_without_green(self, today: Today) -> Found:
        """A step forward only with final greens for the sessions that earned it."""
        name = "step_without_green"
        for line in today.decision.plan:
            step, before = line.step, self._steps.get(line.plan, 0)
            if step is None or line.ladder is None:
                continue  # paused: the step that was earned is kept
            self._steps[line.plan] = step
            if step <= 1 or step <= before:
                continue
            ladder = self.knowledge.ladders[line.ladder]
            passed = [s for s in ladder.steps[: step - 1] if not s.walk_only]
            start = next(s for s in today.case.plan.starts if s.id == line.plan)
            greens = [day for day in self._run_days(today, start) if self.told.maybe_final_green(start, day)]
            if len(greens) < len(passed) * ladder.times_each:
                yield name, f"{line.plan} is at step {step} of {line.ladder} with {len(greens)} final greens"
            elif passed and not today.late and len(greens) <= self._greens.get(line.plan, -1):
                yield name, f"{line.plan} went to step {step} of {line.ladder} without a new green since the last step"
            self._greens[line.plan] = len(greens)

    def _run_days(self, today: Today, start: PlanStart) -> list[date]:
        """Days on which she ran, by the log or by her word, since the plan began."""
        history = today.case.history
        days = {int(x) for x, run in zip(history.day, history.is_run, strict=True) if run}
        ran = [date.fromordinal(n) for n in sorted(days) if n >= start.on.toordinal()]
        # a word about a run at one place tells of the run for the other plan's place too
        told = [e.on for e in today.case.entries if e.answers.pain_max is not None or e.answers.pain_start is not None]
        return sorted({d for d in (*ran, *told) if start.on <= d < today.on})

    # 3

    def gate_on_unknown(self, today: Today) -> Found:
        """A phase forward only where every criterion of the gate could be known on that day."""
        for line in today.decision.plan:
            before = self._lines.get(line.plan)
            phase = int(line.phase)
            if before is None or phase <= before[0] or phase < 2:
                continue
            start = next(s for s in today.case.plan.starts if s.id == line.plan)
            protocol = self.knowledge.protocols[line.condition]
            for criterion in protocol.phases[phase - 2].gate:
                if not self._known(criterion.when, today, start, line.phase_since):
                    yield "gate_on_unknown", f"{line.condition} to {phase} on {line.phase_since}: {criterion.id}"

    def _known(self, when: When, today: Today, start: PlanStart, on: date) -> bool:
        match when:
            case AtLeast(count, terms):
                return sum(self._known(t, today, start, on) for t in terms) >= count
            case Not(term):
                return self._known(term, today, start, on)
            case Is(name) | Compare(name, _, _) | OneOf(name, _):
                return self._fact_known(name, today, start, on)
        return True

    def _fact_known(self, name: str, today: Today, start: PlanStart, on: date) -> bool:
        if name.startswith("says_"):
            return know.answered(today.case, name, on)
        for ending in TEST_FACT_ENDINGS:
            test = name.removesuffix(ending)
            if name.endswith(ending) and test in self.knowledge.tests:
                return know.measured(today.case, test, on, self.knowledge)
        if name == "calf_gate":
            return all(know.measured(today.case, t, on, self.knowledge) for t in ("calf_raise", "calf_hold"))
        if name in ("settled_days", "green_days", "pain_worst_3d", "pain_daily_3d"):
            return self.told.any_of(start, on, 4)
        if name.endswith("_7d") and not name.startswith("exercise"):
            return self.told.any_of(start, on, WORD_DAYS)
        if name == "exercise_pain_worst_7d":
            return any(
                d.plan == start.id and 0 <= (on - d.on).days < WORD_DAYS and d.pain is not None
                for d in today.case.plan.done
            )
        return True

    # 4

    def fast_after_heavy_calf(self, today: Today) -> Found:
        """Hills, speed and plyometrics of their own: 36 hours after the end of heavy calf work, planned or done."""
        name, begin = "fast_after_heavy_calf", today.runner.first
        planned = planned_now(today)
        heavy = [(e, "done") for e in today.heavy_calf_min if self._told_of_calf(today, e)]
        heavy += [(_start(p, begin) + p.item.minutes, p.item.id) for p in planned if self._heavy_calf(p, today)]
        for p in planned:
            if p.item.kind not in FAST:
                continue
            starts = _start(p, begin)
            for ends, what in heavy:
                if ends <= starts + 1 and starts - ends < CALF_HOURS * 60 - 1:
                    yield name, f"{p.item.kind.value} on {p.on} {(starts - ends) / 60:.1f} h after {what}"
        for task in today.decision.tasks:
            if task.kind not in FAST or not task.allowed or task.done:
                continue
            starts = today.index * 1440 + (18 * 60 if task.start_min is None else task.start_min)
            for ends, _ in heavy:
                if ends <= starts and starts - ends < CALF_HOURS * 60 - 1:
                    yield name, f"task {task.kind.value} {(starts - ends) / 60:.1f} h after heavy calf work"
        allowed = {A.SPEED, A.HILLS, A.PLYOMETRICS}.intersection(today.decision.allowed)
        late = [e for e in today.heavy_calf_min if e // 1440 >= today.index - 1 and self._told_of_calf(today, e)]
        if allowed and late and today.decision.plan:
            yield name, f"{sorted(allowed)} allowed on the day of heavy calf work or the day after it"

    def _told_of_calf(self, today: Today, ends_min: float) -> bool:
        """She ticked heavy calf work of that day."""
        on = today.runner.first + timedelta(minutes=ends_min)
        return any(d.on == on and self._is_heavy_calf(d.plan, d.item, today) for d in reversed(today.case.plan.done))

    def _is_heavy_calf(self, plan: str, item: str, today: Today) -> bool:
        start = next((s for s in today.case.plan.starts if s.id == plan), None)
        if start is None:
            return False
        protocol = self.knowledge.protocols[start.condition]
        for phase in protocol.phases:
            for i in phase.items:
                if i.id == item:
                    return i.dose.weight.value in ("effort", "moderate") and self._calf(i.exercise)
        return False

    def _calf(self, exercise: str) -> bool:
        return self.knowledge.exercises[exercise].heavy_calf

    def _heavy_calf(self, p: Placed, today: Today) -> bool:
        return p.item.heavy_calf

    # 5

    def two_new_stressors(self, today: Today) -> Found:
        """With a plan open, at most one kind of fast or springy work comes (back) in seven days."""
        self._note_log(today)
        if not today.decision.plan:
            return
        fresh = {k: d for k, d in self._offered.items() if (today.on - d).days < 7}
        for p in planned_now(today):
            kind = p.item.kind
            if p.item.new_stressor is None and kind not in (K.STRIDES, K.HILLS, K.SPEED, K.PLYOMETRICS):
                continue
            had = self._had.get(kind)
            if had is not None and (p.on - had).days <= 35:
                continue
            if kind not in self._offered or (today.on - self._offered[kind]).days > 35:
                fresh[kind] = p.on
                self._offered[kind] = p.on
        if len(fresh) > 1 and today.solved is not None:
            days = sorted(fresh.values())
            if any((b - a).days < 7 for a, b in pairwise(days)):
                yield "two_new_stressors", f"{ {k.value: str(d) for k, d in fresh.items()} }"
        opened = [(o.on, o.element.value) for s in today.states.values() for o in s.opened]
        for s in today.states.values():
            own = sorted(o.on for o in s.opened)
            if any((b - a).days < 7 for a, b in pairwise(own)):
                yield "two_new_stressors", f"opened {sorted(opened)}"

    def _note_log(self, today: Today) -> None:
        """When each kind was last done: by the log's tags, and jumps by their ticks. Anything fast covers strides."""
        for d in today.case.plan.done[-12:]:
            if not d.skipped and (d.plan, d.item) in self._springs(today):
                self._had[K.PLYOMETRICS] = max(d.on, self._had.get(K.PLYOMETRICS, d.on))
        history = today.case.history
        if len(history) == self._read:
            return
        self._read = len(history)
        for i in range(max(0, len(history) - 30), len(history)):
            for tag in history.tags[i]:
                kind = _KIND_OF.get(tag.value)
                if kind is not None:
                    day = date.fromordinal(int(history.day[i]))
                    for done in {kind, K.STRIDES} - ({K.STRIDES} if kind is K.PLYOMETRICS else set()):
                        self._had[done] = max(day, self._had.get(done, day))

    def _springs(self, today: Today) -> set[tuple[str, str]]:
        """(plan, item) of jumps, of the plans that were ever started."""
        for start in today.case.plan.starts:
            if start.id not in self._jumps:
                phases = self.knowledge.protocols[start.condition].phases
                self._jumps[start.id] = {(start.id, i.id) for p in phases for i in p.items if i.group is Group.SPRING}
        return set().union(*self._jumps.values())

    # 6

    def week_growth(self, today: Today) -> Found:
        """Planned metres of the week: not above the largest of the last four weeks and ten per cent.

        A tiny reference (less than half an hour a week) has no percentages: half an hour, or twice the tiny week.
        """
        if today.solved is None or not today.decision.plan:
            return
        runs = [p.item for p in planned_now(today) if p.item.kind in RUN_KINDS and p.item.kind is not K.RACE]
        if not runs or any(i.kind is K.RUN_WALK for i in runs):
            return  # on a ladder its steps rule
        if self._settling(today) and len(runs) <= 3:
            return  # and right after it its last step, for runs of that length
        planned = sum(i.metres or 0.0 for i in runs)
        start = today.solved.week.start
        done = _metres(today, start, today.on - timedelta(days=1))
        before = [_metres(today, start - timedelta(days=7 * n), start - timedelta(days=7 * n - 6)) for n in range(1, 5)]
        if max(before) <= 0:
            return  # a start from nothing has no growth
        pace = today.runner.pace_m_min
        eight = [_metres(today, start - timedelta(days=7 * n), start - timedelta(days=7 * n - 6)) for n in range(1, 9)]
        tiny = max((m for m in eight if m < TINY_MIN * pace * 1.3), default=0.0)
        most = max(max(before) * 1.10, TINY_MIN * pace * 1.3 if tiny else 0.0, 2 * tiny)
        if before[0] <= 0:  # a week without a run: after a break the way back is a share of the old week
            most = max(most, BREAK_SHARE * max(eight))
        if planned + done > max(most, done) * 1.001 + 100:
            yield "week_growth", f"{planned + done:.0f} m planned and done, at most {most:.0f} m"

    def _settling(self, today: Today) -> bool:
        """The ladder was done in the last two weeks, and every run planned is within its last step."""
        runs = [p.item for p in planned_now(today) if p.item.kind in RUN_KINDS and p.item.kind is not K.RACE]
        longest_min, longest_m = max(i.minutes for i in runs), max(i.metres or 0.0 for i in runs)
        for line in today.decision.plan:
            state = today.states.get(line.plan)
            if state is None or line.ladder is None or state.ladder_done is None:
                continue
            last = next(s for s in reversed(self.knowledge.ladders[line.ladder].steps) if s.add is None)
            if last.metres is not None:
                within = longest_m <= last.metres
            else:
                within = longest_min <= (last.minutes or 0.0) * 1.15 + 1
            if (today.on - state.ladder_done).days <= SETTLE_DAYS and within:
                return True
        return False

    # 7

    def contraindicated(self, today: Today) -> Found:
        """No exercise that an open condition forbids in its phase, unless it was cleared."""
        phases = {line.condition: int(line.phase) for line in today.decision.plan}
        plans = today.case.plan.open_plans(today.on)
        for task in today.decision.tasks:
            if not task.allowed or task.done:
                continue
            names = [e.exercise for e in task.exercises] + ([task.mode] if task.mode else [])
            for exercise in (self.knowledge.exercises[n] for n in names if n in self.knowledge.exercises):
                for plan in plans:
                    why = self._forbidden(exercise, plan, phases.get(plan.condition, 1), today)
                    if why is not None:
                        yield "contraindicated", f"{exercise.id} with {plan.condition} in {phases}: {why}"

    def _forbidden(self, exercise: Exercise, plan: PlanStart, phase: int, today: Today) -> str | None:
        tissue = self.knowledge.conditions[plan.condition].tissue_class
        for contra in exercise.contraindications:
            named = contra.condition == plan.condition if contra.condition else contra.tissue_class is tissue
            if not named or (contra.phases and min(phase, 4) not in contra.phases):
                continue
            if contra.until_cleared and know.cleared(today.case.profile, plan, today.on):
                continue
            return contra.because
        return None

    # 8

    def bone_without_clearance(self, today: Today) -> Found:
        """A plan that needs a clearance (and an image), or a bone site of high risk: no run before it is on record."""
        planned = any(p.item.kind in RUN_KINDS and p.item.kind is not K.RACE for p in planned_now(today))
        if not (planned or may_run(today.decision)):
            return
        for plan in today.case.plan.open_plans(today.on):
            wanted = know.needs(plan, self.knowledge)
            bone = self.knowledge.protocols[plan.condition].tissue_class.value == "bone"
            if wanted == {"nothing"} and not (bone and plan.site in SITES and SITES[plan.site].bone_risk):
                continue
            said = "planned" if planned else "allowed"
            if "no_plan" in wanted:
                yield "bone_without_clearance", f"{plan.condition} has no plan, and a run is {said}"
            elif not know.cleared(today.case.profile, plan, today.on):
                yield "bone_without_clearance", f"{plan.condition} is not cleared, and a run is {said}"
            elif "imaging_and_clearance" in wanted and not know.imaged(today.case, plan):
                yield "bone_without_clearance", f"{plan.condition} has no image, and a run is {said}"

    # 9

    def professional_at_deadline(self, today: Today) -> Found:
        """Once a deadline has passed, and its way out is certainly not there, its professionals are named."""
        for line in today.decision.plan:
            start = next(s for s in today.case.plan.starts if s.id == line.plan)
            for deadline in self.knowledge.protocols[line.condition].deadlines:
                if deadline.phase is None:
                    since = start.on + timedelta(days=deadline.after_days)
                elif int(deadline.phase) == int(line.phase):
                    since = line.phase_since + timedelta(days=deadline.after_days)
                else:
                    continue
                if since > today.on or _seen(today, since):
                    continue
                if deadline.unless is not None and self._maybe(deadline.unless, today, start, line.step):
                    continue
                if not set(deadline.see) <= set(line.see):
                    yield "professional_at_deadline", f"{line.condition} {deadline.id} since {since}: {line.see}"

    def _maybe(self, when: When, today: Today, start: PlanStart, step: int | None) -> bool:
        """Whether the condition might be true; False only where the raw facts rule it out."""
        match when:
            case AtLeast(count, terms):
                return sum(self._maybe(t, today, start, step) for t in terms) >= count
            case Compare("continuous_min", ">=", value):
                return self._longest_min(today) >= value
            case Compare("ladder_step", ">=", value):
                return (step or 0) >= value
            case Compare("pain_daily_3d", "<=", value):
                worst = self.told.worst_daily(start, today.on, 3)
                quiet = any(self.told.quiet(today.on - timedelta(days=n)) for n in range(3))
                return (worst is not None or quiet) and (worst is None or worst <= value)
            case Is("cleared"):
                return know.cleared(today.case.profile, start, today.on)
            case _:
                return True

    def _longest_min(self, today: Today) -> float:
        h = today.case.history
        first = today.on.toordinal() - 13
        minutes = [float(s) / 60 for s, d, run in zip(h.moving_s, h.day, h.is_run, strict=True) if run and d >= first]
        return max(minutes, default=0.0) + 1e-6

    # 10

    def plan_or_reason(self, today: Today) -> Found:
        """With a plan open: something to do, or a named reason why not; and every 'not' has a reason too."""
        d, name = today.decision, "plan_or_reason"
        wanted = {s.id for s in today.case.plan.open_plans(today.on) if s.condition in self.knowledge.protocols}
        if wanted != {line.plan for line in d.plan}:
            yield name, f"open {sorted(wanted)}, told of {[line.plan for line in d.plan]}"
        if not d.plan:
            return
        todo = {t.id for t in d.tasks if t.allowed and not t.done}
        if not todo and d.no_task not in NO_TASK:
            yield name, f"nothing to do and no reason: {d.no_task}"
        for line in d.plan:
            if line.nothing is None and not todo.intersection(line.tasks):
                yield name, f"{line.plan}: nothing to do and no reason"
            if line.nothing is not None and line.nothing not in NO_TASK:
                yield name, f"{line.plan}: no such reason {line.nothing!r}"
        for task in d.tasks:
            if not task.allowed and not task.done and not task.because:
                yield name, f"{task.kind.value} is not allowed and nobody says why"
        solved = today.solved
        empty = solved is not None and not planned_now(today) and not solved.left_out and solved.week.last > today.on
        if solved is not None and empty and solved.named is None:
            yield name, "an empty calendar without a reason"

    # more

    def alternate_days(self, today: Today) -> Found:
        """A ladder that wants a day between runs gets it."""
        yesterday = today.on.toordinal() - 1
        if not run_tasks(today.decision):
            return
        h = today.case.history
        ran = any(int(d) == yesterday and run for d, run in zip(h.day[-6:], h.is_run[-6:], strict=True))
        for line in today.decision.plan:
            if ran and line.step and line.ladder and self.knowledge.ladders[line.ladder].every_other_day:
                yield "alternate_days", f"{line.condition}: a run today after one yesterday"

    def runs_when_ill(self, today: Today) -> Found:
        away = today.case.plan.away(today.on)
        closed = away is not None and (away.kind.value == "illness" or away.no_running)
        if today.decision.plan and closed and run_tasks(today.decision):
            yield "runs_when_ill", "a run on a day on which she is ill, or away from running"

    def one_run_a_day(self, today: Today) -> Found:
        """With a plan open a day has one run at most, and the strides at its end."""
        if not today.decision.plan:
            return
        runs = [t for t in run_tasks(today.decision) if t.kind is not K.STRIDES]
        if len(runs) > 1:
            yield "one_run_a_day", f"{[t.kind.value for t in runs]} asked for"
        days = [p.on for p in planned_now(today) if p.item.kind in RUN_KINDS and p.item.kind is not K.STRIDES]
        if len(days) > len(set(days)):
            yield "one_run_a_day", f"planned on {sorted(str(d) for d in days)}"

    def half_start(self, today: Today) -> Found:
        """Back by half a week: light cases after a short break only, half a usual week in the first seven days, then a
        tenth more each week, a day between runs, and nothing fast or long in the first week."""
        name = "half_start"
        for line in today.decision.plan:
            was, now = self._statuses.get(line.plan), line.status.value
            self._statuses[line.plan] = now
            if now == "ladder":
                self._stepped.add(line.plan)
            start = next(s for s in today.case.plan.starts if s.id == line.plan)
            if now != "building":
                began = self._halves.pop(line.plan, None)
                if began is not None and (today.on - began).days >= SETTLE_DAYS - 1:
                    self._stepped.add(line.plan)  # as after a ladder: a later pause resumes where it was
            elif was == "paused" and line.ladder is not None and line.plan not in self._stepped and not today.late:
                if not start.half_start:
                    yield name, f"{line.condition} came back without a ladder, and nobody wished it"
                    continue
                # what opened it may have been said on the evening before
                self._halves[line.plan] = today.on - timedelta(days=1)
                if not know.light_case(start, self.knowledge):
                    yield name, f"{line.condition} grade {start.grade} is no light case"
                off = self._days_off(today, start) - 1  # on that evening
                if off > HALF_OFF_DAYS:
                    yield name, f"{line.condition} after {off} days off"
            since = self._halves.get(line.plan)
            if since is not None:
                yield from self._half_week(today, start, since)

    def _days_off(self, today: Today, start: PlanStart) -> int:
        """Days since the last run before today, by the log or by her word, at least."""
        h = today.case.history
        days = [int(d) for d, run in zip(h.day, h.is_run, strict=True) if run and int(d) < today.on.toordinal()]
        days += [d.toordinal() for d in self._run_days(today, start)]
        said = [] if start.last_run_on is None else [start.last_run_on.toordinal()]
        return today.on.toordinal() - max((*days, *said), default=0)

    def _half_week(self, today: Today, start: PlanStart, since: date) -> Found:
        weeks = (today.on - since).days // 7
        most = know.usual_week_m(today.case, start) / 2 * 1.1**weeks
        if most >= know.usual_week_m(today.case, start):
            return
        runs = run_tasks(today.decision)
        done = _metres(today, today.on - timedelta(days=6), today.on)
        asked = sum(t.metres or 0.0 for t in runs if t.kind is not K.STRIDES)
        if runs and done + asked > most * 1.001 + 1:
            yield "half_start", f"{done:.0f} m done and {asked:.0f} m asked for, {most:.0f} m is the most"
        if weeks == 0 and {A.SPEED, A.HILLS, A.LONG_RUN, A.PLYOMETRICS}.intersection(today.decision.allowed):
            yield "half_start", f"{today.decision.allowed} in the first week"
        h = today.case.history
        yesterday = today.on.toordinal() - 1
        if weeks == 0 and runs and any(int(d) == yesterday and r for d, r in zip(h.day, h.is_run, strict=True)):
            yield "half_start", "a run on the day after another in the first week"
        planned = [p.item for p in planned_now(today) if p.item.kind in RUN_KINDS and p.item.kind is not K.RACE]
        metres = sum(i.metres or 0.0 for i in planned)
        if metres > most * 1.001 + 1:
            yield "half_start", f"{metres:.0f} m planned, {most:.0f} m is the most"


_KIND_OF: Final = {"strides": K.STRIDES, "hills": K.HILLS, "speed": K.SPEED, "sprint": K.SPEED, "race": K.SPEED,
                   "plyometric": K.PLYOMETRICS}  # fmt: skip


def _start(p: Placed, begin: date) -> float:
    return (p.on - begin).days * 1440.0 + p.start_min


def _metres(today: Today, first: date, last: date) -> float:
    """Metres run from `first` to `last`."""
    h = today.case.history
    lo, hi = first.toordinal(), last.toordinal()
    return float(
        sum(m for m, d, run in zip(h.distance_m, h.day, h.is_run, strict=True) if run and lo <= d <= hi and m == m)
    )


def _seen(today: Today, since: date) -> bool:
    return any(
        a.key.removeprefix("says_") == "professional_seen" and a.value and a.on >= since
        for a in today.case.plan.answers
    )


INVARIANTS: Final = (
    "run_on_red", "step_without_green", "gate_on_unknown", "fast_after_heavy_calf", "two_new_stressors",
    "week_growth", "contraindicated", "bone_without_clearance", "professional_at_deadline", "plan_or_reason",
    "alternate_days", "runs_when_ill", "half_start", "one_run_a_day", "worse_opens_more", "remembering_changes",
    "round_trip", "refusal",
)  # fmt: skip
