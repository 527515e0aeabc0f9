"""Titles of charts: each states the finding, so that the picture only has to show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from niggle.core.spikes import Week, WeekVerdict
from niggle.core.tissue import LoadWord, TissueState
from niggle.wording.units import Units, percent

_STEADY_WEEKS = 8
_DAYS_PER_WEEK = 7


def weeks_title(weeks: Sequence[Week], units: Units, on: date | None = None) -> str:
    """What the last complete week did, against the week it is measured against. on: the day that is looked at; a week
    that ends with it is this week."""
    complete = [week for week in weeks if not week.partial]
    if not complete:
        return "Your first week is still running" if weeks else "No running weeks yet"
    last = complete[-1]
    this = on is not None and (on - last.start).days < _DAYS_PER_WEEK
    name = "This week" if this else "Last week"
    verb = "is" if this else "was"
    if last.amount == 0:
        return f"Nothing was run {name.lower()}"
    amount = _amount(last, last.amount, units)
    if last.cutback:
        return f"{name} {verb} a lighter one: {amount}"
    if last.verdict in (WeekVerdict.GROWTH, WeekVerdict.GROWTH_CAP, WeekVerdict.DOUBLING) and last.reference:
        grown = percent(last.amount / last.reference - 1)
        return f"{name} {verb} {amount}, {grown} more than the week it builds on"
    usual = [week.amount for week in complete[-_STEADY_WEEKS:] if not week.cutback]
    if len(usual) >= 2 and max(usual) > 0:
        mean = sum(usual) / len(usual)
        return f"About {_amount(last, mean, units)} a week over the last {_count(len(usual), 'week')}"
    return f"{name} {verb} {amount}"


def spikes_title(days: Sequence[date], span_weeks: int) -> str:
    """How many days with a jump, and how far they are behind."""
    if not days:
        return f"No load spike in the last {_count(span_weeks, 'week')}"
    distinct = sorted(set(days))
    last = distinct[-1]
    when = f"{last.day} {_MONTHS[last.month - 1]}"
    if len(distinct) == 1:
        return f"One load spike in the last {_count(span_weeks, 'week')}: {when}"
    return f"{len(distinct)} days with a load spike in the last {_count(span_weeks, 'week')}, the last on {when}"


def tissue_title(state: TissueState, name: str) -> str:
    """Calf load is 40 % above what it is used to."""
    what = f"{name[:1].upper()}{name[1:]}"
    if state.ratio is None:
        return f"{what}: too little training known to compare with"
    change = state.ratio - 1
    if state.word is LoadWord.USUAL:
        return f"{what}: this week's load is about what it is used to"
    side = "above" if change > 0 else "below"
    return f"{what}: this week's load is {percent(abs(change))} {side} what it is used to"


LOAD_WORDS = {
    LoadWord.NOT_KNOWN: "not known",
    LoadWord.BELOW: "below usual",
    LoadWord.USUAL: "as usual",
    LoadWord.ABOVE: "above usual",
    LoadWord.WELL_ABOVE: "well above usual",
    LoadWord.FAR_ABOVE: "far above usual",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _amount(week: Week, value: float, units: Units) -> str:
    return units.duration(value) if week.by_time else units.distance(value, 0)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
