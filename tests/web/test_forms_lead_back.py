"""Opening or reloading an address that only takes a form leads to its page and changes nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

from niggle.actions import athletes, clock
from niggle.core.plan import PlanStart
from niggle.web.forms import PAGES
from niggle.web.urls import urlpatterns

pytestmark = pytest.mark.django_db
PARTS = {
    "entry_id": "e", "job_id": 1, "task_id": "t", "number": 1, "absence_id": "a", "test_id": "hop_5", "race_id": "r",
    "plan_id": "p", "session_id": "s", "shoe_id": "h", "key": "k", "name": "n", "digest": "d", "theme": "light",
    "side": "left", "shape": "still",
}  # fmt: skip


def address(pattern: URLPattern) -> str:
    kwargs = {k: v for k, v in PARTS.items() if f":{k}>" in str(pattern.pattern)}
    return reverse(str(pattern.name), kwargs=kwargs)


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda p: str(p.name))
def test_no_address_answers_a_look_with_a_bare_refusal(pattern: URLPattern) -> None:
    try:
        url = address(pattern)
    except NoReverseMatch:  # pragma: no cover - a part that PARTS does not know
        pytest.fail(f"name a value for the parts of {pattern.pattern}")
    for look in (Client().get, Client().head):
        answer = look(url)
        assert answer.status_code != 405
        if pattern.name in PAGES:
            assert answer.status_code == 302


def test_the_page_it_leads_to_is_the_one_the_form_stands_on() -> None:
    client = Client()
    assert client.get("/plan/p1/end")["Location"] == "/plan/p1"
    assert client.get("/shoes/blue/retire")["Location"] == "/shoes/blue"
    assert client.get("/settings/forget")["Location"] == "/settings"
    assert client.get("/triage/k1/keep")["Location"] == "/triage/k1/result"


def test_looking_ends_no_plan() -> None:
    from niggle.actions.plans.shown import show_plans
    from niggle.actions.plans.starting import start_plan

    me = athletes.local_athlete()
    plan = start_plan(me, {"condition": "plantar fasciitis", "side": "left"}, clock.now())
    assert isinstance(plan, PlanStart)
    assert Client().get(f"/plan/{plan.id}/end").status_code == 302
    assert [p.id for p in show_plans(me, clock.today()).plans] == [plan.id]
