"""One complaint through time: usual mornings, onset, improvement."""

from datetime import timedelta

import pytest
from tests.core.checkin.strategies import DAY_0

from niggle.core.body import Side
from niggle.core.checkin import Answers, CheckIn, Series, same_complaint, series


def at(day: int, **said: object) -> CheckIn:
    return CheckIn(DAY_0 + timedelta(days=day), "achilles", Side.LEFT, Answers(**said), (str(day),))  # type: ignore[arg-type]


def line(*found: CheckIn, quiet: tuple[int, ...] = ()) -> Series:
    return Series("achilles", Side.LEFT, found, tuple(DAY_0 + timedelta(days=d) for d in quiet))


def test_baseline_is_the_median_of_seven_mornings_before() -> None:
    mornings = [9, 1, 1, 2, 2, 2, 3, 3]
    days = [at(n - 8, pain_morning=float(m)) for n, m in enumerate(mornings)]
    assert line(*days, at(0, pain_morning=10.0)).baseline(DAY_0) == 2.0


def test_two_mornings_are_no_baseline() -> None:
    assert line(at(-2, pain_morning=1.0), at(-1, pain_morning=1.0)).baseline(DAY_0) is None
    assert line(at(-3, pain_morning=1.0), at(-2, pain_morning=1.0), at(-1, pain_morning=1.0)).baseline(DAY_0) == 1.0


def test_onset_reaches_back_over_gaps_of_fourteen_days() -> None:
    assert line(at(-28, pain_max=2.0), at(-14, pain_max=1.0), at(0, pain_max=1.0)).onset(DAY_0, 14) == at(-28).on
    assert line(at(-29, pain_max=2.0), at(-14, pain_max=1.0), at(0, pain_max=1.0)).onset(DAY_0, 14) == at(-14).on


def test_no_onset_when_it_does_not_hurt_any_more() -> None:
    assert line(at(-3, pain_max=2.0), at(0, pain_max=0.0)).onset(DAY_0, 14) is None
    assert line(at(-3, pain_max=2.0), quiet=(-1,)).onset(DAY_0, 14) is None
    assert line(at(-3, pain_max=2.0)).onset(DAY_0, 14) == at(-3).on


@pytest.mark.parametrize(("late", "improving"), [(2.0, True), (2.5, False)])
def test_improving_by_a_point(late: float, improving: bool) -> None:
    assert line(at(-8, pain_max=3.0), at(-1, pain_max=late)).improving(DAY_0, 1.0) is improving


def test_improving_is_unknown_without_both_weeks() -> None:
    assert line(at(-1, pain_max=1.0)).improving(DAY_0, 1.0) is None
    assert line(at(-8, pain_max=1.0)).improving(DAY_0, 1.0) is None


def test_quiet_days_count_as_no_pain() -> None:
    assert line(at(-8, pain_max=2.0), at(-3, pain_max=1.0), quiet=(-2, -1)).improving(DAY_0, 1.0) is True


def test_same_complaint() -> None:
    assert same_complaint("toes", Side.LEFT, "toes", Side.BOTH)
    assert same_complaint("toes", None, "toes", Side.RIGHT)
    assert not same_complaint("toes", Side.LEFT, "toes", Side.RIGHT)
    assert not same_complaint("toes", Side.LEFT, "arch", Side.LEFT)


def test_nothing_hurts_is_a_quiet_day_only_without_a_warning() -> None:
    calm = CheckIn(DAY_0, None, None, Answers(), ("a",))
    warned = CheckIn(DAY_0, None, None, Answers(findings=(("dizzy", True),)), ("a",))
    assert series([at(-1, pain_max=1.0), calm], "achilles", Side.LEFT).quiet_days == (DAY_0,)
    assert series([at(-1, pain_max=1.0), warned], "achilles", Side.LEFT).quiet_days == ()
