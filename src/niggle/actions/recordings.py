"""Recordings into rows, and which of them speaks for which run. Everything here needs an open scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from niggle.actions.making import Made
from niggle.actions.one_run import Heard, length_s, speakers
from niggle.core.ids import digest_bytes
from niggle.core.session import Sport
from niggle.store import files
from niggle.store.models import Recording, RecordingLoad, Shoe, ShoeAssignment, ShoeRevision

_FOOT: Final = frozenset({Sport.RUN, Sport.TRAIL, Sport.TREADMILL, Sport.WALK, Sport.HIKE})


def store(athlete_id: int, made: Sequence[Made], model_digest: str, now: datetime, job_id: int | None = None) -> None:
    """Publish the files of recordings, then insert the rows. The caller's transaction; `settle` afterwards."""
    files.publish(staged for one in made for staged in one.staged)
    rows = [Recording(athlete_id=athlete_id, job_id=job_id, added_at=now, **one.values) for one in made]
    stored = Recording.objects.bulk_create(rows, batch_size=200)
    loads = [
        RecordingLoad(
            athlete_id=athlete_id,
            recording_id=row.pk,
            model_digest=model_digest,
            doses=one.doses,
            features=one.features,
            title=row.title,
            gear=row.gear,
            tags=row.tags,
        )
        for row, one in zip(stored, made, strict=True)
    ]
    RecordingLoad.objects.bulk_create(loads, batch_size=200)


_HEARD: Final = (
    "recording_id", "recording__key", "recording__sport", "recording__start_utc", "recording__elapsed_s",
    "recording__timer_s", "recording__moving_s", "recording__distance_m", "recording__stream_names",
    "recording__records", "recording__source", "recording__device", "recording__title", "recording__gear",
    "recording__tags", "duplicate_of_id", "title", "gear", "tags",
)  # fmt: skip


def settle(athlete_id: int) -> dict[int, int]:
    """Find again which recording speaks for which run, and gather title, shoe and tags of all of a run's recordings.

    Returns recording -> the one that speaks for it. Writes only what changed.
    """
    rows = {row["recording_id"]: row for row in RecordingLoad.objects.values(*_HEARD)}
    speaks = speakers(_heard(row) for row in rows.values())
    members: dict[int, list[int]] = {}
    for row_id, speaker in speaks.items():
        members.setdefault(speaker, []).append(row_id)
    changed = []
    for row_id, row in rows.items():
        speaker = speaks[row_id]
        wanted = _gathered([rows[m] for m in members[speaker]] if speaker == row_id else [row], row)
        wanted["duplicate_of_id"] = None if speaker == row_id else speaker
        if any(row[name] != value for name, value in wanted.items()):
            changed.append(RecordingLoad(recording_id=row_id, athlete_id=athlete_id, **wanted))
    RecordingLoad.objects.bulk_update(changed, ["duplicate_of", "title", "gear", "tags"], batch_size=200)
    return speaks


def _heard(row: Mapping[str, Any]) -> Heard:
    return Heard(
        id=row["recording_id"],
        key=row["recording__key"],
        sport=Sport(row["recording__sport"]),
        start_s=row["recording__start_utc"].timestamp(),
        length_s=length_s(row["recording__elapsed_s"], row["recording__timer_s"], row["recording__moving_s"]),
        distance_m=row["recording__distance_m"],
        streams=len(row["recording__stream_names"].split()),
        records=row["recording__records"],
        from_watch=row["recording__source"] == "fit" or row["recording__device"] is not None,
    )


def _gathered(of_run: Iterable[Mapping[str, Any]], speaker: Mapping[str, Any]) -> dict[str, Any]:
    """The speaker's title and shoe, else those of the others in the order of their keys; everybody's tags."""
    others = sorted(of_run, key=lambda r: (r is not speaker, r["recording__key"]))

    def first(name: str) -> Any:
        return next((r[name] for r in others if r[name]), None)

    tags = sorted({tag for row in others for tag in row["recording__tags"]})
    return {"title": first("recording__title"), "gear": first("recording__gear"), "tags": tags}


def shoes_from_gear(athlete_id: int, now: datetime, job_id: int | None = None) -> None:
    """A pair for each name that an export gives to what was worn on foot and that has none yet."""
    worn = (
        Recording.objects.filter(sport__in=[s.value for s in _FOOT])
        .exclude(gear=None)
        .exclude(gear="")
        .order_by("gear")
        .values_list("gear", flat=True)
        .distinct()
    )
    known = set(Shoe.objects.values_list("gear", flat=True))
    for gear in worn:
        if gear not in known:
            shoe = Shoe.objects.create(athlete_id=athlete_id, key=shoe_key(gear), gear=gear, job_id=job_id)
            ShoeRevision.objects.create(athlete_id=athlete_id, shoe=shoe, name=gear, recorded_at=now)


def shoe_key(gear: str) -> str:
    """The name outside the database of a pair that an export brought: the same on every machine."""
    return digest_bytes(gear.encode())[:16]


def remove_shoes(job_id: int) -> None:
    """Remove the pairs that an import made and that nobody has said anything about since. Inside `removing`."""
    for shoe in Shoe.objects.filter(job_id=job_id):
        described = ShoeRevision.objects.filter(shoe=shoe).count() > 1
        elsewhere = Recording.objects.filter(gear=shoe.gear).exclude(job_id=job_id).exists()
        if not described and not elsewhere and not ShoeAssignment.objects.filter(shoe=shoe).exists():
            shoe.delete()
