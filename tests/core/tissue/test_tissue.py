"""State of tissues: the recursion is the dot product, ratios do not depend on the unit, the future changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.healthy.build import Row, knowledge, log

from niggle.core.body import LOAD_TISSUES
from niggle.core.history import empty_history
from niggle.core.session.types import Sport
from niggle.core.tissue import LoadWord, series, states, word_of

TODAY = date(2026, 6, 10)


def daily(km: float, days: int = 120) -> list[Row]:
    return [Row(TODAY - timedelta(days=i), km) for i in range(days)]


def test_one_session_fades_with_its_tissues_clock() -> None:
    h, known = log([Row(TODAY - timedelta(days=3), 10)]), knowledge()
    found = states(h, TODAY, known)
    for i, tissue in enumerate(LOAD_TISSUES):
        expected = h.doses[0, i] * exp(-3 / known.tissues[tissue].fatigue_days)
        assert found[tissue].unrecovered == pytest.approx(expected)


def test_capacity_settles_at_the_daily_load() -> None:
    found = states(log(daily(5, 500)), TODAY, knowledge())
    for state in found.values():
        assert state.capacity == pytest.approx(5, rel=0.02)


def test_slow_tissues_keep_load_longer() -> None:
    found = states(log([Row(TODAY - timedelta(days=4), 10)]), TODAY, knowledge())
    assert found["tibia"].unrecovered > found["achilles"].unrecovered > found["calf"].unrecovered  # type: ignore[index]


def test_an_even_log_is_usual() -> None:
    for state in states(log(daily(5)), TODAY, knowledge()).values():
        assert state.ratio == pytest.approx(1)
        assert state.word is LoadWord.USUAL


@pytest.mark.parametrize(
    ("ratio", "word"),
    [
        (0.69, LoadWord.BELOW), (0.70, LoadWord.USUAL), (1.10, LoadWord.USUAL), (1.11, LoadWord.ABOVE),
        (1.30, LoadWord.ABOVE), (1.31, LoadWord.WELL_ABOVE), (2.0, LoadWord.WELL_ABOVE), (2.01, LoadWord.FAR_ABOVE),
        (None, LoadWord.NOT_KNOWN), (float("nan"), LoadWord.NOT_KNOWN),
    ],
)  # fmt: skip
def test_words(ratio: float | None, word: LoadWord) -> None:
    assert word_of(ratio, knowledge().numbers("state_words")) is word


@pytest.mark.parametrize(("days", "known"), [(27, False), (28, True)])
def test_a_short_log_has_no_usual(days: int, known: bool) -> None:
    state = next(iter(states(log(daily(5, days)), TODAY, knowledge()).values()))
    assert (state.ratio is not None) is known
    if known:
        assert state.ratio == pytest.approx(1)


def test_an_empty_log() -> None:
    for state in states(empty_history(), TODAY, knowledge()).values():
        assert (state.unrecovered, state.capacity, state.ratio, state.word) == (0, 0, None, LoadWord.NOT_KNOWN)
    assert np.isnan(series(empty_history(), TODAY, TODAY, knowledge()).ratio).all()


def test_sessions_of_unknown_load_count_nothing() -> None:
    rows = daily(5, 60)
    with_unknown = log([*rows, Row(TODAY, None)])
    assert states(with_unknown, TODAY, knowledge()) == states(log(rows), TODAY, knowledge())


def test_one_monstrous_day_builds_no_capacity() -> None:
    rows = daily(5, 200)
    big = states(log([*rows, Row(TODAY, 60, at_hour=18)]), TODAY, knowledge())["tibia"]  # type: ignore[index]
    huge = states(log([*rows, Row(TODAY, 90, at_hour=18)]), TODAY, knowledge())["tibia"]  # type: ignore[index]
    assert big.capacity == pytest.approx(huge.capacity)
    assert big.unrecovered < huge.unrecovered


def test_series_end_in_the_state() -> None:
    h, known = log([Row(TODAY - timedelta(days=i), 5 + i % 4) for i in range(0, 300, 2)]), knowledge()
    line = series(h, TODAY - timedelta(days=60), TODAY, known)
    assert line.days[-1] == TODAY
    assert len(line.days) == 61 == len(line.dose)
    for back in (0, 10, 33):
        found = states(h, TODAY - timedelta(days=back), known)
        for i, tissue in enumerate(LOAD_TISSUES):
            assert line.unrecovered[-1 - back, i] == pytest.approx(found[tissue].unrecovered, rel=0.01)
            assert line.capacity[-1 - back, i] == pytest.approx(found[tissue].capacity, rel=0.02)
            assert line.ratio[-1 - back, i] == pytest.approx(found[tissue].ratio)
    with pytest.raises(ValueError, match="before"):
        series(h, TODAY, TODAY - timedelta(days=1), known)


logs = st.lists(
    st.tuples(st.integers(-80, 20), st.floats(0.5, 40), st.sampled_from([Sport.RUN, Sport.WALK, Sport.STRENGTH])),
    max_size=25,
)


def rows_of(items: list[tuple[int, float, Sport]]) -> list[Row]:
    return [Row(TODAY + timedelta(days=d), km, sport, at_hour=6 + i % 12) for i, (d, km, sport) in enumerate(items)]


@settings(max_examples=60, deadline=None)
@given(logs)
def test_tomorrow_never_changes_today(items: list[tuple[int, float, Sport]]) -> None:
    known = knowledge()
    past = [r for r in rows_of(items) if r.on <= TODAY]
    assert states(log(rows_of(items)), TODAY, known) == states(log(past), TODAY, known)


@settings(max_examples=60, deadline=None)
@given(logs, st.integers(-60, 0), st.floats(0.1, 30))
def test_one_more_session_never_lowers_what_is_unrecovered(
    items: list[tuple[int, float, Sport]], day: int, km: float
) -> None:
    known = knowledge()
    before = states(log(rows_of(items)), TODAY, known)
    after = states(log([*rows_of(items), Row(TODAY + timedelta(days=day), km)]), TODAY, known)
    for tissue in LOAD_TISSUES:
        assert after[tissue].unrecovered >= before[tissue].unrecovered - 1e-9


@settings(max_examples=60, deadline=None)
@given(logs, st.floats(0.1, 50))
def test_ratios_do_not_depend_on_the_unit_of_load(items: list[tuple[int, float, Sport]], factor: float) -> None:
    known = knowledge()
    h = log(rows_of(items))
    plain, scaled = states(h, TODAY, known), states(replace(h, doses=h.doses * factor), TODAY, known)
    for tissue in LOAD_TISSUES:
        if plain[tissue].ratio is None:
            assert scaled[tissue].ratio is None
        else:
            assert scaled[tissue].ratio == pytest.approx(plain[tissue].ratio, rel=1e-6)
        assert scaled[tissue].capacity == pytest.approx(plain[tissue].capacity * factor, rel=1e-6)
