"""What the coming week should hold for all open plans together: strength, home sets, runs, cross-training, tests.

How many and how long; when is the scheduler's to say. Several plans are merged, and the stricter one counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import floor
from statistics import median
from typing import Final

import numpy as np

from niggle.core.body import TissueClass
from niggle.core.exercise import Sides
from niggle.core.history import History, Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder import minutes_of
from niggle.core.plan import Away, ItemKind, WeekItem, WishKind
from niggle.core.protocol import CrossTraining, Element, Group, Running
from niggle.core.rehab.book import Book
from niggle.core.rehab.dosing import minutes_of_dose
from niggle.core.rehab.prescribe import equipment_at, open_complaints, prescribe, with_equipment
from niggle.core.rehab.running import RunsAllowed, runs_allowed, together
from niggle.core.rehab.types import Life, PlanState, Prescribed, Prescription
from niggle.core.units import S_PER_MIN

K = ItemKind
_HOME: Final = (Group.DAILY, Group.BALANCE, Group.MOBILITY)
_GYM_ONLY: Final = frozenset({"machine", "barbell", "cable", "roman_chair"})
_MAX_STRENGTH: Final = 3  # strength sessions a week, heavy ones fewer (RP-X06)
_RUNS: Final = (3, 5)  # runs a week that a plan gives, at least and at most; heuristic
_ALTERNATE_RUNS: Final = 3
_SHORT_RUN_MIN: Final = 15.0  # a week is not shared among runs shorter than this; heuristic
_PACE_M_MIN: Final = 150.0  # where no run tells her own; heuristic
_LONG_SHARE, _MEDIUM_SHARE = 0.35, 0.25  # of the week's running, after the sample week; heuristic
_SETTING_UP_MIN: Final = 5.0
_LONG_TEST_MIN: Final = 15.0
_MOST_TESTS_MIN: Final = 30.0  # of tests at a time in a calendar; what is left over is due again
_STRIDES_MIN: Final = 15.0
_HOME_CAP_MIN: Final = 25.0


@dataclass(frozen=True, slots=True)
class Volume:
    """What of running a week may hold: metres and the longest run, from the load engine; None: no limit known."""

    week_m: float | None = None
    longest_m: float | None = None


def week_items(
    states: Sequence[PlanState],
    life: Life,
    knowledge: Knowledge,
    start: date,
    volume: Volume = Volume(),
    tests_due: Sequence[str] = (),
    prescriptions: Sequence[Prescription] | None = None,
) -> tuple[WeekItem, ...]:
    """Sessions for the seven days from `start`, as the plans stand on `life.on`. volume: the load engine's caps."""
    if not states:
        return ()
    given = prescriptions or [prescribe(s, life, knowledge, states) for s in states]
    exercises = [p for g in given for p in g.items]
    allowed = together([runs_allowed(s, knowledge) for s in states], knowledge, life.on)
    assert allowed is not None
    items = [*_strength(exercises, knowledge), *_home(exercises)]
    ill = _ill_all_week(life, start)
    runs = () if ill or _no_running(life, start) else _runs(allowed, states, life, volume, start)
    items, runs = _one_new_thing(items, runs, states, life)
    items += runs
    if not ill:
        items += _cross_training(states, life, knowledge, allowed, runs)
    return (*items, *_tests(tests_due, states, knowledge))


def _tests(due: Sequence[str], states: Sequence[PlanState], knowledge: Knowledge) -> list[WeekItem]:
    """The tests together; one that takes as long as a session is one, so that it finds a place of its own."""
    long = [t for t in due if knowledge.tests[t].minutes >= _LONG_TEST_MIN]
    found = [WeekItem(f"test-{t}", K.TEST, knowledge.tests[t].minutes, tests=(t,), plans=_ids(states)) for t in long]
    rest = tuple(t for t in due if t not in long)
    if rest:
        minutes = _SETTING_UP_MIN + sum(knowledge.tests[t].minutes for t in rest)
        found.append(WeekItem("tests", K.TEST, min(_MOST_TESTS_MIN, minutes), tests=rest, plans=_ids(states)))
    return found


def _ids(states: Sequence[PlanState]) -> tuple[str, ...]:
    return tuple(s.plan.id for s in states)


def _ill_all_week(life: Life, start: date) -> bool:
    away = [life.facts.away(start + timedelta(days=n)) for n in range(7)]
    return all(a is not None and a.kind is Away.ILLNESS for a in away)


def _no_running(life: Life, start: date) -> bool:
    away = [life.facts.away(start + timedelta(days=n)) for n in range(7)]
    return all(a is not None and a.no_running for a in away)


def _minutes(items: Sequence[Prescribed]) -> float:
    total = sum(minutes_of_dose(i.dose, i.dose.sides is Sides.EACH) * max(1, i.dose.per_day) for i in items)
    return float(round(total))


def _minutes_of(item: Prescribed) -> float:
    """Of one exercise, not rounded; hops that are told in minutes have their pauses in them."""
    if item.dose.minutes is not None:
        return item.dose.sets * item.dose.minutes
    return minutes_of_dose(item.dose, item.dose.sides is Sides.EACH)


def strength_minutes(given: Sequence[Prescription], knowledge: Knowledge) -> tuple[float, int]:
    """(minutes of work, heavy sessions) of strength in a week that holds these exercises."""
    items = [i for i in _strength([p for g in given for p in g.items], knowledge) if i.work_min is not None]
    return sum(i.work_min or 0.0 for i in items), sum(i.heavy for i in items)


def _unlike(items: Sequence[Prescribed]) -> list[Prescribed]:
    """The same exercise of two plans is done once, with the smaller dose."""
    best: dict[tuple[str, object], Prescribed] = {}
    for item in items:
        key = (item.exercise, item.side)
        had = best.get(key)
        if had is None or _amount(item) < _amount(had):
            best[key] = item
    return list(best.values())


def _amount(item: Prescribed) -> float:
    d = item.dose
    return d.sets * (d.reps or 0) + d.sets * (d.hold_s or 0.0) + d.sets * (d.minutes or 0.0) * S_PER_MIN + d.load_steps


def _pairs(items: Sequence[Prescribed]) -> tuple[tuple[str, str], ...]:
    return tuple((i.plan, i.item) for i in items)


def _plans_of(items: Sequence[Prescribed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i.plan for i in items))


def _strength(exercises: Sequence[Prescribed], knowledge: Knowledge) -> list[WeekItem]:
    """A and B in turn, as often as their exercises ask for; heavy ones twice a week at most; light pogos end an A."""
    a = _unlike([e for e in exercises if e.group is Group.A])
    b = _unlike([e for e in exercises if e.group is Group.B])
    spring = _unlike([e for e in exercises if e.group is Group.SPRING])
    both = [x for x in (a, b) if x]
    finish = [s for s in spring if s.exercise == "pogo-hops"] if a else []
    own = [s for s in spring if s not in finish]
    items: list[WeekItem] = []
    if both:
        wanted = max(e.per_week_low for e in (*a, *b))
        most = int(knowledge.number("heavy_strength_per_week")) if any(e.heavy for e in (*a, *b)) else _MAX_STRENGTH
        count = max(len(both), min(wanted, most))
        order = ["a" if (n % 2 == 0 and a) or not b else "b" for n in range(count)]
        for n, kind in enumerate(order):
            main, other = (a, b) if kind == "a" else (b, a)
            here = list(main)
            mine = order.count(kind)
            if other and mine < count:  # an exercise that is due more often than its own sessions come
                here += [e for e in other if e.per_week_low > count - mine and not e.heavy]
            last = finish if kind == "a" and n == 0 else []
            items.append(_strength_item(f"strength-{kind}-{n + 1}", K.STRENGTH_A if kind == "a" else K.STRENGTH_B,
                                        here, last, knowledge))  # fmt: skip
    if own:
        times = min(2, max(e.per_week_low for e in own))
        minutes = _minutes(own) + _SETTING_UP_MIN
        items += [
            WeekItem(f"plyometrics-{n + 1}", K.PLYOMETRICS, minutes, plans=_plans_of(own), exercises=_pairs(own))
            for n in range(times)
        ]
    return items


_RECENT_DAYS: Final = 35  # jumps that were done in these days are no new stressor
_NEW_DAYS: Final = 7


def _one_new_thing(
    items: list[WeekItem], runs: tuple[WeekItem, ...], states: Sequence[PlanState], life: Life
) -> tuple[list[WeekItem], tuple[WeekItem, ...]]:
    """Sessions of jumps that come with a phase are a new stressor too (RP-C12): they wait while an element of running
    that came back is a few days old, and once they have begun, the next element waits for them."""
    if not any(i.kind is K.PLYOMETRICS for i in items):
        return items, runs
    jumps = {pair for i in items if i.kind is K.PLYOMETRICS for pair in i.exercises}
    days = [
        d.on for d in life.facts.done
        if (d.plan, d.item) in jumps and not d.skipped and 0 <= (life.on - d.on).days <= _RECENT_DAYS
    ]  # fmt: skip
    if days and (life.on - min(days)).days >= _NEW_DAYS:
        return items, runs
    fresh = _is_fresh(life) or any((life.on - (o.used_on or o.on)).days < _NEW_DAYS for s in states for o in s.opened)
    if fresh and not days:
        return [i for i in items if i.kind is not K.PLYOMETRICS], runs
    marked = [replace(i, new_stressor=Element.PLYOMETRICS.value) if i.kind is K.PLYOMETRICS else i for i in items]
    return marked, tuple(r for r in runs if r.new_stressor is None)


def _strength_item(
    id_: str, kind: ItemKind, items: Sequence[Prescribed], finish: Sequence[Prescribed], knowledge: Knowledge
) -> WeekItem:
    needs = {e for i in items for e in knowledge.exercises[i.exercise].equipment if i.stand_in is None}
    return WeekItem(
        id_,
        kind,
        _minutes([*items, *finish]) + _SETTING_UP_MIN,
        heavy=any(i.heavy for i in items),
        heavy_calf=any(i.heavy_calf for i in items),
        plyometric=bool(finish),
        gym=bool(needs & _GYM_ONLY),
        plans=_plans_of([*items, *finish]),
        exercises=_pairs([*items, *finish]),
        work_min=sum(map(_minutes_of, items)),
        finisher_min=sum(map(_minutes_of, finish)) if finish else None,
    )


def _home(exercises: Sequence[Prescribed]) -> list[WeekItem]:
    """The low-load set of the day, stretches with it; what is due less often drops out of the later sets."""
    items = _unlike([e for e in exercises if e.group in _HOME])
    if not items:
        return []
    kind = K.HOME_SET if any(i.group is not Group.MOBILITY for i in items) else K.MOBILITY
    found = []
    for n in range(min(7, max(i.per_week_low for i in items))):
        here = [i for i in items if i.per_week_low > n]
        found.append(
            WeekItem(f"home-{n + 1}", kind, min(_HOME_CAP_MIN, _minutes(here)), plans=_plans_of(here),
                     exercises=_pairs(here))
        )  # fmt: skip
    return found


def pace_m_min(history: History) -> float:
    """Her own usual speed, metres a minute, from the last twenty runs with both numbers."""
    runs = np.flatnonzero(history.is_run)[-20:]
    seconds = np.where(np.isfinite(history.moving_s[runs]), history.moving_s[runs], history.timer_s[runs])
    with np.errstate(invalid="ignore", divide="ignore"):
        speed = history.distance_m[runs] / seconds * S_PER_MIN
    known = [float(v) for v in speed if np.isfinite(v) and v > 0]
    return float(median(known)) if known else _PACE_M_MIN


def runs_a_week(life: Life, states: Sequence[PlanState] = ()) -> int:
    """As she wishes, else as often as she ran in the four weeks before it hurt or lately, within what plans give.

    Never on more days than she has: the week's running is shared among the runs that can be placed.
    """
    days = len({w.weekday for w in life.facts.availability.windows}) or 7
    wish = next((w.value for w in life.facts.availability.wishes if w.kind is WishKind.RUNS_PER_WEEK and w.value), None)
    if wish is not None:
        return max(1, min(days, wish))
    ends = [life.on, *(s.plan.hurts_since or s.plan.on for s in states)]
    usual = 0
    for end in ends:
        since = end - timedelta(days=27)
        usual = max(usual, round(len({s.day for s in life.sessions if since <= s.day <= end}) / 4))
    return min(days, max(_RUNS[0], min(_RUNS[1], usual)))


def _runs(
    allowed: RunsAllowed,
    states: Sequence[PlanState],
    life: Life,
    volume: Volume,
    start: date,
) -> tuple[WeekItem, ...]:
    plans = _ids(states)
    count = runs_a_week(life, states)
    if allowed.alternate or allowed.mode is Running.LADDER:
        count = min(count, _ALTERNATE_RUNS)
    if allowed.not_before is not None and allowed.not_before > start:
        count = min(count, max(0, (7 - (allowed.not_before - start).days + 1) // 2))
    if allowed.mode is Running.NONE and allowed.step is not None:  # a ladder that begins with walking
        whole = minutes_of(allowed.step)[1]
        return tuple(WeekItem(f"walk-{n + 1}", K.WALK, whole, plans=plans) for n in range(count))
    if allowed.mode is Running.NONE or count == 0:
        return ()
    if allowed.mode is Running.LADDER and allowed.step is not None and allowed.ladder is not None:
        running, whole = minutes_of(allowed.step)
        return tuple(
            WeekItem(f"ladder-{n + 1}", K.RUN_WALK, whole, allowed.step.metres, plans=plans,
                     step=(allowed.ladder, allowed.step.id), optional=running <= 0)
            for n in range(count)
        )  # fmt: skip
    return tuple(_spread(allowed, states, life, volume, count, plans))


def _spread(
    allowed: RunsAllowed,
    states: Sequence[PlanState],
    life: Life,
    volume: Volume,
    count: int,
    plans: tuple[str, ...],
) -> list[WeekItem]:
    """Easy runs, a medium and a long one where those are open, one fast or hilly session at most."""
    pace = pace_m_min(life.history)
    week_m = _week_m(states, life, volume, allowed, pace, count)
    if allowed.metres is None:  # rather two real runs than four tiny ones
        count = max(1, min(count, int(week_m / pace / _SHORT_RUN_MIN)))
    by_time_m = None if allowed.minutes is None else allowed.minutes * pace
    longest_m = min(x for x in (volume.longest_m, by_time_m, allowed.metres, 60_000.0) if x is not None)
    shares = [1 / count] * count
    kinds = [K.RUN_EASY] * count
    if allowed.mode in (Running.BUILD, Running.FULL) and count >= 3:
        kinds[0], shares = K.RUN_MEDIUM, [_MEDIUM_SHARE, *([(1 - _MEDIUM_SHARE) / (count - 1)] * (count - 1))]
        if "long_run" not in allowed.out:
            rest = 1 - _LONG_SHARE - _MEDIUM_SHARE
            kinds[1], shares = K.RUN_LONG, [_MEDIUM_SHARE, _LONG_SHARE, *([rest / (count - 2)] * (count - 2))]
    descents = "downhill" not in allowed.out and "hills" not in allowed.out
    items = []
    for n, (kind, share) in enumerate(zip(kinds, shares, strict=True)):
        metres = _hundreds(min(longest_m, share * week_m))
        if metres <= 0:
            continue
        items.append(
            WeekItem(f"run-{n + 1}", kind, float(round(metres / pace)), metres, plans=plans,
                     descent=kind is K.RUN_LONG and descents and not plans)
        )  # fmt: skip
    return _with_quality(items, allowed, states, life, plans)


def _week_m(
    states: Sequence[PlanState], life: Life, volume: Volume, allowed: RunsAllowed, pace: float, count: int
) -> float:
    """The week's running: the cap of the load engine, and not more than a usual week before it hurt."""
    usual = [s.plan.before_week_m for s in states if s.plan.before_week_m is not None]
    limits = [x for x in (volume.week_m, min(usual) if usual else None) if x is not None]
    if allowed.week_m is not None:
        limits.append(allowed.week_m)
    if allowed.minutes is not None:
        limits.append(allowed.minutes * pace * count)
    if allowed.metres is not None:
        limits.append(allowed.metres * count)
    if limits:
        return min(limits)
    return 20.0 * pace * count  # nothing is known of her running: short runs; heuristic


def _hundreds(metres: float) -> float:
    return floor(metres / 100 + 1e-6) * 100.0


# element, what stands in the week, what it is called where it is out, and the tags that keep her used to it
_QUALITY: Final = (
    (Element.STRIDES, K.STRIDES, "strides", frozenset({Tag.STRIDES, Tag.SPEED, Tag.SPRINT, Tag.HILLS, Tag.RACE})),
    (Element.UPHILL, K.HILLS, "hills", frozenset({Tag.HILLS})),
    (Element.SPEED, K.SPEED, "speed", frozenset({Tag.SPEED, Tag.SPRINT, Tag.RACE})),
)


def _with_quality(
    runs: list[WeekItem], allowed: RunsAllowed, states: Sequence[PlanState], life: Life, plans: tuple[str, ...]
) -> list[WeekItem]:
    """Strides, and one easy run made hilly or fast, where all plans have them back. What is new stands alone (RP-C12):
    opened by a plan and not tried yet, or not done for five weeks; and nothing new while another new thing is fresh."""
    if allowed.mode not in (Running.BUILD, Running.FULL) or not runs:
        return runs
    untried = {o.element for s in states for o in s.opened if o.used_on is None}
    opened = next((o.element for s in states for o in reversed(s.opened) if o.used_on is None), None)
    days = {element: _days_of(life, tags) for element, _, _, tags in _QUALITY}
    fresh = _is_fresh(life)
    open_ = [(e, kind) for e, kind, name, _ in _QUALITY if name not in allowed.out]
    unused = [e for e, _ in open_ if e in untried or not days[e]]
    new = None if fresh else opened if opened in unused or opened in untried else next(iter(unused), None)
    open_ = [(e, kind) for e, kind in open_ if e not in unused or e is new]
    found = list(runs)
    fast = [q for q in open_ if q[0] is not Element.STRIDES]
    easy = [n for n, r in enumerate(runs) if r.kind is K.RUN_EASY]
    if fast and easy and len(runs) >= 3:
        element, kind = next((q for q in fast if q[0] is new), fast[life.on.isocalendar().week % len(fast)])
        found[easy[-1]] = replace(runs[easy[-1]], kind=kind, new_stressor=element.value if element is new else None)
    if any(e is Element.STRIDES for e, _ in open_):
        found.append(
            WeekItem("strides", K.STRIDES, _STRIDES_MIN, plans=plans, optional=True,
                     new_stressor=Element.STRIDES.value if new is Element.STRIDES else None)
        )  # fmt: skip
    return found


def _is_fresh(life: Life) -> bool:
    """Something fast or hilly was done for the first time in five weeks a few days ago, or stood in a calendar as new:
    her log may come later than her next week is made."""
    planned = any(
        p.item.new_stressor is not None and 0 <= (life.on - p.on).days < _NEW_DAYS
        for week in life.facts.weeks for p in week.placed
    )  # fmt: skip
    days = [_days_of(life, tags) for _, _, _, tags in _QUALITY]
    return planned or any(d and (life.on - min(d)).days < _NEW_DAYS for d in days)


def _days_of(life: Life, tags: frozenset[Tag]) -> list[date]:
    """The days of the last five weeks with a session of one of these kinds."""
    h = life.history
    lo, hi = np.searchsorted(h.day, [life.on.toordinal() - _RECENT_DAYS, life.on.toordinal() + 1])
    return [date.fromordinal(int(h.day[i])) for i in range(int(lo), int(hi)) if h.tags[i] & tags]


def _cross_training(
    states: Sequence[PlanState],
    life: Life,
    knowledge: Knowledge,
    allowed: RunsAllowed,
    runs: Sequence[WeekItem],
) -> list[WeekItem]:
    """What keeps the aerobic engine while running is less than usual, in modes that every plan allows."""
    modes = cross_modes(states, life, knowledge)
    if not modes:
        return []
    usual_m = [s.plan.before_week_m for s in states if s.plan.before_week_m is not None]
    pace = pace_m_min(life.history)
    usual_min = min(usual_m) / pace if usual_m else 120.0
    lacks_min = max(0.0, usual_min - sum(r.minutes for r in runs))
    most = 4 if allowed.mode is Running.NONE else 2 if allowed.mode in (Running.LADDER, Running.WINDOW) else 1
    low, high = modes[0].minutes_low, modes[0].minutes_high
    count = min(most, round(lacks_min / ((low + high) / 2)))
    if allowed.mode in (Running.NONE, Running.LADDER):
        count = max(1, count)
    found = []
    for n in range(count):
        mode = modes[n % len(modes)]
        minutes = max(mode.minutes_low, min(mode.minutes_high, lacks_min / count))
        kind = K.WALK if mode.exercise == "walking" else K.CROSS_TRAINING
        found.append(
            WeekItem(f"cross-{n + 1}", kind, float(round(minutes)), plans=_ids(states), mode=mode.exercise,
                     optional=allowed.mode in (Running.BUILD, Running.FULL))
        )  # fmt: skip
    return found


def cross_modes(states: Sequence[PlanState], life: Life, knowledge: Knowledge) -> list[CrossTraining]:
    """Cross-training that every plan's phase lists, no complaint forbids and her equipment allows.

    Bone that waits for an image, a clearance or a look at a warning sign gets none (RTR-X11).
    """
    listed: list[dict[str, CrossTraining]] = []
    for s in states:
        book = Book.of(s.plan, knowledge)
        if book.protocol.tissue_class is TissueClass.BONE and s.locked is not None:
            return []
        phase = book.phase(s.phase)
        listed.append(
            {
                c.exercise: c
                for c in phase.cross_training
                if c.only_if is None or s.conditional.get(f"cross:{c.exercise}") is True
            }
        )
    shared = [c for name, c in listed[0].items() if all(name in other for other in listed[1:])]
    at_hand = equipment_at(life.facts, life.on)
    complaints = open_complaints(states, life, knowledge)
    found = []
    for mode in shared:
        exercise = knowledge.exercises[mode.exercise]
        got, _ = with_equipment(exercise, at_hand, complaints, knowledge)
        if got is not None and got.id == exercise.id:
            found.append(
                replace(
                    mode,
                    minutes_low=max(other[mode.exercise].minutes_low for other in listed),
                    minutes_high=min(other[mode.exercise].minutes_high for other in listed),
                )
            )
    return [m for m in found if m.minutes_high >= m.minutes_low]
