"""Which recordings are of one run, and which of them speaks: each threshold from both sides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niggle.actions.one_run import Heard, compatible, length_s, same_run, speakers
from niggle.core.session import Sport

RUN = Heard(1, "a", Sport.RUN, 1_000_000.0, 3600.0, 10_000.0, 8, 3600, True)


def other(**changes: object) -> Heard:
    return replace(RUN, **({"id": 2, "key": "b"} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("length", "late", "same"),
    [(1000.0, 2800.0, True), (1000.0, 2801.0, False), (3600.0, 720.0, True), (3600.0, 721.0, False)],
    ids=["80 % of the shorter inside", "a second less", "both an hour, 12 minutes apart", "a second more"],
)
def test_overlap(length: float, late: float, same: bool) -> None:
    # the shorter one begins so late that 800 (or 799) of its 1000 seconds lie inside the longer one
    one = other(start_s=RUN.start_s + late, length_s=length, distance_m=None)
    assert same_run(RUN, one) is same
    assert same_run(one, RUN) is same


@pytest.mark.parametrize(
    ("late", "metres", "same"),
    [(60.0, 10_000.0, True), (61.0, 10_000.0, False), (0.0, 9_500.0, True), (0.0, 9_499.0, False), (0.0, None, False)],
    ids=["60 s", "61 s", "5 % less", "more than 5 % less", "distance not known"],
)
def test_same_start_and_distance(late: float, metres: float | None, same: bool) -> None:
    # a watch that stopped its clock early: no time in common to speak of
    one = other(start_s=RUN.start_s + late, length_s=0.0, distance_m=metres)
    assert same_run(RUN, one) is same


@pytest.mark.parametrize(
    ("one", "two", "fits"),
    [
        (Sport.RUN, Sport.TRAIL, True),
        (Sport.RUN, Sport.WALK, True),
        (Sport.RUN, Sport.OTHER, True),
        (Sport.RUN, Sport.RIDE, False),
        (Sport.RIDE, Sport.SWIM, False),
        (Sport.SWIM, Sport.SWIM, True),
    ],
)
def test_sports_that_two_sources_may_call_differently(one: Sport, two: Sport, fits: bool) -> None:
    assert compatible(one, two) is compatible(two, one) is fits
    assert same_run(replace(RUN, sport=one), other(sport=two)) is fits


@pytest.mark.parametrize(
    ("elapsed", "timer", "moving", "length"),
    [
        (3700.0, 3600.0, 3500.0, 3700.0),
        (3600.0 + 6 * 3600, 3600.0, None, 3600.0 + 6 * 3600),
        (3601.0 + 6 * 3600, 3600.0, None, 3600.0),
        (None, None, 3500.0, 3500.0),
        (None, None, None, 0.0),
        (500.0, None, None, 500.0),
    ],
    ids=["pauses count", "six hours of pause", "forgotten for longer", "moving only", "nothing known", "elapsed only"],
)
def test_length(elapsed: float | None, timer: float | None, moving: float | None, length: float) -> None:
    assert length_s(elapsed, timer, moving) == length


@pytest.mark.parametrize(
    ("changes", "speaks"),
    [
        ({"streams": 9, "records": 10, "from_watch": False}, True),
        ({"streams": 7}, False),
        ({"records": 3601, "from_watch": False}, True),
        ({"records": 3599}, False),
        ({"from_watch": False, "key": "0"}, False),
        ({"key": "0"}, True),
        ({"key": "z"}, False),
    ],
    ids=["more streams", "fewer streams", "more records", "fewer records", "not a watch", "lower key", "higher key"],
)
def test_who_speaks(changes: dict[str, object], speaks: bool) -> None:
    assert speakers([RUN, other(**changes)]) == {1: 2 if speaks else 1, 2: 2 if speaks else 1}


def test_a_chain_does_not_melt_into_one_run() -> None:
    """B overlaps A and C, which do not overlap each other: where A and C have more to say, B is heard with A."""
    a = replace(RUN, id=1, key="a", start_s=0.0, length_s=1000.0, distance_m=3000.0)
    b = replace(RUN, id=2, key="b", start_s=150.0, length_s=1850.0, distance_m=6000.0, streams=3)
    c = replace(RUN, id=3, key="c", start_s=1001.0, length_s=1000.0, distance_m=3000.0)
    assert same_run(a, b)
    assert same_run(b, c)
    assert speakers([a, b, c]) == {1: 1, 2: 1, 3: 3}


def test_two_runs_of_a_day_stay_two() -> None:
    assert speakers([RUN, other(start_s=RUN.start_s + 3600.0 + 61.0)]) == {1: 1, 2: 2}


heard = st.builds(
    Heard,
    id=st.just(0),
    key=st.just(""),
    sport=st.sampled_from([Sport.RUN, Sport.WALK, Sport.RIDE, Sport.OTHER]),
    start_s=st.integers(0, 40).map(lambda n: n * 45.0),
    length_s=st.integers(0, 30).map(lambda n: n * 60.0),
    distance_m=st.one_of(st.none(), st.floats(0, 20_000)),
    streams=st.integers(0, 3),
    records=st.integers(0, 3),
    from_watch=st.booleans(),
)


@given(st.lists(heard, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_coming_changes_nothing(given_heard: list[Heard], rng: object) -> None:
    named = [replace(h, id=n, key=f"{n:02}") for n, h in enumerate(given_heard)]
    mixed = list(named)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    first = speakers(named)
    assert speakers(mixed) == first
    by_id = {h.id: h for h in named}
    for one, speaker in first.items():
        assert first[speaker] == speaker, "who speaks for others speaks for herself"
        assert one == speaker or same_run(by_id[speaker], by_id[one])
        assert by_id[speaker].rank <= by_id[one].rank
    told = [by_id[s] for s in set(first.values())]
    assert not any(same_run(a, b) for a in told for b in told if a.id < b.id), "no run is told twice"
