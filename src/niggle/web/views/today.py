"""/ : the day's decision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from niggle.actions import clock, day_words
from niggle.actions.model import knowledge
from niggle.actions.plans.advice import race_today
from niggle.actions.today import decide_today
from niggle.core.outcomes import Urgency
from niggle.web.dress.plan.tasks import nothing, plan_lines, task_rows
from niggle.web.dress.today import day_totals, today_page
from niggle.web.dress.words import week_days
from niggle.web.frame import frame_of, show
from niggle.web.views.plan import task_url
from niggle.wording.week import race_today as race_line
from niggle.wording.week import remade_today


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "today")
    on = clock.today()
    decided = decide_today(frame.athlete, on, clock.now())
    days = week_days(on, frame.settings.week_starts)
    week = day_totals(decided.case.history, days[0], days[-1])
    urls = {"import": reverse("import"), "checkin": reverse("checkin"), "care": reverse("care"),
            "week": reverse("plan-week"), "times": reverse("plan-times")}  # fmt: skip
    page = today_page(
        decided.decision, knowledge().sources, frame.units,
        week=week, week_starts=frame.settings.week_starts, urls=urls,
        told=day_words.told_to_do(frame.athlete, decided.decision),
    )  # fmt: skip
    decision = decided.decision
    race = race_today(decided)
    planned = bool(decision.plan or decision.tasks) and decision.care.urgency is not Urgency.EMERGENCY
    return show(
        request, "today", frame, page=page,
        tasks=task_rows(decision.tasks, knowledge(), frame.units, frame.settings.clock, task_url) if planned else (),
        nothing=nothing(decision) if planned else "", plans=plan_lines(decision, knowledge()) if planned else (),
        changed=remade_today(decided.case.plan.weeks, on) if planned else (),
        race="" if race is None else race_line(race, frame.units),
        saved=request.GET.get("done") == "checkin",
    )  # fmt: skip
