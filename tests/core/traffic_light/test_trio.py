"""The three good signs of the progress report."""

from datetime import timedelta

from tests.core.checkin.strategies import DAY_0

from niggle.core.body import Side
from niggle.core.checkin import Answers, CheckIn, Series
from niggle.core.traffic_light import SessionDay, green_trio, trio_reason
from niggle.knowledge import load


def week(mornings: tuple[float, float], back: bool | None) -> tuple[Series, list[SessionDay]]:
    days = []
    for number in range(13, -1, -1):
        morning = mornings[0] if number >= 7 else mornings[1]
        days.append(CheckIn(DAY_0 - timedelta(days=number), "achilles", Side.LEFT,
                            Answers(pain_morning=morning, baseline_by_24h=back), (str(number),)))  # fmt: skip
    sessions = [SessionDay(DAY_0 - timedelta(days=d)) for d in (1, 3, 5)]
    return Series("achilles", Side.LEFT, tuple(days)), sessions


def test_three_of_three_is_on_track() -> None:
    line, sessions = week((2.0, 1.0), True)
    trio = green_trio(line, DAY_0, sessions, strength_up=True)
    assert trio.on_track
    assert trio_reason(trio, DAY_0, load()).fact("on_track") is True


def test_one_sign_missing_is_not() -> None:
    line, sessions = week((2.0, 2.0), True)
    assert green_trio(line, DAY_0, sessions, strength_up=True).less_on_waking is False
    line, sessions = week((2.0, 1.0), False)
    assert green_trio(line, DAY_0, sessions, strength_up=True).no_24h_increase is False


def test_unknown_strength_is_not_on_track() -> None:
    line, sessions = week((2.0, 1.0), True)
    assert not green_trio(line, DAY_0, sessions, strength_up=None).on_track


def test_an_unanswered_run_leaves_the_second_sign_open() -> None:
    line, sessions = week((2.0, 1.0), None)
    assert green_trio(line, DAY_0, sessions, strength_up=True).no_24h_increase is None
