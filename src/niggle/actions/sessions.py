"""Sessions: the list and one of them, what the runner says of it, and those she types in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction

from niggle.actions import making, recordings
from niggle.actions.given import Given
from niggle.actions.model import model
from niggle.core.history import History, Surface, Tag
from niggle.core.outcomes import Problem
from niggle.core.session import RUN_SPORTS, Note, Session, Sport, Streams
from niggle.store import mapping, streams
from niggle.store.models import Recording, RecordingLoad, SessionLabel
from niggle.store.scopes import athlete_scope

LONGEST_S: Final = 31 * 86400.0
FARTHEST_M: Final = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Listed:
    """One run in the list. None: not known. `recordings`: how many sources told of it."""

    id: str
    sport: Sport
    start_utc: datetime
    on: date
    utc_offset_s: int | None
    title: str | None
    distance_m: float | None
    timer_s: float | None
    moving_s: float | None
    ascent_m: float | None
    descent_m: float | None
    avg_heart_rate_bpm: float | None
    tags: frozenset[Tag]
    surface: Surface | None
    low_side: str | None
    shoe: str | None
    has_streams: bool

    @property
    def duration_s(self) -> float | None:
        """Timer time, else moving time."""
        return self.timer_s if self.timer_s is not None else self.moving_s


@dataclass(frozen=True, slots=True)
class Source:
    """One recording of a run, as one source told it."""

    id: str
    source: str
    file_name: str
    speaks: bool
    import_id: int | None
    records: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One run whole. streams: None where none were recorded, or where they are lost: `streams_problem` says so."""

    listed: Listed
    session: Session
    streams: Streams | None
    streams_problem: str | None
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]


def sports_of(sport: str | None) -> frozenset[Sport] | None:
    """ "runs" for every kind of run, else one sport's name; None for all. Raises ValueError for anything else."""
    if sport is None or sport == "all":
        return None
    return RUN_SPORTS if sport in ("run", "runs") else frozenset({Sport(sport)})


def list_sessions(
    athlete_id: int, first: date | None = None, last: date | None = None, sport: str | None = None
) -> tuple[Listed, ...]:
    """Runs and other sessions of those days, newest first."""
    wanted = sports_of(sport)
    with athlete_scope(athlete_id):
        history = mapping.load_history(first, last, worn_before=False)
        rows = _rows(list(history.ids) if len(history) <= 500 else None)
    listed = [
        _listed(history, index, rows[key])
        for index, key in enumerate(history.ids)
        if wanted is None or Sport(rows[key]["sport"]) in wanted
    ]
    return tuple(reversed(listed))


_COLUMNS: Final = (
    "key", "sport", "start_utc", "local_date", "utc_offset_s", "distance_m", "timer_s", "moving_s", "ascent_m",
    "descent_m", "avg_heart_rate_bpm", "records", "load__title",
)  # fmt: skip


def _rows(keys: list[str] | None) -> dict[str, dict[str, Any]]:
    rows = Recording.objects.all() if keys is None else Recording.objects.filter(key__in=keys)
    return {row["key"]: row for row in rows.values(*_COLUMNS)}


def _listed(history: History, index: int, row: Mapping[str, Any]) -> Listed:
    return Listed(
        id=row["key"],
        sport=Sport(row["sport"]),
        start_utc=row["start_utc"],
        on=row["local_date"],
        utc_offset_s=row["utc_offset_s"],
        title=row["load__title"],
        distance_m=row["distance_m"],
        timer_s=row["timer_s"],
        moving_s=row["moving_s"],
        ascent_m=row["ascent_m"],
        descent_m=row["descent_m"],
        avg_heart_rate_bpm=row["avg_heart_rate_bpm"],
        tags=history.tags[index],
        surface=history.surface[index],
        low_side=history.low_side[index],
        shoe=history.shoe[index],
        has_streams=row["records"] > 0,
    )


def get_session(athlete_id: int, session_id: str) -> Shown | None:
    """One run with its streams, or None where she has none of that id. A duplicate's id shows the run it is of."""
    with athlete_scope(athlete_id):
        found = Recording.objects.filter(key=session_id).select_related("load").first()
        if found is None:
            return None
        speaker_id = found.load.duplicate_of_id or found.pk
        row = found if found.pk == speaker_id else Recording.objects.get(pk=speaker_id)
        day = row.local_date
        history = mapping.load_history(day, day, worn_before=False)
        listed = _listed(history, history.ids.index(row.key), _rows([row.key])[row.key])
        duplicates = RecordingLoad.objects.filter(duplicate_of=speaker_id).values_list("recording_id", flat=True)
        of_run = Recording.objects.filter(pk__in=[speaker_id, *duplicates]).order_by("pk")
        sources = tuple(Source(r.key, r.source, r.file_name, r.pk == speaker_id, r.job_id, r.records) for r in of_run)
    columns, problem = None, None
    if row.streams_digest:
        try:
            columns = streams.read(row.streams_digest)
        except streams.StreamsLost as fault:
            problem = str(fault)
    notes = tuple(Note(n["code"], n["message"], n["place"]) for n in row.notes)
    return Shown(listed, mapping.session_of(row, columns), columns, problem, sources, notes)


def label_session(
    athlete_id: int,
    session_id: str,
    now: datetime,
    tags: Iterable[str] | None = None,
    surface: str | None = None,
    low_side: str | None = None,
) -> tuple[Problem, ...]:
    """Say what a session was. tags None: as the source says. The last word holds; earlier ones are kept."""
    plain = {"tags": None if tags is None else list(tags), "surface": surface, "low_side": low_side}
    given = Given(plain, plain)
    values = _label(given)
    with athlete_scope(athlete_id):
        row = Recording.objects.filter(key=session_id).values_list("pk", flat=True).first()
        if row is None:
            given.wrong("session_id", f"there is no session {session_id!r}", "see niggle sessions")
        if given.problems:
            return tuple(given.problems)
        SessionLabel.objects.create(athlete_id=athlete_id, recording_id=row, recorded_at=now, **values)
    return ()


def label_problems(**said: Any) -> tuple[Problem, ...]:
    """What is wrong with a label (tags, surface, low_side), before anything is stored."""
    given = Given(said, ("tags", "surface", "low_side"))
    _label(given)
    return tuple(given.problems)


def _label(given: Given) -> dict[str, Any]:
    return {
        "tags": given.choices("tags", tuple(Tag)),
        "surface": given.choice("surface", tuple(Surface)),
        "low_side": given.choice("low_side", ("left", "right")),
    }


def label_sessions(
    athlete_id: int,
    session_ids: Iterable[str],
    now: datetime,
    *,
    tags: Iterable[str] | None = None,
    surface: str | None = None,
    low_side: str | None = None,
) -> list[Listed] | tuple[Problem, ...]:
    """Change what is named of several sessions and leave the rest ("none" takes away). All or none of them."""
    said: dict[str, Any] = {} if tags is None else {"tags": list(tags)}
    said |= {k: v for k, v in (("surface", surface), ("low_side", low_side)) if v is not None}
    problems = list(label_problems(**{k: v for k, v in said.items() if v != "none"}))
    wanted = list(dict.fromkeys(session_ids))
    with athlete_scope(athlete_id), transaction.atomic():
        found = {key: shown.listed for key in wanted if (shown := get_session(athlete_id, key)) is not None}
        problems += [
            Problem("session_ids", f"there is no session {key!r}", "see niggle sessions")
            for key in wanted
            if key not in found
        ]
        if problems:
            return tuple(problems)
        for listed in found.values():
            was = {"tags": sorted(listed.tags), "surface": listed.surface, "low_side": listed.low_side}
            new = {k: None if v == "none" else v for k, v in (was | said).items()}
            label_session(athlete_id, listed.id, now, **new)
        return [shown.listed for key in wanted if (shown := get_session(athlete_id, key)) is not None]


_MANUAL: Final = (
    "sport", "start", "distance_m", "duration_s", "ascent_m", "descent_m", "avg_heart_rate_bpm", "title", "gear",
    "tags",
)  # fmt: skip


def add_manual(athlete_id: int, plain: Mapping[str, Any], now: datetime) -> Listed | tuple[Problem, ...]:
    """A session typed in: sport, start (ISO 8601 with offset), distance_m or duration_s, and what else is known."""
    given = Given(plain, _MANUAL)
    sport = given.choice("sport", tuple(Sport)) or Sport.RUN.value
    start = given.moment("start")
    distance_m = given.number("distance_m", 0.0, FARTHEST_M)
    duration_s = given.number("duration_s", 0.0, LONGEST_S)
    ascent_m, descent_m = given.number("ascent_m", 0.0, 20_000.0), given.number("descent_m", 0.0, 20_000.0)
    heart_rate = given.number("avg_heart_rate_bpm", 25.0, 240.0)
    title, gear = given.text("title", 500), given.text("gear", 255)
    tags = given.choices("tags", tuple(Tag)) or []
    if start is None and not given.problems:
        given.wrong("start", "the start is missing", "for example 2026-05-04T07:30:00+02:00")
    if start is not None and start > now:
        given.wrong("start", f"{start.isoformat()} is in the future", "what is planned goes into whatif")
    if not distance_m and not duration_s and not given.problems:
        given.wrong("distance_m", "neither distance nor duration", "give one of them")
    if given.problems or start is None:
        return tuple(given.problems)
    offset = start.utcoffset() or timedelta(0)
    session = Session(
        sport=Sport(sport),
        start_utc=start.astimezone(UTC),
        utc_offset_s=int(offset.total_seconds()),
        distance_m=distance_m,
        timer_s=duration_s,
        moving_s=duration_s,
        elapsed_s=duration_s,
        ascent_m=ascent_m,
        descent_m=descent_m,
        avg_heart_rate_bpm=heart_rate,
        title=title,
        gear=gear,
        tags=frozenset(tags),
    )
    with athlete_scope(athlete_id):
        born_on = mapping.load_profile().born_on
        if born_on is not None and session.local_date < born_on:
            return (Problem("start", f"{session.local_date} is before the date of birth, {born_on}", "check the year"),)
        known = store_sessions(athlete_id, [session], "manual", now)
        if known:
            return (Problem("start", "this very session is there already", "nothing to do"),)
        history = mapping.load_history(session.local_date, session.local_date, worn_before=False)
        key = making.key_of(making.session_digest(session, ""), 0)
        row = Recording.objects.select_related("load").get(key=key)
        if row.load.duplicate_of_id is not None:  # a file tells of the same run, and speaks for it
            row = Recording.objects.get(pk=row.load.duplicate_of_id)
        listed = _listed(history, history.ids.index(row.key), _rows([row.key])[row.key])
    from niggle.actions.plans.weeks import make_again  # what follows from a run, not what writes one

    make_again(athlete_id, now)
    return listed


def store_sessions(athlete_id: int, given: Iterable[Session], source: str, now: datetime) -> int:
    """Store sessions that come without a file, in this process. Returns how many were there already."""
    made = [making.make(session, model(), source) for session in given]
    with athlete_scope(athlete_id):
        digests = set(Recording.objects.values_list("content_digest", flat=True))
        new = list({m.identity: m for m in made if m.identity[0] not in digests}.values())
        try:
            with transaction.atomic():
                recordings.store(athlete_id, new, model().digest, now)
                recordings.settle(athlete_id)
                recordings.shoes_from_gear(athlete_id, now)
        except IntegrityError:  # another process stored the same one meanwhile
            return store_sessions(athlete_id, given, source, now)
    return len(made) - len(new)
