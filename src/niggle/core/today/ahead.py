"""What is still to be placed of a week's sessions, after what was done in it. A calendar is a wish for days to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS, ItemKind, Placed, WeekItem
from niggle.core.profile import Profile
from niggle.core.today.clinician import restrictions_on
from niggle.core.today.types import NextStep

_TO_BE_SEEN: Final = frozenset({NextStep.CALL_EMERGENCY, NextStep.BE_SEEN, NextStep.RECORD_CLEARANCE})


def waits_for_clinician(light: Light, steps: Sequence[NextStep], profile: Profile, on: date, start: date) -> bool:
    """Whether a red of `on` waits for somebody who looks at it, also in the week from `start`: a warning sign, a
    missing clearance, a restriction that is not over by then. steps: the day's, before its plans add theirs."""
    if light is not Light.RED:
        return False
    restricted = any(c.until is None or c.until >= start for c in restrictions_on(profile, on))
    return restricted or bool(_TO_BE_SEEN.intersection(steps))


def light_of_week(light: Light, start: date, today: date, waits: bool = False) -> Light:
    """The light that a calendar from `start` is made by. A red of today is none of the days of a week to come: nothing
    is known of them yet, and each has its own light before anybody runs. waits: a red that waits for a clinician
    stands on every day until one has looked."""
    return Light.CANNOT_SAY if start > today and light is Light.RED and not waits else light


def remaining(items: Sequence[WeekItem], before: Sequence[Placed], start: date, today: date) -> tuple[WeekItem, ...]:
    """The items left for `today` and later. before: what was done; daily sets only count for the days that are left.

    A run that she did stands for one of the runs planned, the least important first, and no more are left than days
    (PLAN-W11). Strength is matched by its exercises, the rest by kind.
    """
    done = [p for p in before if p.on >= start]
    runs = sum(p.item.kind in RUN_KINDS for p in done)  # a race stands on its own day, whatever was run before it
    kinds = Counter(p.item.kind for p in done if p.item.kind not in RUN_KINDS and not p.item.exercises)
    exercised = {pair for p in done if p.item.kind is not ItemKind.HOME_SET for pair in p.item.exercises}
    own = (i for i in items if i.kind in RUN_KINDS and i.kind is not ItemKind.RACE)
    spare = sorted(own, key=lambda i: (not i.optional, i.minutes, i.id))
    days_left = (start + timedelta(days=7) - today).days
    whole = [i for i in spare[runs:] if i.kind is not ItemKind.STRIDES]  # strides end a run
    gone = {i.id for i in (*spare[:runs], *whole[: max(0, len(whole) - days_left)])}
    left: list[WeekItem] = []
    daily = 0
    for item in items:
        if item.id in gone:
            continue
        if item.kind is ItemKind.HOME_SET:
            daily += 1
            if daily > days_left:
                continue
        elif item.kind not in RUN_KINDS:
            if item.exercises and exercised.intersection(item.exercises):
                exercised.difference_update(item.exercises)
                continue
            if kinds[item.kind]:
                kinds[item.kind] -= 1
                continue
        left.append(item)
    return tuple(left)
