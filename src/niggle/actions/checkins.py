"""Check-ins: recorded as given, never changed. A correction is a new entry that names the one it replaces."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from niggle.core.checkin import Entry, entry_to_plain, fold, parse_entry
from niggle.core.outcomes import Problem
from niggle.core.red_flags import questions
from niggle.core.triage.day_word import day_questions
from niggle.store import mapping
from niggle.store.models import CheckInEntry, Recording
from niggle.store.scopes import athlete_scope
from niggle.wording.interview import RanLately, later_warnings

# Answers that do not grow old with the days: whoever decides wants to see them however long ago they were given.
_WARNING_ANSWERS: Final = (
    "gait_changed", "limp", "swelling", "unstable", "locking", "pop", "bone_spot_tender", "numb_tingle_weak", "bruise",
    "pain_at_rest", "night_pain", "limp_first_steps", "limp_walking", "daily_life_disturbed",
    "triage_emergency", "triage_urgent",
)  # fmt: skip


def record_checkin(
    athlete_id: int,
    plain: Mapping[str, Any],
    now: datetime,
    today: date,
    findings: Collection[str] | None = None,
    *,
    sure: bool = False,
) -> Entry | tuple[Problem, ...]:
    """Record one entry (keys as core.checkin.parse_entry), or say everything that is wrong with it.

    now: the instant it is given; today: the runner's calendar day then, the last one an entry may speak of.
    findings: the questions that exist; None: those of the installed knowledge, with the warnings that triage asks for.
    sure: she has confirmed that warning signs of the entry that this one corrects are not so.
    """
    if findings is None:
        from niggle.actions.model import knowledge

        findings = day_questions(knowledge())
    key = secrets.token_hex(8)
    with athlete_scope(athlete_id):
        # The parser's upper bound is a day in UTC; hers may be another one, so it is given the end of hers.
        bound = datetime.combine(today, time.max, UTC)
        born_on = mapping.load_profile().born_on
        entry = parse_entry(plain, id=key, recorded_at=bound, on=today, born_on=born_on, findings=findings)
        if not isinstance(entry, Entry):
            return entry
        entry = replace(entry, recorded_at=_after_what_it_corrects(entry, now.astimezone(UTC)))
        problems = _unknown_references(entry) or _unconfirmed(entry, sure)
        if problems:
            return problems
        CheckInEntry.objects.create(athlete_id=athlete_id, **entry_columns(entry))
    from niggle.actions.plans.weeks import make_again  # what follows from an entry, not what writes one

    make_again(athlete_id, now)
    return entry


def _after_what_it_corrects(entry: Entry, now: datetime) -> datetime:
    """Only what was there before can be corrected, also where a clock stood still or was put back in between."""
    old = None if entry.corrects is None else mapping.load_entry(entry.corrects)
    return now if old is None else max(now, old.recorded_at + timedelta(microseconds=1))


def _unknown_references(entry: Entry) -> tuple[Problem, ...]:
    problems = []
    if entry.session_id is not None and not Recording.objects.filter(key=entry.session_id).exists():
        problems.append(Problem("session_id", f"there is no session {entry.session_id!r}", "see niggle sessions"))
    if entry.corrects is not None:
        if not CheckInEntry.objects.filter(key=entry.corrects).exists():
            problems.append(Problem("corrects", f"there is no entry {entry.corrects!r}", "the id of an earlier entry"))
        by = CheckInEntry.objects.filter(plain__corrects=entry.corrects).values_list("key", flat=True).last()
        if by is not None:
            problems.append(Problem("corrects", f"{entry.corrects} was corrected already, by {by}", f"correct {by}"))
    return tuple(problems)


def _unconfirmed(entry: Entry, sure: bool) -> tuple[Problem, ...]:
    """A slip of the finger may be taken back, a warning sign only with a second word."""
    if entry.corrects is None or sure:
        return ()
    old = mapping.load_entry(entry.corrects)
    gone = () if old is None else tuple(name for name in warning_signs(old) if name not in warning_signs(entry))
    if not gone:
        return ()
    named = ", ".join(name.replace("_", " ") for name in gone)
    return (Problem("sure", f"This takes back a warning sign: {named}.", "Confirm that it is not so."),)


def warning_signs(entry: Entry) -> tuple[str, ...]:
    """What an entry says that old days must not hide: findings, signs and the sudden moment that were answered yes."""
    found = [name for name, yes in entry.answers.findings if yes]
    found += [name for name in _WARNING_ANSWERS if getattr(entry.answers, name)]
    return (*found, "acute") if entry.acute else tuple(found)


def entry_columns(entry: Entry) -> dict[str, Any]:
    """The columns of a CheckInEntry row."""
    return {
        "key": entry.id,
        "on": entry.on,
        "recorded_at": entry.recorded_at,
        "site": entry.site,
        "side": entry.side,
        "moment": entry.moment,
        "warns": bool(warning_signs(entry)),
        "plain": entry_to_plain(entry),
    }


def record_many(athlete_id: int, entries: Collection[Entry]) -> None:
    """Entries that are sound already (a restored export, the demo runner)."""
    with athlete_scope(athlete_id):
        rows = [CheckInEntry(athlete_id=athlete_id, **entry_columns(entry)) for entry in entries]
        CheckInEntry.objects.bulk_create(rows, batch_size=500)


def list_entries(athlete_id: int, first: date, last: date, *, warnings_before: bool = False) -> tuple[Entry, ...]:
    """Entries that speak of those days (warnings_before: and older ones that warn), in the order they were recorded."""
    with athlete_scope(athlete_id):
        return mapping.load_entries(first, last, warnings_before=warnings_before)


def get_entry(athlete_id: int, entry_id: str) -> Entry | None:
    """One entry, corrected or not; None where she has none of that id."""
    with athlete_scope(athlete_id):
        return mapping.load_entry(entry_id)


def ran_lately(athlete_id: int, today: date) -> RanLately:
    """Whether a run of that day and of the day before is recorded."""
    with athlete_scope(athlete_id):
        history = mapping.load_history(today - timedelta(days=1), today, worn_before=False)
    days = set(history.day[history.is_run].tolist())
    return RanLately(today.toordinal() in days, today.toordinal() - 1 in days)


def record_findings(
    athlete_id: int, entry: Entry, found: Mapping[str, bool], now: datetime, today: date
) -> Entry | tuple[Problem, ...]:
    """Answers to warning signs that were asked after an entry about a place: an entry of their own beside it."""
    plain: dict[str, Any] = {"on": entry.on.isoformat(), "site": entry.site, "findings": dict(found)}
    if entry.side is not None:
        plain["side"] = entry.side.value
    if entry.moment is not None:
        plain["moment"] = entry.moment.value
    return record_checkin(athlete_id, plain, now, today)


def warnings_for(
    athlete: int, entry: Entry, entries: tuple[Entry, ...], today: date
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(questions that the answers call for, others that could matter at that place), without what was answered."""
    from niggle.actions import athletes
    from niggle.actions.model import knowledge

    known = knowledge()
    assert entry.site is not None
    folded = next(c for c in fold(entries, until=today) if entry.id in c.entry_ids)
    answered = {name for name, _ in folded.answers.findings}
    called = questions(folded, athletes.get_profile(athlete, today), known)
    asked = tuple(n for n in called if n in known.questions and n not in answered)
    others = tuple(n for n in later_warnings(known, entry.site) if n not in asked and n not in answered)
    return asked, others
