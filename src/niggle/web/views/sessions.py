"""/sessions : the list, one session, and one typed in."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niggle.actions import clock, shoes
from niggle.actions import sessions as actions
from niggle.actions.checkin_form import number
from niggle.core.outcomes import Problem
from niggle.core.session.types import RUN_SPORTS, Sport
from niggle.core.units import M_PER_FOOT
from niggle.web import bundle
from niggle.web.dress import sessions as dress
from niggle.web.dress.checkin import Option
from niggle.web.dress.load import per_unit
from niggle.web.dress.today import Empty
from niggle.web.dress.words import day_text
from niggle.web.frame import Frame, done, frame_of, refused, show

MONTHS: Final = 3  # a page's worth
_FILTERS: Final = (("runs", "All runs"), *((s.value, name) for s, name in dress.SPORT_NAMES.items()))


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "more")
    today = clock.today()
    sport = next((value for value, _ in _FILTERS if value == request.GET.get("sport")), "")
    until = _day(request.GET.get("until", "")) or today
    first = _months_back(until, MONTHS - 1)
    rows = actions.list_sessions(frame.athlete, first, until, sport or None)
    urls = {row.id: reverse("session", args=[row.id]) for row in rows}
    earlier = first - timedelta(days=1)
    query = f"&sport={sport}" if sport else ""
    older = bool(actions.list_sessions(frame.athlete, None, earlier, sport or None)) if not rows else True
    page = {
        "sports": _FILTERS,
        "sport": sport,
        "until": until,
        "filter": bool(rows) or older or bool(sport) or until != today,
        "months": dress.months(rows, frame.units, frame.settings.clock, urls),
        "earlier_url": f"?until={earlier.isoformat()}{query}" if older else "",
        "empty": None if rows else _empty(sport, older),
    }
    return show(request, "sessions", frame, page=page)


def _empty(sport: str, older: bool) -> Empty:
    if older or sport:
        return Empty("Nothing in these months", "Look further back, or choose another sport.")
    return Empty(
        "Your sessions will be listed here",
        "Runs and everything else that loads your legs, month by month.",
        reverse("import"), "Import my training", "Or add one by hand", reverse("session-add"),
    )  # fmt: skip


@require_safe
def detail(request: HttpRequest, session_id: str) -> HttpResponse:
    frame = frame_of(request, "more")
    return show(request, "session", frame, **_detail(frame, session_id))


def _detail(frame: Frame, session_id: str) -> dict[str, Any]:
    found = actions.get_session(frame.athlete, session_id)
    if found is None:
        raise Http404
    row = found.listed
    pairs = shoes.list_shoes(frame.athlete) if row.sport in RUN_SPORTS else ()
    charts = dress.stream_charts(found.streams, row.sport, frame.units) if found.streams is not None else ()
    start = dress.time_text(dress.local_start(row), frame.settings.clock)
    notes = [f"{n.message}{f' ({n.place})' if n.place else ''}" for n in found.notes]
    if found.streams_problem:
        notes.insert(0, found.streams_problem)
    page = {
        "name": dress.name_of(row),
        "when": f"{day_text(row.on)}, {start} · {dress.SPORT_NAMES[row.sport]}",
        "figures": dress.totals(row, found.session.avg_cadence_spm, frame.units),
        "charts": charts,
        "notes": notes,
        "tags": [Option(tag.value, name) for tag, name in dress.TAG_NAMES.items()],
        "chosen_tags": [tag.value for tag in row.tags],
        "surfaces": [(s.value, name) for s, name in dress.SURFACE_NAMES.items()],
        "surface": row.surface.value if row.surface else "",
        "low_side": row.low_side or "",
        "shoes": [(p.shoe.id, p.shoe.name) for p in pairs if p.shoe.retired_on is None or p.shoe.id == row.shoe],
        "shoe": row.shoe or "",
        "label_url": reverse("session-label", args=[row.id]),
    }
    return {"page": page, "bundle_url": reverse("bundle", args=[bundle.name()])}


@require_POST
def label(request: HttpRequest, session_id: str) -> HttpResponse:
    frame = frame_of(request, "more")
    found = actions.get_session(frame.athlete, session_id)
    if found is None:
        raise Http404
    now = clock.now()
    problems = actions.label_session(
        frame.athlete, session_id, now, request.POST.getlist("tags"),
        request.POST.get("surface") or None, request.POST.get("low_side") or None,
    )  # fmt: skip
    shoe = request.POST.get("shoe") or None
    if not problems and "shoe" in request.POST and shoe != found.listed.shoe:
        problems = shoes.assign_shoe(frame.athlete, [session_id], shoe, now)
    if problems:
        return refused(request, "session", frame, problems, **_detail(frame, session_id))
    return done("session", "label", session_id)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "more")
    names = ("sport", "on", "start", "distance", "minutes", "ascent", "descent")
    values = {name: request.POST.get(name, "") for name in names}
    context: dict[str, Any] = {
        "sports": [(s.value, name) for s, name in dress.SPORT_NAMES.items()],
        "today": clock.today(),
        "height_unit": "m" if frame.units.distance_unit == "km" else "ft",
    }
    if request.method != "POST":
        values |= {"sport": Sport.RUN.value, "on": clock.today().isoformat()}
        return show(request, "session_add", frame, values=values, **context)
    plain, problems = _manual(values, frame)
    if not problems:
        answer = actions.add_manual(frame.me, plain, clock.now())
        if not isinstance(answer, tuple):
            return done("session", "session", answer.id)
        problems = answer
    return refused(request, "session_add", frame, problems, values=values, **context)


def _manual(values: dict[str, str], frame: Frame) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    height = 1.0 if frame.units.distance_unit == "km" else M_PER_FOOT
    factors = {
        "distance": ("distance_m", per_unit(frame.units)),
        "minutes": ("duration_s", 60.0),
        "ascent": ("ascent_m", height),
        "descent": ("descent_m", height),
    }
    plain: dict[str, Any] = {"sport": values["sport"]}
    problems = []
    for name, (key, factor) in factors.items():
        if values[name]:
            value = number(values[name])
            if isinstance(value, str):
                problems.append(Problem(key, f"“{value}” is not a number.", "Digits, with a point or a comma."))
            else:
                plain[key] = value * factor
    on = _day(values["on"])
    at = _time(values["start"])
    if on is None:
        problems.append(Problem("start", "The day is missing.", "As in 2026-05-04."))
    if at is None:
        problems.append(Problem("start", f"“{values['start']}” is not a time of day.", "As in 18:05."))
    if on is not None and at is not None:
        plain["start"] = datetime.combine(on, at).astimezone().isoformat()
    return plain, tuple(problems)


def _time(text: str) -> time | None:
    """A time of day; noon where none is given, which is before the end of any day she could mean."""
    if not text:
        return time(0, 0)
    try:
        return time.fromisoformat(text.strip() if ":" in text else f"{text.strip()}:00")
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _months_back(on: date, months: int) -> date:
    """The first day of the month so many months before."""
    index = on.year * 12 + on.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(1, monthrange(year, month + 1)[1]))
