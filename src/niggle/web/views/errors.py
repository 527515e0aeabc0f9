"""Pages for what went wrong, in the same calm voice and without anything of the inside."""

from __future__ import annotations

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niggle.actions.athletes import Settings
from niggle.web.frame import Frame, units_of


def _page(request: HttpRequest, status: int, title: str, say: str) -> HttpResponse:
    """Without the store: it may be what is broken."""
    frame = Frame(0, 0, Settings(), units_of(Settings()), "", (), None)
    error = SimpleNamespace(title=title, say=say)
    return render(request, "niggle/error.html", {"frame": frame, "error": error}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, "That was not understood", "The request did not come from a page of this niggle.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404, "There is nothing here", "The address is wrong, or what stood here was taken away.")


def broken(request: HttpRequest) -> HttpResponse:
    return _page(
        request, 500, "Something broke", "Nothing you entered before is lost. The terminal says what happened."
    )


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, "Please send it again", "The page was too old, or came from elsewhere. Go back, reload, retry.")  # fmt: skip  # noqa: E501
