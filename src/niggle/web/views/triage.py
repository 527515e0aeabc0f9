"""/triage : something hurts. In her own words or by questions, one to a screen, to how soon and what it may be."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from niggle.actions import clock, day_words, episodes, summaries, triage
from niggle.actions.interviews import SIDE, SITE, WARNINGS, Interview
from niggle.actions.model import knowledge
from niggle.actions.stories import Looked, read_text, triage_text
from niggle.actions.told import story_told
from niggle.core.body import SITES
from niggle.core.outcomes import Problem, Urgency
from niggle.web.dress import body_map
from niggle.web.dress import triage as dress
from niggle.web.dress.body_map import picker_name
from niggle.web.dress.checkin import Option
from niggle.web.dress.words import capital
from niggle.web.frame import Frame, done, frame_of, show
from niggle.wording import asking, clinician
from niggle.wording import episodes as kept_words
from niggle.wording.interview import site_groups

SEXES: Final = (Option("female", "Female"), Option("male", "Male"), Option("other", "Other"))
SCALE: Final = tuple(str(n) for n in range(11))
SHOWN_PAIN: Final = 6.0  # of 10: how densely a place is drawn; the mark says where, not how much
TEXT, CONFIRM, PLACE, ABOUT = "text", "confirm", "place", "about"


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Where an interview begins, or is found again."""
    frame = frame_of(request, "triage")
    if request.method == "POST":
        return _begin(request, frame)
    found = triage.current(frame.me)
    left = None if found is None or not found.begun else found
    return show(
        request, "triage/start", frame, left=left, left_lines=() if left is None else _left_lines(left),
        site=request.GET.get("site", ""), side=[request.GET.get("side", "")], **_map(),
    )  # fmt: skip


def _map() -> dict[str, Any]:
    """What the choice of a place needs: the drawn body, the list, the sides."""
    return {
        "groups": site_groups(),
        "sides": dress.SIDES,
        "body_map_url": reverse("body-map", args=[picker_name()]),
    }


def _left_lines(state: Interview) -> tuple[str, ...]:
    lines = [dress.where_text(w) for w in state.places]
    if state.text:
        words = " ".join(state.text.split())
        lines.append(f"“{words[:120]}{'…' if len(words) > 120 else ''}”")
    return tuple(lines)


def _begin(request: HttpRequest, frame: Frame) -> HttpResponse:
    now = clock.now()
    state = triage.start(frame.me, now)
    words, site = request.POST.get("text", ""), request.POST.get("site")
    if words.strip():
        triage.tell(frame.me, state.key, words, now)
    if site in SITES:
        triage.place(frame.me, state.key, site, _side(request), now)
    _heed(frame, state.key)
    return redirect("triage-step", key=state.key)


def _heed(frame: Frame, key: str) -> None:
    """An emergency is on Today as soon as it is told."""
    day_words.heed(frame.me, key, clock.now(), clock.today(), shown=False)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, key: str) -> HttpResponse:
    """The next question of an interview, or the one asked for by ?ask=."""
    frame = frame_of(request, "triage")
    state = _state(frame, key)
    if request.method != "POST":
        return _screen(request, frame, state, request.GET.get("ask"))
    problems = _take(request, frame, state)
    _heed(frame, key)
    if problems:
        return _screen(request, frame, state, request.POST.get("ask"), problems)
    if request.POST.get("then") == "result":
        return redirect("triage-result", key=key)
    return redirect("triage-step", key=key)


@require_safe
def result(request: HttpRequest, key: str) -> HttpResponse:
    """What can be said now. It may be looked at any time; what it asks for is then on Today as well."""
    frame = frame_of(request, "triage")
    state = _state(frame, key)
    looked = triage.look(frame.me, state, clock.today())
    day_words.heed(frame.me, key, clock.now(), clock.today(), shown=True, looked=looked if state.confirmed else None)
    return _result(request, frame, _state(frame, key), looked=looked)


def _result(
    request: HttpRequest, frame: Frame, state: Interview, problems: tuple[Problem, ...] = (),
    looked: Looked | None = None,
) -> HttpResponse:  # fmt: skip
    looked = looked or triage.look(frame.me, state, clock.today())
    library = reverse("condition", args=["SLUG"])
    side, since = episodes.side_of(state), episodes.began_on(state, clock.today())
    given = {"condition": "SLUG"} | ({} if side is None else {"side": side.value})
    given |= {} if since is None else {"hurts_since": since.isoformat()}
    plan = f"{reverse('plan-start')}?{urlencode(given)}"
    page = dress.result_page(looked, state, knowledge(), frame.units, library, plan)
    names = knowledge().conditions
    options = [(slug, capital(names[slug].clinical)) for slug in episodes.choices(looked)]
    begins = episodes.plan_for(looked)
    keep_it = {
        "plan": None if begins is None else {
            "url": plan.replace("SLUG", begins), "button": kept_words.START,
            "name": kept_words.plan_of(names[begins].clinical),
        },
        "button": kept_words.BUTTON, "hint": kept_words.HINT, "as": kept_words.OTHER, "options": options,
        "as_hint": kept_words.OTHER_HINT,
    } if options else None  # fmt: skip
    return show(
        request, "triage/result", frame, status=422 if problems else 200, page=page, key=state.key, state=state,
        more=bool(looked.next or triage.warnings_to_ask(state, looked)), keep_it=keep_it, problems=problems,
        on_today=_on_today(frame, state, looked.triage.urgency),
    )  # fmt: skip


def _on_today(frame: Frame, state: Interview, urgency: Urgency) -> dict[str, str] | None:
    """What the day knows of it, with the button for the other way; None where it knows nothing."""
    if state.not_hers:
        return {"say": kept_words.TAKEN_BACK, "button": kept_words.ABOUT_ME, "do": "keep"}
    if not state.kept:
        return None
    say, button = kept_words.on_today(urgency, more=day_words.holds_more(frame.me, state, clock.today()))
    return {"title": kept_words.ON_TODAY, "say": say, "button": button, "do": "back"}


@require_http_methods(["POST"])
def day(request: HttpRequest, key: str) -> HttpResponse:
    """What was kept of it on the day is taken back, or kept after all."""
    frame = frame_of(request, "triage")
    _state(frame, key)
    act = day_words.keep_again if request.POST.get("do") == "keep" else day_words.take_back
    act(frame.me, key, clock.now(), clock.today())
    return redirect("triage-result", key=key)


@require_safe
def summary(request: HttpRequest, key: str) -> HttpResponse:
    """One page to print and take along."""
    frame = frame_of(request, "triage")
    state = _state(frame, key)
    told = [(site, where.side) for where in state.places for site in where.sites]
    return show(
        request, "triage/summary", frame, key=key, page=summaries.summary(frame.me, key, clock.today(), frame.units),
        body=body_map.places(told, SHOWN_PAIN), title=clinician.TITLE, note=clinician.NOTE, none=clinician.NONE,
        load=clinician.LOAD, head=clinician.HEAD,
    )  # fmt: skip


@require_http_methods(["POST"])
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """What is suspected becomes an open complaint, which check-ins know of."""
    frame = frame_of(request, "triage")
    state = _state(frame, key)
    found = episodes.keep(frame.me, key, clock.now(), clock.today(), request.POST.get("condition") or None)
    if not isinstance(found, episodes.Episode):
        return _result(request, frame, state, found)
    if found.to_be_seen:
        return done("care", "kept")
    return redirect(f"{reverse('care')}?{urlencode({'done': 'kept', 'kept': found.condition.slug})}")


@require_http_methods(["POST"])
def end(request: HttpRequest, key: str) -> HttpResponse:
    frame = frame_of(request, "triage")
    _state(frame, key)
    triage.end(frame.me, key, clock.now())
    return redirect("triage")


def _state(frame: Frame, key: str) -> Interview:
    state = triage.get(frame.me, key)
    if state is None:
        raise Http404
    return state


def _side(request: HttpRequest) -> str | None:
    """The side that was chosen, where the place has sides."""
    site, side = SITES.get(request.POST.get("site", "")), request.POST.get("side")
    return side if site is not None and site.paired and side in {o.value for o in dress.SIDES} else None


# ---- taking an answer


def _take(request: HttpRequest, frame: Frame, state: Interview) -> tuple[Problem, ...]:
    form, me, key, now = request.POST, frame.me, state.key, clock.now()
    asked = form.get("ask", "")
    if asked == TEXT:
        triage.tell(me, key, form.get("text", ""), now)
        return ()
    if asked == CONFIRM:
        told = read_text(state.text or "", on=state.started_at.date())[0]
        places = () if form.get("none") else story_told(told).places
        plain = dress.confirmed_from_form({} if form.get("none") else form, told, places, knowledge())
        return triage.confirm(me, key, plain, now)
    if asked == PLACE:
        if form.get("value") == dress.UNKNOWN:
            return triage.place(me, key, None, None, now)
        if not form.get("site"):
            return (Problem("site", "You did not say where it hurts.", "Choose the place that comes closest."),)
        return triage.place(me, key, form.get("site"), _side(request), now)
    if asked in (SITE, SIDE):
        value = form.get("value")
        return triage.which(me, key, asked, None if value in (None, dress.UNKNOWN) else value, now)
    if asked == ABOUT:
        typed = form.get("age", "").strip().replace(",", ".")
        try:
            age = float(typed) if typed else state.age
        except ValueError:
            return (Problem("age", f"“{typed}” is no age in years.", "for example 34"),)
        return triage.about(me, key, age, form.get("sex") or state.sex, now)
    if asked == WARNINGS:
        names = triage.warnings_to_ask(state, triage.look(me, state, clock.today()))
        ticked = form.getlist("warning")
        if not ticked and form.get("value") != dress.UNKNOWN:
            return (Problem("warning", "Nothing is ticked.", "Tick what is true, or “None of these”."),)
        return triage.answer_warnings(me, key, names, ticked, now) if names else ()
    finding = knowledge().findings.get(asked)
    if finding is None:
        raise Http404
    return triage.answer(me, key, asked, dress.answer_of(finding, form.get("value", "")), now)


# ---- showing a screen


def _screen(
    request: HttpRequest, frame: Frame, state: Interview, asked: str | None, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    on = clock.today()
    spikes = triage.recent_spikes(frame.me, on)
    looked = triage.look(frame.me, state, on, spikes)
    name = asked or _next(state, looked)
    if name is None:
        return redirect("triage-result", key=state.key)
    context: dict[str, Any] = {"key": state.key, "state": state, "ask": name, "problems": problems, "saved": True}
    status = 422 if problems else 200
    if name in (TEXT, CONFIRM):
        return _words(request, frame, state, name, context)
    if name == PLACE:
        chosen = [s for w in state.places for s in w.sites]
        sides = [w.side.value for w in state.places if w.side is not None]
        return show(request, "triage/place", frame, status=status, chosen=chosen, side=sides, **_map(), **context)
    if name in (SITE, SIDE):
        options = dress.SIDES if name == SIDE else tuple(Option(s, dress.where_text(w)) for w, s in _sites(state))
        title = "Which side?" if name == SIDE else "Which of these comes closest?"
        page = dress.QuestionPage(name, title, "buttons", options)
        return show(request, "triage/question", frame, status=status, page=page, **context)
    if name == ABOUT:
        return show(
            request, "triage/about", frame, status=status, sexes=SEXES, age=looked.story.age,
            sex=[looked.story.sex or ""], **context,
        )  # fmt: skip
    if name == WARNINGS:
        return _warnings(request, frame, state, looked, context)
    finding = knowledge().findings.get(name)
    if finding is None:
        raise Http404
    before = triage.before_last_answer(frame.me, state.key)
    settled = dress.standings(
        looked.triage, None if before is None else triage.look(frame.me, before, on, spikes).triage
    )
    number = len(state.asked) + (name not in state.asked)
    back = next((n for n in reversed(state.asked) if n != name), None)
    given = state.answers.get(name)
    return show(
        request, "triage/question", frame, status=status, page=dress.question_page(finding), standings=settled,
        number=number, back=back, scale=SCALE, changing=name in state.answers,
        given=asking.spoken_value(finding, given) if name in state.answers else "", **context,
    )  # fmt: skip


def _sites(state: Interview) -> list[tuple[Any, str]]:
    from niggle.core.triage import Where

    return [(Where((s,), None), s) for w in state.places for s in w.sites]


def _next(state: Interview, looked: Any) -> str | None:
    """The name of the screen that comes next; None for the answer."""
    if looked.triage.urgency is Urgency.EMERGENCY and state.confirmed:
        return None
    if looked.triage.outside is not None and looked.triage.outside.why == "animal":
        return None
    if state.text is not None and not state.confirmed:
        trouble = read_text(state.text)[1]
        return CONFIRM if trouble is None else TEXT
    if not state.places and SITE not in state.passed:
        return PLACE
    if sum(len(w.sites) for w in state.places) > 1 and len(state.places) == 1 and SITE not in state.passed:
        return SITE
    sides = [w for w in state.places if w.side is None and any(SITES[s].paired for s in w.sites)]
    if sides and SIDE not in state.passed:
        return SIDE
    if not state.about_asked and (looked.story.age is None or looked.story.sex is None):
        return ABOUT
    if looked.next:
        return str(looked.next[0].finding)
    return WARNINGS if triage.warnings_to_ask(state, looked) else None


def _warnings(
    request: HttpRequest, frame: Frame, state: Interview, looked: Looked, context: dict[str, Any]
) -> HttpResponse:
    """The list of warnings that every check-in begins with; after it the answers count as one."""
    names = triage.warnings_to_ask(state, looked)
    if not names:
        return redirect("triage-result", key=state.key)
    options = [Option(name, knowledge().questions[name]) for name in names]
    return show(
        request, "triage/warnings", frame, status=422 if context["problems"] else 200, options=options,
        title=asking.WARNINGS, hint=asking.WARNINGS_HINT, **context,
    )  # fmt: skip


def _words(request: HttpRequest, frame: Frame, state: Interview, name: str, context: dict[str, Any]) -> HttpResponse:
    """Her words again, with what stands in their way, or with what was understood of them."""
    told, trouble = read_text(state.text or "", on=state.started_at.date())
    looked = triage_text(state.text or "", state.started_at.date(), age=state.age, sex=state.sex)
    emergency = looked.triage.urgency is Urgency.EMERGENCY
    loud = {"title": asking.title(looked.triage), "says": asking.says(looked.triage)} if emergency else None
    if name == TEXT:
        asked_again = trouble if state.text is not None and not state.confirmed else None
        return show(request, "triage/words", frame, trouble=asked_again, loud=loud, **context)
    places = story_told(told).places
    lines = dress.understood_lines(told, places, knowledge())
    return show(
        request, "triage/confirm", frame, loud=loud, lines=lines,
        pieces=dress.pieces(state.text or "", told, lines, places), **context,
    )  # fmt: skip
