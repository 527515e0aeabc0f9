"""Ordinary months stay ordinary for the load rules: nothing stopped, hardly a caution, always room to run."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.healthy.build import knowledge
from tests.healthy.months import MONTHS, Month

from niggle.core.history import Tag
from niggle.core.reasons import Weight
from niggle.core.spikes import Exposure, GateState, caps, find, on_yellow, reasons_of, session_gate, weeks
from niggle.core.tissue import LoadWord, states

QUIET = 0.1  # share of days that may carry a caution


def test_there_are_twelve() -> None:
    assert len(MONTHS) == 12


def raced_within_a_week(month: Month, day: date) -> bool:
    recent = month.history.until(day).since(day - timedelta(days=6))
    return any(Tag.RACE in tags for tags in recent.tags)


@pytest.mark.parametrize("name", MONTHS)
def test_an_ordinary_month(name: str) -> None:
    known, month = knowledge(), MONTHS[name]()
    cautions = 0
    for day in month.days():
        found = find(month.history, day, known, month.profile)
        weights = {r.rule: r.weight for r in reasons_of(found)}
        assert Weight.STOP not in weights.values(), (day, weights)
        assert "LOAD-R03" not in weights, day
        cautions += Weight.CAUTION in weights.values()
        limits = caps(month.history, day, known, month.profile, found=found)
        run_out = {item.rule for item in limits.leave_out if item.exposure is Exposure.RUN}
        assert run_out <= {"LOAD-R11"}, day
        if limits.longest_session_km is not None:
            assert limits.longest_session_km.value >= 5, day
            yellow = on_yellow(limits, known).longest_session_km
            assert yellow is not None
            assert yellow.value == pytest.approx(0.8 * limits.longest_session_km.value)
        if raced_within_a_week(month, day):  # the one week that is meant to be far above the others
            continue
        for state in states(month.history, day, known).values():
            assert state.word is not LoadWord.FAR_ABOVE, (day, state)
    assert cautions <= QUIET * len(month.days()), cautions


@pytest.mark.parametrize("name", MONTHS)
def test_no_run_of_it_is_a_large_step(name: str) -> None:
    month, known = MONTHS[name](), knowledge()
    for index in range(len(month.history)):
        if month.history.is_run[index] and month.history.day[index] >= month.first.toordinal():
            assert session_gate(month.history, index, known).state in (GateState.REFERENCE, GateState.NOT_CALCULABLE)


def test_cutback_weeks_are_marked() -> None:
    month = MONTHS["three_a_week"]()
    table = weeks(month.history, month.last, knowledge(), month.profile, count=8)
    assert [w.cutback for w in table] == [False, False, False, True] * 2
    assert [w.start.weekday() for w in table] == [0] * 8
    assert not table[-1].partial
