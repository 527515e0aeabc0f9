"""A log kept from day to day changes nothing but time: what it answers is what one look sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.healthy.build import Row, knowledge, log

from niggle.core.case import Case
from niggle.core.checkin import Answers, Entry
from niggle.core.history import Surface, Tag
from niggle.core.load import with_found_tags
from niggle.core.profile import Mode, Profile
from niggle.core.session.types import Sport
from niggle.core.spikes import Kept, load_of_day, weeks
from niggle.core.today import Memo, decide
from niggle.core.today.log import log_of

FIRST = date(2026, 3, 2)
DAYS = 70
FAST = {"best_20s_mps": 4.2, "best_60s_mps": 3.7, "best_400s_mps": 3.3, "steep_up_m": 90.0, "walk_s": 0.0, "run_s": 2e3}

Told = list[tuple[Row, int, int | None]]


def told_of(seed: int) -> Told:
    """Ten weeks of running with all that the rules look at, each row with the days until the log learns of it, and
    maybe the days until it is put right. Drawn by a seed: a log must be dense before anything is found in it."""
    rng = Random(seed)
    share, usual_km, blank = rng.uniform(0.3, 1.1), rng.choice((4, 9)), rng.choice((0, 0, 0.03))
    told = []
    for n in range(DAYS):
        if rng.random() > share or 30 < n < 30 + rng.choice((0, 0, 9)):
            continue
        row = Row(
            FIRST + timedelta(days=n),
            None if rng.random() < blank else usual_km * rng.uniform(0.5, 1.7),
            rng.choice((Sport.RUN,) * 6 + (Sport.TRAIL, Sport.RIDE, Sport.STRENGTH)),
            rng.uniform(20, 60),
            rng.choice((None, 50.0, 900.0)),
            rng.choice((None, 50.0, 900.0)),
            frozenset(rng.sample(list(Tag), rng.choice((0, 0, 1)))),
            rng.choice((None, None, Surface.TRAIL)),
            at_hour=rng.randint(5, 20),
            features=rng.choice(({}, FAST)),
        )
        told.append((row, rng.choice((0, 0, 0, 0, 1, 12)), rng.choice((None, None, None, rng.randint(0, 40)))))
    return told


logs = st.integers(0, 9999).map(told_of)
steps = st.lists(st.sampled_from([1, 1, 1, 2, 5, -3]), min_size=25, max_size=25)


def known_by(told: Told, on: date) -> list[Row]:
    """What the log holds at the end of the day; a row that was put right had been half as long."""
    rows = []
    for row, late, right in told:
        learnt = row.on + timedelta(days=late)
        if learnt > on:
            continue
        wrong = right is not None and on < learnt + timedelta(days=right)
        rows.append(replace(row, km=row.km / 2) if wrong and row.km is not None else row)
    return rows


def days_of(steps: list[int]) -> list[date]:
    """The days on which she asks, mostly one after the other, now and then one that is gone."""
    asked, on = [], FIRST + timedelta(days=20)
    for step in steps:
        on = max(on + timedelta(days=step), FIRST)
        asked.append(on)
    return asked


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(logs, steps, st.sampled_from(list(Mode)), st.sampled_from([0, 6]))
def test_load_is_what_one_look_sees(told: Told, steps: list[int], mode: Mode, week_start: int) -> None:
    known, kept = knowledge(), Kept()
    profiles = (Profile(), Profile(mode=mode), Profile(sleep_h=6.0))
    for number, on in enumerate(days_of(steps)):
        history = log(known_by(told, on))
        # the same log by other words of hers, and in the week after
        for profile, day in zip((*profiles, Profile()), (on, on, on, on + timedelta(days=7)), strict=True):
            week = week_start if number < 15 else 0
            again = load_of_day(history, day, known, profile, week_start=week, kept=kept)
            assert again == load_of_day(history, day, known, profile, week_start=week)


@settings(max_examples=10, deadline=None)
@given(logs, steps, st.sampled_from(["monday", "sunday"]))
def test_decisions_are_what_one_look_sees(told: Told, steps: list[int], week_starts: str) -> None:
    known, memo = knowledge(), Memo()
    for number, on in enumerate(days_of(steps)):
        at = datetime(on.year, on.month, on.day, 20, tzinfo=UTC)
        entry = Entry("e", on, at, answers=Answers(sleep_h=6.0, heavy_legs=number % 3 == 0))
        case = Case(on, log(known_by(told, on)), (entry,), Profile(), week_starts)
        assert decide(case, known, memo) == decide(case, known)
        found, sessions = log_of(case, known, memo)
        assert (found.tags, sessions) == (log_of(case, known)[0].tags, log_of(case, known)[1])


@settings(max_examples=40, deadline=None)
@given(logs, st.integers(0, 45))
def test_tags_of_the_rows_before_stand(told: Told, known_rows: int) -> None:
    parameters = knowledge().parameters
    history = log(row for row, _, _ in told)
    whole = with_found_tags(history, parameters)
    assert with_found_tags(history, parameters, whole.tags[:known_rows]).tags == whole.tags


def test_another_knowledge_is_asked_anew() -> None:
    known, kept = knowledge(), Kept()
    rows = [Row(FIRST + timedelta(days=2 * n), 8) for n in range(15)]
    history, on = log([*rows, Row(FIRST + timedelta(days=30), 12)]), FIRST + timedelta(days=30)
    jump = known.parameters["long_run_jump"]
    bolder = replace(known, parameters={**known.parameters, "long_run_jump": replace(jump, value=0.6)})
    first, second = (load_of_day(history, on, k, kept=kept)[0] for k in (known, bolder))
    assert first != second
    assert second == load_of_day(history, on, bolder)[0]


def test_a_run_without_distance_turns_the_weeks_to_time() -> None:
    known, kept = knowledge(), Kept()
    rows = [Row(FIRST + timedelta(days=n), 8 + n / 7, minutes=40) for n in range(0, 50, 2)]
    for late in ([], [Row(FIRST + timedelta(days=50), None, minutes=120)]):
        history, on = log([*rows, *late]), FIRST + timedelta(days=51)
        assert load_of_day(history, on, known, kept=kept) == load_of_day(history, on, known)
        assert weeks(history, on, known)[-1].by_time is bool(late)
