"""Taking everything along, and having everything forgotten."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from niggle.actions import clock, maintenance
from niggle.core.outcomes import Problem
from niggle.store import home
from niggle.web.frame import done, frame_of, refused
from niggle.web.views.settings import settings_context

WORD = "forget"


@require_POST
def export(request: HttpRequest) -> HttpResponse | FileResponse:
    """Everything of hers as one zip."""
    frame = frame_of(request, "more")
    folder = tempfile.TemporaryDirectory(dir=home.private_folder("exports"))
    path = Path(folder.name) / f"niggle-{clock.today().isoformat()}.zip"
    maintenance.export_all(frame.me, path)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
    folder.cleanup()  # the open file outlives its name
    return response


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "more")
    if request.POST.get("sure", "").strip().lower() != WORD:
        problem = Problem("sure", "Nothing was deleted.", f"To delete everything, type {WORD} into the box.")
        return refused(request, "settings", frame, (problem,), **settings_context(frame))
    maintenance.forget_athlete(frame.me)
    return done("today", "forgotten")
