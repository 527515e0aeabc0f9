"""The session gate: one run against the longest of the 30 days before it.

In 5,205 runners overuse injuries were 1.64 (small step), 1.52 (moderate) and 2.28 (large) times as frequent as after
runs up to 1.10 (Frandsen 2025). Groups, not a personal risk; distance only; no proof that small steps protect.
"""

from __future__ import annotations

import math
from datetime import date

from niggle.core.history import History
from niggle.core.knowledge_types import Knowledge
from niggle.core.profile import Profile
from niggle.core.reasons import Fact, Weight
from niggle.core.spikes.log import greatest
from niggle.core.spikes.types import Gate, GateState, Planned
from niggle.core.spikes.view import View, above, once_a_session

_STEPS = (GateState.REFERENCE, GateState.SMALL, GateState.MODERATE)


def session_gate(history: History, session: int | Planned, knowledge: Knowledge, on: date | None = None) -> Gate:
    """Gate of a session of the log (its index), or of a planned one on the day `on` (required then).

    Longest: all runs that started in [t - 30 d, t), earlier runs of the same day included, the session itself not.
    """
    if isinstance(session, int):
        view = View(history, date.fromordinal(int(history.day[session])), knowledge, Profile())
        return gate_at(view, session)
    if on is None:
        raise ValueError("a planned session needs a day")
    return gate_planned(View.of(history, on, knowledge, Profile()), session)


@once_a_session
def gate_at(view: View, index: int) -> Gate:
    log = view.log
    distance_m = log.distance_m[index]
    before = log.runs_before(index, view.number("gate_days"))
    return _gate(view, None if math.isnan(distance_m) else distance_m, greatest(log.run_m[before]))


def gate_planned(view: View, planned: Planned) -> Gate:
    before = view.log.runs_on(view.today - int(view.number("gate_days")), view.today)
    return _gate(view, planned.distance_m, greatest(view.log.run_m[before]))


def _gate(view: View, distance_m: float | None, longest_m: float | None) -> Gate:
    ratio = None
    state = GateState.NOT_CALCULABLE
    if distance_m is not None and longest_m is not None and longest_m > 0:
        ratio = distance_m / longest_m
        steps = zip(_STEPS, view.knowledge.numbers("gate_steps"), strict=True)
        state = next((name for name, top in steps if not above(ratio, top)), GateState.LARGE)
    spiked = state in (GateState.SMALL, GateState.MODERATE, GateState.LARGE)
    reason = view.reason(
        "SCI-GATE",
        Weight.CAUTION if spiked else Weight.INFO,
        Fact("state", state.value),
        Fact("distance_m", distance_m, "m"),
        Fact("longest_m", longest_m, "m"),
        Fact("ratio", ratio, "ratio"),
    )
    return Gate(state, ratio, distance_m, longest_m, reason)
