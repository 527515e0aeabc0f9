"""Step rate: the one a runner would choose at a speed, where the watch is silent or as the measure of what she did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from niggle.core.session.types import Floats, Session, is_run

_MIN_SAMPLES = 600
_MIN_SPREAD_MPS = 0.3  # a line through one speed has no slope


@dataclass(frozen=True, slots=True)
class CadenceLine:
    """Preferred steps per minute, both feet: at_zero_spm + per_mps_spm * speed."""

    at_zero_spm: float
    per_mps_spm: float

    def at(self, speed_mps: Floats) -> Floats:
        return self.at_zero_spm + self.per_mps_spm * speed_mps


def fit_cadence(sessions: Iterable[Session], run_speed_mps: float = 2.0) -> CadenceLine | None:
    """The runner's own line by least squares over the running of the given sessions; None where there is too little.

    Source: individually fitted lines describe runners better than the line of all (van-oeveren).
    """
    speeds, cadences = [], []
    for session in sessions:
        if session.streams is None or not is_run(session.sport):
            continue
        speed, cadence = session.streams.get("speed_mps"), session.streams.get("cadence_spm")
        if speed is None or cadence is None:
            continue
        good = (speed >= run_speed_mps) & (cadence >= 140) & (cadence <= 240)
        speeds.append(speed[good])
        cadences.append(cadence[good])
    if not speeds:
        return None
    speed_all, cadence_all = np.concatenate(speeds), np.concatenate(cadences)
    if len(speed_all) < _MIN_SAMPLES or float(np.std(speed_all)) < _MIN_SPREAD_MPS:
        return None
    slope, start = np.polyfit(speed_all, cadence_all, 1)
    return CadenceLine(float(start), float(slope))
