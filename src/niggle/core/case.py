"""A Case: every input of one decision. As JSON it is replay, explanation, bug report and regression test in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from math import isnan
from typing import Any, Final

import numpy as np

from niggle.core.body import LOAD_TISSUES
from niggle.core.checkin import Entry
from niggle.core.history import FEATURES, History, Shoe, Surface, Tag
from niggle.core.ids import digest_json
from niggle.core.plain import from_plain, to_plain
from niggle.core.plan import PlanFacts
from niggle.core.profile import Profile
from niggle.core.session.types import Floats
from niggle.core.spikes.types import Told

FORMAT: Final = 1
WEEK_STARTS: Final = {"monday": 0, "sunday": 6}  # as date.weekday counts
HISTORY_DAYS: Final = 400  # more than four times the slowest tissue clock (bone, 90 days)

_NO_PLAN: Final = PlanFacts()
_NUMBERS: Final = ("start_s", "distance_m", "timer_s", "moving_s", "ascent_m", "descent_m")
_WHOLE: Final = ("day", "sport")


class BadCase(ValueError):
    """A case file that cannot be read: the message says where."""


@dataclass(frozen=True, slots=True)
class Case:
    """Inputs of `today.decide`. `on` is the day decided for; nothing later than it is looked at.

    history: sessions of the last HISTORY_DAYS. entries: check-ins of the same span, and older ones that warned.
    told: what no log shows, as she told it of the same span. plan: what she told of her plans, and her calendar.
    """

    on: date
    history: History
    entries: tuple[Entry, ...]
    profile: Profile
    week_starts: str = "monday"
    engine_version: str = ""
    knowledge_digest: str = ""
    told: tuple[Told, ...] = ()
    plan: PlanFacts = _NO_PLAN

    @property
    def week_start(self) -> int:
        """First weekday of the runner's week, 0 = Monday."""
        return WEEK_STARTS[self.week_starts]

    def same_but_for_weeks(self, other: Case) -> bool:
        """Whether both are of the very same rows of one day, whatever their calendars hold."""
        mine, theirs = self.plan, other.plan
        return (
            self.on == other.on
            and all(getattr(self, name) is getattr(other, name) for name in _ROWS)
            and all(getattr(mine, name) is getattr(theirs, name) for name in _PLAN_ROWS)
        )

    @property
    def digest(self) -> str:
        """The same inputs have the same digest, whenever and wherever they were gathered."""
        return digest_json(case_to_plain(self))


_ROWS: Final = tuple(f.name for f in fields(Case) if f.name not in ("on", "plan"))
_PLAN_ROWS: Final = tuple(f.name for f in fields(PlanFacts) if f.name != "weeks")


def case_to_plain(case: Case) -> dict[str, Any]:
    """JSON-ready; floats survive exactly, NaN becomes null."""
    h = case.history
    history: dict[str, Any] = {"ids": list(h.ids)}
    history |= {name: _nulls(getattr(h, name)) for name in _NUMBERS}
    history |= {name: getattr(h, name).tolist() for name in _WHOLE}
    history["doses"] = [_nulls(row) for row in h.doses]
    history["features"] = [_nulls(row) for row in h.features]
    history["tags"] = [sorted(tags) for tags in h.tags]
    history["surface"] = list(h.surface)
    history["low_side"] = list(h.low_side)
    history["shoe"] = list(h.shoe)
    history["shoes"] = [_plain(shoe) for shoe in h.shoes]
    plain = {
        "niggle_case": FORMAT,
        "on": case.on.isoformat(),
        "engine_version": case.engine_version,
        "knowledge_digest": case.knowledge_digest,
        "week_starts": case.week_starts,
        "profile": _plain(case.profile),
        "entries": [_plain(entry) for entry in case.entries],
        "told": [_plain(t) for t in case.told],
        "history": history,
    }
    if case.plan != _NO_PLAN:
        plain["plan"] = to_plain(case.plan)
    return plain


def case_from_plain(data: Mapping[str, Any]) -> Case:
    """A Case from its JSON. Raises BadCase for another format, a missing key or a value of the wrong kind."""
    if not isinstance(data, Mapping) or data.get("niggle_case") != FORMAT:
        raise BadCase(f"not a niggle case of format {FORMAT} (the key niggle_case says which)")
    try:
        return Case(
            on=date.fromisoformat(data["on"]),
            history=_history(data["history"]),
            entries=tuple(from_plain(Entry, entry) for entry in data["entries"]),
            profile=from_plain(Profile, data["profile"]),
            week_starts=_one_of(data["week_starts"], WEEK_STARTS),
            engine_version=data["engine_version"],
            knowledge_digest=data["knowledge_digest"],
            told=tuple(from_plain(Told, t) for t in data.get("told", ())),
            plan=from_plain(PlanFacts, data["plan"]) if "plan" in data else _NO_PLAN,
        )
    except KeyError as error:
        raise BadCase(f"the case has no {error.args[0]!r}") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise BadCase(f"the case cannot be read: {error}") from None


def _one_of(value: str, known: Mapping[str, Any]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return value


def _nulls(column: Floats) -> list[float | None]:
    return [None if isnan(x) else x for x in column.tolist()]


def _floats(values: list[float | None]) -> Floats:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def _plain(value: Any) -> Any:
    """Dataclasses to mappings without their defaults' noise: None is left out, enums and dates become text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        named = {f.name: getattr(value, f.name) for f in fields(value)}
        return {k: _plain(v) for k, v in named.items() if v is not None}
    return value


def _history(data: Mapping[str, Any]) -> History:
    count = len(data["ids"])
    numbers = {name: _floats(data[name]) for name in _NUMBERS}
    whole = {name: np.array(data[name], dtype=np.int64) for name in _WHOLE}
    return History(
        ids=tuple(data["ids"]),
        start_s=numbers["start_s"],
        day=whole["day"],
        sport=whole["sport"],
        distance_m=numbers["distance_m"],
        timer_s=numbers["timer_s"],
        moving_s=numbers["moving_s"],
        ascent_m=numbers["ascent_m"],
        descent_m=numbers["descent_m"],
        doses=_table(data["doses"], count, len(LOAD_TISSUES)),
        features=_table(data["features"], count, len(FEATURES)),
        tags=tuple(frozenset(Tag(t) for t in tags) for tags in data["tags"]),
        surface=tuple(None if s is None else Surface(s) for s in data["surface"]),
        low_side=tuple(data["low_side"]),
        shoe=tuple(data["shoe"]),
        shoes=tuple(from_plain(Shoe, shoe) for shoe in data["shoes"]),
    )


def _table(rows: list[list[float | None]], count: int, width: int) -> Floats:
    table = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=np.float64)
    return table.reshape(count, width)
