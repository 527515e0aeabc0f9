"""The search for a week that holds: core.week as constraints for OR-Tools CP-SAT, checked again by core.week.

request   what is asked, without names and dates     model     as a CP-SAT model     search   the solver asked
timing    hours within the windows                   floating  daily sets and walks  explain  what clashes with what
"""

from niggle.scheduler.solve import Memo, request_key, solve
from niggle.scheduler.types import Clash, LeftOut, Solved

__all__ = ["Clash", "LeftOut", "Memo", "Solved", "request_key", "solve"]
