"""`niggle import` and `niggle imports`: archives into the store, with progress, and what became of each file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from niggle.cli.say import DONE, NOTHING_DONE, Failure, Stop, json_out, line, show_failures, stop, table
from niggle.wording.units import counted

if TYPE_CHECKING:
    from niggle.actions.imports import ImportReport

app = typer.Typer()
imports = typer.Typer(help="Earlier imports: list, show, undo, retry.", no_args_is_help=True)
app.add_typer(imports, name="imports")

_JSON = Annotated[bool, typer.Option("--json", help="print JSON")]
_ID = Annotated[int, typer.Argument(help="number of the import, from `niggle imports list`")]
_SHOWN_FAILURES = 10


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="exports (zip or folder), activity files, tables of runs")],
    as_json: _JSON = False,
    processes: Annotated[int | None, typer.Option(min=1, help="worker processes; default: one per processor")] = None,
) -> int:
    """Import archives and files. The same file twice adds nothing; a stopped import can be started again."""
    from niggle.cli.started import here

    missing = [p for p in paths if not p.exists()]
    if missing:
        raise Stop(*(Failure("unreadable", "there is no such file", str(p), "check the path") for p in missing))
    runner = here()
    from niggle.actions import imports as actions

    job = actions.start_import(runner.athlete_id, [p.absolute() for p in paths], runner.now)
    with _progress(wanted=not as_json) as progress:
        try:
            report = actions.run_import(job, progress=progress, processes=processes)
        except KeyboardInterrupt:
            print("niggle: stopped; the same command goes on where it was", file=sys.stderr)
            raise
    from niggle.actions.plans.weeks import make_again

    make_again(runner.athlete_id, runner.now)
    return _ended(report, as_json=as_json)


def _ended(report: ImportReport, *, as_json: bool) -> int:
    """Say how an import ended. Nothing added and something failed, or nothing to read: exit code 1. All known: 0."""
    failures = _failures(report)
    if report.error:
        failures.insert(
            0, Failure("import_failed", report.error, report.label, "the same command goes on where it was")
        )
    elif report.state == "running":
        failures.insert(0, Failure("busy", "another process is at this import", report.label, "wait for it to end"))
    done = report.state == "done" and (report.sessions_added or (report.duplicates and not report.failed))
    if not done and not failures:
        what = "only files that are no activities" if report.skipped else "nothing that could be an activity"
        failures.append(Failure("nothing_found", what, report.label, "niggle formats lists what can be read"))
    if as_json:
        show_failures(failures[:_SHOWN_FAILURES], as_json=False)
        json_out(report_plain(report))
    else:
        line(f"{counted(report.sessions_added, 'session')} added, {report.duplicates} known already, "
             f"{counted(report.skipped, 'file')} skipped, {report.failed} failed; "
             f"{counted(report.files_seen, 'file')} in {report.seconds:.1f} s.")  # fmt: skip
        sys.stdout.flush()  # before the failures, also where both outputs are one file
        show_failures(failures[:_SHOWN_FAILURES], as_json=False)
        if len(failures) > _SHOWN_FAILURES:
            line(f"{len(failures) - _SHOWN_FAILURES} more: niggle imports show {report.job_id}")
        _say_damaged(report, limit=_SHOWN_FAILURES)
    return DONE if done else NOTHING_DONE


def _failures(report: ImportReport) -> list[Failure]:
    return [
        Failure(f.code, f.message, f"{f.name}, {f.place}" if f.place else f.name, f.suggestion) for f in report.files
    ]


def _say_damaged(report: ImportReport, limit: int | None = None) -> None:
    """The files that were read although they are not whole."""
    if not report.damaged:
        return
    line(f"{counted(len(report.damaged), 'file')} read with damage:")
    for one in report.damaged[:limit]:
        line(f"  {one.name}{f', {one.place}' if one.place else ''}: {one.message} [{one.code}]")
    if limit is not None and len(report.damaged) > limit:
        line(f"  {len(report.damaged) - limit} more: niggle imports show {report.job_id}")
    line(f"  try: {report.damaged[0].suggestion}")


def report_plain(report: ImportReport) -> dict[str, Any]:
    """An import as JSON; the six figures of the last line stand at the end, after the list of failed files."""
    return {
        "import": report.job_id,
        "state": report.state,
        "label": report.label,
        "failed_files": [
            {"name": f.name, "code": f.code, "message": f.message, "place": f.place, "suggestion": f.suggestion}
            for f in report.files
        ],
        "damaged_files": [
            {"name": f.name, "code": f.code, "message": f.message, "place": f.place, "suggestion": f.suggestion}
            for f in report.damaged
        ],
        "files_seen": report.files_seen,
        "sessions_added": report.sessions_added,
        "duplicates": report.duplicates,
        "skipped": report.skipped,
        "failed": report.failed,
        "seconds": round(report.seconds, 3),
    }


@contextmanager
def _progress(*, wanted: bool) -> Iterator[Callable[[ImportReport], None] | None]:
    """A progress bar on a terminal, nothing elsewhere (logs and pipes want no moving parts)."""
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[added]} sessions"),
               TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("import", total=None, added=0)

        def show(report: ImportReport) -> None:
            bar.update(task, completed=report.files_seen, total=report.files_total, added=report.sessions_added)

        yield show


@imports.command("list")
def list_(as_json: _JSON = False) -> int:
    """List every import with what it brought."""
    from niggle.cli.started import here

    runner = here()
    from niggle.actions import imports as actions

    reports = actions.list_imports(runner.athlete_id)
    if as_json:
        json_out([report_plain(r) for r in reports])
    elif not reports:
        line("No imports yet. Begin with: niggle import FILE")
    else:
        rows = [
            (str(r.job_id), r.state, str(r.sessions_added), str(r.duplicates), str(r.failed), r.label) for r in reports
        ]
        table(("import", "state", "added", "known", "failed", "what"), rows, right=(0, 2, 3, 4))
    return DONE


@imports.command()
def show(job: _ID, as_json: _JSON = False) -> int:
    """Show one import and every file that failed, with the reason."""
    from niggle.cli.started import here

    runner = here()
    report = _report(runner.athlete_id, job)
    if as_json:
        json_out(report_plain(report))
        return DONE
    line(f"Import {report.job_id} ({report.state}): {report.label}")
    line(f"{counted(report.sessions_added, 'session')} added, {report.duplicates} known already, "
         f"{report.skipped} skipped, {report.failed} failed.")  # fmt: skip
    for failure in _failures(report):
        line(f"{failure.place}: {failure.message} [{failure.code}]")
        if failure.suggestion:
            line(f"  try: {failure.suggestion}")
    _say_damaged(report)
    return DONE


@imports.command()
def undo(
    job: _ID, yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False, as_json: _JSON = False
) -> int:
    """Take a whole import back: its sessions, their streams, its shoes."""
    from niggle.cli.started import here

    runner = here()
    from niggle.actions import imports as actions

    report = _report(runner.athlete_id, job)
    if report.state == "undone":
        raise stop("already_undone", f"import {job} was undone before", suggestion="niggle imports list")
    if not yes:
        typer.confirm(
            f"Take back import {job} ({report.label}) with {counted(report.sessions_added, 'session')}?", abort=True
        )
    try:
        actions.undo_import(job)
    except actions.ImportBusyError as error:
        raise stop("busy", str(error), report.label, "wait for it to end") from None
    report = _report(runner.athlete_id, job)
    if as_json:
        json_out(report_plain(report))
    else:
        line(f"Import {job} is undone.")
    return DONE


@imports.command()
def retry(job: _ID, as_json: _JSON = False) -> int:
    """Try the failed files of an import again; a stopped import goes on where it was."""
    from niggle.cli.started import here

    runner = here()
    from niggle.actions import imports as actions

    before = _report(runner.athlete_id, job)
    if before.state == "undone":
        raise stop(
            "already_undone", f"import {job} is undone", before.label, "import its files anew: niggle import FILE"
        )
    again = actions.retry_failed if before.state == "done" else actions.resume
    return _ended(again(job), as_json=as_json)


def _report(athlete_id: int, job: int) -> ImportReport:
    from niggle.actions import imports as actions

    known = {r.job_id for r in actions.list_imports(athlete_id)}
    if job not in known:
        raise stop("unknown_import", f"there is no import {job}", suggestion="niggle imports list")
    return actions.get_report(athlete_id, job)
