"""Does it make sense? Times that follow on one another, as stored in FIT (seconds, 32 bits)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.readers.fit.profile import POWER_ON_BELOW

BACK_S: Final = 3_600  # a clock that is set goes back by hours; what lies further back is suspicious
AHEAD_S: Final = 86_400
NO_TIME: Final = 0xFFFFFFFF


def ticking(ticks: Sequence[int]) -> bool:
    """Do times of five bits go on as a clock does: mostly forward, in small steps? True without any."""
    steps = [(later - sooner) & 31 for sooner, later in pairwise(ticks)]
    return all(step <= 16 for step in steps) and 2 * sum(step > 0 for step in steps) >= len(steps)


def clock_like(times: Sequence[int], usual_step_s: int, last: int | None) -> bool:
    """Do these times go on as the file's records do? Read out of step, a latitude looks like a clock that runs wild.

    times: at least two; usual_step_s: from record to record so far; last: the last time that is certain.
    """
    if min(times) < POWER_ON_BELOW <= (last or 0) or max(times) == NO_TIME:
        return False
    steps = sorted(later - sooner for sooner, later in pairwise(times))
    bounded = steps[0] >= -BACK_S and steps[-1] <= AHEAD_S
    return bounded and sum(steps) > 0 and 0 <= steps[len(steps) // 2] <= 5 * usual_step_s + 1


def times_fit(raw: NDArray[np.uint8], spots: NDArray[np.intp], big_endian: bool, last: int | None) -> NDArray[np.bool_]:
    """Which of the places in the bytes hold a time that can follow on the last certain one?"""
    times = np.zeros(len(spots), np.int64)
    for index, shift in enumerate((24, 16, 8, 0) if big_endian else (0, 8, 16, 24)):
        times |= raw[spots + index].astype(np.int64) << shift
    if last is None:
        return np.asarray((times >= POWER_ON_BELOW) & (times != NO_TIME))
    return np.asarray((times >= last - BACK_S) & (times <= last + AHEAD_S))
