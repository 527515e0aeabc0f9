"""Where a phase waits for one answer of a check-in alone, the next step names the question."""

import pytest
from tests.core.rehab.tale import Tale

from niggle.core.today import NextStep
from niggle.wording.today import next_steps

SAID = {
    NextStep.SAY_HOW_IT_IS, NextStep.SAY_NIGHT_PAIN, NextStep.SAY_LIMP, NextStep.SAY_SWELLING, NextStep.CARRY_ON,
}  # fmt: skip


def told(condition: str, n: int, tests: bool = True, running: bool = False, **unsaid: None):
    """Calm days up to the ninth, with some questions never answered."""
    tale = Tale(condition, running=running, before_week_m=30000.0).calm(range(-2, 10), **unsaid)
    if tests:
        tale.strong(0)
    return tale.today(n)


@pytest.mark.parametrize(
    ("condition", "unsaid", "step", "line"),
    [
        ("ankle-sprain", {"swelling": None}, NextStep.SAY_SWELLING, "Check in and say whether it is swollen."),
        ("plantar-fasciitis", {"limp": None, "limp_walking": None}, NextStep.SAY_LIMP,
         "Check in and say whether you limp."),
        ("plantar-fasciitis", {"night_pain": None}, NextStep.SAY_NIGHT_PAIN,
         "Check in and say whether it hurts at night."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("running", [True, False])
def test_the_one_answer_that_is_missing_is_asked_for(condition, unsaid, step, line, running):
    decision = told(condition, 8, running=running, **unsaid)
    assert not decision.plan[0].gate_unmet
    assert SAID & set(decision.next_steps) == {step}
    assert line in next_steps(decision)


def test_an_answer_that_was_given_is_not_asked_for():
    assert not (SAID - {NextStep.CARRY_ON}) & set(told("ankle-sprain", 8).next_steps)


def test_where_days_or_tests_are_missing_too_no_answer_alone_opens_anything():
    waits = told("ankle-sprain", 5, swelling=None)
    assert waits.plan[0].gate_unmet == ("grade-days",)
    assert NextStep.SAY_SWELLING not in waits.next_steps
    untested = told("plantar-fasciitis", 8, tests=False, night_pain=None)
    assert untested.plan[0].gate_unknown
    assert NextStep.SAY_NIGHT_PAIN not in untested.next_steps
