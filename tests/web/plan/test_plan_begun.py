"""A plan on the pages: begun through the form, refused by name, closed; and only one's own."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from tests.web.plan.runner import ACHILLES, begun, page_of, shown

from niggle.actions import athletes, clock
from niggle.actions.plans.races import add_race
from niggle.actions.plans.shown import show_plans
from niggle.actions.plans.starting import start_plan
from niggle.core.plan import PlanStart, Race


def test_without_a_plan_each_page_says_what_will_stand_there(client: Client) -> None:
    assert "Your plan will stand here" in page_of(client, "/plan")
    for url in ("/plan/session", "/plan/week", "/plan/tests", "/plan/race"):
        assert "will stand here" in page_of(client, url)
    assert "What to do today" not in page_of(client, "/")


def test_a_plan_begun_stands_on_its_page_and_on_the_day(client: Client) -> None:
    plan_id = begun(client, usual_week="30", hurts_since=(clock.today() - timedelta(days=20)).isoformat())
    page = page_of(client, f"/plan/{plan_id}?done=begun")
    assert "The plan has begun." in page
    for words in ("Achilles pain above the heel, left", "Phase 1 of 4", "What opens phase 2", "What only you can say"):
        assert words in page
    assert page_of(client, "/plan").count("Phase 1 of 4") == 1
    assert shown().plans[0].start.before_week_m == pytest.approx(30_000)
    assert f'href="/plan/{plan_id}"' in page_of(client, "/")


def test_a_check_in_offers_the_place_of_the_plan_first(client: Client) -> None:
    assert "Your plan listens to this place" not in page_of(client, "/checkin")
    begun(client, condition="plantar-fasciitis")
    page = page_of(client, "/checkin")
    link = re.search(r'href="(/checkin\?hurts=yes[^"]+)">Under the heel, left<', page)
    assert link is not None
    asked = page_of(client, unescape(link[1]))
    assert re.search(r'name="site" value="heel_under" checked', asked)
    assert re.search(r'name="side" value="left" checked', asked)
    assert "Your plan listens to this place" not in asked, "she is in the middle of it"


def test_the_form_takes_what_a_link_knows(client: Client) -> None:
    page = page_of(client, f"/plan/start?condition={ACHILLES}&side=left")
    assert re.search(r'name="side" value="left" checked', page)
    assert f'href="/plan/start?condition={ACHILLES}"' in page_of(client, f"/library/conditions/{ACHILLES}")
    assert "optgroup" in page_of(client, "/plan/start")
    assert "optgroup" in page_of(client, "/plan/start?condition=nonsense")


def test_a_named_complaint_is_offered_first(client: Client) -> None:
    form = {"slug": "iliotibial-band-syndrome", "site": "knee_outer", "side": "left"}
    assert client.post("/care/condition", form).status_code == 302
    link = "/plan/start?condition=iliotibial-band-syndrome&amp;site=knee_outer&amp;side=left"
    assert f'href="{link}"' in page_of(client, "/plan/start")
    assert f'href="{link}"' in page_of(client, "/care")


@pytest.mark.parametrize(
    ("form", "says", "way_on"),
    [
        ({"side": ""}, "which side is missing", ""),
        ({"usual_week": "many"}, "is not a number", ""),
        ({"hurts_since": "2031-01-01"}, "is in the future", ""),
        ({"race_on": "2031-01-01"}, "distance of the race is missing", ""),
        ({"race_on": "2020-01-01", "race_km": "10"}, "is over", ""),
        ({"condition": "metatarsal-stress-fracture"}, "Care comes first", "/care?site=metatarsals"),
        ({"condition": "achilles-tendon-rupture"}, "care comes first", ""),
    ],
    ids=["side", "week", "since", "race distance", "race over", "clearance", "emergency"],
)
def test_what_stands_against_a_plan_is_named_and_nothing_begins(
    client: Client, form: dict[str, str], says: str, way_on: str
) -> None:
    answer = client.post("/plan/start", {"condition": ACHILLES, "side": "left", "race_name": "Mine"} | form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert way_on.replace("&", "&amp;") in page
    assert "niggle plan" not in page, "no commands on pages"
    assert shown().plans == ()


def test_where_care_comes_first_a_page_says_whom_to_see(client: Client) -> None:
    answer = client.post("/plan/start", {"condition": "metatarsal-stress-fracture", "side": "left"})
    assert re.search(r"<strong>See an? \w+", answer.content.decode())


def test_a_second_plan_for_the_same_place_leads_to_the_first(client: Client) -> None:
    begun(client)
    answer = client.post("/plan/start", {"condition": ACHILLES, "side": "left"})
    assert answer.status_code == 422
    assert "See that plan" in answer.content.decode()
    other = begun(client, side="right")
    page = page_of(client, f"/plan/{other}")
    assert page.count('aria-label="Your plans"') == 1


def test_a_plan_ends_with_a_reason_and_stays_in_the_list(client: Client) -> None:
    plan_id = begun(client)
    assert client.post(f"/plan/{plan_id}/end", {}).status_code == 422
    assert client.post(f"/plan/{plan_id}/end", {"why": "healed"}).status_code == 302
    assert "Closed plans" in page_of(client, "/plan")
    assert client.get(f"/plan/{plan_id}").status_code == 404


def test_another_runners_plan_is_not_there(client: Client) -> None:
    begun(client)
    other = athletes.new_demo_athlete()
    theirs = start_plan(other, {"condition": ACHILLES, "side": "right"}, clock.now())
    race = add_race(other, {"on": (clock.today() + timedelta(days=30)).isoformat(), "km": 10}, clock.now())
    assert isinstance(theirs, PlanStart)
    assert isinstance(race, Race)
    for path in ("", "/history"):
        assert client.get(f"/plan/{theirs.id}{path}").status_code == 404
    for path, form in (("answers", {"says_tender": "yes"}), ("told", {"usual_week": "9"}), ("end", {"why": "healed"})):
        assert client.post(f"/plan/{theirs.id}/{path}", form).status_code == 404
    assert client.post(f"/plan/race/{race.id}/drop").status_code == 404
    facts = show_plans(other, clock.today()).facts
    assert [s.id for s in facts.open_plans(clock.today())] == [theirs.id]
    assert facts.answers == ()
    assert not facts.races[0].dropped


def test_half_a_week_is_offered_to_light_cases_and_refused_by_name(client: Client) -> None:
    assert "half_start" in page_of(client, "/plan/start?condition=calf-strain&side=left")
    assert "half_start" not in page_of(client, "/plan/start?condition=metatarsal-stress-fracture&side=left")
    form = {"condition": "calf-strain", "side": "left", "grade": "grade_2", "half_start": "yes"}
    answer = client.post("/plan/start", form)
    assert answer.status_code == 422
    assert "lightest grade" in answer.content.decode()
    assert client.post("/plan/start", {**form, "grade": "grade_1"}).status_code == 302
    assert [p.start.half_start for p in shown().plans] == [True]
