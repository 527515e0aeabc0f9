"""The parameters of session load, looked up once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from niggle.core.knowledge_types import Parameter

Parameters = Mapping[str, Parameter]


def number(parameters: Parameters, name: str) -> float:
    """A parameter that is one number. KeyError for an unknown name, TypeError for a list."""
    value = parameters[name].value
    if isinstance(value, tuple):
        raise TypeError(f"{name} is a list")
    return value


def numbers(parameters: Parameters, name: str) -> tuple[float, ...]:
    value = parameters[name].value
    if not isinstance(value, tuple):
        raise TypeError(f"{name} is one number")
    return value


@dataclass(frozen=True, slots=True)
class LoadNumbers:
    reference_speed_mps: float
    reference_strides_per_km: float
    exponent: float
    cadence_at_zero_spm: float
    cadence_per_mps_spm: float
    run_speed_mps: float
    run_cadence_spm: float
    walk_speed_mps: float
    slowest_mps: float
    fastest_mps: float
    steepest_deg: float
    cadence_low: float
    cadence_high: float
    grade_window_m: float
    hill_grade: float


def load_numbers(parameters: Parameters) -> LoadNumbers:
    """Raises KeyError where load.yaml misses one."""

    def one(name: str) -> float:
        return number(parameters, name)

    slowest_mps, fastest_mps = numbers(parameters, "speed_clamp_mps")
    cadence_low, cadence_high = numbers(parameters, "cadence_clamp")
    return LoadNumbers(
        reference_speed_mps=one("reference_speed_mps"),
        reference_strides_per_km=one("reference_strides_per_km"),
        exponent=one("load_exponent"),
        cadence_at_zero_spm=one("cadence_at_zero_spm"),
        cadence_per_mps_spm=one("cadence_per_mps_spm"),
        run_speed_mps=one("run_speed_mps"),
        run_cadence_spm=one("run_cadence_spm"),
        walk_speed_mps=one("walk_speed_mps"),
        slowest_mps=slowest_mps,
        fastest_mps=fastest_mps,
        steepest_deg=one("grade_clamp_deg"),
        cadence_low=cadence_low,
        cadence_high=cadence_high,
        grade_window_m=one("grade_window_m"),
        hill_grade=one("hill_grade"),
    )
