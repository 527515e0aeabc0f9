"""What the day's lists say beside its numbers."""

from dataclasses import replace

from tests.core.rehab.tale import K, Tale

from niggle.core.today import Activity, DayCaps, Decision, decide
from niggle.wording import today


def with_caps(longest_m: float | None, left_m: float | None) -> Decision:
    tale = Tale("achilles-tendinopathy-midportion", before_week_m=30000.0)
    tale.calm(range(-7, 3))
    day = decide(tale.case(3), K)
    return replace(day, allowed=(Activity.EASY_RUN, Activity.LONG_RUN), caps=DayCaps(longest_m, None, 26e3, left_m))


def test_a_long_run_is_not_fine_where_the_week_has_less_left_than_one_run_may_be() -> None:
    assert "a long run" not in today.allowed(with_caps(2400.0, 2400.0))
    assert "easy running" in today.allowed(with_caps(2400.0, 2400.0))
    assert "a long run" in today.allowed(with_caps(8000.0, 8100.0))
    assert "a long run" in today.allowed(with_caps(None, 2400.0)), "nobody knows what is long for her"
