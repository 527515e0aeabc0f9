"""Plain data to an Entry and back. Everything that is wrong with it is said at once, with what would be right."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final

from niggle.core.body import SITES, Side, nearest
from niggle.core.checkin.types import PAIN_FIELDS, Answers, Entry, Moment, Quality, Stiffness
from niggle.core.outcomes import Problem
from niggle.core.plain import day_from

_ENUMS: Final[Mapping[str, type[StrEnum]]] = {"quality": Quality, "stiffness": Stiffness}
_AMOUNTS: Final[Mapping[str, float]] = {"onset_km": 500.0, "stiffness_min": 1440.0, "sleep_h": 24.0, "standing_h": 24.0}
_YES_NO: Final = tuple(
    f.name for f in fields(Answers) if f.name not in {*PAIN_FIELDS, *_ENUMS, *_AMOUNTS, "posture", "findings"}
)
_HEAD: Final = ("on", "site", "side", "moment", "session_id", "corrects", "acute", "findings")
_STORED: Final = ("id", "recorded_at")
_ALIASES: Final = {
    "pain": "pain_max", "score": "pain_max", "date": "on", "day": "on", "location": "site", "stiff": "stiffness",
    "swollen": "swelling", "bruised": "bruise", "tingling": "numb_tingle_weak", "numbness": "numb_tingle_weak",
    "night": "night_pain", "tender": "bone_spot_tender", "limping": "limp",
}  # fmt: skip
MAX_PAIN: Final = 10.0
EARLIEST_DAY: Final = date(1990, 1, 1)  # as for sessions: what lies before it is a slip of the keyboard
_MAX_WORDS: Final = 200


def answer_fields() -> tuple[str, ...]:
    """Every key of a plain entry that is an answer, in the order of the five moments."""
    return tuple(f.name for f in fields(Answers))


class _Reader:
    """Reads one plain entry, collecting problems."""

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self.plain = plain
        self.problems: list[Problem] = []

    def wrong(self, field: str, message: str, suggestion: str | None = None) -> None:
        self.problems.append(Problem(field, message, suggestion))

    def unknown_keys(self, allowed: Collection[str]) -> None:
        for key in self.plain:
            if key in allowed:
                continue
            words = [*allowed, *_ALIASES]
            near = next(iter(get_close_matches(str(key).lower(), words, n=1, cutoff=0.6)), None)
            near = _ALIASES.get(near, near) if near else None
            self.wrong(str(key), f"there is no field {key!r}", f"did you mean {near!r}?" if near else None)

    def text(self, name: str) -> str | None:
        value = self.plain.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.wrong(name, f"{name} must be text, not {value!r}")
            return None
        return value

    def choice(self, name: str, kind: type[StrEnum]) -> Any:
        value = self.plain.get(name)
        if value is None:
            return None
        try:
            return kind(value)
        except (ValueError, TypeError):
            known = ", ".join(kind)
            near = get_close_matches(str(value).lower(), list(kind), n=1, cutoff=0.5)
            self.wrong(
                name, f"{value!r} is not a {name}; known: {known}", f"did you mean {near[0]!r}?" if near else None
            )
            return None

    def number(self, name: str, top: float) -> float | None:
        value = self.plain.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.wrong(name, f"{name} must be a number, not {value!r}", f"a number from 0 to {top:g}")
            return None
        if not 0 <= value <= top:
            self.wrong(name, f"{name} is {value:g}, outside 0 to {top:g}", f"a number from 0 to {top:g}")
            return None
        return float(value)

    def pain(self, name: str) -> float | None:
        value = self.number(name, MAX_PAIN)
        if value is not None and not (value * 2).is_integer():
            self.wrong(
                name, f"{name} is {value:g}; pain is given in whole numbers or halves", f"{round(value * 2) / 2:g}"
            )
            return None
        return value

    def yes_no(self, name: str, value: Any) -> bool | None:
        if value is None or isinstance(value, bool):
            return value
        self.wrong(name, f"{name} must be yes or no (true or false), not {value!r}")
        return None

    def day(self, default: date | None) -> date | None:
        value = self.plain.get("on", default)
        found = day_from(value)
        if found is None:
            what = "the day is missing" if value is None else f"{value!r} is not a day"
            self.wrong("on", what, "the day as YYYY-MM-DD")
        return found

    def site(self) -> str | None:
        value = self.text("site")
        if value is None or value in SITES:
            return value
        near = nearest(value)
        hint = f"did you mean {near!r} ({SITES[near].lay})?" if near else "see the list of sites"
        self.wrong("site", f"{value!r} is not a place on the body that is known here", hint)
        return None

    def findings(self, known: Collection[str] | None) -> tuple[tuple[str, bool], ...]:
        value = self.plain.get("findings")
        if value is None:
            return ()
        if not isinstance(value, Mapping):
            self.wrong("findings", f"findings must map a question to yes or no, not {value!r}")
            return ()
        answers: dict[str, bool] = {}
        for key, answer in value.items():
            place = f"findings.{key}"
            if known is not None and key not in known:
                near = get_close_matches(str(key), list(known), n=1, cutoff=0.6)
                self.wrong(place, f"there is no question {key!r}", f"did you mean {near[0]!r}?" if near else None)
            elif (said := self.yes_no(place, answer)) is not None:
                answers[str(key)] = said
        return tuple(sorted(answers.items()))


def parse_entry(
    plain: Mapping[str, Any],
    *,
    id: str,  # noqa: A002  the field's own name
    recorded_at: datetime,
    on: date | None = None,
    born_on: date | None = None,
    findings: Collection[str] | None = None,
) -> Entry | tuple[Problem, ...]:
    """One check-in as a person or a face gives it, or everything that is wrong with it.

    plain: keys of Entry (on, site, side, moment, session_id, corrects, acute), of Answers (pain 0 to 10 in whole
    numbers or halves, yes/no as true/false, minutes, hours, kilometres) and `findings` (question -> true/false).
    id, recorded_at: who stores it knows them; recorded_at is aware and bounds the day from above.
    on: the day if `plain` names none. born_on: bounds the day from below. findings: the questions that exist (the keys
    of Knowledge.questions); None accepts any.
    """
    r = _Reader(plain)
    r.unknown_keys({*_HEAD, *_STORED, *answer_fields()})
    day = r.day(on)
    if day is not None and day > recorded_at.date():
        r.wrong("on", f"{day} is in the future", f"{recorded_at.date()} or earlier")
        day = None
    if day is not None and day < EARLIEST_DAY:
        r.wrong("on", f"{day} is too long ago", "check the year")
    elif day is not None and born_on is not None and day < born_on:
        r.wrong("on", f"{day} is before the date of birth, {born_on}", "check the year")
    site = r.site()
    side = r.choice("side", Side)
    if side is not None and r.plain.get("site") is None:
        r.wrong("side", "a side needs a site", "name the site, or leave the side out")
    if site is not None and side is not None and not SITES[site].paired and side in (Side.LEFT, Side.RIGHT):
        side = Side.MIDDLE  # a lower back pain more on the left is still one complaint
    values: dict[str, Any] = {name: r.pain(name) for name in PAIN_FIELDS}
    values |= {name: r.yes_no(name, plain.get(name)) for name in _YES_NO}
    values |= {name: r.number(name, top) for name, top in _AMOUNTS.items()}
    values |= {name: r.choice(name, kind) for name, kind in _ENUMS.items()}
    values["posture"] = r.text("posture")
    if values["posture"] is not None and len(values["posture"]) > _MAX_WORDS:
        r.wrong("posture", f"posture is longer than {_MAX_WORDS} characters", "a few words")
    values["findings"] = r.findings(findings)
    if r.plain.get("site") is None:
        for name in PAIN_FIELDS:
            if values[name]:
                r.wrong("site", f"{name} is {values[name]:g} but no site is named", "say where it hurts")
                break
    top = values["pain_max"]
    if top is not None:
        for name in ("pain_start", "pain_end"):
            if values[name] is not None and values[name] > top:
                r.wrong(
                    name,
                    f"{name} is {values[name]:g}, more than pain_max {top:g}",
                    f"raise pain_max to {values[name]:g}",
                )
    acute = r.yes_no("acute", plain.get("acute"))
    moment = r.choice("moment", Moment)
    session_id, corrects = r.text("session_id"), r.text("corrects")
    if corrects == id:
        r.wrong("corrects", "an entry cannot correct itself")
    if r.problems or day is None:
        return tuple(r.problems)
    return Entry(id, day, recorded_at, site, side, moment, session_id, Answers(**values), corrects, bool(acute))


def entry_to_plain(entry: Entry) -> dict[str, Any]:
    """JSON-ready, only what was answered; `entry_from_plain` gives the same Entry back."""
    plain: dict[str, Any] = {"id": entry.id, "on": entry.on.isoformat(), "recorded_at": entry.recorded_at.isoformat()}
    for name in ("site", "side", "moment", "session_id", "corrects"):
        if (value := getattr(entry, name)) is not None:
            plain[name] = str(value)
    if entry.acute:
        plain["acute"] = True
    for name in answer_fields():
        value = getattr(entry.answers, name)
        if name == "findings":
            if value:
                plain[name] = dict(value)
        elif value is not None:
            plain[name] = str(value) if isinstance(value, StrEnum) else value
    return plain


def entry_from_plain(plain: Mapping[str, Any]) -> Entry:
    """The Entry that `entry_to_plain` wrote. Raises ValueError with every problem: stored data must be sound."""
    recorded_at = datetime.fromisoformat(plain["recorded_at"])
    entry = parse_entry(plain, id=str(plain["id"]), recorded_at=recorded_at)
    if isinstance(entry, Entry):
        return entry
    raise ValueError("; ".join(f"{p.field}: {p.message}" for p in entry))
