"""Ordinary months stay green for the whole decision: runs, a word after each of them, and nothing made of nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle

import numpy as np
import pytest
from tests.healthy.build import knowledge
from tests.healthy.months import MONTHS, Month

from niggle.core.body import Side
from niggle.core.case import Case
from niggle.core.checkin import Answers, Entry
from niggle.core.outcomes import Light, Urgency
from niggle.core.today import Decision, decide

# What an ordinary runner says after a run: mostly nothing, now and then a place that is a little tired and gone again.
LITTLE = (
    None, None, ("calf_inner", 1.0), None, None, ("thigh_front", 2.0), None, None, None, ("foot_top", 1.0), None, None,
    None, ("hip_outer", 2.0), None, None,
)  # fmt: skip


def _entry(on: date, number: int, site: str | None, **said: object) -> Entry:
    at = datetime.combine(on, time(20), UTC)
    return Entry(f"{on}-{number}", on, at, site, Side.BOTH if site else None, answers=Answers(**said))  # type: ignore[arg-type]


def words_of(month: Month) -> list[Entry]:
    """A check-in on each day with a run, and its next morning: back to usual. On holiday, a word a week."""
    mondays = [d for d in month.days() if d.weekday() == 0]  # a word older than a week would be no green
    said = [_entry(d, 2, None) for d in mondays if d.toordinal() not in set(month.history.day.tolist())]
    days = sorted({int(d) for d in month.history.day[month.history.is_run]})
    for day, little in zip(days, cycle(LITTLE), strict=False):
        on = date.fromordinal(day)
        if little is None:
            said.append(_entry(on, 0, None))
            said.append(_entry(on, 1, None, pain_morning=0.0, baseline_by_24h=True))
        else:
            site, pain = little
            said.append(_entry(on, 0, site, pain_start=pain, pain_max=pain, pain_end=pain))
            said.append(_entry(on, 1, site, pain_morning=0.0, baseline_by_24h=True))
    return said


def decisions(month: Month) -> list[Decision]:
    entries = words_of(month)
    since = month.first - timedelta(days=60)
    recent = tuple(e for e in entries if e.on >= since)
    return [decide(Case(day, month.history, recent, month.profile), knowledge()) for day in month.days()]


@pytest.mark.parametrize("name", MONTHS)
def test_an_ordinary_month_stays_green(name: str) -> None:
    found = decisions(MONTHS[name]())
    assert len(found) >= 28
    for decision in found:
        rules = [r.rule for r in decision.reasons if r.decided]
        assert decision.light is Light.GREEN, (decision.on, decision.light, rules)
        assert decision.care.urgency is Urgency.SELF_CARE, (decision.on, decision.care)


@pytest.mark.parametrize("every", [4, 5, 6])
def test_a_calf_that_speaks_up_now_and_then_asks_for_nobody(every: int) -> None:
    """A niggle of 2 after every few runs, gone in the runs between: no care advice in a month of three runs a week."""
    month = MONTHS["three_a_week"]()
    days = [date.fromordinal(d) for d in sorted({int(d) for d in month.history.day[month.history.is_run]})]
    recent = [d for d in days if d >= month.first - timedelta(days=14)]
    entries = tuple(
        _entry(d, 0, "calf_inner" if n % every == 0 else None, pain_max=2.0 if n % every == 0 else 0.0)
        for n, d in enumerate(recent)
    )
    cases = [Case(day, month.history, entries, month.profile) for day in month.days() if day > recent[-13]]
    found = [decide(case, knowledge()) for case in cases]
    assert {d.light for d in found} == {Light.GREEN}
    assert {d.care.urgency for d in found} == {Urgency.SELF_CARE}


def test_the_same_month_with_one_limp_is_not_green() -> None:
    month = MONTHS["three_a_week"]()
    last = date.fromordinal(int(np.max(month.history.day[month.history.is_run])))
    entries = (*words_of(month), _entry(last, 3, "shin_inner", pain_max=2.0, limp=True))
    assert decide(Case(last, month.history, entries, month.profile), knowledge()).light is Light.RED
