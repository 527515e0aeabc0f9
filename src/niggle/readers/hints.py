"""An archive's own table against the files in it: what the table adds, and what stands when there is no file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from niggle.core.session import Note, ReadItem, Refusal, Session, Sport, is_run
from niggle.core.session.limits import EARLIEST_UNIX_S, MAX_TIMER_S
from niggle.core.units import S_PER_DAY
from niggle.readers.contract import Hints

_EARLIEST: Final = datetime.fromtimestamp(EARLIEST_UNIX_S, UTC)


def lay(hints: Hints, items: Sequence[ReadItem]) -> list[ReadItem]:
    """Fills what a file left open. A file with several legs takes only what holds for all of them."""
    sessions = sum(isinstance(item, Session) for item in items)
    laid: list[ReadItem] = []
    for item in items:
        if isinstance(item, Session):
            laid.append(_over_one(hints, item) if sessions == 1 else _over_leg(hints, item))
        elif item.code == "no_date" and sessions == 0 and hints.start_utc is not None:
            note = Note(
                "from_table", f"the file's clock was never set ({item.message}); date and totals are the table's"
            )
            laid.append(session_from(hints, item.name or "", None, (note,)))
        else:
            laid.append(item)
    return laid


def _over_leg(hints: Hints, session: Session) -> Session:
    return replace(
        session,
        title=session.title or hints.title,
        external_id=session.external_id or hints.external_id,
        utc_offset_s=hints.utc_offset_s if session.utc_offset_s is None else session.utc_offset_s,
        tags=session.tags | hints.tags,
    )


def _over_one(hints: Hints, session: Session) -> Session:
    def first(stated: float | None, hint: float | None) -> float | None:
        return hint if stated is None else stated

    sport, note = _sport(hints.sport, session.sport)
    return replace(
        _over_leg(hints, session),
        sport=sport,
        # Title and gear are what the runner wrote in the service; a file's own title is seldom more than "Morning Run".
        title=hints.title or session.title,
        gear=hints.gear or session.gear,
        distance_m=first(session.distance_m, hints.distance_m),
        moving_s=first(session.moving_s, hints.moving_s),
        elapsed_s=first(session.elapsed_s, hints.elapsed_s),
        ascent_m=first(session.ascent_m, hints.ascent_m),
        descent_m=first(session.descent_m, hints.descent_m),
        notes=session.notes + note,
    )


def _sport(stated: Sport | None, read: Sport) -> tuple[Sport, tuple[Note, ...]]:
    """The file's sport, sharpened or corrected by the table's.

    Services copy the sport from the file and let their user correct it: where both are known and differ beyond the kind
    of run, the table holds what a person changed, so it wins, and a Note says so.
    """
    if stated is None or stated is Sport.OTHER or stated is read:
        return read, ()
    if read is Sport.OTHER:
        return stated, ()
    if is_run(read) and is_run(stated):
        return (stated if read is Sport.RUN else read), ()
    return stated, (Note("sport_from_table", f"the file says {read.value}, the archive's table {stated.value}"),)


def session_from(hints: Hints, name: str, place: str | None, notes: tuple[Note, ...] = ()) -> ReadItem:
    """A Session without streams from a table's row, or why it cannot be one."""
    if hints.start_utc is None:
        return Refusal("no_date", "the row has no date that can be read", place, "correct the date in the table", name)
    if hints.start_utc < _EARLIEST:
        day = hints.start_utc.date().isoformat()
        return Refusal("implausible_date", f"starts on {day}", place, "correct the date in the table", name)
    lasting_s = hints.elapsed_s if hints.moving_s is None else hints.moving_s
    if lasting_s is not None and lasting_s > MAX_TIMER_S:
        return Refusal(
            "too_long",
            f"lasts more than {MAX_TIMER_S / S_PER_DAY:g} days",
            place,
            "correct the duration in the table",
            name,
        )
    if not hints.distance_m and not hints.moving_s and not hints.elapsed_s:
        return Refusal("no_distance_no_time", "neither distance nor duration", place, "add one of them", name)
    return Session(
        sport=hints.sport or Sport.OTHER,
        start_utc=hints.start_utc,
        utc_offset_s=hints.utc_offset_s,
        distance_m=hints.distance_m,
        moving_s=hints.moving_s,
        elapsed_s=hints.elapsed_s,
        ascent_m=hints.ascent_m,
        descent_m=hints.descent_m,
        title=hints.title,
        gear=hints.gear,
        external_id=hints.external_id,
        tags=hints.tags,
        notes=notes,
    )
