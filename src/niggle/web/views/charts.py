"""The drawing library, from the data folder's cache."""

from __future__ import annotations

import gzip

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from niggle.store import home
from niggle.web import bundle as library


@require_safe
def bundle(request: HttpRequest, name: str) -> HttpResponse:
    """Kept for good by the browser: another version has another name."""
    if name != library.name():
        raise Http404
    body = library.path(home.folder() / "cache").read_bytes()
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(body if packed else gzip.decompress(body), content_type="text/javascript; charset=utf-8")
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
