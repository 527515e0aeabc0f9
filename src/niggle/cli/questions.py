"""The check-in as an interview on the terminal: what is asked at which moment, and how an answer is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from niggle.core.body import SITES, Region, Side, Site, nearest
from niggle.core.checkin import Moment

Ask = Callable[[str], str]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. kind: pain, yes, number, or choice with `options` (value -> words). Enter leaves it unanswered."""

    field: str
    kind: str
    text: str
    options: tuple[tuple[str, str], ...] = ()


_SWOLLEN: Final = Question("swelling", "yes", "Is it swollen?")
BY_MOMENT: Final[Mapping[Moment, tuple[Question, ...]]] = {
    Moment.BEFORE: (
        Question("pain_before", "pain", "Pain now, before the run"),
        Question("feels_wrong", "yes", "Does it feel wrong to run today, whatever the number?"),
    ),
    Moment.AFTER: (
        Question("pain_start", "pain", "Pain in the first minutes"),
        Question("pain_max", "pain", "Worst pain during the run"),
        Question("pain_end", "pain", "Pain at the end of the run"),
        Question("built_up", "yes", "Did it build up as you went on?"),
        Question("onset_km", "number", "If it came later: after how many km?"),
        Question(
            "quality",
            "choice",
            "What kind of pain?",
            (("dull", "dull"), ("tight", "tight"), ("burning", "burning"), ("sharp", "sharp"),
             ("electric", "electric, shooting")),
        ),
        Question("gait_changed", "yes", "Did it change how you ran?"),
        Question("limp", "yes", "Did you limp?"),
        Question("pain_after", "pain", "Pain now, after the run"),
        _SWOLLEN,
        Question("pop", "yes", "Did you hear or feel a pop or snap?"),
        Question("unstable", "yes", "Does it feel unstable, as if it would give way?"),
        Question("locking", "yes", "Does it lock or catch?"),
        Question("bruise", "yes", "Is there a bruise?"),
        Question("bone_spot_tender", "yes", "Is there one spot on the bone that hurts when you press it?"),
        Question("numb_tingle_weak", "yes", "Any numbness, tingling or weakness?"),
        Question("feels_wrong", "yes", "Does something feel wrong to you, whatever the number?"),
    ),
    Moment.EVENING: (
        Question("pain_evening", "pain", "Pain this evening"),
        Question("limp", "yes", "Did you limp today?"),
        Question("pain_at_rest", "yes", "Does it hurt while you rest, in any position?"),
        Question("posture_pain", "yes", "Does it hurt only in one position, such as long sitting?"),
        Question("posture_fades", "yes", "If so: does it fade when you move?"),
        Question("night_pain", "yes", "Does it wake you at night?"),
        _SWOLLEN,
        Question("daily_life_disturbed", "yes", "Does it get in the way of daily life (stairs, work)?"),
    ),
    Moment.NEXT_MORNING: (
        Question("pain_morning", "pain", "Pain this morning"),
        Question("night_pain", "yes", "Did it wake you in the night?"),
        Question(
            "stiffness",
            "choice",
            "Morning stiffness against your usual?",
            (("better", "better"), ("same", "the same"), ("worse", "worse")),
        ),
        Question("stiffness_min", "number", "For how many minutes was it stiff?"),
        Question("limp_first_steps", "yes", "Did you limp in the first steps?"),
        Question("limp_walking", "yes", "Do you limp when you walk now?"),
        Question("baseline_by_24h", "yes", "Is it back to what it was before the run?"),
    ),
}  # fmt: skip
MOMENTS: Final = (
    (Moment.AFTER, "a run that is over"),
    (Moment.NEXT_MORNING, "the morning after a run"),
    (Moment.EVENING, "this evening"),
    (Moment.BEFORE, "before a run"),
)
REGIONS: Final = (
    (Region.FOOT, "foot"),
    (Region.ANKLE, "ankle"),
    (Region.LOWER_LEG, "lower leg: shin, calf, Achilles"),
    (Region.KNEE, "knee"),
    (Region.THIGH, "thigh"),
    (Region.HIP, "hip, groin, buttock"),
    (Region.TRUNK, "back, neck, shoulder"),
    (Region.OUTSIDE, "somewhere else: head, chest, belly, arm"),
)
_YES: Final = frozenset({"y", "yes"})
_NO: Final = frozenset({"n", "no"})


def interview(
    ask: Ask, say: Say, on: date, warnings: Mapping[str, str], planned: Sequence[tuple[str, Side | None]] = ()
) -> dict[str, Any]:
    """Ask until a check-in is complete; the plain entry for `parse_entry`.

    warnings: red-flag questions that come first (id -> question). `on`: the day it is about, for a morning after the
    day of the run is the day before. planned: the places of her plans, offered before all others.
    """
    plain: dict[str, Any] = {"on": on.isoformat()}
    if warnings and (found := _warned(ask, say, warnings)):
        plain["findings"] = found
    if yes_no(ask, say, "Does anything hurt?", needed=True) is False:
        return plain
    known = _planned(ask, say, planned)
    site = _site(ask, say) if known is None else SITES[known[0]]
    plain["site"] = site.id
    if known is not None and known[1] is not None:
        plain["side"] = known[1].value
    elif site.paired:
        plain["side"] = choose(ask, say, "Which side?", (("left", "left"), ("right", "right"), ("both", "both")))
    moment = Moment(choose(ask, say, "What do you want to tell?", [(m.value, words) for m, words in MOMENTS]))
    plain["moment"] = moment.value
    if moment is Moment.NEXT_MORNING:
        plain["on"] = (on - timedelta(days=1)).isoformat()
    say("Pain from 0 (none) to 10 (the worst). Enter skips a question.")
    for question in BY_MOMENT[moment]:
        answer = _answer(ask, say, question)
        if answer is not None:
            plain[question.field] = answer
    if plain.get("onset_km"):
        plain["late_onset"] = True
    return {key: value for key, value in plain.items() if value is not None}


def _warned(ask: Ask, say: Say, warnings: Mapping[str, str]) -> dict[str, bool]:
    """One list of warning signs: what is chosen is yes, the rest is no once she says so; Enter answers nothing."""
    names = list(warnings)
    say("First, is any of this so?")
    for number, name in enumerate(names, 1):
        say(f"  {number}  {warnings[name]}")
    while True:
        typed = ask("Numbers with commas, 0 for none of them: ").strip()
        if not typed:
            return {}
        parts = [p for p in typed.replace(",", " ").split() if p]
        if all(p.isdigit() and int(p) <= len(names) for p in parts):
            chosen = {int(p) for p in parts}
            return {name: number in chosen for number, name in enumerate(names, 1)}
        say(f"Numbers from 0 to {len(names)}, please.")


def _planned(ask: Ask, say: Say, planned: Sequence[tuple[str, Side | None]]) -> tuple[str, Side | None] | None:
    """One of the places that a plan listens to; None for somewhere else, or without a plan."""
    if not planned:
        return None
    from niggle.wording.places import place

    options = [(str(n), f"{place(*where)}, which your plan listens to") for n, where in enumerate(planned)]
    chosen = choose(ask, say, "Where?", [*options, ("", "somewhere else")])
    return planned[int(chosen)] if chosen else None


def _site(ask: Ask, say: Say) -> Site:
    """By region and number, or by its name in her own words."""
    region = choose(
        ask, say, "Where? (a number, or a word such as heel)", [(r.value, w) for r, w in REGIONS], free=True
    )
    if region not in {r.value for r, _ in REGIONS}:
        return SITES[region]
    sites = [s for s in SITES.values() if s.region.value == region]
    return SITES[choose(ask, say, "Where exactly?", [(s.id, s.lay) for s in sites], free=True)]


def choose(ask: Ask, say: Say, text: str, options: Sequence[tuple[str, str]], *, free: bool = False) -> str:
    """One of the options by number or name. free: a body site in her own words is understood too."""
    say(text)
    for number, (_, words) in enumerate(options, 1):
        say(f"  {number}  {words}")
    while True:
        typed = ask("> ").strip().lower()
        if typed.isdigit() and 1 <= int(typed) <= len(options):
            return options[int(typed) - 1][0]
        named = [value for value, words in options if typed and typed in (value, words)]
        if named:
            return named[0]
        if free and typed in SITES:
            return typed
        several = [s for s in SITES.values() if typed in s.lay.lower().replace(",", "").split()] if free else []
        if len(several) > 1:  # a heel is four places, and they do not heal alike
            return choose(ask, say, "Where exactly?", [(s.id, s.lay) for s in several])
        if free and typed and (site := nearest(typed)) is not None:
            say(f"That is: {SITES[site].lay}.")
            return site
        say(f"A number from 1 to {len(options)}, please.")


def yes_no(ask: Ask, say: Say, text: str, *, needed: bool = False) -> bool | None:
    while True:
        typed = ask(f"{text} (y/n) ").strip().lower()
        if typed in _YES:
            return True
        if typed in _NO:
            return False
        if not typed and not needed:
            return None
        say("y for yes, n for no, please.")


def _answer(ask: Ask, say: Say, question: Question) -> Any:
    if question.kind == "yes":
        return yes_no(ask, say, question.text)
    if question.kind == "choice":
        words = ", ".join(words for _, words in question.options)
        return _one_of(ask, say, f"{question.text} ({words}) ", question.options)
    top = 10 if question.kind == "pain" else None
    return _number(ask, say, f"{question.text}: ", top)


def _one_of(ask: Ask, say: Say, text: str, options: Sequence[tuple[str, str]]) -> str | None:
    while True:
        typed = ask(text).strip().lower()
        if not typed:
            return None
        found = [value for value, words in options if value.startswith(typed) or words.startswith(typed)]
        if len(found) == 1:
            return found[0]
        say("One of those words, please, or Enter.")


def _number(ask: Ask, say: Say, text: str, top: int | None) -> float | None:
    while True:
        typed = ask(text).strip().replace(",", ".")
        if not typed:
            return None
        try:
            value = float(typed)
        except ValueError:
            value = -1.0
        if value >= 0 and (top is None or (value <= top and (value * 2).is_integer())):
            return value
        say(f"A number from 0 to {top}, halves allowed." if top is not None else "A number, please.")
