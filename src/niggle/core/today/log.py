"""Her log as the day's engines look at it: with its found tags, and its days of running."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import Final

import numpy as np

from niggle.core.case import Case
from niggle.core.history import History, Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.load import with_found_tags
from niggle.core.today.plans import Memo
from niggle.core.traffic_light import SessionDay

_FAST: Final = frozenset({Tag.SPEED, Tag.SPRINT, Tag.RACE, Tag.HILLS})
_HARD: Final = _FAST | {Tag.LONG, Tag.PLYOMETRIC, Tag.HEAVY_STRENGTH, Tag.HEAVY_CALF}


def log_of(case: Case, knowledge: Knowledge, memo: Memo | None = None) -> tuple[History, tuple[SessionDay, ...]]:
    """(her log until the day with its found tags, its days of running)."""
    given = case.history.until(case.on)
    before = None if memo is None else memo.log
    if before is None or before[1] is not knowledge:
        history = with_found_tags(given, knowledge.parameters)
        sessions = session_days(history, knowledge)
    elif before[0] is given:
        return before[2:]
    else:  # a log grows at its end: what was found in the rows before stays
        same = given.shared_rows(before[0])
        history = with_found_tags(given, knowledge.parameters, before[2].tags[:same])
        runs_before = int(np.count_nonzero(given.is_run[:same]))
        sessions = before[3][:runs_before] + session_days(history, knowledge, same)
    if memo is not None:
        memo.log = (given, knowledge, history, sessions)
    return history, sessions


def session_days(history: History, knowledge: Knowledge, since: int = 0) -> tuple[SessionDay, ...]:
    """The days of running as the light needs them; `history` carries its found tags already. since: from this row."""
    floor_m = knowledge.number("climb_floor_m")
    numbers = (history.is_run, history.day, history.descent_m, history.distance_m)
    columns = [column[since:].tolist() for column in numbers]
    days = []
    for is_run, day, descent, distance, tags in zip(*columns, history.tags[since:], strict=True):
        if is_run:
            days.append(
                SessionDay(
                    date.fromordinal(day),
                    None if isnan(descent) else descent > floor_m,
                    bool(tags & _FAST),
                    bool(tags & _HARD),
                    None if isnan(distance) else distance,
                )
            )
    return tuple(days)
