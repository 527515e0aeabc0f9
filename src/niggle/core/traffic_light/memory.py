"""What was told before of a runner's complaints, so that the next day only what changed since is told again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from niggle.core.checkin import CheckIn, Complaint
from niggle.core.checkin.lines import Line, Lines, same_beginning
from niggle.core.knowledge_types import Knowledge
from niggle.core.profile import Profile
from niggle.core.traffic_light.facts import Numbers
from niggle.core.traffic_light.quiet import Quiet
from niggle.core.traffic_light.report import Told
from niggle.core.traffic_light.types import DayMark, SessionDay, Sessions

if TYPE_CHECKING:
    from niggle.core.traffic_light.story import Teller

_BY_DAY: Final = attrgetter("on")
# how weeks may grow is no matter of pain
_WHO: Final = attrgetter(*(f.name for f in fields(Profile) if f.name != "mode"))


@dataclass(frozen=True, slots=True)
class Rules:
    """What stories are told by. who: the profile's values."""

    knowledge: Knowledge
    who: Any
    numbers: Numbers
    quiet: Quiet

    @staticmethod
    def of(profile: Profile, knowledge: Knowledge) -> Rules:
        numbers = Numbers.of(knowledge)
        return Rules(knowledge, _WHO(profile), numbers, Quiet(profile, numbers, knowledge))

    def hold(self, profile: Profile, knowledge: Knowledge) -> bool:
        return self.knowledge is knowledge and bool(self.who == _WHO(profile))


class Memory:
    """Kept by a caller who asks day after day of one runner. It changes nothing but time.

    since: from this day on every check-in is read in full, because somebody looks at each (plans do).
    today: who told last; the next question about the same day goes to the same one.
    """

    def __init__(self) -> None:
        self.since: date | None = None
        self.today: Teller | None = None
        self.lines = Lines()
        self.tales: dict[Complaint, list[Told]] = {}  # what was told of each complaint, event by event
        self.quiet_marks: dict[tuple[Any, ...], DayMark] = {}  # of days without a report, by what they say
        self._rules: Rules | None = None
        self._given: tuple[Sequence[CheckIn], tuple[SessionDay, ...]] = ((), ())
        self._log: tuple[SessionDay, ...] = ()  # of the days of running, those known

    def look_from(self, since: date) -> None:
        if self.since is None or since < self.since:
            self._forget()
            self.since = since

    def _forget(self) -> None:
        self.tales.clear()
        self.today = None

    def same_day(
        self,
        checkins: Sequence[CheckIn],
        on: date,
        profile: Profile,
        log: tuple[SessionDay, ...],
        knowledge: Knowledge,
    ) -> Teller | None:
        """Who told of the very same day; None if nobody did."""
        told, given = self.today, self._given
        if told is None or told.on != on or given[0] is not checkins or given[1] is not log:
            return None
        same = isinstance(checkins, tuple) and self._rules is not None and self._rules.hold(profile, knowledge)
        return told if same else None

    def meet(
        self,
        checkins: Sequence[CheckIn],
        on: date,
        profile: Profile,
        log: tuple[SessionDay, ...],
        knowledge: Knowledge,
    ) -> tuple[Rules, Sessions]:
        """Takes in what the next telling goes by. Gone is what was told by other rules, runs or words."""
        before, self.today = self.today, None
        rules = self._rules
        if rules is None or not rules.hold(profile, knowledge):
            rules = self._rules = Rules.of(profile, knowledge)
            self.tales.clear()
        runs = self._runs(log, on, before)
        self._given = checkins, log
        self.lines.meet(in_order(checkins, on))
        tales, self.tales = self.tales, {}
        for place, line in self.lines.of.items():
            told = self.tales[place] = tales.get(place, [])
            del told[line.same :]
        return rules, runs

    def _runs(self, log: tuple[SessionDay, ...], on: date, before: Teller | None) -> Sessions:
        if before is not None and log is self._given[1] and len(log) == len(self._log) and on >= before.on:
            return before.sessions
        known = tuple(s for s in log if s.day <= on)
        begin = same_beginning(self._log, known)
        changed = [s.day for s in (*self._log[begin:], *known[begin:])]
        self._log = known
        if before is not None and not changed:
            return before.sessions
        for told in self.tales.values() if changed else ():
            while told and told[-1].on >= min(changed):
                told.pop()
        return Sessions(known, on)


def still_true(told: Sequence[Told], line: Line) -> int:
    """How many events need not be told again: not the newest check-in, whose clocks go on, and what follows it.

    Before it, a day on which nothing hurt has a later word already, whatever is said today.
    """
    newest = next((n for n in range(len(told) - 1, -1, -1) if told[n].newest), len(told))
    return min(newest, line.last)


def in_order(checkins: Sequence[CheckIn], on: date) -> tuple[CheckIn, ...]:
    """Those known on that day, by day."""
    return tuple(sorted((c for c in checkins if c.on <= on), key=_BY_DAY))
