"""After weeks without a run and without a plan: Today, its session and the week hold the same walk and run."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from tests.web.plan.runner import page_of, said

from niggle.actions import athletes, clock
from niggle.actions.sessions import add_manual


def ran_until(days_ago: int) -> None:
    for n in range(days_ago, days_ago + 40, 2):
        start = (clock.now() - timedelta(days=n)).isoformat()
        plain = {"start": start, "distance_m": 8000, "duration_s": 2700}
        assert not isinstance(add_manual(athletes.local_athlete(), plain, clock.now()), tuple)


def test_today_its_session_and_the_week_say_walk_and_run(client: Client) -> None:
    ran_until(50)
    said(pain_evening=0, pain_morning=0, limp=False)
    page = page_of(client, "/")
    assert "Start again with walk and run" in page
    assert "Run and walk, 20\u00a0min" in page
    assert "10 times: 1\u00a0min run, 1\u00a0min walk" in page
    link = re.search(r'href="(/plan/session/[^"]+)"', page)
    assert link is not None
    assert "1\u00a0min run" in page_of(client, link[1])
    following = (clock.today() + timedelta(days=7)).isoformat()
    answer = client.post("/plan/week/make", {"start": following})
    assert answer.status_code == 302
    assert page_of(client, answer["Location"]).count("Run and walk") >= 3


def test_a_month_off_by_a_day_less_has_no_such_session(client: Client) -> None:
    ran_until(29)
    said(pain_evening=0, pain_morning=0, limp=False)
    page = page_of(client, "/")
    assert "walk and run" not in page
    assert "Run and walk" not in page
