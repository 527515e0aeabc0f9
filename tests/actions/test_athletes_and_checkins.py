"""Settings, profile, check-ins: what is recorded, what is refused and why, and who sees it."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from niggle.actions import athletes, checkins, clock, sessions
from niggle.actions.athletes import Settings
from niggle.actions.maintenance import export_all
from niggle.core.body import Side
from niggle.core.checkin import Entry, Moment
from niggle.core.outcomes import Problem
from niggle.core.profile import Clearance, Cleared, KnownCondition, Mode
from niggle.core.session import Session, Sport
from niggle.store import mapping
from niggle.store.models import CheckInEntry, ClearanceFact, ProfileFact
from niggle.store.scopes import athlete_scope

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
FINDINGS = frozenset({"chest_pain"})


def given(athlete: int, now: datetime = NOW, today: date = TODAY, **plain: object) -> Entry | tuple[Problem, ...]:
    return checkins.record_checkin(athlete, plain, now, today, FINDINGS)


def fields(found: object) -> list[str]:
    assert isinstance(found, tuple), found
    return [p.field for p in found]


def test_the_local_runner_is_one_and_the_demo_runner_another() -> None:
    assert athletes.demo_athlete() is None
    local = athletes.local_athlete()
    assert athletes.local_athlete() == local
    assert athletes.new_demo_athlete() == athletes.demo_athlete() != local


def test_settings_have_defaults_and_change_one_by_one(athlete: int) -> None:
    assert athletes.get_settings(athlete) == Settings()
    assert athletes.change_settings(athlete, units="mi", keep_originals=True) == ()
    assert athletes.change_settings(athlete, name="A") == ()
    assert athletes.change_settings(athlete, clock=12) == (), "typed as clock=12 it is a number"
    assert athletes.get_settings(athlete).clock == "12"
    assert fields(athletes.change_settings(athlete, clock=True)) == ["clock"]
    assert athletes.get_settings(athlete) == Settings(units="mi", keep_originals=True, name="A", clock="12")
    assert athletes.get_settings(athletes.new_demo_athlete()) == Settings()


def test_a_wrong_setting_changes_nothing(athlete: int) -> None:
    assert fields(athletes.change_settings(athlete, units="furlong", name="A", colour="red")) == ["colour", "units"]
    assert athletes.get_settings(athlete) == Settings()


def test_the_latest_answer_holds_as_of_its_day(athlete: int) -> None:
    athletes.change_profile(athlete, {"sex": "female", "mass_kg": 60, "mode": "comeback"}, NOW - timedelta(days=30))
    athletes.change_profile(athlete, {"mass_kg": 58.5, "mode": None}, NOW)
    now, before, long_before = (athletes.get_profile(athlete, TODAY - timedelta(days=d)) for d in (0, 1, 31))
    assert (now.sex, now.mass_kg, now.mode) == ("female", 58.5, Mode.BUILD)
    assert (before.sex, before.mass_kg, before.mode) == ("female", 60.0, Mode.COMEBACK)
    assert long_before.sex is None


def test_the_same_answer_again_is_no_new_fact(athlete: int) -> None:
    for _ in range(2):
        athletes.change_profile(athlete, {"born_on": "1990-01-02"}, NOW)
    with athlete_scope(athlete):
        assert ProfileFact.objects.count() == 1


@pytest.mark.parametrize(("born_on", "taken"), [("2020-03-08", True), ("2020-03-09", False)])
def test_nobody_runs_before_she_is_born(athlete: int, born_on: str, taken: bool) -> None:
    run = Session(Sport.RUN, datetime(2020, 3, 8, 9, tzinfo=UTC), 0, distance_m=5000.0, timer_s=1800.0)
    sessions.store_sessions(athlete, [run], "manual", NOW)
    problems = athletes.change_profile(athlete, {"born_on": born_on, "sleep_h": 8}, NOW)
    assert [p.field for p in problems] == ([] if taken else ["born_on"])
    assert all("2020-03-08" in p.message and p.suggestion for p in problems)
    with athlete_scope(athlete):
        assert ProfileFact.objects.count() == (2 if taken else 0), "all or nothing"
    assert len(sessions.list_sessions(athlete)) == 1


@pytest.mark.parametrize(("born_on", "taken"), [("2026-05-01", True), ("2026-05-02", False)])
def test_nobody_checks_in_before_she_is_born(athlete: int, born_on: str, taken: bool) -> None:
    checkins.record_checkin(athlete, {"on": "2026-05-01"}, NOW, NOW.date())
    problems = athletes.change_profile(athlete, {"born_on": born_on}, NOW)
    assert [p.field for p in problems] == ([] if taken else ["born_on"])


@pytest.mark.parametrize(
    ("plain", "wrong"),
    [
        ({"born_on": "2026-05-05"}, ["born_on"]),
        ({"born_on": "1905-01-01"}, ["born_on"]),
        ({"born_on": "5 May"}, ["born_on"]),
        ({"mass_kg": 19.9}, ["mass_kg"]),
        ({"mass_kg": True}, ["mass_kg"]),
        ({"sex": "x", "mode": "y", "sleep_h": 25}, ["sex", "mode", "sleep_h"]),
        ({"osteoporosis": "yes"}, ["osteoporosis"]),
        ({"conditions": []}, ["conditions"]),
    ],
)
def test_a_wrong_answer_is_refused_with_all_others(athlete: int, plain: dict[str, object], wrong: list[str]) -> None:
    assert fields(athletes.change_profile(athlete, plain | {"cancer_history": False}, NOW)) == wrong
    assert athletes.get_profile(athlete, TODAY).cancer_history is None


def test_conditions_and_clearances(athlete: int) -> None:
    said = {"slug": "achilles_midportion", "site": "achilles", "side": "left", "since": "2026-04-01"}
    assert athletes.name_condition(athlete, said, NOW - timedelta(days=2)) == ()
    assert athletes.name_condition(athlete, said | {"improving": True}, NOW) == ()
    word = {"on": "2026-05-03", "by": "Physiotherapist"}
    assert athletes.record_clearance(athlete, word | {"lifts": "running"}, NOW) == ()
    profile = athletes.get_profile(athlete, TODAY)
    expected = KnownCondition("achilles_midportion", "achilles", Side.LEFT, date(2026, 4, 1), improving=True)
    assert profile.conditions == (expected,)
    assert profile.clearances == (Clearance(date(2026, 5, 3), "Physiotherapist", lifts=Cleared.RUNNING),)
    assert athletes.get_profile(athlete, TODAY - timedelta(days=1)).conditions[0].improving is None
    assert fields(athletes.name_condition(athlete, {"site": "acilles"}, NOW)) == ["slug", "site"]
    assert fields(athletes.record_clearance(athlete, {"on": "2027-01-01", "lifts": "running"}, NOW)) == ["on", "by"]
    assert fields(athletes.record_clearance(athlete, word, NOW)) == ["lifts"]  # cleared for what?
    assert fields(athletes.record_clearance(athlete, word | {"lifts": "jogging"}, NOW)) == ["lifts"]
    assert fields(athletes.record_clearance(athlete, word | {"lifts": "weight", "restricts": True}, NOW)) == ["lifts"]


def test_a_clearance_from_before_anybody_asked_is_one_for_running(athlete: int) -> None:
    with athlete_scope(athlete):
        ClearanceFact.objects.create(athlete_id=athlete, on=TODAY, by="Dr Lang", site="shin_inner", recorded_at=NOW)
    (word,) = athletes.get_profile(athlete, TODAY).clearances
    assert (word.lifts, word.for_running, word.weight_only) == (None, True, False)


@pytest.mark.parametrize("lifts", Cleared)
def test_what_was_cleared_is_in_the_export(athlete: int, tmp_path: Path, lifts: Cleared) -> None:
    assert athletes.record_clearance(athlete, {"on": "2026-05-03", "by": "Dr Lang", "lifts": lifts.value}, NOW) == ()
    export_all(athlete, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        (row,) = archive.read("facts/clearances.jsonl").decode().splitlines()
    assert json.loads(row)["lifts"] == lifts.value


def test_an_entry_is_kept_as_given(athlete: int) -> None:
    entry = given(
        athlete, site="knee_front", side="left", moment="evening", pain_evening=4, limp=True, quality="dull",
        findings={"chest_pain": False},
    )  # fmt: skip
    assert isinstance(entry, Entry)
    assert (entry.on, entry.recorded_at, entry.moment) == (TODAY, NOW, Moment.EVENING)
    assert checkins.list_entries(athlete, TODAY, TODAY) == (entry,)
    assert checkins.list_entries(athlete, TODAY + timedelta(days=1), TODAY + timedelta(days=9)) == ()


@pytest.mark.parametrize(
    ("plain", "wrong"),
    [
        ({"site": "knee_front", "pain_max": 11}, ["pain_max"]),
        ({"site": "kneee"}, ["site"]),
        ({"on": "2026-05-05"}, ["on"]),
        ({"on": "1990-05-02"}, ["on"]),
        ({"session_id": "none"}, ["session_id"]),
        ({"corrects": "none"}, ["corrects"]),
        ({"findings": {"no_such": True}}, ["findings.no_such"]),
    ],
    ids=["pain 11", "unknown site", "tomorrow", "before birth", "no session", "no entry", "no such question"],
)
def test_a_wrong_entry_is_refused_and_nothing_kept(athlete: int, plain: dict[str, object], wrong: list[str]) -> None:
    athletes.change_profile(athlete, {"born_on": "1990-05-03"}, NOW)
    assert fields(given(athlete, **plain)) == wrong
    with athlete_scope(athlete):
        assert not CheckInEntry.objects.exists()


@pytest.mark.parametrize("now", [NOW.replace(hour=23, minute=30), NOW.replace(hour=0, minute=30)])
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_her_own_day_counts_not_that_of_greenwich(athlete: int, now: datetime, days: int) -> None:
    today = TODAY + timedelta(days=days)
    entry = given(athlete, now, today)
    assert isinstance(entry, Entry)
    assert (entry.on, entry.recorded_at) == (today, now)
    assert fields(given(athlete, now, today, on=(today + timedelta(days=1)).isoformat())) == ["on"]


def test_old_warnings_are_still_found(athlete: int) -> None:
    days = {name: TODAY - timedelta(days=500 + n) for n, name in enumerate(("finding", "limp", "acute", "pain"))}
    given(athlete, on=days["finding"].isoformat(), findings={"chest_pain": True})
    given(athlete, on=days["limp"].isoformat(), site="achilles", limp=True)
    given(athlete, on=days["acute"].isoformat(), site="calf_inner", acute=True)
    given(athlete, on=days["pain"].isoformat(), site="achilles", pain_max=2)
    with athlete_scope(athlete):
        found = mapping.load_entries(TODAY - timedelta(days=400), TODAY, warnings_before=True)
        assert {e.on for e in found} == {days["finding"], days["limp"], days["acute"]}
        assert mapping.load_entries(TODAY - timedelta(days=400), TODAY) == ()


def test_a_stranger_neither_sees_nor_corrects(athlete: int) -> None:
    entry = given(athlete, site="achilles", pain_max=3)
    assert isinstance(entry, Entry)
    stranger = athletes.new_demo_athlete()
    assert checkins.list_entries(stranger, TODAY, TODAY) == ()
    assert fields(given(stranger, corrects=entry.id)) == ["corrects"]
    assert isinstance(given(athlete, site="achilles", pain_max=2, corrects=entry.id), Entry)


def test_the_clock_gives_aware_instants() -> None:
    assert clock.now().tzinfo is not None
    assert clock.end_of(TODAY).date() == TODAY
