"""Sessions by hand, what she says of them, shoes and who wore what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.actions.archives import ASKED_AT, session

from niggle.actions import athletes, sessions, shoes
from niggle.actions.model import knowledge
from niggle.core.history import Shoe, Surface, Tag
from niggle.core.session import Sport
from niggle.core.spikes import shoes as core_shoes
from niggle.store import mapping
from niggle.store.scopes import athlete_scope

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TYPED = {"start": "2026-05-03T07:30:00+02:00", "distance_m": 8000, "duration_s": 2700, "gear": "Blue"}


def typed(athlete: int, **changes: object) -> sessions.Listed:
    listed = sessions.add_manual(athlete, TYPED | changes, NOW)
    assert isinstance(listed, sessions.Listed), listed
    return listed


def problems(found: object) -> list[str]:
    assert isinstance(found, tuple), found
    return [p.field for p in found]


def test_a_session_typed_in(athlete: int) -> None:
    listed = typed(athlete, tags=["race"])
    assert listed.on == date(2026, 5, 3)
    assert listed.start_utc == datetime(2026, 5, 3, 5, 30, tzinfo=UTC)
    assert (listed.distance_m, listed.duration_s, listed.tags) == (8000.0, 2700.0, {Tag.RACE})
    assert sessions.list_sessions(athlete) == (listed,)
    (pair,) = shoes.list_shoes(athlete)
    assert (pair.shoe.name, pair.distance_m) == ("Blue", 8000.0)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"start": "2026-05-05T07:30:00+02:00"}, ["start"]),
        ({"start": "2026-05-03T07:30:00"}, ["start"]),
        ({"start": None}, ["start"]),
        ({"distance_m": None, "duration_s": None}, ["distance_m"]),
        ({"distance_m": -1}, ["distance_m"]),
        ({"distance_m": "8"}, ["distance_m"]),
        ({"sport": "chess", "avg_heart_rate_bpm": 300}, ["sport", "avg_heart_rate_bpm"]),
        ({"distanse_m": 5}, ["distanse_m"]),
    ],
    ids=["future", "no zone", "no start", "neither way nor time", "negative", "text", "two at once", "mistyped"],
)
def test_what_is_wrong_is_said_at_once(athlete: int, changes: dict[str, object], fields: list[str]) -> None:
    assert problems(sessions.add_manual(athlete, TYPED | changes, NOW)) == fields
    assert sessions.list_sessions(athlete) == ()


def test_before_birth_and_twice(athlete: int) -> None:
    athletes.change_profile(athlete, {"born_on": "1990-05-03"}, NOW)
    assert problems(sessions.add_manual(athlete, TYPED | {"start": "1990-05-02T07:00:00+00:00"}, NOW)) == ["start"]
    typed(athlete)
    assert problems(sessions.add_manual(athlete, TYPED, NOW)) == ["start"]
    assert len(sessions.list_sessions(athlete)) == 1


def test_the_last_word_on_a_session_holds_also_for_its_duplicate(athlete: int) -> None:
    one = session()
    sessions.store_sessions(athlete, [replace(one, streams=None, tags=frozenset({"race"}))], "manual", NOW)
    (before,) = sessions.list_sessions(athlete)
    assert before.tags == {Tag.RACE}
    assert sessions.label_session(athlete, before.id, NOW, ["easy"], "trail", "left") == ()
    sessions.store_sessions(athlete, [one], "fit", NOW)
    (after,) = sessions.list_sessions(athlete)
    assert after.id != before.id, "the recording with streams speaks now"
    assert (after.tags, after.surface, after.low_side) == ({Tag.EASY}, Surface.TRAIL, "left")
    assert sessions.label_session(athlete, after.id, NOW) == ()
    (last,) = sessions.list_sessions(athlete)
    assert (last.tags, last.surface) == ({Tag.RACE}, None), "as the source says again"


def test_a_label_must_be_known_and_hang_on_something(athlete: int) -> None:
    assert problems(sessions.label_session(athlete, "nothing", NOW, ["slow"], "moon")) == [
        "tags",
        "surface",
        "session_id",
    ]


def test_history_is_ordered_by_her_days_and_cut_at_them(athlete: int) -> None:
    base = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
    traveller = [
        replace(session(0, 2), start_utc=base, utc_offset_s=3600),  # local 2 May
        replace(session(1, 2), start_utc=base + timedelta(hours=1), utc_offset_s=-7 * 3600),  # local 1 May
        replace(session(2, 2), start_utc=base + timedelta(days=3), utc_offset_s=None),
    ]
    sessions.store_sessions(athlete, traveller, "fit", NOW)
    with athlete_scope(athlete):
        history = mapping.load_history()
        assert [date.fromordinal(d).day for d in history.day.tolist()] == [1, 2, 4]
        assert len(mapping.load_history(date(2026, 5, 2), date(2026, 5, 2))) == 1
        assert len(mapping.load_history(last=date(2026, 5, 1))) == 1
        assert history.doses.shape[0] == 3


def test_shoes_are_added_described_and_retired(athlete: int) -> None:
    made = shoes.save_shoe(athlete, {"name": "Red", "start_km": 120, "drop_mm": 8}, NOW)
    assert isinstance(made, Shoe)
    changed = shoes.save_shoe(athlete, {"id": made.id, "worn_flag": True}, NOW)
    assert isinstance(changed, Shoe)
    assert changed == replace(made, worn_flag=True), "what is not named stays"
    retired = shoes.retire_shoe(athlete, made.id, date(2026, 5, 1), NOW)
    assert isinstance(retired, Shoe)
    assert retired.retired_on == date(2026, 5, 1)
    assert problems(shoes.save_shoe(athlete, {"id": "none", "name": "x"}, NOW)) == ["id"]
    assert problems(shoes.save_shoe(athlete, {"start_km": -1}, NOW)) == ["start_km", "name"]


def test_her_word_goes_before_the_name_an_export_gives(athlete: int) -> None:
    listed = typed(athlete)
    red = shoes.save_shoe(athlete, {"name": "Red", "start_km": 100}, NOW)
    assert isinstance(red, Shoe)
    assert shoes.assign_shoe(athlete, [listed.id], red.id, NOW) == ()
    assert {p.shoe.name: p.distance_m for p in shoes.list_shoes(athlete)} == {"Red": 108_000.0, "Blue": 0.0}
    assert shoes.assign_shoe(athlete, [listed.id], None, NOW) == ()
    assert {p.shoe.name: p.runs for p in shoes.list_shoes(athlete)} == {"Red": 0, "Blue": 0}
    assert problems(shoes.assign_shoe(athlete, ["none"], "none", NOW)) == ["shoe_id", "session_ids"]


def test_lists_by_sport(athlete: int) -> None:
    sessions.store_sessions(
        athlete, [session(0, 2), session(1, 2, Sport.RIDE), session(2, 2, Sport.TRAIL)], "fit", ASKED_AT
    )
    assert [s.sport for s in sessions.list_sessions(athlete, sport="runs")] == [Sport.TRAIL, Sport.RUN]
    assert [s.sport for s in sessions.list_sessions(athlete, sport="ride")] == [Sport.RIDE]
    assert len(sessions.list_sessions(athlete)) == 3


def test_a_stranger_sees_and_touches_nothing(athlete: int) -> None:
    listed = typed(athlete)
    pair = shoes.list_shoes(athlete)[0].shoe
    stranger = athletes.new_demo_athlete()
    assert sessions.list_sessions(stranger) == ()
    assert sessions.get_session(stranger, listed.id) is None
    assert shoes.list_shoes(stranger) == ()
    assert problems(sessions.label_session(stranger, listed.id, NOW, ["race"])) == ["session_id"]
    assert problems(shoes.save_shoe(stranger, {"id": pair.id, "name": "mine"}, NOW)) == ["id"]
    assert problems(shoes.assign_shoe(stranger, [listed.id], pair.id, NOW)) == ["shoe_id", "session_ids"]


def test_a_pair_older_than_the_days_looked_at_keeps_its_way(athlete: int) -> None:
    """A decision sees 400 days; what a pair ran before, by gear or by her own word, is in its start."""
    on = date(2026, 5, 3)
    for start, gear in (
        ("2024-01-05", "Blue"), ("2024-02-05", "Blue"), ("2024-03-05", "Blue"), ("2024-03-06", None),
        ("2026-05-02", "Blue"),
    ):  # fmt: skip
        typed(athlete, start=f"{start}T07:30:00+01:00", gear=gear)
    (blue,) = (p.shoe.id for p in shoes.list_shoes(athlete))
    red = shoes.save_shoe(athlete, {"name": "Red", "start_km": 100, "first_used": "2023-01-01"}, NOW)
    assert isinstance(red, Shoe)
    by_day = {s.on: s.id for s in sessions.list_sessions(athlete)}
    gone, other = by_day[date(2024, 2, 5)], by_day[date(2024, 3, 6)]
    assert shoes.assign_shoe(athlete, [gone, other], red.id, NOW) == ()
    assert shoes.assign_shoe(athlete, [by_day[date(2024, 1, 5)]], None, NOW) == ()
    with athlete_scope(athlete):
        whole = mapping.load_history(None, on)
        part = mapping.load_history(on - timedelta(days=400), on)
        names = mapping.load_history(on - timedelta(days=400), on, worn_before=False)
    known = {s.id: s for s in part.shoes}
    assert len(part) == 1
    assert (known[blue].start_km, known[blue].first_used) == (8.0, date(2024, 3, 5))
    assert (known[red.id].start_km, known[red.id].first_used) == (116.0, date(2023, 1, 1))
    assert names.shoes == whole.shoes
    of = {s.shoe.id: s for s in core_shoes(whole, on, knowledge())}
    assert {s.shoe.id: s.distance_m for s in core_shoes(part, on, knowledge())} == {
        key: state.distance_m for key, state in of.items()
    }
