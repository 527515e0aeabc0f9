"""Two logs that share their beginning: how far."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from tests.healthy.build import Row, log

from niggle.core.history import History, Shoe, Surface, Tag, empty_history

FIRST = date(2026, 3, 2)


def runs(count: int) -> History:
    return log(Row(FIRST + timedelta(days=i), 8 + i, shoe="s") for i in range(count))


def test_a_log_that_grew_shares_all_it_was() -> None:
    assert runs(6).shared_rows(runs(4)) == runs(4).shared_rows(runs(6)) == 4
    assert runs(5).shared_rows(runs(5)) == 5
    assert runs(5).shared_rows(empty_history()) == 0


def test_what_is_not_known_twice_is_the_same() -> None:
    unknown = replace(runs(3), distance_m=np.array([1000.0, np.nan, 1000.0]))
    assert unknown.shared_rows(replace(unknown, distance_m=unknown.distance_m.copy())) == 3
    assert unknown.shared_rows(replace(unknown, distance_m=np.array([1000.0, 0.0, 1000.0]))) == 1


def test_zero_is_zero_with_either_sign() -> None:
    flat = replace(runs(3), ascent_m=np.zeros(3))
    assert flat.shared_rows(replace(flat, ascent_m=-np.zeros(3))) == 3


CHANGES: dict[str, Any] = {
    "ids": ("a", "b", "other", "d"),
    "tags": (frozenset(), frozenset(), frozenset({Tag.LONG}), frozenset()),
    "surface": (None, None, Surface.SAND, None),
    "low_side": (None, None, "left", None),
    "shoe": ("s", "s", "t", "s"),
}


@pytest.mark.parametrize("name", [*CHANGES, "start_s", "day", "sport", "distance_m", "timer_s", "moving_s", "ascent_m",
                                  "descent_m", "doses", "features"])  # fmt: skip
def test_every_column_is_looked_at(name: str) -> None:
    had = replace(runs(4), ids=("a", "b", "c", "d"))
    if name in CHANGES:
        other = replace(had, **{name: CHANGES[name]})
    else:
        column = getattr(had, name).copy()
        column[2] = 3
        other = replace(had, **{name: column})
    assert had.shared_rows(other) == 2


def test_shoes_are_told_apart_by_the_rows_alone() -> None:
    assert runs(3).shared_rows(replace(runs(3), shoes=(Shoe("s", "Pair", worn_flag=True),))) == 3
