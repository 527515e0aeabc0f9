"""What the screen hands out besides the flags: order, locks, questions, scope; and that its index misses nothing."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.checkin.strategies import DAY_0, histories

from niggle.core.body import Side
from niggle.core.checkin import Answers, CheckIn, Entry, complaints, fold, series
from niggle.core.outcomes import OutsideScope, Urgency
from niggle.core.profile import Clearance, Profile
from niggle.core.red_flags import FACT_NAMES, hits_of, hits_with_course, locks, outside_scope, questions, screen
from niggle.core.red_flags.facts import COURSE, Limits, add_course, check_facts
from niggle.core.red_flags.screen import _too_early
from niggle.core.traffic_light import FACT_NAMES as LIGHT_FACT_NAMES
from niggle.knowledge import load

KNOWLEDGE = load()
NOBODY = Profile()


def said(site: str | None = "calf_inner", day: int = 0, acute: bool = False, **answers: object) -> CheckIn:
    side = Side.LEFT if site else None
    return CheckIn(DAY_0 + timedelta(days=day), site, side, Answers(**answers), (str(day),), None, acute)  # type: ignore[arg-type]


def findings(*names: str) -> tuple[tuple[str, bool], ...]:
    return tuple((name, True) for name in names)


def test_most_urgent_first() -> None:
    hits = screen([said(pain_max=6.0, limp=True, pop=True, findings=findings("dizzy"))], NOBODY, DAY_0, KNOWLEDGE)
    assert [h.urgency for h in hits] == sorted((h.urgency for h in hits), reverse=True)
    assert [h.rule for h in hits][:2] == ["RF-01", "RF-10"]


def test_a_hit_carries_its_referral() -> None:
    (hit,) = screen(
        [said("shin_inner", bone_spot_tender=True, findings=findings("tap_pain"))], NOBODY, DAY_0, KNOWLEDGE
    )
    assert (hit.rule, hit.site, hit.side, hit.on, hit.within_hours) == ("RF-12", "shin_inner", Side.LEFT, DAY_0, 72)
    assert hit.see
    assert hit.tests
    assert hit.locks
    assert hit.steps == ("RF-N1", "RF-N2", "RF-N3", "RF-N4", "RF-N5")
    assert hit.reason.fact("bone_spot_tender") is True
    assert hit.reason.sources == ("S0", "S1", "S3")


def test_only_the_newest_check_in_of_a_complaint_is_screened() -> None:
    told = [said(day=-2, limp=True, pain_max=2.0), said(day=0, limp=False, pain_max=1.0)]
    assert screen(told, NOBODY, DAY_0, KNOWLEDGE) == ()
    assert [h.rule for h in screen(told, NOBODY, DAY_0 - timedelta(days=1), KNOWLEDGE)] == ["RF-08"]


def test_a_check_in_of_last_week_is_screened_and_an_older_one_is_not() -> None:
    assert screen([said(day=-7, limp=True, pain_max=2.0)], NOBODY, DAY_0, KNOWLEDGE)
    assert not screen([said(day=-8, limp=True, pain_max=2.0)], NOBODY, DAY_0, KNOWLEDGE)


def cleared(day: int, **where: object) -> Profile:
    clearance = Clearance(DAY_0 + timedelta(days=day), "the clinic", **where)  # type: ignore[arg-type]
    return Profile(clearances=(clearance,))


def test_locks_hold_until_a_clearance_after_the_flag() -> None:
    told = [said("knee_deep", day=-5, locking=True, pain_max=2.0), said("knee_deep", day=-1, pain_max=0.0)]

    def locked(profile: Profile) -> list[str]:
        return [lock.rule for lock in locks(told, profile, DAY_0, KNOWLEDGE)]

    both = ["RF-17", "RF-18"]
    assert locked(NOBODY) == both
    assert locked(cleared(-6)) == both
    assert locked(cleared(-5)) == []
    assert locked(cleared(-1, site="knee_deep", side=Side.LEFT)) == []
    assert locked(cleared(-1, site="knee_deep", side=Side.BOTH)) == []
    assert locked(cleared(-1, site="knee_front", side=Side.LEFT)) == both
    assert locked(cleared(-1, restricts=True)) == both
    assert locked(cleared(-3, until=DAY_0 - timedelta(days=1))) == both
    assert locked(cleared(1)) == both
    assert {lock.since for lock in locks(told, NOBODY, DAY_0, KNOWLEDGE)} == {DAY_0 - timedelta(days=5)}


def test_a_clearance_of_the_very_day_counts_from_the_next() -> None:
    told = [said("knee_deep", locking=True, pain_max=2.0)]
    assert locks(told, cleared(0), DAY_0, KNOWLEDGE)
    assert not locks(told, cleared(0), DAY_0 + timedelta(days=1), KNOWLEDGE)


def test_outside_scope() -> None:
    assert outside_scope(said("belly", pain_max=2.0)) == OutsideScope("belly")
    assert outside_scope(said("calf_inner", pain_max=2.0)) is None
    assert outside_scope(said(None)) is None


def test_questions_follow_what_was_said() -> None:
    bone = questions(said("metatarsals", bone_spot_tender=True, pain_max=1.0), NOBODY, KNOWLEDGE)
    assert bone == ("worse_with_run", "no_warm_up_relief", "hop_pain", "tap_pain", "lump")
    half = said("metatarsals", bone_spot_tender=True, pain_max=1.0, findings=(("hop_pain", False),))
    assert "hop_pain" not in questions(half, NOBODY, KNOWLEDGE)
    ankle = questions(said("ankle_outer", acute=True, pain_max=4.0), NOBODY, KNOWLEDGE)
    assert set(ankle) >= {"cannot_bear_weight", "malleolus_tender", "fifth_metatarsal_tender"}
    assert "cannot_push_off" in questions(said("calf_inner", pop=True, pain_max=4.0), NOBODY, KNOWLEDGE)
    assert "lasts_after_stop" in questions(said("calf_inner", numb_tingle_weak=True, pain_max=1.0), NOBODY, KNOWLEDGE)
    assert "bladder_trouble" in questions(said("low_back", pain_max=1.0), NOBODY, KNOWLEDGE)
    assert "posture_fades" in questions(said("hip_outer", pain_max=1.0, posture_pain=True), NOBODY, KNOWLEDGE)
    assert questions(said("thigh_front", pain_max=1.0), NOBODY, KNOWLEDGE) == ()


def test_every_question_is_one_that_exists() -> None:
    loud = said(
        "ankle_outer_bone", acute=True, pain_max=4.0, pop=True, swelling=True, numb_tingle_weak=True, night_pain=True,
        bone_spot_tender=True, posture_pain=True,
    )  # fmt: skip
    for site in ("ankle_outer_bone", "calf_inner", "low_back", "shin_muscle"):
        asked = questions(replace(loud, site=site), NOBODY, KNOWLEDGE)
        assert set(asked) <= {*KNOWLEDGE.findings, "posture_fades"}


def test_the_facts_of_a_check_in_are_all_described() -> None:
    facts = check_facts(said(pain_max=2.0, limp=True), Profile(born_on=date(1990, 1, 1)), Limits.of(KNOWLEDGE))
    assert set(facts) <= FACT_NAMES | set(KNOWLEDGE.findings)
    assert FACT_NAMES < LIGHT_FACT_NAMES
    assert not FACT_NAMES & set(KNOWLEDGE.questions)


@settings(deadline=None)
@given(histories)
def test_the_index_misses_no_flag(found: list[Entry]) -> None:
    for checkin in fold(found, until=DAY_0 + timedelta(days=2)):
        facts = check_facts(checkin, NOBODY, Limits.of(KNOWLEDGE))
        facts |= {"stuck_days": 30, "symptom_days": 30, "tight_episodes": 2, "professional_seen": False, "age": 30}
        plainly = [f for f in KNOWLEDGE.red_flags if f.when.truth(facts) is True and not _too_early(f, facts)]
        assert {f.rule.id for f in plainly} == {h.rule for h in hits_of(facts, DAY_0, KNOWLEDGE)}


@settings(deadline=None)
@given(histories, st.integers(0, 60))
def test_the_course_changes_only_the_flags_that_look_at_it(found: list[Entry], days: int) -> None:
    on, limits = DAY_0 + timedelta(days=days), Limits.of(KNOWLEDGE)
    known = fold(found, until=on)
    for place in complaints(known):
        line = series(known, *place)
        for checkin in line.days:
            plain = check_facts(checkin, NOBODY, limits)
            facts = dict(plain)
            add_course(facts, on, line, NOBODY, limits, True, lambda _: ())
            assert {n for n in facts if facts.get(n) != plain.get(n)} <= COURSE
            assert COURSE.isdisjoint(plain)
            before = hits_of(plain, checkin.on, KNOWLEDGE)
            assert hits_with_course(before, facts, checkin.on, KNOWLEDGE) == hits_of(facts, checkin.on, KNOWLEDGE)


def test_unknown_fires_nothing() -> None:
    """An empty report raises no flag of a place or sign: silence is not a yes."""
    assert screen([said("thigh_front", pain_max=1.0)], NOBODY, DAY_0, KNOWLEDGE) == ()
    assert all(f.urgency is not Urgency.SELF_CARE for f in KNOWLEDGE.red_flags)
