"""What a red day says: every activity in one of the two lists, and no condition in the list of what is off."""

import pytest
from tests.core.rehab.tale import K, Tale

from niggle.core.outcomes import Light
from niggle.core.today import Activity, Decision, decide
from niggle.wording import plans, today

A = Activity
FLAGGED: dict[str, object] = {"pain_max": 2.0, "night_pain": True}
NUMB: dict[str, object] = {"pain_max": 2.0, "numb_tingle_weak": True}


def red(**answers: object) -> Decision:
    tale = Tale("achilles-tendinopathy-midportion", before_week_m=30000.0)
    tale.calm(range(-7, 3))
    tale.say(3, **answers)  # type: ignore[arg-type]
    decision = decide(tale.case(3), K)
    assert decision.light is Light.RED
    return decision


def test_a_red_day_without_a_warning_sign_lets_her_walk_and_says_so_once() -> None:
    day = red(pain_max=8.0)
    assert "walking, if it is pain-free" in today.allowed(day)
    assert not any("walk" in text for text in today.leave_out(day))
    assert "walk" not in plans.nothing_line("red").lower()


@pytest.mark.parametrize("answers", [{"pain_max": 8.0}, FLAGGED, NUMB])
def test_on_red_every_activity_stands_in_exactly_one_list(answers: dict[str, object]) -> None:
    day = red(**answers)
    assert set(day.allowed) | set(day.leave_out) >= set(Activity) - {A.NEW_STRESSOR}
    assert not set(day.allowed) & set(day.leave_out)


@pytest.mark.parametrize("answers", [{"pain_max": 8.0}, FLAGGED])
def test_what_is_off_carries_no_condition(answers: dict[str, object]) -> None:
    texts = today.leave_out(red(**answers))
    assert texts[0] == "all running"
    assert len(set(texts)) == len(texts)
    assert not any("pain-free" in text for text in texts)
