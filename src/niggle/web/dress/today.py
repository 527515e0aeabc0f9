"""The day's page: a Decision as light, limits, lists and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from typing import Final, Protocol
from urllib.parse import urlencode

import numpy as np

from niggle.core.history import SPORTS, History
from niggle.core.knowledge_types import Source
from niggle.core.outcomes import Light, Urgency
from niggle.core.reasons import Reason
from niggle.core.session.types import RUN_SPORTS, Sport
from niggle.core.today import Decision, Headline, NextStep
from niggle.web.dress.reasons import ReasonCard, reason_cards
from niggle.web.dress.words import DAYS, capital, long_day, week_days
from niggle.wording import today as say
from niggle.wording.flags import first_aid, suspects, until_then
from niggle.wording.units import Units


class SessionRow(Protocol):
    """What the week strip needs of a session."""

    @property
    def on(self) -> date: ...
    @property
    def sport(self) -> Sport: ...
    @property
    def distance_m(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Empty:
    """An empty state: what will appear here, and the one button that makes it appear."""

    title: str
    say: str
    url: str = ""
    button: str = ""
    second: str = ""
    second_url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LightCard:
    light: str
    word: str
    tag: str
    say: str


@dataclass(frozen=True, slots=True)
class CareCard:
    title: str
    say: str
    facts: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    first: bool = False  # it goes before everything there is to do


@dataclass(frozen=True, slots=True)
class Emergency:
    """until: what to do and not to do until help is there."""

    title: str
    lines: tuple[str, ...]
    until: tuple[str, ...] = ()
    until_title: str = until_then(Urgency.EMERGENCY)


@dataclass(frozen=True, slots=True)
class DayCell:
    name: str
    letter: str
    distance: str
    today: bool = False
    other: str = ""


@dataclass(frozen=True, slots=True)
class NextLine:
    say: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class TodayPage:
    day: str
    light: LightCard
    emergency: Emergency | None = None
    figures: tuple[Figure, ...] = ()
    allowed: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    next: tuple[NextLine, ...] = ()
    care: CareCard | None = None
    reasons: tuple[ReasonCard, ...] = ()
    more_reasons: tuple[ReasonCard, ...] = ()
    week: tuple[DayCell, ...] = ()
    week_total: str = ""
    empty: Empty | None = None
    checkin_word: str = "Check in"


@dataclass(frozen=True, slots=True)
class Ran:
    """One session of the week strip."""

    on: date
    sport: Sport
    distance_m: float | None


def day_totals(history: History, first: date, last: date) -> tuple[Ran, ...]:
    """The sessions of those days, from the history that the decision was made of."""
    lo, hi = np.searchsorted(history.day, [first.toordinal(), last.toordinal() + 1])
    return tuple(
        Ran(date.fromordinal(int(history.day[i])), SPORTS[int(history.sport[i])], _known(float(history.distance_m[i])))
        for i in range(lo, hi)
    )


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def today_page(
    decision: Decision,
    sources: Mapping[str, Source],
    units: Units,
    *,
    week: Sequence[SessionRow] = (),
    week_starts: str = "monday",
    urls: Mapping[str, str] | None = None,
    told: Sequence[str] = (),
) -> TodayPage:
    """The page of a decision. `week`: the sessions of the week that the day is in. `urls`: import, checkin and care.

    told: what triage said to do until help is there, where the day's emergency was told to it.
    """
    head = TodayPage(
        day=long_day(decision.on),
        light=LightCard(decision.light.value, say.LIGHTS[decision.light], _tag(decision), _headline(decision)),
    )
    if decision.headline is Headline.NOTHING_KNOWN and not week:
        return replace(head, empty=_empty(urls or {}))  # lists about nobody would only be in the way
    reasons = reason_cards(_ordered(decision), sources, units)
    shown = max(SHOWN, sum(card.decided for card in reasons))
    cells, total = week_strip(decision.on, week, units, week_starts)
    return replace(
        head,
        emergency=_emergency(decision, told),
        figures=tuple(Figure(name, value) for name, value in say.caps(decision.caps, units)),
        allowed=tuple(capital(line) for line in say.allowed(decision)),
        leave_out=tuple(capital(line) for line in say.leave_out(decision)),
        next=_next(decision, urls or {}),
        care=_care(decision),
        reasons=reasons[:shown],
        more_reasons=reasons[shown:],
        week=cells,
        week_total=total,
    )


def _ordered(decision: Decision) -> list[Reason]:
    """What decided the day first, the rest in the decision's own order.

    A rule that decided a lighter complaint did not decide the day: "nothing hurts" stays in the list without the mark.
    """
    lighter = {p.rule for p in decision.places} - {p.rule for p in decision.places if p.light is decision.light}
    marked = [replace(r, decided=False) if r.rule in lighter else r for r in decision.reasons]
    return sorted(marked, key=lambda r: not r.decided)


def _headline(decision: Decision) -> str:
    return f"{say.headline(decision)}. {say.summary(decision)}"


def _tag(decision: Decision) -> str:
    if decision.light is Light.CANNOT_SAY:
        return "Not green: there is too little to go on"
    where = [say.place(p.site, p.side) for p in decision.places if p.light is decision.light and p.site is not None]
    tag = capital("; ".join(where)) if decision.light is not Light.GREEN else ""
    parts = [tag, "For now: the morning after makes it final" if decision.provisional else ""]
    return ". ".join(part for part in parts if part)


def _emergency(decision: Decision, told: Sequence[str]) -> Emergency | None:
    if decision.care.urgency is not Urgency.EMERGENCY:
        return None
    suspect = suspects(decision.care.suspect)
    lines = [say.SUMMARIES[Headline.EMERGENCY]]
    if suspect:
        lines.append(f"What you said can mean: {'; '.join(s.lower() for s in suspect)}.")
    lines.append("No running, and nothing else from this page, until somebody has looked at you.")
    return Emergency(say.HEADLINES[Headline.EMERGENCY], tuple(lines), first_aid(decision.care.rules, told))


def _care(decision: Decision) -> CareCard | None:
    text = say.care(decision.care)
    if text is None or decision.care.urgency is Urgency.EMERGENCY:
        return None
    facts = []
    if named := suspects(decision.care.suspect):
        facts.append(("It may be", "; ".join(named)))
    if decision.care.tests:
        facts.append(("Tests", "; ".join(decision.care.tests)))
    urgent = decision.care.urgency is Urgency.URGENT
    return CareCard("Be seen" if urgent else "Whom to see", text, tuple(facts), first=urgent)


_GO: Final = {
    NextStep.RECORD_CLEARANCE: ("care", "Record it"),
    NextStep.ANSWER_MORNING: ("checkin", "Answer"),
    NextStep.CHECK_IN_FIRST: ("checkin", "Check in"),
    NextStep.IMPORT_ARCHIVE: ("import", "Import"),
    NextStep.MAKE_WEEK: ("week", "To the week"),
    NextStep.NEW_WEEK: ("week", "To the week"),
    NextStep.SAY_BACK: ("times", "I am back"),
    NextStep.SAY_HOW_IT_IS: ("checkin", "Check in"),
    NextStep.SAY_NIGHT_PAIN: ("checkin", "Check in"),
    NextStep.SAY_LIMP: ("checkin", "Check in"),
    NextStep.SAY_SWELLING: ("checkin", "Check in"),
}


def _next(decision: Decision, urls: Mapping[str, str]) -> tuple[NextLine, ...]:
    """Next steps, with the way to the page where one is done."""
    lines = []
    for step, text in zip(decision.next_steps, say.next_steps(decision), strict=True):
        if step is NextStep.BOOK_PROFESSIONAL and say.care(decision.care) is not None:
            continue  # the card above says with whom
        name, link = _GO.get(step, ("", ""))
        url = urls.get(name, "")
        if step is NextStep.RECORD_CLEARANCE and url:
            place = next((p for p in decision.places if p.light is Light.RED and p.site is not None), None)
            given = {} if place is None else {"site": place.site, "side": place.side.value if place.side else ""}
            url += f"?{urlencode(given)}" if given else ""
        lines.append(NextLine(text, url, link if url else ""))
    return tuple(lines)


def _empty(urls: Mapping[str, str]) -> Empty:
    return Empty(
        "Your day will stand here",
        "A light, what you may do and how far, and why. It needs your training, a check-in, or both.",
        urls.get("import", ""), "Import my training", "Or answer a check-in first", urls.get("checkin", ""),
    )  # fmt: skip


SHOWN: Final = 4  # reasons that stand open on the page; the others unfold
_OTHER: Final = {Sport.RIDE: "ride", Sport.SWIM: "swim", Sport.STRENGTH: "gym", Sport.WALK: "walk", Sport.HIKE: "hike"}


def week_strip(
    on: date, sessions: Sequence[SessionRow], units: Units, week_starts: str
) -> tuple[tuple[DayCell, ...], str]:
    """Seven cells with the running of each day, and the week's total as text."""
    cells = []
    total = 0.0
    for day in week_days(on, week_starts):
        of_day = [s for s in sessions if s.on == day]
        ran = sum(s.distance_m or 0.0 for s in of_day if s.sport in RUN_SPORTS)
        total += ran
        other = next((_OTHER.get(s.sport, "other") for s in of_day if s.sport not in RUN_SPORTS), "")
        number = units.distance(ran, 1).split("\u00a0")[0] if ran else ("·" if day <= on else "")
        name = DAYS[day.weekday()]
        cells.append(DayCell(name, name[:2], number, day == on, other))
    return tuple(cells), units.distance(total, 1) if total else ""
