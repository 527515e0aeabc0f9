"""The tests of a plan on their pages: a result kept or refused, several days drawn."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from tests.web.plan.runner import begun, page_of, shown

from niggle.actions import clock


def test_a_result_is_recorded_or_its_trouble_named(client: Client) -> None:
    begun(client)
    url = "/plan/tests/calf_raise"
    assert "Single-leg calf raises" in page_of(client, "/plan/tests")
    wrong = (
        {"left": "400", "right": "20"},
        {"left": "-3", "right": "20"},
        {"left": "20"},
        {"left": "twenty", "right": "20"},
        {"left": "20", "right": "20", "on": (clock.today() + timedelta(days=1)).isoformat()},
    )
    for form in wrong:
        answer = client.post(url, form)
        assert answer.status_code == 422, form
        assert 'role="alert"' in answer.content.decode()
    for form in ({"left": "2", "right": "1"}, {"value": "yes"}, {"value": "2", "pain": "3"}):
        answer = client.post("/plan/tests/hop_in_place", form)
        assert answer.status_code == 422, f"{form}: the test is the pain, of both legs together"
    assert shown().facts.tests == ()
    assert client.post(url, {"left": "18", "right": "30", "pain": "2"}).status_code == 302
    (result,) = shown().facts.tests
    assert (result.left, result.right, result.pain, result.on) == (18, 30, 2, clock.today())
    client.post("/plan/tests/hop_in_place", {"value": "1"})
    board = page_of(client, "/plan/tests")
    assert "<strong>1 of 10</strong>" in board.replace("\u00a0", " "), "no bar shows it"
    assert "Single-leg calf raises, knee straight, left: 18 of 25" in board
    assert "Left 18, right 30" in page_of(client, url)
    assert client.get("/plan/tests/none").status_code == 404


def test_results_of_several_days_are_drawn(client: Client) -> None:
    for ago, left in ((14, "10"), (0, "15")):
        day = (clock.today() - timedelta(days=ago)).isoformat()
        assert client.post("/plan/tests/calf_raise", {"left": left, "right": "20", "on": day}).status_code == 302
    page = page_of(client, "/plan/tests/calf_raise")
    assert "up from 10 to 15 on the weaker side" in page
    assert "application/json" in page
    assert "these are the tests you have done" in page_of(client, "/plan/tests")
