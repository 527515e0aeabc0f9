"""The demo runner: somebody to look at before there is anything of one's own. runs: her training; story: what she says;
plan: her heel.

She is an athlete of her own, so that nothing of hers ever mixes with the runner whose machine this is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from niggle.actions import athletes, checkins, sessions, shoes
from niggle.actions.demo import plan, story
from niggle.actions.demo.runs import runs
from niggle.actions.shown import is_empty
from niggle.core.checkin import Entry, parse_entry
from niggle.store import mapping
from niggle.store.models import CheckInEntry
from niggle.store.scopes import athlete_scope

STALE_DAYS = 2  # the story is about these days; older than this she is made anew


def create_demo(now: datetime, today: date) -> int:
    """The demo runner as of today, made anew where there is one already; her athlete id."""
    old = athletes.demo_athlete()
    if old is not None:
        from niggle.actions.maintenance import forget_athlete

        forget_athlete(old)
    athlete_id = athletes.new_demo_athlete()
    athletes.change_settings(athlete_id, name=story.NAME)
    _no_problems(athletes.change_profile(athlete_id, story.PROFILE, now - timedelta(days=400)))
    sessions.store_sessions(athlete_id, runs(today), "demo", now)
    with athlete_scope(athlete_id):
        made = {shoe.name: shoe.id for shoe in mapping.load_shoes()}
    for shoe in story.SHOES:
        given = dict(shoe) | ({"id": made[shoe["name"]]} if shoe["name"] in made else {})
        saved = shoes.save_shoe(athlete_id, given, now)
        if isinstance(saved, tuple):
            _no_problems(saved)
    checkins.record_many(athlete_id, _entries(now, today))
    plan.begin(athlete_id, now)
    plan.make_weeks(athlete_id, now, today)
    return athlete_id


def create_demo_if_empty(now: datetime, today: date) -> bool:
    """Make the demo runner while the local runner has nothing, unless there is a fresh one. True if one was made."""
    if not is_empty(athletes.local_athlete()):
        return False
    demo = athletes.demo_athlete()
    if demo is not None:
        with athlete_scope(demo):
            if CheckInEntry.objects.filter(on__gte=today - timedelta(days=STALE_DAYS)).exists():
                return False
    create_demo(now, today)
    return True


def _entries(now: datetime, today: date) -> list[Entry]:
    entries = []
    for number, (plain, told_at) in enumerate(story.check_ins(today)):
        entry = parse_entry(plain, id=f"demo{number:012}", recorded_at=min(told_at, now))
        if not isinstance(entry, Entry):
            _no_problems(entry)
        else:
            entries.append(entry)
    return entries


def _no_problems(problems: tuple[object, ...]) -> None:
    """The story is written here: a problem with it is a mistake of ours."""
    if problems:
        raise AssertionError(problems)
