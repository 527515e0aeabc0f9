"""What triage was told stands on the day: kept by itself where somebody has to look soon, taken back by a tap."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.heel_told import interview

from niggle.actions import checkins, day_words, episodes, triage
from niggle.actions.today import decide_today
from niggle.core.outcomes import Light, Urgency
from niggle.core.today import Headline

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
POPPED = "Sharp pain under my heel since yesterday's run, I cannot put weight on it, it popped"


def heel(athlete: int, **answers: object) -> str:
    return interview(athlete, NOW, **answers)


def light(athlete: int, on: date = TODAY) -> tuple[Light, Headline]:
    found = decide_today(athlete, on, keep=False).decision
    return found.light, found.headline


def green_week(athlete: int) -> None:
    answer = checkins.record_checkin(athlete, {"on": TODAY.isoformat(), "pain_max": 0}, NOW - timedelta(hours=5), TODAY)
    assert not isinstance(answer, tuple)
    assert light(athlete)[0] is Light.GREEN


def test_an_emergency_in_words_holds_today_before_they_are_confirmed(athlete: int) -> None:
    green_week(athlete)
    key = triage.start(athlete, NOW).key
    triage.tell(athlete, key, POPPED, NOW)
    day_words.heed(athlete, key, NOW, TODAY, shown=False)
    assert light(athlete) == (Light.RED, Headline.EMERGENCY)
    assert light(athlete, TODAY + timedelta(days=2))[0] is Light.RED, "until a clinician's word"


def test_words_that_were_misread_and_put_right_leave_nothing(athlete: int) -> None:
    green_week(athlete)
    key = triage.start(athlete, NOW).key
    triage.tell(athlete, key, POPPED, NOW)
    day_words.heed(athlete, key, NOW, TODAY, shown=False)
    places = [{"sites": ["heel_under"], "side": "left"}]
    triage.confirm(athlete, key, {"findings": {"pop": False, "cannot_bear_weight": False}, "places": places}, NOW)
    day_words.heed(athlete, key, NOW, TODAY, shown=False)
    assert light(athlete)[0] is Light.GREEN
    state = triage.get(athlete, key)
    assert state is not None
    assert state.kept == {}


def test_once_confirmed_a_changed_answer_lowers_nothing(athlete: int) -> None:
    key = triage.start(athlete, NOW).key
    triage.tell(athlete, key, POPPED, NOW)
    day_words.heed(athlete, key, NOW, TODAY, shown=False)
    told = {"findings": {"pop": True, "cannot_bear_weight": True}, "places": [{"sites": ["heel_under"], "side": None}]}
    triage.confirm(athlete, key, told, NOW)
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    assert light(athlete) == (Light.RED, Headline.EMERGENCY)
    for name in ("pop", "cannot_bear_weight"):
        triage.answer(athlete, key, name, False, NOW)
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    assert light(athlete) == (Light.RED, Headline.EMERGENCY)
    day_words.take_back(athlete, key, NOW, TODAY)
    assert light(athlete)[0] is Light.CANNOT_SAY


def test_urgent_is_kept_once_it_was_shown_and_only_once(athlete: int) -> None:
    key = heel(athlete, night_pain=True)
    state = triage.get(athlete, key)
    assert state is not None
    assert triage.look(athlete, state, TODAY).triage.urgency is Urgency.URGENT
    day_words.heed(athlete, key, NOW, TODAY, shown=False)
    assert light(athlete)[0] is Light.CANNOT_SAY, "the interview may still go on"
    for _ in range(3):
        day_words.heed(athlete, key, NOW, TODAY, shown=True)
    (entry,) = checkins.list_entries(athlete, TODAY, TODAY)
    assert (entry.site, entry.answers.night_pain) == ("heel_under", True)
    assert light(athlete)[0] is Light.RED


def test_what_is_mild_is_not_kept_by_itself(athlete: int) -> None:
    day_words.heed(athlete, heel(athlete, first_steps=True), NOW, TODAY, shown=True)
    assert checkins.list_entries(athlete, TODAY, TODAY) == ()


def test_not_about_me_takes_it_back_for_good_and_again_if_it_was(athlete: int) -> None:
    green_week(athlete)
    key = heel(athlete, chest_pain=True)
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    assert light(athlete) == (Light.RED, Headline.EMERGENCY)
    day_words.take_back(athlete, key, NOW, TODAY)
    assert light(athlete)[0] is Light.GREEN
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    assert light(athlete)[0] is Light.GREEN, "looking at it once more is no new word"
    day_words.keep_again(athlete, key, NOW, TODAY)
    assert light(athlete) == (Light.RED, Headline.EMERGENCY)


def test_more_answers_add_to_it(athlete: int) -> None:
    key = heel(athlete, night_pain=True)
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    triage.answer(athlete, key, "chest_pain", True, NOW)
    day_words.heed(athlete, key, NOW, TODAY, shown=False)
    assert light(athlete) == (Light.RED, Headline.EMERGENCY)
    assert len(checkins.list_entries(athlete, TODAY, TODAY)) == 2
    day_words.take_back(athlete, key, NOW, TODAY)
    assert light(athlete)[0] is Light.CANNOT_SAY


def test_it_is_a_word_of_the_day_on_which_it_was_said(athlete: int) -> None:
    key = heel(athlete, chest_pain=True)
    later = NOW + timedelta(days=3)
    day_words.heed(athlete, key, later, TODAY + timedelta(days=3), shown=True)
    (entry,) = checkins.list_entries(athlete, TODAY, TODAY + timedelta(days=3))
    assert entry.on == TODAY


def test_what_was_put_away_writes_nothing_any_more(athlete: int) -> None:
    key = heel(athlete, chest_pain=True)
    triage.end(athlete, key, NOW)
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    assert checkins.list_entries(athlete, TODAY, TODAY) == ()


def test_an_animal_holds_nobodys_day(athlete: int) -> None:
    key = triage.start(athlete, NOW).key
    triage.tell(athlete, key, "My dog cannot put weight on his leg after it popped", NOW)
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    assert checkins.list_entries(athlete, TODAY, TODAY) == ()


def test_the_button_leaves_the_pain_of_that_day_on_today(athlete: int) -> None:
    green_week(athlete)
    key = heel(athlete, first_steps=True, pain_max=5)
    assert isinstance(episodes.keep(athlete, key, NOW, TODAY), episodes.Episode)
    entries = checkins.list_entries(athlete, TODAY, TODAY)
    assert [(e.site, e.answers.pain_max) for e in entries] == [(None, 0.0), ("heel_under", 5.0)]
    assert light(athlete)[0] is Light.YELLOW


def test_the_button_after_an_urgent_result_writes_no_second_word(athlete: int) -> None:
    key = heel(athlete, first_steps=True, night_pain=True)
    day_words.heed(athlete, key, NOW, TODAY, shown=True)
    found = episodes.keep(athlete, key, NOW, TODAY)
    assert isinstance(found, episodes.Episode)
    assert len(checkins.list_entries(athlete, TODAY, TODAY)) == 1
    assert light(athlete)[0] is Light.RED
