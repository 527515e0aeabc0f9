"""Races on their page: a distance by its name, once, added, taken off, named beside the week."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from tests.web.plan.runner import begun, page_of, said, shown

from niggle.actions import clock


def test_a_race_that_is_refused_is_named_beside_the_week(client: Client) -> None:
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    form = {"race_on": clock.today().isoformat(), "race_km": "10", "race_name": "Lake run", "race_prepared": "no"}
    assert client.post("/plan/race", form).status_code == 302
    assert client.post("/plan/week/make", {}).status_code == 302
    page = page_of(client, "/plan/week")
    assert "Lake run, not in this week: do not run this race." in page
    assert 'href="/plan/race"' in page


def test_a_race_has_a_distance_by_name_and_stands_once(client: Client) -> None:
    on = (clock.today() + timedelta(days=60)).isoformat()
    assert client.post("/plan/race", {"race_on": on, "race_km": "Half"}).status_code == 302
    (race,) = shown().facts.races
    assert race.distance_m == 21_097.5
    answer = client.post("/plan/race", {"race_on": on, "race_km": "21.1", "race_name": "Lake half"})
    assert answer.status_code == 422
    assert "on your calendar already" in answer.content.decode()
    assert shown().facts.races == (race,)


def test_a_race_is_added_and_taken_off(client: Client) -> None:
    on = (clock.today() + timedelta(days=60)).isoformat()
    for wrong in ({"race_on": "2020-01-01", "race_km": "10"}, {"race_on": on}, {"race_on": on, "race_km": "far"}):
        assert client.post("/plan/race", wrong).status_code == 422
    form = {"race_on": on, "race_km": "21,1", "race_name": "Lake half", "race_prepared": "yes"}
    assert client.post("/plan/race", form).status_code == 302
    (race,) = shown().facts.races
    assert (race.distance_m, race.prepared) == (21_100, True)
    assert "Lake half" in page_of(client, "/plan/race")
    assert client.post(f"/plan/race/{race.id}/drop").status_code == 302
    assert "Lake half" not in page_of(client, "/plan/race")
