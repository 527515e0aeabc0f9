"""The search for a week that holds: core.week as constraints for OR-Tools CP-SAT, checked again by core.week."""

from niggle.scheduler.types import Clash, LeftOut, Solved

__all__ = ["Clash", "LeftOut", "Solved"]
