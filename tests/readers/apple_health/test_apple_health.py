"""Apple's export: streamed, joined with routes and measurements, copies of other apps left out, hostile XML refused."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.apple_health.health import (
    DOCTYPE,
    START,
    export,
    measured,
    record,
    route,
    statistics,
    workout,
)
from tests.readers.archives import make_folder, make_zip, run_gpx

from niggle.core.session import REFUSALS, ReadItem, Refusal, Session, Sport
from niggle.readers.apple_health import values
from niggle.readers.apple_health.spill import BUCKET_S, Spill
from niggle.readers.registry import open_archive, read_any

FOLDER = "apple_health_export/"
DISTANCE = statistics("DistanceWalkingRunning", "km", sum=1.8)


def read(tmp_path: Path, xml: bytes, **routes: bytes) -> list[ReadItem]:
    members = {FOLDER + "export.xml": xml, FOLDER + "export_cda.xml": b"<ClinicalDocument/>"}
    members |= {f"{FOLDER}workout-routes/{name}.gpx": data for name, data in routes.items()}
    return list(read_any(make_zip(tmp_path / "export.zip", members)))


def one(items: list[ReadItem]) -> Session:
    [item] = items
    assert isinstance(item, Session), item
    return item


def test_totals_are_read_with_their_units(tmp_path: Path) -> None:
    session = one(
        read(
            tmp_path,
            export(
                [
                    workout(
                        statistics("DistanceWalkingRunning", "mi", sum=5.0),
                        statistics("HeartRate", "count/min", average=141.5, minimum=99, maximum=160),
                        '<MetadataEntry key="HKElevationAscended" value="6575 cm"/>',
                        seconds=3600,
                    )
                ]
            ),
        )
    )
    assert (session.sport, session.start_utc, session.timer_s, session.elapsed_s) == (Sport.RUN, START, 3600, 3600)
    assert session.distance_m == pytest.approx(8046.72)
    assert session.ascent_m == pytest.approx(65.75)
    assert (session.avg_heart_rate_bpm, session.max_heart_rate_bpm) == (141.5, 160)
    assert session.device == "Apple Watch"
    assert session.streams is None


def test_the_layout_of_before_2022_and_the_new_one_in_one_file(tmp_path: Path) -> None:
    old = workout(start=START - timedelta(days=900), more='totalDistance="3.1" totalDistanceUnit="mi"', zone=None)
    first, second = read(tmp_path, export([old, workout(DISTANCE)]))
    assert isinstance(first, Session)
    assert isinstance(second, Session)
    assert first.distance_m == pytest.approx(4988.97, abs=0.01)
    assert second.distance_m == pytest.approx(1800)


def test_the_offset_is_that_of_the_run_not_of_the_export(tmp_path: Path) -> None:
    session = one(read(tmp_path, export([workout(DISTANCE)])))
    assert session.utc_offset_s == 7200  # written +0100 in winter, run in Paris' summer
    guessed = one(read(tmp_path, export([workout(DISTANCE, zone=None)])))
    assert guessed.utc_offset_s == 3600
    assert "zone_guessed" in {note.code for note in guessed.notes}
    assert one(read(tmp_path, export([workout(DISTANCE, zone="Mars/Base")]))).utc_offset_s == 3600


def test_measurements_become_streams_of_the_workouts_own_source(tmp_path: Path) -> None:
    inside = '<MetadataEntry key="HKIndoorWorkout" value="1"/>'
    session = one(read(tmp_path, export([*measured(), workout(DISTANCE, inside)])))
    assert session.sport is Sport.TREADMILL
    assert session.streams is not None
    assert session.records >= 590
    for name, value in (
        ("speed_mps", 3.0),
        ("power_w", 250.0),
        ("ground_contact_ms", 260.0),
        ("vertical_oscillation_mm", 85.0),
        ("cadence_spm", 168.0),
        ("heart_rate_bpm", 143.0),
    ):
        column = session.streams.get(name)
        assert column is not None, name
        assert np.nanmedian(column) == pytest.approx(value, rel=0.02), name
    distance = session.streams.get("distance_m")
    assert distance is not None
    assert distance[-1] == pytest.approx(1800, abs=10)


def test_measurements_outside_the_workout_stay_outside(tmp_path: Path) -> None:
    before = [record("HeartRate", 60, "count/min", START - timedelta(seconds=s)) for s in range(60, 7200, 60)]
    session = one(read(tmp_path, export([*before, *measured(), workout(DISTANCE)])))
    assert session.streams is not None
    column = session.streams.get("heart_rate_bpm")
    assert column is not None
    assert np.nanmin(column) >= 140


def test_a_pulse_of_another_source_is_better_than_none(tmp_path: Path) -> None:
    strap = [
        record("HeartRate", 150, "count/min", START + timedelta(seconds=s), source="Strap") for s in range(0, 600, 5)
    ]
    session = one(read(tmp_path, export([*strap, workout(DISTANCE)])))
    assert session.streams is not None
    assert session.streams.get("heart_rate_bpm") is not None


def test_an_unknown_unit_is_left_out_and_noted(tmp_path: Path) -> None:
    odd = [record("RunningPower", 250, "hp", START + timedelta(seconds=s), 1) for s in range(100)]
    session = one(read(tmp_path, export([*odd, workout(DISTANCE)])))
    assert session.streams is None or session.streams.get("power_w") is None
    assert any(note.code == "unit_unknown" and "hp" in note.message for note in session.notes)


def test_routes_are_read_by_reference_and_joined_by_time(tmp_path: Path) -> None:
    xml = export([*measured(), workout(DISTANCE, route("/workout-routes/b.gpx", "/workout-routes/a.gpx"))])
    later = START + timedelta(seconds=300)
    session = one(read(tmp_path, xml, a=run_gpx(300, START), b=run_gpx(300, later)))
    assert session.streams is not None
    assert session.records == 600
    assert np.all(np.diff(session.streams.columns["time_s"]) >= 0)
    assert {"latitude_deg", "heart_rate_bpm", "power_w", "cadence_spm"} <= set(session.streams.names)
    assert session.distance_m == pytest.approx(1800)


def test_a_missing_or_climbing_route_is_noted(tmp_path: Path) -> None:
    xml = export([workout(DISTANCE, route("/workout-routes/gone.gpx", "/../../etc/passwd"))])
    notes = [note.message for note in one(read(tmp_path, xml)).notes if note.code == "route_unread"]
    assert len(notes) == 2


def test_the_runners_own_pauses_stop_the_timer(tmp_path: Path) -> None:
    def event(kind: str, at: int) -> str:
        return f'<WorkoutEvent type="HKWorkoutEventType{kind}" date="{values_date(at)}"/>'

    def values_date(at: int) -> str:
        return (START + timedelta(seconds=at)).strftime("%Y-%m-%d %H:%M:%S +0000")

    xml = export([*measured(), workout(DISTANCE, event("Pause", 200), event("Resume", 400), event("Segment", 0))])
    session = one(read(tmp_path, xml))
    assert session.moving_s is not None
    assert session.moving_s == pytest.approx(400, abs=25)


def test_copies_of_other_apps_are_left_out_for_the_watchs(tmp_path: Path) -> None:
    app = workout(DISTANCE, source="Runner app", device="", start=START + timedelta(seconds=20))
    session = one(read(tmp_path, export([app, workout(DISTANCE)])))
    assert session.start_utc == START
    assert [n.code for n in session.notes].count("copy_left_out") == 1


@pytest.mark.parametrize(("late_s", "kept"), [(299, 1), (301, 2)])
def test_copies_are_told_by_half_of_the_shorter(tmp_path: Path, late_s: int, kept: int) -> None:
    app = workout(DISTANCE, source="Runner app", device="", start=START + timedelta(seconds=late_s))
    assert len(read(tmp_path, export([app, workout(DISTANCE)]))) == kept


def test_other_sports_at_the_same_time_are_no_copies(tmp_path: Path) -> None:
    assert len(read(tmp_path, export([workout(DISTANCE), workout(DISTANCE, kind="Cycling", device="")]))) == 2


def test_zip_folder_and_bare_xml_read_the_same_whatever_its_name(tmp_path: Path) -> None:
    xml = export([*measured(), workout(DISTANCE, route("/workout-routes/a.gpx"))])
    members = {"export.xml": xml, "workout-routes/a.gpx": run_gpx(600, START), "electrocardiograms/e.csv": b"a,b"}
    folder = make_folder(tmp_path / "a", members)
    os.rename(folder / "export.xml", folder / "Exportación.xml")
    zipped = make_zip(tmp_path / "b.zip", {FOLDER + k: v for k, v in members.items()})
    found = [one(list(read_any(p))) for p in (folder, folder / "Exportación.xml", zipped)]
    assert {(s.records, s.distance_m, s.avg_heart_rate_bpm) for s in found} == {
        (600, 1800.0, found[0].avg_heart_rate_bpm)
    }


def test_the_spill_is_gone_after_closing(tmp_path: Path) -> None:
    archive = open_archive(make_zip(tmp_path / "a.zip", {"export.xml": export([*measured(), workout(DISTANCE)])}))
    assert not isinstance(archive, Refusal)
    with archive:
        assert archive.kind == "apple_health"
        next(archive.items())
        folder = archive._spill._folder.name  # type: ignore[attr-defined]
        assert os.path.isdir(folder)
    assert not os.path.exists(folder)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE HealthData [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE HealthData [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE HealthData SYSTEM "http://example.org/a.dtd">',
        '<!DOCTYPE HealthData PUBLIC "a" "b">',
        '<!DOCTYPE HealthData [<!ENTITY % x "y"> %x;]>',
    ],
)
def test_entities_and_outside_references_are_refused(tmp_path: Path, doctype: str) -> None:
    [refusal] = read(tmp_path, export([workout(DISTANCE)], doctype))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.name) == ("forbidden_xml", FOLDER + "export.xml")


def test_a_document_type_in_another_encoding_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    xml = export([workout(DISTANCE)], '<!DOCTYPE HealthData [<!ENTITY a "a">]>').decode().replace("UTF-8", "UTF-16")
    path.write_bytes(b"<!-- <HealthData -->" + xml.encode("utf-16"))
    assert [i.code for i in read_any(path) if isinstance(i, Refusal)] in (["forbidden_xml"], ["damaged"])


def test_apples_own_broken_document_type_does_no_harm(tmp_path: Path) -> None:
    broken = DOCTYPE.replace("]>\n", "<!ATTLIST HeartRate\n  >>> startDate CDATA\n<!ELEMENT oops\n]>\n")
    session = one(read(tmp_path, export([workout(DISTANCE)], broken)))
    assert session.distance_m == pytest.approx(1800)


def test_a_cut_export_gives_the_workouts_before_the_cut(tmp_path: Path) -> None:
    xml = export([workout(DISTANCE, start=START + timedelta(days=n)) for n in range(4)])
    first, *sessions = read(tmp_path, xml[: len(xml) * 7 // 10])
    assert isinstance(first, Refusal)
    assert first.code == "damaged"
    assert first.place is not None
    assert first.place.startswith("line ")
    assert len(sessions) == 2


def test_one_endless_element_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    with path.open("wb") as file:
        file.write(export([])[: -len("</HealthData>\n")] + b'<Record type="')
        for _ in range(24):
            file.write(b"x" * 2**20)
    [refusal] = list(read_any(path))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "damaged"


def test_deep_nesting_is_stopped(tmp_path: Path) -> None:
    for element in ("a", "Record"):
        [refusal] = read(tmp_path, export([f"<{element}>" * 100, f"</{element}>" * 100]))
        assert isinstance(refusal, Refusal)
        assert refusal.code == "forbidden_xml"


def test_an_export_without_workouts_says_so(tmp_path: Path) -> None:
    [refusal] = read(tmp_path, export(measured(seconds=10)))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "no_records"


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (workout(DISTANCE).replace("startDate", "started"), "no_date"),
        (workout(DISTANCE, seconds=-60), "no_distance_no_time"),
        (workout(seconds=0), "no_distance_no_time"),
    ],
)
def test_a_broken_workout_is_refused_and_the_next_read(tmp_path: Path, broken: str, code: str) -> None:
    found = read(tmp_path, export([broken, workout(DISTANCE, start=START + timedelta(days=1))]))
    assert [i.code if isinstance(i, Refusal) else "session" for i in found] == [code, "session"]


@settings(max_examples=60, deadline=None)
@given(
    cuts=st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 30), st.binary(max_size=30)), min_size=1, max_size=4)
)
def test_any_damage_gives_sessions_or_named_refusals(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[tuple[int, int, bytes]]
) -> None:
    data = export([record("HeartRate", 140, "count/min", START), workout(DISTANCE)])
    for at, length, put in cuts:
        data = data[:at] + put + data[at + length :]
    path = tmp_path_factory.getbasetemp() / "export.xml"
    path.write_bytes(data)
    for item in read_any(path):
        assert isinstance(item, Session) or item.code in REFUSALS


def test_the_spill_gives_back_what_touches_a_span() -> None:
    spill = Spill()
    edge = float(BUCKET_S * 6000)
    for n in range(-50, 50):
        spill.add(edge + n, edge + n + 0.5, float(n), 0, 1)
    found = spill.between(edge - 3.2, edge + 2)
    assert found["value"].tolist() == [-3, -2, -1, 0, 1, 2]
    assert spill.between(edge + 1000, edge + 2000).size == 0
    assert spill.between(edge - 3, edge).dtype == found.dtype
    spill.close()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-09-16 16:14:50 +0100", datetime(2025, 9, 16, 15, 14, 50, tzinfo=UTC)),
        ("2025-01-14 12:35:13 +0900", datetime(2025, 1, 14, 3, 35, 13, tzinfo=UTC)),
        ("2025-09-16 16:14:50 -0330", datetime(2025, 9, 16, 19, 44, 50, tzinfo=UTC)),
    ],
)
def test_dates_are_instants(text: str, moment: datetime) -> None:
    assert values.unix_s(text) == moment.timestamp()


@pytest.mark.parametrize("text", ["", "yesterday", "1970-01-01 00:00:00 +0000", "2025-13-16 16:14:50 +0100"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert values.unix_s(text) is None


@pytest.mark.parametrize(
    ("value", "unit", "kind", "expected"),
    [
        (8.5, "cm", values.OSCILLATION, 85.0),
        (0.26, "s", values.CONTACT, 260.0),
        (10.8, "km/hr", values.SPEED, 3.0),
        (6.0, "mi/hr", values.SPEED, 2.68224),
        (2.4, "count/s", values.HEART_RATE, 144.0),
        (1.0, "furlong", values.DISTANCE, None),
        (1.0, "hp", values.POWER, None),
    ],
)
def test_units_are_read_never_assumed(value: float, unit: str, kind: int, expected: float | None) -> None:
    assert values.quantity(value, unit, kind) == (None if expected is None else pytest.approx(expected))


@pytest.mark.samples
def test_recorded_workouts_read_as_apple_wrote_them(tmp_path: Path) -> None:
    samples = os.environ.get("NIGGLE_SAMPLES")
    if not samples:
        pytest.skip("set NIGGLE_SAMPLES to a folder of recordings")
    folder = Path(samples) / "activities" / "exports" / "apple-health"
    fragments = {p.name: p.read_text() for p in sorted(folder.glob("*workout*.xml"))}
    assert fragments
    for name, fragment in fragments.items():
        session = one(read(tmp_path, export([fragment])))
        assert session.sport is Sport.RUN
        assert session.utc_offset_s == 7200, name
        assert session.device == "Apple Watch"
        expected = {
            "running.xml": (60.88754943410556 * 60, 8955.12, 65.75),
            "parts.xml": (38.347863783439 * 60, None, 59.0),
        }
        timer_s, distance_m, ascent_m = next(v for k, v in expected.items() if name.endswith(k))
        assert session.timer_s == pytest.approx(timer_s)
        assert session.ascent_m == pytest.approx(ascent_m)
        if distance_m is not None:
            assert session.distance_m == pytest.approx(distance_m)
