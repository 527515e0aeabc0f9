"""/care : what a clinician said, and the conditions somebody has named."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from niggle.actions import athletes, clock, episodes
from niggle.actions.model import knowledge
from niggle.actions.plans.shown import open_plans
from niggle.actions.today import decide_today
from niggle.core.body import SITES, Side
from niggle.core.outcomes import Light, Problem
from niggle.core.profile import Clearance, Cleared, KnownCondition
from niggle.core.today import restrictions_on, weight_only_on
from niggle.web.dress.words import capital, plain_word
from niggle.web.frame import Frame, done, frame_of, refused, show
from niggle.wording.care import SAID, clearance_detail, clearance_line, condition_detail
from niggle.wording.interview import site_groups

_RESTRICTED: Final = "restricted"
SIDES: Final = (("left", "Left"), ("right", "Right"), ("both", "Both sides"))


@dataclass(frozen=True, slots=True)
class Word:
    say: str
    detail: str
    lift_url: str = ""  # of a word that keeps her from running: the form, filled so that it lifts this one
    lift_say: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    slug: str
    site: str
    side: str
    name: str
    detail: str
    since: str
    until: str
    seen: bool
    plan: bool
    improving: str
    key: str
    plan_url: str = ""


@require_safe
def care(request: HttpRequest) -> HttpResponse:
    """`?site=...&side=...` fills in the place, for a link from the day's page."""
    frame = frame_of(request, "more")
    given = {name: request.GET[name] for name in ("site", "side", "kind") if name in request.GET}
    context = _context(frame, given)
    kept = next((c for c in context["conditions"] if c.slug == request.GET.get("kept") and c.plan_url), None)
    return show(request, "care", frame, kept=kept, **context)


@require_POST
def clearance(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "more")
    form = request.POST
    plain = {name: form.get(name) or None for name in ("on", "by", "site", "side", "until", "note")}
    problems: tuple[Problem, ...] = ()
    kind = form.get("kind", "")
    if kind not in SAID:
        problems = (Problem("kind", "You did not say what was allowed.", "Choose one."),)
    elif kind != _RESTRICTED and plain["site"] is None and not (_holding(frame, None) or _red_all_over(frame)):
        # a word about no place in particular lifts nothing: it could be meant for another complaint
        problems = (Problem("site", "You did not say what was looked at.", "Choose the place that was cleared."),)
    word = {"restricts": True} if kind == _RESTRICTED else {"restricts": False, "lifts": kind}
    problems = problems or athletes.record_clearance(frame.me, plain | word, clock.now())
    if problems:
        return refused(request, "care", frame, problems, **_context(frame, form.dict()))
    return done("care", "clearance")


@require_POST
def condition(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, "more")
    form = request.POST
    plain: dict[str, Any] = {name: form.get(name) or None for name in ("slug", "site", "side", "since", "until")}
    plain |= {name: form.get(name) == "yes" for name in ("seen_by_professional", "plan_active")}
    plain["improving"] = {"yes": True, "no": False}.get(form.get("improving", ""))
    if plain["slug"] is None:
        problems: tuple[Problem, ...] = (Problem("slug", "You did not say which condition.", "Choose one."),)
    else:
        problems = athletes.name_condition(frame.me, plain, clock.now())
    if problems:
        return refused(request, "care", frame, problems, **_context(frame, {}))
    return done("care", "condition")


def _holding(frame: Frame, site: str | None) -> bool:
    """Whether a word about that place (None: about running as a whole) keeps her from running now."""
    today = clock.today()
    known = athletes.get_profile(frame.me, today)
    return any(w.site == site for w in (*restrictions_on(known, today), weight_only_on(known, today)) if w is not None)


def _red_all_over(frame: Frame) -> bool:
    """Whether a warning that was told without any place keeps today red: only a word about no place can lift it."""
    places = decide_today(frame.me, clock.today(), keep=False).decision.places
    return any(p.site is None and p.light is Light.RED for p in places)


def _lift_url(word: Clearance) -> str:
    given = {"site": word.site or "", "side": word.side.value if word.side is not None else ""}
    return f"{reverse('care')}?{urlencode(given | {'kind': Cleared.RUNNING.value})}"


def _context(frame: Frame, given: Mapping[str, str]) -> dict[str, Any]:
    today = clock.today()
    known = athletes.get_profile(frame.me, today)
    words = sorted(known.clearances, key=lambda word: word.on, reverse=True)
    holding = (*restrictions_on(known, today), weight_only_on(known, today))
    conditions = sorted(known.conditions, key=lambda c: (c.until is not None, c.slug))
    site = given.get("site", "")
    planned = {(s.condition, s.side) for s in open_plans(frame.me, today)}
    return {
        "words": [
            Word(
                clearance_line(word),
                clearance_detail(word, today),
                _lift_url(word) if word in holding else "",
                "Running is cleared now" if word.weight_only else "It was lifted",
            )
            for word in words
        ],
        "conditions": [_named(c, number, planned) for number, c in enumerate(conditions)],
        "names": condition_names(),
        "groups": site_groups(),
        "sides": SIDES,
        "today": today.isoformat(),
        "said": tuple(SAID.items()),
        # nothing is chosen for her: how far a clearance goes is what the clinician said
        "given": {"on": today.isoformat(), "kind": ""} | dict(given) | {"site": site if site in SITES else ""},
    }


@cache
def condition_names() -> tuple[tuple[str, str], ...]:
    """Slug and name of every condition there is knowledge about, by name."""
    known = knowledge().conditions
    return tuple(sorted(((slug, capital(known[slug].clinical)) for slug in known), key=lambda pair: pair[1]))


def _named(condition: KnownCondition, number: int, planned: Set[tuple[str, Side | None]]) -> Named:
    name = dict(condition_names()).get(condition.slug) or capital(plain_word(condition.slug.replace("-", " ")))
    return Named(
        condition.slug,
        condition.site or "",
        condition.side.value if condition.side is not None else "",
        name,
        condition_detail(condition),
        _iso(condition.since),
        _iso(condition.until),
        condition.seen_by_professional,
        condition.plan_active,
        "" if condition.improving is None else "yes" if condition.improving else "no",
        f"{number}-",
        "" if (condition.slug, condition.side) in planned else _plan_url(condition),
    )


def _plan_url(condition: KnownCondition) -> str:
    """Where a plan for it begins; empty where there is none, or where it is over."""
    if condition.until is not None or not episodes.has_plan(condition.slug):
        return ""
    side = "" if condition.side is None else condition.side.value
    given = {"condition": condition.slug, "site": condition.site or "", "side": side}
    given |= {} if condition.since is None else {"hurts_since": condition.since.isoformat()}
    return f"{reverse('plan-start')}?{urlencode(given)}"


def _iso(on: date | None) -> str:
    return "" if on is None else on.isoformat()
