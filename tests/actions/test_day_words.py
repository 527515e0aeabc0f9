"""What triage was told stands on the day: kept by itself where somebody has to look soon, taken back by a tap."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from niggle.actions import athletes, checkins, day_words, episodes, triage
from niggle.actions.today import decide_today
from niggle.core.outcomes import Light, Urgency
from niggle.core.today import Headline

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
POPPED = "Sharp pain under my heel since yesterday's run, I cannot put weight on it, it popped"


@pytest.fixture
def me() -> int:
    return athletes.local_athlete()


def heel(me: int, **answers: object) -> str:
    key = triage.start(me, NOW).key
    triage.place(me, key, "heel_under", "left", NOW)
    for name, value in answers.items():
        assert triage.answer(me, key, name, value, NOW) == ()
    return key


def light(me: int, on: date = TODAY) -> tuple[Light, Headline]:
    found = decide_today(me, on, keep=False).decision
    return found.light, found.headline


def green_week(me: int) -> None:
    answer = checkins.record_checkin(me, {"on": TODAY.isoformat(), "pain_max": 0}, NOW - timedelta(hours=5), TODAY)
    assert not isinstance(answer, tuple)
    assert light(me)[0] is Light.GREEN


def test_an_emergency_in_words_holds_today_before_they_are_confirmed(me: int) -> None:
    green_week(me)
    key = triage.start(me, NOW).key
    triage.tell(me, key, POPPED, NOW)
    day_words.heed(me, key, NOW, TODAY, shown=False)
    assert light(me) == (Light.RED, Headline.EMERGENCY)
    assert light(me, TODAY + timedelta(days=2))[0] is Light.RED, "until a clinician's word"


def test_words_that_were_misread_and_put_right_leave_nothing(me: int) -> None:
    green_week(me)
    key = triage.start(me, NOW).key
    triage.tell(me, key, POPPED, NOW)
    day_words.heed(me, key, NOW, TODAY, shown=False)
    places = [{"sites": ["heel_under"], "side": "left"}]
    triage.confirm(me, key, {"findings": {"pop": False, "cannot_bear_weight": False}, "places": places}, NOW)
    day_words.heed(me, key, NOW, TODAY, shown=False)
    assert light(me)[0] is Light.GREEN
    state = triage.get(me, key)
    assert state is not None
    assert state.kept == {}


def test_once_confirmed_a_changed_answer_lowers_nothing(me: int) -> None:
    key = triage.start(me, NOW).key
    triage.tell(me, key, POPPED, NOW)
    day_words.heed(me, key, NOW, TODAY, shown=False)
    told = {"findings": {"pop": True, "cannot_bear_weight": True}, "places": [{"sites": ["heel_under"], "side": None}]}
    triage.confirm(me, key, told, NOW)
    day_words.heed(me, key, NOW, TODAY, shown=True)
    assert light(me) == (Light.RED, Headline.EMERGENCY)
    for name in ("pop", "cannot_bear_weight"):
        triage.answer(me, key, name, False, NOW)
    day_words.heed(me, key, NOW, TODAY, shown=True)
    assert light(me) == (Light.RED, Headline.EMERGENCY)
    day_words.take_back(me, key, NOW, TODAY)
    assert light(me)[0] is Light.CANNOT_SAY


def test_urgent_is_kept_once_it_was_shown_and_only_once(me: int) -> None:
    key = heel(me, night_pain=True)
    state = triage.get(me, key)
    assert state is not None
    assert triage.look(me, state, TODAY).triage.urgency is Urgency.URGENT
    day_words.heed(me, key, NOW, TODAY, shown=False)
    assert light(me)[0] is Light.CANNOT_SAY, "the interview may still go on"
    for _ in range(3):
        day_words.heed(me, key, NOW, TODAY, shown=True)
    (entry,) = checkins.list_entries(me, TODAY, TODAY)
    assert (entry.site, entry.answers.night_pain) == ("heel_under", True)
    assert light(me)[0] is Light.RED


def test_what_is_mild_is_not_kept_by_itself(me: int) -> None:
    day_words.heed(me, heel(me, first_steps=True), NOW, TODAY, shown=True)
    assert checkins.list_entries(me, TODAY, TODAY) == ()


def test_not_about_me_takes_it_back_for_good_and_again_if_it_was(me: int) -> None:
    green_week(me)
    key = heel(me, chest_pain=True)
    day_words.heed(me, key, NOW, TODAY, shown=True)
    assert light(me) == (Light.RED, Headline.EMERGENCY)
    day_words.take_back(me, key, NOW, TODAY)
    assert light(me)[0] is Light.GREEN
    day_words.heed(me, key, NOW, TODAY, shown=True)
    assert light(me)[0] is Light.GREEN, "looking at it once more is no new word"
    day_words.keep_again(me, key, NOW, TODAY)
    assert light(me) == (Light.RED, Headline.EMERGENCY)


def test_more_answers_add_to_it(me: int) -> None:
    key = heel(me, night_pain=True)
    day_words.heed(me, key, NOW, TODAY, shown=True)
    triage.answer(me, key, "chest_pain", True, NOW)
    day_words.heed(me, key, NOW, TODAY, shown=False)
    assert light(me) == (Light.RED, Headline.EMERGENCY)
    assert len(checkins.list_entries(me, TODAY, TODAY)) == 2
    day_words.take_back(me, key, NOW, TODAY)
    assert light(me)[0] is Light.CANNOT_SAY


def test_it_is_a_word_of_the_day_on_which_it_was_said(me: int) -> None:
    key = heel(me, chest_pain=True)
    later = NOW + timedelta(days=3)
    day_words.heed(me, key, later, TODAY + timedelta(days=3), shown=True)
    (entry,) = checkins.list_entries(me, TODAY, TODAY + timedelta(days=3))
    assert entry.on == TODAY


def test_what_was_put_away_writes_nothing_any_more(me: int) -> None:
    key = heel(me, chest_pain=True)
    triage.end(me, key, NOW)
    day_words.heed(me, key, NOW, TODAY, shown=True)
    assert checkins.list_entries(me, TODAY, TODAY) == ()


def test_an_animal_holds_nobodys_day(me: int) -> None:
    key = triage.start(me, NOW).key
    triage.tell(me, key, "My dog cannot put weight on his leg after it popped", NOW)
    day_words.heed(me, key, NOW, TODAY, shown=True)
    assert checkins.list_entries(me, TODAY, TODAY) == ()


def test_the_button_leaves_the_pain_of_that_day_on_today(me: int) -> None:
    green_week(me)
    key = heel(me, first_steps=True, pain_max=5)
    assert isinstance(episodes.keep(me, key, NOW, TODAY), episodes.Episode)
    entries = checkins.list_entries(me, TODAY, TODAY)
    assert [(e.site, e.answers.pain_max) for e in entries] == [(None, 0.0), ("heel_under", 5.0)]
    assert light(me)[0] is Light.YELLOW


def test_the_button_after_an_urgent_result_writes_no_second_word(me: int) -> None:
    key = heel(me, first_steps=True, night_pain=True)
    day_words.heed(me, key, NOW, TODAY, shown=True)
    found = episodes.keep(me, key, NOW, TODAY)
    assert isinstance(found, episodes.Episode)
    assert len(checkins.list_entries(me, TODAY, TODAY)) == 1
    assert light(me)[0] is Light.RED
