"""What later rules need of a session and only its streams can tell; NaN where unknown."""

from __future__ import annotations

import numpy as np

from niggle.core.history import FEATURES
from niggle.core.load.motion import Motion, is_running, motion
from niggle.core.load.numbers import LoadNumbers, Parameters, load_numbers
from niggle.core.session.types import Floats, Session, is_run

_POSSIBLE_MPS = 12.5  # faster than any human: a jump of the satellite fix


def session_features(session: Session, parameters: Parameters, moved: Motion | None = None) -> Floats:
    """In the order of history.FEATURES. Best speeds only for runs; `steep_*` counts slopes of `hill_grade` and more.

    moved: `motion` of the session's streams, where the caller has it already.
    """
    n = load_numbers(parameters)
    features = np.full(len(FEATURES), np.nan)
    if moved is None and session.streams is not None:
        moved = motion(session.streams, n)
    if moved is None or not len(moved.seconds):
        return features
    found: dict[str, float] = {}
    assert session.streams is not None
    if is_run(session.sport):
        elapsed = np.concatenate(([0.0], np.cumsum(moved.seconds)))
        step_m = np.where(moved.speed_mps > _POSSIBLE_MPS, 0.0, moved.speed_mps) * moved.seconds
        way = np.concatenate(([0.0], np.cumsum(step_m)))
        found |= {f"best_{s}s_mps": _best(elapsed, way, float(s)) for s in (20, 60, 400)}
        found |= _run_and_walk(moved, n)
    if "altitude_m" in session.streams.columns:
        steep = np.abs(moved.slope) >= n.hill_grade
        found["steep_up_m"] = float(moved.rise_m[steep & (moved.rise_m > 0)].sum())
        found["steep_down_m"] = float(-moved.rise_m[steep & (moved.rise_m < 0)].sum())
    for name, value in found.items():
        features[FEATURES.index(name)] = value
    return features


def _best(elapsed: Floats, way: Floats, window_s: float) -> float:
    """Fastest mean speed over `window_s`; NaN for a session that is shorter."""
    if elapsed[-1] < window_s:
        return float("nan")
    starts = elapsed[elapsed <= elapsed[-1] - window_s]
    return float(np.max(np.interp(starts + window_s, elapsed, way) - way[: len(starts)]) / window_s)


def _run_and_walk(moved: Motion, n: LoadNumbers) -> dict[str, float]:
    running = is_running(moved, n)
    walking = ~running & (moved.speed_mps >= n.walk_speed_mps)
    return {"run_s": float(moved.seconds[running].sum()), "walk_s": float(moved.seconds[walking].sum())}
