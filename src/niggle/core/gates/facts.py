"""The facts of a plan on one day, worked out only where a criterion asks. What is not known is None.

Windows end on the day itself: "7d" is that day and the six before it. Weeks in a row end the day before, because a run
of today has had no morning after yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import inf
from typing import Final

from niggle.core.body import SITES, Side
from niggle.core.gates.names import FACTS, test_of
from niggle.core.gates.types import DayFacts, Days, Standing
from niggle.core.history import Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import Measured, RunStatus
from niggle.core.protocol import BONE, CapacityTest, Protocol
from niggle.core.reasons import FactValue
from niggle.core.scoreboard import CALF_TESTS, TestState, calf_gate, test_state
from niggle.core.traffic_light import DayMark

QUALITY: Final = frozenset({Tag.STRIDES, Tag.HILLS, Tag.SPEED, Tag.SPRINT, Tag.RACE})
_WEEK: Final = 7


class PlanFactsOfDay(Mapping[str, FactValue]):
    """Every fact of one day by name; unknown names are KeyErrors with [] and None with get."""

    __slots__ = ("_known", "_marks", "_tests", "days", "index", "knowledge", "protocol", "rows", "standing")

    def __init__(self, days: Days, index: int, standing: Standing, protocol: Protocol, knowledge: Knowledge) -> None:
        self.days, self.index, self.standing = days, index, standing
        self.protocol, self.knowledge, self.rows = protocol, knowledge, days.rows
        self._known: dict[str, FactValue] = {}
        self._tests: dict[str, TestState | None] = {}
        self._marks: dict[int, list[DayMark]] = {}

    def moved(self) -> None:
        """The plan stands elsewhere now. What the days tell by themselves stays as it is."""
        self._known = {key: value for key, value in self._known.items() if key in _OF_DAYS}
        self._tests.clear()

    def get(self, key: str, default: FactValue = None) -> FactValue:  # type: ignore[override]
        known = self._known
        if key in known:
            return known[key]
        work_out = _WORKED_OUT.get(key)
        value: FactValue
        if work_out is not None:
            value = work_out(self)
        elif key.startswith("says_"):
            value = self.said(key)
        else:
            value = self._of_test(key)
        known[key] = value
        return value

    def __getitem__(self, key: str) -> FactValue:
        if key not in FACTS and test_of(key) is None:
            raise KeyError(key)
        return self.get(key)

    def __iter__(self) -> Iterator[str]:
        yield from FACTS

    def __len__(self) -> int:
        return len(FACTS)

    # what the facts below are made of

    @property
    def row(self) -> DayFacts:
        return self.rows[self.index]

    def window(self, days: int) -> Sequence[DayFacts]:
        return self.rows[max(0, self.index - days + 1) : self.index + 1]

    def marks(self, days: int) -> list[DayMark]:
        """What she said in the last days, oldest first."""
        if days not in self._marks:
            self._marks[days] = [r.mark for r in self.window(days) if r.mark is not None and r.mark.word]
        return self._marks[days]

    def last_mark(self) -> DayMark | None:
        for back in range(self.index, -1, -1):
            mark = self.rows[back].mark
            if mark is not None:
                return mark
        return None

    def number(self, name: str) -> float:
        return self.knowledge.number(name)

    def ticked_red(self, row: DayFacts) -> bool:
        """An exercise hurt that day as a red light does (DAY-R04). A calm evening takes nothing back from that day."""
        return bool(row.done) and any(d.pain is not None and d.pain >= self.number("red_min") for d in row.done)

    def newest(self, test: str) -> Measured | None:
        """The newest result that could still be fresh: not too old, and not from before the place was last in red.

        A hop on a bone opens nothing that was done before a clinician had cleared running.
        """
        known, red_on = self.knowledge.tests[test], self.standing.red_on
        waits = known.impact and self.protocol.ladder == BONE
        for row in reversed(self.window(known.stale_days + 1)):
            if (red_on is not None and row.on <= red_on) or (waits and not row.cleared_to_run):
                return None
            for result in reversed(row.tests):
                if result.test == test:
                    return result
        return None

    def test(self, test: str) -> TestState | None:
        """The newest result that is not too old; None where there is none."""
        if test not in self._tests:
            result = self.newest(test)
            state = None if result is None else _read(result, self.knowledge.tests[test], self.days.plan.side)
            self._tests[test] = state
        return self._tests[test]

    def _of_test(self, name: str) -> FactValue:
        found = test_of(name)
        if found is None or found[0] not in self.knowledge.tests:
            return None
        state = self.test(found[0])
        if state is None:
            return None
        if found[1] == "_pain":
            return state.pain
        if state.void:
            return None
        return {"_min": state.worse, "_gap": state.gap, "_lsi": state.lsi, "_sore": state.sore}[found[1]]

    def said(self, key: str) -> FactValue:
        """Her newest answer that is not older than a test may be (ASB-R07)."""
        names = (key, key.removeprefix("says_"))
        for row in reversed(self.window(int(self.number("test_stale_days")) + 1)):
            for answer in reversed(row.answers):
                if answer.key in names:
                    return answer.value
        return None


@lru_cache(maxsize=4096)
def _read(result: Measured, test: CapacityTest, side: Side | None) -> TestState:
    """A result says the same every day; `newest` has seen to it that it is not too old."""
    return test_state(result, test, result.on, side)


F = PlanFactsOfDay


def gate_facts(days: Days, index: int, standing: Standing, protocol: Protocol, knowledge: Knowledge) -> PlanFactsOfDay:
    """The facts of the plan on the day `index` of `days`; later days are not looked at."""
    return PlanFactsOfDay(days, index, standing, protocol, knowledge)


def _in_a_row(f: F, good: Callable[[DayMark, DayFacts], bool]) -> int:
    """Days in a row up to now. The present day may still be without a word; any other day without one ends it, and so
    does an exercise that hurt as a red light does, whatever else was said of that day."""
    count = 0
    for back in range(f.index, -1, -1):
        row = f.rows[back]
        if f.ticked_red(row):
            break
        if row.mark is None or not row.mark.word:
            if back == f.index:
                continue
            break
        if not good(row.mark, row):
            break
        count += 1
    return count


def _settled(f: F) -> FactValue:
    top = f.number("green_max")

    def good(mark: DayMark, row: DayFacts) -> bool:
        calm = mark.daily if mark.daily is not None else mark.score
        return (
            calm is not None and calm <= top and not mark.night_pain and not mark.limp
            and mark.light is not Light.RED and mark.state.light is not Light.RED
        )  # fmt: skip

    return _in_a_row(f, good)


def _green_days(f: F) -> FactValue:
    def good(mark: DayMark, row: DayFacts) -> bool:
        return mark.green and (mark.final or not mark.session or row is f.row)

    return _in_a_row(f, good)


def _pain_free_days(f: F) -> FactValue:
    def good(mark: DayMark, row: DayFacts) -> bool:
        calm = mark.daily if mark.daily is not None else (None if mark.session else mark.score)
        return calm == 0 and not mark.night_pain

    return _in_a_row(f, good)


def _lights(f: F, light: Light) -> FactValue:
    marks = f.marks(_WEEK)
    if not marks:
        return None
    days = {m.on for m in marks if m.light is light or (light is Light.RED and m.state.light is Light.RED)}
    if light is Light.RED:
        days.update(row.on for row in f.window(_WEEK) if f.ticked_red(row))
    return len(days)


def _most(values: Sequence[float | None]) -> float | None:
    return max((v for v in values if v is not None), default=None)


def _ever(values: Sequence[bool | None]) -> bool | None:
    """One yes of the window is a yes; without any answer it is not known."""
    given = [v for v in values if v is not None]
    return any(given) if given else None


def _stiffness_rising(f: F) -> FactValue:
    """One week over the one before it."""
    span = int(f.number("stiffness_trend_days")) // 2
    late, early = _stiff_mean(f, 0, span), _stiff_mean(f, span, span)
    if late is not None and late <= 0:
        return False  # mornings as usual, better, or without any stiffness are not rising
    return None if late is None or early is None else late > early


def _stiffness_rising_2w(f: F) -> FactValue:
    """Two weeks in a row, as TL-R06 looks at it: one noisy week is no trend."""
    span = int(f.number("stiffness_trend_days")) // 2
    last, middle, first = (_stiff_mean(f, back * span, span) for back in range(3))
    if last is not None and last <= 0:
        return False
    return None if last is None or middle is None or first is None else last > middle > first


def _stiff_mean(f: F, back: int, days: int) -> float | None:
    """Mean morning stiffness of so many days, up to `back` days ago; minutes, or -1 to 1 against her usual."""
    rows = f.rows[max(0, f.index - back - days + 1) : max(0, f.index - back + 1)]
    told = [v for r in rows if r.mark is not None and (v := _stiff(r.mark)) is not None]
    return sum(told) / len(told) if told else None


def _stiff(mark: DayMark) -> float | None:
    """A day on which she says that nothing hurts is a day without stiffness too; there is no question for it then."""
    return 0.0 if mark.stiff is None and mark.morning == 0 else mark.stiff


def _flags_open(f: F) -> FactValue:
    last = f.last_mark()
    if last is not None and (last.flagged or last.locked):
        return True
    return False if f.marks(_WEEK) else None


def _run_pain_last(f: F) -> FactValue:
    return next((m.run_pain for m in reversed(f.marks(2 * _WEEK)) if m.session and m.run_pain is not None), None)


def _min_days(f: F) -> FactValue:
    grade = f.protocol.grades.get(str(_grade(f)))
    if grade is not None:
        return grade.min_days[min(int(f.standing.phase), 4) - 1]
    return f.protocol.phase(f.standing.phase).days_low or 0


def _days_in_phase(f: F) -> int:
    return (f.row.on - f.standing.phase_since).days


def _grade(f: F) -> FactValue:
    return f.days.plan.grade or f.protocol.default_grade


def _weeks_off(f: F) -> FactValue:
    for back in range(f.index, -1, -1):
        row = f.rows[back]
        if row.run is not None:
            return (f.index - back) / _WEEK
    last = f.days.plan.last_run_on
    if last is not None:
        return (f.row.on - last).days / _WEEK
    return None


def _imaged(f: F) -> FactValue:
    said = f.said("imaged")
    return bool(said) if said is not None else f.days.plan.imaged


def _done_share(f: F) -> FactValue:
    planned = f.standing.planned_14d
    if planned <= 0:
        return None
    done = len({(d.item, r.on) for r in f.window(2 * _WEEK) for d in r.done if not d.skipped})
    return min(1.0, done / planned)


def _last_easy(f: F) -> FactValue:
    for row in reversed(f.window(2 * _WEEK)):
        said = [d.easy for d in row.done if d.easy is not None and not d.skipped]
        if said:
            return all(said)
    return None


def _continuous(f: F) -> FactValue:
    runs = [r for r in f.window(2 * _WEEK) if r.run is not None]
    if not runs:
        return None
    good = [r.run.longest_min for r in runs if r.run is not None and r.final_green]
    return _most(good) or 0.0


def _volume_ratio(f: F) -> FactValue:
    usual = f.days.usual_week_m
    if not usual:
        return None
    return sum(r.run.metres or 0.0 for r in f.window(_WEEK) if r.run is not None) / usual


def _weeks_green(f: F, share: float | None, quality: bool, minutes: float | None = None) -> FactValue:
    """Weeks in a row, back from yesterday and not before the plan: every run in final green, no yellow, no red.

    share: of a usual week, at least; or so many `minutes` of it, whatever a usual week was.
    """
    usual = f.days.usual_week_m
    if share is not None and not usual and minutes is None:
        return None
    least_m = None if share is None else share * usual if usual else inf
    first = f.days.index(f.days.plan.on)
    count, end = 0, f.index
    while end - _WEEK >= max(first, 0):
        if not _week_counts(f.rows[end - _WEEK : end], least_m, quality, minutes):
            break
        count, end = count + 1, end - _WEEK
    # nobody knows whether it was enough of a usual week, and by the clock alone it was not
    return None if count == 0 and least_m == inf else count


def _week_counts(week: Sequence[DayFacts], least_m: float | None, quality: bool, least_min: float | None) -> bool:
    metres, minutes, runs, fast = 0.0, 0.0, 0, False
    for row in week:
        mark = row.mark
        if mark is not None and mark.word and (mark.light in (Light.YELLOW, Light.RED)):
            return False
        if row.run is None:
            continue
        if not row.final_green:
            return False
        runs += 1
        metres += row.run.metres or 0.0
        minutes += row.run.minutes or 0.0
        fast = fast or bool(row.run.tags & QUALITY)
    # a hair below the share is float noise
    enough = least_m is None or metres >= least_m * (1 - 1e-9) or (least_min is not None and minutes >= least_min)
    return runs > 0 and enough and (fast or not quality)


def _calf_gate(f: F) -> FactValue:
    """ASB-R02, as scoreboard.calf_gate has it."""
    newest = {t: r for t in CALF_TESTS if (r := f.newest(t)) is not None}
    if not newest:
        return None
    return calf_gate(newest, f.row.on, f.knowledge)


_WORKED_OUT: Final[Mapping[str, Callable[[F], FactValue]]] = {
    "settled_days": _settled,
    "green_days": _green_days,
    "pain_free_days": _pain_free_days,
    "yellow_7d": lambda f: _lights(f, Light.YELLOW),
    "red_7d": lambda f: _lights(f, Light.RED),
    "pain_worst_3d": lambda f: _most([m.score for m in f.marks(3)]),
    "pain_worst_7d": lambda f: _most([m.score for m in f.marks(_WEEK)]),
    "pain_daily_3d": lambda f: _most([m.daily for m in f.marks(3)]),
    "night_pain_7d": lambda f: _ever([m.night_pain for m in f.marks(_WEEK)]),
    "limp_7d": lambda f: _ever([m.limp for m in f.marks(_WEEK)]),
    "swelling_7d": lambda f: _ever([m.swelling for m in f.marks(_WEEK)]),
    "stiffness_worst_7d": lambda f: _most([m.morning for m in f.marks(_WEEK)]),
    "stiffness_rising": _stiffness_rising,
    "stiffness_rising_2w": _stiffness_rising_2w,
    "flags_open": _flags_open,
    "run_pain_worst_7d": lambda f: _most([m.run_pain for m in f.marks(_WEEK)]),
    "run_pain_last": _run_pain_last,
    "next_day_worse_7d": lambda f: _ever([m.next_day_worse for m in f.marks(_WEEK) if m.session]),
    "days_in_phase": _days_in_phase,
    "days_in_plan": lambda f: (f.row.on - f.days.plan.on).days,
    "min_days": _min_days,
    "enough_days": lambda f: _days_in_phase(f) >= float(_min_days(f) or 0),
    "weeks_off_running": _weeks_off,
    "hurts_days": lambda f: (f.row.on - (f.days.plan.hurts_since or f.days.plan.on)).days,
    "cleared": lambda f: f.row.cleared,
    "cleared_to_run": lambda f: f.row.cleared_to_run,
    "imaged": _imaged,
    "bone_risk": lambda f: SITES[f.days.plan.site].bone_risk if f.days.plan.site in SITES else None,
    "grade": _grade,
    "site": lambda f: f.days.plan.site,
    "age": lambda f: f.days.age_years,
    "done_share_14d": _done_share,
    "exercise_days_14d": lambda f: sum(1 for r in f.window(2 * _WEEK) if any(not d.skipped for d in r.done)),
    "exercise_pain_worst_7d": lambda f: _most([d.pain for r in f.window(_WEEK) for d in r.done if not d.skipped]),
    "exercise_last_easy": _last_easy,
    "ladder_done": lambda f: f.standing.ladder_done is not None,
    "ladder_step": lambda f: f.standing.step + 1 if f.standing.status is RunStatus.LADDER else 0,
    "continuous_min": _continuous,
    "volume_ratio": _volume_ratio,
    "volume_weeks_green": lambda f: _weeks_green(
        f, f.number("volume_ratio_gate2"), False, f.number("established_week_min")
    ),
    "quality_weeks_green": lambda f: _weeks_green(f, None, True),
    "full_weeks_green": lambda f: _weeks_green(f, f.number("gate4_full_share"), True),
    "calf_gate": _calf_gate,
}

# what depends on where the plan stands, beside all that a test tells: results are void from before the last red
OF_STANDING: Final = frozenset(
    {"days_in_phase", "min_days", "enough_days", "done_share_14d", "ladder_done", "ladder_step", "calf_gate"}
)
_OF_DAYS: Final = frozenset(FACTS) - OF_STANDING
