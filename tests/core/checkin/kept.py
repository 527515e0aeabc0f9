"""Seasons of news for whatever is kept from day to day: entries told late, recorded late, corrected, out of order."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import strategies as st
from tests.core.checkin.strategies import DAY_0, answers

from niggle.core.body import Side
from niggle.core.checkin import Answers, Entry, Moment

PLACES = st.sampled_from(
    [("achilles", Side.LEFT), ("achilles", Side.LEFT), ("achilles", None), ("achilles", Side.RIGHT),
     ("shin_inner", Side.BOTH), ("sacrum", None), (None, None), (None, None)]
)  # fmt: skip
SAID = st.one_of(answers(calm=True), answers(calm=True), answers(), st.just(Answers()))


@st.composite
def entries_of_day(draw: st.DrawFn, day: int, known: tuple[Entry, ...]) -> list[Entry]:
    """What arrives on that day of the season: of the day or of earlier ones, perhaps recorded long ago or tomorrow."""
    found: list[Entry] = []
    for number in range(draw(st.sampled_from([0, 1, 1, 1, 2, 3]))):
        on = DAY_0 + timedelta(days=day - draw(st.sampled_from([0, 0, 0, 0, 1, 1, 2, 5])))
        recorded = datetime.combine(
            max(on, DAY_0 + timedelta(days=day - draw(st.sampled_from([0, 0, 0, 2])))),
            time(draw(st.sampled_from([7, 7, 20, 20, 21]))), UTC,
        ) + timedelta(days=draw(st.sampled_from([0, 0, 0, 0, 1, 3])))  # fmt: skip
        site, side = draw(PLACES)
        moment = draw(st.none() | st.sampled_from(Moment))
        before = [*known, *found]
        corrects = draw(st.sampled_from([None] * 7 + [e.id for e in before[-4:]]))
        said = draw(SAID)
        entry = Entry(f"e{day:02}{number}", on, recorded, site, side, moment, None, said, corrects)
        found.append(replace(entry, acute=draw(st.sampled_from([False] * 6 + [True]))))
    return found


@st.composite
def seasons(draw: st.DrawFn, days: int = 12) -> list[tuple[int, tuple[Entry, ...]]]:
    """(the day asked about, all entries there are by then) in the order of asking; sometimes a day is asked again, or
    an earlier one."""
    known: tuple[Entry, ...] = ()
    asked = []
    for day in range(draw(st.integers(1, days))):
        known = (*known, *draw(entries_of_day(day, known)))
        asked += [(day - back, known) for back in draw(st.sampled_from([[0], [0], [0], [0, 0], [], [3, 0], [0, 1]]))]
    return asked
