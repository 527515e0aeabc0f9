"""The first days after an illness: short and easy, alike on the day, in its task and in the calendar (PLAN-R17)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.core.rehab.tale import DAY, K, Tale
from tests.core.rehab.test_running import on_the_ladder

from niggle.core.checkin import Answers, Entry
from niggle.core.plan import RUN_KINDS, Absence, Away, ItemKind, PlanFacts
from niggle.core.rehab import recovering
from niggle.core.today import Activity, Headline, after_illness, decide, plans_of, surroundings_of

A = Activity
HARD = {A.LONG_RUN, A.SPEED, A.HILLS, A.DOWNHILL, A.PLYOMETRICS}


def day(n: int) -> date:
    return DAY + timedelta(days=n)


def ill(first: int, last: int, kind: Away = Away.ILLNESS) -> Absence:
    return Absence(f"a{first}", day(first), day(last), kind)


def runner(*absences: Absence, fever: tuple[int, ...] = (), well: int = 20) -> Tale:
    """Runs of 6 km every third day until day 9; calm days up to `well`."""
    tale = Tale("plantar-fasciitis", before_week_m=30_000.0)
    for n in range(-30, 10):
        if n % 3:
            tale.calm([n])
        else:
            tale.run(n, 36, 6.0)
    tale.calm(range(10, well))
    for n in fever:
        stamp = tale.entries[0].recorded_at + timedelta(days=n + 30)
        tale.entries.append(Entry(f"f{n}", day(n), stamp, None, None, answers=Answers(findings=(("fever", True),))))
    tale.absences = list(absences)
    return tale


def found(tale: Tale, n: int):
    life = tale.life(n)
    return recovering(life.facts, life.checkins, life.history, day(n), K)


@pytest.mark.parametrize(("days", "gentle"), [(2, False), (3, True)])
def test_three_days_of_illness_are_followed_by_three_gentle_ones(days, gentle):
    tale = runner(ill(10, 9 + days))
    back = found(tale, 10 + days)
    assert (back is not None) is gentle
    if gentle:
        assert (back.days, back.fever, back.runs_from) == (3, False, day(13))
        assert found(tale, 15) is not None
        assert found(tale, 16) is None


def test_a_week_of_gentle_days_is_the_most():
    tale = runner(ill(10, 22), well=32)
    assert found(tale, 23 + 6) is not None
    assert found(tale, 23 + 7) is None


def test_a_fever_counts_from_one_day_and_asks_for_a_day_without_a_run():
    assert found(runner(ill(10, 10)), 11) is None
    tale = runner(ill(10, 10), fever=(10,))
    assert found(tale, 11).runs_from == day(12)
    assert not tale.today(11).may_run
    assert tale.today(11).headline is Headline.EASY_AFTER_ILLNESS
    assert tale.today(12).may_run
    assert found(tale, 12) is not None
    assert found(tale, 13) is None


def test_a_fever_of_another_day_is_not_this_illness():
    assert found(runner(ill(10, 11), fever=(8,)), 12) is None


def test_two_rows_of_one_illness_are_one():
    assert found(runner(ill(10, 11), ill(12, 12)), 13).days == 3
    assert found(runner(ill(5, 6), ill(12, 12)), 13) is None


@pytest.mark.parametrize("kind", [Away.TRAVEL, Away.LIFE])
def test_days_away_are_no_illness(kind):
    assert found(runner(ill(10, 12, kind)), 13) is None


def test_one_that_was_taken_back_never_was():
    assert found(runner(replace(ill(10, 12), taken_back=True)), 13) is None


def test_no_gentle_day_while_she_is_ill_again():
    assert found(runner(ill(10, 12), ill(13, 13)), 13) is None


@pytest.mark.parametrize("plan", [True, False])
def test_the_day_is_short_and_easy(plan):
    plain, tale = runner(ill(10, 11)), runner(ill(10, 12))
    full, decision = (decide(_case(t, 13, plan), K) for t in (plain, tale))
    assert decision.headline is Headline.EASY_AFTER_ILLNESS
    assert decision.may_run
    assert not HARD & set(decision.allowed)
    assert HARD & set(full.allowed) or plan
    assert decision.caps.longest_session_m == 3000.0 < full.caps.longest_session_m
    assert dict(decision.caps.rules)["longest_session_m"] == "PLAN-R17"
    assert [r.rule for r in decision.reasons if r.decided] == ["PLAN-R17"]
    assert decision.light is full.light, "the light speaks of pain"


def _case(tale: Tale, n: int, plan: bool):
    case = tale.case(n)
    return case if plan else replace(case, plan=PlanFacts(absences=case.plan.absences))


def test_the_task_of_the_day_is_no_longer_than_that():
    runs = [t for t in runner(ill(10, 12)).today(13).tasks if t.kind in RUN_KINDS]
    assert runs
    assert all(t.metres <= 3000.0 for t in runs if t.allowed)
    assert max(t.metres for t in runner().today(13).tasks if t.kind in RUN_KINDS) > 3000.0


def test_pain_keeps_the_first_word():
    tale = runner(ill(10, 12), well=13).say(13, pain_evening=8.0)
    assert tale.today(13).headline is Headline.NO_RUNNING
    assert not tale.today(13).may_run


def test_on_a_ladder_the_first_session_is_the_step_before():
    tale, start = on_the_ladder("patellofemoral-pain-syndrome", 80)
    for n in range(start, start + 6, 2):
        tale.run(n, 14, 1.609 if n == start else 2.414)
    n = next(n for n in range(start, start + 10) if plans_of(tale.case(n), K)[0].step == 2)
    step = plans_of(tale.case(n + 4), K)[0].step
    whole = surroundings_and_task(tale, n + 4)
    tale.absences = [ill(n + 1, n + 3)]
    lower = surroundings_and_task(tale, n + 4)
    assert plans_of(tale.case(n + 4), K)[0].step == step, "nothing is lost"
    metres = [s.metres for s in K.ladders["joint"].steps]
    assert lower == metres[metres.index(whole) - 1]


def surroundings_and_task(tale: Tale, n: int) -> float | None:
    (task,) = [t for t in tale.today(n).tasks if t.kind is ItemKind.RUN_WALK]
    return task.metres


def test_a_calendar_knows_the_days_to_come_after_an_illness_that_is_not_over():
    """Ill until Wednesday, seen on Monday: nothing hard until Saturday, and short runs until then."""
    tale = runner(ill(14, 16))
    case = tale.case(14)
    around = surroundings_of(case, K, day(14), decide(case, K).light)
    gentle = {day(n) for n in (17, 18, 19)}
    assert around.gentle_on == gentle
    assert gentle <= around.shut(ItemKind.RUN_LONG)
    assert gentle <= around.shut(ItemKind.PLYOMETRICS)
    assert not gentle & around.shut(ItemKind.RUN_EASY)
    from niggle.core.plan import Placed, WeekItem

    run = WeekItem("run-1", ItemKind.RUN_EASY, 36.0, 6000.0)
    placed = tuple(Placed(replace(run, id=f"run-{n}"), day(n), 1080) for n in (18, 20))
    short, whole = after_illness(case, placed, K)
    assert (short.item.metres, short.item.minutes) == (3000.0, 18.0)
    assert whole.item == placed[1].item
