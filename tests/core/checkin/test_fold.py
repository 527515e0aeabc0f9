"""Folding entries: the careful reading wins, order does not matter, what was recorded later is not yet known."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.checkin.kept import seasons
from tests.core.checkin.strategies import DAY_0, histories

from niggle.core.body import Side
from niggle.core.checkin import Answers, Entry, Folded, Quality, Stiffness, complaints, fold, series

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)


def entry(name: str, minutes: int = 0, on: date = DAY_0, corrects: str | None = None, **said: object) -> Entry:
    recorded = NOON + timedelta(minutes=minutes)
    site = said.pop("site", "calf_inner")
    side = said.pop("side", Side.LEFT)
    return Entry(name, on, recorded, site, side, None, None, Answers(**said), corrects)  # type: ignore[arg-type]


def folded(*found: Entry, until: date = DAY_0) -> Answers:
    (one,) = fold(found, until=until)
    return one.answers


def test_the_higher_pain_and_the_yes_win() -> None:
    a = folded(entry("a", pain_max=4, limp=True), entry("b", 5, pain_max=2, limp=False, swelling=False))
    assert (a.pain_max, a.limp, a.swelling, a.pop) == (4, True, False, None)


def test_where_yes_reassures_the_no_wins() -> None:
    a = folded(
        entry("a", baseline_by_24h=True, posture_fades=False), entry("b", 5, baseline_by_24h=False, posture_fades=True)
    )
    assert (a.baseline_by_24h, a.posture_fades) == (False, False)


def test_the_worse_word_wins() -> None:
    a = folded(
        entry("a", quality=Quality.SHARP, stiffness=Stiffness.WORSE),
        entry("b", 5, quality=Quality.DULL, stiffness=Stiffness.BETTER),
    )
    assert (a.quality, a.stiffness) == (Quality.SHARP, Stiffness.WORSE)


def test_the_earlier_onset_and_the_shorter_night_win() -> None:
    a = folded(entry("a", onset_km=6.0, sleep_h=7.0), entry("b", 5, onset_km=2.0, sleep_h=5.0))
    assert (a.onset_km, a.sleep_h) == (2.0, 5.0)


def test_a_correction_replaces() -> None:
    assert folded(entry("a", pain_max=8), entry("b", 5, corrects="a", pain_max=3)).pain_max == 3


def test_what_is_taken_back_leaves_nothing_behind_not_even_a_quiet_day() -> None:
    back = Entry("b", DAY_0, NOON + timedelta(minutes=5), corrects="a")
    assert back.withdraws
    assert fold([entry("a", pain_max=8), back], until=DAY_0) == ()
    assert fold([entry("a", pain_max=8), replace(back, site="arch")], until=DAY_0) != ()
    nothing_hurts = replace(back, answers=Answers(pain_max=0))
    assert not nothing_hurts.withdraws
    assert [c.site for c in fold([entry("a", pain_max=8), nothing_hurts], until=DAY_0)] == [None]


def test_a_corrected_correction() -> None:
    found = (entry("a", pain_max=8), entry("b", 5, corrects="a", pain_max=3), entry("c", 9, corrects="b", pain_max=5))
    assert folded(*found).pain_max == 5


def test_two_entries_cannot_both_vanish_by_correcting_each_other() -> None:
    assert folded(entry("a", corrects="b", pain_max=8), entry("b", 5, corrects="a", pain_max=3)).pain_max == 3


def test_a_correction_recorded_tomorrow_is_not_known_today() -> None:
    later = replace(entry("b", corrects="a", pain_max=3), recorded_at=NOON + timedelta(days=1))
    assert folded(entry("a", pain_max=8), later).pain_max == 8
    assert folded(entry("a", pain_max=8), later, until=DAY_0 + timedelta(days=1)).pain_max == 3


def test_the_morning_after_is_not_known_on_the_day_of_the_run() -> None:
    morning = replace(entry("b", pain_morning=3), recorded_at=NOON + timedelta(days=1))
    assert folded(entry("a", pain_max=2), morning).pain_morning is None
    assert folded(entry("a", pain_max=2), morning, until=DAY_0 + timedelta(days=1)).pain_morning == 3


def test_complaints_are_apart_and_both_sides_join() -> None:
    told = [entry("a", pain_max=2), entry("b", side=Side.BOTH, pain_max=5), entry("c", site="toes", pain_max=1)]
    checkins = fold(told, until=DAY_0)
    assert set(complaints(checkins)) == {("calf_inner", Side.LEFT), ("toes", Side.LEFT)}
    line = series(checkins, "calf_inner", Side.LEFT)
    assert [c.answers.pain_max for c in line.days] == [5]


@settings(deadline=None)
@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(found: list[Entry], random: Random) -> None:
    mixed = list(found)
    random.shuffle(mixed)
    assert fold(mixed, until=DAY_0) == fold(found, until=DAY_0)


@settings(deadline=None)
@given(histories)
def test_an_entry_given_twice_changes_nothing(found: list[Entry]) -> None:
    assert fold([*found, *found], until=DAY_0) == fold(found, until=DAY_0)


@settings(deadline=None, max_examples=200)
@given(seasons())
def test_what_was_folded_before_changes_nothing(season: list[tuple[int, tuple[Entry, ...]]]) -> None:
    before = Folded()
    for day, known in season:
        until = DAY_0 + timedelta(days=day)
        assert fold(known, until=until, before=before) == fold(known, until=until)


def test_a_day_of_which_nothing_new_was_said_keeps_its_check_in() -> None:
    before = Folded()
    a, b = entry("a", pain_max=4), entry("b", 24 * 60, on=DAY_0 + timedelta(days=1), pain_max=2)
    (first,) = fold((a,), until=DAY_0, before=before)
    kept, second = fold((a, b), until=DAY_0 + timedelta(days=1), before=before)
    assert kept is first
    assert fold((a, b), until=DAY_0 + timedelta(days=2), before=before) == (first, second)


def test_a_late_correction_of_a_folded_day_counts() -> None:
    before = Folded()
    a = entry("a", pain_max=8)
    assert fold((a,), until=DAY_0, before=before)[0].answers.pain_max == 8
    b = entry("b", 24 * 60, corrects="a", pain_max=3)
    assert fold((a, b), until=DAY_0, before=before)[0].answers.pain_max == 8
    assert fold((a, b), until=DAY_0 + timedelta(days=1), before=before)[0].answers.pain_max == 3
    assert fold((a, b), until=DAY_0, before=before)[0].answers.pain_max == 8
