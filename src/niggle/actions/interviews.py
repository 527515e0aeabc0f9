"""An interview as it stands, folded from its rows: what was written, confirmed, answered and skipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from niggle.core.body import SITES, Side
from niggle.core.profile import Profile
from niggle.core.reasons import FactValue
from niggle.core.triage import Story, Where

TEXT, READ, PLACE, ABOUT, ANSWER, END = "text", "read", "place", "about", "answer", "end"
KEPT, BACK, AGAIN = "kept", "back", "again"  # what became of it on the day: an entry of it, taken back, kept again
KINDS: Final = (TEXT, READ, PLACE, ABOUT, ANSWER, END, KEPT, BACK, AGAIN)
SAID: Final = frozenset({TEXT, READ, PLACE, ABOUT, ANSWER})
SITE, SIDE = "site", "side"  # questions of the place, which are no findings of their own
WARNINGS = "warnings"  # the list that every check-in begins with


@dataclass(frozen=True, slots=True)
class Said:
    """One row of an interview."""

    kind: str
    name: str
    value: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class Interview:
    """One interview. `answers`: None is "I don't know". `asked`: findings answered as questions, oldest first."""

    key: str
    started_at: datetime
    text: str | None = None
    confirmed: bool = True  # what was understood of the text was looked at by her
    places: tuple[Where, ...] = ()
    passed: frozenset[str] = frozenset()  # questions of the place, or the list of warnings, that she did not answer
    age: float | None = None  # years
    sex: str | None = None  # "female", "male", "other"
    about_asked: bool = False
    answers: Mapping[str, FactValue] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    ended: bool = False
    said_at: datetime | None = None  # when the last of it was said
    kept: Mapping[str, bool] = field(default_factory=dict)  # check-in entries made of it -> only read from her words
    not_hers: bool = False  # she took them back: this was about somebody else, or is not so

    @property
    def begun(self) -> bool:
        """Something was said in it."""
        return bool(self.text or self.places or self.answers)

    @property
    def skipped(self) -> frozenset[str]:
        return self.passed | {name for name, value in self.answers.items() if value is None}

    def story(
        self, profile: Profile, age: float | None, spikes: Iterable[str], outside: str | None = None,
        possible: frozenset[str] = frozenset(),
    ) -> Story:  # fmt: skip
        """As triage takes it. What she said here wins over what the profile knows. age: years by the profile.

        possible: what her words left in doubt.
        """
        told = {k: v for k, v in self.answers.items() if v is not None}
        return Story(
            self.age if self.age is not None else age,
            self.sex if self.sex is not None else profile.sex,
            self.places,
            told,
            tuple(spikes),
            profile,
            possible=possible - told.keys(),
            outside=outside,
        )


def fold(key: str, started_at: datetime, rows: Iterable[Said]) -> Interview:
    """The interview that these rows, oldest first, tell."""
    state = Interview(key, started_at)
    for row in rows:
        state = _after(state, row)
    return state


def _after(state: Interview, row: Said) -> Interview:
    if row.kind in SAID:
        state = replace(state, said_at=row.at)
    if row.kind == KEPT:
        return replace(state, kept={**state.kept, row.value["entry"]: bool(row.value.get("read"))})
    if row.kind == BACK and row.value is not None:
        return replace(state, kept={k: v for k, v in state.kept.items() if k != row.value["entry"]})
    if row.kind in (BACK, AGAIN):
        return replace(state, kept={}, not_hers=row.kind == BACK)
    if row.kind == TEXT:
        return replace(state, text=str(row.value), confirmed=False)
    if row.kind == READ:
        answers = {**state.answers, **row.value.get("findings", {})}
        places = places_of(row.value.get("places", ())) or state.places
        age, sex = row.value.get("age"), row.value.get("sex")
        return replace(
            state, confirmed=True, answers=answers, places=places,
            age=age if age is not None else state.age, sex=sex if sex is not None else state.sex,
        )  # fmt: skip
    if row.kind == PLACE:
        places = places_of(row.value or ())
        return replace(state, places=places, passed=state.passed - {SITE} if places else state.passed | {SITE})
    if row.kind == ABOUT:
        return replace(state, age=row.value.get("age"), sex=row.value.get("sex"), about_asked=True)
    if row.kind == ANSWER and row.name in (SITE, SIDE, WARNINGS):
        return replace(state, passed=state.passed | {row.name})
    if row.kind == ANSWER:
        asked = (*(n for n in state.asked if n != row.name), row.name)
        return replace(state, answers={**state.answers, row.name: row.value}, asked=asked)
    return replace(state, ended=True) if row.kind == END else state


def places_of(plain: Iterable[Mapping[str, Any]]) -> tuple[Where, ...]:
    """Places from their stored form; a site that no longer exists is left out."""
    found = []
    for item in plain:
        sites = tuple(s for s in item.get("sites", ()) if s in SITES)
        side = item.get("side")
        if sites:
            found.append(Where(sites, Side(side) if side in set(Side) else None))
    return tuple(found)


def places_plain(places: Iterable[Where]) -> list[dict[str, Any]]:
    return [{"sites": list(p.sites), "side": None if p.side is None else p.side.value} for p in places]
