"""Medians of moving windows: the quick way equals the plain one."""

from __future__ import annotations

from math import isnan, nan

from hypothesis import given
from hypothesis import strategies as st

from niggle.core.load.tags import _sliding_medians

VALUES = st.lists(st.one_of(st.just(nan), st.floats(0, 50)), max_size=40)


def plain(values: list[float]) -> float:
    known = sorted(v for v in values if not isnan(v))
    half = len(known) // 2
    return nan if not known else known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2


@given(VALUES, st.data())
def test_sliding_medians_are_the_medians_of_the_windows(values: list[float], data: st.DataObject) -> None:
    first: list[int] = []
    for at in range(len(values)):
        first.append(data.draw(st.integers(first[-1] if first else 0, at)))
    expected = [plain(values[begin:at]) for at, begin in enumerate(first)]
    assert [repr(m) for m in _sliding_medians(values, first)] == [repr(m) for m in expected]


@given(VALUES, st.data())
def test_medians_from_a_later_place_on_are_the_same(values: list[float], data: st.DataObject) -> None:
    first = sorted(data.draw(st.integers(0, at)) for at in range(len(values)))
    first = [min(begin, at) for at, begin in enumerate(first)]
    begin = data.draw(st.integers(0, len(values)))
    assert [repr(m) for m in _sliding_medians(values, first, begin)] == [
        repr(m) for m in _sliding_medians(values, first)[begin:]
    ]
