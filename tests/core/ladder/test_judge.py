"""How a session on the ladder counts: the sheet's examples RTR-E03 to E07 and both sides of each threshold."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from niggle import knowledge
from niggle.core.body import Side
from niggle.core.gates import DayFacts, Days, RunDay
from niggle.core.ladder import StepKind, Verdict, judge, minutes_of, session_steps
from niggle.core.outcomes import Light
from niggle.core.plan import PlanStart
from niggle.core.traffic_light import DayMark, State

K = knowledge.load()
DAY = date(2026, 3, 2)
PLAN = PlanStart("p", "bone-stress-injury", DAY, "shin_inner", Side.LEFT)


def mark(n, light=Light.GREEN, final=True, state=State.GREEN, **more):
    given = {"score": 0.0, "daily": 0.0, "run_pain": 0.0, "morning": 0.0, "next_day_worse": False, **more}
    return DayMark(DAY + timedelta(days=n), light, final, True, state, **given)


def ran(minutes=None, metres=None, run_minutes=None):
    return RunDay(metres, minutes, run_minutes, None)


def days(*rows):
    """Rows of (mark, run) from day 0."""
    return Days(PLAN, tuple(DayFacts(DAY + timedelta(days=n), m, r) for n, (m, r) in enumerate(rows)))


def verdict(ladder, m, run=None, *, step=0, before=(None, None), **more):
    found = judge(K.ladders[ladder], step, days(before, (m, run or ran())), 1, K, **more)
    return found and found.verdict


def test_no_session_nothing_to_judge():
    assert judge(K.ladders["bone"], 0, days((None, None)), 0, K) is None


def test_final_green_counts_and_a_missing_morning_does_not():
    assert verdict("bone", mark(1)) is Verdict.DONE
    assert verdict("bone", mark(1, final=False)) is Verdict.NOT_FINAL
    assert verdict("bone", None) is Verdict.NOT_FINAL
    assert verdict("bone", mark(1, light=Light.CANNOT_SAY)) is Verdict.NOT_FINAL


def test_rtr_e04_bone_dull_ache_of_two_gone_by_morning_repeats_the_step():
    assert verdict("bone", mark(1, run_pain=2.0, score=2.0)) is Verdict.QUIET_ACHE
    assert verdict("bone", mark(1, run_pain=2.5, score=2.5)) is Verdict.REPEAT


def test_rtr_e05_bone_sharp_pain_locks():
    found = judge(K.ladders["bone"], 1, days((None, None), (mark(1, run_pain=1.0, sharp=True), ran())), 1, K)
    assert (found.verdict, found.reason.rule) == (Verdict.LOCKED, "RTR-R09")


def test_rtr_e06_runners_knee_a_run_the_day_after_a_run_does_not_count():
    assert verdict("joint", mark(1), before=(mark(0), ran())) is Verdict.TOO_SOON
    assert verdict("itb", mark(1), before=(mark(0), ran())) is Verdict.DONE  # warned of elsewhere


def test_rtr_e07_outer_knee_ache_is_yellow_even_if_mild():
    found = judge(K.ladders["itb"], 0, days((None, None), (mark(1, run_pain=1.0), ran())), 1, K)
    assert (found.verdict, found.reason.rule) == (Verdict.REPEAT, "RTR-R10")


def test_yellow_repeats_and_a_second_in_a_row_goes_back():
    yellow = mark(1, Light.YELLOW, state=State.YELLOW, score=4.0, run_pain=4.0)
    assert verdict("shin", yellow) is Verdict.REPEAT
    assert verdict("shin", yellow, yellows=1) is Verdict.BACK


def test_red_goes_back_and_a_flag_locks():
    assert verdict("shin", mark(1, Light.RED, state=State.RED)) is Verdict.BACK
    assert verdict("shin", mark(1, Light.RED, state=State.RED_FLAG, flagged=True)) is Verdict.LOCKED


@pytest.mark.parametrize("morning", [0.5, 1.0])
def test_the_first_run_waits_for_any_new_discomfort(morning):
    felt = mark(1, morning=morning)
    before = (replace(mark(0, morning=0.0), session=False), None)
    assert verdict("tendon", felt, first=True, before=before) is Verdict.WAIT
    assert verdict("tendon", felt, first=False, before=before) is Verdict.DONE
    used_to = (replace(mark(0, morning=morning), session=False), None)
    assert verdict("tendon", felt, first=True, before=used_to) is Verdict.DONE


def test_a_worse_next_day_never_counts():
    assert verdict("tendon", mark(1, next_day_worse=True)) is Verdict.REPEAT


@pytest.mark.parametrize(
    ("minutes", "expect"),
    [(6.6, Verdict.TOO_SHORT), (6.8, Verdict.DONE), (10, Verdict.DONE), (17, Verdict.DONE), (17.1, Verdict.TOO_MUCH)],
)
def test_about_the_length_of_the_step(minutes, expect):
    """Ten minutes: from two thirds to one and a half times, and two minutes of slack above."""
    assert verdict("tendon", mark(1), ran(minutes=minutes)) is expect


def test_rounds_count_by_the_minutes_run():
    assert verdict("bone", mark(1), ran(minutes=25, run_minutes=4)) is Verdict.DONE
    assert verdict("bone", mark(1), ran(minutes=25, run_minutes=25)) is Verdict.TOO_MUCH
    assert verdict("bone", mark(1), ran(minutes=25, run_minutes=2)) is Verdict.TOO_SHORT


def test_distance_counts_where_the_step_is_a_distance():
    assert verdict("joint", mark(1), ran(metres=1600, minutes=60)) is Verdict.DONE
    assert verdict("joint", mark(1), ran(metres=5000, minutes=10)) is Verdict.TOO_MUCH


def test_rtr_e03_steps_of_bone_as_a_watch_sees_them():
    second = K.ladders["bone"].steps[1]
    run, walk = session_steps(second, K)
    assert (run.kind, run.seconds, run.repeat) == (StepKind.RUN, 120, 4)
    assert (walk.kind, walk.seconds, walk.repeat, walk.block) == (StepKind.WALK, 180, 4, run.block)
    assert minutes_of(second) == (8, 20)
    assert minutes_of(second, 6) == (12, 30)


def test_strides_in_a_step_fit_into_its_minutes():
    step = next(s for s in K.ladders["muscle"].steps if s.percent_low is not None)
    easy, stride, back = session_steps(step, K)
    assert stride.percent == (50, 60)
    assert easy.seconds + stride.repeat * (stride.seconds + back.seconds) == step.minutes * 60
