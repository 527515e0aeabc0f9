"""/coach : body and mind around the plan, the season, and the few questions only she can answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from niggle.actions import clock
from niggle.actions.plans.advice import coach_view, season_view
from niggle.actions.plans.telling import record_answers
from niggle.core.outcomes import Problem
from niggle.web.dress import coach as dress
from niggle.web.frame import Frame, done, frame_of, show


@require_safe
def coach(request: HttpRequest) -> HttpResponse:
    return _page(request, frame_of(request, "more"))


@require_POST
def answers(request: HttpRequest) -> HttpResponse:
    """What only she can say. What was left open stays open."""
    frame = frame_of(request, "more")
    plain: dict[str, Any] = {}
    for key in dress.ANSWERED:
        text = request.POST.get(key, "").strip()
        if text:
            plain[key] = {"yes": True, "no": False}.get(text, text)
    problems = record_answers(frame.me, plain, clock.now()) if plain else ()
    return _page(request, frame, problems) if problems else done("coach", "answered")


def _page(request: HttpRequest, frame: Frame, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    today = clock.today()
    view = coach_view(frame.athlete, today, frame.units)
    season = season_view(frame.athlete, today, frame.units)
    cards = tuple(dress.card(c) for c in view.cards)
    calm = [c for c in cards if not c.card.urgent]
    half = (len(calm) + 1) // 2
    return show(
        request, "coach", frame, status=422 if problems else 200, problems=problems,
        urgent=[c for c in cards if c.card.urgent], parts=(calm[:half], calm[half:]),
        season=season, steps=dress.steps(season),
    )  # fmt: skip
