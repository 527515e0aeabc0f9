"""Looking after what is stored: compute the derived anew, hand everything out, forget somebody."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.db import models, transaction

from niggle.actions import athletes, imports, recordings
from niggle.actions.decoding import original_path
from niggle.actions.model import Model, model
from niggle.store import mapping, streams
from niggle.store.models import (
    Athlete,
    CheckInEntry,
    ClearanceFact,
    ConditionFact,
    DecisionRow,
    ImportJob,
    PlanFact,
    ProfileFact,
    Recording,
    RecordingLoad,
    SessionLabel,
    Shoe,
    ShoeAssignment,
    ShoeRevision,
    ToldFact,
    TriageEntry,
    TriageSession,
    removing,
)
from niggle.store.scopes import athlete_scope

BATCH: Final = 200


def create_demo(now: Any, today: Any) -> int:
    """The demo runner (see actions.demo)."""
    from niggle.actions.demo import create_demo as create

    return create(now, today)


def rebuild(athlete_id: int | None = None) -> int:
    """Throw away everything derived and compute it again from what was recorded. Returns the recordings computed.

    None: for everybody. A recording whose streams are lost keeps the load that was computed while they were there.
    """
    wanted = list(Athlete.objects.values_list("pk", flat=True)) if athlete_id is None else [athlete_id]
    return sum(_rebuild(one) for one in wanted)


def _rebuild(athlete_id: int) -> int:
    with_model = model()
    count = 0
    with athlete_scope(athlete_id):
        for batch in _batches(Recording.objects.order_by("pk")):
            with transaction.atomic():
                _compute(athlete_id, batch, with_model)
            count += len(batch)
        with transaction.atomic():
            recordings.settle(athlete_id)
    return count


def _batches(rows: Any) -> Iterator[list[Recording]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _compute(athlete_id: int, batch: list[Recording], with_model: Model) -> None:
    old = {row.pk: row for row in RecordingLoad.objects.filter(recording__in=batch)}
    fresh = []
    for row in batch:
        try:
            columns = streams.read(row.streams_digest) if row.streams_digest else None
            doses, features = with_model.compute(mapping.session_of(row, columns))
            digest = with_model.digest
        except streams.StreamsLost:
            if row.pk in old:
                continue
            doses, features = with_model.compute(mapping.session_of(row))
            digest = ""  # from totals only: less than what was recorded
        fresh.append(
            RecordingLoad(
                athlete_id=athlete_id,
                recording=row,
                model_digest=digest,
                doses=doses,
                features=features,
                title=row.title,
                gear=row.gear,
                tags=row.tags,
            )
        )
    RecordingLoad.objects.filter(recording_id__in=[row.recording_id for row in fresh]).delete()
    RecordingLoad.objects.bulk_create(fresh, batch_size=BATCH)


def stale(athlete_id: int) -> int:
    """How many recordings were computed by another load model than the one installed."""
    with athlete_scope(athlete_id):
        return int(RecordingLoad.objects.exclude(model_digest=model().digest).count())


_EXPORTED: Final[tuple[tuple[str, type[models.Model]], ...]] = (
    ("recordings", Recording),
    ("session_labels", SessionLabel),
    ("shoes", Shoe),
    ("shoe_revisions", ShoeRevision),
    ("shoe_assignments", ShoeAssignment),
    ("profile", ProfileFact),
    ("conditions", ConditionFact),
    ("clearances", ClearanceFact),
    ("told", ToldFact),
    ("check_ins", CheckInEntry),
    ("decisions", DecisionRow),
    ("plans", PlanFact),
    ("triage_interviews", TriageSession),
    ("triage_answers", TriageEntry),
    ("imports", ImportJob),
)
_README: Final = """\
Everything niggle knows about you.

facts/*.jsonl    one row a line, as stored: recordings, what you said of them, shoes, profile, check-ins, decisions
sessions.csv     one line a session, for a spreadsheet or another program (niggle imports it too)
streams/*.csv    one file per recording that has streams: a column each, one line a record; empty = no value
originals/       the imported files, where you chose to keep them
settings.json    how you want things shown
"""


def export_all(athlete_id: int, path: str | os.PathLike[str]) -> None:
    """One zip with everything: whole or not at all, in formats that need no niggle to read."""
    target = Path(path)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with (
            os.fdopen(handle, "wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
            athlete_scope(athlete_id),
        ):
            _export(athlete_id, archive)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _export(athlete_id: int, archive: zipfile.ZipFile) -> None:
    archive.writestr("README.txt", _README)
    settings = asdict(athletes.get_settings(athlete_id))
    archive.writestr("settings.json", json.dumps(settings, indent=1, ensure_ascii=False))
    for name, kind in _EXPORTED:
        with archive.open(f"facts/{name}.jsonl", "w") as file:
            for row in kind.objects.order_by("pk").values().iterator(chunk_size=500):  # type: ignore[attr-defined]
                row.pop("athlete_id")
                file.write((json.dumps(_plain(row), ensure_ascii=False) + "\n").encode())
    archive.writestr("sessions.csv", _sessions_csv())
    columns = ("key", "streams_digest", "original_digest")
    for key, streams_digest, original in Recording.objects.order_by("pk").values_list(*columns):
        if streams_digest:
            try:
                archive.writestr(f"streams/{key}.csv", _streams_csv(streams_digest))
            except streams.StreamsLost as fault:
                archive.writestr(f"streams/{key}.lost.txt", f"{fault}\n")
        for gzipped in (False, True):
            if original and (kept := original_path(original, gzipped)).exists():
                archive.write(kept, f"originals/{kept.name}")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: _value(value) for key, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        import base64

        return base64.b64encode(bytes(value)).decode()
    return value.isoformat() if hasattr(value, "isoformat") else value


_CSV: Final = ("start_utc", "sport", "title", "distance_m", "timer_s", "moving_s", "elapsed_s", "ascent_m", "descent_m",
               "avg_heart_rate_bpm", "avg_cadence_spm", "gear")  # fmt: skip


def _sessions_csv() -> str:
    spoken = RecordingLoad.objects.filter(duplicate_of=None).values_list("recording_id", flat=True)
    rows = Recording.objects.filter(pk__in=spoken).order_by("start_utc", "key").values_list(*_CSV)
    heads = ("Start (UTC)", "Type", "Title", "Distance (m)", "Timer (s)", "Moving time (s)", "Elapsed time (s)",
             "Ascent (m)", "Descent (m)", "Heart rate (bpm)", "Cadence (spm)", "Shoe")  # fmt: skip
    return _csv(heads, ([_value(v) for v in row] for row in rows.iterator(chunk_size=500)))


def _streams_csv(digest: str) -> str:
    columns = streams.read(digest).columns
    rows = zip(*(c.tolist() for c in columns.values()), strict=True)
    return _csv(tuple(columns), (["" if math.isnan(v) else f"{v:.10g}" for v in row] for row in rows))


def _csv(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue()


def forget_athlete(athlete_id: int) -> None:
    """Remove a runner with everything of hers, also from the disk. There is no way back."""
    with athlete_scope(athlete_id):
        jobs = list(ImportJob.objects.all())
        digests = list(Recording.objects.values_list("streams_digest", "original_digest"))
        with removing("forget"), transaction.atomic():
            Athlete.objects.filter(pk=athlete_id).delete()
    imports.remove_unused(digests)
    for job in jobs:
        imports.drop_spool(job)
