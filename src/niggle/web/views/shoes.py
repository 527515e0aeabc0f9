"""/shoes : pairs and their distance; add, change, assign, retire."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niggle.actions import clock, sessions
from niggle.actions import shoes as actions
from niggle.actions.checkin_form import number
from niggle.actions.model import knowledge
from niggle.core.history import Shoe
from niggle.core.outcomes import Problem
from niggle.web.dress.load import per_unit
from niggle.web.dress.shoes import shoe_line
from niggle.web.dress.today import Empty
from niggle.web.dress.words import capital
from niggle.web.frame import Frame, done, frame_of, refused, show

_CATEGORIES: Final = tuple((c, capital(c)) for c in actions.CATEGORIES)


@require_safe
def shoes(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "more")
    pairs = actions.list_shoes(frame.athlete)
    lines = [
        (p, shoe_line(p, knowledge(), frame.units, reverse("shoe", args=[p.shoe.id]))) for p in pairs
    ]  # fmt: skip
    return show(
        request, "shoes", frame,
        shoes=[line for pair, line in lines if pair.shoe.retired_on is None],
        retired=[line for pair, line in lines if pair.shoe.retired_on is not None],
        empty=None if pairs else _empty(),
    )  # fmt: skip


def _empty() -> Empty:
    return Empty(
        "Your shoes will stand here",
        "How far each pair has come, and when a new one is a change your legs will notice. Exports that name shoes "
        "bring them along.",
        reverse("shoe-add"), "Add a pair",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, shoe_id: str | None = None) -> HttpResponse:
    frame = frame_of(request, "more")
    shoe = _find(frame, shoe_id) if shoe_id else None
    if request.method != "POST":
        return show(request, "shoe", frame, **_context(frame, shoe, _values(shoe, frame)))
    plain, problems = _plain(request, frame, shoe)
    if not problems:
        # A new pair is her own, also while the demo is shown; a pair that is shown is changed where it is.
        saved = actions.save_shoe(frame.me if shoe is None else frame.athlete, plain, clock.now())
        if isinstance(saved, Shoe):
            return done("shoes", "shoe")
        problems = saved
    values = {name: request.POST.get(name, "") for name in _values(None, frame)}
    return refused(request, "shoe", frame, problems, **_context(frame, shoe, values))


@require_POST
def assign(request: HttpRequest, shoe_id: str) -> HttpResponse:
    frame = frame_of(request, "more")
    shoe = _find(frame, shoe_id)
    from datetime import date

    try:
        first, last = (date.fromisoformat(request.POST.get(name, "")) for name in ("first", "last"))
    except ValueError:
        problem = Problem("first", "Both days are needed.", "As in 2026-05-04.")
        return refused(request, "shoe", frame, (problem,), **_context(frame, shoe, _values(shoe, frame)))
    runs = sessions.list_sessions(frame.athlete, first, last, "runs")
    problems = actions.assign_shoe(frame.athlete, [r.id for r in runs], shoe_id, clock.now())
    if problems:
        return refused(request, "shoe", frame, problems, **_context(frame, shoe, _values(shoe, frame)))
    return done("shoes", "assigned")


@require_POST
def retire(request: HttpRequest, shoe_id: str) -> HttpResponse:
    frame = frame_of(request, "more")
    shoe = _find(frame, shoe_id)
    saved = actions.retire_shoe(frame.athlete, shoe_id, clock.today(), clock.now())
    if isinstance(saved, Shoe):
        return done("shoes", "retired")
    return refused(request, "shoe", frame, saved, **_context(frame, shoe, _values(shoe, frame)))


def _find(frame: Frame, shoe_id: str) -> Shoe:
    for pair in actions.list_shoes(frame.athlete):
        if pair.shoe.id == shoe_id:
            return pair.shoe
    raise Http404


def _values(shoe: Shoe | None, frame: Frame) -> dict[str, str]:
    known = shoe or Shoe("", "")
    start = known.start_km * 1000 / per_unit(frame.units)
    return {
        "name": known.name,
        "start": f"{start:.0f}" if start else "",
        "first_used": known.first_used.isoformat() if known.first_used else "",
        "drop_mm": f"{known.drop_mm:g}" if known.drop_mm is not None else "",
        "stack_mm": f"{known.stack_mm:g}" if known.stack_mm is not None else "",
        "category": known.category or "",
        "plated": "yes" if known.plated else "",
        "worn_flag": "yes" if known.worn_flag else "",
        "retired": known.retired_on.isoformat() if known.retired_on else "",
    }


def _plain(request: HttpRequest, frame: Frame, shoe: Shoe | None) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    given = request.POST
    plain: dict[str, Any] = {
        "name": given.get("name", ""),
        "category": given.get("category") or None,
        "first_used": given.get("first_used") or None,
        "plated": given.get("plated") == "yes",
        "worn_flag": given.get("worn_flag") == "yes",
    }
    problems = []
    for field, key, factor in (
        ("start", "start_km", per_unit(frame.units) / 1000), ("drop_mm", "drop_mm", 1.0), ("stack_mm", "stack_mm", 1.0),
    ):  # fmt: skip
        value = number(given.get(field, "")) if given.get(field) else None
        if isinstance(value, str):
            problems.append(Problem(key, f"“{value}” is not a number.", "Digits, with a point or a comma."))
        else:
            plain[key] = None if value is None else value * factor
    if plain.get("start_km") is None:
        plain["start_km"] = 0.0
    if shoe is not None:
        plain["id"] = shoe.id
    return plain, tuple(problems)


def _context(frame: Frame, shoe: Shoe | None, values: dict[str, str]) -> dict[str, Any]:
    context: dict[str, Any] = {
        "title": shoe.name if shoe else "Add a pair",
        "values": values,
        "categories": _CATEGORIES,
        "shoe_id": shoe.id if shoe else None,
        "save_url": reverse("shoe", args=[shoe.id]) if shoe else reverse("shoe-add"),
    }
    if shoe is not None:
        context["assign_url"] = reverse("shoe-assign", args=[shoe.id])
        context["retire_url"] = reverse("shoe-retire", args=[shoe.id])
    return context
