"""What a session seems to have been: against her own history, never against the future."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.healthy.build import Row, knowledge, log

from niggle.core.history import History, Tag
from niggle.core.load import detect_all, detect_tags, tags_from_source
from niggle.core.session.types import Sport

FIRST = date(2026, 3, 2)
EASY = {
    "best_20s_mps": 3.0,
    "best_60s_mps": 2.9,
    "best_400s_mps": 2.85,
    "steep_up_m": 5.0,
    "walk_s": 0.0,
    "run_s": 2800.0,
}


def history(last: Row, before: int = 8) -> History:
    rows = [Row(FIRST + timedelta(days=2 * i), 8, features=EASY) for i in range(before)]
    return log([*rows, last])


def found(km: float = 8, before: int = 8, tags: frozenset[Tag] = frozenset(), **features: float) -> frozenset[Tag]:
    last = Row(FIRST + timedelta(days=20), km, tags=tags, features=EASY | features)
    h = history(last, before)
    return detect_tags(h, len(h) - 1, knowledge().parameters)


def test_an_ordinary_run_is_nothing() -> None:
    assert found() == frozenset()


# her usual speed in these logs is 1000/360 = 2.78 m/s
@pytest.mark.parametrize(("mps", "expected"), [(3.46, False), (3.48, True)])
def test_speed_by_the_best_minute(mps: float, expected: bool) -> None:
    assert (Tag.SPEED in found(best_60s_mps=mps)) is expected


@pytest.mark.parametrize(("mps", "expected"), [(3.18, False), (3.21, True)])
def test_speed_by_the_best_seven_minutes(mps: float, expected: bool) -> None:
    assert (Tag.SPEED in found(best_400s_mps=mps)) is expected


@pytest.mark.parametrize(("mps", "tag"), [(3.88, None), (3.9, Tag.STRIDES), (4.99, Tag.STRIDES), (5.01, Tag.SPRINT)])
def test_strides_and_sprints(mps: float, tag: Tag | None) -> None:
    assert found(best_20s_mps=mps) == (frozenset() if tag is None else {tag})


@pytest.mark.parametrize(("km", "expected"), [(10.3, False), (10.4, True)])
def test_long(km: float, expected: bool) -> None:
    assert (Tag.LONG in found(km)) is expected


@pytest.mark.parametrize(("km", "steep", "expected"), [(5, 59, False), (5, 60, True), (10, 79, False), (10, 80, True)])
def test_hills(km: float, steep: float, expected: bool) -> None:
    assert (Tag.HILLS in found(km, steep_up_m=steep)) is expected


def test_fast_downhill_is_no_speed_work() -> None:
    assert Tag.SPEED not in found(steep_up_m=200, best_60s_mps=4.5)


@pytest.mark.parametrize(("walk", "expected"), [(690.0, False), (700.0, True)])
def test_run_walk(walk: float, expected: bool) -> None:
    assert (Tag.RUN_WALK in found(walk_s=walk)) is expected


def test_three_runs_are_no_history() -> None:
    assert Tag.SPEED not in found(before=3, best_60s_mps=5)
    assert Tag.SPEED in found(before=4, best_60s_mps=5)


def test_what_the_source_says_is_kept_and_not_repeated() -> None:
    assert found(tags=frozenset({Tag.EASY}), best_60s_mps=5) == frozenset()
    assert found(km=20, tags=frozenset({Tag.LONG})) == frozenset()


def test_rides_have_no_tags() -> None:
    h = log([Row(FIRST, 40, Sport.RIDE, minutes=80, features={"steep_up_m": 300.0})])
    assert detect_tags(h, 0, knowledge().parameters) == frozenset()


def test_all_at_once_is_one_by_one_and_never_looks_ahead() -> None:
    rows = [
        Row(FIRST + timedelta(days=i), 6 + i % 7, features=EASY | {"best_60s_mps": 2.8 + i % 5 * 0.3})
        for i in range(40)
    ]
    h, known = log(rows), knowledge()
    whole = detect_all(h, known.parameters)
    assert whole == tuple(detect_tags(h, i, known.parameters) for i in range(len(h)))
    assert detect_all(h.rows(slice(0, 25)), known.parameters) == whole[:25]
    assert any(whole)


def test_words_of_the_source() -> None:
    assert tags_from_source(["race", "long_run", "workout", "unheard_of"]) == {Tag.RACE, Tag.LONG, Tag.SPEED}
