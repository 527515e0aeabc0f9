"""The scoreboard: capacity tests, both sides, against their targets; what limits this week; when to test again."""

from niggle.core.scoreboard.board import CALF_TESTS, board, calf_gate, due_tests
from niggle.core.scoreboard.reasons import reason
from niggle.core.scoreboard.results import PAIN_UNIT, check_result, pain_in, points, test_state, values_of_word
from niggle.core.scoreboard.types import Band, Limiter, Point, Scoreboard, TestState

__all__ = [
    "CALF_TESTS", "PAIN_UNIT", "Band", "Limiter", "Point", "Scoreboard", "TestState", "board", "calf_gate",
    "check_result", "due_tests", "pain_in", "points", "reason", "test_state", "values_of_word",
]  # fmt: skip
