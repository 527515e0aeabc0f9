"""The season: goal, screen, block and words. First and last days of its parts: tests/cases/season."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from niggle.core.plan import Importance, Measured, Race
from niggle.core.season import SCREEN_TESTS, SeasonPhase, goal_race, season
from niggle.knowledge import load
from niggle.wording import reasons
from niggle.wording import season as words
from niggle.wording.units import METRIC

KNOWN = load()
ON = date(2026, 11, 22)
P = SeasonPhase


def race(days: int, km: float = 10, **more: object) -> Race:
    return Race(f"r{days}", ON + timedelta(days=days), km * 1000, **more)  # type: ignore[arg-type]


def test_goal_is_what_matters_not_what_is_next() -> None:
    ten, big = race(20), race(120, 42.2, importance=Importance.HIGH)
    assert goal_race([big, ten], ON) is big
    assert goal_race([ten], ON) is ten
    assert goal_race([race(120, 42.2, importance=Importance.HIGH, dropped=True), ten], ON) is ten
    found = season([ten, big], (), ON, KNOWN)
    assert found.goal is big
    assert found.others == (ten,)
    assert "10\u00a0km" in " ".join(words.lines(found, KNOWN, METRIC))


def test_every_test_of_the_screen_is_known() -> None:
    assert set(SCREEN_TESTS) <= set(KNOWN.tests)


def test_a_screen_with_some_tests_done_waits_for_the_others() -> None:
    one = Measured("a", SCREEN_TESTS[0], ON - timedelta(days=3), value=1)
    screen = season([race(120)], [one], ON, KNOWN).screen
    assert screen is not None
    assert screen.due == SCREEN_TESTS[1:]


def test_the_strength_block_fills_the_weeks_before_training() -> None:
    found = season([race(56 + 42)], (), ON, KNOWN).block
    assert found is not None
    assert found.weeks_left == 6
    four_months = season([race(122)], (), ON, KNOWN)
    assert four_months.block is not None
    assert four_months.block.last == four_months.steps[0].last


def test_the_cut_of_the_taper_is_said() -> None:
    assert "30 to 50" in " ".join(words.lines(season([race(20)], (), ON, KNOWN), KNOWN, METRIC))


def test_an_open_plan_leads() -> None:
    found = season([race(130)], (), ON, KNOWN, plan_open=True)
    assert found.plan_leads
    assert words.headline(found, METRIC) == words.PLAN_LEADS


@given(st.lists(st.tuples(st.integers(-30, 400), st.floats(1, 100)), max_size=4), st.booleans())
def test_parts_follow_each_other_without_gap_and_every_season_has_words(
    races: list[tuple[int, float]], plan_open: bool
) -> None:
    found = season([race(d, km) for d, km in races], (), ON, KNOWN, plan_open=plan_open)
    assert found.steps[0].first == ON or found.phase is P.RESET
    assert found.steps[0].phase is found.phase
    for one, after in zip(found.steps, found.steps[1:], strict=False):
        assert one.last is not None
        assert one.last >= one.first
        assert after.first == one.last + timedelta(days=1)
    for text in (words.headline(found, METRIC), *words.lines(found, KNOWN, METRIC)):
        assert text.endswith(".")
        assert "None" not in text
    for reason in found.reasons:
        assert reasons.sentence(reason, METRIC).endswith(".")
