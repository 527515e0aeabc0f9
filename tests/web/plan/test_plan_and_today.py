"""What the plan's pages say on a day that goes before the plan: red, ill, or weeks off without a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.test import Client
from tests.web.plan.runner import begun, page_of, said, shown
from tests.web.plan.test_plan_way_back import ran_until

from niggle.actions import clock
from niggle.actions.model import knowledge
from niggle.web.dress.plan.tasks import task_rows
from niggle.wording.units import METRIC

FIRST = "goes before the plan"
SEEN = "You are to be seen before you run again"


def test_on_a_red_day_neither_the_plan_nor_a_week_to_come_sends_her_running(client: Client) -> None:
    ran_until(1)
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    following = (clock.today() + timedelta(days=7)).isoformat()
    assert client.post("/plan/week/make", {"start": following}).status_code == 302
    week = page_of(client, f"/plan/week?start={following}")
    assert "Easy run" in week
    assert SEEN not in week
    assert FIRST not in page_of(client, "/plan")
    said(site="shin_inner", side="left", pain_max=6, bone_spot_tender=True, night_pain=True)
    assert "Stop running and be seen.</strong>" in page_of(client, "/plan")
    assert FIRST in page_of(client, "/plan")
    assert SEEN in page_of(client, f"/plan/week?start={following}")


def test_what_is_not_for_today_says_so_in_the_week_too(client: Client) -> None:
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    assert client.post("/plan/week/make", {}).status_code == 302
    assert "not today" not in page_of(client, "/plan/week")
    said(site="shin_inner", side="left", pain_max=6, bone_spot_tender=True, night_pain=True)
    assert page_of(client, "/plan/week").count(">not today<") == page_of(client, "/").count(">not today<") > 0


def test_a_paused_plan_does_not_say_how_to_run_in_this_phase(client: Client) -> None:
    begun(client, running="no")
    page = page_of(client, "/plan")
    assert "Running is paused" in page
    assert "Flat and easy while it stays below 3" not in page


def test_the_way_back_without_a_plan_stands_on_the_session_page_too(client: Client) -> None:
    assert "It needs a plan" in page_of(client, "/plan/session")
    ran_until(50)
    said(pain_evening=0, pain_morning=0, limp=False)
    page = page_of(client, "/plan/session")
    assert "Run and walk" in page
    assert "It needs a plan" not in page


def test_whom_to_see_stands_before_what_to_do_and_a_reason_is_read_once(client: Client) -> None:
    begun(client)
    said(site="shin_inner", side="left", pain_max=6, bone_spot_tender=True, night_pain=True)
    page = page_of(client, "/")
    assert page.index("Be seen</h2>") < page.index("What to do today")
    assert page.count("Be seen</h2>") == 1
    (off,) = (t for t in shown().decision.tasks if not t.allowed)
    rows = task_rows((off, replace(off, id="other")), knowledge(), METRIC, "24", lambda task: task.id)
    assert [r.word for r in rows] == ["not today", "not today"]
    assert [bool(r.lines) for r in rows] == [True, False]


def test_what_has_no_plan_stands_last_among_the_conditions(client: Client) -> None:
    groups = page_of(client, "/plan/start").split("<optgroup")[1:]
    assert [n for n, g in enumerate(groups) if "Blood clot" in g] == [len(groups) - 1]
    assert "Plantar fasciitis" not in groups[-1]
    assert "Femoral neck stress fracture" not in groups[-1], "it has one, after clearance"


def test_cross_training_says_how_hard_and_how_it_is_kept(client: Client) -> None:
    begun(client)
    said(site="shin_inner", side="left", pain_max=6, bone_spot_tender=True, night_pain=True)
    (ride,) = (t for t in shown().decision.tasks if t.mode is not None)
    page = page_of(client, f"/plan/session/{ride.id}")
    assert "Easy enough to talk" in page
    assert "/sessions/add" in page


def test_a_test_on_the_floor_says_so_beside_a_picture_on_a_step(client: Client) -> None:
    assert "The test is done on the floor" in page_of(client, "/plan/tests/calf_raise")
    assert "done on the floor" not in page_of(client, "/plan/tests/calf_hold")


def test_a_condition_that_has_its_plan_is_offered_none(client: Client) -> None:
    begun(client)
    page = page_of(client, "/care")
    assert "Midportion Achilles tendinopathy</p>" in page
    assert ">Start a plan</a>" not in page
