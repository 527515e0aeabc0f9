"""A session of the plan on its page: ticked set by set, once or twice a day, and timed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client
from tests.web.plan.runner import begun, page_of, said, shown

from niggle.actions.model import knowledge
from niggle.core.ladder import session_steps
from niggle.core.plan import ItemKind
from niggle.core.today import Task
from niggle.web.views import plan_session


def exercise_url(client: Client) -> str:
    """The first exercise of today's first session that has any."""
    task = next(t for t in shown().decision.tasks if t.allowed and t.exercises)
    url = f"/plan/session/{task.id}"
    assert f'href="{url}"' in page_of(client, "/plan/session")
    assert f'href="{url}/1"' in page_of(client, url)
    return f"{url}/1"


def test_sets_are_saved_as_they_are_ticked_and_once(client: Client) -> None:
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    url = exercise_url(client)
    key = re.search(r'name="id" value="(\w+)"', page_of(client, url))
    assert key is not None
    form = {"id": key[1], "do": "keep", "pain": "2"}
    assert client.post(url, form | {"set": ["1"]}).json() == {"id": key[1]}
    assert client.post(url, form | {"set": ["1", "2"], "easy": "yes"}).json() == {"id": key[1]}
    (row,) = shown().facts.done
    assert (row.sets, row.pain, row.easy) == (2, 2.0, True)
    page = page_of(client, url)
    assert f'name="id" value="{key[1]}"' in page
    assert re.search(r'name="set" value="2" checked', page)
    assert not re.search(r'name="set" value="3" checked', page)
    session = page_of(client, url.rsplit("/", 1)[0])
    assert "2 of " in session
    assert re.search(rf'href="{url}">Go on', session), "sets are left"


def test_the_button_says_all_sets_and_leads_on(client: Client) -> None:
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    url = exercise_url(client)
    session = url.rsplit("/", 1)[0]
    task = next(t for t in shown().decision.tasks if t.id == session.rsplit("/", 1)[1])
    many = len(task.exercises)
    for number in range(1, many + 1):
        form = {"do": "done", "pain": "7"} if number < many else {"do": "skip"}
        answer = client.post(f"{session}/{number}", form)
        last = f"{session}?done=ticked"
        assert answer["Location"] == (f"{session}/{number + 1}" if number < many else last)
    rows = {d.item: d for d in shown().facts.done}
    first = rows[task.exercises[0].item]
    assert first.sets == first.sets_planned == task.exercises[0].dose.sets
    assert rows[task.exercises[-1].item].skipped
    page = page_of(client, session)
    assert "All of it is done" in page
    assert "too much" in page, "7 of 10 is above what it may hurt"


def test_what_is_done_twice_a_day_has_its_own_ticks_each_time(client: Client) -> None:
    begun(client, condition="plantar-fasciitis", site="heel_under")
    said(site="heel_under", side="left", pain_max=1)
    task = next(t for t in shown().decision.tasks if any(e.dose.per_day == 2 for e in t.exercises))
    session = f"/plan/session/{task.id}"
    number, item = next((n, e) for n, e in enumerate(task.exercises, 1) if e.dose.per_day == 2)
    assert "Twice a day, from the morning on: plantar fascia stretch" in page_of(client, "/")
    page = page_of(client, f"{session}/{number}")
    assert "Time 1 of 2" in page
    assert 'name="occasion" value="1"' in page
    for n in range(1, len(task.exercises) + 1):
        client.post(f"{session}/{n}", {"do": "done", "occasion": "1", "pain": "1"})
    assert not next(t for t in shown().decision.tasks if t.id == task.id).done
    again = [e for e in task.exercises if e.dose.per_day == 2]
    for address in ("/", "/plan/session"):
        row = page_of(client, address)
        assert "again later today" in row, "the session that was gone through shows on the day"
        assert len(again) == len(task.exercises) or "Still to do: " in row
    page = page_of(client, session)
    assert "Done for now" in page
    assert "1 of 2 times today" in page
    assert re.search(rf'href="{session}/\d+">Go on', page)
    page = page_of(client, f"{session}/{number}")
    assert 'name="occasion" value="2"' in page
    assert 'name="set" value="1" checked' not in page, "the second time has no ticks yet"
    assert 'name="set" value="1" checked' in page_of(client, f"{session}/{number}?time=1")
    key = re.search(r'name="id" value="(\w+)"', page)
    assert key is not None
    for n, e in enumerate(task.exercises, 1):
        if e.dose.per_day == 2:
            client.post(f"{session}/{n}", {"do": "done", "occasion": "2", "pain": "2"})
    mine = [d for d in shown().facts.done if d.item == item.item]
    assert sorted((d.occasion, d.pain) for d in mine) == [(1, 1.0), (2, 2.0)]
    assert next(t for t in shown().decision.tasks if t.id == task.id).done
    assert "All of it is done" in page_of(client, session)
    answer = client.post(f"{session}/{number}", {"do": "keep", "set": ["1"], "occasion": "3"})
    assert answer.status_code == 422
    assert "times a day" in answer.json()["problems"][0]


def test_only_exercises_of_the_day_can_be_ticked(client: Client) -> None:
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    session = exercise_url(client).rsplit("/", 1)[0]
    for url in (f"{session}/0", f"{session}/99", "/plan/session/none/1"):
        assert client.get(url).status_code == 404
        assert client.post(url, {"do": "done"}).status_code == 404
    assert client.get(f"{session}?on=soon").status_code == 404
    assert shown().facts.done == ()


def test_an_exercise_tells_its_dose_in_the_plan(client: Client) -> None:
    assert "In your plan" not in page_of(client, "/library/exercises")
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    item = shown().plans[0].prescription.items[0]
    assert "In your plan" in page_of(client, f"/library/exercises/{item.exercise}")
    gallery = page_of(client, "/library/exercises?phase=1")
    assert 'name="phase"' in gallery
    whole = int(re.search(r"data-many>(\d+) of (\d+)", gallery)[2])  # type: ignore[index]
    some = int(re.search(r"data-many>(\d+) of", gallery)[1])  # type: ignore[index]
    assert 0 < some < whole


def test_every_exercise_of_every_plan_has_a_page(client: Client) -> None:
    for name in ("pilates-yoga", "straight-knee-calf-raise", "heel-drop", "easy-jog"):
        assert name in page_of(client, f"/library/exercises/{name}") or name in knowledge().exercises
    assert client.get("/library/exercises/none").status_code == 404


def test_a_run_of_the_ladder_has_its_stretches_and_a_timer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    known = knowledge()
    step = next(s for ladder in known.ladders.values() for s in ladder.steps if s.walk_min and s.reps_low == 5)
    run = Task("run-1", ItemKind.RUN_WALK, minutes=40, steps=session_steps(step, known))
    day = shown()
    faked = replace(day, decision=replace(day.decision, tasks=(run,)))
    monkeypatch.setattr(plan_session, "show_plans", lambda *_: faked)
    page = page_of(client, "/plan/session/run-1")
    assert "5 times: " in page
    stretches = re.search(r'type="application/json">(\[.*?\])</script>', page)
    assert stretches is not None
    timed = json.loads(stretches[1])
    assert sum(s["kind"] == "run" for s in timed) == 5
    assert all(s["seconds"] for s in timed)
    assert "Check in after the run" in page
    assert "talk in whole sentences" in page
    assert "softer ground" not in page, "it belongs to none of her plans"
    run = replace(run, plans=(day.plans[0].id,))
    faked = replace(faked, decision=replace(day.decision, tasks=(run,)))
    assert day.plans[0].phase.running.say in unescape(page_of(client, "/plan/session/run-1"))
    closed = replace(faked, decision=replace(day.decision, tasks=(replace(run, allowed=False),)))
    monkeypatch.setattr(plan_session, "show_plans", lambda *_: closed)
    page = page_of(client, "/plan/session/run-1")
    assert "Not today" in page or "data-timer" not in page
    assert "data-timer" not in page
    assert "/plan/session/run-1" not in page_of(client, "/plan/session"), "what is not allowed has no way in"
