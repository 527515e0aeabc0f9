"""/plan/race : races on the calendar, whether each is sensible, and what a break costs in fitness."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from niggle.actions import clock
from niggle.actions.plans.advice import race_and_fitness
from niggle.actions.plans.races import add_race, change_race, drop_race
from niggle.core.outcomes import Problem
from niggle.core.plan import Race
from niggle.web.dress.plan import race as dress
from niggle.web.frame import Frame, done, frame_of, show
from niggle.web.views.plan_start import race_plain


@require_http_methods(["GET", "HEAD", "POST"])
def race(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "plan")
    if request.method != "POST":
        return _page(request, frame, {})
    plain, problems = race_plain(request.POST, "race_")
    if not problems:
        saved = add_race(frame.me, {k.removeprefix("race_"): v for k, v in plain.items()}, clock.now())
        if isinstance(saved, Race):
            return done("plan-race", "race")
        problems = saved
    return _page(request, frame, request.POST.dict(), problems)


@require_POST
def drop(request: HttpRequest, race_id: str) -> HttpResponse:
    frame = frame_of(request, "plan")
    if isinstance(drop_race(frame.athlete, race_id, clock.now()), Race):
        return done("plan-race", "race_dropped")
    raise Http404


@require_POST
def prepared(request: HttpRequest, race_id: str) -> HttpResponse:
    """Whether she trained for it; without a word the question stays."""
    frame = frame_of(request, "plan")
    said = {"yes": True, "no": False}.get(request.POST.get("prepared", ""))
    if isinstance(change_race(frame.athlete, race_id, {"prepared": said}, clock.now()), Race):
        return done("plan-race", "race")
    raise Http404


def _page(
    request: HttpRequest, frame: Frame, given: Mapping[str, str], problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    today = clock.today()
    view, fitness = race_and_fitness(frame.athlete, today, frame.units)
    return show(
        request, "plan/race", frame, status=422 if problems else 200, problems=problems, given=given,
        races=dress.cards(view, frame.units, lambda name: reverse("plan-race-drop", args=[name])),
        fitness=fitness if fitness.pause is not None else None, today=today.isoformat(),
    )  # fmt: skip
