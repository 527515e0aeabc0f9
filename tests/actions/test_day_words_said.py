"""What the day repeats of triage: what to do until help is there, and what she has told of her pain."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.heel_told import interview

from niggle.actions import checkins, day_words, triage
from niggle.actions.model import knowledge
from niggle.actions.today import decide_today
from niggle.core.outcomes import Light
from niggle.core.today import Headline
from niggle.wording.flags import EMERGENCY_NOW, first_aid
from niggle.wording.triage import tonight

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def heel(athlete: int, **answers: object) -> str:
    return interview(athlete, NOW, **answers)


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


def asked_to_the_end(athlete: int, pain: float, warnings: tuple[str, ...] = ("none",)) -> str:
    """A mild story: every warning denied, whatever else is asked not known. warnings: ticked in the list at the end."""
    key = triage.start(athlete, NOW).key
    triage.place(athlete, key, "heel_under", "left", NOW)
    triage.answer(athlete, key, "first_steps", True, NOW)
    for _ in range(20):
        state = triage.get(athlete, key)
        assert state is not None
        looked = triage.look(athlete, state, TODAY)
        waiting = looked.next
        if not waiting:
            names = triage.warnings_to_ask(state, looked)
            assert triage.answer_warnings(athlete, key, names, warnings, NOW) == ()
            break
        name = waiting[0].finding
        warning = knowledge().findings[name].safety
        triage.answer(athlete, key, name, pain if name == "pain_max" else False if warning else None, NOW)
    return key


def light(athlete: int) -> Light:
    return decide_today(athlete, TODAY, keep=False).decision.light


@pytest.mark.parametrize(("pain", "wanted"), [(3.0, Light.GREEN), (4.0, Light.YELLOW), (7.0, Light.RED)])
def test_an_interview_answered_to_the_end_is_the_check_in_of_the_day(athlete: int, pain: float, wanted: Light) -> None:
    key = asked_to_the_end(athlete, pain)
    day_words.heed(athlete, key, NOW, TODAY, shown=False)
    assert light(athlete) is Light.CANNOT_SAY, "not before she has seen the answer"
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    assert light(athlete) is wanted
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    assert len(checkins.list_entries(athlete, TODAY, TODAY)) == 1
    day_words.take_back(athlete, key, NOW, TODAY)
    assert light(athlete) is Light.CANNOT_SAY
    day_words.keep_again(athlete, key, NOW, TODAY)
    assert light(athlete) is wanted


@pytest.mark.parametrize(("before", "wanted"), [(5.0, Light.YELLOW), (8.0, Light.RED)])
def test_it_raises_what_was_said_that_day_and_never_lowers_it(athlete: int, before: float, wanted: Light) -> None:
    plain = {"on": TODAY.isoformat(), "site": "heel_under", "side": "left", "pain_max": before}
    assert not isinstance(checkins.record_checkin(athlete, plain, NOW - timedelta(hours=3), TODAY), tuple)
    key = asked_to_the_end(athlete, 1.0)
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    assert light(athlete) is wanted


def test_the_list_of_warnings_stands_between_the_answers_and_the_check_in(athlete: int) -> None:
    key = asked_to_the_end(athlete, 3.0, ())
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    assert light(athlete) is Light.CANNOT_SAY, "the list was passed by"
    state = triage.get(athlete, key)
    assert state is not None
    assert triage.warnings_to_ask(state, triage.look(athlete, state, TODAY)) == (), "and is not asked again"
    asked_to_the_end(athlete, 3.0, ("fever",))
    assert light(athlete) is Light.CANNOT_SAY
    found = triage.current(athlete)
    assert found is not None
    assert found.answers["fever"] is True
    assert found.answers["chest_pain"] is False
    day_words.heed(athlete, found.key, NOW, TODAY, shown=False)
    assert decide_today(athlete, TODAY, keep=False).decision.headline is Headline.EMERGENCY


def test_an_interview_that_was_left_before_its_warnings_is_no_check_in(athlete: int) -> None:
    key = heel(athlete, first_steps=True, pain_max=2)
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    assert light(athlete) is Light.CANNOT_SAY


def test_what_it_holds_of_the_day_is_said_by_its_weight(athlete: int) -> None:
    mild = asked_to_the_end(athlete, 3.0)
    day_words.heed(athlete, mild, NOW, TODAY, shown=True)
    state = triage.get(athlete, mild)
    assert state is not None
    assert not day_words.holds_more(athlete, state, TODAY)
    triage.answer(athlete, mild, "night_pain", True, NOW)
    day_words.heed(athlete, mild, NOW, TODAY, shown=True)
    triage.answer(athlete, mild, "night_pain", False, NOW)
    state = triage.get(athlete, mild)
    assert state is not None
    assert day_words.holds_more(athlete, state, TODAY), "what was told of the night still holds the day"
