"""Shoes: pairs, what is known of them, and which runs they were worn on."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import numpy as np
from django.db import transaction

from niggle.actions.given import Given
from niggle.core.history import Shoe
from niggle.core.outcomes import Problem
from niggle.store import mapping
from niggle.store.models import Recording, ShoeAssignment, ShoeRevision
from niggle.store.models import Shoe as ShoeRow
from niggle.store.scopes import athlete_scope


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair with what its runs add up to. distance_m includes `shoe.start_km`; days are those it was worn on."""

    shoe: Shoe
    distance_m: float
    runs: int
    days: int
    first_run: date | None
    last_run: date | None


def list_shoes(athlete_id: int) -> tuple[Pair, ...]:
    """All pairs, those in use first, the last worn before the others."""
    with athlete_scope(athlete_id):
        history = mapping.load_history()
    pairs = []
    worn = np.array([key or "" for key in history.shoe], dtype=object)
    for shoe in history.shoes:
        mine = worn == shoe.id
        days = np.unique(history.day[mine])
        metres = float(np.nansum(history.distance_m[mine])) + shoe.start_km * 1000.0
        first, last = (date.fromordinal(int(days[i])) for i in (0, -1)) if len(days) else (None, None)
        pairs.append(Pair(shoe, metres, int(mine.sum()), len(days), first, last))
    pairs.sort(key=lambda p: (p.shoe.retired_on is not None, -(p.last_run or date.min).toordinal(), p.shoe.name))
    return tuple(pairs)


_FIELDS: Final = (
    "id", "name", "start_km", "drop_mm", "stack_mm", "category", "plated", "worn_flag", "first_used", "retired_on",
)  # fmt: skip
_RANGES: Final = {"start_km": (0.0, 20_000.0), "drop_mm": (-20.0, 100.0), "stack_mm": (0.0, 100.0)}
CATEGORIES: Final = ("neutral", "stability", "minimal", "trail", "racing", "spikes", "other")


def save_shoe(athlete_id: int, plain: Mapping[str, Any], now: datetime) -> Shoe | tuple[Problem, ...]:
    """A new pair (no `id`), or what has changed of one (fields left out stay as they were)."""
    given = Given(plain, _FIELDS)
    values: dict[str, Any] = {}
    for key in given.keys():  # noqa: SIM118 - Given is no mapping
        if key in ("start_km", "drop_mm", "stack_mm"):
            values[key] = given.number(
                key, -20.0 if key == "drop_mm" else 0.0, 20_000.0 if key == "start_km" else 100.0
            )
        elif key == "category":
            values[key] = given.choice(key, CATEGORIES)
        elif key in ("plated", "worn_flag"):
            values[key] = bool(given.yes_no(key))
        elif key in ("first_used", "retired_on"):
            values[key] = given.day(key)
    if values.get("start_km", 0.0) is None:
        values["start_km"] = 0.0
    if given.has("name") or not given.has("id"):
        values["name"] = given.needed_text("name", 255)
    with athlete_scope(athlete_id), transaction.atomic():
        known = {shoe.id: shoe for shoe in mapping.load_shoes()}
        shoe_id = plain.get("id")
        if shoe_id is not None and shoe_id not in known:
            given.wrong("id", f"there is no shoe {shoe_id!r}", "see niggle shoes list")
        if given.problems:
            return tuple(given.problems)
        if shoe_id is None:
            row = ShoeRow.objects.create(athlete_id=athlete_id, key=secrets.token_hex(8))
        else:
            row = ShoeRow.objects.get(key=shoe_id)
            values = _values(known[shoe_id]) | values
        ShoeRevision.objects.create(athlete_id=athlete_id, shoe=row, recorded_at=now, **values)
        return next(shoe for shoe in mapping.load_shoes() if shoe.id == row.key)


def _values(shoe: Shoe) -> dict[str, Any]:
    return {name: getattr(shoe, name) for name in _FIELDS if name != "id"}


def retire_shoe(athlete_id: int, shoe_id: str, on: date, now: datetime) -> Shoe | tuple[Problem, ...]:
    """From that day the pair is no longer worn."""
    return save_shoe(athlete_id, {"id": shoe_id, "retired_on": on}, now)


def assign_shoe(athlete_id: int, session_ids: Iterable[str], shoe_id: str | None, now: datetime) -> tuple[Problem, ...]:
    """These sessions were run in that pair (None: in none of them). Goes before the shoe an export names."""
    wanted = list(dict.fromkeys(session_ids))
    problems: list[Problem] = []
    with athlete_scope(athlete_id), transaction.atomic():
        shoe = None if shoe_id is None else ShoeRow.objects.filter(key=shoe_id).first()
        if shoe_id is not None and shoe is None:
            problems.append(Problem("shoe_id", f"there is no shoe {shoe_id!r}", "see niggle shoes list"))
        rows = dict(Recording.objects.filter(key__in=wanted).values_list("key", "pk"))
        problems += [
            Problem("session_ids", f"there is no session {key!r}", "see niggle sessions")
            for key in wanted
            if key not in rows
        ]
        if problems:
            return tuple(problems)
        ShoeAssignment.objects.bulk_create(
            ShoeAssignment(athlete_id=athlete_id, recording_id=rows[key], shoe=shoe, recorded_at=now) for key in wanted
        )
    return ()
