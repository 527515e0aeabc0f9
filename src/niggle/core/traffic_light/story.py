"""One complaint's way through the lights, day by day: when yellow is over, when it has become red, when red may end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from niggle.core.body import Side
from niggle.core.checkin import CheckIn, Moment, Series
from niggle.core.checkin.series import score_of
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light, Urgency
from niggle.core.profile import Mode, Profile
from niggle.core.reasons import FactValue
from niggle.core.red_flags import FlagHit, cleared_on, hits_of
from niggle.core.red_flags.facts import add_course
from niggle.core.traffic_light.facts import Context, Numbers, add_flags, facts
from niggle.core.traffic_light.quiet import Quiet
from niggle.core.traffic_light.table import light_of_day
from niggle.core.traffic_light.types import DayLight, DayMark, SessionDay, Sessions, State

READY: Final = ("swelling", "hop_pain", "walk_pain")  # to be answered no before red ends (TL-34)
_ALSO: Final[Mapping[str, tuple[str, ...]]] = {  # and these, where they were what made it red
    "TL-D03": ("feels_wrong",),
    "TL-D07": ("pain_at_rest", "night_pain"),
}
_FLAG_ROWS: Final = frozenset({"TL-D01", "TL-D02", "TL-D03", "TL-D04", "TL-D07"})


@dataclass(slots=True)
class Report:
    """One check-in as the table read it."""

    checkin: CheckIn
    facts: dict[str, FactValue]
    hits: tuple[FlagHit, ...]
    day: DayLight
    session: bool  # it speaks of a run


@dataclass(slots=True)
class Story:
    """Where the complaint stands after the last report. `held` are flags not yet taken back or cleared."""

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
    told_days: list[date] = field(default_factory=list)  # days of running that only check-ins tell of
    report: Report | None = None

    def copy(self) -> Story:
        return replace(self, told_days=list(self.told_days))


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


class Memory:
    """Stories told before, so that the next day only what changed since is told again. It changes nothing but time.

    since: from this day on every check-in is read in full, because somebody looks at each (plans do).
    """

    def __init__(self) -> None:
        self.since: date | None = None
        self.lines: dict[tuple[str | None, Side | None], list[Told]] = {}
        self.profile: Profile | None = None
        self.knowledge: Knowledge | None = None
        self.by_day: dict[date, list[SessionDay]] = {}
        self.first: dict[tuple[str | None, Side | None], date] = {}  # where each line began when it was told
        self.words: dict[tuple[str | None, Side | None], date | None] = {}  # the newest word when a line was told
        self.quiet: Quiet | None = None
        self.on: date | None = None  # the day that was told of last
        self.told_today: set[tuple[str | None, Side | None]] = set()  # lines told on that day, by the same log

    def look_from(self, since: date) -> None:
        if self.since is None or since < self.since:
            self.lines.clear()
            self.told_today.clear()
            self.since = since

    def wants(self, on: date) -> bool:
        return self.since is not None and on >= self.since

    def meet(self, profile: Profile, sessions: Sessions, knowledge: Knowledge, on: date) -> None:
        """What this telling goes by; what was told by other rules is forgotten."""
        same = replace(profile, mode=Mode.BUILD)  # how weeks may grow is no matter of pain
        if self.knowledge is not knowledge or self.profile != same:
            self.lines.clear()
            self.told_today.clear()
            self.quiet = None
        changed_from = _first_difference(self.by_day, sessions.by_day)
        if changed_from is not None or self.on != on:
            self.told_today.clear()
            self.on = on
        self.profile, self.knowledge, self.by_day = same, knowledge, sessions.by_day
        if changed_from is not None:
            for key, told in self.lines.items():
                self.lines[key] = [t for t in told if t.on < changed_from]

    def still_true(
        self, line: Series, events: Sequence[tuple[date, CheckIn | None]], last: CheckIn, last_word: date | None
    ) -> list[Told]:
        """The told events that begin this line as they did before; the list is kept and grows with the telling."""
        key = (line.site, line.side)
        before, word = self.lines.get(key, []), self.words.get(key)
        if self.first.get(key) != line.days[0].on:
            before = []  # a late word about an earlier day moves the beginning, and with it every state's first day
        self.first[key] = line.days[0].on
        again = key in self.told_today and word == last_word and _same_events(before, events)
        self.told_today.add(key)
        if again:
            return before
        count = 0
        for told, (on, checkin) in zip(before, events, strict=False):
            if told.on != on or told.newest or checkin is last:
                break
            if told.checkin is not checkin and told.checkin != checkin:
                break
            if checkin is None and not (word is not None and last_word is not None and min(word, last_word) > on):
                break
            count += 1
        self.lines[key], self.words[key] = before[:count], last_word
        return self.lines[key]


def _same_events(told: Sequence[Told], events: Sequence[tuple[date, CheckIn | None]]) -> bool:
    return len(told) == len(events) and all(
        t.on == on and (t.checkin is checkin or t.checkin == checkin)
        for t, (on, checkin) in zip(told, events, strict=True)
    )


def _first_difference(a: Mapping[date, list[SessionDay]], b: Mapping[date, list[SessionDay]]) -> date | None:
    """The first day on which two logs differ; None where they are the same."""
    different = [d for d in a.keys() | b.keys() if a.get(d) != b.get(d)]
    return min(different, default=None)


class Teller:
    """Tells a complaint's story up to `on`. Holds what is the same for every complaint."""

    def __init__(
        self,
        profile: Profile,
        sessions: Sessions,
        on: date,
        last_word: date | None,
        knowledge: Knowledge,
        *,
        every_check_in: bool = False,
        memory: Memory | None = None,
    ) -> None:
        """every_check_in: read the quiet ones in full too; the outcome is the same, only slower. memory: see there."""
        self.profile, self.sessions, self.on, self.knowledge = profile, sessions, on, knowledge
        self.memory = memory
        if memory is not None:
            memory.meet(profile, sessions, knowledge, on)
        self.numbers = Numbers.of(knowledge)
        self.last_word = last_word  # newest check-in about anything
        self.load_reduced = sessions.load_reduced(on)
        self.quiet: Quiet | None = None
        if memory is not None:
            if memory.quiet is None:
                memory.quiet = Quiet(profile, self.numbers, knowledge)
            self.quiet = memory.quiet
        elif not every_check_in:
            self.quiet = Quiet(profile, self.numbers, knowledge)

    def read(self, checkin: CheckIn, line: Series, *, newest: bool) -> Report:
        """The table's reading of one check-in. Clocks matter for advice today and for the young, so only there."""
        last_hard = self.sessions.last_hard(checkin.on) if checkin.answers.diffuse_both_sides else None
        found = facts(checkin, Context(line, self.profile, self.numbers, last_hard))
        age = self.profile.age_years(checkin.on)
        if newest:
            run_days = {*self.sessions.by_day, *(c.on for c in line.days if tells_of_run(c, self.sessions))}
            add_course(found, self.on, line, self.profile, self.numbers.limits, self.load_reduced, run_days)
        elif age is not None and age < self.numbers.youth_age:
            add_course(found, checkin.on, line, self.profile, self.numbers.limits, None)
        hits = hits_of(found, checkin.on, self.knowledge)
        add_flags(found, hits)
        found["yellow_unresolved"] = found["yellow_darkening"] = False
        return Report(checkin, found, hits, light_of_day(found, self.knowledge), tells_of_run(checkin, self.sessions))

    def tell(self, line: Series) -> Story:
        story = Story(State.GREEN, line.days[0].on)
        last = line.days[-1]
        events: list[tuple[date, CheckIn | None]] = [(c.on, c) for c in line.days]
        events += [(d, None) for d in line.quiet_days]
        events.sort(key=lambda e: e[0])
        memory = self.memory
        told: list[Told] = [] if memory is None else memory.still_true(line, events, last, self.last_word)
        if told:
            story = told[-1].story.copy()
        for on, checkin in events[len(told) :]:
            self._clear(story, line, on)
            report: Report | None = None
            if checkin is None:
                if on in self.sessions.by_day and self.last_word is not None and self.last_word > on:
                    self._green_session(story, on)
            elif (
                checkin is last
                or story.state is not State.GREEN
                or (memory is not None and memory.wants(on))
                or not self._passes_quietly(story, checkin)
            ):
                report = self.read(checkin, line, newest=checkin is last)
                self._step(story, report)
                story.report = report
            if memory is not None:
                told.append(Told(on, checkin, story.copy(), report, checkin is last))
        self._clear(story, line, self.on)
        return story

    def _passes_quietly(self, story: Story, checkin: CheckIn) -> bool:
        """A quiet check-in in green changes nothing but what the last session's pain was."""
        age = self.profile.age_years(checkin.on)
        young = age is not None and age < self.numbers.youth_age
        if self.quiet is None or young or not self.quiet.is_quiet(checkin):
            return False
        if tells_of_run(checkin, self.sessions):
            if checkin.on not in self.sessions.by_day:
                story.told_days.append(checkin.on)
            if (score := score_of(checkin)) is not None:
                story.last_session_score = score
        return True

    def _clear(self, story: Story, line: Series, on: date) -> None:
        """A clinician's clearance ends red; the way back starts as a yellow."""
        if story.state.light is not Light.RED or not self.profile.clearances:
            return
        day = cleared_on(self.profile, line.site, line.side, story.since, on)
        # a clearance of the very day of the report counts from the next day: nobody knows which came first
        if day is not None and on > story.since:
            _enter(story, State.RETURNING, day)

    def _step(self, story: Story, report: Report) -> None:
        on, facts_ = report.checkin.on, report.facts
        score = facts_.get("score")
        score = float(score) if isinstance(score, int | float) else None
        if report.session and on not in self.sessions.by_day:
            story.told_days.append(on)
        if story.state.light is Light.YELLOW and report.day.light is Light.YELLOW:
            self._darken(story, report, score)
        story.locking += tuple(h for h in report.hits if h.locks)
        light = report.day.light
        if light is Light.RED:
            self._red(story, report)
        elif story.state.light is Light.RED:
            if light is not Light.CANNOT_SAY and not self.what_is_missing(story, report):
                _enter(story, State.RETURNING, on)
        elif light is Light.YELLOW:
            if story.state is State.GREEN:
                _enter(story, State.YELLOW, on)
            story.greens = 0
            if report.session:
                story.yellows += 1
            story.trigger = on
        elif light is Light.GREEN and report.session and is_final(report):
            self._green_session(story, on)
        if report.session and score is not None:
            story.last_session_score = score

    def _darken(self, story: Story, report: Report, score: float | None) -> None:
        """Yellow again after yellow: unresolved after two sessions, darkening if a point worse (TL-D09, TL-R07)."""
        run_since = self.sessions.count(story.since, report.checkin.on, story.told_days)
        unresolved = run_since >= self.numbers.reduced_sessions
        last = story.last_session_score
        darker = score is not None and last is not None and score - last >= self.numbers.darkening_delta
        if unresolved or darker:
            report.facts["yellow_unresolved"], report.facts["yellow_darkening"] = unresolved, darker
            report.day = light_of_day(report.facts, self.knowledge)

    def _red(self, story: Story, report: Report) -> None:
        on = report.checkin.on
        flagged = any(row in _FLAG_ROWS for row in report.day.rows)
        serious = tuple(h for h in report.hits if h.urgency >= Urgency.URGENT)
        if story.state.light is not Light.RED:
            _enter(story, State.RED_FLAG if flagged else State.RED, on)
        elif flagged:
            story.state = State.RED_FLAG
        held = {h.rule: h for h in (*serious, *story.held)}  # the first day of each flag stays
        story.held = tuple(sorted(held.values(), key=lambda h: h.rank))
        extra = tuple(q for row in report.day.rows for q in _ALSO.get(row, ()))
        story.must_answer = tuple(dict.fromkeys((*story.must_answer, *extra)))
        story.worst_care = max(story.worst_care, report.day.care)
        story.trigger = on

    def _green_session(self, story: Story, on: date) -> None:
        if story.state.light is Light.YELLOW and on > story.since:
            story.greens += 1
            if story.greens >= self.numbers.reduced_sessions:
                _enter(story, State.GREEN, on)

    def what_is_missing(self, story: Story, report: Report) -> tuple[str, ...]:
        """What stands between red and the way back: questions not answered no, pain not 0, or a clinician's word."""
        missing: list[str] = []
        if any(h.locks for h in story.held):
            missing.append("clearance")
        if report.facts.get("score") != 0:
            missing.append("pain_free")
        questions = story.must_answer
        if report.checkin.site is None:
            questions = tuple(q for q in questions if q not in READY)
        missing += [q for q in questions if report.facts.get(q) is not False]
        return tuple(missing)


def _enter(story: Story, state: State, on: date) -> None:
    story.state, story.since, story.greens, story.yellows = state, on, 0, 0
    if state.light is not Light.RED:
        story.held, story.must_answer, story.worst_care = (), READY, Urgency.SELF_CARE


def tells_of_run(checkin: CheckIn, sessions: Sessions) -> bool:
    """Whether the check-in speaks of a run: the log has one that day, or the answers are those of one."""
    a = checkin.answers
    return (
        checkin.on in sessions.by_day
        or checkin.session_id is not None
        or Moment.DURING in checkin.moments
        or any(v is not None for v in (a.pain_start, a.pain_max, a.pain_end, a.onset_km))
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
