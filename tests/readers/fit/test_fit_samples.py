"""Every FIT of the recordings that NIGGLE_SAMPLES names, against the truth table beside them.

Tolerances: records exact for whole files (less an empty one at the end), start 2 s, stated distance 0.5 %, timer and
elapsed time 1 s, ascent and descent exact where the device states them and by 3 m hysteresis within 5 % and 3 m
elsewhere, mean and highest heart rate 1 bpm, cadence 1 step a minute (the table counts strides), moving time 2 %.
Damaged files: at least the records that the table says a tolerant decoder gets, and a note.
"""

from __future__ import annotations

import gzip
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from niggle.core.session import ReadItem, Refusal, Session, Sport
from niggle.readers.fit import MANIFEST

_FOLDER = os.environ.get("NIGGLE_SAMPLES")
_ROOT = Path(_FOLDER or ".") / "activities"
pytestmark = [pytest.mark.samples, pytest.mark.skipif(not _FOLDER, reason="NIGGLE_SAMPLES names no folder")]

REFUSED = {
    "other-fit/fittrackee__example.fit": "not_an_activity",
    "corrupt-fit/chiptime__html-error-page.fit": "not_this_format",
    "corrupt-fit/sportslib__empty-sessions.fit": "empty",
}
SPORTS = {
    "running": Sport.RUN,
    "cycling": Sport.RIDE,
    "swimming": Sport.SWIM,
    "walking": Sport.WALK,
    "training": Sport.STRENGTH,
    "generic": Sport.OTHER,
}
SUB_SPORTS = {"trail": Sport.TRAIL, "treadmill": Sport.TREADMILL}
EMPTY_AT_THE_END = {"running-fit/runalyze__invalid-altitude-and-empty-record-at-end.fit"}
# Timer time above elapsed time: the table keeps what is stored, a Session keeps what the records say.
TIMES_MENDED = {"corrupt-fit/sportslib__inverted-times.fit", "other-fit/goldencheetah__14582164182.fit.gz"}
# The table begins to count at the first timer start; this file's first event is a stop after eleven minutes of running.
# And moving time is never more than timer time, which the first of the two above has the other way round.
MOVING_DIFFERS = {
    "running-fit/fitparse__compressed-speed-distance.fit",
    "corrupt-fit/sportslib__inverted-times.fit",
}
MENDED = {  # the note that says what was mended, in files that are not simply whole
    "corrupt-fit/chiptime__garbage-block-midfile.fit": "damaged_bytes",
    "corrupt-fit/chiptime__no-session-rebuild.fit": "session_rebuilt",
    "corrupt-fit/chiptime__truncated-mid-record.fit": "truncated",
    "corrupt-fit/derived__truncated-60pct.fit": "truncated",
    "corrupt-fit/derived__data-size-zero.fit": "unfinished",
    "corrupt-fit/derived__zeroed-64-bytes.fit": "damaged_bytes",
    "corrupt-fit/fitparse__nick.fit": "damaged_bytes",
    "corrupt-fit/fitparse__strava-android-app-201.10-b1218918.fit": "damaged_bytes",
    "corrupt-fit/sportslib__empty-activities.fit": "unfinished",
    "corrupt-fit/sportslib__inverted-times.fit": "timer_swapped",
    "running-fit/fitparse__compressed-speed-distance.fit": "clock_from_local",
    "running-fit/runalyze__time-jump.fit": "time_jump",
    "other-fit/sportslib__31-days-activity.fit": "time_jump",
    "other-fit/goldencheetah__14582164182.fit.gz": "timer_inconsistent",
}
# Records at least, where the table's count is that of decoders that gave up: seen by hand.
RECOVERED = {
    "corrupt-fit/chiptime__garbage-block-midfile.fit": 115,  # of 120
    "corrupt-fit/derived__zeroed-64-bytes.fit": 4985,  # of 4988
    "corrupt-fit/fitparse__strava-android-app-201.10-b1218918.fit": 2600,  # two halves each; decoders stop at 473
}


def truths() -> dict[str, dict[str, Any]]:
    if not _FOLDER:
        return {}
    table: dict[str, dict[str, Any]] = json.loads((_ROOT / "expected.json").read_text())
    return {name: row for name, row in table.items() if "-fit/" in name}


def read(name: str) -> list[ReadItem]:
    data = (_ROOT / name).read_bytes()
    return MANIFEST.read(gzip.decompress(data) if name.endswith(".gz") else data, name)


def legs(truth: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in truth["sessions"] if row["sport"] != "transition"]


TRUTHS = truths()


@pytest.mark.parametrize("name", sorted(TRUTHS))
def test_the_file_reads_as_the_table_says(name: str) -> None:
    truth, items = TRUTHS[name], read(name)
    if name in REFUSED:
        assert [item.code for item in items if isinstance(item, Refusal)] == [REFUSED[name]]
        return
    sessions = [item for item in items if isinstance(item, Session)]
    assert len(sessions) == len(items)
    if name in MENDED:
        assert all(MENDED[name] in {note.code for note in session.notes} for session in sessions)
    else:
        assert {note.code for session in sessions for note in session.notes} <= {"transition", "empty_records"}
    assert len(sessions) == max(1, len(legs(truth)))
    check_records(name, truth, sessions)
    for session, row in zip(sessions, legs(truth), strict=False):
        check_totals(name, session, row)
    if len(truth["sessions"]) <= 1 and name not in RECOVERED:
        check_computed(name, sessions[0], truth)
    for session in sessions:
        check_streams(session)


def check_records(name: str, truth: dict[str, Any], sessions: list[Session]) -> None:
    got = sum(session.records for session in sessions)
    if name in RECOVERED:
        assert got >= RECOVERED[name]
        return
    want = truth.get("recoverable_records_hint") or truth["record_count"]
    if len(legs(truth)) < len(truth["sessions"]):  # transitions are left out, and their records
        assert 0.9 * want < got < want
    else:
        assert got == want - (name in EMPTY_AT_THE_END)


def check_totals(name: str, session: Session, row: dict[str, Any]) -> None:
    assert session.sport is SUB_SPORTS.get(row["sub_sport"], SPORTS[row["sport"]])
    if "T" in row["start_time"]:
        assert abs((session.start_utc - datetime.fromisoformat(row["start_time"])).total_seconds()) <= 2.0
    if row["total_distance_m"] is not None:
        assert session.distance_m == pytest.approx(row["total_distance_m"], rel=0.005)
    if name not in TIMES_MENDED:
        if row["timer_time_s"] is not None:
            assert session.timer_s == pytest.approx(row["timer_time_s"], abs=1.0)
        assert session.elapsed_s == pytest.approx(row["elapsed_time_s"], abs=1.0)
    for field, stated in (("ascent_m", row["ascent_m"]), ("descent_m", row["descent_m"])):
        if stated is not None:
            assert getattr(session, field) == stated
    for field, stated in (
        ("avg_heart_rate_bpm", row["avg_heart_rate"]),
        ("max_heart_rate_bpm", row["max_heart_rate"]),
    ):
        if stated:
            assert getattr(session, field) == pytest.approx(stated, abs=1.0)
        elif stated == 0:
            assert getattr(session, field) is None
    if row["avg_cadence"]:
        steps = 2.0 if row["sport"] in ("running", "walking") else 1.0
        assert session.avg_cadence_spm == pytest.approx(steps * row["avg_cadence"], abs=1.0)


def check_computed(name: str, session: Session, truth: dict[str, Any]) -> None:
    """What the table computed from the records, where the device states nothing or beside it."""
    computed = truth.get("computed", {})
    stated = legs(truth)[0] if legs(truth) else {}
    moving = computed.get("moving_time_smoothed_s")
    if moving and name not in MOVING_DIFFERS:
        assert session.moving_s == pytest.approx(moving, rel=0.02)
    if stated.get("ascent_m") is None and computed.get("ascent_3m_m") is not None:
        assert session.ascent_m == pytest.approx(computed["ascent_3m_m"], rel=0.05, abs=3.0)
    if stated.get("avg_heart_rate") is None and computed.get("mean_heart_rate"):
        # By time here, by record there: the same where records are even in time.
        assert session.avg_heart_rate_bpm == pytest.approx(computed["mean_heart_rate"], abs=1.0)


def check_streams(session: Session) -> None:
    """What every Session promises of its streams."""
    assert session.streams is not None
    columns = session.streams.columns
    assert (np.diff(columns["time_s"]) >= 0.0).all()
    assert columns["time_s"][0] >= 0.0
    if "distance_m" in columns:
        assert (np.diff(columns["distance_m"]) >= 0.0).all()
        assert session.moving_s is not None
        assert session.timer_s is not None
        assert session.moving_s <= session.timer_s
    for values in columns.values():
        assert not np.isnan(values).all()


def test_records_inside_a_pause_change_nothing() -> None:
    with_pause = read("running-fit/sportslib__6909950168.fit")[0]
    without = read("running-fit/sportslib__6909950168-no-pause-records.fit")[0]
    assert isinstance(with_pause, Session)
    assert isinstance(without, Session)
    for field in ("distance_m", "timer_s", "moving_s", "elapsed_s", "ascent_m", "descent_m", "avg_cadence_spm"):
        assert getattr(with_pause, field) == getattr(without, field)


def test_the_day_is_the_runners_own() -> None:
    session = read("running-fit/sportslib__6782987395.fit")[0]
    assert isinstance(session, Session)
    assert session.utc_offset_s == -4 * 3600
    assert session.local_date.isoformat() == "2019-06-15"
