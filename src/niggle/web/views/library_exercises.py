"""/library/exercises and /figures : the gallery of moving figures, one exercise with its player, the drawings."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from niggle.actions import library
from niggle.core.ids import digest_bytes
from niggle.web.dress import exercises as dress
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
    known = library.exercises().values()
    cards = [dress.card(e, chosen, query) for e in known]
    return show(
        request, "library/exercises", frame_of(request, "more"), cards=cards, query=query,
        filters=dress.filters([e.movement for e in known], chosen), many=sum(c.shown for c in cards),
        filtered=bool(query or any(chosen.values())),
    )  # fmt: skip


@require_safe
def exercise(request: HttpRequest, name: str) -> HttpResponse:
    found = library.exercises().get(name)
    if found is None:
        raise Http404
    page = dress.page(found)
    left = reverse("figure", args=[found.digest, "system", "left", "numbered", name])
    return show(
        request, "library/exercise", frame_of(request, "more"), page=page, style=_style()[0],
        figure=dress.inlined(library.drawing(name, "numbered"), page.sentence),
        player=dress.player(found) | {"left": left},
    )  # fmt: skip


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
