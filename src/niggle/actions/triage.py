"""Interviews about a complaint: kept row by row as they are answered, left and come back to, looked at as they stand.

Nothing here decides anything: core.triage does.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from niggle.actions import clock, interviews
from niggle.actions.interviews import Interview, Said, fold, places_plain
from niggle.actions.model import knowledge
from niggle.actions.stories import Looked, read_text, spike_types
from niggle.actions.told import in_doubt
from niggle.core.body import Side
from niggle.core.case import HISTORY_DAYS
from niggle.core.checkin import fold as fold_checkins
from niggle.core.load import with_found_tags
from niggle.core.outcomes import OutsideScope, Problem, Urgency
from niggle.core.profile import Profile
from niggle.core.spikes import Spike, find, spikes_of
from niggle.core.triage import assess, next_questions, story_from_plain
from niggle.core.triage.day_word import says_where_and_how_much, warnings_left
from niggle.store import mapping
from niggle.store.models import TriageEntry, TriageSession
from niggle.store.scopes import athlete_scope
from niggle.wording.asking import StoryTrouble

LOOK_BACK_DAYS: Final = 42  # a load spike older than this is not named as a cause
LONGEST_KEPT: Final = 200_000  # characters; nobody types more, and a pasted book is not a story


def recent_spikes(athlete_id: int, on: date, days: int = LOOK_BACK_DAYS) -> tuple[Spike, ...]:
    """The runner's load spikes of the last weeks, newest first."""
    known = knowledge()
    with athlete_scope(athlete_id):
        history = mapping.load_history(on - timedelta(days=HISTORY_DAYS), on)
        if not len(history):
            return ()
        profile = mapping.load_profile(clock.end_of(on))
        reports = fold_checkins(mapping.load_entries(on - timedelta(days=HISTORY_DAYS), on), until=on)
        told = mapping.load_told(on - timedelta(days=HISTORY_DAYS), on, clock.end_of(on))
    tagged = with_found_tags(history, known.parameters)
    found = spikes_of(find(tagged, on, known, profile, reports, told, days=days))
    return tuple(sorted(found, key=lambda s: s.on, reverse=True))


# ---- interviews


def start(athlete_id: int, now: datetime) -> Interview:
    """A new interview; the one before stays stored but is put away."""
    before = current(athlete_id)
    if before is not None:
        end(athlete_id, before.key, now)
    key = secrets.token_hex(8)
    with athlete_scope(athlete_id):
        TriageSession.objects.create(athlete_id=athlete_id, key=key, started_at=now)
    return Interview(key, now)


def current(athlete_id: int) -> Interview | None:
    """The interview that was left last, None if there is none or it was put away."""
    with athlete_scope(athlete_id):
        key = TriageSession.objects.order_by("-id").values_list("key", flat=True).first()
    found = None if key is None else get(athlete_id, key)
    return None if found is None or found.ended else found


def newest(athlete_id: int, most: int) -> Iterator[Interview]:
    """The interviews begun last, put away or not, newest first."""
    with athlete_scope(athlete_id):
        keys = list(TriageSession.objects.order_by("-id").values_list("key", flat=True)[:most])
    for key in keys:
        found = get(athlete_id, key)
        if found is not None:
            yield found


def get(athlete_id: int, key: str) -> Interview | None:
    """The interview of that key as it stands."""
    found = _rows(athlete_id, key)
    return None if found is None else fold(key, *found)


def before_last_answer(athlete_id: int, key: str) -> Interview | None:
    """The interview as it stood before the last answer, to show what that answer changed."""
    found = _rows(athlete_id, key)
    if found is None:
        return None
    said = [row for row in found[1] if row.kind in interviews.SAID]
    return fold(key, found[0], said[:-1]) if said else None


def _rows(athlete_id: int, key: str) -> tuple[datetime, list[Said]] | None:
    with athlete_scope(athlete_id):
        session = TriageSession.objects.filter(key=key).values_list("id", "started_at").first()
        if session is None:
            return None
        rows = TriageEntry.objects.filter(session_id=session[0]).order_by("id")
        return session[1], [Said(*row) for row in rows.values_list("kind", "name", "value", "recorded_at")]


def tell(athlete_id: int, key: str, text: str, now: datetime) -> StoryTrouble | None:
    """Keep her words, whatever they are; says what stands in their way."""
    text = text[:LONGEST_KEPT]
    _add(athlete_id, key, interviews.TEXT, "", text, now)
    return read_text(text)[1]


def confirm(athlete_id: int, key: str, plain: Mapping[str, Any], now: datetime) -> tuple[Problem, ...]:
    """What of her words she confirmed: {"findings": {id: answer or None}, "places": [...], "age", "sex"}."""
    story, problems = story_from_plain({**plain, "places": None, "sites": _flat(plain.get("places", ()))}, knowledge())
    if problems:
        return problems
    value = {
        "findings": {**dict.fromkeys(plain.get("findings", {})), **story.findings},
        "places": list(plain.get("places", ())),
        "age": story.age,
        "sex": story.sex,
    }
    _add(athlete_id, key, interviews.READ, "", value, now)
    return ()


def _flat(places: Any) -> list[dict[str, Any]]:
    return [{"site": site, "side": p.get("side")} for p in places for site in p.get("sites", ())]


def place(athlete_id: int, key: str, site: str | None, side: str | None, now: datetime) -> tuple[Problem, ...]:
    """Where it hurts: one site, or None for "I cannot say"."""
    if site is None:
        _add(athlete_id, key, interviews.PLACE, "", [], now)
        return ()
    story, problems = story_from_plain({"sites": [{"site": site, "side": side}]}, knowledge())
    if not problems:
        _add(athlete_id, key, interviews.PLACE, "", places_plain(story.places), now)
    return problems


def which(athlete_id: int, key: str, name: str, value: str | None, now: datetime) -> tuple[Problem, ...]:
    """What was still open about the place: name "site" or "side"; None is "I cannot say"."""
    state = get(athlete_id, key)
    if state is None or name not in (interviews.SITE, interviews.SIDE):
        return (Problem(name, "there is no such question"),)
    if value is None:
        _add(athlete_id, key, interviews.ANSWER, name, None, now)
        return ()
    if name == interviews.SITE:
        side = state.places[0].side if state.places else None
        return place(athlete_id, key, value, None if side is None else side.value, now)
    if value not in set(Side):
        return (Problem("side", f"{value!r} is no side", "left, right, both or middle"),)
    _add(athlete_id, key, interviews.PLACE, "", places_plain(replace(p, side=Side(value)) for p in state.places), now)
    return ()


def about(athlete_id: int, key: str, age: Any, sex: Any, now: datetime) -> tuple[Problem, ...]:
    """Age in years and sex; both may be None."""
    story, problems = story_from_plain({"age": age, "sex": sex}, knowledge())
    if not problems:
        _add(athlete_id, key, interviews.ABOUT, "", {"age": story.age, "sex": story.sex}, now)
    return problems


def answer(athlete_id: int, key: str, name: str, value: Any, now: datetime) -> tuple[Problem, ...]:
    """One answer; None is "I don't know". A later answer to the same question replaces it."""
    story, problems = story_from_plain({"findings": {name: value}}, knowledge())
    if not problems:
        _add(athlete_id, key, interviews.ANSWER, name, story.findings.get(name), now)
    return problems


def warnings_to_ask(interview: Interview, looked: Looked) -> tuple[str, ...]:
    """The list that stands between the answers and the day's check-in; () where nothing would come of it.

    Asked last, when the interview has no more to ask: what is likely at the place was asked one by one before.
    """
    if looked.triage.urgency >= Urgency.URGENT or looked.next or interviews.WARNINGS in interview.passed:
        return ()
    if not says_where_and_how_much(looked.story, looked.triage, looked.next, knowledge()):
        return ()
    return warnings_left(looked.story, knowledge())


def answer_warnings(
    athlete_id: int, key: str, names: Iterable[str], ticked: Collection[str], now: datetime
) -> tuple[Problem, ...]:
    """The list answered as a whole: what is ticked is yes, the rest no; nothing ticked at all is no answer.

    ticked: of the names, or "none".
    """
    if not ticked:
        _add(athlete_id, key, interviews.ANSWER, interviews.WARNINGS, None, now)
        return ()
    return confirm(athlete_id, key, {"findings": {name: name in ticked for name in names}}, now)


def end(athlete_id: int, key: str, now: datetime) -> None:
    """Put it away: it stays stored, and the next one begins anew."""
    _add(athlete_id, key, interviews.END, "", None, now)


def note(athlete_id: int, key: str, kind: str, value: Any, now: datetime) -> None:
    """What became of it on the day (kinds KEPT, BACK, AGAIN of interviews)."""
    _add(athlete_id, key, kind, "", value, now)


def _add(athlete_id: int, key: str, kind: str, name: str, value: Any, now: datetime) -> None:
    with athlete_scope(athlete_id):
        session = TriageSession.objects.get(key=key)
        TriageEntry.objects.create(
            athlete_id=athlete_id, session=session, kind=kind, name=name, value=value, recorded_at=now
        )


def look(athlete_id: int, interview: Interview, on: date, spikes: tuple[Spike, ...] | None = None) -> Looked:
    """The triage of an interview as it stands, with the runner's own load and profile, and the next question."""
    known = knowledge()
    found = recent_spikes(athlete_id, on) if spikes is None else spikes
    with athlete_scope(athlete_id):
        profile = mapping.load_profile(clock.end_of(on))
    understood = None if interview.text is None else read_text(interview.text, on=interview.started_at.date())[0]
    outside = None
    if understood is not None and isinstance(understood.problem, OutsideScope) and understood.problem.why == "animal":
        outside = "animal"
    doubt = frozenset[str]() if understood is None else in_doubt(understood)
    story = interview.story(profile, age_of(profile, on), spike_types(found), outside, doubt)
    triage = assess(story, known, on, questions=0)
    asked = next_questions(story, known, on, skipped=interview.skipped, asked=len(interview.asked))
    return Looked(triage, story, asked, understood, interview.text, None, found)


def age_of(profile: Profile, on: date) -> float | None:
    """Full years by the profile."""
    born = profile.born_on
    return None if born is None else float(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))
