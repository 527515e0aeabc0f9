"""Lines kept from day to day are the series put together anew, and they know what did not change."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.checkin.kept import seasons
from tests.core.checkin.strategies import DAY_0

from niggle.core.body import Side
from niggle.core.checkin import Answers, CheckIn, Entry, complaints, fold, series
from niggle.core.checkin.lines import Lines, same_beginning


def day(n: int) -> date:
    return DAY_0 + timedelta(days=n)


def said(n: int, site: str | None = "achilles", side: Side | None = Side.LEFT, pain: float = 2.0) -> CheckIn:
    answers = Answers() if site is None else Answers(pain_max=pain)
    return CheckIn(day(n), site, side if site else None, answers, (f"{n}",))


@settings(deadline=None, max_examples=200)
@given(seasons())
def test_kept_lines_are_the_series(season: list[tuple[int, tuple[Entry, ...]]]) -> None:
    lines = Lines()
    before: dict[object, list[object]] = {}
    for n, entries in season:
        known = fold(entries, until=day(n))
        lines.meet(known)
        assert tuple(lines.of) == complaints(known)
        for place, line in lines.of.items():
            found = series(known, *place)
            assert line.series == found
            plain = [(c.on, c) for c in found.days] + [(d, None) for d in found.quiet_days]
            assert line.events == sorted(plain, key=lambda e: e[0])
            assert line.events[line.last][1] == found.days[-1]
            assert line.events[: line.same] == before.get(place, [])[: line.same]
        before = {place: list(line.events) for place, line in lines.of.items()}


def test_only_the_newest_day_is_new() -> None:
    lines = Lines()
    first = (said(0), said(1), said(2, None), said(3))
    lines.meet(first)
    lines.meet((*first, said(4)))
    line = lines.of["achilles", Side.LEFT]
    assert (line.same, line.last, len(line.events)) == (4, 4, 5)
    lines.meet((*first, said(4)))
    assert lines.of["achilles", Side.LEFT].same == 5


def test_another_place_of_the_same_day_leaves_this_one() -> None:
    lines = Lines()
    lines.meet((said(0), said(1)))
    lines.meet((said(0), said(1), said(1, "groin")))
    assert [line.same for line in lines.of.values()] == [2, 0]


def test_an_earlier_first_word_changes_all() -> None:
    lines = Lines()
    lines.meet((said(0, None), said(1, None), said(3)))
    lines.meet((said(0, None), said(1), said(1, None), said(3)))
    assert lines.of["achilles", Side.LEFT].same == 0


@given(st.lists(st.integers(0, 3), max_size=12), st.lists(st.integers(0, 3), max_size=12))
def test_same_beginning(a: list[int], b: list[int]) -> None:
    count = same_beginning(a, b)
    assert a[:count] == b[:count]
    assert count == min(len(a), len(b)) or a[count] != b[count]
