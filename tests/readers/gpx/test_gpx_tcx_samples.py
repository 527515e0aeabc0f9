"""Every GPX and TCX of the recordings that NIGGLE_SAMPLES names, against the truth table beside them.

Tolerances: points exact (less those without time, and empty ones at the end), start 2 s, elapsed and stated timer time
2 s, distance 1 % (stated total where there is one, else along the positions), ascent and descent by 3 m hysteresis
1 m + 1 %, moving time 3 % (at seams between laps the table counts a pause and we do not), mean heart rate 1 bpm where
points are even in time and 5 bpm where they are not (ours weighs by time), cadence likewise 2 and 4 steps per minute.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from niggle.core.session import ReadItem, Refusal, Session, Sport
from niggle.readers import gpx, tcx

_FOLDER = os.environ.get("NIGGLE_SAMPLES")
_ROOT = Path(_FOLDER or ".") / "activities"
pytestmark = [pytest.mark.samples, pytest.mark.skipif(not _FOLDER, reason="NIGGLE_SAMPLES names no folder")]

REFUSED = {
    "gpx/runalyze__Route-only.gpx": "no_time",
    "gpx/opentracks__gpx_timezone.gpx": "no_distance_no_time",  # one single point
    "tcx/runalyze__Route-only.tcx": "not_an_activity",
}
# What a runner would say it was; None: anything on foot or wheels that is noted as a guess.
SPORTS = {
    "gpx/gpxpy__korita-zbevnica.gpx": [Sport.WALK],
    "gpx/runalyze__runkeeper-negative-time-step-at-start.gpx": [Sport.RIDE],
    "tcx/runalyze__Multisport.tcx": [Sport.RIDE, Sport.RUN, Sport.RIDE],
    "tcx/runalyze__Multiple-Trainings.tcx": [Sport.RUN] * 3,
    "tcx/runalyze__First-point-empty.tcx": [Sport.RIDE],
}
# Half of this hike's points have no time: what is left cannot have the whole file's distance and ascent.
PARTLY_TIMED = {"gpx/gpxpy__korita-zbevnica.gpx": 358}
EMPTY_AT_THE_END = {"tcx/runalyze__Multisport.tcx": 3, "tcx/runalyze__Standard.tcx": 1}
UNEVEN = {"gpx/sportslib__2067489619.gpx", "tcx/runalyze__Multisport.tcx", "gpx/sportslib__1681613317.gpx",
          "tcx/runalyze__Runtastic.tcx"}  # fmt: skip


def truths() -> dict[str, dict[str, Any]]:
    if not _FOLDER:
        return {}
    table: dict[str, dict[str, Any]] = json.loads((_ROOT / "expected.json").read_text())
    return {name: row for name, row in table.items() if name.startswith(("gpx/", "tcx/"))}


def read(name: str) -> list[ReadItem]:
    reader = gpx if name.endswith(".gpx") else tcx
    return reader.read((_ROOT / name).read_bytes(), name)


def total(sessions: list[Session], field: str) -> float:
    return float(sum(getattr(session, field) or 0.0 for session in sessions))


def mean(sessions: list[Session], field: str) -> float:
    known = [(getattr(session, field), session.records) for session in sessions if getattr(session, field) is not None]
    return sum(value * records for value, records in known) / sum(records for _, records in known)


def test_all_samples_are_listed() -> None:
    assert len(truths()) == 25
    assert set(REFUSED) | set(SPORTS) <= set(truths())


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_no_activity(name: str) -> None:
    items = read(name)
    assert [item.code for item in items if isinstance(item, Refusal)] == [REFUSED[name]]
    assert len(items) == 1


@pytest.mark.parametrize("name", sorted(set(truths()) - set(REFUSED)))
def test_sample(name: str) -> None:
    truth = truths()[name]
    sessions = [item for item in read(name) if isinstance(item, Session)]
    assert len(sessions) == len(read(name))
    assert [session.sport for session in sessions] == SPORTS.get(name, [Sport.RUN])
    assert [session.leg for session in sessions] == list(range(len(sessions)))

    left_out = PARTLY_TIMED.get(name, 0) + EMPTY_AT_THE_END.get(name, 0)
    assert sum(session.records for session in sessions) == truth["point_count"] - left_out
    start = datetime.fromisoformat(truth["start_time"])
    assert abs((sessions[0].start_utc - start).total_seconds()) <= 2.0
    if len(sessions) == 1:
        elapsed = max(truth["elapsed_time_s"], truth.get("timer_time_s") or 0.0)
        assert sessions[0].elapsed_s == pytest.approx(elapsed, abs=2.0)
    if truth.get("timer_time_s") is not None:
        assert total(sessions, "timer_s") == pytest.approx(truth["timer_time_s"], abs=2.0)
    moving = truth["moving_time_smoothed_s"]
    # In 36 points over two minutes, without most distances, 12 s are a matter of definition.
    slack = 15.0 if name.endswith("missing-distances.tcx") else 5.0
    assert total(sessions, "moving_s") == pytest.approx(moving, rel=0.03, abs=slack)
    if name not in PARTLY_TIMED:
        distance = truth.get("total_distance_m") or truth["haversine_m"]
        assert total(sessions, "distance_m") == pytest.approx(distance, rel=0.01, abs=1.0)
        if (
            truth.get("ascent_3m_m") is not None and len(sessions) == 1
        ):  # the table climbs from one activity to the next
            assert total(sessions, "ascent_m") == pytest.approx(truth["ascent_3m_m"], rel=0.01, abs=1.0)
            assert total(sessions, "descent_m") == pytest.approx(truth["descent_3m_m"], rel=0.01, abs=1.0)
    if truth.get("mean_heart_rate") is not None:
        tolerance = 5.0 if name in UNEVEN else 1.0
        assert mean(sessions, "avg_heart_rate_bpm") == pytest.approx(truth["mean_heart_rate"], abs=tolerance)
        highest = max(session.max_heart_rate_bpm or 0.0 for session in sessions)
        assert highest == truth["max_heart_rate"]


@pytest.mark.parametrize(
    ("name", "per_step", "tolerance"),
    [
        ("gpx/sportslib__1681613317.gpx", False, 2.0),
        ("gpx/runalyze__strava-export.gpx", False, 2.0),
        ("tcx/sportslib__6281425038.tcx", False, 2.0),
        ("tcx/runalyze__Treadmill-doubled-cadence.tcx", True, 2.0),
    ],
)
def test_cadence_is_steps_per_minute(name: str, per_step: bool, tolerance: float) -> None:
    (session,) = read(name)
    assert isinstance(session, Session)
    assert session.avg_cadence_spm is not None
    expected = truths()[name]["mean_cadence"] * (1.0 if per_step else 2.0)
    assert session.avg_cadence_spm == pytest.approx(expected, abs=tolerance)


def test_the_same_run_as_gpx_and_tcx() -> None:
    (one,), (other,) = read("gpx/sportslib__6782987395.gpx"), read("tcx/sportslib__6782987395.tcx")
    assert isinstance(one, Session)
    assert isinstance(other, Session)
    assert one.start_utc == other.start_utc
    assert one.elapsed_s == pytest.approx(other.elapsed_s, abs=1.0)
    assert one.distance_m == pytest.approx(other.distance_m, rel=0.015)  # positions against foot pod
    assert one.ascent_m == pytest.approx(other.ascent_m, abs=1.0)
    assert one.moving_s == pytest.approx(other.moving_s, rel=0.01)
