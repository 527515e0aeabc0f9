"""Every rule of a week, on both sides of what it allows, and the sheet's own week (RP-44)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.core.week.sample import (
    BIKE,
    EASY,
    FRI,
    LONG,
    MON,
    QUIET,
    SAT,
    STRIDES,
    SUN,
    THU,
    TUE,
    WED,
    WEEK,
    WITH_STRIDES,
    A,
    B,
    K,
    at,
    changed,
    item,
)
from tests.healthy.build import knowledge

from niggle.core.outcomes import Light
from niggle.core.plan import Availability, DayWindow, ItemKind, Placed
from niggle.core.protocol import Phase
from niggle.core.week import Severity, Shift, Spacing, Surroundings, Violation, blocks, check, reason_of

BLOCK, WARN = Severity.BLOCK, Severity.WARN
HILLS, SPEED, HOPS = item(K.HILLS, 50), item(K.SPEED, 50), item(K.PLYOMETRICS, 20)
RACE = item(K.RACE, 60)
HEAVY_B = replace(B, heavy=True)
PLAIN_A = replace(A, plyometric=False)


def found(
    *placed: Placed, around: Surroundings = QUIET, available: Availability | None = None
) -> list[tuple[str, str]]:
    return [(v.rule, v.severity.value) for v in check(placed, around, knowledge(), available)]


def one(rule: str, *placed: Placed, around: Surroundings = QUIET) -> Severity | None:
    """How that one rule judges the week; blocks come first."""
    return next((v.severity for v in check(placed, around, knowledge()) if v.rule == rule), None)


def heavy_ends(on: date, hour: float) -> Placed:
    return at(replace(PLAIN_A, minutes=60), on, hour - 1)


# ---- RP-44


def test_the_sample_week_is_clean_without_strides() -> None:
    assert check(WEEK, QUIET, knowledge()) == ()


def test_the_sample_week_warns_exactly_once_with_tuesday_strides() -> None:
    (only,) = check(WITH_STRIDES, QUIET, knowledge())
    assert (only.rule, only.severity, only.items) == ("RP-C01", WARN, ("strength_a", "strides"))
    assert only.suggestion == Shift("strides", WED)  # the later session, by one day
    assert reason_of(only, knowledge()).sources == ("S3",)


# ---- RP-C01


@pytest.mark.parametrize("fast", [HILLS, SPEED, RACE, HOPS], ids=lambda i: i.kind.value)
@pytest.mark.parametrize(
    ("day", "hour", "verdict"),
    [
        (WED, 6.0, BLOCK),  # 35 h after Monday 19:00 (LOAD-E07)
        (WED, 6.99, BLOCK),
        (WED, 7.0, WARN),  # 36 h
        (WED, 18.0, WARN),  # 47 h (LOAD-E08)
        (WED, 18.99, WARN),
        (WED, 19.0, None),  # 48 h
    ],
)
def test_fast_work_after_heavy_calf_work(fast: object, day: date, hour: float, verdict: Severity | None) -> None:
    assert one("RP-C01", heavy_ends(MON, 19), at(fast, day, hour)) is verdict  # type: ignore[arg-type]


def test_an_easy_run_the_day_after_heavy_calf_work_is_open() -> None:
    assert found(heavy_ends(MON, 19), at(EASY, TUE, 7)) == []  # LOAD-E09, RP-C02


@pytest.mark.parametrize(
    ("quiet", "hour", "verdict"),
    [(True, 6.9, WARN), (True, 7.0, None), (False, 6.9, BLOCK), (None, 6.9, BLOCK), (None, 7.0, None)],
)
def test_strides_after_heavy_calf_work(quiet: bool | None, hour: float, verdict: Severity | None) -> None:
    around = replace(QUIET, quiet=quiet)
    assert one("RP-C01", heavy_ends(MON, 19), at(STRIDES, WED, hour), around=around) is verdict


def test_the_clock_runs_on_from_the_week_before() -> None:
    around = replace(QUIET, before=(replace(heavy_ends(MON - timedelta(days=1), 20), done=True),))
    assert one("RP-C01", at(HILLS, TUE, 7), around=around) is BLOCK  # 35 h
    assert one("RP-C01", at(HILLS, TUE, 9), around=around) is WARN  # 37 h


def test_the_finisher_in_the_same_session_is_no_separate_plyometric() -> None:
    assert found(at(A, MON)) == []  # RP-X05


def test_the_clock_does_not_run_backwards() -> None:
    assert one("RP-C01", at(HILLS, MON, 7), heavy_ends(TUE, 19)) is None


# ---- RP-C02


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [(K.RUN_EASY, None), (K.RUN_WALK, None), (K.RUN_MEDIUM, WARN), (K.RUN_LONG, WARN), (K.SPEED, WARN)],
)
def test_only_easy_running_is_said_to_follow_heavy_strength(kind: ItemKind, verdict: Severity | None) -> None:
    assert one("RP-C02", at(HEAVY_B, MON, 8), at(item(kind), TUE, 18)) is verdict
    assert one("RP-C02", at(B, MON, 8), at(item(kind), TUE, 18)) is None  # moderate
    assert one("RP-C02", at(HEAVY_B, MON, 8), at(item(kind), WED, 18)) is None


# ---- RP-C03


@pytest.mark.parametrize("fast", [HILLS, SPEED, RACE], ids=lambda i: i.kind.value)
@pytest.mark.parametrize(("hour", "verdict"), [(18.9, BLOCK), (19.0, None)])
def test_one_system_at_a_time_in_both_orders(fast: object, hour: float, verdict: Severity | None) -> None:
    hard = replace(fast, minutes=60.0)  # type: ignore[type-var]
    assert one("RP-C03", at(replace(HEAVY_B, minutes=60), MON, 18), at(hard, TUE, hour)) is verdict  # type: ignore[arg-type]
    assert one("RP-C03", at(hard, MON, 18), at(replace(HEAVY_B, minutes=60), TUE, hour)) is verdict  # type: ignore[arg-type]


def test_what_does_not_count_as_hard() -> None:
    assert one("RP-C03", at(B, MON, 8), at(HILLS, MON, 18)) is None  # moderate strength
    assert one("RP-C03", at(HEAVY_B, MON, 8), at(EASY, MON, 18)) is None
    assert one("RP-C03", at(HEAVY_B, MON, 8), at(item(K.RUN_MEDIUM, 60, steady_block=True), MON, 18)) is None


# ---- RP-C04


@pytest.mark.parametrize(
    ("before", "verdict"),
    [
        (item(K.RUN_EASY, 30), None),
        (item(K.RUN_EASY, 30.5), BLOCK),
        (item(K.RUN_WALK, 30), None),
        (item(K.RUN_MEDIUM, 20), BLOCK),
        (item(K.CROSS_TRAINING, 30), None),
        (item(K.CROSS_TRAINING, 31), BLOCK),
        (B, BLOCK),
        (STRIDES, BLOCK),
        (item(K.HOME_SET, 40), None),
        (item(K.MOBILITY, 40), None),
        (item(K.TEST, 20), None),
    ],
    ids=lambda x: f"{x.kind.value}-{x.minutes}" if hasattr(x, "kind") else str(x),
)
def test_the_day_before_the_long_run(before: object, verdict: Severity | None) -> None:
    assert one("RP-C04", at(before, FRI), at(LONG, SAT, 9)) is verdict  # type: ignore[arg-type]
    assert one("RP-C04", at(before, THU), at(LONG, SAT, 9)) is None  # type: ignore[arg-type]


def test_two_short_runs_before_the_long_run_count_together() -> None:
    two = at(item(K.RUN_EASY, 15, "one"), FRI, 7), at(item(K.RUN_EASY, 15, "two"), FRI, 18)
    assert one("RP-C04", *two, at(LONG, SAT, 9)) is None
    more = at(item(K.RUN_EASY, 16, "one"), FRI, 7), at(item(K.RUN_EASY, 15, "two"), FRI, 18)
    assert one("RP-C04", *more, at(LONG, SAT, 9)) is BLOCK


# ---- RP-C05


@pytest.mark.parametrize(("hour", "verdict"), [(17.9, BLOCK), (18.0, None)])
def test_strength_sessions_stand_48_h_apart(hour: float, verdict: Severity | None) -> None:
    assert one("RP-C05", at(A, MON, 18), at(B, WED, hour)) is verdict
    assert one("RP-C05", at(B, MON, 18), at(A, WED, hour)) is verdict


def test_strength_of_the_same_focus_warns() -> None:
    assert one("RP-C05", at(A, MON, 18), at(replace(A, id="again"), WED, 18)) is WARN
    assert one("RP-C05", at(A, MON, 18), at(replace(A, id="again"), FRI, 18)) is None
    merged = item(K.STRENGTH, 40, "one"), item(K.STRENGTH, 40, "two")
    assert one("RP-C05", at(merged[0], MON, 18), at(merged[1], WED, 18)) is None


# ---- RP-C06 to C11


@pytest.mark.parametrize(("plan", "verdict"), [(True, BLOCK), (False, None)])
def test_the_long_run_and_descents(plan: bool, verdict: Severity | None) -> None:
    around = replace(QUIET, avoid_descents=plan)
    assert one("RP-C06", at(replace(LONG, descent=True), SAT), around=around) is verdict
    assert one("RP-C06", at(LONG, SAT), around=around) is None


@pytest.mark.parametrize(
    ("after", "verdict"),
    [(EASY, BLOCK), (B, BLOCK), (HOPS, BLOCK), (STRIDES, BLOCK), (BIKE, None), (item(K.WALK, 30), None)],
    ids=lambda x: x.kind.value if hasattr(x, "kind") else str(x),
)
def test_the_day_after_the_long_run(after: object, verdict: Severity | None) -> None:
    assert one("RP-C07", at(LONG, WED, 9), at(after, THU, 18)) is verdict  # type: ignore[arg-type]
    assert one("RP-C07", at(LONG, WED, 9), at(after, FRI, 18)) is None  # type: ignore[arg-type]


def test_yesterdays_long_run_of_last_week_counts() -> None:
    around = replace(QUIET, before=(at(LONG, MON - timedelta(days=1), 9, done=True),))
    assert one("RP-C07", at(EASY, MON), around=around) is BLOCK
    assert one("RP-C07", at(EASY, TUE), around=around) is None


@pytest.mark.parametrize(("pain", "verdict"), [(None, None), (3.0, None), (3.5, BLOCK)])
def test_the_finisher_and_pain(pain: float | None, verdict: Severity | None) -> None:
    assert one("RP-C08", at(A, MON), around=replace(QUIET, pain=pain)) is verdict


def test_the_finisher_belongs_to_strength_a() -> None:
    assert one("RP-C08", at(replace(B, plyometric=True), MON)) is BLOCK
    assert one("RP-C08", at(replace(item(K.STRENGTH), plyometric=True), MON)) is None  # A and B in one


@pytest.mark.parametrize(("quiet", "verdict"), [(True, None), (None, WARN), (False, BLOCK)])
def test_strides_and_quiet_days(quiet: bool | None, verdict: Severity | None) -> None:
    assert one("RP-C09", at(STRIDES, WED), around=replace(QUIET, quiet=quiet)) is verdict


@pytest.mark.parametrize(("pain", "verdict"), [(3.0, None), (3.5, BLOCK), (None, WARN)])
def test_the_steady_block_and_pain(pain: float | None, verdict: Severity | None) -> None:
    steady = at(item(K.RUN_MEDIUM, 60, steady_block=True), WED)
    assert one("RP-C10", steady, around=replace(QUIET, pain=pain)) is verdict


def test_the_steady_block_after_heavy_calf_work() -> None:
    steady = item(K.RUN_MEDIUM, 60, steady_block=True)
    assert one("RP-C10", at(A, MON, 7), at(steady, TUE, 20)) is BLOCK
    assert one("RP-C10", at(A, MON, 18), at(steady, WED, 6)) is None  # two days later as in the sample
    assert one("RP-C10", at(HEAVY_B, MON), at(steady, TUE)) is None


@pytest.mark.parametrize(
    ("light", "pain", "verdict"),
    [(Light.GREEN, 3.0, None), (Light.GREEN, 4.0, WARN), (Light.YELLOW, 1.0, WARN), (Light.CANNOT_SAY, None, None)],
)
def test_with_symptoms_run_and_walk(light: Light, pain: float | None, verdict: Severity | None) -> None:
    around = replace(QUIET, light=light, pain=pain)
    assert one("RP-C11", at(EASY, WED), around=around) is verdict
    assert one("RP-C11", at(item(K.RUN_WALK), WED), around=around) is None


# ---- RP-C12 to C14


@pytest.mark.parametrize(("plan", "verdict"), [(True, BLOCK), (False, WARN)])
def test_one_new_stressor_in_seven_days(plan: bool, verdict: Severity) -> None:
    around = replace(QUIET, plan_open=plan)
    hills, hops = replace(HILLS, new_stressor="uphill"), replace(HOPS, new_stressor="plyometrics")
    assert one("RP-C12", at(hills, MON), at(hops, SUN), around=around) is verdict
    assert one("RP-C12", at(hills, MON), at(replace(hills, id="again"), SUN), around=around) is None  # the same one
    for back, expected in ((6, verdict), (7, None)):
        earlier = replace(around, before=(at(hops, MON - timedelta(days=back - 2), done=True),))
        assert one("RP-C12", at(hills, WED), around=earlier) is expected


@pytest.mark.parametrize(("spacing", "verdict"), [(Spacing.BLOCK, BLOCK), (Spacing.WARN, WARN), (Spacing.FREE, None)])
def test_no_runs_on_following_days_at_first(spacing: Spacing, verdict: Severity | None) -> None:
    around = replace(QUIET, spacing=spacing)
    first, then = item(K.RUN_WALK, 30, "one"), item(K.RUN_WALK, 30, "two")
    assert one("RP-C13", at(first, MON), at(then, TUE), around=around) is verdict
    assert one("RP-C13", at(first, MON, 7), at(then, MON, 18), around=around) is verdict
    assert one("RP-C13", at(first, MON), at(then, WED), around=around) is None
    assert one("RP-C13", at(first, MON), at(BIKE, TUE), around=around) is None
    assert one("RP-C13", at(first, MON, 7), at(STRIDES, MON, 8), around=around) is None  # strides of the same run
    yesterday = replace(around, before=(at(first, MON - timedelta(days=1), done=True),))
    assert one("RP-C13", at(then, MON), around=yesterday) is verdict


def test_a_day_without_impact_every_week() -> None:
    days = [MON + timedelta(days=n) for n in range(7)]
    runs = [at(item(K.RUN_EASY, 20, f"run-{n}"), d) for n, d in enumerate(days)]
    assert one("RP-C14", *runs) is BLOCK
    assert one("RP-C14", *runs[:6], at(BIKE, SUN)) is None
    assert one("RP-C14", *runs[:6], at(HOPS, SUN)) is BLOCK
    assert one("RP-C14", *runs[:6], at(item(K.STRENGTH_A, plyometric=True), SUN)) is BLOCK
    mended = check([*runs[:6], at(HOPS, SUN)], QUIET, knowledge())
    assert all(v.suggestion is None or v.rule != "RP-C14" or v.suggestion for v in mended)


# ---- RP-C15, C16, growth, heavy sessions


@pytest.mark.parametrize(("minutes", "verdict"), [(70.5, WARN), (70, None), (60, None), (50, None), (49.5, WARN)])
def test_sharpening_takes_strength_down_by_30_to_50_percent(minutes: float, verdict: Severity | None) -> None:
    around = replace(QUIET, phase=Phase.SHARPEN, strength_before_min=100.0)
    assert one("RP-C15", at(item(K.STRENGTH_A, minutes, heavy=True), MON), around=around) is verdict
    assert one("RP-C15", at(item(K.STRENGTH_A, minutes, heavy=True), MON)) is None  # phase 2


def test_sharpening_keeps_one_heavy_session_and_is_never_zero() -> None:
    around = replace(QUIET, phase=Phase.SHARPEN)
    assert one("RP-C15", at(B, MON), around=around) is WARN
    assert one("RP-C15", at(EASY, MON), around=around) is WARN
    assert one("RP-C15", at(HEAVY_B, MON), around=around) is None  # what phase 3 held is not known


@pytest.mark.parametrize(
    ("due", "metres", "verdict"), [(True, 15_300, None), (True, 15_301, BLOCK), (False, 20_000, None)]
)
def test_a_cutback_is_three_quarters_of_the_highest_week(due: bool, metres: float, verdict: Severity | None) -> None:
    around = replace(QUIET, cutback_due=due, peak_run_m=20_000.0)  # 75 %, within the tolerance of 2 %
    run = item(K.RUN_EASY, 60, metres=metres)
    assert one("RP-C16", at(run, MON), around=around) is verdict
    assert one("RP-C16", at(replace(run, metres=None), MON), around=around) is None  # not known
    minutes = replace(around, peak_run_m=None, peak_run_min=60.0)
    assert one("RP-C16", at(run, MON), around=minutes) is (BLOCK if due else None)


def test_what_growth_leaves_for_the_week() -> None:
    around = replace(QUIET, most_run_m=10_000.0)
    run = item(K.RUN_EASY, 60, metres=6_000.0)
    done = replace(around, before=(at(replace(run, id="log", metres=4_001.0), MON, 7, done=True),))
    assert one("LOAD-R01", at(run, WED), around=around) is None
    assert one("LOAD-R01", at(run, WED), around=done) is BLOCK
    assert one("LOAD-R01", at(run, WED), around=replace(done, plan_open=False)) is WARN
    assert one("LOAD-R01", at(item(K.RACE, 60, metres=21_097.0), WED), around=done) is None


def test_more_than_two_heavy_sessions_warn() -> None:
    three = [at(item(K.STRENGTH, 40, f"s{n}", heavy=True), MON + timedelta(days=2 * n)) for n in range(3)]
    assert one("RP-X06", *three) is WARN
    assert one("RP-X06", *three[:2]) is None


# ---- the light


@pytest.mark.parametrize("extra", [STRIDES, HOPS, replace(A, id="a"), replace(LONG, descent=True)], ids=lambda i: i.id)
def test_after_yellow_two_runs_come_without_extras(extra: object) -> None:
    around = replace(QUIET, light=Light.YELLOW, careful_sessions=None, avoid_descents=False)
    runs = [at(item(K.RUN_EASY, 30, f"run-{n}"), MON + timedelta(days=n)) for n in range(2)]
    assert one("RP-R07", runs[0], at(extra, FRI), around=around) is BLOCK  # type: ignore[arg-type]
    assert one("RP-R07", *runs, at(extra, FRI), around=around) is None  # type: ignore[arg-type]
    assert one("RP-R07", runs[0], at(extra, FRI), around=replace(around, careful_sessions=1)) is None  # type: ignore[arg-type]


def test_red_replaces_running() -> None:
    around = replace(QUIET, light=Light.RED)
    for kind in (K.RUN_EASY, K.RUN_WALK, K.STRIDES, K.RACE, K.PLYOMETRICS):
        assert one("RP-R07", at(item(kind, 20), WED), around=around) is BLOCK
        assert one("RP-R07", at(item(kind, 20), WED), around=replace(around, runs_from=THU)) is BLOCK
        assert one("RP-R07", at(item(kind, 20), THU), around=replace(around, runs_from=THU)) is None
    assert one("RP-R07", at(BIKE, WED), around=around) is None


def test_running_that_is_not_open() -> None:
    shut = replace(QUIET, running=False)
    assert one("PLAN-W05", at(EASY, WED), around=shut) is BLOCK
    assert one("PLAN-W05", at(BIKE, WED), around=shut) is None
    assert one("PLAN-W05", at(EASY, WED), around=replace(shut, runs_from=WED)) is None
    assert one("PLAN-W05", at(EASY, TUE), around=replace(shut, runs_from=WED)) is BLOCK


# ---- her times


def test_places() -> None:
    hers = Availability(windows=(DayWindow(0, 18 * 60, 60), DayWindow(2, 18 * 60, 60, gym=True)), gym_visits=1)
    hour = item(K.RUN_EASY, 60)
    assert found(at(hour, MON, 18), available=hers) == []
    assert found(at(hour, MON, 18.02), available=hers) == [("PLAN-W02", "block")]
    assert found(at(hour, TUE, 18), available=hers) == [("PLAN-W02", "block")]
    assert found(at(B, MON, 18), available=hers) == [("PLAN-W03", "block")]
    assert found(at(B, WED, 18), available=hers) == []
    assert found(at(item(K.HOME_SET, 15), TUE, 6), available=hers) == []  # at home, at any hour
    assert found(at(replace(hour, on=TUE), TUE, 18), available=hers) == []  # she fixed it herself
    assert found(at(hour, SAT), around=replace(QUIET, not_on=frozenset({SAT}))) == [("PLAN-W04", "block")]
    assert found(at(hour, SUN + timedelta(days=1))) == [("PLAN-W06", "block")]


def test_two_things_at_the_same_time() -> None:
    assert one("PLAN-W01", at(EASY, MON, 18), at(BIKE, MON, 18.5)) is BLOCK
    assert one("PLAN-W01", at(EASY, MON, 18), at(BIKE, MON, 18.75)) is None
    assert one("PLAN-W01", at(EASY, MON, 18), at(item(K.HOME_SET, 15), MON, 18.5)) is None


# ---- what is done, what mends


def test_what_is_done_only_warns() -> None:
    done = replace(heavy_ends(MON, 19), done=True), at(HILLS, TUE, 18, done=True)
    around = replace(QUIET, today=WED)
    assert {v.severity for v in check(done, around, knowledge())} == {WARN}
    past = heavy_ends(MON, 19), at(HILLS, TUE, 18)  # planned, and past
    assert blocks(check(past, around, knowledge())) == ()
    assert blocks(check(past, QUIET, knowledge())) != ()


def test_a_suggestion_mends_and_breaks_nothing() -> None:
    wrong = changed(WEEK, "strength_b", FRI, 19)  # the day before the long run
    before = check(wrong, QUIET, knowledge())
    assert {v.rule for v in before} == {"RP-C04"}
    move = before[0].suggestion
    assert move is not None
    assert check(changed(wrong, move.item, move.on), QUIET, knowledge()) == ()


def test_a_suggestion_keeps_to_her_times() -> None:
    hers = Availability(windows=tuple(DayWindow(d, 7 * 60, 120) for d in (0, 1, 4)))
    week = at(PLAIN_A, MON, 7), at(HILLS, TUE, 7)
    (worst, *_) = check([replace(p, item=replace(p.item, gym=False)) for p in week], QUIET, knowledge(), hers)
    assert worst.rule in ("RP-C01", "RP-C03")
    assert worst.suggestion == Shift("hills", FRI)


def test_facts_name_both_sides_and_the_gap() -> None:
    violation = next(
        v for v in check([heavy_ends(MON, 19), at(HILLS, WED, 6)], QUIET, knowledge()) if v.rule == "RP-C01"
    )
    facts = {f.name: f.value for f in violation.facts}
    assert facts == {"earlier": "strength_a", "later": "hills", "gap_h": 11 + 24.0, "limit_h": 36.0}


def test_the_same_id_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="same id"):
        check([at(EASY, MON), at(EASY, WED)], QUIET, knowledge())


def test_every_rule_that_can_speak_is_in_the_knowledge() -> None:
    rules = knowledge().rules
    for n in range(1, 17):
        assert f"RP-C{n:02}" in rules
    for rule in ("RP-R07", "RP-X06", "LOAD-R01", *(f"PLAN-W0{n}" for n in range(1, 8))):
        assert rule in rules
    assert reason_of(Violation("PLAN-W01", BLOCK, ("a", "b")), knowledge()).rule == "PLAN-W01"
