"""What a week holds, changed as a whole: strength by the gym visits there are, sessions after a yellow or red light."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS, ItemKind, WeekItem
from niggle.core.week.rules import STRENGTH_KINDS, is_run

_MERGED_MAX_MIN: Final = 60.0  # longer is no single visit (heuristic)
_HOME_MIN: Final = 20.0  # what is left for home, with bands (heuristic)
_MINUTES_EACH: Final = 9.0  # an exercise with its sets and pauses (heuristic)
VOLUME_CUT: Final = 0.15  # the middle of RP-R07's 10 to 20 %; today's decision carries the day's own


def merge_for_gym(
    items: Sequence[WeekItem], gym_visits: int | None, essential: Collection[tuple[str, str]] = frozenset()
) -> tuple[WeekItem, ...]:
    """Strength A and B as the gym visits allow: two or more as they are, one the essentials of both in one
    session and the rest at home, none both at home.

    essential: (plan, item) pairs of the best lifts; without any, each session's first two count. None: unchanged.
    """
    if gym_visits is None or gym_visits >= 2:
        return tuple(items)
    if gym_visits <= 0:
        return tuple(replace(i, gym=False) if i.kind in STRENGTH_KINDS else i for i in items)
    split = [i for i in items if i.kind in (ItemKind.STRENGTH_A, ItemKind.STRENGTH_B)]
    if len(split) < 2:
        return tuple(items)
    first = split[0]
    best: list[tuple[str, str]] = []
    for session in split:
        own = [e for e in session.exercises if e in essential]
        best += [e for e in (own or session.exercises[:2]) if e not in best]
    rest = tuple(dict.fromkeys(e for s in split for e in s.exercises if e not in best))
    plans = tuple(dict.fromkeys(p for s in split for p in s.plans))
    merged = replace(
        first,
        kind=ItemKind.STRENGTH,
        minutes=min(_MERGED_MAX_MIN, max(*(s.minutes for s in split), _MINUTES_EACH * len(best))),
        heavy=any(s.heavy for s in split),
        heavy_calf=any(s.heavy_calf for s in split),
        plyometric=any(s.plyometric for s in split),
        gym=True,
        plans=plans,
        exercises=tuple(best),
        work_min=None,
    )
    out: list[WeekItem] = []
    for item in items:
        if item is first:
            out.append(merged)
        elif item is split[1] and rest:
            out.append(
                replace(
                    item,
                    kind=ItemKind.STRENGTH,
                    minutes=min(item.minutes, max(_HOME_MIN, _MINUTES_EACH * len(rest))),
                    heavy=False,
                    heavy_calf=False,
                    plyometric=False,
                    gym=False,
                    plans=plans,
                    exercises=rest,
                    work_min=None,
                    finisher_min=None,
                )
            )
        elif not any(item is s for s in split):
            out.append(item)
    return tuple(out)


def ease(items: Sequence[WeekItem], light: Light, sessions: int = 2) -> tuple[WeekItem, ...]:
    """The coming days' items after a light (RP-R07); green and "cannot say" change nothing.

    Yellow: optional strides go, hops, steady block and descents are taken out, the next `sessions` runs are shorter.
    Red: runs become cross-training of the same length, strides and jumps go; a race stays, to be told that it cannot.
    """
    if light is Light.YELLOW:
        return _after_yellow(items, sessions)
    if light is Light.RED:
        return tuple(_without_running(i) for i in items if i.kind not in (ItemKind.STRIDES, ItemKind.PLYOMETRICS))
    return tuple(items)


def without_extras(item: WeekItem) -> WeekItem:
    """Without hops at the end, steady block and long descents."""
    if not (item.plyometric or item.steady_block or item.descent):
        return item
    return replace(item, plyometric=False, steady_block=False, descent=False)


def _after_yellow(items: Sequence[WeekItem], sessions: int) -> tuple[WeekItem, ...]:
    out: list[WeekItem] = []
    shortened = 0
    for item in items:
        if item.kind is ItemKind.STRIDES and item.optional:
            continue
        eased = without_extras(item)
        # a step of a ladder is repeated or taken back by the ladder; a race is run or not
        if is_run(item) and item.step is None and item.kind is not ItemKind.RACE and shortened < sessions:
            shortened += 1
            metres = None if item.metres is None else round(item.metres * (1 - VOLUME_CUT), 1)
            eased = replace(eased, minutes=round(item.minutes * (1 - VOLUME_CUT), 1), metres=metres)
        out.append(eased)
    return tuple(out)


def _without_running(item: WeekItem) -> WeekItem:
    if item.kind is ItemKind.RACE:
        return item
    if item.kind in RUN_KINDS:
        return replace(
            without_extras(item), kind=ItemKind.CROSS_TRAINING, metres=None, step=None, new_stressor=None, heavy=False
        )
    return without_extras(item)
