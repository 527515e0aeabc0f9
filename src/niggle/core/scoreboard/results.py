"""One result of a test: whether it can be believed, both sides against each other, against the target and the clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from math import isfinite
from typing import Final

from niggle.core.body import Side
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Problem
from niggle.core.plan import Measured
from niggle.core.protocol import Better, CapacityTest
from niggle.core.scoreboard.types import Band, Point, TestState

_EPS: Final = 1e-9  # 0.4 of 2.0 is 20 %, whatever the floats say
_DIGITS: Final = 9  # the same for gates, which compare the share as it stands: 3.2 of 4.0 m is 20 % apart, not less
_PAIN_MAX: Final = 10.0
PAIN_UNIT: Final = "0-10"  # of a test whose result is the pain itself


def check_result(
    test: str,
    knowledge: Knowledge,
    left: float | None = None,
    right: float | None = None,
    value: float | None = None,
    pain: float | None = None,
) -> tuple[Problem, ...]:
    """What is wrong with a result as she entered it; nothing wrong: an empty tuple."""
    known = knowledge.tests.get(test)
    if known is None:
        near = get_close_matches(test, list(knowledge.tests), n=1, cutoff=0.4)
        return (Problem("test", f"there is no test {test!r}", f"did you mean {near[0]}?" if near else None),)
    problems: list[Problem] = []
    given = {"left": left, "right": right, "value": value}
    if known.sided:
        if value is not None and left is None and right is None:
            problems.append(Problem("value", f"{known.name} is measured on each side", "give left and right"))
        else:
            for side in ("left", "right"):
                if given[side] is None:
                    hint = "give 0 if that side could not do it" if known.better is Better.HIGHER else None
                    problems.append(Problem(side, f"the {side} side is missing", hint))
            if value is not None:
                problems.append(Problem("value", "one value beside left and right", "leave it out"))
    else:
        sides = [side for side in ("left", "right") if given[side] is not None]
        problems += [Problem(s, f"{known.name} is not measured on each side", "give one value") for s in sides]
        if value is None and left is None and right is None:
            problems.append(Problem("value", "the value is missing", _range(known)))
    for name, number in given.items():
        if number is not None and (problem := _check_number(name, number, known)) is not None:
            problems.append(problem)
    if pain is not None and not (isfinite(pain) and 0 <= pain <= _PAIN_MAX):
        problems.append(Problem("pain", f"{pain:g} is no pain between 0 and 10", "0 is none, 10 the worst there is"))
    elif pain is not None and known.unit == PAIN_UNIT and value is not None and pain != value:
        message = f"the result of {known.name} is its pain, and two are given: {value:g} and {pain:g}"
        problems.append(Problem("pain", message, "leave one of them out"))
    return tuple(problems)


def values_of_word(test: CapacityTest, passed: bool) -> dict[str, float] | Problem:
    """What "passed" or "not passed" stands for: yes or no, or no pain at all. A number cannot be made of a word."""
    if test.unit == "yes_no":
        return {"left": float(passed), "right": float(passed)} if test.sided else {"value": float(passed)}
    if test.unit == PAIN_UNIT:
        if passed:
            return {"value": 0.0}
        return Problem("passed", f"{test.name}: the result is how much it hurt", "give the pain as value, 1 to 10")
    give = "give left and right" if test.sided else "give the value"
    return Problem("passed", f"{test.name}: the result is a number, not a yes or no", f"{give}, {_range(test)}")


def _range(test: CapacityTest) -> str:
    return f"between {test.minimum:g} and {test.maximum:g}"


def _check_number(name: str, number: float, test: CapacityTest) -> Problem | None:
    if not isfinite(number):
        return Problem(name, "not a number", _range(test))
    if not test.minimum <= number <= test.maximum:
        message = f"{number:g} is not possible in {test.name}: {_range(test)}"
        return Problem(name, message, "check for a slip of the finger")
    if test.unit == "yes_no" and number not in (0, 1):
        return Problem(name, f"{number:g} is neither yes nor no", "1 for passed, 0 for not")
    if test.unit == "count" and number != int(number):
        return Problem(name, f"{number:g} is no whole number", "count full repetitions only")
    return None


def test_state(result: Measured | None, test: CapacityTest, on: date, side: Side | None) -> TestState:
    """The newest result as the scoreboard shows it. `side`: the sore one, for lsi and its own value."""
    if result is None:
        return TestState(test.id, None)
    values = [v for v in (result.left, result.right, result.value) if v is not None]
    complete = bool(values) and not (test.sided and (result.left is None or result.right is None))
    low_is_worse = test.better in (Better.HIGHER, Better.PASSED)
    worse = (min(values) if low_is_worse else max(values)) if complete else None
    better = (max(values) if low_is_worse else min(values)) if complete and test.sided else None
    sore = _of_side(result, side) if test.sided else result.value
    other = _of_side(result, _opposite(side)) if test.sided else None
    gap = _gap(worse, better) if test.sided else None
    age = (on - result.on).days
    return TestState(
        test.id,
        result.on,
        result.left,
        result.right,
        result.value,
        result.pain,
        worse,
        better,
        _worse_side(result, low_is_worse),
        worse if sore is None and side not in (Side.LEFT, Side.RIGHT) else sore,
        gap,
        _lsi(sore, other, worse, better, side),
        _band(gap, test),
        _met(worse, test),
        is_void(result, test),
        age > test.stale_days,
        age,
    )


def is_void(result: Measured, test: CapacityTest) -> bool:
    """Too much pain in a strength test: it opens nothing (ASB-R02)."""
    return test.pain_void_above is not None and result.pain is not None and result.pain > test.pain_void_above


def pain_in(result: Measured, test: CapacityTest) -> float | None:
    """The pain that a result tells, 0-10: the result itself of a test of pain; None where none was told."""
    if test.unit == PAIN_UNIT:
        told = [v for v in (result.left, result.right, result.value, result.pain) if v is not None]
        return max(told, default=None)
    return result.pain


def _of_side(result: Measured, side: Side | None) -> float | None:
    return result.left if side is Side.LEFT else result.right if side is Side.RIGHT else None


def _opposite(side: Side | None) -> Side | None:
    return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(side) if side is not None else None


def _gap(worse: float | None, better: float | None) -> float | None:
    """ASB-R01: (better - worse) / better. Two zeros differ by nothing."""
    if worse is None or better is None:
        return None
    top, low = max(worse, better), min(worse, better)
    return 0.0 if top <= 0 else round((top - low) / top, _DIGITS)


def _lsi(
    sore: float | None, other: float | None, worse: float | None, better: float | None, side: Side | None
) -> float | None:
    if side not in (Side.LEFT, Side.RIGHT):
        sore, other = worse, better
    if sore is None or other is None:
        return None
    if other <= 0:
        return 1.0 if sore <= 0 else None
    return round(sore / other, _DIGITS)


def _worse_side(result: Measured, low_is_worse: bool) -> Side | None:
    if result.left is None or result.right is None or result.left == result.right:
        return None
    return Side.LEFT if (result.left < result.right) is low_is_worse else Side.RIGHT


def _band(gap: float | None, test: CapacityTest) -> Band:
    if gap is None:
        return Band.UNKNOWN
    if test.block_gap is not None and gap >= test.block_gap - _EPS:
        return Band.BLOCK
    if test.attention_gap is not None and gap >= test.attention_gap - _EPS:
        return Band.ATTENTION
    return Band.EVEN


def _met(worse: float | None, test: CapacityTest) -> bool | None:
    if worse is None:
        return None
    if test.better is Better.PAIN_FREE:
        return worse <= (test.target or 0.0)
    if test.target is None:
        return None
    return worse <= test.target + _EPS if test.better is Better.LOWER else worse >= test.target - _EPS


def points(results: Iterable[Measured], test: str, knowledge: Knowledge) -> tuple[Point, ...]:
    """Every result of a test for its chart, oldest first."""
    limit = knowledge.tests[test].pain_void_above
    found = sorted((r for r in results if r.test == test), key=lambda r: r.on)
    return tuple(
        Point(r.on, r.left, r.right, r.value, limit is not None and r.pain is not None and r.pain > limit)
        for r in found
    )
