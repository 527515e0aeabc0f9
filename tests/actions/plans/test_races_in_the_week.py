"""A race in the week's calendar: placed where the race rule lets it stand, else named; and on its own day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, K, Tale

from niggle.actions.plans.advice import race_today
from niggle.actions.plans.weeks import make_week
from niggle.actions.today import Decided
from niggle.core.plan import RUN_KINDS, Absence, Away, ItemKind, Placed, PlanFacts, Race, WeekItem, WeekPlan
from niggle.core.race import RaceVerdict
from niggle.core.today import Change, Decision, Memo, Task, decide, plans_of
from niggle.core.today.race_week import beside_races, race_item_id, races_of_week
from niggle.core.week import Severity
from niggle.wording.units import METRIC
from niggle.wording.week import race_lines
from niggle.wording.week import race_today as race_line

MONDAY = 14
SUNDAY = 20
RACE = Race("r", DAY + timedelta(days=SUNDAY), 8_000, "Park run", prepared=True)


def tale(until: int = MONDAY, healed: float | None = 95) -> Tale:
    """Runs every other day without pain, the longest of 7 km; two weeks into a plan."""
    found = Tale("plantar-fasciitis", before_week_m=30000.0)
    for n in range(-28, until):
        if n % 2:
            found.calm([n])
        else:
            found.run(n, 40, 7.0)
    found.calm([until])
    found.strong(until - 2)
    if healed is not None:
        found.answer(until, "says_healed_percent", healed)
    return found


def case(found: Tale, n: int = MONDAY, race: Race = RACE, **more: object):
    base = found.case(n)
    return replace(base, plan=replace(base.plan, races=(race,), **more))


def verdict(c) -> RaceVerdict:
    decision = decide(c, K)
    (advice,) = races_of_week(c, plans_of(c, K), decision, K, DAY + timedelta(days=MONDAY)).advice
    return advice.verdict


def races(week: WeekPlan) -> list[Placed]:
    return [p for p in week.placed if p.item.kind is ItemKind.RACE]


def test_the_week_holds_the_race_on_its_date_in_place_of_the_longest_run() -> None:
    c = case(tale())
    assert verdict(c) is RaceVerdict.CONDITIONS
    start = DAY + timedelta(days=MONDAY)
    solved = make_week(c, K, start)
    (found,) = races(solved.week)
    assert (found.on, found.item.id, found.item.metres) == (RACE.on, "race-r", 8000)
    without = make_week(replace(c, plan=replace(c.plan, races=())), K, start)
    runs = [
        p for p in without.week.placed if p.item.kind in (ItemKind.RUN_EASY, ItemKind.RUN_LONG, ItemKind.RUN_MEDIUM)
    ]
    beside = [p for p in solved.week.placed if p.item.kind in {r.item.kind for r in runs}]
    assert len(beside) == len(runs) - 1
    assert not [v for v in solved.violations if v.severity is Severity.BLOCK]
    eve = [p.item for p in solved.week.placed if p.on == RACE.on - timedelta(days=1)]
    assert not [i for i in eve if i.heavy or i.kind in (ItemKind.RUN_LONG, ItemKind.STRENGTH_A, ItemKind.STRENGTH_B)]


def test_its_hour_stays_where_she_put_it() -> None:
    c, start = case(tale()), DAY + timedelta(days=MONDAY)
    week = make_week(c, K, start).week
    early = replace(
        week, placed=tuple(replace(p, start_min=450) if p.item.kind is ItemKind.RACE else p for p in week.placed)
    )
    again = make_week(replace(c, plan=replace(c.plan, weeks=(early,))), K, start).week
    assert [p.start_min for p in races(again)] == [450]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"distance_m": 12_000.0}, RaceVerdict.NO),  # 7 of 12 km
        ({"prepared": False}, RaceVerdict.NO),
        ({"distance_m": 9_000.0}, RaceVerdict.BORDERLINE),
    ],
)
def test_what_the_race_rule_refuses_is_not_placed_and_said(change: dict, wanted: RaceVerdict) -> None:
    c = case(tale(), race=replace(RACE, **change))
    assert verdict(c) is wanted
    solved = make_week(c, K, DAY + timedelta(days=MONDAY))
    assert bool(races(solved.week)) is (wanted is RaceVerdict.BORDERLINE)
    found = races_of_week(c, plans_of(c, K), decide(c, K), K, DAY + timedelta(days=MONDAY))
    (line,) = race_lines(found.advice, METRIC)
    assert line.startswith("Park run, not in this week: " if wanted is RaceVerdict.NO else "Park run, on Sunday: ")


def test_a_yellow_day_takes_it_out_and_missing_answers_leave_it_in() -> None:
    found = tale()
    found.say(MONDAY, pain_max=5.0, pain_evening=5.0)
    assert verdict(case(found)) is RaceVerdict.NOT_NOW
    assert not races(make_week(case(found), K, DAY + timedelta(days=MONDAY)).week)
    unasked = case(tale(healed=None))
    assert verdict(unasked) is RaceVerdict.CANNOT_SAY
    assert races(make_week(unasked, K, DAY + timedelta(days=MONDAY)).week)


@pytest.mark.parametrize("kind", [Away.ILLNESS, Away.LIFE, Away.TRAVEL])
def test_days_away(kind: Away) -> None:
    ill = Absence("a", RACE.on, RACE.on, kind)
    c = case(tale(), absences=(ill,))
    assert bool(races(make_week(c, K, DAY + timedelta(days=MONDAY)).week)) is (kind is Away.TRAVEL)


def test_a_dropped_race_and_one_of_another_week_are_none_of_this_week() -> None:
    start = DAY + timedelta(days=MONDAY)
    for race in (replace(RACE, dropped=True), replace(RACE, on=RACE.on + timedelta(days=7))):
        assert not races(make_week(case(tale(), race=race), K, start).week)
    c = case(tale(), race=replace(RACE, on=RACE.on + timedelta(days=1)))
    around = races_of_week(c, plans_of(c, K), decide(c, K), K, start)
    assert ([p.on for p in around.after], around.advice) == ([RACE.on + timedelta(days=1)], ())


# ---- on its day


def on_the_day(found: Tale, race: Race = RACE, n: int = SUNDAY) -> Decision:
    start = DAY + timedelta(days=MONDAY)
    placed = Placed(
        WeekItem(race_item_id("r"), ItemKind.RACE, 50, race.distance_m, on=race.on, plans=("p1",)), race.on, 540
    )
    return decide(case(found, n, race, weeks=(WeekPlan(start, start, (placed,)),)), K)


def test_on_its_day_it_is_run_as_training_and_whole() -> None:
    (task,) = on_the_day(tale(SUNDAY)).tasks
    assert (task.kind, task.allowed, task.metres, task.changes) == (
        ItemKind.RACE, True, 8000, (Change.AS_TRAINING,)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("race", "healed", "pain"),
    [
        (replace(RACE, distance_m=12_000.0), 95, 0.0),  # refused
        (RACE, None, 0.0),  # not known how far healed
        (RACE, 80, 0.0),
        (RACE, 95, 5.0),  # yellow
        (RACE, 95, 8.0),  # red
        (replace(RACE, dropped=True), 95, 0.0),
    ],
)
def test_on_its_day_nothing_less_than_a_go_lets_it_be_run(race: Race, healed: float | None, pain: float) -> None:
    found = tale(SUNDAY, healed)
    if pain:
        found.say(SUNDAY, pain_before=pain)
    decision = on_the_day(found, race)
    tasks = [t for t in decision.tasks if t.kind is ItemKind.RACE]
    assert not any(t.allowed for t in tasks)
    assert all(t.because for t in tasks) or race.dropped
    assert decision.no_task is not None
    assert all(p.nothing is not None for p in decision.plan)


def test_without_races_a_week_is_as_before() -> None:
    c = tale().case(MONDAY)
    assert races_of_week(c, plans_of(c, K), decide(c, K), K, c.on).around  # nothing is looked up
    assert c.plan == PlanFacts(starts=c.plan.starts, tests=c.plan.tests, answers=c.plan.answers)


def test_of_strength_one_heavy_session_is_kept_beside_a_race() -> None:
    heavy = [WeekItem(f"strength-{n}", ItemKind.STRENGTH_A, 40, heavy=True) for n in range(2)]
    light = WeekItem("strength-b", ItemKind.STRENGTH_B, 40)
    race = Placed(WeekItem("race-r", ItemKind.RACE, 50, on=RACE.on), RACE.on, 540)
    assert [i.id for i in beside_races((*heavy, light), (race,))] == ["strength-0", "strength-b"]
    assert beside_races((*heavy, light), ()) == (*heavy, light)


# ---- without a calendar


def no_calendar(found: Tale, race: Race = RACE, n: int = SUNDAY) -> Decided:
    c = case(found, n, race)
    memo = Memo()
    return Decided(decide(c, K, memo), c, None, memo)


def race_tasks(decision: Decision) -> list[Task]:
    return [t for t in decision.tasks if t.kind is ItemKind.RACE]


def test_without_a_calendar_its_day_holds_it_too_and_no_other_run() -> None:
    day = no_calendar(tale(SUNDAY)).decision
    (task,) = race_tasks(day)
    (planned,) = race_tasks(on_the_day(tale(SUNDAY)))
    assert (task.id, task.allowed, task.metres, task.changes) == (
        planned.id, planned.allowed, planned.metres, planned.changes
    )  # fmt: skip
    assert not [t for t in day.tasks if t.kind in RUN_KINDS - {ItemKind.RACE}]
    assert not [t for t in day.tasks if t.kind in (ItemKind.STRENGTH_A, ItemKind.PLYOMETRICS, ItemKind.TEST)]


@pytest.mark.parametrize(
    ("race", "there"), [(replace(RACE, distance_m=12_000.0), True), (replace(RACE, dropped=True), False)]
)
def test_without_a_calendar_a_race_is_refused_on_its_day_or_never_there(race: Race, there: bool) -> None:
    found = race_tasks(no_calendar(tale(SUNDAY), race).decision)
    assert [(t.allowed, bool(t.because)) for t in found] == ([(False, True)] if there else [])


@pytest.mark.parametrize(("ahead", "quiet"), [(1, True), (2, False)])
def test_without_a_calendar_the_day_before_is_quiet(ahead: int, quiet: bool) -> None:
    def kinds(race: Race) -> set[ItemKind]:
        found = Tale("plantar-fasciitis", before_week_m=30000.0).calm(range(-28, SUNDAY + 1))
        return {t.kind for t in no_calendar(found.strong(SUNDAY - 8), race, SUNDAY).decision.tasks}

    race = replace(RACE, on=DAY + timedelta(days=SUNDAY + ahead))
    usual = kinds(replace(race, dropped=True))
    assert usual & {ItemKind.TEST, ItemKind.STRENGTH_A, ItemKind.STRENGTH_B}
    wanted = usual & {ItemKind.HOME_SET, ItemKind.MOBILITY, ItemKind.RUN_EASY, ItemKind.WALK} if quiet else usual
    assert kinds(race) == wanted


def test_before_its_day_the_race_rule_speaks_on_the_day_s_card() -> None:
    advice = race_today(no_calendar(tale(MONDAY), n=MONDAY))
    assert advice is not None
    assert advice.verdict is verdict(case(tale()))
    assert race_line(advice, METRIC).startswith("Park run, in 6 days: you may start, with lower stakes")
    assert race_today(no_calendar(tale(SUNDAY))) is None, "on its day the task says it"
    assert race_today(no_calendar(tale(MONDAY), replace(RACE, dropped=True), MONDAY)) is None


@pytest.mark.parametrize(("ahead", "said"), [(7, True), (8, False)])
def test_without_a_plan_only_race_week_says_it(ahead: int, said: bool) -> None:
    found = tale(MONDAY)
    found.plans = []
    race = replace(RACE, on=DAY + timedelta(days=MONDAY + ahead))
    assert (race_today(no_calendar(found, race, MONDAY)) is not None) is said
    assert race_today(no_calendar(tale(MONDAY), race, MONDAY)) is not None
