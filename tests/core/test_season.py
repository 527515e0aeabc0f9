"""The season: every part of the year on its first and last day, the screen and the strength block on both sides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niggle.core.plan import Importance, Measured, Race
from niggle.core.season import SCREEN_TESTS, ScreenState, SeasonPhase, goal_race, season
from niggle.knowledge import load
from niggle.wording import reasons
from niggle.wording import season as words
from niggle.wording.units import METRIC

KNOWN = load()
ON = date(2026, 11, 22)
P = SeasonPhase


def race(days: int, km: float = 10, **more: object) -> Race:
    return Race(f"r{days}", ON + timedelta(days=days), km * 1000, **more)  # type: ignore[arg-type]


def phase_in(days: int, km: float = 10) -> SeasonPhase:
    return season([race(days, km)], (), ON, KNOWN).phase


# up to a half marathon: training begins 56 days before, the time before it 91 days earlier
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (148, P.BASE), (147, P.PRESEASON), (57, P.PRESEASON), (56, P.CYCLE), (29, P.CYCLE), (28, P.TAPER), (7, P.TAPER),
        (6, P.RACE_WEEK), (0, P.RACE_WEEK), (-1, P.RESET), (-7, P.RESET), (-8, P.BASE),
    ],
)  # fmt: skip
def test_each_part_of_the_year_has_its_first_and_last_day(days: int, expected: SeasonPhase) -> None:
    assert phase_in(days) is expected


def test_a_longer_race_takes_a_longer_cycle_and_reset() -> None:
    assert phase_in(84, 21.1) is P.PRESEASON
    assert phase_in(84, 21.2) is P.CYCLE
    assert phase_in(85, 42.2) is P.PRESEASON
    assert (phase_in(-14, 42.2), phase_in(-15, 42.2)) == (P.RESET, P.BASE)


def test_goal_is_what_matters_not_what_is_next() -> None:
    ten, big = race(20), race(120, 42.2, importance=Importance.HIGH)
    assert goal_race([big, ten], ON) is big
    assert goal_race([ten], ON) is ten
    assert goal_race([race(120, 42.2, importance=Importance.HIGH, dropped=True), ten], ON) is ten
    found = season([ten, big], (), ON, KNOWN)
    assert found.goal is big
    assert found.others == (ten,)
    assert "10\u00a0km" in " ".join(words.lines(found, KNOWN, METRIC))


def results(days_ago: int) -> list[Measured]:
    return [Measured(t, t, ON - timedelta(days=days_ago), value=1) for t in SCREEN_TESTS]


def test_screen_opens_and_closes_two_to_three_months_before_training() -> None:
    def state(days: int, tests: list[Measured]) -> ScreenState:
        screen = season([race(days)], tests, ON, KNOWN).screen
        assert screen is not None
        return screen.state

    assert state(148, []) is ScreenState.LATER
    assert state(147, []) is ScreenState.NOW
    assert state(117, []) is ScreenState.NOW
    assert state(116, []) is ScreenState.LATE
    assert state(56, []) is ScreenState.NONE
    assert state(147, results(0)) is ScreenState.DONE
    assert state(147, results(1)) is ScreenState.NOW  # from before it opened
    assert state(117, results(30)) is ScreenState.DONE
    some = season([race(120)], results(3)[:1], ON, KNOWN).screen
    assert some is not None
    assert SCREEN_TESTS[0] not in some.due
    assert SCREEN_TESTS[1] in some.due


def test_every_test_of_the_screen_is_known() -> None:
    assert set(SCREEN_TESTS) <= set(KNOWN.tests)


def test_strength_block_fits_from_six_weeks_on() -> None:
    fits, short = (season([race(56 + d)], (), ON, KNOWN).block for d in (42, 41))
    assert fits is not None
    assert fits.fits
    assert fits.weeks_left == 6
    assert short is not None
    assert not short.fits
    assert short.weeks_left == 5
    assert season([race(56)], (), ON, KNOWN).block is None
    four_months = season([race(122)], (), ON, KNOWN)
    assert four_months.block is not None
    assert four_months.block.fits
    assert four_months.block.last == four_months.steps[0].last


def test_strength_is_cut_in_the_taper_only() -> None:
    assert season([race(28)], (), ON, KNOWN).strength_cut == (0.30, 0.50)
    assert season([race(29)], (), ON, KNOWN).strength_cut is None
    assert "30 to 50" in " ".join(words.lines(season([race(20)], (), ON, KNOWN), KNOWN, METRIC))


def test_an_open_plan_leads() -> None:
    found = season([race(130)], (), ON, KNOWN, plan_open=True)
    assert found.plan_leads
    assert found.screen is None
    assert found.block is None
    assert words.headline(found, METRIC) == words.PLAN_LEADS


def test_reset_only_where_the_next_race_leaves_room() -> None:
    assert season([race(-3), race(100)], (), ON, KNOWN).phase is P.RESET
    assert season([race(-3), race(20)], (), ON, KNOWN).phase is P.TAPER


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
