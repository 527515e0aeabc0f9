"""Doses: up after a complete and quiet week, down after pain or two yellows, back a little after missed weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from niggle.core.outcomes import Light
from niggle.core.plan import Away, DoneItem
from niggle.core.protocol import Item
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.rehab.book import pain_max
from niggle.core.rehab.dosing import grows_load, level_cap
from niggle.core.rehab.draft import Draft
from niggle.core.rehab.types import ItemState, MoveKind

_WEEK: Final = 7
_EASY_DAYS: Final = 21  # a session a week must be able to be easy twice in a row


def enter_phase(d: Draft) -> None:
    """The items of the phase: those that go on keep their level, new ones begin with their first dose."""
    kept = dict(d.items)
    listed: dict[str, ItemState] = {}
    planned = 0.0
    for item in d.book.items(d.phase):
        had = kept.get(item.id)
        cap = level_cap(item.dose)
        level = 0 if had is None else had.level if cap is None else min(had.level, cap)
        listed[item.id] = ItemState(level, d.on, level, level)
        if item.only_if is None:
            planned += item.dose.per_week_low
    d.items = {**kept, **listed}
    d.planned_week = planned
    d.missed_steps = 0


def work_doses(d: Draft) -> None:
    ill = d.row.away is not None and d.row.away.kind is Away.ILLNESS
    done = [x for x in d.row.done if not x.skipped]
    if done:
        d.last_done, d.missed_steps = d.on, 0
    if ill:
        d.ill_days += 1
        return
    if d.ill_days:
        _after_illness(d)
        return
    if not done:
        _missed(d)
    too_sore = _too_sore(d, done)
    if too_sore is not None:
        item, pain, limit = too_sore
        why = d.reason("PLAN-R10", Weight.CAUTION, Fact("item", item.id, None, d.on),
                       Fact("pain", pain, "0-10", d.on), Fact("limit", limit, "0-10", d.on))  # fmt: skip
        if not _lower(d, (item.id,), lambda s: s.level - 1, MoveKind.DOSE_DOWN, why):
            _at_least(d, (item.id,), *why.facts, Fact("exercise", item.exercise, None, d.on))
    if _two_yellows(d):
        return
    if d.row.mark is not None and not d.red:
        _grow(d)


def _lower(d: Draft, ids: tuple[str, ...], level: Callable[[ItemState], int], kind: MoveKind, why: Reason) -> bool:
    """Lower levels, never below the first dose and never upwards. Whether any was lowered."""
    items = dict(d.items)
    changed = []
    for id_ in ids:
        state = items.get(id_)
        if state is None:
            continue
        new = max(0, min(state.level, level(state)))
        if new < state.level:
            changed.append(id_)
        items[id_] = ItemState(new, d.on, min(state.start_level, new), new)
    d.items = items
    if changed:
        d.move(kind, None, " ".join(changed), why)
    return bool(changed)


def _at_least(d: Draft, ids: tuple[str, ...], *facts: Fact) -> None:
    """PLAN-R16: a step down is due and there is none left. Said once a phase, and again after it has grown."""
    wanted = set(ids)
    for move in reversed(d.moves):
        about = wanted & set((move.now or "").split())
        if move.on < d.phase_since or (move.kind is MoveKind.DOSE_UP and about):
            break
        if move.kind is MoveKind.DOSE_LEAST and about:
            return
    due = d.book.protocol.deadlines
    see = Fact("see", ", ".join(due[0].see) if due else None, None, d.on)
    d.move(MoveKind.DOSE_LEAST, None, " ".join(ids), d.reason("PLAN-R16", Weight.CAUTION, *facts, see))


def _ids(d: Draft) -> tuple[str, ...]:
    return tuple(i.id for i in d.book.items(d.phase))


def _after_illness(d: Draft) -> None:
    """PLAN-R06: doses were held; after some days of it they resume a little lower, a level a week."""
    was, d.ill_days = d.ill_days, 0
    d.last_done = d.on  # the gap was no choice; it does not count a second time
    if was < d.number("illness_dose_days"):
        return
    steps = max(1, was // _WEEK)
    why = d.reason("PLAN-R06", Weight.INFO, Fact("days", was, "days", d.on))
    _lower(d, _ids(d), lambda s: s.level - steps, MoveKind.DOSE_BACK, why)


def _missed(d: Draft) -> None:
    """PLAN-R05: up to a week the dose waits; then a level back a week; after three weeks the phase's first doses."""
    since = max(d.last_done or d.plan.on, d.phase_since)
    gap = (d.on - since).days - 1  # whole days without anything
    if gap <= d.number("dose_missed_days"):
        return
    weeks = gap // _WEEK
    if gap > d.number("dose_restart_days"):
        weeks = _RESTART
    if weeks <= d.missed_steps:
        return
    steps, d.missed_steps = weeks - d.missed_steps, weeks
    why = d.reason("PLAN-R05", Weight.INFO, Fact("days", gap, "days", d.on),
                   Fact("restart", weeks == _RESTART, None, d.on))  # fmt: skip
    if weeks == _RESTART:
        _lower(d, _ids(d), lambda s: s.start_level, MoveKind.DOSE_BACK, why)
    else:
        _lower(d, _ids(d), lambda s: s.level - steps, MoveKind.DOSE_BACK, why)


_RESTART: Final = 10**6


def _too_sore(d: Draft, done: list[DoneItem]) -> tuple[Item, float, float] | None:
    """The exercise of today that hurt most beyond its limit."""
    worst: tuple[Item, float, float] | None = None
    for entry in done:
        if not entry.pain:
            continue
        item = next((i for i in d.book.items(d.phase) if i.id == entry.item), None)
        if item is None:
            continue
        limit = pain_max(d.book, d.phase, d.book.knowledge.exercises.get(item.exercise))
        if entry.pain > limit and (worst is None or entry.pain - limit > worst[1] - worst[2]):
            worst = (item, entry.pain, limit)
    return worst


def _two_yellows(d: Draft) -> bool:
    """RP-R03: two yellows within seven days, and the doses of the week before come back, once a week at most."""
    mark = d.row.mark
    if mark is None or mark.light is not Light.YELLOW:
        return False
    window = int(d.number("regress_window_days"))
    if d.dose_down_on is not None and (d.on - d.dose_down_on).days < window:
        return True
    yellows = sum(1 for m in d.facts.marks(window) if m.light is Light.YELLOW)
    if yellows < d.number("regress_yellows"):
        return False
    d.dose_down_on = d.on
    why = d.reason("RP-R03", Weight.CAUTION, Fact("yellow_7d", yellows, "days", d.on))
    if not _lower(d, _ids(d), lambda s: min(s.week_before, s.level - 1), MoveKind.DOSE_DOWN, why):
        _at_least(d, _ids(d), *why.facts)
    return True


def _grow(d: Draft) -> None:
    """PLAN-R09: one level more for what was done for a week, inside its pain, settled, on a green word."""
    mark = d.row.mark
    if mark is None or not mark.green:
        return
    due = [i for i in d.book.items(d.phase) if (d.on - d.items[i.id].since).days >= _WEEK]
    if not due:
        return
    week = d.facts.window(_WEEK + 1)[:-1]  # the seven days before: today's morning after is not known yet
    if any(r.mark is not None and (not r.mark.green or r.mark.next_day_worse) for r in week):
        return
    last = next((r for r in reversed(week) if r.mark is not None and r.mark.word), None)
    if last is None or (last.session and not last.final_green):
        return
    by_item: dict[str, list[tuple[date, DoneItem]]] = {}
    for row in week:
        for entry in row.done:
            if not entry.skipped:
                by_item.setdefault(entry.item, []).append((row.on, entry))
    for item in due:
        if item.id in by_item:
            _grow_item(d, item, by_item[item.id])


def _last_easy(d: Draft, item: Item, times: int) -> list[bool]:
    """Whether the last repetitions were easy, the newest few times that she said so; the newest first."""
    found: list[bool] = []
    for row in reversed(d.facts.window(_EASY_DAYS)):
        said = [e.easy for e in row.done if e.item == item.id and e.easy is not None and not e.skipped]
        if said:
            found.append(all(said))  # two times of one day are one word: the harder one
        if len(found) == times:
            break
    return found


def _grow_item(d: Draft, item: Item, done: list[tuple[date, DoneItem]]) -> None:
    state = d.items[item.id]
    cap = level_cap(item.dose)
    if cap is not None and state.level >= cap:
        return
    needed = d.number("dose_up_done_share") * item.dose.per_week_low
    if len({on for on, _ in done}) < needed - 0.05:
        return
    limit = pain_max(d.book, d.phase, d.book.knowledge.exercises.get(item.exercise))
    if any(e.pain is not None and e.pain > limit for _, e in done):
        return
    times = int(d.number("dose_up_easy_times"))
    easy = _last_easy(d, item, times)
    if not all(easy):
        return  # the last repetitions still take effort: the dose is right (SP-R04)
    if grows_load(item.dose, state.level) and len(easy) < times:
        return  # a heavier weight wants her word, twice in a row (SP-R04)
    items = dict(d.items)
    items[item.id] = ItemState(state.level + 1, d.on, state.start_level, state.level)
    d.items = items
    rule = "SP-R04" if grows_load(item.dose, state.level) else "PLAN-R09"
    why = d.reason(rule, Weight.INFO, Fact("item", item.id, None, d.on),
                   Fact("level", state.level + 1, "count", d.on))  # fmt: skip
    d.move(MoveKind.DOSE_UP, None, item.id, why)
