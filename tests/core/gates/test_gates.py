"""Gates: unknown never opens; what is missing has a name. Windows and thresholds on both sides: tests/cases/gates."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.rehab.tale import DAY, K, Tale

from niggle.core.checkin.types import Stiffness
from niggle.core.gates import FACTS, UNITS, evaluate, gate_facts, is_open, what_to_do
from niggle.core.gates.facts import OF_STANDING
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


@pytest.mark.parametrize("name", sorted(set(FACTS) - OF_STANDING))
def test_what_the_days_tell_does_not_depend_on_where_the_plan_stands(name):
    """A move of the plan keeps these facts; were one of them to look at the standing, it would be stale."""
    found = facts(Tale(MID).calm(range(-20, 10)), 9)

    class Nowhere:
        def __getattr__(self, asked):
            raise AssertionError(f"{name} looks at {asked}")

    found.standing = Nowhere()
    found.get(name)


def test_after_a_move_what_depends_on_the_standing_is_looked_at_again():
    tale = Tale(MID).calm(range(-20, 10))
    found = facts(tale, 9)
    begun = found.standing
    assert (found.get("days_in_phase"), found.get("settled_days")) == (9, 30)
    found.standing = replace(begun, phase_since=DAY + timedelta(days=4))
    found.moved()
    assert (found.get("days_in_phase"), found.get("settled_days")) == (5, 30)


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
        "test:calf_hold",
        "answer:says_confident",
        "clearance",
        "weeks:2",
    )  # of two waits the longer one


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


@pytest.mark.parametrize(("pain", "count", "red"), [(None, 11, 0), (6.5, 11, 0), (7.0, 4, 1)])
def test_an_exercise_that_hurt_as_red_does_ends_the_calm_days(pain, count, red):
    """Day 6 of 0 to 10, all of them calm by her word; the limp of every evening and morning is answered no."""
    tale = Tale(MID, running=False).calm(range(11))
    tale.did(6, "holds", pain)
    found = facts(tale, 10)
    assert (found["settled_days"], found["green_days"], found["pain_free_days"]) == (count,) * 3
    assert found["red_7d"] == red


def test_the_calm_days_end_at_once_also_before_a_word_of_that_day():
    tale = Tale(MID, running=False).calm(range(6)).did(6, "holds", 8.0)
    assert facts(tale, 6)["settled_days"] == 0
    assert facts(tale.say(7, pain_evening=0.0), 7)["settled_days"] == 1


def test_nothing_hurts_answers_for_the_place():
    found = facts(Tale(MID, running=False).say(0, site=None), 0)
    assert found["night_pain_7d"] is False
    assert found["pain_worst_3d"] == 0.0


def test_sides():
    found = facts(Tale(MID, running=False).test(0, "calf_raise", 18.0, 30.0), 0)  # left is sore
    assert (found["calf_raise_min"], found["calf_raise_sore"]) == (18.0, 18.0)
    assert found["calf_raise_gap"] == pytest.approx(0.4)
    assert found["calf_raise_lsi"] == pytest.approx(0.6)


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
