"""The form that puts right what a plan was told: what it reckons with where nothing was told stands beside it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from niggle.actions import athletes, clock, sessions


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGGLE_HOME", str(tmp_path / "home"))


@pytest.fixture
def client(db: None) -> Client:
    return Client(headers={"host": "127.0.0.1"})


def put_it_right(client: Client, plan: str) -> str:
    page = unescape(client.get(f"/plan/{plan}").content.decode()).replace("\xa0", " ")
    return page.split("Put it right")[1].split("</details>")[0]


def test_put_it_right_shows_what_the_plan_reckons_with(client: Client) -> None:
    for back in (3, 10, 17, 24):
        run = {"sport": "run", "start": (clock.now() - timedelta(days=back)).isoformat(), "distance_m": 8000.0,
               "duration_s": 2700.0}  # fmt: skip
        assert not isinstance(sessions.add_manual(athletes.local_athlete(), run, clock.now()), tuple)
    told = {"condition": "achilles-tendinopathy-midportion", "side": "left", "running": "yes"}
    plan = client.post("/plan/start", told)["Location"].split("/")[-1].split("?")[0]
    form = put_it_right(client, plan)
    assert re.search(r"reckons with 8(\.0)? km, from your log", form)
    assert "reckons from its start" in form
    assert "In your log it is" in form
    since = (clock.today() - timedelta(days=21)).isoformat()
    assert client.post(f"/plan/{plan}/told", {"usual_week": "30", "hurts_since": since}).status_code == 302
    form = put_it_right(client, plan)
    assert f'value="{since}"' in form
    assert "reckons from its start" not in form
    assert "from your log.</span>" not in form
