"""`niggle read`, `niggle formats`: files as sessions, without any database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from niggle.cli.say import DONE, Failure, Stop, json_out, line, show_failures, stop, styled, table
from niggle.core.session.limits import in_future
from niggle.core.session.types import Note, Refusal, Session

app = typer.Typer()


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="an activity file, an export (zip or folder), or a table of runs")],
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> int:
    """Show what a file holds, without storing anything.

    With --json: one session is one object; a file with several (multisport, archives, tables) is a list of them.
    What could not be read is said on standard error, and in the JSON as objects under `refusals` (one session) or
    with the key `refused` (in a list).
    """
    from niggle.actions import clock
    from niggle.readers.registry import read_any

    if not file.exists():
        raise stop("unreadable", "there is no such file", str(file), "check the path")
    sessions: list[dict[str, Any]] = []
    refusals: list[Refusal] = []
    shown = 0
    for item in read_any(file):
        if isinstance(item, Refusal):
            refusals.append(item)
            continue
        session = _with_future(item, clock.now())
        if as_json:
            sessions.append(session_plain(session))
        else:
            if shown:
                line()
            _show(session)
            shown += 1
    failures = [_failure(r, file) for r in refusals]
    if not sessions and not shown:
        raise Stop(*(failures or [Failure("no_records", "no session in here", str(file), "is it the right file?")]))
    show_failures(failures, as_json=False)
    if as_json:
        json_out(_document(sessions, refusals))
    return DONE


def _with_future(session: Session, now: datetime) -> Session:
    """A date that lies ahead is no fault of reading, but it would not be imported: say so."""
    if not in_future(session, now):
        return session
    note = Note("in_future", f"starts on {session.start_utc:%Y-%m-%d}, in the future; an import refuses it")
    return replace(session, notes=(*session.notes, note))


def _document(sessions: list[dict[str, Any]], refusals: list[Refusal]) -> Any:
    if len(sessions) == 1:
        extra = {"refusals": [refusal_plain(r) for r in refusals]} if refusals else {}
        return sessions[0] | extra
    return [*sessions, *({"refused": r.code} | refusal_plain(r) for r in refusals)]


def session_plain(session: Session) -> dict[str, Any]:
    """A Session as JSON: totals in SI units, absent as null, the names of its streams (not their values)."""
    return {
        "sport": session.sport.value,
        "start_time": iso_utc(session),
        "utc_offset_s": session.utc_offset_s,
        "distance_m": _rounded(session.distance_m, 2),
        "timer_s": _rounded(session.timer_s, 3),
        "moving_s": _rounded(session.moving_s, 3),
        "elapsed_s": _rounded(session.elapsed_s, 3),
        "records": session.records,
        "ascent_m": _rounded(session.ascent_m, 1),
        "descent_m": _rounded(session.descent_m, 1),
        "avg_heart_rate": _rounded(session.avg_heart_rate_bpm, 1),
        "max_heart_rate": _rounded(session.max_heart_rate_bpm, 1),
        "avg_cadence_spm": _rounded(session.avg_cadence_spm, 1),
        "streams": list(session.streams.names) if session.streams is not None else [],
        "title": session.title,
        "gear": session.gear,
        "device": session.device,
        "external_id": session.external_id,
        "leg": session.leg,
        "tags": sorted(session.tags),
        "notes": [_note_plain(n) for n in session.notes],
    }


def iso_utc(session: Session) -> str:
    start = session.start_utc.replace(tzinfo=None)
    return start.isoformat(timespec="milliseconds" if start.microsecond else "seconds") + "Z"


def refusal_plain(refusal: Refusal) -> dict[str, Any]:
    return {"code": refusal.code, "message": refusal.message, "place": refusal.place,
            "suggestion": refusal.suggestion, "name": refusal.name}  # fmt: skip


def _note_plain(note: Note) -> dict[str, Any]:
    return {"code": note.code, "message": note.message, "place": note.place}


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _failure(refusal: Refusal, file: Path) -> Failure:
    name = refusal.name or file.name
    place = f"{name}, {refusal.place}" if refusal.place else name
    return Failure(refusal.code, refusal.message, place, refusal.suggestion)


def _show(session: Session) -> None:
    from niggle.wording.units import METRIC as UNITS

    local = session.start_utc + timedelta(seconds=session.utc_offset_s or 0)
    zone = "local time" if session.utc_offset_s is not None else "UTC; the file names no time zone"
    line(styled(f"{session.sport.value}, {local:%Y-%m-%d %H:%M} ({zone})", "bold"))
    if session.title:
        line(f"  {session.title}")
    rows: Iterable[tuple[str, str]] = (
        ("distance", UNITS.distance(session.distance_m, 2)),
        ("time on the watch", UNITS.clock(session.timer_s)),
        ("time moving", UNITS.clock(session.moving_s)),
        ("ascent, descent", f"{UNITS.height(session.ascent_m)}, {UNITS.height(session.descent_m)}"),
        ("heart rate", _number(session.avg_heart_rate_bpm, "bpm")),
        ("cadence", _number(session.avg_cadence_spm, "steps/min")),
        ("recorded", f"{session.records} points" if session.records else "totals only"),
        ("streams", ", ".join(session.streams.names) if session.streams is not None else "none"),
    )
    for name, value in rows:
        line(f"  {name:<18} {value}")
    for note in session.notes:
        where = f" ({note.place})" if note.place else ""
        line(f"  note: {note.message}{where}")


def _number(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:.0f} {unit}"


@app.command()
def formats(as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False) -> int:
    """List the file formats and exports that niggle reads."""
    from niggle.readers import registry

    known = registry.formats()
    if as_json:
        json_out([{"name": f.name, "suffixes": list(f.suffixes)} for f in known])
    else:
        table(("format", "files"), [(f.name, " ".join(f.suffixes)) for f in known])
        line("Each also inside a zip or folder; single files also gzipped (.gz).")
    return DONE
