"""Race and fitness: the worked examples of the sheets, and both sides of every number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niggle.core.fitness import CrossTraining, fitness_kept, restart_share, weeks_to_regain
from niggle.core.outcomes import Light
from niggle.core.plan import Importance, Race
from niggle.core.race import Condition, Pivot, RaceFacts, RaceVerdict, advise, next_race
from niggle.knowledge import load

KNOWN = load()
ON = date(2026, 11, 22)
V = RaceVerdict


def facts(km: float, longest_km: float | None, **changes: object) -> RaceFacts:
    race = Race("r", ON + timedelta(days=int(changes.pop("days", 70))), km * 1000, prepared=True)  # type: ignore[call-overload]
    if "prepared" in changes:
        race = replace(race, prepared=changes.pop("prepared"))
    if "importance" in changes:
        race = replace(race, importance=changes.pop("importance"))
    found = RaceFacts(race, ON, Light.GREEN, injured=True, healed_percent=95.0,
                      pain_free_m=None if longest_km is None else longest_km * 1000)  # fmt: skip
    return replace(found, **changes)  # type: ignore[arg-type]


CASES = {
    "RTR-E11: 71 % of the distance": (facts(21.1, 15, healed_percent=92.0), V.NO),
    "RTR-E12: nine of ten kilometres, 90 % healed": (facts(10, 9, healed_percent=90.0), V.CONDITIONS),
    "RTR-E13: not prepared for a marathon": (facts(42.2, 20, prepared=False), V.NO),
    "RTR-E14: tibial bone stress, eight weeks": (facts(42.2, None, days=56, bone=True), V.NO),
    "RTR-E16: 77 % of the distance": (facts(10, 7.7), V.BORDERLINE),
    "RTR-E17: the same in yellow": (facts(10, 7.7, light=Light.YELLOW), V.NOT_NOW),
    "ASB-E09: 16 of 21.1 km": (facts(21.1, 16), V.BORDERLINE),
    "ASB-E10: 7 of 10 km": (facts(10, 7), V.NO),
    "three quarters exactly": (facts(10, 7.5), V.BORDERLINE),
    "just below three quarters": (facts(10, 7.49), V.NO),
    "four fifths exactly": (facts(10, 8.0), V.CONDITIONS),
    "just below four fifths": (facts(10, 7.99), V.BORDERLINE),
    "just below 90 % healed": (facts(10, 10, healed_percent=89.0), V.NOT_NOW),
    "red": (facts(10, 10, light=Light.RED), V.NO),
    "a warning sign": (facts(10, 10, red_flag=True), V.NO),
    "bone, cleared": (facts(10, 10, bone=True, cleared=True), V.CONDITIONS),
    "bone, not cleared": (facts(10, 10, bone=True), V.NO),
    "nothing hurts": (facts(10, 9, injured=False, healed_percent=None), V.GO),
    "nothing hurts, but far too short": (facts(42.2, 10, injured=False, healed_percent=None), V.NO),
    "no check-in": (facts(10, 9, light=Light.CANNOT_SAY), V.CANNOT_SAY),
    "healing not rated": (facts(10, 9, healed_percent=None), V.CANNOT_SAY),
    "preparation not told": (facts(10, 9, prepared=None), V.CANNOT_SAY),
    "no pain-free run known": (facts(10, None), V.CANNOT_SAY),
}


@pytest.mark.parametrize("name", CASES)
def test_verdicts(name: str) -> None:
    given_, expected = CASES[name]
    advice = advise(given_, KNOWN)
    assert advice.verdict is expected
    assert advice.reasons[0].rule == "RTR-R17"
    assert advice.reasons[0].decided
    assert bool(advice.missing) == (expected is V.CANNOT_SAY)


def test_a_conditional_yes_names_its_conditions_and_the_drop_rule() -> None:
    advice = advise(facts(10, 9), KNOWN)
    assert Condition.DROP_RULE in advice.conditions
    assert Condition.SLOWER in advice.conditions
    assert "RTR-R19" in {r.rule for r in advice.reasons}
    assert advise(facts(10, 9, injured=False), KNOWN).conditions == ()


@pytest.mark.parametrize(("days", "pivot"), [(62, True), (63, False)])
def test_bone_close_to_the_race_turns_to_a_later_shorter_one(days: int, pivot: bool) -> None:
    advice = advise(facts(42.2, None, days=days, bone=True), KNOWN)  # 62 days are eight whole weeks
    assert (Pivot.LATER_SHORTER_RACE in advice.pivots) is pivot
    assert ("RTR-R18" in {r.rule for r in advice.reasons}) is pivot


@pytest.mark.parametrize("importance", list(Importance))
def test_what_the_race_means_brings_a_doctor_and_never_a_permission(importance: Importance) -> None:
    advice = advise(facts(10, 7, importance=importance), KNOWN)
    assert advice.verdict is V.NO
    assert advice.doctor is (importance is not Importance.ORDINARY)
    assert advise(facts(10, 9, importance=importance), KNOWN).doctor is False


@pytest.mark.parametrize(("days", "daily"), [(7, True), (8, False), (0, True)])
def test_race_week_is_asked_anew_each_day(days: int, daily: bool) -> None:
    assert advise(facts(10, 9, days=days), KNOWN).again_daily is daily


def test_a_race_that_is_over_is_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match="over"):
        advise(facts(10, 9, days=-1), KNOWN)


ORDER = [V.GO, V.CONDITIONS, V.BORDERLINE, V.CANNOT_SAY, V.NOT_NOW, V.NO]


@given(
    longest=st.floats(0.1, 50),
    shorter=st.floats(0.0, 1.0),
    light=st.sampled_from([Light.GREEN, Light.YELLOW, Light.RED]),
    healed=st.floats(0, 100),
)
def test_less_never_opens_more(longest: float, shorter: float, light: Light, healed: float) -> None:
    """A shorter run, a darker light or less healing never makes the answer friendlier."""
    base = facts(10, longest, light=light, healed_percent=healed)
    at = ORDER.index(advise(base, KNOWN).verdict)
    assert ORDER.index(advise(replace(base, pain_free_m=longest * 1000 * shorter), KNOWN).verdict) >= at
    assert ORDER.index(advise(replace(base, healed_percent=healed * shorter), KNOWN).verdict) >= at
    assert advise(replace(base, light=Light.RED), KNOWN).verdict is V.NO


def test_the_nearest_race_that_still_stands() -> None:
    near, far = Race("a", ON, 5000), Race("b", ON + timedelta(days=3), 10_000)
    assert next_race([far, near], ON) == near
    assert next_race([far, replace(near, dropped=True)], ON) == far
    assert next_race([near], ON + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("name", "weeks", "kind", "low", "high", "upper"),
    [
        ("RTR-E08", 6, CrossTraining.REGULAR, 4, 8, 12),
        ("RTR-E09", 6, CrossTraining.NONE, 6, 10, 12),
        ("RTR-E10", 1, CrossTraining.NONE, 0, 2, 2),
    ],
)
def test_weeks_to_regain(name: str, weeks: float, kind: CrossTraining, low: float, high: float, upper: float) -> None:
    found = weeks_to_regain(weeks, kind, KNOWN)
    assert (round(found.low_weeks), round(found.high_weeks), found.upper_weeks) == (low, high, upper), name
    assert found.reason.rule == "RTR-R16"


def test_just_over_a_week_off_counts_by_weeks() -> None:
    assert weeks_to_regain(1.1, CrossTraining.NONE, KNOWN).low_weeks == pytest.approx(1.1)
    with pytest.raises(ValueError, match="negative"):
        weeks_to_regain(-1, CrossTraining.NONE, KNOWN)


@pytest.mark.parametrize(
    ("days", "without", "trained"),
    [(0, 1, 1), (5, 1, 1), (6, 0.997, 0.9985), (28, 0.931, 0.9655), (72, 0.8, 0.9), (400, 0.8, 0.9)],
)
def test_fitness_kept(days: int, without: float, trained: float) -> None:
    found = fitness_kept(days, KNOWN)
    assert found.without == pytest.approx(without, abs=1e-3)
    assert found.with_cross_training == pytest.approx(trained, abs=1e-3)
    assert found.reason.grade.rule_of_thumb


@pytest.mark.parametrize(
    ("days", "share"),
    [(6, (1, 1)), (7, (0.7, 0.75)), (14, (0.7, 0.75)), (15, (0.5, 0.5)), (28, (0.5, 0.5)), (29, None)],
)
def test_restart(days: int, share: tuple[float, float] | None) -> None:
    assert restart_share(days, KNOWN) == share
