"""Correcting a check-in: what was said stays as it was, but for what is changed, whatever face it came through."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from niggle.actions import athletes, checkins, clock
from niggle.core.checkin import Entry
from niggle.core.checkin.types import PAIN_FIELDS


def said(client: Client, **form: object) -> Entry:
    """A check-in through the form; the entry that came of it."""
    answer = client.post("/checkin", {"hurts": "yes", "site": "achilles", "side": "left", "day": "today"} | form)
    assert answer.status_code == 302, answer.content.decode()
    return checkins.list_entries(athletes.local_athlete(), clock.today(), clock.today())[-1]


def test_a_slip_is_corrected_and_the_light_follows(client: Client) -> None:
    wrong = said(client, pain="7", moment="day", signs=["limp"])
    assert 'class="light light-red"' in client.get("/").content.decode()
    page = client.get(f"/checkin/{wrong.id}/correct").content.decode()
    assert 'name="pain" value="7" checked' in page
    assert 'name="signs" value="limp" checked' in page
    form = {"hurts": "yes", "site": "achilles", "side": "left", "day": "today", "moment": "day", "pain": "1"}
    answer = client.post(f"/checkin/{wrong.id}/correct", form | {"signs": ["none"]})
    assert answer.status_code == 422, "a limp went without a second word"
    answer = client.post(f"/checkin/{wrong.id}/correct", form | {"signs": ["none"], "sure": "yes"})
    assert answer.status_code == 302
    assert 'class="light light-red"' not in client.get("/").content.decode()
    old, new = checkins.list_entries(athletes.local_athlete(), clock.today(), clock.today())
    assert (old.id, new.corrects, new.answers.pain_max) == (wrong.id, wrong.id, 1.0)
    page = client.get("/checkin/history").content.decode()
    assert "replaced" in page
    assert f"/checkin/{new.id}/correct" in page
    assert client.post(f"/checkin/{wrong.id}/correct", form).status_code == 422, "an entry is corrected once"


def test_an_emergency_ticked_by_mistake_is_taken_back(client: Client) -> None:
    entry = said(client, pain="2", urgent=["chest_pain"])
    page = client.get("/").content.decode()
    assert 'class="emergency"' in page
    assert "/checkin/history" in page
    form = {"hurts": "yes", "site": "achilles", "side": "left", "pain": "2", "urgent": ["none"]}
    assert client.post(f"/checkin/{entry.id}/correct", form).status_code == 422
    assert 'class="emergency"' in client.get("/").content.decode()
    assert client.post(f"/checkin/{entry.id}/correct", form | {"sure": "yes"}).status_code == 302
    assert 'class="emergency"' not in client.get("/").content.decode()


def test_nobody_corrects_what_is_not_hers(client: Client) -> None:
    assert client.get("/checkin/nothing/correct").status_code == 404
    assert "Your check-ins will stand here" in client.get("/checkin/history").content.decode()


def test_an_entry_survives_the_way_through_the_form(client: Client) -> None:
    """Nothing that was said gets lost when an entry is corrected without a change, whatever face it came through."""
    me, today = athletes.local_athlete(), clock.today()
    plain = {
        "site": "knee_front", "side": "right", "moment": "evening", "pain_max": 4, "pain_evening": 2.5, "limp": True,
        "sleep_h": 5.5, "stiffness_min": 20, "acute": True, "swelling": True, "findings": {"fever": True},
        "quality": "sharp",
    }  # fmt: skip
    entry = checkins.record_checkin(me, plain, clock.now(), today)
    assert isinstance(entry, Entry), entry
    page = client.get(f"/checkin/{entry.id}/correct").content.decode()
    form: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*checked[^>]*>", page):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        assert name is not None
        assert value is not None
        form.setdefault(name[1], []).append(value[1])
    answer = client.post(f"/checkin/{entry.id}/correct", form)
    assert answer.status_code == 302, answer.content.decode()
    new = checkins.list_entries(me, today, today)[-1]
    assert set(checkins.warning_signs(new)) == set(checkins.warning_signs(entry))
    assert (new.answers.sleep_h, new.answers.stiffness_min, new.acute) == (5.5, 20, True)
    assert (new.answers.pain_max, new.answers.pain_evening) == (4, 2.5)


def corrected_pain(client: Client, plain: dict[str, Any], **changed: str) -> dict[str, float]:
    """An entry's pain fields after its correction form was saved as it came, but for what is changed."""
    me, today = athletes.local_athlete(), clock.today()
    entry = checkins.record_checkin(me, {"site": "knee_front", "side": "right"} | plain, clock.now(), today)
    assert isinstance(entry, Entry), entry
    page = client.get(f"/checkin/{entry.id}/correct").content.decode()
    form: dict[str, str] = {"signs": "none"}
    for tag in re.findall(r"<input [^>]*checked[^>]*>", page):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        assert name is not None
        assert value is not None
        form[name[1]] = value[1]
    answer = client.post(f"/checkin/{entry.id}/correct", form | changed)
    assert answer.status_code == 302, answer.content.decode()
    # a morning is kept with the day before it
    new = checkins.list_entries(me, today - timedelta(days=1), today)[-1]
    assert new.corrects == entry.id
    assert new.moment == entry.moment or {"moment", "hurts"} & set(changed)
    pains = {name: getattr(new.answers, name) for name in PAIN_FIELDS}
    return {name: value for name, value in pains.items() if value is not None}


RAN: dict[str, Any] = {"moment": "during", "pain_start": 1, "pain_max": 3.5, "pain_end": 2}


@pytest.mark.parametrize(
    ("plain", "changed", "wanted"),
    [
        ({"pain_max": 3.5}, {}, {"pain_max": 3.5}),
        (RAN, {}, {"pain_start": 1, "pain_max": 3.5, "pain_end": 2}),
        (RAN, {"pain": "5"}, {"pain_start": 1, "pain_max": 5, "pain_end": 2}),
        (RAN, {"pain": "2"}, {"pain_start": 1, "pain_max": 2, "pain_end": 2}),
        (RAN, {"pain": "1"}, {"pain_start": 1, "pain_max": 1}),
        ({"moment": "after", "pain_after": 2.5}, {}, {"pain_after": 2.5}),
        ({"moment": "after", "pain_after": 2.5}, {"moment": "evening"}, {"pain_evening": 2.5}),
        ({"moment": "evening", "pain_max": 4, "pain_evening": 0.5}, {}, {"pain_max": 4, "pain_evening": 0.5}),
        ({"moment": "next_morning", "pain_morning": 0}, {}, {"pain_morning": 0}),
        (RAN, {"hurts": "no"}, {"pain_max": 0}),
    ],
)
def test_a_correction_keeps_halves_and_the_scores_of_each_moment(
    client: Client, plain: dict[str, Any], changed: dict[str, str], wanted: dict[str, float]
) -> None:
    assert corrected_pain(client, plain, **changed) == wanted


def test_a_correction_shows_every_score_that_was_given(client: Client) -> None:
    me = athletes.local_athlete()
    plain = {"site": "knee_front", "side": "right"} | RAN
    entry = checkins.record_checkin(me, plain, clock.now(), clock.today())
    assert isinstance(entry, Entry)
    page = client.get(f"/checkin/{entry.id}/correct").content.decode()
    assert "You said 1 of 10 at the start, 3.5 of 10 at its worst, 2 of 10 at the end." in page
    assert '<input type="radio" name="pain" value="3.5" checked>' in page
    assert 'value="3.5"' not in client.get("/checkin").content.decode()
