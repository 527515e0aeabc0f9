"""/plan/week/times, /plan/week/away : the hours she has, her wishes, what is at hand, days that are not as usual."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from niggle.actions import clock
from niggle.actions.checkin_form import number
from niggle.actions.plans.telling import (
    absences_of,
    availability_of,
    end_absence,
    minute_of_text,
    record_absence,
    set_availability,
)
from niggle.core.outcomes import Problem
from niggle.core.plan import Absence, Availability
from niggle.web.dress.plan import week as dress
from niggle.web.dress.words import DAYS
from niggle.web.frame import Frame, done, frame_of, show


@require_http_methods(["GET", "HEAD", "POST"])
def times(request: HttpRequest) -> HttpResponse:
    """All of it in one form; what is empty is not there."""
    frame = frame_of(request, "plan")
    if request.method != "POST":
        return _page(request, frame)
    plain, problems = _plain(request)
    if not problems:
        kept = set_availability(frame.athlete, plain, clock.now())
        if isinstance(kept, Availability):
            return done("plan-week", "times")
        problems = kept
    return _page(request, frame, problems, _typed(request))


@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect(f"{reverse('plan-times')}#away")
    frame = frame_of(request, "plan")
    form = request.POST
    plain: dict[str, Any] = {name: form[name] for name in ("first", "last", "kind") if form.get(name)}
    if form.get("no_running") == "yes":
        plain["no_running"] = True
    if form.get("limited") == "yes":
        plain["equipment"] = form.getlist("equipment")
    kept = record_absence(frame.athlete, plain, clock.now())
    if isinstance(kept, Absence):
        return done("plan-week", "away")
    return _page(request, frame, kept)


@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest, absence_id: str) -> HttpResponse:
    if request.method != "POST":
        return redirect(f"{reverse('plan-times')}#away")
    frame = frame_of(request, "plan")
    kept = end_absence(frame.athlete, clock.now(), absence_id)
    if isinstance(kept, Absence):
        return done("plan-week", "back")
    return _page(request, frame, kept)


def _plain(request: HttpRequest) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    form = request.POST
    problems: list[Problem] = []
    windows = []
    for day in range(7):
        for part in ("", "2"):
            start, minutes = form.get(f"start{part}-{day}", "").strip(), form.get(f"minutes{part}-{day}", "").strip()
            if not start and not minutes:
                continue
            length = number(minutes) if minutes else "nothing"
            if not start or isinstance(length, str):
                problems.append(_incomplete(day, start, minutes))
                continue
            windows.append(
                {"weekday": day, "start": start, "minutes": length, "gym": form.get(f"gym{part}-{day}") == "yes"}
            )
    wishes: list[dict[str, Any]] = []
    for kind, _ in dress.WISHES:
        wishes += [{"kind": kind.value, "weekday": int(d)} for d in form.getlist(kind.value) if d.isdigit()]
    if form.get("runs_per_week", "").isdigit():
        wishes.append({"kind": "runs_per_week", "value": int(form["runs_per_week"])})
    early = minute_of_text(form.get("nothing_before", ""))
    if isinstance(early, Problem):
        problems.append(early)
    elif early is not None:
        wishes.append({"kind": "nothing_before", "value": early})
    plain: dict[str, Any] = {"windows": windows, "wishes": wishes, "equipment": form.getlist("equipment")}
    if form.get("gym_visits", "").isdigit():
        plain["gym_visits"] = int(form["gym_visits"])
    return plain, tuple(problems)


def _incomplete(day: int, start: str, minutes: str) -> Problem:
    name = DAYS[day]
    if not start:
        return Problem("windows", f"{name}: from when is missing.", "For example 18:00.")
    if not minutes:
        return Problem("windows", f"{name}: how many minutes is missing.", "For example 60.")
    return Problem("windows", f"{name}: “{minutes}” is no number of minutes.", "For example 60.")


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What the form of hours holds, as it was typed."""
    form = request.POST
    return {
        "days": dress.typed_days(form), "wishes": dress.typed_wishes(form.getlist), "said": True,
        "runs": form.get("runs_per_week", ""), "earliest": form.get("nothing_before", ""),
        "gym_visits": form.get("gym_visits", ""), "have": form.getlist("equipment"),
    }  # fmt: skip


def _page(
    request: HttpRequest, frame: Frame, problems: tuple[Problem, ...] = (), typed: dict[str, Any] | None = None
) -> HttpResponse:
    """typed: what stands in the form of hours in place of what is kept."""
    today = clock.today()
    known = availability_of(frame.athlete, today)
    kept = {
        "days": dress.day_forms(known), "wishes": dress.wish_fields(known), "said": bool(known.windows),
        "runs": dress.runs_wish(known), "earliest": dress.earliest(known), "have": known.equipment,
        "gym_visits": "" if known.gym_visits is None else known.gym_visits,
    }  # fmt: skip
    return show(
        request, "plan/times", frame, status=422 if problems else 200, problems=problems,
        weekdays=tuple(enumerate(d[:3] for d in DAYS)), equipment=dress.equipment_choices(),
        away=dress.away_lines(absences_of(frame.athlete, today)), kinds=dress.AWAY,
        today=today.isoformat(), left=_away_typed(request, today) if typed is None else {"first": today.isoformat()},
        **(kept if typed is None else typed),
    )  # fmt: skip


def _away_typed(request: HttpRequest, today: date) -> dict[str, Any]:
    """The form of days away as it was typed, or empty."""
    form = request.POST
    names = ("last", "kind", "no_running", "limited")
    return {
        "first": form.get("first") or today.isoformat(), "equipment": form.getlist("equipment"),
        **{name: form.get(name, "") for name in names},
    }  # fmt: skip
