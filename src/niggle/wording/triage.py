"""Triage's reasons in words, and the small words of its ranking. Titles and care stand in `asking`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Urgency
from niggle.core.reasons import FactValue
from niggle.core.triage import Candidate, CannotTell, Contributor, Evidence, Fit, Question, Triage
from niggle.wording.asking import cannot_tell, otherwise, outside
from niggle.wording.units import Units

Sentence = Callable[[Mapping[str, FactValue], Units], str]

ASKS: Final[Mapping[Urgency, str]] = {
    Urgency.EMERGENCY: "be seen now",
    Urgency.URGENT: "stop running and be seen within days",
    Urgency.ROUTINE: "book an appointment",
    Urgency.SELF_CARE: "look after it yourself",
}
TONIGHT: Final[Mapping[Urgency, tuple[str, ...]]] = {  # where no condition's page speaks
    Urgency.EMERGENCY: ("Do not drive yourself.", "Do not stay alone."),
    Urgency.URGENT: ("Do not run, and do not test it by running.", "Walk only as far as it is painless.",
                     "Book the appointment today, and write down when it began and what it does."),
    Urgency.ROUTINE: ("Leave out what brings it on.", "Note tomorrow morning how it feels against today."),
    Urgency.SELF_CARE: ("Take it easy tonight.", "Note tomorrow morning how it feels against today."),
}  # fmt: skip
# the one scale, on every face and page; a sentence that does not know the share says nothing of how well it fits
FIT: Final[Mapping[Fit, str]] = {Fit.BEST: "fits best", Fit.PARTLY: "fits partly", Fit.LITTLE: "fits a little"}
STRENGTH: Final[Mapping[str, str]] = {
    "strong": "feeds it often", "usual": "can feed it", "possible": "may have a part in it",
}  # fmt: skip


def fit(candidate: Candidate) -> str:
    """A share in words; what is listed for safety only says so."""
    return "has to be ruled out" if candidate.to_rule_out else FIT[candidate.fit]


_UNNAMED: Final = "Put no weight on it if it hurts to."  # a warning sign has its own line of what not to do


def tonight(triage: Triage) -> tuple[str, ...]:
    """What to do until somebody has looked: by the condition's page, else in general."""
    if triage.care.tonight:
        return triage.care.tonight
    nameless = triage.urgency is Urgency.EMERGENCY and not any(h.urgency is triage.urgency for h in triage.red_flags)
    return (_UNNAMED, *TONIGHT[triage.urgency]) if nameless else TONIGHT[triage.urgency]


def evidence(item: Evidence) -> str:
    """The finding's label, and that it was answered with a no: "swelling: no"."""
    return otherwise(item.finding, item.value) or (item.label if item.value else f"{item.label}: no")


def contributor(item: Contributor) -> str:
    return f"{item.label[0].upper()}{item.label[1:]} ({STRENGTH[item.strength]})"


def question(item: Question, knowledge: Knowledge) -> str:
    return "Where does it hurt?" if item.finding == "site" else knowledge.findings[item.finding].question


def _words(value: FactValue) -> str:
    return str(value).replace("-", " ").replace("_", " ")


def _of_condition(text: str) -> Sentence:
    """{condition}, {signs} (the other facts) and {asks} (what its urgency asks for) are filled in."""

    def sentence(facts: Mapping[str, FactValue], units: Units) -> str:
        signs = [_words(n) for n, v in facts.items() if n not in ("condition", "urgency") and v is not None]
        asks = ASKS[Urgency[str(facts["urgency"]).upper()]]
        filled = text.format(condition=_words(facts["condition"]), signs=", ".join(signs), asks=asks)
        return filled[0].upper() + filled[1:]

    return sentence


SENTENCES: Final[dict[str, Sentence]] = {
    "TRI-01": _of_condition("{condition} must not be missed, and your answers do not set it aside: {asks}."),
    "TRI-02": _of_condition("{condition} is more urgent with this sign ({signs}): {asks}."),
    "TRI-03": _of_condition("{condition}, if it is that: {asks}."),
    "TRI-04": lambda facts, units: cannot_tell(CannotTell(str(facts["why"]))),
    "TRI-05": lambda facts, units: outside(str(facts["why"])),
    "TRI-06": lambda facts, units: "Under 18 a professional looks at it before any plan. Show this to a parent.",
    "TRI-07": lambda facts, units: f"These answers rule each other out: {', '.join(map(_words, facts))}.",
    "TRI-09": lambda facts, units: f"You were not sure about {', '.join(map(_words, facts))}; it counts until you are.",
    "TRI-08": lambda facts, units: "You told of a warning sign. Alone it is no emergency, but have it looked at.",
}
