"""Coach and race pages, through Django's client: what they say, and what an answer changes."""

from __future__ import annotations

import html
from datetime import timedelta

from django.test import Client

from niggle.actions import athletes, clock
from niggle.actions.plans.advice import coach_view, race_view
from niggle.actions.plans.races import add_race
from niggle.core.plan import Race
from niggle.wording.units import METRIC


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_the_coach_teaches_without_any_data(client: Client) -> None:
    page = text(client, "/coach")
    for card in coach_view(athletes.local_athlete(), clock.today(), METRIC).cards:
        assert card.title in page
    assert "No race is on the calendar" in page
    assert 'class="emergency"' not in page
    assert "/coach" in text(client, "/more")


def test_an_answer_is_kept_and_help_comes_first(client: Client) -> None:
    assert client.post("/coach/answers", {"overstride": "yes", "heel_strike": "no"}).status_code == 302
    cue = coach_view(athletes.local_athlete(), clock.today(), METRIC).coached.cadence
    assert cue.reasons[0].fact("overstride") is True
    assert cue.reasons[0].fact("heel_strike") is False
    refused = client.post("/coach/answers", {"overstride": "perhaps"})
    assert refused.status_code == 422
    assert client.get("/coach/answers")["Location"] == "/coach"


def test_a_crisis_is_the_first_thing_on_the_page(client: Client) -> None:
    from niggle.actions.plans.telling import record_answers

    assert record_answers(athletes.local_athlete(), {"self_harm": True}, clock.now()) == ()
    page = text(client, "/coach")
    assert page.index('class="emergency"') < page.index("Steps a minute")
    assert "emergency number" in page


def test_a_race_is_judged_on_its_page(client: Client) -> None:
    me, day = athletes.local_athlete(), clock.today() + timedelta(days=70)
    race = add_race(me, {"on": day.isoformat(), "km": 10, "name": "Lakes"}, clock.now())
    assert isinstance(race, Race)
    page = text(client, "/plan/race")
    assert "Cannot say yet." in page
    assert "rule of thumb" in page
    assert client.post(f"/plan/race/{race.id}/prepared", {"prepared": "no"}).status_code == 302
    page = text(client, "/plan/race")
    assert "You were not training towards this distance." in page
    assert "Instead" in page
    [shown] = race_view(me, clock.today(), METRIC).races
    assert shown.verdict == "No"
    assert client.post("/plan/race/nothing/prepared", {"prepared": "yes"}).status_code == 404
