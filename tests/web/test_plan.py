"""Plans through Django's client: begun, refused, answered, ticked, tested, placed, ended; and only one's own."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from niggle.actions import athletes, checkins, clock, library
from niggle.actions.model import knowledge
from niggle.actions.plans.races import add_race
from niggle.actions.plans.shown import PlansShown, show_plans
from niggle.actions.plans.starting import start_plan
from niggle.actions.plans.telling import absences_of, availability_of
from niggle.actions.sessions import add_manual
from niggle.core.checkin import Entry
from niggle.core.exercise import DoseToday, Sides, Tempo, Weight
from niggle.core.ladder import RunStep, StepKind, session_steps
from niggle.core.plan import ItemKind, PlanStart, Race, WishKind
from niggle.core.today import Task
from niggle.store.models import PlanFact
from niggle.store.scopes import athlete_scope
from niggle.web.dress.plan.session import planned_player, unrolled
from niggle.web.dress.plan.tempo import with_seconds
from niggle.web.dress.words import short_day
from niggle.web.views import plan_session

ACHILLES = "achilles-tendinopathy-midportion"


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGGLE_HOME", str(tmp_path / "home"))


@pytest.fixture
def client(db: None) -> Client:
    return Client(headers={"host": "127.0.0.1"})


def begun(client: Client, **more: str) -> str:
    """A plan begun through the form; its id."""
    form = {"condition": ACHILLES, "side": "left", "running": "yes"} | more
    answer = client.post("/plan/start", form)
    assert answer.status_code == 302, answer.content.decode()
    found = re.fullmatch(r"/plan/(\w+)\?done=begun", answer["Location"])
    assert found is not None
    return found[1]


def shown() -> PlansShown:
    return show_plans(athletes.local_athlete(), clock.today())


def said(**plain: object) -> None:
    entry = checkins.record_checkin(athletes.local_athlete(), plain, clock.now(), clock.today())
    assert isinstance(entry, Entry), entry


def page_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


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


def test_a_week_is_made_shown_and_made_again(client: Client) -> None:
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    assert "Make this week" in page_of(client, "/plan/week")
    following = (clock.today() + timedelta(days=7)).isoformat()
    answer = client.post("/plan/week/make", {"start": following})
    assert answer.status_code == 302, "a page that is loaded again makes nothing again"
    assert re.fullmatch(r"/plan/week\?start=[\d-]+&done=made", answer["Location"])
    page = page_of(client, answer["Location"])
    assert "The week was made" in page
    assert f"Made on {short_day(clock.today())}" in page, "today, not the first day of the week that is planned"
    page = page_of(client, f"/plan/week?start={following}")
    assert "The week was made" not in page
    assert "Make it again" in page
    assert page.count('class="day') >= 7
    link = re.search(r'href="(/plan/session/[^"]+\?on=[\d-]+)"', page)
    assert link is not None
    assert "Only to look at" in page_of(client, link[1])
    assert client.get("/plan/week?start=2020-01-01").status_code == 404


def test_what_only_the_log_holds_stands_in_the_week_beside_the_calendar(client: Client) -> None:
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    assert client.post("/plan/week/make", {}).status_code == 302
    start = clock.now().replace(hour=0, minute=0, second=1)
    plain = {"start": start.isoformat(), "duration_s": 2580, "sport": "strength"}
    assert not isinstance(add_manual(athletes.local_athlete(), plain, clock.now()), tuple)
    assert "<b>Strength, 43\u00a0min</b>" in page_of(client, "/plan/week"), "phase 1 plans none"


@pytest.mark.parametrize("address", ["make", "move", "away", "away/none/back"])
def test_an_address_that_takes_a_form_leads_on_when_it_is_opened(client: Client, address: str) -> None:
    answer = client.get(f"/plan/week/{address}")
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


def test_what_found_no_place_is_said_as_often_as_the_page_is_loaded(client: Client) -> None:
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    form = {"start-1": "18:00", "minutes-1": "10", "long_run_on": ["5"]}
    assert client.post("/plan/week/times", form).status_code == 302
    following = (clock.today() + timedelta(days=7)).isoformat()
    address = client.post("/plan/week/make", {"start": following})["Location"]
    first, again = page_of(client, address), page_of(client, address)
    assert "No place for easy run" in first
    assert re.findall("No place for[^<]+", again) == re.findall("No place for[^<]+", first)
    client.post("/plan/week/times", form | {"minutes-1": "20"})
    assert "No place for" not in page_of(client, address), "the week is another one"


def test_a_session_is_moved_by_hand_or_told_why_not(client: Client) -> None:
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    following = clock.today() + timedelta(days=7)
    client.post("/plan/week/make", {"start": following.isoformat()})
    week = next(w for w in shown().facts.weeks if w.start > clock.today())
    placed = week.placed[0]
    start = week.start.isoformat()
    form = {"item": placed.item.id, "start": start}
    assert client.post("/plan/week/move", form | {"on": ""}).status_code == 422
    assert client.post("/plan/week/move", form | {"on": placed.on.isoformat(), "at": "late"}).status_code == 422
    assert client.post("/plan/week/move", form | {"on": (week.last + timedelta(days=1)).isoformat()}).status_code == 422
    assert client.post("/plan/week/move", {"item": "none", "on": start, "start": start}).status_code == 422
    moved = client.post("/plan/week/move", form | {"on": placed.on.isoformat(), "at": "21:15"})
    if moved.status_code == 302:
        now = next(w for w in shown().facts.weeks if w.start == week.start)
        assert now.by_hand
        assert any(p.start_min == 21 * 60 + 15 for p in now.placed)
    else:
        assert not re.search(r"(RP|PLAN)-\w+ stands", moved.content.decode()), "words, not the names of rules"


def test_what_made_the_week_again_stands_on_the_day_and_by_the_week(client: Client) -> None:
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    start = clock.today() - timedelta(days=clock.today().weekday())
    assert client.post("/plan/week/make", {"start": start.isoformat()}).status_code == 302
    assert "made again" not in page_of(client, "/")
    said(site="achilles", side="left", pain_evening=8)
    kept = len(rows())
    for url in ("/", "/plan/week"):
        assert "Your week was made again because of the red light" in page_of(client, url)
    assert len(rows()) == kept, "a page that is looked at writes no calendar"
    assert client.post("/plan/week/make", {"start": start.isoformat()}).status_code == 302
    assert "made again because" not in page_of(client, "/plan/week")


def rows() -> list[int]:
    with athlete_scope(athletes.local_athlete()):
        return list(PlanFact.objects.filter(kind="week").values_list("id", flat=True))


def test_a_race_that_is_refused_is_named_beside_the_week(client: Client) -> None:
    begun(client)
    said(site="achilles", side="left", pain_max=1)
    form = {"race_on": clock.today().isoformat(), "race_km": "10", "race_name": "Lake run", "race_prepared": "no"}
    assert client.post("/plan/race", form).status_code == 302
    assert client.post("/plan/week/make", {}).status_code == 302
    page = page_of(client, "/plan/week")
    assert "Lake run, not in this week: do not run this race." in page
    assert 'href="/plan/race"' in page


def test_hours_wishes_and_things_are_kept(client: Client) -> None:
    begun(client)
    form = {
        "start-1": "18:00", "minutes-1": "60", "gym-1": "yes", "start2-1": "06:00", "minutes2-1": "30",
        "long_run_on": ["5"], "runs_per_week": "3", "nothing_before": "07:30", "gym_visits": "2", "equipment": ["band"],
    }  # fmt: skip
    assert client.post("/plan/week/times", form).status_code == 302
    kept = availability_of(athletes.local_athlete(), clock.today())
    assert [(w.weekday, w.start_min, w.minutes, w.gym) for w in kept.windows] == [
        (1, 360, 30, False),
        (1, 1080, 60, True),
    ]
    assert {w.kind: (w.weekday, w.value) for w in kept.wishes} == {
        WishKind.LONG_RUN_ON: (5, None), WishKind.RUNS_PER_WEEK: (None, 3), WishKind.NOTHING_BEFORE: (None, 450),
    }  # fmt: skip
    assert (kept.equipment, kept.gym_visits) == (("band",), 2)
    page = page_of(client, "/plan/week/times")
    assert 'value="18:00"' in page
    assert re.search(r'name="long_run_on" value="5" checked', page)
    wrong_forms = (
        ({"start-1": "18:00"}, "Tuesday: how many minutes is missing"),
        ({"minutes-2": "60"}, "Wednesday: from when is missing"),
        ({"start-1": "23:30", "minutes-1": "60"}, "Tuesday: 60 minutes from 23:30 on end after midnight"),
        ({"start-4": "18:00", "minutes-4": "3"}, "Friday: minutes is 3"),
        ({"start-6": "9", "minutes-6": "an hour"}, "Sunday: “an hour” is no number of minutes"),
        ({"start-0": "9:00", "minutes-0": "60", "start2-0": "9:30", "minutes2-0": "60"}, "Monday: two times overlap"),
    )
    others = {k: v for k, v in form.items() if "-" not in k} | {"long_run_on": ["6"]}
    for wrong, message in wrong_forms:
        answer = client.post("/plan/week/times", others | wrong)
        page = unescape(answer.content.decode())
        assert answer.status_code == 422
        assert message in page
        assert "Tue 18:00 60" not in page
        for name, value in wrong.items():
            assert re.search(rf'name="{name}" value="{value}"', page), "nothing typed is lost"
        assert re.search(r'name="long_run_on" value="6" checked', page)
        assert re.search(r'name="equipment" value="band" checked', page)
    assert availability_of(athletes.local_athlete(), clock.today()) == kept


def test_days_away_come_and_go(client: Client) -> None:
    begun(client)
    me, today = athletes.local_athlete(), clock.today()
    assert client.post("/plan/week/away", {}).status_code == 422
    wrong = {"kind": "illness", "first": today.isoformat(), "last": (today - timedelta(days=1)).isoformat()}
    answer = client.post("/plan/week/away", wrong)
    assert answer.status_code == 422
    assert 'name="kind" value="illness" checked' in answer.content.decode()
    assert f'name="last" value="{wrong["last"]}"' in answer.content.decode()
    form = {"kind": "travel", "first": today.isoformat(), "last": (today + timedelta(days=3)).isoformat(),
            "limited": "yes", "equipment": ["band"]}  # fmt: skip
    assert client.post("/plan/week/away", form).status_code == 302
    (away,) = absences_of(me, today)
    assert away.equipment == ("band",)
    assert "Travelling" in page_of(client, "/plan/week")
    assert client.post(f"/plan/week/away/{away.id}/back").status_code == 302
    assert absences_of(me, today) == ()


def test_a_race_has_a_distance_by_name_and_stands_once(client: Client) -> None:
    on = (clock.today() + timedelta(days=60)).isoformat()
    assert client.post("/plan/race", {"race_on": on, "race_km": "Half"}).status_code == 302
    (race,) = shown().facts.races
    assert race.distance_m == 21_097.5
    answer = client.post("/plan/race", {"race_on": on, "race_km": "21.1", "race_name": "Lake half"})
    assert answer.status_code == 422
    assert "on your calendar already" in answer.content.decode()
    assert shown().facts.races == (race,)


def test_a_race_is_added_and_taken_off(client: Client) -> None:
    on = (clock.today() + timedelta(days=60)).isoformat()
    for wrong in ({"race_on": "2020-01-01", "race_km": "10"}, {"race_on": on}, {"race_on": on, "race_km": "far"}):
        assert client.post("/plan/race", wrong).status_code == 422
    form = {"race_on": on, "race_km": "21,1", "race_name": "Lake half", "race_prepared": "yes"}
    assert client.post("/plan/race", form).status_code == 302
    (race,) = shown().facts.races
    assert (race.distance_m, race.prepared) == (21_100, True)
    assert "Lake half" in page_of(client, "/plan/race")
    assert client.post(f"/plan/race/{race.id}/drop").status_code == 302
    assert "Lake half" not in page_of(client, "/plan/race")


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


def test_the_player_takes_the_numbers_of_the_plan() -> None:
    figures = library.exercises()
    dose = DoseToday(3, None, 45.0, None, None, Weight.BODY, Sides.SORE, 1, None)
    held = planned_player(figures["isometric-calf-hold"], dose)
    assert (held["sets"], held["reps"], held["rest"], held["sided"]) == (3, 1, 30, False)
    assert max(p["seconds"] for p in held["phases"]) == 45
    counted = replace(dose, reps=12, hold_s=None, tempo=Tempo(2, 0, 5), rest_s=0.0, sides=Sides.EACH)
    raised = planned_player(figures["single-leg-calf-raise"], counted)
    assert (raised["reps"], raised["rest"], raised["sided"]) == (12, 0, True)
    assert {2, 5} <= {p["seconds"] for p in raised["phases"] if not p["cut"]}
    assert planned_player(figures["calf-foam-roll"], replace(counted, reps=None, minutes=2.0))["watch"]


@pytest.mark.parametrize(
    ("figure", "tempo", "seconds", "strip"),
    [
        ("heel-drop-straight-knee", Tempo(2, 0, 4), [1, 4, 0, 1, 2], ["4 s", "2 s"]),
        ("single-leg-calf-raise", Tempo(2, 1, 4), [2, 1, 4], ["2 s", "4 s"]),
        ("loaded-calf-raise", Tempo(3, 2, 3), [3, 3, 2], ["3 s", "3 s", "2 s"]),
        ("single-leg-deadlift", Tempo(1, 0, 3), [3, 0, 1], ["3 s", "", "1 s"]),
        ("nordic-curl", Tempo(1, 0, 4), [4, 0, 1], ["4 s", "1 s"]),
        ("band-eversion", Tempo(1, 0, 3), [1, 0, 3], ["1 s", "", "3 s"]),
    ],
)
def test_the_figure_and_its_strip_keep_the_plans_tempo(
    figure: str, tempo: Tempo, seconds: list[float], strip: list[str]
) -> None:
    dose = DoseToday(3, 10, None, None, tempo, Weight.BODY, Sides.SORE, 1, None)
    phases = planned_player(library.exercises()[figure], dose)["phases"]
    assert [p["seconds"] for p in phases] == seconds
    drawn = with_seconds(library.drawing(figure, "numbered"), phases)
    assert re.findall(r'<text x="[^"]*" y="[^"]*">([^<]*)</text>', drawn) == strip


def test_a_strip_of_another_movement_stays_as_it_was() -> None:
    drawn = library.drawing("squat", "numbered")
    assert with_seconds(drawn, [{"word": "up", "seconds": 9.0, "shown": 1.0, "cut": False}]) == drawn


def test_repeated_stretches_are_unrolled_in_their_order() -> None:
    walk, run = RunStep(StepKind.WALK, 60, repeat=3, block=1), RunStep(StepKind.RUN, 120, repeat=3, block=1)
    warm, cool = RunStep(StepKind.WARM_UP, 300), RunStep(StepKind.COOL_DOWN, 300)
    kinds = [s.kind for s in unrolled((warm, run, walk, cool))]
    assert kinds == [StepKind.WARM_UP, *([StepKind.RUN, StepKind.WALK] * 3), StepKind.COOL_DOWN]
    assert unrolled(()) == []


def test_half_a_week_is_offered_to_light_cases_and_refused_by_name(client: Client) -> None:
    assert "half_start" in page_of(client, "/plan/start?condition=calf-strain&side=left")
    assert "half_start" not in page_of(client, "/plan/start?condition=metatarsal-stress-fracture&side=left")
    form = {"condition": "calf-strain", "side": "left", "grade": "grade_2", "half_start": "yes"}
    answer = client.post("/plan/start", form)
    assert answer.status_code == 422
    assert "lightest grade" in answer.content.decode()
    assert client.post("/plan/start", {**form, "grade": "grade_1"}).status_code == 302
    assert [p.start.half_start for p in shown().plans] == [True]
