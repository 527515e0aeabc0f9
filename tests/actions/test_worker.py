"""The background worker: uploads, a queue, and jobs that others left behind."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from tests.actions.archives import fit, session

from niggle.actions import clock, imports, joblock
from niggle.store import home
from niggle.store.models import ImportJob
from niggle.store.scopes import athlete_scope
from niggle.worker import loop

pytestmark = pytest.mark.django_db


def upload(athlete: int, **files: bytes) -> int:
    return imports.take_upload(athlete, [(f"{k}.fit", [v[:100], v[100:]]) for k, v in files.items()], clock.now())


def spooled() -> list[Path]:
    return [p for p in (home.folder() / "uploads").rglob("*") if p.is_file()]


def work() -> int:
    return loop.run(threading.Event(), until_idle=True)


def change(athlete: int, job: int, **values: object) -> None:
    with athlete_scope(athlete):
        ImportJob.objects.filter(pk=job).update(**values)


def test_an_upload_is_done_in_the_background_and_cleared_away(athlete: int) -> None:
    job = upload(athlete, a=fit(session(0, 2)), b=fit(session(1, 2)))
    assert imports.get_report(athlete, job).state == "queued"
    assert len(spooled()) == 2
    assert work() == 1
    report = imports.get_report(athlete, job)
    assert (report.state, report.sessions_added, report.label) == ("done", 2, "a.fit, b.fit")
    assert spooled() == []


def test_an_upload_with_failures_stays_until_it_is_retried_or_undone(athlete: int) -> None:
    job = upload(athlete, a=fit(session(0, 2)), b=b"<html>")
    work()
    assert len(spooled()) == 2
    imports.requeue_failed(job)
    assert imports.get_report(athlete, job).state == "queued"
    work()
    assert imports.get_report(athlete, job).failed == 1
    imports.undo_import(job)
    assert spooled() == []


@pytest.mark.parametrize(
    "name", ["../../x.fit", "/etc/x.fit", "..\\x.fit", ".x.fit", "", "a\0b.fit", "x" * 400 + ".fit"]
)
def test_an_uploads_name_leads_nowhere_else(athlete: int, name: str) -> None:
    imports.take_upload(athlete, [(name, [b"x"])], clock.now())
    (path,) = spooled()
    assert path.resolve().is_relative_to(home.folder() / "uploads")
    assert not path.name.startswith(".")


def test_an_upload_that_breaks_off_leaves_nothing(athlete: int) -> None:
    def chunks() -> object:
        yield b"x"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        imports.take_upload(athlete, [("a.fit", chunks())], clock.now())  # type: ignore[list-item]
    assert spooled() == []
    assert imports.list_imports(athlete) == ()


def test_jobs_are_taken_in_the_order_they_came(athlete: int) -> None:
    first, second = upload(athlete, a=fit(session(0, 2))), upload(athlete, b=fit(session(1, 2)))
    assert imports.next_job() == first
    with joblock.hold(first):
        assert imports.next_job() == second, "somebody is at the first one"
    assert work() == 2
    assert imports.next_job() is None


def test_what_the_command_line_has_just_begun_is_left_to_it(athlete: int, tmp_path: Path) -> None:
    path = tmp_path / "a.fit"
    path.write_bytes(fit(session(0, 2)))
    job = imports.start_import(athlete, [path], clock.now())
    assert imports.next_job() is None
    change(athlete, job, asked_at=clock.now() - timedelta(seconds=imports.QUEUED_S))
    assert imports.next_job() == job


@pytest.mark.parametrize(("age_s", "taken"), [(imports.STALE_S - 5, False), (imports.STALE_S, True)])
def test_a_job_whose_process_died_is_taken_over(athlete: int, age_s: float, taken: bool) -> None:
    job = upload(athlete, a=fit(session(0, 2)))
    change(athlete, job, state="running", heartbeat_at=clock.now() - timedelta(seconds=age_s))
    assert (imports.next_job() == job) is taken


def test_a_job_that_stops_as_a_whole_is_noted_and_the_next_one_done(
    athlete: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from niggle.store import files

    publish = files.publish
    faults = iter([True])

    def full_once(staged: object) -> None:
        if next(faults, False):
            raise OSError(28, "No space left on device")
        publish(staged)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "publish", full_once)
    first, second = upload(athlete, a=fit(session(0, 2))), upload(athlete, b=fit(session(1, 2)))
    assert work() == 1
    assert imports.get_report(athlete, first).state == "failed"
    assert "No space" in imports.get_report(athlete, first).error
    assert imports.get_report(athlete, second).state == "done"


def test_the_worker_that_is_stopped_leaves_the_upload_to_the_next_one(athlete: int) -> None:
    job = upload(athlete, a=fit(session(0, 2)))

    def stop(report: object) -> None:
        raise SystemExit(0)

    with pytest.raises(SystemExit):
        imports.run_import(job, stop, processes=0)
    assert imports.get_report(athlete, job).state == "queued"
    assert work() == 1
    assert imports.get_report(athlete, job).sessions_added == 1
