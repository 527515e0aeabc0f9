"""Rebuild, export, forget: the derived can be thrown away, everything can be taken along, somebody can go."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.actions.archives import ASKED_AT, fit, gpx, runs_zip, session, zipped
from tests.actions.test_importing import load, rows

from niggle.actions import athletes, checkins, imports, maintenance, sessions, shoes
from niggle.store import home, streams
from niggle.store.models import Athlete, Recording, RecordingLoad
from niggle.store.scopes import athlete_scope, every_athlete

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def athlete(tmp_path: Path) -> int:
    """Five runs, one of them twice, a check-in, a shoe."""
    athlete = athletes.local_athlete()
    load(athlete, runs_zip(tmp_path / "a.zip", range(5)))
    load(athlete, zipped(tmp_path / "b.zip", {"again.gpx": gpx(session(0, 3))}))
    checkins.record_checkin(athlete, {"site": "achilles", "pain_max": 3}, NOW, NOW.date(), ())
    shoes.save_shoe(athlete, {"name": "Red"}, NOW)
    return athlete


def test_rebuild_finds_the_same_to_the_last_bit(athlete: int) -> None:
    before = rows(athlete)
    with athlete_scope(athlete):
        RecordingLoad.objects.all().delete()  # derived: may be thrown away
    assert maintenance.rebuild(athlete) == 6
    assert rows(athlete) == before
    assert maintenance.rebuild() == 6
    assert rows(athlete) == before


def test_rebuild_keeps_a_load_whose_streams_are_lost(athlete: int) -> None:
    before = rows(athlete)
    with athlete_scope(athlete):
        lost = Recording.objects.order_by("key")[0]
        RecordingLoad.objects.update(model_digest="an older model")
    streams.path_of(lost.streams_digest).unlink()
    assert maintenance.stale(athlete) == 6
    maintenance.rebuild(athlete)
    assert rows(athlete) == before
    assert maintenance.stale(athlete) == 1
    shown = sessions.get_session(athlete, lost.key)
    assert shown is not None
    assert shown.streams is None
    assert "cannot be opened" in (shown.streams_problem or "")


def test_an_export_holds_everything_and_can_be_read_without_us(athlete: int, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    maintenance.export_all(athlete, path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        lines = {n: archive.read(n).decode().splitlines() for n in archive.namelist()}
    found = [json.loads(line) for line in lines["facts/recordings.jsonl"]]
    assert len(found) == 6
    assert len(lines["facts/check_ins.jsonl"]) == 1
    assert json.loads(lines["facts/shoe_revisions.jsonl"][0])["name"] == "Red"
    table = list(csv.DictReader(io.StringIO("\n".join(lines["sessions.csv"]))))
    assert len(table) == 5, "a run that two sources told of is one line"
    shown = sessions.get_session(athlete, sessions.list_sessions(athlete)[0].id)
    assert shown is not None
    assert shown.streams is not None
    records = list(csv.DictReader(io.StringIO("\n".join(lines[f"streams/{shown.listed.id}.csv"]))))
    assert [float(r["distance_m"]) for r in records] == shown.streams.columns["distance_m"].tolist()


def test_an_export_is_whole_or_not_there(athlete: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(streams, "read", broken)
    folder = tmp_path / "exports"
    folder.mkdir()
    with pytest.raises(OSError, match="No space"):
        maintenance.export_all(athlete, folder / "all.zip")
    assert list(folder.iterdir()) == []


def test_forgetting_leaves_nothing_of_hers_and_all_of_others(athlete: int, tmp_path: Path) -> None:
    other = athletes.new_demo_athlete()
    load(other, zipped(tmp_path / "o.zip", {"0.fit": fit(session(0, 3)), "9.fit": fit(session(9, 3))}))
    kept = rows(other)
    maintenance.forget_athlete(athlete)
    assert rows(other) == kept
    assert not Athlete.objects.filter(pk=athlete).exists()
    with every_athlete():
        wanted = set(Recording.objects.values_list("streams_digest", flat=True))
    assert {p.stem for p in (home.folder() / "streams").rglob("*.ngs")} == wanted
    assert athletes.local_athlete() != athlete
    assert imports.list_imports(athletes.local_athlete()) == ()
    assert checkins.list_entries(athletes.local_athlete(), date(2000, 1, 1), ASKED_AT.date()) == ()
