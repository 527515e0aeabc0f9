"""The scoreboard: one row a test, both sides against the target; one test with how it is done and its results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from niggle.actions.plans.testing import TestsShown
from niggle.core.exercise import Exercise
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Measured
from niggle.core.protocol import Better, CapacityTest
from niggle.core.scoreboard import Point, TestState
from niggle.figures.charts import Chart, Result, results_over_time
from niggle.web.dress.words import capital, day_text
from niggle.wording import scoreboard as words
from niggle.wording.exercises import equipment_word

_ON_THE_FLOOR: Final = "The picture stands on a step. The test is done on the floor: a step changes the count."
_UNITS: Final = {"s": "s", "cm": "cm", "m": "m", "spm": "steps a minute", "km": "km"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One side as a meter: share of the target (or of the better side)."""

    name: str
    value: str
    share: float | None
    label: str


@dataclass(frozen=True, slots=True)
class TestRow:
    id: str
    name: str
    say: str
    due: str
    is_due: bool
    bars: tuple[Bar, ...]
    value: str  # where no bar shows it
    on: str
    limiter: bool


def rows(shown: TestsShown) -> tuple[TestRow, ...]:
    """What is due first, then in the order of the plan."""
    found = [_row(state, shown) for state in shown.board.tests]
    return tuple(sorted(found, key=lambda r: not r.is_due))


def _row(state: TestState, shown: TestsShown) -> TestRow:
    test = shown.tests[state.test]
    due = words.due_word(state, shown.on)
    bars = _bars(state, test)
    limiter = shown.board.limiter is not None and shown.board.limiter.test == state.test
    return TestRow(
        id=test.id,
        name=test.name,
        say=words.verdict_line(state, test),
        due="" if not due else due if state.not_now else f"due {due}",
        is_due=state.test in shown.board.due,
        bars=bars,
        value="" if bars or state.on is None else capital(words.sides_line(state, test)),
        on="" if state.on is None else day_text(state.on),
        limiter=limiter,
    )


def _bars(state: TestState, test: CapacityTest) -> tuple[Bar, ...]:
    """None where a picture says nothing: yes or no, less is better, nothing measured."""
    if test.better is not Better.HIGHER or state.on is None or test.unit == "yes_no":
        return ()
    pairs = (("Left", state.left), ("Right", state.right)) if test.sided else (("", state.value),)
    full = test.target or max((v for _, v in pairs if v is not None), default=0.0)
    out = []
    for name, value in pairs:
        if value is None or not full:
            continue
        text = words.value_text(value, test)
        goal = f" of {words.value_text(test.target, test)}" if test.target else ""
        out.append(Bar(name, text, value / full, f"{test.name}{f', {name.lower()}' if name else ''}: {text}{goal}"))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Line:
    on: str
    say: str
    pain: str


@dataclass(frozen=True, slots=True)
class TestPage:
    id: str
    name: str
    how: tuple[str, ...]
    needs: str
    target: str
    verdict: str
    gap: str
    unit: str
    sided: bool
    kind: str  # yes_no, pain, number
    ask_pain: bool
    impact: bool
    exercise: str | None
    not_now: str
    picture_has: str = ""


def page(test: CapacityTest, state: TestState | None, drawn: Exercise | None = None) -> TestPage:
    """drawn: the exercise whose picture stands on the page. On a step, where the test is not, it says so."""
    on_step = drawn is not None and "step" in drawn.equipment and "step" not in test.equipment
    kind = "yes_no" if test.unit == "yes_no" else "pain" if test.unit == "0-10" else "number"
    verdict = "" if state is None else words.verdict_line(state, test)
    gap = "" if state is None else capital(words.gap_line(state) or "")
    return TestPage(
        id=test.id,
        name=test.name,
        how=test.how,
        needs=capital(", ".join(equipment_word(e) for e in test.equipment)) or "Nothing",
        target=test.say_target,
        verdict=verdict,
        gap="" if gap in verdict else gap,
        unit=_UNITS.get(test.unit, ""),
        sided=test.sided,
        kind=kind,
        ask_pain=kind != "pain",
        impact=test.impact,
        exercise=test.exercise,
        not_now="" if state is None or state.not_now is None else words.NOT_NOW.get(state.not_now, state.not_now),
        picture_has=_ON_THE_FLOOR if on_step else "",
    )


def chart(points: Sequence[Point], test: CapacityTest) -> Chart | None:
    """The results over time; None where a line says nothing (yes or no, a single day)."""
    if test.unit == "yes_no" or len(points) < 2:
        return None
    results = [Result(p.on, p.left, p.right, p.value, p.void) for p in points]
    target = None if test.better is Better.PAIN_FREE else test.target
    return results_over_time(words.chart_title(points, test), results, target, _UNITS.get(test.unit, ""))


def lines(results: Sequence[Measured], test: CapacityTest) -> tuple[Line, ...]:
    """Every result, the newest first."""
    out = []
    for r in sorted((r for r in results if r.test == test.id), key=lambda r: r.on, reverse=True):
        if test.sided:
            say = f"left {words.value_text(r.left, test)}, right {words.value_text(r.right, test)}"
        else:
            say = words.value_text(r.value, test)
        out.append(Line(day_text(r.on), capital(say), "" if r.pain is None else f"{r.pain:g} of 10"))
    return tuple(out)


def limiter(shown: TestsShown, known: Knowledge) -> str:
    return "" if shown.board.limiter is None else words.limiter_line(shown.board.limiter, known)


def catalogue(known: Knowledge) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((t.id, t.name) for t in known.tests.values()), key=lambda pair: pair[1]))
