"""A runner whose heel hurts a little: eight kilometres every other day for a month, and a plan from today on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from niggle.actions import athletes
from niggle.actions.checkins import record_checkin
from niggle.actions.plans.starting import start_plan
from niggle.actions.plans.weeks import WeekShown, plan_week
from niggle.actions.sessions import add_manual
from niggle.core.checkin import Entry
from niggle.core.plan import PlanStart

MONDAY = date(2026, 3, 2)


def at(day: date, hour: int = 6) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def heel_runner(first: date, **said: object) -> int:
    """Who she is, on the morning of the plan's first day. said: of her heel, the evening before."""
    athlete = athletes.local_athlete()
    for n in range(1, 30, 2):
        start = at(first - timedelta(days=n), 7).isoformat()
        add_manual(athlete, {"start": start, "distance_m": 8000, "duration_s": 2700}, at(first))
    eve = first - timedelta(days=1)
    plain = {"site": "heel_under", "side": "left", "on": eve.isoformat(), **said}
    assert isinstance(record_checkin(athlete, plain, at(eve, 21), eve), Entry)
    began = start_plan(athlete, {"condition": "plantar fasciitis", "side": "left"}, at(first))
    assert isinstance(began, PlanStart), began
    return athlete


def calm_heel_runner() -> int:
    """Her heel was quiet the evening before, and nothing of it is left open."""
    return heel_runner(
        MONDAY, pain_max=2, pain_evening=1, pain_morning=1, stiffness="same", baseline_by_24h=True, limp=False
    )


def made(athlete: int, day: date, start: date | None = None, hour: int = 6) -> WeekShown:
    """The calendar made at that hour of that day."""
    found = plan_week(athlete, at(day, hour), start)
    assert isinstance(found, WeekShown), found
    return found
