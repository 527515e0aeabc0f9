"""A week to come, made on a red day: its days are not known yet, and running that is closed is said to be so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.actions.plans.heel_runner import at, heel_runner

from niggle.actions import athletes
from niggle.actions.checkins import record_checkin
from niggle.actions.plans.starting import start_plan
from niggle.actions.plans.weeks import WeekShown, make_again, plan_week, show_week
from niggle.actions.today import decide_today
from niggle.core.checkin import Entry
from niggle.core.outcomes import Light
from niggle.core.plan import RUN_KINDS, PlanStart, WeekPlan
from niggle.core.profile import Clearance, Profile
from niggle.core.today import NextStep
from niggle.core.today.ahead import light_of_week, waits_for_clinician
from niggle.core.week import Severity

pytestmark = pytest.mark.django_db
SATURDAY = date(2026, 3, 7)
SUNDAY = SATURDAY + timedelta(days=1)
COMING = SATURDAY + timedelta(days=2)
QUIET: dict[str, object] = {
    "pain_before": 0, "pain_evening": 0, "pain_morning": 0, "night_pain": False, "limp": False, "limp_walking": False,
    "swelling": False, "baseline_by_24h": True,
}  # fmt: skip


def says(athlete: int, day: date, site: str | None = "heel_under", **answers: object) -> None:
    place = {} if site is None else {"site": site, "side": "left"}
    assert isinstance(record_checkin(athlete, {"on": day.isoformat(), **place, **answers}, at(day, 19), day), Entry)


def quiet(athlete: int, day: date, site: str = "heel_under") -> None:
    says(athlete, day, site, **QUIET)


@pytest.fixture
def athlete(db: None) -> int:
    return heel_runner(SATURDAY, **QUIET)


def made(athlete: int, day: date, start: date) -> WeekShown:
    found = plan_week(athlete, at(day, 20), start)
    assert isinstance(found, WeekShown), found
    assert not [v for v in found.violations if v.severity is Severity.BLOCK]
    return found


def runs(week: WeekPlan, since: date) -> list[date]:
    return [p.on for p in week.placed if p.item.kind in RUN_KINDS and p.on >= since]


def test_red_at_another_place_closes_today_and_no_day_of_the_coming_week(athlete: int) -> None:
    quiet(athlete, SUNDAY)
    says(athlete, SUNDAY, "knee_front", pain_evening=8)
    assert decide_today(athlete, SUNDAY).decision.light is Light.RED
    coming = made(athlete, SUNDAY, COMING)
    assert runs(coming.week, COMING)
    assert coming.runless is None
    assert not runs(made(athlete, SUNDAY, SUNDAY).week, SUNDAY), "today is red"


def test_on_its_own_day_red_closes_the_run_that_stands_there(athlete: int) -> None:
    quiet(athlete, SUNDAY)
    says(athlete, SUNDAY, "knee_front", pain_evening=8)
    first = runs(made(athlete, SUNDAY, COMING).week, COMING)[0]
    quiet(athlete, first)
    says(athlete, first, "knee_front", pain_evening=8)
    decision = decide_today(athlete, first).decision
    assert not decision.may_run
    assert not [t for t in decision.tasks if t.kind in RUN_KINDS and t.allowed]
    make_again(athlete, at(first, 21))
    shown = show_week(athlete, first)
    assert shown is not None
    assert not runs(shown.week, first)


def test_red_at_the_place_of_the_plan_pauses_running_and_the_week_says_so(athlete: int) -> None:
    says(athlete, SUNDAY, pain_evening=8)
    coming = made(athlete, SUNDAY, COMING)
    assert coming.week.placed, "the rest of the plan goes on"
    assert not runs(coming.week, COMING)
    assert coming.runless == "red"


def test_a_plan_that_has_paused_running_says_so_in_its_week() -> None:
    athlete = athletes.local_athlete()
    quiet(athlete, SATURDAY)
    began = start_plan(athlete, {"condition": "plantar fasciitis", "side": "left", "running": False}, at(SATURDAY, 20))
    assert isinstance(began, PlanStart)
    quiet(athlete, SUNDAY)
    shown = made(athlete, SUNDAY, COMING)
    assert shown.decision.light is not Light.RED
    assert shown.runless == "paused"


def test_red_that_is_over_gives_the_coming_week_its_runs_back_by_itself(athlete: int) -> None:
    """Made before with the light of its day, kept so in a store that already stands."""
    from dataclasses import replace

    from niggle.store.plans import keep
    from niggle.store.scopes import athlete_scope

    quiet(athlete, SATURDAY)
    quiet(athlete, SUNDAY)
    week = made(athlete, SUNDAY, COMING).week
    without = replace(
        week, placed=tuple(p for p in week.placed if p.item.kind not in RUN_KINDS),
        stand=tuple("light red" if line.startswith("light ") else line for line in week.stand),
    )  # fmt: skip
    with athlete_scope(athlete):
        keep(athlete, [without], at(SUNDAY, 21))
    make_again(athlete, at(SUNDAY, 22))
    shown = show_week(athlete, SUNDAY, COMING)
    assert shown is not None
    assert "red_over" in shown.week.because
    assert runs(shown.week, COMING)


BONE: dict[str, object] = {
    "pain_evening": 3,
    "night_pain": True,
    "bone_spot_tender": True,
    "findings": {"hop_pain": True},
}


def to_be_seen(athlete: int, day: date) -> None:
    quiet(athlete, day)
    says(athlete, day, "shin_inner", **BONE)


def test_a_warning_sign_of_bone_closes_the_coming_week_until_somebody_has_looked(athlete: int) -> None:
    to_be_seen(athlete, SUNDAY)
    decision = decide_today(athlete, SUNDAY).decision
    assert decision.light is Light.RED
    assert NextStep.RECORD_CLEARANCE in decision.next_steps
    coming = made(athlete, SUNDAY, COMING)
    assert coming.week.placed, "the rest of the plan goes on"
    assert not runs(coming.week, COMING)
    assert coming.runless == "be_seen"


def test_a_coming_week_that_stands_loses_its_runs_to_a_warning_sign_and_keeps_them_on_a_plain_red(athlete: int) -> None:
    quiet(athlete, SUNDAY)
    assert runs(made(athlete, SUNDAY, COMING).week, COMING)
    says(athlete, SUNDAY, "knee_front", pain_evening=8)
    make_again(athlete, at(SUNDAY, 21))
    shown = show_week(athlete, SUNDAY, COMING)
    assert shown is not None
    assert runs(shown.week, COMING)
    says(athlete, SUNDAY, "shin_inner", **BONE)
    made(athlete, SUNDAY, SUNDAY)
    make_again(athlete, at(SUNDAY, 22))
    shown = show_week(athlete, SUNDAY, COMING)
    assert shown is not None
    assert not runs(shown.week, COMING)
    assert shown.runless == "be_seen"


@pytest.mark.parametrize(("until", "waits"), [(SUNDAY, False), (COMING, True), (None, True)])
def test_a_restriction_that_is_over_by_then_closes_no_day_of_the_coming_week(until: date | None, waits: bool) -> None:
    profile = Profile(clearances=(Clearance(SATURDAY, "Physician", restricts=True, until=until),))
    assert waits_for_clinician(Light.RED, (), profile, SUNDAY, COMING) is waits
    assert not waits_for_clinician(Light.GREEN, (NextStep.RECORD_CLEARANCE,), profile, SUNDAY, COMING)


@pytest.mark.parametrize(
    ("step", "waits"),
    [(NextStep.BE_SEEN, True), (NextStep.CALL_EMERGENCY, True), (NextStep.RECORD_CLEARANCE, True),
     (NextStep.BOOK_PROFESSIONAL, False), (NextStep.STOP_AND_RECHECK, False)],
)  # fmt: skip
def test_a_red_waits_where_somebody_has_to_look_first(step: NextStep, waits: bool) -> None:
    assert waits_for_clinician(Light.RED, (step,), Profile(), SUNDAY, COMING) is waits
    assert light_of_week(Light.RED, COMING, SUNDAY, waits) is (Light.RED if waits else Light.CANNOT_SAY)
