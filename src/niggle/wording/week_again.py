"""A calendar made again by itself, in words: why, and what is different, one short sentence for each kind of change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final, TypeVar

from niggle.core.plan import RUN_KINDS, Away, ItemKind, WeekChange, WeekPlan
from niggle.wording.lists import listed, lowered, raised
from niggle.wording.week_rules import KINDS, clock, day_name, the

K = TypeVar("K")
V = TypeVar("V")
CAUSES: Final = {  # after "because of"
    "yellow": "the yellow light",
    "red": "the red light",
    "red_over": "the red light, which is over",
    "phase_forward": "the next phase of your plan",
    "phase_back": "the step back in your plan",
    "pause": "the pause from running",
    "resume": "running, which goes on again",
    "ladder_start": "the first steps back to running",
    "ladder_done": "running, which is back",
    "full": "full training, which is open",
    "lock": "your plan, which waits until somebody has looked",
    "unlock": "your plan, which goes on",
    "elements": "what your plan gives back or takes out",
    "plan_start": "the new plan",
    "plan_end": "the plan that ended",
    "race": "the race",
    "away": "the days away",
    "hours": "your hours and wishes",
}
_SAID_BY: Final = {"pause": "red", "resume": "red_over"}  # the one is told with the other
_CLOSED: Final = frozenset({"ill", "away", "no_day"})
_SORTS: Final = (
    RUN_KINDS | {ItemKind.CROSS_TRAINING, ItemKind.WALK},
    frozenset({ItemKind.STRENGTH_A, ItemKind.STRENGTH_B, ItemKind.STRENGTH}),
)
_MOST_HOURS: Final = 2  # sentences about new hours; more are told in one


def remade_lines(week: WeekPlan) -> tuple[str, ...]:
    """Why a calendar was made again by itself, and what is different; nothing for one that was not."""
    if not week.because:
        return ()
    told = [c for c in week.because if _SAID_BY.get(c) not in week.because]
    why = f"Your week was made again because of {listed([_cause(c, week) for c in told], 'and')}"
    if not week.changes:
        return (f"{why}. Nothing had to move.",)
    if week.named in _CLOSED:
        return (f"{why}. No session is left in it.",)
    return (f"{why}.", *change_lines(week.changes))


def remade_today(weeks: Sequence[WeekPlan], on: date) -> tuple[str, ...]:
    """The same of the day's own week, if it was made again on that day."""
    return tuple(
        line for week in weeks if week.made_on == on and week.start <= on <= week.last for line in remade_lines(week)
    )


def _cause(cause: str, week: WeekPlan) -> str:
    if cause == "away":
        kinds = {line.split(" ")[2] for line in week.stand if line.startswith("away ")}
        if kinds == {Away.ILLNESS.value}:
            return "your illness"
        return "the days away" if kinds else "the days away, which are over"
    return CAUSES.get(cause, cause.replace("_", " "))


def change_lines(changes: Sequence[WeekChange]) -> tuple[str, ...]:
    """What is different, alike things together: in place of, left out, moved, new, at other hours."""
    swapped, rest = _swaps(changes)
    gone = [(c.kind, c.was) for c in rest if c.now is None and c.was is not None]
    moved = [c for c in rest if c.was is not None and c.now is not None and c.was != c.now]
    fresh = [(c.kind, c.now) for c in rest if c.was is None and c.now is not None]
    hours = [c for c in rest if c.was is not None and c.was == c.now]
    lines = [
        f"{raised(_name(new, len(days)))} in place of {_on(old, days, _known)}."
        for (old, new), days in _grouped(((c.kind, new), on) for c, new, on in swapped)
    ]
    lines += [f"Left out: {_all(gone, _known)}."] if gone else []
    lines += [f"Moved: {listed([_move(c) for c in moved], 'and')}."] if moved else []
    lines += [f"New: {_all(fresh, _name)}."] if fresh else []
    return (*lines, *_hours(hours))


def _swaps(
    changes: Sequence[WeekChange],
) -> tuple[list[tuple[WeekChange, ItemKind, date]], list[WeekChange]]:
    """(what gave way to something else on its own day, with what; everything else)."""
    fresh = [c for c in changes if c.was is None and c.now is not None]
    swapped: list[tuple[WeekChange, ItemKind, date]] = []
    rest: list[WeekChange] = []
    for c in (c for c in changes if c.was is not None):
        assert c.was is not None
        if c.became is not None and c.now == c.was:
            swapped.append((c, c.became, c.was))
            continue
        instead = None if c.now else next((f for f in fresh if f.now == c.was and _stands_for(f.kind, c.kind)), None)
        if instead is not None:
            fresh.remove(instead)
            swapped.append((c, instead.kind, c.was))
        elif c.became is not None and c.now is not None:  # another thing on another day
            rest += [WeekChange(c.item, c.kind, c.was, None), WeekChange(c.item, c.became, None, c.now)]
        else:
            rest.append(c)
    return swapped, [*rest, *fresh]


def _stands_for(new: ItemKind, old: ItemKind) -> bool:
    """Whether it is of the same sort: on one's feet or legs for a while, or strength. Tests stand for nothing."""
    return any(new in sort and old in sort for sort in _SORTS)


def _hours(changes: Sequence[WeekChange]) -> list[str]:
    by_hour = _grouped((c.start_min or 0, c) for c in changes)
    if len(by_hour) > _MOST_HOURS:
        each = [f"{_known(c.kind, 1)} on {day_name(c.was)} at {clock(c.start_min or 0)}" for c in changes if c.was]
        return [f"At another hour: {listed(each, 'and')}."]
    return [
        f"Now at {clock(hour)}: {_all([(c.kind, c.was) for c in same if c.was], _known)}." for hour, same in by_hour
    ]


def _move(c: WeekChange) -> str:
    assert c.was is not None
    assert c.now is not None
    return f"{_known(c.kind, 1)} from {day_name(c.was)} to {day_name(c.now)}"


def _all(found: Sequence[tuple[ItemKind, date]], name: Callable[[ItemKind, int], str]) -> str:
    """The easy runs on Thursday and Sunday; cross-training on Friday."""
    return "; ".join(_on(kind, days, name) for kind, days in _grouped(found))


def _on(kind: ItemKind, days: Sequence[date], name: Callable[[ItemKind, int], str]) -> str:
    return f"{name(kind, len(days))} on {listed(list(dict.fromkeys(day_name(d) for d in sorted(days))), 'and')}"


def _name(kind: ItemKind, many: int) -> str:
    return _many(lowered(KINDS[kind]), many)


def _known(kind: ItemKind, many: int) -> str:
    """One that stood in the week before: the easy run, cross-training."""
    return _many(the(kind), many)


def _many(name: str, many: int) -> str:
    return f"{name}s" if many > 1 and name.endswith(("run", "race", "session")) else name


def _grouped(pairs: Iterable[tuple[K, V]]) -> list[tuple[K, list[V]]]:
    found: dict[K, list[V]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return list(found.items())
