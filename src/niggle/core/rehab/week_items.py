"""What the coming week should hold for all open plans together: strength, home sets, runs, cross-training, tests.

How many and how long; when is the scheduler's to say. Several plans are merged, and the stricter one counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from niggle.core.body import TissueClass
from niggle.core.exercise import Sides
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Away, ItemKind, WeekItem
from niggle.core.protocol import CrossTraining, Element, Group, Running
from niggle.core.rehab.book import Book
from niggle.core.rehab.dosing import minutes_of_dose
from niggle.core.rehab.prescribe import day_for_week, equipment_at, open_complaints, prescribe, with_equipment
from niggle.core.rehab.running import RunsAllowed
from niggle.core.rehab.types import Life, PlanState, Prescribed, Prescription
from niggle.core.rehab.way_back import allowed_on
from niggle.core.rehab.week_runs import NEW_DAYS, RECENT_DAYS, Volume, ids_of, is_fresh, pace_m_min, runs_of_week
from niggle.core.units import S_PER_MIN

K = ItemKind
_FIRST_DAYS: Final = 7  # of a plan: cross-training begins with its least minutes; heuristic
_HOME: Final = (Group.DAILY, Group.BALANCE, Group.MOBILITY)
_GYM_ONLY: Final = frozenset({"machine", "barbell", "cable", "roman_chair"})
_MAX_STRENGTH: Final = 3  # strength sessions a week, heavy ones fewer (RP-X06)
_SETTING_UP_MIN: Final = 5.0
_LONG_TEST_MIN: Final = 15.0
_MOST_TESTS_MIN: Final = 30.0  # of tests at a time in a calendar; what is left over is due again
_HOME_CAP_MIN: Final = 25.0


def week_items(
    states: Sequence[PlanState],
    life: Life,
    knowledge: Knowledge,
    start: date,
    volume: Volume = Volume(),
    tests_due: Sequence[str] = (),
    prescriptions: Sequence[Prescription] | None = None,
    allowed: RunsAllowed | None = None,
) -> tuple[WeekItem, ...]:
    """Sessions for the seven days from `start`, as the plans stand on `life.on`. volume: the load engine's caps.

    prescriptions: those of the week (`day_for_week`), not of a day that she is ill on. allowed: of running that
    day, where it is known.
    """
    allowed = allowed or allowed_on(states, life, knowledge)
    if allowed is None:
        return ()
    at = day_for_week(life, start)
    given = prescriptions or [prescribe(s, life, knowledge, states, at) for s in states]
    exercises = [p for g in given for p in g.items]
    items = [*_strength(exercises, knowledge), *_home(exercises)]
    ill = _ill_all_week(life, start)
    runs = () if ill or _no_running(life, start) else runs_of_week(allowed, states, life, volume, start)
    items, runs = _one_new_thing(items, runs, states, life)
    items += runs
    if not ill:
        items += _cross_training(states, life, knowledge, allowed, runs, at)
    return (*items, *_tests(tests_due, states, knowledge))


def _tests(due: Sequence[str], states: Sequence[PlanState], knowledge: Knowledge) -> list[WeekItem]:
    """The tests together; one that takes as long as a session is one, so that it finds a place of its own."""
    long = [t for t in due if knowledge.tests[t].minutes >= _LONG_TEST_MIN]
    found = [WeekItem(f"test-{t}", K.TEST, knowledge.tests[t].minutes, tests=(t,), plans=ids_of(states)) for t in long]
    rest = tuple(t for t in due if t not in long)
    if rest:
        minutes = _SETTING_UP_MIN + sum(knowledge.tests[t].minutes for t in rest)
        found.append(WeekItem("tests", K.TEST, min(_MOST_TESTS_MIN, minutes), tests=rest, plans=ids_of(states)))
    return found


def _ill_all_week(life: Life, start: date) -> bool:
    away = (life.facts.away(start + timedelta(days=n)) for n in range(7))
    return all(a is not None and a.kind is Away.ILLNESS for a in away)


def _no_running(life: Life, start: date) -> bool:
    away = (life.facts.away(start + timedelta(days=n)) for n in range(7))
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
        if (d.plan, d.item) in jumps and not d.skipped and 0 <= (life.on - d.on).days <= RECENT_DAYS
    ]  # fmt: skip
    if days and (life.on - min(days)).days >= NEW_DAYS:
        return items, runs
    fresh = is_fresh(life) or any((life.on - (o.used_on or o.on)).days < NEW_DAYS for s in states for o in s.opened)
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
    found: list[WeekItem] = []
    for n in range(min(7, max(i.per_week_low for i in items))):
        here = [i for i in items if i.per_week_low > n]
        if found and len(here) == len(found[-1].exercises):
            found.append(replace(found[-1], id=f"home-{n + 1}"))
            continue
        found.append(
            WeekItem(f"home-{n + 1}", kind, min(_HOME_CAP_MIN, _minutes(here)), plans=_plans_of(here),
                     exercises=_pairs(here), joins=len(here) == 1 and here[0].dose.per_day <= 1)
        )  # fmt: skip
    return found


def _cross_training(
    states: Sequence[PlanState],
    life: Life,
    knowledge: Knowledge,
    allowed: RunsAllowed,
    runs: Sequence[WeekItem],
    at: date,
) -> list[WeekItem]:
    """What keeps the aerobic engine while running is less than usual, in modes that every plan allows."""
    modes = cross_modes(states, life, knowledge, at)
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
    begins = any((life.on - s.plan.on).days < _FIRST_DAYS for s in states)
    found = []
    for n in range(count):
        mode = modes[n % len(modes)]
        minutes = mode.minutes_low if begins else mode.within(lacks_min / count)
        kind = K.WALK if mode.exercise == "walking" else K.CROSS_TRAINING
        found.append(
            WeekItem(f"cross-{n + 1}", kind, float(round(minutes)), plans=ids_of(states), mode=mode.exercise,
                     optional=allowed.mode in (Running.BUILD, Running.FULL))
        )  # fmt: skip
    return found


def cross_modes(
    states: Sequence[PlanState], life: Life, knowledge: Knowledge, at: date | None = None
) -> list[CrossTraining]:
    """Cross-training that every plan's phase lists, no complaint forbids and her equipment allows. at: as `prescribe`.

    Bone that waits for an image, a clearance or a look at a warning sign gets none (RTR-X11).
    """
    if not states:
        return []
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
    at_hand = equipment_at(life.facts, at or life.on)
    away = life.facts.away(at or life.on)
    listed_only = away is not None and away.kind is Away.TRAVEL and away.equipment is not None
    complaints = open_complaints(states, life, knowledge)
    found = []
    for mode in shared:
        exercise = knowledge.exercises[mode.exercise]
        got, stand_in = with_equipment(exercise, at_hand, complaints, knowledge)
        if stand_in is not None and listed_only:
            continue  # nobody finds another machine on a journey on which she has these things and no others
        if got is not None and got.id == exercise.id:
            found.append(mode if len(listed) == 1 else _stricter([other[mode.exercise] for other in listed]))
    return [m for m in found if m.minutes_high >= m.minutes_low]


def _stricter(modes: Sequence[CrossTraining]) -> CrossTraining:
    """The same mode in several plans: as long as the longest least of them, and no longer than the shortest most."""
    low, high = max(m.minutes_low for m in modes), min(m.minutes_high for m in modes)
    return replace(modes[0], minutes_low=low, minutes_high=high)
