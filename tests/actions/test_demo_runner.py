"""The demo runner: believable, the same for the same day, apart from everybody else, and on day three of a flare."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from tests.healthy.build import knowledge

from niggle.actions import athletes, checkins, clock, sessions, shoes
from niggle.actions.demo import create_demo, create_demo_if_empty
from niggle.actions.demo.plan import CONDITION
from niggle.actions.demo.runs import DAYS, HILLS_FROM_DAYS_AGO, STREAM_DAYS, runs
from niggle.actions.demo.story import check_ins
from niggle.actions.plans.shown import show_plans
from niggle.actions.plans.weeks import show_week
from niggle.actions.shown import is_empty, shown_athlete
from niggle.actions.today import decide_today
from niggle.core.body import Side
from niggle.core.outcomes import Light
from niggle.core.protocol import Phase
from niggle.core.rehab import MoveKind
from niggle.core.session.types import is_run
from niggle.core.spikes import find, spikes_of
from niggle.core.today import Activity

TODAY = date(2026, 3, 28)
NOW = datetime(2026, 3, 28, 9, tzinfo=UTC)


@pytest.mark.parametrize("today", [TODAY + timedelta(days=d) for d in range(7)], ids=str)
def test_runs_are_ordinary_whatever_day_it_is(today):
    log = runs(today)
    assert 190 < len(log) < 240
    assert all(is_run(s.sport) for s in log)
    assert all(today - timedelta(days=DAYS) <= s.local_date < today for s in log)
    assert all(2.4 < s.distance_m / s.timer_s < 3.6 for s in log)
    assert all(3_000 < s.distance_m < 24_000 for s in log)
    days = {(today - s.local_date).days for s in log}
    assert {1, 3} <= days, "the runs her check-ins speak of"


def test_streams_only_for_the_last_weeks_and_they_agree_with_the_totals():
    for session in runs(TODAY):
        has = (TODAY - session.local_date).days <= STREAM_DAYS
        assert (session.streams is not None) is has
        if session.streams is not None:
            distance = session.streams.columns["distance_m"]
            assert (np.diff(distance) >= 0).all()
            assert distance[-1] == pytest.approx(session.distance_m, rel=0.01)


def test_the_same_day_gives_the_same_runner():
    one, other = runs(TODAY), runs(TODAY)
    assert [(s.start_utc, s.distance_m, s.timer_s) for s in one] == [
        (s.start_utc, s.distance_m, s.timer_s) for s in other
    ]


def test_her_check_ins_end_this_morning():
    told = check_ins(TODAY)
    assert [when for _, when in told] == sorted(when for _, when in told)
    assert told[-1][1].date() == TODAY
    assert all(date.fromisoformat(plain["on"]) <= when.date() for plain, when in told)


@pytest.mark.django_db
@pytest.mark.parametrize("later", range(7))
def test_day_three_of_an_achilles_flare_is_yellow_on_any_weekday(later):
    today, now = TODAY + timedelta(days=later), NOW + timedelta(days=later)
    demo = create_demo(now, today)
    decided = decide_today(demo, today, now)
    decision = decided.decision
    assert decision.light is Light.YELLOW
    sore = [(p.site, p.side) for p in decision.places if p.site and p.light is not Light.GREEN]
    assert sore == [("achilles", Side.LEFT)]
    assert Activity.SPEED in decision.leave_out
    assert Activity.HILLS in decision.leave_out
    assert decision.may_run
    assert decision.caps.longest_session_m is not None
    assert decision.caps.longest_session_m > 5_000
    assert len(decided.case.history) > 150


@pytest.mark.django_db
@pytest.mark.parametrize("later", range(7))
def test_her_heel_has_a_plan_in_its_second_phase_with_something_on_every_page(later):
    today, now = TODAY + timedelta(days=later), NOW + timedelta(days=later)
    demo = create_demo(now, today)
    shown = show_plans(demo, today)
    (one,) = shown.plans
    assert (one.state.condition, one.state.side, one.state.phase) == (CONDITION, Side.RIGHT, Phase.BUILD)
    assert MoveKind.PHASE_FORWARD in {m.kind for m in one.state.moves}
    assert MoveKind.DOSE_UP in {m.kind for m in one.state.moves}
    assert one.state.gate.met
    assert one.state.gate.unmet
    assert shown.decision.tasks
    assert shown.facts.races
    assert shown.board is not None
    assert shown.board.limiter is not None
    week = show_week(demo, today)
    assert week is not None
    assert week.week.start <= today <= week.week.last
    assert not [v for v in week.violations if v.severity == "block"]


@pytest.mark.django_db
@pytest.mark.parametrize("later", [0, 5, 40])
def test_twelve_weeks_of_her_training_show_her_hills_and_little_else(later):
    """Her trail every third week is a mix she is used to; the hill repeats are new, until they are not."""
    today, now = TODAY + timedelta(days=later), NOW + timedelta(days=later)
    case = decide_today(create_demo(now, today), today, now).case
    found = spikes_of(find(case.history, today, knowledge(), case.profile, days=84))
    ground = [(s.reason.fact("ground"), (today - s.on).days) for s in found if s.code == "surface_swap"]
    assert {kind for kind, _ in ground} == {"hilly"}
    assert all(10 <= ago <= HILLS_FROM_DAYS_AGO for _, ago in ground)
    assert len({s.on for s in found}) <= 5


@pytest.mark.django_db
def test_she_has_shoes_that_were_worn():
    demo = create_demo(NOW, TODAY)
    pairs = shoes.list_shoes(demo)
    assert len(pairs) == 3
    assert all(p.distance_m > 30_000 and p.shoe.drop_mm is not None for p in pairs)


@pytest.mark.django_db
def test_nothing_of_hers_is_the_local_runners():
    local = athletes.local_athlete()
    demo = create_demo(NOW, TODAY)
    assert demo != local
    assert is_empty(local)
    assert sessions.list_sessions(local) == ()
    assert checkins.list_entries(local, date.min, date.max) == ()


@pytest.mark.django_db
def test_making_her_again_moves_her_to_today():
    create_demo(NOW, TODAY)
    later = TODAY + timedelta(days=10)
    demo = create_demo(NOW + timedelta(days=10), later)
    days = [s.on for s in sessions.list_sessions(demo)]
    assert max(days) == later - timedelta(days=1)
    assert len(days) == len(runs(later))


@pytest.mark.django_db
def test_she_is_shown_only_while_there_is_nothing_of_ones_own():
    local = athletes.local_athlete()
    assert shown_athlete() == local
    assert create_demo_if_empty(NOW, TODAY)
    assert not create_demo_if_empty(NOW, TODAY), "a fresh one stays"
    demo = athletes.demo_athlete()
    assert shown_athlete() == demo
    checkins.record_checkin(local, {}, NOW, TODAY)
    assert shown_athlete() == local
    assert not create_demo_if_empty(NOW + timedelta(days=30), TODAY + timedelta(days=30))


def test_what_she_said_can_be_read_and_is_nobodys_to_correct(niggle_pages, capsys):
    """On the page and on the command line, until there is something of one's own."""
    from niggle.cli import main

    create_demo_if_empty(clock.now(), clock.today())
    page = niggle_pages.get("/checkin/history").content.decode()
    assert "The demo runner&#x27;s check-ins" in page or "The demo runner's check-ins" in page
    assert page.count("row-link") == len([c for c in check_ins(clock.today()) if _recent(c)])
    assert "/correct" not in page
    assert niggle_pages.get("/checkin/demo000000000000/correct").status_code == 404
    assert main.run(["checkin", "list"]) == 0
    out, err = capsys.readouterr()
    assert "demo000000000012" in out
    assert "demo runner" in err
    entry = checkins.record_checkin(athletes.local_athlete(), {"pain_max": 0}, clock.now(), clock.today())
    assert not isinstance(entry, tuple)
    own = niggle_pages.get("/checkin/history").content.decode()
    assert own.count("row-link") == 1
    assert "/correct" in own


def _recent(told):
    return date.fromisoformat(told[0]["on"]) >= clock.today() - timedelta(days=28)


@pytest.fixture
def niggle_pages(db):
    from django.test import Client

    return Client(headers={"host": "127.0.0.1"})
