"""Rows to core's shapes and back. Everything here needs an open scope; nothing here decides anything.

History is read as columns, never as model rows: ten years must cost milliseconds.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any, Final, TypeVar

import numpy as np
from django.db.models import Min, Sum
from django.db.models.functions import Coalesce

from niggle.core.body import LOAD_TISSUES, Side
from niggle.core.checkin import Answers, Entry, Moment, Quality, Stiffness, answer_fields
from niggle.core.history import FEATURES, SPORTS, History, Shoe, Surface, Tag, empty_history
from niggle.core.load import tags_from_source
from niggle.core.profile import Clearance, Cleared, KnownCondition, Mode, Profile
from niggle.core.session import Session, Sport
from niggle.core.spikes import WORN_BY, Told
from niggle.core.units import M_PER_KM
from niggle.store.columns import RECORDING_FIELDS
from niggle.store.models import (
    CheckInEntry,
    ClearanceFact,
    ConditionFact,
    ProfileFact,
    Recording,
    RecordingLoad,
    SessionLabel,
    ShoeAssignment,
    ShoeRevision,
    ToldFact,
)
from niggle.store.models import Shoe as ShoeRow

T = TypeVar("T")

_SPORT_CODE: Final = {sport.value: code for code, sport in enumerate(SPORTS)}
_ANSWERS: Final = answer_fields()
PROFILE_KEYS: Final = frozenset(f.name for f in fields(Profile)) - {"conditions", "clearances"}


# --- sessions ---------------------------------------------------------------------------------------------------------


def load_history(first: date | None = None, last: date | None = None, *, worn_before: bool = True) -> History:
    """One row a run (not a recording) from `first` to `last`, oldest first; with what she said of it laid over.

    worn_before: what each pair had run before `first` counts into its start; without it shoes are only names.
    """
    rows = RecordingLoad.objects.filter(duplicate_of=None)
    if first is not None:
        rows = rows.filter(recording__local_date__gte=first)
    if last is not None:
        rows = rows.filter(recording__local_date__lte=last)
    found = list(
        rows.order_by("recording__start_utc", "recording__key").values_list(
            "recording_id", "recording__key", "recording__start_utc", "recording__local_date", "recording__sport",
            "recording__distance_m", "recording__timer_s", "recording__moving_s", "recording__ascent_m",
            "recording__descent_m", "doses", "features", "tags", "gear",
        )
    )  # fmt: skip
    shoes, shoe_of, by_gear = load_shoes(), _assigned(), _shoes_by_gear()
    if first is not None and worn_before and shoes:
        shoes = _worn_before(shoes, first, shoe_of, by_gear)
    if not found:
        return empty_history(shoes)
    columns = list(zip(*found, strict=True))
    ids, keys, starts, days, sports = columns[:5]
    labels = _labels()
    tags: list[frozenset[Tag]] = []
    surface: list[Surface | None] = []
    low_side: list[str | None] = []
    shoe: list[str | None] = []
    for row_id, source_tags, gear in zip(ids, columns[12], columns[13], strict=True):
        label = labels.get(row_id)
        stated = source_tags if label is None or label[0] is None else label[0]
        tags.append(tags_from_source(stated) if stated else frozenset())
        surface.append(None if label is None or label[1] is None else Surface(label[1]))
        low_side.append(None if label is None else label[2])
        shoe.append(shoe_of[row_id] if row_id in shoe_of else by_gear.get(gear or ""))
    # A calendar day at UTC midnight is not the local day: days come from the row, instants from the start.
    history = History(
        ids=tuple(keys),
        start_s=np.array([s.timestamp() for s in starts]),
        day=np.array([d.toordinal() for d in days], np.int64),
        sport=np.array([_SPORT_CODE[s] for s in sports], np.int64),
        **{
            name: np.array(column, np.float64)  # None becomes NaN
            for name, column in zip(
                ("distance_m", "timer_s", "moving_s", "ascent_m", "descent_m"), columns[5:10], strict=True
            )
        },
        doses=np.frombuffer(b"".join(columns[10]), "<f8").reshape(-1, len(LOAD_TISSUES)),
        features=np.frombuffer(b"".join(columns[11]), "<f8").reshape(-1, len(FEATURES)),
        tags=tuple(tags),
        surface=tuple(surface),
        low_side=tuple(low_side),
        shoe=tuple(shoe),
        shoes=shoes,
    )
    return _by_day(history)


def _by_day(history: History) -> History:
    """Ordered by local day, then start: a traveller's starts and days need not agree, and days are searched."""
    if (np.diff(history.day) >= 0).all():
        return history
    order = np.lexsort((history.start_s, history.day))
    picked: dict[str, Any] = {}
    for f in fields(History):
        column = getattr(history, f.name)
        if f.name == "shoes":
            continue
        picked[f.name] = column[order] if isinstance(column, np.ndarray) else tuple(column[i] for i in order)
    return History(**picked, shoes=history.shoes)


def primary_of() -> dict[int, int]:
    """Recording -> the recording that speaks for its run, for those that do not themselves."""
    rows = RecordingLoad.objects.exclude(duplicate_of=None)
    return dict(rows.values_list("recording_id", "duplicate_of_id"))


def _labels() -> dict[int, tuple[list[str] | None, str | None, str | None]]:
    """Speaking recording -> (tags, surface, low side) as last said of any recording of its run."""
    rows = list(SessionLabel.objects.order_by("id").values_list("recording_id", "tags", "surface", "low_side"))
    if not rows:
        return {}
    primary = primary_of()
    return {primary.get(r[0], r[0]): r[1:] for r in rows}


def _assigned() -> dict[int, str | None]:
    """Speaking recording -> key of the pair that she said it was run in."""
    rows = list(ShoeAssignment.objects.order_by("id").values_list("recording_id", "shoe__key"))
    if not rows:
        return {}
    primary = primary_of()
    return {primary.get(r[0], r[0]): r[1] for r in rows}


def _shoes_by_gear() -> dict[str, str]:
    return dict(ShoeRow.objects.exclude(gear=None).values_list("gear", "key"))


def load_shoes() -> tuple[Shoe, ...]:
    """All pairs as last described, in the order they were added."""
    latest: dict[str, Shoe] = {}
    rows = ShoeRevision.objects.order_by("shoe_id", "id").values_list(
        "shoe__key", "name", "start_km", "drop_mm", "stack_mm", "category", "plated", "worn_flag", "first_used",
        "retired_on",
    )  # fmt: skip
    for row in rows:
        latest[row[0]] = Shoe(*row)
    return tuple(latest.values())


def _worn_before(
    shoes: tuple[Shoe, ...], first: date, pair_of: dict[int, str | None], by_gear: dict[str, str]
) -> tuple[Shoe, ...]:
    """The pairs with what they had run before `first` added to their start, and their first use known from then."""
    earlier = RecordingLoad.objects.filter(duplicate_of=None, recording__local_date__lt=first)
    earlier = earlier.filter(recording__sport__in=WORN_BY)
    said = ShoeAssignment.objects.annotate(run=Coalesce("recording__load__duplicate_of_id", "recording_id"))
    assigned = earlier.filter(recording_id__in=said.values("run"))
    metres: dict[str, float] = {}
    since: dict[str, date] = {}

    def add(key: str | None, distance_m: float | None, day: date) -> None:
        if key is not None:
            metres[key] = metres.get(key, 0.0) + (distance_m or 0.0)
            since[key] = min(since.get(key, day), day)

    if by_gear:
        named = earlier.exclude(recording_id__in=said.values("run")).filter(gear__in=list(by_gear))
        sums = named.order_by().values_list("gear").annotate(Sum("recording__distance_m"), Min("recording__local_date"))
        for gear, distance_m, day in sums:
            add(by_gear[gear], distance_m, day)
    for row_id, distance_m, day in assigned.values_list(
        "recording_id", "recording__distance_m", "recording__local_date"
    ):
        add(pair_of[row_id], distance_m, day)
    return tuple(_older(shoe, metres[shoe.id], since[shoe.id]) if shoe.id in since else shoe for shoe in shoes)


def _older(shoe: Shoe, metres: float, since: date) -> Shoe:
    first_used = since if shoe.first_used is None else min(shoe.first_used, since)
    return replace(shoe, start_km=shoe.start_km + metres / M_PER_KM, first_used=first_used)


def session_of(row: Recording, streams: Any = None) -> Session:
    """A recording as the Session it was read as (without notes)."""
    return Session(
        sport=Sport(row.sport),
        start_utc=row.start_utc.astimezone(UTC),
        utc_offset_s=row.utc_offset_s,
        **{name: getattr(row, name) for name in RECORDING_FIELDS},
        streams=streams,
        title=row.title,
        gear=row.gear,
        device=row.device,
        external_id=row.external_id,
        leg=row.leg,
        tags=frozenset(row.tags),
    )


# --- check-ins --------------------------------------------------------------------------------------------------------


def load_entries(
    first: date | None = None, last: date | None = None, *, warnings_before: bool = False
) -> tuple[Entry, ...]:
    """Entries that speak of the days from `first` to `last`, in the order they were recorded.

    warnings_before: also the older ones that hold a warning (a red-flag answer, a sudden moment).
    """
    from django.db.models import Q

    wanted = Q()
    if first is not None:
        wanted = Q(on__gte=first) | Q(warns=True) if warnings_before else Q(on__gte=first)
    rows = CheckInEntry.objects.filter(wanted)
    if last is not None:
        rows = rows.filter(on__lte=last)
    return tuple(_entry(plain) for plain in rows.order_by("recorded_at", "id").values_list("plain", flat=True))


def load_entry(key: str) -> Entry | None:
    plain = CheckInEntry.objects.filter(key=key).values_list("plain", flat=True).first()
    return None if plain is None else _entry(plain)


def _entry(plain: dict[str, Any]) -> Entry:
    """An entry from what `entry_to_plain` wrote. Stored entries were checked when they came: no second look here."""
    answers = {name: plain[name] for name in _ANSWERS if name in plain}
    if "quality" in answers:
        answers["quality"] = Quality(answers["quality"])
    if "stiffness" in answers:
        answers["stiffness"] = Stiffness(answers["stiffness"])
    if "findings" in answers:
        answers["findings"] = tuple(sorted(answers["findings"].items()))
    return Entry(
        id=plain["id"],
        on=date.fromisoformat(plain["on"]),
        recorded_at=datetime.fromisoformat(plain["recorded_at"]),
        site=plain.get("site"),
        side=_side(plain.get("side")),
        moment=None if (moment := plain.get("moment")) is None else Moment(moment),
        session_id=plain.get("session_id"),
        answers=Answers(**answers),
        corrects=plain.get("corrects"),
        acute=plain.get("acute", False),
    )


# --- the runner -------------------------------------------------------------------------------------------------------


def load_profile(until: datetime | None = None) -> Profile:
    """What was known of her by that moment (by now, if None); of each question the latest answer."""

    def known(rows: Any) -> Any:
        rows = rows.order_by("recorded_at", "id")
        return rows if until is None else rows.filter(recorded_at__lte=until)

    answers: dict[str, Any] = dict(known(ProfileFact.objects).values_list("key", "value"))
    values = {key: value for key, value in answers.items() if key in PROFILE_KEYS and value is not None}
    if "born_on" in values:
        values["born_on"] = date.fromisoformat(values["born_on"])
    if "mode" in values:
        values["mode"] = Mode(values["mode"])
    conditions: dict[tuple[Any, ...], KnownCondition] = {}
    for row in known(ConditionFact.objects).values_list(
        "slug", "site", "side", "since", "until", "seen_by_professional", "plan_active", "improving"
    ):
        conditions[row[:3]] = KnownCondition(row[0], row[1], _side(row[2]), *row[3:])
    clearances = tuple(
        Clearance(on, by, site, _side(side), restricts, until, note, None if lifts is None else Cleared(lifts))
        for on, by, site, side, restricts, until, note, lifts in known(ClearanceFact.objects).values_list(
            "on", "by", "site", "side", "restricts", "until", "note", "lifts"
        )
    )
    return Profile(**values, conditions=tuple(conditions.values()), clearances=clearances)


def load_told(first: date | None = None, last: date | None = None, until: datetime | None = None) -> tuple[Told, ...]:
    """What she told of those days and had not taken back by the moment `until` (by now, if None), oldest first."""
    rows = ToldFact.objects.all()
    if first is not None:
        rows = rows.filter(on__gte=first)
    if last is not None:
        rows = rows.filter(on__lte=last)
    if until is not None:
        rows = rows.filter(recorded_at__lte=until)
    latest: dict[tuple[date, str], bool] = {}
    for on, code, taken_back in rows.order_by("recorded_at", "id").values_list("on", "code", "taken_back"):
        latest[on, code] = taken_back
    return tuple(Told(code, on) for (on, code), gone in sorted(latest.items()) if not gone)


def _side(value: str | None) -> Side | None:
    return None if value is None else Side(value)
