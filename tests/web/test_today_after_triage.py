"""Today after triage, through Django's client: it says no less than triage did."""

from __future__ import annotations

from django.test import Client
from tests.web.heel_told import interview

from niggle.actions import athletes, clock, triage
from niggle.actions.model import knowledge
from niggle.actions.today import decide_today
from niggle.core.outcomes import Light
from niggle.core.today import NextStep
from niggle.web.dress.triage import said
from niggle.wording.flags import EMERGENCY_NOW


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


def test_an_interview_answered_to_the_end_is_the_check_in_of_the_day(client: Client) -> None:
    me = athletes.local_athlete()
    key = interview(first_steps=True)
    for _ in range(20):
        state = triage.get(me, key)
        assert state is not None
        waiting = triage.look(me, state, clock.today()).next
        if not waiting:
            break
        name = waiting[0].finding
        value = {"pain_max": 4}.get(name, False if knowledge().findings[name].safety else None)
        assert triage.answer(me, key, name, value, clock.now()) == ()
    triage.about(me, key, 40, "female", clock.now())
    page = client.get(f"/triage/{key}").content.decode()
    assert "Last, the warning signs" in page
    assert "Do you have pain or pressure in your chest?" in page
    assert client.post(f"/triage/{key}", {"ask": "warnings"}).status_code == 422, "nothing ticked is a slip"
    answer = client.post(f"/triage/{key}", {"ask": "warnings", "warning": "none"}, follow=True)
    assert answer.redirect_chain[-1][0].endswith("/result")
    assert "Your answers count as a check-in of that day." in answer.content.decode()
    assert "This was not about me" in answer.content.decode()
    decision = decide_today(me, clock.today(), keep=False).decision
    assert decision.light is Light.YELLOW
    assert NextStep.CHECK_IN_FIRST not in decision.next_steps
    client.post(f"/triage/{key}/day", {"do": "back"})
    assert decide_today(me, clock.today(), keep=False).decision.light is Light.CANNOT_SAY
