"""/plan/session : today's tasks, one session, one exercise of it with its sets to tick."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from niggle.actions import clock, library
from niggle.actions.model import knowledge
from niggle.actions.plans.shown import PlansShown, show_plans
from niggle.actions.plans.telling import record_done
from niggle.core.outcomes import Problem, Urgency
from niggle.core.plan import DoneItem
from niggle.core.rehab import Prescribed
from niggle.web.dress import exercises as figures
from niggle.web.dress.plan import session as dress
from niggle.web.dress.plan.tasks import is_run, nothing, task_rows
from niggle.web.dress.plan.tempo import with_seconds
from niggle.web.dress.today import Empty
from niggle.web.dress.words import long_day
from niggle.web.frame import Frame, done, frame_of, show
from niggle.web.views.library_exercises import figure_style
from niggle.web.views.plan import task_url
from niggle.wording.tasks import because_lines, change_lines, task_title


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Everything the plans ask for today."""
    frame = frame_of(request, "plan")
    shown = show_plans(frame.athlete, clock.today())
    any_ = shown.plans or shown.decision.tasks  # the way back after weeks off has its session without a plan
    return show(
        request, "plan/today", frame, day=long_day(shown.on), empty=None if any_ else _empty(),
        tasks=task_rows(shown.decision.tasks, knowledge(), frame.units, frame.settings.clock, task_url),
        nothing=nothing(shown.decision) if shown.plans else "",
        emergency=shown.decision.care.urgency is Urgency.EMERGENCY,
    )  # fmt: skip


@require_safe
def session(request: HttpRequest, task_id: str) -> HttpResponse:
    """One session: its exercises, or its run with a timer. One of another day is only looked at."""
    frame = frame_of(request, "plan")
    shown = show_plans(frame.athlete, clock.today())
    found = _find(shown, task_id, request.GET.get("on"))
    known, ticked = knowledge(), _done(shown)
    rows = dress.rows(found, ticked, known, library.exercises())
    ahead = dress.next_open(found, ticked, begun=True)
    return show(
        request, "plan/session", frame, title=task_title(found.task, known, frame.units), task=found.task, rows=rows,
        day="" if found.today else long_day(found.on), to_do=found.today and found.task.allowed,
        changes=change_lines(found.task), because=() if found.task.allowed else because_lines(found.task, frame.units),
        run=dress.run(found.task, frame.units) if found.task.steps else None, is_run=is_run(found.task),
        begin=ahead, begun=any(r.state for r in rows), finished=bool(rows) and dress.next_open(found, ticked) is None,
        due_again=bool(rows) and dress.next_open(found, ticked) is None and dress.again(found, ticked) is not None,
        tests=[(t, known.tests[t].name) for t in found.task.tests if t in known.tests],
        mode=_mode(found.task.mode), run_how=dress.run_how(found.task, shown) if is_run(found.task) else (),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def exercise(request: HttpRequest, task_id: str, number: int) -> HttpResponse:
    """One exercise. A script saves every tick at once (do=keep); without one the buttons do."""
    frame = frame_of(request, "plan")
    shown = show_plans(frame.athlete, clock.today())
    found = _find(shown, task_id)
    if not found.today or not 1 <= number <= len(found.task.exercises):
        raise Http404
    item = found.task.exercises[number - 1]
    if request.method != "POST":
        return _page(request, frame, shown, found, number)
    saved = record_done(frame.athlete, _plain(request, item), clock.now())
    if request.POST.get("do") == "keep":
        if isinstance(saved, DoneItem):
            return JsonResponse({"id": saved.id})
        return JsonResponse({"problems": [p.message for p in saved]}, status=422)
    if not isinstance(saved, DoneItem):
        return _page(request, frame, shown, found, number, saved)
    ahead = dress.next_open(found, (*_done(shown), saved), number) or dress.next_open(found, (*_done(shown), saved))
    if ahead is None:
        return done("plan-session", "ticked", task_id)
    return redirect("plan-exercise", task_id=task_id, number=ahead)


def _plain(request: HttpRequest, item: Prescribed) -> dict[str, Any]:
    """The row of this exercise. Without a single tick, "done" means all sets."""
    form = request.POST
    planned = max(1, item.dose.sets)
    ticked = len(form.getlist("set"))
    skipped = form.get("do") == "skip"
    sets = ticked if ticked or form.get("do") == "keep" else planned
    plain: dict[str, Any] = {"plan": item.plan, "item": item.item, "id": form.get("id") or None}
    if form.get("occasion", "").isdigit():
        plain["occasion"] = int(form["occasion"])
    if skipped:
        return plain | {"skipped": True}
    text = form.get("pain", "")
    return plain | {
        "sets": sets,
        "sets_planned": planned,
        "pain": float(text) if text.isdigit() else None,
        "easy": {"yes": True, "no": False}.get(form.get("easy", "")),
    }


def _page(
    request: HttpRequest, frame: Frame, shown: PlansShown, found: dress.Found, number: int,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:  # fmt: skip
    known = knowledge()
    item = found.task.exercises[number - 1]
    asked = request.POST.get("occasion") or request.GET.get("time") or ""
    chosen = asked.isdigit() and 1 <= int(asked) <= item.dose.per_day
    time = int(asked) if chosen else dress.occasion_now(item, _done(shown))
    drawn = dress.figure_of(item.exercise, known, library.exercises(), item.dose.sides)
    context: dict[str, Any] = {"figure": None}
    if drawn is not None:
        left = reverse("figure", args=[drawn.digest, "system", "left", "numbered", drawn.id])
        player = dress.planned_player(drawn, item.dose) | {"left": left}
        moving = with_seconds(library.drawing(drawn.id, "numbered"), player["phases"])
        context = {
            "figure": figures.inlined(moving, figures.page(drawn).sentence),
            "player": player,
            "cues": figures.page(drawn).cues,
            "style": figure_style(),
        }
    many = len(found.task.exercises)
    return show(
        request, "plan/exercise", frame, status=422 if problems else 200, problems=problems,
        work=dress.work(item, dress.done_of(item, _done(shown), time), secrets.token_hex(8), known, time),
        exercise_id=item.exercise, task_id=found.task.id, title=task_title(found.task, known, frame.units),
        number=number, many=many, before=number - 1 or None, after=number + 1 if number < many else None,
        scale=range(11), today=shown.on.isoformat(), **context,
    )  # fmt: skip


def _find(shown: PlansShown, task_id: str, on: str | None = None) -> dress.Found:
    try:
        found = dress.find(shown, task_id, knowledge(), date.fromisoformat(on) if on else None)
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _done(shown: PlansShown) -> tuple[DoneItem, ...]:
    return tuple(d for p in shown.plans for d in p.done_today)


def _mode(mode: str | None) -> tuple[str, str] | None:
    """Cross-training: the exercise's address and name."""
    entry = None if mode is None else knowledge().exercises.get(mode)
    return None if entry is None else (entry.id, entry.name)


def _empty() -> Empty:
    return Empty(
        "Today's session will stand here",
        "Exercise by exercise, with a count and sets to tick. It needs a plan.",
        reverse("plan-start"), "Start a plan",
    )  # fmt: skip
