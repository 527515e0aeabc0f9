"""A week made again, in words: one short sentence for each kind of change, alike things together."""

from datetime import date, timedelta

import pytest

from niggle.core.plan import ItemKind, LeftOut, WeekChange, WeekItem, WeekPlan
from niggle.knowledge import load
from niggle.wording.units import METRIC
from niggle.wording.week import no_place_lines, remade_lines
from niggle.wording.week_again import CAUSES, change_lines

K = ItemKind
KNOWN = load()
MONDAY = date(2026, 3, 2)
MON, TUE, WED, THU, FRI, SAT, SUN = (MONDAY + timedelta(days=n) for n in range(7))


def change(kind: K, was: date | None, now: date | None, became: K | None = None, at: int | None = None) -> WeekChange:
    return WeekChange(f"{kind.value}-{was}", kind, was, now, became, at)


def week(*changes: WeekChange, because: tuple[str, ...] = ("red",), **more: object) -> WeekPlan:
    return WeekPlan(MONDAY, MONDAY, (), because=because, changes=changes, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ((change(K.RUN_EASY, THU, None), change(K.CROSS_TRAINING, None, THU)),
         ["Cross-training in place of the easy run on Thursday."]),
        ((change(K.RUN_EASY, THU, THU, K.CROSS_TRAINING), change(K.RUN_EASY, SUN, SUN, K.CROSS_TRAINING)),
         ["Cross-training in place of the easy runs on Thursday and Sunday."]),
        ((change(K.RUN_EASY, TUE, None), change(K.TEST, None, TUE)),
         ["Left out: the easy run on Tuesday.", "New: tests on Tuesday."]),
        ((change(K.RUN_EASY, TUE, None), change(K.HILLS, WED, None), change(K.RUN_EASY, THU, None)),
         ["Left out: the easy runs on Tuesday and Thursday; the hills on Wednesday."]),
        ((change(K.STRENGTH_A, THU, FRI), change(K.RUN_LONG, SUN, SAT)),
         ["Moved: strength A from Thursday to Friday and the long run from Sunday to Saturday."]),
        ((change(K.RUN_MEDIUM, WED, FRI, K.RUN_EASY),),
         ["Left out: the medium long run on Wednesday.", "New: easy run on Friday."]),
        ((change(K.RUN_EASY, TUE, TUE, at=360), change(K.RUN_EASY, THU, THU, at=360), change(K.TEST, MON, MON, at=360)),
         ["Now at 06:00: the easy runs on Tuesday and Thursday; the tests on Monday."]),
        ((change(K.RUN_EASY, TUE, TUE, at=360), change(K.TEST, WED, WED, at=420), change(K.HILLS, THU, THU, at=480)),
         ["At another hour: the easy run on Tuesday at 06:00, the tests on Wednesday at 07:00 and "
          "the hills on Thursday at 08:00."]),
    ],
)  # fmt: skip
def test_changes_in_words(changes: tuple[WeekChange, ...], said: list[str]) -> None:
    assert list(change_lines(changes)) == said


def test_no_change_is_lost() -> None:
    kinds = [K.RUN_EASY, K.RUN_LONG, K.STRENGTH_A, K.CROSS_TRAINING, K.TEST]
    gone = [change(k, MONDAY + timedelta(days=n), None) for n, k in enumerate(kinds)]
    text = " ".join(change_lines(gone))
    for word in ("easy run", "long run", "strength A", "cross-training", "tests", "Monday", "Friday"):
        assert word in text


def test_the_red_light_tells_the_pause_with_it() -> None:
    (why, *_) = remade_lines(week(change(K.RUN_EASY, TUE, None), because=("red", "pause")))
    assert why == "Your week was made again because of the red light."
    (why, *_) = remade_lines(week(change(K.RUN_EASY, TUE, None), because=("pause",)))
    assert "pause from running" in why


@pytest.mark.parametrize(
    ("stand", "said"),
    [
        (("away 2026-03-03 illness still",), "your illness"),
        (("away 2026-03-03 illness still", "away 2026-03-04 travel runs"), "the days away"),
        ((), "the days away, which are over"),
    ],
)
def test_days_away_are_called_what_they_are(stand: tuple[str, ...], said: str) -> None:
    (why,) = remade_lines(week(because=("away",), stand=stand))
    assert why == f"Your week was made again because of {said}. Nothing had to move."


def test_a_week_in_which_nothing_is_left_lists_nothing() -> None:
    (line,) = remade_lines(week(change(K.RUN_EASY, TUE, None), because=("away",), named="ill"))
    assert line.endswith("No session is left in it.")


def test_every_cause_reads_after_because_of() -> None:
    for cause in CAUSES:
        assert remade_lines(week(because=(cause,)))[0].startswith("Your week was made again because of ")


def test_what_is_alike_is_left_out_in_one_line() -> None:
    ride, swim, run = (WeekItem(n, k, 30.0) for n, k in (("a", K.CROSS_TRAINING), ("b", K.CROSS_TRAINING),
                                                         ("c", K.RUN_EASY)))  # fmt: skip
    kept = WeekPlan(MONDAY, MONDAY, (), no_place=(LeftOut(ride), LeftOut(swim), LeftOut(run, ("PLAN-W02",))))
    assert no_place_lines(kept, KNOWN, METRIC) == (
        "Left out: cross-training, 2 times; it fits no day well, and the week does without it.",
        "No place for easy run, 30\u00a0min. This lies outside the times you have.",
    )
    assert len(no_place_lines(WeekPlan(MONDAY, MONDAY, (), no_place=(LeftOut(ride),)), KNOWN, METRIC)) == 1
