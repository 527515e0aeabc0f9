"""/import : bring files, watch them being read, take them back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niggle.actions import clock
from niggle.actions import imports as actions
from niggle.actions.imports import ImportBusyError, ImportReport
from niggle.core.outcomes import Problem
from niggle.web.dress.imports import job as dressed
from niggle.web.frame import Frame, done, frame_of, refused, show


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "more")
    if request.method == "POST":
        files = [f for f in request.FILES.getlist("files") if f.name]
        if files:
            job_id = actions.take_upload(frame.me, ((f.name or "", f.chunks()) for f in files), clock.now())
            return done("import-detail", "import", job_id)
        problem = Problem("files", "No file was chosen.", "Choose a zip, or one or more activity files.")
        return refused(request, "import", frame, (problem,), jobs=_jobs(frame))
    return show(request, "import", frame, jobs=_jobs(frame))


def _jobs(frame: Frame) -> list[object]:
    return [dressed(report) for report in actions.list_imports(frame.me)]


@require_safe
def detail(request: HttpRequest, job_id: int) -> HttpResponse:
    frame = frame_of(request, "more")
    return _detail(request, frame, _report(frame, job_id))


def _detail(request: HttpRequest, frame: Frame, report: ImportReport, problem: Problem | None = None) -> HttpResponse:
    context: dict[str, Any] = {"job": dressed(report), "undo_url": reverse("import-undo", args=[report.job_id])}
    if problem is not None:
        return refused(request, "import_detail", frame, (problem,), **context)
    return show(request, "import_detail", frame, **context)


@require_safe
def progress(request: HttpRequest, job_id: int) -> HttpResponse:
    """The job's line alone, asked for again and again while it runs; then its page is fetched anew."""
    frame = frame_of(request, "more")
    report = _report(frame, job_id)
    response = show(request, "parts/job", frame, job=dressed(report))
    if report.state not in ("queued", "running"):
        # the page it stands in, without the word that it has only just begun
        response["HX-Redirect"] = (request.headers.get("HX-Current-URL") or reverse("import")).split("?")[0]
    return response


@require_POST
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    frame = frame_of(request, "more")
    _report(frame, job_id)
    actions.requeue_failed(job_id)
    return done("import-detail", "retry", job_id)


@require_POST
def go_on(request: HttpRequest, job_id: int) -> HttpResponse:
    """An import that was stopped goes back to the worker; one that was not is only shown."""
    frame = frame_of(request, "more")
    _report(frame, job_id)
    return done("import-detail", "resumed" if actions.requeue(job_id) else "", job_id)


@require_POST
def undo(request: HttpRequest, job_id: int) -> HttpResponse:
    frame = frame_of(request, "more")
    report = _report(frame, job_id)
    try:
        actions.undo_import(job_id)
    except ImportBusyError:
        busy = Problem("job", "This import is still running.", "Wait until it is done, then undo it.")
        return _detail(request, frame, report, busy)
    return done("import-detail", "undone", job_id)


def _report(frame: Frame, job_id: int) -> ImportReport:
    """Hers, or 404."""
    try:
        return actions.get_report(frame.me, job_id)
    except ObjectDoesNotExist:
        raise Http404 from None
