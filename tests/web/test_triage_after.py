"""After triage, through Django's client: a complaint is kept."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from tests.web.heel_told import interview

from niggle.actions import athletes, checkins, clock, sessions, triage
from niggle.actions.model import knowledge
from niggle.actions.today import decide_today
from niggle.core.outcomes import Light


def test_the_button_keeps_it_and_leads_to_the_named_conditions(client: Client) -> None:
    key = interview(first_steps=True)
    assert "Keep as an open complaint" in client.get(f"/triage/{key}/result").content.decode()
    answer = client.post(f"/triage/{key}/keep")
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).content.decode()
    assert "suspected, not diagnosed" in page
    first = page.index("Start the plan")
    assert first < page.index("Record a clinician"), "the next step stands first"
    assert "not seen by a professional" in page.lower()
    kept = athletes.get_profile(athletes.local_athlete(), clock.today()).conditions
    assert [(c.slug, c.site, c.side) for c in kept] == [("plantar-fasciitis", "heel_under", "left")]


def test_what_fits_leads_to_its_plan_unless_somebody_has_to_look_first(client: Client) -> None:
    page = client.get(f"/triage/{interview(first_steps=True)}/result").content.decode()
    assert 'href="/plan/start?condition=plantar-fasciitis&amp;side=left"' in page
    assert "measured" not in page.split("Speaks for it")[1].split("</ul>")[0], "said once, below all signs"
    assert page.count("nobody has measured these shares") == 1
    page = client.get(f"/triage/{interview(first_steps=True, chest_pain=True)}/result").content.decode()
    assert "/plan/start" not in page


def test_the_plan_begins_with_what_triage_was_told(client: Client) -> None:
    since = (clock.today() - timedelta(days=21)).isoformat()
    key = interview(first_steps=True, symptom_days=21)
    page = client.get(f"/triage/{key}/result").content.decode()
    (address,) = set(re.findall(r'class="button button-main" href="([^"]+)"', page))
    assert f"hurts_since={since}" in address
    form = client.get(address.replace("&amp;", "&")).content.decode()
    assert re.search(rf'name="hurts_since"[^>]*value="{since}"', form)
    assert client.post(f"/triage/{key}/keep").status_code == 302
    form = client.get("/plan/start?condition=plantar-fasciitis&side=left").content.decode()
    assert re.search(rf'name="hurts_since"[^>]*value="{since}"', form), "kept, it is known without the address"
    begun = client.post("/plan/start", {"condition": "plantar-fasciitis", "side": "left", "running": "yes"})
    assert begun.status_code == 302
    (kept,) = athletes.get_profile(athletes.local_athlete(), clock.today()).conditions
    assert kept.since is not None
    assert kept.since.isoformat() == since, "not the day on which the plan began"


def test_an_emergency_has_no_button_and_is_refused(client: Client) -> None:
    key = interview(first_steps=True, chest_pain=True)
    page = client.get(f"/triage/{key}/result").content.decode()
    assert "Keep as an open complaint" not in page
    assert "What else fits, for later" in page, "a heel is not what matters now"
    answer = client.post(f"/triage/{key}/keep")
    assert answer.status_code == 422
    assert "get help first" in answer.content.decode()
    assert client.post("/triage/nonsense/keep").status_code == 404


def test_an_emergency_is_kept_on_today_and_taken_back_by_a_tap(client: Client) -> None:
    key = interview(first_steps=True, chest_pain=True)
    page = client.get(f"/triage/{key}/result").content.decode()
    assert "Kept on Today" in page
    assert "This was not about me" in page
    assert "Get emergency help now" in client.get("/").content.decode()
    back = client.post(f"/triage/{key}/day", {"do": "back"})
    assert back.headers["Location"] == f"/triage/{key}/result"
    page = client.get(back.headers["Location"]).content.decode()
    assert "Taken back" in page
    assert "Get emergency help now" not in client.get("/").content.decode()
    history = client.get("/checkin/history").content.decode()
    assert history.count("Taken back") == 1
    assert "othing hurts" not in history
    client.post(f"/triage/{key}/day", {"do": "keep"})
    assert "Get emergency help now" in client.get("/").content.decode()
    assert client.post("/triage/nonsense/day").status_code == 404


def test_an_emergency_told_in_words_is_on_today_before_anything_else_is_done(client: Client) -> None:
    words = "Sharp pain under my heel since yesterday's run, I cannot put weight on it, it popped"
    step = client.post("/triage", {"text": words}).headers["Location"]
    page = client.get(step).content.decode()
    assert "Today holds to them" in page
    assert "Get emergency help now" in client.get("/").content.decode()


def test_an_emergency_without_a_place_is_lifted_by_a_clinicians_word_about_the_whole(client: Client) -> None:
    me = athletes.local_athlete()
    before = clock.now() - timedelta(days=2)
    key = triage.start(me, before).key
    assert triage.answer(me, key, "chest_pain", True, before) == ()
    client.get(f"/triage/{key}/result")
    assert decide_today(me, clock.today(), keep=False).decision.light is Light.RED
    word = {"kind": "running", "by": "Dr Roe", "on": (clock.today() - timedelta(days=1)).isoformat(), "site": ""}
    assert client.post("/care/clearance", word).status_code == 302
    assert decide_today(me, clock.today(), keep=False).decision.light is not Light.RED
    assert client.post("/care/clearance", word).status_code == 422, "nothing of the whole body is held any more"


def test_what_is_kept_can_be_corrected_like_any_check_in(client: Client) -> None:
    client.get(f"/triage/{interview(thunder_breath=True, pain_max=4)}/result")
    (entry,) = checkins.list_entries(athletes.local_athlete(), clock.today(), clock.today())
    page = client.get(f"/checkin/{entry.id}/correct").content.decode()
    assert knowledge().findings["thunder_breath"].question in page
    form = {"hurts": "yes", "site": "heel_under", "side": "left", "pain": "4", "day": "today", "sure": "yes"}
    assert client.post(f"/checkin/{entry.id}/correct", form).status_code == 302
    assert "Get emergency help now" not in client.get("/").content.decode()


def test_the_summary_says_what_is_there_what_is_not_and_what_nobody_asked(client: Client) -> None:
    key = interview(first_steps=True, swelling=False, warms_up=None)
    page = client.get(f"/triage/{key}/summary").content.decode()
    assert "not a diagnosis" in page
    assert "Plantar fasciitis" in page
    present, rest = page.split("<h2>Present</h2>")[1].split("<h2>Absent</h2>")
    assert "irst steps" in present
    assert "welling" in rest.split("<h2>Asked, not known</h2>")[0]
    assert "<li>" in page.split("<h2>Warning signs not asked</h2>")[1].split("</section>")[0]
    assert "<svg" in page
    assert client.get("/triage/nonsense/summary").status_code == 404


def test_the_summary_has_the_weeks_of_running(client: Client) -> None:
    key = interview(first_steps=True)
    assert "<table" not in client.get(f"/triage/{key}/summary").content.decode()
    run = {"sport": "run", "start": clock.now().isoformat(), "distance_m": 8000.0, "duration_s": 2700.0}
    added = sessions.add_manual(athletes.local_athlete(), run, clock.now())
    assert not isinstance(added, tuple), added
    page = client.get(f"/triage/{key}/summary").content.decode()
    assert page.count('<th scope="row">') == 1, "weeks before the first run are not zeros"
    assert page.count('<rect width="100" height="10"') == 1


def test_another_of_the_fitting_conditions_may_be_kept(client: Client) -> None:
    key = interview(first_steps=True, numb_sole=True)
    page = client.get(f"/triage/{key}/result").content.decode()
    options = re.findall(r'<option value="([^"]+)"', page.split('name="condition"')[1].split("</select>")[0])
    assert len(options) > 1
    assert client.post(f"/triage/{key}/keep", {"condition": "hip-osteoarthritis"}).status_code == 422
    assert client.post(f"/triage/{key}/keep", {"condition": options[-1]}).status_code == 302
    kept = athletes.get_profile(athletes.local_athlete(), clock.today()).conditions
    assert [c.slug for c in kept] == [options[-1]]


def test_who_cannot_be_told_still_hears_whom_to_see(client: Client) -> None:
    me = athletes.local_athlete()
    key = triage.start(me, clock.now()).key
    triage.answer(me, key, "dull_ache", True, clock.now())
    page = client.get(f"/triage/{key}/result").content.decode()
    assert "Book an appointment" in page
    assert '<h2 id="who">Whom to see</h2>' in page
    assert "sports physician" in page.lower()


def test_an_emergency_shows_only_what_makes_it_one(client: Client) -> None:
    said = "Alone it is no emergency"
    assert said not in client.get(f"/triage/{interview(first_steps=True, chest_pain=True)}/result").content.decode()
    page = client.get(f"/triage/{interview(first_steps=True, chest_pain=True)}/result").content.decode()
    why = page.split('id="why"')[1].split("</section>")[0]
    assert "no emergency" not in why
    assert "RF-01" in why or "chest" in why.lower()
    assert said in client.get(f"/triage/{interview(first_steps=True, night_pain=True)}/result").content.decode()
