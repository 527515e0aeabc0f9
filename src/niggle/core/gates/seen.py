"""What the facts of a day are made of: its rows, what was said, the newest results, her answers.

Windows end on the day itself: "7d" is that day and the six before it. What is not known is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from niggle.core.body import Side
from niggle.core.gates.types import DayFacts, Days, Standing
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Measured
from niggle.core.protocol import BONE, CapacityTest, Protocol
from niggle.core.reasons import FactValue
from niggle.core.scoreboard import TestState, test_state
from niggle.core.traffic_light import DayMark

WEEK: Final = 7


class Seen:
    """All that is known of one plan on one day. Later days are not looked at."""

    __slots__ = ("_marks", "_tests", "days", "index", "knowledge", "protocol", "rows", "standing")

    def __init__(self, days: Days, index: int, standing: Standing, protocol: Protocol, knowledge: Knowledge) -> None:
        self.days, self.index, self.standing = days, index, standing
        self.protocol, self.knowledge, self.rows = protocol, knowledge, days.rows
        self._tests: dict[str, TestState | None] = {}
        self._marks: dict[int, list[DayMark]] = {}

    def moved(self) -> None:
        """The plan stands elsewhere now. What the days tell by themselves stays as it is."""
        self._tests.clear()

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
        if not row.done:
            return False
        red = self.number("red_min")
        return any(d.pain is not None and d.pain >= red for d in row.done)

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


def most(values: Sequence[float | None]) -> float | None:
    return max((v for v in values if v is not None), default=None)


def ever(values: Sequence[bool | None]) -> bool | None:
    """One yes of the window is a yes; without any answer it is not known."""
    given = [v for v in values if v is not None]
    return any(given) if given else None
