"""A clinician's word and named conditions, through Django's client."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from niggle.actions import athletes, checkins, clock
from niggle.core.body import Side
from niggle.core.checkin import Entry
from niggle.core.profile import Cleared, Profile

TODAY = clock.today()
WORD = {"kind": "running", "by": "physio", "on": TODAY.isoformat(), "site": "shin_inner", "side": "left"}


def known() -> Profile:
    return athletes.get_profile(athletes.local_athlete(), clock.today())


def said(**plain: object) -> None:
    entry = checkins.record_checkin(athletes.local_athlete(), plain, clock.now(), clock.today())
    assert isinstance(entry, Entry), entry


def test_a_restriction_turns_the_day_red_until_the_next_word(client: Client) -> None:
    said(pain_max=0)
    assert 'class="light light-green"' in client.get("/").content.decode()
    form = WORD | {"kind": "restricted", "site": "", "side": "", "note": "two weeks", "until": ""}
    assert client.post("/care/clearance", form).status_code == 302
    assert 'class="light light-red"' in client.get("/").content.decode()
    page = client.get("/care").content.decode()
    assert "Running restricted" in page
    assert "two weeks" in page
    until = (TODAY - timedelta(days=1)).isoformat()
    assert client.post("/care/clearance", form | {"until": until}).status_code == 302
    assert 'class="light light-green"' in client.get("/").content.decode()
    assert "over" in client.get("/care").content.decode()


def test_the_day_that_waits_for_a_word_leads_to_where_it_is_recorded(client: Client) -> None:
    said(site="shin_inner", side="left", pain_max=6, bone_spot_tender=True, night_pain=True)
    page = client.get("/").content.decode()
    assert 'href="/care?site=shin_inner&amp;side=left"' in page
    filled = client.get("/care?site=shin_inner&side=left").content.decode()
    assert '<option value="shin_inner" selected>' in filled
    assert '<option value="left" selected>' in filled


@pytest.mark.parametrize(
    "wrong",
    [{"kind": ""}, {"by": ""}, {"on": ""}, {"on": (TODAY + timedelta(days=1)).isoformat()}, {"site": ""},
     {"site": "elbow_of_the_foot"}, {"side": "top"}],
    ids=["which", "who", "when", "future", "cleared of nothing", "no such place", "no such side"],
)  # fmt: skip
def test_a_word_that_cannot_be_is_refused_and_stays_typed(client: Client, wrong: dict[str, str]) -> None:
    answer = client.post("/care/clearance", WORD | {"site": "shin_inner", "note": "as before"} | wrong)
    assert answer.status_code == 422
    assert 'value="as before"' in answer.content.decode()
    assert known().clearances == ()


@pytest.mark.parametrize("lifts", Cleared)
def test_what_was_cleared_is_asked_kept_and_told(client: Client, lifts: Cleared) -> None:
    said(pain_max=0)
    page = client.get("/care?site=shin_inner&side=left").content.decode()
    assert all(f'name="kind" value="{known.value}">' in page for known in Cleared), "nothing is chosen for her"
    assert client.post("/care/clearance", WORD | {"kind": lifts.value}).status_code == 302
    assert [(w.lifts, w.restricts) for w in known().clearances] == [(lifts, False)]
    page = client.get("/care").content.decode()
    held = lifts is Cleared.WEIGHT
    assert ("Cleared for weight and training, not for running" in page) is held
    assert ("Running is cleared now" in page) is held
    assert ("running and jumping not yet" in client.get("/").content.decode()) is held
    assert client.post("/care/clearance", WORD).status_code == 302
    assert "Running is cleared now" not in client.get("/care").content.decode()


def test_a_condition_is_named_then_closed(client: Client) -> None:
    form = {"slug": "iliotibial-band-syndrome", "site": "knee_outer", "side": "left", "since": "2026-05-01"}
    assert (
        client.post("/care/condition", form | {"seen_by_professional": "yes", "plan_active": "yes"}).status_code == 302
    )
    (condition,) = known().conditions
    assert (condition.slug, condition.side, condition.plan_active) == (form["slug"], Side.LEFT, True)
    page = client.get("/care").content.decode()
    assert "seen by a professional" in page
    assert "Iliotibial band" in page
    closed = form | {"until": TODAY.isoformat(), "improving": "yes"}
    assert client.post("/care/condition", closed).status_code == 302
    (condition,) = known().conditions
    assert (condition.until, condition.improving, condition.plan_active) == (TODAY, True, False)
    assert client.post("/care/condition", {"slug": ""}).status_code == 422
    assert client.post("/care/condition", form | {"since": "spring"}).status_code == 422


@pytest.mark.parametrize(("site", "side"), [("", ""), ("knee_outer", "left")])
def test_a_restriction_is_lifted_by_a_word_about_the_same(client: Client, site: str, side: str) -> None:
    said(pain_max=0)
    whole = WORD | {"site": "", "side": ""}
    assert client.post("/care/clearance", whole).status_code == 422, "nothing to lift, and no place named"
    client.post("/care/clearance", WORD | {"kind": "restricted", "site": site, "side": side})
    assert f"/care?site={site}&amp;side={side}&amp;kind=running" in client.get("/care").content.decode()
    client.post("/care/clearance", WORD | {"site": "achilles", "side": "right"})
    assert 'class="light light-red"' in client.get("/").content.decode(), "another place was cleared"
    assert client.post("/care/clearance", WORD | {"site": site, "side": side}).status_code == 302
    assert 'class="light light-green"' in client.get("/").content.decode()
    assert "It was lifted" not in client.get("/care").content.decode()
