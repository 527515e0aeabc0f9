"""Three good signs for the progress report (TL-R11); unknown ones stay unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from niggle.core.checkin import Series
from niggle.core.knowledge_types import Knowledge
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.traffic_light.types import SessionDay

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Trio:
    """less_on_waking: morning pain lower than the week before. no_24h_increase: every easy run of the week was back at
    baseline a day later. strength_up: strength numbers rose while soreness behaved; the caller knows."""

    less_on_waking: bool | None
    no_24h_increase: bool | None
    strength_up: bool | None

    @property
    def on_track(self) -> bool:
        return all((self.less_on_waking, self.no_24h_increase, self.strength_up))


def green_trio(line: Series, on: date, sessions: Iterable[SessionDay], strength_up: bool | None) -> Trio:
    """The three signs over the week that ends on `on`."""
    mornings = line.weekly_means(on, 2, lambda c: c.answers.pain_morning)
    less = None if mornings[0] is None or mornings[1] is None else mornings[1] < mornings[0]
    easy = {s.day for s in sessions if not s.hard and on - _WEEK < s.day <= on}
    answers = [c.answers.baseline_by_24h for c in line.days if c.on in easy]
    quiet: bool | None = None
    if any(a is False for a in answers):
        quiet = False
    elif answers and len(answers) == len(easy) and all(answers):
        quiet = True
    return Trio(less, quiet, strength_up)


def trio_reason(trio: Trio, on: date, knowledge: Knowledge) -> Reason:
    """The three signs as a reason, for reports."""
    rule = knowledge.rules["TL-R11"]
    facts = (
        Fact("less_on_waking", trio.less_on_waking, None, on),
        Fact("no_24h_increase", trio.no_24h_increase, None, on),
        Fact("strength_up", trio.strength_up, None, on),
        Fact("on_track", trio.on_track, None, on),
    )
    return Reason(rule.id, Weight.INFO, facts, rule.sources, rule.grade)
