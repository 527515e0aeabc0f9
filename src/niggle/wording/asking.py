"""What triage says around its ranking: how soon, whom to see, what cannot be told, and what stands in a story's way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from niggle.core.body import SITES
from niggle.core.condition import Finding
from niggle.core.outcomes import Urgency
from niggle.core.reasons import FactValue
from niggle.core.triage import CannotTell, Triage, TriageCare
from niggle.wording.flags import EMERGENCY_NOW, EMERGENCY_TITLE
from niggle.wording.units import days

NO_DIAGNOSIS: Final = (
    "This is not a diagnosis. It puts your answers in order, so that you know how soon somebody should look and what "
    "to tell them."
)
PATTERN: Final = "Ranked by how well the pattern matches: a rule of thumb, nobody has measured these shares."
NOTHING_DANGEROUS: Final = "Nothing in your answers is a sign of danger. What was not asked is not known."
URGENT_TITLE: Final = "Stop running and be seen {when}"
TITLES: Final = {
    Urgency.ROUTINE: "Book an appointment",
    Urgency.SELF_CARE: "You can look after this yourself for now",
}
_SAYS: Final = {
    Urgency.URGENT: "No running until somebody has looked at it. Walk as far as it is painless.",
    Urgency.ROUTINE: "It is no emergency. Until then run only as your light allows.",
    Urgency.SELF_CARE: "Run as your light allows. Have it seen if it gets worse or is not better in two weeks.",
}
_CANNOT: Final = {
    CannotTell.NO_PLACE: "Say where it hurts first; without a place nothing can be compared.",
    CannotTell.TOO_LITTLE: "There are too few answers to compare conditions. A few more will help.",
    CannotTell.FLAT: "Several conditions fit about equally well. Somebody who examines you can tell them apart.",
    CannotTell.FITS_NOTHING: "Your answers fit nothing that niggle knows well. Have somebody look at it.",
}
CANNOT_TITLE: Final = "What it is cannot be told yet"
_OUTSIDE: Final = {
    "animal": "niggle knows people's running complaints only. For an animal ask a vet.",
    "age": "niggle knows runners of 8 to 110 years. At this age a doctor should look at any pain.",
    "another_language": "niggle reads English only.",
}
OUTSIDE_TITLE: Final = "This is not something niggle can judge"
_PATIENCE_DAYS: Final = 14  # triage's own time for an appointment, and the clock of RF-36
WARNINGS: Final = "Last, the warning signs"
WARNINGS_HINT: Final = "Say what is true now; with it your answers count as today's check-in."
FIT_ORDER: Final = "Best fit first."


def title(triage: Triage) -> str:
    """The one line that stands first."""
    if triage.urgency is Urgency.EMERGENCY:
        return EMERGENCY_TITLE
    if triage.urgency is Urgency.URGENT:
        return URGENT_TITLE.format(when=when(triage.care.when_days))
    if triage.outside is not None:
        return OUTSIDE_TITLE
    return TITLES[triage.urgency]


def says(triage: Triage) -> tuple[str, ...]:
    """What to do, below the title."""
    if triage.urgency is Urgency.EMERGENCY:
        known = [EMERGENCY_NOW[h.rule] for h in triage.red_flags if h.rule in EMERGENCY_NOW]
        return tuple(dict.fromkeys(known)) or ("Go to an emergency department now. Do not wait for an appointment.",)
    lines = [] if triage.outside is None else [outside(triage.outside.why)]
    if triage.outside is None or triage.urgency is Urgency.URGENT:
        lines.append(_SAYS[triage.urgency])
    if triage.outside is None and triage.urgency is Urgency.SELF_CARE:
        lines.append(NOTHING_DANGEROUS)
    return tuple(lines)


def when(when_days: int | None) -> str:
    """How soon, as it stands after "be seen"."""
    if when_days is None:
        return "if it does not get better"
    if when_days <= 0:
        return "now"
    if when_days == 1:
        return "today"
    return f"within {days(when_days)}" if when_days < 14 or when_days % 7 else f"within {when_days // 7} weeks"


def when_at_home(when_days: int | None) -> str:
    """How soon, on the page of a condition: a long time is for who gets better at home, as every other rule has it."""
    if when_days is None or when_days <= _PATIENCE_DAYS:
        return when(when_days)
    return (
        f"{when(when_days)} if care at home helps; after two weeks that are no better, or with a warning sign, sooner"
    )


def whom(care: TriageCare) -> str:
    """Physiotherapist or sports physician; empty if nobody is named."""
    who = listed(care.who)
    return who[:1].upper() + who[1:]


def listed(items: Sequence[str], last: str = "or") -> str:
    return "" if not items else items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def cannot_tell(why: CannotTell) -> str:
    return _CANNOT[why]


def outside(why: str) -> str:
    """Why niggle does not judge it, and who does."""
    if why in SITES:
        return f"Pain here ({SITES[why].lay}) is not a running complaint that niggle knows. Ask a doctor about it."
    return _OUTSIDE.get(why, "niggle knows running complaints only. Ask a doctor about this.")


@dataclass(frozen=True, slots=True)
class StoryTrouble:
    """What stands in the way of a story that was written: a stable code, what is wrong, and what would help."""

    code: str
    message: str
    suggestion: str


def story_trouble(code: str, most: int) -> StoryTrouble:
    """code: empty_text, another_language, text_too_long, nothing_understood. most: the longest text in characters."""
    message, suggestion = {
        "empty_text": ("There is no story yet.", "Say where it hurts, since when, and what makes it worse."),
        "another_language": ("This does not read like English, the only language niggle understands.",
                             "Write it in English, or choose the place and answer the questions."),
        "text_too_long": (f"The story is longer than {most:,} characters, so not all of it was read.",
                          "Tell the complaint of now in a few sentences."),
        "nothing_understood": ("niggle understood nothing of this as a complaint.",
                               "Say where it hurts, since when, and what makes it worse, or answer the questions."),
    }[code]  # fmt: skip
    return StoryTrouble(code, message, suggestion)


def days_choices() -> tuple[tuple[str, str], ...]:
    """How long it has hurt, as a finger can answer it: days, words."""
    return (("1", "Since today or yesterday"), ("4", "Some days"), ("10", "One to two weeks"),
            ("28", "Two to six weeks"), ("60", "Six weeks to three months"), ("120", "Longer"))  # fmt: skip


# "cannot take four steps: no" denies twice; said the other way round it is one plain statement
_OTHERWISE: Final = {
    "no_warm_up_relief": "eases once warm",
    "two_weeks_unchanged": "better within the last two weeks",
    "cannot_bear_weight": "can take four steps",
    "cannot_walk": "can walk",
    "cannot_push_off": "can push off and rise on the toes",
    "cannot_contract": "can tense the muscle",
    "calf_squeeze_still": "foot moves when the calf is squeezed",
    "bulge_stuck": "bulge goes back",
    "strain_never_heals": "strains there heal fully",
    "diffuse": "can point to it",
    "run_painless": "running itself hurts",
    "no_rest_days": "has had rest days",
}


def otherwise(finding: str, value: FactValue) -> str | None:
    """What a "no" says, where the finding's own name is a denial; None where name and answer go together."""
    return _OTHERWISE.get(finding) if value is False else None


def said(finding: Finding, value: FactValue) -> tuple[str, str]:
    """The finding and its answer in words, never denied twice: ("eases once warm", "yes")."""
    other = otherwise(finding.id, value)
    return (finding.label, spoken_value(finding, value)) if other is None else (other, "yes")


def read_back(finding: Finding) -> str:
    """What a yes or no is asked about when it is read back: the question itself where the name is a denial."""
    return finding.question if finding.id in _OTHERWISE else finding.label[:1].upper() + finding.label[1:]


def spoken_value(finding: Finding, value: FactValue) -> str:
    """An answer in words: yes, a choice's own words, 4 of 10, 12 days."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return (finding.choices or {}).get(value, value.replace("_", " "))
    if finding.unit == "days":
        return days(value) if float(value).is_integer() else f"{value:g} days"
    unit = {"0-10": " of 10", None: ""}.get(finding.unit, f" {finding.unit}")
    return f"{value:g}{unit}"
