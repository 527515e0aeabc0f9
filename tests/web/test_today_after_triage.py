"""Today after triage, through Django's client: it says no less than triage did."""

from __future__ import annotations

from django.test import Client

from niggle.actions import athletes, clock, triage
from niggle.web.dress.triage import said
from niggle.wording.flags import EMERGENCY_NOW


def interview(**answers: object) -> str:
    me = athletes.local_athlete()
    key = triage.start(me, clock.now()).key
    triage.place(me, key, "heel_under", "left", clock.now())
    for name, value in answers.items():
        assert triage.answer(me, key, name, value, clock.now()) == ()
    return key


def test_an_emergency_on_today_says_what_to_do_until_help_is_there(client: Client) -> None:
    key = interview(pop=True, cannot_bear_weight=True, after_trauma=True)
    answer = client.get(f"/triage/{key}/result").content.decode()
    assert "Until help is there" in answer
    me = athletes.local_athlete()
    state = triage.get(me, key)
    assert state is not None
    looked = triage.look(me, state, clock.today())
    page = client.get("/").content.decode()
    for line in (*said.tonight(looked.triage), EMERGENCY_NOW["RF-07"].partition(". ")[2]):
        assert f"<li>{line}</li>" in page, line
    assert "Until help is there" in page
