"""A complaint day by day, as a plan has to see it: the light of each day, whether it was final, what was said.

The same story that gives today's light is told once more and looked at after every report; there is no second engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from niggle.core.body import Side
from niggle.core.checkin import SHARP_QUALITIES, CheckIn, Complaint, same_complaint
from niggle.core.checkin.series import stiffness_value
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light, Urgency, worst
from niggle.core.profile import Profile
from niggle.core.traffic_light.memory import Memory
from niggle.core.traffic_light.report import Report, Story, is_final
from niggle.core.traffic_light.story import Teller, teller_of
from niggle.core.traffic_light.types import DayMark, SessionDay, State

# members under names of their own: finding them in their enum takes longer than comparing them
_RED, _RETURNING, _FLAGGED = Light.RED, State.RETURNING, State.RED_FLAG


def marks_of(
    checkins: Sequence[CheckIn],
    on: date,
    profile: Profile,
    sessions: Iterable[SessionDay],
    knowledge: Knowledge,
    sites: Collection[str],
    side: Side | None,
    since: date | None = None,
    memory: Memory | None = None,
    own: str | None = None,
) -> tuple[DayMark, ...]:
    """The marked days from `since` to `on`, oldest first, of every complaint at one of the sites on that side.

    checkins: folded until `on`. A day with several complaints takes the worst of each. Nothing later than `on` counts.
    own: the site that it is about, if it is one; the others can then make a day worse, and what is calm about them says
    nothing: a shin without pain does not make the back well that the pain comes from.
    """
    memory = memory or Memory()
    memory.look_from(since or date.min)
    teller = teller_of(checkins, on, profile, sessions, knowledge, memory)
    days: dict[date, list[DayMark]] = {}
    told: set[date] = set()  # days with a word about the place itself
    for place in teller.lines:
        site, own_side = place
        if site is None or site not in sites or not same_complaint(site, side, site, own_side):
            continue
        for mark in _marks(teller, place):
            if own in (None, site):
                days.setdefault(mark.on, []).append(mark)
                if mark.word:
                    told.add(mark.on)
            elif mark.light is not Light.GREEN:
                days.setdefault(mark.on, []).append(mark)
            elif mark.state.light is _RED:  # the place is not over it, and no word of the day says how it is here
                still = DayMark(mark.on, Light.CANNOT_SAY, False, False, mark.state, flagged=mark.flagged,
                                locked=mark.locked, word=False)  # fmt: skip
                days.setdefault(mark.on, []).append(still)
    for checkin in teller.known:  # nothing hurts, and no such complaint was ever told of
        if checkin.site is None and checkin.on not in days and not checkin.troubled:
            days[checkin.on] = [_quiet(checkin.on, State.GREEN, teller, False)]
            told.add(checkin.on)
    calm_to = knowledge.number("green_max")
    marks: list[DayMark] = []
    for day in sorted(days) if since is None else sorted(day for day in days if day >= since):
        mark = found[0] if len(found := days[day]) == 1 else _merged(found)
        marks.append(mark if day in told or not mark.word else _no_calm(mark, calm_to))
    return tuple(marks)


def _marks(teller: Teller, place: Complaint) -> list[DayMark]:
    story = teller.tell(place)
    found: list[DayMark] = []
    before = State.GREEN
    for told in teller.tales[place]:
        after = told.story
        # a clearance between two reports shows in the state's own first day
        if after.state is _RETURNING and before.light is _RED and after.since < told.on:
            found.append(_cleared(after.since, _RETURNING))
        before = after.state
        if told.checkin is None:
            later = teller.last_word is not None and teller.last_word > told.on
            if told.mark is None or told.mark.final is not later:
                told.mark = _quiet(told.on, after.state, teller, _locks(after))
            found.append(told.mark)
        elif told.report is not None:
            if told.mark is None:
                told.mark = _mark(told.report, after)
            found.append(told.mark)
    if story.state is _RETURNING and before.light is _RED:
        found.append(_cleared(story.since, _RETURNING))
    return found


def _locks(story: Story) -> bool:
    return story.state.light is _RED and any(h.locks for h in story.held)


def _cleared(day: date, state: State) -> DayMark:
    return DayMark(day, Light.CANNOT_SAY, False, False, state, word=False)


def _quiet(day: date, state: State, teller: Teller, locked: bool) -> DayMark:
    """She said that nothing hurts. A later word makes it final."""
    later = teller.last_word is not None and teller.last_word > day
    session = day in teller.sessions.by_day
    known = teller.quiet_marks.get((day, later, session, state, locked))
    if known is None:
        known = teller.quiet_marks[day, later, session, state, locked] = DayMark(
            day, Light.GREEN, later, session, state, 0.0, 0.0, None, 0.0, None, False, False, False,
            False if later else None, flagged=state is _FLAGGED, locked=locked,
        )  # fmt: skip
    return known


def _mark(report: Report, story: Story) -> DayMark:
    checkin, facts = report.checkin, report.facts
    a = checkin.answers
    not_back, worse = facts.get("not_back_at_baseline"), facts.get("stiffness_worse")
    next_day: bool | None = None
    if not_back is not None or worse is not None:
        next_day = bool(not_back or worse)
        if next_day and (facts.get("stiffness_exempt") or facts.get("soreness_exempt")):
            next_day = False
    outside = [a.pain_before, a.pain_evening, a.pain_morning]
    if not report.session:
        outside.append(a.pain_after)
    red = story.state.light is _RED
    return DayMark(
        checkin.on,
        report.day.light,
        is_final(report),
        report.session,
        story.state,
        checkin.score,
        _most(outside),
        _most((a.pain_start, a.pain_max, a.pain_end)) if report.session else None,
        a.pain_morning,
        stiffness_value(checkin),
        a.night_pain,
        _any((a.limp, a.limp_walking, a.gait_changed, a.limp_first_steps)),
        a.swelling,
        next_day,
        a.quality in SHARP_QUALITIES,
        report.day.ends_session,
        red and (story.state is _FLAGGED or any(h.urgency >= Urgency.URGENT for h in story.held)),
        _locks(story),
    )


def _most(values: Iterable[float | None]) -> float | None:
    return max((v for v in values if v is not None), default=None)


def _any(values: Iterable[bool | None]) -> bool | None:
    """One yes is a yes; one no and nothing else is a no; nothing answered is unknown."""
    given = [v for v in values if v is not None]
    return any(given) if given else None


def _no_calm(mark: DayMark, calm_to: float) -> DayMark:
    """A day of which only other places were told: what was bad stays, and nothing of it says that this one is calm."""
    score, daily, run, morning = (
        None if v is None or v <= calm_to else v for v in (mark.score, mark.daily, mark.run_pain, mark.morning)
    )
    return replace(
        mark, score=score, daily=daily, run_pain=run, morning=morning,
        stiff=None if mark.stiff is None or mark.stiff <= 0 else mark.stiff,
        night_pain=mark.night_pain or None, limp=mark.limp or None, swelling=mark.swelling or None,
        next_day_worse=mark.next_day_worse or None,
    )  # fmt: skip


_SEVERITY = {State.GREEN: 0, _RETURNING: 1, State.YELLOW: 2, State.RED: 3, _FLAGGED: 4}


def _merged(marks: Sequence[DayMark]) -> DayMark:
    """Several complaints, or a clearance and a report, of one day: the worst of each."""
    words = [m for m in marks if m.word]
    state = max((m.state for m in marks), key=_SEVERITY.__getitem__)
    if not words:
        return replace(marks[0], state=state)
    return DayMark(
        words[0].on,
        worst(*(m.light for m in words)),
        all(m.final for m in words),
        any(m.session for m in words),
        state,
        _most(m.score for m in words),
        _most(m.daily for m in words),
        _most(m.run_pain for m in words),
        _most(m.morning for m in words),
        _most(m.stiff for m in words),
        _any(m.night_pain for m in words),
        _any(m.limp for m in words),
        _any(m.swelling for m in words),
        _any(m.next_day_worse for m in words),
        any(m.sharp for m in words),
        any(m.ends_session for m in words),
        any(m.flagged for m in marks),
        any(m.locked for m in marks),
    )
