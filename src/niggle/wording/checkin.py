"""A check-in as one line, for lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from niggle.core.checkin import Entry, Moment
from niggle.core.checkin.types import PAIN_FIELDS
from niggle.wording.today import place
from niggle.wording.units import pain

MOMENTS: Final = {
    Moment.BEFORE: "before a run",
    Moment.DURING: "during a run",
    Moment.AFTER: "after a run",
    Moment.EVENING: "in the evening",
    Moment.NEXT_MORNING: "the morning after",
}
_PAIN_MOMENTS: Final = {
    "pain_before": "before the run",
    "pain_start": "at the start",
    "pain_max": "at its worst",
    "pain_end": "at the end",
    "pain_after": "after the run",
    "pain_evening": "in the evening",
    "pain_morning": "in the morning",
}
SIGNS: Final = {
    "feels_wrong": "it felt wrong",
    "gait_changed": "ran differently",
    "limp": "limped",
    "swelling": "swollen",
    "unstable": "gave way",
    "locking": "locked",
    "pop": "a pop",
    "bone_spot_tender": "a sore spot on the bone",
    "numb_tingle_weak": "numb, tingling or weak",
    "bruise": "a bruise",
    "pain_at_rest": "hurt at rest",
    "night_pain": "hurt at night",
    "limp_first_steps": "limped in the first steps",
    "limp_walking": "limped walking",
    "daily_life_disturbed": "got in the way of daily life",
    "triage_emergency": "triage asked for help at once",
    "triage_urgent": "triage asked to be seen within days",
}


def worst_pain(entry: Entry) -> float | None:
    """The highest of the scores that were given."""
    given = [value for name in PAIN_FIELDS if (value := getattr(entry.answers, name)) is not None]
    return max(given) if given else None


def pains_line(entry: Entry) -> str:
    """Every score that was given, with its moment: 1 of 10 at the start, 4 of 10 at its worst."""
    given = [(name, value) for name in PAIN_FIELDS if (value := getattr(entry.answers, name)) is not None]
    return ", ".join(f"{pain(value)} {_PAIN_MOMENTS[name]}" for name, value in given)


def entry_line(entry: Entry) -> str:
    """Front of the knee, left: 4 of 10, after a run."""
    if entry.withdraws:
        return "Taken back"
    signs = entry.site is None and entry_signs(entry, {})
    where = "no place named" if signs else place(entry.site, entry.side)
    score = worst_pain(entry)
    told = [pain(score)] if entry.site is not None and score is not None else []
    if entry.moment is not None:
        told.append(MOMENTS[entry.moment])
    line = f"{where}: {', '.join(told)}" if told else where
    return line[:1].upper() + line[1:]


def entry_signs(entry: Entry, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The signs that were answered yes. labels: red-flag question -> short name."""
    found = [words for name, words in SIGNS.items() if getattr(entry.answers, name)]
    found += [labels.get(name, name.replace("_", " ")) for name, yes in entry.answers.findings if yes]
    return (*found, "a sudden moment") if entry.acute else tuple(found)
