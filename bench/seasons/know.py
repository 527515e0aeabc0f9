"""What was known when, read from the raw entries and facts of a case. Nothing here asks the engine.

Each answer is the most lenient that the entries allow: what is false here is false for certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from niggle.core.case import Case
from niggle.core.checkin import Entry
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import PlanStart
from niggle.core.profile import Clearance, Cleared, Profile

GREEN_MAX = 3.0  # pain of a green light
_PAINS = ("pain_before", "pain_start", "pain_max", "pain_end", "pain_after", "pain_evening", "pain_morning")
_MORNING = ("pain_morning", "stiffness", "limp_first_steps", "limp_walking", "baseline_by_24h")


class Told:
    """The check-ins by day, kept up while a season goes on: entries are only ever added."""

    def __init__(self) -> None:
        self._read = 0
        self._by_day: dict[date, list[Entry]] = {}
        self._gone: set[str] = set()
        self.newest: date | None = None

    def read(self, case: Case) -> None:
        for entry in case.entries[self._read :]:
            self._by_day.setdefault(entry.on, []).append(entry)
            if entry.corrects is not None:
                self._gone.add(entry.corrects)
            self.newest = entry.on if self.newest is None else max(self.newest, entry.on)
        self._read = len(case.entries)

    def of(self, plan: PlanStart, on: date) -> Iterator[Entry]:
        """Entries of the day about the plan's place, those replaced left out."""
        for entry in self._by_day.get(on, ()):
            same = entry.site == plan.site and (entry.side is plan.side or entry.side is None or plan.side is None)
            if same and entry.id not in self._gone:
                yield entry

    def quiet(self, on: date) -> bool:
        """She said that nothing hurts."""
        return any(e.site is None and e.id not in self._gone for e in self._by_day.get(on, ()))

    def after(self, on: date) -> bool:
        return self.newest is not None and self.newest > on

    def any_of(self, plan: PlanStart, last: date, days: int) -> bool:
        """Any word about the place in so many days up to `last`."""
        span = (last - timedelta(days=n) for n in range(days))
        return any(self.quiet(d) or next(self.of(plan, d), None) is not None for d in span)

    def maybe_final_green(self, plan: PlanStart, on: date) -> bool:
        """Whether the day could be a final green: green words, and a morning after that was answered."""
        entries = list(self.of(plan, on))
        if not entries:
            return self.quiet(on) and self.after(on)
        pains = [p for e in entries for n in _PAINS if (p := getattr(e.answers, n)) is not None]
        if not pains or max(pains) > GREEN_MAX:
            return False
        if any(e.answers.limp or e.answers.limp_walking or e.answers.night_pain for e in entries):
            return False
        morning = any(getattr(e.answers, n) is not None for e in entries for n in _MORNING)
        return morning or (max(pains) == 0 and self.after(on))

    def red_word(self, plan: PlanStart, on: date) -> bool:
        """A limp or a pain of 7 and more on that day."""
        return any(
            e.answers.limp or any((getattr(e.answers, n) or 0.0) >= 7.0 for n in _PAINS) for e in self.of(plan, on)
        )

    def worst_daily(self, plan: PlanStart, last: date, days: int) -> float | None:
        """Worst pain outside of runs; None if nothing was said."""
        found = [
            p
            for n in range(days)
            for e in self.of(plan, last - timedelta(days=n))
            for name in ("pain_before", "pain_evening", "pain_morning")
            if (p := getattr(e.answers, name)) is not None
        ]
        return max(found, default=None)


def cleared(profile: Profile, plan: PlanStart, on: date, *, running: bool = False) -> bool:
    """A clinician's clearance of the place holds: the newest word about it is none that restricts, and not over.

    running: and it is about running, not about weight alone.
    """
    newest = _newest_word(profile, plan, on)
    if newest is None or newest.restricts or (running and newest.lifts is Cleared.WEIGHT):
        return False
    return newest.until is None or newest.until >= on


def weight_only(profile: Profile, plan: PlanStart, on: date) -> bool:
    """The newest word about the place clears weight and training, running not yet."""
    return cleared(profile, plan, on) and not cleared(profile, plan, on, running=True)


def _newest_word(profile: Profile, plan: PlanStart, on: date) -> Clearance | None:
    words = [
        c
        for c in profile.clearances
        if c.on <= on and c.site in (None, plan.site) and (c.side is plan.side or c.side is None or plan.side is None)
    ]
    return max(words, key=lambda c: c.on, default=None)


def imaged(case: Case, plan: PlanStart) -> bool:
    said = [a.value for a in case.plan.answers if a.key.removeprefix("says_") == "imaged" and a.on <= case.on]
    return bool(said[-1]) if said else plan.imaged is True


def needs(plan: PlanStart, knowledge: Knowledge) -> set[str]:
    """What has to be on record before running: of the condition, and of its grade."""
    protocol = knowledge.protocols[plan.condition]
    found = {protocol.need.value}
    grade = protocol.grades.get(plan.grade or protocol.default_grade or "")
    if grade is not None:
        found.add(grade.need.value)
    return found


def measured(case: Case, test: str, on: date, knowledge: Knowledge) -> bool:
    """A result of the test that is not stale on that day."""
    days = knowledge.tests[test].stale_days
    return any(r.test == test and 0 <= (on - r.on).days <= days for r in case.plan.tests)


def answered(case: Case, key: str, on: date, days: int = 14) -> bool:
    plain = key.removeprefix("says_")
    return any(a.key in (key, plain) and 0 <= (on - a.on).days <= days for a in case.plan.answers)


def light_case(plan: PlanStart, knowledge: Knowledge) -> bool:
    """Whether half a week may stand in for the ladder: no bone, nothing to be cleared, the grade of the fewest days."""
    protocol = knowledge.protocols[plan.condition]
    if protocol.tissue_class.value == "bone" or protocol.ladder == "bone" or needs(plan, knowledge) != {"nothing"}:
        return False
    days = {name: sum(grade.min_days) for name, grade in protocol.grades.items()}
    return not days or days[plan.grade or protocol.default_grade or ""] == min(days.values())


def usual_week_m(case: Case, plan: PlanStart) -> float:
    """The most that a usual week before it hurt can have been: hers, or the largest of the four weeks before."""
    if plan.before_week_m is not None:
        return plan.before_week_m
    end = (plan.hurts_since or plan.on).toordinal()
    h = case.history
    weeks = [0.0] * 4
    for metres, day, run in zip(h.distance_m, h.day, h.is_run, strict=True):
        back = (end - 1 - int(day)) // 7
        if run and 0 <= back < 4 and metres == metres:
            weeks[back] += float(metres)
    return max(weeks)
