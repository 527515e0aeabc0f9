"""Relative load of one session on each tissue, in easy kilometres.

Per step L = P(v) * exp(p d + q d^2) * (c/c_pref)^-k; the dose is the sum of strides * L^b over 499.8 strides, so that
one level kilometre at 2.78 m/s counts 1 for every tissue. Curves, b and their grades stand in knowledge (tissues.yaml,
load.yaml); b and the whole bookkeeping are heuristic. Not in it: shoes, surface, fatigue, body mass, anatomy. Relative
to the runner's own history only; neither damage nor risk.

Walking, hiking, strength and cross-training count by time and `Tissue.strength_share`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from niggle.core.body import LOAD_TISSUES
from niggle.core.knowledge_types import Tissue
from niggle.core.load.cadence import CadenceLine
from niggle.core.load.motion import Motion, is_running, motion
from niggle.core.load.numbers import LoadNumbers, Parameters, load_numbers
from niggle.core.session.types import Floats, Session, Sport, is_run
from niggle.core.units import S_PER_H

_ON_FOOT = frozenset({Sport.WALK, Sport.HIKE})
_WALK_MPS = 1.4  # an ordinary walk, where only the way is known


def _curves(tissues: tuple[Tissue, ...]) -> Floats:
    """Coefficients of ln L, 5 x len(tissues): ln(v/v_ref), v - v_ref, degrees, degrees^2, -ln(cadence ratio)."""
    return np.array(
        [
            [t.speed_exponent if t.speed_exponent is not None else 0.0 for t in tissues],
            [np.log(t.speed_base) if t.speed_base is not None else 0.0 for t in tissues],
            [t.grade_linear_per_deg for t in tissues],
            [t.grade_square_per_deg2 for t in tissues],
            [-t.cadence_exponent for t in tissues],
        ]
    )


def session_doses(
    session: Session,
    tissues: Mapping[str, Tissue],
    parameters: Parameters,
    preferred: CadenceLine | None = None,
    moved: Motion | None = None,
) -> Floats:
    """Doses in the order of LOAD_TISSUES, easy kilometres; all NaN where neither way, time nor streams are known.

    preferred: the runner's own cadence line. Without it the line of all runners is shifted to the session's own median,
    so that a watch without a step counter does not look like another way of running. moved: `motion` of the streams,
    where the caller has it already.
    """
    n = load_numbers(parameters)
    ordered = tuple(tissues[t] for t in LOAD_TISSUES)
    if moved is None and session.streams is not None:
        moved = motion(session.streams, n)
    if is_run(session.sport):
        if moved is not None and float(moved.seconds @ moved.speed_mps) > 0:
            return _run_from_motion(moved, ordered, n, preferred)
        return _run_from_summary(session, ordered, n)
    if session.sport in _ON_FOOT and moved is not None:
        on_foot = moved.speed_mps >= n.walk_speed_mps
        return _walk_from_motion(moved, on_foot, ordered, n, session.sport)
    return _by_time(session, ordered, n)


def _run_from_motion(
    moved: Motion, tissues: tuple[Tissue, ...], n: LoadNumbers, preferred: CadenceLine | None
) -> Floats:
    running = is_running(moved, n)
    walking = ~running & (moved.speed_mps >= n.walk_speed_mps)
    doses = _steps(
        moved.seconds[running], moved.speed_mps[running], moved.slope[running], moved.cadence_spm[running],
        tissues, n, preferred,
    )  # fmt: skip
    if walking.any():
        doses = doses + _walk_from_motion(moved, walking, tissues, n, Sport.WALK)
    return doses


def _steps(
    seconds: Floats,
    speed_mps: Floats,
    slope: Floats,
    cadence_spm: Floats,
    tissues: tuple[Tissue, ...],
    n: LoadNumbers,
    preferred: CadenceLine | None,
) -> Floats:
    if not len(seconds):
        return np.zeros(len(tissues))
    v = np.clip(speed_mps, n.slowest_mps, n.fastest_mps)
    line = preferred or CadenceLine(n.cadence_at_zero_spm, n.cadence_per_mps_spm)
    usual = line.at(v)
    known = (cadence_spm >= n.run_cadence_spm) & (cadence_spm <= 2 * n.run_cadence_spm)
    if known.any():
        if preferred is None:
            usual = usual * _median(cadence_spm[known] / usual[known])
        cadence = np.where(known, cadence_spm, usual)
        ratio = np.clip(cadence / usual, n.cadence_low, n.cadence_high)
    else:
        cadence, ratio = usual, np.ones(len(v))
    strides = cadence / 120.0 * seconds
    terms = np.stack([np.log(v / n.reference_speed_mps), v - n.reference_speed_mps, *_degrees(slope, n), np.log(ratio)])
    log_load = terms.T @ _curves(tissues)
    return np.asarray(strides @ np.exp(n.exponent * log_load)) / n.reference_strides_per_km


def _median(values: Floats) -> float:
    """np.median of at least one finite number, in a fifth of its time."""
    half = len(values) // 2
    parted = np.partition(values, half)
    upper = float(parted[half])
    return upper if len(values) % 2 else (float(parted[:half].max()) + upper) / 2.0


def _degrees(slope: Floats, n: LoadNumbers) -> tuple[Floats, Floats]:
    degrees = np.clip(np.degrees(np.arctan(slope)), -n.steepest_deg, n.steepest_deg)
    return degrees, degrees**2


def _walk_from_motion(
    moved: Motion, part: NDArray[np.bool_], tissues: tuple[Tissue, ...], n: LoadNumbers, sport: Sport
) -> Floats:
    degrees, squares = _degrees(moved.slope[part], n)
    curves = _curves(tissues)
    hills = np.exp(n.exponent * (np.outer(degrees, curves[2]) + np.outer(squares, curves[3])))
    hours = np.asarray(moved.seconds[part] @ hills) / S_PER_H
    return hours * _shares(tissues, sport)


def _shares(tissues: tuple[Tissue, ...], sport: Sport) -> Floats:
    return np.array([t.strength_share.get(sport, 0.0) for t in tissues])


def _time_s(session: Session) -> float | None:
    return next((t for t in (session.moving_s, session.timer_s, session.elapsed_s) if t is not None and t > 0), None)


def _hills(session: Session, distance_m: float, n: LoadNumbers) -> tuple[Floats, Floats]:
    """Shares of the way and their slopes, for totals: climbs and descents at one assumed grade, the rest level.

    Where only one of ascent and descent is known the run is taken for a round.
    """
    up = session.ascent_m if session.ascent_m is not None else session.descent_m
    down = session.descent_m if session.descent_m is not None else session.ascent_m
    if up is None or down is None or up + down <= 0 or distance_m <= 0:
        return np.array([1.0]), np.array([0.0])
    grade = max(n.hill_grade, (up + down) / distance_m)
    share_up, share_down = up / grade / distance_m, down / grade / distance_m
    return np.array([share_up, share_down, 1 - share_up - share_down]), np.array([grade, -grade, 0.0])


def _run_from_summary(session: Session, tissues: tuple[Tissue, ...], n: LoadNumbers) -> Floats:
    time_s, distance_m = _time_s(session), session.distance_m
    if time_s is None and distance_m is None:
        return np.full(len(tissues), np.nan)
    if distance_m is None:
        assert time_s is not None
        distance_m = time_s * n.reference_speed_mps
    elif distance_m <= 0:
        return np.zeros(len(tissues))
    if time_s is None:
        time_s = distance_m / n.reference_speed_mps
    speed_mps = distance_m / time_s
    if speed_mps < n.walk_speed_mps * 2:  # slower than any walk: the clock ran on, so only the way can be trusted
        speed_mps = n.slowest_mps
        time_s = distance_m / speed_mps
    shares, slopes = _hills(session, distance_m, n)
    cadence = session.avg_cadence_spm
    parts = len(shares)
    if speed_mps < n.run_speed_mps and (cadence is None or cadence < n.run_cadence_spm):
        # Run and walk in one: running at the slowest running speed, walking at an ordinary one, so that the sum holds.
        run_s = max(0.0, (distance_m - _WALK_MPS * time_s) / (n.run_speed_mps - _WALK_MPS))
        walking = (time_s - run_s) / S_PER_H * _shares(tissues, Sport.WALK)
        time_s, speed_mps, cadence = run_s, n.run_speed_mps, None
    else:
        walking = np.zeros(len(tissues))
    steps = _steps(
        shares * time_s, np.full(parts, speed_mps), slopes,
        np.full(parts, np.nan if cadence is None else cadence), tissues, n, None,
    )  # fmt: skip
    return steps + walking


def _by_time(session: Session, tissues: tuple[Tissue, ...], n: LoadNumbers) -> Floats:
    shares = _shares(tissues, session.sport)
    time_s = _time_s(session)
    if time_s is None:
        if not shares.any():
            return np.zeros(len(tissues))
        if session.sport in _ON_FOOT and session.distance_m is not None:
            time_s = session.distance_m / _WALK_MPS
        else:
            return np.full(len(tissues), np.nan)
    return time_s / S_PER_H * shares
