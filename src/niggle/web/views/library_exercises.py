"""/library/exercises and /figures : the gallery of moving figures, one exercise with its player, the drawings."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from niggle.actions import clock, library
from niggle.actions.model import knowledge
from niggle.actions.plans.shown import open_plans, show_plans
from niggle.core.exercise import Exercise
from niggle.core.ids import digest_bytes
from niggle.core.knowledge_types import Knowledge
from niggle.web.dress import catalogue
from niggle.web.dress import exercises as dress
from niggle.web.dress.plan.session import figure_of
from niggle.web.frame import frame_of, show

FOR_GOOD = "public, max-age=31536000, immutable"
# A drawing opened by itself: its own style sheet, and nothing else whatever.
CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=1)
def _style() -> tuple[str, str]:
    text = library.style_sheet()
    return digest_bytes(text.encode())[:12], text


def figure_style() -> str:
    """The name of the style sheet of inlined figures, for a page that shows one."""
    return _style()[0]


@require_safe
def exercises(request: HttpRequest) -> HttpResponse:
    """All figures are in the page; those the filters leave out are hidden, so that a script can bring them back."""
    query = " ".join(request.GET.get("q", "").split())[:100]
    chosen = {name: request.GET.get(name, "")[:40] for name in dress.FILTERS}
    chosen["phase"] = request.GET.get("phase", "")[:2]
    frame = frame_of(request, "more")
    starts = open_plans(frame.athlete, clock.today())
    phases = catalogue.phases_of(starts, knowledge())
    chosen["phase"] = chosen["phase"] if phases else ""
    known = library.exercises().values()
    cards = [dress.card(e, chosen, query, phases.get(e.id, ())) for e in known]
    by_phase = (catalogue.phase_filter(phases, (e.id for e in known), chosen["phase"]),) if phases else ()
    return show(
        request, "library/exercises", frame, cards=cards, query=query,
        filters=(*by_phase, *dress.filters([e.movement for e in known], chosen)), many=sum(c.shown for c in cards),
        filtered=bool(query or any(chosen.values())),
    )  # fmt: skip


@require_safe
def exercise(request: HttpRequest, name: str) -> HttpResponse:
    """A drawn movement, or an exercise of the catalogue with the figure that shows it; with its dose in her plan."""
    known, drawn = knowledge(), library.exercises()
    entries = _entries(name, known)
    found = drawn.get(name) or (figure_of(entries[0].id, known, drawn) if entries else None)
    if found is None and not entries:
        raise Http404
    frame = frame_of(request, "more")
    context: dict[str, Any] = {"page": None}
    if found is not None:
        page = dress.page(found)
        left = reverse("figure", args=[found.digest, "system", "left", "numbered", found.id])
        context = {
            "page": page, "style": _style()[0],
            "figure": dress.inlined(library.drawing(found.id, "numbered"), page.sentence),
            "player": dress.player(found) | {"left": left},
        }  # fmt: skip
    today = clock.today()
    if open_plans(frame.athlete, today):
        meant = catalogue.meant_of([e.id for e in entries], show_plans(frame.athlete, today))
        context["doses"] = catalogue.in_plans(meant, known, lambda plan: reverse("plan-one", args=[plan]))
    abouts = [catalogue.about(e, known, lambda slug: reverse("exercise", args=[slug])) for e in entries]
    title = entries[0].name if entries and entries[0].id == name else page.title
    return show(request, "library/exercise", frame, title=title, abouts=abouts, **context)


def _entries(name: str, known: Knowledge) -> list[Exercise]:
    """The exercise of that id, or those that a movement of that id shows."""
    own = known.exercises.get(name)
    return [own] if own is not None else [e for e in known.exercises.values() if name in e.figures]


@require_safe
def figure(request: HttpRequest, digest: str, theme: str, side: str, shape: str, name: str) -> HttpResponse:
    """One drawing, kept for good by the browser: another drawing has another digest. Holds nothing of the runner."""
    found = library.exercises().get(name)
    if found is None or found.digest != digest or side not in ("left", "right"):
        raise Http404
    try:
        text = library.drawing(name, shape, mirror=side == "left", theme=theme)
    except KeyError:
        raise Http404 from None
    response = HttpResponse(text, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = FOR_GOOD
    response["Content-Security-Policy"] = CSP
    return response


@require_safe
def style(request: HttpRequest, digest: str) -> HttpResponse:
    """The colours of figures inlined in a page."""
    name, text = _style()
    if digest != name:
        raise Http404
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_GOOD
    return response
