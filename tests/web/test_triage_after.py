"""After triage, through Django's client: a complaint is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from niggle.actions import athletes, clock, triage


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGGLE_HOME", str(tmp_path / "home"))


@pytest.fixture
def client(db: None) -> Client:
    return Client(headers={"host": "127.0.0.1"})


def interview(**answers: object) -> str:
    me = athletes.local_athlete()
    key = triage.start(me, clock.now()).key
    triage.place(me, key, "heel_under", "left", clock.now())
    for name, value in answers.items():
        assert triage.answer(me, key, name, value, clock.now()) == ()
    return key


def test_the_button_keeps_it_and_leads_to_the_named_conditions(client: Client) -> None:
    key = interview(first_steps=True)
    assert "Keep as an open complaint" in client.get(f"/triage/{key}/result").content.decode()
    answer = client.post(f"/triage/{key}/keep")
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).content.decode()
    assert "suspected, not diagnosed" in page
    assert "not seen by a professional" in page.lower()
    kept = athletes.get_profile(athletes.local_athlete(), clock.today()).conditions
    assert [(c.slug, c.site, c.side) for c in kept] == [("plantar-fasciitis", "heel_under", "left")]


def test_an_emergency_has_no_button_and_is_refused(client: Client) -> None:
    key = interview(first_steps=True, chest_pain=True)
    assert "Keep as an open complaint" not in client.get(f"/triage/{key}/result").content.decode()
    answer = client.post(f"/triage/{key}/keep")
    assert answer.status_code == 422
    assert "get help first" in answer.content.decode()
    assert client.post("/triage/nonsense/keep").status_code == 404
