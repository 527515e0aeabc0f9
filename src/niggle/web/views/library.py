"""/library : what niggle knows, to be read and searched. Every line says who says it and how well it is known."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from niggle.actions import episodes
from niggle.actions.model import knowledge
from niggle.web.dress import library as dress
from niggle.web.frame import frame_of, show


def _url() -> str:
    return reverse("condition", args=["SLUG"])


def _query(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").split())[:100]


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    return show(request, f"library/{name}", frame_of(request, "more"), query=_query(request), **context)


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The rooms of the library; with ?q= what is found in all of them."""
    known, query = knowledge(), _query(request)
    rooms = [
        dress.Link("Conditions", f"{len(known.conditions)} complaints of runners", reverse("conditions")),
        dress.Link("Body parts", "What hurts where, and how long it takes", reverse("body-parts")),
        dress.Link("Questions and answers", f"{len(known.faq)} questions runners ask", reverse("faq")),
        dress.Link("Glossary", f"{len(known.glossary)} words", reverse("glossary")),
    ]
    with suppress(NoReverseMatch):  # until the gallery is there
        rooms.append(dress.Link("Exercises", "How to do them, as moving figures", reverse("exercises")))
    found: dict[str, Any] = {}
    if query:
        found = {"groups": dress.condition_groups(known, _url(), query), "faq": dress.faq(known, query),
                 "glossary": dress.glossary(known, query)}  # fmt: skip
    return _page(request, "index", rooms=rooms, nothing=bool(query) and not any(found.values()), **found)


@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    return _page(request, "conditions", groups=dress.condition_groups(knowledge(), _url(), _query(request)))


@require_safe
def condition(request: HttpRequest, name: str) -> HttpResponse:
    """One condition, by its id; by an alias one is led to it."""
    found = knowledge().condition(name)
    if found is None:
        raise Http404
    if found.id != name:
        return redirect("condition", name=found.id)
    given = urlencode({"condition": found.id})
    return _page(
        request, "condition", page=dress.condition_page(found, knowledge(), _url()),
        plan_url=f"{reverse('plan-start')}?{given}" if episodes.has_plan(found.id) else "",
    )  # fmt: skip


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return _page(request, "entries", title="Glossary", entries=dress.glossary(knowledge(), _query(request)))


@require_safe
def faq(request: HttpRequest) -> HttpResponse:
    return _page(request, "entries", title="Questions and answers", entries=dress.faq(knowledge(), _query(request)))


@require_safe
def body_parts(request: HttpRequest) -> HttpResponse:
    return _page(request, "body_parts", groups=dress.body_parts(knowledge(), _url(), _query(request)))
