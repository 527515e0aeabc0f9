"""/more, /settings : how things are shown, what the rules may know of her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import niggle
from niggle.actions import athletes, clock
from niggle.actions.checkin_form import number
from niggle.core.profile import Mode, Profile
from niggle.web.dress.checkin import Option
from niggle.web.frame import Frame, done, frame_of, refused, show

THEMES: Final = (("system", "As the device"), ("light", "Light"), ("dark", "Dark"))


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    name: str
    options: tuple[Option, ...]
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    id: str
    name: str
    value: str
    type: str = "text"
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    say: str
    url: str


_CHOICES: Final = (
    ("units", "Distances", (Option("km", "Kilometres"), Option("mi", "Miles"))),
    (
        "pace_or_speed",
        "Running speed",
        (Option("pace", "Pace", "5:30 /km"), Option("speed", "Speed", "10.9 km/h")),
    ),
    ("week_starts", "The week begins on", (Option("monday", "Monday"), Option("sunday", "Sunday"))),
    ("clock", "Time of day", (Option("24", "18:05"), Option("12", "6:05 pm"))),
    ("theme", "Light or dark", tuple(Option(value, name) for value, name in THEMES)),
)
_KEEP: Final = Option("yes", "Keep the original files", "They take room and are not needed for any page.")
_YES_NO: Final = (("yes", "Yes"), ("no", "No"))
_SEX: Final = (("female", "Female"), ("male", "Male"), ("other", "Other"))
_MODES: Final = (
    (Mode.BUILD.value, "Building as usual"),
    (Mode.COMEBACK.value, "Coming back after a break"),
    (Mode.LADDER.value, "On a run-walk programme"),
)
# name of the profile fact -> what it is called, kind
_FACTS: Final = (
    ("born_on", "Date of birth", "date"),
    ("sex", "Sex", "sex"),
    ("mode", "Right now I am", "mode"),
    ("mass_kg", "Weight, kg", "number"),
    ("sleep_h", "Usual sleep, hours a night", "number"),
    ("injuries_last_12_months", "Running injuries in the last 12 months", "number"),
    ("prior_bone_injury", "A stress fracture before", "yes_no"),
    ("missed_periods", "Missed periods", "yes_no"),
    ("under_eating", "Often eating less than the training needs", "yes_no"),
    ("low_bmi", "Underweight", "yes_no"),
    ("osteoporosis", "Osteoporosis", "yes_no"),
    ("after_menopause", "After menopause", "yes_no"),
    ("cancer_history", "Cancer at any time", "yes_no"),
    ("recent_immobilisation", "A boot, cast, surgery or long travel in the last 4 weeks", "yes_no"),
    ("at_volume_limit", "My weeks are as long as I want them", "yes_no"),
)


@require_safe
def more(request: HttpRequest) -> HttpResponse:
    links = (
        Link("Something hurts", "How soon to see whom, what it may be, what to do tonight", reverse("triage")),
        Link("Sessions", "Your runs and everything else you logged", reverse("sessions")),
        Link("Coach", "Form, fuel, sleep, mood, what to expect, the season", reverse("coach")),
        Link("Library", "Complaints of runners, words, questions and answers", reverse("library")),
        Link("Import", "Bring your training here, see what became of it", reverse("import")),
        Link("Care", "What a clinician said, conditions with a name", reverse("care")),
        Link("Shoes", "Pairs, their distance, when to retire them", reverse("shoes")),
        Link("Settings", "Kilometres or miles, about you, your data", reverse("settings")),
    )
    return show(request, "more", frame_of(request, "more"), links=links, themes=THEMES, version=niggle.__version__)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "more")
    if request.method != "POST":
        return show(request, "settings", frame, **settings_context(frame))
    changes: dict[str, object] = {k: request.POST[k] for k, _, _ in _CHOICES if k in request.POST}
    changes["keep_originals"] = "yes" in request.POST.getlist("keep_originals")
    problems = athletes.change_settings(frame.me, **changes)
    return (
        refused(request, "settings", frame, problems, **settings_context(frame))
        if problems
        else done("settings", "settings")
    )


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "more")
    problems = athletes.change_settings(frame.me, theme=request.POST.get("theme", ""))
    return (
        refused(request, "settings", frame, problems, **settings_context(frame))
        if problems
        else done("more", "settings")
    )


@require_POST
def profile(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "more")
    now, today = clock.now(), clock.today()
    plain = {name: _given(request.POST.get(name, ""), kind) for name, _, kind in _FACTS if name in request.POST}
    known = athletes.get_profile(frame.me, today)
    plain = {k: v for k, v in plain.items() if v != _plain(getattr(known, k))}
    problems = athletes.change_profile(frame.me, plain, now)
    return (
        refused(request, "settings", frame, problems, **settings_context(frame))
        if problems
        else done("settings", "profile")
    )


def settings_context(frame: Frame) -> dict[str, Any]:
    chosen = frame.settings
    known = athletes.get_profile(frame.me, clock.today())
    return {
        "groups": [Choice(key, name, options, (getattr(chosen, key),)) for key, name, options in _CHOICES],
        "keep_option": _KEEP,
        "keep_chosen": ("yes",) if chosen.keep_originals else (),
        "fields": [_field(known, name, label, kind) for name, label, kind in _FACTS],
    }


def _field(known: Profile, name: str, label: str, kind: str) -> Field:
    options = {"yes_no": _YES_NO, "sex": _SEX, "mode": _MODES}.get(kind, ())
    return Field(name, label, _text(getattr(known, name)), "date" if kind == "date" else "text", options)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value.value if isinstance(value, StrEnum) else _plain(value))


def _given(text: str, kind: str) -> object:
    if text == "":
        return Mode.BUILD.value if kind == "mode" else None
    if kind == "number":
        return number(text)
    return text == "yes" if kind == "yes_no" else text
