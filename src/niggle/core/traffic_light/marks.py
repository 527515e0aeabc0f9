"""A complaint day by day, as a plan has to see it: the light of each day, whether it was final, what was said.

The same story that gives today's light is told once more and looked at after every report; there is no second engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from niggle.core.outcomes import Light
from niggle.core.traffic_light.types import State


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day of a place. Days on which nothing was said of it have no mark: unknown, not green.

    light: the day's own reading (CANNOT_SAY: a word, but no pain value). final: the morning after has been answered.
    state: where the place stands at the end of the day, worst first. score, daily, run_pain, morning: 0-10; daily is
    what she felt outside of runs. stiff: minutes in the morning, or -1 to 1 against her usual.
    """

    on: date
    light: Light
    final: bool
    session: bool  # it speaks of a run
    state: State
    score: float | None = None
    daily: float | None = None
    run_pain: float | None = None
    morning: float | None = None
    stiff: float | None = None
    night_pain: bool | None = None
    limp: bool | None = None
    swelling: bool | None = None
    next_day_worse: bool | None = None
    sharp: bool = False
    ends_session: bool = False
    flagged: bool = False  # a warning sign that somebody has to look at is open
    locked: bool = False  # and only a clinician's clearance opens the way back

    @property
    def green(self) -> bool:
        """Green, and the place is not in red."""
        return self.light is Light.GREEN and self.state.light is not Light.RED
