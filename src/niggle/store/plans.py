"""Rows of plans to core.plan's shapes and back. Needs an open scope; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVar

from niggle.core.plain import from_plain, to_plain
from niggle.core.plan import (
    Absence,
    Availability,
    DoneItem,
    Measured,
    PlanAnswer,
    PlanEnd,
    PlanFacts,
    PlanStart,
    Race,
    WeekPlan,
)
from niggle.store.models import PlanFact, PlanKind

T = TypeVar("T")
Kept = PlanStart | PlanEnd | Measured | DoneItem | Race | Absence | PlanAnswer | Availability | WeekPlan

_SHAPES: Final[dict[PlanKind, type[Any]]] = {
    PlanKind.START: PlanStart,
    PlanKind.END: PlanEnd,
    PlanKind.TEST: Measured,
    PlanKind.DONE: DoneItem,
    PlanKind.RACE: Race,
    PlanKind.ABSENCE: Absence,
    PlanKind.ANSWER: PlanAnswer,
    PlanKind.AVAILABILITY: Availability,
    PlanKind.WEEK: WeekPlan,
}
_WHOLE: Final = (PlanKind.START, PlanKind.END, PlanKind.RACE, PlanKind.ABSENCE, PlanKind.AVAILABILITY)


def load_plan_facts(on: date, since: date, until: datetime | None = None) -> PlanFacts:
    """Everything about plans as known at `until`; done items, tests and answers from `since` or the oldest open plan.

    Weeks: those that hold a day of the week before or after `on`.
    """
    known = PlanFact.objects.all() if until is None else PlanFact.objects.filter(recorded_at__lte=until)
    whole = _newest(known.filter(kind__in=_WHOLE))
    starts: list[PlanStart] = whole.get(PlanKind.START, [])
    ended = {e.plan for e in whole.get(PlanKind.END, [])}
    first = min([since, *(s.on for s in starts if s.id not in ended)])
    windowed = known.filter(kind__in=(PlanKind.TEST, PlanKind.DONE, PlanKind.ANSWER), on__gte=first, on__lte=on)
    near = known.filter(kind=PlanKind.WEEK, on__gte=on - timedelta(days=13), on__lte=on + timedelta(days=7))
    part = _newest(windowed)
    availability = whole.get(PlanKind.AVAILABILITY, [])
    return PlanFacts(
        starts=tuple(sorted(starts, key=lambda s: (s.on, s.id))),
        ends=tuple(sorted(whole.get(PlanKind.END, []), key=lambda e: (e.on, e.plan))),
        tests=tuple(sorted(part.get(PlanKind.TEST, []), key=lambda t: t.on)),
        done=tuple(sorted(part.get(PlanKind.DONE, []), key=lambda d: d.on)),
        races=tuple(sorted(whole.get(PlanKind.RACE, []), key=lambda r: (r.on, r.id))),
        absences=tuple(sorted(whole.get(PlanKind.ABSENCE, []), key=lambda a: (a.first, a.id))),
        answers=tuple(sorted(part.get(PlanKind.ANSWER, []), key=lambda a: a.on)),
        availability=availability[-1] if availability else Availability(),
        weeks=tuple(sorted(_newest(near).get(PlanKind.WEEK, []), key=lambda w: w.start)),
    )


def has_week(on: date | None = None) -> bool:
    """Whether a calendar that holds the day (None: any) was ever made."""
    made = PlanFact.objects.filter(kind=PlanKind.WEEK)
    if on is not None:
        made = made.filter(on__gt=on - timedelta(days=7), on__lte=on)
    return bool(made.exists())


def _newest(rows: Any) -> dict[PlanKind, list[Any]]:
    """By kind, the last row of each key, in the order in which they were recorded."""
    last: dict[tuple[str, str], Any] = {}
    for kind, key, plain in rows.order_by("id").values_list("kind", "key", "plain"):
        last.pop((kind, key), None)
        last[kind, key] = plain
    found: dict[PlanKind, list[Any]] = {}
    for (kind, _), plain in last.items():
        found.setdefault(PlanKind(kind), []).append(from_plain(_SHAPES[PlanKind(kind)], plain))
    return found


def keep(athlete_id: int, facts: Iterable[Kept], now: datetime, on: date | None = None) -> None:
    """Write facts as rows. `on`: the day of those that name none themselves."""
    PlanFact.objects.bulk_create(
        [
            PlanFact(athlete_id=athlete_id, kind=kind, key=key, on=day, plain=to_plain(fact), recorded_at=now)
            for fact in facts
            for kind, key, day in (_place(fact, on),)
        ]
    )


def _place(fact: Kept, on: date | None) -> tuple[PlanKind, str, date]:
    """(kind, key, day): an answer is told apart by its day too, a week by its first day."""
    match fact:
        case PlanStart():
            return PlanKind.START, fact.id, fact.on
        case PlanEnd():
            return PlanKind.END, fact.plan, fact.on
        case Measured():
            return PlanKind.TEST, fact.id, fact.on
        case DoneItem():
            return PlanKind.DONE, fact.id, fact.on
        case Race():
            return PlanKind.RACE, fact.id, fact.on
        case Absence():
            return PlanKind.ABSENCE, fact.id, fact.first
        case PlanAnswer():
            return PlanKind.ANSWER, f"{fact.key}@{fact.on.isoformat()}", fact.on
        case WeekPlan():
            return PlanKind.WEEK, fact.start.isoformat(), fact.start
        case Availability():
            if on is None:
                raise ValueError("availability needs a day")
            return PlanKind.AVAILABILITY, "now", on
