"""/plan/start : a plan begun, or every reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from niggle.actions import athletes, clock
from niggle.actions.checkin_form import number
from niggle.actions.model import knowledge
from niggle.actions.plans.starting import Refused, open_since, start_plan
from niggle.actions.today import gather
from niggle.core.body import SITES
from niggle.core.outcomes import Problem
from niggle.core.protocol import Need
from niggle.core.units import M_PER_KM, named_m
from niggle.web.dress.plan import start as dress
from niggle.web.frame import Frame, done, frame_of, show
from niggle.web.views.care import SIDES
from niggle.web.views.plan import told
from niggle.wording.plans import see_line

FIELDS: Final = ("condition", "site", "side", "grade", "usual_week", "hurts_since", "last_run_on", "running", "imaged",
                 "diagnosed", "half_start", "race_on", "race_km", "race_name", "race_importance",
                 "race_prepared")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """`?condition=...&site=...&side=...` fills in what is known, for a link from elsewhere."""
    frame = frame_of(request, "plan")
    if request.method != "POST":
        return _page(request, frame, request.GET.dict())
    plain, problems = _plain(request, frame)
    if problems:
        return _page(request, frame, request.POST.dict(), Refused(problems))
    answer = start_plan(frame.me, plain, clock.now())
    if isinstance(answer, Refused):
        return _page(request, frame, request.POST.dict(), answer)
    return done("plan-one", "begun", answer.id)


def _plain(request: HttpRequest, frame: Frame) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    form = request.POST
    plain, problems = told(request, frame)
    plain |= {name: form[name].strip() for name in ("condition", "side", "site") if form.get(name, "").strip()}
    if form.get("running") in ("yes", "no"):
        plain["running"] = form["running"] == "yes"
    if form.get("race_on") or form.get("race_km"):
        race, wrong = race_plain(form, "race_")
        plain |= race
        problems += wrong
    return plain, problems


def race_plain(form: Mapping[str, str], prefix: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The fields of a race; its distance is in kilometres, as races name it."""
    plain: dict[str, Any] = {
        f"{prefix}{name}": form[f"{prefix}{name}"].strip()
        for name in ("on", "name", "importance")
        if form.get(f"{prefix}{name}", "").strip()
    }
    if form.get(f"{prefix}prepared") in ("yes", "no"):
        plain[f"{prefix}prepared"] = form[f"{prefix}prepared"] == "yes"
    text = form.get(f"{prefix}km", "").strip()
    if not text:
        return plain, ()
    named = named_m(text)
    value = number(text) if named is None else named / M_PER_KM
    if isinstance(value, str):
        message = f"“{text}” is not a number."
        return plain, (Problem(f"{prefix}km", message, "Digits, with a point or a comma; or half, or marathon."),)
    return plain | {f"{prefix}km": value}, ()


def _page(request: HttpRequest, frame: Frame, given: Mapping[str, str], refusal: Refused | None = None) -> HttpResponse:
    known = knowledge()
    condition = known.condition(given.get("condition", ""))
    protocol = None if condition is None else known.protocols.get(condition.id)
    values = {name: given.get(name, "") for name in FIELDS}
    if condition is not None:
        values["condition"] = condition.id
    if values["site"] not in SITES:
        values["site"] = ""
    if condition is not None and refusal is None and not values["hurts_since"]:
        open_ = open_since(athletes.get_profile(frame.me, clock.today()), condition.id, values["side"] or None)
        values["hurts_since"] = "" if open_ is None else open_.isoformat()
    return show(
        request, "plan/start", frame, status=200 if refusal is None else 422, given=values,
        groups=() if condition is not None else dress.condition_choices(known),
        open=() if condition is not None else _open(frame),
        sides=SIDES, today=clock.today().isoformat(),
        chosen=None
        if condition is None
        else dress.chosen(condition, protocol, reverse("condition", args=[condition.id])),
        sites=() if condition is None else dress.sites(condition),
        grades=dress.grades(protocol),
        half_offered=protocol is not None and dress.may_half(protocol),
        needs_image=protocol is not None and protocol.need is Need.IMAGING_AND_CLEARANCE,
        problems=() if refusal is None else dress.problems(refusal.problems, known, values, _urls()),
        see="" if refusal is None or refusal.see is None else see_line(refusal.see.see),
        urgency="" if refusal is None or refusal.see is None else refusal.see.urgency.code,
    )  # fmt: skip


def _open(frame: Frame) -> tuple[dress.Open, ...]:
    today = clock.today()
    conditions = athletes.get_profile(frame.me, today).conditions
    return dress.open_complaints(conditions, gather(frame.me, today).plan, today, reverse("plan-start"), knowledge())


def _urls() -> dict[str, str]:
    return {"care": reverse("care"), "plan": reverse("plan"), "triage": reverse("triage")}
