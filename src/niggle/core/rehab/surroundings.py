"""What a week's rules need to know beyond the week: the days before it, the light, what plans and load allow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import isnan
from typing import Final

from niggle.core.body import SITES, LoadTissue, Region
from niggle.core.exercise import Weight
from niggle.core.history import SPORTS, Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import Away, ItemKind, Placed, WeekItem
from niggle.core.protocol import Group, Running
from niggle.core.rehab.book import Book
from niggle.core.rehab.illness import recovering
from niggle.core.rehab.prescribe import day_for_week
from niggle.core.rehab.running import RunsAllowed
from niggle.core.rehab.sharpening import strength_before
from niggle.core.rehab.types import Life, PlanState
from niggle.core.rehab.way_back import allowed_on
from niggle.core.rehab.week_items import cross_modes
from niggle.core.rehab.week_runs import Volume
from niggle.core.session.types import Sport
from niggle.core.spikes import Kept
from niggle.core.spikes.view import View
from niggle.core.spikes.weeks import week_table
from niggle.core.week import Spacing, Surroundings

K = ItemKind
_EVENING_MIN: Final = 20 * 60  # where nothing tells the hour of strength work: late, the careful guess
_DESCENT_TISSUES: Final = frozenset({LoadTissue.ACHILLES, LoadTissue.CALF, LoadTissue.ILIOTIBIAL_BAND})
_RUN_KIND: Final = (
    (Tag.RACE, K.RACE), (Tag.SPEED, K.SPEED), (Tag.SPRINT, K.SPEED), (Tag.HILLS, K.HILLS), (Tag.LONG, K.RUN_LONG),
    (Tag.STRIDES, K.STRIDES), (Tag.RUN_WALK, K.RUN_WALK),
)  # fmt: skip
_GROUP_KIND: Final = {
    Group.A: K.STRENGTH_A, Group.B: K.STRENGTH_B, Group.SPRING: K.PLYOMETRICS, Group.DAILY: K.HOME_SET,
    Group.BALANCE: K.HOME_SET, Group.MOBILITY: K.MOBILITY,
}  # fmt: skip


def surroundings(
    states: Sequence[PlanState],
    life: Life,
    knowledge: Knowledge,
    start: date,
    light: Light,
    volume: Volume = Volume(),
    cutback_due: bool = False,
    kept: Kept | None = None,
    allowed: RunsAllowed | None = None,
) -> Surroundings:
    """For the seven days from `start`, seen on `life.on`. kept: as for `load_of_day`. allowed: as for `week_items`."""
    allowed = allowed or allowed_on(states, life, knowledge, kept)
    marks = [c for c in life.checkins if 0 <= (life.on - c.on).days < 3]
    pains = [p for c in marks for p in (c.answers.pain_max, c.answers.pain_morning, c.answers.pain_evening,
                                        c.answers.pain_before) if p is not None]  # fmt: skip
    spacing = Spacing.FREE
    if allowed is not None and (allowed.alternate or allowed.mode is Running.LADDER):
        spacing = Spacing.BLOCK if allowed.alternate else Spacing.WARN
    peak = _peak_m(life, knowledge, kept)
    week_m = None if allowed is None else allowed.week_m
    running = allowed is None or allowed.mode is not Running.NONE
    before_min, heavy_before = strength_before(states, life, knowledge, day_for_week(life, start))
    gentle = {
        day: back for n in range(7)
        if (back := recovering(life.facts, life.checkins, life.history, day := start + timedelta(days=n), knowledge))
    }  # fmt: skip
    return Surroundings(
        start,
        today=life.on,
        before=before(life, knowledge, start),
        light=light,
        quiet=light is Light.GREEN and not any(pains) if marks else None,
        pain=max(pains, default=None),
        careful_sessions=None if allowed is None else allowed.reduced_left or None,
        running=running and light is not Light.RED,
        runs_from=None if allowed is None else allowed.not_before,
        plan_open=bool(states),
        phase=min((s.phase for s in states), default=None),
        spacing=spacing,
        avoid_descents=any(_no_descents(s.plan.site) for s in states),
        cutback_due=cutback_due,
        peak_run_m=peak,
        most_run_m=min((m for m in (volume.week_m, week_m) if m is not None), default=None),
        strength_before_min=before_min,
        heavy_before=heavy_before,
        not_on=frozenset(
            day for n in range(7) if (away := life.facts.away(day := start + timedelta(days=n))) is not None
            and away.kind in (Away.ILLNESS, Away.LIFE)
        ),
        no_run_on=frozenset(
            day for n in range(7) if (away := life.facts.away(day := start + timedelta(days=n))) is not None
            and away.no_running
        ) | {day for day, back in gentle.items() if day < back.runs_from},
        gentle_on=frozenset(gentle),
        no_cross_on=frozenset(
            day for n in range(7) if (away := life.facts.away(day := start + timedelta(days=n))) is not None
            and away.kind is Away.TRAVEL and away.equipment is not None and states
            and not any(m.exercise != "walking" for m in cross_modes(states, life, knowledge, day))
        ),
    )  # fmt: skip


def _no_descents(site: str) -> bool:
    known = SITES.get(site)
    return known is not None and (known.region is Region.KNEE or bool(_DESCENT_TISSUES & set(known.load_tissues)))


def _peak_m(life: Life, knowledge: Knowledge, kept: Kept | None) -> float | None:
    """The highest week since the last cutback."""
    peak: float | None = None
    view = View.of(life.history, life.on, knowledge, life.profile, life.week_start, kept=kept)
    for week in reversed(week_table(view)):
        if week.cutback:
            break
        if not week.partial and not week.by_time:
            peak = max(peak or 0.0, week.distance_m)
    return peak


def before(life: Life, knowledge: Knowledge, start: date) -> tuple[Placed, ...]:
    """What was done in the seven days before `start`, from the log and from ticked exercises."""
    first = start - timedelta(days=7)
    return (*_from_log(life, first), *_from_done(life, knowledge, first))


def _from_log(life: Life, first: date) -> list[Placed]:
    h = life.history
    found = []
    for i in range(len(h) - 1, -1, -1):
        on = date.fromordinal(int(h.day[i]))
        if on < first:
            break
        sport, tags = SPORTS[int(h.sport[i])], h.tags[i]
        seconds = next((float(v) for v in (h.moving_s[i], h.timer_s[i]) if not isnan(v)), None)
        minutes = 30.0 if seconds is None else seconds / 60
        kind = K.CROSS_TRAINING
        if sport in (Sport.RUN, Sport.TRAIL, Sport.TREADMILL):
            kind = next((k for tag, k in _RUN_KIND if tag in tags), K.RUN_EASY)
        elif sport in (Sport.WALK, Sport.HIKE):
            kind = K.WALK
        elif sport is Sport.STRENGTH:
            kind = K.STRENGTH
        metres = None if isnan(h.distance_m[i]) else float(h.distance_m[i])
        item = WeekItem(f"log-{h.ids[i]}", kind, minutes, metres, heavy=Tag.HEAVY_STRENGTH in tags or
                        Tag.HEAVY_CALF in tags, heavy_calf=Tag.HEAVY_CALF in tags,
                        plyometric=Tag.PLYOMETRIC in tags)  # fmt: skip
        start_min = int((float(h.start_s[i]) - (on.toordinal() - _EPOCH) * 86400.0) // 60)
        found.append(Placed(item, on, max(0, min(1439, start_min)), done=True))
    return found


_EPOCH: Final = date(1970, 1, 1).toordinal()


def _from_done(life: Life, knowledge: Knowledge, first: date) -> list[Placed]:
    """Ticked exercises, also of plans that have ended, one placed item a day and group; the hour as the calendar had
    it."""
    books = {p.id: Book.of(p, knowledge) for p in life.facts.starts if p.condition in knowledge.protocols}
    found: dict[tuple[date, Group], WeekItem] = {}
    for done in life.facts.done:
        if done.skipped or done.plan not in books or not first <= done.on <= life.on:
            continue
        named = books[done.plan].protocol.items_named(done.item)
        if not named:
            continue
        item = named[0]
        had = found.get((done.on, item.group))
        effort = [i for i in named if i.dose.weight in (Weight.EFFORT, Weight.MODERATE)]
        found[done.on, item.group] = WeekItem(
            f"done-{done.on.isoformat()}-{item.group.value}", _GROUP_KIND[item.group], 30.0,
            heavy=(had is not None and had.heavy)
            or any(knowledge.exercises[i.exercise].heavy for i in effort if i.dose.weight is Weight.EFFORT),
            heavy_calf=(had is not None and had.heavy_calf)
            or any(knowledge.exercises[i.exercise].heavy_calf for i in effort),
            plyometric=item.group is Group.SPRING, plans=(done.plan,),
            exercises=((*had.exercises,) if had is not None else ()) + ((done.plan, done.item),),
        )  # fmt: skip
    return [Placed(item, on, _hour(life, on, item), done=True) for (on, _), item in found.items()]


def _hour(life: Life, on: date, item: WeekItem) -> int:
    for week in life.facts.weeks:
        for placed in week.of_day(on):
            if set(placed.item.exercises) & set(item.exercises):
                return placed.start_min
    return _EVENING_MIN
