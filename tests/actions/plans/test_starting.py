"""Starting a plan: what stands in the way is named, and nothing is written then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from niggle.actions import athletes
from niggle.actions.model import knowledge
from niggle.actions.plans.races import add_race, drop_race
from niggle.actions.plans.starting import Refused, amend_plan, end_plan, start_plan
from niggle.actions.today import decide_today, gather
from niggle.core.outcomes import Problem, Urgency
from niggle.core.plan import PlanEnd, PlanStart, Race
from niggle.core.rehab import too_serious
from niggle.store.models import PlanFact
from niggle.store.scopes import athlete_scope

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ON = date(2026, 5, 4)
ACHILLES = {"condition": "achilles-tendinopathy-midportion", "side": "left"}


def rows(athlete: int) -> int:
    with athlete_scope(athlete):
        return int(PlanFact.objects.count())


def started(athlete: int, **plain: object) -> PlanStart:
    found = start_plan(athlete, plain, NOW)
    assert isinstance(found, PlanStart), found
    return found


def fields(refused: object) -> dict[str, str]:
    assert isinstance(refused, Refused)
    return {p.field: f"{p.message} | {p.suggestion}" for p in refused.problems}


def test_a_plan_is_in_the_day_from_the_moment_it_begins(athlete: int) -> None:
    plan = started(athlete, **ACHILLES)
    decision = decide_today(athlete, ON).decision
    assert [p.plan for p in decision.plan] == [plan.id]
    assert decision.tasks
    assert not any(t.allowed for t in decision.tasks if t.kind.startswith("run")), "no check-in, no run"


def test_a_place_in_place_of_a_name_gets_the_commonest_of_it_and_no_disease_of_childhood(athlete: int) -> None:
    says = fields(start_plan(athlete, {"condition": "sore heel", "side": "left"}, NOW))["condition"]
    assert "plantar-fasciitis" in says
    assert "severs-disease" not in says
    assert "niggle triage" in says
    says = fields(start_plan(athlete, {"condition": "groin pain", "side": "left"}, NOW))["condition"]
    assert "adductor-strain" in says
    assert "sports-hernia" in says
    assert "medial-tibial" in fields(start_plan(athlete, {"condition": "shin splits"}, NOW))["condition"]


def test_what_was_known_of_it_before_the_plan_is_still_so(athlete: int) -> None:
    since = ON - timedelta(days=21)
    named = {"slug": ACHILLES["condition"], "site": "achilles", "side": "left", "since": since,
             "seen_by_professional": True, "improving": False}  # fmt: skip
    assert athletes.name_condition(athlete, named, NOW - timedelta(days=2)) == ()
    plan = started(athlete, **ACHILLES)
    assert plan.hurts_since == since
    (kept,) = athletes.get_profile(athlete, ON).conditions
    assert (kept.since, kept.seen_by_professional, kept.improving) == (since, True, False)


def test_her_own_day_wins_over_the_one_that_was_known(athlete: int) -> None:
    named = {"slug": ACHILLES["condition"], "site": "achilles", "side": "left", "since": ON - timedelta(days=21)}
    assert athletes.name_condition(athlete, named, NOW - timedelta(days=2)) == ()
    told = (ON - timedelta(days=40)).isoformat()
    assert started(athlete, **ACHILLES, hurts_since=told).hurts_since == ON - timedelta(days=40)


def test_any_name_of_the_condition_will_do(athlete: int) -> None:
    assert started(athlete, condition="Achilles tendonitis", side="right").condition == ACHILLES["condition"]


@pytest.mark.parametrize(
    ("plain", "field", "says"),
    [
        ({"condition": "achiles-tendinopathy-midportion", "side": "left"}, "condition", "did you mean"),
        ({"side": "left"}, "condition", "missing"),
        ({"condition": ACHILLES["condition"]}, "side", "left, right or both"),
        ({**ACHILLES, "side": "up"}, "side", "one of"),
        ({**ACHILLES, "site": "knee_front"}, "site", "does not sit"),
        ({**ACHILLES, "grade": "2"}, "grade", "no grade"),
        ({"condition": "calf-strain", "side": "left", "grade": "9"}, "grade", "one of"),
        ({**ACHILLES, "hurts_since": "2026-05-05"}, "hurts_since", "future"),
        ({**ACHILLES, "race_on": "2026-05-03", "race_km": 10}, "race_on", "is over"),
        ({**ACHILLES, "race_on": "2026-06-03"}, "race_km", "missing"),
        ({**ACHILLES, "race_on": "2026-06-03", "race_km": -1}, "race_km", "0.1"),
        ({**ACHILLES, "before_week_km": 900}, "before_week_km", "500"),
        ({**ACHILLES, "colour": "red"}, "colour", "no field"),
        ({"condition": "calf-strain", "side": "left", "grade": "2", "half_start": True}, "half_start", "lightest"),
        ({**ACHILLES, "running": False, "last_run_on": "2026-04-19", "half_start": True}, "half_start", "2 weeks"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(
    athlete: int, plain: dict[str, object], field: str, says: str
) -> None:
    problems = fields(start_plan(athlete, plain, NOW))
    assert says in problems[field]
    assert rows(athlete) == 0


def test_two_plans_for_one_place_are_one_too_many(athlete: int) -> None:
    first = started(athlete, **ACHILLES)
    problems = fields(start_plan(athlete, {**ACHILLES, "side": "both"}, NOW))
    assert first.id in problems["condition"]
    assert rows(athlete) == 1
    started(athlete, **{**ACHILLES, "side": "right"})  # the other leg is another place


def test_a_bone_waits_for_its_clearance_and_care_is_named(athlete: int) -> None:
    plain = {"condition": "metatarsal-stress-fracture", "side": "left"}
    refused = start_plan(athlete, plain, NOW)
    assert "clearance" in fields(refused)
    assert isinstance(refused, Refused)
    assert refused.see is not None
    assert refused.see.urgency >= Urgency.URGENT
    assert refused.see.see
    athletes.record_clearance(
        athlete, {"on": "2026-05-01", "by": "sports doctor", "lifts": "weight", "site": "metatarsals"}, NOW
    )
    assert started(athlete, **plain).condition == plain["condition"]


def test_a_high_risk_bone_waits_for_a_picture_too(athlete: int) -> None:
    plain = {"condition": "navicular-stress-fracture", "side": "left"}
    athletes.record_clearance(
        athlete, {"on": "2026-05-01", "by": "sports doctor", "lifts": "weight", "site": "navicular"}, NOW
    )
    assert "imaged" in fields(start_plan(athlete, plain, NOW))
    assert started(athlete, **plain, imaged=True).imaged is True


def test_the_place_of_a_bone_counts_and_a_newer_no_takes_a_yes_back(athlete: int) -> None:
    plain = {"condition": "bone-stress-injury", "side": "left", "site": "groin"}
    assert set(fields(start_plan(athlete, plain, NOW))) == {"clearance", "imaged"}
    athletes.record_clearance(
        athlete, {"on": "2026-05-01", "by": "sports doctor", "lifts": "weight", "site": "groin"}, NOW
    )
    assert set(fields(start_plan(athlete, plain, NOW))) == {"imaged"}
    no = {"on": "2026-05-03", "by": "sports doctor", "site": "groin", "restricts": True}
    athletes.record_clearance(athlete, no, NOW)
    refused = start_plan(athlete, plain | {"imaged": True}, NOW)
    assert set(fields(refused)) == {"clearance"}
    assert isinstance(refused, Refused)
    assert refused.see is not None
    athletes.record_clearance(
        athlete, {"on": "2026-05-04", "by": "sports doctor", "lifts": "weight", "site": "groin"}, NOW
    )
    assert started(athlete, **plain, imaged=True).site == "groin"
    assert decide_today(athlete, ON).decision.plan[0].locked not in ("imaging", "clearance")


@pytest.mark.parametrize(("word", "grade"), [("2", "grade_2"), ("III", "grade_3"), ("grade_1", "grade_1")])
def test_a_grade_is_understood_by_its_number(athlete: int, word: str, grade: str) -> None:
    plain = {"condition": "hamstring-strain", "side": "left", "grade": word}
    if grade == "grade_3":
        assert "clearance" in fields(start_plan(athlete, plain, NOW))
    else:
        assert started(athlete, **plain).grade == grade


@pytest.mark.parametrize("condition", ["cauda-equina-syndrome", "achilles-tendon-rupture", "septic-joint"])
def test_where_care_leads_there_is_no_plan(athlete: int, condition: str) -> None:
    refused = start_plan(athlete, {"condition": condition, "side": "left"}, NOW)
    assert isinstance(refused, Refused)
    assert refused.see is not None
    assert refused.see.urgency is Urgency.EMERGENCY
    assert rows(athlete) == 0


def test_a_race_comes_with_the_plan_or_by_itself_and_can_go(athlete: int) -> None:
    started(athlete, **ACHILLES, race_on="2026-07-05", race_km=21.1)
    added = add_race(athlete, {"on": "2026-05-04", "km": 5}, NOW)
    assert isinstance(added, Race)
    assert len(gather(athlete, ON).plan.races) == 2
    dropped = drop_race(athlete, added.id, NOW + timedelta(minutes=1))
    assert isinstance(dropped, Race)
    assert [r.dropped for r in gather(athlete, ON).plan.races] == [True, False]
    again = drop_race(athlete, added.id, NOW)
    assert isinstance(again, tuple)
    assert isinstance(again[0], Problem)


def test_an_ended_plan_leaves_the_day_and_stays_a_row(athlete: int) -> None:
    plan = started(athlete, **ACHILLES)
    wrong = end_plan(athlete, plan.id, "bored", NOW)
    assert isinstance(wrong, tuple)
    ended = end_plan(athlete, plan.id, "healed", NOW + timedelta(minutes=1))
    assert isinstance(ended, PlanEnd)
    assert decide_today(athlete, ON).decision.plan == ()
    assert rows(athlete) == 2
    assert isinstance(end_plan(athlete, plan.id, "healed", NOW), tuple), "a second time there is none to end"


def test_another_runner_neither_sees_nor_ends_it(athlete: int) -> None:
    plan = started(athlete, **ACHILLES)
    other = athletes.new_demo_athlete()
    assert gather(other, ON).plan.starts == ()
    assert isinstance(end_plan(other, plan.id, "healed", NOW), tuple)
    assert decide_today(athlete, ON).decision.plan != ()


def test_half_a_week_is_kept_with_the_plan_and_can_be_taken_back(athlete: int) -> None:
    plan = started(athlete, condition="calf-strain", side="left", grade="1", half_start=True)
    assert plan.half_start
    assert gather(athlete, ON).plan.starts == (plan,)
    back = amend_plan(athlete, plan.id, {"half_start": False}, NOW)
    assert isinstance(back, PlanStart)
    assert not back.half_start
    again = amend_plan(athlete, plan.id, {"half_start": True, "grade": "2"}, NOW)
    assert isinstance(again, tuple)
    assert [p.field for p in again] == ["half_start"]
    assert gather(athlete, ON).plan.starts == (back,)
    assert amend_plan(athlete, plan.id, {"half_start": True}, NOW) == plan


def test_a_graver_grade_told_later_closes_half_a_week_again(athlete: int) -> None:
    plan = started(athlete, condition="calf-strain", side="left", grade="1", half_start=True)
    graver = amend_plan(athlete, plan.id, {"grade": "2"}, NOW)
    assert isinstance(graver, PlanStart)
    assert too_serious(knowledge().protocols["calf-strain"], graver) == "grade"
