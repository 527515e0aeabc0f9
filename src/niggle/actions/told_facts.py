"""What no log shows and only the runner can tell: a pack carried, a day on her feet, another way of landing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final

from niggle.actions import clock
from niggle.core.outcomes import Problem
from niggle.core.spikes import TOLD_CODES, Told
from niggle.store import mapping
from niggle.store.models import ToldFact
from niggle.store.scopes import athlete_scope

EARLIEST: Final = date(1900, 1, 1)


def record_told(
    athlete_id: int, codes: Iterable[str], on: date, now: datetime, *, taken_back: bool = False
) -> tuple[Problem, ...]:
    """Record what happened on that day (or, taken_back, that it did not). All or none; what is known stays as it is."""
    wanted = list(dict.fromkeys(codes))
    problems = [_unknown(code) for code in wanted if code not in TOLD_CODES]
    if on > clock.day_of(now):
        problems.append(Problem("on", f"{on} is in the future", "the day it happened"))
    if on < EARLIEST:
        problems.append(Problem("on", f"{on} is before {EARLIEST}", "check the year"))
    if problems:
        return tuple(problems)
    with athlete_scope(athlete_id):
        known = {told.code for told in mapping.load_told(on, on)}
        if taken_back and (missing := [code for code in wanted if code not in known]):
            return tuple(Problem("code", f"{code} was not told of {on}", "see niggle told") for code in missing)
        rows = [
            ToldFact(athlete_id=athlete_id, code=code, on=on, taken_back=taken_back, recorded_at=now)
            for code in wanted
            if (code in known) == taken_back
        ]
        ToldFact.objects.bulk_create(rows)
    return ()


def _unknown(code: str) -> Problem:
    near = get_close_matches(code, sorted(TOLD_CODES), n=1, cutoff=0.6)
    hint = f"did you mean {near[0]!r}?" if near else f"one of {', '.join(sorted(TOLD_CODES))}"
    return Problem("code", f"{code!r} is nothing that can be told", hint)


def list_told(athlete_id: int, first: date, last: date) -> tuple[Told, ...]:
    """What she told of those days and did not take back, oldest first."""
    with athlete_scope(athlete_id):
        return mapping.load_told(first, last)
