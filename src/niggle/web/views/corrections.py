"""/checkin/history : what was said lately; /checkin/ID/correct : the same form again, filled, replacing one entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from niggle.actions import checkins, clock
from niggle.actions.checkin_form import number
from niggle.actions.model import knowledge
from niggle.core.checkin import Entry
from niggle.web.dress.checkin import Step, also_step, corrected, form_from_entry, plain_from_form
from niggle.web.dress.load import per_unit
from niggle.web.dress.today import Empty
from niggle.web.dress.words import relative_day
from niggle.web.frame import frame_of, refused, show
from niggle.web.views.checkin import after_saving, interview, missing_answers, stepper
from niggle.wording.checkin import entry_line, entry_signs, pains_line

MORE_DAYS: Final = 2  # warning signs are added to what was said just now
SHOWN_DAYS: Final = 28  # older ones are listed only while they still warn


@dataclass(frozen=True, slots=True)
class Line:
    say: str
    day: str
    signs: str
    replaced: bool
    url: str  # where it is put right; the demo runner's are only looked at
    more: str  # where a warning sign is added to it; empty for what is old or names no place


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "checkin")
    today = clock.today()
    first = today - timedelta(days=SHOWN_DAYS)
    entries = checkins.list_entries(frame.athlete, first, today, warnings_before=True)
    gone = {e.corrects for e in entries}
    labels = {name: finding.label for name, finding in knowledge().findings.items()}
    shown = [e for e in entries if e.on >= first or e.id not in gone]
    shown.sort(key=lambda e: (e.on, e.recorded_at), reverse=True)
    lines = [
        Line(entry_line(e), relative_day(e.on, today), ", ".join(entry_signs(e, labels)), e.id in gone,
             "" if frame.is_demo else reverse("checkin-correct", args=[e.id]),
             _more(e, frame.is_demo, e.id in gone, today))
        for e in shown
    ]  # fmt: skip
    empty = Empty(
        "Your check-ins will stand here", "Each one as you gave it. A slip of the finger can be put right.",
        reverse("checkin"), "Check in",
    )  # fmt: skip
    return show(request, "checkin_history", frame, lines=lines, empty=None if lines else empty)


def _more(entry: Entry, demo: bool, gone: bool, today: date) -> str:
    open_ = entry.site is not None and not entry.withdraws and not gone and (today - entry.on).days <= MORE_DAYS
    return reverse("checkin-more", args=[entry.id]) if open_ and not demo else ""


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, entry_id: str) -> HttpResponse:
    frame = frame_of(request, "checkin")
    today = clock.today()
    entry = checkins.get_entry(frame.me, entry_id)
    if entry is None:
        raise Http404
    known = knowledge()
    asked = (*interview()[:-1], replace(interview()[-1], options=()))  # what was unusual is told, not corrected
    was = form_from_entry(entry, asked, today, per_unit(frame.units))
    also = also_step(entry, asked, was, {name: finding.question for name, finding in known.findings.items()})
    if request.method != "POST":
        return show(request, "checkin", frame, **_context(entry, asked, also, _form(was, also), today))
    problems = missing_answers(request.POST)
    if not problems:
        plain = plain_from_form(request.POST, asked, today, frame.units.distance_unit)
        plain = corrected(entry, plain, also, request.POST)
        sure = request.POST.get("sure") == "yes"
        answer = checkins.record_checkin(frame.me, plain, clock.now(), today, sure=sure)
        if isinstance(answer, Entry):
            return after_saving(frame.me, answer, today, "corrected")
        problems = answer
    return refused(request, "checkin", frame, problems, **_context(entry, asked, also, request.POST, today))


def _form(was: dict[str, list[str]], also: Step | None) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, values in was.items():
        form.setlist(name, values)
    if also is not None:
        form.setlist(also.id, [option.value for option in also.options])
    return form


def _context(entry: Entry, asked: tuple[Step, ...], also: Step | None, form: QueryDict, today: date) -> dict[str, Any]:
    shown = asked if also is None else (*asked[:-1], replace(also), asked[-1])
    if pains := pains_line(entry):
        hint = f"You said {pains}. Another score takes the place of the worst; what was lower stays."
        shown = tuple(replace(step, hint=hint) if step.kind == "pain" else step for step in shown)
    page = stepper(shown, form, today)
    halves = {
        value for value in form.getlist("pain") if value not in page["scale"] and isinstance(number(value), float)
    }
    return page | {
        "scale": sorted({*page["scale"], *halves}, key=float),
        "fresh": False,
        "correcting": entry_line(entry),
        "draft": f"correct-{entry.id}",
        "warned": bool(checkins.warning_signs(entry)),
        "save_url": reverse("checkin-correct", args=[entry.id]),
    }
