"""A gate in words: what is met, what is not, what nobody knows yet, and what she can do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from niggle.core.gates import GateItem, GateResult
from niggle.core.knowledge_types import Knowledge
from niggle.core.protocol import Criterion
from niggle.core.reasons import Fact
from niggle.wording.doses import stopped
from niggle.wording.units import days, pain, percent

STATES: Final = {"met": "Met", "not_met": "Not met", "unknown": "Not known yet"}

# what only she can say: the question, and whether it is answered by yes or no, a percentage or a number of weeks
QUESTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "says_tender": ("Is the place sore when you press on it?", "yes_no"),
    "says_medium_long_normal": ("Do medium long runs feel normal again?", "yes_no"),
    "says_careful_voice": ("At a faster pace, does something in you say: careful?", "yes_no"),
    "says_healed_percent": ("How healed does it feel, from 0 to 100 per cent?", "percent"),
    "says_confident": ("Do you trust it when you run?", "yes_no"),
    "says_daily_life_pain_free": ("Is your daily life free of pain?", "yes_no"),
    "says_full_training": ("Do you train in full again?", "yes_no"),
    "says_goal_load_weeks": ("For how many weeks have you trained at your goal load?", "weeks"),
    "says_swollen": ("Is it swollen?", "yes_no"),
    "says_walks_normally": ("Do you walk as always, with full weight on it?", "yes_no"),
    "says_giving_way": ("Does it give way?", "yes_no"),
    "says_locking": ("Does it lock or catch?", "yes_no"),
    "says_numb": ("Is anything numb or tingling?", "yes_no"),
    "says_brace": ("Do you wear a brace or tape when you run?", "yes_no"),
    "says_professional_seen": ("Have you seen a professional about it since?", "yes_no"),
}

_DO: Final[Mapping[str, str]] = {
    "checkin": "Check in and say how it is.",
    "checkin:night_pain": "Check in and say whether it hurts at night.",
    "checkin:limp": "Check in and say whether you limp.",
    "checkin:swelling": "Check in and say whether it is swollen.",
    "morning": "Check in on getting up and say how the morning was.",
    "done": "Do your exercises and tick them off.",
    "run": "Do the next run that is open, and check in after it and the next morning.",
    "usual_week": "Say how far you ran in a usual week before it hurt.",
    "last_run": "Say when you last ran.",
    "clearance": "See a clinician; when you are cleared, record who said so, when, and for what.",
    "clearance:running": "Ask your clinician about running; when it is cleared, record who said so and when.",
    "imaging": "Have it imaged; record it once it was done.",
    "grade": "Say which kind it is: operated on or not, or how severe it was called.",
    "age": "Give your date of birth in your profile.",
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of a gate's checklist. state: met, not_met or unknown. needs: raw names, for links beside `do`."""

    criterion: str
    state: str
    text: str
    do: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    seen: str = ""


def checklist(result: GateResult, criteria: Sequence[Criterion], known: Knowledge) -> tuple[CheckLine, ...]:
    """The gate's list as it stands today, in its own order."""
    says = {c.id: c.say for c in criteria}
    return tuple(_line(item, says.get(item.criterion, named(item.criterion)), known) for item in result.items)


def _line(item: GateItem, text: str, known: Knowledge) -> CheckLine:
    state = "unknown" if item.truth is None else "met" if item.truth else "not_met"
    do = tuple(dict.fromkeys(do_this(name, known) for name in item.missing))
    return CheckLine(item.criterion, state, f"{text[:1].upper()}{text[1:]}", do, item.missing, facts_seen(item, known))


def do_this(name: str, known: Knowledge) -> str:
    """What would make an unknown known, or what time is still needed, as a sentence."""
    if name in _DO:
        return _DO[name]
    kind, _, what = name.partition(":")
    if kind == "test":
        test = known.tests.get(what)
        return f"Do the test: {test.name[:1].lower()}{test.name[1:]}." if test is not None else f"Test: {named(what)}."
    if kind == "answer":
        return question(what)
    if kind == "days":
        return f"Give it {days(float(what))} more." if what.isdigit() else "Give it some more days."
    if kind == "weeks":
        return f"Give it {weeks(float(what))} more." if what.isdigit() else "Give it some more weeks."
    return _DO.get(name) or _DO.get(kind) or _DO["checkin"]


def needs_line(names: Sequence[str], known: Knowledge) -> str:
    """Everything that is still to be done or answered, in a few sentences; empty for nothing."""
    return " ".join(dict.fromkeys(do_this(n, known) for n in names))


def question(key: str) -> str:
    """The question behind one of her answers."""
    found = QUESTIONS.get(key if key.startswith("says_") else f"says_{key}")
    return found[0] if found is not None else f"{named(key.removeprefix('says_')).capitalize()}?"


def facts_seen(item: GateItem, known: Knowledge) -> str:
    """What the criterion saw, short: "now 3 of 10"; empty where nothing is known or there is nothing to count."""
    tests = [f.name for f in item.facts if f.name.removesuffix("_min") in known.tests and f.name.endswith("_min")]
    values = [text for fact in item.facts if (text := _fact(fact, known, labelled=len(tests) > 1))]
    return f"now {', '.join(dict.fromkeys(values))}" if values else ""


def _fact(fact: Fact, known: Knowledge, *, labelled: bool) -> str:
    """labelled: several tests stand in one line, so each number says whose it is."""
    value = fact.value
    if value is None or isinstance(value, bool | str):
        return ""
    name = fact.name
    if name.endswith("_min") and (test := known.tests.get(name.removesuffix("_min"))) is not None:
        from niggle.wording.scoreboard import value_text

        shown = value_text(float(value), test)
        label = test.name.split(",")[0]
        return f"{label[:1].lower()}{label[1:]} {shown}" if labelled else shown
    if name.endswith(("_gap", "_lsi")) or fact.unit == "ratio":
        return percent(float(value))
    if name.endswith("_percent"):
        return f"{value:.0f}\u00a0%"
    if fact.unit == "0-10" or name.endswith("_pain"):
        return pain(float(value))
    if fact.unit == "days":
        return days(float(value))
    if fact.unit == "weeks":
        return weeks(float(value))
    return f"{value:g}\u00a0min" if fact.unit == "min" else ""


def weeks(count: float) -> str:
    """6 weeks, 1 week and 3 days, 5 days: nobody counts in tenths of a week."""
    whole, over = divmod(round(count * 7), 7)
    if not whole and over:
        return days(over)
    text = "1 week" if whole == 1 else f"{whole} weeks"
    return f"{text} and {days(over)}" if over else text


def named(identifier: str) -> str:
    """An id as words, where nothing better is known."""
    return identifier.replace("-", " ").replace("_", " ").strip()


def criterion_line(criterion: Criterion) -> str:
    """What a criterion asks for, as a sentence of its own."""
    return stopped(criterion.say)
