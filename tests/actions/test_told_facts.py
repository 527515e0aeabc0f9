"""What only she can tell, from the row to the reason of the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from niggle.actions import athletes, told_facts
from niggle.actions.load import load_view
from niggle.actions.today import decide_today, gather, replay
from niggle.core.case import case_to_plain
from niggle.core.spikes import TOLD_CODES, Told
from niggle.store.models import AppendOnly, ToldFact
from niggle.store.scopes import athlete_scope
from niggle.wording.told import ASKED, TELLABLE

pytestmark = pytest.mark.django_db
ON = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
RULES = {"carried_weight": "LOAD-S19", "day_load": "LOAD-S20", "long_sitting": "LOAD-S20", "landing_change": "LOAD-S23"}


def rules(athlete: int, on: date) -> set[str]:
    return {reason.rule for reason in decide_today(athlete, on).decision.reasons}


def test_everything_that_can_be_told_has_words() -> None:
    assert set(TELLABLE) == TOLD_CODES
    assert set(ASKED) <= TOLD_CODES


@pytest.mark.parametrize(("code", "rule"), RULES.items())
def test_what_is_told_reaches_the_reasons_for_as_long_as_it_lasts(athlete: int, code: str, rule: str) -> None:
    assert rule not in rules(athlete, ON)
    assert told_facts.record_told(athlete, [code], ON, NOW) == ()
    last = ON + timedelta(days=1 if code == "long_sitting" else 6)
    assert rule in rules(athlete, ON)
    assert rule in rules(athlete, last)
    assert rule not in rules(athlete, last + timedelta(days=1))
    assert rule not in rules(athlete, ON - timedelta(days=1)), "tomorrow's word changed today"
    assert rule in {spike.type for spike in load_view(athlete, ON).spikes}


def test_orthotics_are_spoken_of_only_after_repeated_injuries(athlete: int) -> None:
    told_facts.record_told(athlete, ["mechanical_sign"], ON, NOW)
    athletes.change_profile(athlete, {"injuries_last_12_months": 1}, NOW)
    assert "SHOE-R05" not in rules(athlete, ON)
    athletes.change_profile(athlete, {"injuries_last_12_months": 3}, NOW)
    assert "SHOE-R05" in rules(athlete, ON)


def test_replay_equals_decide(athlete: int) -> None:
    told_facts.record_told(athlete, ["landing_change"], ON, NOW)
    case = gather(athlete, ON)
    assert case.told == (Told("landing_change", ON),)
    assert replay(case_to_plain(case)) == decide_today(athlete, ON).decision


def test_twice_is_once_and_taking_back_is_a_row_of_its_own(athlete: int) -> None:
    for _ in range(2):
        told_facts.record_told(athlete, ["day_load", "day_load"], ON, NOW)
    assert told_facts.list_told(athlete, ON, ON) == (Told("day_load", ON),)
    told_facts.record_told(athlete, ["day_load"], ON, NOW, taken_back=True)
    assert told_facts.list_told(athlete, ON, ON) == ()
    with athlete_scope(athlete):
        assert ToldFact.objects.count() == 2
        with pytest.raises(AppendOnly):
            ToldFact.objects.all().delete()
    told_facts.record_told(athlete, ["day_load"], ON, NOW)
    assert told_facts.list_told(athlete, ON, ON) == (Told("day_load", ON),)


def test_what_is_wrong_with_it_is_said_and_nothing_is_stored(athlete: int) -> None:
    (problem,) = told_facts.record_told(athlete, ["day_load", "landing_chnge"], ON, NOW)
    assert problem.suggestion == "did you mean 'landing_change'?"
    assert told_facts.record_told(athlete, ["day_load"], ON + timedelta(days=1), NOW)[0].field == "on"
    assert told_facts.record_told(athlete, ["day_load"], ON, NOW, taken_back=True)[0].field == "code"
    assert told_facts.list_told(athlete, date.min, date.max) == ()
