"""The week on its page: made, made again, moved by hand, with the hours and the days away it was told."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from tests.web.plan.runner import begun, page_of, said, shown

from niggle.actions import athletes, clock
from niggle.actions.plans.telling import absences_of, availability_of
from niggle.actions.sessions import add_manual
from niggle.core.plan import WishKind
from niggle.store.models import PlanFact
from niggle.store.scopes import athlete_scope
from niggle.web.dress.words import short_day


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
    later = page_of(client, f"/plan/week?start={following}")
    assert re.findall("No place for[^<]+", later) == re.findall("No place for[^<]+", first), "it is kept with the week"
    hours = {f"start-{n}": "06:00" for n in range(7)} | {f"minutes-{n}": "240" for n in range(7)}
    client.post("/plan/week/times", hours)
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
