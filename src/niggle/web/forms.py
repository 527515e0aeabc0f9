"""Addresses that only take a form: who opens or reloads one is led to the page it stands on, and nothing is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

# address -> (page, the parts of its own address that the page's has, too)
PAGES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "care-clearance": ("care", ()),
    "care-condition": ("care", ()),
    "coach-answers": ("coach", ()),
    "export": ("settings", ()),
    "forget": ("settings", ()),
    "import-resume": ("import-detail", ("job_id",)),
    "import-retry": ("import-detail", ("job_id",)),
    "import-undo": ("import-detail", ("job_id",)),
    "plan-amend": ("plan-one", ("plan_id",)),
    "plan-answers": ("plan-one", ("plan_id",)),
    "plan-end": ("plan-one", ("plan_id",)),
    "plan-race-drop": ("plan-race", ()),
    "plan-race-prepared": ("plan-race", ()),
    "profile": ("settings", ()),
    "session-label": ("session", ("session_id",)),
    "shoe-assign": ("shoe", ("shoe_id",)),
    "shoe-retire": ("shoe", ("shoe_id",)),
    "theme": ("settings", ()),
    "triage-day": ("triage-result", ("key",)),
    "triage-end": ("triage", ()),
    "triage-keep": ("triage-result", ("key",)),
}


class FormsLeadBack:
    """Django middleware. The views themselves go on refusing what is no form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        looked = request.method in ("GET", "HEAD") and isinstance(response, HttpResponseNotAllowed)
        match = request.resolver_match
        leads = PAGES.get(match.url_name or "") if looked and match is not None else None
        if leads is None or match is None:
            return response
        page, parts = leads
        back: HttpResponse = redirect(page, **{name: match.kwargs[name] for name in parts})
        return back
