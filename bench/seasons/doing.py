"""What she does: the weeks before, and then what a day asked of her, more of it, or less."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from bench.seasons.life import Life
from bench.seasons.people import Obedience
from bench.seasons.records import session
from niggle.core.body import Side
from niggle.core.history import Tag
from niggle.core.ladder.types import StepKind
from niggle.core.plan import RUN_KINDS, Away, DoneItem, ItemKind, Measured
from niggle.core.protocol import Better
from niggle.core.session.types import Sport
from niggle.core.today import Decision, Task

K = ItemKind
_EVENING_MIN: Final = 18 * 60
_TAGS: Final = {K.HILLS: Tag.HILLS, K.SPEED: Tag.SPEED, K.STRIDES: Tag.STRIDES, K.RUN_LONG: Tag.LONG,
                K.RACE: Tag.RACE, K.RUN_WALK: Tag.RUN_WALK}  # fmt: skip
_CROSS: Final = {"cycling": Sport.RIDE, "swimming": Sport.SWIM, "rowing": Sport.ROW, "elliptical": Sport.ELLIPTICAL}


def before(life: Life) -> None:
    """Eight weeks of running as usual, then as many days off as she had."""
    r, rng = life.runner, life.rng
    share = r.usual_week_m / r.runs_a_week
    for back in range(63, r.stops_before_days, -1):
        if rng.random() < r.runs_a_week / 7:
            metres = share * rng.uniform(0.7, 1.3)
            tags = rng.choice((frozenset[Tag](), frozenset[Tag](), frozenset({Tag.LONG}), frozenset({Tag.SPEED})))
            life.told.add_run(
                session(f"log-{life.id()}", life.day(-back), 7 * 60, Sport.RUN, metres, metres / r.pace_m_min,
                        tags=tags)
            )  # fmt: skip


def act(life: Life, index: int, decision: Decision) -> None:
    """A day: what was asked, by how obedient she is, and what she runs of her own."""
    r, rng, on = life.runner, life.rng, life.day(index)
    how = r.habits.obedience
    if how is Obedience.ERRATIC:
        how = rng.choice((Obedience.OBEDIENT, Obedience.EAGER, Obedience.LAZY))
    life.pain_in_run = {}
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
            _run(life, index, task, more, how, strides)
            ran = True
        elif task.tests:
            _test(life, index, task.tests)
        elif task.exercises:
            _exercise(life, index, task)
        elif task.kind is K.CROSS_TRAINING:
            sport = _CROSS.get(task.mode or "", Sport.RIDE)
            _log(life, index, session(f"log-{life.id()}", on, _EVENING_MIN, sport, None, task.minutes or 30.0))
    _asked_tests(life, index, decision)
    if not decision.plan and not ran and rng.random() < r.runs_a_week / 7 and not ill:
        _free_run(life, index, r.usual_week_m / r.runs_a_week, frozenset())
        ran = True
    if how is Obedience.EAGER and not ran and rng.random() < 0.15:
        tags = rng.choice((frozenset[Tag](), frozenset({Tag.HILLS}), frozenset({Tag.SPEED})))
        _free_run(life, index, r.usual_week_m / r.runs_a_week * rng.uniform(0.5, 1.5), tags)
        ran = True
    if any(race.on == on for _, race in r.races) and not ran and how is Obedience.EAGER:
        _free_run(life, index, r.races[0][1].distance_m, frozenset({Tag.RACE}))
        ran = True


def _run(life: Life, index: int, task: Task, more: float, how: Obedience, strides: bool) -> None:
    r, rng = life.runner, life.rng
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
    _ran(life, index, metres, minutes, running, tags, task.start_min or _EVENING_MIN)


def _free_run(life: Life, index: int, metres: float, tags: frozenset[Tag]) -> None:
    minutes = metres / life.runner.pace_m_min
    _ran(life, index, metres, minutes, minutes, tags, 7 * 60)


def _ran(
    life: Life, index: int, metres: float, minutes: float, running: float, tags: frozenset[Tag], start_min: int
) -> None:
    r, rng, on = life.runner, life.rng, life.day(index)
    fast = bool(tags & {Tag.HILLS, Tag.SPEED, Tag.RACE})
    easy_km = running * r.pace_m_min / 1000 * (1.5 if fast else 1.0)
    for sore in r.sores:
        life.pain_in_run[sore.start.id] = sore.tissue.run(easy_km, rng)
    ran = session(f"log-{life.id()}", on, start_min, Sport.RUN, metres, minutes,
                  running if rng.random() < 0.7 else None, rng.choice((None, metres * 0.01)), tags)  # fmt: skip
    _log(life, index, ran)


def _log(life: Life, index: int, ran: Any) -> None:
    if life.rng.random() < life.runner.habits.late_file:
        life.told.later(index + life.rng.choice((2, 5, 9)), lambda: life.told.add_run(ran))
    else:
        life.told.add_run(ran)


def _exercise(life: Life, index: int, task: Task) -> None:
    r, rng, on = life.runner, life.rng, life.day(index)
    ends = index * 1440 + (task.start_min or _EVENING_MIN) + (task.minutes or 20.0)
    truth = {s.start.id: s.tissue for s in r.sores}
    done = []
    for e in task.exercises:
        tissue = truth.get(e.plan)
        if tissue is None:
            continue
        effort = {"effort": 1.0, "moderate": 0.6}.get(e.dose.weight.value, 0.2)
        pain = tissue.exercise(effort, rng)
        known = life.knowledge.exercises[e.exercise]
        if known.heavy_calf and effort >= 0.6:
            life.heavy_calf.append(ends)
        sets = e.dose.sets if rng.random() < 0.9 else max(1, e.dose.sets - 1)
        easy = None if rng.random() < 0.3 else tissue.sore < 2 and rng.random() < 0.6
        done.append(DoneItem(f"done-{life.id()}", e.plan, e.item, on, sets, e.dose.sets,
                             pain if rng.random() < 0.95 else None, easy))  # fmt: skip
    if rng.random() >= r.habits.ticks:
        return
    for item in done:
        if rng.random() < r.habits.late:
            life.told.later(index + rng.choice((1, 3, 6)), lambda item=item: life.told.add_done(item))  # type: ignore[misc]
        else:
            life.told.add_done(item)


def _asked_tests(life: Life, index: int, decision: Decision) -> None:
    """Once in four days she does what the gates still miss."""
    if index % 4:
        return
    missing = dict.fromkeys(m for p in decision.plan for m in (*p.gate_missing, *p.ready_missing))
    _test(life, index, [m.removeprefix("test:") for m in missing if m.startswith("test:")])


def _test(life: Life, index: int, names: Iterable[str]) -> None:
    r, rng, on = life.runner, life.rng, life.day(index)
    sore = max((s.tissue.sore for s in r.sores), default=0.0)
    side = r.sores[0].start.side if r.sores else None
    for name in names:
        if rng.random() >= r.habits.tests:
            continue
        known = life.knowledge.tests[name]
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
        result = Measured(f"test-{life.id()}", name, on, left, right, value, pain)
        if rng.random() < r.habits.late:
            life.told.later(index + 3, lambda result=result: life.told.add("tests", result))  # type: ignore[misc]
        else:
            life.told.add("tests", result)
