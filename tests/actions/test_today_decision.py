"""Today from rows: one Case, one Decision, kept when something changed, the same again from the file alone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niggle.actions import athletes, checkins, sessions
from niggle.actions.model import knowledge
from niggle.actions.today import decide_today, decided_before, gather, kept_case, replay
from niggle.core.case import Case, case_from_plain, case_to_plain
from niggle.core.checkin import Entry, parse_entry
from niggle.core.history import empty_history
from niggle.core.outcomes import Light
from niggle.core.profile import Profile
from niggle.core.session.types import Session, Sport
from niggle.core.today import Activity, decide, decision_from_plain, decision_to_plain
from niggle.store.models import DecisionRow
from niggle.store.scopes import ScopeError, athlete_scope

TODAY = date(2026, 3, 28)
NOW = datetime(2026, 3, 28, 20, tzinfo=UTC)


def ran(athlete, *ago, km=8.0):
    start = datetime(2026, 3, 28, 7, tzinfo=UTC)
    made = [
        Session(Sport.RUN, start - timedelta(days=d), 0, km * 1000, km * 350, km * 350, km * 350) for d in ago
    ]  # fmt: skip
    sessions.store_sessions(athlete, made, "test", NOW)


def said(athlete, now=NOW, today=TODAY, **plain):
    entry = checkins.record_checkin(athlete, plain, now, today)
    assert isinstance(entry, Entry), entry
    return entry


def test_a_new_runner_gets_cannot_say_and_never_green(athlete):
    decision = decide_today(athlete, TODAY, NOW).decision
    assert decision.light is Light.CANNOT_SAY
    assert not decision.may_run
    assert decision.next_steps


def test_runs_without_a_check_in_are_not_green_either(athlete):
    ran(athlete, *range(2, 60, 2))
    assert decide_today(athlete, TODAY, NOW).decision.light is Light.CANNOT_SAY


def test_a_check_in_changes_the_light(athlete):
    ran(athlete, *range(2, 60, 2))
    said(athlete)
    assert decide_today(athlete, TODAY, NOW).decision.light is Light.GREEN
    said(athlete, site="knee_front", side="left", moment="after", pain_max=4, limp=False)
    assert decide_today(athlete, TODAY, NOW).decision.light is Light.YELLOW
    said(athlete, site="knee_front", side="left", moment="after", pain_max=4, limp=True)
    decision = decide_today(athlete, TODAY, NOW).decision
    assert decision.light is Light.RED
    assert Activity.EASY_RUN in decision.leave_out


def test_kept_once_and_again_only_when_something_changed(athlete):
    said(athlete)
    first = decide_today(athlete, TODAY, NOW).kept
    assert decide_today(athlete, TODAY, NOW + timedelta(minutes=1)).kept == first
    said(athlete, site="knee_front", side="left", moment="after", pain_max=4)
    second = decide_today(athlete, TODAY, NOW + timedelta(minutes=2)).kept
    assert second != first
    with athlete_scope(athlete):
        assert DecisionRow.objects.count() == 2
    assert [d.light for _, d in decided_before(athlete, TODAY, TODAY)] == [Light.YELLOW]


def test_looking_does_not_write(athlete):
    assert decide_today(athlete, TODAY, NOW, keep=False).kept is None
    assert decide_today(athlete, TODAY).kept is None
    with athlete_scope(athlete):
        assert not DecisionRow.objects.exists()


def test_what_was_kept_replays_to_what_was_said(athlete):
    ran(athlete, *range(1, 40, 2))
    said(athlete, site="achilles", side="left", moment="after", pain_max=5, built_up=True)
    decided = decide_today(athlete, TODAY, NOW)
    case = kept_case(athlete, decided.kept)
    assert case is not None
    assert decide(case, knowledge()) == decided.decision
    with athlete_scope(athlete):
        row = DecisionRow.objects.get()
    assert decision_from_plain(row.decision) == decided.decision
    assert row.light == "yellow"
    assert row.knowledge_digest == knowledge().digest


def test_the_case_as_a_file_gives_the_same_decision_without_rows(athlete):
    ran(athlete, *range(1, 40, 2))
    said(athlete, site="achilles", side="left", moment="after", pain_max=5, built_up=True)
    decided = decide_today(athlete, TODAY, NOW)
    text = json.dumps(case_to_plain(decided.case))
    assert replay(json.loads(text)) == decided.decision


def test_tomorrow_never_changes_today(athlete):
    ran(athlete, *range(2, 40, 2))
    said(athlete)
    before = decide_today(athlete, TODAY, keep=False).decision
    tomorrow, later = TODAY + timedelta(days=1), NOW + timedelta(days=1)
    sessions.store_sessions(athlete, [Session(Sport.RUN, later - timedelta(hours=2), 0, 30_000.0, 9_000.0)], "t", later)
    said(athlete, later, tomorrow, site="shin_inner", side="left", moment="after", pain_max=8)
    assert decide_today(athlete, TODAY, keep=False).decision == before
    assert decide_today(athlete, tomorrow, keep=False).decision.light is Light.RED


def test_a_day_long_ago_is_decided_from_its_own_past(athlete):
    ran(athlete, *range(2, 500, 3))
    old = TODAY - timedelta(days=300)
    case = gather(athlete, old)
    assert len(case.history)
    assert max(case.history.day) <= old.toordinal()


def test_nobody_elses_rows_are_in_a_case(athlete):
    other = athletes.new_demo_athlete()
    ran(other, *range(2, 40, 2))
    said(other, site="knee_front", side="left", moment="after", pain_max=9)
    case = gather(athlete, TODAY)
    assert len(case.history) == 0
    assert case.entries == ()
    assert decide_today(athlete, TODAY, NOW).decision.light is Light.CANNOT_SAY
    with pytest.raises(ScopeError):
        DecisionRow.objects.count()


PAIN = st.integers(0, 10).map(float)
PLAIN = st.fixed_dictionaries(
    {"site": st.sampled_from(["achilles", "knee_front", "shin_inner", "heel_under"]), "side": st.just("left")},
    optional={
        "moment": st.sampled_from(["after", "evening", "next_morning"]),
        "pain_max": PAIN,
        "pain_morning": PAIN,
        "limp": st.booleans(),
        "built_up": st.booleans(),
        "swelling": st.booleans(),
        "night_pain": st.booleans(),
        "stiffness": st.sampled_from(["better", "same", "worse"]),
        "baseline_by_24h": st.booleans(),
    },
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(PLAIN, st.integers(0, 20)), max_size=6), st.sampled_from(["monday", "sunday"]))
def test_replay_equals_decide(given_entries, week_starts):
    """A case that went through JSON text gives the same decision, and the decision survives JSON as well."""
    entries = []
    for number, (plain, ago) in enumerate(given_entries):
        on = TODAY - timedelta(days=ago)
        told = datetime(on.year, on.month, on.day, 20, tzinfo=UTC)
        entry = parse_entry({**plain, "on": on.isoformat()}, id=f"e{number}", recorded_at=told)
        assert isinstance(entry, Entry)
        entries.append(entry)
    case = Case(TODAY, empty_history(), tuple(entries), Profile(), week_starts, "1", knowledge().digest)
    decision = decide(case, knowledge())
    again = case_from_plain(json.loads(json.dumps(case_to_plain(case))))
    assert again.digest == case.digest
    assert decide(again, knowledge()) == decision
    assert decision_from_plain(json.loads(json.dumps(decision_to_plain(decision)))) == decision


def test_a_process_that_remembers_still_sees_every_change(athlete):
    """The shortcut for unchanged cases: every kind of input that changes makes a new row, going back makes one too."""
    ran(athlete, *range(2, 40, 2))
    said(athlete)
    kept = [decide_today(athlete, TODAY, NOW).kept]
    changes = (
        lambda: ran(athlete, 1, km=12.0),
        lambda: said(athlete, site="achilles", side="left", pain_max=3),
        lambda: athletes.change_profile(athlete, {"sleep_h": 6}, datetime(2026, 3, 28, 1, tzinfo=UTC)),
        lambda: athletes.change_settings(athlete, week_starts="sunday"),
        lambda: athletes.change_settings(athlete, week_starts="monday"),
        lambda: sessions.label_session(athlete, gather(athlete, TODAY).history.ids[-1], NOW, tags=["speed"]),
    )
    for change in changes:
        change()
        kept.append(decide_today(athlete, TODAY, NOW).kept)
        assert decide_today(athlete, TODAY, NOW).kept == kept[-1]
    assert len(set(kept)) == len(kept)


def test_a_row_that_is_gone_is_written_again(athlete):
    from niggle.store.models import removing

    said(athlete)
    first = decide_today(athlete, TODAY, NOW).kept
    with athlete_scope(athlete), removing("forget"):
        DecisionRow.objects.all().delete()
    again = decide_today(athlete, TODAY, NOW).kept
    with athlete_scope(athlete):
        assert list(DecisionRow.objects.values_list("pk", flat=True)) == [again]
    assert first is not None
