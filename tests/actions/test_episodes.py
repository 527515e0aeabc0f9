"""From triage to an open complaint: what is kept, what check-ins make of it, and what is not kept."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.heel_told import interview

from niggle.actions import athletes, episodes, triage
from niggle.actions.episodes import Episode
from niggle.core.body import Side
from niggle.core.outcomes import Problem
from niggle.core.profile import KnownCondition
from niggle.core.red_flags.known import conditions_at
from niggle.store.models import ConditionFact
from niggle.store.scopes import athlete_scope

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def heel(athlete: int, **answers: object) -> str:
    return interview(athlete, NOW, **{"first_steps": True, **answers})


def test_what_is_suspected_is_open_for_check_ins(athlete: int) -> None:
    key = heel(athlete, symptom_days=21)
    found = episodes.keep(athlete, key, NOW, TODAY)
    wanted = KnownCondition("plantar-fasciitis", "heel_under", Side.LEFT, since=date(2026, 11, 1))
    assert found == Episode(wanted, new=True)
    profile = athletes.get_profile(athlete, TODAY)
    assert conditions_at(profile, "heel_under", Side.LEFT, TODAY) == (wanted,)
    assert conditions_at(profile, "heel_under", Side.RIGHT, TODAY) == ()
    assert not wanted.seen_by_professional
    state = triage.get(athlete, key)
    assert state is not None
    assert state.ended
    assert episodes.latest_key(athlete) == key, "a kept interview is still found"


def test_without_a_beginning_it_is_since_the_interview(athlete: int) -> None:
    found = episodes.keep(athlete, heel(athlete), NOW, date(2026, 12, 1))
    assert isinstance(found, Episode)
    assert found.condition.since == TODAY


def test_kept_twice_it_is_written_once_and_a_professionals_view_stays(athlete: int) -> None:
    key = heel(athlete)
    episodes.keep(athlete, key, NOW, TODAY)
    seen = {"slug": "plantar-fasciitis", "site": "heel_under", "side": "left", "seen_by_professional": True}
    athletes.name_condition(athlete, seen, NOW)
    again = episodes.keep(athlete, key, NOW, TODAY)
    assert isinstance(again, Episode)
    assert not again.new
    assert again.condition.seen_by_professional
    with athlete_scope(athlete):
        assert ConditionFact.objects.count() == 2


def test_an_emergency_or_nothing_known_is_not_kept(athlete: int) -> None:
    grave = episodes.keep(athlete, heel(athlete, chest_pain=True), NOW, TODAY)
    empty = episodes.keep(athlete, triage.start(athlete, NOW).key, NOW, TODAY)
    nobody = episodes.keep(athlete, "0" * 16, NOW, TODAY)
    other = episodes.keep(athlete, heel(athlete), NOW, TODAY, slug="no-such")
    fields = [found[0].field for found in (grave, empty, nobody, other) if isinstance(found, tuple)]
    assert fields == ["urgency", "condition", "key", "condition"]
    assert isinstance(other, tuple)
    assert isinstance(other[0], Problem)
    assert "plantar-fasciitis" in (other[0].suggestion or "")
    assert athletes.get_profile(athlete, TODAY).conditions == ()


def test_another_condition_that_fits_can_be_chosen(athlete: int) -> None:
    key = triage.start(athlete, NOW).key
    triage.place(athlete, key, "shin_inner", "left", NOW)
    for name in ("bone_spot_tender", "warms_up"):
        triage.answer(athlete, key, name, True, NOW)
    state = triage.get(athlete, key)
    assert state is not None
    second = triage.look(athlete, state, TODAY).triage.differential[1].condition
    found = episodes.keep(athlete, key, NOW, TODAY, slug=second)
    assert isinstance(found, Episode)
    assert found.condition.slug == second


def test_where_somebody_must_look_soon_the_dangerous_one_is_suspected(athlete: int) -> None:
    key = triage.start(athlete, NOW).key
    triage.place(athlete, key, "shin_inner", "left", NOW)
    for name in ("bone_spot_tender", "night_pain", "rest_pain", "hop_pain"):
        triage.answer(athlete, key, name, True, NOW)
    found = episodes.keep(athlete, key, NOW, TODAY)
    assert isinstance(found, Episode)
    assert found.condition.slug == "tibial-stress-fracture"
