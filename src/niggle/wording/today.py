"""The day in sentences: headline, care, what is allowed, what to leave out, caps, next steps. Nothing is decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from niggle.core.body import SITES, Side
from niggle.core.outcomes import Light, Urgency
from niggle.core.reasons import FactValue, Grade
from niggle.core.today import Activity, Care, DayCaps, Decision, Headline, NextStep, PlaceLight
from niggle.core.today.types import RUNS
from niggle.wording.lists import listed
from niggle.wording.units import Units, days, pain

LIGHTS: Final = {
    Light.GREEN: "Green",
    Light.YELLOW: "Yellow",
    Light.RED: "Red",
    Light.CANNOT_SAY: "Cannot say yet",
}
SHAPES: Final = {Light.GREEN: "circle", Light.YELLOW: "triangle", Light.RED: "octagon", Light.CANNOT_SAY: "ring"}

HEADLINES: Final = {
    Headline.EMERGENCY: "Get emergency help now",
    Headline.BE_SEEN: "Stop running and be seen",
    Headline.NO_RUNNING: "No running for now",
    Headline.NO_RUN_TODAY: "No run today",
    Headline.REST_DAY: "A day without running",
    Headline.ILL: "Get well first",
    Headline.AWAY: "No run while you are away",
    Headline.EASY_AFTER_ILLNESS: "Come back gently",
    Headline.WEEK_FULL: "This week is full",
    Headline.WALK_AND_RUN: "Start again with walk and run",
    Headline.REDUCED: "Run less and easier",
    Headline.AS_PLANNED: "Run as planned",
    Headline.AS_PLANNED_CAPPED: "Run, within today's limits",
    Headline.CHECK_IN_FIRST: "Check in first",
    Headline.OUTSIDE_SCOPE: "Not a question for niggle",
    Headline.NOTHING_KNOWN: "Nothing to go on yet",
}
SUMMARIES: Final = {
    Headline.EMERGENCY: "Call your emergency number or go to an emergency department. Do not wait, do not drive.",
    Headline.BE_SEEN: "Something you told us needs a professional's eyes before you run again.",
    Headline.NO_RUNNING: "The pain you report is above what running is safe with. Check again each day.",
    Headline.NO_RUN_TODAY: "Running waits today. Check in again tomorrow morning.",
    Headline.REST_DAY: "Nothing hurts that should stop you, but your legs are owed a day. Walk, ride or swim.",
    Headline.ILL: "The light speaks of pain alone. While you are ill, rest: no training, a short walk at most.",
    Headline.AWAY: "You said that there is no running on these days. Do what is at hand; less is fine.",
    Headline.EASY_AFTER_ILLNESS: "You have been ill. Keep the first days short and easy, and stop if it feels wrong.",
    Headline.WEEK_FULL: "You have run what this week should hold. Rest, or train without impact.",
    Headline.WALK_AND_RUN: "You have been away for weeks. Mix walking and easy running, and give it a day in between.",
    Headline.REDUCED: "Keep it short, flat and easy for the next two sessions, and watch how it answers.",
    Headline.AS_PLANNED: "Nothing you told us speaks against it.",
    Headline.AS_PLANNED_CAPPED: "Nothing hurts that should stop you. Your recent weeks set a limit.",
    Headline.CHECK_IN_FIRST: "Without a recent check-in nobody can call today green. It takes half a minute.",
    Headline.OUTSIDE_SCOPE: "niggle knows a runner's legs, hips and back. Ask a doctor about this place.",
    Headline.NOTHING_KNOWN: "Import your training or answer a check-in, and this page is about you.",
}
_UNTOLD: Final = "Your check-in leaves something open that the light needs. One more answer, and it can be told."

ACTIVITIES: Final = {
    Activity.EASY_RUN: "easy running",
    Activity.LONG_RUN: "a long run",
    Activity.SPEED: "speed work",
    Activity.HILLS: "hills",
    Activity.DOWNHILL: "long descents",
    Activity.PLYOMETRICS: "jumping drills",
    Activity.HEAVY_STRENGTH: "heavy lifting for the legs",
    Activity.STRENGTH: "light strength work",
    Activity.CROSS_TRAINING: "cycling or swimming",
    Activity.WALKING: "walking",
    Activity.MOBILITY: "gentle mobility",
    Activity.NEW_STRESSOR: "anything new: shoes, ground or kinds of session",
}

_IF_PAINLESS: Final = frozenset({Activity.CROSS_TRAINING, Activity.WALKING})
_AS_TRAINING: Final = {Activity.WALKING: "walks as training"}  # nobody is told not to walk to the kitchen
_TOGETHER: Final = (  # what a list of what is off says in one word, where all of it is
    (RUNS, "all running"),
    ((Activity.HEAVY_STRENGTH, Activity.STRENGTH), "strength work for the legs"),
)

NEXT_STEPS: Final = {
    NextStep.CALL_EMERGENCY: "Get help now; the rest can wait.",
    NextStep.BE_SEEN: "Make the appointment today. Ask which training is allowed until then.",
    NextStep.BOOK_PROFESSIONAL: "Book an appointment with a physiotherapist or sports doctor.",
    NextStep.STOP_AND_RECHECK: "Check in each day. Not clearly better after three days: see a professional.",
    NextStep.RECORD_CLEARANCE: "When a clinician has cleared you, record who and when; running opens again then.",
    NextStep.ANSWER_MORNING: "Answer the morning questions; only then is the light final.",
    NextStep.CHECK_IN_FIRST: "Answer a check-in.",
    NextStep.ASK_ELSEWHERE: "Ask somebody who can examine it; niggle has no rules for this place.",
    NextStep.CHECK_IN_AFTER_RUN: "Check in within an hour after your run.",
    NextStep.TWO_REDUCED_SESSIONS: "Two easier sessions that settle by next morning bring you back to green.",
    NextStep.YELLOW_UNTIL_RUNNING: "It may stay yellow until you run again. What you do meanwhile counts all the same.",
    NextStep.CUTBACK_WEEK: "Make this a lighter week.",
    NextStep.MAKE_WEEK: "Your plan has moved since this week was made: make the week again.",
    NextStep.NEW_WEEK: "This week has no calendar yet. Make it, and your sessions come on the days that you have.",
    NextStep.SAY_BACK: "Back sooner? Say so, and the week is made again.",
    NextStep.IMPORT_ARCHIVE: "Import your training, so that limits can be given in numbers.",
    NextStep.FEVER_GONE: "Check in tomorrow, and say whether the fever is gone.",
    NextStep.SAY_HOW_IT_IS: "Check in and say how it is.",
    NextStep.SAY_NIGHT_PAIN: "Check in and say whether it hurts at night.",
    NextStep.SAY_LIMP: "Check in and say whether you limp.",
    NextStep.SAY_SWELLING: "Check in and say whether it is swollen.",
    NextStep.CARRY_ON: "Carry on, and keep listening.",
}

GRADES: Final = {
    Grade.MEASURED: "measured in a study",
    Grade.REPORTED: "published figure, seen second-hand",
    Grade.DERIVED: "calculated from published figures",
    Grade.PRACTICE: "clinical practice",
    Grade.RECALLED: "rule of thumb: standard literature, not yet re-checked",
    Grade.PROPOSAL: "rule of thumb: niggle's own default",
    Grade.HEURISTIC: "rule of thumb: nobody has measured this",
}


def light_name(decision: Decision) -> str:
    """Green, Yellow, Red or "Cannot say yet", with "for now" while provisional."""
    word = LIGHTS[decision.light]
    return f"{word}, for now" if decision.provisional and decision.light is not Light.CANNOT_SAY else word


def headline(decision: Decision) -> str:
    return HEADLINES[decision.headline]


def summary(decision: Decision) -> str:
    """At most 140 characters."""
    if decision.headline is Headline.CHECK_IN_FIRST and "checkin" not in decision.missing and decision.missing:
        return _UNTOLD
    return SUMMARIES[decision.headline]


def place(site: str | None, side: Side | None) -> str:
    """left knee-front words: "front of the knee, left"; "whole body" where nothing hurts."""
    if site is None:
        return "nothing hurts"
    words = SITES[site].lay if site in SITES else site
    if side in (Side.LEFT, Side.RIGHT):
        return f"{words}, {side.value}"
    return f"{words}, both sides" if side is Side.BOTH else words


def place_light(item: PlaceLight) -> str:
    word = LIGHTS[item.light].lower()
    text = f"{place(item.site, item.side)}: {word}"
    return f"{text}, for now" if item.provisional and item.light is not Light.CANNOT_SAY else text


def allowed(decision: Decision) -> tuple[str, ...]:
    """What may be done, with its condition. No long run where less is left for the week than one run may be."""
    caps = decision.caps
    longest, left = caps.longest_session_m, caps.week_left_m
    short = longest is not None and left is not None and left <= longest
    return tuple(
        f"{ACTIVITIES[a]}, if it is pain-free" if a in _IF_PAINLESS else ACTIVITIES[a]
        for a in decision.allowed
        if not (short and a is Activity.LONG_RUN)
    )


def leave_out(decision: Decision) -> tuple[str, ...]:
    """What is off, plainly: a condition has no place in it."""
    if decision.headline is Headline.ILL:
        return ("all training until you are well",)
    if decision.light is Light.RED and decision.leave_out and not decision.allowed:
        return ("all training until this has been looked at",)
    out = decision.leave_out
    names = {a: _AS_TRAINING.get(a, ACTIVITIES[a]) for a in out}
    for together, name in _TOGETHER:
        if set(together) <= set(out):
            names |= dict.fromkeys(together, name)
    return tuple(dict.fromkeys(names.values()))


def next_steps(decision: Decision) -> tuple[str, ...]:
    return tuple(NEXT_STEPS[n] for n in decision.next_steps)


def care(item: Care) -> str | None:
    """Whom to see and how soon, in one sentence; None when nobody needs to be seen."""
    if item.urgency is Urgency.EMERGENCY:
        return "Emergency: get help now."
    if item.urgency is Urgency.SELF_CARE:
        return None
    who = listed([_with_article(w) for w in item.see]) or "a physiotherapist or sports doctor"
    if item.urgency is Urgency.URGENT:
        when = (
            "within a day" if item.within_hours is not None and item.within_hours <= 24 else "within one to three days"
        )
        return f"See {who} {when}."
    return f"Book an appointment with {who}."


def caps(item: DayCaps, units: Units) -> tuple[tuple[str, str], ...]:
    """(what, how much) for each cap that can be given."""
    rows: list[tuple[str, str]] = []
    if item.longest_session_m is not None:
        rows.append(("Longest run today", units.distance(item.longest_session_m)))
    if item.longest_session_s is not None:
        rows.append(("Longest run in time", units.duration(item.longest_session_s)))
    if item.week_left_m is not None:
        rows.append(("Left for this week", units.distance(item.week_left_m)))
    if item.week_total_m is not None:
        rows.append(("This week in all", units.distance(item.week_total_m)))
    if item.longest_descent_m is not None:
        rows.append(("Descent in one run", units.height(item.longest_descent_m)))
    return tuple(rows)


SENTENCES: Final[dict[str, Callable[[Mapping[str, FactValue], Units], str]]] = {
    "DAY-R01": lambda facts, units: _clinician(facts),
    "DAY-R02": lambda facts, units: _no_word(facts.get("days_since")),
    "DAY-R04": lambda facts, units: _ticked(facts),
    "DAY-R03": lambda facts, units: (
        f"{place(str(facts.get('site')), None).capitalize()}: no rules here know it, so nobody can call today green."
    ),
}


def _clinician(facts: Mapping[str, FactValue]) -> str:
    since = _since(facts.get("since"))
    if facts.get("only") == "weight":
        return f"A clinician has cleared weight and training{since}, running and jumping not yet."
    return f"A clinician's restriction holds{since}. It stands above everything but an emergency."


def _ticked(facts: Mapping[str, FactValue]) -> str:
    side = facts.get("side")
    where = place(str(facts.get("site")), Side(side) if isinstance(side, str) else None)
    hurt, limit = (float(facts.get(name) or 0.0) for name in ("pain", "limit"))
    return (
        f"An exercise hurt {where}: {pain(hurt)}, and {pain(limit)} is the most that is all right. A later check-in of "
        "the place counts again."
    )


def _since(day: FactValue) -> str:
    return "" if day is None else f" since {day}"


def _no_word(days_since: FactValue) -> str:
    if not isinstance(days_since, int | float):
        return "You have not checked in yet."
    if days_since <= 1:
        when = "of today" if days_since == 0 else "of yesterday"
        return f"Your check-in {when} leaves open how much it hurts."
    return f"Your last check-in, {days(days_since)} ago, does not tell how it is now."


def _with_article(who: str) -> str:
    if who.split(maxsplit=1)[0] in ("a", "an", "the", "your"):
        return who
    if who.startswith(("emergency", "treating")):
        return f"the {who}"
    return f"{'an' if who[0] in 'aeiou' else 'a'} {who}"
