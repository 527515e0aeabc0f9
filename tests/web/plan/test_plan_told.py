"""What a plan is told on its page: answers only the runner has, and what puts right what it was told."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

from django.test import Client
from tests.web.plan.runner import begun, page_of, shown

from niggle.actions import athletes, clock, sessions


def test_answers_are_kept_and_nonsense_is_refused(client: Client) -> None:
    plan_id = begun(client)
    url = f"/plan/{plan_id}/answers"
    assert client.post(url, {"says_healed_percent": "80 %", "says_tender": "no"}).status_code == 302
    facts = shown().facts
    assert [(a.key, a.value) for a in facts.answers] == [("says_healed_percent", 80.0), ("says_tender", False)]
    assert 'value="80"' in page_of(client, f"/plan/{plan_id}")
    for wrong in ("a lot", "140"):
        assert client.post(url, {"says_healed_percent": wrong}).status_code == 422
    assert len(shown().facts.answers) == 2


def test_a_later_word_changes_what_was_told(client: Client) -> None:
    plan_id = begun(client, condition="calf-strain")
    form = {"grade": "grade_2", "usual_week": "42,5", "imaged": "yes", "diagnosed": "yes"}
    assert client.post(f"/plan/{plan_id}/told", form).status_code == 302
    start = shown().plans[0].start
    assert (start.grade, start.before_week_m, start.imaged, start.diagnosed) == ("grade_2", 42_500.0, True, True)
    assert client.post(f"/plan/{plan_id}/told", {"grade": "grade_9"}).status_code == 422
    assert client.post(f"/plan/{plan_id}/told", {"hurts_since": "2031-01-01"}).status_code == 422
    assert shown().plans[0].start == start


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
