"""What a season's simulation found: a tiny week opened a whole one, and an old yellow still allowed a run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from niggle.core.body import LOAD_TISSUES, Side
from niggle.core.case import Case
from niggle.core.checkin import Answers, Entry
from niggle.core.history import FEATURES, History
from niggle.core.outcomes import Light
from niggle.core.plan import PlanFacts, PlanStart
from niggle.core.profile import Profile
from niggle.core.spikes import caps
from niggle.core.today import Activity, decide
from niggle.knowledge import load

MON = date(2026, 4, 6)
KNOWN = load()


def log(weeks_km: list[float]) -> History:
    """Two runs a week at 6:00/km, the last week ends on the Sunday before MON."""
    rows = [
        (MON - timedelta(days=7 * (len(weeks_km) - n) - day), km * 500)
        for n, km in enumerate(weeks_km) for day in (1, 4)
        if km
    ]  # fmt: skip
    n = len(rows)
    metres = np.array([m for _, m in rows])
    day = np.array([d.toordinal() for d, _ in rows])
    none = (None,) * n
    return History(
        tuple(f"s{i}" for i in range(n)), day * 86400.0, day, np.zeros(n, np.int64), metres, metres * 0.36,
        metres * 0.36, np.zeros(n), np.zeros(n), np.repeat(metres[:, None] / 1000, len(LOAD_TISSUES), axis=1),
        np.full((n, len(FEATURES)), np.nan), (frozenset(),) * n, none, none, none,
    )  # fmt: skip


def entry(on: date, pain: float) -> Entry:
    told = datetime(on.year, on.month, on.day, 20, tzinfo=UTC)
    answers = Answers(pain_evening=pain, pain_morning=pain, limp=False, night_pain=False, baseline_by_24h=True)
    return Entry(f"e{on}", on, told, "hip_outer", Side.LEFT, answers=answers)


def case(weeks_km: list[float], pain: float = 1.0, said_days_ago: int = 0) -> Case:
    plan = PlanStart("p", "greater-trochanteric-bursitis", MON - timedelta(days=20), "hip_outer", Side.LEFT,
                     before_week_m=35_000.0)  # fmt: skip
    newest = MON - timedelta(days=said_days_ago)
    entries = tuple(entry(newest - timedelta(days=n), pain) for n in range(6, -1, -1))
    return Case(MON, log(weeks_km), entries, Profile(), plan=PlanFacts(starts=(plan,)))


@pytest.mark.parametrize(
    ("last_km", "most_m"),
    [(1.0, 5000.0), (2.4, 5000.0), (4.0, 8000.0), (4.9, 9800.0)],
    ids=["far below", "twice is less than half an hour", "twice", "just below half an hour"],
)
def test_a_tiny_week_is_followed_by_half_an_hour_or_by_twice_as_much(last_km: float, most_m: float) -> None:
    decision = decide(case([30.0, 30.0, 0.0, 0.0, last_km, last_km, last_km]), KNOWN)
    assert decision.caps.week_total_m == pytest.approx(most_m, abs=100)


def test_half_an_hour_and_more_grows_by_per_cent_again() -> None:
    decision = decide(case([30.0, 30.0, 0.0, 0.0, 6.0, 6.0, 6.0]), KNOWN)
    assert decision.caps.week_total_m is not None
    assert decision.caps.week_total_m <= 6600


def test_without_a_plan_a_tiny_week_has_no_percentages() -> None:
    alone = replace(case([30.0, 30.0, 0.0, 0.0, 2.0, 2.0, 2.0]), plan=PlanFacts())
    assert decide(alone, KNOWN).caps.week_total_m is None


@pytest.mark.parametrize(("days", "may"), [(7, True), (8, False)])
def test_a_yellow_that_nobody_spoke_of_for_more_than_a_week_allows_no_run(days: int, may: bool) -> None:
    alone = replace(case([30.0, 30.0, 30.0, 0.0, 0.0], pain=4.0, said_days_ago=days), plan=PlanFacts())
    decision = decide(alone, KNOWN)
    assert decision.light is Light.YELLOW
    assert (Activity.EASY_RUN in decision.allowed) is may


@pytest.mark.parametrize(
    ("weeks_km", "most_m"),
    [([10.0] * 6, 11_000.0), ([*[10.0] * 5, 7.0], 10_000.0), ([*[10.0] * 3, 5.0, 5.0, 0.0], 5_000.0)],
    ids=["ten per cent", "back after a lighter week", "an empty week opens nothing"],
)
def test_a_week_without_a_run_is_no_measure_and_lifts_no_limit(weeks_km: list[float], most_m: float) -> None:
    one_a_week = replace(case(weeks_km), plan=PlanFacts())
    h = one_a_week.history
    tuesdays = np.flatnonzero((MON.toordinal() - h.day) % 7 == 6)
    rows = [int(i) for i in tuesdays]
    whole = replace(
        h, ids=tuple(h.ids[i] for i in rows), tags=tuple(h.tags[i] for i in rows), surface=(None,) * len(rows),
        low_side=(None,) * len(rows), shoe=(None,) * len(rows), distance_m=h.distance_m[rows] * 2,
        timer_s=h.timer_s[rows] * 2, moving_s=h.moving_s[rows] * 2, doses=h.doses[rows] * 2, day=h.day[rows],
        start_s=h.start_s[rows], sport=h.sport[rows], ascent_m=h.ascent_m[rows], descent_m=h.descent_m[rows],
        features=h.features[rows],
    )  # fmt: skip
    found = caps(whole, MON, KNOWN, Profile())
    assert found.week_total_km is not None
    assert found.week_total_km.value * 1000 == pytest.approx(most_m)
