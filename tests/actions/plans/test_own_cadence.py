"""Her usual step rate: from how many runs on it is believed, and how far back they may lie."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from niggle.actions import athletes, sessions
from niggle.actions.plans.advice import own_cadence
from niggle.actions.today import gather
from niggle.core.session.types import Session, Sport
from niggle.knowledge import load

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 18, tzinfo=UTC)
LEAST = int(load().number("cadence_runs_min"))


def cadence(*days_ago: int, spm: float | None = 160.0):
    me = athletes.local_athlete()
    start = datetime(2026, 6, 1, 6, tzinfo=UTC)
    made = [
        Session(Sport.RUN, start - timedelta(days=d), 0, 9000.0, 3200.0, 3200.0, avg_cadence_spm=spm) for d in days_ago
    ]
    sessions.store_sessions(me, made, "test", NOW)
    return own_cadence(me, gather(me, TODAY), load())


def test_enough_easy_runs_are_believed():
    found = cadence(*range(1, LEAST + 1))
    assert (found.spm, found.runs, found.newest) == (160.0, LEAST, TODAY - timedelta(days=1))


def test_one_less_says_nothing():
    assert cadence(*range(1, LEAST)) is None


@pytest.mark.parametrize(("oldest", "known"), [(42, True), (43, False)])
def test_runs_of_more_than_six_weeks_ago_do_not_count(oldest, known):
    assert (cadence(*range(1, LEAST), oldest) is not None) is known


def test_runs_without_a_count_of_steps_do_not_count():
    assert cadence(*range(1, LEAST + 1), spm=None) is None
