"""Values nobody can have are missing, and what a device does differently is told by its size."""

from __future__ import annotations

import numpy as np
import pytest
from tests.core.session.recorded import read, steady, stream

from niggle.core.session import Sport, Totals


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("heart_rate_bpm", 25.0, 24.0),
        ("heart_rate_bpm", 240.0, 241.0),
        ("heart_rate_bpm", 60.0, 0.0),
        ("altitude_m", 9_500.0, 9_501.0),
        ("altitude_m", -499.0, -500.0),
        ("speed_mps", 12.5, 12.6),
        ("power_w", 3_000.0, 3_001.0),
        ("ground_contact_ms", 50.0, 0.0),
        ("latitude_deg", 90.0, 90.1),
    ],
)
def test_a_value_outside_its_bounds_is_missing(name: str, good: float, bad: float) -> None:
    times, columns = steady(20)
    values = np.full(21, good)
    values[5] = bad
    other = {"longitude_deg": np.full(21, 7.0)} if name == "latitude_deg" else {}
    out = stream(read(Sport.RUN, times, {**columns, **other, name: values}), name)
    assert np.isnan(out[5])
    assert np.isnan(out).sum() == 1


def test_a_strap_that_was_not_worn_gives_no_heart_rate() -> None:
    times, columns = steady()
    session = read(Sport.RUN, times, {**columns, "heart_rate_bpm": np.zeros(601)}, totals=Totals(avg_heart_rate_bpm=0))
    assert session.avg_heart_rate_bpm is None
    assert session.streams is not None
    assert session.streams.get("heart_rate_bpm") is None


@pytest.mark.parametrize(
    ("sport", "typical", "steps"),
    [
        (Sport.RUN, 86.0, 172.0),
        (Sport.RUN, 119.0, 238.0),
        (Sport.RUN, 121.0, 121.0),
        (Sport.RUN, 172.0, 172.0),
        (Sport.WALK, 55.0, 110.0),
        (Sport.WALK, 110.0, 110.0),
        (Sport.RIDE, 86.0, 86.0),
    ],
)
def test_cadence_is_steps_of_both_feet(sport: Sport, typical: float, steps: float) -> None:
    times, columns = steady()
    cadence = np.full(601, typical)
    cadence[:100] = 0.0
    session = read(sport, times, {**columns, "cadence_spm": cadence})
    assert session.avg_cadence_spm == pytest.approx(steps)
    assert stream(session, "cadence_spm")[0] == 0.0
