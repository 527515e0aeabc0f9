"""A FIT file's bytes to Sessions: one per leg, each repair a note, each reason why not a Refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from niggle.core.session import Floats, Labels, Note, ReadItem, Refusal, Session, Totals, assemble
from niggle.core.units import S_PER_H
from niggle.readers.fit.clock import FIRST_DATE_UNIX_S, power_on_shift, running_intervals, utc_offset_s
from niggle.readers.fit.columns import Row, Table, by_kind, developer_fields, table, unroll
from niggle.readers.fit.definition import read_definition
from niggle.readers.fit.parts import MAGIC, Part, split
from niggle.readers.fit.profile import (
    ACTIVITY,
    EVENT,
    FIELD_DESCRIPTION,
    FILE_ID,
    FILE_TYPE_ACTIVITY,
    FILE_TYPES,
    LAP,
    MANUFACTURERS,
    RECORD,
    SESSION,
    SPORT,
    TRANSITION,
    sport_of,
)
from niggle.readers.fit.scan import Gap, Run, scan

EARLY_LOOK: Final = 512  # bytes in which the file_id lies; files of other kinds are left after them
NEAR_S: Final = 2 * 86_400.0  # a session message that starts further from all records is damage
LONGER: Final = 3.0  # in a damaged file, a session so many times as long as its records (and an hour) is damage
UNIX: Final = datetime(1970, 1, 1, tzinfo=UTC)

_STREAMS: Final = (
    "distance_m",
    "speed_mps",
    "altitude_m",
    "heart_rate_bpm",
    "power_w",
    "ground_contact_ms",
    "vertical_oscillation_mm",
    "balance_left_pct",
    "latitude_deg",
    "longitude_deg",
)


def sniff(head: bytes, name: str) -> bool:
    """Is this a FIT file? By content; a name that says so is enough to be asked why not."""
    return head[8:12] == MAGIC or (name.lower().endswith(".fit") and head[:2] != b"\x1f\x8b")


def read(data: bytes, name: str) -> list[ReadItem]:
    """Every session in the bytes, in order of time within each part; chained files one after the other.

    Never raises on bad content. Transitions of a multisport file are left out and noted on the leg that follows.
    """
    if not data:
        return [Refusal("empty", "the file has no bytes", None, "Copy it from the watch or export it again.", name)]
    parts = split(data)
    if not parts:
        return [_not_fit(data, name)]
    items: list[ReadItem] = []
    for part in parts:
        items.extend(_read_part(data, part, name, first_leg=len(items)))
    return items


def _not_fit(data: bytes, name: str) -> Refusal:
    start = data[:512].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        found, advice = "a web page", "The download failed, often for want of a log-in: sign in and export it again."
    elif not data.strip(b"\0"):
        found, advice = "nothing but zero bytes", "The device's storage failed while saving: nothing is left to read."
    else:
        found, advice = "no FIT header", "Export the activity again as FIT, GPX or TCX."
    return Refusal("not_this_format", f"{found} instead of a FIT file", "byte 0", advice, name)


def _read_part(data: bytes, part: Part, name: str, first_leg: int) -> list[ReadItem]:
    kind = _file_type(data, part)
    if kind is not None and kind != FILE_TYPE_ACTIVITY:
        what = FILE_TYPES.get(kind, f"file of type {kind}")
        return [Refusal("not_an_activity", f"a {what}, not an activity", f"byte {part.header}", "Nothing to do.", name)]
    scanned = scan(data, part.begin, part.end)
    kinds = by_kind(scanned.runs)
    # Where damage was found, a checksum that does not fit tells nothing new.
    notes = [note for note in part.notes if not (scanned.gaps and note.code == "checksum")]
    notes.extend(_gap_note(gap) for gap in scanned.gaps)
    records = table(data, kinds.get(RECORD, ()), RECORD, developer_fields(data, kinds.get(FIELD_DESCRIPTION, ())))
    activity = _first(_rows(data, kinds, ACTIVITY))
    times = records.columns.get("timestamp")
    if times is None:
        times = np.full(records.length, np.nan)
    shifted = power_on_shift(times, activity, notes)
    if shifted is None:
        return [
            Refusal(
                "no_date",
                "the watch's clock was never set: times count from switching on",
                f"byte {part.header}",
                "Import it through your account's export, whose table knows the date, or enter the run by hand.",
                name,
            )
        ]
    # Sessions and events count from power-on too where all records do.
    moved = any(note.code == "clock_from_local" for note in notes)
    shift = float(np.nanmax(shifted - times)) if moved else 0.0
    if scanned.gaps and SESSION in kinds:
        # Damage that begins where a message ends mostly began inside it.
        torn = {gap.start for gap in scanned.gaps if gap.end < part.end}
        kinds[SESSION] = [run for run in kinds[SESSION] if run[1] + run[2] * run[0].width not in torn]
    damaged = bool(scanned.gaps) or any(note.code == "checksum" for note in notes)
    sessions = _sessions(_rows(data, kinds, SESSION), shift, shifted, damaged, notes)
    events = [{**e, "timestamp": e["timestamp"] + shift} for e in _rows(data, kinds, EVENT) if "timestamp" in e]
    columns = _columns(records)
    labels = Labels(device=_device(_first(_rows(data, kinds, FILE_ID))))
    if not sessions:
        sessions = [_rebuilt(data, kinds, columns, notes)] if records.length else []
    if not sessions:
        code, message = ("damaged", "damaged beyond reading") if scanned.gaps else ("no_records", "no recorded points")
        place = f"byte {scanned.gaps[0].start if scanned.gaps else part.begin}"
        return [Refusal(code, message, place, "Copy it from the watch again, or export it from your account.", name)]
    return _assemble_legs(sessions, events, shifted, columns, activity, labels, notes, name, first_leg)


def _rows(data: bytes, kinds: dict[int, list[Run]], number: int) -> list[Row]:
    runs = kinds.get(number)
    return table(data, runs, number).rows() if runs else []


def _first(rows: Sequence[Row]) -> Row:
    return rows[0] if rows else {}


def _file_type(data: bytes, part: Part) -> int | None:
    """The file's type from a file_id that stands first, as it must; None where there is none."""
    at = part.begin
    if at >= part.end or data[at] & 0xC0 != 0x40:
        return None
    found = read_definition(data, at, min(part.end, at + EARLY_LOOK))
    if found is None or found[0].number != FILE_ID:
        return None
    definition, after = found
    if after >= part.end or data[after] != data[at] & 0x0F or after + definition.width > part.end:
        return None
    kind = table(data, [(definition, after, 1, None)], FILE_ID).rows()[0].get("type")
    return None if kind is None else int(kind)


def _gap_note(gap: Gap) -> Note:
    count = f"about {gap.lost} records" if gap.lost else "no known number of records"
    return Note("damaged_bytes", f"bytes {gap.start} to {gap.end - 1} could not be read ({count})", f"byte {gap.start}")


def _device(file_id: Row) -> str | None:
    product = file_id.get("product_name")
    if isinstance(product, str):
        return product
    return MANUFACTURERS.get(int(file_id.get("manufacturer", -1)))


def _columns(records: Table) -> dict[str, Floats]:
    """Streams from record fields: enhanced before plain, both before packed ones, developer fields where all lack."""
    raw = records.columns
    out: dict[str, Floats] = {}
    for stream in _STREAMS:
        values = _merged(raw.get(f"enhanced_{stream}"), raw.get(stream))
        if stream == "speed_mps":
            values = _merged(values, raw.get("packed_speed_mps"))
        elif stream == "distance_m" and "packed_distance" in raw:
            values = _merged(values, unroll(raw["packed_distance"]))
        out_of_band = raw.get(f"dev:{stream}")
        if out_of_band is not None and _blank(values, zero_is_blank=stream != "power_w"):
            values = out_of_band
        if values is not None:
            out[stream] = values
    cadence = raw.get("cadence")
    if cadence is not None and "fractional_cadence" in raw:
        cadence = cadence + np.nan_to_num(raw["fractional_cadence"])
    if "dev:cadence" in raw and _blank(cadence, zero_is_blank=True):
        cadence = raw["dev:cadence"]
    if cadence is not None:
        out["cadence_spm"] = cadence
    return out


def _merged(better: Floats | None, other: Floats | None) -> Floats | None:
    if better is None or other is None:
        return other if better is None else better
    missing = np.isnan(better)
    return np.where(missing, other, better) if missing.any() else better


def _blank(values: Floats | None, zero_is_blank: bool) -> bool:
    if values is None:
        return True
    seen = values[~np.isnan(values)]
    return not len(seen) or (zero_is_blank and not seen.any())


def _sessions(rows: list[Row], shift: float, times: Floats, damaged: bool, notes: list[Note]) -> list[Row]:
    """Session messages by start time; those that cannot belong to the records are left out.

    A single one is only doubted in a damaged file: it must have a start there and a length that fits the records.
    """
    seen = times[~np.isnan(times)]
    span = float(seen.max() - seen.min()) if len(seen) else np.inf
    out: list[Row] = []
    for row in rows:
        start = row.get("start_time")
        if start is not None:
            start += shift
            if start < FIRST_DATE_UNIX_S:
                start = None
        row = {**row, "start_time": start}  # noqa: PLW2901
        near = start is None or not len(seen) or bool((np.abs(seen - start) <= NEAR_S).any())
        if damaged:
            near &= start is not None and row.get("elapsed_s", 0.0) <= LONGER * span + S_PER_H
        if (len(rows) > 1 or damaged) and not near:
            notes.append(Note("session_left_out", "a session message that fits none of the records was left out"))
            continue
        out.append(row)
    if len(out) > 1:
        out = [row for row in out if row["start_time"] is not None]
        out.sort(key=lambda row: row["start_time"])
    return out


def _rebuilt(data: bytes, kinds: dict[int, list[Run]], columns: dict[str, Floats], notes: list[Note]) -> Row:
    """Stands in for a session message that is missing: its sport is what else the file says, or what only runs show."""
    notes.append(Note("session_rebuilt", "the file has no summary; distance and times were taken from the records"))
    for number in (SPORT, LAP):
        for row in _rows(data, kinds, number):
            if "sport" in row:
                return {"start_time": None, "sport": row["sport"], "sub_sport": row.get("sub_sport", 0.0)}
    if "ground_contact_ms" in columns or "vertical_oscillation_mm" in columns:
        notes.append(Note("sport_guessed", "the sport is not stated; running dynamics say it was a run"))
        return {"start_time": None, "sport": 1.0, "sub_sport": 0.0}
    notes.append(Note("sport_unknown", "the sport is not stated; set it by hand if it was a run"))
    return {"start_time": None}


def _totals(row: Row) -> Totals:
    cadence = row.get("avg_cadence")
    return Totals(
        distance_m=row.get("distance_m"),
        timer_s=row.get("timer_s"),
        elapsed_s=row.get("elapsed_s"),
        moving_s=row.get("moving_s"),
        ascent_m=row.get("ascent_m"),
        descent_m=row.get("descent_m"),
        avg_heart_rate_bpm=row.get("avg_heart_rate_bpm"),
        max_heart_rate_bpm=row.get("max_heart_rate_bpm"),
        avg_cadence_spm=None if cadence is None else cadence + row.get("avg_fractional_cadence", 0.0),
    )


def _assemble_legs(
    sessions: list[Row],
    events: list[Row],
    times: Floats,
    columns: dict[str, Floats],
    activity: Row,
    labels: Labels,
    notes: list[Note],
    name: str,
    first_leg: int,
) -> list[ReadItem]:
    """Records go to the leg that had begun at their time; transitions are left out with a note on the next leg."""
    dated = times[~np.isnan(times)]
    running = None
    if len(dated):
        running = running_intervals(events, float(dated.min()), float(dated.max()))
    offset = utc_offset_s(activity)
    starts = np.array([row["start_time"] for row in sessions], np.float64) if len(sessions) > 1 else None
    leg_of = None if starts is None else np.maximum(np.searchsorted(starts, times, side="right") - 1, 0)
    items: list[ReadItem] = []
    pending: list[Note] = []
    for index, row in enumerate(sessions):
        if row.get("sport") == TRANSITION and len(sessions) > 1:
            seconds, metres = row.get("elapsed_s", 0.0), row.get("distance_m", 0.0)
            pending.append(Note("transition", f"a transition of {seconds:.0f} s and {metres:.0f} m was left out"))
            continue
        mine = leg_of == index if leg_of is not None else None
        start = row.get("start_time")
        item = assemble(
            sport_of(row.get("sport"), row.get("sub_sport")),
            times if mine is None else times[mine],
            columns if mine is None else {key: values[mine] for key, values in columns.items()},
            start_utc=None if start is None else UNIX + timedelta(seconds=start),
            utc_offset_s=offset,
            totals=_totals(row),
            running=running,
            labels=replace(labels, leg=first_leg + len(items)),
            notes=[*notes, *pending],
        )
        pending = []
        items.append(replace(item, name=name) if isinstance(item, Refusal) else item)
    if pending and items and isinstance(items[-1], Session):
        items[-1] = replace(items[-1], notes=(*items[-1].notes, *pending))
    return items
