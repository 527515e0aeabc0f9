"""/plan/tests : the scoreboard, and one test: how it is done, its results over time, a new result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from niggle.actions import clock, library
from niggle.actions.checkin_form import number
from niggle.actions.model import knowledge
from niggle.actions.plans.testing import TestsShown, record_test, results_of, show_tests
from niggle.core.outcomes import Problem
from niggle.core.plan import Measured
from niggle.core.protocol import CapacityTest
from niggle.core.scoreboard import points
from niggle.web import bundle
from niggle.web.dress.plan import tests as dress
from niggle.web.dress.plan.session import figure_of
from niggle.web.dress.today import Empty
from niggle.web.frame import Frame, done, frame_of, show

_YES_NO: Final = {"yes": 1.0, "no": 0.0}
VALUES: Final = ("left", "right", "value", "pain")


@require_safe
def tests(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "plan")
    shown = show_tests(frame.athlete, clock.today())
    known = knowledge()
    rows = dress.rows(shown)
    return show(
        request, "plan/tests", frame, rows=rows, bars=any(row.bars for row in rows),
        limiter=dress.limiter(shown, known), planned=shown.planned,
        empty=None if shown.board.tests else _empty(), every=dress.catalogue(known),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def test(request: HttpRequest, test_id: str) -> HttpResponse:
    found = knowledge().tests.get(test_id)
    if found is None:
        raise Http404
    frame = frame_of(request, "plan")
    if request.method != "POST":
        return _page(request, frame, found, {"on": clock.today().isoformat()})
    plain, problems = _plain(request.POST, found)
    if not problems:
        saved = record_test(frame.me, plain, clock.now())
        if isinstance(saved, Measured):
            return done("plan-test", "tested", test_id)
        problems = saved
    return _page(request, frame, found, request.POST.dict(), problems)


def _plain(form: Mapping[str, str], test: CapacityTest) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The result as it was typed; what is empty is left out and named by the checker where it is needed."""
    plain: dict[str, Any] = {"test": test.id, "on": form.get("on") or None}
    problems = []
    for name in VALUES:
        text = form.get(name, "").strip()
        if not text:
            continue
        if text in _YES_NO and name != "pain" and test.unit == "yes_no":
            plain[name] = _YES_NO[text]
            continue
        value = number(text)
        if isinstance(value, str):
            problems.append(Problem(name, f"“{text}” is not a number.", "Digits, with a point or a comma."))
        else:
            plain[name] = value
    return plain, tuple(problems)


def _page(
    request: HttpRequest, frame: Frame, test: CapacityTest, given: Mapping[str, str], problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    today, known = clock.today(), knowledge()
    shown: TestsShown = show_tests(frame.athlete, today)
    results = results_of(frame.athlete, test.id, today)
    drawn = None if test.exercise is None else figure_of(test.exercise, known, library.exercises())
    drawing = dress.chart(points(results, test.id, known), test)
    return show(
        request, "plan/test", frame, status=422 if problems else 200, problems=problems, given=given,
        page=dress.page(test, shown.board.test(test.id), known.exercises.get(test.exercise or "")),
        figure=drawn, chart=drawing,
        lines=dress.lines(results, test), scale=range(11), chosen=(_pain(given),), today=today.isoformat(),
        bundle_url=reverse("bundle", args=[bundle.name()]) if drawing is not None else "",
    )  # fmt: skip


def _pain(given: Mapping[str, str]) -> int | None:
    text = given.get("pain", "")
    return int(text) if text.isdigit() else None


def _empty() -> Empty:
    return Empty(
        "Your scoreboard will stand here",
        "Both sides against their targets, what limits this week, and when each test is due again. A plan says which "
        "tests; you may do one without a plan, too.",
        reverse("plan-start"), "Start a plan",
    )  # fmt: skip
