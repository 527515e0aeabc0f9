"""/plan : where each open plan stands, what opens the next phase, why it moved; answers, later words, its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from niggle.actions import clock
from niggle.actions.checkin_form import number
from niggle.actions.model import knowledge
from niggle.actions.plans.shown import PlanShown, PlansShown, show_plans
from niggle.actions.plans.starting import amend_plan, end_plan
from niggle.actions.plans.telling import record_answers
from niggle.core.outcomes import Problem, Urgency
from niggle.core.plan import PlanEnd, PlanStart
from niggle.core.profile import Cleared
from niggle.core.rehab import too_serious
from niggle.core.today import Task
from niggle.core.units import M_PER_KM
from niggle.web.dress.load import per_unit
from niggle.web.dress.plan import overview as dress
from niggle.web.dress.plan.tasks import nothing, task_rows
from niggle.web.dress.today import Empty
from niggle.web.frame import Frame, done, frame_of, show

ENDINGS: Final = (
    ("healed", "It is healed"),
    ("ended", "I stop the plan"),
    ("replaced", "Another plan takes its place"),
)


@require_safe
def plan(request: HttpRequest, plan_id: str | None = None) -> HttpResponse:
    """The first open plan, or the one that is named."""
    frame = frame_of(request, "plan")
    shown = show_plans(frame.athlete, clock.today())
    if plan_id is None and not shown.plans:
        return show(request, "plan/none", frame, empty=_empty(), ended=_ended(shown))
    return _page(request, frame, shown, plan_id)


@require_safe
def history(request: HttpRequest, plan_id: str) -> HttpResponse:
    frame = frame_of(request, "plan")
    found = named(show_plans(frame.athlete, clock.today()), plan_id)
    known = knowledge()
    return show(
        request, "plan/history", frame, plan_id=plan_id, name=dress.plan_name(found, known),
        moves=dress.history(found, known, frame.units),
    )  # fmt: skip


@require_POST
def answers(request: HttpRequest, plan_id: str) -> HttpResponse:
    """What only she can say. What was left open stays open."""
    frame = frame_of(request, "plan")
    shown = show_plans(frame.athlete, clock.today())
    found = named(shown, plan_id)
    plain: dict[str, Any] = {}
    problems: tuple[Problem, ...] = ()
    for question in dress.questions(found, shown):
        text = request.POST.get(question.key, "").strip()
        if not text:
            continue
        if question.kind == "yes_no":
            plain[question.key] = {"yes": True, "no": False}.get(text)
            continue
        value = number(text.removesuffix("%"))
        if isinstance(value, str):
            problems += (Problem(question.key, f"“{text}” is not a number.", "Digits, with a point or a comma."),)
        else:
            plain[question.key] = value
    problems = problems or record_answers(frame.athlete, {k: v for k, v in plain.items() if v is not None}, clock.now())
    if problems:
        return _page(request, frame, shown, plan_id, problems)
    return done("plan-one", "answered", plan_id)


@require_POST
def amend(request: HttpRequest, plan_id: str) -> HttpResponse:
    """A later word on what the plan was told at its start."""
    frame = frame_of(request, "plan")
    shown = show_plans(frame.athlete, clock.today())
    named(shown, plan_id)
    plain, problems = told(request, frame)
    if not problems:
        answer = amend_plan(frame.athlete, plan_id, plain, clock.now())
        if isinstance(answer, PlanStart):
            return done("plan-one", "amended", plan_id)
        problems = answer
    return _page(request, frame, shown, plan_id, problems)


@require_POST
def end(request: HttpRequest, plan_id: str) -> HttpResponse:
    frame = frame_of(request, "plan")
    shown = show_plans(frame.athlete, clock.today())
    named(shown, plan_id)
    answer = end_plan(frame.athlete, plan_id, request.POST.get("why", ""), clock.now())
    if isinstance(answer, PlanEnd):
        return done("plan", "plan_ended")
    problem = Problem("why", "You did not say why the plan ends.", "Choose one.")
    return _page(request, frame, shown, plan_id, (problem,))


def named(shown: PlansShown, plan_id: str) -> PlanShown:
    """The open plan of that id; Http404 where she has none of that id, whoever else may."""
    found = shown.plan(plan_id)
    if found is None:
        raise Http404
    return found


def told(request: HttpRequest, frame: Frame) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The fields that a plan's start and a later word share; what is empty is left out."""
    form = request.POST
    plain: dict[str, Any] = {
        name: form.get(name) for name in ("grade", "hurts_since", "last_run_on") if form.get(name)
    }  # fmt: skip
    plain |= {name: {"yes": True, "no": False}[form[name]] for name in ("imaged",) if form.get(name) in ("yes", "no")}
    plain["diagnosed"] = form.get("diagnosed") == "yes"
    plain["half_start"] = form.get("half_start") == "yes"
    text = form.get("usual_week", "").strip()
    if text:
        value = number(text)
        if isinstance(value, str):
            return plain, (Problem("usual_week", f"“{text}” is not a number.", "Digits, with a point or a comma."),)
        plain["before_week_km"] = value * per_unit(frame.units) / M_PER_KM
    return plain, ()


def task_url(task: Task) -> str:
    """Where a task of today is done."""
    if task.tests and not task.exercises:
        return reverse("plan-tests")
    return reverse("plan-session", args=[task.id])


def do_link(found: PlanShown) -> Callable[[str], tuple[str, str]]:
    """Where she can do what a list misses: address and label by the name of what is missing."""
    page = reverse("plan-one", args=[found.id])
    place = {"site": found.start.site} | ({} if found.state.side is None else {"side": found.state.side.value})
    care = f"{reverse('care')}?{urlencode(place)}"
    running = f"{reverse('care')}?{urlencode(place | {'kind': Cleared.RUNNING.value})}"
    plain = {
        "checkin": (reverse("checkin"), "Check in"),
        "morning": (reverse("checkin"), "Check in"),
        "run": (reverse("plan-today"), "Today"),
        "done": (reverse("plan-today"), "Today's session"),
        "clearance": (care, "Record it"),
        "clearance:running": (running, "Record it"),
        "imaging": (f"{page}#told", "Record it"),
        "grade": (f"{page}#told", "Say it"),
        "usual_week": (f"{page}#told", "Say it"),
        "last_run": (f"{page}#told", "Say it"),
        "age": (reverse("settings"), "About you"),
    }

    def link(need: str) -> tuple[str, str]:
        kind, _, what = need.partition(":")
        if kind == "test":
            return reverse("plan-test", args=[what]), "Do the test"
        if kind == "answer":
            return f"{page}#questions", "Answer"
        return plain.get(need) or plain.get(kind, ("", ""))

    return link


def _page(
    request: HttpRequest, frame: Frame, shown: PlansShown, plan_id: str | None, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    found = shown.plans[0] if plan_id is None else named(shown, plan_id)
    known = knowledge()
    return show(
        request, "plan/plan", frame, status=422 if problems else 200, problems=problems,
        page=dress.overview(found, known, frame.units, do_link(found)),
        tabs=dress.tabs(shown, found.id, known, lambda name: reverse("plan-one", args=[name])),
        tasks=task_rows(shown.decision.tasks, known, frame.units, frame.settings.clock, task_url),
        nothing=nothing(shown.decision), first=dress.before_the_plan(shown.decision, found),
        emergency=shown.decision.care.urgency is Urgency.EMERGENCY,
        questions=dress.questions(found, shown), told=dress.known_of(found, per_unit(frame.units), frame.units),
        half_offered=too_serious(found.protocol, found.start) is None,
        endings=ENDINGS, today=shown.on.isoformat(),
    )  # fmt: skip


def _ended(shown: PlansShown) -> list[tuple[str, str]]:
    from niggle.web.dress.words import day_text
    from niggle.wording.plans import plan_name

    known = knowledge()
    return [(plan_name(s.condition, s.site, s.side, known), day_text(s.on)) for s in shown.ended]


def _empty() -> Empty:
    return Empty(
        "Your plan will stand here",
        "Phases with what opens the next, today's exercises, which runs fit, and the week as a calendar. It follows "
        "your check-ins and tests. It needs a name for what hurts.",
        reverse("plan-start"), "Start a plan", "Not sure what it is? Find out first", reverse("triage"),
    )  # fmt: skip
