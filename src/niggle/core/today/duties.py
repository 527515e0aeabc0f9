"""Today's tasks: what the calendar holds for the day, or what is due, as far as light, load and plans allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from niggle.core.history import SPORTS
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder import minutes_of, session_steps, strides_of
from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS, Away, ItemKind, Placed, WeekItem, WeekPlan, occasions
from niggle.core.protocol import Element, Running
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.rehab import Prescribed, Prescription, Volume, cross_modes, minutes_of_dose, recovering, run_m
from niggle.core.rehab.week_runs import pace_m_min
from niggle.core.scoreboard import reason
from niggle.core.today.absent import RULES as AWAY_RULES
from niggle.core.today.due import CROSS_SPORTS, due_today
from niggle.core.today.joined import joined_tasks
from niggle.core.today.plans import PlansOfDay, heavy_calf_on, plan_lines, prescriptions_of, recent
from niggle.core.today.tasks import Change, PlanToday, Task
from niggle.core.today.testing import tests_of_day
from niggle.core.today.types import Activity, DayCaps
from niggle.core.units import S_PER_MIN
from niggle.core.values import value

A, K = Activity, ItemKind
_NEEDS: Final[Mapping[ItemKind, Activity]] = {
    K.RUN_LONG: A.LONG_RUN, K.HILLS: A.HILLS, K.SPEED: A.SPEED, K.RACE: A.SPEED, K.STRIDES: A.EASY_RUN,
    K.RUN_EASY: A.EASY_RUN, K.RUN_MEDIUM: A.EASY_RUN, K.RUN_WALK: A.EASY_RUN, K.PLYOMETRICS: A.PLYOMETRICS,
    K.CROSS_TRAINING: A.CROSS_TRAINING, K.WALK: A.WALKING, K.MOBILITY: A.MOBILITY, K.HOME_SET: A.MOBILITY,
    K.STRENGTH_A: A.STRENGTH, K.STRENGTH_B: A.STRENGTH, K.STRENGTH: A.STRENGTH,
}  # fmt: skip
_STRENGTH: Final = (K.STRENGTH_A, K.STRENGTH_B, K.STRENGTH)
_QUIET_ONLY: Final = frozenset({K.STRIDES, K.HILLS, K.SPEED, K.RACE, K.PLYOMETRICS})  # not on a yellow day
_RED_MIN: Final = 30.0
_STRIDES_DAYS: Final = 7  # strides that went well a week ago may be a little faster
_LEAST_MIN: Final = 8.0  # less of a run is not worth the shoes, but for a step of a ladder; heuristic
_CALM_DAYS: Final = 3


@value(frozen=True, slots=True)
class Day:
    """What decides whether a task may be done. because: the reasons that decided the day."""

    on: date
    light: Light
    allowed: frozenset[Activity]
    caps: DayCaps
    because: tuple[Reason, ...]
    knowledge: Knowledge
    plans: PlansOfDay
    given: Mapping[tuple[str, str], Prescribed]
    heavy_calf: date | None
    gentle: bool = False  # one of the first days after an illness


def duties_of_day(
    plans: PlansOfDay | None,
    light: Light,
    allowed: Sequence[Activity],
    limits: DayCaps,
    reasons: Sequence[Reason],
    knowledge: Knowledge,
    silent: bool,
) -> tuple[tuple[PlanToday, ...], tuple[Task, ...], str | None]:
    """What the plans say of the day: lines, tasks, and why there are none. reasons: most weighty first."""
    if plans is None:
        return (), (), None
    due = tests_of_day(plans, knowledge, light is Light.RED)
    if silent:
        return plan_lines(plans, due, (), "emergency", knowledge), (), "emergency"
    because = tuple(r for r in reasons if r.decided or r.weight is Weight.STOP) or tuple(reasons[:1])
    if light is Light.GREEN and plans.runs is not None:
        because = tuple(r for r in reasons if r.decided and r.rule in AWAY_RULES) or plans.runs.reasons or because
    tasks, nothing = tasks_of(
        plans, prescriptions_of(plans, knowledge), due, light, allowed, limits, because[:3], knowledge
    )
    return plan_lines(plans, due, tasks, nothing, knowledge), tasks, nothing if plans.states else None


def tasks_of(
    plans: PlansOfDay,
    prescriptions: Sequence[Prescription],
    due: Sequence[str],
    light: Light,
    allowed: Sequence[Activity],
    caps: DayCaps,
    because: Sequence[Reason],
    knowledge: Knowledge,
) -> tuple[tuple[Task, ...], str | None]:
    """(tasks in the order in which to do them, why there is none to do)."""
    life = plans.life
    on = life.on
    given = {(p.plan, p.item): p for g in prescriptions for p in g.items}
    day = Day(on, light, frozenset(allowed), caps, tuple(because), knowledge, plans, given,
              heavy_calf_on(plans, knowledge, on),
              recovering(life.facts, life.checkins, life.history, on, knowledge) is not None)  # fmt: skip
    away = plans.life.facts.away(on)
    if away is not None and away.kind is Away.ILLNESS:
        return (), "ill"
    week = week_of(plans.life.facts.weeks, on)
    volume = Volume(caps.week_total_m, caps.longest_session_m)
    asked: list[tuple[WeekItem, int | None, bool]]
    if week is not None and (plans.states or week.placed):  # an empty one from before the break says nothing
        asked = [(p.item, p.start_min, p.done) for p in sorted(week.of_day(on), key=_when)]
    else:
        asked = [(item, None, False) for item in due_today(plans, prescriptions, due, volume, knowledge)]
    tasks = ((item, _task(item, start_min, done, day)) for item, start_min, done in asked)
    kept = joined_tasks([(item, task) for item, task in tasks if task is not None])
    return kept, _none_because(kept, day)


def week_of(weeks: Sequence[WeekPlan], on: date) -> WeekPlan | None:
    """The newest calendar that holds the day."""
    return max((w for w in weeks if w.start <= on <= w.last and w.made_on <= on), key=lambda w: w.made_on, default=None)


def _when(placed: Placed) -> tuple[int, str]:
    return placed.start_min, placed.item.id


def _none_because(tasks: Sequence[Task], day: Day) -> str | None:
    if any(t.allowed and not t.done for t in tasks):
        return None
    if tasks and any(t.done for t in tasks) and all(t.done or not t.allowed for t in tasks):
        return "all_done"
    if day.light is Light.RED:
        return "red"
    if day.light is Light.CANNOT_SAY:
        return "cannot_say"
    if any(s.locked for s in day.plans.states) and not tasks:
        return "locked"
    return "rest"


def _task(item: WeekItem, start_min: int | None, done: bool, day: Day) -> Task | None:
    """One item of the week as today's task; None where nothing of it is left."""
    if item.tests:
        return _tests(item, start_min, done, day)
    if item.kind in RUN_KINDS:
        return _run(item, start_min, done, day)
    if item.exercises or item.kind in (*_STRENGTH, K.HOME_SET, K.PLYOMETRICS, K.MOBILITY):
        return _exercises(item, start_min, done, day)
    return _cross(item, start_min, done or _cross_done(day), day)


def _cross(item: WeekItem, start_min: int | None, done: bool, day: Day) -> Task | None:
    """A walk or cross-training, in a mode that every plan that is open today has on its menu: a calendar may be older
    than one of them. Nothing is left of it where none is."""
    ok = _NEEDS.get(item.kind, A.WALKING) in day.allowed
    task = Task(item.id, item.kind, ok, item.minutes, item.metres, start_min, mode=item.mode, plans=item.plans,
                optional=item.optional, done=done, because=() if ok else day.because)  # fmt: skip
    if item.mode is None or done:
        return task
    modes = cross_modes(day.plans.states, day.plans.life, day.knowledge)
    if any(m.exercise == item.mode for m in modes):
        return task
    other = next((m for m in modes if (m.exercise == "walking") == (item.kind is K.WALK)), None)
    if other is None:
        return None
    return replace(task, mode=other.exercise, minutes=other.within(item.minutes))


def _tests(item: WeekItem, start_min: int | None, done: bool, day: Day) -> Task | None:
    """No test on red (ASB-17); hops and other impact only if the pain of the last days is known and low."""
    red = day.light is Light.RED
    known = day.knowledge.tests
    kept = tuple(t for t in item.tests if _calm(day) or t not in known or not known[t].impact)
    if not kept:
        return None
    tests = item.tests if red else kept
    return Task(item.id, K.TEST, not red, _minutes_of(item, tests, day), None, start_min, tests=tests,
                plans=item.plans, done=done, because=day.because if red else ())  # fmt: skip


def _minutes_of(item: WeekItem, tests: Sequence[str], day: Day) -> float:
    """What waits takes no time today."""
    known = day.knowledge.tests
    left, waits = (sum(known[t].minutes for t in some if t in known)
                   for some in (tests, set(item.tests) - set(tests)))  # fmt: skip
    return item.minutes if not waits else max(left, item.minutes - waits)


def _calm(day: Day) -> bool:
    """Green, or yellow with pain that would not make a test void; never without a word of the last days."""
    if day.light is Light.GREEN:
        return True
    scores = [c.score for c in day.plans.life.checkins if 0 <= (day.on - c.on).days < _CALM_DAYS]
    pains = [s for s in scores if s is not None]
    return day.light is Light.YELLOW and bool(pains) and max(pains) <= day.knowledge.number("test_void_pain")


def _run(item: WeekItem, start_min: int | None, done: bool, day: Day) -> Task | None:
    done = done or any(s.day == day.on for s in day.plans.life.sessions)
    base = Task(item.id, item.kind, True, item.minutes, item.metres, start_min, plans=item.plans,
                optional=item.optional, done=done)  # fmt: skip
    if item.kind is K.RACE:
        return _race(base, day)
    if A.EASY_RUN not in day.allowed:
        return _instead_of_run(base, day)
    runs = day.plans.runs
    assert runs is not None
    if runs.mode is Running.LADDER and runs.step is not None:
        return _ladder(base, day)
    task = base
    if item.kind in _QUIET_ONLY:
        out = day.light is not Light.GREEN or day.gentle or _fast_blocked(item, start_min, day)
        if out or _NEEDS[item.kind] not in day.allowed or (item.kind is K.STRIDES and "strides" in runs.out):
            if item.kind is K.STRIDES:
                return replace(task, allowed=False, changes=(Change.STRIDES_OUT,), because=day.because)
            task = replace(task, kind=K.RUN_EASY, changes=(Change.CAPPED,))
        elif item.kind is K.STRIDES:
            task = replace(task, steps=strides_of(day.knowledge, _percent(day)))
    elif _NEEDS[item.kind] not in day.allowed:
        task = replace(task, kind=K.RUN_EASY, changes=(Change.CAPPED,))
    if day.light is Light.YELLOW:
        low, high = day.knowledge.numbers("yellow_volume_drop")
        cut = 1 - (low + high) / 2
        task = replace(task, minutes=_times(task.minutes, cut), metres=_times(task.metres, cut),
                       changes=(*task.changes, Change.VOLUME_CUT))  # fmt: skip
    return _capped(task, day)


def _race(task: Task, day: Day) -> Task:
    """A race is run whole or not at all: no part of it is cut off. The race rule has its say after the day's own."""
    runs = day.plans.runs
    assert runs is not None
    ladder = runs.mode in (Running.LADDER, Running.NONE)
    if day.light is Light.GREEN and A.EASY_RUN in day.allowed and not ladder and not day.gentle:
        return task
    return replace(task, allowed=False, because=runs.reasons if ladder and runs.reasons else day.because)


def _percent(day: Day) -> tuple[int, int] | None:
    """Of top speed: the shares of a ladder that has strides, the first of them until they went well (RTR-R11)."""
    for state in day.plans.states:
        opened = next((o for o in state.opened if o.element is Element.STRIDES), None)
        if state.ladder is None or opened is None:
            continue
        shares = [(s.percent_low, s.percent_high) for s in day.knowledge.ladders[state.ladder].steps
                  if s.add is Element.STRIDES and s.percent_low is not None and s.percent_high is not None]  # fmt: skip
        if shares:
            settled = opened.used_on is not None and (day.on - opened.used_on).days >= _STRIDES_DAYS
            low, high = shares[-1] if settled else shares[0]
            return int(low or 0), int(high or 0)
    return None


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _fast_blocked(item: WeekItem, start_min: int | None, day: Day) -> bool:
    """RP-C01 by the hour, where the calendar knows it: heavy calf work ends late unless it says otherwise."""
    if item.kind is K.STRIDES:
        return False  # inside the window only a warning, on a quiet day
    since = _heavy_calf_hours(day, start_min)
    return since is not None and since < day.knowledge.number("heavy_calf_block_h")


def _heavy_calf_hours(day: Day, start_min: int | None) -> float | None:
    """Hours from the last heavy calf work in the calendar or the ticks (20:00 where no hour is known) to the task."""
    found: list[float] = []
    now_h = (start_min if start_min is not None else 7 * 60) / 60
    for week in day.plans.life.facts.weeks:
        for p in week.placed:
            if p.item.heavy_calf and p.on <= day.on and (p.done or p.on == day.on):
                h = (day.on - p.on).days * 24 + now_h - (p.start_min + p.item.minutes) / 60
                if h >= 0 or p.on == day.on:
                    found.append(max(0.0, h))
    if day.heavy_calf is not None:
        found.append(max(0.0, (day.on - day.heavy_calf).days * 24 + now_h - 20))
    return min(found, default=None)


def _ladder(task: Task, day: Day) -> Task:
    """Whatever the calendar said: on the ladder a run is its present step."""
    runs = day.plans.runs
    assert runs is not None
    assert runs.step is not None
    steps = session_steps(runs.step, day.knowledge)
    task = replace(task, kind=K.RUN_WALK, minutes=minutes_of(runs.step)[1], metres=runs.step.metres, steps=steps)
    if runs.week_m is not None:  # another plan counts the week: a step is run whole or waits
        history = day.plans.life.history
        metres = runs.step.metres or minutes_of(runs.step)[0] * pace_m_min(history)
        if run_m(history, day.on - timedelta(days=6), day.on) + metres > runs.week_m:
            return replace(task, allowed=False, because=runs.reasons)
    return task


def _capped(task: Task, day: Day) -> Task | None:
    caps = day.caps
    limits_m = [v for v in (caps.longest_session_m, caps.week_left_m) if v is not None]
    metres, minutes, changes = task.metres, task.minutes, task.changes
    if limits_m and metres is not None and metres > min(limits_m):
        share = min(limits_m) / metres
        metres, minutes, changes = min(limits_m), _times(minutes, share), (*changes, Change.CAPPED)
    if caps.longest_session_s is not None and minutes is not None and minutes > caps.longest_session_s / S_PER_MIN:
        share = caps.longest_session_s / S_PER_MIN / minutes
        metres, minutes = _times(metres, share), caps.longest_session_s / S_PER_MIN
        changes = (*changes, Change.CAPPED)
    if minutes is not None and minutes < _LEAST_MIN and task.kind is not K.RUN_WALK:
        return replace(task, allowed=False, because=day.because)
    return replace(
        task,
        metres=None if metres is None else float(int(metres)),
        minutes=None if minutes is None else float(round(minutes)),
        changes=tuple(dict.fromkeys(changes)),
    )


def _instead_of_run(task: Task, day: Day) -> Task:
    """No run today: cross-training or a walk where those are allowed, else the run stands there with its reason."""
    if task.done or task.optional or day.light is not Light.RED:
        return replace(task, allowed=False, because=day.because)
    modes = cross_modes(day.plans.states, day.plans.life, day.knowledge)
    if A.CROSS_TRAINING in day.allowed and modes:
        return replace(task, kind=K.CROSS_TRAINING, mode=modes[0].exercise, metres=None, steps=(),
                       minutes=modes[0].within(task.minutes or 0.0),
                       changes=(Change.RUN_TO_CROSS_TRAINING,))  # fmt: skip
    if A.WALKING in day.allowed:
        return replace(task, kind=K.WALK, metres=None, minutes=min(_RED_MIN, task.minutes or _RED_MIN),
                       changes=(Change.RUN_TO_WALK,))  # fmt: skip
    return replace(task, allowed=False, because=day.because)


def _exercises(item: WeekItem, start_min: int | None, done: bool, day: Day) -> Task | None:
    """The calendar's exercises at today's dose; what is no longer prescribed has dropped out."""
    named = [day.given[pair] for pair in item.exercises if pair in day.given]
    kept = named
    changes: tuple[Change, ...] = ()
    if day.light is not Light.GREEN:
        kept = [e for e in named if not e.impact]
        changes = (Change.POGO_OUT,) if len(kept) < len(named) else ()
    if item.kind is K.PLYOMETRICS and _fast_blocked(item, start_min, day):
        return Task(item.id, item.kind, False, item.minutes, None, start_min, exercises=tuple(named),
                    plans=item.plans, done=done, because=_after_heavy(day))  # fmt: skip
    if not named:
        return None
    ok = bool(kept) and _exercise_allowed(item, day)
    ticked = tuple(recent(day.plans.life.facts.done, day.on, 0))
    times = tuple(sum(not row.half for row in occasions(ticked, e.plan, e.item).values()) for e in kept or named)
    done = done or (bool(kept) and all(n >= e.dose.per_day for e, n in zip(kept, times, strict=True)))
    minutes = sum(minutes_of_dose(e.dose, e.side is None and e.dose.sides.value == "each") * e.dose.per_day
                  for e in kept)  # fmt: skip
    return Task(item.id, item.kind, ok, float(round(minutes)), None, start_min, exercises=tuple(kept or named),
                plans=item.plans, optional=item.optional, done=done, changes=changes,
                because=() if ok else day.because, ticked=times)  # fmt: skip


def _exercise_allowed(item: WeekItem, day: Day) -> bool:
    """Strength wants a word about the place; on red only the gentle set of phase 1, and that only without a flag."""
    if item.kind in (K.HOME_SET, K.MOBILITY):
        return A.MOBILITY in day.allowed
    if item.kind is K.PLYOMETRICS:
        return A.PLYOMETRICS in day.allowed
    return A.STRENGTH in day.allowed


def _after_heavy(day: Day) -> tuple[Reason, ...]:
    return (reason(day.knowledge, "RP-C01", Weight.CAUTION, Fact("hours", day.knowledge.number("heavy_calf_block_h"),
                                                                 "h", day.on)),)  # fmt: skip


def _cross_done(day: Day) -> bool:
    h = day.plans.life.history
    for i in range(len(h) - 1, -1, -1):
        if int(h.day[i]) != day.on.toordinal():
            return False
        if SPORTS[int(h.sport[i])] in CROSS_SPORTS:
            return True
    return False
