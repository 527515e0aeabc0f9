"""/checkin : the interview, the warning signs that follow from it, and the morning after."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from niggle.actions import checkins, clock, told_facts
from niggle.actions.checkin_form import UNUSUAL
from niggle.actions.model import knowledge
from niggle.actions.plans.shown import open_plans
from niggle.core.body import Side
from niggle.core.checkin import Entry, Moment
from niggle.core.outcomes import Problem
from niggle.web.dress.body_map import picker_name
from niggle.web.dress.checkin import (
    DAYS,
    Option,
    Step,
    findings_from_form,
    plain_from_form,
    steps,
    told_from_form,
)
from niggle.web.dress.words import capital
from niggle.web.frame import Frame, done, frame_of, refused, show
from niggle.wording.interview import LOOK_BACK_DAYS, MORNING, RanLately
from niggle.wording.today import place

SCALE: Final = tuple(str(n) for n in range(11))


@dataclass(frozen=True, slots=True)
class FollowUp:
    name: str
    url: str


@cache
def interview(ran: RanLately = RanLately()) -> tuple[Step, ...]:
    return steps(knowledge(), ran)


@require_http_methods(["GET", "HEAD", "POST"])
def checkin(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "checkin")
    today = clock.today()
    if request.method != "POST":
        return show(request, "checkin", frame, fresh="site" in request.GET, **_context(frame, request.GET, today))
    plain = plain_from_form(request.POST, interview(), today, frame.units.distance_unit)
    problems = missing_answers(request.POST)
    if not problems:
        entry = checkins.record_checkin(frame.me, plain, clock.now(), today)
        if isinstance(entry, Entry):
            told_facts.record_told(frame.me, told_from_form(request.POST), entry.on, clock.now())
            return after_saving(frame.me, entry, today, "checkin")
        problems = entry
    return refused(request, "checkin", frame, problems, fresh=False, **_context(frame, request.POST, today))


def after_saving(athlete_id: int, entry: Entry, today: date, notice: str) -> HttpResponse:
    """On to the warning signs that the answers call for; where there are none, to today."""
    if entry.site is not None and (today - entry.on).days <= LOOK_BACK_DAYS:
        entries = checkins.list_entries(athlete_id, today - timedelta(days=LOOK_BACK_DAYS), today)
        asked, _ = checkins.warnings_for(athlete_id, entry, entries, today)
        if asked:
            return done("checkin-more", "", entry.id)
    return done("today", notice)


def missing_answers(form: QueryDict) -> tuple[Problem, ...]:
    if form.get("hurts") not in ("no", "yes", "wrong"):
        return (Problem("hurts", "The first question is not answered.", "Say whether something hurts."),)
    if form.get("hurts") == "yes" and not form.get("site"):
        return (Problem("site", "You did not say where it hurts.", "Choose the place that comes closest."),)
    return ()


def _context(frame: Frame, given: QueryDict, today: date) -> dict[str, Any]:
    recent = () if given else checkins.list_entries(frame.me, today - timedelta(days=1), today)
    plans = () if given else open_plans(frame.me, today)
    return stepper(interview(checkins.ran_lately(frame.me, today)), given, today) | {
        "follow_ups": follow_ups(recent, today),
        "planned": tuple(dict.fromkeys(_about(p.site, p.side) for p in plans)),
        "draft": "checkin",
        "save_url": reverse("checkin"),
    }


def stepper(steps: tuple[Step, ...], given: QueryDict, today: date) -> dict[str, Any]:
    """The questions with what is chosen in each."""
    return {
        "steps": [
            {f.name: getattr(step, f.name) for f in fields(step)} | {"chosen": given.getlist(step.id)} for step in steps
        ],
        "scale": SCALE,
        "body_map_url": reverse("body-map", args=[picker_name()]),
        "today": today,
        "days": DAYS,
        "chosen_day": given.getlist("day") or ["today"],
        "onset": given.get("onset", ""),
        "chosen_unusual": given.getlist(UNUSUAL),
        "other_day": given.get("other_day", ""),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def more(request: HttpRequest, entry_id: str) -> HttpResponse:
    """The warning signs worth asking after what was said. The check-in is saved already; this adds to it."""
    frame = frame_of(request, "checkin")
    today = clock.today()
    entries = checkins.list_entries(frame.me, today - timedelta(days=LOOK_BACK_DAYS), today)
    entry = next((e for e in entries if e.id == entry_id), None)
    if entry is None or entry.site is None:
        raise Http404
    asked, others = checkins.warnings_for(frame.me, entry, entries, today)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        found = findings_from_form(request.POST, asked, others)
        if not found:
            return done("today", "checkin")
        answer = checkins.record_findings(frame.me, entry, found, clock.now(), today)
        if isinstance(answer, Entry):
            return done("today", "checkin")
        problems = answer
    words = knowledge().questions
    return show(
        request, "checkin_more", frame, status=422 if problems else 200, problems=problems,
        where=capital(place(entry.site, entry.side)),
        asked=[Option(n, words[n]) for n in asked], more=[Option(n, words[n]) for n in others], chosen=(),
        triage_url=_triage_url(entry),
    )  # fmt: skip


def _triage_url(entry: Entry) -> str:
    """The interview about this complaint, with its place chosen."""
    given = {"site": entry.site or ""} | ({} if entry.side is None else {"side": entry.side.value})
    return f"{reverse('triage')}?{urlencode(given)}"


def _about(site: str, side: Side | None) -> FollowUp:
    """The place of a plan, so that what she says reaches that plan and no neighbour of the place."""
    given = {"hurts": "yes", "site": site} | ({} if side is None else {"side": side.value})
    return FollowUp(capital(place(site, side)), f"{reverse('checkin')}?{urlencode(given)}")


def follow_ups(entries: tuple[Entry, ...], today: date) -> tuple[FollowUp, ...]:
    """Yesterday's complaints without a morning entry: it is what makes their light final."""
    yesterday = today - timedelta(days=1)
    answered: dict[tuple[str, Side | None], bool] = {}
    for entry in entries:
        if entry.on == yesterday and entry.site is not None:
            key = (entry.site, entry.side)
            answered[key] = answered.get(key, False) or entry.moment is Moment.NEXT_MORNING
    return tuple(
        FollowUp(capital(place(*complaint)), _morning_url(*complaint)) for complaint, yes in answered.items() if not yes
    )


def _morning_url(site: str, side: Side | None) -> str:
    given = {"hurts": "yes", "day": "today", "site": site, "moment": MORNING}
    if side is not None:
        given["side"] = side.value
    return f"{reverse('checkin')}?{urlencode(given)}"
