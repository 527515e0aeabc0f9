"""What one check-in said, and where its complaint stands after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from niggle.core.checkin import CheckIn, Moment
from niggle.core.outcomes import Light, Urgency
from niggle.core.reasons import FactValue
from niggle.core.red_flags import FlagHit
from niggle.core.traffic_light.types import DayLight, DayMark, Sessions, State

READY: Final = ("swelling", "hop_pain", "walk_pain")  # to be answered no before red ends (TL-34)
ON_BONE: Final = {"hop_pain": "bone_spot_tender"}  # nobody hops on a bone that may be injured: it is pressed instead


@dataclass(slots=True)
class Report:
    """One check-in as the table read it. plain: the same without clocks and earlier lights, where it is known."""

    checkin: CheckIn
    facts: Mapping[str, FactValue]
    hits: tuple[FlagHit, ...]
    day: DayLight
    session: bool  # it speaks of a run
    plain: Report | None = None


@dataclass(slots=True)
class Story:
    """Where the complaint stands after an event. `held` are flags not yet taken back or cleared.

    Events that change nothing share one story: whoever changes it makes a copy first.
    """

    state: State
    since: date
    greens: int = 0  # final-green sessions in a row
    yellows: int = 0  # yellow sessions since it turned yellow
    trigger: date | None = None  # the session that last made it yellow or red
    last_session_score: float | None = None
    held: tuple[FlagHit, ...] = ()
    locking: tuple[FlagHit, ...] = ()  # every locking flag so far
    must_answer: tuple[str, ...] = READY
    worst_care: Urgency = Urgency.SELF_CARE
    told_days: tuple[date, ...] = ()  # days of running in this state that only check-ins tell of
    report: Report | None = None

    def copy(self) -> Story:
        return Story(
            self.state, self.since, self.greens, self.yellows, self.trigger, self.last_session_score, self.held,
            self.locking, self.must_answer, self.worst_care, self.told_days, self.report,
        )  # fmt: skip

    def enter(self, state: State, on: date) -> None:
        self.state, self.since, self.greens, self.yellows = state, on, 0, 0
        self.told_days = tuple(d for d in self.told_days if d > on)
        if state.light is not Light.RED:
            self.held, self.must_answer, self.worst_care = (), READY, Urgency.SELF_CARE


@dataclass(slots=True)
class Told:
    """One event of a complaint, and the story right after it. checkin None: she said that nothing hurts.

    report None: it passed quietly. newest: it was read as the newest one, with the clocks of that day.
    """

    on: date
    checkin: CheckIn | None
    story: Story
    report: Report | None
    newest: bool
    mark: DayMark | None = None  # as plans see it, once somebody asked


def tells_of_run(checkin: CheckIn, sessions: Sessions) -> bool:
    """Whether the check-in speaks of a run: the log has one that day, or the answers are those of one."""
    a = checkin.answers
    return (
        checkin.on in sessions.by_day
        or a.pain_max is not None
        or a.pain_start is not None
        or a.pain_end is not None
        or a.onset_km is not None
        or checkin.session_id is not None
        or Moment.DURING in checkin.moments
    )


def is_final(report: Report) -> bool:
    """Whether the next morning and the 24 hours have been answered (TL-R01). Red needs no morning to be red."""
    if report.day.light is Light.RED:
        return True
    a = report.checkin.answers
    morning = (
        Moment.NEXT_MORNING in report.checkin.moments
        or a.pain_morning is not None
        or a.stiffness is not None
        or a.limp_first_steps is not None
        or a.limp_walking is not None
        or a.baseline_by_24h is not None
    )
    settled = report.facts.get("not_back_at_baseline") is not None
    return morning and settled and not (a.posture_pain and a.posture_fades is None)


def carried(story: Story) -> tuple[FlagHit, ...]:
    """Flags of the present red that the newest report does not repeat."""
    now = {h.rule for h in story.report.hits} if story.report is not None else set()
    return tuple(replace(h, carried=True) for h in story.held if h.rule not in now)
