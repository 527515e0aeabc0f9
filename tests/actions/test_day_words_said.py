"""What the day repeats of triage: what to do until help is there, and what she has told of her pain."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from niggle.actions import athletes, checkins, day_words, triage
from niggle.actions.today import decide_today
from niggle.core.today import Headline
from niggle.wording.flags import EMERGENCY_NOW, first_aid
from niggle.wording.triage import tonight

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture
def athlete() -> int:
    return athletes.local_athlete()


def heel(athlete: int, **answers: object) -> str:
    key = triage.start(athlete, NOW).key
    triage.place(athlete, key, "heel_under", "left", NOW)
    for name, value in answers.items():
        assert triage.answer(athlete, key, name, value, NOW) == ()
    return key


def test_an_emergency_on_today_keeps_what_triage_said_to_do_until_help_is_there(athlete: int) -> None:
    key = heel(athlete, pop=True, cannot_bear_weight=True, after_trauma=True)
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    state = triage.get(athlete, key)
    assert state is not None
    said = tonight(triage.look(athlete, state, TODAY).triage)
    for days in (0, 1):
        decision = decide_today(athlete, TODAY + timedelta(days=days), keep=False).decision
        assert decision.headline is Headline.EMERGENCY
        told = day_words.told_to_do(athlete, decision)
        assert told == said
        assert set(said) < set(first_aid(decision.care.rules, told)), "and the line of the flag itself"
    day_words.take_back(athlete, key, NOW, TODAY)
    assert day_words.told_to_do(athlete, decision) == ()


def test_an_emergency_that_was_told_elsewhere_gets_nothing_from_a_mild_interview(athlete: int) -> None:
    key = heel(athlete, first_steps=True, pain_max=3)
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    plain = {"on": TODAY.isoformat(), "findings": {"chest_pain": True}}
    assert not isinstance(checkins.record_checkin(athlete, plain, NOW, TODAY), tuple)
    decision = decide_today(athlete, TODAY, keep=False).decision
    assert decision.headline is Headline.EMERGENCY
    assert day_words.told_to_do(athlete, decision) == ()
    assert first_aid(decision.care.rules) == (EMERGENCY_NOW["RF-01"],)
