"""What is due today without a calendar: by frequency and spacing, from what the week asks and the last days gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import isnan
from typing import Final

from niggle.core.history import SPORTS, Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import FAST_KINDS, RUN_KINDS, ItemKind, WeekItem
from niggle.core.protocol import Group, Running
from niggle.core.rehab import Prescription, Volume, week_items
from niggle.core.rehab.week_runs import pace_m_min
from niggle.core.session.types import Sport
from niggle.core.today.plans import PlansOfDay, recent
from niggle.core.today.tasks import race_item_id

K = ItemKind
_STRENGTH: Final = (K.STRENGTH_A, K.STRENGTH_B, K.STRENGTH)
CROSS_SPORTS: Final = frozenset({Sport.RIDE, Sport.SWIM, Sport.ROW, Sport.ELLIPTICAL})
_FAST: Final = frozenset({Tag.HILLS, Tag.SPEED, Tag.SPRINT, Tag.RACE})
_ABOUT: Final = 0.9  # a run of so much of the planned one stands for it
_QUIET: Final = (K.HOME_SET, K.MOBILITY, K.RUN_EASY, K.WALK)
_EASY: Final = (Group.DAILY, Group.BALANCE, Group.MOBILITY)
_GAP_DAYS: Final = 2  # 48 hours between strength sessions (RP-C05)


def due_today(
    plans: PlansOfDay,
    prescriptions: Sequence[Prescription],
    due: Sequence[str],
    volume: Volume,
    knowledge: Knowledge,
) -> list[WeekItem]:
    """What the week asks for and the last days have not given: by frequency and spacing. due: tests."""
    life = plans.life
    on = life.on
    items = week_items(plans.states, life, knowledge, on, volume, due, prescriptions, plans.runs)
    group = {(p.plan, p.item): p.group for g in prescriptions for p in g.items}
    done = [d for d in recent(life.facts.done, on, 6) if not d.skipped]

    def last(groups: Sequence[Group]) -> list[date]:
        return sorted({d.on for d in done if group.get((d.plan, d.item)) in groups and d.on < on})

    races = _races(plans, on)
    if races:  # the day is the race's; whether it is run is the race rule's to say
        return [*_first_due(items, (K.HOME_SET, K.MOBILITY), last(_EASY), on), *races]
    found = [i for i in items if i.kind is K.TEST]
    found += _first_due(items, (K.HOME_SET, K.MOBILITY), last(_EASY), on)
    strength = [i for i in items if i.kind in _STRENGTH]
    days = last((Group.A, Group.B))
    if strength and len(days) < len(strength) and (not days or (on - days[-1]).days >= _GAP_DAYS):
        had_a = any(group.get((d.plan, d.item)) is Group.A and d.on == days[-1] for d in done) if days else False
        other = [i for i in strength if (i.kind is K.STRENGTH_B) is had_a]
        found.append((other or strength)[0])
    heavy = {(p.plan, p.item) for g in prescriptions for p in g.items if p.heavy or p.heavy_calf}
    heavy_days = {d.on for d in done if (d.plan, d.item) in heavy}
    if any((i.heavy or i.heavy_calf) for i in found) and _fast_yesterday(plans, on):
        found = [i for i in found if not (i.heavy or i.heavy_calf)]  # one system at a time (RP-C03)
    if not any(i.heavy_calf for i in found):  # springs stand apart from heavy calf work (RP-C01)
        found += _first_due(items, (K.PLYOMETRICS,), last((Group.SPRING,)), on)
    runs = _run_due(items, plans, on)
    fast = any(i.kind in FAST_KINDS for i in runs)
    if fast and any(0 <= (on - day).days <= _GAP_DAYS for day in heavy_days):
        runs = [replace(i, kind=K.RUN_EASY, new_stressor=None) if i.kind in FAST_KINDS else i for i in runs]
    elif fast:
        found = [i for i in found if not (i.heavy or i.heavy_calf or i.kind is K.PLYOMETRICS)]
    found += runs
    if not any(i.kind in RUN_KINDS for i in runs):
        found += _first_due(items, (K.CROSS_TRAINING, K.WALK), _cross_days(plans, on), on)
    if _races(plans, on + timedelta(days=1)):  # the day before is quiet, as a calendar has it
        found = [i for i in found if i.kind in _QUIET and not (i.heavy or i.heavy_calf)]
    return found


def _races(plans: PlansOfDay, on: date) -> list[WeekItem]:
    """Her races of the day, as a calendar would hold them; none where no plan lets her run freely."""
    if plans.runs is not None and plans.runs.mode in (Running.LADDER, Running.NONE):
        return []
    pace = pace_m_min(plans.life.history)
    own = tuple(s.plan.id for s in plans.states)
    return [
        WeekItem(race_item_id(r.id), K.RACE, float(round(r.distance_m / pace)), r.distance_m, on=on, plans=own)
        for r in plans.life.facts.races
        if r.on == on and not r.dropped
    ]


def _fast_yesterday(plans: PlansOfDay, on: date) -> bool:
    return any((on - day).days == 1 and tags & _FAST for day, _, tags in runs_before(plans, on))


def _first_due(items: Sequence[WeekItem], kinds: Sequence[ItemKind], days: Sequence[date], on: date) -> list[WeekItem]:
    """The first of a kind, if fewer than asked for were done in seven days and the last one is long enough ago."""
    here = [i for i in items if i.kind in kinds]
    if not here or len(days) >= len(here):
        return []
    gap = max(1, 7 // len(here))
    return [] if days and (on - days[-1]).days < gap else [here[0]]


def _run_due(items: Sequence[WeekItem], plans: PlansOfDay, on: date) -> list[WeekItem]:
    """The largest run of the week that the last six days do not hold yet; strides with an easy one, once a week."""
    runs = [i for i in items if i.kind in RUN_KINDS and not i.optional]
    before = runs_before(plans, on)
    ran = sorted({day for day, _, _ in before})
    if not runs or len(ran) >= len(runs):
        return []
    if ran and (on - ran[-1]).days < max(1, 7 // (len(runs) + 1)):
        return []
    left = sorted(runs, key=lambda i: -(i.metres or i.minutes))
    for _, metres, _ in sorted(before, key=lambda r: -(r[1] or 0.0)):
        match = next((i for i in left if i.metres is None or metres is None or metres >= _ABOUT * i.metres), left[-1])
        left.remove(match)
        if not left:
            return []
    pick = left[0]
    strides = [i for i in items if i.kind is K.STRIDES]
    if strides and pick.kind in (K.RUN_EASY, K.RUN_MEDIUM) and not any(Tag.STRIDES in tags for _, _, tags in before):
        return [pick, strides[0]]
    return [pick]


def runs_before(plans: PlansOfDay, on: date) -> list[tuple[date, float | None, frozenset[Tag]]]:
    """(day, metres, tags) of every run of the six days before, newest first."""
    h = plans.life.history
    runs = h.is_run
    found = []
    for i in range(len(h) - 1, -1, -1):
        day = date.fromordinal(int(h.day[i]))
        if (on - day).days >= 7:
            break
        if runs[i] and day < on:
            metres = float(h.distance_m[i])
            found.append((day, None if isnan(metres) else metres, h.tags[i]))
    return found


def _cross_days(plans: PlansOfDay, on: date) -> list[date]:
    h = plans.life.history
    days: set[date] = set()
    for i in range(len(h) - 1, -1, -1):
        day = date.fromordinal(int(h.day[i]))
        if (on - day).days >= 7:
            break
        if SPORTS[int(h.sport[i])] in CROSS_SPORTS and day < on:
            days.add(day)
    return sorted(days)
