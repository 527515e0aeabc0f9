"""Builders for archives: zips from a mapping, Strava's table in several layouts, small FIT and GPX files."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.readers.gpx.runs import made_up_run

from niggle.readers import gpx
from niggle.readers.contract import ArchiveItem, Entry
from niggle.readers.registry import open_archive

START = datetime(2024, 5, 6, 6, 30, tzinfo=UTC)

_ENGLISH = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,"
    "Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,"
    "Moving Time,Distance,Max Speed,Average Speed,Elevation Gain,Elevation Loss,Elevation Low,Elevation High"
)
ENGLISH = [*_ENGLISH.split(","), *(f"Measure {n}" for n in range(24, 94))]
_GERMAN = (
    "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,"
    "Max. Herzfrequenz,Relative Leistung,Arbeitsweg,Private Notiz,Ausrüstung,Dateiname,Gewicht,Radgewicht,"
    "Verstrichene Zeit,Bewegungszeit,Distanz,Höchstgeschwindigkeit,Tempo,Höhenmeter,Abstieg,Tiefster,Höchster"
)
GERMAN = [*_GERMAN.split(","), *(f"Wert {n}" for n in range(24, 94))]


def run_gpx(seconds: int = 120, start: datetime = START) -> bytes:
    return gpx.write_sessions([made_up_run(seconds, start=start)])


def strava_row(
    number: int,
    date: str,
    *,
    name: str = "Morning",
    kind: str = "Run",
    description: str = "",
    elapsed: int = 1900,
    shown: str = "5.01",
    filename: str = "",
    gear: str = "",
    moving: float = 1800.0,
    metres: float = 5012.5,
    commute: str = "false",
    width: int = 94,
) -> list[str]:
    row = [str(number), date, name, kind, description, str(elapsed), shown, "170", "", commute, "", gear, filename]
    row += ["60.0", "", f"{elapsed}.0", str(moving), str(metres), "4.1", "2.7", "55.0", "50.0", "100.0", "140.0"]
    return row + [""] * (width - len(row))


def table(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def make_zip(path: Path, members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def make_folder(path: Path, members: Mapping[str, bytes]) -> Path:
    for name, data in members.items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return path


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def items_of(path: Path) -> list[ArchiveItem]:
    archive = open_archive(path)
    assert hasattr(archive, "items"), archive
    with archive:
        return list(archive.items())


def entries(items: Sequence[ArchiveItem]) -> list[Entry]:
    return [item for item in items if isinstance(item, Entry)]


_FIT_EPOCH = 631_065_600


def tiny_fit(start: datetime = START, *, kind: int = 4, records: int = 60, little: bool = True) -> bytes:
    """A FIT with file_id and 1 Hz records of time, distance and heart rate; no checksums."""
    order = "<" if little else ">"
    arch = 0 if little else 1
    began = int(start.timestamp()) - _FIT_EPOCH
    body = struct.pack("BBB", 0x40, 0, arch) + struct.pack(order + "HB", 0, 2) + bytes([0, 1, 0, 4, 4, 0x86])
    body += struct.pack("B", 0) + struct.pack(order + "BI", kind, began)
    body += (
        struct.pack("BBB", 0x41, 0, arch)
        + struct.pack(order + "HB", 20, 3)
        + bytes([253, 4, 0x86, 5, 4, 0x86, 3, 1, 2])
    )
    for second in range(records):
        body += struct.pack("B", 1) + struct.pack(order + "IIB", began + second, second * 300, 140)
    return struct.pack("<BBHI4sH", 14, 16, 2000, len(body), b".FIT", 0) + body + b"\0\0"
