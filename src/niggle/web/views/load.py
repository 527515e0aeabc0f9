"""/load : weeks, spikes, tissues, and a run that has not happened yet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from niggle.actions import clock
from niggle.actions.checkin_form import number
from niggle.actions.checkins import list_entries
from niggle.actions.load import last_run_day, load_view, whatif
from niggle.actions.model import knowledge
from niggle.core.body import LoadTissue
from niggle.core.outcomes import Problem
from niggle.core.units import M_PER_FOOT
from niggle.web import bundle
from niggle.web.dress import body_map
from niggle.web.dress import load as dress
from niggle.web.dress.today import Empty
from niggle.web.dress.words import day_text
from niggle.web.frame import Frame, frame_of, show
from niggle.wording.units import counted

SPANS: Final = (12, 26, 52)  # weeks
ASKED: Final = ("distance", "descent", "minutes")


@require_safe
def load(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "load")
    today = clock.today()
    on = _until(request.GET.get("until"), today)
    weeks = next((n for n in SPANS if str(n) == request.GET.get("weeks")), SPANS[0])
    last = last_run_day(frame.athlete, on)
    if last is None:
        return show(request, "load", frame, page={"empty": _EMPTY()})
    known = knowledge()
    asked = {name: request.GET.get(name, "").strip() for name in ASKED}
    past = "" if on == today else f"&until={on.isoformat()}"
    page: dict[str, Any] = {
        "spans": [{"name": f"{n} weeks", "url": f"?weeks={n}{past}", "current": n == weeks} for n in SPANS],
        "as_of": None if on == today else day_text(on),
        "hurts": body_map.hurts(list_entries(frame.athlete, on - timedelta(weeks=body_map.WEEKS), on)),
        "asked": asked,
        "height_unit": _height_unit(frame),
    }
    if any(asked.values()):
        answer = _whatif(frame, today, asked)
        if isinstance(answer, tuple):
            page["whatif_problems"] = answer
        else:
            page["whatif"] = dress.whatif_card(answer, known, frame.units)
    view = load_view(frame.athlete, on, weeks)
    if not any(week.runs for week in view.weeks):
        page["quiet"] = _quiet(last, on, weeks)
        return show(request, "load", frame, page=page)
    chosen = next((t for t in LoadTissue if t.value == request.GET.get("tissue")), dress.most_loaded(view.states))
    reasons, _ = dress.spike_reasons(view.spikes, known.sources, frame.units)
    span = past if weeks == SPANS[0] else f"&weeks={weeks}{past}"
    page |= {
        "charts": True,
        "weeks": dress.weeks_chart(view.weeks, frame.units, on),
        "spikes": dress.spikes_chart(view.history, view.spikes, dress.first_day(on, weeks), weeks, frame.units),
        "reasons": reasons,
        "tissues": (above := dress.tissue_lines(view.states, known, chosen, span, above=True)),
        "calm": dress.tissue_lines(view.states, known, chosen, span, above=False),
        "calm_open": bool(request.GET.get("tissue")) and not any(t.current for t in above),
        "tissue": dress.tissue_chart(view.series, view.states[chosen], known),
        "body": body_map.loads(view.states),
    }
    return show(request, "load", frame, page=page, bundle_url=reverse("bundle", args=[bundle.name()]))


def _until(text: str | None, today: date) -> date:
    """The day asked for, today where it is none or lies ahead."""
    try:
        return min(date.fromisoformat(text or ""), today)
    except ValueError:
        return today


def _quiet(last: date, on: date, weeks: int) -> Empty:
    """Nothing was run in the weeks shown: where the last run is, and the weeks that hold some."""
    longer = next((n for n in SPANS if n > weeks and (on - last).days < 7 * (n - 1)), None)
    return Empty(
        f"No run in the {weeks} weeks up to {day_text(on)}",
        f"Your last run was on {day_text(last)}, {counted((on - last).days // 7, 'week')} before.",
        f"?until={last.isoformat()}", "Show the weeks up to that run",
        "" if longer is None else f"Show {longer} weeks",
        "" if longer is None else f"?weeks={longer}" + ("" if on == clock.today() else f"&until={on.isoformat()}"),
    )  # fmt: skip


def _whatif(frame: Frame, on: date, asked: dict[str, str]) -> Any:
    factors = {
        "distance": ("distance_m", dress.per_unit(frame.units)),
        "descent": ("descent_m", 1.0 if frame.units.distance_unit == "km" else M_PER_FOOT),
        "minutes": ("duration_s", 60.0),
    }
    planned: dict[str, float] = {}
    for name, text in asked.items():
        if not text:
            continue
        value = number(text)
        if isinstance(value, str):
            return (Problem(name, f"“{text}” is not a number.", "Digits, with a point or a comma."),)
        key, factor = factors[name]
        planned[key] = value * factor
    return whatif(frame.athlete, on, planned)


def _height_unit(frame: Frame) -> str:
    return "m" if frame.units.distance_unit == "km" else "ft"


def _EMPTY() -> Empty:  # noqa: N802 - addresses are known only once Django runs
    return Empty(
        "Your load will stand here",
        "Weekly volume with its lighter weeks, sudden jumps, and what each tissue carries against what it is used to.",
        reverse("import"), "Import my training",
    )  # fmt: skip
