"""/body-map : the pictures from which a place is chosen, asked for once by the script that uses them."""

from __future__ import annotations

import gzip
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from niggle.web.dress.body_map import picker, picker_name


@require_safe
def body_map(request: HttpRequest, name: str) -> HttpResponse:
    """Kept for good by the browser: another drawing has another name. Holds nothing of the runner."""
    if name != picker_name():
        raise Http404
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(_packed() if packed else picker())
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@cache
def _packed() -> bytes:
    return gzip.compress(picker().encode(), 6, mtime=0)
