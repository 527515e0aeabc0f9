"""What every page stands in: whose it is, her choices, the five places, and a word on what was just done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from niggle.actions import athletes, shown
from niggle.actions.athletes import Settings
from niggle.core.outcomes import Problem
from niggle.wording.notices import DEMO, NOTICES
from niggle.wording.units import Units


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    label: str
    icon: str
    url: str


_PLACES: Final = (
    ("today", "Today"),
    ("checkin", "Check-in"),
    ("plan", "Plan"),
    ("load", "Load"),
    ("more", "More"),
)

_PLAN_PLACES: Final = (
    ("plan", "Overview"),
    ("plan-today", "Session"),
    ("plan-week", "Week"),
    ("plan-tests", "Tests"),
    ("plan-race", "Race"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """athlete: whose data the page shows (the demo runner's until she has any). me: where her own answers go."""

    me: int
    athlete: int
    settings: Settings
    units: Units
    place: str
    places: tuple[Place, ...]
    notice: str | None

    @property
    def theme(self) -> str:
        return self.settings.theme

    @property
    def plan_places(self) -> tuple[tuple[str, str, str], ...]:
        """The places within a plan: name, label, address."""
        return tuple((name, label, reverse(name)) for name, label in _PLAN_PLACES)

    @property
    def is_demo(self) -> bool:
        return self.me != self.athlete


def frame_of(request: HttpRequest, place: str) -> Frame:
    me = athletes.local_athlete()
    whose = shown.shown_athlete()
    settings = athletes.get_settings(me)
    # named in the address after a redirect: no session, no cookie, nothing to forge
    notice = NOTICES.get(request.GET.get("done", ""))
    if whose != me and notice is None and place == "today":
        notice = DEMO
    places = tuple(Place(name, label, name, reverse(name)) for name, label in _PLACES)
    return Frame(me, whose, settings, units_of(settings), place, places, notice)


def units_of(settings: Settings) -> Units:
    return Units("mi" if settings.units == "mi" else "km", "speed" if settings.pace_or_speed == "speed" else "pace")


def show(request: HttpRequest, template: str, frame: Frame, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"niggle/{template}.html", {"frame": frame, **context}, status=status)


def refused(
    request: HttpRequest, template: str, frame: Frame, problems: Sequence[Problem], **context: Any
) -> HttpResponse:
    """The same page again, with what is wrong on top; 422 so that nobody takes it for done."""
    return show(request, template, frame, status=422, problems=problems, **context)


def done(name: str, notice: str, *args: Any) -> HttpResponse:
    """Off to a page that says what was done."""
    return redirect(f"{reverse(name, args=args)}?done={notice}")
