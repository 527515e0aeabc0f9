"""Gates: unknown never opens; what is missing has a name; windows and counts on both sides of their ends."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.rehab.tale import CALM, DAY, K, Tale

from niggle.core.checkin.types import Stiffness
from niggle.core.gates import FACTS, UNITS, evaluate, gate_facts, is_open, what_to_do
from niggle.core.protocol import GATE_FACTS, Criterion
from niggle.core.reasons import Grade
from niggle.core.rehab import Book, begin, days_of
from niggle.core.when import AtLeast, Compare, Is, Not

MID = "achilles-tendinopathy-midportion"


def criterion(when, name="c", **more):
    return Criterion(name, when, "say", ("niggle",), Grade.PROPOSAL, **more)


def facts(tale, n):
    """The facts on day n, with the plan still standing as it began."""
    book = Book.of(tale.plan, K)
    days = days_of(tale.plan, tale.life(n), book)
    return gate_facts(days, days.index(DAY) + n, begin(tale.plan, days, book), book.protocol, K)


def test_names_are_those_that_protocols_may_use():
    assert set(FACTS) == GATE_FACTS
    assert set(UNITS) <= set(FACTS)


def test_an_empty_list_never_opens():
    assert not evaluate((), {}).open
    assert not is_open((), {})


kleene = st.sampled_from([True, False, None])


@given(st.lists(kleene, min_size=1, max_size=5))
def test_only_all_true_opens(values):
    given_facts = {f"f{n}": v for n, v in enumerate(values)}
    criteria = tuple(criterion(Is(f"f{n}"), f"c{n}") for n in range(len(values)))
    result = evaluate(criteria, given_facts)
    assert result.open is all(v is True for v in values) is is_open(criteria, given_facts)
    assert len(result.met) + len(result.unmet) + len(result.unknown) == len(values)
    assert not (result.lacks_only_time and result.open)


@given(st.dictionaries(st.sampled_from(sorted(GATE_FACTS)), kleene), st.sampled_from(sorted(K.protocols)))
def test_forgetting_a_fact_never_opens_a_real_gate(known, condition):
    for phase in K.protocols[condition].phases:
        with_all = evaluate(phase.gate, known)
        for name in known:
            less = evaluate(phase.gate, {k: v for k, v in known.items() if k != name})
            assert with_all.open or not less.open


def test_what_is_missing_is_named():
    tale = Tale(MID, running=False, before_week_m=30000.0).calm(range(0, 2))
    found = facts(tale, 1)
    gate = (
        criterion(Compare("calf_hold_min", ">=", 30)),
        criterion(Is("says_confident")),
        criterion(Compare("settled_days", ">=", 5)),
        criterion(Is("cleared")),
        criterion(AtLeast(2, (Is("cleared"), Compare("volume_weeks_green", ">=", 2)))),
    )
    assert evaluate(gate, found).missing == (
        "test:calf_hold", "answer:says_confident", "days:3", "clearance", "weeks:2")  # fmt: skip


def test_lacking_only_time():
    days = criterion(Compare("days_in_phase", ">=", 9), "days", time_only=True)
    calm = criterion(Not(Is("limp_7d")), "calm")
    assert evaluate((days, calm), {"days_in_phase": 3, "limp_7d": False}).lacks_only_time
    assert not evaluate((days, calm), {"days_in_phase": 3}).lacks_only_time
    assert not evaluate((days, calm), {"limp_7d": False}).lacks_only_time  # unknown is not "only time"


@pytest.mark.parametrize("name", sorted(GATE_FACTS))
def test_every_fact_can_be_worked_out_or_asked_for(name):
    value = facts(Tale(MID, running=False), 0)[name]
    assert value is None or isinstance(value, bool | int | float | str)
    assert what_to_do(name)


def test_nothing_said_is_unknown_and_not_green():
    found = facts(Tale(MID, running=False), 5)
    for name in ("yellow_7d", "red_7d", "pain_worst_3d", "night_pain_7d", "limp_7d", "swelling_7d", "flags_open"):
        assert found[name] is None, name
    assert found["settled_days"] == found["green_days"] == 0


@pytest.mark.parametrize(("evening", "settled"), [(3.0, 4), (3.5, 0)])
def test_settled_up_to_three(evening, settled):
    tale = Tale(MID, running=False).calm(range(0, 3)).say(3, **{**CALM, "pain_evening": evening})
    assert facts(tale, 3)["settled_days"] == settled


def test_a_day_without_a_word_ends_the_count_but_today_may_still_come():
    tale = Tale(MID, running=False).calm([0, 1, 3, 4])
    assert facts(tale, 4)["settled_days"] == 2
    assert facts(tale, 5)["settled_days"] == 2
    assert facts(tale, 6)["settled_days"] == 0


def test_windows_end_after_seven_days():
    tale = Tale(MID, running=False).say(0, **{**CALM, "limp": True, "pain_evening": 5.0}).calm(range(1, 9))
    assert (facts(tale, 6)["limp_7d"], facts(tale, 7)["limp_7d"]) == (True, False)
    assert (facts(tale, 6)["pain_worst_7d"], facts(tale, 7)["pain_worst_7d"]) == (5.0, 0.0)


def test_nothing_hurts_answers_for_the_place():
    found = facts(Tale(MID, running=False).say(0, site=None), 0)
    assert found["night_pain_7d"] is False
    assert found["pain_worst_3d"] == 0.0


@pytest.mark.parametrize(("ago", "value"), [(14, 30.0), (15, None)])
def test_an_old_test_is_no_test(ago, value):
    tale = Tale(MID, running=False).test(0, "calf_raise", 30.0, 32.0)
    assert facts(tale, ago)["calf_raise_min"] == value


def test_a_void_test_is_no_test_but_its_pain_is_known():
    found = facts(Tale(MID, running=False).test(0, "calf_raise", 30.0, 32.0, pain=4.0), 0)
    assert found["calf_raise_min"] is None
    assert found["calf_raise_pain"] == 4.0


def test_sides():
    found = facts(Tale(MID, running=False).test(0, "calf_raise", 18.0, 30.0), 0)  # left is sore
    assert (found["calf_raise_min"], found["calf_raise_sore"]) == (18.0, 18.0)
    assert found["calf_raise_gap"] == pytest.approx(0.4)
    assert found["calf_raise_lsi"] == pytest.approx(0.6)


@pytest.mark.parametrize(("ago", "value"), [(14, True), (15, None)])
def test_an_old_answer_is_asked_again(ago, value):
    assert facts(Tale(MID, running=False).answer(0, "confident", True), ago)["says_confident"] is value


def weekly(km, weeks, last_week_tags=(), pain=0.0, minutes=40.0, usual_m=30000.0):
    tale = Tale(MID, before_week_m=usual_m)
    for n in range(0, 7 * weeks):
        if n % 7 in (0, 2, 4):
            tale.run(n, minutes, km / 3, tags=last_week_tags, pain=pain)
        else:
            tale.calm([n])
    return tale


@pytest.mark.parametrize(("km", "weeks"), [(21.0, 2), (20.9, 0)])
def test_green_weeks_at_seventy_percent(km, weeks):
    assert facts(weekly(km, 2, minutes=19), 14)["volume_weeks_green"] == weeks


@pytest.mark.parametrize(("minutes", "weeks"), [(20, 2), (19.9, 0)])
def test_green_weeks_of_an_hour_count_whatever_the_usual_week_was(minutes, weeks):
    assert facts(weekly(9.0, 2, minutes=minutes), 14)["volume_weeks_green"] == weeks


@pytest.mark.parametrize(("minutes", "weeks"), [(20, 2), (19.9, None)])
def test_without_a_usual_week_only_minutes_can_count(minutes, weeks):
    tale = weekly(9.0, 2, minutes=minutes, usual_m=None)
    assert facts(tale, 14)["volume_weeks_green"] == weeks


def test_a_yellow_run_ends_the_row_of_green_weeks():
    tale = weekly(24.0, 3)
    assert facts(tale, 21)["volume_weeks_green"] == 3
    sore = weekly(24.0, 3)
    sore.say(9, pain_max=5.0)
    assert facts(sore, 21)["volume_weeks_green"] == 1


def test_quality_and_full_weeks():
    assert facts(weekly(27.0, 2, ("strides",)), 14)["full_weeks_green"] == 2
    assert facts(weekly(26.9, 2, ("strides",)), 14)["full_weeks_green"] == 0
    assert facts(weekly(26.9, 2, ("strides",)), 14)["quality_weeks_green"] == 2
    assert facts(weekly(27.0, 2), 14)["quality_weeks_green"] == 0


def test_without_a_usual_week_no_volume_is_known():
    tale = Tale(MID).run(0, 30, 5.0)
    assert facts(tale, 1)["volume_ratio"] is None
    assert facts(tale, 1)["volume_weeks_green"] is None


def test_clearance_holds_until_its_end_and_until_a_restriction():
    tale = Tale("bone-stress-injury", running=False, hurts_since=DAY - timedelta(days=50)).cleared(3)
    assert [facts(tale, n)["cleared"] for n in (2, 3, 9)] == [False, True, True]
    ends = Tale("bone-stress-injury", running=False).cleared(3, until=DAY + timedelta(days=5))
    assert [facts(ends, n)["cleared"] for n in (5, 6)] == [True, False]


def test_a_clearance_from_before_it_hurt_is_about_something_else():
    tale = Tale("bone-stress-injury", running=False, hurts_since=DAY - timedelta(days=10)).cleared(-11)
    assert facts(tale, 0)["cleared"] is False
    assert facts(Tale("bone-stress-injury", hurts_since=DAY - timedelta(days=10)).cleared(-10), 0)["cleared"] is True


def mornings(*weeks):
    tale = Tale("achilles-tendinopathy-midportion")
    for week, values in enumerate(weeks):
        for day, value in enumerate(values):
            tale.say(7 * week + day, stiffness=value)
    return facts(tale, 7 * len(weeks) - 1)


def test_mornings_as_usual_or_better_are_no_rising_stiffness():
    better, same = [Stiffness.BETTER] * 3, [Stiffness.SAME] * 3
    assert mornings(better, same)["stiffness_rising"] is False
    assert mornings(same, [*same, Stiffness.WORSE])["stiffness_rising"] is True


def test_only_two_weeks_in_a_row_are_a_trend():
    one, two = [Stiffness.SAME] * 6 + [Stiffness.WORSE], [Stiffness.SAME] * 5 + [Stiffness.WORSE] * 2
    none = [Stiffness.SAME] * 7
    assert mornings(none, one, two)["stiffness_rising_2w"] is True
    assert mornings(two, one, two)["stiffness_rising_2w"] is False
    assert mornings(one, two)["stiffness_rising_2w"] is None
