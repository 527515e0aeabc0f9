"""The scoreboard in words: values with their units, both sides, the gap, what limits this week, what is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from niggle.core.body import Side
from niggle.core.knowledge_types import Knowledge
from niggle.core.protocol import Better, CapacityTest
from niggle.core.scoreboard import PAIN_UNIT, Band, Limiter, Point, Scoreboard, TestState
from niggle.wording.units import days, pain, percent

_NBSP: Final = "\u00a0"
_UNITS: Final = {"s": "s", "cm": "cm", "m": "m", "spm": "steps a minute", "km": "km"}
NOT_NOW: Final = {
    "red": "not on a red light",
    "bone": "no hops on a bone before it is calm and cleared for running",
    "pain": "not while it hurts this much",
    "phase": "later in the plan",
}
BANDS: Final = {
    Band.EVEN: "both sides alike",
    Band.ATTENTION: "train the weaker side",
    Band.BLOCK: "too far apart for hard speed",
    Band.UNKNOWN: "",
}

# what a reason calls a test, without its page at hand
TEST_WORDS: Final = {
    "calf_raise": "calf raises", "calf_raise_bent": "bent-knee calf raises", "calf_hold": "the calf hold",
    "squat_control": "the single-leg squat", "step_down": "the step-down", "hop_distance": "hops forward",
    "hop_count": "hops on one leg", "hop_in_place": "hopping in place", "jog_on_spot": "jogging on the spot",
    "walk_30": "the half-hour walk", "stairs": "stairs", "squat_pain": "squats", "high_knees": "high knees",
    "jog_straight": "a few steps of jogging", "press_tender": "pressing the sore place",
    "adduction_hold": "the thigh squeeze", "dorsiflexion": "knee to wall", "cadence": "steps a minute",
    "balance": "balance on one leg", "balance_closed": "balance with closed eyes",
    "trunk_sway": "the trunk on landing", "side_plank": "the side plank", "single_leg_bridge": "one-legged bridges",
    "hamstring_hold": "the hamstring hold", "hip_hike_control": "hip hikes", "toe_raise": "toe raises",
    "straight_leg_raise_pain": "the straight-leg raise", "big_toe_bend": "the big toe's bend",
    "pain_free_distance": "the longest run without pain", "visa_a": "the VISA-A total", "visa_p": "the VISA-P total",
    "visa_h": "the VISA-H total", "faam": "the FAAM total", "lefs": "the LEFS total", "akps": "the Kujala score",
    "uwri": "the UWRI total",
}  # fmt: skip


def test_word(test_id: str) -> str:
    return TEST_WORDS.get(test_id, test_id.replace("_", " "))


def value_text(value: float | None, test: CapacityTest) -> str:
    """18, 45 s, 1.2 m, passed, 3 of 10; an en dash where there is none."""
    if value is None:
        return "–"
    if test.unit == "yes_no":
        return "passed" if value >= 1 else "not passed"
    if test.unit == "0-10":
        return "no pain" if value == 0 else pain(value)
    unit = _UNITS.get(test.unit)
    return f"{value:g}" if unit is None else f"{value:g}{_NBSP}{unit}"


def sides_line(state: TestState, test: CapacityTest) -> str:
    """left 18, right 30; the value alone for a test without sides; "not done yet"."""
    if state.on is None:
        return "not done yet"
    if not test.sided:
        return value_text(state.value, test)
    return f"left {value_text(state.left, test)}, right {value_text(state.right, test)}"


def gap_line(state: TestState) -> str | None:
    """40 % between the sides, left is weaker; None where it cannot be told."""
    if state.gap is None:
        return None
    if round(state.gap * 100) == 0:
        return "both sides alike"
    weaker = f", {state.worse_side.value} is weaker" if state.worse_side in (Side.LEFT, Side.RIGHT) else ""
    return f"{percent(state.gap)} between the sides{weaker}"


def verdict_line(state: TestState, test: CapacityTest) -> str:
    """What the newest result means today, as one sentence."""
    if state.not_now == "phase":
        return f"Not yet. Aim: {test.say_target}."
    if state.not_now == "bone" and state.on is not None:
        return _hopped(state, test)
    if state.not_now is not None:
        return f"To be done later: {NOT_NOW.get(state.not_now, state.not_now)}."
    if state.on is None:
        return f"Not done yet. Aim: {test.say_target}."
    if state.before_red:
        return "Done before the last red light: it opens nothing any more. Do it again."
    if state.void:
        return (
            f"It hurt {pain(state.pain or 0)} in the test, too much for the result to count. Do it again when calmer."
        )
    if state.stale:
        return f"{days(state.age_days or 0).capitalize()} old: too old to open anything. Do it again."
    if test.sided and (state.left is None or state.right is None):
        return "One side is missing; both are needed."
    gap = _gap_sentence(state)
    if state.met is None:
        return gap or f"Aim: {test.say_target}."
    lead = "Target reached." if state.met else f"Not there yet. Aim: {test.say_target}."
    return f"{lead} {gap}".strip()


def _hopped(state: TestState, test: CapacityTest) -> str:
    """A hop on a bone that was not asked for."""
    hurt = state.worse if test.unit == PAIN_UNIT else state.pain
    if hurt:
        return "Hopping on a bone that hurts is a warning sign: no more hops, and have it looked at before you go on."
    return (
        "It opens nothing: a hop counts only once the bone is calm and running is cleared. Do not repeat it till then."
    )


def _gap_sentence(state: TestState) -> str:
    line = gap_line(state)
    if line is None or state.band in (Band.EVEN, Band.UNKNOWN):
        return ""
    return f"{line[:1].upper()}{line[1:]}: {BANDS[state.band]}."


def limiter_line(limiter: Limiter, known: Knowledge) -> str:
    """What holds the week back most."""
    test = known.tests.get(limiter.test)
    name = test_word(limiter.test) if test is None else f"{test.name[:1].lower()}{test.name[1:]}".split(",")[0]
    side = f" on the {limiter.side.value}" if limiter.side in (Side.LEFT, Side.RIGHT) else ""
    against = "the target" if limiter.against == "target" else "the other side"
    short = percent(limiter.shortfall)
    return f"What holds you back most: {name}{side}, {short} short of {against}. Work on this first."


def due_word(state: TestState, on: date) -> str:
    """now (the week says on which day), in 3 days, not on a red light; empty where it is never asked for."""
    if state.not_now is not None:
        return NOT_NOW.get(state.not_now, state.not_now)
    if state.next_on is None:
        return ""
    left = (state.next_on - on).days
    return "now" if left <= 0 else "tomorrow" if left == 1 else f"in {days(left)}"


def due_line(board: Scoreboard, known: Knowledge) -> str | None:
    """Which tests are due, in one sentence; None for none."""
    if not board.due:
        return None
    names = [known.tests[t].name for t in board.due if t in known.tests]
    return f"Due today: {'; '.join(names)}." if names else None


def calf_gate_line(board: Scoreboard) -> str:
    """Whether the calf is strong enough for hills and speed."""
    return calf_gate_sentence(board.calf_gate)


def calf_gate_sentence(gate: object) -> str:
    if gate is True:
        return "Your calves are strong enough for hills and speed: 25 raises and a 45 s hold on each side."
    if gate is False:
        return "Hills and speed wait for stronger calves: 25 raises and a 45 s hold on each side."
    return "Test both calves: 25 raises and a 45 s hold on each side come before hills and speed."


def chart_title(points: Sequence[Point], test: CapacityTest) -> str:
    """What the chart shows, as a finding."""
    counted = [p for p in points if not p.void]
    if not counted:
        return f"{test.name}: no result yet"
    last, first = _worse(counted[-1], test), _worse(counted[0], test)
    if last is None:
        return test.name
    now = value_text(last, test)
    where = " on the weaker side" if test.sided and test.unit != "yes_no" else ""
    if len(counted) < 2 or first is None:
        return f"{test.name}: {now}{where} so far"
    if last == first:
        return f"{test.name}: {now}{where}, as at the start"
    better = last < first if test.better in (Better.LOWER, Better.PAIN_FREE) else last > first
    return f"{test.name}: {'up' if last > first else 'down'} from {value_text(first, test)} to {now}{where}" + (
        "" if better else ", the wrong way"
    )


def _worse(point: Point, test: CapacityTest) -> float | None:
    values = [v for v in (point.left, point.right, point.value) if v is not None]
    if not values:
        return None
    return max(values) if test.better in (Better.LOWER, Better.PAIN_FREE) else min(values)
