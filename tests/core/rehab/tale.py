"""A runner's days with a plan, told in a few words: what she said, ran, ticked, tested. Day 0: the plan's first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import numpy as np

from niggle import knowledge
from niggle.core.body import LOAD_TISSUES, Side
from niggle.core.case import Case
from niggle.core.checkin import Answers, Entry, fold
from niggle.core.history import FEATURES, SPORTS, History, Tag, empty_history
from niggle.core.plan import Absence, Availability, DoneItem, Measured, PlanAnswer, PlanFacts, PlanStart, WeekPlan
from niggle.core.profile import Clearance, Profile
from niggle.core.rehab import Follower, Life, PlanState, follow
from niggle.core.session.types import Sport
from niggle.core.today import Decision, Memo, decide, life_of

K = knowledge.load()
DAY = date(2026, 3, 2)  # a Monday
CALM = {
    "pain_before": 0.0, "pain_evening": 0.0, "pain_morning": 0.0, "night_pain": False, "limp": False,
    "limp_walking": False, "swelling": False, "baseline_by_24h": True,
}  # fmt: skip


class Tale:
    def __init__(self, condition: str, side: Side | None = Side.LEFT, profile: Profile = Profile(), **plan):
        self.site = plan.pop("site", None) or K.protocols[condition].site
        self.plan = PlanStart("p1", condition, DAY, self.site, side, **plan)
        self.side, self.profile = side, profile
        self.plans = [self.plan]
        self.entries: list[Entry] = []
        self.runs: list[tuple[int, float | None, float, frozenset[Tag], Sport]] = []
        self.tests: list[Measured] = []
        self.done: list[DoneItem] = []
        self.answers: list[PlanAnswer] = []
        self.absences: list[Absence] = []
        self.weeks: list[WeekPlan] = []
        self.availability = Availability()
        self.count = 0

    def _id(self) -> str:
        self.count += 1
        return f"{self.count:05}"

    def say(self, n: int, site: str | None = "", late: int = 0, **answers) -> Tale:
        """A word on day n about the plan's place (or another, or None: nothing hurts), recorded `late` days later."""
        on, recorded = DAY + timedelta(days=n), DAY + timedelta(days=n + late)
        stamp = datetime(recorded.year, recorded.month, recorded.day, 20, tzinfo=UTC)
        place = self.site if site == "" else site
        self.entries.append(
            Entry(self._id(), on, stamp, place, self.side if place else None, answers=Answers(**answers))
        )
        return self

    def calm(self, days: Iterable[int], **more) -> Tale:
        """Days without pain, every question answered."""
        for n in days:
            self.say(n, **{**CALM, **more})
        return self

    def run(
        self, n: int, minutes: float, km: float | None = None, tags=(), pain: float = 0.0, say=True, **more
    ) -> Tale:
        """A run with its check-in, the morning after included unless say is False."""
        self.runs.append((n, None if km is None else km * 1000, minutes, frozenset(tags), Sport.RUN))
        if say:
            during = {"pain_start": pain, "pain_max": pain, "pain_end": pain}
            self.say(n, **{**CALM, **during, **more})
        return self

    def test(self, n: int, name: str, left=None, right=None, value=None, pain=0.0) -> Tale:
        self.tests.append(Measured(self._id(), name, DAY + timedelta(days=n), left, right, value, pain))
        return self

    def did(self, n: int, item: str, pain: float | None = 0.0, easy: bool | None = None, plan: str = "p1") -> Tale:
        self.done.append(DoneItem(self._id(), plan, item, DAY + timedelta(days=n), 3, 3, pain, easy))
        return self

    def answer(self, n: int, key: str, value) -> Tale:
        self.answers.append(PlanAnswer(key, DAY + timedelta(days=n), value))
        return self

    def cleared(self, n: int, **more) -> Tale:
        word = Clearance(DAY + timedelta(days=n), "Dr", self.site, self.side, **more)
        self.profile = Profile(clearances=(*self.profile.clearances, word), conditions=self.profile.conditions)
        return self

    def strong(self, n: int) -> Tale:
        """Every test of the plan passed on that day."""
        for name in K.tests:
            self.passed(n, name)
        return self

    def passed(self, n: int, name: str) -> Tale:
        t = K.tests[name]
        good = {"0-10": 0.0, "yes_no": 1.0}.get(t.unit, (t.target or 0) + 5)
        good = min(t.maximum, max(t.minimum, good))
        return self.test(n, name, good, good) if t.sided else self.test(n, name, value=good)

    # --- seen on day n

    def history(self, n: int) -> History:
        runs = sorted(r for r in self.runs if r[0] <= n)
        if not runs:
            return empty_history()
        day = np.array([(DAY + timedelta(days=r[0])).toordinal() for r in runs], dtype=np.int64)
        metres = np.array([np.nan if r[1] is None else r[1] for r in runs])
        seconds = np.array([r[2] * 60 for r in runs])
        zero = np.zeros(len(runs))
        return History(
            tuple(f"r{i}" for i in range(len(runs))), (day - 719163) * 86400.0 + 64800.0, day,
            np.array([SPORTS.index(r[4]) for r in runs]), metres, seconds, seconds, zero, zero,
            np.zeros((len(runs), len(LOAD_TISSUES))), np.full((len(runs), len(FEATURES)), np.nan),
            tuple(r[3] for r in runs), (None,) * len(runs), (None,) * len(runs), (None,) * len(runs),
        )  # fmt: skip

    def facts(self) -> PlanFacts:
        by_day = lambda items: tuple(sorted(items, key=lambda x: x.on))  # noqa: E731
        return PlanFacts(
            tuple(self.plans), (), by_day(self.tests), by_day(self.done), (), tuple(self.absences),
            by_day(self.answers), self.availability, tuple(self.weeks),
        )  # fmt: skip

    def case(self, n: int) -> Case:
        return Case(DAY + timedelta(days=n), self.history(n), tuple(self.entries), self.profile, plan=self.facts())

    def life(self, n: int) -> Life:
        return life_of(self.case(n), K)

    def state(self, n: int, memo: Follower | None = None, knowledge=K) -> PlanState:
        return follow(self.plan, self.life(n), knowledge, memo)

    def today(self, n: int, memo: Memo | None = None) -> Decision:
        return decide(self.case(n), K, memo)

    def moves(self, n: int, *leave_out: str) -> list[tuple[int, str, str | None]]:
        """(day, kind, now) of every move up to day n, doses left out unless asked for."""
        return [
            ((m.on - DAY).days, m.kind.value, m.now)
            for m in self.state(n).moves
            if m.kind.value not in ("dose_up", *leave_out)
        ]


def checkins(tale: Tale, n: int):
    return fold(tale.entries, until=DAY + timedelta(days=n))
