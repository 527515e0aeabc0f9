"""Dataclasses survive the way to JSON and back."""

import json
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niggle.core.body import Side
from niggle.core.plain import day_from, from_plain, to_plain
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

KINDS = (PlanStart, PlanEnd, Measured, DoneItem, Race, Absence, PlanAnswer, Availability, WeekPlan, PlanFacts)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_there_and_back(kind: type, data: st.DataObject) -> None:
    made = data.draw(st.from_type(kind))
    again = from_plain(kind, json.loads(json.dumps(to_plain(made))))
    for f in fields(kind):
        assert _same(getattr(again, f.name), getattr(made, f.name))


def _same(one: object, other: object) -> bool:
    return one == other or repr(one) == repr(other)  # NaN


def test_defaults_are_not_written() -> None:
    start = PlanStart("a", "calf-strain", date(2026, 1, 2), "calf_inner", Side.LEFT)
    assert to_plain(start) == {
        "id": "a", "condition": "calf-strain", "on": "2026-01-02", "site": "calf_inner", "side": "left",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (PlanEnd, {"plan": "a"}),  # a field is missing
        (PlanEnd, {"plan": "a", "on": "2026-01-02", "more": 1}),
        (PlanEnd, {"plan": 3, "on": "2026-01-02"}),
        (PlanEnd, {"plan": "a", "on": "yesterday"}),
        (PlanEnd, []),
        (PlanFacts, {"tests": "none"}),
        (PlanAnswer, {"key": "k", "on": "2026-01-02", "value": [1]}),
        (PlanStart, {"id": "a", "condition": "c", "on": "2026-01-02", "site": "s", "side": "up"}),
        (Measured, {"id": "a", "test": "t", "on": "2026-01-02", "left": True}),
    ],
)
def test_what_does_not_fit_is_refused(kind: type, data: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_plain(kind, data)


@pytest.mark.parametrize(
    ("given_", "day"),
    [
        ("2026-05-04", date(2026, 5, 4)), (date(2026, 5, 4), date(2026, 5, 4)), ("2026-02-30", None), ("soon", None),
        (20260504, None), (None, None), (datetime(2026, 5, 4, 7, tzinfo=UTC), None), (True, None),
    ],
)  # fmt: skip
def test_a_day_is_a_date_or_its_text(given_, day):
    assert day_from(given_) == day
