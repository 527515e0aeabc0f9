"""A case survives the way to JSON and back exactly; a file that is none says why."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from niggle.core.body import LOAD_TISSUES, Side
from niggle.core.case import BadCase, Case, case_from_plain, case_to_plain
from niggle.core.checkin import Answers, Entry, Moment, Quality, Stiffness
from niggle.core.history import FEATURES, History, Shoe, Surface, Tag, empty_history
from niggle.core.plan import PlanFacts, PlanStart
from niggle.core.profile import Clearance, KnownCondition, Mode, Profile
from niggle.core.spikes import Told

DAY = date(2026, 3, 1)


def a_history(rows: int, seed: int = 1) -> History:
    rng = np.random.default_rng(seed)
    day = np.arange(DAY.toordinal() - rows, DAY.toordinal(), dtype=np.int64)
    column = rng.uniform(0, 1e4, (6, rows))
    column[1, ::3] = np.nan
    return History(
        tuple(f"s{i}" for i in range(rows)), day * 86400.0, day, rng.integers(0, 11, rows), *column[:5],
        rng.uniform(0, 30, (rows, len(LOAD_TISSUES))), rng.uniform(0, 5, (rows, len(FEATURES))),
        tuple(frozenset({Tag.SPEED} if i % 2 else ()) for i in range(rows)),
        tuple(Surface.ROAD if i % 2 else None for i in range(rows)), (None,) * rows, ("a",) * rows,
        (Shoe("a", "Daily", first_used=DAY),),
    )  # fmt: skip


def test_a_full_case_comes_back_equal():
    entry = Entry(
        "e1", DAY, datetime(2026, 3, 1, 20, 5, tzinfo=UTC), "knee_front", Side.LEFT, Moment.AFTER, "s1",
        Answers(pain_max=4.0, quality=Quality.DULL, stiffness=Stiffness.WORSE, findings=(("fever", False),)),
    )  # fmt: skip
    profile = Profile(
        born_on=date(1990, 1, 2), mode=Mode.COMEBACK,
        conditions=(KnownCondition("achilles", "achilles", Side.LEFT, DAY),),
        clearances=(Clearance(DAY, "a clinic", "achilles", Side.LEFT),),
    )  # fmt: skip
    case = Case(DAY, a_history(5), (entry,), profile, "sunday", "0.1.0", "abc", (Told("day_load", DAY),))
    text = json.dumps(case_to_plain(case), allow_nan=False)
    back = case_from_plain(json.loads(text))
    assert back.entries == case.entries
    assert back.profile == case.profile
    assert back.told == case.told
    np.testing.assert_array_equal(back.history.doses, case.history.doses)
    np.testing.assert_array_equal(back.history.distance_m, case.history.distance_m)
    assert case_to_plain(back) == case_to_plain(case)
    assert back.digest == case.digest


@given(st.integers(0, 12), st.integers(0, 9999))
def test_any_history_comes_back_exactly(rows, seed):
    case = Case(DAY, a_history(rows, seed), (), Profile())
    assert case_from_plain(json.loads(json.dumps(case_to_plain(case)))).digest == case.digest


def test_tomorrow_is_cut_off():
    history = a_history(10)
    assert len(history.until(date.fromordinal(int(history.day[4])))) == 5
    assert len(history.until(DAY)) == 10
    assert len(history.since(date.fromordinal(int(history.day[4])))) == 6
    assert len(empty_history().until(DAY)) == 0


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda d: d.pop("profile"), "no 'profile'"),
        (lambda d: d.update(niggle_case=99), "format"),
        (lambda d: d["history"].update(ids=["a"]), "cannot be read"),
        (lambda d: d.update(on="yesterday"), "cannot be read"),
        (lambda d: d.update(entries=[{"nonsense": 1}]), "'id'"),
    ],
)
def test_a_file_that_is_no_case_says_why(change, complaint):
    plain = case_to_plain(Case(DAY, a_history(3), (), Profile()))
    change(plain)
    with pytest.raises(BadCase, match=complaint):
        case_from_plain(plain)


def test_a_case_written_before_there_was_anything_told_is_read():
    plain = case_to_plain(Case(DAY, a_history(1), (), Profile()))
    del plain["told"]
    assert case_from_plain(plain).told == ()


def test_a_plan_survives_and_a_case_without_one_stays_as_it_was() -> None:
    """Cases that were kept before plans existed read as before, and none is written where there is none."""
    bare = Case(date(2026, 5, 4), empty_history(), (), Profile())
    assert "plan" not in case_to_plain(bare)
    start = PlanStart("p", "calf-strain", date(2026, 5, 1), "calf_inner")
    planned = replace(bare, plan=PlanFacts(starts=(start,)))
    assert case_from_plain(json.loads(json.dumps(case_to_plain(planned)))).plan == planned.plan
    assert case_from_plain(case_to_plain(bare)).plan == PlanFacts()
    with pytest.raises(BadCase):
        case_from_plain({**case_to_plain(bare), "plan": {"starts": [{"id": "p"}]}})
