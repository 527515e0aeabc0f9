"""One complaint's way through the lights, day by day: when yellow is over, when it has become red, when red may end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from niggle.core.checkin import CheckIn, Complaint, Series
from niggle.core.checkin.lines import Line
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light, Urgency
from niggle.core.profile import Profile
from niggle.core.protocol import BONE
from niggle.core.reasons import FactValue
from niggle.core.red_flags import FlagHit, cleared_on, conditions_at, hits_of, hits_with_course
from niggle.core.red_flags.facts import add_course
from niggle.core.traffic_light.facts import Context, add_flags, facts
from niggle.core.traffic_light.memory import Memory, Rules, still_true
from niggle.core.traffic_light.report import ON_BONE, READY, Report, Story, Told, is_final, tells_of_run
from niggle.core.traffic_light.table import light_of_day, light_with_course
from niggle.core.traffic_light.types import SessionDay, Sessions, State

# members under names of their own: finding them in their enum takes longer than comparing them
_GREEN, _YELLOW, _RED, _CANNOT_SAY, _URGENT = Light.GREEN, Light.YELLOW, Light.RED, Light.CANNOT_SAY, Urgency.URGENT
_CALM: Final = State.GREEN
_ALSO: Final[Mapping[str, tuple[str, ...]]] = {  # to be answered no before red ends, where they were what made it red
    "TL-D03": ("feels_wrong",),
    "TL-D07": ("pain_at_rest", "night_pain"),
}
_BONE_SIGNS: Final = ("bone_spot_tender", "bone_type", "scan_bone")
_FLAG_ROWS: Final = frozenset({"TL-D01", "TL-D02", "TL-D03", "TL-D04", "TL-D07"})


def teller_of(
    checkins: Sequence[CheckIn],
    on: date,
    profile: Profile,
    sessions: Iterable[SessionDay],
    knowledge: Knowledge,
    memory: Memory | None = None,
    *,
    every_check_in: bool = False,
) -> Teller:
    """Who tells the stories of that day; with a memory the same one for the same day.

    every_check_in: read the quiet ones in full too; the outcome is the same, only slower.
    """
    log = tuple(sessions)
    if memory is None:
        memory = Memory()
    else:
        every_check_in = False
    teller = memory.same_day(checkins, on, profile, log, knowledge)
    if teller is None:
        rules, runs = memory.meet(checkins, on, profile, log, knowledge)
        teller = memory.today = Teller(profile, runs, on, rules, memory, every_check_in=every_check_in)
    return teller


class Teller:
    """Tells every complaint's story up to `on`. Holds what is the same for all of them."""

    def __init__(
        self,
        profile: Profile,
        sessions: Sessions,
        on: date,
        rules: Rules,
        memory: Memory,
        *,
        every_check_in: bool = False,
    ) -> None:
        self.profile, self.sessions, self.on = profile, sessions, on
        self.knowledge, self.numbers = rules.knowledge, rules.numbers
        self.quiet = None if every_check_in else rules.quiet
        self.lines, self.known = memory.lines.of, memory.lines.known
        # what the memory holds, not itself: it holds the teller of the day, and two who hold each other are not let go
        self.tales, self.since, self.quiet_marks = memory.tales, memory.since, memory.quiet_marks
        self.last_word = self.known[-1].on if self.known else None  # newest check-in about anything
        self._told: dict[Complaint, Story] = {}

    @cached_property
    def load_reduced(self) -> bool | None:
        return self.sessions.load_reduced(self.on)

    def read(self, checkin: CheckIn, line: Series, *, newest: bool, before: Report | None = None) -> Report:
        """The table's reading of one check-in. Clocks matter for advice today and for the young, so only there.

        before: an earlier reading of it, with other clocks and nothing else changed.
        """
        if self._is_young(checkin.on):
            found = self._facts(checkin, line)
            self._add_clocks(found, line, self.on if newest else checkin.on, newest=newest)
            return self._judged(checkin, found, hits_of(found, checkin.on, self.knowledge))
        plain = None if before is None else before.plain
        if plain is None:
            found = self._facts(checkin, line)
            plain = self._judged(checkin, found, hits_of(found, checkin.on, self.knowledge))
        if newest:
            found = dict(plain.facts)
            self._add_clocks(found, line, self.on, newest=True)
            hits = hits_with_course(plain.hits, found, checkin.on, self.knowledge)
            if hits is plain.hits:
                day = light_with_course(plain.day, found, self.knowledge)
                report = Report(checkin, found, hits, day, plain.session)
            else:
                report = self._judged(checkin, found, hits)
        else:
            report = Report(checkin, plain.facts, plain.hits, plain.day, plain.session)
        report.plain = plain
        return report

    def _facts(self, checkin: CheckIn, line: Series) -> dict[str, FactValue]:
        last_hard = self.sessions.last_hard(checkin.on) if checkin.answers.diffuse_both_sides else None
        return facts(checkin, Context(line, self.profile, self.numbers, last_hard))

    def _add_clocks(self, found: dict[str, FactValue], line: Series, on: date, *, newest: bool) -> None:
        reduced = self.load_reduced if newest and found["at_achilles"] else None
        add_course(
            found, on, line, self.profile, self.numbers.limits, reduced, self._run_days if newest else None
        )  # fmt: skip

    def _judged(self, checkin: CheckIn, found: dict[str, FactValue], hits: tuple[FlagHit, ...]) -> Report:
        add_flags(found, hits)
        found["yellow_unresolved"] = found["yellow_darkening"] = False
        day = light_of_day(found, self.knowledge)
        return Report(checkin, found, hits, day, tells_of_run(checkin, self.sessions))

    def _is_young(self, on: date) -> bool:
        age = self.profile.age_years(on)
        return age is not None and age < self.numbers.youth_age

    def _run_days(self, line: Series) -> set[date]:
        return {*self.sessions.by_day, *(c.on for c in line.days if tells_of_run(c, self.sessions))}

    def tell(self, place: Complaint) -> Story:
        """Where the complaint stands on `on`."""
        story = self._told.get(place)
        if story is None:
            story = self._told[place] = self._tell(self.lines[place], self.tales[place])
        return story

    def _tell(self, line: Line, told: list[Told]) -> Story:
        events, last_word = line.events, self.last_word
        count = still_true(told, line)
        again, told[count:] = told[count:], []
        story = told[-1].story if told else Story(_CALM, line.series.days[0].on)
        for n in range(count, len(events)):
            on, checkin = events[n]
            story = self._clear(story, line.series, on)
            report: Report | None = None
            if checkin is None:
                if on in self.sessions.by_day and last_word is not None and last_word > on:
                    story = self._green_session(story, on)
            elif n != line.last and story.state is _CALM and self._passes_quietly(checkin):
                story = self._passed(story, checkin)
            else:
                before = again[n - count].report if n - count < len(again) else None
                report = self.read(checkin, line.series, newest=n == line.last, before=before)
                story = self._step(story, report)
            told.append(Told(on, checkin, story, report, n == line.last))
        return self._clear(story, line.series, self.on)

    def _passes_quietly(self, checkin: CheckIn) -> bool:
        """In green a quiet check-in changes nothing but what the last session's pain was; nobody has to read it."""
        return (
            self.quiet is not None
            and (self.since is None or checkin.on < self.since)
            and not self._is_young(checkin.on)
            and self.quiet.is_quiet(checkin)
        )

    def _passed(self, story: Story, checkin: CheckIn) -> Story:
        score = checkin.score
        if score is None or score == story.last_session_score or not tells_of_run(checkin, self.sessions):
            return story
        story = story.copy()
        story.last_session_score = score
        return story

    def _clear(self, story: Story, line: Series, on: date) -> Story:
        """A clinician's clearance ends red; the way back starts as a yellow."""
        if not self.profile.clearances or story.state.light is not _RED:
            return story
        day = cleared_on(self.profile, line.site, line.side, story.since, on)
        # a clearance of the very day of the report counts from the next day: nobody knows which came first
        if day is not None and on > story.since:
            story = story.copy()
            story.enter(State.RETURNING, day)
        return story

    def _step(self, story: Story, report: Report) -> Story:
        story = story.copy()
        on, facts_ = report.checkin.on, report.facts
        score = facts_.get("score")
        score = float(score) if isinstance(score, int | float) else None
        if report.session and on not in self.sessions.by_day:
            story.told_days += (on,)
        if story.state.light is _YELLOW and report.day.light is _YELLOW:
            self._darken(story, report, score)
        story.locking += tuple(h for h in report.hits if h.locks)
        light = report.day.light
        if light is _RED:
            self._red(story, report)
        elif story.state.light is _RED:
            if light is not _CANNOT_SAY and not self.what_is_missing(story, report):
                story.enter(State.RETURNING, on)
        elif light is _YELLOW:
            if story.state is _CALM:
                story.enter(State.YELLOW, on)
            story.greens = 0
            if report.session:
                story.yellows += 1
            story.trigger = on
        elif light is _GREEN and report.session and is_final(report):
            story = self._green_session(story, on)
        if report.session and score is not None:
            story.last_session_score = score
        story.report = report
        return story

    def _darken(self, story: Story, report: Report, score: float | None) -> None:
        """Yellow again after yellow: unresolved after two sessions, darkening if a point worse (TL-D09, TL-R07)."""
        run_since = self.sessions.count(story.since, report.checkin.on, story.told_days)
        unresolved = run_since >= self.numbers.reduced_sessions
        last = story.last_session_score
        darker = score is not None and last is not None and score - last >= self.numbers.darkening_delta
        if unresolved or darker:
            report.facts = {**report.facts, "yellow_unresolved": unresolved, "yellow_darkening": darker}
            report.day = light_of_day(report.facts, self.knowledge)

    def _red(self, story: Story, report: Report) -> None:
        on = report.checkin.on
        flagged = any(row in _FLAG_ROWS for row in report.day.rows)
        serious = tuple(h for h in report.hits if h.urgency >= _URGENT)
        if story.state.light is not _RED:
            story.enter(State.RED_FLAG if flagged else State.RED, on)
        elif flagged:
            story.state = State.RED_FLAG
        held = {h.rule: h for h in (*serious, *story.held)}  # the first day of each flag stays
        story.held = tuple(sorted(held.values(), key=lambda h: h.rank))
        extra = tuple(q for row in report.day.rows for q in _ALSO.get(row, ()))
        story.must_answer = tuple(dict.fromkeys((*story.must_answer, *extra)))
        story.worst_care = max(story.worst_care, report.day.care)
        story.trigger = on

    def _green_session(self, story: Story, on: date) -> Story:
        if story.state.light is _YELLOW and on > story.since:
            story = story.copy()
            story.greens += 1
            if story.greens >= self.numbers.reduced_sessions:
                story.enter(State.GREEN, on)
        return story

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
        on_bone = ON_BONE if self.bone_may_be_injured(story, report) else {}
        for question in questions:
            instead = on_bone.get(question)
            if instead is None or report.facts.get(question):  # that it hurts stands, however it was found out
                missing += [question] if report.facts.get(question) is not False else []
            elif report.facts.get(instead) is not False:
                missing.append(instead)
        return tuple(missing)

    def bone_may_be_injured(self, story: Story, report: Report) -> bool:
        """Signs of bone stress are there or were in this red, or the place has a condition that comes back as bone."""
        if report.facts.get("bone_suspected") or any(h.reason.fact(n) for h in story.held for n in _BONE_SIGNS):
            return True
        checkin, protocols = report.checkin, self.knowledge.protocols
        known = conditions_at(self.profile, checkin.site, checkin.side, checkin.on) if self.profile.conditions else ()
        return any(c.slug in protocols and protocols[c.slug].ladder == BONE for c in known)
