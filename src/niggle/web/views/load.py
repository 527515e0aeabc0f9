"""/load : weeks, spikes, tissues, and a run that has not happened yet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from niggle.actions import clock
from niggle.actions.checkins import list_entries
from niggle.actions.load import load_view, whatif
from niggle.actions.model import knowledge
from niggle.core.body import LoadTissue
from niggle.core.outcomes import Problem
from niggle.core.units import M_PER_FOOT
from niggle.web import bundle
from niggle.web.dress import body_map
from niggle.web.dress import load as dress
from niggle.web.dress.checkin.form import number
from niggle.web.dress.today import Empty
from niggle.web.frame import Frame, frame_of, show

SPANS: Final = (12, 26, 52)  # weeks
ASKED: Final = ("distance", "descent", "minutes")


@require_safe
def load(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "load")
    on = clock.today()
    weeks = next((n for n in SPANS if str(n) == request.GET.get("weeks")), SPANS[0])
    view = load_view(frame.athlete, on, weeks)
    if not len(view.history):
        return show(request, "load", frame, page={"empty": _EMPTY()})
    known = knowledge()
    chosen = next((t for t in LoadTissue if t.value == request.GET.get("tissue")), dress.most_loaded(view.states))
    reasons, _ = dress.spike_reasons(view.spikes, known.sources, frame.units)
    span = "" if weeks == SPANS[0] else f"&weeks={weeks}"
    asked = {name: request.GET.get(name, "").strip() for name in ASKED}
    page: dict[str, Any] = {
        "charts": True,
        "spans": [{"name": f"{n} weeks", "url": f"?weeks={n}", "current": n == weeks} for n in SPANS],
        "weeks": dress.weeks_chart(view.weeks, frame.units),
        "spikes": dress.spikes_chart(view.history, view.spikes, dress.first_day(on, weeks), weeks, frame.units),
        "reasons": reasons,
        "tissues": dress.tissue_lines(view.states, known, chosen, span),
        "tissue": dress.tissue_chart(view.series, view.states[chosen], known),
        "body": body_map.loads(view.states),
        "hurts": body_map.hurts(list_entries(frame.athlete, on - timedelta(weeks=body_map.WEEKS), on)),
        "asked": asked,
        "height_unit": _height_unit(frame),
    }
    if any(asked.values()):
        answer = _whatif(frame, on, asked)
        if isinstance(answer, tuple):
            page["whatif_problems"] = answer
        else:
            page["whatif"] = dress.whatif_card(answer, known, frame.units)
    return show(request, "load", frame, page=page, bundle_url=reverse("bundle", args=[bundle.name()]))


def _whatif(frame: Frame, on: Any, asked: dict[str, str]) -> Any:
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
