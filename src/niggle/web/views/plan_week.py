"""/plan/week : the calendar of this week or the next; made, made again, changed by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from niggle.actions import clock
from niggle.actions.model import knowledge
from niggle.actions.plans import weeks
from niggle.actions.plans.telling import absences_of, minute_of_text
from niggle.actions.today import gather
from niggle.core.case import Case
from niggle.core.outcomes import Problem
from niggle.core.spikes.view import first_of_week
from niggle.core.today import walks_back
from niggle.web.dress.plan import week as dress
from niggle.web.dress.today import Empty
from niggle.web.dress.words import capital, short_day
from niggle.web.frame import Frame, frame_of, show
from niggle.wording.week import empty_line, race_lines, red_now_line, remade_lines


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "plan")
    today = clock.today()
    case = gather(frame.athlete, today)
    start = _start(request.GET.get("start"), case.week_start, today)
    shown = weeks.shown(case, knowledge(), start)
    fresh = shown is not None and request.GET.get("done") == "made"
    return _page(request, frame, shown, start, today, planned=_planned(case), fresh=fresh)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Make it (again); the week then says what clashed and what found no place. Only opened, it leads to the week."""
    if request.method != "POST":
        return redirect("plan-week")
    frame = frame_of(request, "plan")
    today = clock.today()
    start = _start(request.POST.get("start"), None, today)
    made = weeks.plan_week(frame.athlete, clock.now(), start)
    if isinstance(made, tuple):
        return _again(request, frame, start, today, made)
    return redirect(f"{reverse('plan-week')}?start={made.week.start.isoformat()}&done=made")


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest) -> HttpResponse:
    """A session put elsewhere by hand. What the checker blocks is not written, and said."""
    if request.method != "POST":
        return redirect("plan-week")
    frame = frame_of(request, "plan")
    today = clock.today()
    form = request.POST
    start = _start(form.get("start"), None, today)
    try:
        on = date.fromisoformat(form.get("on", ""))
    except ValueError:
        problem = Problem("on", "You did not say which day.", "Choose one.")
        return _again(request, frame, start, today, (problem,))
    at = minute_of_text(form.get("at", ""))
    if isinstance(at, Problem):
        return _again(request, frame, start, today, (at,))
    moved = weeks.move_item(frame.athlete, form.get("item", ""), on, clock.now(), at, start)
    if isinstance(moved, tuple):
        return _again(request, frame, start, today, dress.problem_lines(moved, knowledge()))
    return redirect(f"{reverse('plan-week')}?start={moved.week.start.isoformat()}&done=moved")


def _planned(case: Case) -> bool:
    """A plan, or the way back after weeks without a run, has sessions for a week."""
    return bool(case.plan.open_plans(case.on)) or walks_back(case, knowledge())


def _start(text: str | None, week_start: int | None, today: date) -> date:
    """The first day of the week asked for; today's week where none or nonsense is."""
    try:
        on = date.fromisoformat(text or "")
    except ValueError:
        on = today
    if abs((on - today).days) > 14:
        raise Http404
    return on if week_start is None else first_of_week(on, week_start)


def _again(request: HttpRequest, frame: Frame, start: date, today: date, problems: tuple[Problem, ...]) -> HttpResponse:
    case = gather(frame.athlete, today)
    first = weeks.week_of(case, start)
    shown = weeks.shown(case, knowledge(), first)
    return _page(request, frame, shown, first, today, planned=_planned(case), problems=problems)


def _page(
    request: HttpRequest, frame: Frame, shown: weeks.WeekShown | None, start: date, today: date, *, planned: bool,
    problems: tuple[Problem, ...] = (), fresh: bool = False,
) -> HttpResponse:  # fmt: skip
    known = knowledge()
    last = start + timedelta(days=6)
    this = start <= today <= last
    context: dict[str, Any] = {"empty": None}
    if not planned:
        context["empty"] = _EMPTY()
    if shown is not None:
        context |= {
            "days": dress.week_days(shown, today, frame.settings.clock, known, frame.units),
            "remarks": dress.remarks(shown, known, frame.units),
            "red_now": red_now_line(shown.week, shown.decision),
            "changed": remade_lines(shown.week),
            "races": race_lines(shown.races, frame.units),
            "nothing": "" if shown.week.placed else empty_line(shown.week),
            "made": f"Made on {short_day(shown.week.made_on)}" + (", changed by hand" if shown.week.by_hand else ""),
        }
    other = start + timedelta(days=7 if this else -7)
    return show(
        request, "plan/week", frame, status=422 if problems else 200, problems=problems, fresh=fresh,
        title="This week" if this else "Next week" if start > today else "Last week",
        span=f"{capital(short_day(start))} to {short_day(last)}", start=start.isoformat(),
        this=this, open=last >= today, made_before=shown is not None, planned=planned,
        other=(f"{reverse('plan-week')}?start={other.isoformat()}", "Next week" if this else "This week"),
        away=dress.away_lines(absences_of(frame.athlete, today)), **context,
    )  # fmt: skip


def _EMPTY() -> Empty:  # noqa: N802 - addresses are known only once Django runs
    return Empty(
        "Your week will stand here",
        "Runs, strength, cross-training, tests and rest on the days and hours you have. It needs a plan.",
        reverse("plan-start"), "Start a plan",
    )  # fmt: skip
