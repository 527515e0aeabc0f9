"""The scoreboard: capacity tests, both sides, against their targets; what limits this week; when to test again."""

from niggle.core.scoreboard.types import Band, Limiter, Point, Scoreboard, TestState

__all__ = ["Band", "Limiter", "Point", "Scoreboard", "TestState"]
