"""Shapes of the light: of one report, of one complaint, of the day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from niggle.core.body import Side
from niggle.core.outcomes import Light, OutsideScope, Urgency
from niggle.core.reasons import Reason
from niggle.core.red_flags import FlagHit, Lock
from niggle.core.values import value
from niggle.core.words import often

_GREEN, _RED = Light.GREEN, Light.RED


@often
class State(StrEnum):
    """Where a complaint stands; each state has its own rule for what to do. light: what it means for the day."""

    light: Light

    GREEN = "green", Light.GREEN
    YELLOW = "yellow", Light.YELLOW
    RETURNING = "returning", Light.YELLOW  # after red: handled as yellow, from the start of the ladder
    RED = "red", Light.RED  # a score or a limp
    RED_FLAG = "red_flag", Light.RED  # a warning sign somebody has to look at

    def __new__(cls, value: str, light: Light) -> State:
        state = str.__new__(cls, value)
        state._value_, state.light = value, light
        return state


class Lever(StrEnum):
    """What to turn down for the next sessions."""

    DOWNHILL = "downhill"
    INTENSITY = "intensity"
    VOLUME = "volume"


@value(frozen=True, slots=True)
class SessionDay:
    """A day on which she ran, as far as the light needs to know it. None: not known.

    hard: a session from which ordinary soreness is expected (speed, hills, race, long). distance_m: all runs that day.
    """

    day: date
    had_descent: bool | None = None
    had_intensity: bool | None = None
    hard: bool = False
    distance_m: float | None = None


@value(frozen=True, slots=True)
class DayLight:
    """What the decision table says to one report. rows: every matching row in table order, the first one decides."""

    light: Light
    rows: tuple[str, ...]
    care: Urgency
    ends_session: bool
    no_run_today: bool

    @property
    def decided(self) -> str | None:
        return self.rows[0] if self.rows else None


@value(frozen=True, slots=True)
class DayMark:
    """One day of a place. Days on which nothing was said of it have no mark: unknown, not green.

    light: the day's own reading (CANNOT_SAY: a word, but no pain value). final: the morning after has been answered.
    state: where the place stands at the end of the day, worst first. score, daily, run_pain, morning: 0-10; daily is
    what she felt outside of runs. stiff: minutes in the morning, or -1 to 1 against her usual.
    """

    on: date
    light: Light
    final: bool
    session: bool  # it speaks of a run
    state: State
    score: float | None = None
    daily: float | None = None
    run_pain: float | None = None
    morning: float | None = None
    stiff: float | None = None
    night_pain: bool | None = None
    limp: bool | None = None
    swelling: bool | None = None
    next_day_worse: bool | None = None
    sharp: bool = False
    ends_session: bool = False
    flagged: bool = False  # a warning sign that somebody has to look at is open
    locked: bool = False  # and only a clinician's clearance opens the way back
    word: bool = True  # False: nothing was said that day, a clinician's clearance changed the state

    @property
    def green(self) -> bool:
        """Green, and the place is not in red."""
        return self.light is _GREEN and self.state.light is not _RED


@value(frozen=True, slots=True)
class ComplaintLight:
    """One complaint today. decided: the row, or the state's rule where an earlier day still counts.

    sessions_left: final-green sessions still needed to leave yellow. since: first day of the present state.
    missing: answers that would make the light final, or that open the way out of red.
    """

    site: str | None
    side: Side | None
    light: Light
    provisional: bool
    state: State
    since: date
    decided: str | None
    reasons: tuple[Reason, ...]
    care: Urgency
    ends_session: bool
    no_run_today: bool
    score: float | None
    last_checkin: date
    levers: tuple[Lever, ...] = ()
    sessions_left: int | None = None
    flags: tuple[FlagHit, ...] = ()
    missing: tuple[str, ...] = ()
    outside: OutsideScope | None = None


@value(frozen=True, slots=True)
class LightState:
    """The light of a day: the worst complaint's. CANNOT_SAY without a check-in of the last days, never green.

    complaints: open ones, worst first. reasons: those of all complaints and of the profile, the deciding ones marked.
    flags: most urgent first; an emergency among them (not carried) stops everything else.
    """

    on: date
    light: Light
    provisional: bool
    care: Urgency
    no_run_today: bool
    ends_session: bool
    levers: tuple[Lever, ...]
    complaints: tuple[ComplaintLight, ...]
    reasons: tuple[Reason, ...]
    flags: tuple[FlagHit, ...]
    locks: tuple[Lock, ...]
    last_checkin: date | None
    missing: tuple[str, ...] = ()

    @property
    def emergency(self) -> bool:
        """Show the emergency card and nothing else."""
        return any(f.urgency is Urgency.EMERGENCY and not f.carried for f in self.flags)

    @property
    def worst(self) -> ComplaintLight | None:
        return self.complaints[0] if self.complaints else None


class Sessions:
    """The days of running up to `on`, ready for the questions that the light asks."""

    def __init__(self, days: Iterable[SessionDay], on: date) -> None:
        self.by_day: dict[date, list[SessionDay]] = {}
        for session in days:
            if session.day <= on:
                self.by_day.setdefault(session.day, []).append(session)

    @cached_property
    def days(self) -> list[date]:
        """In order."""
        return sorted(self.by_day)

    @cached_property
    def hard_days(self) -> list[date]:
        return [d for d in self.days if any(s.hard for s in self.by_day[d])]

    def count(self, after: date, to: date, also: Iterable[date] = ()) -> int:
        """Days of running later than `after`, up to `to`; `also`: days that a check-in tells of."""
        told = {d for d in also if after < d <= to and d not in self.by_day}
        return max(0, bisect_right(self.days, to) - bisect_right(self.days, after)) + len(told)

    def newest(self, to: date) -> date | None:
        place = bisect_right(self.days, to)
        return self.days[place - 1] if place else None

    def last_hard(self, to: date) -> date | None:
        place = bisect_right(self.hard_days, to)
        return self.hard_days[place - 1] if place else None

    def load_reduced(self, on: date) -> bool | None:
        """Whether each of the last two weeks held less than the week before them; None where distances are missing."""
        weeks = [self._distance(on - timedelta(days=7 * back)) for back in (2, 1, 0)]
        if any(w is None for w in weeks):
            return None
        before, first, second = (w for w in weeks if w is not None)
        return max(first, second) < before

    def _distance(self, last: date) -> float | None:
        """Of the seven days that end on `last`."""
        total = 0.0
        for back in range(6, -1, -1):
            for session in self.by_day.get(last - timedelta(days=back), ()):
                if session.distance_m is None:
                    return None
                total += session.distance_m
        return total


def levers_for(sessions: Sequence[SessionDay], score: float | None, two_from: float) -> tuple[Lever, ...]:
    """What to turn down: downhill if the session had descents, else intensity, else volume; two from 5 (TL-R03)."""
    fitting = []
    if any(s.had_descent for s in sessions):
        fitting.append(Lever.DOWNHILL)
    if any(s.had_intensity for s in sessions):
        fitting.append(Lever.INTENSITY)
    fitting.append(Lever.VOLUME)
    wanted = 2 if score is not None and score >= two_from else 1
    if len(fitting) < wanted:
        fitting.append(Lever.INTENSITY)
    return tuple(fitting[:wanted])
