"""Imports: what is added, what is known, what fails and why, and taking it all back."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.actions.archives import ASKED_AT, FIRST, fit, gpx, runs_zip, session, tcx, zipped

from niggle.actions import athletes, imports, sessions, shoes
from niggle.actions.imports import ImportReport
from niggle.core.session import Sport
from niggle.store import home
from niggle.store.models import ImportFile, ImportJob, Recording, RecordingLoad
from niggle.store.scopes import athlete_scope

pytestmark = pytest.mark.django_db


def load(athlete: int, *paths: Path, processes: int = 0) -> ImportReport:
    job = imports.start_import(athlete, paths, ASKED_AT)
    return imports.run_import(job, processes=processes)


def counts(report: ImportReport) -> tuple[str, int, int, int, int, int]:
    return (report.state, report.files_seen, report.sessions_added, report.duplicates, report.skipped, report.failed)


def rows(athlete: int) -> list[tuple[object, ...]]:
    """Everything stored of her runs, without the database's own numbers."""
    with athlete_scope(athlete):
        kept = Recording.objects.order_by("key").values_list(
            "key", "content_digest", "leg", "sport", "start_utc", "distance_m", "streams_digest", "file_name", "source"
        )
        loads = RecordingLoad.objects.order_by("recording__key").values_list(
            "recording__key", "doses", "features", "duplicate_of__key", "title", "gear", "tags"
        )
        return [*kept, *((r[0], bytes(r[1]), bytes(r[2]), *r[3:]) for r in loads)]


def files_on_disk() -> set[str]:
    return {str(p.relative_to(home.folder())) for p in home.folder().rglob("*.ngs")} | {
        str(p.relative_to(home.folder())) for p in (home.folder() / "originals").rglob("*") if p.is_file()
    }


def test_an_archive_comes_in_and_each_run_can_be_opened(athlete: int, tmp_path: Path) -> None:
    report = load(athlete, runs_zip(tmp_path / "a.zip", range(6)))
    assert counts(report) == ("done", 6, 6, 0, 0, 0)
    assert report.files_total == 6
    listed = sessions.list_sessions(athlete)
    assert [s.on for s in listed] == [(FIRST + timedelta(days=d)).date() for d in range(5, -1, -1)]
    shown = sessions.get_session(athlete, listed[-1].id)
    assert shown is not None
    assert shown.streams is not None
    assert len(shown.streams) == 180
    assert shown.sources[0].file_name == "000.fit"


def test_worker_processes_bring_the_same_rows_as_this_process(athlete: int, tmp_path: Path) -> None:
    path = runs_zip(tmp_path / "a.zip", range(12))
    load(athlete, path, processes=2)
    other = athletes.new_demo_athlete()
    load(other, path, processes=0)
    assert rows(athlete) == rows(other)


def test_the_same_archive_twice_adds_nothing(athlete: int, tmp_path: Path) -> None:
    path = runs_zip(tmp_path / "a.zip", range(5))
    load(athlete, path)
    before, on_disk = rows(athlete), files_on_disk()
    assert counts(load(athlete, path)) == ("done", 5, 0, 5, 0, 0)
    assert rows(athlete) == before
    assert files_on_disk() == on_disk


def test_the_same_file_is_known_under_another_name_and_packing(athlete: int, tmp_path: Path) -> None:
    data = fit(session())
    path = zipped(tmp_path / "a.zip", {"x.fit": data, "again/y.fit": data, "z.fit.gz": gzip.compress(data)})
    assert counts(load(athlete, path)) == ("done", 3, 1, 2, 0, 0)


def test_the_same_run_from_the_watch_and_from_a_service_is_one_session(athlete: int, tmp_path: Path) -> None:
    one = session()
    load(athlete, zipped(tmp_path / "strava.zip", {"a.gpx": gpx(replace(one, title="Morning", gear="Blue"))}))
    report = load(athlete, zipped(tmp_path / "garmin.zip", {"a.fit": fit(one), "a.tcx": tcx(one)}))
    assert counts(report) == ("done", 2, 0, 2, 0, 0)
    (listed,) = sessions.list_sessions(athlete)
    shown = sessions.get_session(athlete, listed.id)
    assert shown is not None
    assert [(s.source, s.speaks) for s in shown.sources] == [("gpx", False), ("fit", True), ("tcx", False)]
    assert shown.listed.title == "Morning", "the watch has no title: the other recording's is shown"


@pytest.mark.parametrize("first", ["fit", "gpx"])
def test_which_archive_came_first_makes_no_difference(athlete: int, tmp_path: Path, first: str) -> None:
    one = session()
    data = {"fit": fit(one), "gpx": gpx(one)}
    for kind in (first, "gpx" if first == "fit" else "fit"):
        load(athlete, zipped(tmp_path / f"{kind}.zip", {f"a.{kind}": data[kind]}))
    (listed,) = sessions.list_sessions(athlete)
    shown = sessions.get_session(athlete, listed.id)
    assert shown is not None
    assert next(s.source for s in shown.sources if s.speaks) == "fit"


def test_one_bad_file_spoils_nothing_and_is_named(athlete: int, tmp_path: Path) -> None:
    files = {"good.fit": fit(session()), "page.fit": b"<!DOCTYPE html><html>log in</html>", "none.fit": b"",
             "notes.xyz": b"\0\1\2\3" * 40}  # fmt: skip
    report = load(athlete, zipped(tmp_path / "a.zip", files))
    assert (report.sessions_added, report.failed) == (1, 2)
    assert {(f.name, f.code) for f in report.files} == {("page.fit", "not_this_format"), ("none.fit", "empty")}
    assert all(f.message and f.suggestion for f in report.files)


def test_a_wrong_checksum_inside_an_archive_is_told_and_loses_nothing(athlete: int, tmp_path: Path) -> None:
    """Its run comes in whole beside the others; the report names it, where, and what to do."""
    whole = [fit(session(day)) for day in range(3)]
    wrong = whole[1][:-2] + bytes(b ^ 0xFF for b in whole[1][-2:])
    files = {"a.fit": whole[0], "in/b.fit.gz": gzip.compress(wrong), "c.fit": whole[2]}
    report = load(athlete, zipped(tmp_path / "a.zip", files))
    assert counts(report) == ("done", 3, 3, 0, 0, 0)
    (told,) = report.damaged
    assert (told.name, told.code, told.place) == ("in/b.fit.gz", "checksum", f"byte {len(wrong) - 2}")
    assert told.message
    assert told.suggestion
    listed = sessions.list_sessions(athlete)
    assert [s.on for s in listed] == [(FIRST + timedelta(days=d)).date() for d in (2, 1, 0)]
    shown = [sessions.get_session(athlete, s.id) for s in listed]
    assert [len(s.streams) for s in shown if s is not None and s.streams is not None] == [600, 600, 600]
    assert [[n.code for n in s.notes] for s in shown if s is not None] == [[], ["checksum"], []]
    assert load(athlete, tmp_path / "a.zip").damaged == (), "known already: nothing was read again"


def test_whole_files_are_no_damage(athlete: int, tmp_path: Path) -> None:
    assert load(athlete, runs_zip(tmp_path / "a.zip", range(6))).damaged == ()


def test_an_archive_that_cannot_be_opened_is_a_failed_file(athlete: int, tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    path.write_bytes(runs_zip(tmp_path / "a.zip", range(3)).read_bytes()[:-60])
    report = load(athlete, path, tmp_path / "gone.zip")
    assert counts(report) == ("done", 2, 0, 0, 0, 2)
    assert [f.code for f in report.files] == ["damaged", "unreadable"]


@pytest.mark.parametrize(
    ("ahead", "added", "code"),
    [(timedelta(hours=23), 1, None), (timedelta(hours=25), 0, "implausible_date")],
    ids=["a day ahead at most: a clock", "later: the future"],
)
def test_the_future_is_refused(athlete: int, tmp_path: Path, ahead: timedelta, added: int, code: str | None) -> None:
    report = load(athlete, zipped(tmp_path / "a.zip", {"a.fit": fit(session(start=ASKED_AT + ahead))}))
    assert report.sessions_added == added
    assert [f.code for f in report.files] == ([code] if code else [])


@pytest.mark.parametrize(("born", "added"), [("2025-03-03", 1), ("2025-03-04", 0)], ids=["that day", "the day after"])
def test_before_birth_is_refused_by_name(athlete: int, tmp_path: Path, born: str, added: int) -> None:
    assert athletes.change_profile(athlete, {"born_on": born}, ASKED_AT) == ()
    report = load(athlete, zipped(tmp_path / "a.zip", {"a.fit": fit(session())}))
    assert report.sessions_added == added
    assert [f.code for f in report.files] == ([] if added else ["before_birth"])


def test_bad_rows_of_a_table_are_listed_one_by_one(athlete: int, tmp_path: Path) -> None:
    path = tmp_path / "runs.csv"
    path.write_text("Date,Distance (km),Duration\n2025-05-01,10.0,0:50:00\nyesterday,5,0:25:00\n2025-05-03,8,0:40:00\n")
    report = load(athlete, path)
    assert (report.files_seen, report.sessions_added, report.failed) == (1, 2, 1)
    assert "3" in (report.files[0].place or "")
    assert counts(load(athlete, path)) == ("done", 1, 0, 1, 0, 0)


def test_legs_of_one_file_are_sessions_of_their_own(athlete: int, tmp_path: Path) -> None:
    legs = [session(0, 5, Sport.RIDE), session(0, 5, Sport.RUN, FIRST + timedelta(minutes=6))]
    path = zipped(tmp_path / "a.zip", {"duathlon.fit": fit(*legs)})
    assert load(athlete, path).sessions_added == 2
    assert {s.sport for s in sessions.list_sessions(athlete)} == {Sport.RIDE, Sport.RUN}
    assert len(sessions.list_sessions(athlete, sport="runs")) == 1


def test_failed_files_can_be_retried_once_they_are_mended(athlete: int, tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    folder.mkdir()
    (folder / "a.fit").write_bytes(fit(session(0)))
    (folder / "b.fit").write_bytes(b"")
    (folder / "c.fit").write_bytes(fit(session(2)))
    first = load(athlete, folder)
    assert counts(first) == ("done", 3, 2, 0, 0, 1)
    assert counts(imports.retry_failed(first.job_id, processes=0)) == ("done", 3, 2, 0, 0, 1)
    (folder / "b.fit").write_bytes(fit(session(1)))
    assert counts(imports.retry_failed(first.job_id, processes=0)) == ("done", 3, 3, 0, 0, 0)
    undisturbed = athletes.new_demo_athlete()
    load(undisturbed, folder)
    assert rows(athlete) == rows(undisturbed)


def test_undo_takes_everything_back_and_only_that(athlete: int, tmp_path: Path) -> None:
    load(athlete, runs_zip(tmp_path / "a.zip", range(3)))
    before, on_disk = rows(athlete), files_on_disk()
    second = load(athlete, runs_zip(tmp_path / "b.zip", range(2, 7)))
    assert (second.sessions_added, second.duplicates) == (4, 1)
    sessions.label_session(athlete, sessions.list_sessions(athlete)[0].id, ASKED_AT, tags=["race"])
    imports.undo_import(second.job_id)
    assert rows(athlete) == before
    assert files_on_disk() == on_disk
    assert imports.get_report(athlete, second.job_id).state == "undone"
    assert load(athlete, tmp_path / "b.zip").sessions_added == 4


def test_undo_lets_the_other_recording_speak_again(athlete: int, tmp_path: Path) -> None:
    load(athlete, zipped(tmp_path / "a.zip", {"a.gpx": gpx(session())}))
    before = rows(athlete)
    second = load(athlete, zipped(tmp_path / "b.zip", {"a.fit": fit(session())}))
    assert rows(athlete) != before
    imports.undo_import(second.job_id)
    assert rows(athlete) == before


def test_shoes_named_by_an_export_come_and_go_with_it(athlete: int, tmp_path: Path) -> None:
    header = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance," \
        "Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename\n"  # fmt: skip
    row = '1,"Mar 3, 2025, 6:30:00 AM",Morning,Run,,600,1.68,,,false,,Blue trainer,activities/1.fit\n'
    path = zipped(tmp_path / "s.zip", {"activities.csv": (header + row).encode(), "activities/1.fit": fit(session())})
    report = load(athlete, path)
    assert report.sessions_added == 1
    (pair,) = shoes.list_shoes(athlete)
    assert (pair.shoe.name, pair.runs) == ("Blue trainer", 1)
    assert pair.distance_m == pytest.approx(session().distance_m, rel=0.01)
    imports.undo_import(report.job_id)
    assert shoes.list_shoes(athlete) == ()


@pytest.mark.parametrize("keep", [False, True])
def test_originals_are_kept_only_where_she_chose_so(athlete: int, tmp_path: Path, keep: bool) -> None:
    athletes.change_settings(athlete, keep_originals=keep)
    data = gzip.compress(fit(session()), mtime=0)
    report = load(athlete, zipped(tmp_path / "a.zip", {"a.fit.gz": data}))
    kept = list((home.folder() / "originals").rglob("*.gz"))
    assert [p.read_bytes() for p in kept] == ([data] if keep else [])
    imports.undo_import(report.job_id)
    assert not list((home.folder() / "originals").rglob("*.gz"))


def test_another_runner_can_import_the_same_files_and_keeps_hers(athlete: int, tmp_path: Path) -> None:
    path = runs_zip(tmp_path / "a.zip", range(3))
    mine = load(athlete, path)
    other = athletes.new_demo_athlete()
    assert load(other, path).sessions_added == 3
    imports.undo_import(mine.job_id)
    (first, *_) = sessions.list_sessions(other)
    shown = sessions.get_session(other, first.id)
    assert shown is not None
    assert shown.streams_problem is None, "the streams are shared on disk and still hers"
    assert sessions.get_session(athlete, first.id) is None
    with pytest.raises(ImportJob.DoesNotExist):
        imports.get_report(other, mine.job_id)


def test_an_import_that_was_stopped_goes_on_where_it_was(
    athlete: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from niggle.actions import importing

    path = runs_zip(tmp_path / "a.zip", range(7))
    monkeypatch.setattr(importing, "BATCH_SESSIONS", 2)
    calls = []

    def stop_at_third(report: ImportReport) -> None:
        calls.append(report.files_seen)
        if len(calls) == 3:
            raise KeyboardInterrupt

    job = imports.start_import(athlete, [path], ASKED_AT)
    with pytest.raises(KeyboardInterrupt):
        imports.run_import(job, stop_at_third, processes=0)
    stopped = imports.get_report(athlete, job)
    assert (stopped.state, stopped.files_seen, stopped.sessions_added) == ("failed", 6, 6)
    assert "start it again" in stopped.error
    assert imports.start_import(athlete, [path], ASKED_AT) == job, "the same paths: the same import"
    assert counts(imports.run_import(job, processes=0)) == ("done", 7, 7, 0, 0, 0)
    other = athletes.new_demo_athlete()
    load(other, path)
    assert rows(athlete) == rows(other)


def test_a_source_that_changed_meanwhile_is_read_from_its_beginning(
    athlete: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from niggle.actions import importing

    folder = tmp_path / "runs"
    folder.mkdir()
    for day in range(1, 4):
        (folder / f"{day}.fit").write_bytes(fit(session(day)))
    monkeypatch.setattr(importing, "BATCH_SESSIONS", 1)

    def stop(report: ImportReport) -> None:
        raise KeyboardInterrupt

    job = imports.start_import(athlete, [folder], ASKED_AT)
    with pytest.raises(KeyboardInterrupt):
        imports.run_import(job, stop, processes=0)
    (folder / "0.fit").write_bytes(fit(session(0)))
    assert counts(imports.run_import(job, processes=0)) == ("done", 4, 4, 0, 0, 0)
    with athlete_scope(athlete):
        assert list(ImportFile.objects.order_by("ordinal").values_list("name", "state")) == [
            (f"{n}.fit", "added") for n in range(4)
        ]


def test_a_full_disk_stops_the_import_and_blames_no_file(
    athlete: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from niggle.store import files

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "publish", full)
    job = imports.start_import(athlete, [runs_zip(tmp_path / "a.zip", range(3))], ASKED_AT)
    with pytest.raises(OSError, match="No space"):
        imports.run_import(job, processes=0)
    stopped = imports.get_report(athlete, job)
    assert (stopped.state, stopped.files_seen, stopped.failed) == ("failed", 0, 0)
    assert "No space" in stopped.error
    monkeypatch.undo()


def test_a_job_that_is_at_work_is_left_to_its_worker(athlete: int, tmp_path: Path) -> None:
    from niggle.actions import joblock

    job = imports.start_import(athlete, [runs_zip(tmp_path / "a.zip", range(2))], ASKED_AT)
    with joblock.hold(job) as mine:
        assert mine
        assert imports.run_import(job, processes=0).state == "queued"
        with pytest.raises(imports.ImportBusyError):
            imports.undo_import(job)
    assert imports.run_import(job, processes=0).state == "done"
